/** The credentials a school has given out: that, to whom and whether they stand; never what they say. */
import { and, desc, eq, isNull } from "drizzle-orm";
import type { CredentialKind } from "@doudou/shared/domain/credential-words.ts";
import type { Bilingual } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { isOfAskedChild } from "./placeholders.ts";

export interface NewCredential {
  readonly id: string;
  readonly studentId: string;
  readonly kind: CredentialKind;
  /** Of which badge; null for the whole record. */
  readonly questId: string | null;
  readonly keyId: string;
  /** Of the signed text, hex. */
  readonly sha256: string;
  readonly isNamed: boolean;
  readonly issuedBy: string;
  readonly issuedAt: Date;
}

export interface CredentialRow extends NewCredential {
  readonly withdrawnAt: Date | null;
}

/** @returns false where the id is taken: nothing was written then */
export async function addCredential(
  store: Store,
  schoolId: string,
  credential: NewCredential,
): Promise<boolean> {
  const { credential: c } = store.tables;
  const added = await store.db
    .insert(c)
    .values({ schoolId, ...credential })
    .onConflictDoNothing({ target: [c.schoolId, c.id] })
    .returning({ id: c.id });
  return added.length > 0;
}

export async function credentialById(
  store: Store,
  schoolId: string,
  id: string,
): Promise<CredentialRow | undefined> {
  const { credential: c } = store.tables;
  const [row] = await store.db
    .select()
    .from(c)
    .where(and(eq(c.schoolId, schoolId), eq(c.id, id)));
  return row;
}

export interface CredentialLine extends CredentialRow {
  /** Who asked for it. */
  readonly by: string;
  readonly badge: Bilingual | null;
}

/** What was given out of a child, the latest first. */
export async function credentialsOfChild(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<CredentialLine[]> {
  const rows = await store
    .prepared("credentialsOfChild", () => {
      const { credential: c, membership: m, badgeQuest: q, badge: b } = store.tables;
      return store.db
        .select({ credential: c, by: m.displayName, zh: b.nameZh, en: b.nameEn })
        .from(c)
        .innerJoin(m, and(eq(m.schoolId, c.schoolId), eq(m.id, c.issuedBy)))
        .leftJoin(q, and(eq(q.schoolId, c.schoolId), eq(q.id, c.questId)))
        .leftJoin(b, and(eq(b.schoolId, q.schoolId), eq(b.id, q.badgeId)))
        .where(isOfAskedChild(c))
        .orderBy(desc(c.issuedAt), desc(c.id));
    })
    .execute({ schoolId, studentId });
  return rows.map(({ credential, by, zh, en }) => ({
    ...credential,
    by,
    badge: zh === null || en === null ? null : { zh, en },
  }));
}

/** It counts no more, wherever it is. @returns whether it stood until now */
export async function withdrawCredential(
  store: Store,
  schoolId: string,
  id: string,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<boolean> {
  const { credential: c } = store.tables;
  const withdrawn = await store.db
    .update(c)
    .set({ withdrawnBy: by, withdrawnAt: at })
    .where(and(eq(c.schoolId, schoolId), eq(c.id, id), isNull(c.withdrawnAt)))
    .returning({ id: c.id });
  return withdrawn.length > 0;
}
