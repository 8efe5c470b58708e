/**
 * Figures for a school's yearly report on children's data: counts, never a name. The ledger is counted by its tallies, and
 * the audit log is read in portions, so that nobody else waits for a report.
 */
import { and, asc, count, desc, eq, gte, gt, isNotNull, isNull, lt, sum } from "drizzle-orm";
import type {
  AccessKind,
  AccessPurpose,
  AccessState,
  AccessVerdict,
} from "@doudou/shared/domain/access-grants.ts";
import type { Purpose } from "@doudou/shared/domain/consent.ts";
import type { RequestKind, RequestState } from "@doudou/shared/domain/privacy-requests.ts";
import type { ErasureGround } from "@doudou/shared/domain/retention.ts";
import type { Role } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";

/** From a moment until before another. */
export interface Span {
  readonly from: Date;
  readonly until: Date;
}

export interface Held {
  readonly children: number;
  readonly officeRecords: number;
  readonly guardians: number;
  readonly phones: number;
  readonly staff: number;
  readonly awards: number;
  readonly pictures: number;
  readonly summaries: number;
  readonly reminders: number;
  readonly proposals: number;
  readonly auditEntries: number;
}

/** How much is kept now, by kind. */
export async function heldCounts(store: Store, schoolId: string): Promise<Held> {
  const t = store.tables;
  const { db } = store;
  const [children] = await db.select({ n: count() }).from(t.student).where(eq(t.student.schoolId, schoolId));
  const [erased] = await db.select({ n: count() }).from(t.erasure).where(eq(t.erasure.schoolId, schoolId));
  const [officeRecords] = await db
    .select({ n: count() })
    .from(t.studentRecord)
    .where(eq(t.studentRecord.schoolId, schoolId));
  const [phones] = await db
    .select({ n: count() })
    .from(t.guardianContact)
    .where(eq(t.guardianContact.schoolId, schoolId));
  const members = await db
    .select({ role: t.membership.role, n: count() })
    .from(t.membership)
    .where(and(eq(t.membership.schoolId, schoolId), isNull(t.membership.endedAt)))
    .groupBy(t.membership.role);
  const [awards] = await db
    .select({ n: sum(t.tally.count).mapWith(Number) })
    .from(t.tally)
    .where(eq(t.tally.schoolId, schoolId));
  const [pictures] = await db
    .select({ n: count() })
    .from(t.evidence)
    .where(and(eq(t.evidence.schoolId, schoolId), isNull(t.evidence.removedAt)));
  const [summaries] = await db
    .select({ n: count() })
    .from(t.termSummary)
    .where(eq(t.termSummary.schoolId, schoolId));
  const [reminders] = await db
    .select({ n: count() })
    .from(t.reminder)
    .where(eq(t.reminder.schoolId, schoolId));
  const [proposals] = await db
    .select({ n: count() })
    .from(t.proposal)
    .where(eq(t.proposal.schoolId, schoolId));
  const [last] = await db
    .select({ seq: t.auditEntry.seq })
    .from(t.auditEntry)
    .where(eq(t.auditEntry.schoolId, schoolId))
    .orderBy(desc(t.auditEntry.seq))
    .limit(1);
  const of = (role: Role) => members.find((each) => each.role === role)?.n ?? 0;
  return {
    children: (children?.n ?? 0) - (erased?.n ?? 0),
    officeRecords: officeRecords?.n ?? 0,
    guardians: of("guardian"),
    phones: phones?.n ?? 0,
    staff: of("teacher") + of("school-admin"),
    awards: awards?.n ?? 0,
    pictures: pictures?.n ?? 0,
    summaries: summaries?.n ?? 0,
    reminders: reminders?.n ?? 0,
    proposals: proposals?.n ?? 0,
    auditEntries: last?.seq ?? 0,
  };
}

export interface ConsentFigure {
  readonly purpose: Purpose;
  readonly noticeVersion: string;
  /** Words that stand, whenever they were given. */
  readonly standing: number;
  /** Within the span. */
  readonly given: number;
  readonly withdrawn: number;
}

/** What guardians said yes to, by purpose and version of the notice. */
export async function consentFigures(
  store: Store,
  schoolId: string,
  { from, until }: Span,
): Promise<ConsentFigure[]> {
  const { consent: c } = store.tables;
  const ofSchool = eq(c.schoolId, schoolId);
  const counted = async (where: ReturnType<typeof and>) =>
    await store.db
      .select({ purpose: c.purpose, noticeVersion: c.noticeVersion, n: count() })
      .from(c)
      .where(and(ofSchool, where))
      .groupBy(c.purpose, c.noticeVersion)
      .orderBy(asc(c.purpose), asc(c.noticeVersion));
  const all = await counted(undefined);
  const standing = await counted(isNull(c.withdrawnAt));
  const given = await counted(and(gte(c.grantedAt, from), lt(c.grantedAt, until)));
  const withdrawn = await counted(
    and(isNotNull(c.withdrawnAt), gte(c.withdrawnAt, from), lt(c.withdrawnAt, until)),
  );
  return all.map(({ purpose, noticeVersion }) => {
    const of = (rows: typeof all) =>
      rows.find((row) => row.purpose === purpose && row.noticeVersion === noticeVersion)?.n ?? 0;
    return { purpose, noticeVersion, standing: of(standing), given: of(given), withdrawn: of(withdrawn) };
  });
}

export interface RequestFigure {
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly dueOn: string;
  readonly answeredAt: Date | null;
}

/** What families asked for within a span. */
export async function requestFigures(
  store: Store,
  schoolId: string,
  { from, until }: Span,
): Promise<RequestFigure[]> {
  const { privacyRequest: r } = store.tables;
  return await store.db
    .select({ kind: r.kind, state: r.state, dueOn: r.dueOn, answeredAt: r.answeredAt })
    .from(r)
    .where(and(eq(r.schoolId, schoolId), gte(r.askedAt, from), lt(r.askedAt, until)));
}

/** How many children were erased within a span, by ground. */
export async function erasureFigures(
  store: Store,
  schoolId: string,
  { from, until }: Span,
): Promise<{ ground: ErasureGround; count: number }[]> {
  const { erasure: x } = store.tables;
  return await store.db
    .select({ ground: x.ground, count: count() })
    .from(x)
    .where(and(eq(x.schoolId, schoolId), gte(x.erasedAt, from), lt(x.erasedAt, until)))
    .groupBy(x.ground);
}

export interface AccessFigure {
  readonly kind: AccessKind;
  readonly state: AccessState;
  readonly purpose: AccessPurpose;
  readonly verdict: AccessVerdict | null;
  readonly count: number;
}

/** What staff asked to read beyond their classes within a span, and opened in emergencies. */
export async function accessFigures(
  store: Store,
  schoolId: string,
  { from, until }: Span,
): Promise<AccessFigure[]> {
  const { accessGrant: a } = store.tables;
  return await store.db
    .select({ kind: a.kind, state: a.state, purpose: a.purpose, verdict: a.verdict, count: count() })
    .from(a)
    .where(and(eq(a.schoolId, schoolId), gte(a.askedAt, from), lt(a.askedAt, until)))
    .groupBy(a.kind, a.state, a.purpose, a.verdict);
}

export interface AuditLine {
  readonly seq: number;
  readonly at: Date;
  readonly kind: "read" | "change";
  readonly action: string;
  readonly role: Role;
  /** Read by leave: see features/access-grants. */
  readonly isByLeave: boolean;
}

/** Entries of the audit log behind a number, in its order, and no more of them than who did what when. */
export async function auditPortion(
  store: Store,
  schoolId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<AuditLine[]> {
  const { auditEntry: e, membership: m } = store.tables;
  const rows = await store.db
    .select({
      seq: e.seq,
      at: e.at,
      kind: e.kind,
      action: e.action,
      role: m.role,
      subjectId: e.subjectId,
    })
    .from(e)
    .innerJoin(m, and(eq(m.schoolId, e.schoolId), eq(m.id, e.membershipId)))
    .where(and(eq(e.schoolId, schoolId), gt(e.seq, after)))
    .orderBy(asc(e.seq))
    .limit(limit);
  return rows.map(({ subjectId, ...row }) => ({
    ...row,
    isByLeave: row.kind === "read" && subjectId !== null,
  }));
}

/**
 * The number behind which entries of a moment and later are: found by halving, since numbers rise with time.
 * @returns 0 where all are
 */
export async function auditSeqBefore(store: Store, schoolId: string, moment: Date): Promise<number> {
  const { auditEntry: e } = store.tables;
  const [last] = await store.db
    .select({ seq: e.seq })
    .from(e)
    .where(eq(e.schoolId, schoolId))
    .orderBy(desc(e.seq))
    .limit(1);
  let [before, behind] = [0, (last?.seq ?? 0) + 1];
  while (behind - before > 1) {
    const middle = Math.floor((before + behind) / 2);
    const [entry] = await store.db
      .select({ at: e.at })
      .from(e)
      .where(and(eq(e.schoolId, schoolId), eq(e.seq, middle)));
    if (entry && entry.at < moment) before = middle;
    else behind = middle;
  }
  return before;
}
