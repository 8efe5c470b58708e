/**
 * Teachers rate the children of a class by the rubrics of a round; each sees what it has chosen itself and nobody else's,
 * so that nobody follows anybody. How far they agree the homeroom teacher and the office see, without a rater's name.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { classById, type ClassRow, studentsOfClass } from "@doudou/db/repositories/people.ts";
import {
  keepRatings,
  type KeptRating,
  ratingRoundsOf,
  ratingsInClass,
  type RatingRound as KeptRound,
  takeBackRatings,
} from "@doudou/db/repositories/rubrics.ts";
import { subjectsTaught } from "@doudou/db/repositories/summary-remarks.ts";
import type {
  ClassAgreement,
  RatingDesk,
  RatingsInput,
  RatingsKept,
} from "@doudou/shared/contract/rubrics.ts";
import { agreementOn, isFarApart } from "@doudou/shared/domain/agreement.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { type RoundRubric, rubricsConcerning } from "@doudou/shared/domain/rubrics.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import { isRoundOpen } from "@doudou/shared/domain/voices.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { roundView } from "./service.ts";

/** What the caller rates in a class, with what the caller has chosen so far. */
export async function ratingDesk(deps: Deps, grant: Grant, classId: string): Promise<RatingDesk> {
  const { schoolId, membershipId: raterId } = grant;
  const { today, term } = await dayAndTerm(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const of = await existing(store, schoolId, classId);
    const rounds = term ? await ratingRoundsOf(store, schoolId, term.id) : [];
    const round = currentOf(rounds, today);
    const asked = round ? await concerning(store, grant, of, round, today) : [];
    const own = round ? await ratingsInClass(store, schoolId, { roundId: round.id, classId, raterId }) : [];
    const children = await studentsOfClass(store, schoolId, classId, today);
    return {
      class: { id: of.id, name: of.name, grade: of.grade },
      round: round ? roundView(round, today) : null,
      children: children.map(({ id, name }) => ({ id, name })),
      indicators: asked.map(({ code, dimension, name, levels }) => ({
        code,
        dimension,
        name,
        levels: [...levels],
        chosen: own.flatMap(({ indicatorCode, studentId, level }) =>
          indicatorCode === code ? [{ studentId, level: level ?? "unseen" }] : [],
        ),
      })),
      mayCompare: isGranted("rating.compare", grant.standings),
    };
  });
}

/**
 * Keeps what the caller chose for some children on one indicator; sending it again changes nothing.
 * @throws Problem rating-round-not-found, rating-round-over, rating-not-asked, rating-child-not-in-class; nothing is
 *   kept then
 */
export async function rate(
  deps: Deps,
  grant: Grant,
  { classId, roundId }: { readonly classId: string; readonly roundId: string },
  { indicator, ratings }: RatingsInput,
): Promise<RatingsKept> {
  const { schoolId, membershipId: raterId } = grant;
  const { at, today, term } = await dayAndTerm(deps, schoolId);
  await deps.database.write(schoolId, async (store) => {
    const of = await existing(store, schoolId, classId);
    const rounds = term ? await ratingRoundsOf(store, schoolId, term.id) : [];
    const round = rounds.find(({ id }) => id === roundId);
    if (!round) throw new Problem("rating-round-not-found");
    if (!isRoundOpen(round, today)) throw new Problem("rating-round-over");
    const rubric = (await concerning(store, grant, of, round, today)).find(({ code }) => code === indicator);
    if (!rubric) throw new Problem("rating-not-asked");
    const chosen = new Map(ratings.map(({ studentId, level }) => [studentId, level]));
    const there = new Set((await studentsOfClass(store, schoolId, classId, today)).map(({ id }) => id));
    for (const [studentId, level] of chosen) {
      if (!there.has(studentId)) throw new Problem("rating-child-not-in-class");
      if (typeof level === "number" && level > rubric.levels.length) throw new Problem("rating-not-asked");
    }
    const own = { roundId, indicatorCode: indicator, raterId };
    await keepRatings(
      store,
      schoolId,
      { ...own, classId, ratedAt: at },
      [...chosen].flatMap(([studentId, level]) =>
        level === null ? [] : [{ studentId, level: level === "unseen" ? null : level }],
      ),
    );
    await takeBackRatings(
      store,
      schoolId,
      own,
      [...chosen].flatMap(([studentId, level]) => (level === null ? [studentId] : [])),
    );
    // That something was chosen, and for how many; the log outlives the children's time at the school, a level must not.
    await noteChange(store, grant, {
      action: "rating.rate",
      at,
      classId,
      subjectId: roundId,
      after: { indicator, children: chosen.size },
    });
  });
  return { savedAt: at.toISOString() };
}

/**
 * How far those who rated a class agree, indicator by indicator, in a round or the current one.
 * @throws Problem rating-round-not-found
 */
export async function agreementInClass(
  deps: Deps,
  grant: Grant,
  classId: string,
  roundId: string | undefined,
): Promise<ClassAgreement> {
  const { schoolId } = grant;
  const { today, term } = await dayAndTerm(deps, schoolId);
  const showsFigure = isGranted("rating.read-alpha", grant.standings);
  return await deps.database.read(schoolId, async (store) => {
    const of = await existing(store, schoolId, classId);
    const rounds = term ? await ratingRoundsOf(store, schoolId, term.id) : [];
    const round = roundId === undefined ? currentOf(rounds, today) : rounds.find(({ id }) => id === roundId);
    if (roundId !== undefined && !round) throw new Problem("rating-round-not-found");
    const chosen = round ? await ratingsInClass(store, schoolId, { roundId: round.id, classId }) : [];
    const children = await studentsOfClass(store, schoolId, classId, today);
    return {
      class: { id: of.id, name: of.name, grade: of.grade },
      round: round ? roundView(round, today) : null,
      indicators: (round?.rubrics ?? []).flatMap((rubric) => {
        const levels = levelsByChild(chosen, rubric.code);
        if (levels.size === 0) return [];
        const { word, children: paired, alpha } = agreementOn([...levels.values()]);
        return [
          {
            code: rubric.code,
            dimension: rubric.dimension,
            name: rubric.name,
            agreement: word,
            children: paired,
            alpha: showsFigure ? alpha : null,
            toTalkAbout: children.flatMap(({ id, name }) => {
              const given = levels.get(id) ?? [];
              return isFarApart(given) ? [{ student: { id, name }, words: wordsOf(given, rubric) }] : [];
            }),
          },
        ];
      }),
    };
  });
}

function levelsByChild(chosen: readonly KeptRating[], code: string): Map<string, number[]> {
  const levels = new Map<string, number[]>();
  for (const { studentId, indicatorCode, level } of chosen)
    if (indicatorCode === code && level !== null)
      levels.set(studentId, [...(levels.get(studentId) ?? []), level]);
  return levels;
}

/** In the order of the rubric, so that the order tells nobody's name. */
function wordsOf(given: readonly number[], { levels }: RoundRubric) {
  return [...given].sort((a, b) => a - b).flatMap((level) => levels[level - 1]?.word ?? []);
}

async function dayAndTerm(deps: Deps, schoolId: string) {
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  const today = localDayOf(at.getTime(), frame.timeZone);
  return { at, today, term: termOn(today, frame.terms) };
}

async function existing(store: Store, schoolId: string, classId: string): Promise<ClassRow> {
  const of = await classById(store, schoolId, classId);
  if (!of) throw new Problem("not-found");
  return of;
}

/** The open round, or else the latest that has begun. @param rounds the latest first */
function currentOf(rounds: readonly KeptRound[], today: string): KeptRound | undefined {
  return rounds.find((round) => isRoundOpen(round, today)) ?? rounds.find(({ opensOn }) => opensOn <= today);
}

async function concerning(
  store: Store,
  { schoolId, membershipId, standings }: Grant,
  { id: classId, grade }: ClassRow,
  { rubrics }: KeptRound,
  day: string,
): Promise<RoundRubric[]> {
  const subjects = await subjectsTaught(store, schoolId, { membershipId, classId, day });
  return rubricsConcerning(
    rubrics,
    { isHomeroom: standings.has("teacher:homeroom"), subjects: subjects.map(({ code }) => code) },
    grade,
  );
}
