/**
 * Observation points that a class has of its own. Adding one writes an observation point and whose it is; a published
 * version is read without them (docs/adr/0025). Retired, never deleted.
 */
import { and, asc, eq, isNull } from "drizzle-orm";
import type { Bilingual, Dimension, Kind } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";

export interface NewClassPoint {
  readonly id: string;
  readonly classId: string;
  readonly schemeId: string;
  readonly indicatorId: string;
  readonly dimension: Dimension;
  readonly code: string;
  readonly name: Bilingual;
  readonly kind: Kind;
  readonly beans: number;
  readonly minBeans: number;
  readonly maxBeans: number;
  readonly weeklyCap: number;
  readonly grade: number;
  readonly addedBy: string;
  readonly addedAt: Date;
}

/** After every point of a scheme: no scheme has so many. */
const LAST_POSITION = 10_000;

export async function addClassPoint(store: Store, schoolId: string, point: NewClassPoint): Promise<void> {
  const { observationPoint, classPoint } = store.tables;
  const { classId, name, grade, addedBy, addedAt, ...of } = point;
  await store.db.insert(observationPoint).values({
    ...of,
    schoolId,
    nameZh: name.zh,
    nameEn: name.en,
    givers: ["staff"],
    gradeFrom: grade,
    gradeTo: grade,
    subjectCodes: [],
    evidence: "optional",
    position: LAST_POSITION,
    origin: "school",
    icon: null,
  });
  await store.db
    .insert(classPoint)
    .values({ schoolId, observationPointId: of.id, classId, addedBy, addedAt });
}

/** Retires a point of a class. @returns whether it was in use there until now */
export async function retireClassPoint(
  store: Store,
  schoolId: string,
  { classId, observationPointId, ...retired }: RetiredClassPoint,
): Promise<boolean> {
  const { classPoint: c } = store.tables;
  const rows = await store.db
    .update(c)
    .set(retired)
    .where(
      and(
        eq(c.schoolId, schoolId),
        eq(c.observationPointId, observationPointId),
        eq(c.classId, classId),
        isNull(c.retiredAt),
      ),
    )
    .returning({ id: c.observationPointId });
  return rows.length > 0;
}

export interface RetiredClassPoint {
  readonly classId: string;
  readonly observationPointId: string;
  readonly retiredBy: string;
  readonly retiredAt: Date;
}

/** Whose points are whose in a school, oldest first. */
export async function classPointsOf(store: Store, schoolId: string) {
  const { classPoint: c, membership: m } = store.tables;
  return await store.db
    .select({
      observationPointId: c.observationPointId,
      classId: c.classId,
      by: m.displayName,
      addedAt: c.addedAt,
      retiredAt: c.retiredAt,
    })
    .from(c)
    .innerJoin(m, and(eq(m.schoolId, c.schoolId), eq(m.id, c.addedBy)))
    .where(eq(c.schoolId, schoolId))
    .orderBy(asc(c.addedAt), asc(c.observationPointId));
}
