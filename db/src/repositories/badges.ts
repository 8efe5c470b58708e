/** The school's catalogue of badges, version by version. What is published never changes but to be retired. */
import { and, asc, eq, max, ne, sql } from "drizzle-orm";
import type { BadgeRule } from "@doudou/shared/contract/badge-rules.ts";
import type { BadgeGiver, BadgeShape, BadgeState } from "@doudou/shared/domain/badge-words.ts";
import type { Bilingual, Dimension } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";

export interface BadgeDraftRow {
  readonly id: string;
  readonly code: string;
  readonly name: Bilingual;
  readonly words: Bilingual;
  readonly shape: BadgeShape;
  readonly dimension: Dimension | null;
  readonly rule: BadgeRule;
  readonly after: readonly string[];
  readonly giver: BadgeGiver;
}

export interface BadgeRow extends BadgeDraftRow {
  readonly version: number;
  readonly state: BadgeState;
}

/** Every version of every badge, in the order they were begun. */
export async function badgesOf(store: Store, schoolId: string): Promise<BadgeRow[]> {
  const rows = await store
    .prepared("badgesOf", () => {
      const { badge: b } = store.tables;
      return store.db
        .select()
        .from(b)
        .where(eq(b.schoolId, sql.placeholder("schoolId")))
        .orderBy(asc(b.id));
    })
    .execute({ schoolId });
  return rows.map((row) => badgeRow(row));
}

export async function badgeById(store: Store, schoolId: string, id: string): Promise<BadgeRow | undefined> {
  const { badge: b } = store.tables;
  const [row] = await store.db
    .select()
    .from(b)
    .where(and(eq(b.schoolId, schoolId), eq(b.id, id)));
  return row && badgeRow(row);
}

/** A version to be changed: others who would change it wait until this write ends. */
export async function badgeHeld(store: Store, schoolId: string, id: string): Promise<BadgeRow | undefined> {
  await store.lock([`${schoolId}/badge-version/${id}`]);
  return await badgeById(store, schoolId, id);
}

/** A badge as the rest of the product has it. */
export function badgeRow(row: Store["tables"]["badge"]["$inferSelect"]): BadgeRow {
  const { id, code, version, state, nameZh, nameEn, wordsZh, wordsEn, shape, dimension, rule, after, giver } =
    row;
  return {
    id,
    code,
    version,
    state,
    shape,
    dimension,
    rule,
    after,
    giver,
    name: { zh: nameZh, en: nameEn },
    words: { zh: wordsZh, en: wordsEn },
  };
}

/** Keeps a draft: a new one as the next version of its badge, or a kept one anew. @returns false where it is none any more */
export async function putBadgeDraft(
  store: Store,
  schoolId: string,
  { id, code, name, words, ...draft }: BadgeDraftRow,
  saved: { readonly savedBy: string; readonly savedAt: Date },
): Promise<boolean> {
  const { badge: b } = store.tables;
  const content = {
    ...draft,
    ...saved,
    after: [...draft.after],
    nameZh: name.zh,
    nameEn: name.en,
    wordsZh: words.zh,
    wordsEn: words.en,
  };
  const changed = await store.db
    .update(b)
    .set(content)
    .where(and(eq(b.schoolId, schoolId), eq(b.id, id), eq(b.code, code), eq(b.state, "draft")))
    .returning({ id: b.id });
  if (changed.length > 0) return true;
  await store.lock([`${schoolId}/badge/${code}`]);
  const [last] = await store.db
    .select({ version: max(b.version) })
    .from(b)
    .where(and(eq(b.schoolId, schoolId), eq(b.code, code)));
  const added = await store.db
    .insert(b)
    .values({ schoolId, id, code, version: (last?.version ?? 0) + 1, state: "draft", ...content })
    .onConflictDoNothing({ target: [b.schoolId, b.id] })
    .returning({ id: b.id });
  return added.length > 0;
}

/** @returns whether there was such a draft */
export async function dropBadgeDraft(store: Store, schoolId: string, id: string): Promise<boolean> {
  const { badge: b } = store.tables;
  const gone = await store.db
    .delete(b)
    .where(and(eq(b.schoolId, schoolId), eq(b.id, id), eq(b.state, "draft")))
    .returning({ id: b.id });
  return gone.length > 0;
}

/** Publishes a draft and retires the version before. @returns whether it was a draft until now */
export async function publishBadge(
  store: Store,
  schoolId: string,
  { id, code }: Pick<BadgeRow, "id" | "code">,
  at: Date,
): Promise<boolean> {
  const { badge: b } = store.tables;
  const published = await store.db
    .update(b)
    .set({ state: "published", publishedAt: at })
    .where(and(eq(b.schoolId, schoolId), eq(b.id, id), eq(b.state, "draft")))
    .returning({ id: b.id });
  if (published.length === 0) return false;
  await store.db
    .update(b)
    .set({ state: "retired", retiredAt: at })
    .where(and(eq(b.schoolId, schoolId), eq(b.code, code), eq(b.state, "published"), ne(b.id, id)));
  return true;
}

/** Nobody begins to strive for it any more; who does goes on, and who has it keeps it. @returns whether it was published */
export async function retireBadge(store: Store, schoolId: string, id: string, at: Date): Promise<boolean> {
  const { badge: b } = store.tables;
  const retired = await store.db
    .update(b)
    .set({ state: "retired", retiredAt: at })
    .where(and(eq(b.schoolId, schoolId), eq(b.id, id), eq(b.state, "published")))
    .returning({ id: b.id });
  return retired.length > 0;
}
