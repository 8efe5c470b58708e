/**
 * Seats and groups in a demo school: each big class has a seating plan and a set of groups of four, and one pair that is
 * kept apart; the first has another plan for the lessons of one subject. By class list and chance, never by what children did.
 */
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import { GROUP_SYMBOLS, groupSizes, shuffleIntoGroups } from "@doudou/shared/domain/groups.ts";
import { emptySeating, shuffledSeats } from "@doudou/shared/domain/seating.ts";
import type { Store } from "../engines/database.ts";
import { keepApart, saveGroupSet } from "../repositories/groups.ts";
import { saveSeatingPlan, subjectsTaught } from "../repositories/seating.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const BIG_CLASS = 20;
const GROUPS_OF = 4;
const HOUR = 3_600_000;
/** A room of one subject, where a class sits otherwise. */
const LABORATORY = { subject: "science", name: "科学实验室" } as const;

interface Arranging {
  readonly now: Date;
  readonly today: string;
  readonly isFirst: boolean;
  readonly draw: Draw;
}

export async function enterArrangements(
  store: Store,
  schoolId: string,
  { ofClass, term }: PlannedClassTerm,
  { now, today, isFirst, draw }: Arranging,
): Promise<void> {
  const ids = ofClass.children.map(({ id }) => id);
  const [, one, other] = draw.shuffled(ids);
  if (ids.length < BIG_CLASS || one === undefined || other === undefined) return;
  const { classId, homeroomId } = term;
  const random = () => draw.share();
  const by = { changedAt: now, changedBy: homeroomId };
  const plan = { id: draw.id(now.getTime()), classId, subjectId: null, name: "教室座位" };
  const arrangement = shuffledSeats(emptySeating(ids.length), ids, random);
  // Made when the term began; the other one lately.
  const changedAt = new Date(startOfDay(term.termStartsOn, term.timeZone) + 9 * HOUR);
  await saveSeatingPlan(store, schoolId, { ...plan, arrangement, ...by, changedAt }, 0);
  const taught = await subjectsTaught(store, schoolId, classId, today);
  const subject = taught.find(({ code }) => code === LABORATORY.subject);
  const teacher = term.occasions.find((occasion) => occasion.subject === LABORATORY.subject);
  if (isFirst && subject && teacher) {
    const own = draw.branch("laboratory");
    const laboratory = {
      id: own.id(now.getTime()),
      classId,
      subjectId: subject.id,
      name: LABORATORY.name,
      arrangement: shuffledSeats(emptySeating(ids.length), ids, () => own.share()),
    };
    await saveSeatingPlan(
      store,
      schoolId,
      { ...laboratory, changedAt: now, changedBy: teacher.recorderId },
      0,
    );
  }
  await keepApart(store, schoolId, { classId, studentIds: [one, other], addedBy: homeroomId, addedAt: now });
  const sizes = groupSizes(ids.length, { size: GROUPS_OF });
  const { groups } = shuffleIntoGroups(ids, sizes, [[one, other]], random);
  const named = groups.map((studentIds, index) => ({
    name: `第 ${index + 1} 组`,
    symbol: GROUP_SYMBOLS[index % GROUP_SYMBOLS.length] ?? "sun",
    studentIds,
  }));
  const set = { id: draw.id(now.getTime()), classId, name: "四人小组", groups: named };
  await saveGroupSet(store, schoolId, { ...set, ...by }, 0);
}
