/** The classes whose summaries somebody reviews as who leads their grade. Reads only, and no child. */
import type { Store } from "@doudou/db/engines/database.ts";
import { leadershipsIn } from "@doudou/db/repositories/grade-leaderships.ts";
import { assignmentsOf, classesOfYear, studentCounts } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import { reviewsOf, roundFigures } from "@doudou/db/repositories/summary-rounds.ts";
import type { LedClasses } from "@doudou/shared/contract/summary-rounds.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { type Caller, grantsInSchools, teaching } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import type { Deps } from "../../deps.ts";
import { currentTerm, termRef } from "../schools/service.ts";
import { lastDaySoFar } from "../summaries/service.ts";

/** Where the classes of every grade somebody leads today stand in the current term, in each of its schools. */
export async function ledClasses(deps: Deps, caller: Caller): Promise<LedClasses> {
  const now = deps.now();
  const classes: LedClasses["classes"] = [];
  for (const { schoolId, membershipId, standings } of grantsInSchools(caller)) {
    if (!isGranted("summary.list-led", standings)) continue;
    const frame = await deps.frames.of(schoolId);
    const term = currentTerm(frame, now);
    if (!frame.reviewsSummaries || !term) continue;
    const led = await deps.database.read(schoolId, (store) => ledIn(store, frame, term, membershipId, now));
    classes.push(...led);
  }
  return { classes };
}

async function ledIn(
  store: Store,
  frame: SchoolFrame,
  term: SchoolTerm,
  membershipId: string,
  now: Date,
): Promise<LedClasses["classes"]> {
  const { schoolId, timeZone } = frame;
  const today = localDayOf(now.getTime(), timeZone);
  const ofYear = (await leadershipsIn(store, schoolId, { membershipId, day: today })).filter(
    ({ academicYearId }) => academicYearId === term.academicYearId,
  );
  if (ofYear.length === 0) return [];
  const classes = (await classesOfYear(store, schoolId, term.academicYearId)).filter(({ grade }) =>
    ofYear.some((leadership) => leadership.grade === grade),
  );
  const classIds = classes.map(({ id }) => id);
  const day = lastDaySoFar(term, frame, now);
  const children = await studentCounts(store, schoolId, classIds, day);
  const figures = await roundFigures(store, schoolId, { termId: term.id, classIds, day });
  const reviews = await reviewsOf(store, schoolId, term.id, classIds);
  const assignments = await assignmentsOf(store, schoolId, membershipId);
  return classes.map(({ id, name, grade }) => ({
    class: { id, name, grade },
    term: termRef(frame, term, now),
    state: reviews.find(({ classId }) => classId === id)?.state ?? "writing",
    children: children.get(id) ?? 0,
    written: figures.find(({ classId }) => classId === id)?.written ?? 0,
    mayReview: !teaching(assignments, id, today).includes("teacher:homeroom"),
  }));
}
