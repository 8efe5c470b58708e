/**
 * Gathers a child's school year for its book, through the services that show it in the app, as its family sees it there:
 * whoever takes the book, staff only ever get the family's. Of the teacher's notes it takes none, and of pictures only
 * those with nobody else on them.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { badgeAwardsOf } from "@doudou/db/repositories/badge-quests.ts";
import { picturesOfChild } from "@doudou/db/repositories/child-records.ts";
import { evidenceOfAwards } from "@doudou/db/repositories/evidence.ts";
import { timelineOf } from "@doudou/db/repositories/ledger.ts";
import { enrollmentsOf } from "@doudou/db/repositories/people.ts";
import { personalGoalsOf } from "@doudou/db/repositories/personal-goals.ts";
import {
  academicYearsOf,
  type AcademicYear,
  type SchoolFrame,
  type SchoolTerm,
} from "@doudou/db/repositories/schools.ts";
import { publishedSummaries } from "@doudou/db/repositories/summaries.ts";
import type { Books } from "@doudou/shared/contract/books.ts";
import type { Portfolio } from "@doudou/shared/contract/growth.ts";
import type { StudentVoices } from "@doudou/shared/contract/voices.ts";
import type {
  BookBadge,
  BookLetter,
  BookMoment,
  BookPhoto,
  BookTerm,
  BookYear,
} from "@doudou/shared/domain/book/year.ts";
import { levelsOf } from "@doudou/shared/domain/badges.ts";
import { addDays, localDayOf, startOfDay } from "@doudou/shared/domain/calendar.ts";
import { SELF_QUESTIONS } from "@doudou/shared/domain/voices.ts";
import { DIMENSIONS, STAGES } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { activitiesInTerms } from "../activities/service.ts";
import { hasSettled } from "../badges/service.ts";
import { portfolio } from "../growth/service.ts";
import { shelf } from "../shelf/service.ts";
import { voicesOfStudent } from "../voices/service.ts";

/** Newest moments looked at in each dimension: many times what there is room for. */
const MOMENTS = 200;

/** The school years the child was here, newest first. */
export async function booksOf(deps: Deps, grant: Grant, studentId: string): Promise<Books> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), frame.timeZone);
  const years = await deps.database.read(schoolId, (store) => yearsHere(store, schoolId, studentId, today));
  return {
    years: years
      .filter(({ id }) => termsBegun(frame, id, today).length > 0)
      .map((year) => ({ ...year, isRunning: today <= year.endsOn }))
      .reverse(),
    mayTake: isGranted("book.take", grant.standings),
  };
}

async function yearsHere(
  store: Store,
  schoolId: string,
  studentId: string,
  today: string,
): Promise<AcademicYear[]> {
  const stays = await enrollmentsOf(store, schoolId, [studentId]);
  return (await academicYearsOf(store, schoolId)).filter(
    (year) =>
      year.startsOn <= today &&
      stays.some(({ startsOn, endsOn }) => startsOn <= year.endsOn && (endsOn ?? today) >= year.startsOn),
  );
}

function termsBegun(frame: SchoolFrame, yearId: string, today: string): SchoolTerm[] {
  return frame.terms.filter((term) => term.academicYearId === yearId && term.startsOn <= today);
}

/** @throws Problem book-year-not-found */
export async function gatherYear(
  deps: Deps,
  by: Grant,
  { studentId, yearId }: { readonly studentId: string; readonly yearId: string },
): Promise<BookYear> {
  const grant = asFamily(by);
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const today = localDayOf(now.getTime(), frame.timeZone);
  const year = (
    await deps.database.read(schoolId, (store) => yearsHere(store, schoolId, studentId, today))
  ).find(({ id }) => id === yearId);
  const terms = termsBegun(frame, yearId, today);
  const [firstTerm] = terms;
  if (!year || !firstTerm) throw new Problem("book-year-not-found");
  const seen: Portfolio[] = [];
  for (const { id } of terms) seen.push(await portfolio(deps, grant, studentId, id));
  const voices: StudentVoices[] = [];
  for (const { id } of terms) voices.push(await voicesOfStudent(deps, grant, studentId, id));
  const { works, honours, highlights } = await shelf(deps, grant, studentId);
  const isWithin = ({ termId }: { readonly termId: string }) => terms.some(({ id }) => id === termId);
  const isInYear = ({ day }: { readonly day: string }) => year.startsOn <= day && day <= year.endsOn;
  const student = seen.findLast((each) => each.student.class !== null)?.student ?? seen[0]?.student;
  if (!student) throw new Problem("book-year-not-found");
  return {
    child: { name: student.name, className: student.class?.name ?? "", grade: student.class?.grade ?? 1 },
    school: frame.name,
    name: year.name,
    terms: seen.filter(hasBeenSeen).map(bookTerm),
    before: earlierTerm(seen[0]),
    ...(await deps.database.read(schoolId, async (store) => {
      const span = spanOf(frame, terms);
      const moments = await momentsIn(store, schoolId, studentId, span);
      return {
        moments,
        photos: await photosOf(store, schoolId, studentId, moments),
        badges: (await badgesOf(store, grant, studentId, now)).filter(isInYear),
        activities: await activitiesInTerms(
          store,
          schoolId,
          studentId,
          terms.map(({ id }) => id),
        ),
        letters: await lettersOf(store, schoolId, studentId, terms),
        goals: (await personalGoalsOf(store, schoolId, studentId))
          .filter(isWithin)
          .filter(({ endedAt, celebratedAt }) => endedAt === null || celebratedAt !== null)
          .map(({ text, celebratedAt }) => ({ text, isReached: celebratedAt !== null }))
          .reverse(),
      };
    })),
    works: works.filter(isWithin).map(({ hidden, ...work }) => ({ ...work, isHidden: hidden !== null })),
    honours: honours.filter(isWithin),
    highlights: highlights.map(({ kind, id }) => ({ kind, id })),
    kindWords: voices.flatMap(({ peer }) => peer),
    self: SELF_QUESTIONS.flatMap(
      (question) => voices.flatMap(({ self }) => self).findLast(({ about }) => about === question) ?? [],
    ),
    home: voices.flatMap(({ home }) => home),
  };
}

/** A teacher takes the family's book: what staff alone may read is not in it. */
function asFamily(grant: Grant): Grant {
  const isOwn = grant.standings.has("student:self") || grant.standings.has("guardian:child");
  return isOwn ? grant : { ...grant, standings: new Set(["guardian:child"]) };
}

/** A term in which nothing was recorded yet says nothing; a first one says that the seeds are there. */
function hasBeenSeen({ dimensions }: Portfolio, place: number): boolean {
  return place === 0 || dimensions.some(({ records }) => records > 0);
}

function bookTerm({ term, dimensions }: Portfolio): BookTerm {
  return {
    name: term.name,
    dimensions: dimensions.map(({ dimension, name, stage, progress, records, sentence }) => ({
      dimension,
      name,
      stage,
      progress,
      hasRecords: records > 0,
      sentence,
    })),
  };
}

function earlierTerm(first: Portfolio | undefined): BookTerm | null {
  const { earlier = null, dimensions = [] } = first ?? {};
  return (
    earlier && {
      name: earlier.term.name,
      dimensions: earlier.stages.map(({ dimension, stage, progress }, place) => ({
        dimension,
        stage,
        progress,
        name: dimensions[place]?.name ?? { zh: "", en: "" },
        hasRecords: stage !== STAGES[0] || progress > 0,
        sentence: { zh: "", en: "" },
      })),
    }
  );
}

function spanOf(frame: SchoolFrame, terms: readonly SchoolTerm[]): { from: Date; to: Date } {
  const [first, last] = [terms[0]?.startsOn ?? "", terms.at(-1)?.endsOn ?? ""];
  const startOf = (day: string) => new Date(startOfDay(day, frame.timeZone));
  return { from: startOf(first), to: startOf(addDays(last, 1)) };
}

async function momentsIn(
  store: Store,
  schoolId: string,
  studentId: string,
  span: { readonly from: Date; readonly to: Date },
): Promise<BookMoment[]> {
  const moments: BookMoment[] = [];
  for (const dimension of DIMENSIONS) {
    const page = { limit: MOMENTS, withVoided: false, filter: { dimension, span } };
    const lines = await timelineOf(store, schoolId, studentId, page);
    for (const { id, kind, point, note, by, day, voided } of lines)
      moments.push({ id, dimension, kind, point, note, by, day, isVoided: voided !== null });
  }
  return moments;
}

/** Those the family may have a copy of: with nobody else on them, and agreed to since they were taken. */
async function photosOf(
  store: Store,
  schoolId: string,
  studentId: string,
  moments: readonly BookMoment[],
): Promise<BookPhoto[]> {
  const alone = (await picturesOfChild(store, schoolId, studentId)).filter(({ isAlone }) => isAlone);
  const standing = await evidenceOfAwards(store, schoolId, [...new Set(alone.map(({ awardId }) => awardId))]);
  return alone.flatMap(({ id, awardId }) => {
    const moment = moments.find((each) => each.id === awardId);
    const isThere = standing.get(awardId)?.some((each) => each.id === id && !each.isRemoved);
    return moment && isThere
      ? [{ id, awardId, dimension: moment.dimension, point: moment.point, day: moment.day }]
      : [];
  });
}

/** The child is the first to know of one: its family has those it has been shown. */
async function badgesOf(
  store: Store,
  { schoolId, standings }: Grant,
  studentId: string,
  now: Date,
): Promise<BookBadge[]> {
  const kept = await badgeAwardsOf(store, schoolId, [studentId]);
  return kept
    .filter((badge) => standings.has("student:self") || hasSettled(badge, now))
    .map(({ questId: id, badge, level, day, by, words: said }) => {
      const { name, words, shape, dimension, rule } = badge;
      return { id, name, words, shape, dimension, level, levels: levelsOf(rule), day, by, said };
    });
}

async function lettersOf(
  store: Store,
  schoolId: string,
  studentId: string,
  terms: readonly SchoolTerm[],
): Promise<BookLetter[]> {
  const letters: BookLetter[] = [];
  for (const { id } of terms) {
    const [published] = await publishedSummaries(store, schoolId, id, [studentId]);
    if (!published) continue;
    const { term, comment, homeroomTeacher, grewMost, remarks = [] } = published.snapshot;
    letters.push({ term: term.name, comment, by: homeroomTeacher, grewMost, remarks });
  }
  return letters;
}
