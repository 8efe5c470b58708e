/** Members' own addresses for mail: entered, confirmed by a code, switched off by a link. */
import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Store } from "../engines/database.ts";

export interface MailAddress {
  readonly membershipId: string;
  readonly address: string;
  readonly confirmedAt: Date | null;
  readonly isOn: boolean;
  /** Sealed. */
  readonly code: string | null;
  readonly codeMadeAt: Date | null;
  readonly wrongCodes: number;
  readonly codes: number;
  readonly codesSince: Date;
  readonly stopToken: string;
}

/** A member's address. */
export async function mailAddressOf(
  store: Store,
  schoolId: string,
  membershipId: string,
): Promise<MailAddress | undefined> {
  const { mailAddress: x } = store.tables;
  const [found] = await store.db
    .select({
      membershipId: x.membershipId,
      address: x.address,
      confirmedAt: x.confirmedAt,
      isOn: x.isOn,
      code: x.code,
      codeMadeAt: x.codeMadeAt,
      wrongCodes: x.wrongCodes,
      codes: x.codes,
      codesSince: x.codesSince,
      stopToken: x.stopToken,
    })
    .from(x)
    .where(and(eq(x.schoolId, schoolId), eq(x.membershipId, membershipId)));
  return found;
}

/** Puts a member's address in place of an earlier one. */
export async function keepMailAddress(store: Store, schoolId: string, kept: MailAddress): Promise<void> {
  const { mailAddress: x } = store.tables;
  const { membershipId, ...rest } = kept;
  await store.db
    .insert(x)
    .values({ schoolId, ...kept })
    .onConflictDoUpdate({ target: [x.schoolId, x.membershipId], set: rest });
}

/** Counts a wrong code. */
export async function countWrongCode(store: Store, schoolId: string, membershipId: string): Promise<void> {
  const { mailAddress: x } = store.tables;
  await store.db
    .update(x)
    .set({ wrongCodes: sql`${x.wrongCodes} + 1` })
    .where(and(eq(x.schoolId, schoolId), eq(x.membershipId, membershipId)));
}

/** The address is confirmed, and its code used up. */
export async function confirmMailAddress(
  store: Store,
  schoolId: string,
  membershipId: string,
  confirmedAt: Date,
): Promise<void> {
  const { mailAddress: x } = store.tables;
  await store.db
    .update(x)
    .set({ confirmedAt, isOn: true, code: null, wrongCodes: 0 })
    .where(and(eq(x.schoolId, schoolId), eq(x.membershipId, membershipId)));
}

/** Whether a member wants mail. @returns whether that is new */
export async function switchMail(
  store: Store,
  schoolId: string,
  membershipId: string,
  isOn: boolean,
): Promise<boolean> {
  const { mailAddress: x } = store.tables;
  const rows = await store.db
    .update(x)
    .set({ isOn })
    .where(and(eq(x.schoolId, schoolId), eq(x.membershipId, membershipId), eq(x.isOn, !isOn)))
    .returning({ membershipId: x.membershipId });
  return rows.length > 0;
}

/** Forgets a member's address, and what was still to be sent there. @returns whether there was one */
export async function forgetMailAddress(
  store: Store,
  schoolId: string,
  membershipId: string,
): Promise<boolean> {
  const { mailAddress: x, delivery: d } = store.tables;
  await store.db.delete(d).where(and(eq(d.schoolId, schoolId), eq(d.recipientId, membershipId)));
  const rows = await store.db
    .delete(x)
    .where(and(eq(x.schoolId, schoolId), eq(x.membershipId, membershipId)))
    .returning({ membershipId: x.membershipId });
  return rows.length > 0;
}

/** Who of these members is told by mail: a confirmed address, and mail is on. */
export async function membersByMail(
  store: Store,
  schoolId: string,
  membershipIds: readonly string[],
): Promise<Set<string>> {
  if (membershipIds.length === 0) return new Set();
  const { mailAddress: x } = store.tables;
  const rows = await store.db
    .select({ membershipId: x.membershipId })
    .from(x)
    .where(
      and(
        eq(x.schoolId, schoolId),
        inArray(x.membershipId, [...membershipIds]),
        eq(x.isOn, true),
        isNotNull(x.confirmedAt),
      ),
    );
  return new Set(rows.map(({ membershipId }) => membershipId));
}
