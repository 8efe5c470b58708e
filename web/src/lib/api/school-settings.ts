/** The calls about what is set for the whole school, typed by the contract; apart from client.ts, so that no class page carries them. */
import type {
  CalendarSaved,
  SchoolCalendar,
  SchoolSettings,
  SchoolWords,
} from "@doudou/shared/contract/school-settings.ts";
import { request } from "./request.ts";

export function readSchoolSettings(signal?: AbortSignal): Promise<SchoolSettings> {
  return request("/school-settings", { signal });
}

export function saveSchoolWords(words: SchoolWords): Promise<SchoolWords> {
  return request("/school-settings", { method: "PUT", body: words });
}

/** @param version of the calendar it was made from */
export function saveSchoolCalendar(version: string, calendar: SchoolCalendar): Promise<CalendarSaved> {
  return request("/school-settings/calendar", { method: "PUT", body: { version, calendar } });
}
