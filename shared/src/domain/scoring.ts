/**
 * What an award is worth and how awards add up: the rules the ledger keeps and `verify` proves.
 * Beans only ever grow: nothing here can yield a negative figure.
 */
import { type Dimension, type PerDimension, perDimension } from "./words.ts";

/** The beans of an award, decided once when it is recorded: beyond the weekly cap it counts as a record but carries none. */
export interface BeansDecided {
  readonly beans: number;
  readonly isCapped: boolean;
}

/**
 * @param asked beans within the point's range
 * @param weeklyCap awards of the point per student and local week (Monday to Sunday) that carry beans
 * @param countThisWeek awards of the point that the student already has in that week, not counting voided ones
 */
export function decideBeans({
  asked,
  weeklyCap,
  countThisWeek,
}: {
  asked: number;
  weeklyCap: number;
  countThisWeek: number;
}): BeansDecided {
  const isCapped = countThisWeek >= weeklyCap;
  return { beans: isCapped ? 0 : asked, isCapped };
}

/** Whether so many beans may be given for a point: a whole number within its range. */
export function isWithinRange(
  points: number,
  { minBeans, maxBeans }: { minBeans: number; maxBeans: number },
): boolean {
  return Number.isInteger(points) && points >= minBeans && points <= maxBeans;
}

export type BeanTotals = PerDimension<number> & { total: number };

/** Beans by dimension and in all, voided awards left out; the same in whatever order the awards come. */
export function totalsOf(
  awards: Iterable<{ dimension: Dimension; beans: number; isVoided?: boolean }>,
): BeanTotals {
  const totals: BeanTotals = { ...perDimension(() => 0), total: 0 };
  for (const { dimension, beans, isVoided } of awards) {
    if (isVoided) continue;
    totals[dimension] += beans;
    totals.total += beans;
  }
  return totals;
}

/** One award of the ledger, as far as the tallies care. */
export interface LedgerAward {
  readonly termId: string;
  readonly studentId: string;
  readonly observationPointId: string;
  readonly recorderId: string;
  readonly dimension: Dimension;
  /** School-local day of the award. */
  readonly day: string;
  readonly beans: number;
}

export interface Tally {
  count: number;
  beans: number;
}

/** The tallies of a ledger. A tally that no award stands behind is not in the book. */
export interface TallyBook {
  /** By term, student, observation point and recorder; see `pointTallyKey`. */
  readonly points: Map<string, Tally & { readonly dimension: Dimension }>;
  /** By student, local day and dimension; see `dayTallyKey`. */
  readonly days: Map<string, Tally>;
}

export function emptyTallyBook(): TallyBook {
  return { points: new Map(), days: new Map() };
}

type PointTallyParts = Pick<LedgerAward, "termId" | "studentId" | "observationPointId" | "recorderId">;

export function pointTallyKey({
  termId,
  studentId,
  observationPointId,
  recorderId,
}: PointTallyParts): string {
  return `${termId}/${studentId}/${observationPointId}/${recorderId}`;
}

export function dayTallyKey({
  studentId,
  day,
  dimension,
}: Pick<LedgerAward, "studentId" | "day" | "dimension">): string {
  return `${studentId}/${day}/${dimension}`;
}

/** Adds an award to the book. @throws RangeError if its beans are negative or not whole */
export function applyAward(book: TallyBook, award: LedgerAward): void {
  if (!Number.isInteger(award.beans) || award.beans < 0)
    throw new RangeError(`not a number of beans: ${award.beans}`);
  const pointKey = pointTallyKey(award);
  const point = book.points.get(pointKey) ?? { count: 0, beans: 0, dimension: award.dimension };
  book.points.set(pointKey, { ...point, count: point.count + 1, beans: point.beans + award.beans });
  const dayKey = dayTallyKey(award);
  const ofDay = book.days.get(dayKey) ?? { count: 0, beans: 0 };
  book.days.set(dayKey, { count: ofDay.count + 1, beans: ofDay.beans + award.beans });
}

/** Takes a voided award out of the book. @throws RangeError if the book does not hold it: a tally never falls below zero */
export function applyVoid(book: TallyBook, award: LedgerAward): void {
  const pointKey = pointTallyKey(award);
  const dayKey = dayTallyKey(award);
  const point = lessOne(book.points.get(pointKey), award);
  const ofDay = lessOne(book.days.get(dayKey), award);
  if (point) book.points.set(pointKey, { ...point, dimension: award.dimension });
  else book.points.delete(pointKey);
  if (ofDay) book.days.set(dayKey, ofDay);
  else book.days.delete(dayKey);
}

/** The book that a ledger must have, whatever the order of its awards. */
export function recount(entries: Iterable<LedgerAward & { readonly isVoided: boolean }>): TallyBook {
  const book = emptyTallyBook();
  for (const entry of entries) if (!entry.isVoided) applyAward(book, entry);
  return book;
}

/** The tally after one award fewer, or `undefined` if that was its last. */
function lessOne(tally: Tally | undefined, award: LedgerAward): Tally | undefined {
  const count = (tally?.count ?? 0) - 1;
  const beans = (tally?.beans ?? 0) - award.beans;
  if (count < 0 || beans < 0 || (count === 0 && beans > 0))
    throw new RangeError("void of an award that is not in the tallies");
  return count === 0 ? undefined : { count, beans };
}
