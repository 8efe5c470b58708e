/**
 * Letters that let guardians in, who is whose guardian, and how it came and ended. Never sees a code, only its hash;
 * decides nothing: who may come in, the domain says.
 */
import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, notInArray, or } from "drizzle-orm";
import type {
  GuardianOfChild,
  JoiningRelation,
  Place,
  RemovalReason,
} from "@doudou/shared/domain/guardians.ts";
import type { Store } from "../engines/database.ts";
import type { Tables } from "../schema/tables.ts";
import { insertRows } from "./bulk.ts";
import { addConsents, addGuardianships, addMemberships } from "./office.ts";

export type NewLetter = Omit<Tables["guardianLetter"]["$inferSelect"], "schoolId" | "endedAt">;

/** Adds letters; those that these children had are worth nothing from then on. */
export async function addLetters(store: Store, schoolId: string, letters: readonly NewLetter[]) {
  for (const { studentId, createdAt } of letters) await endLetter(store, schoolId, studentId, createdAt);
  const rows = letters.map((letter) => ({ ...letter, schoolId }));
  await insertRows(store, store.tables.guardianLetter, rows);
}

/** The letter of a child opens nothing any more. @returns false where there was none */
export async function endLetter(
  store: Store,
  schoolId: string,
  studentId: string,
  at: Date,
): Promise<boolean> {
  const { guardianLetter: l } = store.tables;
  const ended = await store.db
    .update(l)
    .set({ endedAt: at })
    .where(and(eq(l.schoolId, schoolId), eq(l.studentId, studentId), isNull(l.endedAt), gt(l.expiresAt, at)))
    .returning({ id: l.id });
  return ended.length > 0;
}

/** No letter of a school opens anything any more. @returns how many did */
export async function endEveryLetter(store: Store, schoolId: string, at: Date): Promise<number> {
  const { guardianLetter: l } = store.tables;
  const ended = await store.db
    .update(l)
    .set({ endedAt: at })
    .where(and(eq(l.schoolId, schoolId), isNull(l.endedAt), gt(l.expiresAt, at)))
    .returning({ id: l.id });
  return ended.length;
}

/** The letters of these children that still open. */
export async function openLetters(store: Store, schoolId: string, studentIds: readonly string[], now: Date) {
  const { guardianLetter: l } = store.tables;
  return await store.db
    .select({ studentId: l.studentId, createdAt: l.createdAt, expiresAt: l.expiresAt })
    .from(l)
    .where(
      and(
        eq(l.schoolId, schoolId),
        inArray(l.studentId, [...studentIds]),
        isNull(l.endedAt),
        gt(l.expiresAt, now),
      ),
    );
}

/**
 * Deletes letters that were over before a moment and that nobody joined by; and, with their letters, the joinings of
 * guardianships that had ended before an earlier one. Until then a joining says how a guardian was verified.
 * @returns how many letters
 */
export async function deleteOldLetters(
  store: Store,
  schoolId: string,
  { overBefore, endedBefore }: { readonly overBefore: Date; readonly endedBefore: Date },
): Promise<number> {
  const { guardianLetter: l, guardianJoining: j, guardianship: g } = store.tables;
  const ended = store.db
    .select({ id: g.id })
    .from(g)
    .where(and(eq(g.schoolId, schoolId), lt(g.endedAt, endedBefore)));
  await store.db.delete(j).where(and(eq(j.schoolId, schoolId), inArray(j.guardianshipId, ended)));
  const joined = store.db.select({ id: j.letterId }).from(j).where(eq(j.schoolId, schoolId));
  const deleted = await store.db
    .delete(l)
    .where(
      and(
        eq(l.schoolId, schoolId),
        or(lt(l.endedAt, overBefore), lt(l.expiresAt, overBefore)),
        notInArray(l.id, joined),
      ),
    )
    .returning({ id: l.id });
  return deleted.length;
}

/** Where a code leads while it does. Whoever types it knows no school, so it is looked for in all. */
export async function letterByCode(store: Store, codeHash: string, now: Date) {
  const { guardianLetter: l, school, student: s } = store.tables;
  const [found] = await store.db
    .select({
      schoolId: l.schoolId,
      id: l.id,
      studentId: l.studentId,
      readmits: l.readmits,
      expiresAt: l.expiresAt,
      schoolName: school.name,
      studentName: s.name,
    })
    .from(l)
    .innerJoin(school, eq(school.schoolId, l.schoolId))
    .innerJoin(s, and(eq(s.schoolId, l.schoolId), eq(s.id, l.studentId)))
    .where(and(eq(l.codeHash, codeHash), isNull(l.endedAt), gt(l.expiresAt, now)));
  return found;
}

export interface GuardianRow extends GuardianOfChild {
  readonly studentId: string;
  readonly verifiedAt: Date | null;
  /** By a letter; null where the office has verified it, or nobody has. */
  readonly joinedAt: Date | null;
  readonly endedAt: Date | null;
  readonly removal: {
    readonly reason: RemovalReason;
    readonly note: string | null;
    readonly at: Date;
    readonly by: string;
  } | null;
}

/** Everybody who is or was a guardian of these children, oldest first. */
export async function guardiansOf(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
): Promise<GuardianRow[]> {
  if (studentIds.length === 0) return [];
  const { guardianship: g, membership: m, guardianContact: c } = store.tables;
  const { guardianJoining: j, guardianRemoval: r } = store.tables;
  const rows = await store.db
    .select({
      studentId: g.studentId,
      guardianshipId: g.id,
      membershipId: m.id,
      accountId: m.accountId,
      name: m.displayName,
      phone: c.phone,
      relation: g.relation,
      verifiedAt: g.verifiedAt,
      endedAt: g.endedAt,
      joinedAt: j.joinedAt,
      reason: r.reason,
      note: r.note,
      removedAt: r.removedAt,
      removedBy: r.removedBy,
    })
    .from(g)
    .innerJoin(m, and(eq(m.schoolId, g.schoolId), eq(m.id, g.membershipId)))
    .leftJoin(c, and(eq(c.schoolId, g.schoolId), eq(c.membershipId, g.membershipId)))
    .leftJoin(j, and(eq(j.schoolId, g.schoolId), eq(j.guardianshipId, g.id)))
    .leftJoin(r, and(eq(r.schoolId, g.schoolId), eq(r.guardianshipId, g.id)))
    .where(and(eq(g.schoolId, schoolId), inArray(g.studentId, [...studentIds])))
    .orderBy(asc(g.id));
  const others = await store.db
    .select({ membershipId: g.membershipId, studentId: g.studentId })
    .from(g)
    .where(
      and(
        eq(g.schoolId, schoolId),
        inArray(
          g.membershipId,
          rows.map(({ membershipId }) => membershipId),
        ),
        isNotNull(g.verifiedAt),
        isNull(g.endedAt),
      ),
    );
  return rows.map(({ reason, note, removedAt, removedBy, ...row }) => ({
    ...row,
    isVerified: row.verifiedAt !== null,
    isEnded: row.endedAt !== null,
    isRemoved: reason !== null,
    seesOthers: others.some(
      ({ membershipId, studentId }) => membershipId === row.membershipId && studentId !== row.studentId,
    ),
    removal: reason && removedAt && removedBy ? { reason, note, at: removedAt, by: removedBy } : null,
  }));
}

export interface GuardianMember {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly hasAccount: boolean;
  readonly isHere: boolean;
  /** Every child it is or was a guardian of. */
  readonly studentIds: readonly string[];
}

/** Somebody who is or was a guardian in the school. */
export async function guardianMember(
  store: Store,
  schoolId: string,
  membershipId: string,
): Promise<GuardianMember | undefined> {
  const { membership: m, guardianContact: c, guardianship: g } = store.tables;
  const [found] = await store.db
    .select({
      id: m.id,
      name: m.displayName,
      phone: c.phone,
      accountId: m.accountId,
      endedAt: m.endedAt,
    })
    .from(m)
    .leftJoin(c, and(eq(c.schoolId, m.schoolId), eq(c.membershipId, m.id)))
    .where(and(eq(m.schoolId, schoolId), eq(m.id, membershipId), eq(m.role, "guardian")));
  if (!found) return undefined;
  const children = await store.db
    .selectDistinct({ id: g.studentId })
    .from(g)
    .where(and(eq(g.schoolId, schoolId), eq(g.membershipId, membershipId)));
  const { accountId, endedAt, ...who } = found;
  return {
    ...who,
    hasAccount: accountId !== null,
    isHere: endedAt === null,
    studentIds: children.map(({ id }) => id),
  };
}

/** An account's membership as guardian in a school, where it has one that has not ended. */
export async function guardianMembershipOf(
  store: Store,
  schoolId: string,
  accountId: string,
): Promise<{ readonly id: string; readonly name: string; readonly phone: string | null } | undefined> {
  const { membership: m, guardianContact: c } = store.tables;
  const [found] = await store.db
    .select({ id: m.id, name: m.displayName, phone: c.phone })
    .from(m)
    .leftJoin(c, and(eq(c.schoolId, m.schoolId), eq(c.membershipId, m.id)))
    .where(
      and(eq(m.schoolId, schoolId), eq(m.accountId, accountId), eq(m.role, "guardian"), isNull(m.endedAt)),
    )
    .orderBy(asc(m.id))
    .limit(1);
  return found;
}

export interface JoiningGuardian {
  readonly studentId: string;
  readonly letterId: string;
  readonly accountId: string;
  /** The account's own membership, where it has one. */
  readonly ownMembershipId: string | null;
  readonly name: string;
  readonly phone: string;
  readonly relation: JoiningRelation;
  readonly noticeVersion: string;
  readonly at: Date;
}

/**
 * Lets somebody in as the domain has said, with the consent given. The account must be there.
 * @param newId gives ids for what is new
 * @returns the membership and the guardianship by which the child may be seen from now on
 */
export async function joinGuardian(
  store: Store,
  schoolId: string,
  place: Exclude<Place, { as: "refused" }>,
  joining: JoiningGuardian,
  newId: () => string,
): Promise<{ membershipId: string; guardianshipId: string }> {
  const { accountId, ownMembershipId, studentId, name, relation, at } = joining;
  const { membership: m, guardianship: g } = store.tables;
  const takenOver = place.as === "known" ? place.membershipId : null;
  const membershipId = ownMembershipId ?? takenOver ?? newId();
  if (ownMembershipId === null && takenOver !== null) {
    await store.db
      .update(m)
      .set({ accountId, displayName: name })
      .where(and(eq(m.schoolId, schoolId), eq(m.id, takenOver), isNull(m.accountId), isNull(m.endedAt)));
  } else if (ownMembershipId === null) {
    await addMemberships(store, schoolId, [
      { id: membershipId, accountId, role: "guardian", displayName: name, studentId: null, endedAt: null },
    ]);
  }
  await setPhone(store, schoolId, membershipId, joining.phone);
  const guardianshipId = place.as === "known" ? place.guardianshipId : newId();
  if (place.as === "known") {
    const itself = and(eq(g.schoolId, schoolId), eq(g.id, guardianshipId), eq(g.studentId, studentId));
    const [before] = await store.db.select({ membershipId: g.membershipId }).from(g).where(itself);
    await store.db.update(g).set({ membershipId, relation, verifiedAt: at }).where(itself);
    if (before && before.membershipId !== membershipId)
      await endIfChildless(store, schoolId, before.membershipId, at);
  } else {
    await addGuardianships(store, schoolId, [
      { id: guardianshipId, membershipId, studentId, relation, verifiedAt: at, endedAt: null },
    ]);
  }
  const { letterId, noticeVersion } = joining;
  const joined = { schoolId, guardianshipId, letterId, joinedAt: at };
  await insertRows(store, store.tables.guardianJoining, [joined]);
  await addConsents(store, schoolId, [
    {
      id: newId(),
      studentId,
      guardianMembershipId: membershipId,
      purpose: "account",
      noticeVersion,
      method: "online",
      grantedAt: at,
      recordedBy: membershipId,
    },
  ]);
  return { membershipId, guardianshipId };
}

export interface Removal {
  readonly studentId: string;
  readonly guardianshipId: string;
  readonly reason: RemovalReason;
  readonly note: string | null;
  readonly removedBy: string;
  readonly at: Date;
}

export interface Removed {
  readonly membershipId: string;
  readonly accountId: string | null;
  readonly relation: string;
  /** Was a guardian of no other child: the membership has ended too. */
  readonly hasLeft: boolean;
}

/**
 * Keeps a guardian from a child from now on, and puts an end to the child's letter.
 * @returns undefined where the child has no such guardian any more
 */
export async function removeGuardian(
  store: Store,
  schoolId: string,
  { studentId, guardianshipId, reason, note, removedBy, at }: Removal,
): Promise<Removed | undefined> {
  const { guardianship: g, membership: m } = store.tables;
  const [ended] = await store.db
    .update(g)
    .set({ endedAt: at })
    .where(
      and(eq(g.schoolId, schoolId), eq(g.id, guardianshipId), eq(g.studentId, studentId), isNull(g.endedAt)),
    )
    .returning({ membershipId: g.membershipId, relation: g.relation });
  if (!ended) return undefined;
  const removal = { schoolId, guardianshipId, reason, note, removedAt: at, removedBy };
  await insertRows(store, store.tables.guardianRemoval, [removal]);
  await endLetter(store, schoolId, studentId, at);
  const [of] = await store.db
    .select({ accountId: m.accountId })
    .from(m)
    .where(and(eq(m.schoolId, schoolId), eq(m.id, ended.membershipId)));
  const hasLeft = await endIfChildless(store, schoolId, ended.membershipId, at);
  return { ...ended, accountId: of?.accountId ?? null, hasLeft };
}

async function endIfChildless(
  store: Store,
  schoolId: string,
  membershipId: string,
  at: Date,
): Promise<boolean> {
  const { guardianship: g, membership: m } = store.tables;
  const [child] = await store.db
    .select({ id: g.id })
    .from(g)
    .where(and(eq(g.schoolId, schoolId), eq(g.membershipId, membershipId), isNull(g.endedAt)))
    .limit(1);
  if (child) return false;
  await store.db
    .update(m)
    .set({ endedAt: at })
    .where(and(eq(m.schoolId, schoolId), eq(m.id, membershipId), isNull(m.endedAt)));
  return true;
}

async function setPhone(store: Store, schoolId: string, membershipId: string, phone: string): Promise<void> {
  const { guardianContact: c } = store.tables;
  await store.db
    .insert(c)
    .values({ schoolId, membershipId, phone })
    .onConflictDoUpdate({ target: [c.schoolId, c.membershipId], set: { phone } });
}
