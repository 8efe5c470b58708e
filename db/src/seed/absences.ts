/** Absent today in a demo school: one child in every big class, marked in the first lesson; never the first on the list. */
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import type { KeptAbsenceMark } from "../repositories/absences.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const MINUTE = 60_000;
const FIRST_LESSON = 485;
const BIG_CLASS = 20;

export function absencesOfClass(
  { ofClass, term }: PlannedClassTerm,
  { today, now }: { readonly today: string; readonly now: Date },
  draw: Draw,
): KeptAbsenceMark[] {
  if (ofClass.children.length < BIG_CLASS) return [];
  const { id: studentId } = draw.one(ofClass.children.slice(1));
  const firstLesson = startOfDay(today, term.timeZone) + FIRST_LESSON * MINUTE;
  const markedAt = new Date(Math.min(firstLesson, now.getTime()));
  const { classId, homeroomId: markedBy } = term;
  return [{ classId, day: today, studentId, isAbsent: true, markedAt, markedBy }];
}
