/**
 * Six school years of children of a bench school: what they lived through in the latest term that is over they live through
 * in every term before it too, with its awards, published summary and voices, and a few works. For figures alone.
 */
import { and, eq, isNull } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Database, Store } from "@doudou/db/engines/database.ts";
import { loadAwards } from "@doudou/db/repositories/awards.ts";
import { addAcademicYears, addClasses, addEnrollments, addTerms } from "@doudou/db/repositories/office.ts";
import { enrollmentsOf } from "@doudou/db/repositories/people.ts";
import { schoolFrame, type SchoolTerm } from "@doudou/db/repositories/schools.ts";
import { addWork } from "@doudou/db/repositories/works.ts";
import { plannedYear } from "@doudou/db/seed/school-years.ts";
import { addDays, daysBetween } from "@doudou/shared/domain/days.ts";

const YEARS = 6;
const WORKS_A_TERM = 4;
const VOICES_A_TERM = 6;
const DAY_MS = 86_400_000;

/** @param today YYYY-MM-DD @throws where the school has no term that is over */
export async function liveSixYears(
  database: Database,
  schoolId: string,
  { studentIds, today }: { readonly studentIds: readonly string[]; readonly today: string },
): Promise<void> {
  await database.write(schoolId, async (store) => {
    const lived = (await termsOf(store, schoolId)).findLast(({ endsOn }) => endsOn < today);
    if (!lived) throw new Error("no term is over");
    await addYearsBefore(store, schoolId, lived);
    const before = (await termsOf(store, schoolId)).filter(({ endsOn }) => endsOn < lived.startsOn);
    for (const [yearId, terms] of Map.groupBy(before, ({ academicYearId }) => academicYearId)) {
      const [first, last] = [terms[0]!, terms.at(-1)!];
      for (const studentId of studentIds) {
        const there = await enrollmentsOf(store, schoolId, [studentId]);
        const inYear = there.find(
          ({ startsOn, endsOn }) => startsOn <= last.endsOn && (endsOn ?? today) >= first.startsOn,
        );
        const classId =
          inYear?.class.id ?? (await placed(store, schoolId, { yearId, studentId, first, last }));
        for (const term of terms) await liveAgain(store, schoolId, { studentId, classId, lived, term });
      }
    }
  });
}

async function termsOf(store: Store, schoolId: string): Promise<readonly SchoolTerm[]> {
  return (await schoolFrame(store, schoolId))?.terms ?? [];
}

/** So many that the year of the present term is the sixth. */
async function addYearsBefore(store: Store, schoolId: string, { schemeId }: SchoolTerm): Promise<void> {
  const terms = await termsOf(store, schoolId);
  const there = new Set(terms.map(({ academicYearId }) => academicYearId)).size;
  const firstYear = Number(terms[0]!.startsOn.slice(0, 4)) - (terms[0]!.startsOn.slice(5) < "09-01" ? 1 : 0);
  for (let start = firstYear - (YEARS - there); start < firstYear; start++) {
    const { terms: planned, start: _, ...year } = plannedYear(start);
    const academicYearId = uuidv7();
    await addAcademicYears(store, schoolId, [{ id: academicYearId, ...year }]);
    await addTerms(
      store,
      schoolId,
      planned.map((term) => ({ id: uuidv7(), academicYearId, schemeId, ...term })),
    );
  }
}

/** A class of then; what grade it was changes no figure. */
async function placed(
  store: Store,
  schoolId: string,
  {
    yearId,
    studentId,
    first,
    last,
  }: { yearId: string; studentId: string; first: SchoolTerm; last: SchoolTerm },
): Promise<string> {
  const classId = uuidv7();
  const ofYear = { id: classId, academicYearId: yearId, grade: 1, name: "一年级", position: 99 };
  await addClasses(store, schoolId, [ofYear]);
  const span = { startsOn: first.startsOn, endsOn: last.endsOn };
  await addEnrollments(store, schoolId, [{ id: uuidv7(), studentId, classId, ...span }]);
  return classId;
}

async function liveAgain(
  store: Store,
  schoolId: string,
  {
    studentId,
    classId,
    lived,
    term,
  }: { studentId: string; classId: string; lived: SchoolTerm; term: SchoolTerm },
): Promise<void> {
  const { db, tables } = store;
  const { award: a, termSummary: s, voice: v, membership: m } = tables;
  const back = daysBetween(lived.startsOn, term.startsOn);
  const then = (moment: Date) => new Date(moment.getTime() + back * DAY_MS);
  const of = { studentId, classId, termId: term.id };
  const awards = await db
    .select()
    .from(a)
    .where(and(eq(a.schoolId, schoolId), eq(a.studentId, studentId), eq(a.termId, lived.id)));
  await loadAwards(
    store,
    schoolId,
    awards
      .map(({ seq: _, schoolId: _school, ...award }) => ({
        ...award,
        ...of,
        id: uuidv7(),
        day: addDays(award.day, back),
        occurredAt: then(award.occurredAt),
        recordedAt: then(award.recordedAt),
        voided: null,
      }))
      .filter(({ day }) => day <= term.endsOn),
  );
  const summaries = await db
    .select()
    .from(s)
    .where(and(eq(s.schoolId, schoolId), eq(s.studentId, studentId), eq(s.termId, lived.id)));
  for (const summary of summaries)
    await db.insert(s).values({
      ...summary,
      termId: term.id,
      verificationCode: uuidv7(),
      publishedAt: then(summary.publishedAt),
    });
  // Whatever grown-ups said of anybody: not every child of the school was spoken of.
  const voices = await db
    .select()
    .from(v)
    .where(and(eq(v.schoolId, schoolId), isNull(v.fromId)))
    .limit(VOICES_A_TERM);
  for (const voice of voices)
    await db
      .insert(v)
      .values({ ...voice, ...of, id: uuidv7(), roundId: null, day: addDays(term.endsOn, -21) });
  const [maker] = await db.select({ id: m.id }).from(m).where(eq(m.schoolId, schoolId)).limit(1);
  for (let nth = 0; maker && nth < WORKS_A_TERM; nth++)
    await addWork(store, schoolId, {
      ...of,
      id: uuidv7(),
      title: "我的画",
      dimension: "arts",
      indicatorId: null,
      reflection: "我画了校园里的大树。",
      makerId: maker.id,
      day: addDays(term.endsOn, -30 - nth),
      addedAt: then(new Date(lived.endsOn)),
    });
}
