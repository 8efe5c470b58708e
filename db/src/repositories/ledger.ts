/**
 * The award ledger as people read it: by student, by class, and what is worth telling of it. Changes nothing.
 */
import { and, desc, eq, exists, gte, inArray, isNull, lt, or, type Placeholder, sql } from "drizzle-orm";
import type { Bilingual, Dimension, Kind } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { comesAfter } from "./pages.ts";

export interface LedgerLine {
  readonly id: string;
  readonly studentId: string;
  readonly studentName: string;
  readonly classId: string;
  readonly dimension: Dimension;
  readonly kind: Kind;
  readonly point: Bilingual;
  readonly beans: number;
  readonly note: string | null;
  readonly recorderId: string;
  readonly by: string;
  readonly day: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly voided: { readonly at: Date; readonly byId: string; readonly reason: string } | null;
}

/** Where a page of the ledger ended: the next begins after it. */
export interface LedgerCursor {
  readonly at: Date;
  readonly id: string;
}

/** What of a ledger is asked for; all of it where nothing is said. */
export interface LedgerFilter {
  readonly dimension?: Dimension | undefined;
  readonly kind?: Kind | undefined;
  /** Instants: from, included, to the end, not included. */
  readonly span?: { readonly from: Date; readonly to: Date } | undefined;
  readonly hasPicture?: boolean | undefined;
}

/** A student's ledger by when it happened, newest first. Walks the child's own part of an index, never the ledger. */
export async function timelineOf(
  store: Store,
  schoolId: string,
  studentId: string,
  page: {
    readonly limit: number;
    readonly after?: LedgerCursor | undefined;
    readonly withVoided: boolean;
    readonly filter?: LedgerFilter | undefined;
  },
): Promise<LedgerLine[]> {
  const { limit, after, withVoided, filter = {} } = page;
  const { dimension, kind, span, hasPicture } = filter;
  const asked = {
    limit: sql.placeholder("limit"),
    after: after && { at: sql.placeholder("afterAt"), id: sql.placeholder("afterId") },
    withVoided,
    filter: {
      dimension: dimension && sql.placeholder("dimension"),
      kind: kind && sql.placeholder("kind"),
      span: span && { from: sql.placeholder("from"), to: sql.placeholder("to") },
      hasPicture,
    },
  };
  const shape = JSON.stringify([withVoided, !!after, !!dimension, !!kind, !!span, !!hasPicture]);
  const rows = await store
    .prepared(`timelineOf ${shape}`, () =>
      timelineQuery(store, sql.placeholder("schoolId"), sql.placeholder("studentId"), asked),
    )
    .execute({
      schoolId,
      studentId,
      limit,
      afterAt: after?.at,
      afterId: after?.id,
      dimension,
      kind,
      ...span,
    });
  return rows.map(ledgerLine);
}

/** What `timelineOf` is given, as values or as their placeholders. */
interface TimelinePage {
  readonly limit: number | Placeholder;
  readonly after?: { readonly at: Date | Placeholder; readonly id: string | Placeholder } | undefined;
  readonly withVoided: boolean;
  readonly filter?:
    | {
        readonly dimension?: Dimension | Placeholder | undefined;
        readonly kind?: Kind | Placeholder | undefined;
        readonly span?: { readonly from: Date | Placeholder; readonly to: Date | Placeholder } | undefined;
        readonly hasPicture?: boolean | undefined;
      }
    | undefined;
}

/** The statement behind `timelineOf`, for who looks at how the database would walk it. */
export function timelineQuery(
  store: Store,
  schoolId: string | Placeholder,
  studentId: string | Placeholder,
  page: TimelinePage,
) {
  const { award: a, awardVoid: v, awardEvidence: b, observationPoint: p } = store.tables;
  const { dimension, kind, span, hasPicture } = page.filter ?? {};
  const pictures = store.db
    .select({ one: sql`1` })
    .from(b)
    .where(and(eq(b.schoolId, a.schoolId), eq(b.awardId, a.id)));
  return ledgerQuery(store)
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.studentId, studentId),
        span && and(gte(a.occurredAt, span.from), lt(a.occurredAt, span.to)),
        dimension && eq(a.dimension, dimension),
        kind && eq(p.kind, kind),
        hasPicture ? exists(pictures) : undefined,
        page.after && comesAfter("down", [a.occurredAt, a.id], [page.after.at, page.after.id]),
        page.withVoided ? undefined : isNull(v.awardId),
      ),
    )
    .orderBy(desc(a.occurredAt), desc(a.id))
    .limit(page.limit);
}

/** What was awarded in a class, by when it arrived, newest first. */
export async function latestOfClass(
  store: Store,
  schoolId: string,
  classId: string,
  limit: number,
): Promise<LedgerLine[]> {
  const { award: a } = store.tables;
  const rows = await ledgerQuery(store)
    .where(and(eq(a.schoolId, schoolId), eq(a.classId, classId)))
    .orderBy(desc(a.seq))
    .limit(limit);
  return rows.map(ledgerLine);
}

/** Who voided these awards, by award; those that stand are not among them. */
export async function voidersOf(
  store: Store,
  schoolId: string,
  awardIds: readonly string[],
): Promise<Map<string, string>> {
  const { awardVoid: v } = store.tables;
  const rows = await store.db
    .select({ awardId: v.awardId, voidedBy: v.voidedBy })
    .from(v)
    .where(and(eq(v.schoolId, schoolId), inArray(v.awardId, [...awardIds])));
  return new Map(rows.map(({ awardId, voidedBy }) => [awardId, voidedBy]));
}

/** How far apart the order of commits and the order of recording may be. */
const COMMIT_SKEW_MS = 60_000;
const WALK_ROWS = 200;

/**
 * The ids of what one teacher recorded in a class within a span that ends lately, newest first, voided or not. Walks
 * back from the class's last award and stops where the span begins: its cost is that of the span.
 */
export async function recordedLately(
  store: Store,
  schoolId: string,
  by: { readonly classId: string; readonly recorderId: string },
  span: { readonly after: Date; readonly upTo: Date },
): Promise<string[]> {
  const { award: a } = store.tables;
  const ids: string[] = [];
  const stopsAt = span.after.getTime() - COMMIT_SKEW_MS;
  for (let before: number | undefined; ;) {
    const rows = await store.db
      .select({
        id: a.id,
        seq: a.seq,
        recorderId: a.recorderId,
        recordedAt: a.recordedAt,
        occurredAt: a.occurredAt,
      })
      .from(a)
      .where(
        and(
          eq(a.schoolId, schoolId),
          eq(a.classId, by.classId),
          before === undefined ? undefined : lt(a.seq, before),
        ),
      )
      .orderBy(desc(a.seq))
      .limit(WALK_ROWS);
    for (const { id, recorderId, recordedAt, occurredAt } of rows) {
      const isWithin = recordedAt > span.after && recordedAt <= span.upTo && occurredAt > span.after;
      if (recorderId === by.recorderId && isWithin) ids.push(id);
    }
    const last = rows.at(-1);
    if (!last || rows.length < WALK_ROWS || last.recordedAt.getTime() < stopsAt) return ids;
    before = last.seq;
  }
}

/** These awards as people read them, latest first. */
export async function linesOf(store: Store, schoolId: string, ids: readonly string[]): Promise<LedgerLine[]> {
  if (ids.length === 0) return [];
  const { award: a } = store.tables;
  const rows = await ledgerQuery(store)
    .where(and(eq(a.schoolId, schoolId), inArray(a.id, [...ids])))
    .orderBy(desc(a.seq));
  return rows.map(ledgerLine);
}

/** Standing awards of a student in a term that are worth telling: with a note, or of growth. Newest first. */
export async function tellingAwards(
  store: Store,
  schoolId: string,
  studentId: string,
  span: { readonly from: Date; readonly to: Date },
  limit: number,
): Promise<LedgerLine[]> {
  const { award: a, awardVoid: v, observationPoint: p } = store.tables;
  const rows = await ledgerQuery(store)
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.studentId, studentId),
        gte(a.occurredAt, span.from),
        lt(a.occurredAt, span.to),
        isNull(v.awardId),
        or(sql`${a.note} is not null`, inArray(p.kind, ["growth", "participation"])),
      ),
    )
    .orderBy(desc(a.occurredAt), desc(a.id))
    .limit(limit);
  return rows.map(ledgerLine);
}

function ledgerQuery(store: Store) {
  const { award: a, awardVoid: v, observationPoint: p, student: s, membership: m } = store.tables;
  return store.db
    .select({
      id: a.id,
      studentId: a.studentId,
      studentName: s.name,
      classId: a.classId,
      dimension: a.dimension,
      kind: p.kind,
      pointZh: p.nameZh,
      pointEn: p.nameEn,
      beans: a.beans,
      note: a.note,
      recorderId: a.recorderId,
      by: m.displayName,
      day: a.day,
      occurredAt: a.occurredAt,
      recordedAt: a.recordedAt,
      voidedAt: v.voidedAt,
      voidedBy: v.voidedBy,
      voidReason: v.reason,
    })
    .from(a)
    .innerJoin(p, and(eq(p.schoolId, a.schoolId), eq(p.id, a.observationPointId)))
    .innerJoin(s, and(eq(s.schoolId, a.schoolId), eq(s.id, a.studentId)))
    .innerJoin(m, and(eq(m.schoolId, a.schoolId), eq(m.id, a.recorderId)))
    .leftJoin(v, and(eq(v.schoolId, a.schoolId), eq(v.awardId, a.id)))
    .$dynamic();
}

function ledgerLine(row: Awaited<ReturnType<typeof ledgerQuery>>[number]): LedgerLine {
  const { pointZh, pointEn, voidedAt, voidedBy, voidReason, ...rest } = row;
  return {
    ...rest,
    point: { zh: pointZh, en: pointEn },
    voided:
      voidedAt !== null && voidedBy !== null && voidReason !== null
        ? { at: voidedAt, byId: voidedBy, reason: voidReason }
        : null,
  };
}

/** Which points a teacher has used in a class lately: looks at its latest awards only, so its cost does not grow. */
export async function recentUses(
  store: Store,
  schoolId: string,
  of: { readonly classId: string; readonly membershipId: string },
  among: number,
): Promise<Map<string, number>> {
  const { award: a } = store.tables;
  const latest = await store.db
    .select({ pointId: a.observationPointId, recorderId: a.recorderId })
    .from(a)
    .where(and(eq(a.schoolId, schoolId), eq(a.classId, of.classId)))
    .orderBy(desc(a.seq))
    .limit(among);
  const uses = new Map<string, number>();
  for (const { pointId, recorderId } of latest) {
    if (recorderId === of.membershipId) uses.set(pointId, (uses.get(pointId) ?? 0) + 1);
  }
  return uses;
}
