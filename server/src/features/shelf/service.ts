/** A child's shelf, whole in one answer: works, honours and what is shown first; and what waits on a class's shelves. */
import type { Store } from "@doudou/db/engines/database.ts";
import { agreedTo } from "@doudou/db/repositories/consents.ts";
import {
  type Highlight,
  highlightsOf,
  replaceHighlights,
  standingAwardsAmong,
} from "@doudou/db/repositories/highlights.ts";
import { classById, enrollmentsOf } from "@doudou/db/repositories/people.ts";
import { portfolioFilesOf } from "@doudou/db/repositories/portfolio-files.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import type { ChosenHighlights, ClassShelf, Shelf } from "@doudou/shared/contract/shelf.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { HighlightKind } from "@doudou/shared/domain/works.ts";
import { covers, type Grant } from "../../access/caller.ts";
import { type Action, isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { activitiesAmong } from "../activities/service.ts";
import { ledgerEntriesOf } from "../awards/service.ts";
import { honoursFor, honoursWaitingIn } from "../honours/service.ts";
import { currentTerm, termRef } from "../schools/service.ts";
import { newWorksOfClass, worksFor } from "../works/service.ts";

/** A child's shelf as this reader may see it. */
export async function shelf(deps: Deps, grant: Grant, studentId: string): Promise<Shelf> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const termId = currentTerm(frame, now)?.id;
  return await deps.database.read(schoolId, async (store) => {
    const files = await portfolioFilesOf(store, schoolId, [studentId]);
    const works = await worksFor(store, grant, studentId, { termId, files });
    const honours = await honoursFor(store, grant, studentId, files);
    const seen = new Set([...works, ...honours].map((each) => each.termId));
    return {
      today: localDayOf(now.getTime(), frame.timeZone),
      desk: await deskOf(store, frame, grant, studentId, now),
      terms: frame.terms
        .filter(({ id }) => seen.has(id))
        .map((term) => termRef(frame, term, now))
        .reverse(),
      works,
      honours,
      highlights: await highlightsFor(store, grant, studentId, { works, honours, now }),
    };
  });
}

/** Shows first only what this reader may see now: something hidden, voided or removed since is left out. */
async function highlightsFor(
  store: Store,
  grant: Grant,
  studentId: string,
  { works, honours, now }: Pick<Shelf, "works" | "honours"> & { readonly now: Date },
): Promise<Shelf["highlights"]> {
  const { schoolId } = grant;
  const chosen = await highlightsOf(store, schoolId, studentId);
  const standing = await standingAwardsAmong(store, schoolId, studentId, idsOf("award", chosen));
  const entries = await ledgerEntriesOf(store, grant, [...standing], now);
  const activities = await activitiesAmong(store, grant, studentId, idsOf("activity", chosen));
  return chosen.flatMap(({ kind, subjectId: id }): Shelf["highlights"] => {
    const shown = { kind, id, entry: null, activity: null };
    switch (kind) {
      case "award": {
        const entry = entries.find((each) => each.id === id);
        return entry ? [{ ...shown, entry }] : [];
      }
      case "activity": {
        const activity = activities.find((each) => each.id === id);
        return activity ? [{ ...shown, activity }] : [];
      }
      case "work":
        return works.some((work) => work.id === id && work.hidden === null) ? [shown] : [];
      case "honour":
        return honours.some((honour) => honour.id === id && honour.state === "confirmed") ? [shown] : [];
    }
  });
}

function idsOf(kind: HighlightKind, chosen: readonly Highlight[]): string[] {
  return chosen.filter((each) => each.kind === kind).map(({ subjectId }) => subjectId);
}

async function deskOf(
  store: Store,
  frame: SchoolFrame,
  grant: Grant,
  studentId: string,
  now: Date,
): Promise<Shelf["desk"]> {
  const { schoolId, standings } = grant;
  const today = localDayOf(now.getTime(), frame.timeZone);
  const term = currentTerm(frame, now);
  const here = (await enrollmentsOf(store, schoolId, [studentId])).find((e) => covers(e, today));
  const isHere = term !== undefined && here !== undefined;
  const may = (action: Action) => isHere && isGranted(action, standings);
  const canAdd = may("work.add");
  const points = [...frame.points.values()].filter(
    (point) => here && point.schemeId === term?.schemeId && !point.ofClass && fits(point, here.class.grade),
  );
  const indicators = new Map(
    points.map((point) => [
      point.indicatorId,
      { id: point.indicatorId, dimension: point.dimension, name: point.indicator },
    ]),
  );
  return {
    canAdd,
    canAddPictures: (await agreedTo(store, schoolId, "photo", [studentId])).has(studentId),
    canEnterHonours: may("honour.enter"),
    canProposeHonours: may("honour.add") && !may("honour.enter"),
    canChoose: may("highlight.choose"),
    canAnswer: may("work.answer"),
    indicators: canAdd ? [...indicators.values()] : [],
  };
}

function fits({ gradeFrom, gradeTo }: { gradeFrom: number; gradeTo: number }, grade: number): boolean {
  return grade >= gradeFrom && grade <= gradeTo;
}

/**
 * Writes down what a child shows first, in its order.
 * @throws Problem highlight-not-found for what is not this child's, or is not to be shown
 */
export async function chooseHighlights(
  deps: Deps,
  grant: Grant,
  studentId: string,
  { highlights }: ChosenHighlights,
): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  const chosen = highlights.map(({ kind, id }): Highlight => ({ kind, subjectId: id }));
  await deps.database.write(schoolId, async (store) => {
    const works = await worksFor(store, grant, studentId, { termId: undefined, files: [] });
    const honours = await honoursFor(store, grant, studentId, []);
    const standing = await standingAwardsAmong(store, schoolId, studentId, idsOf("award", chosen));
    const activities = await activitiesAmong(store, grant, studentId, idsOf("activity", chosen));
    const isThere: Readonly<Record<HighlightKind, (subjectId: string) => boolean>> = {
      work: (subjectId) => works.some(({ id, hidden }) => id === subjectId && hidden === null),
      honour: (subjectId) => honours.some(({ id, state }) => id === subjectId && state === "confirmed"),
      award: (subjectId) => standing.has(subjectId),
      activity: (subjectId) => activities.some(({ id }) => id === subjectId),
    };
    const isTheirs = ({ kind, subjectId }: Highlight) => isThere[kind](subjectId);
    if (!chosen.every(isTheirs)) throw new Problem("highlight-not-found");
    await replaceHighlights(store, schoolId, studentId, chosen);
    const after = { highlights: chosen.length };
    await noteChange(store, grant, { action: "highlight.choose", at, studentId, after });
  });
}

/** What families of a class added and proposed, for its homeroom teacher. @throws Problem not-found */
export async function classShelf(deps: Deps, grant: Grant, classId: string): Promise<ClassShelf> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  return await deps.database.read(schoolId, async (store) => {
    const of = await classById(store, schoolId, classId);
    if (!of) throw new Problem("not-found");
    return {
      class: { id: of.id, name: of.name, grade: of.grade },
      works: await newWorksOfClass(store, grant, classId, { termId: currentTerm(frame, now)?.id, now }),
      honours: await honoursWaitingIn(store, grant, classId),
    };
  });
}
