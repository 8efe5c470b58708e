/**
 * Indicator schemes: the one being written, and those that are published. A published version is frozen, which triggers
 * see to: nothing here changes one, and a term is only ever pointed at another.
 */
import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { SchoolScheme } from "@doudou/shared/domain/school-scheme.ts";
import { DIMENSIONS, perDimension } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { insertRows } from "./bulk.ts";
import { classPointsOf } from "./class-points.ts";
import { ownPointsOf } from "./individual-plans.ts";

export interface NewScheme {
  readonly id: string;
  readonly academicYearId: string;
  readonly version: number;
  readonly publishedAt: Date;
  readonly scheme: SchoolScheme;
}

/** Writes a whole scheme down as published, its points in the given order. @throws when the year has that version */
export async function addPublishedScheme(
  store: Store,
  schoolId: string,
  { id: schemeId, academicYearId, version, publishedAt, scheme }: NewScheme,
  newId: () => string,
): Promise<void> {
  const { indicatorScheme, schemeDimension, indicator, observationPoint } = store.tables;
  await insertRows(store, indicatorScheme, [
    { schoolId, id: schemeId, academicYearId, version, status: "published", publishedAt },
  ]);
  await insertRows(
    store,
    schemeDimension,
    DIMENSIONS.map((dimension) => {
      const { name, thresholds, weight, colour = null } = scheme.dimensions[dimension];
      return { schoolId, schemeId, dimension, nameZh: name.zh, nameEn: name.en, thresholds, weight, colour };
    }),
  );
  const indicators = scheme.indicators.map((of, position) => ({ ...of, id: newId(), position }));
  await insertRows(
    store,
    indicator,
    indicators.map(({ id, code, dimension, name, position, origin }) => {
      const words = { nameZh: name.zh, nameEn: name.en };
      return { schoolId, id, schemeId, dimension, code, ...words, position, origin };
    }),
  );
  await insertRows(
    store,
    observationPoint,
    indicators
      .flatMap(({ id: indicatorId, dimension, points }) =>
        points.map((point) => ({ ...point, indicatorId, dimension })),
      )
      .map(({ name, who, subjects, ...point }, position) => {
        const words = { nameZh: name.zh, nameEn: name.en, givers: [...who], subjectCodes: [...subjects] };
        return { ...point, ...words, schoolId, id: newId(), schemeId, position };
      }),
  );
}

export interface PublishedScheme {
  readonly id: string;
  readonly academicYearId: string;
  readonly version: number;
  readonly publishedAt: Date | null;
}

/** Every version a school has published, the latest first. */
export async function publishedSchemes(store: Store, schoolId: string): Promise<PublishedScheme[]> {
  const { indicatorScheme: s } = store.tables;
  return await store.db
    .select({
      id: s.id,
      academicYearId: s.academicYearId,
      version: s.version,
      publishedAt: s.publishedAt,
    })
    .from(s)
    .where(eq(s.schoolId, schoolId))
    .orderBy(desc(s.publishedAt), desc(s.version), desc(s.id));
}

/** A published version, whole and without what classes and children have of their own; undefined where the school has none of that id. */
export async function publishedScheme(
  store: Store,
  schoolId: string,
  schemeId: string,
): Promise<SchoolScheme | undefined> {
  const { schemeDimension: d, indicator: i, observationPoint: p } = store.tables;
  const dimensions = await store.db
    .select()
    .from(d)
    .where(and(eq(d.schoolId, schoolId), eq(d.schemeId, schemeId)));
  const ofDimension = new Map(dimensions.map((row) => [row.dimension, row]));
  if (ofDimension.size < DIMENSIONS.length) return undefined;
  const indicators = await store.db
    .select()
    .from(i)
    .where(and(eq(i.schoolId, schoolId), eq(i.schemeId, schemeId)))
    .orderBy(asc(i.position), asc(i.code));
  const rows = await store.db
    .select()
    .from(p)
    .where(and(eq(p.schoolId, schoolId), eq(p.schemeId, schemeId)))
    .orderBy(asc(p.position), asc(p.code));
  const own = [...(await classPointsOf(store, schoolId)), ...(await ownPointsOf(store, schoolId))];
  const apart = new Set(own.map((of) => of.observationPointId));
  const points = Map.groupBy(
    rows.filter(({ id }) => !apart.has(id)),
    ({ indicatorId }) => indicatorId,
  );
  return {
    dimensions: perDimension((dimension) => {
      const row = ofDimension.get(dimension);
      if (!row) throw new Error(`scheme ${schemeId} has no ${dimension}`);
      const { nameZh: zh, nameEn: en, weight, thresholds, colour } = row;
      return { name: { zh, en }, ...(colour && { colour }), weight, thresholds };
    }),
    indicators: indicators.map(({ id, code, dimension, nameZh, nameEn, origin }) => ({
      code,
      dimension,
      name: { zh: nameZh, en: nameEn },
      origin,
      points: (points.get(id) ?? []).map((point) => ({
        code: point.code,
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
      })),
    })),
  };
}

/**
 * Points terms at a version. Where a term has begun under another, that one is noted as replaced on the day given.
 * Teachers keep at hand what they kept at hand of the version replaced, by the codes.
 */
export async function putSchemeInForce(
  store: Store,
  schoolId: string,
  { schemeId, termIds, running }: SchemeInForce,
): Promise<void> {
  const { term: t, replacedScheme: r } = store.tables;
  if (running) {
    const { termId, replacedId, on } = running;
    await store.db
      .insert(r)
      .values({ schoolId, termId, schemeId: replacedId, replacedOn: on })
      .onConflictDoNothing();
    await carryFavourites(store, schoolId, replacedId, schemeId);
  }
  await store.db
    .update(t)
    .set({ schemeId })
    .where(and(eq(t.schoolId, schoolId), inArray(t.id, [...termIds])));
}

export interface SchemeInForce {
  readonly schemeId: string;
  readonly termIds: readonly string[];
  /** The term among them that has begun under another version, and that version. */
  readonly running: { readonly termId: string; readonly replacedId: string; readonly on: string } | undefined;
}

async function carryFavourites(store: Store, schoolId: string, from: string, to: string): Promise<void> {
  const { favouritePoint: f, observationPoint: p } = store.tables;
  const kept = await store.db
    .select({ membershipId: f.membershipId, code: p.code })
    .from(f)
    .innerJoin(p, and(eq(p.schoolId, f.schoolId), eq(p.id, f.observationPointId)))
    .where(and(eq(f.schoolId, schoolId), eq(p.schemeId, from)));
  const points = await store.db
    .select({ id: p.id, code: p.code })
    .from(p)
    .where(and(eq(p.schoolId, schoolId), eq(p.schemeId, to)));
  const idOf = new Map(points.map(({ id, code }) => [code, id]));
  for (const { membershipId, code } of kept) {
    const observationPointId = idOf.get(code);
    if (observationPointId === undefined) continue;
    await store.db.insert(f).values({ schoolId, membershipId, observationPointId }).onConflictDoNothing();
  }
}

export interface SchemeDraftRow {
  readonly version: number;
  readonly startedFrom: string | null;
  readonly scheme: SchoolScheme;
  readonly savedAt: Date;
  readonly savedBy: string;
}

/** What the school's office is writing, if it is writing. */
export async function schemeDraftOf(store: Store, schoolId: string): Promise<SchemeDraftRow | undefined> {
  const { schemeDraft: d } = store.tables;
  const [row] = await store.db
    .select({
      version: d.version,
      startedFrom: d.startedFrom,
      scheme: d.scheme,
      savedAt: d.savedAt,
      savedBy: d.savedBy,
    })
    .from(d)
    .where(eq(d.schoolId, schoolId));
  return row;
}

/** Begins a draft. @returns whether there was none yet */
export async function beginSchemeDraft(
  store: Store,
  schoolId: string,
  draft: Omit<SchemeDraftRow, "version">,
): Promise<boolean> {
  const { schemeDraft: d } = store.tables;
  const added = await store.db
    .insert(d)
    .values({ ...draft, schoolId, version: 1 })
    .onConflictDoNothing()
    .returning({ version: d.version });
  return added.length > 0;
}

/** Saves a draft that was made from a version. @returns the new version, or undefined where that is not the latest */
export async function saveSchemeDraft(
  store: Store,
  schoolId: string,
  { from, ...saved }: Pick<SchemeDraftRow, "scheme" | "savedAt" | "savedBy"> & { readonly from: number },
): Promise<number | undefined> {
  const { schemeDraft: d } = store.tables;
  const [row] = await store.db
    .update(d)
    .set({ ...saved, version: from + 1 })
    .where(and(eq(d.schoolId, schoolId), eq(d.version, from)))
    .returning({ version: d.version });
  return row?.version;
}

/** Throws a draft away if it is of this version. @returns whether it was */
export async function dropSchemeDraft(store: Store, schoolId: string, version: number): Promise<boolean> {
  const { schemeDraft: d } = store.tables;
  const dropped = await store.db
    .delete(d)
    .where(and(eq(d.schoolId, schoolId), eq(d.version, version)))
    .returning({ version: d.version });
  return dropped.length > 0;
}
