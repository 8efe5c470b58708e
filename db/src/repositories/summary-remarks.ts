/** Sentences of subject teachers about a child, for its term summary. Each is its author's: nobody else changes it. */
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Bilingual } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { coversDay } from "./people.ts";

export interface SummaryRemark {
  readonly studentId: string;
  readonly authorId: string;
  readonly subjectId: string;
  readonly subject: Bilingual;
  readonly by: string;
  readonly text: string;
  readonly savedAt: Date;
}

/** What was written about these students in a term, subject by subject. */
export async function remarksOn(
  store: Store,
  schoolId: string,
  termId: string,
  studentIds: readonly string[],
): Promise<SummaryRemark[]> {
  if (studentIds.length === 0) return [];
  const { summaryRemark: r } = store.tables;
  const rows = await remarkQuery(store)
    .where(and(eq(r.schoolId, schoolId), eq(r.termId, termId), inArray(r.studentId, [...studentIds])))
    .orderBy(asc(store.tables.subject.code), asc(r.savedAt));
  return rows.map(remarkLine);
}

/** All that was ever written about a child, for a copy of its record. */
export async function remarksOnChild(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<(SummaryRemark & { readonly termId: string })[]> {
  const { summaryRemark: r } = store.tables;
  const rows = await remarkQuery(store)
    .where(and(eq(r.schoolId, schoolId), eq(r.studentId, studentId)))
    .orderBy(asc(r.savedAt));
  return rows.map((row) => ({ ...remarkLine(row), termId: row.termId }));
}

/** Saves a sentence over the author's earlier one; an empty text takes it away. */
export async function saveRemark(
  store: Store,
  schoolId: string,
  remark: {
    readonly termId: string;
    readonly studentId: string;
    readonly authorId: string;
    readonly subjectId: string;
    readonly text: string;
    readonly savedAt: Date;
  },
): Promise<void> {
  const { summaryRemark: r } = store.tables;
  const { text, savedAt, ...of } = remark;
  if (text !== "") {
    await store.db
      .insert(r)
      .values({ schoolId, ...remark })
      .onConflictDoUpdate({
        target: [r.schoolId, r.termId, r.studentId, r.authorId, r.subjectId],
        set: { text, savedAt },
      });
    return;
  }
  await store.db
    .delete(r)
    .where(
      and(
        eq(r.schoolId, schoolId),
        eq(r.termId, of.termId),
        eq(r.studentId, of.studentId),
        eq(r.authorId, of.authorId),
        eq(r.subjectId, of.subjectId),
      ),
    );
}

export interface TaughtSubject {
  readonly id: string;
  readonly code: string;
  readonly name: Bilingual;
}

/** The subjects somebody teaches in a class on a day. */
export async function subjectsTaught(
  store: Store,
  schoolId: string,
  of: { readonly membershipId: string; readonly classId: string; readonly day: string },
): Promise<TaughtSubject[]> {
  const { teachingAssignment: a, subject: s } = store.tables;
  const rows = await store.db
    .selectDistinct({ id: s.id, code: s.code, nameZh: s.nameZh, nameEn: s.nameEn })
    .from(a)
    .innerJoin(s, and(eq(s.schoolId, a.schoolId), eq(s.id, a.subjectId)))
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.membershipId, of.membershipId),
        eq(a.classId, of.classId),
        coversDay(a.startsOn, a.endsOn, of.day),
      ),
    )
    .orderBy(asc(s.code));
  return rows.map(({ nameZh, nameEn, ...subject }) => ({ ...subject, name: { zh: nameZh, en: nameEn } }));
}

function remarkQuery(store: Store) {
  const { summaryRemark: r, subject: s, membership: m } = store.tables;
  return store.db
    .select({
      termId: r.termId,
      studentId: r.studentId,
      authorId: r.authorId,
      subjectId: r.subjectId,
      nameZh: s.nameZh,
      nameEn: s.nameEn,
      by: m.displayName,
      text: r.text,
      savedAt: r.savedAt,
    })
    .from(r)
    .innerJoin(s, and(eq(s.schoolId, r.schoolId), eq(s.id, r.subjectId)))
    .innerJoin(m, and(eq(m.schoolId, r.schoolId), eq(m.id, r.authorId)))
    .$dynamic();
}

function remarkLine({
  nameZh,
  nameEn,
  termId: _,
  ...row
}: Awaited<ReturnType<typeof remarkQuery>>[number]): SummaryRemark {
  return { ...row, subject: { zh: nameZh, en: nameEn } };
}
