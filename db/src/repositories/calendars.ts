/** A school's name, language and calendar, as its office sets them. Whether a calendar is right is for the domain to say. */
import { and, asc, eq, gt, gte, lte, notInArray } from "drizzle-orm";
import type { SchoolCalendar } from "@doudou/shared/domain/school-calendar.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { insertRows } from "./bulk.ts";

export interface SchoolWords {
  readonly name: string;
  readonly locale: Locale;
  readonly boardShowsNumbers: boolean;
  readonly peerVoicesShowNames: boolean;
  readonly reviewsSummaries: boolean;
  readonly viewMinutes: number | null;
  readonly noteMonths: number | null;
}

export async function schoolWords(store: Store, schoolId: string): Promise<SchoolWords | undefined> {
  const { school: s } = store.tables;
  const rows = await store.db
    .select({
      name: s.name,
      locale: s.locale,
      boardShowsNumbers: s.boardShowsNumbers,
      peerVoicesShowNames: s.peerVoicesShowNames,
      reviewsSummaries: s.reviewsSummaries,
      viewMinutes: s.viewMinutes,
      noteMonths: s.noteMonths,
    })
    .from(s)
    .where(eq(s.schoolId, schoolId));
  return rows[0];
}

export async function changeSchoolWords(store: Store, schoolId: string, words: SchoolWords): Promise<void> {
  const { school: s } = store.tables;
  await store.db.update(s).set(words).where(eq(s.schoolId, schoolId));
}

/** Years and terms oldest first, days in order. */
export async function schoolCalendar(store: Store, schoolId: string): Promise<SchoolCalendar> {
  const { academicYear: y, term: t, calendarException: e } = store.tables;
  const years = await store.db
    .select({ id: y.id, name: y.name, startsOn: y.startsOn, endsOn: y.endsOn })
    .from(y)
    .where(eq(y.schoolId, schoolId))
    .orderBy(asc(y.startsOn));
  const terms = await store.db.select().from(t).where(eq(t.schoolId, schoolId)).orderBy(asc(t.startsOn));
  const days = await store.db
    .select({ day: e.day, kind: e.kind, name: e.name })
    .from(e)
    .where(eq(e.schoolId, schoolId))
    .orderBy(asc(e.day));
  return {
    years,
    terms: terms.map(({ id, academicYearId, nameZh, nameEn, startsOn, endsOn }) => {
      return { id, academicYearId, name: { zh: nameZh, en: nameEn }, startsOn, endsOn };
    }),
    days,
  };
}

/**
 * Writes a whole calendar over what there is. Terms that are new have the scheme given; nothing may refer to
 * terms that are gone. Years stay.
 * @throws where something does
 */
export async function writeCalendar(
  store: Store,
  schoolId: string,
  { years, terms, days }: SchoolCalendar,
  schemeId: string | null,
): Promise<void> {
  const { academicYear: y, term: t, calendarException: e } = store.tables;
  const known = await schoolCalendar(store, schoolId);
  const [knownYears, knownTerms] = [known.years, known.terms].map((of) => new Set(of.map(({ id }) => id)));
  for (const { id, ...year } of years) {
    if (knownYears?.has(id))
      await store.db
        .update(y)
        .set(year)
        .where(and(eq(y.schoolId, schoolId), eq(y.id, id)));
    else await store.db.insert(y).values({ schoolId, id, ...year });
  }
  for (const { id, name, ...span } of terms) {
    const term = { ...span, nameZh: name.zh, nameEn: name.en };
    if (knownTerms?.has(id))
      await store.db
        .update(t)
        .set(term)
        .where(and(eq(t.schoolId, schoolId), eq(t.id, id)));
    else await store.db.insert(t).values({ schoolId, id, schemeId, ...term });
  }
  const kept = terms.map(({ id }) => id);
  await store.db.delete(t).where(and(eq(t.schoolId, schoolId), notInArray(t.id, kept)));
  await store.db.delete(e).where(eq(e.schoolId, schoolId));
  await insertRows(
    store,
    e,
    days.map((day) => ({ schoolId, ...day })),
  );
}

/** Whether anything stands recorded on a day of a span, both ends included. */
export async function hasRecordsBetween(
  store: Store,
  schoolId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const { dayTally: d } = store.tables;
  const rows = await store.db
    .select({ day: d.day })
    .from(d)
    .where(and(eq(d.schoolId, schoolId), gte(d.day, from), lte(d.day, to), gt(d.count, 0)))
    .limit(1);
  return rows.length > 0;
}
