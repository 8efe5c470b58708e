/**
 * A school's frame: its time zone, terms, calendar and published observation points. Small, read whole, changes rarely.
 */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { DayPlan } from "@doudou/shared/domain/lesson-times.ts";
import type { GroupSymbol } from "@doudou/shared/domain/groups.ts";
import type { ObservationPoint } from "@doudou/shared/domain/indicators.ts";
import type { OwnPoint } from "@doudou/shared/domain/individual-plans.ts";
import type { PaletteColour } from "@doudou/shared/domain/palette.ts";
import type { StageThresholds } from "@doudou/shared/domain/stages.ts";
import type { Bilingual, Dimension, Locale } from "@doudou/shared/domain/words.ts";
import type { Origin } from "@doudou/shared/domain/school-scheme.ts";
import type { Store } from "../engines/database.ts";
import { classPointsOf } from "./class-points.ts";
import { ownPointsOf } from "./individual-plans.ts";
import { lessonTimesOf, type LogoFiles, schoolLogo } from "./school-settings.ts";

export interface SchoolTerm {
  readonly id: string;
  readonly academicYearId: string;
  readonly schemeId: string | null;
  readonly name: Bilingual;
  readonly startsOn: string;
  readonly endsOn: string;
  /** Versions it had before, each with the day from which another was given. */
  readonly earlierSchemes: readonly { readonly schemeId: string; readonly replacedOn: string }[];
}

/** An observation point of a published scheme, with where it stands in it. */
export interface FramePoint extends ObservationPoint {
  readonly id: string;
  readonly schemeId: string;
  readonly dimension: Dimension;
  readonly indicatorId: string;
  /** Outlives the version, as the point's own code does. */
  readonly indicatorCode: string;
  readonly indicator: Bilingual;
  readonly origin: Origin;
  readonly icon: GroupSymbol | null;
  /** Whose it is alone; null for a point of the scheme itself. */
  readonly ofClass: { readonly classId: string; readonly retiredOn: string | null } | null;
}

/** A point of one child's individual plan. It is called as its indicator is: the plan's words are not here. */
export interface OwnFramePoint extends FramePoint {
  readonly ofChild: OwnPoint;
}

export interface SchemeDimension {
  readonly name: Bilingual;
  readonly colour: PaletteColour | undefined;
  readonly thresholds: StageThresholds;
}

export interface SchoolFrame {
  readonly schoolId: string;
  readonly name: string;
  readonly timeZone: string;
  readonly locale: Locale;
  readonly boardShowsNumbers: boolean;
  readonly peerVoicesShowNames: boolean;
  readonly reviewsSummaries: boolean;
  /** of a day, for a child on its own pages; null where there is no limit */
  readonly viewMinutes: number | null;
  /** For which the note of an award is kept; null for as long as the child is here. */
  readonly noteMonths: number | null;
  readonly logo: LogoFiles | null;
  readonly lessonTimes: readonly DayPlan[];
  /** oldest first */
  readonly terms: readonly SchoolTerm[];
  readonly exceptions: ReadonlyMap<string, "holiday" | "workday">;
  readonly points: ReadonlyMap<string, FramePoint>;
  /** Apart from `points`, so that no list of what there is to award, choose or count for ever has one in it. */
  readonly ownPoints: ReadonlyMap<string, OwnFramePoint>;
  readonly dimensionsOfScheme: ReadonlyMap<string, ReadonlyMap<Dimension, SchemeDimension>>;
}

/** What the school is called in addresses. */
export async function schoolCodeOf(store: Store, schoolId: string): Promise<string | undefined> {
  const { school } = store.tables;
  const [found] = await store.db
    .select({ code: school.code })
    .from(school)
    .where(eq(school.schoolId, schoolId));
  return found?.code;
}

/** Everything about a school that is the same for all its people, or undefined where there is no such school. */
export async function schoolFrame(store: Store, schoolId: string): Promise<SchoolFrame | undefined> {
  const { school, term, calendarException, replacedScheme } = store.tables;
  const [found] = await store.db.select().from(school).where(eq(school.schoolId, schoolId));
  if (!found) return undefined;
  const terms = await store.db
    .select()
    .from(term)
    .where(eq(term.schoolId, schoolId))
    .orderBy(asc(term.startsOn));
  const exceptions = await store.db
    .select()
    .from(calendarException)
    .where(eq(calendarException.schoolId, schoolId));
  const replaced = await store.db.select().from(replacedScheme).where(eq(replacedScheme.schoolId, schoolId));
  const inForce = terms.map((t) => t.schemeId).filter((id) => id !== null);
  const schemeIds = [...new Set([...inForce, ...replaced.map(({ schemeId }) => schemeId)])];
  return {
    schoolId,
    name: found.name,
    timeZone: found.timeZone,
    locale: found.locale,
    boardShowsNumbers: found.boardShowsNumbers,
    peerVoicesShowNames: found.peerVoicesShowNames,
    reviewsSummaries: found.reviewsSummaries,
    viewMinutes: found.viewMinutes,
    noteMonths: found.noteMonths,
    logo: (await schoolLogo(store, schoolId)) ?? null,
    lessonTimes: await lessonTimesOf(store, schoolId),
    terms: terms.map((t) => ({
      id: t.id,
      academicYearId: t.academicYearId,
      schemeId: t.schemeId,
      name: { zh: t.nameZh, en: t.nameEn },
      startsOn: t.startsOn,
      endsOn: t.endsOn,
      earlierSchemes: replaced
        .filter(({ termId }) => termId === t.id)
        .map(({ schemeId, replacedOn }) => ({ schemeId, replacedOn })),
    })),
    exceptions: new Map(exceptions.map((e) => [e.day, e.kind])),
    ...(await pointsOfSchemes(store, found, schemeIds)),
    dimensionsOfScheme: await dimensionsOfSchemes(store, schoolId, schemeIds),
  };
}

async function pointsOfSchemes(
  store: Store,
  { schoolId, timeZone }: { readonly schoolId: string; readonly timeZone: string },
  schemeIds: string[],
): Promise<Pick<SchoolFrame, "points" | "ownPoints">> {
  if (schemeIds.length === 0) return { points: new Map(), ownPoints: new Map() };
  const { observationPoint: p, indicator: i } = store.tables;
  const rows = await store.db
    .select({ point: p, indicatorCode: i.code, indicatorZh: i.nameZh, indicatorEn: i.nameEn })
    .from(p)
    .innerJoin(i, and(eq(i.schoolId, p.schoolId), eq(i.id, p.indicatorId)))
    .where(and(eq(p.schoolId, schoolId), inArray(p.schemeId, schemeIds)))
    .orderBy(asc(p.schemeId), asc(p.position));
  const classPoints = await classPointsOf(store, schoolId);
  const ofClass = new Map(
    classPoints.map(({ observationPointId, classId, retiredAt }) => [
      observationPointId,
      { classId, retiredOn: retiredAt && localDayOf(retiredAt.getTime(), timeZone) },
    ]),
  );
  const ofChild = new Map(
    (await ownPointsOf(store, schoolId)).map(({ observationPointId, ...of }) => [observationPointId, of]),
  );
  const points = new Map<string, FramePoint>();
  const ownPoints = new Map<string, OwnFramePoint>();
  for (const { point, indicatorCode, indicatorZh, indicatorEn } of rows) {
    const read: FramePoint = {
      id: point.id,
      schemeId: point.schemeId,
      code: point.code,
      dimension: point.dimension,
      indicatorId: point.indicatorId,
      indicatorCode,
      indicator: { zh: indicatorZh, en: indicatorEn },
      name: { zh: point.nameZh, en: point.nameEn },
      kind: point.kind,
      beans: point.beans,
      minBeans: point.minBeans,
      maxBeans: point.maxBeans,
      weeklyCap: point.weeklyCap,
      who: point.givers,
      gradeFrom: point.gradeFrom,
      gradeTo: point.gradeTo,
      subjects: point.subjectCodes,
      evidence: point.evidence,
      origin: point.origin,
      icon: point.icon,
      ofClass: ofClass.get(point.id) ?? null,
    };
    const own = ofChild.get(point.id);
    if (own) ownPoints.set(point.id, { ...read, ofChild: own });
    else points.set(point.id, read);
  }
  return { points, ownPoints };
}

async function dimensionsOfSchemes(store: Store, schoolId: string, schemeIds: string[]) {
  const bySchemes = new Map<string, Map<Dimension, SchemeDimension>>();
  if (schemeIds.length === 0) return bySchemes;
  const { schemeDimension: d } = store.tables;
  const rows = await store.db
    .select()
    .from(d)
    .where(and(eq(d.schoolId, schoolId), inArray(d.schemeId, schemeIds)));
  for (const row of rows) {
    const dimensions = bySchemes.get(row.schemeId) ?? new Map<Dimension, SchemeDimension>();
    dimensions.set(row.dimension, {
      name: { zh: row.nameZh, en: row.nameEn },
      colour: row.colour ?? undefined,
      thresholds: row.thresholds,
    });
    bySchemes.set(row.schemeId, dimensions);
  }
  return bySchemes;
}

export interface AcademicYear {
  readonly id: string;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

/** The academic years of a school, oldest first. */
export async function academicYearsOf(store: Store, schoolId: string): Promise<AcademicYear[]> {
  return await store
    .prepared("academicYearsOf", () => {
      const { academicYear: y } = store.tables;
      return store.db
        .select({ id: y.id, name: y.name, startsOn: y.startsOn, endsOn: y.endsOn })
        .from(y)
        .where(eq(y.schoolId, sql.placeholder("schoolId")))
        .orderBy(asc(y.startsOn));
    })
    .execute({ schoolId });
}

/** The ids of all schools, for jobs that go through them one by one. */
export async function schoolIds(store: Store): Promise<string[]> {
  const { school } = store.tables;
  const rows = await store.db.select({ id: school.schoolId }).from(school).orderBy(asc(school.schoolId));
  return rows.map((row) => row.id);
}

/** A school by the short code its administrators know it by. */
export async function schoolByCode(
  store: Store,
  code: string,
): Promise<{ id: string; name: string } | undefined> {
  const { school } = store.tables;
  const rows = await store.db
    .select({ id: school.schoolId, name: school.name })
    .from(school)
    .where(eq(school.code, code));
  return rows[0];
}

/** What is taught at a school, by code. */
export async function subjectsOfSchool(
  store: Store,
  schoolId: string,
): Promise<{ code: string; name: Bilingual }[]> {
  const { subject: s } = store.tables;
  const rows = await store.db.select().from(s).where(eq(s.schoolId, schoolId)).orderBy(asc(s.code));
  return rows.map(({ code, nameZh, nameEn }) => ({ code, name: { zh: nameZh, en: nameEn } }));
}
