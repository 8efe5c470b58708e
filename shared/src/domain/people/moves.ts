/**
 * A pupil's way through the classes of a school, and what a move changes in it. On any day a pupil is in one class or in
 * none. Days before the move are never touched: who taught the child then is what it was.
 */
import { addDays } from "../days.ts";

/** In a class from a day up to and including another; open-ended while `endsOn` is null. */
export interface Stay {
  readonly id: string;
  readonly classId: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

export interface Move {
  /** Null for out of the school. */
  readonly classId: string | null;
  /** The first day in the new class, or the first day not at the school. */
  readonly from: string;
}

/** What has to be written down for a move; nothing where the pupil is there already. */
export interface StayChanges {
  /** Stays that end on another day, null for open-ended again. */
  readonly ends: readonly { readonly id: string; readonly endsOn: string | null }[];
  /** Stays that would not hold a single day. */
  readonly removes: readonly string[];
  readonly adds: readonly Omit<Stay, "id">[];
}

const NOTHING: StayChanges = { ends: [], removes: [], adds: [] };

/** The class on a day, or null. */
export function classOn(stays: readonly Stay[], day: string): string | null {
  return (
    stays.find((stay) => stay.startsOn <= day && (stay.endsOn === null || day <= stay.endsOn))?.classId ??
    null
  );
}

/**
 * What a move changes. Only the end of the way can be changed: a move before the start of the last stay would rewrite
 * what was planned or recorded after it. A move from the very day on which the last stay began takes that stay back, so
 * that every move can be undone by the reverse one.
 * @param stays of one pupil, in any order
 * @returns the changes, or why there are none
 */
export function moved(stays: readonly Stay[], { classId, from }: Move): StayChanges | "too-early" {
  const way = stays.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
  const last = way.at(-1);
  if (last === undefined) return classId === null ? NOTHING : starting(classId, from);
  if (from < last.startsOn) return "too-early";
  if (from > last.startsOn) return continued(last, { classId, from }, []);
  if (last.classId === classId) return last.endsOn === null ? NOTHING : { ...NOTHING, ends: [opened(last)] };
  const before = way.at(-2);
  // Who never was here for a day has no way at all; such a record nobody would find again.
  if (before === undefined)
    return classId === null ? "too-early" : { ...starting(classId, from), removes: [last.id] };
  return continued(before, { classId, from }, [last.id]);
}

function continued(last: Stay, { classId, from }: Move, removes: readonly string[]): StayChanges {
  const dayBefore = addDays(from, -1);
  const isOver = last.endsOn !== null && last.endsOn < dayBefore;
  if (last.classId === classId && !isOver)
    return last.endsOn === null ? { ...NOTHING, removes } : { ...NOTHING, removes, ends: [opened(last)] };
  const isEnding = last.endsOn === null || last.endsOn > dayBefore;
  return {
    removes,
    ends: isEnding ? [{ id: last.id, endsOn: dayBefore }] : [],
    adds: classId === null ? [] : starting(classId, from).adds,
  };
}

function opened({ id }: Stay) {
  return { id, endsOn: null };
}

function starting(classId: string, from: string): StayChanges {
  return { ...NOTHING, adds: [{ classId, startsOn: from, endsOn: null }] };
}
