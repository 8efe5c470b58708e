/** The calls about what is set for the whole school, typed by the contract; apart from client.ts, so that no class page carries them. */
import type {
  CalendarSaved,
  LessonsToday,
  LessonTimes,
  LessonTimesSaved,
  LogoSet,
  SchoolCalendar,
  SchoolSettings,
  SchoolWords,
  WordsSaved,
} from "@doudou/shared/contract/school-settings.ts";
import { request } from "./request.ts";

export function readSchoolSettings(signal?: AbortSignal): Promise<SchoolSettings> {
  return request("/school-settings", { signal });
}

/** @param version of those they were made from */
export function saveSchoolWords(version: string, words: SchoolWords): Promise<WordsSaved> {
  return request("/school-settings", { method: "PUT", body: { version, words } });
}

/** @param version of the calendar it was made from */
export function saveSchoolCalendar(version: string, calendar: SchoolCalendar): Promise<CalendarSaved> {
  return request("/school-settings/calendar", { method: "PUT", body: { version, calendar } });
}

/** @param version of those they were made from */
export function saveLessonTimes(version: string, lessonTimes: LessonTimes): Promise<LessonTimesSaved> {
  return request("/school-settings/lesson-times", { method: "PUT", body: { version, lessonTimes } });
}

export function readLessonsToday(classId: string, signal?: AbortSignal): Promise<LessonsToday> {
  return request(`/classes/${classId}/lesson-times`, { signal });
}

export function sendSchoolLogo(picture: File): Promise<LogoSet> {
  return request("/school-settings/logo", { method: "PUT", body: picture });
}

export function dropSchoolLogo(): Promise<LogoSet> {
  return request("/school-settings/logo", { method: "DELETE" });
}
