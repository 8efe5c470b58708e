/**
 * What children told: kept, withdrawn, answered once, and deleted after its term. Nothing else reads or writes it. Where
 * the consent to the teller's account is withdrawn, what it told is shown to nobody any more.
 */
import { and, asc, desc, eq, exists, gte, inArray, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { ProposalVoice, DeclinePhrase, ProposalState } from "@doudou/shared/domain/proposals.ts";
import type { Store } from "../engines/database.ts";
import { askedIds } from "./placeholders.ts";

export interface NewProposal {
  readonly id: string;
  readonly voice: ProposalVoice;
  /** The child that told it, or whose guardian did. */
  readonly fromId: string;
  readonly guardianId: string | null;
  /** The child it is about. */
  readonly studentId: string;
  readonly classId: string;
  readonly termId: string;
  readonly observationPointId: string;
  readonly text: string;
  readonly day: string;
  readonly toldAt: Date;
  /** Of the award it may become. */
  readonly awardId: string;
}

export interface KeptProposal extends NewProposal {
  readonly state: ProposalState;
  readonly phrase: DeclinePhrase | null;
}

/** @returns false where the id is taken: nothing was written then */
export async function addProposal(store: Store, schoolId: string, proposal: NewProposal): Promise<boolean> {
  const { proposal: p } = store.tables;
  const added = await store.db
    .insert(p)
    .values({ schoolId, ...proposal, state: "open" })
    .onConflictDoNothing({ target: [p.schoolId, p.id] })
    .returning({ id: p.id });
  return added.length > 0;
}

export async function proposalsByIds(
  store: Store,
  schoolId: string,
  ids: readonly string[],
): Promise<KeptProposal[]> {
  const { proposal: p } = store.tables;
  return await store.db
    .select()
    .from(p)
    .where(and(eq(p.schoolId, schoolId), inArray(p.id, [...ids])));
}

/** Who tells: a child, or its guardian. */
interface Teller {
  readonly fromId: string;
  readonly guardianId: string | null;
}

export interface ProposalLine extends KeptProposal {
  /** Of who told it. */
  readonly fromName: string;
  readonly studentName: string;
}

/** What a child told, or this guardian of it, since a day, newest first, without what it withdrew. */
export async function toldBy(
  store: Store,
  schoolId: string,
  { fromId, guardianId }: Teller,
  since: string,
): Promise<ProposalLine[]> {
  const isOwn = guardianId === null;
  const rows = await store
    .prepared(isOwn ? "toldByChild" : "toldByGuardian", () => {
      const { proposal: p } = store.tables;
      return linesQuery(
        store,
        and(
          eq(p.schoolId, sql.placeholder("schoolId")),
          eq(p.fromId, sql.placeholder("fromId")),
          isOwn ? isNull(p.guardianId) : eq(p.guardianId, sql.placeholder("guardianId")),
          gte(p.day, sql.placeholder("since")),
          ne(p.state, "withdrawn"),
        ),
        desc,
      );
    })
    .execute({ schoolId, fromId, guardianId, since });
  return rows.map(proposalLine);
}

/** Everything a child told on a day, or this guardian of it, for counting. */
export async function toldOn(
  store: Store,
  schoolId: string,
  { fromId, guardianId }: Teller,
  day: string,
): Promise<Pick<KeptProposal, "voice" | "studentId" | "state">[]> {
  const { proposal: p } = store.tables;
  return await store.db
    .select({ voice: p.voice, studentId: p.studentId, state: p.state })
    .from(p)
    .where(
      and(
        eq(p.schoolId, schoolId),
        eq(p.fromId, fromId),
        guardianId === null ? isNull(p.guardianId) : eq(p.guardianId, guardianId),
        eq(p.day, day),
      ),
    );
}

/** What waits for the homeroom teacher of a class, oldest first. */
export async function waitingIn(store: Store, schoolId: string, classId: string): Promise<ProposalLine[]> {
  return await lines(store, isWaiting(store, schoolId, classId), asc);
}

export async function countWaiting(store: Store, schoolId: string, classId: string): Promise<number> {
  const [row] = await store.db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(store.tables.proposal)
    .where(isWaiting(store, schoolId, classId));
  return row?.count ?? 0;
}

/** Who thanked whom in a class since a day, whatever was answered; not what was withdrawn. */
export async function thanksIn(
  store: Store,
  schoolId: string,
  classId: string,
  since: string,
): Promise<{ id: string; fromId: string; toId: string; at: Date }[]> {
  const { proposal: p } = store.tables;
  return await store.db
    .select({ id: p.id, fromId: p.fromId, toId: p.studentId, at: p.toldAt })
    .from(p)
    .where(
      and(
        eq(p.schoolId, schoolId),
        eq(p.classId, classId),
        eq(p.voice, "peer"),
        gte(p.day, since),
        ne(p.state, "withdrawn"),
      ),
    );
}

/** Settles one that is open. @returns false where it was settled before: the first word stays */
export async function settleProposal(
  store: Store,
  schoolId: string,
  id: string,
  settled: {
    readonly state: Exclude<ProposalState, "open">;
    readonly phrase: DeclinePhrase | null;
    readonly settledAt: Date;
    /** The teacher; null where the child itself withdrew it. */
    readonly settledBy: string | null;
  },
): Promise<boolean> {
  const { proposal: p } = store.tables;
  const changed = await store.db
    .update(p)
    .set(settled)
    .where(and(eq(p.schoolId, schoolId), eq(p.id, id), eq(p.state, "open")))
    .returning({ id: p.id });
  return changed.length > 0;
}

/** The names of the children whose thanks became these awards, by award. */
export async function thankersOf(
  store: Store,
  schoolId: string,
  awardIds: readonly string[],
): Promise<Map<string, string>> {
  if (awardIds.length === 0) return new Map();
  const asked = askedIds(awardIds);
  const rows = await store
    .prepared(`thankersOf/${asked.size}`, () => {
      const { proposal: p, student: s } = store.tables;
      return store.db
        .select({ awardId: p.awardId, name: s.name })
        .from(p)
        .innerJoin(s, and(eq(s.schoolId, p.schoolId), eq(s.id, p.fromId)))
        .where(
          and(
            eq(p.schoolId, sql.placeholder("schoolId")),
            inArray(p.awardId, asked.placeholders),
            eq(p.voice, "peer"),
          ),
        );
    })
    .execute({ schoolId, ...asked.values });
  return new Map(rows.map(({ awardId, name }) => [awardId, name]));
}

/**
 * Deletes what children told in these terms and did not become an award, at most `limit` of it.
 * @returns how many
 */
export async function deleteProposals(
  store: Store,
  schoolId: string,
  termIds: readonly string[],
  limit: number,
): Promise<number> {
  if (termIds.length === 0) return 0;
  const { proposal: p } = store.tables;
  const some = store.db
    .select({ id: p.id })
    .from(p)
    .where(and(eq(p.schoolId, schoolId), inArray(p.termId, [...termIds]), ne(p.state, "accepted")))
    .limit(limit);
  const deleted = await store.db
    .delete(p)
    .where(and(eq(p.schoolId, schoolId), inArray(p.id, some)))
    .returning({ id: p.id });
  return deleted.length;
}

function isWaiting(store: Store, schoolId: string, classId: string) {
  const { proposal: p, consent: c } = store.tables;
  const agreed = store.db
    .select({ id: c.id })
    .from(c)
    .where(
      and(
        eq(c.schoolId, p.schoolId),
        eq(c.studentId, p.fromId),
        eq(c.purpose, "account"),
        isNull(c.withdrawnAt),
      ),
    );
  return and(
    eq(p.schoolId, schoolId),
    eq(p.classId, classId),
    eq(p.state, "open"),
    or(isNotNull(p.guardianId), exists(agreed)),
  );
}

async function lines(
  store: Store,
  where: ReturnType<typeof and>,
  order: typeof asc | typeof desc,
): Promise<ProposalLine[]> {
  return (await linesQuery(store, where, order)).map(proposalLine);
}

function linesQuery(store: Store, where: ReturnType<typeof and>, order: typeof asc | typeof desc) {
  const { proposal: p, student: s, membership: m } = store.tables;
  const teller = alias(s, "teller");
  return store.db
    .select({ proposal: p, child: teller.name, guardian: m.displayName, studentName: s.name })
    .from(p)
    .innerJoin(s, and(eq(s.schoolId, p.schoolId), eq(s.id, p.studentId)))
    .innerJoin(teller, and(eq(teller.schoolId, p.schoolId), eq(teller.id, p.fromId)))
    .leftJoin(m, and(eq(m.schoolId, p.schoolId), eq(m.id, p.guardianId)))
    .where(where)
    .orderBy(order(p.toldAt), order(p.id));
}

function proposalLine(row: Awaited<ReturnType<typeof linesQuery>>[number]): ProposalLine {
  const { proposal, child, guardian, studentName } = row;
  return { ...proposal, fromName: guardian ?? child, studentName };
}
