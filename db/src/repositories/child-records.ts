/**
 * What is kept about one child and is in no other repository: gathered for a copy of its record. Of other children it
 * gives nothing, not even a name. Reads only.
 */
import { and, asc, count, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Store } from "../engines/database.ts";
import { individualPlansOf, notesOfPlans, pointsOfPlans } from "./individual-plans.ts";

/** What the office alone keeps. */
export async function officeFactsOf(store: Store, schoolId: string, studentId: string) {
  const { studentRecord: r } = store.tables;
  const [facts] = await store.db
    .select({ nationalNo: r.nationalNo, sex: r.sex, bornOn: r.bornOn })
    .from(r)
    .where(and(eq(r.schoolId, schoolId), eq(r.studentId, studentId)));
  return facts;
}

/** How the office reaches the child's guardians. */
export async function guardianPhonesOf(store: Store, schoolId: string, studentId: string) {
  const { guardianship: g, guardianContact: c, membership: m } = store.tables;
  return await store.db
    .select({ id: m.id, name: m.displayName, phone: c.phone })
    .from(g)
    .innerJoin(m, and(eq(m.schoolId, g.schoolId), eq(m.id, g.membershipId)))
    .innerJoin(c, and(eq(c.schoolId, g.schoolId), eq(c.membershipId, g.membershipId)))
    .where(and(eq(g.schoolId, schoolId), eq(g.studentId, studentId), isNull(g.endedAt)))
    .orderBy(asc(g.id));
}

/** Reminders that stand, oldest first. */
export async function remindersAboutChild(
  store: Store,
  schoolId: string,
  studentId: string,
  { onlyForGuardian }: { readonly onlyForGuardian: boolean },
) {
  const { reminder: r, membership: m } = store.tables;
  return await store.db
    .select({ phrase: r.phrase, text: r.text, by: m.displayName, occurredAt: r.occurredAt })
    .from(r)
    .innerJoin(m, and(eq(m.schoolId, r.schoolId), eq(m.id, r.recorderId)))
    .where(
      and(
        eq(r.schoolId, schoolId),
        eq(r.studentId, studentId),
        isNull(r.withdrawnAt),
        onlyForGuardian ? eq(r.guardianMaySee, true) : undefined,
      ),
    )
    .orderBy(asc(r.occurredAt), asc(r.id));
}

/** What the child told about itself, and to others; not whom. And what others told about it; not who. Oldest first. */
export async function toldByOrAboutChild(store: Store, schoolId: string, studentId: string) {
  const { proposal: p } = store.tables;
  const rows = await store.db
    .select({ voice: p.voice, fromId: p.fromId, text: p.text, day: p.day, state: p.state })
    .from(p)
    .where(and(eq(p.schoolId, schoolId), or(eq(p.studentId, studentId), eq(p.fromId, studentId))))
    .orderBy(asc(p.toldAt), asc(p.id));
  return rows.map(({ fromId, ...told }) => ({ ...told, isByChild: fromId === studentId }));
}

/**
 * What was said of the child and passed on, and what it said itself: of itself, and of mates, not of whom. What guardians
 * and teachers said only as far as it is for whoever reads. Oldest first.
 * @param reader all of it for the office (null), else what this guardian may read
 */
export async function voicesOfChild(
  store: Store,
  schoolId: string,
  studentId: string,
  reader: { readonly guardianId: string } | null,
) {
  const { voice: v, membership: m } = store.tables;
  const isForReader = or(
    eq(v.fromId, studentId),
    inArray(v.kind, ["self", "peer"]),
    reader === null ? inArray(v.kind, ["guardian", "teacher"]) : undefined,
    reader === null ? undefined : and(eq(v.kind, "guardian"), eq(v.authorId, reader.guardianId)),
    reader === null ? undefined : and(eq(v.kind, "teacher"), eq(v.guardianMaySee, true)),
  );
  const rows = await store.db
    .select({ voice: v, by: m.displayName })
    .from(v)
    .leftJoin(m, and(eq(m.schoolId, v.schoolId), eq(m.id, v.authorId)))
    .where(
      and(
        eq(v.schoolId, schoolId),
        or(eq(v.fromId, studentId), and(eq(v.studentId, studentId), inArray(v.state, ["given", "released"]))),
        isForReader,
      ),
    )
    .orderBy(asc(v.createdAt), asc(v.id));
  return rows.map(({ voice: { kind, fromId, about, level, starter, words, day }, by }) => {
    return { kind, isByChild: fromId === studentId, by, about, level, starter, words, day };
  });
}

/** What the child asked for in the reward shop and what came of it, oldest first. */
export async function wishesOfChild(store: Store, schoolId: string, studentId: string) {
  const { rewardRequest: q } = store.tables;
  return await store.db
    .select({ title: q.title, price: q.price, day: q.day, state: q.state, words: q.words })
    .from(q)
    .where(and(eq(q.schoolId, schoolId), eq(q.studentId, studentId)))
    .orderBy(asc(q.askedAt), asc(q.id));
}

/** What the child saves for in the reward shop, and in which weeks it kept its class's, the latest first. */
export async function shopLifeOfChild(store: Store, schoolId: string, studentId: string) {
  const { rewardSaving: s, reward: r, rewardShopkeeper: k } = store.tables;
  const [saving] = await store.db
    .select({ title: r.title })
    .from(s)
    .innerJoin(r, and(eq(r.schoolId, s.schoolId), eq(r.id, s.rewardId)))
    .where(and(eq(s.schoolId, schoolId), eq(s.studentId, studentId)));
  const weeks = await store.db
    .select({ startsOn: k.weekStartsOn })
    .from(k)
    .where(and(eq(k.schoolId, schoolId), eq(k.studentId, studentId)))
    .orderBy(desc(k.weekStartsOn));
  return { savingFor: saving?.title ?? null, shopkeeping: weeks.map(({ startsOn }) => startsOn) };
}

export interface PictureOfChild {
  readonly id: string;
  readonly awardId: string;
  readonly largeSha256: string;
  /** Nobody else is on it. */
  readonly isAlone: boolean;
}

/** Pictures that belong to standing awards of the child and are still there. */
export async function picturesOfChild(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<PictureOfChild[]> {
  const { evidence: e, evidenceStudent: s, awardEvidence: b, awardVoid: v } = store.tables;
  const rows = await store.db
    .select({ id: e.id, awardId: b.awardId, largeSha256: e.largeSha256 })
    .from(b)
    .innerJoin(e, and(eq(e.schoolId, b.schoolId), eq(e.id, b.evidenceId)))
    .leftJoin(v, and(eq(v.schoolId, b.schoolId), eq(v.awardId, b.awardId)))
    .where(and(eq(b.schoolId, schoolId), eq(b.studentId, studentId), isNull(e.removedAt), isNull(v.awardId)))
    .orderBy(asc(e.id));
  if (rows.length === 0) return [];
  const sizes = await store.db
    .select({ id: s.evidenceId, children: count() })
    .from(s)
    .where(
      and(
        eq(s.schoolId, schoolId),
        inArray(
          s.evidenceId,
          rows.map(({ id }) => id),
        ),
      ),
    )
    .groupBy(s.evidenceId);
  const childrenOn = new Map(sizes.map(({ id, children }) => [id, children]));
  return rows.map((row) => ({ ...row, isAlone: childrenOn.get(row.id) === 1 }));
}

/** What the child was helped with and what helped, for those who may read it: teachers wrote it for each other. Oldest first. */
export async function individualPlansAboutChild(store: Store, schoolId: string, studentId: string) {
  const plans = (await individualPlansOf(store, schoolId, studentId)).reverse();
  const ids = plans.map(({ id }) => id);
  const points = await pointsOfPlans(store, schoolId, ids);
  const notes = await notesOfPlans(store, schoolId, ids);
  return plans.map(({ id, focus, supports, startsOn, endsOn, reviewOn, by, endedOn, whatHelped }) => ({
    focus,
    supports,
    startsOn,
    endsOn,
    reviewOn,
    by,
    endedOn,
    whatHelped,
    points: points.filter(({ planId }) => planId === id).map(({ name }) => name),
    notes: notes
      .filter(({ planId }) => planId === id)
      .map(({ text, day, by: author }) => ({ text, day, by: author })),
  }));
}

/** The comment of a summary that is being written, for those who may read drafts. */
export async function draftCommentsOf(store: Store, schoolId: string, studentId: string) {
  const { summaryDraft: d, membership: m } = store.tables;
  return await store.db
    .select({ termId: d.termId, comment: d.comment, by: m.displayName, savedAt: d.savedAt })
    .from(d)
    .innerJoin(m, and(eq(m.schoolId, d.schoolId), eq(m.id, d.savedBy)))
    .where(and(eq(d.schoolId, schoolId), eq(d.studentId, studentId)))
    .orderBy(asc(d.savedAt));
}

/** What guardians read, signed and wrote about the child's summaries. @param guardianId one guardian's own, or all */
export async function answersAboutChild(
  store: Store,
  schoolId: string,
  studentId: string,
  guardianId: string | undefined,
) {
  const { summaryReading: r, summaryMessage: x, membership: m } = store.tables;
  const readings = await store.db
    .select({
      termId: r.termId,
      revision: r.revision,
      by: m.displayName,
      openedAt: r.openedAt,
      finishedAt: r.finishedAt,
      signedAt: r.signedAt,
      signedName: r.signedName,
      signature: r.signature,
    })
    .from(r)
    .innerJoin(m, and(eq(m.schoolId, r.schoolId), eq(m.id, r.guardianId)))
    .where(
      and(
        eq(r.schoolId, schoolId),
        eq(r.studentId, studentId),
        guardianId === undefined ? undefined : eq(r.guardianId, guardianId),
      ),
    )
    .orderBy(asc(r.openedAt));
  const messages = await store.db
    .select({ termId: x.termId, by: m.displayName, text: x.text, writtenAt: x.writtenAt })
    .from(x)
    .innerJoin(m, and(eq(m.schoolId, x.schoolId), eq(m.id, x.authorId)))
    .where(
      and(
        eq(x.schoolId, schoolId),
        eq(x.studentId, studentId),
        guardianId === undefined ? undefined : eq(x.guardianId, guardianId),
      ),
    )
    .orderBy(asc(x.writtenAt), asc(x.id));
  return { readings, messages };
}

/** What guardians were told of about the child, oldest first. @param guardianId one guardian's own, or all */
export async function noticesAboutChild(
  store: Store,
  schoolId: string,
  studentId: string,
  guardianId: string | undefined,
) {
  const { inboxNotice: n, membership: m } = store.tables;
  return await store.db
    .select({
      kind: n.kind,
      termId: n.termId,
      to: m.displayName,
      happenedAt: n.happenedAt,
      openedAt: n.openedAt,
    })
    .from(n)
    .innerJoin(m, and(eq(m.schoolId, n.schoolId), eq(m.id, n.recipientId)))
    .where(
      and(
        eq(n.schoolId, schoolId),
        eq(n.studentId, studentId),
        isNull(n.classId),
        guardianId === undefined ? undefined : eq(n.recipientId, guardianId),
      ),
    )
    .orderBy(asc(n.happenedAt), asc(n.id));
}

/** When the child's card was given out; what is on it nobody knows but the card. */
export async function cardIssuedAt(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<Date | undefined> {
  const { membership: m, studentCard: c } = store.tables;
  const [card] = await store.db
    .select({ issuedAt: c.issuedAt })
    .from(m)
    .innerJoin(c, eq(c.accountId, m.accountId))
    .where(and(eq(m.schoolId, schoolId), eq(m.studentId, studentId)))
    .orderBy(sql`${c.issuedAt} desc`)
    .limit(1);
  return card?.issuedAt;
}
