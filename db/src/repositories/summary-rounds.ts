/**
 * Where the summaries of a class stand before they are published: the review, what the reviewer remarked, and publishing
 * at a time. Publishes nothing itself.
 */
import { and, asc, desc, eq, gt, inArray, lte, sql } from "drizzle-orm";
import type { PublicationState, ReviewState } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { coversDay } from "./people.ts";

export interface ClassRound {
  readonly termId: string;
  readonly classId: string;
}

export interface Review extends ClassRound {
  readonly state: ReviewState;
  /** About the class as a whole. */
  readonly remark: string;
  readonly by: string;
  readonly changedAt: Date;
}

/** Where these classes stand in a term; a class that is not among them is still being written. */
export async function reviewsOf(
  store: Store,
  schoolId: string,
  termId: string,
  classIds: readonly string[],
): Promise<Review[]> {
  if (classIds.length === 0) return [];
  const { summaryReview: r, membership: m } = store.tables;
  return await store.db
    .select({
      termId: r.termId,
      classId: r.classId,
      state: r.state,
      remark: r.remark,
      by: m.displayName,
      changedAt: r.changedAt,
    })
    .from(r)
    .innerJoin(m, and(eq(m.schoolId, r.schoolId), eq(m.id, r.changedBy)))
    .where(and(eq(r.schoolId, schoolId), eq(r.termId, termId), inArray(r.classId, [...classIds])));
}

/** Writes down where a class stands from now on. */
export async function setReview(
  store: Store,
  schoolId: string,
  review: ClassRound & {
    readonly state: ReviewState;
    readonly remark: string;
    readonly changedBy: string;
    readonly changedAt: Date;
  },
): Promise<void> {
  const { summaryReview: r } = store.tables;
  const { state, remark, changedBy, changedAt } = review;
  await store.db
    .insert(r)
    .values({ schoolId, ...review })
    .onConflictDoUpdate({
      target: [r.schoolId, r.termId, r.classId],
      set: { state, remark, changedBy, changedAt },
    });
}

/** What the reviewer remarked about each of these children. */
export async function reviewRemarksOf(
  store: Store,
  schoolId: string,
  termId: string,
  studentIds: readonly string[],
): Promise<Map<string, string>> {
  if (studentIds.length === 0) return new Map();
  const { summaryReviewRemark: r } = store.tables;
  const rows = await store.db
    .select({ studentId: r.studentId, text: r.text })
    .from(r)
    .where(and(eq(r.schoolId, schoolId), eq(r.termId, termId), inArray(r.studentId, [...studentIds])));
  return new Map(rows.map(({ studentId, text }) => [studentId, text]));
}

/** Puts remarks about children in place of all earlier ones about these students. */
export async function replaceReviewRemarks(
  store: Store,
  schoolId: string,
  of: { readonly termId: string; readonly studentIds: readonly string[] },
  remarks: readonly { readonly studentId: string; readonly text: string }[],
  by: { readonly writtenBy: string; readonly writtenAt: Date },
): Promise<void> {
  const { summaryReviewRemark: r } = store.tables;
  const { termId, studentIds } = of;
  if (studentIds.length > 0)
    await store.db
      .delete(r)
      .where(and(eq(r.schoolId, schoolId), eq(r.termId, termId), inArray(r.studentId, [...studentIds])));
  if (remarks.length > 0)
    await store.db.insert(r).values(remarks.map((remark) => ({ schoolId, termId, ...remark, ...by })));
}

export interface Publication extends ClassRound {
  readonly id: string;
  readonly publishAt: Date;
  readonly state: PublicationState;
  readonly scheduledBy: string;
  readonly scheduledAt: Date;
  readonly endedAt: Date | null;
  readonly planId: string | null;
  readonly published: number | null;
}

interface NamedPublication extends Publication {
  /** What who planned it is called. */
  readonly by: string;
}

/** The latest that was planned for a class, whatever became of it. */
export async function latestPublication(
  store: Store,
  schoolId: string,
  { termId, classId }: ClassRound,
): Promise<NamedPublication | undefined> {
  const { summaryPublication: p, membership: m } = store.tables;
  const [found] = await store.db
    .select({ ...publicationColumns(store), by: m.displayName })
    .from(p)
    .innerJoin(m, and(eq(m.schoolId, p.schoolId), eq(m.id, p.scheduledBy)))
    .where(and(eq(p.schoolId, schoolId), eq(p.classId, classId), eq(p.termId, termId)))
    .orderBy(desc(p.scheduledAt), desc(p.id))
    .limit(1);
  return found;
}

/** Plans to publish, unless something is planned for the class already. @returns whether it was planned */
export async function planPublication(
  store: Store,
  schoolId: string,
  plan: ClassRound & {
    readonly id: string;
    readonly publishAt: Date;
    readonly scheduledBy: string;
    readonly scheduledAt: Date;
    /** One for all classes that are planned by one act. */
    readonly planId?: string;
  },
): Promise<boolean> {
  const { summaryPublication: p } = store.tables;
  await store.lock([`${schoolId}/publication/${plan.classId}`]);
  const latest = await latestPublication(store, schoolId, plan);
  if (latest?.state === "waiting" || latest?.state === "under-way") return false;
  await store.db.insert(p).values({ schoolId, ...plan, state: "waiting" });
  return true;
}

/** Cancels what is still waiting. @returns which it was */
export async function cancelPublication(
  store: Store,
  schoolId: string,
  { termId, classId }: ClassRound,
  at: Date,
): Promise<string | undefined> {
  const { summaryPublication: p } = store.tables;
  const [cancelled] = await store.db
    .update(p)
    .set({ state: "cancelled", endedAt: at })
    .where(
      and(eq(p.schoolId, schoolId), eq(p.classId, classId), eq(p.termId, termId), eq(p.state, "waiting")),
    )
    .returning({ id: p.id });
  return cancelled?.id;
}

/**
 * Cancels what was planned by one act, all of it or nothing: not from its hour on.
 * @returns the classes whose publication is cancelled by this call; undefined where there is no such plan
 */
export async function cancelPlan(
  store: Store,
  schoolId: string,
  planId: string,
  at: Date,
): Promise<(ClassRound & { readonly id: string })[] | undefined> {
  const { summaryPublication: p } = store.tables;
  const isOfPlan = and(eq(p.schoolId, schoolId), eq(p.planId, planId));
  const [one] = await store.db.select({ id: p.id }).from(p).where(isOfPlan).limit(1);
  if (!one) return undefined;
  return await store.db
    .update(p)
    .set({ state: "cancelled", endedAt: at })
    .where(and(isOfPlan, eq(p.state, "waiting"), gt(p.publishAt, at)))
    .returning({ id: p.id, termId: p.termId, classId: p.classId });
}

/** What is to be published by now, in every school: what waits, and what a stopped server has left half done. */
export async function duePublications(
  store: Store,
  now: Date,
): Promise<(Publication & { readonly schoolId: string })[]> {
  const { summaryPublication: p } = store.tables;
  return await store.db
    .select({ schoolId: p.schoolId, ...publicationColumns(store) })
    .from(p)
    .where(and(inArray(p.state, ["waiting", "under-way"]), lte(p.publishAt, now)))
    .orderBy(asc(p.publishAt));
}

/**
 * Makes a waiting publication one that is under way: from here on it cannot be cancelled.
 * @returns whether it is under way now, by this call or by an earlier one
 */
export async function beginPublication(store: Store, schoolId: string, id: string): Promise<boolean> {
  const { summaryPublication: p } = store.tables;
  const rows = await store.db
    .update(p)
    .set({ state: "under-way" })
    .where(and(eq(p.schoolId, schoolId), eq(p.id, id), inArray(p.state, ["waiting", "under-way"])))
    .returning({ id: p.id });
  return rows.length > 0;
}

/** Counts one more that a publication has published. */
export async function countPublished(store: Store, schoolId: string, id: string): Promise<void> {
  const { summaryPublication: p } = store.tables;
  await store.db
    .update(p)
    .set({ published: sql`coalesce(${p.published}, 0) + 1` })
    .where(and(eq(p.schoolId, schoolId), eq(p.id, id)));
}

/** Ends a publication that is under way. @returns whether this call ended it */
export async function endPublication(
  store: Store,
  schoolId: string,
  id: string,
  endedAt: Date,
): Promise<boolean> {
  const { summaryPublication: p } = store.tables;
  const rows = await store.db
    .update(p)
    .set({ state: "done", endedAt })
    .where(and(eq(p.schoolId, schoolId), eq(p.id, id), eq(p.state, "under-way")))
    .returning({ id: p.id });
  return rows.length > 0;
}

export interface RoundFigures {
  readonly classId: string;
  /** Children with a comment. */
  readonly written: number;
  readonly published: number;
}

/** How far classes have come with a term's summaries, in one statement; a class without any child is left out. */
export async function roundFigures(
  store: Store,
  schoolId: string,
  of: { readonly termId: string; readonly classIds: readonly string[]; readonly day: string },
): Promise<RoundFigures[]> {
  if (of.classIds.length === 0) return [];
  const { enrollment: e, summaryDraft: d, termSummary: s } = store.tables;
  const first = and(
    eq(s.schoolId, e.schoolId),
    eq(s.studentId, e.studentId),
    eq(s.termId, of.termId),
    eq(s.revision, 1),
  );
  return await store.db
    .select({
      classId: e.classId,
      written: sql`sum(case when ${d.comment} <> '' then 1 else 0 end)`.mapWith(Number),
      published: sql`count(${s.revision})`.mapWith(Number),
    })
    .from(e)
    .leftJoin(d, and(eq(d.schoolId, e.schoolId), eq(d.studentId, e.studentId), eq(d.termId, of.termId)))
    .leftJoin(s, first)
    .where(
      and(
        eq(e.schoolId, schoolId),
        inArray(e.classId, [...of.classIds]),
        coversDay(e.startsOn, e.endsOn, of.day),
      ),
    )
    .groupBy(e.classId);
}

/** What is planned and has not ended, class by class, and who planned it. */
export async function openPublications(
  store: Store,
  schoolId: string,
  termId: string,
): Promise<NamedPublication[]> {
  const { summaryPublication: p, membership: m } = store.tables;
  return await store.db
    .select({ ...publicationColumns(store), by: m.displayName })
    .from(p)
    .innerJoin(m, and(eq(m.schoolId, p.schoolId), eq(m.id, p.scheduledBy)))
    .where(and(eq(p.schoolId, schoolId), eq(p.termId, termId), inArray(p.state, ["waiting", "under-way"])));
}

function publicationColumns(store: Store) {
  const { summaryPublication: p } = store.tables;
  return {
    id: p.id,
    termId: p.termId,
    classId: p.classId,
    publishAt: p.publishAt,
    state: p.state,
    scheduledBy: p.scheduledBy,
    scheduledAt: p.scheduledAt,
    endedAt: p.endedAt,
    planId: p.planId,
    published: p.published,
  };
}
