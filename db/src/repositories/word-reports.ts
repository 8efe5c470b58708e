/** Words that hurt: reported, read, answered. Finds the words that are meant; decides nothing and takes nothing back. */
import { and, asc, count, desc, eq, isNull, ne, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { PeerStarter } from "@doudou/shared/domain/voices.ts";
import type { ReportableWords, ReportReader, WordReportState } from "@doudou/shared/domain/word-reports.ts";
import type { Store } from "../engines/database.ts";

/** Words by what they are the words of. */
export interface WordsRef {
  readonly kind: ReportableWords;
  readonly wordsId: string;
}

export interface NewWordReport extends WordsRef {
  readonly id: string;
  readonly studentId: string;
  readonly classId: string;
  readonly reportedBy: string;
  readonly reader: ReportReader;
  readonly said: string;
  readonly reportedAt: Date;
}

/** @returns false where the same one has reported these words before: nothing was written then */
export async function addWordReport(store: Store, schoolId: string, report: NewWordReport): Promise<boolean> {
  const { wordReport: r } = store.tables;
  const added = await store.db
    .insert(r)
    .values({ schoolId, ...report, state: "open" })
    .onConflictDoNothing({ target: [r.schoolId, r.studentId, r.kind, r.wordsId, r.reportedBy] })
    .returning({ id: r.id });
  return added.length > 0;
}

export interface WordReportRow extends NewWordReport {
  readonly state: WordReportState;
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly answerSeenAt: Date | null;
}

/** What was reported of the words about a child, latest first. */
export async function wordReportsOf(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<WordReportRow[]> {
  const { wordReport: r } = store.tables;
  return await store.db
    .select()
    .from(r)
    .where(and(eq(r.schoolId, schoolId), eq(r.studentId, studentId)))
    .orderBy(desc(r.reportedAt), desc(r.id));
}

/** Whose desk: of a class's leader, or the office's. */
export type WordReportDesk =
  | { readonly reader: "homeroom"; readonly classId: string }
  | { readonly reader: "office" };

export interface WordReportLine extends WordReportRow {
  readonly studentName: string;
  readonly className: string;
  readonly grade: number;
  readonly reporterName: string;
  readonly isByChild: boolean;
  /** Null where the words are gone. */
  readonly words: string | null;
  readonly starter: PeerStarter | null;
  readonly author: string | null;
}

/** What is on a desk: what waits, oldest first, or what was answered, latest first. */
export async function wordReportsOnDesk(
  store: Store,
  schoolId: string,
  desk: WordReportDesk,
  { isOpen, id, limit }: { readonly isOpen: boolean; readonly id?: string; readonly limit: number },
): Promise<WordReportLine[]> {
  const { wordReport: r, student: s, schoolClass: c, membership: m, voice: v, award: a } = store.tables;
  const { proposal: p } = store.tables;
  const [mate, thanker] = [alias(s, "mate"), alias(s, "thanker")];
  const [recorder, reporter] = [alias(m, "recorder"), alias(m, "reporter")];
  const rows = await store.db
    .select({
      report: r,
      studentName: s.name,
      className: c.name,
      grade: c.grade,
      reporterName: reporter.displayName,
      reporterIs: reporter.studentId,
      said: { words: v.words, starter: v.starter, by: mate.name },
      note: { words: a.note, by: recorder.displayName, thanksFrom: thanker.name },
    })
    .from(r)
    .innerJoin(s, and(eq(s.schoolId, r.schoolId), eq(s.id, r.studentId)))
    .innerJoin(c, and(eq(c.schoolId, r.schoolId), eq(c.id, r.classId)))
    .innerJoin(reporter, and(eq(reporter.schoolId, r.schoolId), eq(reporter.id, r.reportedBy)))
    .leftJoin(v, and(eq(r.kind, "voice"), eq(v.schoolId, r.schoolId), eq(v.id, r.wordsId)))
    .leftJoin(mate, and(eq(mate.schoolId, v.schoolId), eq(mate.id, v.fromId)))
    .leftJoin(a, and(eq(r.kind, "award"), eq(a.schoolId, r.schoolId), eq(a.id, r.wordsId)))
    .leftJoin(recorder, and(eq(recorder.schoolId, a.schoolId), eq(recorder.id, a.recorderId)))
    .leftJoin(p, and(eq(p.schoolId, a.schoolId), eq(p.awardId, a.id), eq(p.voice, "peer")))
    .leftJoin(thanker, and(eq(thanker.schoolId, p.schoolId), eq(thanker.id, p.fromId)))
    .where(
      and(
        eq(r.schoolId, schoolId),
        isOn(r, desk),
        id === undefined ? undefined : eq(r.id, id),
        isOpen ? eq(r.state, "open") : ne(r.state, "open"),
      ),
    )
    .orderBy(...(isOpen ? [asc(r.reportedAt), asc(r.id)] : [desc(r.reportedAt), desc(r.id)]))
    .limit(limit);
  return rows.map(({ report, said, note, reporterIs, ...names }) => ({
    ...report,
    ...names,
    isByChild: reporterIs === report.studentId,
    words: said.words ?? note.words,
    starter: said.starter,
    author: said.by ?? note.thanksFrom ?? note.by,
  }));
}

/** How much waits on a desk. */
export async function openWordReports(store: Store, schoolId: string, desk: WordReportDesk): Promise<number> {
  const { wordReport: r } = store.tables;
  const [row] = await store.db
    .select({ open: count() })
    .from(r)
    .where(and(eq(r.schoolId, schoolId), isOn(r, desk), eq(r.state, "open")));
  return row?.open ?? 0;
}

function isOn(r: Store["tables"]["wordReport"], desk: WordReportDesk): SQL | undefined {
  const isRead = eq(r.reader, desk.reader);
  return desk.reader === "homeroom" ? and(isRead, eq(r.classId, desk.classId)) : isRead;
}

/** One report, by its id. */
export async function wordReportById(
  store: Store,
  schoolId: string,
  id: string,
): Promise<WordReportRow | undefined> {
  const { wordReport: r } = store.tables;
  const [kept] = await store.db
    .select()
    .from(r)
    .where(and(eq(r.schoolId, schoolId), eq(r.id, id)));
  return kept;
}

/** Answers what is open. @returns false where it is answered already */
export async function settleWordReport(
  store: Store,
  schoolId: string,
  id: string,
  settled: {
    readonly state: Exclude<WordReportState, "open">;
    readonly answer: string;
    readonly answeredBy: string;
    readonly answeredAt: Date;
  },
): Promise<boolean> {
  const { wordReport: r } = store.tables;
  const rows = await store.db
    .update(r)
    .set(settled)
    .where(and(eq(r.schoolId, schoolId), eq(r.id, id), eq(r.state, "open")))
    .returning({ id: r.id });
  return rows.length > 0;
}

/** Whoever reported it has seen the answer; the first time stands. */
export async function seeWordReportAnswer(
  store: Store,
  schoolId: string,
  of: { readonly id: string; readonly studentId: string; readonly reportedBy: string },
  at: Date,
): Promise<void> {
  const { wordReport: r } = store.tables;
  await store.db
    .update(r)
    .set({ answerSeenAt: at })
    .where(
      and(
        eq(r.schoolId, schoolId),
        eq(r.id, of.id),
        eq(r.studentId, of.studentId),
        eq(r.reportedBy, of.reportedBy),
        ne(r.state, "open"),
        isNull(r.answerSeenAt),
      ),
    );
}

/** Words that stand where a child reads them. `authorId`: of the grown-up whose they are; null where a child said them. */
export interface StandingWords {
  readonly classId: string;
  readonly authorId: string | null;
}

/** The words of a voice that was passed on, or the note of an award that stands; undefined for any other. */
export async function standingWords(
  store: Store,
  schoolId: string,
  studentId: string,
  { kind, wordsId }: WordsRef,
): Promise<StandingWords | undefined> {
  const { voice: v, award: a, awardVoid: x, proposal: p } = store.tables;
  if (kind === "voice") {
    const [said] = await store.db
      .select({ classId: v.classId, authorId: v.authorId })
      .from(v)
      .where(
        and(
          eq(v.schoolId, schoolId),
          eq(v.id, wordsId),
          eq(v.studentId, studentId),
          eq(v.kind, "peer"),
          eq(v.state, "released"),
        ),
      );
    return said;
  }
  const [given] = await store.db
    .select({
      classId: a.classId,
      note: a.note,
      recorderId: a.recorderId,
      voice: p.voice,
      guardianId: p.guardianId,
    })
    .from(a)
    .leftJoin(x, and(eq(x.schoolId, a.schoolId), eq(x.awardId, a.id)))
    .leftJoin(p, and(eq(p.schoolId, a.schoolId), eq(p.awardId, a.id)))
    .where(and(eq(a.schoolId, schoolId), eq(a.id, wordsId), eq(a.studentId, studentId), isNull(x.awardId)));
  if (!given?.note) return undefined;
  return { classId: given.classId, authorId: given.voice === null ? given.recorderId : given.guardianId };
}
