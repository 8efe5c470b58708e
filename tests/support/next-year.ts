/** The office writes down the school year to come, as its settings page does. */
import { v7 as uuidv7 } from "uuid";
import type { SchoolCalendar, SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import type { Client } from "./client.ts";

/** Adds 2027–2028, with two terms unless told otherwise; terms that are missing are added to a year that is there. */
export async function addNextYear(admin: Client, { terms = true } = {}): Promise<{ toId: string }> {
  const { calendar, version } = await admin.get<SchoolSettings>("/school-settings");
  const known = calendar.years.find(({ startsOn }) => startsOn === "2027-09-01");
  const year = known ?? {
    id: uuidv7(),
    name: "2027–2028学年",
    startsOn: "2027-09-01",
    endsOn: "2028-07-07",
  };
  const term = (zh: string, startsOn: string, endsOn: string) => ({
    id: uuidv7(),
    academicYearId: year.id,
    name: { zh, en: zh },
    startsOn,
    endsOn,
  });
  const next: SchoolCalendar = {
    ...calendar,
    years: known ? calendar.years : [...calendar.years, year],
    terms: [
      ...calendar.terms,
      ...(terms
        ? [
            term("2027年秋季学期", "2027-09-01", "2028-01-14"),
            term("2028年春季学期", "2028-02-14", "2028-07-07"),
          ]
        : []),
    ],
  };
  const { status, body } = await admin.ask("PUT", "/school-settings/calendar", { version, calendar: next });
  if (status !== 200) throw new Error(`the next year was not saved: ${body}`);
  return { toId: year.id };
}
