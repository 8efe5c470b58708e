/**
 * The PDFs of published summaries. Each is set once, of one revision in one language, and kept by the hash of its bytes: from
 * then on these bytes are what everybody gets, whatever becomes of the logo, the colours or the layout. In the school's
 * language that happens in the background, soon after publishing, which never waits for it; in the other one, and where
 * somebody comes first, when it is asked for.
 */
import { createHash } from "node:crypto";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { filesInUse } from "@doudou/db/repositories/evidence.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import { everyRevisionOf, type PublishedRow } from "@doudou/db/repositories/summaries.ts";
import {
  duePapers,
  isPaperDue,
  keepPaper,
  keptPaper,
  type DuePaper,
  type OfPaper,
  paperFile,
  settlePaper,
} from "@doudou/db/repositories/summary-papers.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Deps } from "../../deps.ts";
import { regularly } from "../../operate/regularly.ts";
import { schoolPaper } from "../schools/service.ts";
import { asReadBack } from "./frozen.ts";

const LOOK_EVERY_MS = 1_000;
const AGAIN_AFTER_MS = 600_000;
const AT_A_TIME = 500;
/** Whoever was told of a summary looks at it within this time. */
const NEW_FOR_MS = 3_600_000;

/**
 * The PDF of a published revision, always the same bytes.
 * @returns undefined where the file is lost or altered, and setting it anew does not give it back
 */
export async function paperOf(
  deps: Deps,
  frame: SchoolFrame,
  published: PublishedRow,
  locale: Locale,
): Promise<Uint8Array | undefined> {
  const { schoolId } = frame;
  const { studentId, termId, revision } = published;
  const of = { studentId, termId, revision, locale };
  const kept = await deps.database.read(schoolId, (store) => keptPaper(store, schoolId, of));
  if (kept === undefined) return await firstPaper(deps, frame, published, of);
  return await keptBytes(deps, frame, { published, locale, sha256: kept });
}

/** Sets a PDF and keeps it; where another server was faster, its bytes are given. */
async function firstPaper(
  deps: Deps,
  frame: SchoolFrame,
  published: PublishedRow,
  of: OfPaper,
): Promise<Uint8Array | undefined> {
  const { database, pictures } = deps;
  const { schoolId } = frame;
  const bytes = await setPaper(deps, frame, published, of.locale);
  const sha256 = sha256Of(bytes);
  const name = await pictures.keepBytes(schoolId, bytes, "pdf");
  const paper = { ...of, sha256, keptAt: deps.now() };
  const stands = await database.write(schoolId, async (store) => {
    if (of.locale === frame.locale) await settlePaper(store, schoolId, of);
    return await keepPaper(store, schoolId, paper);
  });
  if (stands === sha256) {
    // The sweep may have taken away a file of that name which nobody needed until now.
    if ((await pictures.sizeOf(schoolId, name)) === undefined)
      await pictures.keepBytes(schoolId, bytes, "pdf");
    return bytes;
  }
  await pictures.removeUnneeded(schoolId, [name], (asked) =>
    database.read(schoolId, (store) => filesInUse(store, schoolId, asked)),
  );
  if (stands === undefined) return undefined; // erased meanwhile
  return await keptBytes(deps, frame, { published, locale: of.locale, sha256: stands });
}

/** What is kept, if it is what its hash says; a file that was lost is made good where the same bytes come out again. */
async function keptBytes(
  deps: Deps,
  frame: SchoolFrame,
  {
    published,
    locale,
    sha256,
  }: { readonly published: PublishedRow; readonly locale: Locale; readonly sha256: string },
): Promise<Uint8Array | undefined> {
  const { schoolId } = frame;
  const kept = await deps.pictures.read(schoolId, paperFile(sha256));
  if (kept && sha256Of(kept) === sha256) return kept;
  const again = await setPaper(deps, frame, published, locale);
  if (sha256Of(again) !== sha256) return undefined;
  await deps.pictures.keepBytes(schoolId, again, "pdf");
  return again;
}

async function setPaper(
  deps: Deps,
  frame: SchoolFrame,
  published: PublishedRow,
  locale: Locale,
): Promise<Uint8Array> {
  const settings = { locale, timeZone: frame.timeZone, ...(await schoolPaper(deps, frame)) };
  return await deps.documents.termSummaryPdf([asReadBack(published)], settings);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Looks now and again for what is published without a paper; where one could not be set, not again for a while.
 * @returns what stops it, and waits for what is being set
 */
export function keepPapersRegularly(deps: Deps, onError: (error: unknown) => void): () => Promise<void> {
  let failedAt = -Infinity;
  const noteFailure = (error: unknown) => {
    failedAt = performance.now();
    onError(error);
  };
  const look = async (signal: AbortSignal) => {
    if (performance.now() >= failedAt + AGAIN_AFTER_MS) await keepDuePapers(deps, noteFailure, signal);
  };
  return regularly(LOOK_EVERY_MS, look, noteFailure);
}

/**
 * Sets and keeps the paper of whatever is published without one, in the school's language. What was published long ago,
 * which an update may leave in tens of thousands, is set a few at a time: nobody waits for it. Several servers may look,
 * each from a place of its own: one paper is kept of each, whoever set it.
 * @param onError told of a paper that cannot be set; the others are, and the next look tries it again
 */
export async function keepDuePapers(
  deps: Deps,
  onError: (error: unknown) => void,
  signal?: AbortSignal,
): Promise<void> {
  const failed = new Set<string>();
  const keepSome = async (): Promise<"more" | "done"> => {
    const read = await deps.database.read(EVERY_SCHOOL, (store) => duePapers(store, AT_A_TIME + failed.size));
    const due = read.filter((of) => !failed.has(keyOf(of)));
    if (due.length === 0) return "done";
    const from = deps.drawBelow(due.length);
    const waiting = [...due.slice(from), ...due.slice(0, from)].values();
    let outcome: "more" | "done" = "more";
    const setOneAfterAnother = async () => {
      for (const of of waiting) {
        if (signal?.aborted) outcome = "done";
        if (outcome === "done") return;
        try {
          if ((await keepDuePaper(deps, of)) === "long ago") outcome = "done";
        } catch (error) {
          failed.add(keyOf(of));
          onError(error);
        }
      }
    };
    // While the file of one is written another is being set, and the next is ready; more would keep waiting who asks for
    // a paper meanwhile.
    await Promise.all(Array.from({ length: deps.config.documentWorkers + 2 }, setOneAfterAnother));
    return outcome;
  };
  while ((await keepSome()) === "more");
}

function keyOf({ schoolId, studentId, termId, revision }: DuePaper): string {
  return `${schoolId}/${studentId}/${termId}/${revision}`;
}

async function keepDuePaper(deps: Deps, { schoolId, ...of }: DuePaper): Promise<"new" | "long ago"> {
  const { database, frames } = deps;
  const frame = await frames.of(schoolId);
  const { locale } = frame;
  const { published, isKept } = await database.read(schoolId, async (store) => {
    if (!(await isPaperDue(store, schoolId, of))) return {}; // another server has set it
    const all = await everyRevisionOf(store, schoolId, of.studentId);
    return {
      published: all.find(({ termId, revision }) => termId === of.termId && revision === of.revision),
      isKept: (await keptPaper(store, schoolId, { ...of, locale })) !== undefined,
    };
  });
  if (!published) return "new";
  if (isKept) await database.write(schoolId, (store) => settlePaper(store, schoolId, of));
  else await firstPaper(deps, frame, published, { ...of, locale });
  return published.publishedAt.getTime() > deps.now().getTime() - NEW_FOR_MS ? "new" : "long ago";
}
