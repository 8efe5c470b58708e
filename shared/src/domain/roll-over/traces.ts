/** What a roll-over leaves behind that its undoing has to know: ids and days, no child. */
import type { Stay } from "../people/moves.ts";

export interface RollOverTraces {
  /** Classes that it added. */
  readonly classIds: readonly string[];
  /** Assignments that it added. */
  readonly addedIds: readonly string[];
  /** Assignments that it ended, and when they would have ended otherwise. */
  readonly ended: readonly { readonly id: string; readonly endsOn: string | null }[];
  readonly counts: RollOverCounts;
}

/** Pupils who are in a class of the next year, who graduated, who were to leave anyway; assignments carried and ended. */
export interface RollOverCounts {
  readonly goOn: number;
  readonly graduate: number;
  readonly leave: number;
  readonly carried: number;
  readonly ended: number;
}

/** A stay with why it ended. */
export interface RolledStay extends Stay {
  readonly studentId: string;
  readonly endReason: "moved-up" | "graduated" | null;
}

export interface StaysBack {
  readonly removes: readonly string[];
  readonly reopens: readonly { readonly id: string; readonly endsOn: string | null }[];
}

/**
 * What takes the stays of a roll-over back, or undefined where somebody has been placed anew since.
 * @param stays of everybody, in classes of either year
 * @param nextYears the classes of the year that it led into
 */
export function staysBack(
  stays: readonly RolledStay[],
  nextYears: ReadonlySet<string>,
  firstDay: string,
  lastDay: string,
): StaysBack | undefined {
  const begun = new Map<string, RolledStay>();
  for (const stay of stays) {
    if (!nextYears.has(stay.classId)) continue;
    if (stay.startsOn !== firstDay || begun.has(stay.studentId)) return undefined;
    begun.set(stay.studentId, stay);
  }
  const ended = stays.filter((stay) => stay.endReason !== null && stay.endsOn === lastDay);
  const reopens = ended.map(({ id, studentId }) => ({ id, endsOn: begun.get(studentId)?.endsOn ?? null }));
  const goneUp = new Set(
    ended.filter(({ endReason }) => endReason === "moved-up").map(({ studentId }) => studentId),
  );
  const isOwn = [...begun.keys()].every((studentId) => goneUp.has(studentId)) && goneUp.size === begun.size;
  return isOwn ? { removes: [...begun.values()].map(({ id }) => id), reopens } : undefined;
}
