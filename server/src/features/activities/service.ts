/**
 * A child's activities of all years, for the child, its family and its teachers; and for its summary and its book. Of the
 * others who took part it tells nothing, and it compares with nobody.
 */
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import {
  activitiesOfChild,
  type ActivityCursor,
  activityById,
  activityTotals,
  type ChildActivityLine,
  deleteActivities,
  type KeptActivity,
  recordedActivitiesAmong,
  removedBefore,
  setActivityReflection,
} from "@doudou/db/repositories/activities.ts";
import { type SchoolFrame, schoolIds } from "@doudou/db/repositories/schools.ts";
import type {
  ActivityReflection,
  ChildActivities,
  ChildActivitiesQuery,
  ChildActivity,
} from "@doudou/shared/contract/activities.ts";
import type { SummarySnapshot } from "@doudou/shared/contract/summaries.ts";
import {
  ACTIVITY_SORTS,
  MOST_IN_SUMMARY,
  REMOVED_KEPT_DAYS,
  tellingActivities,
} from "@doudou/shared/domain/activities.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { currentTerm, termRef } from "../schools/service.ts";

const PAGE_SIZE = 20;
const DAY_MS = 86_400_000;
const AT_ONCE = 500;

interface OfActivity {
  readonly studentId: string;
  readonly activityId: string;
}

/** A page of a child's activities as this reader may see them, with the sums of the school year. */
export async function childActivities(
  deps: Deps,
  grant: Grant,
  studentId: string,
  { cursor, sort, termId }: ChildActivitiesQuery,
): Promise<ChildActivities> {
  const { schoolId, standings } = grant;
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  return await deps.database.read(schoolId, async (store) => {
    const withUnsettled = isGranted("activity.read-unsettled", standings);
    const termIds = termId === undefined ? undefined : [termId];
    const filter = { withUnsettled, sort, termIds, after, limit: PAGE_SIZE + 1 };
    const lines = await activitiesOfChild(store, schoolId, studentId, filter);
    const page = lines.slice(0, PAGE_SIZE);
    const last = page.at(-1);
    const totals = await activityTotals(store, schoolId, studentId);
    const isNow = currentTerm(frame, now) !== undefined;
    return {
      today: localDayOf(now.getTime(), frame.timeZone),
      desk: {
        canTell: isNow && isGranted("activity.tell", standings),
        canAnswer: isGranted("activity.answer", standings),
        canReflect: isGranted("activity.reflect", standings),
      },
      thisYear: sumsOfYear(frame, now, totals),
      terms: frame.terms
        .filter(({ id }) => totals.some((total) => total.termId === id))
        .map((term) => termRef(frame, term, now))
        .reverse(),
      activities: page.map((line) => childActivity(line, grant)),
      nextCursor: lines.length > PAGE_SIZE && last ? `${last.startsOn}_${last.id}` : null,
    };
  });
}

function sumsOfYear(
  frame: SchoolFrame,
  now: Date,
  totals: Awaited<ReturnType<typeof activityTotals>>,
): ChildActivities["thisYear"] {
  const yearId = currentTerm(frame, now)?.academicYearId;
  const terms = frame.terms.filter(({ academicYearId }) => academicYearId === yearId);
  const ofYear = totals.filter(({ termId }) => terms.some(({ id }) => id === termId));
  return ACTIVITY_SORTS.flatMap((sort) => {
    const ofSort = ofYear.filter((total) => total.sort === sort);
    const sum = (figure: "activities" | "minutes") => ofSort.reduce((all, total) => all + total[figure], 0);
    return ofSort.length === 0 ? [] : [{ sort, activities: sum("activities"), minutes: sum("minutes") }];
  });
}

function childActivity(line: ChildActivityLine, grant: Grant): ChildActivity {
  const { classId: _class, toldOfId: _child, makerId, addedAt: _at, dimensions, ...shown } = line;
  return { ...shown, dimensions: [...dimensions], canWithdraw: mayWithdraw({ ...line, makerId }, grant) };
}

/** Whoever told of it may take it back, until it is recorded. */
export function mayWithdraw(
  { toldOfId, makerId, state }: Pick<KeptActivity, "toldOfId" | "makerId" | "state">,
  { membershipId }: Grant,
): boolean {
  return toldOfId !== null && makerId === membershipId && state !== "recorded";
}

function parseCursor(cursor: string): ActivityCursor {
  const [, startsOn, id] = /^(\d{4}-\d\d-\d\d)_([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (startsOn === undefined || id === undefined)
    throw new Problem("invalid-input", {
      errors: [{ path: "/cursor", message: "not a cursor of this list" }],
    });
  return { startsOn, id };
}

/** Keeps what a child says of an activity it took part in, or takes it back. @throws Problem activity-not-found */
export async function reflectOnActivity(
  deps: Deps,
  grant: Grant,
  { studentId, activityId }: OfActivity,
  input: ActivityReflection,
): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  const reflection = input.reflection?.trim() || null;
  await deps.database.write(schoolId, async (store) => {
    const activity = await activityById(store, schoolId, activityId);
    const isThere = activity && activity.removedAt === null && activity.state === "recorded";
    if (!isThere || !(await setActivityReflection(store, schoolId, { activityId, studentId }, reflection)))
      throw new Problem("activity-not-found");
    const after = { hasReflection: reflection !== null };
    await noteChange(store, grant, {
      action: "activity.reflect",
      at,
      studentId,
      subjectId: activityId,
      after,
    });
  });
}

/** What of a child's term stands in its summary; nothing where there was nothing. */
export async function activitiesInSummary(
  store: Store,
  schoolId: string,
  { studentId, termId }: { readonly studentId: string; readonly termId: string },
): Promise<SummarySnapshot["activities"]> {
  const filter = { withUnsettled: false, termIds: [termId] };
  const lines = await activitiesOfChild(store, schoolId, studentId, filter);
  if (lines.length === 0) return undefined;
  return {
    count: lines.length,
    told: tellingActivities(lines, MOST_IN_SUMMARY).map(
      ({ title, sort, startsOn, place, part, reflection }) => ({
        title,
        sort,
        day: startsOn,
        place,
        part,
        reflection,
      }),
    ),
  };
}

/** Those of some activities that are a child's and stand, as this reader may see them. */
export async function activitiesAmong(
  store: Store,
  grant: Grant,
  studentId: string,
  ids: readonly string[],
): Promise<ChildActivity[]> {
  const lines = await recordedActivitiesAmong(store, grant.schoolId, studentId, ids);
  return lines.map((line) => childActivity(line, grant));
}

/** A child's recorded activities of some terms, oldest first. */
export async function activitiesInTerms(
  store: Store,
  schoolId: string,
  studentId: string,
  termIds: readonly string[],
): Promise<ChildActivityLine[]> {
  const filter = { withUnsettled: false, termIds };
  return (await activitiesOfChild(store, schoolId, studentId, filter)).reverse();
}

/** Deletes, in every school, what was removed long ago and nobody brought back. @returns how many */
export async function deleteRemovedActivities(deps: Deps): Promise<number> {
  const before = new Date(deps.now().getTime() - REMOVED_KEPT_DAYS * DAY_MS);
  let deleted = 0;
  for (const schoolId of await deps.database.read(EVERY_SCHOOL, schoolIds))
    deleted += await deps.database.write(schoolId, async (store) => {
      const ids = await removedBefore(store, schoolId, before, AT_ONCE);
      await deleteActivities(store, schoolId, ids);
      return ids.length;
    });
  return deleted;
}
