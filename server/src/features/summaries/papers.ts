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
import type { OfRevision } from "@doudou/db/repositories/summary-answers.ts";
import {
  duePapers,
  isPaperDue,
  keepPaper,
  keptPaper,
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
  const stands = await database.write(schoolId, (store) => keepPaper(store, schoolId, paper));
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
 * Sets and keeps the paper of whatever is published without one, in the school's language. Several servers may look, each
 * from a place of its own: one paper is kept of each, whoever set it.
 * @param onError told of a paper that cannot be set; the others are, and the next look tries it again
 */
export async function keepDuePapers(
  deps: Deps,
  onError: (error: unknown) => void,
  signal?: AbortSignal,
): Promise<void> {
  const due = await deps.database.read(EVERY_SCHOOL, duePapers);
  if (due.length === 0) return;
  const from = deps.drawBelow(due.length);
  const waiting = [...due.slice(from), ...due.slice(0, from)].values();
  const setOneAfterAnother = async () => {
    for (const { schoolId, ...of } of waiting) {
      if (signal?.aborted) return;
      await keepDuePaper(deps, schoolId, of).catch(onError);
    }
  };
  // While the file of one is written, another is being set; more would keep waiting who asks for a paper meanwhile.
  await Promise.all(Array.from({ length: deps.config.documentWorkers + 1 }, setOneAfterAnother));
}

async function keepDuePaper(deps: Deps, schoolId: string, of: OfRevision): Promise<void> {
  const { database } = deps;
  const frame = await deps.frames.of(schoolId);
  const published = await database.read(schoolId, async (store) => {
    if (!(await isPaperDue(store, schoolId, of))) return undefined; // another server has set it
    const all = await everyRevisionOf(store, schoolId, of.studentId);
    return all.find(({ termId, revision }) => termId === of.termId && revision === of.revision);
  });
  if (!published) return;
  await paperOf(deps, frame, published, frame.locale);
  await database.write(schoolId, (store) => settlePaper(store, schoolId, of));
}
