/**
 * The audit log: only ever added to, one entry after the other in a school, each chained to the one before. Nothing
 * outside this file writes to it.
 */
import { createHash, randomBytes } from "node:crypto";
import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, or, sql } from "drizzle-orm";
import { canonicalJson } from "@doudou/shared/domain/canonical-json.ts";
import type { Store } from "../engines/database.ts";
import type { Tables } from "../schema/tables.ts";

type Row = Omit<Tables["auditEntry"]["$inferSelect"], "schoolId">;

export type NewAuditEntry = Omit<Row, "seq" | "detailSha256" | "hash"> & {
  /** What stood before and after; for changes. Values that JSON can carry. */
  readonly detail?: { readonly before: unknown; readonly after: unknown } | undefined;
};

/**
 * Adds an entry behind the last. To be called last in a write: others who add to the same school's log wait until the
 * write ends.
 */
export async function addAuditEntry(store: Store, schoolId: string, added: NewAuditEntry): Promise<void> {
  const { auditEntry: e, auditDetail: d } = store.tables;
  await store.lock([`${schoolId}/audit`]);
  const [last] = await store
    .prepared("oversight.lastEntry", () =>
      store.db
        .select({ seq: e.seq, hash: e.hash })
        .from(e)
        .where(eq(e.schoolId, sql.placeholder("schoolId")))
        .orderBy(desc(e.seq))
        .limit(1),
    )
    .execute({ schoolId });
  const { detail, ...entry } = added;
  const salt = detail && randomBytes(16).toString("hex");
  const detailSha256 = detail && salt ? hashOfDetail(salt, detail) : null;
  const row = { ...entry, seq: (last?.seq ?? 0) + 1, detailSha256 };
  const hash = hashOfEntry(last?.hash ?? "", schoolId, row);
  await store.db.insert(e).values({ schoolId, ...row, hash });
  if (detail && salt) {
    const { before = null, after = null } = detail;
    await store.db.insert(d).values({ schoolId, seq: row.seq, salt, before, after });
  }
}

export interface AuditFilter {
  readonly kind?: "read" | "change" | undefined;
  readonly action?: string | undefined;
  readonly membershipId?: string | undefined;
  readonly studentId?: string | undefined;
  readonly from?: Date | undefined;
  /** Not any more. */
  readonly until?: Date | undefined;
}

/** Entries with their details, newest first. @param before only those with a smaller number */
export async function auditEntries(
  store: Store,
  schoolId: string,
  filter: AuditFilter,
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
) {
  const { auditEntry: e, auditDetail: d, membership: m, student: s, schoolClass: c } = store.tables;
  return await store.db
    .select({
      seq: e.seq,
      kind: e.kind,
      at: e.at,
      action: e.action,
      by: { id: m.id, name: m.displayName, role: m.role },
      studentId: e.studentId,
      studentName: s.name,
      classId: e.classId,
      className: c.name,
      subjectId: e.subjectId,
      address: e.address,
      hash: e.hash,
      hasDetail: isNotNull(e.detailSha256).mapWith(Boolean),
      isDetailKept: isNotNull(d.salt).mapWith(Boolean),
      before: d.before,
      after: d.after,
    })
    .from(e)
    .innerJoin(m, and(eq(m.schoolId, e.schoolId), eq(m.id, e.membershipId)))
    .leftJoin(s, and(eq(s.schoolId, e.schoolId), eq(s.id, e.studentId)))
    .leftJoin(c, and(eq(c.schoolId, e.schoolId), eq(c.id, e.classId)))
    .leftJoin(d, and(eq(d.schoolId, e.schoolId), eq(d.seq, e.seq)))
    .where(
      and(
        eq(e.schoolId, schoolId),
        before === undefined ? undefined : lt(e.seq, before),
        filter.kind && eq(e.kind, filter.kind),
        filter.action === undefined ? undefined : eq(e.action, filter.action),
        filter.membershipId === undefined ? undefined : eq(e.membershipId, filter.membershipId),
        filter.studentId === undefined ? undefined : eq(e.studentId, filter.studentId),
        filter.from && gte(e.at, filter.from),
        filter.until && lt(e.at, filter.until),
      ),
    )
    .orderBy(desc(e.seq))
    .limit(limit);
}

/** Opening a child's record in an emergency; told to guardians like a read. */
const EMERGENCY = "access.break-glass";

/**
 * Who has read one child's record since a moment, newest first, and for what where they do not teach it; whole-class
 * lists are not in it.
 */
export async function readersOf(
  store: Store,
  schoolId: string,
  studentId: string,
  { since, limit }: { readonly since: Date; readonly limit: number },
) {
  const { auditEntry: e, membership: m, accessGrant: a } = store.tables;
  return await store.db
    .select({
      at: e.at,
      action: e.action,
      membershipId: e.membershipId,
      name: m.displayName,
      role: m.role,
      purpose: a.purpose,
      accessKind: a.kind,
    })
    .from(e)
    .innerJoin(m, and(eq(m.schoolId, e.schoolId), eq(m.id, e.membershipId)))
    .leftJoin(a, and(eq(a.schoolId, e.schoolId), eq(a.id, e.subjectId)))
    .where(
      and(
        eq(e.schoolId, schoolId),
        eq(e.studentId, studentId),
        or(eq(e.kind, "read"), eq(e.action, EMERGENCY)),
        gte(e.at, since),
      ),
    )
    .orderBy(desc(e.seq))
    .limit(limit);
}

export interface ChainFault {
  readonly seq: number;
  readonly fault: "missing" | "altered" | "detail-altered";
}

export interface AuditCheck {
  readonly entries: number;
  readonly unchained: number;
  readonly erased: number;
  readonly faults: readonly ChainFault[];
}

const PAGE = 1_000;

/**
 * Walks a school's whole log and recomputes every hash.
 * @returns how many entries there are, how many of them from before there was a chain, of how many the details have been
 * erased, and where the chain does not hold
 */
export async function checkAuditChain(store: Store, schoolId: string): Promise<AuditCheck> {
  const { auditEntry: e, auditDetail: d } = store.tables;
  const faults: ChainFault[] = [];
  let entries = 0;
  let erased = 0;
  let unchained = 0;
  let last = { seq: 0, hash: "" };
  for (;;) {
    const rows = await store.db
      .select()
      .from(e)
      .where(and(eq(e.schoolId, schoolId), gt(e.seq, last.seq)))
      .orderBy(asc(e.seq))
      .limit(PAGE);
    const withDetail = rows.flatMap(({ seq, detailSha256 }) => (detailSha256 === null ? [] : [seq]));
    const details =
      withDetail.length === 0
        ? []
        : await store.db
            .select()
            .from(d)
            .where(and(eq(d.schoolId, schoolId), inArray(d.seq, withDetail)));
    const detailOf = new Map(details.map((detail) => [detail.seq, detail]));
    for (const { schoolId: _, hash, ...row } of rows) {
      for (let seq = last.seq + 1; seq < row.seq; seq += 1) faults.push({ seq, fault: "missing" });
      const isBeforeChain = hash === "" && last.hash === "";
      if (isBeforeChain) unchained += 1;
      else if (hash !== hashOfEntry(last.hash, schoolId, row))
        faults.push({ seq: row.seq, fault: "altered" });
      const detail = detailOf.get(row.seq);
      if (row.detailSha256 !== null && !detail) erased += 1;
      if (detail && hashOfDetail(detail.salt, detail) !== row.detailSha256)
        faults.push({ seq: row.seq, fault: "detail-altered" });
      last = { seq: row.seq, hash };
      entries += 1;
    }
    if (rows.length < PAGE) return { entries, unchained, erased, faults };
  }
}

/** Over the entry and the hash before it. @param row in any order of its keys */
function hashOfEntry(before: string, schoolId: string, row: Omit<Row, "hash">): string {
  const { seq, kind, at, membershipId, action, studentId, classId, subjectId, requestId, address } = row;
  const facts = [before, schoolId, seq, kind, at.getTime(), membershipId, action, studentId, classId];
  return sha256(JSON.stringify([...facts, subjectId, requestId, address, row.detailSha256]));
}

function hashOfDetail(salt: string, { before, after }: { before: unknown; after: unknown }): string {
  // PostgreSQL's jsonb keeps no order of keys.
  return sha256(canonicalJson([salt, before ?? null, after ?? null]));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
