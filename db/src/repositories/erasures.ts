/**
 * Takes a child's personal data out of every table, for good, and leaves a row that names nobody, so that every total is
 * what it was. Whoever calls has decided that it may be done. docs/privacy.md lists the tables; a table with words about
 * a child that is not in here is a defect.
 */
import { and, type AnyColumn, eq, inArray, isNotNull, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { ErasureGround } from "@doudou/shared/domain/retention.ts";
import type { Store } from "../engines/database.ts";
import { sessionTopic } from "../topics.ts";
import type { EvidenceFiles } from "./evidence.ts";
import { paperFile } from "./summary-papers.ts";

/** What stands where a name stood. */
const ERASED_NAME = "—";
/** For a guardian of two children, whose name here was made of the erased one's. */
const GUARDIAN_NAME = "家长";
const AT_ONCE = 500;

export interface LeftChild {
  readonly id: string;
  readonly name: string;
  readonly studentNo: string;
  /** The last day of the last class. */
  readonly leftOn: string;
}

/** Children whose last class ended on a day or before, those longest gone first. @param filter of one child, or of all */
export async function childrenWhoLeft(
  store: Store,
  schoolId: string,
  filter: { readonly leftBy: string; readonly studentId?: string },
  limit: number,
): Promise<LeftChild[]> {
  const { enrollment: e, student: s } = store.tables;
  const leftOn = sql<string>`max(coalesce(${e.endsOn}, '9999-12-31'))`;
  return await store.db
    .select({ id: s.id, name: s.name, studentNo: s.studentNo, leftOn })
    .from(e)
    .innerJoin(s, and(eq(s.schoolId, e.schoolId), eq(s.id, e.studentId)))
    .where(
      and(
        eq(e.schoolId, schoolId),
        filter.studentId === undefined ? undefined : eq(e.studentId, filter.studentId),
      ),
    )
    .groupBy(s.id, s.name, s.studentNo)
    .having(sql`max(coalesce(${e.endsOn}, '9999-12-31')) <= ${filter.leftBy}`)
    .orderBy(leftOn, s.studentNo)
    .limit(limit);
}

export interface ErasureLine {
  readonly studentId: string;
  readonly ground: ErasureGround;
  readonly erasedAt: Date;
  readonly by: string;
}

/** Children that were erased, the latest first. */
export async function erasuresOf(store: Store, schoolId: string, limit: number): Promise<ErasureLine[]> {
  const { erasure: x, membership: m } = store.tables;
  return await store.db
    .select({ studentId: x.studentId, ground: x.ground, erasedAt: x.erasedAt, by: m.displayName })
    .from(x)
    .innerJoin(m, and(eq(m.schoolId, x.schoolId), eq(m.id, x.erasedBy)))
    .where(eq(x.schoolId, schoolId))
    .orderBy(sql`${x.erasedAt} desc`, x.studentId)
    .limit(limit);
}

export interface Erased {
  /** Files that are to go now, unless another picture needs them. */
  readonly files: readonly EvidenceFiles[];
  /** How much went, by what it was. */
  readonly counts: Readonly<
    Record<"words" | "summaries" | "pictures" | "guardians" | "auditDetails", number>
  >;
}

/**
 * Erases a child. The ledger keeps what was given, when and by whom, without a word and without a name. In the scope of
 * every school: whether an account is needed elsewhere is asked of all of them.
 * @returns undefined where it was done before, or where there is no such child
 */
export async function eraseChild(
  store: Store,
  schoolId: string,
  of: { readonly studentId: string; readonly ground: ErasureGround },
  by: { readonly membershipId: string; readonly at: Date },
): Promise<Erased | undefined> {
  const { erasure: x, student: s, studentRecord: r } = store.tables;
  const { studentId } = of;
  const [child] = await store.db
    .select({ name: s.name, studentNo: s.studentNo, nationalNo: r.nationalNo })
    .from(s)
    .leftJoin(r, and(eq(r.schoolId, s.schoolId), eq(r.studentId, s.id)))
    .where(and(eq(s.schoolId, schoolId), eq(s.id, studentId)));
  if (!child) return undefined;
  // From here on the triggers let go of what names this child, and of nothing else.
  const begun = await store.db
    .insert(x)
    .values({ schoolId, ...of, erasedBy: by.membershipId, erasedAt: by.at })
    .onConflictDoNothing({ target: [x.schoolId, x.studentId] })
    .returning({ studentId: x.studentId });
  if (begun.length === 0) return undefined;

  const guardians = await guardiansOnlyOf(store, schoolId, studentId);
  const traces = [studentId, child.name, child.studentNo, child.nationalNo, ...guardians.traces].filter(
    (trace) => trace !== null && trace !== "",
  ) as string[];
  const words = await eraseWords(store, schoolId, studentId);
  await erasePlans(store, schoolId, studentId);
  await eraseBadges(store, schoolId, studentId);
  const papers = await erasePapers(store, schoolId, studentId);
  const summaries = await eraseSummaries(store, schoolId, studentId);
  const files = await erasePictures(store, schoolId, studentId, by.at);
  files.push(...(await eraseWorks(store, schoolId, studentId)));
  files.push(...(await eraseTransfers(store, schoolId, studentId)));
  await eraseActivities(store, schoolId, studentId);
  await eraseArrangements(store, schoolId, studentId);
  await eraseWishes(store, schoolId, studentId);
  await eraseImports(store, schoolId, traces);
  const auditDetails = await eraseAuditDetails(store, schoolId, studentId, traces);
  await eraseRequests(store, schoolId, studentId, by);
  await eraseAccesses(store, schoolId, studentId, traces, by.at);
  await erasePeople(store, schoolId, { studentId, name: child.name, guardianIds: guardians.ids }, by.at);
  return {
    files: [...files, ...papers],
    counts: { words, summaries, pictures: files.length, guardians: guardians.ids.length, auditDetails },
  };
}

/** Guardians who are here for this child alone, and what else they could be told by. */
async function guardiansOnlyOf(store: Store, schoolId: string, studentId: string) {
  const { guardianship: g, membership: m, guardianContact: c } = store.tables;
  const all = await store.db
    .select({ id: m.id, name: m.displayName, phone: c.phone })
    .from(g)
    .innerJoin(m, and(eq(m.schoolId, g.schoolId), eq(m.id, g.membershipId)))
    .leftJoin(c, and(eq(c.schoolId, m.schoolId), eq(c.membershipId, m.id)))
    .where(and(eq(g.schoolId, schoolId), eq(g.studentId, studentId)));
  const ids = [...new Set(all.map(({ id }) => id))];
  if (ids.length === 0) return { ids: [], traces: [] };
  const others = await store.db
    .select({ id: g.membershipId })
    .from(g)
    .where(and(eq(g.schoolId, schoolId), inArray(g.membershipId, ids), ne(g.studentId, studentId)));
  const hasOther = new Set(others.map(({ id }) => id));
  const only = all.filter(({ id }) => !hasOther.has(id));
  return {
    ids: [...new Set(only.map(({ id }) => id))],
    traces: only.flatMap(({ name, phone }) => [name, phone]),
  };
}

/** What was written about the child, and by it. @returns of how many awards */
async function eraseWords(store: Store, schoolId: string, studentId: string): Promise<number> {
  const {
    award: a,
    awardVoid: v,
    reminder,
    proposal: p,
    absence,
    summaryDraft: d,
    watchPlan: w,
  } = store.tables;
  const { voice, voiceEarlier } = store.tables;
  const { summaryRemark, summaryReviewRemark, rating, fitnessValue, fitnessExemption } = store.tables;
  const { wordReport, viewing } = store.tables;
  const own = store.db
    .select({ id: a.id })
    .from(a)
    .where(and(eq(a.schoolId, schoolId), eq(a.studentId, studentId)));
  await store.db
    .update(v)
    .set({ reason: "" })
    .where(and(eq(v.schoolId, schoolId), inArray(v.awardId, own)));
  const notes = await store.db
    .update(a)
    .set({ note: null })
    .where(and(eq(a.schoolId, schoolId), eq(a.studentId, studentId), isNotNull(a.note)))
    .returning({ id: a.id });
  await store.db
    .delete(reminder)
    .where(and(eq(reminder.schoolId, schoolId), eq(reminder.studentId, studentId)));
  await store.db
    .delete(p)
    .where(and(eq(p.schoolId, schoolId), or(eq(p.studentId, studentId), eq(p.fromId, studentId))));
  const voices = and(
    eq(voice.schoolId, schoolId),
    or(eq(voice.studentId, studentId), eq(voice.fromId, studentId)),
  );
  const said = store.db.select({ id: voice.id }).from(voice).where(voices);
  await store.db
    .delete(voiceEarlier)
    .where(and(eq(voiceEarlier.schoolId, schoolId), inArray(voiceEarlier.voiceId, said)));
  await store.db.delete(voice).where(voices);
  await store.db.delete(absence).where(and(eq(absence.schoolId, schoolId), eq(absence.studentId, studentId)));
  const byTeachers = [d, w, summaryRemark, summaryReviewRemark, rating, fitnessValue, fitnessExemption];
  for (const written of [...byTeachers, wordReport])
    await store.db
      .delete(written)
      .where(and(eq(written.schoolId, schoolId), eq(written.studentId, studentId)));
  await store.db.delete(viewing).where(and(eq(viewing.schoolId, schoolId), eq(viewing.studentId, studentId)));
  return notes.length;
}

/** Every word of its individual plans. Their points stay told apart from those of the scheme, which is all they then say. */
async function erasePlans(store: Store, schoolId: string, studentId: string): Promise<void> {
  const { individualPlan: p, individualPlanPoint: o, individualPlanNote: n } = store.tables;
  const isAbout = and(eq(p.schoolId, schoolId), eq(p.studentId, studentId));
  const own = store.db.select({ id: p.id }).from(p).where(isAbout);
  await store.db.delete(n).where(and(eq(n.schoolId, schoolId), inArray(n.planId, own)));
  await store.db
    .update(o)
    .set({ nameZh: "", nameEn: "", icon: null })
    .where(and(eq(o.schoolId, schoolId), inArray(o.planId, own)));
  await store.db.update(p).set({ focus: "", supports: "", whatHelped: null }).where(isAbout);
}

/** What the child strove for, earned and meant to do: its own, and no total depends on it. */
async function eraseBadges(store: Store, schoolId: string, studentId: string): Promise<void> {
  const { badgeAward: a, badgeQuest: q, personalGoal: g, credential: c } = store.tables;
  // What was given out is then on file no more, and whoever holds it is told so.
  await store.db.delete(c).where(and(eq(c.schoolId, schoolId), eq(c.studentId, studentId)));
  await store.db.delete(a).where(and(eq(a.schoolId, schoolId), eq(a.studentId, studentId)));
  await store.db.delete(q).where(and(eq(q.schoolId, schoolId), eq(q.studentId, studentId)));
  await store.db.delete(g).where(and(eq(g.schoolId, schoolId), eq(g.studentId, studentId)));
}

/** The PDFs of what was published, which go with it. */
async function erasePapers(store: Store, schoolId: string, studentId: string): Promise<EvidenceFiles[]> {
  const { termSummaryPaper: p, termSummaryPaperDue: d } = store.tables;
  await store.db.delete(d).where(and(eq(d.schoolId, schoolId), eq(d.studentId, studentId)));
  const gone = await store.db
    .delete(p)
    .where(and(eq(p.schoolId, schoolId), eq(p.studentId, studentId)))
    .returning({ sha256: p.sha256 });
  return gone.map(({ sha256 }) => {
    const name = paperFile(sha256);
    return { id: sha256, largeSha256: name, smallSha256: name };
  });
}

async function eraseSummaries(store: Store, schoolId: string, studentId: string): Promise<number> {
  const { termSummary: t, summaryReading: r, summaryMessage: x } = store.tables;
  for (const told of [store.tables.inboxNotice, store.tables.summaryNudge])
    await store.db.delete(told).where(and(eq(told.schoolId, schoolId), eq(told.studentId, studentId)));
  await store.db.delete(r).where(and(eq(r.schoolId, schoolId), eq(r.studentId, studentId)));
  await store.db.delete(x).where(and(eq(x.schoolId, schoolId), eq(x.studentId, studentId)));
  const gone = await store.db
    .delete(t)
    .where(and(eq(t.schoolId, schoolId), eq(t.studentId, studentId)))
    .returning({ revision: t.revision });
  return gone.length;
}

/** Pictures with the child on them, others' too: a face cannot be taken out. */
async function erasePictures(
  store: Store,
  schoolId: string,
  studentId: string,
  removedAt: Date,
): Promise<EvidenceFiles[]> {
  const { evidence: e, evidenceStudent: s } = store.tables;
  const on = store.db
    .select({ id: s.evidenceId })
    .from(s)
    .where(and(eq(s.schoolId, schoolId), eq(s.studentId, studentId)));
  return await store.db
    .update(e)
    .set({ removedAt })
    .where(and(eq(e.schoolId, schoolId), inArray(e.id, on), isNull(e.removedAt)))
    .returning({ id: e.id, largeSha256: e.largeSha256, smallSha256: e.smallSha256 });
}

/** What the child made, was honoured with and showed first, with the files. */
async function eraseWorks(store: Store, schoolId: string, studentId: string): Promise<EvidenceFiles[]> {
  const { work: w, honour: h, highlight: x, portfolioFile: f } = store.tables;
  await store.db.delete(x).where(and(eq(x.schoolId, schoolId), eq(x.studentId, studentId)));
  const gone = await store.db
    .delete(f)
    .where(and(eq(f.schoolId, schoolId), eq(f.studentId, studentId)))
    .returning({ id: f.id, largeSha256: f.fileName, smallSha256: f.smallFileName });
  await store.db.delete(w).where(and(eq(w.schoolId, schoolId), eq(w.studentId, studentId)));
  await store.db.delete(h).where(and(eq(h.schoolId, schoolId), eq(h.studentId, studentId)));
  return gone;
}

/** What the child brought from another school, with the files. */
async function eraseTransfers(store: Store, schoolId: string, studentId: string): Promise<EvidenceFiles[]> {
  const { transfer: t, transferFile: f } = store.tables;
  const gone = await store.db
    .delete(f)
    .where(and(eq(f.schoolId, schoolId), eq(f.studentId, studentId)))
    .returning({ id: f.id, largeSha256: f.fileName, smallSha256: f.smallFileName });
  await store.db.delete(t).where(and(eq(t.schoolId, schoolId), eq(t.studentId, studentId)));
  return gone;
}

/** That the child took part, and what its family told; an activity of its class stays for the others. */
async function eraseActivities(store: Store, schoolId: string, studentId: string): Promise<void> {
  const { activity: a, activityStudent: s } = store.tables;
  await store.db.delete(s).where(and(eq(s.schoolId, schoolId), eq(s.studentId, studentId)));
  await store.db.delete(a).where(and(eq(a.schoolId, schoolId), eq(a.toldOfId, studentId)));
}

/** Who was kept apart from whom. Seats and groups hold nothing but ids, which lead nowhere any more. */
async function eraseArrangements(store: Store, schoolId: string, studentId: string): Promise<void> {
  const { keptApart: k, rollOverChoice: c } = store.tables;
  await store.db.delete(c).where(and(eq(c.schoolId, schoolId), eq(c.studentId, studentId)));
  await store.db
    .delete(k)
    .where(and(eq(k.schoolId, schoolId), or(eq(k.studentId, studentId), eq(k.otherStudentId, studentId))));
}

/** What the child saved for, and when it kept the shop; of what it spent nothing but the beans. */
async function eraseWishes(store: Store, schoolId: string, studentId: string): Promise<void> {
  const { rewardRequest: q, rewardSaving: s, rewardShopkeeper: k } = store.tables;
  await store.db
    .update(q)
    .set({ words: null, objectedBy: null })
    .where(and(eq(q.schoolId, schoolId), eq(q.studentId, studentId)));
  await store.db.delete(s).where(and(eq(s.schoolId, schoolId), eq(s.studentId, studentId)));
  await store.db.delete(k).where(and(eq(k.schoolId, schoolId), eq(k.studentId, studentId)));
}

/** The rows of every import that names the child or its guardians: it can no longer be undone. */
async function eraseImports(store: Store, schoolId: string, traces: readonly string[]): Promise<void> {
  const { rosterImport: i, rosterImportCells: c, rosterImportRow: r } = store.tables;
  const inRows = await store.db
    .selectDistinct({ id: r.importId })
    .from(r)
    .where(and(eq(r.schoolId, schoolId), mentions(r.planned, traces)));
  const inCells = await store.db
    .selectDistinct({ id: c.importId })
    .from(c)
    .where(and(eq(c.schoolId, schoolId), mentions(c.cells, traces)));
  const ids = [...new Set([...inRows, ...inCells].map(({ id }) => id))];
  if (ids.length === 0) return;
  await store.db.delete(r).where(and(eq(r.schoolId, schoolId), inArray(r.importId, ids)));
  await store.db.delete(c).where(and(eq(c.schoolId, schoolId), inArray(c.importId, ids)));
  await store.db
    .update(i)
    .set({ hasRows: false })
    .where(and(eq(i.schoolId, schoolId), inArray(i.id, ids)));
}

/** The entries stay, and with them the chain; of what stood before and after nothing is left. */
async function eraseAuditDetails(
  store: Store,
  schoolId: string,
  studentId: string,
  traces: readonly string[],
): Promise<number> {
  const { auditEntry: e, auditDetail: d } = store.tables;
  const about = store.db
    .select({ seq: e.seq })
    .from(e)
    .where(and(eq(e.schoolId, schoolId), eq(e.studentId, studentId)));
  const gone = await store.db
    .delete(d)
    .where(
      and(
        eq(d.schoolId, schoolId),
        or(inArray(d.seq, about), mentions(d.before, traces), mentions(d.after, traces)),
      ),
    )
    .returning({ seq: d.seq });
  return gone.length;
}

/** That something was asked and answered stays, for the yearly report; by whom and in which words does not. */
async function eraseRequests(
  store: Store,
  schoolId: string,
  studentId: string,
  by: { readonly membershipId: string; readonly at: Date },
): Promise<void> {
  const { privacyRequest: q } = store.tables;
  const isAbout = and(eq(q.schoolId, schoolId), eq(q.studentId, studentId));
  await store.db
    .update(q)
    .set({ state: "granted", answeredBy: by.membershipId, answeredAt: by.at })
    .where(and(isAbout, eq(q.state, "open")));
  await store.db.update(q).set({ askedBy: null, text: "", answer: null }).where(isAbout);
}

/**
 * That somebody was let read a record stays, and for what purpose; not what was typed for the child, nor any words. What
 * is open ends.
 */
async function eraseAccesses(
  store: Store,
  schoolId: string,
  studentId: string,
  traces: readonly string[],
  at: Date,
): Promise<void> {
  const { accessGrant: a } = store.tables;
  const isAbout = and(
    eq(a.schoolId, schoolId),
    or(
      eq(a.studentId, studentId),
      ...[a.childTyped, a.reason, a.answer, a.reviewWords].flatMap((column) =>
        traces.map((trace) => contains(column, trace)),
      ),
    ),
  );
  await store.db
    .update(a)
    .set({ endedAt: at })
    .where(and(isAbout, eq(a.studentId, studentId), isNull(a.endedAt)));
  await store.db
    .update(a)
    .set({
      childTyped: sql`case when ${a.childTyped} is null then null else '' end`,
      reason: "",
      answer: null,
      reviewWords: null,
    })
    .where(isAbout);
}

async function erasePeople(
  store: Store,
  schoolId: string,
  of: { readonly studentId: string; readonly name: string; readonly guardianIds: readonly string[] },
  at: Date,
): Promise<void> {
  const { student: s, studentRecord, enrollment, guardianship: g, consent, membership: m } = store.tables;
  const { studentId, guardianIds } = of;
  const mine = await store.db
    .select({ id: m.id })
    .from(m)
    .where(and(eq(m.schoolId, schoolId), eq(m.studentId, studentId)));
  const siblings = await store.db
    .select({ id: g.membershipId })
    .from(g)
    .where(and(eq(g.schoolId, schoolId), eq(g.studentId, studentId)));
  await store.db.delete(consent).where(and(eq(consent.schoolId, schoolId), eq(consent.studentId, studentId)));
  await eraseWaysIn(store, schoolId, studentId);
  await store.db.delete(g).where(and(eq(g.schoolId, schoolId), eq(g.studentId, studentId)));
  await store.db
    .delete(studentRecord)
    .where(and(eq(studentRecord.schoolId, schoolId), eq(studentRecord.studentId, studentId)));
  await store.db
    .delete(enrollment)
    .where(and(eq(enrollment.schoolId, schoolId), eq(enrollment.studentId, studentId)));
  await forgetMembers(store, schoolId, [...mine.map(({ id }) => id), ...guardianIds], at);
  const named = siblings.map(({ id }) => id).filter((id) => !guardianIds.includes(id));
  if (named.length > 0) {
    await store.db
      .update(m)
      .set({ displayName: GUARDIAN_NAME })
      .where(and(eq(m.schoolId, schoolId), inArray(m.id, named), contains(m.displayName, of.name)));
  }
  await store.db
    .update(s)
    .set({ name: ERASED_NAME, pinyin: "", studentNo: `erased-${studentId}` })
    .where(and(eq(s.schoolId, schoolId), eq(s.id, studentId)));
}

/** The letters by which guardians came in, and why somebody was kept from the child. */
async function eraseWaysIn(store: Store, schoolId: string, studentId: string): Promise<void> {
  const { guardianship: g, guardianLetter: l, guardianJoining: j, guardianRemoval: r } = store.tables;
  const own = store.db
    .select({ id: g.id })
    .from(g)
    .where(and(eq(g.schoolId, schoolId), eq(g.studentId, studentId)));
  await store.db.delete(j).where(and(eq(j.schoolId, schoolId), inArray(j.guardianshipId, own)));
  await store.db.delete(r).where(and(eq(r.schoolId, schoolId), inArray(r.guardianshipId, own)));
  await store.db.delete(l).where(and(eq(l.schoolId, schoolId), eq(l.studentId, studentId)));
}

/** Members stay without a name; accounts that nobody needs any more go, with their sessions, cards and PINs. */
async function forgetMembers(
  store: Store,
  schoolId: string,
  membershipIds: readonly string[],
  endedAt: Date,
): Promise<void> {
  if (membershipIds.length === 0) return;
  const { membership: m, guardianContact: c, account, session } = store.tables;
  const { mailAddress: a, delivery: d, inboxNotice: n } = store.tables;
  const ids = [...membershipIds];
  await store.db.delete(d).where(and(eq(d.schoolId, schoolId), inArray(d.recipientId, ids)));
  await store.db.delete(a).where(and(eq(a.schoolId, schoolId), inArray(a.membershipId, ids)));
  await store.db.delete(n).where(and(eq(n.schoolId, schoolId), inArray(n.recipientId, ids)));
  const rows = await store.db
    .select({ accountId: m.accountId })
    .from(m)
    .where(and(eq(m.schoolId, schoolId), inArray(m.id, ids)));
  const accountIds = [...new Set(rows.flatMap(({ accountId }) => accountId ?? []))];
  await store.db.delete(c).where(and(eq(c.schoolId, schoolId), inArray(c.membershipId, ids)));
  await store.db
    .update(m)
    .set({ displayName: ERASED_NAME, accountId: null, endedAt })
    .where(and(eq(m.schoolId, schoolId), inArray(m.id, ids)));
  for (let from = 0; from < accountIds.length; from += AT_ONCE) {
    const asked = accountIds.slice(from, from + AT_ONCE);
    const needed = await store.db
      .select({ accountId: m.accountId })
      .from(m)
      .where(inArray(m.accountId, asked));
    const gone = asked.filter((id) => !needed.some(({ accountId }) => accountId === id));
    if (gone.length === 0) continue;
    const open = await store.db.select({ id: session.id }).from(session).where(inArray(session.userId, gone));
    await store.db.delete(account).where(inArray(account.id, gone));
    for (const { id } of open) store.announce(sessionTopic(id));
  }
}

/** Whether one of these is in a JSON value, as it is written there. */
function mentions(column: AnyColumn, traces: readonly string[]): SQL | undefined {
  return or(...traces.map((trace) => contains(column, JSON.stringify(trace).slice(1, -1))));
}

function contains(column: AnyColumn, text: string): SQL {
  const pattern = `%${text.replaceAll(/[!%_]/g, (wildcard) => `!${wildcard}`)}%`;
  return sql`cast(${column} as text) like ${pattern} escape '!'`;
}
