/**
 * The PDFs of published summaries: which are kept, under which hash, and which are still to be set. What is kept is never
 * replaced. Touches no file.
 */
import { and, asc, desc, eq, gt, inArray } from "drizzle-orm";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { isOfRevision, type OfRevision } from "./summary-answers.ts";

const PDF = ".pdf";

export interface OfPaper extends OfRevision {
  readonly locale: Locale;
}

/** What the file of a PDF is called: see `server/src/pictures/picture-files.ts`. */
export function paperFile(sha256: string): string {
  return `${sha256}${PDF}`;
}

export interface DuePaper extends OfRevision {
  readonly schoolId: string;
}

/** Revisions of all schools whose PDF is still to be set, those of the latest terms first. */
export async function duePapers(store: Store, limit: number): Promise<DuePaper[]> {
  const { termSummaryPaperDue: d } = store.tables;
  return await store.db.select().from(d).orderBy(desc(d.termId)).limit(limit);
}

/** Whether a revision's PDF is still to be set. */
export async function isPaperDue(store: Store, schoolId: string, of: OfRevision): Promise<boolean> {
  const { termSummaryPaperDue: d } = store.tables;
  const rows = await store.db
    .select({ revision: d.revision })
    .from(d)
    .where(isOfRevision(d, schoolId, of));
  return rows.length > 0;
}

/** The revision's PDF needs no setting any more, whether it is kept or its child was erased. */
export async function settlePaper(store: Store, schoolId: string, of: OfRevision): Promise<void> {
  const { termSummaryPaperDue: d } = store.tables;
  await store.db.delete(d).where(isOfRevision(d, schoolId, of));
}

/** No PDF of the school needs setting before somebody asks for it. */
export async function settleAllPapers(store: Store, schoolId: string): Promise<void> {
  const { termSummaryPaperDue: d } = store.tables;
  await store.db.delete(d).where(eq(d.schoolId, schoolId));
}

/** The SHA-256 of the bytes of a PDF that is kept. */
export async function keptPaper(store: Store, schoolId: string, of: OfPaper): Promise<string | undefined> {
  const { termSummaryPaper: p } = store.tables;
  const [found] = await store.db
    .select({ sha256: p.sha256 })
    .from(p)
    .where(isPaper(store, schoolId, of));
  return found?.sha256;
}

/**
 * Writes down that a PDF is kept, unless one is.
 * @returns the hash of the one that is kept now; undefined where there is no such revision any more
 */
export async function keepPaper(
  store: Store,
  schoolId: string,
  paper: OfPaper & { readonly sha256: string; readonly keptAt: Date },
): Promise<string | undefined> {
  const { termSummaryPaper: p, termSummary: s } = store.tables;
  await store.lock([`${schoolId}/summary/${paper.studentId}`]);
  const [published] = await store.db
    .select({ revision: s.revision })
    .from(s)
    .where(isOfRevision(s, schoolId, paper));
  if (!published) return undefined;
  await store.db
    .insert(p)
    .values({ schoolId, ...paper })
    .onConflictDoNothing();
  return await keptPaper(store, schoolId, paper);
}

/** A PDF that must be on the disk. */
export interface KeptPaper extends OfPaper {
  readonly sha256: string;
}

/** The PDFs that must be on the disk, in the order of their hashes, page by page. */
export async function keptPapers(
  store: Store,
  schoolId: string,
  page: { readonly after: string; readonly limit: number },
): Promise<KeptPaper[]> {
  const { termSummaryPaper: p } = store.tables;
  return await store.db
    .select(paperColumns(store))
    .from(p)
    .where(and(eq(p.schoolId, schoolId), gt(p.sha256, page.after)))
    .orderBy(asc(p.sha256))
    .limit(page.limit);
}

/** Which of these files, by their names, are PDFs that must be on the disk. */
export async function papersAmong(
  store: Store,
  schoolId: string,
  names: readonly string[],
): Promise<string[]> {
  const { termSummaryPaper: p } = store.tables;
  const hashes = names.filter((name) => name.endsWith(PDF)).map((name) => name.slice(0, -PDF.length));
  if (hashes.length === 0) return [];
  const rows = await store.db
    .select({ sha256: p.sha256 })
    .from(p)
    .where(and(eq(p.schoolId, schoolId), inArray(p.sha256, hashes)));
  return rows.map(({ sha256 }) => paperFile(sha256));
}

/** The PDFs that are kept of a child, term by term and revision by revision. */
export async function papersOfChild(store: Store, schoolId: string, studentId: string): Promise<KeptPaper[]> {
  const { termSummaryPaper: p } = store.tables;
  return await store.db
    .select(paperColumns(store))
    .from(p)
    .where(and(eq(p.schoolId, schoolId), eq(p.studentId, studentId)))
    .orderBy(asc(p.termId), asc(p.revision), asc(p.locale));
}

/** The PDFs that are kept of a revision, one of each language. */
export async function papersOfRevision(store: Store, schoolId: string, of: OfRevision): Promise<KeptPaper[]> {
  const { termSummaryPaper: p } = store.tables;
  return await store.db
    .select(paperColumns(store))
    .from(p)
    .where(isOfRevision(p, schoolId, of))
    .orderBy(asc(p.locale));
}

function paperColumns({ tables: { termSummaryPaper: p } }: Store) {
  return {
    studentId: p.studentId,
    termId: p.termId,
    revision: p.revision,
    locale: p.locale,
    sha256: p.sha256,
  };
}

function isPaper({ tables: { termSummaryPaper: p } }: Store, schoolId: string, of: OfPaper) {
  return and(isOfRevision(p, schoolId, of), eq(p.locale, of.locale));
}
