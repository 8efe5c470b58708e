/**
 * Term summaries: comments being written, and the frozen snapshots. A published revision is only ever added.
 */
import { and, eq, gt, inArray, sql } from "drizzle-orm";
import type { SummarySnapshot } from "@doudou/shared/contract/summaries.ts";
import type { Store } from "../engines/database.ts";
import { insertRows } from "./bulk.ts";
import { isOfAskedChild } from "./placeholders.ts";
import { papersOfRevision } from "./summary-papers.ts";

export interface SummaryDraft {
  readonly studentId: string;
  readonly comment: string;
  readonly version: number;
  readonly savedAt: Date;
}

export async function draftsOf(
  store: Store,
  schoolId: string,
  termId: string,
  studentIds: readonly string[],
): Promise<SummaryDraft[]> {
  if (studentIds.length === 0) return [];
  const { summaryDraft: d } = store.tables;
  return await store.db
    .select({ studentId: d.studentId, comment: d.comment, version: d.version, savedAt: d.savedAt })
    .from(d)
    .where(and(eq(d.schoolId, schoolId), eq(d.termId, termId), inArray(d.studentId, [...studentIds])));
}

/**
 * Saves a comment if nobody else saved one since the caller read version `from` (0 where there was none).
 * @returns the new version, or undefined where somebody did
 */
export async function saveDraft(
  store: Store,
  schoolId: string,
  draft: { termId: string; studentId: string; comment: string; from: number; savedBy: string; savedAt: Date },
): Promise<number | undefined> {
  const { summaryDraft: d } = store.tables;
  const { termId, studentId, comment, from, savedBy, savedAt } = draft;
  const saved =
    from === 0
      ? await store.db
          .insert(d)
          .values({ schoolId, termId, studentId, comment, version: 1, savedBy, savedAt })
          .onConflictDoNothing()
          .returning({ version: d.version })
      : await store.db
          .update(d)
          .set({ comment, version: from + 1, savedBy, savedAt })
          .where(
            and(
              eq(d.schoolId, schoolId),
              eq(d.termId, termId),
              eq(d.studentId, studentId),
              eq(d.version, from),
            ),
          )
          .returning({ version: d.version });
  return saved[0]?.version;
}

/** Writes down comments on children who have none yet in the term. @throws when one has */
export async function addDrafts(
  store: Store,
  schoolId: string,
  termId: string,
  drafts: readonly { studentId: string; comment: string; savedBy: string; savedAt: Date }[],
): Promise<void> {
  const rows = drafts.map((draft) => ({ ...draft, schoolId, termId, version: 1 }));
  await insertRows(store, store.tables.summaryDraft, rows);
}

/** A summary as it was frozen. */
export interface RevisionRow {
  readonly studentId: string;
  readonly termId: string;
  readonly revision: number;
  readonly snapshot: SummarySnapshot;
  readonly sha256: string;
  readonly verificationCode: string;
  readonly publishedAt: Date;
}

export interface PublishedRow extends RevisionRow {
  /** What the revision before said; null for the first. */
  readonly before: SummarySnapshot | null;
}

/** The latest revision for each of these students in a term. */
export async function publishedSummaries(
  store: Store,
  schoolId: string,
  termId: string,
  studentIds: readonly string[],
): Promise<PublishedRow[]> {
  if (studentIds.length === 0) return [];
  const { termSummary: s } = store.tables;
  const rows = await revisions(store)
    .where(and(eq(s.schoolId, schoolId), inArray(s.studentId, [...studentIds]), eq(s.termId, termId)))
    .orderBy(s.revision);
  return [...new Map(withTheOneBefore(rows).map((row) => [row.studentId, row])).values()];
}

/** Every revision of all of a student's summaries, in the order they were published. */
export async function everyRevisionOf(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<PublishedRow[]> {
  const { termSummary: s } = store.tables;
  return withTheOneBefore(
    await revisions(store)
      .where(and(eq(s.schoolId, schoolId), eq(s.studentId, studentId)))
      .orderBy(s.publishedAt, s.revision),
  );
}

function revisions(store: Store) {
  const { termSummary: s } = store.tables;
  return store.db
    .select({
      studentId: s.studentId,
      termId: s.termId,
      revision: s.revision,
      snapshot: s.snapshot,
      sha256: s.sha256,
      verificationCode: s.verificationCode,
      publishedAt: s.publishedAt,
    })
    .from(s);
}

/** @param rows each summary's revisions in their order */
function withTheOneBefore(rows: readonly RevisionRow[]): PublishedRow[] {
  const latest = new Map<string, SummarySnapshot>();
  return rows.map((row) => {
    const summary = `${row.studentId}/${row.termId}`;
    const before = latest.get(summary) ?? null;
    latest.set(summary, row.snapshot);
    return { ...row, before };
  });
}

/**
 * When the revision with a code was published, whether another has replaced it, and the hashes of its PDFs. Whoever types a
 * code knows no school, so it is looked for in all.
 */
export async function publicationByCode(
  store: Store,
  code: string,
): Promise<{ publishedAt: Date; isLatest: boolean; papers: string[] } | undefined> {
  const { termSummary: s } = store.tables;
  const [found] = await store.db
    .select({
      schoolId: s.schoolId,
      studentId: s.studentId,
      termId: s.termId,
      revision: s.revision,
      publishedAt: s.publishedAt,
    })
    .from(s)
    .where(eq(s.verificationCode, code));
  if (!found) return undefined;
  const { schoolId, studentId, termId, revision, publishedAt } = found;
  const [later] = await store.db
    .select({ revision: s.revision })
    .from(s)
    .where(
      and(
        eq(s.schoolId, schoolId),
        eq(s.studentId, studentId),
        eq(s.termId, termId),
        gt(s.revision, revision),
      ),
    )
    .limit(1);
  const papers = await papersOfRevision(store, schoolId, found);
  return { publishedAt, isLatest: later === undefined, papers: papers.map(({ sha256 }) => sha256) };
}

/** When each of these students' latest revision was published; without the snapshots, for lists. */
export async function publishedOn(
  store: Store,
  schoolId: string,
  termId: string,
  studentIds: readonly string[],
): Promise<Map<string, Date>> {
  if (studentIds.length === 0) return new Map();
  const { termSummary: s } = store.tables;
  const rows = await store.db
    .select({ studentId: s.studentId, publishedAt: s.publishedAt })
    .from(s)
    .where(and(eq(s.schoolId, schoolId), inArray(s.studentId, [...studentIds]), eq(s.termId, termId)))
    .orderBy(s.revision);
  return new Map(rows.map((row) => [row.studentId, row.publishedAt]));
}

/** The latest published revision of each term a student has one of. */
export async function publishedTermsOf(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<{ termId: string; revision: number; publishedAt: Date }[]> {
  const rows = await store
    .prepared("publishedTermsOf", () => {
      const { termSummary: s } = store.tables;
      return store.db
        .select({ termId: s.termId, revision: s.revision, publishedAt: s.publishedAt })
        .from(s)
        .where(isOfAskedChild(s))
        .orderBy(s.revision);
    })
    .execute({ schoolId, studentId });
  return [...new Map(rows.map((row) => [row.termId, row])).values()];
}

/** When each revision of a student's summary of a term was published, in their order. */
export async function revisionsIn(
  store: Store,
  schoolId: string,
  { studentId, termId }: { readonly studentId: string; readonly termId: string },
): Promise<{ revision: number; publishedAt: Date }[]> {
  const { termSummary: s } = store.tables;
  return await store.db
    .select({ revision: s.revision, publishedAt: s.publishedAt })
    .from(s)
    .where(and(eq(s.schoolId, schoolId), eq(s.studentId, studentId), eq(s.termId, termId)))
    .orderBy(s.revision);
}

/** Adds the next revision of a student's summary, whose PDF is then still to be set. @returns its number */
export async function addRevision(
  store: Store,
  schoolId: string,
  row: Omit<RevisionRow, "revision"> & { publishedBy: string },
): Promise<number> {
  const { termSummary: s } = store.tables;
  await store.lock([`${schoolId}/summary/${row.studentId}`]);
  const [last] = await store.db
    .select({ revision: sql`coalesce(max(${s.revision}), 0)`.mapWith(Number) })
    .from(s)
    .where(and(eq(s.schoolId, schoolId), eq(s.studentId, row.studentId), eq(s.termId, row.termId)));
  const revision = (last?.revision ?? 0) + 1;
  await store.db.insert(s).values({ schoolId, ...row, revision });
  const { studentId, termId } = row;
  await store.db.insert(store.tables.termSummaryPaperDue).values({ schoolId, studentId, termId, revision });
  return revision;
}
