/**
 * Activities: recorded by teachers for a class, told by a family and settled once, removed and brought back; and what
 * children say of them. Removed ones are found by their id alone.
 */
import {
  and,
  asc,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  notInArray,
  type SQL,
  sql,
} from "drizzle-orm";
import type { ActivitySort, ActivityState } from "@doudou/shared/domain/activities.ts";
import type { Dimension, Role } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { insertRows } from "./bulk.ts";
import { forgetHighlight } from "./highlights.ts";
import { comesAfter } from "./pages.ts";
import { askedIds, isOfAskedChild } from "./placeholders.ts";

/** What can be written anew. */
export interface ActivityFacts {
  readonly termId: string;
  readonly title: string;
  readonly sort: ActivitySort;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly place: string;
  readonly minutes: number | null;
  readonly dimensions: readonly Dimension[];
  readonly about: string;
}

export interface NewActivity extends ActivityFacts {
  readonly id: string;
  readonly classId: string;
  /** The child it is of alone; null for one of the class. */
  readonly toldOfId: string | null;
  readonly state: ActivityState;
  readonly makerId: string;
  readonly addedAt: Date;
}

export interface KeptActivity extends NewActivity {
  readonly removedAt: Date | null;
}

/** That a child took part, and what it did there. */
export interface Partaking {
  readonly studentId: string;
  readonly part: string;
}

/** @returns false where the id is taken: nothing was written then */
export async function addActivity(
  store: Store,
  schoolId: string,
  activity: NewActivity,
  partakers: readonly Partaking[],
): Promise<boolean> {
  const { activity: a, activityStudent } = store.tables;
  const added = await store.db
    .insert(a)
    .values({ schoolId, ...activity })
    .onConflictDoNothing({ target: [a.schoolId, a.id] })
    .returning({ id: a.id });
  if (added.length === 0) return false;
  const rows = partakers.map((partaker) => ({ schoolId, activityId: activity.id, ...partaker }));
  await insertRows(store, activityStudent, rows);
  return true;
}

/** Writes an activity anew. What children made of it stays, but for those who are not in it any more. */
export async function changeActivity(
  store: Store,
  schoolId: string,
  id: string,
  facts: ActivityFacts,
  partakers: readonly Partaking[],
): Promise<void> {
  const { activity: a, activityStudent: s } = store.tables;
  const changed = await store.db
    .update(a)
    .set(facts)
    .where(and(eq(a.schoolId, schoolId), eq(a.id, id)))
    .returning({ id: a.id });
  if (changed.length === 0) return;
  const stay = partakers.map(({ studentId }) => studentId);
  const gone = await store.db
    .delete(s)
    .where(and(eq(s.schoolId, schoolId), eq(s.activityId, id), notInArray(s.studentId, stay)))
    .returning({ studentId: s.studentId });
  for (const { studentId } of gone)
    await forgetHighlight(store, schoolId, { kind: "activity", subjectId: id, studentId });
  for (const { studentId, part } of partakers)
    await store.db
      .insert(s)
      .values({ schoolId, activityId: id, studentId, part })
      .onConflictDoUpdate({ target: [s.schoolId, s.activityId, s.studentId], set: { part } });
}

export async function activityById(
  store: Store,
  schoolId: string,
  id: string,
): Promise<KeptActivity | undefined> {
  const { activity: a } = store.tables;
  const [row] = await store.db
    .select()
    .from(a)
    .where(and(eq(a.schoolId, schoolId), eq(a.id, id)));
  return row;
}

export interface PartakingLine extends Partaking {
  readonly activityId: string;
  readonly name: string;
}

/** Who took part in each of these, in class-list order. */
export async function partakersOf(
  store: Store,
  schoolId: string,
  activityIds: readonly string[],
): Promise<PartakingLine[]> {
  if (activityIds.length === 0) return [];
  const { activityStudent: p, student: s } = store.tables;
  return await store.db
    .select({ activityId: p.activityId, studentId: p.studentId, name: s.name, part: p.part })
    .from(p)
    .innerJoin(s, and(eq(s.schoolId, p.schoolId), eq(s.id, p.studentId)))
    .where(and(eq(p.schoolId, schoolId), inArray(p.activityId, [...activityIds])))
    .orderBy(asc(s.studentNo));
}

/** How many activities were told of a child in a term, declined ones not among them. */
export async function countTold(
  store: Store,
  schoolId: string,
  of: { readonly studentId: string; readonly termId: string },
): Promise<number> {
  const { activity: a } = store.tables;
  const [row] = await store.db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(a)
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.toldOfId, of.studentId),
        eq(a.termId, of.termId),
        ne(a.state, "declined"),
      ),
    );
  return row?.count ?? 0;
}

/** Settles one that was told. @returns false where it was settled before: the first word stays */
export async function settleActivity(
  store: Store,
  schoolId: string,
  id: string,
  settled: { readonly state: Exclude<ActivityState, "proposed">; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const { activity: a } = store.tables;
  const changed = await store.db
    .update(a)
    .set({ state: settled.state, settledBy: settled.by, settledAt: settled.at })
    .where(and(eq(a.schoolId, schoolId), eq(a.id, id), eq(a.state, "proposed")))
    .returning({ id: a.id });
  return changed.length > 0;
}

/** Takes an activity away from everybody, or brings it back. @param removedAt null to bring it back */
export async function setActivityRemoved(
  store: Store,
  schoolId: string,
  id: string,
  removedAt: Date | null,
): Promise<void> {
  const { activity: a } = store.tables;
  await store.db
    .update(a)
    .set({ removedAt })
    .where(and(eq(a.schoolId, schoolId), eq(a.id, id)));
}

/** Deletes activities, that anybody took part, and that anybody shows them first. */
export async function deleteActivities(
  store: Store,
  schoolId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const { activity: a, activityStudent: s } = store.tables;
  const took = await store.db
    .delete(s)
    .where(and(eq(s.schoolId, schoolId), inArray(s.activityId, [...ids])))
    .returning({ studentId: s.studentId, subjectId: s.activityId });
  for (const { studentId, subjectId } of took)
    await forgetHighlight(store, schoolId, { kind: "activity", subjectId, studentId });
  await store.db.delete(a).where(and(eq(a.schoolId, schoolId), inArray(a.id, [...ids])));
}

/** Activities that were removed before a moment, at most `limit`. */
export async function removedBefore(
  store: Store,
  schoolId: string,
  before: Date,
  limit: number,
): Promise<string[]> {
  const { activity: a } = store.tables;
  const rows = await store.db
    .select({ id: a.id })
    .from(a)
    .where(and(eq(a.schoolId, schoolId), isNotNull(a.removedAt), lt(a.removedAt, before)))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** An activity with who wrote it down. */
export interface ActivityLine extends NewActivity {
  readonly by: string;
  readonly byRole: Role;
}

/** What is recorded of a class from one day to another, newest first. */
export async function activitiesOfClass(
  store: Store,
  schoolId: string,
  classId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ActivityLine[]> {
  const { activity: a } = store.tables;
  const rows = await activitiesQuery(store)
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.classId, classId),
        eq(a.state, "recorded"),
        isNull(a.removedAt),
        gte(a.startsOn, from),
        lte(a.startsOn, to),
      ),
    )
    .orderBy(desc(a.startsOn), desc(a.id));
  return rows.map(activityLine);
}

/** What families of a class told and nobody has settled, oldest first, with whose it is. */
export async function activitiesWaiting(
  store: Store,
  schoolId: string,
  classId: string,
): Promise<(ActivityLine & { readonly student: { readonly id: string; readonly name: string } })[]> {
  const { activity: a, student: s } = store.tables;
  const rows = await activitiesQuery(store)
    .where(isWaiting(store, schoolId, classId))
    .orderBy(asc(a.addedAt), asc(a.id));
  const ids = rows.flatMap(({ activity }) => activity.toldOfId ?? []);
  if (ids.length === 0) return [];
  const names = await store.db
    .select({ id: s.id, name: s.name })
    .from(s)
    .where(and(eq(s.schoolId, schoolId), inArray(s.id, ids)));
  return rows.flatMap((row) => {
    const student = names.find(({ id }) => id === row.activity.toldOfId);
    return student ? [{ ...activityLine(row), student }] : [];
  });
}

/** How many activities families of a class told that nobody has settled. */
export async function countActivitiesWaiting(
  store: Store,
  schoolId: string,
  classId: string,
): Promise<number> {
  const [row] = await store.db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(store.tables.activity)
    .where(isWaiting(store, schoolId, classId));
  return row?.count ?? 0;
}

function isWaiting(store: Store, schoolId: string, classId: string): SQL | undefined {
  const { activity: a } = store.tables;
  return and(eq(a.schoolId, schoolId), eq(a.classId, classId), eq(a.state, "proposed"), isNull(a.removedAt));
}

/** An activity with what one child did in it and says of it. */
export interface ChildActivityLine extends ActivityLine {
  readonly part: string;
  readonly reflection: string | null;
}

export interface ActivityCursor {
  readonly startsOn: string;
  readonly id: string;
}

/** A child's activities, newest first. */
export async function activitiesOfChild(
  store: Store,
  schoolId: string,
  studentId: string,
  filter: {
    readonly withUnsettled: boolean;
    readonly sort?: ActivitySort | undefined;
    readonly termIds?: readonly string[] | undefined;
    readonly after?: ActivityCursor | undefined;
    readonly limit?: number;
  },
): Promise<ChildActivityLine[]> {
  const { activity: a, activityStudent: p } = store.tables;
  const { withUnsettled, sort, termIds, after, limit = MOST_OF_CHILD } = filter;
  if (termIds?.length === 0) return [];
  const terms = termIds && askedIds(termIds);
  const place = [sql.placeholder("afterDay"), sql.placeholder("afterId")];
  const rows = await store
    .prepared(`activitiesOfChild ${JSON.stringify([withUnsettled, !!sort, terms?.size ?? 0, !!after])}`, () =>
      childActivitiesQuery(store)
        .where(
          and(
            isOfAskedChild(p),
            isNull(a.removedAt),
            withUnsettled ? undefined : eq(a.state, "recorded"),
            sort && eq(a.sort, sql.placeholder("sort")),
            terms && inArray(a.termId, terms.placeholders),
            after && comesAfter("down", [a.startsOn, a.id], place),
          ),
        )
        .orderBy(desc(a.startsOn), desc(a.id))
        .limit(sql.placeholder("limit")),
    )
    .execute({
      schoolId,
      studentId,
      sort,
      ...terms?.values,
      afterDay: after?.startsOn,
      afterId: after?.id,
      limit,
    });
  return rows.map(childActivityLine);
}

/** Those of some activities that are recorded, stand, and have this child in them. */
export async function recordedActivitiesAmong(
  store: Store,
  schoolId: string,
  studentId: string,
  ids: readonly string[],
): Promise<ChildActivityLine[]> {
  if (ids.length === 0) return [];
  const { activity: a, activityStudent: p } = store.tables;
  const rows = await childActivitiesQuery(store).where(
    and(
      eq(p.schoolId, schoolId),
      inArray(p.activityId, [...ids]),
      eq(p.studentId, studentId),
      eq(a.state, "recorded"),
      isNull(a.removedAt),
    ),
  );
  return rows.map(childActivityLine);
}

/** More than a child ever has. */
const MOST_OF_CHILD = 5_000;

/** How many activities of each sort a child has in each term, and for how long. */
export async function activityTotals(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<{ termId: string; sort: ActivitySort; activities: number; minutes: number }[]> {
  const { activity: a, activityStudent: p } = store.tables;
  return await store
    .prepared("activityTotals", () =>
      store.db
        .select({
          termId: a.termId,
          sort: a.sort,
          activities: sql`count(*)`.mapWith(Number),
          minutes: sql`coalesce(sum(${a.minutes}), 0)`.mapWith(Number),
        })
        .from(p)
        .innerJoin(a, and(eq(a.schoolId, p.schoolId), eq(a.id, p.activityId)))
        .where(and(isOfAskedChild(p), isNull(a.removedAt), eq(a.state, "recorded")))
        .groupBy(a.termId, a.sort),
    )
    .execute({ schoolId, studentId });
}

/** The child's own sentence, or none any more. @returns false where the child did not take part */
export async function setActivityReflection(
  store: Store,
  schoolId: string,
  { activityId, studentId }: { readonly activityId: string; readonly studentId: string },
  reflection: string | null,
): Promise<boolean> {
  const { activityStudent: p } = store.tables;
  const changed = await store.db
    .update(p)
    .set({ reflection })
    .where(and(eq(p.schoolId, schoolId), eq(p.activityId, activityId), eq(p.studentId, studentId)))
    .returning({ studentId: p.studentId });
  return changed.length > 0;
}

function activitiesQuery(store: Store) {
  const { activity: a, membership: m } = store.tables;
  return store.db
    .select({ activity: a, by: m.displayName, byRole: m.role })
    .from(a)
    .innerJoin(m, and(eq(m.schoolId, a.schoolId), eq(m.id, a.makerId)))
    .$dynamic();
}

function childActivitiesQuery(store: Store) {
  const { activity: a, activityStudent: p, membership: m } = store.tables;
  return store.db
    .select({ activity: a, by: m.displayName, byRole: m.role, part: p.part, reflection: p.reflection })
    .from(p)
    .innerJoin(a, and(eq(a.schoolId, p.schoolId), eq(a.id, p.activityId)))
    .innerJoin(m, and(eq(m.schoolId, a.schoolId), eq(m.id, a.makerId)));
}

function childActivityLine({
  part,
  reflection,
  ...row
}: Awaited<ReturnType<typeof childActivitiesQuery>>[number]): ChildActivityLine {
  return { ...activityLine(row), part, reflection };
}

function activityLine({
  activity,
  ...who
}: Awaited<ReturnType<typeof activitiesQuery>>[number]): ActivityLine {
  const { schoolId: _, settledBy: _by, settledAt: _at, removedAt: _removed, ...kept } = activity;
  return { ...kept, ...who };
}
