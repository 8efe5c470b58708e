/**
 * Term summaries: the comment being written, the live draft, and publishing, which freezes a snapshot for good.
 */
import { createHash } from "node:crypto";
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import { guardiansOf } from "@doudou/db/repositories/consents.ts";
import { studentsOfClass } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import {
  addRevision,
  draftsOf,
  everyRevisionOf,
  publicationByCode,
  publishedOn,
  type PublishedRow,
  publishedSummaries,
  publishedTermsOf,
  saveDraft,
} from "@doudou/db/repositories/summaries.ts";
import { followingOf, ownAnswersOf } from "@doudou/db/repositories/summary-answers.ts";
import { lastNudges } from "@doudou/db/repositories/summary-nudges.ts";
import { everyRemarkOn } from "@doudou/db/repositories/summary-remarks.ts";
import { reviewRemarksOf, reviewsOf } from "@doudou/db/repositories/summary-rounds.ts";
import type {
  ClassSummaries,
  CommentDraft,
  CommentSaved,
  PublishedSummary,
  SummaryList,
  SummarySnapshot,
  TermSummary,
  Verification,
} from "@doudou/shared/contract/summaries.ts";
import { canonicalJson } from "@doudou/shared/domain/canonical-json.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { isApproved } from "@doudou/shared/domain/summary-review.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import type { PdfFile } from "../../http/pdf.ts";
import { Problem } from "../../http/problem.ts";
import { tellGuardians } from "../inbox/service.ts";
import { currentTerm, schoolPaper, termById, termRef } from "../schools/service.ts";
import { lastDaySoFar, liveSummary, worthTelling } from "./drafting.ts";
import { asReadBack } from "./frozen.ts";
import { paperOf } from "./papers.ts";
import { roundOf } from "./rounds.ts";

export { lastDaySoFar, paperOf, worthTelling };

const NOBODY_YET = { opened: 0, signed: 0, unseen: 0 };

/**
 * A child's summary of a term: the frozen one where it is published, else for those who write it the draft as it would
 * be published now.
 * @param revision one that was frozen; the latest, or the draft, if left out
 * @throws Problem summary-not-published for everybody else, term-not-found, not-found
 */
export async function termSummary(
  deps: Deps,
  grant: Grant,
  studentId: string,
  termId: string,
  revision?: number,
): Promise<TermSummary> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const term = termById(frame, termId);
  const mayReadDraft = isGranted("summary.read-draft", grant.standings);
  return await deps.database.read(schoolId, async (store) => {
    const published: ReplacedRow | undefined =
      revision === undefined
        ? (await publishedSummaries(store, schoolId, termId, [studentId]))[0]
        : await revisionOf(store, schoolId, { studentId, termId, revision });
    const [draft] = mayReadDraft ? await draftsOf(store, schoolId, termId, [studentId]) : [];
    const terms = await readableTerms(store, frame, studentId, mayReadDraft, deps.now());
    const common = { studentId, termId, commentVersion: draft?.version ?? 0, terms };
    if (published) {
      const { before, snapshot } = published;
      const isCommentNew = before !== null && before.comment !== snapshot.comment;
      return {
        ...common,
        status: "published",
        ...asReadBack(published),
        commentBefore: isCommentNew ? before.comment : null,
        replacedAt: published.replacedAt?.toISOString() ?? null,
      };
    }
    if (!mayReadDraft || revision !== undefined) throw new Problem("summary-not-published");
    const { snapshot } = await liveSummary(store, frame, term, studentId, draft?.comment ?? "", deps.now());
    return {
      ...common,
      status: "draft",
      revision: 1,
      publishedAt: null,
      sha256: null,
      verificationCode: null,
      changes: [],
      commentBefore: null,
      replacedAt: null,
      snapshot,
    };
  });
}

interface ReplacedRow extends PublishedRow {
  readonly replacedAt?: Date | undefined;
}

/** A revision as it was frozen, and when the one after it took its place. */
async function revisionOf(
  store: Store,
  schoolId: string,
  { studentId, termId, revision }: { studentId: string; termId: string; revision: number },
): Promise<ReplacedRow | undefined> {
  const all = (await everyRevisionOf(store, schoolId, studentId)).filter((row) => row.termId === termId);
  const found = all.find((row) => row.revision === revision);
  return found && { ...found, replacedAt: all.find((row) => row.revision === revision + 1)?.publishedAt };
}

/** What of a child is published, newest term first. */
export async function summariesOf(deps: Deps, grant: Grant, studentId: string): Promise<SummaryList> {
  const { schoolId, membershipId: guardianId } = grant;
  const frame = await deps.frames.of(schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const published = await publishedTermsOf(store, schoolId, studentId);
    const answers = isGranted("summary.answer", grant.standings)
      ? await ownAnswersOf(store, schoolId, { studentId, guardianId })
      : undefined;
    return {
      summaries: frame.terms
        .flatMap((term) => {
          const found = published.find(({ termId }) => termId === term.id);
          if (!found) return [];
          const { revision, publishedAt } = found;
          return [
            {
              term: termRef(frame, term, deps.now()),
              revision,
              publishedAt: publishedAt.toISOString(),
              waitsFor: answers ? waitsFor(answers, found) : "nothing",
            },
          ];
        })
        .reverse(),
    };
  });
}

function waitsFor(
  { readings, unseenTerms }: Awaited<ReturnType<typeof ownAnswersOf>>,
  { termId, revision }: { readonly termId: string; readonly revision: number },
): SummaryList["summaries"][number]["waitsFor"] {
  const reading = readings.find((each) => each.termId === termId && each.revision === revision);
  if (!reading) return "reading";
  if (unseenTerms.includes(termId)) return "answer";
  return reading.signedAt === null ? "signature" : "nothing";
}

async function readableTerms(
  store: Store,
  frame: SchoolFrame,
  studentId: string,
  withDrafts: boolean,
  now: Date,
) {
  const published = (await publishedTermsOf(store, frame.schoolId, studentId)).map(({ termId }) => termId);
  const current = currentTerm(frame, now)?.id;
  return frame.terms
    .filter((term) => published.includes(term.id) || (withDrafts && term.id === current))
    .map((term) => termRef(frame, term, now))
    .reverse();
}

/**
 * Saves the homeroom teacher's comment.
 * @throws Problem comment-conflict when somebody saved another since the version that was sent
 */
export async function saveComment(
  deps: Deps,
  grant: Grant,
  studentId: string,
  termId: string,
  { comment, commentVersion }: CommentDraft,
): Promise<CommentSaved> {
  const { schoolId, membershipId } = grant;
  termById(await deps.frames.of(schoolId), termId);
  const savedAt = deps.now();
  const draft = { termId, studentId, comment, from: commentVersion, savedBy: membershipId, savedAt };
  const version = await deps.database.write(schoolId, async (store) => {
    const saved = await saveDraft(store, schoolId, draft);
    // How long it is, not what it says: a draft is saved with every pause in typing, and what is published is kept.
    const after = { termId, version: saved, characters: comment.length };
    const change = { action: "summary.write", at: savedAt, studentId, after } as const;
    if (saved !== undefined) await noteChange(store, grant, change);
    return saved;
  });
  if (version === undefined) throw new Problem("comment-conflict");
  return { commentVersion: version, savedAt: savedAt.toISOString() };
}

/**
 * Publishes a child's summary: freezes the snapshot as the next revision; earlier ones stay.
 * @throws Problem comment-missing where nothing was written, summary-not-approved where the school approves first
 */
export async function publishTermSummary(
  deps: Deps,
  grant: Grant,
  studentId: string,
  termId: string,
): Promise<PublishedSummary> {
  const frame = await deps.frames.of(grant.schoolId);
  const of = { term: termById(frame, termId), studentId, publishedAt: deps.now() };
  return await deps.database.write(grant.schoolId, (store) => publishInto(deps, store, frame, grant, of));
}

/** Publishes within a write that has begun, as its last step. @throws as publishTermSummary does */
export async function publishInto(
  deps: Deps,
  store: Store,
  frame: SchoolFrame,
  by: Grant,
  { term, studentId, publishedAt }: { term: SchoolTerm; studentId: string; publishedAt: Date },
): Promise<PublishedSummary> {
  const { schoolId } = frame;
  const termId = term.id;
  const [draft] = await draftsOf(store, schoolId, termId, [studentId]);
  const comment = draft?.comment.trim() ?? "";
  if (!draft || comment === "") throw new Problem("comment-missing");
  const { snapshot } = await liveSummary(store, frame, term, studentId, comment, publishedAt);
  if (frame.reviewsSummaries) {
    const [review] = await reviewsOf(store, schoolId, termId, [snapshot.class.id]);
    const writtenAt = lastWritten([draft], await everyRemarkOn(store, schoolId, termId, [studentId]));
    if (!isApproved(review, writtenAt.get(studentId) ?? draft.savedAt))
      throw new Problem("summary-not-approved");
  }
  const sha256 = snapshotHash(snapshot);
  const verificationCode = newVerificationCode(deps);
  const revision = await addRevision(store, schoolId, {
    studentId,
    termId,
    snapshot,
    sha256,
    verificationCode,
    publishedAt,
    publishedBy: by.membershipId,
  });
  const kind = revision === 1 ? "summary-published" : "summary-corrected";
  const event = `${kind}/${studentId}/${termId}/${revision}`;
  await tellGuardians(deps, store, schoolId, { kind, event, termId, studentId, at: publishedAt });
  const after = { termId, revision, sha256 };
  await noteChange(store, by, { action: "summary.publish", at: publishedAt, studentId, after });
  return { revision, publishedAt: publishedAt.toISOString(), sha256, verificationCode };
}

interface Written {
  readonly studentId: string;
  readonly savedAt: Date;
}

/**
 * When somebody last wrote about each child that has a comment: the comment, or a subject teacher's sentence, also
 * where that was taken away.
 */
export function lastWritten(
  drafts: readonly Written[],
  remarks: readonly Written[],
): ReadonlyMap<string, Date> {
  const written = new Map(drafts.map(({ studentId, savedAt }) => [studentId, savedAt]));
  for (const { studentId, savedAt } of remarks) {
    const before = written.get(studentId);
    if (before && before < savedAt) written.set(studentId, savedAt);
  }
  return written;
}

/** SHA-256 of a snapshot's canonical JSON. */
export function snapshotHash(snapshot: SummarySnapshot): string {
  return createHash("sha256").update(canonicalJson(snapshot)).digest("hex");
}

/** Twelve characters a person can read aloud: no 0/O, 1/I/L. 59 bits. */
function newVerificationCode({ drawBelow }: Pick<Deps, "drawBelow">): string {
  const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  const drawn = Array.from({ length: 12 }, () => letters[drawBelow(letters.length)]);
  return [drawn.slice(0, 4), drawn.slice(4, 8), drawn.slice(8)].map((part) => part.join("")).join("-");
}

/**
 * What a verification code proves, for anybody who holds the paper.
 * @param code as somebody typed it: in small letters, with or without the hyphens
 * @throws Problem code-unknown
 */
export async function verifySummary(deps: Deps, code: string): Promise<Verification> {
  const letters = code.toUpperCase().replaceAll(/[^0-9A-Z]/g, "");
  const written = letters.match(/.{1,4}/g)?.join("-") ?? "";
  const found = await deps.database.read(EVERY_SCHOOL, (store) => publicationByCode(store, written));
  if (!found) throw new Problem("code-unknown");
  return { ...found, publishedAt: found.publishedAt.toISOString() };
}

/** A class's list for who writes or approves its summaries: who has a comment, who is published. */
export async function classSummaries(
  deps: Deps,
  grant: Grant,
  classRow: { id: string; name: string; grade: number; academicYearId: string },
  termId: string | undefined,
): Promise<ClassSummaries> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const term = termId === undefined ? currentTerm(frame, now) : termById(frame, termId);
  if (!term) throw new Problem("term-not-found");
  return await deps.database.read(schoolId, async (store) => {
    const students = await studentsOfClass(store, schoolId, classRow.id, lastDaySoFar(term, frame, now));
    const ids = students.map((student) => student.id);
    const drafts = new Map(
      (await draftsOf(store, schoolId, term.id, ids)).map((draft) => [draft.studentId, draft]),
    );
    const published = await publishedOn(store, schoolId, term.id, ids);
    const followed = isGranted("summary.list-published", grant.standings) ? ids : [];
    const following = await followingOf(store, schoolId, term.id, followed);
    const [review] = await reviewsOf(store, schoolId, term.id, [classRow.id]);
    const remarks = await everyRemarkOn(store, schoolId, term.id, ids);
    const written = lastWritten([...drafts.values()], remarks);
    const nudged = await lastNudges(store, schoolId, term.id, followed);
    const returned = await reviewRemarksOf(store, schoolId, term.id, ids);
    const guardians = Map.groupBy(await guardiansOf(store, schoolId, followed), ({ studentId }) => studentId);
    return {
      class: { id: classRow.id, name: classRow.name, grade: classRow.grade },
      term: termRef(frame, term, now),
      terms: frame.terms
        .filter(
          (t) =>
            t.academicYearId === classRow.academicYearId &&
            t.startsOn <= localDayOf(now.getTime(), frame.timeZone),
        )
        .map((t) => termRef(frame, t, now))
        .reverse(),
      mayPublish: isGranted("summary.publish", grant.standings),
      mayNudge: isGranted("summary.nudge", grant.standings),
      round: await roundOf(store, frame, grant, { termId: term.id, classId: classRow.id }, now),
      students: students.map(({ id, name, studentNo }) => {
        const draft = drafts.get(id);
        return {
          id,
          name,
          studentNo,
          status: published.has(id) ? ("published" as const) : draft ? ("draft" as const) : ("none" as const),
          comment: draft?.comment ?? "",
          remarks: remarks
            .filter(({ studentId, text }) => studentId === id && text !== "")
            .map(({ subject, by, text }) => ({ subject, by, text })),
          commentVersion: draft?.version ?? 0,
          publishedAt: published.get(id)?.toISOString() ?? null,
          isApproved: !frame.reviewsSummaries || isApproved(review, written.get(id) ?? now),
          returned: returned.get(id) ?? null,
          guardians: guardians.get(id)?.length ?? 0,
          nudgedAt: nudged.get(id)?.toISOString() ?? null,
          ...(following.get(id) ?? NOBODY_YET),
        };
      }),
    };
  });
}

/**
 * The PDF of a child's published summary, as it is kept.
 * @param revision the latest if left out
 * @throws Problem summary-not-published, summary-paper-damaged
 */
export async function summaryPdf(
  deps: Deps,
  grant: Grant,
  { studentId, termId, revision }: { studentId: string; termId: string; revision?: number | undefined },
  locale: Locale,
): Promise<PdfFile> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  termById(frame, termId);
  const published = await deps.database.read(schoolId, async (store) =>
    revision === undefined
      ? (await publishedSummaries(store, schoolId, termId, [studentId]))[0]
      : await revisionOf(store, schoolId, { studentId, termId, revision }),
  );
  if (!published) throw new Problem("summary-not-published");
  const bytes = await paperOf(deps, frame, published, locale);
  if (!bytes) throw new Problem("summary-paper-damaged");
  return { name: pdfName(published.snapshot, published.snapshot.student.name, locale), bytes };
}

/**
 * A class's published summaries as one file to print, in class-list order: set anew from what was frozen, and kept nowhere.
 * @throws Problem summary-not-published where there is none
 */
export async function classSummariesPdf(
  deps: Deps,
  grant: Grant,
  classId: string,
  termId: string,
  locale: Locale,
): Promise<PdfFile> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const term = termById(frame, termId);
  const published = await deps.database.read(schoolId, async (store) => {
    const students = await studentsOfClass(store, schoolId, classId, lastDaySoFar(term, frame, deps.now()));
    const rows = await publishedSummaries(
      store,
      schoolId,
      termId,
      students.map((student) => student.id),
    );
    return students.flatMap((student) => rows.find((row) => row.studentId === student.id) ?? []);
  });
  const [first] = published;
  if (!first) throw new Problem("summary-not-published");
  const bytes = await deps.documents.termSummaryPdf(published.map(asReadBack), {
    locale,
    timeZone: frame.timeZone,
    ...(await schoolPaper(deps, frame)),
  });
  return { name: pdfName(first.snapshot, first.snapshot.class.name, locale), bytes };
}

function pdfName({ term }: SummarySnapshot, whose: string, locale: Locale): string {
  return locale === "en"
    ? `${whose} ${term.name.en} term summary.pdf`
    : `${whose} ${term.name.zh} 学期成长报告.pdf`;
}
