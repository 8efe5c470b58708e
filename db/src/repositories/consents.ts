/** What guardians have said yes and no to, purpose by purpose. Nothing is overwritten: a word taken back stays with its time. */
import {
  and,
  asc,
  countDistinct,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  not,
  notInArray,
  or,
} from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { isAgreedTo, type Purpose } from "@doudou/shared/domain/consent.ts";
import type { Role } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { insertRows } from "./bulk.ts";

/** The children, of those asked for, whose guardians agree to a purpose: their latest word counts. */
export async function agreedTo(
  store: Store,
  schoolId: string,
  purpose: Purpose,
  studentIds: readonly string[],
): Promise<Set<string>> {
  if (studentIds.length === 0) return new Set();
  const { consent: c } = store.tables;
  const rows = await store.db
    .select({ studentId: c.studentId, grantedAt: c.grantedAt, withdrawnAt: c.withdrawnAt })
    .from(c)
    .where(and(eq(c.schoolId, schoolId), inArray(c.studentId, [...studentIds]), eq(c.purpose, purpose)));
  const byStudent = Map.groupBy(rows, ({ studentId }) => studentId);
  return new Set([...byStudent].flatMap(([studentId, consents]) => (isAgreedTo(consents) ? studentId : [])));
}

/**
 * Of how many children at the school the yes that stands to a purpose was said by other versions of the notice alone.
 * @param versions in whose words it is asked now
 */
export async function agreedToOtherWords(
  store: Store,
  schoolId: string,
  purpose: Purpose,
  versions: readonly string[],
  today: string,
): Promise<number> {
  const { consent: c, enrollment: e } = store.tables;
  const standing = and(eq(c.schoolId, schoolId), eq(c.purpose, purpose), isNull(c.withdrawnAt));
  const isAsked = inArray(c.noticeVersion, [...versions]);
  const here = store.db
    .select({ id: e.studentId })
    .from(e)
    .where(and(eq(e.schoolId, schoolId), or(isNull(e.endsOn), gte(e.endsOn, today))));
  const asked = store.db.select({ id: c.studentId }).from(c).where(and(standing, isAsked));
  const [row] = await store.db
    .select({ children: countDistinct(c.studentId) })
    .from(c)
    .where(and(standing, not(isAsked), inArray(c.studentId, here), notInArray(c.studentId, asked)));
  return row?.children ?? 0;
}

export interface ConsentLine {
  readonly studentId: string;
  readonly purpose: Purpose;
  readonly noticeVersion: string;
  readonly method: string;
  /** Whose word it was. */
  readonly guardian: string;
  readonly grantedAt: Date;
  /** Who wrote it down; unknown for words from before that was kept. */
  readonly recordedBy: string | null;
  readonly recordedByRole: Role | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
  readonly withdrawnByRole: Role | null;
}

/** Every word of these children's guardians, oldest first. */
export async function consentsOf(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
): Promise<ConsentLine[]> {
  if (studentIds.length === 0) return [];
  const { consent: c, membership } = store.tables;
  const [g, r, w] = [alias(membership, "g"), alias(membership, "r"), alias(membership, "w")];
  return await store.db
    .select({
      studentId: c.studentId,
      purpose: c.purpose,
      noticeVersion: c.noticeVersion,
      method: c.method,
      guardian: g.displayName,
      grantedAt: c.grantedAt,
      recordedBy: r.displayName,
      recordedByRole: r.role,
      withdrawnAt: c.withdrawnAt,
      withdrawnBy: w.displayName,
      withdrawnByRole: w.role,
    })
    .from(c)
    .innerJoin(g, and(eq(g.schoolId, c.schoolId), eq(g.id, c.guardianMembershipId)))
    .leftJoin(r, and(eq(r.schoolId, c.schoolId), eq(r.id, c.recordedBy)))
    .leftJoin(w, and(eq(w.schoolId, c.schoolId), eq(w.id, c.withdrawnBy)))
    .where(and(eq(c.schoolId, schoolId), inArray(c.studentId, [...studentIds])))
    .orderBy(asc(c.grantedAt), asc(c.id));
}

export interface NewConsent {
  readonly id: string;
  readonly studentId: string;
  readonly guardianMembershipId: string;
  readonly purpose: Purpose;
  readonly noticeVersion: string;
  readonly method: string;
  readonly grantedAt: Date;
  readonly recordedBy: string;
  /** Set from the beginning where the word is a no. */
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
}

/** Writes down a guardian's word. A yes before it stands until `withdrawConsents`. */
export async function addConsent(store: Store, schoolId: string, consent: NewConsent): Promise<void> {
  await insertRows(store, store.tables.consent, [{ schoolId, ...consent }]);
}

/** Takes back every yes that stands for a child and a purpose, whoever gave it. @returns how many there were */
export async function withdrawConsents(
  store: Store,
  schoolId: string,
  of: { readonly studentId: string; readonly purpose: Purpose },
  by: { readonly membershipId: string; readonly at: Date },
): Promise<number> {
  const { consent: c } = store.tables;
  const withdrawn = await store.db
    .update(c)
    .set({ withdrawnAt: by.at, withdrawnBy: by.membershipId })
    .where(
      and(
        eq(c.schoolId, schoolId),
        eq(c.studentId, of.studentId),
        eq(c.purpose, of.purpose),
        isNull(c.withdrawnAt),
      ),
    )
    .returning({ id: c.id });
  return withdrawn.length;
}

export interface GuardianOfStudent {
  readonly membershipId: string;
  readonly studentId: string;
  readonly name: string;
  readonly relation: string;
}

/** Who may speak for these children: verified, and not ended. */
export async function guardiansOf(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
): Promise<GuardianOfStudent[]> {
  if (studentIds.length === 0) return [];
  const { guardianship: g, membership: m } = store.tables;
  return await store.db
    .select({
      membershipId: m.id,
      studentId: g.studentId,
      name: m.displayName,
      relation: g.relation,
    })
    .from(g)
    .innerJoin(m, and(eq(m.schoolId, g.schoolId), eq(m.id, g.membershipId)))
    .where(
      and(
        eq(g.schoolId, schoolId),
        inArray(g.studentId, [...studentIds]),
        isNotNull(g.verifiedAt),
        isNull(g.endedAt),
      ),
    )
    .orderBy(asc(g.id));
}

/** The accounts by which a child signs in. */
export async function accountsOfStudent(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<string[]> {
  const { membership: m } = store.tables;
  const rows = await store.db
    .select({ accountId: m.accountId })
    .from(m)
    .where(
      and(
        eq(m.schoolId, schoolId),
        eq(m.studentId, studentId),
        eq(m.role, "student"),
        isNotNull(m.accountId),
      ),
    );
  return rows.flatMap(({ accountId }) => accountId ?? []);
}

/** The links that open the board of a child's class. */
export async function linksOfStudent(store: Store, schoolId: string, studentId: string): Promise<string[]> {
  const { boardLink: l, enrollment: e } = store.tables;
  const links = await store.db
    .select({ id: l.id })
    .from(l)
    .innerJoin(e, and(eq(e.schoolId, l.schoolId), eq(e.classId, l.classId)))
    .where(and(eq(l.schoolId, schoolId), eq(e.studentId, studentId), isNull(l.revokedAt)));
  return links.map(({ id }) => id);
}
