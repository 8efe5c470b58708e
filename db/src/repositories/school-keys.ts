/**
 * The keys a school signs with. At most one signs; of a retired one nothing is left but its public half, which is never
 * deleted: what it signed can be verified for ever.
 */
import { and, desc, eq, isNull } from "drizzle-orm";
import type { Store } from "../engines/database.ts";

export interface NewSchoolKey {
  /** RFC 7638 thumbprint. */
  readonly id: string;
  /** The public half, base64url. */
  readonly x: string;
  readonly sealedSecret: string;
  /** Null for the command line. */
  readonly madeBy: string | null;
  readonly madeAt: Date;
}

export interface PublicSchoolKey extends Pick<NewSchoolKey, "id" | "x" | "madeAt"> {
  /** A name; null where the command line made it. */
  readonly by: string | null;
  readonly retiredAt: Date | null;
}

/** The public halves of all keys a school ever had, the latest first. */
export async function schoolKeysOf(store: Store, schoolId: string): Promise<PublicSchoolKey[]> {
  const { schoolKey: k, membership: m } = store.tables;
  return await store.db
    .select({ id: k.id, x: k.x, madeAt: k.madeAt, by: m.displayName, retiredAt: k.retiredAt })
    .from(k)
    .leftJoin(m, and(eq(m.schoolId, k.schoolId), eq(m.id, k.madeBy)))
    .where(eq(k.schoolId, schoolId))
    .orderBy(desc(k.madeAt), desc(k.id));
}

export interface SigningKey {
  readonly id: string;
  readonly x: string;
  readonly sealedSecret: string;
}

/** The key a school signs with; undefined where it has none yet. */
export async function signingKeyOf(store: Store, schoolId: string): Promise<SigningKey | undefined> {
  const { schoolKey: k } = store.tables;
  const [row] = await store.db
    .select({ id: k.id, x: k.x, sealedSecret: k.sealedSecret })
    .from(k)
    .where(and(eq(k.schoolId, schoolId), isNull(k.retiredAt)));
  return row && row.sealedSecret !== null ? { ...row, sealedSecret: row.sealedSecret } : undefined;
}

/** Adds a key where the school has none that signs. @returns false where it has one: nothing was written then */
export async function addSchoolKey(store: Store, schoolId: string, key: NewSchoolKey): Promise<boolean> {
  const { schoolKey: k } = store.tables;
  await store.lock([`${schoolId}/school-key`]);
  if (await signingKeyOf(store, schoolId)) return false;
  await store.db.insert(k).values({ schoolId, ...key });
  return true;
}

/** Nothing is signed with the present key any more: its private half is gone. @returns its id, where there was one */
export async function retireSchoolKey(store: Store, schoolId: string, at: Date): Promise<string | undefined> {
  const { schoolKey: k } = store.tables;
  await store.lock([`${schoolId}/school-key`]);
  const [retired] = await store.db
    .update(k)
    .set({ sealedSecret: null, retiredAt: at })
    .where(and(eq(k.schoolId, schoolId), isNull(k.retiredAt)))
    .returning({ id: k.id });
  return retired?.id;
}
