/**
 * Pictures that show what an award was for: who is on them, which awards they belong to, and which must go.
 * A picture counts only while photo consent has stood for every child on it since it was uploaded. Never touches a file.
 */
import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import type { Store } from "../engines/database.ts";
import { papersAmong } from "./summary-papers.ts";
import { insertRows } from "./bulk.ts";
import { askedIds } from "./placeholders.ts";

/** A picture as it was received, and the files it was turned into. */
export interface NewEvidence {
  readonly id: string;
  readonly uploaderId: string;
  readonly sentSha256: string;
  readonly largeSha256: string;
  readonly smallSha256: string;
  readonly width: number;
  readonly height: number;
  readonly uploadedAt: Date;
}

/** What people see of a picture. Removed: its files are gone, or must no longer be shown. */
export interface Picture {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly isRemoved: boolean;
}

/**
 * Writes a picture down, with the children on it.
 * @returns `repeated` where the very same was there already, `conflict` where its id stands for something else
 */
export async function addEvidence(
  store: Store,
  schoolId: string,
  picture: NewEvidence,
  studentIds: readonly string[],
): Promise<"added" | "repeated" | "conflict"> {
  const { evidence: e, evidenceStudent: s } = store.tables;
  const added = await store.db
    .insert(e)
    .values({ schoolId, ...picture })
    .onConflictDoNothing({ target: [e.schoolId, e.id] })
    .returning({ id: e.id });
  if (added.length > 0) {
    const students = studentIds.map((studentId) => ({ schoolId, evidenceId: picture.id, studentId }));
    await insertRows(store, s, students);
    return "added";
  }
  const kept = await evidenceSent(store, schoolId, picture.id);
  return kept && isRepeat(kept, picture, studentIds) ? "repeated" : "conflict";
}

/** What tells a repeated upload from another one under the same id. */
export interface SentEvidence {
  readonly uploaderId: string;
  readonly sentSha256: string;
  readonly width: number;
  readonly height: number;
  readonly studentIds: readonly string[];
}

/** A picture as it was sent, if it was. */
export async function evidenceSent(
  store: Store,
  schoolId: string,
  evidenceId: string,
): Promise<SentEvidence | undefined> {
  const { evidence: e, evidenceStudent: s } = store.tables;
  const [row] = await store.db
    .select({ uploaderId: e.uploaderId, sentSha256: e.sentSha256, width: e.width, height: e.height })
    .from(e)
    .where(and(eq(e.schoolId, schoolId), eq(e.id, evidenceId)));
  if (!row) return undefined;
  const students = await store.db
    .select({ id: s.studentId })
    .from(s)
    .where(and(eq(s.schoolId, schoolId), eq(s.evidenceId, evidenceId)));
  return { ...row, studentIds: students.map(({ id }) => id) };
}

/** Whether what comes now under an id is what came before: the same bytes, from the same person, of the same children. */
export function isRepeat(
  kept: SentEvidence,
  sent: Pick<SentEvidence, "uploaderId" | "sentSha256">,
  studentIds: readonly string[],
): boolean {
  return (
    kept.uploaderId === sent.uploaderId &&
    kept.sentSha256 === sent.sentSha256 &&
    hasSame(kept.studentIds, studentIds)
  );
}

/** What an award asks of the pictures it names. */
export interface EvidenceUse {
  readonly studentId: string;
  readonly recorderId: string;
  readonly evidenceIds: readonly string[];
  readonly needsEvidence: boolean;
}

export type EvidenceObstacle =
  | "evidence-required"
  | "evidence-not-found"
  | "evidence-of-others"
  | "evidence-removed"
  | "evidence-taken";

/**
 * What keeps an award from naming these pictures: the recorder must have uploaded each, the child must be on it, it
 * must still be there, and no other award of this child may have it. To be asked inside the award's own write.
 */
export async function evidenceObstacle(
  store: Store,
  schoolId: string,
  { studentId, recorderId, evidenceIds, needsEvidence }: EvidenceUse,
): Promise<EvidenceObstacle | undefined> {
  if (evidenceIds.length === 0) return needsEvidence ? "evidence-required" : undefined;
  const { evidence: e, evidenceStudent: s, awardEvidence: b } = store.tables;
  const rows = await store.db
    .select({ id: e.id, onIt: s.studentId, takenBy: b.awardId, isRemoved: isRemoved(store) })
    .from(e)
    .leftJoin(s, and(eq(s.schoolId, e.schoolId), eq(s.evidenceId, e.id), eq(s.studentId, studentId)))
    .leftJoin(b, and(eq(b.schoolId, e.schoolId), eq(b.evidenceId, e.id), eq(b.studentId, studentId)))
    .where(and(eq(e.schoolId, schoolId), eq(e.uploaderId, recorderId), inArray(e.id, [...evidenceIds])));
  if (rows.length < evidenceIds.length) return "evidence-not-found";
  if (rows.some(({ onIt }) => onIt === null)) return "evidence-of-others";
  if (rows.some((row) => row.isRemoved)) return "evidence-removed";
  return rows.some(({ takenBy }) => takenBy !== null) ? "evidence-taken" : undefined;
}

/** Binds pictures to an award that is in the ledger, for good. To be called once `evidenceObstacle` finds nothing. */
export async function bindEvidence(
  store: Store,
  schoolId: string,
  award: { readonly id: string; readonly studentId: string; readonly evidenceIds: readonly string[] },
  boundAt: Date,
): Promise<void> {
  if (award.evidenceIds.length === 0) return;
  const { evidence: e, awardEvidence: b } = store.tables;
  const { id: awardId, studentId } = award;
  await insertRows(
    store,
    b,
    award.evidenceIds.map((evidenceId) => ({ schoolId, evidenceId, studentId, awardId })),
  );
  await store.db
    .update(e)
    .set({ boundAt })
    .where(and(eq(e.schoolId, schoolId), inArray(e.id, [...award.evidenceIds]), isNull(e.boundAt)));
}

/** Whether an award names exactly these pictures. */
export async function namesEvidence(
  store: Store,
  schoolId: string,
  awardId: string,
  evidenceIds: readonly string[],
): Promise<boolean> {
  const { awardEvidence: b } = store.tables;
  const bound = await store.db
    .select({ id: b.evidenceId })
    .from(b)
    .where(and(eq(b.schoolId, schoolId), eq(b.awardId, awardId)));
  return hasSame(
    bound.map(({ id }) => id),
    evidenceIds,
  );
}

/** The pictures of awards, by award. */
export async function evidenceOfAwards(
  store: Store,
  schoolId: string,
  awardIds: readonly string[],
): Promise<Map<string, Picture[]>> {
  const pictures = new Map<string, Picture[]>();
  if (awardIds.length === 0) return pictures;
  const asked = askedIds(awardIds);
  const rows = await store
    .prepared(`evidenceOfAwards/${asked.size}`, () => {
      const { evidence: e, awardEvidence: b } = store.tables;
      return store.db
        .select({
          awardId: b.awardId,
          id: e.id,
          width: e.width,
          height: e.height,
          isRemoved: isRemoved(store),
        })
        .from(b)
        .innerJoin(e, and(eq(e.schoolId, b.schoolId), eq(e.id, b.evidenceId)))
        .where(and(eq(b.schoolId, sql.placeholder("schoolId")), inArray(b.awardId, asked.placeholders)))
        .orderBy(asc(e.id));
    })
    .execute({ schoolId, ...asked.values });
  for (const { awardId, ...picture } of rows) {
    pictures.set(awardId, [...(pictures.get(awardId) ?? []), picture]);
  }
  return pictures;
}

/** A picture that belongs to an award of this child. */
export interface PictureOfStudent {
  readonly largeSha256: string;
  readonly smallSha256: string;
  readonly isRemoved: boolean;
  readonly isVoided: boolean;
}

/** A picture, if an award of this child names it. */
export async function pictureOfStudent(
  store: Store,
  schoolId: string,
  studentId: string,
  evidenceId: string,
): Promise<PictureOfStudent | undefined> {
  const { evidence: e, awardEvidence: b, awardVoid: v } = store.tables;
  const [row] = await store.db
    .select({
      largeSha256: e.largeSha256,
      smallSha256: e.smallSha256,
      isRemoved: isRemoved(store),
      voidedAt: v.voidedAt,
    })
    .from(b)
    .innerJoin(e, and(eq(e.schoolId, b.schoolId), eq(e.id, b.evidenceId)))
    .leftJoin(v, and(eq(v.schoolId, b.schoolId), eq(v.awardId, b.awardId)))
    .where(and(eq(b.schoolId, schoolId), eq(b.studentId, studentId), eq(b.evidenceId, evidenceId)));
  if (!row) return undefined;
  const { voidedAt, ...picture } = row;
  return { ...picture, isVoided: voidedAt !== null };
}

/** The files of a picture, each named by its SHA-256. */
export interface EvidenceFiles {
  readonly id: string;
  readonly largeSha256: string;
  readonly smallSha256: string;
}

/** Pictures still there although consent to a child on them was withdrawn after they were uploaded. */
export async function withdrawnEvidence(
  store: Store,
  schoolId: string,
  limit: number,
): Promise<EvidenceFiles[]> {
  const { evidence: e, evidenceStudent: s, consent: c } = store.tables;
  return await store.db
    .selectDistinct({ id: e.id, largeSha256: e.largeSha256, smallSha256: e.smallSha256 })
    .from(c)
    .innerJoin(s, and(eq(s.schoolId, c.schoolId), eq(s.studentId, c.studentId)))
    .innerJoin(e, and(eq(e.schoolId, s.schoolId), eq(e.id, s.evidenceId)))
    .where(
      and(
        eq(c.schoolId, schoolId),
        eq(c.purpose, "photo"),
        isNotNull(c.withdrawnAt),
        gt(c.withdrawnAt, e.uploadedAt),
        isNull(e.removedAt),
      ),
    )
    .limit(limit);
}

/** The ledger keeps saying that there were pictures; their files are to go now. */
export async function markRemoved(
  store: Store,
  schoolId: string,
  evidenceIds: readonly string[],
  removedAt: Date,
): Promise<void> {
  if (evidenceIds.length === 0) return;
  const { evidence: e } = store.tables;
  await store.db
    .update(e)
    .set({ removedAt })
    .where(and(eq(e.schoolId, schoolId), inArray(e.id, [...evidenceIds]), isNull(e.removedAt)));
}

/**
 * Forgets pictures that no award has named since a day ago or so.
 * @returns whose files are to go now
 */
export async function forgetUnbound(
  store: Store,
  schoolId: string,
  uploadedBefore: Date,
  limit: number,
): Promise<EvidenceFiles[]> {
  const { evidence: e, evidenceStudent: s } = store.tables;
  const isUnbound = and(eq(e.schoolId, schoolId), isNull(e.boundAt), lt(e.uploadedAt, uploadedBefore));
  const files = { id: e.id, largeSha256: e.largeSha256, smallSha256: e.smallSha256 };
  const found = await store.db.select(files).from(e).where(isUnbound).orderBy(asc(e.uploadedAt)).limit(limit);
  if (found.length === 0) return [];
  // An award may be naming one of them at this very moment: from here on it waits, or has been waited for.
  await store.lock(found.map(({ id }) => evidenceLock(schoolId, id)));
  const ids = found.map(({ id }) => id);
  const still = await store.db
    .select(files)
    .from(e)
    .where(and(isUnbound, inArray(e.id, ids)));
  const gone = still.map(({ id }) => id);
  await store.db.delete(s).where(and(eq(s.schoolId, schoolId), inArray(s.evidenceId, gone)));
  await store.db.delete(e).where(and(eq(e.schoolId, schoolId), inArray(e.id, gone)));
  return still;
}

/** The name to lock while a picture is bound or forgotten. */
export function evidenceLock(schoolId: string, evidenceId: string): string {
  return `${schoolId}/evidence/${evidenceId}`;
}

/** Which of these files, by their names, some picture, work, honour, transfer file or published summary still needs. */
export async function filesInUse(
  store: Store,
  schoolId: string,
  hashes: readonly string[],
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const { evidence: e } = store.tables;
  const asked = [...hashes];
  const rows = await store.db
    .select({ large: e.largeSha256, small: e.smallSha256 })
    .from(e)
    .where(
      and(
        eq(e.schoolId, schoolId),
        isNull(e.removedAt),
        or(inArray(e.largeSha256, asked), inArray(e.smallSha256, asked)),
      ),
    );
  const { schoolLogo: l } = store.tables;
  const logos = await store.db
    .select({ large: l.largeSha256, small: l.smallSha256 })
    .from(l)
    .where(eq(l.schoolId, schoolId));
  const { portfolioFile: f } = store.tables;
  const files = await store.db
    .select({ large: f.fileName, small: f.smallFileName })
    .from(f)
    .where(
      and(
        eq(f.schoolId, schoolId),
        isNull(f.removedAt),
        or(inArray(f.fileName, asked), inArray(f.smallFileName, asked)),
      ),
    );
  const { transferFile: t } = store.tables;
  const brought = await store.db
    .select({ large: t.fileName, small: t.smallFileName })
    .from(t)
    .where(
      and(
        eq(t.schoolId, schoolId),
        isNull(t.removedAt),
        or(inArray(t.fileName, asked), inArray(t.smallFileName, asked)),
      ),
    );
  const papers = await papersAmong(store, schoolId, asked);
  const used = [...rows, ...logos, ...files, ...brought].flatMap(({ large, small }) => [large, small]);
  return new Set([...used, ...papers].filter((hash) => asked.includes(hash)));
}

/** The pictures that must be on the disk, in the order of their ids, page by page. */
export async function keptEvidence(
  store: Store,
  schoolId: string,
  page: { readonly after: string; readonly limit: number },
): Promise<EvidenceFiles[]> {
  const { evidence: e } = store.tables;
  return await store.db
    .select({ id: e.id, largeSha256: e.largeSha256, smallSha256: e.smallSha256 })
    .from(e)
    .where(and(eq(e.schoolId, schoolId), gt(e.id, page.after), isNull(e.removedAt)))
    .orderBy(asc(e.id))
    .limit(page.limit);
}

/** Its files are gone, or consent to a child on it was withdrawn after it was uploaded. */
function isRemoved(store: Store) {
  const { evidence: e, evidenceStudent: s, consent: c } = store.tables;
  const withdrawn = store.db
    .select({ one: sql`1` })
    .from(s)
    .innerJoin(c, and(eq(c.schoolId, s.schoolId), eq(c.studentId, s.studentId)))
    .where(
      and(
        eq(s.schoolId, e.schoolId),
        eq(s.evidenceId, e.id),
        eq(c.purpose, "photo"),
        gt(c.withdrawnAt, e.uploadedAt),
      ),
    );
  return sql`(${e.removedAt} is not null or exists ${withdrawn})`.mapWith(Boolean);
}

function hasSame(ids: readonly string[], others: readonly string[]): boolean {
  return ids.length === others.length && new Set([...ids, ...others]).size === ids.length;
}
