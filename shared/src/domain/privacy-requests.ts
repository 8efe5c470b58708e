/** What guardians may ask for about their child's record, and by when the school answers. Pure. */
import { addDays, type DayExceptions, isSchoolDay } from "./days.ts";

/** To have a copy, to have something corrected or erased, to have use restricted, to refuse an automated label. */
export const REQUEST_KINDS = ["export", "correct", "erase", "restrict", "refuse-label"] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** `withdrawn` by the guardian before it was answered. */
export const REQUEST_STATES = ["open", "granted", "refused", "withdrawn"] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/**
 * Working days within which a request is answered in writing.
 * @source 《App违法违规收集使用个人信息行为认定方法》(国信办秘字〔2019〕191号) 第六条: at most 15 working days
 */
export const ANSWER_WITHIN_WORKING_DAYS = 15;

/** Days before the due day from which a request is marked as pressing. */
const SOON_DAYS = 3;

/**
 * The last day on which an answer is in time. The day of asking does not count.
 * @param askedOn school-local day
 * @param exceptions the school's holidays and make-up workdays
 */
export function dueDayOf(askedOn: string, exceptions: DayExceptions): string {
  let day = askedOn;
  for (let left = ANSWER_WITHIN_WORKING_DAYS; left > 0;) {
    day = addDays(day, 1);
    if (isSchoolDay(day, exceptions)) left -= 1;
  }
  return day;
}

export type Urgency = "overdue" | "soon" | "in-time";

/** How an open request stands to its due day. */
export function urgencyOf(dueOn: string, today: string): Urgency {
  if (dueOn < today) return "overdue";
  return dueOn <= addDays(today, SOON_DAYS) ? "soon" : "in-time";
}
