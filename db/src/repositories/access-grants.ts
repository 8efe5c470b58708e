/**
 * Requests to read the record of a child whom one does not teach, and what became of them. Says what is kept; who may
 * read what is decided in server/src/access.
 */
import { and, asc, desc, eq, gt, isNull, lte, or, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type {
  AccessKind,
  AccessPurpose,
  AccessState,
  AccessVerdict,
} from "@doudou/shared/domain/access-grants.ts";
import type { Store } from "../engines/database.ts";

export interface NewAccess {
  readonly id: string;
  readonly kind: AccessKind;
  readonly membershipId: string;
  readonly classId: string;
  readonly childTyped: string | null;
  readonly studentId: string | null;
  readonly purpose: AccessPurpose;
  readonly reason: string;
  readonly askedAt: Date;
  readonly days: number;
  readonly state: AccessState;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

/** @returns false where the id is taken: nothing was written then */
export async function addAccess(store: Store, schoolId: string, added: NewAccess): Promise<boolean> {
  const { accessGrant: a } = store.tables;
  const rows = await store.db
    .insert(a)
    .values({ schoolId, ...added })
    .onConflictDoNothing({ target: [a.schoolId, a.id] })
    .returning({ id: a.id });
  return rows.length > 0;
}

export interface AccessLine extends NewAccess {
  readonly by: string;
  /** Whose account asked; null once nobody has it any more. */
  readonly accountId: string | null;
  readonly className: string;
  readonly studentName: string | null;
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
  readonly verdict: AccessVerdict | null;
  readonly reviewWords: string | null;
  readonly reviewedBy: string | null;
  readonly reviewedAt: Date | null;
}

export interface AccessFilter {
  readonly id?: string;
  readonly membershipId?: string;
  readonly state?: AccessState;
  readonly kind?: AccessKind;
  /** Opened and not looked at yet. */
  readonly isUnreviewed?: true;
  /** Asked after that moment. */
  readonly after?: Date;
  /** Open at that moment. */
  readonly openAt?: Date;
}

/** Those that fit, latest first. */
export async function accessesOf(
  store: Store,
  schoolId: string,
  filter: AccessFilter,
  limit: number,
): Promise<AccessLine[]> {
  const { accessGrant: a, schoolClass: c, student: s, membership } = store.tables;
  const [asker, answerer] = [alias(membership, "asker"), alias(membership, "answerer")];
  const [ender, reviewer] = [alias(membership, "ender"), alias(membership, "reviewer")];
  return await store.db
    .select({
      id: a.id,
      kind: a.kind,
      membershipId: a.membershipId,
      by: asker.displayName,
      accountId: asker.accountId,
      classId: a.classId,
      className: c.name,
      childTyped: a.childTyped,
      studentId: a.studentId,
      studentName: s.name,
      purpose: a.purpose,
      reason: a.reason,
      askedAt: a.askedAt,
      days: a.days,
      state: a.state,
      answer: a.answer,
      answeredBy: answerer.displayName,
      answeredAt: a.answeredAt,
      startsAt: a.startsAt,
      endsAt: a.endsAt,
      endedBy: ender.displayName,
      endedAt: a.endedAt,
      verdict: a.verdict,
      reviewWords: a.reviewWords,
      reviewedBy: reviewer.displayName,
      reviewedAt: a.reviewedAt,
    })
    .from(a)
    .innerJoin(asker, and(eq(asker.schoolId, a.schoolId), eq(asker.id, a.membershipId)))
    .innerJoin(c, and(eq(c.schoolId, a.schoolId), eq(c.id, a.classId)))
    .leftJoin(s, and(eq(s.schoolId, a.schoolId), eq(s.id, a.studentId)))
    .leftJoin(answerer, and(eq(answerer.schoolId, a.schoolId), eq(answerer.id, a.answeredBy)))
    .leftJoin(ender, and(eq(ender.schoolId, a.schoolId), eq(ender.id, a.endedBy)))
    .leftJoin(reviewer, and(eq(reviewer.schoolId, a.schoolId), eq(reviewer.id, a.reviewedBy)))
    .where(
      and(
        eq(a.schoolId, schoolId),
        filter.id === undefined ? undefined : eq(a.id, filter.id),
        filter.membershipId === undefined ? undefined : eq(a.membershipId, filter.membershipId),
        filter.state && eq(a.state, filter.state),
        filter.kind && eq(a.kind, filter.kind),
        filter.isUnreviewed && and(eq(a.kind, "emergency"), isNull(a.verdict)),
        filter.after && gt(a.askedAt, filter.after),
        filter.openAt && isOpen(store, filter.openAt),
      ),
    )
    .orderBy(desc(a.askedAt), desc(a.id))
    .limit(limit);
}

export interface OpenAccess {
  readonly id: string;
  readonly purpose: AccessPurpose;
  readonly kind: AccessKind;
}

/**
 * What lets a member read a class or a child at a moment: for a class, one about the whole of it; for a child, one about
 * the child or about the whole class it is in. Those last that end first.
 * @param to the class, or the child with its class now
 */
export async function openAccessTo(
  store: Store,
  schoolId: string,
  membershipId: string,
  to: { readonly classId: string | undefined; readonly studentId?: string },
  at: Date,
): Promise<OpenAccess | undefined> {
  const { accessGrant: a } = store.tables;
  const ofClass = to.classId === undefined ? undefined : and(eq(a.classId, to.classId), isNull(a.childTyped));
  const ofChild = to.studentId === undefined ? undefined : eq(a.studentId, to.studentId);
  if (!ofClass && !ofChild) return undefined;
  const rows = await store.db
    .select({ id: a.id, purpose: a.purpose, kind: a.kind })
    .from(a)
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.membershipId, membershipId),
        or(...[ofClass, ofChild].filter((each) => each !== undefined)),
        isOpen(store, at),
      ),
    )
    .orderBy(desc(a.endsAt), asc(a.id))
    .limit(1);
  return rows[0];
}

function isOpen({ tables: { accessGrant: a } }: Store, at: Date): SQL | undefined {
  return and(
    eq(a.state, "approved"),
    lte(a.startsAt, at),
    gt(a.endsAt, at),
    or(isNull(a.endedAt), gt(a.endedAt, at)),
  );
}

type Answer = {
  readonly state: Exclude<AccessState, "waiting">;
  readonly answer: string | null;
  readonly answeredBy: string;
  readonly answeredAt: Date;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
};

/** Settles what waits. @returns false where it does not wait any more */
export async function answerAccess(
  store: Store,
  schoolId: string,
  id: string,
  answered: Answer,
): Promise<boolean> {
  return await change(store, schoolId, id, answered, eq(store.tables.accessGrant.state, "waiting"));
}

/** Ends what is open before its time. @returns false where it is not open */
export async function endAccess(
  store: Store,
  schoolId: string,
  id: string,
  { endedBy, endedAt }: { readonly endedBy: string; readonly endedAt: Date },
): Promise<boolean> {
  return await change(store, schoolId, id, { endedBy, endedAt }, isOpen(store, endedAt));
}

/** Says what came of looking at an emergency. @returns false where that has been said, or it is none */
export async function reviewAccess(
  store: Store,
  schoolId: string,
  id: string,
  reviewed: {
    readonly verdict: AccessVerdict;
    readonly reviewWords: string;
    readonly reviewedBy: string;
    readonly reviewedAt: Date;
  },
): Promise<boolean> {
  const { accessGrant: a } = store.tables;
  return await change(store, schoolId, id, reviewed, and(eq(a.kind, "emergency"), isNull(a.verdict)));
}

async function change(
  store: Store,
  schoolId: string,
  id: string,
  to: Partial<AccessRow>,
  where: SQL | undefined,
): Promise<boolean> {
  const { accessGrant: a } = store.tables;
  const rows = await store.db
    .update(a)
    .set(to)
    .where(and(eq(a.schoolId, schoolId), eq(a.id, id), where))
    .returning({ id: a.id });
  return rows.length > 0;
}

type AccessRow = Store["tables"]["accessGrant"]["$inferInsert"];
