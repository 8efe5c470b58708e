/**
 * Voices and the rounds that ask for them: kept, changed while that is allowed, settled by a teacher, deleted. Nothing
 * else reads or writes them. Where the consent to a child's account is withdrawn, what it said is shown to nobody.
 */
import { and, asc, count, desc, eq, exists, inArray, isNull, ne, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type {
  PeerStarter,
  RoundKind,
  VoiceKind,
  VoiceLevel,
  VoiceState,
  VoiceSubject,
} from "@doudou/shared/domain/voices.ts";
import type { Store } from "../engines/database.ts";
import { isOfAskedChild } from "./placeholders.ts";

export interface VoiceRound {
  readonly id: string;
  readonly classId: string;
  readonly termId: string;
  readonly kind: RoundKind;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly groups: readonly (readonly string[])[];
}

/** The rounds of a class in a term, the latest first. */
export async function voiceRoundsOf(
  store: Store,
  schoolId: string,
  of: { readonly classId: string; readonly termId: string },
): Promise<VoiceRound[]> {
  const { voiceRound: r } = store.tables;
  return await store.db
    .select({
      id: r.id,
      classId: r.classId,
      termId: r.termId,
      kind: r.kind,
      opensOn: r.opensOn,
      closesOn: r.closesOn,
      groups: r.groups,
    })
    .from(r)
    .where(and(eq(r.schoolId, schoolId), eq(r.classId, of.classId), eq(r.termId, of.termId)))
    .orderBy(desc(r.opensOn), desc(r.id));
}

/** Opens a round, or changes when it closes. @returns false where the id is of another class's, term's or kind's */
export async function putVoiceRound(
  store: Store,
  schoolId: string,
  round: VoiceRound,
  by: { readonly membershipId: string; readonly at: Date },
): Promise<boolean> {
  const { voiceRound: r } = store.tables;
  const { opensOn, closesOn, groups } = round;
  const put = await store.db
    .insert(r)
    .values({ schoolId, ...round, openedBy: by.membershipId, openedAt: by.at, changedAt: by.at })
    .onConflictDoUpdate({
      target: [r.schoolId, r.id],
      set: { opensOn, closesOn, groups, changedAt: by.at },
      setWhere: sql`${r.classId} = ${round.classId} and ${r.termId} = ${round.termId} and ${r.kind} = ${round.kind}`,
    })
    .returning({ id: r.id });
  return put.length > 0;
}

export interface NewVoice {
  readonly id: string;
  readonly kind: VoiceKind;
  readonly studentId: string;
  /** The child that says it; or else the grown-up. */
  readonly fromId: string | null;
  readonly authorId: string | null;
  readonly classId: string;
  readonly termId: string;
  readonly roundId: string | null;
  readonly about: VoiceSubject;
  readonly level: VoiceLevel | null;
  readonly observationPointId: string | null;
  readonly starter: PeerStarter | null;
  readonly words: string;
  readonly day: string;
  readonly guardianMaySee: boolean;
  readonly state: VoiceState;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

export interface KeptVoice extends NewVoice {
  readonly keptBackFor: string | null;
}

/**
 * Keeps what a child answered in a round; answered again, the later words stand, under the first id.
 * @returns false where a teacher has settled it: nothing was written then
 */
export async function keepAnswer(store: Store, schoolId: string, answer: NewVoice): Promise<boolean> {
  const { voice: v } = store.tables;
  const { level, observationPointId, starter, words, day, changedAt } = answer;
  const kept = await store.db
    .insert(v)
    .values({ schoolId, ...answer })
    .onConflictDoUpdate({
      target: [v.schoolId, v.roundId, v.fromId, v.studentId, v.about],
      set: { level, observationPointId, starter, words, day, changedAt },
      setWhere: inArray(v.state, ["given", "waiting"]),
    })
    .returning({ id: v.id });
  return kept.length > 0;
}

/** Adds a guardian's or a teacher's voice. @returns false where the id is taken: nothing was written then */
export async function addVoice(store: Store, schoolId: string, voice: NewVoice): Promise<boolean> {
  const { voice: v } = store.tables;
  const added = await store.db
    .insert(v)
    .values({ schoolId, ...voice })
    .onConflictDoNothing({ target: [v.schoolId, v.id] })
    .returning({ id: v.id });
  return added.length > 0;
}

export async function voiceById(store: Store, schoolId: string, id: string): Promise<KeptVoice | undefined> {
  const { voice: v } = store.tables;
  const [kept] = await store.db
    .select()
    .from(v)
    .where(and(eq(v.schoolId, schoolId), eq(v.id, id)));
  return kept;
}

export interface VoiceLine extends KeptVoice {
  readonly studentName: string;
  /** Of the child that said it. */
  readonly fromName: string | null;
  readonly author: string | null;
}

/** What children said in these rounds, oldest first. @param fromId one child's own, or all */
export async function answersIn(
  store: Store,
  schoolId: string,
  roundIds: readonly string[],
  fromId?: string,
): Promise<VoiceLine[]> {
  if (roundIds.length === 0) return [];
  const { voice: v } = store.tables;
  return await lines(
    store,
    schoolId,
    and(inArray(v.roundId, [...roundIds]), fromId === undefined ? undefined : eq(v.fromId, fromId)),
  );
}

/** Everything said about a child in a term that stands: given, or released. Oldest first. */
export async function voicesAbout(
  store: Store,
  schoolId: string,
  of: { readonly studentId: string; readonly termId: string },
): Promise<VoiceLine[]> {
  const rows = await store
    .prepared("voicesAbout", () => {
      const { voice: v } = store.tables;
      const isAsked = and(isOfAskedChild(v), eq(v.termId, sql.placeholder("termId")));
      return linesQuery(store, and(isAsked, inArray(v.state, ["given", "released"])));
    })
    .execute({ schoolId, ...of });
  return rows.map(voiceLine);
}

/** Passes on what peers said in a class, or keeps it back. @returns the ids that are of this class */
export async function settleVoices(
  store: Store,
  schoolId: string,
  of: { readonly classId: string; readonly ids: readonly string[] },
  settled: {
    readonly state: "released" | "kept-back";
    readonly keptBackFor: string | null;
    readonly settledBy: string;
    readonly settledAt: Date;
  },
): Promise<string[]> {
  const { voice: v } = store.tables;
  const rows = await store.db
    .update(v)
    .set(settled)
    .where(
      and(
        eq(v.schoolId, schoolId),
        eq(v.classId, of.classId),
        eq(v.kind, "peer"),
        inArray(v.id, [...of.ids]),
      ),
    )
    .returning({ id: v.id });
  return rows.map(({ id }) => id);
}

/** How much an author said about a child on a day. */
export async function countSaidOn(
  store: Store,
  schoolId: string,
  of: {
    readonly kind: VoiceKind;
    readonly studentId: string;
    readonly authorId: string;
    readonly day: string;
  },
): Promise<number> {
  const { voice: v } = store.tables;
  const [row] = await store.db
    .select({ n: count() })
    .from(v)
    .where(
      and(
        eq(v.schoolId, schoolId),
        eq(v.kind, of.kind),
        eq(v.studentId, of.studentId),
        eq(v.authorId, of.authorId),
        eq(v.day, of.day),
      ),
    );
  return row?.n ?? 0;
}

/** Changes a note, and keeps what it said before. */
export async function changeNote(
  store: Store,
  schoolId: string,
  before: Pick<KeptVoice, "id" | "words">,
  to: { readonly words: string; readonly guardianMaySee: boolean; readonly changedAt: Date },
): Promise<void> {
  const { voice: v, voiceEarlier: e } = store.tables;
  if (before.words !== to.words)
    await store.db
      .insert(e)
      .values({ schoolId, voiceId: before.id, until: to.changedAt, words: before.words })
      .onConflictDoNothing();
  await store.db
    .update(v)
    .set(to)
    .where(and(eq(v.schoolId, schoolId), eq(v.id, before.id)));
}

/** What these notes said before, oldest first. */
export async function earlierWords(
  store: Store,
  schoolId: string,
  voiceIds: readonly string[],
): Promise<{ voiceId: string; until: Date; words: string }[]> {
  if (voiceIds.length === 0) return [];
  const { voiceEarlier: e } = store.tables;
  return await store.db
    .select({ voiceId: e.voiceId, until: e.until, words: e.words })
    .from(e)
    .where(and(eq(e.schoolId, schoolId), inArray(e.voiceId, [...voiceIds])))
    .orderBy(asc(e.until));
}

/**
 * Deletes what peers said in these terms and no teacher passed on, at most `limit` of it.
 * @returns how many
 */
export async function deleteUnreleased(
  store: Store,
  schoolId: string,
  termIds: readonly string[],
  limit: number,
): Promise<number> {
  if (termIds.length === 0) return 0;
  const { voice: v } = store.tables;
  const some = store.db
    .select({ id: v.id })
    .from(v)
    .where(
      and(
        eq(v.schoolId, schoolId),
        inArray(v.termId, [...termIds]),
        eq(v.kind, "peer"),
        ne(v.state, "released"),
      ),
    )
    .limit(limit);
  const deleted = await store.db
    .delete(v)
    .where(and(eq(v.schoolId, schoolId), inArray(v.id, some)))
    .returning({ id: v.id });
  return deleted.length;
}

async function lines(store: Store, schoolId: string, where: ReturnType<typeof and>): Promise<VoiceLine[]> {
  const { voice: v } = store.tables;
  return (await linesQuery(store, and(eq(v.schoolId, schoolId), where))).map(voiceLine);
}

function linesQuery(store: Store, where: ReturnType<typeof and>) {
  const { voice: v, student: s, membership: m, consent: c } = store.tables;
  const teller = alias(s, "teller");
  const agreed = store.db
    .select({ id: c.id })
    .from(c)
    .where(
      and(
        eq(c.schoolId, v.schoolId),
        eq(c.studentId, v.fromId),
        eq(c.purpose, "account"),
        isNull(c.withdrawnAt),
      ),
    );
  return store.db
    .select({ voice: v, studentName: s.name, fromName: teller.name, author: m.displayName })
    .from(v)
    .innerJoin(s, and(eq(s.schoolId, v.schoolId), eq(s.id, v.studentId)))
    .leftJoin(teller, and(eq(teller.schoolId, v.schoolId), eq(teller.id, v.fromId)))
    .leftJoin(m, and(eq(m.schoolId, v.schoolId), eq(m.id, v.authorId)))
    .where(and(where, or(isNull(v.fromId), exists(agreed))))
    .orderBy(asc(v.createdAt), asc(v.id));
}

function voiceLine({ voice, ...names }: Awaited<ReturnType<typeof linesQuery>>[number]): VoiceLine {
  return { ...voice, ...names };
}
