/**
 * Files of works and honours: whose they are, what they belong to, and which must go. A picture, a sound or a film counts
 * only while photo consent has stood for the child since it was uploaded. Never touches a file.
 */
import { and, asc, eq, gt, gte, inArray, isNull, lt, sql } from "drizzle-orm";
import type { FileKind } from "@doudou/shared/domain/works.ts";
import type { Store } from "../engines/database.ts";
import { isRemovedFile, isToBeRemoved, namesOf } from "./child-files.ts";
import { askedIds } from "./placeholders.ts";

/** A file as it was received, and the names it is kept under: see `server/src/pictures/picture-files.ts`. */
export interface NewPortfolioFile {
  readonly id: string;
  readonly studentId: string;
  readonly uploaderId: string;
  readonly kind: FileKind;
  readonly sentSha256: string;
  readonly fileName: string;
  readonly smallFileName: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly bytes: number;
  readonly uploadedAt: Date;
}

export interface PortfolioFile extends NewPortfolioFile {
  readonly workId: string | null;
  readonly honourId: string | null;
  /** Its files are gone, or must no longer be shown. */
  readonly isRemoved: boolean;
}

/** @returns false where the id is taken: nothing was written then */
export async function addPortfolioFile(
  store: Store,
  schoolId: string,
  file: NewPortfolioFile,
): Promise<boolean> {
  const { portfolioFile: f } = store.tables;
  const added = await store.db
    .insert(f)
    .values({ schoolId, ...file, place: 0 })
    .onConflictDoNothing({ target: [f.schoolId, f.id] })
    .returning({ id: f.id });
  return added.length > 0;
}

/** A file of this child, whatever it belongs to. */
export async function portfolioFileOf(
  store: Store,
  schoolId: string,
  studentId: string,
  id: string,
): Promise<PortfolioFile | undefined> {
  const { portfolioFile: f } = store.tables;
  const [row] = await store.db
    .select({ file: f, isRemoved: isRemovedFile(f, f.uploadedAt, store) })
    .from(f)
    .where(and(eq(f.schoolId, schoolId), eq(f.studentId, studentId), eq(f.id, id)));
  return row && { ...row.file, isRemoved: row.isRemoved };
}

/** Who sent what under an id, whichever child it is of: to tell a repeat from a clash. */
export async function portfolioFileSent(
  store: Store,
  schoolId: string,
  id: string,
): Promise<Omit<PortfolioFile, "isRemoved"> | undefined> {
  const { portfolioFile: f } = store.tables;
  const [row] = await store.db
    .select()
    .from(f)
    .where(and(eq(f.schoolId, schoolId), eq(f.id, id)));
  return row;
}

/** What a child's files since a moment take, in bytes. */
export async function bytesOfChild(
  store: Store,
  schoolId: string,
  studentId: string,
  since: Date,
): Promise<number> {
  const { portfolioFile: f } = store.tables;
  const [row] = await store.db
    .select({ bytes: sql`coalesce(sum(${f.bytes}), 0)`.mapWith(Number) })
    .from(f)
    .where(
      and(
        eq(f.schoolId, schoolId),
        eq(f.studentId, studentId),
        gte(f.uploadedAt, since),
        isNull(f.removedAt),
      ),
    );
  return row?.bytes ?? 0;
}

/**
 * Gives files that belong to nothing yet to a work or an honour, in the order given.
 * @returns false where one of them is not the uploader's, not of this child, taken, or to be shown no more
 */
export async function bindPortfolioFiles(
  store: Store,
  schoolId: string,
  to: { readonly workId: string } | { readonly honourId: string },
  of: { readonly studentId: string; readonly uploaderId: string; readonly fileIds: readonly string[] },
): Promise<boolean> {
  const { portfolioFile: f } = store.tables;
  for (const [place, id] of of.fileIds.entries()) {
    const bound = await store.db
      .update(f)
      .set({ ...to, place })
      .where(
        and(
          eq(f.schoolId, schoolId),
          eq(f.id, id),
          eq(f.studentId, of.studentId),
          eq(f.uploaderId, of.uploaderId),
          isNull(f.workId),
          isNull(f.honourId),
          sql`not ${isRemovedFile(f, f.uploadedAt, store)}`,
        ),
      )
      .returning({ id: f.id });
    if (bound.length === 0) return false;
  }
  return true;
}

/** The files of a child's works and honours, in the order of each. */
export async function portfolioFilesOf(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
): Promise<PortfolioFile[]> {
  if (studentIds.length === 0) return [];
  const asked = askedIds(studentIds);
  const rows = await store
    .prepared(`portfolioFilesOf/${asked.size}`, () => {
      const { portfolioFile: f } = store.tables;
      return store.db
        .select({ file: f, isRemoved: isRemovedFile(f, f.uploadedAt, store) })
        .from(f)
        .where(
          and(
            eq(f.schoolId, sql.placeholder("schoolId")),
            inArray(f.studentId, asked.placeholders),
            belongs(store),
          ),
        )
        .orderBy(asc(f.place), asc(f.id));
    })
    .execute({ schoolId, ...asked.values });
  return rows.map(({ file, isRemoved: isGone }) => ({ ...file, isRemoved: isGone }));
}

/** Takes away the files of a work or an honour. @returns the names of what is to go now */
export async function deletePortfolioFiles(
  store: Store,
  schoolId: string,
  of: { readonly workId: string } | { readonly honourId: string },
): Promise<string[]> {
  const { portfolioFile: f } = store.tables;
  const isOf = "workId" in of ? eq(f.workId, of.workId) : eq(f.honourId, of.honourId);
  const gone = await store.db
    .delete(f)
    .where(and(eq(f.schoolId, schoolId), isOf))
    .returning({ fileName: f.fileName, smallFileName: f.smallFileName });
  return namesOf(gone);
}

/** Marks files still there although photo consent was withdrawn after their upload. @returns the names of what is to go */
export async function removeWithdrawnPortfolioFiles(
  store: Store,
  schoolId: string,
  removedAt: Date,
  limit: number,
): Promise<string[]> {
  const { portfolioFile: f, consent: c } = store.tables;
  const found = await store.db
    .selectDistinct({ id: f.id })
    .from(c)
    .innerJoin(f, and(eq(f.schoolId, c.schoolId), eq(f.studentId, c.studentId)))
    .where(isToBeRemoved(f, f.uploadedAt, store, schoolId))
    .limit(limit);
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return [];
  const gone = await store.db
    .update(f)
    .set({ removedAt })
    .where(and(eq(f.schoolId, schoolId), inArray(f.id, ids), isNull(f.removedAt)))
    .returning({ fileName: f.fileName, smallFileName: f.smallFileName });
  return namesOf(gone);
}

/** Forgets files that nothing has named since a day ago or so. @returns the names of what is to go */
export async function forgetUnboundPortfolioFiles(
  store: Store,
  schoolId: string,
  uploadedBefore: Date,
  limit: number,
): Promise<string[]> {
  const { portfolioFile: f } = store.tables;
  const isUnbound = and(
    eq(f.schoolId, schoolId),
    isNull(f.workId),
    isNull(f.honourId),
    lt(f.uploadedAt, uploadedBefore),
  );
  const some = await store.db.select({ id: f.id }).from(f).where(isUnbound).limit(limit);
  if (some.length === 0) return [];
  const ids = some.map(({ id }) => id);
  const gone = await store.db
    .delete(f)
    .where(and(isUnbound, inArray(f.id, ids)))
    .returning({ fileName: f.fileName, smallFileName: f.smallFileName });
  return namesOf(gone);
}

/** A row that must have its files on the disk. */
export interface KeptPortfolioFile {
  readonly id: string;
  readonly names: readonly string[];
}

/** The files that must be on the disk, in the order of their ids, page by page. */
export async function keptPortfolioFiles(
  store: Store,
  schoolId: string,
  page: { readonly after: string; readonly limit: number },
): Promise<KeptPortfolioFile[]> {
  const { portfolioFile: f } = store.tables;
  const rows = await store.db
    .select({ id: f.id, fileName: f.fileName, smallFileName: f.smallFileName })
    .from(f)
    .where(and(eq(f.schoolId, schoolId), gt(f.id, page.after), isNull(f.removedAt)))
    .orderBy(asc(f.id))
    .limit(page.limit);
  return rows.map((row) => ({ id: row.id, names: namesOf([row]) }));
}

function belongs(store: Store) {
  const { portfolioFile: f } = store.tables;
  return sql`(${f.workId} is not null or ${f.honourId} is not null)`;
}
