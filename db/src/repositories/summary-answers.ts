/**
 * What guardians answer to published summaries: how far they have read, what they signed, and what they and the homeroom
 * teacher write to each other. A signature stands: nothing here changes or removes one.
 */
import {
  and,
  asc,
  type Column,
  count,
  desc,
  eq,
  inArray,
  isNotNull,
  isNull,
  max,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Strokes } from "@doudou/shared/domain/signature.ts";
import type { Store } from "../engines/database.ts";
import { isOfAskedChild } from "./placeholders.ts";

/** One revision of one child's summary of a term. */
export interface OfRevision {
  readonly studentId: string;
  readonly termId: string;
  readonly revision: number;
}

/** Whether a row is about a revision, in any table of which rows are. */
export function isOfRevision(
  columns: Readonly<Record<keyof OfRevision | "schoolId", Column>>,
  schoolId: string,
  { studentId, termId, revision }: OfRevision,
): SQL | undefined {
  return and(
    eq(columns.schoolId, schoolId),
    eq(columns.studentId, studentId),
    eq(columns.termId, termId),
    eq(columns.revision, revision),
  );
}

export interface GuardianReading {
  readonly revision: number;
  readonly guardianId: string;
  readonly name: string;
  readonly openedAt: Date;
  readonly finishedAt: Date | null;
  readonly signedAt: Date | null;
  readonly signature: Strokes | null;
  readonly signedName: string | null;
}

/** How far each guardian has come with each revision of a summary, those who came first before others. */
export async function readingsOf(
  store: Store,
  schoolId: string,
  { studentId, termId }: Omit<OfRevision, "revision">,
): Promise<GuardianReading[]> {
  const { summaryReading: r, membership: m } = store.tables;
  return await store.db
    .select({
      revision: r.revision,
      guardianId: r.guardianId,
      name: m.displayName,
      openedAt: r.openedAt,
      finishedAt: r.finishedAt,
      signedAt: r.signedAt,
      signature: r.signature,
      signedName: r.signedName,
    })
    .from(r)
    .innerJoin(m, and(eq(m.schoolId, r.schoolId), eq(m.id, r.guardianId)))
    .where(and(eq(r.schoolId, schoolId), eq(r.studentId, studentId), eq(r.termId, termId)))
    .orderBy(asc(r.openedAt), asc(r.guardianId));
}

/** Notes that a guardian has opened a revision, and that its end was reached. The first time stands. */
export async function noteReading(
  store: Store,
  schoolId: string,
  reading: OfRevision & { readonly guardianId: string; readonly at: Date; readonly isAtEnd: boolean },
): Promise<void> {
  const { summaryReading: r } = store.tables;
  const { at, isAtEnd, ...whose } = reading;
  await store.db
    .insert(r)
    .values({ schoolId, ...whose, openedAt: at, finishedAt: isAtEnd ? at : null })
    .onConflictDoNothing({ target: [r.schoolId, r.studentId, r.termId, r.revision, r.guardianId] });
  if (isAtEnd)
    await store.db
      .update(r)
      .set({ finishedAt: at })
      .where(and(isReadingOf(store, schoolId, whose), isNull(r.finishedAt)));
}

/**
 * Signs a revision that its guardian has opened.
 * @returns false where that guardian has signed it before, or never opened it
 */
export async function signRevision(
  store: Store,
  schoolId: string,
  signed: OfRevision & {
    readonly guardianId: string;
    readonly at: Date;
    readonly signature: Strokes | null;
    readonly signedName: string | null;
  },
): Promise<boolean> {
  const { summaryReading: r } = store.tables;
  const { at, signature, signedName, ...whose } = signed;
  const rows = await store.db
    .update(r)
    .set({ signedAt: at, signature, signedName })
    .where(and(isReadingOf(store, schoolId, whose), isNull(r.signedAt)))
    .returning({ guardianId: r.guardianId });
  return rows.length > 0;
}

function isReadingOf(
  { tables: { summaryReading: r } }: Store,
  schoolId: string,
  { guardianId, ...of }: OfRevision & { readonly guardianId: string },
) {
  return and(isOfRevision(r, schoolId, of), eq(r.guardianId, guardianId));
}

/** What one guardian has opened and signed of a child's summaries, and in which terms the teacher's words wait for it. */
export async function ownAnswersOf(
  store: Store,
  schoolId: string,
  { studentId, guardianId }: { readonly studentId: string; readonly guardianId: string },
) {
  const { summaryReading: r, summaryMessage: x } = store.tables;
  const guardian = sql.placeholder("guardianId");
  const readings = await store
    .prepared("ownReadingsOf", () =>
      store.db
        .select({ termId: r.termId, revision: r.revision, signedAt: r.signedAt })
        .from(r)
        .where(and(isOfAskedChild(r), eq(r.guardianId, guardian))),
    )
    .execute({ schoolId, studentId, guardianId });
  const unseen = await store
    .prepared("unseenWordsFor", () =>
      store.db
        .selectDistinct({ termId: x.termId })
        .from(x)
        .where(
          and(isOfAskedChild(x), eq(x.guardianId, guardian), eq(x.isFromGuardian, false), isNull(x.seenAt)),
        ),
    )
    .execute({ schoolId, studentId, guardianId });
  return { readings, unseenTerms: unseen.map(({ termId }) => termId) };
}

export interface Message {
  readonly id: string;
  readonly guardianId: string;
  readonly authorId: string;
  readonly by: string;
  readonly isFromGuardian: boolean;
  readonly text: string;
  readonly writtenAt: Date;
  readonly seenAt: Date | null;
}

/** What was written about a child's summary of a term, oldest first. @param of with one guardian, or with all */
export async function messagesOf(
  store: Store,
  schoolId: string,
  of: { readonly studentId: string; readonly termId: string; readonly guardianId?: string | undefined },
): Promise<Message[]> {
  const { summaryMessage: x, membership: m } = store.tables;
  return await store.db
    .select({
      id: x.id,
      guardianId: x.guardianId,
      authorId: x.authorId,
      by: m.displayName,
      isFromGuardian: x.isFromGuardian,
      text: x.text,
      writtenAt: x.writtenAt,
      seenAt: x.seenAt,
    })
    .from(x)
    .innerJoin(m, and(eq(m.schoolId, x.schoolId), eq(m.id, x.authorId)))
    .where(
      and(
        eq(x.schoolId, schoolId),
        eq(x.studentId, of.studentId),
        eq(x.termId, of.termId),
        of.guardianId === undefined ? undefined : eq(x.guardianId, of.guardianId),
      ),
    )
    .orderBy(asc(x.writtenAt), asc(x.id));
}

/** That guardians and teachers have written to each other about one child's summary of a term. */
export interface Talk {
  readonly studentId: string;
  readonly termId: string;
  /** Of guardians, that no teacher has seen. */
  readonly unseen: number;
  readonly lastWrittenAt: Date;
}

/** About which summaries of these children anything was written, latest first. */
export async function talksOf(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
): Promise<Talk[]> {
  if (studentIds.length === 0) return [];
  const { summaryMessage: x } = store.tables;
  const last = max(x.writtenAt);
  const rows = await store.db
    .select({
      studentId: x.studentId,
      termId: x.termId,
      unseen:
        sql`sum(case when ${and(eq(x.isFromGuardian, true), isNull(x.seenAt))} then 1 else 0 end)`.mapWith(
          Number,
        ),
      last,
    })
    .from(x)
    .where(and(eq(x.schoolId, schoolId), inArray(x.studentId, [...studentIds])))
    .groupBy(x.studentId, x.termId)
    .orderBy(desc(last), asc(x.studentId));
  return rows.flatMap(({ last: lastWrittenAt, ...talk }) =>
    lastWrittenAt ? [{ ...talk, lastWrittenAt }] : [],
  );
}

export interface NewMessage {
  readonly id: string;
  readonly studentId: string;
  readonly termId: string;
  readonly guardianId: string;
  readonly authorId: string;
  readonly isFromGuardian: boolean;
  readonly text: string;
  readonly writtenAt: Date;
}

/** @returns false where there is a message with that id */
export async function addMessage(store: Store, schoolId: string, message: NewMessage): Promise<boolean> {
  const { summaryMessage: x } = store.tables;
  const rows = await store.db
    .insert(x)
    .values({ schoolId, ...message })
    .onConflictDoNothing({ target: [x.schoolId, x.id] })
    .returning({ id: x.id });
  return rows.length > 0;
}

/** Notes that what one side wrote has been shown to the other. @param of with one guardian, or with all. @returns how many were new to it */
export async function noteSeen(
  store: Store,
  schoolId: string,
  of: {
    readonly studentId: string;
    readonly termId: string;
    readonly guardianId?: string | undefined;
    readonly isFromGuardian: boolean;
    readonly at: Date;
  },
): Promise<number> {
  const { summaryMessage: x } = store.tables;
  const rows = await store.db
    .update(x)
    .set({ seenAt: of.at })
    .where(
      and(
        eq(x.schoolId, schoolId),
        eq(x.studentId, of.studentId),
        eq(x.termId, of.termId),
        of.guardianId === undefined ? undefined : eq(x.guardianId, of.guardianId),
        eq(x.isFromGuardian, of.isFromGuardian),
        isNull(x.seenAt),
      ),
    )
    .returning({ id: x.id });
  return rows.length;
}

export interface Following {
  readonly opened: number;
  readonly signed: number;
  /** Of guardians, that no teacher has seen. */
  readonly unseen: number;
}

/** For each of these students: how many guardians have opened and signed the latest revision of a term, and what waits. */
export async function followingOf(
  store: Store,
  schoolId: string,
  termId: string,
  studentIds: readonly string[],
): Promise<Map<string, Following>> {
  if (studentIds.length === 0) return new Map();
  const { summaryReading: r, summaryMessage: x, termSummary: s } = store.tables;
  const latest = store.db
    .select({ studentId: s.studentId, revision: sql<number>`max(${s.revision})`.as("latest") })
    .from(s)
    .where(and(eq(s.schoolId, schoolId), eq(s.termId, termId), inArray(s.studentId, [...studentIds])))
    .groupBy(s.studentId)
    .as("latest_revision");
  const readings = await store.db
    .select({
      studentId: r.studentId,
      opened: count(),
      signed: sql`sum(case when ${isNotNull(r.signedAt)} then 1 else 0 end)`.mapWith(Number),
    })
    .from(r)
    .innerJoin(latest, and(eq(latest.studentId, r.studentId), eq(latest.revision, r.revision)))
    .where(and(eq(r.schoolId, schoolId), eq(r.termId, termId)))
    .groupBy(r.studentId);
  const unseen = await store.db
    .select({ studentId: x.studentId, unseen: count() })
    .from(x)
    .where(
      and(
        eq(x.schoolId, schoolId),
        eq(x.termId, termId),
        inArray(x.studentId, [...studentIds]),
        eq(x.isFromGuardian, true),
        isNull(x.seenAt),
      ),
    )
    .groupBy(x.studentId);
  const waiting = new Map(unseen.map((row) => [row.studentId, row.unseen]));
  const read = new Map(readings.map((row) => [row.studentId, row]));
  return new Map(
    studentIds.map((id) => [
      id,
      {
        opened: read.get(id)?.opened ?? 0,
        signed: read.get(id)?.signed ?? 0,
        unseen: waiting.get(id) ?? 0,
      },
    ]),
  );
}
