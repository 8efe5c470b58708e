/**
 * Individual plans of children and the points of their own. The words of a plan leave this file only to whoever asks for
 * them by child or class; what everybody's pages need to know of such a point bears none (docs/adr/0037).
 */
import { and, asc, count, desc, eq, gte, inArray, isNull, lte } from "drizzle-orm";
import type { GroupSymbol } from "@doudou/shared/domain/groups.ts";
import type { OwnPoint, PlanDays } from "@doudou/shared/domain/individual-plans.ts";
import type { Bilingual, Dimension, Kind } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { coversDay } from "./people.ts";

export interface PlanWords extends PlanDays {
  readonly focus: string;
  readonly supports: string;
}

export interface NewIndividualPlan extends PlanWords {
  readonly id: string;
  readonly studentId: string;
  readonly madeBy: string;
  readonly madeAt: Date;
}

export interface IndividualPlanRow extends NewIndividualPlan {
  readonly version: number;
  /** Who made it: a name. */
  readonly by: string;
  readonly endedOn: string | null;
  readonly endedBy: string | null;
  readonly whatHelped: string | null;
}

/** @returns false where the id is taken: nothing was written then */
export async function addIndividualPlan(
  store: Store,
  schoolId: string,
  plan: NewIndividualPlan,
): Promise<boolean> {
  const { individualPlan: p } = store.tables;
  const added = await store.db
    .insert(p)
    .values({ schoolId, ...plan, version: 1 })
    .onConflictDoNothing({ target: [p.schoolId, p.id] })
    .returning({ id: p.id });
  return added.length > 0;
}

/** A child's plans, the latest first. */
export async function individualPlansOf(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<IndividualPlanRow[]> {
  const { individualPlan: p, membership: m } = store.tables;
  const rows = await store.db
    .select({ plan: p, by: m.displayName })
    .from(p)
    .innerJoin(m, and(eq(m.schoolId, p.schoolId), eq(m.id, p.madeBy)))
    .where(and(eq(p.schoolId, schoolId), eq(p.studentId, studentId)))
    .orderBy(desc(p.madeAt), desc(p.id));
  return rows.map(({ plan, by }) => ({ ...plan, by }));
}

/** Changes a plan that is not ended. @returns whether `from` was its version */
export async function changeIndividualPlan(
  store: Store,
  schoolId: string,
  of: { readonly id: string; readonly from: number },
  to: PlanWords,
): Promise<boolean> {
  const { individualPlan: p } = store.tables;
  const changed = await store.db
    .update(p)
    .set({ ...to, version: of.from + 1 })
    .where(and(eq(p.schoolId, schoolId), eq(p.id, of.id), eq(p.version, of.from), isNull(p.endedOn)))
    .returning({ id: p.id });
  return changed.length > 0;
}

/** @returns false where it was ended before: those words stay */
export async function endIndividualPlan(
  store: Store,
  schoolId: string,
  id: string,
  ended: { readonly endedOn: string; readonly endedBy: string; readonly whatHelped: string },
): Promise<boolean> {
  const { individualPlan: p } = store.tables;
  const rows = await store.db
    .update(p)
    .set(ended)
    .where(and(eq(p.schoolId, schoolId), eq(p.id, id), isNull(p.endedOn)))
    .returning({ id: p.id });
  return rows.length > 0;
}

/** What only teachers of the child read of a point of its own. */
export interface OwnPointWords {
  readonly name: Bilingual;
  readonly icon: GroupSymbol | null;
  readonly position: number;
}

export interface NewOwnPoint extends OwnPointWords {
  readonly id: string;
  readonly planId: string;
  readonly code: string;
  readonly schemeId: string;
  readonly indicatorId: string;
  /** What the point is called wherever the plan is not: as its indicator. */
  readonly indicator: Bilingual;
  readonly dimension: Dimension;
  readonly kind: Kind;
  readonly beans: number;
  readonly minBeans: number;
  readonly maxBeans: number;
  readonly weeklyCap: number;
}

/** After every point of a scheme, as a class's own. */
const LAST_POSITION = 10_000;

export async function addOwnPoint(store: Store, schoolId: string, point: NewOwnPoint): Promise<void> {
  const { observationPoint, individualPlanPoint } = store.tables;
  const { planId, name, icon, position, indicator, ...of } = point;
  await store.db.insert(observationPoint).values({
    ...of,
    schoolId,
    nameZh: indicator.zh,
    nameEn: indicator.en,
    givers: ["staff"],
    gradeFrom: 1,
    gradeTo: 9,
    subjectCodes: [],
    evidence: "optional",
    position: LAST_POSITION,
    origin: "school",
    icon: null,
  });
  const words = { nameZh: name.zh, nameEn: name.en, icon, position };
  await store.db
    .insert(individualPlanPoint)
    .values({ schoolId, observationPointId: of.id, planId, ...words, retiredOn: null });
}

/** Words a point of a child anew, retires it, or takes it up again. */
export async function changeOwnPoint(
  store: Store,
  schoolId: string,
  id: string,
  { name, ...to }: OwnPointWords & { readonly retiredOn: string | null },
): Promise<void> {
  const { individualPlanPoint: o } = store.tables;
  await store.db
    .update(o)
    .set({ ...to, nameZh: name.zh, nameEn: name.en })
    .where(and(eq(o.schoolId, schoolId), eq(o.observationPointId, id)));
}

/** Points of plans as the whole school's frame knows them: whose and when, without a word. */
export async function ownPointsOf(
  store: Store,
  schoolId: string,
): Promise<(OwnPoint & { readonly observationPointId: string })[]> {
  const { individualPlanPoint: o, individualPlan: p } = store.tables;
  const rows = await store.db
    .select({
      observationPointId: o.observationPointId,
      studentId: p.studentId,
      startsOn: p.startsOn,
      endsOn: p.endsOn,
      endedOn: p.endedOn,
      retiredOn: o.retiredOn,
    })
    .from(o)
    .innerJoin(p, and(eq(p.schoolId, o.schoolId), eq(p.id, o.planId)))
    .where(eq(o.schoolId, schoolId));
  return rows.map(({ endsOn, endedOn, retiredOn, ...of }) => {
    const lastDay = [endsOn, endedOn, retiredOn].filter((day) => day !== null).sort()[0] ?? endsOn;
    return { ...of, lastDay };
  });
}

/** The points of plans with their words, in their order. */
export async function pointsOfPlans(store: Store, schoolId: string, planIds: readonly string[]) {
  if (planIds.length === 0) return [];
  const { individualPlanPoint: o } = store.tables;
  const rows = await store.db
    .select()
    .from(o)
    .where(and(eq(o.schoolId, schoolId), inArray(o.planId, [...planIds])))
    .orderBy(asc(o.position), asc(o.observationPointId));
  return rows.map(({ nameZh, nameEn, ...of }) => ({ ...of, name: { zh: nameZh, en: nameEn } }));
}

/** The points, with their words, of plans that run on a day, of the children who are in a class then. */
export async function ownPointsInClass(
  store: Store,
  schoolId: string,
  { classId, day }: { readonly classId: string; readonly day: string },
) {
  const { individualPlanPoint: o, individualPlan: p, enrollment: e } = store.tables;
  const rows = await store.db
    .select({
      observationPointId: o.observationPointId,
      studentId: p.studentId,
      nameZh: o.nameZh,
      nameEn: o.nameEn,
      icon: o.icon,
    })
    .from(e)
    .innerJoin(p, and(eq(p.schoolId, e.schoolId), eq(p.studentId, e.studentId)))
    .innerJoin(o, and(eq(o.schoolId, p.schoolId), eq(o.planId, p.id)))
    .where(
      and(
        eq(e.schoolId, schoolId),
        eq(e.classId, classId),
        coversDay(e.startsOn, e.endsOn, day),
        lte(p.startsOn, day),
        gte(p.endsOn, day),
        isNull(p.endedOn),
        isNull(o.retiredOn),
      ),
    )
    .orderBy(asc(p.studentId), asc(o.position), asc(o.observationPointId));
  return rows.map(({ nameZh, nameEn, ...of }) => ({ ...of, name: { zh: nameZh, en: nameEn } }));
}

/** Standing awards of a child by day, of these points. */
export async function ownPointDays(
  store: Store,
  schoolId: string,
  { studentId, pointIds, since }: { studentId: string; pointIds: readonly string[]; since: Date },
) {
  if (pointIds.length === 0) return [];
  const { award: a, awardVoid: v } = store.tables;
  return await store.db
    .select({ observationPointId: a.observationPointId, day: a.day, count: count() })
    .from(a)
    .leftJoin(v, and(eq(v.schoolId, a.schoolId), eq(v.awardId, a.id)))
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.studentId, studentId),
        gte(a.occurredAt, since),
        inArray(a.observationPointId, [...pointIds]),
        isNull(v.awardId),
      ),
    )
    .groupBy(a.observationPointId, a.day);
}

export interface NewPlanNote {
  readonly id: string;
  readonly planId: string;
  readonly text: string;
  readonly day: string;
  readonly authorId: string;
  readonly writtenAt: Date;
}

/** @returns false where the id is taken: nothing was written then */
export async function addPlanNote(store: Store, schoolId: string, note: NewPlanNote): Promise<boolean> {
  const { individualPlanNote: n } = store.tables;
  const added = await store.db
    .insert(n)
    .values({ schoolId, ...note })
    .onConflictDoNothing({ target: [n.schoolId, n.id] })
    .returning({ id: n.id });
  return added.length > 0;
}

/** Notes to plans, the latest first. */
export async function notesOfPlans(store: Store, schoolId: string, planIds: readonly string[]) {
  if (planIds.length === 0) return [];
  const { individualPlanNote: n, membership: m } = store.tables;
  const rows = await store.db
    .select({ note: n, by: m.displayName })
    .from(n)
    .innerJoin(m, and(eq(m.schoolId, n.schoolId), eq(m.id, n.authorId)))
    .where(and(eq(n.schoolId, schoolId), inArray(n.planId, [...planIds])))
    .orderBy(desc(n.writtenAt), desc(n.id));
  return rows.map(({ note, by }) => ({ ...note, by }));
}

/** A note of any plan of the school. */
export async function planNoteById(
  store: Store,
  schoolId: string,
  id: string,
): Promise<NewPlanNote | undefined> {
  const { individualPlanNote: n } = store.tables;
  const [note] = await store.db
    .select()
    .from(n)
    .where(and(eq(n.schoolId, schoolId), eq(n.id, id)));
  return note;
}
