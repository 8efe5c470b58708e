/**
 * Gathers what a child who changes schools takes along: its years as its family sees them, in stages and words. No beans, no
 * reminder, no note of staff, no number, phone or sickness, and nobody else's name. Writes nothing.
 */
import { officeFactsOf, picturesOfChild } from "@doudou/db/repositories/child-records.ts";
import { enrollmentsOf, studentById, studentsOfClass } from "@doudou/db/repositories/people.ts";
import { portfolioFilesOf } from "@doudou/db/repositories/portfolio-files.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import { publishedSummaries, type PublishedRow } from "@doudou/db/repositories/summaries.ts";
import type { Store } from "@doudou/db/engines/database.ts";
import type { TransferredPortfolio, TransferredYear } from "@doudou/shared/contract/transfers.ts";
import type { BookFile, BookYear } from "@doudou/shared/domain/book/year.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import {
  MOST_TRANSFER_BYTES,
  MOST_TRANSFER_FILES,
  TRANSFER_FORMAT,
  withoutNames,
} from "@doudou/shared/domain/transfer.ts";
import {
  asksForLevel,
  HOME_LEVEL_WORDS,
  LEVEL_WORDS,
  questionFor,
  STARTER_WORDS,
} from "@doudou/shared/domain/voices.ts";
import type { FileKind } from "@doudou/shared/domain/works.ts";
import type { Bilingual, Locale } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { BOOK_WORDS } from "../../documents/book-words.ts";
import { Problem } from "../../http/problem.ts";
import { booksOf, gatherYear } from "../books/service.ts";
import { paperOf } from "../summaries/service.ts";
import { sha256Of } from "./signature.ts";

/** A file as it goes into the archive: kept on the disk under a name, or made for this. */
export type TakenFile = TransferredPortfolio["files"][number] &
  ({ readonly keptAs: string } | { readonly bytesOf: Uint8Array });

export interface Gathered {
  readonly portfolio: TransferredPortfolio;
  readonly files: readonly TakenFile[];
}

/** @throws Problem not-found */
export async function gatherPortfolio(
  deps: Deps,
  grant: Grant,
  studentId: string,
  locale: Locale,
): Promise<Gathered> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  const { years: known } = await booksOf(deps, grant, studentId);
  const years: { readonly id: string; readonly year: BookYear }[] = [];
  for (const { id } of known)
    years.push({ id, year: await gatherYear(deps, grant, { studentId, yearId: id }) });
  const facts = await deps.database.read(schoolId, (store) =>
    factsOf(store, frame, studentId, localDayOf(at.getTime(), frame.timeZone)),
  );
  const papers = await papersOf(deps, frame, facts.summaries, locale);
  const bag = await packFiles(deps, schoolId, { years: years.map(({ year }) => year), papers, facts });
  const damaged = facts.summaries.length - papers.size;
  const mask = (text: string) => withoutNames(text, facts.otherNames, facts.child.name);
  return {
    files: [...bag.taken.values()],
    portfolio: {
      format: TRANSFER_FORMAT,
      madeAt: at.toISOString(),
      school: { id: schoolId, name: frame.name },
      child: facts.child,
      years: years.map(({ id, year }) => {
        const inYear = facts.summaries.filter(
          ({ termId }) => frame.terms.find((term) => term.id === termId)?.academicYearId === id,
        );
        return yearOf(year, inYear, { mask, nameOf: bag.nameOf });
      }),
      files: [...bag.taken.values()].map(({ name, kind, bytes }) => ({ name, kind, bytes })),
      leftOut: bag.leftOut + damaged,
    },
  };
}

type Facts = Awaited<ReturnType<typeof factsOf>>;

async function factsOf(store: Store, frame: SchoolFrame, studentId: string, today: string) {
  const { schoolId } = frame;
  const student = await studentById(store, schoolId, studentId);
  if (!student) throw new Problem("not-found");
  const office = await officeFactsOf(store, schoolId, studentId);
  const otherNames = new Set<string>();
  for (const { class: of, startsOn, endsOn } of await enrollmentsOf(store, schoolId, [studentId]))
    for (const day of [startsOn, endsOn ?? today])
      for (const mate of await studentsOfClass(store, schoolId, of.id, day))
        if (mate.id !== studentId) otherNames.add(mate.name);
  const summaries: PublishedRow[] = [];
  for (const { id } of frame.terms)
    summaries.push(...(await publishedSummaries(store, schoolId, id, [studentId])));
  return {
    child: { name: student.name, sex: office?.sex ?? null, bornOn: office?.bornOn ?? null },
    otherNames: [...otherNames],
    summaries,
    shelf: await portfolioFilesOf(store, schoolId, [studentId]),
    pictures: await picturesOfChild(store, schoolId, studentId),
  };
}

/** The published summaries on paper, by their terms; without those whose paper is damaged. */
async function papersOf(
  deps: Deps,
  frame: SchoolFrame,
  summaries: readonly PublishedRow[],
  locale: Locale,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const papers = new Map<string, Uint8Array>();
  for (const summary of summaries) {
    const bytes = await paperOf(deps, frame, summary, locale);
    if (bytes) papers.set(summary.termId, bytes);
  }
  return papers;
}

/** What is looked at comes before what is listened to, and films come last: where there is no more room, they stay. */
const IN_TURN: readonly FileKind[] = ["pdf", "picture", "audio", "video"];

/** Finds the files, each once however often it is shown, as far as there is room. */
async function packFiles(
  { pictures }: Deps,
  schoolId: string,
  {
    years,
    papers,
    facts,
  }: {
    readonly years: readonly BookYear[];
    readonly papers: ReadonlyMap<string, Uint8Array>;
    readonly facts: Pick<Facts, "shelf" | "pictures">;
  },
) {
  const taken = new Map<string, TakenFile>();
  const names = new Map<string, string>();
  let [room, leftOut] = [MOST_TRANSFER_BYTES, 0];
  const take = (id: string, file: TakenFile) => {
    if (!taken.has(file.name)) {
      if (file.bytes > room || taken.size >= MOST_TRANSFER_FILES) return (leftOut += 1);
      taken.set(file.name, file);
      room -= file.bytes;
    }
    return names.set(id, file.name);
  };
  for (const [termId, bytesOf] of papers)
    take(termId, { name: nameFor(sha256Of(bytesOf), "pdf"), kind: "pdf", bytes: bytesOf.length, bytesOf });
  const wanted: { readonly id: string; readonly kind: FileKind; readonly keptAs: string }[] = [];
  const shown = years.flatMap(({ works, honours }) => [
    ...works.flatMap(({ files, isHidden }) => (isHidden ? [] : files)),
    ...honours.flatMap(({ certificate, state }) => (certificate && state === "confirmed" ? certificate : [])),
  ]);
  for (const { id, kind, isRemoved } of shown) {
    const kept = facts.shelf.find((file) => file.id === id);
    if (kept && !isRemoved) wanted.push({ id, kind, keptAs: kept.fileName });
  }
  for (const { id } of years.flatMap(({ photos }) => photos)) {
    const kept = facts.pictures.find((picture) => picture.id === id);
    if (kept) wanted.push({ id, kind: "picture", keptAs: kept.largeSha256 });
  }
  wanted.sort((a, b) => IN_TURN.indexOf(a.kind) - IN_TURN.indexOf(b.kind));
  for (const { id, kind, keptAs } of wanted) {
    const bytes = await pictures.sizeOf(schoolId, keptAs);
    const [sha256 = "", ending = "webp"] = keptAs.split(".");
    if (bytes === undefined) leftOut += 1;
    else take(id, { name: nameFor(sha256, ending), kind, bytes, keptAs });
  }
  return { taken, leftOut, nameOf: (id: string) => names.get(id) };
}

function nameFor(sha256: string, ending: string): string {
  return `files/${sha256}.${ending}`;
}

function yearOf(
  year: BookYear,
  summaries: readonly PublishedRow[],
  {
    mask,
    nameOf,
  }: { readonly mask: (text: string) => string; readonly nameOf: (id: string) => string | undefined },
): TransferredYear {
  const isFirst = (kind: string, of: string) =>
    year.highlights.some((each) => each.kind === kind && each.id === of);
  const named = (files: readonly Pick<BookFile, "id">[]) => files.flatMap(({ id }) => nameOf(id) ?? []);
  const orNull = (text: string | null) => (text === null ? null : mask(text));
  return {
    name: year.name,
    className: year.child.className,
    grade: year.child.grade,
    terms: year.terms.map(({ name, dimensions }) => ({
      name,
      dimensions: dimensions.map(({ dimension, name: called, stage }) => ({
        dimension,
        name: called,
        stage,
      })),
    })),
    // As they were published, to the letter.
    summaries: summaries.map(({ termId, snapshot, publishedAt, sha256, verificationCode }) => ({
      term: snapshot.term.name,
      comment: snapshot.comment,
      by: snapshot.homeroomTeacher,
      remarks: [...(snapshot.remarks ?? [])],
      publishedAt: publishedAt.toISOString(),
      sha256,
      verificationCode,
      paper: nameOf(termId) ?? null,
    })),
    moments: year.moments
      .filter(
        ({ id, isVoided }) =>
          !isVoided && (isFirst("award", id) || year.photos.some((p) => p.awardId === id)),
      )
      .map(({ id, dimension, point, note, day }) => ({
        dimension,
        point,
        note: orNull(note),
        day,
        isHighlight: isFirst("award", id),
        pictures: named(year.photos.filter(({ awardId }) => awardId === id)),
      })),
    badges: year.badges.map(({ name, dimension, level, day, by, said }) => ({
      name,
      dimension,
      level,
      day,
      by,
      said: orNull(said),
    })),
    honours: year.honours
      .filter(({ state }) => state === "confirmed")
      .map(({ id, title, level, givenBy, day, dimension, certificate }) => ({
        title: mask(title),
        level,
        givenBy,
        day,
        dimension,
        isHighlight: isFirst("honour", id),
        certificate: (certificate && nameOf(certificate.id)) ?? null,
      })),
    works: year.works
      .filter(({ isHidden }) => !isHidden)
      .map(({ id, title, dimension, reflection, day, word, files }) => ({
        title: mask(title),
        dimension,
        reflection: mask(reflection),
        day,
        word: word && { text: mask(word.text), by: word.by },
        isHighlight: isFirst("work", id),
        files: named(files),
      })),
    activities: year.activities.map(
      ({ title, sort, startsOn, endsOn, place, dimensions, part, reflection }) => ({
        title: mask(title),
        sort,
        startsOn,
        endsOn,
        place: mask(place),
        dimensions: [...dimensions],
        part: mask(part),
        reflection: orNull(reflection),
      }),
    ),
    goals: year.goals.map(({ text, isReached }) => ({ text: mask(text), isReached })),
    voices: voicesOf(year, mask),
  };
}

/** What the child said of itself, mates of it and its guardian of home; of nobody who. */
function voicesOf(year: BookYear, mask: (text: string) => string): TransferredYear["voices"] {
  const { grade } = year.child;
  const levelIn = (words: Readonly<Record<1 | 2 | 3, Bilingual>>, level: 1 | 2 | 3 | null) =>
    level === null ? null : words[level];
  return [
    ...year.self.map(({ about, level, words }) => ({
      from: "self" as const,
      about: questionFor(about, grade),
      level: asksForLevel(about) ? levelIn(LEVEL_WORDS, level) : null,
      words: mask(words),
    })),
    ...year.kindWords.map(({ starter, words }) => ({
      from: "peer" as const,
      about: STARTER_WORDS[starter],
      level: null,
      words: mask(words),
    })),
    ...year.home.map(({ about, level, words }) => ({
      from: "guardian" as const,
      about: { zh: BOOK_WORDS["zh-CN"].homeTopics[about], en: BOOK_WORDS.en.homeTopics[about] },
      level: levelIn(HOME_LEVEL_WORDS, level),
      words: mask(words),
    })),
  ];
}
