/**
 * What children bring from another school: brought, answered, shown and taken away again. Writes to no other table: what
 * counts here is not made of what counted elsewhere.
 */
import { and, asc, desc, eq, gt, inArray, isNull, lt } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { TransferredPortfolio } from "@doudou/shared/contract/transfers.ts";
import type { TransferState } from "@doudou/shared/domain/transfer.ts";
import type { FileKind } from "@doudou/shared/domain/works.ts";
import type { Store } from "../engines/database.ts";
import { insertRows } from "./bulk.ts";
import { isRemovedFile, isToBeRemoved, namesOf } from "./child-files.ts";
import { isOfAskedChild } from "./placeholders.ts";

export interface NewTransfer {
  readonly id: string;
  readonly studentId: string;
  /** Of the archive as it came, hex. */
  readonly sentSha256: string;
  readonly fromSchool: string;
  readonly keyId: string;
  readonly isKnownKey: boolean;
  readonly madeAt: Date;
  readonly portfolio: TransferredPortfolio;
  readonly broughtBy: string;
  readonly broughtAt: Date;
}

export interface NewTransferFile {
  readonly id: string;
  readonly name: string;
  readonly kind: FileKind;
  readonly fileName: string;
  readonly smallFileName: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly bytes: number;
}

export interface TransferFile extends NewTransferFile {
  readonly transferId: string;
  /** Its files are gone, or must no longer be shown. */
  readonly isRemoved: boolean;
}

export interface TransferRow extends Omit<NewTransfer, "portfolio"> {
  readonly state: TransferState;
  readonly portfolio: TransferredPortfolio | null;
  readonly answeredAt: Date | null;
}

export interface TransferLine extends TransferRow {
  readonly broughtByName: string;
  readonly answeredByName: string | null;
}

/** Adds one that waits for an answer, with its files. @returns false where the id is taken: nothing was written then */
export async function addTransfer(
  store: Store,
  schoolId: string,
  brought: NewTransfer,
  files: readonly NewTransferFile[],
): Promise<boolean> {
  const { transfer: t, transferFile: f } = store.tables;
  const added = await store.db
    .insert(t)
    .values({ schoolId, ...brought, state: "waiting" })
    .onConflictDoNothing({ target: [t.schoolId, t.id] })
    .returning({ id: t.id });
  if (added.length === 0) return false;
  const { id: transferId, studentId, broughtAt: keptAt } = brought;
  await insertRows(
    store,
    f,
    files.map((file) => ({ schoolId, transferId, studentId, keptAt, ...file })),
  );
  return true;
}

/** Whichever child it is of. */
export async function transferById(
  store: Store,
  schoolId: string,
  id: string,
): Promise<TransferRow | undefined> {
  const { transfer: t } = store.tables;
  const [row] = await store.db
    .select()
    .from(t)
    .where(and(eq(t.schoolId, schoolId), eq(t.id, id)));
  return row;
}

/** What was brought for a child, the latest first. */
export async function transfersOf(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<TransferLine[]> {
  const rows = await store
    .prepared("transfersOf", () => {
      const { transfer: t, membership } = store.tables;
      const [bringer, answerer] = [alias(membership, "bringer"), alias(membership, "answerer")];
      return store.db
        .select({
          transfer: t,
          broughtByName: bringer.displayName,
          answeredByName: answerer.displayName,
        })
        .from(t)
        .innerJoin(bringer, and(eq(bringer.schoolId, t.schoolId), eq(bringer.id, t.broughtBy)))
        .leftJoin(answerer, and(eq(answerer.schoolId, t.schoolId), eq(answerer.id, t.answeredBy)))
        .where(isOfAskedChild(t))
        .orderBy(desc(t.broughtAt), desc(t.id));
    })
    .execute({ schoolId, studentId });
  return rows.map(({ transfer, ...names }) => ({ ...transfer, ...names }));
}

/** A guardian says yes. @returns false where it does not wait any more */
export async function takeTransfer(
  store: Store,
  schoolId: string,
  id: string,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<boolean> {
  const { transfer: t } = store.tables;
  const taken = await store.db
    .update(t)
    .set({ state: "taken", answeredBy: by, answeredAt: at })
    .where(and(eq(t.schoolId, schoolId), eq(t.id, id), eq(t.state, "waiting")))
    .returning({ id: t.id });
  return taken.length > 0;
}

/**
 * Lets go of what was in one that waits; that there was one stays.
 * @param answer of a guardian; null where nobody answered in time
 * @returns the names of what is to go now; undefined where it does not wait any more
 */
export async function emptyTransfer(
  store: Store,
  schoolId: string,
  id: string,
  answer: { readonly by: string; readonly at: Date } | null,
): Promise<string[] | undefined> {
  const { transfer: t } = store.tables;
  const emptied = await store.db
    .update(t)
    .set({
      state: answer ? "declined" : "expired",
      portfolio: null,
      answeredBy: answer?.by ?? null,
      answeredAt: answer?.at ?? null,
    })
    .where(and(eq(t.schoolId, schoolId), eq(t.id, id), eq(t.state, "waiting")))
    .returning({ id: t.id });
  return emptied.length === 0 ? undefined : await deleteFiles(store, schoolId, id);
}

/** Takes one away as if it had never come. @returns the names of what is to go now */
export async function deleteTransfer(store: Store, schoolId: string, id: string): Promise<string[]> {
  const { transfer: t } = store.tables;
  const names = await deleteFiles(store, schoolId, id);
  await store.db.delete(t).where(and(eq(t.schoolId, schoolId), eq(t.id, id)));
  return names;
}

/** Those that nobody has answered since a moment. */
export async function unansweredTransfers(
  store: Store,
  schoolId: string,
  broughtBefore: Date,
  limit: number,
): Promise<Pick<TransferRow, "id" | "studentId">[]> {
  const { transfer: t } = store.tables;
  return await store.db
    .select({ id: t.id, studentId: t.studentId })
    .from(t)
    .where(and(eq(t.schoolId, schoolId), eq(t.state, "waiting"), lt(t.broughtAt, broughtBefore)))
    .orderBy(asc(t.broughtAt))
    .limit(limit);
}

/** The files of a child's, by the names its portfolios call them. */
export async function transferFilesOf(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<TransferFile[]> {
  const rows = await store
    .prepared("transferFilesOf", () => {
      const { transferFile: f } = store.tables;
      return store.db
        .select({ file: f, isRemoved: isRemovedFile(f, f.keptAt, store) })
        .from(f)
        .where(isOfAskedChild(f))
        .orderBy(asc(f.name), asc(f.id));
    })
    .execute({ schoolId, studentId });
  return rows.map(({ file, isRemoved: isGone }) => ({ ...file, isRemoved: isGone }));
}

/** Marks files still there although photo consent was withdrawn since they came. @returns the names of what is to go */
export async function removeWithdrawnTransferFiles(
  store: Store,
  schoolId: string,
  removedAt: Date,
  limit: number,
): Promise<string[]> {
  const { transferFile: f, consent: c } = store.tables;
  const found = await store.db
    .selectDistinct({ id: f.id })
    .from(c)
    .innerJoin(f, and(eq(f.schoolId, c.schoolId), eq(f.studentId, c.studentId)))
    .where(isToBeRemoved(f, f.keptAt, store, schoolId))
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

/** The files that must be on the disk, in the order of their ids, page by page. */
export async function keptTransferFiles(
  store: Store,
  schoolId: string,
  page: { readonly after: string; readonly limit: number },
): Promise<{ readonly id: string; readonly names: readonly string[] }[]> {
  const { transferFile: f } = store.tables;
  const rows = await store.db
    .select({ id: f.id, fileName: f.fileName, smallFileName: f.smallFileName })
    .from(f)
    .where(and(eq(f.schoolId, schoolId), gt(f.id, page.after), isNull(f.removedAt)))
    .orderBy(asc(f.id))
    .limit(page.limit);
  return rows.map((row) => ({ id: row.id, names: namesOf([row]) }));
}

async function deleteFiles(store: Store, schoolId: string, transferId: string): Promise<string[]> {
  const { transferFile: f } = store.tables;
  const gone = await store.db
    .delete(f)
    .where(and(eq(f.schoolId, schoolId), eq(f.transferId, transferId)))
    .returning({ fileName: f.fileName, smallFileName: f.smallFileName });
  return namesOf(gone);
}
