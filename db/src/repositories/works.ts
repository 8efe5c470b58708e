/** Works: added by the child, a guardian or a teacher, given a word, taken out of sight, deleted by their maker. */
import { and, desc, eq, gte, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Dimension, Role } from "@doudou/shared/domain/words.ts";
import type { Bilingual } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { isOfAskedChild } from "./placeholders.ts";

export interface NewWork {
  readonly id: string;
  readonly studentId: string;
  readonly classId: string;
  readonly termId: string;
  readonly title: string;
  readonly dimension: Dimension;
  readonly indicatorId: string | null;
  readonly reflection: string;
  readonly makerId: string;
  readonly day: string;
  readonly addedAt: Date;
}

export interface KeptWork extends NewWork {
  readonly word: string | null;
  readonly hiddenAt: Date | null;
}

/** @returns false where the id is taken: nothing was written then */
export async function addWork(store: Store, schoolId: string, work: NewWork): Promise<boolean> {
  const { work: w } = store.tables;
  const added = await store.db
    .insert(w)
    .values({ schoolId, ...work })
    .onConflictDoNothing({ target: [w.schoolId, w.id] })
    .returning({ id: w.id });
  return added.length > 0;
}

export async function workById(store: Store, schoolId: string, id: string): Promise<KeptWork | undefined> {
  const { work: w } = store.tables;
  const [row] = await store.db
    .select()
    .from(w)
    .where(and(eq(w.schoolId, schoolId), eq(w.id, id)));
  return row;
}

/** How many works a child has in a term. */
export async function countWorks(
  store: Store,
  schoolId: string,
  of: { readonly studentId: string; readonly termId: string },
): Promise<number> {
  const { work: w } = store.tables;
  const [row] = await store.db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(w)
    .where(and(eq(w.schoolId, schoolId), eq(w.studentId, of.studentId), eq(w.termId, of.termId)));
  return row?.count ?? 0;
}

/** A work as people read it. */
export interface WorkLine extends NewWork {
  readonly studentName: string;
  readonly indicator: Bilingual | null;
  readonly by: string;
  readonly byRole: Role;
  readonly word: string | null;
  readonly wordBy: string | null;
  readonly hidden: { readonly at: Date; readonly by: string; readonly reason: string } | null;
}

/** A child's works of all years, newest first. */
export async function worksOf(
  store: Store,
  schoolId: string,
  studentId: string,
  { withHidden }: { readonly withHidden: boolean },
): Promise<WorkLine[]> {
  const rows = await store
    .prepared(withHidden ? "worksOf, hidden too" : "worksOf", () => {
      const { work: w } = store.tables;
      return worksQuery(store)
        .where(and(isOfAskedChild(w), withHidden ? undefined : isNull(w.hiddenAt)))
        .orderBy(desc(w.addedAt), desc(w.id));
    })
    .execute({ schoolId, studentId });
  return rows.map(workLine);
}

/** Works that children of a class and their guardians added since a moment, newest first. */
export async function worksOfClass(
  store: Store,
  schoolId: string,
  classId: string,
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<WorkLine[]> {
  const { work: w } = store.tables;
  const rows = await worksQuery(store)
    .where(and(eq(w.schoolId, schoolId), eq(w.classId, classId), gte(w.addedAt, since)))
    .orderBy(desc(w.addedAt), desc(w.id))
    .limit(limit);
  return rows.map(workLine);
}

/** The homeroom teacher's word, or none any more. */
export async function setWord(
  store: Store,
  schoolId: string,
  id: string,
  { word, by, at }: { readonly word: string | null; readonly by: string; readonly at: Date },
): Promise<void> {
  const { work: w } = store.tables;
  await store.db
    .update(w)
    .set(word === null ? { word, wordBy: null, wordAt: null } : { word, wordBy: by, wordAt: at })
    .where(and(eq(w.schoolId, schoolId), eq(w.id, id)));
}

/** Takes a work out of sight, or shows it again. @param hidden null to show it */
export async function setHidden(
  store: Store,
  schoolId: string,
  id: string,
  hidden: { readonly by: string; readonly at: Date; readonly reason: string } | null,
): Promise<void> {
  const { work: w } = store.tables;
  await store.db
    .update(w)
    .set({
      hiddenAt: hidden?.at ?? null,
      hiddenBy: hidden?.by ?? null,
      hiddenReason: hidden?.reason ?? null,
    })
    .where(and(eq(w.schoolId, schoolId), eq(w.id, id)));
}

/** Deletes a work, whose files are deleted before: see portfolio-files.ts. */
export async function deleteWork(store: Store, schoolId: string, id: string): Promise<void> {
  const { work: w } = store.tables;
  await store.db.delete(w).where(and(eq(w.schoolId, schoolId), eq(w.id, id)));
}

function worksQuery(store: Store) {
  const { work: w, student: s, membership: m, indicator: i } = store.tables;
  const [speaker, hider] = [alias(m, "speaker"), alias(m, "hider")];
  return store.db
    .select({
      work: w,
      studentName: s.name,
      by: m.displayName,
      byRole: m.role,
      indicatorZh: i.nameZh,
      indicatorEn: i.nameEn,
      speaker: speaker.displayName,
      hider: hider.displayName,
    })
    .from(w)
    .innerJoin(s, and(eq(s.schoolId, w.schoolId), eq(s.id, w.studentId)))
    .innerJoin(m, and(eq(m.schoolId, w.schoolId), eq(m.id, w.makerId)))
    .leftJoin(i, and(eq(i.schoolId, w.schoolId), eq(i.id, w.indicatorId)))
    .leftJoin(speaker, and(eq(speaker.schoolId, w.schoolId), eq(speaker.id, w.wordBy)))
    .leftJoin(hider, and(eq(hider.schoolId, w.schoolId), eq(hider.id, w.hiddenBy)))
    .$dynamic();
}

function workLine(row: Awaited<ReturnType<typeof worksQuery>>[number]): WorkLine {
  const { work, indicatorZh, indicatorEn, speaker, hider, ...people } = row;
  const { id, studentId, classId, termId, title, dimension, indicatorId, reflection, makerId, day, addedAt } =
    work;
  return {
    id,
    studentId,
    classId,
    termId,
    title,
    dimension,
    indicatorId,
    reflection,
    makerId,
    day,
    addedAt,
    ...people,
    indicator:
      indicatorZh !== null && indicatorEn !== null
        ? {
            zh: indicatorZh,
            en: indicatorEn,
          }
        : null,
    word: work.word,
    wordBy: speaker,
    hidden:
      work.hiddenAt !== null && work.hiddenReason !== null
        ? {
            at: work.hiddenAt,
            by: hider ?? "",
            reason: work.hiddenReason,
          }
        : null,
  };
}
