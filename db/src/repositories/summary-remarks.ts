/** Sentences of subject teachers about a child, for its term summary. Each is its author's: nobody else changes it. */
import { and, asc, eq, inArray, ne } from "drizzle-orm";
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
  /** Counts its saves, and so does what was taken away and is written again. */
  readonly version: number;
  readonly savedAt: Date;
}

/** What stands about these students in a term, subject by subject. */
export async function remarksOn(
  store: Store,
  schoolId: string,
  termId: string,
  studentIds: readonly string[],
): Promise<SummaryRemark[]> {
  return (await everyRemarkOn(store, schoolId, termId, studentIds)).filter(({ text }) => text !== "");
}

/** The same with those that were taken away: their text is empty, and `savedAt` says when. */
export async function everyRemarkOn(
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

/** All that stands about a child, for a copy of its record. */
export async function remarksOnChild(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<(SummaryRemark & { readonly termId: string })[]> {
  const { summaryRemark: r } = store.tables;
  const rows = await remarkQuery(store)
    .where(and(eq(r.schoolId, schoolId), eq(r.studentId, studentId), ne(r.text, "")))
    .orderBy(asc(r.savedAt));
  return rows.map((row) => ({ ...remarkLine(row), termId: row.termId }));
}

/**
 * Saves a sentence if nobody saved another since the caller read version `from` (0 where there was none). An empty text
 * takes it away; when that was stays known, since it changes what was approved.
 * @returns the new version, or undefined where somebody did
 */
export async function saveRemark(
  store: Store,
  schoolId: string,
  remark: {
    readonly termId: string;
    readonly studentId: string;
    readonly authorId: string;
    readonly subjectId: string;
    readonly text: string;
    readonly from: number;
    readonly savedAt: Date;
  },
): Promise<number | undefined> {
  const { summaryRemark: r } = store.tables;
  const { text, from, savedAt, ...of } = remark;
  const saved =
    from === 0
      ? await store.db
          .insert(r)
          .values({ schoolId, ...of, text, version: 1, savedAt })
          .onConflictDoNothing()
          .returning({ version: r.version })
      : await store.db
          .update(r)
          .set({ text, version: from + 1, savedAt })
          .where(
            and(
              eq(r.schoolId, schoolId),
              eq(r.termId, of.termId),
              eq(r.studentId, of.studentId),
              eq(r.authorId, of.authorId),
              eq(r.subjectId, of.subjectId),
              eq(r.version, from),
            ),
          )
          .returning({ version: r.version });
  return saved[0]?.version;
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
      version: r.version,
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
