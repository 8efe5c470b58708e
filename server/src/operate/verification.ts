/**
 * Proof that all is as it should be: the ledger against every tally, every badge's progress and every badge that was
 * given, what children spent against their balances, published summaries, their PDFs and picture files against their
 * hashes, the audit log against its chain of them. Changes nothing.
 */
import { type Database, EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import { type AuditCheck, auditEntries, checkAuditChain } from "@doudou/db/repositories/oversight.ts";
import {
  badgeAwardsOf,
  badgeFactsOf,
  type KeptBadge,
  liveQuestsAfter,
  type Quest,
} from "@doudou/db/repositories/badge-quests.ts";
import { type EvidenceFiles, keptEvidence } from "@doudou/db/repositories/evidence.ts";
import { keptPortfolioFiles } from "@doudou/db/repositories/portfolio-files.ts";
import { type KeptPaper, keptPapers, paperFile } from "@doudou/db/repositories/summary-papers.ts";
import { keptTransferFiles } from "@doudou/db/repositories/transfers.ts";
import { schoolLogo } from "@doudou/db/repositories/school-settings.ts";
import { schoolFrame, type SchoolFrame, schoolIds } from "@doudou/db/repositories/schools.ts";
import {
  badgeDifferences,
  type FrozenSummary,
  frozenSummaries,
  ledgerSize,
  type RewardDifference,
  rewardDifferences,
  tallyDifferences,
  type TallyDifference,
} from "@doudou/db/repositories/verification.ts";
import { type BadgeTally, hangsOnCalendar, recount } from "@doudou/shared/domain/badges.ts";
import { canonicalJson } from "@doudou/shared/domain/canonical-json.ts";
import { hasSettled, standingOn } from "../features/badges/service.ts";
import { snapshotHash } from "../features/summaries/service.ts";
import type { PictureFiles } from "../pictures/picture-files.ts";
import type { OnStep } from "./progress.ts";

export interface Verification {
  readonly schools: readonly SchoolVerification[];
  readonly wrongTallies: number;
  readonly wrongQuests: number;
  readonly wrongBadges: number;
  /** Of what children spent. */
  readonly wrongBalances: number;
  readonly wrongSummaries: number;
  /** Of published summaries. */
  readonly wrongPapers: number;
  readonly wrongFiles: number;
  readonly brokenLinks: number;
  /** All of these. */
  readonly differences: number;
}

export interface SchoolVerification {
  readonly schoolId: string;
  readonly awards: number;
  readonly voids: number;
  readonly differences: readonly TallyDifference[];
  readonly quests: number;
  readonly wrongQuests: readonly WrongQuest[];
  readonly wrongBadges: readonly WrongBadge[];
  readonly rewardDifferences: readonly RewardDifference[];
  /** Published revisions. */
  readonly summaries: number;
  readonly wrongSummaries: readonly WrongSummary[];
  /** PDFs that are kept of them. */
  readonly papers: number;
  readonly wrongPapers: readonly WrongPaper[];
  readonly pictures: number;
  readonly wrongPictures: readonly WrongPicture[];
  readonly audit: AuditCheck;
}

/** What a child strives for, kept otherwise than the ledger tells. */
interface WrongQuest {
  readonly questId: string;
  readonly kept: BadgeTally;
  readonly recounted: BadgeTally;
}

/** A badge that waits or was given, and should not have been, or is gone; or one that should wait and does not. */
interface WrongBadge {
  readonly questId: string;
  readonly fault: BadgeFault;
}

/**
 * `waits-unmet` and `given-unmet`: its steps are not done by the recount; `met-unnoticed`: they are, and it does not wait;
 * `missing`: its quest has ended with it, and it is not there; `of-no-ended-quest`: it is there, and the child's quest for
 * it goes on or was for something else.
 */
type BadgeFault = "waits-unmet" | "given-unmet" | "met-unnoticed" | "missing" | "of-no-ended-quest";

/** A published revision that is not what was frozen. */
interface WrongSummary extends Pick<FrozenSummary, "studentId" | "termId" | "revision" | "sha256"> {
  /** The hash of what is there. */
  readonly recomputed: string;
}

/** A PDF that is not what was kept. */
interface WrongPaper extends KeptPaper {
  readonly found: "missing" | "altered";
}

interface WrongPicture {
  /** Of the evidence, or of a file of a work or honour; the school's logo is called `logo`. */
  readonly evidenceId: string;
  readonly sha256: string;
  readonly found: "missing" | "altered";
}

/**
 * Recounts every school's ledger, reads every summary, PDF and picture that must be there, and walks the audit log.
 * @param now a badge that has settled by then stays whatever the ledger tells
 */
export async function verifyEverything(
  database: Database,
  files: Pick<PictureFiles, "check">,
  now: Date,
  onStep: OnStep,
): Promise<Verification> {
  const schools: SchoolVerification[] = [];
  const ids = await database.read(EVERY_SCHOOL, schoolIds);
  for (const [index, schoolId] of ids.entries()) {
    onStep({ step: "recounting the ledger", share: index / ids.length });
    const counted = await database.read(schoolId, async (store) => ({
      schoolId,
      ...(await ledgerSize(store, schoolId)),
      differences: await tallyDifferences(store, schoolId),
      rewardDifferences: await rewardDifferences(store, schoolId),
      audit: await checkAuditChain(store, schoolId),
    }));
    const quests = await checkQuests(database, schoolId, now);
    const summaries = await checkSummaries(database, schoolId);
    const papers = await checkPapers(database, files, schoolId);
    const pictures = await checkPictures(database, files, schoolId);
    schools.push({ ...counted, ...quests, ...summaries, ...papers, ...pictures });
  }
  const sum = (count: (school: SchoolVerification) => number) =>
    schools.reduce((total, school) => total + count(school), 0);
  return {
    schools,
    wrongTallies: sum(({ differences }) => differences.length),
    wrongQuests: sum(({ wrongQuests }) => wrongQuests.length),
    wrongBadges: sum(({ wrongBadges }) => wrongBadges.length),
    wrongBalances: sum(({ rewardDifferences: wrong }) => wrong.length),
    wrongSummaries: sum(({ wrongSummaries }) => wrongSummaries.length),
    wrongPapers: sum(({ wrongPapers }) => wrongPapers.length),
    wrongFiles: sum(({ wrongPictures }) => wrongPictures.length),
    brokenLinks: sum(({ audit }) => audit.faults.length),
    differences: sum(differencesIn),
  };
}

/** How much of a school is not as it should be. */
export function differencesIn({
  differences,
  wrongQuests,
  wrongBadges,
  rewardDifferences: wrongBalances,
  wrongSummaries,
  wrongPapers,
  wrongPictures,
  audit,
}: SchoolVerification): number {
  const ofBadges = [wrongQuests, wrongBadges];
  const ofSummaries = [wrongSummaries, wrongPapers];
  return [differences, ofBadges, wrongBalances, ofSummaries, wrongPictures, audit.faults].flat(2).length;
}

const PAGE = 200;

/** Row after row of a portion at a time: a school of many years is never in memory at once. @param read what comes after a row, `PAGE` at most */
async function* everyRow<Row>(read: (last: Row | undefined) => Promise<readonly Row[]>): AsyncGenerator<Row> {
  for (let last: Row | undefined; ;) {
    const page = await read(last);
    yield* page;
    last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
  }
}

interface QuestsChecked {
  readonly quests: number;
  readonly wrongQuests: readonly WrongQuest[];
  readonly wrongBadges: readonly WrongBadge[];
}

/** Recounts what every child strives for, and looks whether its badge is there as it should be. */
async function checkQuests(database: Database, schoolId: string, now: Date): Promise<QuestsChecked> {
  const strays = await database.read(schoolId, (store) => badgeDifferences(store, schoolId));
  const wrongQuests: WrongQuest[] = [];
  const wrongBadges = strays.map((questId): WrongBadge => ({ questId, fault: "of-no-ended-quest" }));
  let checked = 0;
  const quests = everyRow((last?: CheckedQuest) =>
    database.read(schoolId, (store) => checkPage(store, schoolId, { after: last?.questId ?? "", now })),
  );
  for await (const { questId, kept, recounted, fault } of quests) {
    checked += 1;
    if (canonicalJson(recounted) !== canonicalJson(kept)) wrongQuests.push({ questId, kept, recounted });
    if (fault) wrongBadges.push({ questId, fault });
  }
  return { quests: checked, wrongQuests, wrongBadges };
}

interface CheckedQuest extends WrongQuest {
  readonly fault: BadgeFault | undefined;
}

/** A portion of live quests, each with its badge and its awards as of one moment. */
async function checkPage(
  store: Store,
  schoolId: string,
  { after, now }: { readonly after: string; readonly now: Date },
): Promise<CheckedQuest[]> {
  const frame = await schoolFrame(store, schoolId);
  if (!frame) return [];
  const quests = await liveQuestsAfter(store, schoolId, { after, limit: PAGE });
  const striving = [...new Set(quests.map(({ studentId }) => studentId))];
  const given = new Map((await badgeAwardsOf(store, schoolId, striving)).map((kept) => [kept.questId, kept]));
  const page: CheckedQuest[] = [];
  for (const quest of quests) {
    const days = { from: quest.countsFrom, to: quest.endsOn };
    const facts = await badgeFactsOf(store, schoolId, [quest.studentId], days);
    const recounted = recount(quest.badge.rule, quest, facts);
    const told = { ...quest, tally: recounted };
    const fault = await faultOfBadge(store, frame, told, { given: given.get(quest.id), now });
    page.push({ questId: quest.id, kept: quest.tally, recounted, fault });
  }
  return page;
}

/** What is wrong with the badge of a live quest, as far as the ledger tells; undefined where nothing is. */
async function faultOfBadge(
  store: Store,
  frame: SchoolFrame,
  quest: Quest,
  { given, now }: { readonly given: KeptBadge | undefined; readonly now: Date },
): Promise<BadgeFault | undefined> {
  const isGoingOn = quest.endedAt === null;
  if (!isGoingOn && !given) return "missing";
  const isWaiting = isGoingOn && quest.metAt !== null;
  if (!isGoingOn && given !== undefined && hasSettled(given, now)) return undefined;
  const { isMet } = standingOn(frame, quest, now);
  if (isMet === (isWaiting || !isGoingOn)) return undefined;
  // It is weighed as an award lands: weeks that went by since may have made enough of what there was.
  if (isMet && quest.badge.rule.kind === "growth") return undefined;
  if (await isOfOtherCalendar(store, frame, quest)) return undefined;
  if (isMet) return "met-unnoticed";
  return isGoingOn ? "waits-unmet" : "given-unmet";
}

/** A change of the calendar is seen by every process within seconds; a day is on the safe side. */
const CALENDAR_SEEN_MS = 86_400_000;

/** Whether a quest was weighed by school weeks that are no more: how they were then is kept nowhere. */
async function isOfOtherCalendar(
  store: Store,
  { schoolId }: SchoolFrame,
  { badge, setAt, metAt }: Quest,
): Promise<boolean> {
  if (!hangsOnCalendar(badge.rule)) return false;
  const from = new Date((metAt ?? setAt).getTime() - CALENDAR_SEEN_MS);
  const since = { action: "calendar.change", from };
  return (await auditEntries(store, schoolId, since, { before: undefined, limit: 1 })).length > 0;
}

/** Recomputes the hash of everything that was published. */
async function checkSummaries(
  database: Database,
  schoolId: string,
): Promise<{ summaries: number; wrongSummaries: WrongSummary[] }> {
  const wrongSummaries: WrongSummary[] = [];
  let summaries = 0;
  const frozen = everyRow((after?: FrozenSummary) =>
    database.read(schoolId, (store) => frozenSummaries(store, schoolId, { after, limit: PAGE })),
  );
  for await (const { snapshot, sha256, ...of } of frozen) {
    summaries += 1;
    const recomputed = snapshotHash(snapshot);
    if (recomputed !== sha256) wrongSummaries.push({ ...of, sha256, recomputed });
  }
  return { summaries, wrongSummaries };
}

/** Looks at the file of every PDF of a summary that must be there. */
async function checkPapers(
  database: Database,
  files: Pick<PictureFiles, "check">,
  schoolId: string,
): Promise<{ papers: number; wrongPapers: WrongPaper[] }> {
  const wrongPapers: WrongPaper[] = [];
  let papers = 0;
  const kept = everyRow((last?: KeptPaper) =>
    database.read(schoolId, (store) =>
      keptPapers(store, schoolId, { after: last?.sha256 ?? "", limit: PAGE }),
    ),
  );
  for await (const paper of kept) {
    papers += 1;
    const found = await files.check(schoolId, paperFile(paper.sha256));
    if (found !== "whole") wrongPapers.push({ ...paper, found });
  }
  return { papers, wrongPapers };
}

/** Looks at every file of every picture that must be there. */
async function checkPictures(
  database: Database,
  files: Pick<PictureFiles, "check">,
  schoolId: string,
): Promise<{ pictures: number; wrongPictures: WrongPicture[] }> {
  const wrongPictures: WrongPicture[] = [];
  let pictures = 0;
  const look = async (evidenceId: string, names: readonly string[]) => {
    pictures += 1;
    for (const sha256 of names) {
      const found = await files.check(schoolId, sha256);
      if (found !== "whole") wrongPictures.push({ evidenceId, sha256, found });
    }
  };
  const logo = await database.read(schoolId, (store) => schoolLogo(store, schoolId));
  if (logo) await look("logo", [logo.largeSha256, logo.smallSha256]);
  const evidence = everyRow((last?: EvidenceFiles) =>
    database.read(schoolId, (store) => keptEvidence(store, schoolId, { after: last?.id ?? "", limit: PAGE })),
  );
  for await (const { id, largeSha256, smallSha256 } of evidence) await look(id, [largeSha256, smallSha256]);
  for (const keptFiles of [keptPortfolioFiles, keptTransferFiles]) {
    const kept = everyRow((last?: { readonly id: string; readonly names: readonly string[] }) =>
      database.read(schoolId, (store) => keptFiles(store, schoolId, { after: last?.id ?? "", limit: PAGE })),
    );
    for await (const { id, names } of kept) await look(id, names);
  }
  return { pictures, wrongPictures };
}
