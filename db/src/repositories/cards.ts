/**
 * Children's cards. A card belongs to an account, and an account has one: issuing a new one overwrites the old, its
 * PIN included. Never sees a code or a PIN, only their hashes.
 */
import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { PinKind } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import type { AccountWithHash } from "./accounts.ts";
import { insertRows } from "./bulk.ts";

export interface CardWithHash {
  readonly account: AccountWithHash;
  readonly pinKind: PinKind | null;
  readonly pinHash: string | null;
}

export async function cardByCode(store: Store, codeHash: string): Promise<CardWithHash | undefined> {
  const { studentCard: c, account: a } = store.tables;
  const [found] = await store.db
    .select({ account: a, pinKind: c.pinKind, pinHash: c.pinHash })
    .from(c)
    .innerJoin(a, eq(a.id, c.accountId))
    .where(eq(c.codeHash, codeHash));
  return found;
}

export interface CardHolder {
  readonly studentId: string;
  readonly accountId: string | null;
  readonly membershipId: string | null;
  readonly hasConsent: boolean;
  readonly card: {
    readonly issuedAt: Date;
    readonly pinKind: PinKind | null;
    readonly hasPin: boolean;
  } | null;
}

/** Which of these students may have a card, and has one. */
export async function cardHolders(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
): Promise<CardHolder[]> {
  if (studentIds.length === 0) return [];
  const { student: s, membership: m, consent: g, studentCard: c } = store.tables;
  const rows = await store.db
    .select({
      studentId: s.id,
      accountId: m.accountId,
      membershipId: m.id,
      consentId: g.id,
      issuedAt: c.issuedAt,
      pinKind: c.pinKind,
      pinHash: c.pinHash,
    })
    .from(s)
    .leftJoin(
      m,
      and(eq(m.schoolId, s.schoolId), eq(m.studentId, s.id), eq(m.role, "student"), isNull(m.endedAt)),
    )
    .leftJoin(
      g,
      and(eq(g.schoolId, s.schoolId), eq(g.studentId, s.id), eq(g.purpose, "account"), isNull(g.withdrawnAt)),
    )
    .leftJoin(c, eq(c.accountId, m.accountId))
    .where(and(eq(s.schoolId, schoolId), inArray(s.id, [...studentIds])))
    .orderBy(asc(s.studentNo), asc(m.id));
  const byStudent = new Map<string, CardHolder>();
  for (const { studentId, accountId, membershipId, consentId, issuedAt, pinKind, pinHash } of rows) {
    if (byStudent.get(studentId)?.accountId) continue;
    const card = issuedAt && { issuedAt, pinKind, hasPin: pinHash !== null };
    byStudent.set(studentId, { studentId, accountId, membershipId, hasConsent: consentId !== null, card });
  }
  return [...byStudent.values()];
}

/** Opens a child's account in a school. The consent to it is checked by who calls. */
export async function openStudentAccount(
  store: Store,
  schoolId: string,
  opened: {
    readonly accountId: string;
    readonly membershipId: string;
    readonly studentId: string;
    readonly login: string;
    readonly name: string;
    readonly locale: "zh-CN" | "en";
    readonly at: Date;
  },
): Promise<void> {
  const { accountId, membershipId, studentId, login, name, locale, at } = opened;
  await insertRows(store, store.tables.account, [
    { id: accountId, login, displayName: name, locale, passwordHash: null, createdAt: at },
  ]);
  await insertRows(store, store.tables.membership, [
    { schoolId, id: membershipId, accountId, role: "student" as const, displayName: name, studentId },
  ]);
}

/** Gives an account a card; one that it had is worth nothing from then on. */
export async function issueCard(
  store: Store,
  card: { readonly accountId: string; readonly codeHash: string; readonly issuedAt: Date },
): Promise<void> {
  const { studentCard: c } = store.tables;
  const { codeHash, issuedAt } = card;
  await store.db
    .insert(c)
    .values(card)
    .onConflictDoUpdate({
      target: c.accountId,
      set: { codeHash, issuedAt, pinKind: null, pinHash: null },
    });
}

/** Keeps the PIN that a child has chosen. @returns false where the card has one already, or is the old one by now */
export async function chooseCardPin(
  store: Store,
  codeHash: string,
  chosen: { readonly pinKind: PinKind; readonly pinHash: string },
): Promise<boolean> {
  const { studentCard: c } = store.tables;
  const changed = await store.db
    .update(c)
    .set(chosen)
    .where(and(eq(c.codeHash, codeHash), isNull(c.pinHash)))
    .returning({ accountId: c.accountId });
  return changed.length > 0;
}

/** The child chooses a new one at the next use. @returns the hash of the card's code; undefined where there is no card */
export async function forgetCardPin(store: Store, accountId: string): Promise<string | undefined> {
  const { studentCard: c } = store.tables;
  const [changed] = await store.db
    .update(c)
    .set({ pinKind: null, pinHash: null })
    .where(eq(c.accountId, accountId))
    .returning({ codeHash: c.codeHash });
  return changed?.codeHash;
}
