/**
 * A class's own observation points: the homeroom teacher adds a few, homeroom teacher or office retires them. The scheme
 * itself is never touched, and another class never sees them (docs/adr/0025).
 */
import { addClassPoint, classPointsOf, retireClassPoint } from "@doudou/db/repositories/class-points.ts";
import type { Store } from "@doudou/db/engines/database.ts";
import { classById, classesOfYear, type ClassRow } from "@doudou/db/repositories/people.ts";
import { type FramePoint, schoolFrame, type SchoolFrame } from "@doudou/db/repositories/schools.ts";
import type {
  ClassPoint,
  ClassPoints,
  NewClassPoint,
  SchoolClassPoints,
} from "@doudou/shared/contract/class-points.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { CLASS_POINT_RULES, classPointCode, classPointObstacle } from "@doudou/shared/domain/class-points.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { currentTerm, indicatorsOfPoints, pointsOfScheme } from "../schools/service.ts";

export async function pointsOfClass(
  deps: Deps,
  { schoolId, standings }: Grant,
  classId: string,
): Promise<ClassPoints> {
  const now = deps.now();
  return await deps.database.read(schoolId, async (store) => {
    const { frame, row } = await classNow(store, schoolId, classId);
    const offered = pointsOffered(frame, row, now);
    return {
      class: { id: row.id, name: row.name, grade: row.grade },
      points: await shownPoints(store, frame, new Set([classId])).then((of) => of.get(classId) ?? []),
      indicators: indicatorsOfPoints(offered),
      mayAdd: isGranted("class-point.add", standings) && offered.length > 0,
    };
  });
}

/** Every class of this year that has points of its own. */
export async function pointsOfSchool(deps: Deps, { schoolId }: Grant): Promise<SchoolClassPoints> {
  const now = deps.now();
  return await deps.database.read(schoolId, async (store) => {
    const frame = await frameNow(store, schoolId);
    const term = currentTerm(frame, now);
    const rows = term ? await classesOfYear(store, schoolId, term.academicYearId) : [];
    const points = await shownPoints(store, frame, new Set(rows.map(({ id }) => id)));
    return {
      classes: rows.flatMap(({ id, name, grade }) => {
        const own = points.get(id);
        return own ? [{ class: { id, name, grade }, points: own }] : [];
      }),
    };
  });
}

/**
 * Adds a point to a class; adding it again changes nothing.
 * @throws Problem outside-term, class-points-full, class-point-name-taken; not-found for an indicator the class has not
 */
export async function addPoint(
  deps: Deps,
  grant: Grant,
  { classId, id }: { readonly classId: string; readonly id: string },
  { indicatorCode, kind, beans, weeklyCap, ...wanted }: NewClassPoint,
): Promise<void> {
  const { schoolId, membershipId } = grant;
  const at = deps.now();
  const name = wanted.name.trim().toWellFormed();
  await deps.database.write(schoolId, async (store) => {
    const { frame, row } = await classNow(store, schoolId, classId);
    const known = frame.points.get(id);
    if (known?.ofClass?.classId === classId) return;
    if (known) throw new Problem("not-found");
    const offered = pointsOffered(frame, row, at);
    const [example] = offered;
    if (!example) throw new Problem("outside-term");
    const under = offered.find((point) => point.indicatorCode === indicatorCode);
    if (!under) throw new Problem("not-found");
    const inUse = [...frame.points.values()].filter(
      ({ ofClass }) => ofClass?.classId === classId && ofClass.retiredOn === null,
    );
    const names = (points: readonly FramePoint[]) => points.map((point) => point.name);
    const obstacle = classPointObstacle(name, { inUse: names(inUse), ofScheme: names(offered) });
    if (obstacle === "full") throw new Problem("class-points-full");
    if (obstacle === "name-taken") throw new Problem("class-point-name-taken");
    const { minBeans, maxBeans } = CLASS_POINT_RULES;
    const { schemeId, indicatorId, dimension } = under;
    await addClassPoint(store, schoolId, {
      id,
      classId,
      schemeId,
      indicatorId,
      dimension,
      kind,
      beans,
      minBeans,
      maxBeans,
      weeklyCap,
      code: classPointCode(id),
      name: { zh: name, en: name },
      grade: row.grade,
      addedBy: membershipId,
      addedAt: at,
    });
    const after = { name, indicator: under.indicator.zh, beans, weeklyCap };
    await noteChange(store, grant, { action: "class-point.add", at, classId, subjectId: id, after });
  });
  deps.frames.forget(schoolId);
}

/**
 * Retires a point: it is offered no more, and what was awarded stays. Retiring it again changes nothing.
 * @throws Problem observation-point-not-found for one that is not the class's own
 */
export async function retirePoint(
  deps: Deps,
  grant: Grant,
  { classId, id: observationPointId }: { readonly classId: string; readonly id: string },
): Promise<void> {
  const { schoolId, membershipId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const of = (await classPointsOf(store, schoolId)).find(
      (point) => point.observationPointId === observationPointId && point.classId === classId,
    );
    if (!of) throw new Problem("observation-point-not-found");
    const retired = { classId, observationPointId, retiredBy: membershipId, retiredAt: at };
    if (!(await retireClassPoint(store, schoolId, retired))) return;
    const told = { before: { isRetired: false }, after: { isRetired: true } };
    const what = { classId, subjectId: observationPointId };
    await noteChange(store, grant, { action: "class-point.retire", at, ...what, ...told });
  });
  deps.frames.forget(schoolId);
}

/** The scheme's own points that a class may be awarded now; none outside terms. */
function pointsOffered(frame: SchoolFrame, { grade }: ClassRow, now: Date): FramePoint[] {
  const schemeId = termOn(localDayOf(now.getTime(), frame.timeZone), frame.terms)?.schemeId;
  return pointsOfScheme(frame, schemeId, grade);
}

/** The points of classes as they are shown, oldest first. */
async function shownPoints(
  store: Store,
  { schoolId, points }: SchoolFrame,
  classIds: ReadonlySet<string>,
): Promise<Map<string, ClassPoint[]>> {
  const rows = (await classPointsOf(store, schoolId)).filter(({ classId }) => classIds.has(classId));
  const shown = new Map<string, ClassPoint[]>();
  for (const { observationPointId: id, classId, by, addedAt, retiredAt } of rows) {
    const point = points.get(id);
    if (!point) continue; // of a version that no term has any more
    const { name, dimension, indicator, kind, beans, weeklyCap } = point;
    const one = { id, name, dimension, indicator, kind, beans, weeklyCap };
    const since = {
      addedBy: by,
      addedAt: addedAt.toISOString(),
      retiredAt: retiredAt?.toISOString() ?? null,
    };
    shown.set(classId, [...(shown.get(classId) ?? []), { ...one, ...since }]);
  }
  return shown;
}

async function classNow(store: Store, schoolId: string, classId: string) {
  const frame = await frameNow(store, schoolId);
  const row = await classById(store, schoolId, classId);
  if (!row) throw new Problem("not-found");
  return { frame, row };
}

/** What is read in this very transaction: a frame kept from before may be seconds old. */
async function frameNow(store: Store, schoolId: string): Promise<SchoolFrame> {
  const frame = await schoolFrame(store, schoolId);
  if (!frame) throw new Problem("not-found");
  return frame;
}
