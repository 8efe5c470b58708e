/**
 * The staff of a school with their accounts, and the links by which they come in. Never sees a token, only its hash;
 * never gives a password's hash away.
 */
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, or } from "drizzle-orm";
import { STAFF_ROLES } from "@doudou/shared/domain/staff.ts";
import type { Store } from "../engines/database.ts";
import type { Tables } from "../schema/tables.ts";

/** Who works at a school now and can, or could, sign in, by role and name. */
export async function staffMembers(store: Store, schoolId: string) {
  const { membership: m, account: a } = store.tables;
  return await store.db
    .select({
      membershipId: m.id,
      accountId: a.id,
      role: m.role,
      displayName: m.displayName,
      login: a.login,
      hasPassword: isNotNull(a.passwordHash).mapWith(Boolean),
      hasSecondFactor: isNotNull(a.secondFactorSince).mapWith(Boolean),
    })
    .from(m)
    .innerJoin(a, eq(a.id, m.accountId))
    .where(and(eq(m.schoolId, schoolId), inArray(m.role, [...STAFF_ROLES]), isNull(m.endedAt)))
    .orderBy(asc(m.role), asc(m.displayName), asc(m.id));
}

/** Who works at a school now and has no account, by name: somebody else's system has brought it in. */
export async function staffWithoutAccount(store: Store, schoolId: string) {
  const { membership: m } = store.tables;
  return await store.db
    .select({ membershipId: m.id, role: m.role, displayName: m.displayName })
    .from(m)
    .where(
      and(
        eq(m.schoolId, schoolId),
        inArray(m.role, [...STAFF_ROLES]),
        isNull(m.endedAt),
        isNull(m.accountId),
      ),
    )
    .orderBy(asc(m.displayName), asc(m.id));
}

/** @returns false where the member has an account, or has left */
export async function giveAccount(
  store: Store,
  schoolId: string,
  membershipId: string,
  accountId: string,
): Promise<boolean> {
  const { membership: m } = store.tables;
  const given = await store.db
    .update(m)
    .set({ accountId })
    .where(
      and(
        eq(m.schoolId, schoolId),
        eq(m.id, membershipId),
        inArray(m.role, [...STAFF_ROLES]),
        isNull(m.accountId),
        isNull(m.endedAt),
      ),
    )
    .returning({ id: m.id });
  return given.length > 0;
}

export type NewStaffLink = Omit<
  Tables["staffLink"]["$inferInsert"],
  "schoolId" | "usedAt" | "revokedAt" | "revokedBy"
>;

export async function addStaffLink(store: Store, schoolId: string, link: NewStaffLink): Promise<void> {
  await store.db.insert(store.tables.staffLink).values({ schoolId, ...link });
}

/** A link in whatever state, with the name of its school. */
export async function staffLinkById(store: Store, schoolId: string, id: string) {
  const { staffLink: l, school: s } = store.tables;
  const [found] = await store.db
    .select({
      id: l.id,
      kind: l.kind,
      tokenHash: l.tokenHash,
      displayName: l.displayName,
      role: l.role,
      login: l.login,
      membershipId: l.membershipId,
      expiresAt: l.expiresAt,
      usedAt: l.usedAt,
      revokedAt: l.revokedAt,
      schoolName: s.name,
      locale: s.locale,
    })
    .from(l)
    .innerJoin(s, eq(s.schoolId, l.schoolId))
    .where(and(eq(l.schoolId, schoolId), eq(l.id, id)));
  return found;
}

/** Links that nobody has used yet and that still can be, newest first. */
export async function openStaffLinks(store: Store, schoolId: string, now: Date) {
  const { staffLink: l, membership: m } = store.tables;
  return await store.db
    .select({
      id: l.id,
      kind: l.kind,
      displayName: l.displayName,
      role: l.role,
      login: l.login,
      membershipId: l.membershipId,
      by: m.displayName,
      createdAt: l.createdAt,
      expiresAt: l.expiresAt,
    })
    .from(l)
    .innerJoin(m, and(eq(m.schoolId, l.schoolId), eq(m.id, l.createdBy)))
    .where(and(eq(l.schoolId, schoolId), isNull(l.usedAt), isNull(l.revokedAt), gt(l.expiresAt, now)))
    .orderBy(desc(l.createdAt), desc(l.id));
}

/**
 * The link is worth nothing from now on.
 * @param use the membership that came of it
 * @returns false where it is used, taken back or over already
 */
export async function useStaffLink(
  store: Store,
  schoolId: string,
  id: string,
  use: { readonly at: Date; readonly membershipId: string },
): Promise<boolean> {
  const { staffLink: l } = store.tables;
  const used = await store.db
    .update(l)
    .set({ usedAt: use.at, membershipId: use.membershipId })
    .where(
      and(
        eq(l.schoolId, schoolId),
        eq(l.id, id),
        isNull(l.usedAt),
        isNull(l.revokedAt),
        gt(l.expiresAt, use.at),
      ),
    )
    .returning({ id: l.id });
  return used.length > 0;
}

/** @param which one link, or all open ones of a member, or of the whole school @returns how many were taken back */
export async function revokeStaffLinks(
  store: Store,
  schoolId: string,
  which: { readonly id: string } | { readonly membershipId: string } | "all",
  by: { readonly membershipId: string | null; readonly at: Date },
): Promise<number> {
  const { staffLink: l } = store.tables;
  const revoked = await store.db
    .update(l)
    .set({ revokedAt: by.at, revokedBy: by.membershipId })
    .where(
      and(
        eq(l.schoolId, schoolId),
        which === "all"
          ? undefined
          : "id" in which
            ? eq(l.id, which.id)
            : eq(l.membershipId, which.membershipId),
        isNull(l.usedAt),
        isNull(l.revokedAt),
      ),
    )
    .returning({ id: l.id });
  return revoked.length;
}

/** Deletes links that were over before an instant, in whatever way. @returns how many */
export async function deleteStaffLinks(store: Store, schoolId: string, before: Date): Promise<number> {
  const { staffLink: l } = store.tables;
  const deleted = await store.db
    .delete(l)
    .where(
      and(
        eq(l.schoolId, schoolId),
        or(lt(l.expiresAt, before), lt(l.usedAt, before), lt(l.revokedAt, before)),
      ),
    )
    .returning({ id: l.id });
  return deleted.length;
}
