/**
 * A teacher's own attention in a class: whom, in what, and against the own earlier weeks. The teacher is always the
 * caller; nobody can ask for another's.
 */
import { ownLatest, type OwnPointRecords, ownTallies } from "@doudou/db/repositories/attention.ts";
import { classById, type StudentRow, studentsOfClass } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import type { Attention, AttentionSpread } from "@doudou/shared/contract/attention.ts";
import {
  BANDS,
  changeOf,
  type OwnRecords,
  type Spread,
  spreadOf,
  weekOf,
} from "@doudou/shared/domain/attention.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { byPinyin } from "@doudou/shared/domain/child-name.ts";
import { type LatestWeeks, latestSchoolWeeks, schoolWeekIndex } from "@doudou/shared/domain/terms.ts";
import { DIMENSIONS, KINDS, type PerDimension } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { currentTerm, pointGiven, termRef } from "../schools/service.ts";

/** The latest awards of a class that single weeks are told from: some nine weeks of a lively class, all teachers together. */
const LATEST_LOOKED_AT = 3000;
/** The running week and those before it. */
const WEEKS_TOLD = 8;
const RECENT_WEEKS = 4;
/** An award may say that it happened this much after it was recorded: clocks differ. */
const CLOCK_TOLERANCE_MS = 10 * 60_000;

/**
 * The caller's own attention in the term now, or between terms in the latest.
 * @throws Problem not-found, term-not-found before the first term
 */
export async function ownAttention(deps: Deps, grant: Grant, classId: string): Promise<Attention> {
  const { schoolId, membershipId: recorderId } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const today = localDayOf(now.getTime(), frame.timeZone);
  const term = currentTerm(frame, now);
  if (!term) throw new Problem("term-not-found");
  const told = latestSchoolWeeks(term, today, frame.exceptions, WEEKS_TOLD);

  const found = await deps.database.read(schoolId, async (store) => {
    const ofClass = await classById(store, schoolId, classId);
    if (!ofClass) throw new Problem("not-found");
    const students = await studentsOfClass(store, schoolId, classId, today);
    const studentIds = students.map(({ id }) => id);
    const since = told.weeks[0] ?? term.startsOn;
    return {
      ofClass,
      students: students.sort(byPinyin),
      tallies: await ownTallies(store, schoolId, { termId: term.id, recorderId, studentIds }),
      latest: await ownLatest(store, schoolId, { classId, recorderId, since }, LATEST_LOOKED_AT),
    };
  });

  const { ofClass, students, tallies, latest } = found;
  const known = knownWeeks(told, latest.completeSince, frame.timeZone);
  const byWeek: OwnRecords[][] = known.weeks.map(() => []);
  const unknown = told.weeks.length - known.weeks.length;
  for (const [day, ofDay] of Map.groupBy(latest.records, (records) => records.day))
    byWeek[schoolWeekIndex(told.weeks, day) - unknown]?.push(...withKind(frame, ofDay));
  const weeks = byWeek.map(weekOf);
  const recent = byWeek.slice(-RECENT_WEEKS);
  const ids = students.map(({ id }) => id);
  const spread = (
    span: AttentionSpread["span"],
    startsOn: string | undefined,
    given: readonly OwnRecords[],
  ) => shownSpread(span, startsOn ?? term.startsOn, spreadOf(ids, given), students);
  const change = changeOf(weeks, known.elapsed);
  return {
    class: { id: ofClass.id, name: ofClass.name, grade: ofClass.grade },
    studentCount: students.length,
    term: termRef(frame, term, now),
    spreads: [
      spread("week", known.weeks.at(-1), byWeek.at(-1) ?? []),
      spread("recent", known.weeks.at(-recent.length), recent.flat()),
      spread("term", term.startsOn, withKind(frame, tallies)),
    ],
    weeks: weeks.map(({ children, dimensions }, index) => ({
      startsOn: known.weeks[index] ?? term.startsOn,
      isRunning: index === weeks.length - 1 && known.elapsed < weeks.length,
      children,
      dimensions: byDimension(dimensions),
    })),
    change: {
      children: change.children,
      dimensions: DIMENSIONS.map((dimension) => ({ dimension, change: change.dimensions[dimension] })),
    },
  };
}

/**
 * Those of the weeks of which nothing was left out, since half a week would look like a week with half the attention;
 * and the latest one, which nothing is ever left out of in a class of any real size.
 */
function knownWeeks(
  { weeks, elapsed }: LatestWeeks,
  completeSince: Date | undefined,
  timeZone: string,
): LatestWeeks {
  if (!completeSince) return { weeks, elapsed };
  const halfKnown = localDayOf(completeSince.getTime() + CLOCK_TOLERANCE_MS, timeZone);
  const known = weeks.filter((monday, index) => monday > halfKnown || index === weeks.length - 1);
  return { weeks: known, elapsed: elapsed - (weeks.length - known.length) };
}

function withKind<R extends OwnPointRecords>(frame: SchoolFrame, given: readonly R[]): (R & OwnRecords)[] {
  return given.flatMap((records) => {
    const point = pointGiven(frame, records.observationPointId);
    return point ? [{ ...records, kind: point.kind }] : [];
  });
}

function shownSpread(
  span: AttentionSpread["span"],
  startsOn: string,
  { records, isTold, bands, dimensions, kinds }: Spread,
  students: readonly StudentRow[],
): AttentionSpread {
  const names = new Map(students.map(({ id, name }) => [id, name]));
  return {
    span,
    startsOn,
    records,
    isTold,
    bands: BANDS.map((band) => ({
      band,
      students: bands[band].map((id) => ({ id, name: names.get(id) ?? "" })),
    })),
    dimensions: byDimension(dimensions),
    kinds: KINDS.map((kind) => ({ kind, records: kinds[kind] })),
  };
}

function byDimension(figures: PerDimension<number>) {
  return DIMENSIONS.map((dimension) => ({ dimension, records: figures[dimension] }));
}
