/** How long a child's record is kept, and why it may be erased. Pure. */
import { addDays } from "./days.ts";

/** A guardian has asked for it, or the time of keeping is over. */
export const ERASURE_GROUNDS = ["request", "retention"] as const;
export type ErasureGround = (typeof ERASURE_GROUNDS)[number];

/**
 * Days for which a record is kept after a child has left the school: a year, in which the family can still take it along.
 * @source 个人信息保护法 第十九条, 儿童个人信息网络保护规定 第十二条: no longer than the purpose needs; the year is our choice
 */
const KEPT_DAYS = 365;

/** The first day on which a record is over its time. @param leftOn the last day of the last class, school-local */
export function keptUntil(leftOn: string): string {
  return addDays(leftOn, KEPT_DAYS + 1);
}

/** The last day of a class on which a child must have left for its record to be over its time today. */
export function leftLongAgo(today: string): string {
  return addDays(today, -(KEPT_DAYS + 1));
}
