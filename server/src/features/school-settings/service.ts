/** What the office sets for the whole school. A calendar is saved whole, and never so that what was recorded has no term. */
import type { Readable } from "node:stream";
import {
  changeSchoolWords,
  hasRecordsBetween,
  schoolCalendar,
  schoolWords,
  writeCalendar,
} from "@doudou/db/repositories/calendars.ts";
import {
  lessonTimesOf,
  removeSchoolLogo,
  saveLessonTimes as writeLessonTimes,
  schoolLogo,
  setSchoolLogo,
} from "@doudou/db/repositories/school-settings.ts";
import { publishedSchemes } from "@doudou/db/repositories/indicators.ts";
import type {
  CalendarSaved,
  LessonsToday,
  LessonTimesSaved,
  LogoSet,
  SaveCalendar,
  SaveLessonTimes,
  SchoolCalendar,
  SaveWords,
  SchoolSettings,
  WordsSaved,
} from "@doudou/shared/contract/school-settings.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { planOn, problemsOfLessonTimes } from "@doudou/shared/domain/lesson-times.ts";
import {
  daysGivenUp,
  problemsOfCalendar,
  type SchoolCalendar as Calendar,
} from "@doudou/shared/domain/school-calendar.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { versionOf } from "../../http/versions.ts";

export async function readSettings(deps: Deps, { schoolId }: Grant): Promise<SchoolSettings> {
  const { timeZone } = await deps.frames.of(schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const words = await schoolWords(store, schoolId);
    if (!words) throw new Problem("not-found");
    const calendar = await schoolCalendar(store, schoolId);
    const lessonTimes = await lessonTimesOf(store, schoolId);
    const logo = await schoolLogo(store, schoolId);
    return {
      words,
      wordsVersion: versionOf(words),
      calendar: calendar as SchoolCalendar,
      version: versionOf(calendar),
      logo: logo?.smallSha256 ?? null,
      lessonTimes: lessonTimes as SchoolSettings["lessonTimes"],
      lessonTimesVersion: versionOf(lessonTimes),
      today: localDayOf(deps.now().getTime(), timeZone),
    };
  });
}

/**
 * Saves the school's name and language, and what its boards show, over those they were made from.
 * @throws Problem school-words-changed
 */
export async function saveWords(
  deps: Deps,
  grant: Grant,
  { version, words: wanted }: SaveWords,
): Promise<WordsSaved> {
  const { schoolId } = grant;
  const words = { ...wanted, name: wanted.name.trim().toWellFormed() };
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const before = await schoolWords(store, schoolId);
    if (!before) throw new Problem("not-found");
    if (versionOf(before) !== version) throw new Problem("school-words-changed");
    await changeSchoolWords(store, schoolId, words);
    await noteChange(store, grant, { action: "settings.change", at, before, after: words });
  });
  deps.frames.forget(schoolId);
  return { version: versionOf(words), words };
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

/**
 * Saves lesson times over those they were made from.
 * @throws Problem lesson-times-changed, lesson-times-not-fit with the places
 */
export async function saveLessonTimes(
  deps: Deps,
  grant: Grant,
  { version, lessonTimes }: SaveLessonTimes,
): Promise<LessonTimesSaved> {
  const { schoolId } = grant;
  const at = deps.now();
  const problems = problemsOfLessonTimes(lessonTimes);
  if (problems.length > 0) {
    const errors = problems.map(({ path, fault }) => ({ path: `/lessonTimes${path}`, message: fault }));
    throw new Problem("lesson-times-not-fit", { errors });
  }
  const after = lessonTimes.map(({ weekdays, spans }) => ({
    weekdays: weekdays.toSorted((one, other) => one - other),
    spans: spans.map((span) => ({ ...span, name: span.name.trim().toWellFormed() })),
  }));
  await deps.database.write(schoolId, async (store) => {
    const before = await lessonTimesOf(store, schoolId);
    if (versionOf(before) !== version) throw new Problem("lesson-times-changed");
    await writeLessonTimes(store, schoolId, after);
    await noteChange(store, grant, {
      action: "lesson-times.change",
      at,
      before: { plans: before },
      after: { plans: after },
    });
  });
  deps.frames.forget(schoolId);
  return { version: versionOf(after) };
}

/**
 * Takes in the school's logo. When this returns it is on the disk.
 * @throws Problem what `PictureFiles` says of the file
 */
export async function takeInLogo(deps: Deps, grant: Grant, incoming: Readable): Promise<LogoSet> {
  const { schoolId, membershipId } = grant;
  const received = await deps.pictures.receive(incoming);
  try {
    const kept = await deps.pictures.keep(schoolId, received);
    const at = deps.now();
    await deps.database.write(schoolId, async (store) => {
      const before = await schoolLogo(store, schoolId);
      await setSchoolLogo(store, schoolId, { ...kept, uploaderId: membershipId, uploadedAt: at });
      const told = { before: { logo: before?.smallSha256 ?? null }, after: { logo: kept.smallSha256 } };
      await noteChange(store, grant, { action: "logo.change", at, ...told });
    });
    if (!(await deps.pictures.hasAll(schoolId, kept))) await deps.pictures.keep(schoolId, received);
    deps.frames.forget(schoolId);
    return { logo: kept.smallSha256 };
  } finally {
    await deps.pictures.discard(received);
  }
}

/** Takes the logo away; none is as well. */
export async function dropLogo(deps: Deps, grant: Grant): Promise<LogoSet> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const before = await schoolLogo(store, schoolId);
    if (!before) return;
    await removeSchoolLogo(store, schoolId);
    const told = { before: { logo: before.smallSha256 }, after: { logo: null } };
    await noteChange(store, grant, { action: "logo.change", at, ...told });
  });
  deps.frames.forget(schoolId);
  return { logo: null };
}

/** What today has, for a countdown; nothing of who teaches what. */
export async function lessonsToday(deps: Deps, { schoolId }: Grant): Promise<LessonsToday> {
  const { timeZone, lessonTimes, exceptions } = await deps.frames.of(schoolId);
  const plan = planOn(localDayOf(deps.now().getTime(), timeZone), lessonTimes, exceptions);
  return { spans: (plan?.spans ?? []) as LessonsToday["spans"], timeZone };
}

/** A year, or a term that has begun: something may belong to it even where nobody was awarded. */
function isTakingAway(before: Calendar, after: Calendar, today: string): boolean {
  const isGone = (of: readonly { readonly id: string }[], id: string) => !of.some((one) => one.id === id);
  return (
    before.years.some(({ id }) => isGone(after.years, id)) ||
    before.terms.some(({ id, startsOn }) => startsOn <= today && isGone(after.terms, id))
  );
}

function toldOf({ terms, days }: Calendar) {
  return {
    terms: terms.map(({ name, startsOn, endsOn }) => `${name.zh} ${startsOn}–${endsOn}`),
    days: days.length,
  };
}
