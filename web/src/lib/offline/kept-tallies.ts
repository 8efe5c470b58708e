/**
 * What the device remembers of a class follows what the server has taken, so that a class opened without a network looks
 * as it was left: rosters with the beans of today and of the term, and the list of latest awards. Pure.
 */
import type { LedgerEntry } from "@doudou/shared/contract/awards.ts";
import type { Roster, RosterStudent } from "@doudou/shared/contract/classes.ts";
import type { AwardItem, TakenTally } from "./items.ts";

export const LATEST = 40;

/** @param askedAt when the roster was asked for: what had left before may be in it already */
export function rosterWith(roster: Roster, askedAt: number, taken: readonly TakenTally[]): Roster {
  const news = taken.filter(({ leftAt }) => leftAt >= askedAt);
  if (news.length === 0) return roster;
  const students = new Map(roster.students.map((student) => [student.id, student]));
  for (const each of news) {
    const student = students.get(each.studentId);
    if (student) students.set(student.id, studentWith(student, each, roster.today));
  }
  return { ...roster, students: [...students.values()] };
}

function studentWith(student: RosterStudent, { item, beans }: TakenTally, today: string): RosterStudent {
  const add = (tally: RosterStudent["today"]) => ({
    ...tally,
    [item.dimension]: Math.max(0, tally[item.dimension] + beans),
    total: Math.max(0, tally.total + beans),
  });
  return {
    ...student,
    today: item.day === today ? add(student.today) : student.today,
    term: add(student.term),
    isUnnoticed: student.isUnnoticed && beans < 0,
    isUnnoticedThisWeek: student.isUnnoticedThisWeek && beans < 0,
  };
}

/** @param now of the voids among them */
export function latestWith(
  entries: readonly LedgerEntry[],
  taken: readonly TakenTally[],
  now: string,
): LedgerEntry[] {
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  const added: LedgerEntry[] = [];
  for (const { item, awardId, beans, reason } of taken) {
    const entry = known.get(awardId);
    if (entry !== undefined && reason !== undefined) {
      known.set(awardId, { ...entry, voided: { at: now, by: "", reason } });
    } else if (entry === undefined && "award" in item) {
      added.unshift(entryOf(item, beans));
    }
  }
  return [...added, ...known.values()].slice(0, LATEST);
}

export function entryOf(item: AwardItem, beans: number): LedgerEntry {
  const { award, id, studentName, dimension, kind, point, day } = item;
  return {
    id,
    student: { id: award.studentId, name: studentName },
    dimension,
    kind,
    point,
    beans,
    note: award.note ?? null,
    evidence: (item.pictures ?? []).map((picture) => ({ ...picture, isRemoved: false })),
    by: "",
    thanksFrom: null,
    isMine: true,
    canVoid: true,
    occurredAt: award.occurredAt,
    day,
    voided: null,
  };
}
