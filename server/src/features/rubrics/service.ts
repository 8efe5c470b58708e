/**
 * The office words the rubrics of the school's indicators and opens the rounds in which teachers rate by them. A round
 * takes the words of its first day along: what is worded anew afterwards is for the next one.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { classesOfYear, studentCounts } from "@doudou/db/repositories/people.ts";
import {
  putRatingRound,
  farApartByClass,
  ratedByClass,
  type RatingRound as KeptRound,
  ratingRoundsOf,
  ratedStudents,
  ratingsOfChild,
  rubricsOf,
  saveRubric,
} from "@doudou/db/repositories/rubrics.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import type {
  RatingRound,
  RatingRoundInput,
  RatingRounds,
  RubricInput,
  Rubrics,
  RubricSaved,
} from "@doudou/shared/contract/rubrics.ts";
import { FAR_APART } from "@doudou/shared/domain/agreement.ts";
import { daysBetween, localDayOf } from "@doudou/shared/domain/calendar.ts";
import {
  builtInRubric,
  faultIn,
  LONGEST_RATING_ROUND_DAYS,
  type RatedIndicator,
  ratedIndicators,
  type RoundRubric,
  rubricsOfScheme,
} from "@doudou/shared/domain/rubrics.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import { isRoundOpen } from "@doudou/shared/domain/voices.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { refuseUnseen } from "../../http/versions.ts";
import { currentTerm } from "../schools/service.ts";

/** The rubrics of the scheme in force. */
export async function schoolRubrics(deps: Deps, { schoolId }: Grant): Promise<Rubrics> {
  const frame = await deps.frames.of(schoolId);
  const own = new Map(
    (await deps.database.read(schoolId, (store) => rubricsOf(store, schoolId))).map((one) => [
      one.indicatorCode,
      one,
    ]),
  );
  const rubrics = rubricsIn(frame, currentTerm(frame, deps.now()), (code) => own.get(code)?.levels);
  return {
    rubrics: rubrics.map(({ code, dimension, name, levels }) => ({
      code,
      dimension,
      name,
      version: own.get(code)?.version ?? 0,
      levels: [...levels],
      builtIn: builtInRubric(code),
    })),
  };
}

/**
 * Words the levels of an indicator anew. Rounds that have been opened keep the words they have.
 * @throws Problem rubric-indicator-not-found, rubric-malformed, rubric-conflict
 */
export async function wordRubric(
  deps: Deps,
  grant: Grant,
  indicatorCode: string,
  { version: from, levels: sent }: RubricInput,
): Promise<RubricSaved> {
  const { schoolId, membershipId: savedBy } = grant;
  const frame = await deps.frames.of(schoolId);
  const savedAt = deps.now();
  const known = rubricsIn(frame, currentTerm(frame, savedAt), () => undefined);
  if (!known.some(({ code }) => code === indicatorCode)) throw new Problem("rubric-indicator-not-found");
  const tidy = (text: string) => text.replaceAll(/\s+/g, " ").trim().toWellFormed();
  const levels = sent.map(({ word, description }) => ({
    word: { zh: tidy(word.zh), en: tidy(word.en) },
    description: { zh: tidy(description.zh), en: tidy(description.en) },
  }));
  const field = faultIn(levels);
  if (field !== undefined)
    throw new Problem("rubric-malformed", { errors: [{ path: `/${field}`, message: "" }] });
  return await deps.database.write(schoolId, async (store) => {
    const before = (await rubricsOf(store, schoolId)).find((one) => one.indicatorCode === indicatorCode);
    const isSaved = await saveRubric(store, schoolId, { indicatorCode, levels, from, savedBy, savedAt });
    if (!isSaved) throw new Problem("rubric-conflict");
    await noteChange(store, grant, {
      action: "rubric.change",
      at: savedAt,
      before: { indicatorCode, levels: before?.levels ?? builtInRubric(indicatorCode) },
      after: { indicatorCode, levels },
    });
    return { version: from + 1 };
  });
}

/** The rounds of the running term, and how far each class has come in the latest. */
export async function ratingRounds(deps: Deps, { schoolId }: Grant): Promise<RatingRounds> {
  const frame = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), frame.timeZone);
  const term = termOn(today, frame.terms);
  if (!term) return { today, termEndsOn: null, rounds: [], classes: [] };
  return await deps.database.read(schoolId, async (store) => {
    const rounds = await ratingRoundsOf(store, schoolId, term.id);
    const [latest] = rounds;
    return {
      today,
      termEndsOn: term.endsOn,
      rounds: rounds.map((round) => roundView(round, today)),
      classes: latest ? await classesIn(store, schoolId, term, latest, today) : [],
    };
  });
}

async function classesIn(
  store: Store,
  schoolId: string,
  { academicYearId }: SchoolTerm,
  { id }: KeptRound,
  today: string,
): Promise<RatingRounds["classes"]> {
  const classes = await classesOfYear(store, schoolId, academicYearId);
  const ids = classes.map((one) => one.id);
  const children = await studentCounts(store, schoolId, ids, today);
  const rated = await ratedByClass(store, schoolId, id);
  const farApart = await farApartByClass(store, schoolId, { roundId: id, day: today, apart: FAR_APART });
  return classes.map(({ id: classId, name, grade }) => ({
    class: { id: classId, name, grade },
    children: children.get(classId) ?? 0,
    rated: rated.get(classId) ?? 0,
    farApart: farApart.get(classId) ?? 0,
  }));
}

/**
 * Opens a round in the running term, or opens it again until another day; the id is the client's.
 * @throws Problem outside-term, rating-round-malformed, rating-round-running, rating-round-not-found, round-changed
 */
export async function openRatingRound(
  deps: Deps,
  grant: Grant,
  id: string,
  { opensOn, closesOn, was }: RatingRoundInput,
): Promise<RatingRound> {
  const { schoolId, membershipId } = grant;
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  const today = localDayOf(at.getTime(), frame.timeZone);
  const term = termOn(today, frame.terms);
  if (!term) throw new Problem("outside-term");
  const isInTerm = term.startsOn <= opensOn && closesOn <= term.endsOn;
  if (!isInTerm || closesOn < opensOn || daysBetween(opensOn, closesOn) >= LONGEST_RATING_ROUND_DAYS)
    throw new Problem("rating-round-malformed");
  return await deps.database.write(schoolId, async (store) => {
    await store.lock([`${schoolId}/rating-rounds`]);
    const rounds = await ratingRoundsOf(store, schoolId, term.id);
    const before = rounds.find((round) => round.id === id);
    const stood = before ? { opensOn: before.opensOn, closesOn: before.closesOn } : null;
    if (stood)
      refuseUnseen("round-changed", { stands: stood, was: was ?? null, wanted: { opensOn, closesOn } });
    const overlaps = rounds.some(
      (other) => other.id !== id && other.opensOn <= closesOn && opensOn <= other.closesOn,
    );
    if (overlaps) throw new Problem("rating-round-running");
    const own = new Map(
      (await rubricsOf(store, schoolId)).map(({ indicatorCode, levels }) => [indicatorCode, levels]),
    );
    const rubrics = before?.rubrics ?? rubricsIn(frame, term, (code) => own.get(code));
    const round = { id, termId: term.id, opensOn, closesOn, rubrics };
    if (!(await putRatingRound(store, schoolId, round, { membershipId, at })))
      throw new Problem("rating-round-not-found");
    await noteChange(store, grant, {
      action: "rating-round.open",
      at,
      subjectId: id,
      before: stood,
      after: { opensOn, closesOn },
    });
    return roundView(round, today);
  });
}

/** What the ratings of a child in a term come to, for its summary. */
export async function ratedInTerm(
  store: Store,
  schoolId: string,
  { studentId, termId }: { readonly studentId: string; readonly termId: string },
): Promise<RatedIndicator[]> {
  const rounds = await ratingRoundsOf(store, schoolId, termId);
  const roundIds = rounds.map(({ id }) => id);
  return ratedIndicators(rounds, await ratingsOfChild(store, schoolId, { studentId, roundIds }));
}

/** Which of these children a teacher has chosen a level for in a term; undefined where the term has had no round. */
export async function ratedChildren(
  store: Store,
  schoolId: string,
  of: { readonly studentIds: readonly string[]; readonly termId: string; readonly day: string },
): Promise<Set<string> | undefined> {
  const rounds = (await ratingRoundsOf(store, schoolId, of.termId)).filter(
    ({ opensOn }) => opensOn <= of.day,
  );
  if (rounds.length === 0) return undefined;
  const roundIds = rounds.map(({ id }) => id);
  return await ratedStudents(store, schoolId, { studentIds: of.studentIds, roundIds });
}

export function roundView({ id, opensOn, closesOn }: KeptRound, today: string): RatingRound {
  return { id, opensOn, closesOn, isOpen: isRoundOpen({ opensOn, closesOn }, today) };
}

/** Of a term's scheme without the points that are one class's own, in the words of the school or the product. */
function rubricsIn(
  frame: SchoolFrame,
  term: SchoolTerm | undefined,
  levelsOf: Parameters<typeof rubricsOfScheme>[1],
): RoundRubric[] {
  const points = [...frame.points.values()].filter(
    ({ schemeId, ofClass }) => schemeId === term?.schemeId && !ofClass,
  );
  return rubricsOfScheme(points, levelsOf);
}
