/** What the office sets for the whole school. A calendar is saved whole, and never so that what was recorded has no term. */
import { createHash } from "node:crypto";
import {
  changeSchoolWords,
  hasRecordsBetween,
  schoolCalendar,
  schoolWords,
  writeCalendar,
} from "@doudou/db/repositories/calendars.ts";
import { publishedSchemes } from "@doudou/db/repositories/indicators.ts";
import type {
  CalendarSaved,
  SaveCalendar,
  SchoolCalendar,
  SchoolSettings,
  SchoolWords,
} from "@doudou/shared/contract/school-settings.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { canonicalJson } from "@doudou/shared/domain/canonical-json.ts";
import {
  daysGivenUp,
  problemsOfCalendar,
  type SchoolCalendar as Calendar,
} from "@doudou/shared/domain/school-calendar.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";

export async function readSettings(deps: Deps, { schoolId }: Grant): Promise<SchoolSettings> {
  const { timeZone } = await deps.frames.of(schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const words = await schoolWords(store, schoolId);
    if (!words) throw new Problem("not-found");
    const calendar = await schoolCalendar(store, schoolId);
    const today = localDayOf(deps.now().getTime(), timeZone);
    return { words, calendar: calendar as SchoolCalendar, version: versionOf(calendar), today };
  });
}

/** Changes the school's name and language, and what its boards show. */
export async function changeWords(deps: Deps, grant: Grant, wanted: SchoolWords): Promise<SchoolWords> {
  const { schoolId } = grant;
  const words = { ...wanted, name: wanted.name.trim().toWellFormed() };
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const before = await schoolWords(store, schoolId);
    await changeSchoolWords(store, schoolId, words);
    await noteChange(store, grant, { action: "settings.change", at, before, after: words });
  });
  deps.frames.forget(schoolId);
  return words;
}

/**
 * Saves a calendar over the one it was made from.
 * @throws Problem calendar-changed, calendar-not-fit with the places, calendar-in-use where a day with records, a term
 * that has begun or a year would be gone
 */
export async function saveCalendar(
  deps: Deps,
  grant: Grant,
  { version, calendar }: SaveCalendar,
): Promise<CalendarSaved> {
  const { schoolId } = grant;
  const at = deps.now();
  const { timeZone } = await deps.frames.of(schoolId);
  const today = localDayOf(at.getTime(), timeZone);
  const problems = problemsOfCalendar(calendar);
  if (problems.length > 0) {
    const errors = problems.map(({ path, fault }) => ({ path: `/calendar${path}`, message: fault }));
    throw new Problem("calendar-not-fit", { errors });
  }
  const saved = await deps.database.write(schoolId, async (store) => {
    const before = await schoolCalendar(store, schoolId);
    if (versionOf(before) !== version) throw new Problem("calendar-changed");
    if (isTakingAway(before, calendar, today)) throw new Problem("calendar-in-use");
    for (const span of daysGivenUp(before.terms, calendar.terms))
      if (await hasRecordsBetween(store, schoolId, span)) throw new Problem("calendar-in-use");
    const [latest] = await publishedSchemes(store, schoolId);
    await writeCalendar(store, schoolId, calendar, latest?.id ?? null);
    const after = await schoolCalendar(store, schoolId);
    const told = { at, before: toldOf(before), after: toldOf(after) };
    await noteChange(store, grant, { action: "calendar.change", ...told });
    return { version: versionOf(after) };
  });
  deps.frames.forget(schoolId);
  return saved;
}

/** A year, or a term that has begun: something may belong to it even where nobody was awarded. */
function isTakingAway(before: Calendar, after: Calendar, today: string): boolean {
  const isGone = (of: readonly { readonly id: string }[], id: string) => !of.some((one) => one.id === id);
  return (
    before.years.some(({ id }) => isGone(after.years, id)) ||
    before.terms.some(({ id, startsOn }) => startsOn <= today && isGone(after.terms, id))
  );
}

function versionOf(calendar: Calendar): string {
  return createHash("sha256").update(canonicalJson(calendar)).digest("hex");
}

function toldOf({ terms, days }: Calendar) {
  return {
    terms: terms.map(({ name, startsOn, endsOn }) => `${name.zh} ${startsOn}–${endsOn}`),
    days: days.length,
  };
}
