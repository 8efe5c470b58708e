/**
 * Data of a school stays in that school (design rule 5): every repository function that takes a school's id is called
 * with another school's, and beside a school that has the very same ids. A function that is not listed here fails.
 */
import { readdir } from "node:fs/promises";
import BetterSqlite3 from "better-sqlite3";
import { eq, sql } from "drizzle-orm";
import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import * as absences from "@doudou/db/repositories/absences.ts";
import * as accessGrants from "@doudou/db/repositories/access-grants.ts";
import * as attention from "@doudou/db/repositories/attention.ts";
import * as awards from "@doudou/db/repositories/awards.ts";
import * as badgeQuests from "@doudou/db/repositories/badge-quests.ts";
import * as badges from "@doudou/db/repositories/badges.ts";
import * as boards from "@doudou/db/repositories/boards.ts";
import * as calendars from "@doudou/db/repositories/calendars.ts";
import * as cards from "@doudou/db/repositories/cards.ts";
import * as childRecords from "@doudou/db/repositories/child-records.ts";
import * as classPoints from "@doudou/db/repositories/class-points.ts";
import * as consents from "@doudou/db/repositories/consents.ts";
import * as credentials from "@doudou/db/repositories/credentials.ts";
import * as deliveries from "@doudou/db/repositories/deliveries.ts";
import * as dashboard from "@doudou/db/repositories/dashboard.ts";
import * as directory from "@doudou/db/repositories/directory.ts";
import * as erasures from "@doudou/db/repositories/erasures.ts";
import * as evidence from "@doudou/db/repositories/evidence.ts";
import * as favourites from "@doudou/db/repositories/favourites.ts";
import * as feed from "@doudou/db/repositories/feed.ts";
import * as groups from "@doudou/db/repositories/groups.ts";
import * as gradeLeaderships from "@doudou/db/repositories/grade-leaderships.ts";
import * as growth from "@doudou/db/repositories/growth.ts";
import * as guardians from "@doudou/db/repositories/guardians.ts";
import * as highlights from "@doudou/db/repositories/highlights.ts";
import * as activities from "@doudou/db/repositories/activities.ts";
import * as honours from "@doudou/db/repositories/honours.ts";
import * as inbox from "@doudou/db/repositories/inbox.ts";
import * as individualPlans from "@doudou/db/repositories/individual-plans.ts";
import * as incidents from "@doudou/db/repositories/incidents.ts";
import * as indicators from "@doudou/db/repositories/indicators.ts";
import * as mailAddresses from "@doudou/db/repositories/mail-addresses.ts";
import * as office from "@doudou/db/repositories/office.ts";
import * as ledger from "@doudou/db/repositories/ledger.ts";
import * as noteExpiry from "@doudou/db/repositories/note-expiry.ts";
import * as oversight from "@doudou/db/repositories/oversight.ts";
import * as people from "@doudou/db/repositories/people.ts";
import * as personalGoals from "@doudou/db/repositories/personal-goals.ts";
import * as placements from "@doudou/db/repositories/placements.ts";
import * as portfolioFiles from "@doudou/db/repositories/portfolio-files.ts";
import * as privacy from "@doudou/db/repositories/privacy.ts";
import * as privacyFigures from "@doudou/db/repositories/privacy-figures.ts";
import * as proposals from "@doudou/db/repositories/proposals.ts";
import * as reminders from "@doudou/db/repositories/reminders.ts";
import * as rewardLedger from "@doudou/db/repositories/reward-ledger.ts";
import * as rewards from "@doudou/db/repositories/rewards.ts";
import * as rollOvers from "@doudou/db/repositories/roll-overs.ts";
import * as roster from "@doudou/db/repositories/roster.ts";
import * as rosterImports from "@doudou/db/repositories/roster-imports.ts";
import * as schoolKeys from "@doudou/db/repositories/school-keys.ts";
import * as schoolSettings from "@doudou/db/repositories/school-settings.ts";
import * as fitness from "@doudou/db/repositories/fitness.ts";
import * as rubrics from "@doudou/db/repositories/rubrics.ts";
import * as schools from "@doudou/db/repositories/schools.ts";
import * as seating from "@doudou/db/repositories/seating.ts";
import * as signInProviders from "@doudou/db/repositories/sign-in-providers.ts";
import * as staffAccounts from "@doudou/db/repositories/staff-accounts.ts";
import * as staffImports from "@doudou/db/repositories/staff-imports.ts";
import * as summaries from "@doudou/db/repositories/summaries.ts";
import * as summaryPapers from "@doudou/db/repositories/summary-papers.ts";
import * as summaryAnswers from "@doudou/db/repositories/summary-answers.ts";
import * as summaryNudges from "@doudou/db/repositories/summary-nudges.ts";
import * as summaryRemarks from "@doudou/db/repositories/summary-remarks.ts";
import * as summaryPreparations from "@doudou/db/repositories/summary-preparations.ts";
import * as summaryRounds from "@doudou/db/repositories/summary-rounds.ts";
import * as tileSets from "@doudou/db/repositories/tile-sets.ts";
import * as voices from "@doudou/db/repositories/voices.ts";
import * as transfers from "@doudou/db/repositories/transfers.ts";
import * as verification from "@doudou/db/repositories/verification.ts";
import * as viewings from "@doudou/db/repositories/viewings.ts";
import * as watchPlans from "@doudou/db/repositories/watch-plans.ts";
import * as wordReports from "@doudou/db/repositories/word-reports.ts";
import * as works from "@doudou/db/repositories/works.ts";
import { type Tables, tables } from "@doudou/db/schema/tables.ts";
import { defaultScheme } from "@doudou/db/seed/scheme.ts";
import type { ClassPoints } from "@doudou/shared/contract/class-points.ts";
import { builtInRubric } from "@doudou/shared/domain/rubrics.ts";
import { TRANSFER_FORMAT } from "@doudou/shared/domain/transfer.ts";
import type { StaffAccounts } from "@doudou/shared/contract/staff-accounts.ts";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import { usualDay } from "@doudou/shared/domain/lesson-times.ts";
import type { SchemeOverview, SchemePublished } from "@doudou/shared/contract/indicators.ts";
import type { RollOver } from "@doudou/shared/contract/roll-over.ts";
import type { SummarySnapshot } from "@doudou/shared/contract/summaries.ts";
import { asking, letRead } from "../support/access.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpIn, dumpOf, ofSchool } from "../support/dump.ts";
import { agreeToBoard } from "../support/board.ts";
import { joinAs, printLetters } from "../support/guardians.ts";
import { newIncident } from "../support/incidents.ts";
import { makePlan } from "../support/individual-plans.ts";
import { addNextYear } from "../support/next-year.ts";
import { officeOf } from "../support/office.ts";
import { agreeToPhotos, photo, withdrawPhotos } from "../support/pictures.ts";
import { keepSexes } from "../support/fitness.ts";
import { csvOf, nationalNo, packageOf, staffPackage } from "../support/rosters.ts";
import { PASSWORD, type School, WORLD_NOW } from "../support/school.ts";
import { newReward } from "../support/rewards.ts";
import { bring, transferArchive } from "../support/transfers.ts";
import { createWorld, type World } from "../support/world.ts";

/** A school with something in every table, and the ids to ask for it. */
interface Filled extends School {
  readonly studentId: string;
  readonly otherStudentId: string;
  readonly teacherId: string;
  readonly guardianId: string;
  readonly guardianAccountId: string;
  readonly guardianshipId: string;
  /** A letter of the second child that opens. */
  readonly letterId: string;
  readonly awardId: string;
  readonly voidedAwardId: string;
  readonly reminderId: string;
  readonly planId: string;
  readonly watchPlanId: string;
  readonly setId: string;
  readonly tileSetId: string;
  /** What the first child told: one waits, one (thanks to the second) has become the award of `thanksAwardId`. */
  readonly voiceRoundId: string;
  /** What the first child said of itself; what it said of the second, which waits; a note that was changed. */
  readonly selfVoiceId: string;
  readonly peerVoiceId: string;
  readonly noteId: string;
  /** A rating round, in which the homeroom teacher has rated the first child. */
  readonly ratingRoundId: string;
  /** A school year without a fitness test. */
  readonly lastYearId: string;
  /** Of the subject teacher, who leads the grade of the first class. */
  readonly leadershipId: string;
  /** The note of the award below, which the first child was hurt by. */
  readonly wordReportId: string;
  readonly proposalId: string;
  readonly thanksAwardId: string;
  /** Of the award above. */
  readonly evidenceId: string;
  readonly unboundEvidenceId: string;
  readonly fileSha256: string;
  readonly boardLinkId: string;
  /** Of a link whose code nobody has typed. */
  readonly codeLinkId: string;
  /** Of an import that was applied, and of one that was not yet. */
  readonly importId: string;
  readonly dryRunId: string;
  /** Of an import that brought a member of staff, who has no account. */
  readonly staffImportId: string;
  readonly broughtId: string;
  /** Of the first child in its class, and of its homeroom teacher there. */
  readonly stayId: string;
  readonly assignmentId: string;
  /** A year to come that has a draft of its roll-over. */
  readonly nextYearId: string;
  /** Of an invitation that nobody has used. */
  readonly staffLinkId: string;
  readonly signInLinkId: string;
  readonly linkedAccountId: string;
  /** A child of whom the office has more than the class. */
  readonly recordedStudentId: string;
  /** What a guardian asked for, unanswered. */
  readonly requestId: string;
  /** Started and not closed. */
  readonly incidentId: string;
  /** What a teacher of another class asked to read: it waits, may be read now, was opened in an emergency. */
  readonly waitingAccessId: string;
  readonly openAccessId: string;
  readonly emergencyId: string;
  /** A point the first class has of its own. */
  readonly classPointId: string;
  readonly ownPlanId: string;
  readonly ownPointId: string;
  readonly planNoteId: string;
  /** What the first child made, with a file; a file of nothing; an honour proposed, with its certificate. */
  readonly workId: string;
  readonly workFileId: string;
  /** Brought from another school, with a file: it waits for a guardian. */
  readonly transferId: string;
  readonly unboundFileId: string;
  /** One in words alone. */
  readonly bareWorkId: string;
  readonly honourId: string;
  /** One of the class in which the first child took part, and one that its family told of. */
  readonly activityId: string;
  readonly toldActivityId: string;
  /** Published and striven for by the first child; a draft; what the first child strives for, and has earned unseen. */
  readonly badgeId: string;
  readonly badgeDraftId: string;
  readonly questId: string;
  readonly earnedQuestId: string;
  readonly goalId: string;
  /** Of the first child's whole record, and the key it was signed with. */
  readonly credentialId: string;
  readonly schoolKeyId: string;
  /** An offer of the school, and what the first child waits for. */
  readonly rewardId: string;
  readonly wishId: string;
  readonly scheme: Awaited<ReturnType<typeof defaultScheme>>;
  /** Of the version its terms have now, and of the one that the current term had before. */
  readonly schemeId: string;
  readonly replacedSchemeId: string;
  readonly snapshot: SummarySnapshot;
  readonly subjectId: string;
  /** Of the first class, waiting; of the other class, under way. */
  readonly publicationId: string;
  readonly preparationId: string;
  readonly underWayId: string;
  /** A mail that waits for the guardian, long due. */
  readonly deliveryId: string;
}

const NO_TRACES = {
  classIds: [],
  addedIds: [],
  ended: [],
  counts: { goOn: 0, graduate: 0, leave: 0, carried: 0, ended: 0 },
};

const setCalled = (id: string) => ({ id, name: "早读", subjectCode: null, pointCodes: ["Z11"] });

type Call = (store: Store, schoolId: string, of: Filled) => Promise<unknown>;

/**
 * What a call is expected to do with another school's id.
 * - `finds`: gives nothing; `counts`: gives figures or a frame of the school it names, nothing of ours
 * - `changes`: refers to what only our school has, so it is refused or does nothing
 * - `adds`: refers to nothing, so it adds to the school it names and leaves ours alone
 */
type Kind = "finds" | "counts" | "changes" | "adds";

const DAY = "2026-11-11";
/** Notes of all awards of the school may go. */
const NOTES_GO_BEFORE = "2027-01-01";
const MONDAY = "2026-11-09";
const YEAR = { from: new Date("2026-01-01T00:00:00Z"), until: new Date("2027-01-01T00:00:00Z") };
const LATER = new Date(WORLD_NOW.getTime() + 60_000);
const PLAN_WORDS = {
  focus: "看懂同伴的表情",
  supports: "",
  startsOn: "2026-11-02",
  endsOn: "2027-01-15",
  reviewOn: "2026-12-18",
};
const SPAN = { from: new Date("2026-09-01T00:00:00Z"), to: new Date("2027-01-23T00:00:00Z") };

const ledgerAward = (of: Filled): awards.LedgerAward => ({
  id: of.awardId,
  classId: of.classId,
  studentId: of.studentId,
  termId: of.termId,
  observationPointId: of.points.helps,
  recorderId: of.teacherId,
  dimension: "moral",
  day: DAY,
  beans: 1,
  recordedAt: WORLD_NOW,
});
const newAward = (of: Filled) => ({
  ...ledgerAward(of),
  id: uuidv7(),
  points: 1,
  note: null,
  occurredAt: WORLD_NOW,
});
const rules = { weeklyCap: 100, week: SPAN, needsEvidence: false };
const picture = (of: Filled, id = uuidv7()) => ({
  id,
  uploaderId: of.teacherId,
  sentSha256: "1".repeat(64),
  largeSha256: "2".repeat(64),
  smallSha256: "3".repeat(64),
  width: 800,
  height: 600,
  uploadedAt: WORLD_NOW,
});
const revision = (of: Filled) => ({
  studentId: of.studentId,
  termId: of.termId,
  snapshot: of.snapshot,
  sha256: "0".repeat(64),
  verificationCode: uuidv7(),
  publishedAt: WORLD_NOW,
  publishedBy: of.teacherId,
});
const ofRevision = ({ studentId, termId }: Filled) => ({ studentId, termId, revision: 1 });
const paper = (of: Pick<Filled, "studentId" | "termId">) => ({
  studentId: of.studentId,
  termId: of.termId,
  revision: 1,
  locale: "zh-CN" as const,
  sha256: of.studentId.replaceAll("-", "").repeat(2),
  keptAt: WORLD_NOW,
});
const draft = (of: Filled, studentId: string, from: number) => ({
  termId: of.termId,
  studentId,
  comment: "新的评语",
  from,
  savedBy: of.teacherId,
  savedAt: WORLD_NOW,
});

const ofRound = ({ termId, classId }: Filled) => ({ termId, classId });
const remark = (of: Filled, studentId: string, text: string, from: number) => ({
  termId: of.termId,
  studentId,
  authorId: of.teacherId,
  subjectId: of.subjectId,
  text,
  from,
  savedAt: WORLD_NOW,
});

const guardianReads = (of: Filled) => ({ recipientId: of.guardianId, day: DAY });
const mailOf = (membershipId: string): mailAddresses.MailAddress => ({
  membershipId,
  address: "lin@example.edu.cn",
  confirmedAt: WORLD_NOW,
  isOn: true,
  code: null,
  codeMadeAt: null,
  wrongCodes: 0,
  codes: 1,
  codesSince: WORLD_NOW,
  stopToken: "stop",
});
const deliveryOf = (of: { readonly guardianId: string }, id = uuidv7()): deliveries.NewDelivery => ({
  id,
  channel: "mail",
  kind: "summary-published",
  recipientId: of.guardianId,
  happenedAt: WORLD_NOW,
  dueAt: WORLD_NOW,
});

const newLink = (of: Filled) => ({
  id: uuidv7(),
  classId: of.classId,
  tokenHash: "4".repeat(64),
  codeHash: null,
  codeExpiresAt: null,
  showsNumbers: true,
  createdBy: of.teacherId,
  createdAt: WORLD_NOW,
  expiresAt: SPAN.to,
});
const newFile = (of: Filled, id = uuidv7()): portfolioFiles.NewPortfolioFile => ({
  id,
  studentId: of.studentId,
  uploaderId: of.teacherId,
  kind: "pdf",
  sentSha256: "5".repeat(64),
  fileName: `${"6".repeat(64)}.pdf`,
  smallFileName: `${"6".repeat(64)}.pdf`,
  width: null,
  height: null,
  bytes: 1000,
  uploadedAt: WORLD_NOW,
});
const filedOf = (of: Filled) => ({ studentId: of.studentId, classId: of.classId, termId: of.termId });
const newWork = (of: Filled, id = uuidv7()): works.NewWork => ({
  id,
  ...filedOf(of),
  title: "新的画",
  dimension: "arts",
  indicatorId: null,
  reflection: "好看",
  makerId: of.teacherId,
  day: DAY,
  addedAt: WORLD_NOW,
});
const newHonour = (of: Filled, id = uuidv7()): honours.NewHonour => ({
  id,
  ...filedOf(of),
  title: "新的奖",
  level: "school",
  givenBy: "学校",
  day: DAY,
  dimension: "arts",
  makerId: of.teacherId,
  addedAt: WORLD_NOW,
  state: "confirmed",
});
const newTransfer = (of: Filled): transfers.NewTransfer => ({
  id: uuidv7(),
  studentId: of.studentId,
  sentSha256: "7".repeat(64),
  fromSchool: "海边小学",
  keyId: "k".repeat(43),
  isKnownKey: false,
  madeAt: WORLD_NOW,
  portfolio: {
    format: TRANSFER_FORMAT,
    madeAt: WORLD_NOW.toISOString(),
    school: { id: uuidv7(), name: "海边小学" },
    child: { name: "林小满", sex: null, bornOn: null },
    years: [],
    files: [],
    leftOut: 0,
  },
  broughtBy: of.teacherId,
  broughtAt: WORLD_NOW,
});
const factsOfActivity = (of: Filled): activities.ActivityFacts => ({
  termId: of.termId,
  title: "新的活动",
  sort: "place",
  startsOn: DAY,
  endsOn: DAY,
  place: "博物馆",
  minutes: 90,
  dimensions: ["arts"],
  about: "",
});
const newActivity = (of: Filled, id = uuidv7()): activities.NewActivity => ({
  ...factsOfActivity(of),
  id,
  classId: of.classId,
  toldOfId: null,
  state: "recorded",
  makerId: of.teacherId,
  addedAt: WORLD_NOW,
});
const weekOf = (of: Filled) => ({ classId: of.classId, weekStartsOn: MONDAY });
const newGoal = (of: Filled) => ({
  text: "天天运动",
  dimension: "physical" as const,
  target: 77,
  setBy: of.teacherId,
  setAt: WORLD_NOW,
});

const newReminder = (of: Filled): reminders.NewReminder => ({
  id: uuidv7(),
  studentId: of.studentId,
  classId: of.classId,
  termId: of.termId,
  recorderId: of.teacherId,
  phrase: "tidy-up",
  text: null,
  guardianMaySee: true,
  occurredAt: WORLD_NOW,
  recordedAt: WORLD_NOW,
});

const absentMark = (of: Filled, studentId: string): absences.KeptAbsenceMark => ({
  classId: of.classId,
  day: DAY,
  studentId,
  isAbsent: true,
  markedAt: WORLD_NOW,
  markedBy: of.teacherId,
});

const watchPlanOf = (of: Filled, id: string): Parameters<typeof watchPlans.keepWatchPlan>[2] => ({
  id,
  classId: of.classId,
  studentId: of.studentId,
  reason: "few",
  dimension: null,
  startsOn: DAY,
  endsOn: "2026-11-24",
  recordsBefore: 0,
  madeBy: of.teacherId,
  madeAt: WORLD_NOW,
});

const changed = (of: Filled) => ({ changedAt: WORLD_NOW, changedBy: of.teacherId });
const planOf = (of: Filled, id: string): seating.SavedPlan => ({
  id,
  classId: of.classId,
  subjectId: null,
  name: "新的座位表",
  arrangement: { rows: 1, columns: 2, aisles: [], seats: [of.studentId, null] },
  ...changed(of),
});
const setOf = (of: Filled, id: string): groups.SavedSet => ({
  id,
  classId: of.classId,
  name: "新的分组",
  groups: [{ name: "第一组", symbol: "sun", studentIds: [of.studentId] }],
  ...changed(of),
});
const newProposal = (of: Filled): proposals.NewProposal => ({
  id: uuidv7(),
  voice: "self",
  fromId: of.studentId,
  guardianId: null,
  studentId: of.studentId,
  classId: of.classId,
  termId: of.termId,
  observationPointId: of.points.own,
  text: "我自己整理了书包",
  day: DAY,
  toldAt: WORLD_NOW,
  awardId: uuidv7(),
});

const tellerOf = (of: Filled) => ({ fromId: of.studentId, guardianId: null });
const newVoice = (of: Filled, over: Partial<voices.NewVoice> = {}): voices.NewVoice => ({
  id: uuidv7(),
  kind: "teacher",
  studentId: of.studentId,
  fromId: null,
  authorId: of.teacherId,
  classId: of.classId,
  termId: of.termId,
  roundId: null,
  about: "note",
  level: null,
  observationPointId: null,
  starter: null,
  words: "举手三次",
  day: DAY,
  guardianMaySee: false,
  state: "given",
  createdAt: WORLD_NOW,
  changedAt: WORLD_NOW,
  ...over,
});
const ratingOf = (of: Filled) => ({
  roundId: of.ratingRoundId,
  indicatorCode: "arts",
  raterId: of.teacherId,
});
const ranOf = ({ studentId }: Filled) => ({ studentId, item: "run-50" as const, attempt: 1 as const });
const worded = (of: Filled, indicatorCode: string) => ({
  indicatorCode,
  levels: builtInRubric(indicatorCode),
  savedBy: of.teacherId,
  savedAt: WORLD_NOW,
});
const voiceRound = (of: Filled, id: string): voices.VoiceRound => ({
  id,
  classId: of.classId,
  termId: of.termId,
  kind: "self",
  opensOn: DAY,
  closesOn: DAY,
  groups: [],
});

const newLetter = (of: Filled, studentId: string): guardians.NewLetter => ({
  id: uuidv7(),
  studentId,
  codeHash: uuidv7(),
  readmits: null,
  createdAt: WORLD_NOW,
  createdBy: of.teacherId,
  expiresAt: SPAN.to,
});
const joiningOf = (of: Filled): guardians.JoiningGuardian => ({
  studentId: of.otherStudentId,
  letterId: of.letterId,
  accountId: of.guardianAccountId,
  ownMembershipId: null,
  name: "周妈妈",
  phone: "13800000001",
  relation: "mother",
  noticeVersion: "1",
  at: WORLD_NOW,
});

const badgeDraft = (id: string, code: string) => ({
  id,
  code,
  name: { zh: "热心章", en: "Kind hand" },
  words: { zh: "伸出手。", en: "Gives a hand." },
  shape: "flower" as const,
  dimension: "moral" as const,
  rule: {
    kind: "count" as const,
    scope: { of: "dimension" as const, codes: ["moral"] },
    window: { span: "term" as const },
    levels: [1, 9],
  },
  after: [],
  giver: "homeroom" as const,
});
const newQuest = (of: Filled) => ({
  id: uuidv7(),
  studentId: of.otherStudentId,
  badgeId: of.badgeId,
  level: 1,
  setBy: of.teacherId,
  setAt: WORLD_NOW,
  countsFrom: "2026-09-01",
  startsOn: "2026-09-01",
  endsOn: "2027-01-22",
  tally: {},
  metAt: null,
});
const newBadgeAward = (of: Filled) => ({
  questId: of.questId,
  studentId: of.studentId,
  badgeId: of.badgeId,
  badgeCode: "another",
  level: 1,
  day: DAY,
  awardedAt: WORLD_NOW,
  awardedBy: of.teacherId,
  words: null,
  awardIds: [of.awardId],
});
const offerOf = (id: string, classId: string | null): rewards.KeptReward => ({
  id,
  classId,
  title: "新的一项",
  words: "",
  icon: "star",
  kind: "privilege",
  price: 2,
  stock: null,
  perChild: null,
  gradeFrom: 1,
  gradeTo: 9,
  isOpen: true,
});
const newWish = (of: Filled, studentId = of.studentId): rewardLedger.NewRequest => ({
  id: uuidv7(),
  rewardId: of.rewardId,
  studentId,
  termId: of.termId,
  academicYearId: of.yearId,
  day: DAY,
  price: 1,
  spans: { week: { from: MONDAY, to: DAY }, term: { from: "2026-09-01", to: DAY } },
  askedBy: of.teacherId,
  askedAt: WORLD_NOW,
});
const inYear = (of: Filled) => ({ studentId: of.studentId, academicYearId: of.yearId });

const carryingOut = (of: Filled): roster.CarryingOut => ({
  academicYearId: of.yearId,
  from: DAY,
  at: WORLD_NOW,
  newClasses: [{ id: uuidv7(), grade: 1, name: "一年级1班", position: 1 }],
});
const renaming = (of: Filled) => {
  const facts = (name: string) => ({ studentNo: "forest-7777", name, pinyin: "ming zi" });
  return { do: "change-student", id: of.studentId, before: facts("旧名"), after: facts("新名") } as const;
};
const moving = (of: Filled) =>
  ({ do: "enroll", id: uuidv7(), studentId: of.studentId, classId: of.otherClassId, from: null }) as const;
const recording = (of: Filled) => {
  const after = { nationalNo: nationalNo("2017-05-12", 77), sex: null, bornOn: null };
  const before = { ...after, bornOn: "2017-05-12" };
  return { do: "set-record", studentId: of.studentId, before, after } as const;
};
const plannedRow = {
  row: 2,
  furtherRows: [],
  outcome: "unchanged",
  name: "李梓涵",
  studentNo: "N1",
  className: "三年级1班",
  changes: [],
  problems: [],
  steps: [],
} as const;
const broughtStaff = { staffNo: "T-9", login: null, name: "郑洁", isAdministrator: false, posts: [] };
const plannedStaff = {
  name: "郑洁",
  staffNo: "T-9",
  isAdministrator: false,
  outcome: "new",
  problems: [],
  candidates: [],
  posts: [],
  steps: [],
} as const;
const dryRun = (of: Filled) => ({
  shape: { headings: ["学号"], fields: ["studentNo" as const], firstRow: 2 },
  counts: { new: 0, changed: 0, unchanged: 1, problem: 0, missing: 0, kept: 0 },
  newClasses: [],
  rosterSha256: "7".repeat(64),
  academicYearId: of.yearId,
});

/** Every repository function that takes a school's id, by module; several calls where it has several ways. */
const CALLS: Readonly<Record<string, Readonly<Record<string, readonly [Kind, ...Call[]]>>>> = {
  awards: {
    recordAwards: [
      "changes",
      (store, schoolId, of) =>
        awards.recordAwards(store, schoolId, [{ ...newAward(of), ...rules, evidenceIds: [] }], WORLD_NOW),
      (store, schoolId, of) =>
        awards.recordAwards(
          store,
          schoolId,
          [{ ...newAward(of), ...rules, evidenceIds: [of.unboundEvidenceId] }],
          WORLD_NOW,
        ),
    ],
    loadAwards: [
      "changes",
      (store, schoolId, of) =>
        awards.loadAwards(store, schoolId, [
          { ...newAward(of), voided: null },
          { ...newAward(of), voided: { by: of.teacherId, reason: "点错了", at: WORLD_NOW } },
        ]),
    ],
    recordedAlready: [
      "finds",
      async (store, schoolId, of) => {
        const sent = { ...newAward(of), id: of.voidedAwardId, points: undefined, evidenceIds: [] };
        return (await awards.recordedAlready(store, schoolId, [sent])).filter(
          (outcome) => outcome !== undefined,
        );
      },
    ],
    awardsByIds: ["finds", (store, schoolId, of) => awards.awardsByIds(store, schoolId, [of.awardId])],
    voidAwards: [
      "changes",
      (store, schoolId, of) =>
        awards.voidAwards(store, schoolId, [ledgerAward(of)], {
          membershipId: of.teacherId,
          reason: "点错了",
          at: WORLD_NOW,
        }),
    ],
  },
  credentials: {
    addCredential: [
      "changes",
      (store, schoolId, of) =>
        credentials.addCredential(store, schoolId, {
          id: uuidv7(),
          studentId: of.studentId,
          kind: "record",
          questId: null,
          keyId: of.schoolKeyId,
          sha256: "00",
          isNamed: false,
          issuedBy: of.guardianId,
          issuedAt: WORLD_NOW,
        }),
    ],
    credentialById: [
      "finds",
      (store, schoolId, of) => credentials.credentialById(store, schoolId, of.credentialId),
    ],
    credentialsOfChild: [
      "finds",
      (store, schoolId, of) => credentials.credentialsOfChild(store, schoolId, of.studentId),
    ],
    withdrawCredential: [
      "changes",
      (store, schoolId, of) =>
        credentials.withdrawCredential(store, schoolId, of.credentialId, {
          by: of.guardianId,
          at: WORLD_NOW,
        }),
    ],
  },
  "school-keys": {
    schoolKeysOf: ["counts", (store, schoolId) => schoolKeys.schoolKeysOf(store, schoolId)],
    signingKeyOf: ["counts", (store, schoolId) => schoolKeys.signingKeyOf(store, schoolId)],
    addSchoolKey: [
      "adds",
      async (store, schoolId) => {
        const key = { id: uuidv7(), x: "x", sealedSecret: "0:d", madeBy: null, madeAt: WORLD_NOW };
        await schoolKeys.retireSchoolKey(store, schoolId, WORLD_NOW);
        await schoolKeys.addSchoolKey(store, schoolId, key);
      },
    ],
    retireSchoolKey: ["adds", (store, schoolId) => schoolKeys.retireSchoolKey(store, schoolId, WORLD_NOW)],
  },
  badges: {
    badgesOf: ["counts", (store, schoolId) => badges.badgesOf(store, schoolId)],
    badgeById: ["finds", (store, schoolId, of) => badges.badgeById(store, schoolId, of.badgeId)],
    badgeHeld: ["finds", (store, schoolId, of) => badges.badgeHeld(store, schoolId, of.badgeId)],
    putBadgeDraft: [
      "changes",
      (store, schoolId, of) =>
        badges.putBadgeDraft(store, schoolId, badgeDraft(uuidv7(), "kind-hand"), {
          savedBy: of.teacherId,
          savedAt: WORLD_NOW,
        }),
    ],
    dropBadgeDraft: [
      "changes",
      (store, schoolId, of) => badges.dropBadgeDraft(store, schoolId, of.badgeDraftId),
    ],
    publishBadge: [
      "changes",
      (store, schoolId, of) =>
        badges.publishBadge(store, schoolId, { id: of.badgeDraftId, code: "waits" }, WORLD_NOW),
    ],
    retireBadge: [
      "changes",
      (store, schoolId, of) => badges.retireBadge(store, schoolId, of.badgeId, WORLD_NOW),
    ],
  },
  "badge-quests": {
    addQuest: ["changes", (store, schoolId, of) => badgeQuests.addQuest(store, schoolId, newQuest(of))],
    liveQuestsOf: [
      "finds",
      (store, schoolId, of) => badgeQuests.liveQuestsOf(store, schoolId, [of.studentId]),
      (store, schoolId, of) =>
        badgeQuests.liveQuestsOf(store, schoolId, [of.otherStudentId, of.studentId, of.recordedStudentId]),
    ],
    questsByIds: ["finds", (store, schoolId, of) => badgeQuests.questsByIds(store, schoolId, [of.questId])],
    questsOfChild: [
      "finds",
      (store, schoolId, of) => badgeQuests.questsOfChild(store, schoolId, of.studentId),
    ],
    liveQuestsAfter: [
      "counts",
      (store, schoolId) => badgeQuests.liveQuestsAfter(store, schoolId, { after: "", limit: 10 }),
    ],
    updateQuest: [
      "changes",
      (store, schoolId, of) => badgeQuests.updateQuest(store, schoolId, of.questId, { tally: { all: 7 } }),
    ],
    addBadgeAward: [
      "changes",
      (store, schoolId, of) => badgeQuests.addBadgeAward(store, schoolId, newBadgeAward(of)),
    ],
    badgeAwardsOf: [
      "finds",
      (store, schoolId, of) => badgeQuests.badgeAwardsOf(store, schoolId, [of.studentId]),
    ],
    takeBackBadge: [
      "changes",
      (store, schoolId, of) => badgeQuests.takeBackBadge(store, schoolId, of.earnedQuestId),
    ],
    markBadgesShown: [
      "changes",
      (store, schoolId, of) =>
        badgeQuests.markBadgesShown(store, schoolId, of.studentId, [of.earnedQuestId], WORLD_NOW),
    ],
    badgeFactsOf: [
      "finds",
      (store, schoolId, of) =>
        badgeQuests.badgeFactsOf(store, schoolId, [of.studentId], { from: "2026-09-01", to: "2027-01-22" }),
    ],
  },
  boards: {
    addBoardLink: ["changes", (store, schoolId, of) => boards.addBoardLink(store, schoolId, newLink(of))],
    boardLinksOf: [
      "finds",
      (store, schoolId, of) => boards.boardLinksOf(store, schoolId, of.classId, WORLD_NOW),
    ],
    boardLinkById: ["finds", (store, schoolId, of) => boards.boardLinkById(store, schoolId, of.boardLinkId)],
    takeBoardLink: [
      "changes",
      (store, schoolId, of) => boards.takeBoardLink(store, schoolId, of.codeLinkId, "5".repeat(64)),
    ],
    revokeBoardLink: [
      "changes",
      (store, schoolId, of) =>
        boards.revokeBoardLink(
          store,
          schoolId,
          { classId: of.classId, id: of.boardLinkId },
          { membershipId: of.teacherId, at: WORLD_NOW },
        ),
    ],
    revokeEveryBoardLink: [
      "adds",
      (store, schoolId) => boards.revokeEveryBoardLink(store, schoolId, WORLD_NOW),
    ],
    deleteBoardLinks: [
      "adds",
      (store, schoolId) => boards.deleteBoardLinks(store, schoolId, new Date("2027-01-01T00:00:00Z"), 10),
    ],
    classGoalOf: ["finds", (store, schoolId, of) => boards.classGoalOf(store, schoolId, of.classId, MONDAY)],
    setClassGoal: [
      "changes",
      (store, schoolId, of) => boards.setClassGoal(store, schoolId, weekOf(of), newGoal(of)),
      (store, schoolId, of) =>
        boards.setClassGoal(store, schoolId, { ...weekOf(of), weekStartsOn: "2026-11-16" }, newGoal(of)),
    ],
    dropClassGoal: [
      "changes",
      (store, schoolId, of) => boards.dropClassGoal(store, schoolId, of.classId, MONDAY),
    ],
  },
  "watch-plans": {
    keepWatchPlan: [
      "changes",
      (store, schoolId, of) => watchPlans.keepWatchPlan(store, schoolId, watchPlanOf(of, uuidv7())),
    ],
    endWatchPlan: [
      "changes",
      (store, schoolId, of) =>
        watchPlans.endWatchPlan(store, schoolId, {
          classId: of.classId,
          id: of.watchPlanId,
          at: WORLD_NOW,
        }),
    ],
    runningWatchPlans: [
      "finds",
      (store, schoolId, of) =>
        watchPlans.runningWatchPlans(store, schoolId, {
          classId: of.classId,
          day: DAY,
          studentIds: [of.studentId],
        }),
    ],
    watchPlansAboutChild: [
      "finds",
      (store, schoolId, of) => watchPlans.watchPlansAboutChild(store, schoolId, of.studentId),
    ],
    deleteWatchPlansBefore: [
      "adds",
      (store, schoolId) => watchPlans.deleteWatchPlansBefore(store, schoolId, "2027-11-12"),
    ],
  },
  absences: {
    keepAbsenceMarks: [
      "changes",
      (store, schoolId, of) =>
        absences.keepAbsenceMarks(store, schoolId, [absentMark(of, of.otherStudentId)]),
      (store, schoolId, of) =>
        absences.keepAbsenceMarks(store, schoolId, [{ ...absentMark(of, of.studentId), isAbsent: false }]),
    ],
    absentOn: ["finds", (store, schoolId, of) => absences.absentOn(store, schoolId, of.classId, DAY)],
    deleteAbsencesBefore: [
      "adds",
      (store, schoolId) => absences.deleteAbsencesBefore(store, schoolId, "2026-11-12"),
    ],
  },
  viewings: {
    countViewedMinute: [
      "changes",
      (store, schoolId, of) =>
        viewings.countViewedMinute(store, schoolId, {
          studentId: of.studentId,
          day: DAY,
          minute: new Date(WORLD_NOW.getTime() + 60_000),
          limit: 30,
        }),
    ],
    deleteViewingsBefore: [
      "adds",
      (store, schoolId) => viewings.deleteViewingsBefore(store, schoolId, "2026-11-12"),
    ],
  },
  "note-expiry": {
    beginNoteExpiry: ["adds", (store, schoolId) => noteExpiry.beginNoteExpiry(store, schoolId, "2027-02-01")],
    endNoteExpiry: ["adds", (store, schoolId) => noteExpiry.endNoteExpiry(store, schoolId, DAY)],
    childrenAfter: ["counts", (store, schoolId) => noteExpiry.childrenAfter(store, schoolId, "", 5)],
    expireNotes: [
      "changes",
      (store, schoolId, of) =>
        noteExpiry.expireNotes(store, schoolId, { studentIds: [of.studentId], beforeDay: NOTES_GO_BEFORE }),
    ],
  },
  seating: {
    seatingPlansOf: ["finds", (store, schoolId, of) => seating.seatingPlansOf(store, schoolId, of.classId)],
    saveSeatingPlan: [
      "changes",
      (store, schoolId, of) => seating.saveSeatingPlan(store, schoolId, planOf(of, uuidv7()), 0),
      (store, schoolId, of) => seating.saveSeatingPlan(store, schoolId, planOf(of, of.planId), 1),
    ],
    deleteSeatingPlan: [
      "changes",
      (store, schoolId, { planId: id, classId }) =>
        seating.deleteSeatingPlan(store, schoolId, { id, classId, version: 1 }),
    ],
    subjectsTaught: [
      "finds",
      (store, schoolId, of) => seating.subjectsTaught(store, schoolId, of.classId, DAY),
    ],
  },
  groups: {
    groupSetsOf: ["finds", (store, schoolId, of) => groups.groupSetsOf(store, schoolId, of.classId)],
    saveGroupSet: [
      "changes",
      (store, schoolId, of) => groups.saveGroupSet(store, schoolId, setOf(of, uuidv7()), 0),
      (store, schoolId, of) => groups.saveGroupSet(store, schoolId, setOf(of, of.setId), 1),
    ],
    deleteGroupSet: [
      "changes",
      (store, schoolId, { setId: id, classId }) =>
        groups.deleteGroupSet(store, schoolId, { id, classId, version: 1 }),
    ],
    keptApartIn: ["finds", (store, schoolId, of) => groups.keptApartIn(store, schoolId, of.classId)],
    keepApart: [
      "changes",
      (store, schoolId, of) =>
        groups.keepApart(store, schoolId, {
          classId: of.classId,
          studentIds: [of.studentId, of.children[3]?.id ?? ""],
          addedBy: of.teacherId,
          addedAt: WORLD_NOW,
        }),
    ],
    keepApartNoLonger: [
      "changes",
      (store, schoolId, of) =>
        groups.keepApartNoLonger(store, schoolId, {
          classId: of.classId,
          studentIds: [of.otherStudentId, of.studentId],
        }),
    ],
  },
  dashboard: {
    daysOfClass: [
      "finds",
      (store, schoolId, of) =>
        dashboard.daysOfClass(store, schoolId, of.classId, { from: MONDAY, to: "2026-11-15" }),
    ],
    unnoticedOfClass: [
      "finds",
      (store, schoolId, of) =>
        dashboard.unnoticedOfClass(store, schoolId, of.classId, { from: MONDAY, to: DAY }),
    ],
    awardsOfSpan: [
      "finds",
      (store, schoolId, of) => dashboard.awardsOfSpan(store, schoolId, of.classId, SPAN),
    ],
    postsOfSchool: ["counts", (store, schoolId) => dashboard.postsOfSchool(store, schoolId)],
  },
  attention: {
    ownTallies: [
      "finds",
      (store, schoolId, of) =>
        attention.ownTallies(store, schoolId, {
          termId: of.termId,
          recorderId: of.teacherId,
          studentIds: [of.studentId, of.otherStudentId],
        }),
    ],
    ownLatest: [
      "finds",
      async (store, schoolId, of) => {
        const asked = { classId: of.classId, recorderId: of.teacherId, since: "2026-09-01" };
        return (await attention.ownLatest(store, schoolId, asked, 10)).records;
      },
      async (store, schoolId, of) => {
        const asked = { classId: of.classId, recorderId: of.teacherId, since: "2026-09-01" };
        return (await attention.ownLatest(store, schoolId, asked, 1)).completeSince;
      },
    ],
  },
  reminders: {
    addReminder: [
      "changes",
      (store, schoolId, of) => reminders.addReminder(store, schoolId, newReminder(of)),
    ],
    reminderById: ["finds", (store, schoolId, of) => reminders.reminderById(store, schoolId, of.reminderId)],
    remindersOf: [
      "finds",
      (store, schoolId, { studentId, termId }) =>
        reminders.remindersOf(store, schoolId, { studentId, termId, onlyForGuardian: false }, 10),
      (store, schoolId, { studentId, termId }) =>
        reminders.remindersOf(store, schoolId, { studentId, termId, onlyForGuardian: true }, 10),
    ],
    countWritten: [
      "counts",
      (store, schoolId, { studentId, termId, teacherId: recorderId }) =>
        reminders.countWritten(store, schoolId, { studentId, termId, recorderId }, SPAN.from),
    ],
    withdrawReminder: [
      "changes",
      (store, schoolId, of) =>
        reminders.withdrawReminder(store, schoolId, of.reminderId, {
          membershipId: of.teacherId,
          at: WORLD_NOW,
        }),
    ],
    deleteReminders: [
      "changes",
      (store, schoolId, of) => reminders.deleteReminders(store, schoolId, [of.termId], 10),
    ],
  },
  proposals: {
    addProposal: [
      "changes",
      (store, schoolId, of) => proposals.addProposal(store, schoolId, newProposal(of)),
    ],
    proposalsByIds: [
      "finds",
      (store, schoolId, of) => proposals.proposalsByIds(store, schoolId, [of.proposalId]),
    ],
    toldBy: ["finds", (store, schoolId, of) => proposals.toldBy(store, schoolId, tellerOf(of), "2026-09-01")],
    toldOn: ["finds", (store, schoolId, of) => proposals.toldOn(store, schoolId, tellerOf(of), DAY)],
    waitingIn: ["finds", (store, schoolId, of) => proposals.waitingIn(store, schoolId, of.classId)],
    countWaiting: ["counts", (store, schoolId, of) => proposals.countWaiting(store, schoolId, of.classId)],
    thanksIn: [
      "finds",
      (store, schoolId, of) => proposals.thanksIn(store, schoolId, of.classId, "2026-09-01"),
    ],
    settleProposal: [
      "changes",
      (store, schoolId, of) =>
        proposals.settleProposal(store, schoolId, of.proposalId, {
          state: "declined",
          phrase: "try-again",
          settledAt: WORLD_NOW,
          settledBy: of.teacherId,
        }),
    ],
    thankersOf: ["finds", (store, schoolId, of) => proposals.thankersOf(store, schoolId, [of.thanksAwardId])],
    deleteProposals: [
      "changes",
      (store, schoolId, of) => proposals.deleteProposals(store, schoolId, [of.termId], 10),
    ],
  },
  rubrics: {
    rubricsOf: ["counts", (store, schoolId) => rubrics.rubricsOf(store, schoolId)],
    saveRubric: [
      "changes",
      (store, schoolId, of) => rubrics.saveRubric(store, schoolId, { ...worded(of, "arts"), from: 1 }),
      (store, schoolId, of) => rubrics.saveRubric(store, schoolId, { ...worded(of, "moral"), from: 0 }),
    ],
    ratingRoundsOf: ["finds", (store, schoolId, of) => rubrics.ratingRoundsOf(store, schoolId, of.termId)],
    putRatingRound: [
      "changes",
      (store, schoolId, { ratingRoundId: id, termId, teacherId: membershipId }) =>
        rubrics.putRatingRound(
          store,
          schoolId,
          { id, termId, opensOn: DAY, closesOn: "2026-11-12", rubrics: [] },
          { membershipId, at: WORLD_NOW },
        ),
    ],
    keepRatings: [
      "changes",
      (store, schoolId, of) =>
        rubrics.keepRatings(store, schoolId, { ...ratingOf(of), classId: of.classId, ratedAt: LATER }, [
          { studentId: of.studentId, level: 1 },
          { studentId: of.otherStudentId, level: null },
        ]),
    ],
    takeBackRatings: [
      "changes",
      (store, schoolId, of) => rubrics.takeBackRatings(store, schoolId, ratingOf(of), [of.studentId]),
    ],
    ratingsInClass: [
      "finds",
      (store, schoolId, of) =>
        rubrics.ratingsInClass(store, schoolId, { roundId: of.ratingRoundId, classId: of.classId }),
    ],
    ratingsOfChild: [
      "finds",
      (store, schoolId, of) =>
        rubrics.ratingsOfChild(store, schoolId, {
          studentId: of.studentId,
          roundIds: [of.ratingRoundId],
        }),
    ],
    ratedStudents: [
      "finds",
      async (store, schoolId, of) => [
        ...(await rubrics.ratedStudents(store, schoolId, {
          studentIds: [of.studentId],
          roundIds: [of.ratingRoundId],
        })),
      ],
    ],
    ratingsOnChild: ["finds", (store, schoolId, of) => rubrics.ratingsOnChild(store, schoolId, of.studentId)],
    farApartByClass: [
      "finds",
      async (store, schoolId, of) => [
        ...(await rubrics.farApartByClass(store, schoolId, {
          roundId: of.ratingRoundId,
          day: DAY,
          apart: 0,
        })),
      ],
    ],
    ratedByClass: [
      "finds",
      async (store, schoolId, of) => [...(await rubrics.ratedByClass(store, schoolId, of.ratingRoundId))],
    ],
  },
  fitness: {
    fitnessTestOf: ["finds", (store, schoolId, of) => fitness.fitnessTestOf(store, schoolId, of.yearId)],
    openFitnessTest: [
      "changes",
      (store, schoolId, { teacherId: membershipId, lastYearId: academicYearId }) =>
        fitness.openFitnessTest(
          store,
          schoolId,
          { academicYearId, openedOn: DAY },
          { membershipId, at: WORLD_NOW },
        ),
    ],
    fitnessValuesOf: [
      "finds",
      (store, schoolId, of) => fitness.fitnessValuesOf(store, schoolId, { studentIds: [of.studentId] }),
    ],
    keepFitnessValues: [
      "changes",
      (store, schoolId, of) =>
        fitness.keepFitnessValues(
          store,
          schoolId,
          {
            academicYearId: of.yearId,
            classId: of.classId,
            grade: 3,
            testedOn: DAY,
            enteredBy: of.teacherId,
            enteredAt: LATER,
          },
          [{ ...ranOf(of), value: 9.8 }],
        ),
    ],
    takeBackFitnessValues: [
      "changes",
      (store, schoolId, of) => fitness.takeBackFitnessValues(store, schoolId, of.yearId, [ranOf(of)]),
    ],
    fitnessExemptionsOf: [
      "finds",
      (store, schoolId, of) =>
        fitness.fitnessExemptionsOf(store, schoolId, { studentIds: [of.otherStudentId] }),
    ],
    putFitnessExemption: [
      "changes",
      (store, schoolId, of) =>
        fitness.putFitnessExemption(
          store,
          schoolId,
          { academicYearId: of.yearId, studentId: of.otherStudentId, reason: "other" },
          { membershipId: of.teacherId, at: LATER },
        ),
    ],
    endFitnessExemption: [
      "changes",
      (store, schoolId, of) =>
        fitness.endFitnessExemption(store, schoolId, {
          academicYearId: of.yearId,
          studentId: of.otherStudentId,
        }),
    ],
    sexesOf: [
      "finds",
      async (store, schoolId, of) => [...(await fitness.sexesOf(store, schoolId, [of.recordedStudentId]))],
    ],
  },
  voices: {
    voiceRoundsOf: ["finds", (store, schoolId, of) => voices.voiceRoundsOf(store, schoolId, of)],
    putVoiceRound: [
      "changes",
      (store, schoolId, of) =>
        voices.putVoiceRound(
          store,
          schoolId,
          { ...voiceRound(of, of.voiceRoundId), closesOn: "2026-11-12" },
          {
            membershipId: of.teacherId,
            at: WORLD_NOW,
          },
        ),
    ],
    keepAnswer: [
      "changes",
      (store, schoolId, of) =>
        voices.keepAnswer(
          store,
          schoolId,
          newVoice(of, {
            kind: "self",
            fromId: of.studentId,
            authorId: null,
            roundId: of.voiceRoundId,
            about: "moral",
            level: 1,
          }),
        ),
    ],
    addVoice: ["changes", (store, schoolId, of) => voices.addVoice(store, schoolId, newVoice(of))],
    voiceById: ["finds", (store, schoolId, of) => voices.voiceById(store, schoolId, of.selfVoiceId)],
    answersIn: ["finds", (store, schoolId, of) => voices.answersIn(store, schoolId, [of.voiceRoundId])],
    voicesAbout: ["finds", (store, schoolId, of) => voices.voicesAbout(store, schoolId, of)],
    settleVoices: [
      "changes",
      (store, schoolId, of) =>
        voices.settleVoices(
          store,
          schoolId,
          { classId: of.classId, ids: [of.peerVoiceId] },
          { state: "released", keptBackFor: null, settledBy: of.teacherId, settledAt: WORLD_NOW },
        ),
    ],
    countSaidOn: [
      "counts",
      (store, schoolId, of) =>
        voices.countSaidOn(store, schoolId, {
          kind: "teacher",
          studentId: of.studentId,
          authorId: of.teacherId,
          day: DAY,
        }),
    ],
    changeNote: [
      "changes",
      (store, schoolId, of) =>
        voices.changeNote(
          store,
          schoolId,
          { id: of.noteId, words: "旧的" },
          { words: "新的", guardianMaySee: true, changedAt: LATER },
        ),
    ],
    earlierWords: ["finds", (store, schoolId, of) => voices.earlierWords(store, schoolId, [of.noteId])],
    deleteUnreleased: [
      "changes",
      (store, schoolId, of) => voices.deleteUnreleased(store, schoolId, [of.termId], 10),
    ],
  },
  ledger: {
    timelineOf: [
      "finds",
      (store, schoolId, of) =>
        ledger.timelineOf(store, schoolId, of.studentId, { limit: 10, withVoided: true }),
      (store, schoolId, of) =>
        ledger.timelineOf(store, schoolId, of.studentId, {
          limit: 10,
          withVoided: false,
          after: { at: SPAN.to, id: uuidv7() },
        }),
    ],
    timelineQuery: [
      "finds",
      (store, schoolId, of) =>
        ledger.timelineQuery(store, schoolId, of.studentId, {
          limit: 10,
          withVoided: false,
          filter: { dimension: "moral", kind: "behaviour", span: SPAN, hasPicture: true },
        }),
    ],
    latestOfClass: ["finds", (store, schoolId, of) => ledger.latestOfClass(store, schoolId, of.classId, 10)],
    voidersOf: ["finds", (store, schoolId, of) => ledger.voidersOf(store, schoolId, [of.voidedAwardId])],
    recordedLately: [
      "finds",
      (store, schoolId, of) =>
        ledger.recordedLately(
          store,
          schoolId,
          { classId: of.classId, recorderId: of.teacherId },
          { after: SPAN.from, upTo: SPAN.to },
        ),
    ],
    linesOf: ["finds", (store, schoolId, of) => ledger.linesOf(store, schoolId, [of.awardId])],
    tellingAwards: [
      "finds",
      (store, schoolId, of) => ledger.tellingAwards(store, schoolId, of.studentId, SPAN, 10),
    ],
    recentUses: [
      "finds",
      (store, schoolId, of) =>
        ledger.recentUses(store, schoolId, { classId: of.classId, membershipId: of.teacherId }, 10),
    ],
  },
  feed: {
    feedPosition: ["finds", (store, schoolId, of) => feed.feedPosition(store, schoolId, of.classId)],
    feedAfter: [
      "finds",
      (store, schoolId, of) => feed.feedAfter(store, schoolId, of.classId, { awards: 0, voids: 0 }, 10),
    ],
  },
  "school-settings": {
    schoolLogo: ["counts", (store, schoolId) => schoolSettings.schoolLogo(store, schoolId)],
    setSchoolLogo: [
      "changes",
      (store, schoolId, of) =>
        schoolSettings.setSchoolLogo(store, schoolId, {
          largeSha256: of.fileSha256,
          smallSha256: of.fileSha256,
          width: 1,
          height: 1,
          uploaderId: of.teacherId,
          uploadedAt: WORLD_NOW,
        }),
    ],
    removeSchoolLogo: ["adds", (store, schoolId) => schoolSettings.removeSchoolLogo(store, schoolId)],
    lessonTimesOf: ["counts", (store, schoolId) => schoolSettings.lessonTimesOf(store, schoolId)],
    saveLessonTimes: ["adds", (store, schoolId) => schoolSettings.saveLessonTimes(store, schoolId, [])],
  },
  "class-points": {
    classPointsOf: ["counts", (store, schoolId) => classPoints.classPointsOf(store, schoolId)],
    addClassPoint: [
      "changes",
      async (store, schoolId, of) => {
        const known = (await schools.schoolFrame(store, of.id))?.points.get(of.classPointId);
        if (!known) throw new Error("the class's point is gone");
        const { schemeId, indicatorId, dimension, name, kind, beans, minBeans, maxBeans, weeklyCap } = known;
        const id = uuidv7();
        const facts = { schemeId, indicatorId, dimension, name, kind, beans, minBeans, maxBeans, weeklyCap };
        const by = { classId: of.classId, addedBy: of.teacherId, addedAt: WORLD_NOW, grade: 3 };
        await classPoints.addClassPoint(store, schoolId, { ...facts, ...by, id, code: `BJ-${id}` });
      },
    ],
    retireClassPoint: [
      "changes",
      (store, schoolId, of) =>
        classPoints.retireClassPoint(store, schoolId, {
          classId: of.classId,
          observationPointId: of.classPointId,
          retiredBy: of.teacherId,
          retiredAt: WORLD_NOW,
        }),
    ],
  },
  "individual-plans": {
    addIndividualPlan: [
      "changes",
      (store, schoolId, of) =>
        individualPlans.addIndividualPlan(store, schoolId, {
          ...PLAN_WORDS,
          id: uuidv7(),
          studentId: of.otherStudentId,
          madeBy: of.teacherId,
          madeAt: WORLD_NOW,
        }),
    ],
    individualPlansOf: [
      "finds",
      (store, schoolId, of) => individualPlans.individualPlansOf(store, schoolId, of.studentId),
    ],
    changeIndividualPlan: [
      "changes",
      (store, schoolId, of) =>
        individualPlans.changeIndividualPlan(store, schoolId, { id: of.ownPlanId, from: 1 }, PLAN_WORDS),
    ],
    endIndividualPlan: [
      "changes",
      (store, schoolId, of) =>
        individualPlans.endIndividualPlan(store, schoolId, of.ownPlanId, {
          endedOn: "2026-11-11",
          endedBy: of.teacherId,
          whatHelped: "流程卡",
        }),
    ],
    addOwnPoint: [
      "changes",
      async (store, schoolId, of) => {
        const known = (await schools.schoolFrame(store, of.id))?.ownPoints.get(of.ownPointId);
        if (!known) throw new Error("the child's own point is gone");
        const { schemeId, indicatorId, indicator, dimension, kind, beans, minBeans, maxBeans, weeklyCap } =
          known;
        const facts = {
          schemeId,
          indicatorId,
          indicator,
          dimension,
          kind,
          beans,
          minBeans,
          maxBeans,
          weeklyCap,
        };
        const id = uuidv7();
        const place = { planId: of.ownPlanId, code: `XS-${id}`, position: 2, icon: null };
        const name = { zh: "再试一次", en: "再试一次" };
        await individualPlans.addOwnPoint(store, schoolId, { ...facts, ...place, id, name });
      },
    ],
    changeOwnPoint: [
      "changes",
      (store, schoolId, of) =>
        individualPlans.changeOwnPoint(store, schoolId, of.ownPointId, {
          name: { zh: "换个说法", en: "换个说法" },
          icon: null,
          position: 0,
          retiredOn: "2026-11-11",
        }),
    ],
    ownPointsOf: ["counts", (store, schoolId) => individualPlans.ownPointsOf(store, schoolId)],
    pointsOfPlans: [
      "finds",
      (store, schoolId, of) => individualPlans.pointsOfPlans(store, schoolId, [of.ownPlanId]),
    ],
    ownPointsInClass: [
      "finds",
      (store, schoolId, of) =>
        individualPlans.ownPointsInClass(store, schoolId, { classId: of.classId, day: "2026-11-11" }),
    ],
    ownPointDays: [
      "finds",
      (store, schoolId, { studentId, ownPointId }) =>
        individualPlans.ownPointDays(store, schoolId, {
          studentId,
          pointIds: [ownPointId],
          since: SPAN.from,
        }),
    ],
    addPlanNote: [
      "changes",
      (store, schoolId, of) =>
        individualPlans.addPlanNote(store, schoolId, {
          id: uuidv7(),
          planId: of.ownPlanId,
          text: "自己看了流程卡",
          day: "2026-11-11",
          authorId: of.teacherId,
          writtenAt: WORLD_NOW,
        }),
    ],
    notesOfPlans: [
      "finds",
      (store, schoolId, of) => individualPlans.notesOfPlans(store, schoolId, [of.ownPlanId]),
    ],
    planNoteById: [
      "finds",
      (store, schoolId, of) => individualPlans.planNoteById(store, schoolId, of.planNoteId),
    ],
  },
  rewards: {
    isShopOn: ["counts", async (store, schoolId) => (await rewards.isShopOn(store, schoolId)) || undefined],
    switchShop: ["adds", (store, schoolId) => rewards.switchShop(store, schoolId, false)],
    rewardById: ["finds", (store, schoolId, of) => rewards.rewardById(store, schoolId, of.rewardId)],
    rewardsOn: [
      "finds",
      (store, schoolId, of) => rewards.rewardsOn(store, schoolId, of.classId),
      async (store, schoolId, of) =>
        (await rewards.rewardsOn(store, schoolId, null)).filter(({ id }) => id === of.rewardId),
    ],
    rewardsOpenTo: [
      "finds",
      async (store, schoolId, of) =>
        (await rewards.rewardsOpenTo(store, schoolId, { id: of.classId, grade: 3 })).filter(
          ({ id, classId }) => id === of.rewardId || classId === of.classId,
        ),
    ],
    lockShelf: [
      "adds",
      async (store, schoolId, of) => {
        await rewards.lockShelf(store, schoolId, null);
        const by = { addedBy: of.teacherId, addedAt: WORLD_NOW };
        if (schoolId === of.id) await rewards.saveReward(store, schoolId, offerOf(uuidv7(), null), by);
      },
    ],
    saveReward: [
      "changes",
      (store, schoolId, of) =>
        rewards.saveReward(store, schoolId, offerOf(of.rewardId, null), {
          addedBy: of.teacherId,
          addedAt: WORLD_NOW,
        }),
      (store, schoolId, of) =>
        rewards.saveReward(store, schoolId, offerOf(uuidv7(), of.classId), {
          addedBy: of.teacherId,
          addedAt: WORLD_NOW,
        }),
    ],
    shopkeepersOf: ["finds", (store, schoolId, of) => rewards.shopkeepersOf(store, schoolId, weekOf(of))],
    chooseShopkeepers: [
      "changes",
      (store, schoolId, of) =>
        rewards.chooseShopkeepers(store, schoolId, weekOf(of), [of.studentId, of.otherStudentId]),
      (store, schoolId, of) => rewards.chooseShopkeepers(store, schoolId, weekOf(of), []),
    ],
    savingOf: ["finds", (store, schoolId, of) => rewards.savingOf(store, schoolId, of.studentId)],
    saveFor: [
      "changes",
      (store, schoolId, of) => rewards.saveFor(store, schoolId, of.otherStudentId, of.rewardId),
      (store, schoolId, of) => rewards.saveFor(store, schoolId, of.studentId, null),
    ],
  },
  "reward-ledger": {
    askForReward: [
      "changes",
      (store, schoolId, of) => rewardLedger.askForReward(store, schoolId, newWish(of)),
    ],
    moveRequest: [
      "changes",
      (store, schoolId, of) =>
        rewardLedger.moveRequest(store, schoolId, of.wishId, {
          to: "approved",
          by: of.teacherId,
          at: WORLD_NOW,
        }),
    ],
    balanceOf: ["finds", (store, schoolId, of) => rewardLedger.balanceOf(store, schoolId, inYear(of))],
    takenOf: [
      "finds",
      (store, schoolId, of) => rewardLedger.takenOf(store, schoolId, of.rewardId, { from: MONDAY, to: DAY }),
    ],
    takenByChild: ["finds", (store, schoolId, of) => rewardLedger.takenByChild(store, schoolId, of)],
    openWishesOf: [
      "finds",
      (store, schoolId, of) => rewardLedger.openWishesOf(store, schoolId, of.studentId),
    ],
    requestById: ["finds", (store, schoolId, of) => rewardLedger.requestById(store, schoolId, of.wishId)],
    waitingFor: ["finds", (store, schoolId, of) => rewardLedger.waitingFor(store, schoolId, [of.studentId])],
    requestsOfChild: [
      "finds",
      (store, schoolId, of) => rewardLedger.requestsOfChild(store, schoolId, of.studentId, MONDAY),
    ],
    countWaitingByClass: [
      "counts",
      (store, schoolId) => rewardLedger.countWaitingByClass(store, schoolId, DAY),
    ],
    objectToRequest: [
      "changes",
      (store, schoolId, of) =>
        rewardLedger.objectToRequest(store, schoolId, {
          id: of.wishId,
          studentId: of.studentId,
          by: of.guardianId,
        }),
    ],
    requestsOverdue: [
      "counts",
      (store, schoolId) =>
        rewardLedger.requestsOverdue(store, schoolId, { requested: LATER, approved: LATER }, 10),
    ],
  },
  calendars: {
    schoolWords: ["counts", (store, schoolId) => calendars.schoolWords(store, schoolId)],
    schoolCalendar: ["counts", (store, schoolId) => calendars.schoolCalendar(store, schoolId)],
    changeSchoolWords: [
      "adds",
      (store, schoolId) =>
        calendars.changeSchoolWords(store, schoolId, {
          name: "新学校",
          locale: "en",
          boardShowsNumbers: false,
          peerVoicesShowNames: false,
          reviewsSummaries: true,
          viewMinutes: 45,
          noteMonths: 36,
        }),
    ],
    writeCalendar: [
      "adds",
      async (store, schoolId, of) => {
        const calendar = await calendars.schoolCalendar(store, schoolId);
        const { id: academicYearId = of.yearId } = calendar.years.at(-1) ?? {};
        const name = { zh: "夏季学期", en: "Summer" };
        const term = { id: uuidv7(), academicYearId, name, startsOn: "2027-07-10", endsOn: "2027-07-20" };
        const terms = [...calendar.terms, term];
        await calendars.writeCalendar(store, schoolId, { ...calendar, terms }, null);
      },
    ],
    hasRecordsBetween: [
      "counts",
      async (store, schoolId) =>
        (await calendars.hasRecordsBetween(store, schoolId, { from: DAY, to: DAY })) || undefined,
    ],
  },
  cards: {
    cardHolders: [
      "finds",
      (store, schoolId, of) => cards.cardHolders(store, schoolId, [of.studentId, of.otherStudentId]),
    ],
    openStudentAccount: [
      "changes",
      (store, schoolId, of) =>
        cards.openStudentAccount(store, schoolId, {
          accountId: uuidv7(),
          membershipId: uuidv7(),
          studentId: of.otherStudentId,
          login: uuidv7(),
          name: "周予安",
          locale: "zh-CN",
          at: WORLD_NOW,
        }),
    ],
  },
  verification: {
    frozenSummaries: [
      "counts",
      (store, schoolId) => verification.frozenSummaries(store, schoolId, { after: undefined, limit: 10 }),
      (store, schoolId, of) =>
        verification.frozenSummaries(store, schoolId, {
          after: { studentId: of.studentId, termId: of.termId, revision: 0 },
          limit: 10,
        }),
    ],
    tallyDifferences: ["counts", (store, schoolId) => verification.tallyDifferences(store, schoolId)],
    rewardDifferences: ["counts", (store, schoolId) => verification.rewardDifferences(store, schoolId)],
    badgeDifferences: ["counts", (store, schoolId) => verification.badgeDifferences(store, schoolId)],
    ledgerSize: ["counts", (store, schoolId) => verification.ledgerSize(store, schoolId)],
  },
  "child-records": {
    officeFactsOf: [
      "finds",
      (store, schoolId, of) => childRecords.officeFactsOf(store, schoolId, of.recordedStudentId),
    ],
    guardianPhonesOf: [
      "finds",
      (store, schoolId, of) => childRecords.guardianPhonesOf(store, schoolId, of.recordedStudentId),
    ],
    individualPlansAboutChild: [
      "finds",
      (store, schoolId, of) => childRecords.individualPlansAboutChild(store, schoolId, of.studentId),
    ],
    remindersAboutChild: [
      "finds",
      (store, schoolId, of) =>
        childRecords.remindersAboutChild(store, schoolId, of.studentId, { onlyForGuardian: true }),
    ],
    answersAboutChild: [
      "finds",
      async (store, schoolId, of) => {
        const { messages } = await childRecords.answersAboutChild(store, schoolId, of.studentId, undefined);
        return messages;
      },
    ],
    voicesOfChild: [
      "finds",
      (store, schoolId, of) => childRecords.voicesOfChild(store, schoolId, of.studentId, null),
      (store, schoolId, of) =>
        childRecords.voicesOfChild(store, schoolId, of.studentId, { guardianId: of.guardianId }),
    ],
    noticesAboutChild: [
      "finds",
      (store, schoolId, of) => childRecords.noticesAboutChild(store, schoolId, of.studentId, undefined),
      (store, schoolId, of) => childRecords.noticesAboutChild(store, schoolId, of.studentId, of.guardianId),
    ],
    wishesOfChild: [
      "finds",
      (store, schoolId, of) => childRecords.wishesOfChild(store, schoolId, of.studentId),
    ],
    shopLifeOfChild: [
      "finds",
      async (store, schoolId, of) => {
        const { savingFor, shopkeeping } = await childRecords.shopLifeOfChild(store, schoolId, of.studentId);
        return savingFor === null ? [] : [savingFor, ...shopkeeping];
      },
    ],
    toldByOrAboutChild: [
      "finds",
      (store, schoolId, of) => childRecords.toldByOrAboutChild(store, schoolId, of.studentId),
    ],
    picturesOfChild: [
      "finds",
      (store, schoolId, of) => childRecords.picturesOfChild(store, schoolId, of.studentId),
    ],
    draftCommentsOf: [
      "finds",
      (store, schoolId, of) => childRecords.draftCommentsOf(store, schoolId, of.studentId),
    ],
    cardIssuedAt: [
      "finds",
      (store, schoolId, of) => childRecords.cardIssuedAt(store, schoolId, of.studentId),
    ],
  },
  erasures: {
    childrenWhoLeft: [
      "finds",
      (store, schoolId, of) =>
        erasures.childrenWhoLeft(store, schoolId, { leftBy: "9999-12-31", studentId: of.studentId }, 10),
    ],
    erasuresOf: ["counts", (store, schoolId) => erasures.erasuresOf(store, schoolId, 10)],
    eraseChild: [
      "changes",
      (store, schoolId, of) =>
        erasures.eraseChild(
          store,
          schoolId,
          { studentId: of.studentId, ground: "request" },
          { membershipId: of.teacherId, at: WORLD_NOW },
        ),
    ],
  },
  "privacy-figures": {
    heldCounts: ["counts", (store, schoolId) => privacyFigures.heldCounts(store, schoolId)],
    consentFigures: ["counts", (store, schoolId) => privacyFigures.consentFigures(store, schoolId, YEAR)],
    requestFigures: ["counts", (store, schoolId) => privacyFigures.requestFigures(store, schoolId, YEAR)],
    erasureFigures: ["counts", (store, schoolId) => privacyFigures.erasureFigures(store, schoolId, YEAR)],
    accessFigures: ["counts", (store, schoolId) => privacyFigures.accessFigures(store, schoolId, YEAR)],
    auditPortion: [
      "counts",
      (store, schoolId) => privacyFigures.auditPortion(store, schoolId, { after: 0, limit: 20 }),
    ],
    auditSeqBefore: ["counts", (store, schoolId) => privacyFigures.auditSeqBefore(store, schoolId, LATER)],
  },
  "access-grants": {
    addAccess: [
      "changes",
      (store, schoolId, of) =>
        accessGrants.addAccess(store, schoolId, {
          id: uuidv7(),
          kind: "asked",
          membershipId: of.outsider.membershipId,
          classId: of.classId,
          childTyped: null,
          studentId: null,
          purpose: "talk",
          reason: "",
          askedAt: WORLD_NOW,
          days: 1,
          state: "waiting",
          startsAt: null,
          endsAt: null,
        }),
    ],
    accessesOf: [
      "finds",
      (store, schoolId, of) =>
        accessGrants.accessesOf(store, schoolId, { membershipId: of.outsider.membershipId }, 10),
      (store, schoolId, of) =>
        accessGrants.accessesOf(store, schoolId, { id: of.emergencyId, isUnreviewed: true }, 10),
      (store, schoolId, of) =>
        accessGrants.accessesOf(store, schoolId, { id: of.openAccessId, openAt: LATER }, 10),
    ],
    openAccessTo: [
      "finds",
      (store, schoolId, of) =>
        accessGrants.openAccessTo(
          store,
          schoolId,
          of.outsider.membershipId,
          { classId: of.classId, studentId: of.studentId },
          LATER,
        ),
    ],
    answerAccess: [
      "changes",
      (store, schoolId, of) =>
        accessGrants.answerAccess(store, schoolId, of.waitingAccessId, {
          state: "refused",
          answer: "不用",
          answeredBy: of.admin.membershipId,
          answeredAt: LATER,
          startsAt: null,
          endsAt: null,
        }),
    ],
    endAccess: [
      "changes",
      (store, schoolId, of) =>
        accessGrants.endAccess(store, schoolId, of.openAccessId, {
          endedBy: of.admin.membershipId,
          endedAt: LATER,
        }),
    ],
    reviewAccess: [
      "changes",
      (store, schoolId, of) =>
        accessGrants.reviewAccess(store, schoolId, of.emergencyId, {
          verdict: "justified",
          reviewWords: "应当",
          reviewedBy: of.admin.membershipId,
          reviewedAt: LATER,
        }),
    ],
  },
  privacy: {
    officerOf: ["counts", (store, schoolId) => privacy.officerOf(store, schoolId)],
    setOfficer: [
      "changes",
      (store, schoolId, of) =>
        privacy.setOfficer(store, schoolId, {
          name: "何老师",
          contact: "办公室",
          setBy: of.teacherId,
          setAt: WORLD_NOW,
        }),
    ],
    addPrivacyRequest: [
      "changes",
      (store, schoolId, of) =>
        privacy.addPrivacyRequest(store, schoolId, {
          id: uuidv7(),
          studentId: of.studentId,
          askedBy: of.guardianId,
          kind: "restrict",
          text: "",
          askedAt: WORLD_NOW,
          dueOn: "2026-12-02",
        }),
    ],
    privacyRequestsOf: [
      "finds",
      (store, schoolId, of) => privacy.privacyRequestsOf(store, schoolId, { studentId: of.studentId }, 10),
      (store, schoolId, of) =>
        privacy.privacyRequestsOf(store, schoolId, { id: of.requestId, state: "open" }, 10),
    ],
    settlePrivacyRequest: [
      "changes",
      (store, schoolId, of) =>
        privacy.settlePrivacyRequest(store, schoolId, of.requestId, {
          state: "granted",
          answer: "好的",
          answeredBy: of.teacherId,
          answeredAt: WORLD_NOW,
        }),
    ],
  },
  incidents: {
    addIncident: [
      "changes",
      (store, schoolId, of) =>
        incidents.addIncident(store, schoolId, {
          id: uuidv7(),
          isDrill: true,
          startedBy: of.admin.membershipId,
          startedAt: WORLD_NOW,
        }),
    ],
    incidentsOf: [
      "finds",
      (store, schoolId, of) => incidents.incidentsOf(store, schoolId, { id: of.incidentId }, 10),
    ],
    addIncidentEntry: [
      "changes",
      (store, schoolId, of) =>
        incidents.addIncidentEntry(store, schoolId, {
          incidentId: of.incidentId,
          seq: 2,
          id: uuidv7(),
          kind: "step",
          facts: null,
          step: "stop",
          outcome: "done",
          doneAt: WORLD_NOW,
          note: "",
          madeBy: of.admin.membershipId,
          madeAt: WORLD_NOW,
        }),
    ],
    incidentEntriesOf: [
      "finds",
      (store, schoolId, of) => incidents.incidentEntriesOf(store, schoolId, { incidentId: of.incidentId }),
    ],
  },
  consents: {
    agreedTo: [
      "finds",
      (store, schoolId, of) => consents.agreedTo(store, schoolId, "board", [of.studentId, of.otherStudentId]),
      (store, schoolId, of) => consents.agreedTo(store, schoolId, "photo", [of.studentId]),
    ],
    agreedToOtherWords: [
      "counts",
      (store, schoolId) => consents.agreedToOtherWords(store, schoolId, "board", ["none"], "2026-11-11"),
    ],
    consentsOf: ["finds", (store, schoolId, of) => consents.consentsOf(store, schoolId, [of.studentId])],
    addConsent: [
      "changes",
      (store, schoolId, of) =>
        consents.addConsent(store, schoolId, {
          id: uuidv7(),
          studentId: of.studentId,
          guardianMembershipId: of.guardianId,
          purpose: "research",
          noticeVersion: "1",
          method: "online",
          grantedAt: WORLD_NOW,
          recordedBy: of.guardianId,
          withdrawnAt: null,
          withdrawnBy: null,
        }),
    ],
    withdrawConsents: [
      "changes",
      (store, schoolId, of) =>
        consents.withdrawConsents(
          store,
          schoolId,
          { studentId: of.studentId, purpose: "account" },
          { membershipId: of.guardianId, at: WORLD_NOW },
        ),
    ],
    guardiansOf: ["finds", (store, schoolId, of) => consents.guardiansOf(store, schoolId, [of.studentId])],
    accountsOfStudent: [
      "finds",
      (store, schoolId, of) => consents.accountsOfStudent(store, schoolId, of.studentId),
    ],
    linksOfStudent: [
      "finds",
      (store, schoolId, of) => consents.linksOfStudent(store, schoolId, of.studentId),
    ],
  },
  evidence: {
    addEvidence: [
      "changes",
      (store, schoolId, of) => evidence.addEvidence(store, schoolId, picture(of), [of.studentId]),
    ],
    evidenceSent: ["finds", (store, schoolId, of) => evidence.evidenceSent(store, schoolId, of.evidenceId)],
    evidenceObstacle: [
      "finds",
      async (store, schoolId, of) => {
        const use = { studentId: of.studentId, recorderId: of.teacherId, needsEvidence: false };
        const obstacle = await evidence.evidenceObstacle(store, schoolId, {
          ...use,
          evidenceIds: [of.evidenceId],
        });
        return obstacle === "evidence-not-found" ? undefined : obstacle;
      },
    ],
    bindEvidence: [
      "changes",
      (store, schoolId, of) =>
        evidence.bindEvidence(
          store,
          schoolId,
          { id: of.awardId, studentId: of.studentId, evidenceIds: [of.unboundEvidenceId] },
          WORLD_NOW,
        ),
    ],
    namesEvidence: [
      "finds",
      async (store, schoolId, of) =>
        (await evidence.namesEvidence(store, schoolId, of.awardId, [of.evidenceId])) || undefined,
    ],
    evidenceOfAwards: [
      "finds",
      (store, schoolId, of) => evidence.evidenceOfAwards(store, schoolId, [of.awardId]),
    ],
    pictureOfStudent: [
      "finds",
      (store, schoolId, of) => evidence.pictureOfStudent(store, schoolId, of.studentId, of.evidenceId),
    ],
    withdrawnEvidence: ["counts", (store, schoolId) => evidence.withdrawnEvidence(store, schoolId, 10)],
    markRemoved: [
      "changes",
      (store, schoolId, of) => evidence.markRemoved(store, schoolId, [of.evidenceId], WORLD_NOW),
    ],
    forgetUnbound: ["adds", (store, schoolId) => evidence.forgetUnbound(store, schoolId, SPAN.to, 10)],
    filesInUse: ["finds", (store, schoolId, of) => evidence.filesInUse(store, schoolId, [of.fileSha256])],
    keptEvidence: [
      "counts",
      (store, schoolId) => evidence.keptEvidence(store, schoolId, { after: "", limit: 10 }),
    ],
  },
  "portfolio-files": {
    addPortfolioFile: [
      "changes",
      (store, schoolId, of) => portfolioFiles.addPortfolioFile(store, schoolId, newFile(of)),
    ],
    portfolioFileOf: [
      "finds",
      (store, schoolId, of) => portfolioFiles.portfolioFileOf(store, schoolId, of.studentId, of.workFileId),
    ],
    portfolioFileSent: [
      "finds",
      (store, schoolId, of) => portfolioFiles.portfolioFileSent(store, schoolId, of.workFileId),
    ],
    bytesOfChild: [
      "finds",
      (store, schoolId, of) => portfolioFiles.bytesOfChild(store, schoolId, of.studentId, SPAN.from),
    ],
    bindPortfolioFiles: [
      "changes",
      (store, schoolId, of) =>
        portfolioFiles.bindPortfolioFiles(
          store,
          schoolId,
          { workId: of.workId },
          { studentId: of.studentId, uploaderId: of.student.membershipId, fileIds: [of.unboundFileId] },
        ),
    ],
    portfolioFilesOf: [
      "finds",
      (store, schoolId, of) => portfolioFiles.portfolioFilesOf(store, schoolId, [of.studentId]),
    ],
    deletePortfolioFiles: [
      "changes",
      (store, schoolId, of) => portfolioFiles.deletePortfolioFiles(store, schoolId, { workId: of.workId }),
    ],
    removeWithdrawnPortfolioFiles: [
      "adds",
      (store, schoolId) => portfolioFiles.removeWithdrawnPortfolioFiles(store, schoolId, LATER, 10),
    ],
    forgetUnboundPortfolioFiles: [
      "adds",
      (store, schoolId) => portfolioFiles.forgetUnboundPortfolioFiles(store, schoolId, SPAN.to, 10),
    ],
    keptPortfolioFiles: [
      "counts",
      (store, schoolId) => portfolioFiles.keptPortfolioFiles(store, schoolId, { after: "", limit: 10 }),
    ],
  },
  transfers: {
    addTransfer: [
      "changes",
      (store, schoolId, of) => transfers.addTransfer(store, schoolId, newTransfer(of), []),
    ],
    transferById: ["finds", (store, schoolId, of) => transfers.transferById(store, schoolId, of.transferId)],
    transfersOf: ["finds", (store, schoolId, of) => transfers.transfersOf(store, schoolId, of.studentId)],
    takeTransfer: [
      "changes",
      (store, schoolId, of) =>
        transfers.takeTransfer(store, schoolId, of.transferId, { by: of.guardianId, at: WORLD_NOW }),
    ],
    emptyTransfer: [
      "changes",
      (store, schoolId, of) => transfers.emptyTransfer(store, schoolId, of.transferId, null),
    ],
    deleteTransfer: [
      "changes",
      (store, schoolId, of) => transfers.deleteTransfer(store, schoolId, of.transferId),
    ],
    unansweredTransfers: [
      "counts",
      (store, schoolId) => transfers.unansweredTransfers(store, schoolId, LATER, 10),
    ],
    transferFilesOf: [
      "finds",
      (store, schoolId, of) => transfers.transferFilesOf(store, schoolId, of.studentId),
    ],
    removeWithdrawnTransferFiles: [
      "adds",
      (store, schoolId) => transfers.removeWithdrawnTransferFiles(store, schoolId, LATER, 10),
    ],
    keptTransferFiles: [
      "counts",
      (store, schoolId) => transfers.keptTransferFiles(store, schoolId, { after: "", limit: 10 }),
    ],
  },
  "word-reports": {
    addWordReport: [
      "changes",
      (store, schoolId, of) =>
        wordReports.addWordReport(store, schoolId, {
          id: uuidv7(),
          studentId: of.studentId,
          classId: of.classId,
          kind: "voice",
          wordsId: of.peerVoiceId,
          reportedBy: of.guardianId,
          reader: "homeroom",
          said: "不喜欢",
          reportedAt: WORLD_NOW,
        }),
    ],
    wordReportsOf: [
      "finds",
      (store, schoolId, of) => wordReports.wordReportsOf(store, schoolId, of.studentId),
    ],
    wordReportsOnDesk: [
      "counts",
      (store, schoolId) =>
        wordReports.wordReportsOnDesk(store, schoolId, { reader: "office" }, { isOpen: true, limit: 10 }),
    ],
    openWordReports: [
      "counts",
      (store, schoolId) => wordReports.openWordReports(store, schoolId, { reader: "office" }),
    ],
    wordReportById: [
      "finds",
      (store, schoolId, of) => wordReports.wordReportById(store, schoolId, of.wordReportId),
    ],
    settleWordReport: [
      "changes",
      (store, schoolId, of) =>
        wordReports.settleWordReport(store, schoolId, of.wordReportId, {
          state: "kept",
          answer: "谢谢你告诉我",
          answeredBy: of.teacherId,
          answeredAt: WORLD_NOW,
        }),
    ],
    seeWordReportAnswer: [
      "changes",
      async (store, schoolId, of) => {
        const { studentId, wordReportId: id } = of;
        const kept = await wordReports.wordReportById(store, schoolId, id);
        const settled = { answer: "好", answeredBy: of.teacherId, answeredAt: WORLD_NOW };
        await wordReports.settleWordReport(store, schoolId, id, { state: "kept", ...settled });
        const own = { id, studentId, reportedBy: kept?.reportedBy ?? "" };
        return await wordReports.seeWordReportAnswer(store, schoolId, own, WORLD_NOW);
      },
    ],
    standingWords: [
      "finds",
      (store, schoolId, of) =>
        wordReports.standingWords(store, schoolId, of.studentId, { kind: "award", wordsId: of.awardId }),
    ],
  },
  works: {
    addWork: ["changes", (store, schoolId, of) => works.addWork(store, schoolId, newWork(of))],
    workById: ["finds", (store, schoolId, of) => works.workById(store, schoolId, of.workId)],
    countWorks: [
      "finds",
      (store, schoolId, of) =>
        works.countWorks(store, schoolId, { studentId: of.studentId, termId: of.termId }),
    ],
    worksOf: [
      "finds",
      (store, schoolId, of) => works.worksOf(store, schoolId, of.studentId, { withHidden: true }),
    ],
    worksOfClass: [
      "finds",
      (store, schoolId, of) =>
        works.worksOfClass(store, schoolId, of.classId, { since: SPAN.from, limit: 10 }),
    ],
    setWord: [
      "changes",
      (store, schoolId, of) =>
        works.setWord(store, schoolId, of.workId, { word: "真好", by: of.teacherId, at: WORLD_NOW }),
    ],
    setHidden: [
      "changes",
      (store, schoolId, of) =>
        works.setHidden(store, schoolId, of.workId, { by: of.teacherId, at: WORLD_NOW, reason: "试试" }),
    ],
    deleteWork: ["changes", (store, schoolId, of) => works.deleteWork(store, schoolId, of.bareWorkId)],
  },
  honours: {
    addHonour: ["changes", (store, schoolId, of) => honours.addHonour(store, schoolId, newHonour(of))],
    honourById: ["finds", (store, schoolId, of) => honours.honourById(store, schoolId, of.honourId)],
    countHonours: [
      "finds",
      (store, schoolId, of) =>
        honours.countHonours(store, schoolId, { studentId: of.studentId, termId: of.termId }),
    ],
    honoursOf: ["finds", (store, schoolId, of) => honours.honoursOf(store, schoolId, of.studentId)],
    honoursWaiting: ["finds", (store, schoolId, of) => honours.honoursWaiting(store, schoolId, of.classId)],
    settleHonour: [
      "changes",
      (store, schoolId, of) =>
        honours.settleHonour(store, schoolId, of.honourId, {
          state: "confirmed",
          by: of.teacherId,
          at: WORLD_NOW,
        }),
    ],
    deleteHonour: ["changes", (store, schoolId, of) => honours.deleteHonour(store, schoolId, of.honourId)],
  },
  activities: {
    addActivity: [
      "changes",
      (store, schoolId, of) =>
        activities.addActivity(store, schoolId, newActivity(of), [{ studentId: of.studentId, part: "" }]),
    ],
    changeActivity: [
      "changes",
      (store, schoolId, of) =>
        activities.changeActivity(store, schoolId, of.activityId, factsOfActivity(of), [
          { studentId: of.studentId, part: "讲解员" },
        ]),
    ],
    activityById: ["finds", (store, schoolId, of) => activities.activityById(store, schoolId, of.activityId)],
    partakersOf: ["finds", (store, schoolId, of) => activities.partakersOf(store, schoolId, [of.activityId])],
    countTold: [
      "finds",
      (store, schoolId, of) =>
        activities.countTold(store, schoolId, { studentId: of.studentId, termId: of.termId }),
    ],
    settleActivity: [
      "changes",
      (store, schoolId, of) =>
        activities.settleActivity(store, schoolId, of.toldActivityId, {
          state: "recorded",
          by: of.teacherId,
          at: WORLD_NOW,
        }),
    ],
    setActivityRemoved: [
      "changes",
      (store, schoolId, of) => activities.setActivityRemoved(store, schoolId, of.activityId, WORLD_NOW),
    ],
    deleteActivities: [
      "changes",
      (store, schoolId, of) => activities.deleteActivities(store, schoolId, [of.activityId]),
    ],
    removedBefore: [
      "counts",
      (store, schoolId) => activities.removedBefore(store, schoolId, new Date("2100-01-01T00:00:00Z"), 10),
    ],
    activitiesOfClass: [
      "finds",
      (store, schoolId, of) =>
        activities.activitiesOfClass(store, schoolId, of.classId, { from: "0000-01-01", to: "9999-12-31" }),
    ],
    activitiesWaiting: [
      "finds",
      (store, schoolId, of) => activities.activitiesWaiting(store, schoolId, of.classId),
    ],
    countActivitiesWaiting: [
      "counts",
      (store, schoolId, of) => activities.countActivitiesWaiting(store, schoolId, of.classId),
    ],
    activitiesOfChild: [
      "finds",
      (store, schoolId, of) =>
        activities.activitiesOfChild(store, schoolId, of.studentId, { withUnsettled: true }),
    ],
    recordedActivitiesAmong: [
      "finds",
      (store, schoolId, of) =>
        activities.recordedActivitiesAmong(store, schoolId, of.studentId, [of.activityId]),
    ],
    activityTotals: [
      "finds",
      (store, schoolId, of) => activities.activityTotals(store, schoolId, of.studentId),
    ],
    setActivityReflection: [
      "changes",
      (store, schoolId, of) =>
        activities.setActivityReflection(
          store,
          schoolId,
          { activityId: of.activityId, studentId: of.studentId },
          "真好玩",
        ),
    ],
  },
  highlights: {
    highlightsOf: ["finds", (store, schoolId, of) => highlights.highlightsOf(store, schoolId, of.studentId)],
    replaceHighlights: [
      "changes",
      (store, schoolId, of) =>
        highlights.replaceHighlights(store, schoolId, of.studentId, [
          { kind: "honour", subjectId: of.honourId },
        ]),
    ],
    forgetHighlight: [
      "changes",
      (store, schoolId, of) =>
        highlights.forgetHighlight(store, schoolId, {
          kind: "work",
          subjectId: of.workId,
          studentId: of.studentId,
        }),
    ],
    standingAwardsAmong: [
      "finds",
      (store, schoolId, of) => highlights.standingAwardsAmong(store, schoolId, of.studentId, [of.awardId]),
    ],
  },
  favourites: {
    favouritesOf: ["finds", (store, schoolId, of) => favourites.favouritesOf(store, schoolId, of.teacherId)],
    setFavourite: [
      "changes",
      (store, schoolId, of) =>
        favourites.setFavourite(store, schoolId, of.teacherId, of.points.progress, true),
      (store, schoolId, of) => favourites.setFavourite(store, schoolId, of.teacherId, of.points.helps, false),
    ],
  },
  "tile-sets": {
    tileSetsOf: ["finds", (store, schoolId, of) => tileSets.tileSetsOf(store, schoolId, of.teacherId)],
    putTileSet: [
      "changes",
      (store, schoolId, of) =>
        tileSets.putTileSet(store, schoolId, of.teacherId, setCalled(of.tileSetId), 20),
      (store, schoolId, of) => tileSets.putTileSet(store, schoolId, of.teacherId, setCalled(uuidv7()), 20),
    ],
    removeTileSet: [
      "changes",
      (store, schoolId, of) => tileSets.removeTileSet(store, schoolId, of.teacherId, of.tileSetId),
    ],
  },
  growth: {
    talliesOf: ["finds", (store, schoolId, of) => growth.talliesOf(store, schoolId, of.studentId, of.termId)],
    dayTalliesOf: [
      "finds",
      (store, schoolId, of) =>
        growth.dayTalliesOf(store, schoolId, of.studentId, { from: "2026-09-01", to: "2027-01-22" }),
    ],
    talliesOfStudents: [
      "finds",
      (store, schoolId, of) => growth.talliesOfStudents(store, schoolId, [of.studentId], of.termId),
    ],
    dayTalliesOfStudents: [
      "finds",
      (store, schoolId, of) =>
        growth.dayTalliesOfStudents(store, schoolId, [of.studentId], {
          from: "2026-09-01",
          to: "2027-01-22",
        }),
    ],
    termBeans: [
      "finds",
      (store, schoolId, of) =>
        growth.termBeans(store, schoolId, of.termId, [of.studentId, of.otherStudentId]),
    ],
    recentDays: [
      "finds",
      (store, schoolId, of) =>
        growth.recentDays(store, schoolId, [of.studentId, of.otherStudentId], "2026-09-01"),
    ],
    weekBeansOfSchool: [
      "counts",
      (store, schoolId) =>
        growth.weekBeansOfSchool(store, schoolId, {
          day: DAY,
          from: "2026-09-01",
          to: DAY,
          weeks: ["2026-08-31", "2026-11-02", MONDAY],
        }),
    ],
    termTalliesOfStudents: [
      "finds",
      (store, schoolId, of) => growth.termTalliesOfStudents(store, schoolId, [of.studentId], of.termId),
    ],
    termsWithAwards: [
      "finds",
      (store, schoolId, of) => growth.termsWithAwards(store, schoolId, of.studentId, [of.termId]),
    ],
  },
  indicators: {
    addPublishedScheme: [
      "changes",
      (store, schoolId, of) =>
        indicators.addPublishedScheme(
          store,
          schoolId,
          {
            id: uuidv7(),
            academicYearId: of.yearId,
            version: 9,
            publishedAt: WORLD_NOW,
            scheme: of.scheme,
          },
          uuidv7,
        ),
    ],
    publishedSchemes: ["counts", (store, schoolId) => indicators.publishedSchemes(store, schoolId)],
    publishedScheme: [
      "finds",
      (store, schoolId, of) => indicators.publishedScheme(store, schoolId, of.schemeId),
    ],
    putSchemeInForce: [
      "changes",
      (store, schoolId, of) =>
        indicators.putSchemeInForce(store, schoolId, {
          schemeId: of.replacedSchemeId,
          termIds: [of.termId],
          running: undefined,
        }),
      (store, schoolId, of) =>
        indicators.putSchemeInForce(store, schoolId, {
          schemeId: of.replacedSchemeId,
          termIds: [],
          running: { termId: of.termId, replacedId: of.schemeId, on: DAY },
        }),
    ],
    schemeDraftOf: ["counts", (store, schoolId) => indicators.schemeDraftOf(store, schoolId)],
    beginSchemeDraft: [
      "changes",
      async (store, schoolId, of) => {
        await indicators.dropSchemeDraft(store, schoolId, 1);
        return await indicators.beginSchemeDraft(store, schoolId, {
          startedFrom: of.schemeId,
          scheme: of.scheme,
          savedAt: SPAN.to,
          savedBy: of.teacherId,
        });
      },
    ],
    saveSchemeDraft: [
      "changes",
      (store, schoolId, of) =>
        indicators.saveSchemeDraft(store, schoolId, {
          scheme: of.scheme,
          savedAt: SPAN.to,
          savedBy: of.teacherId,
          from: 1,
        }),
    ],
    dropSchemeDraft: ["adds", (store, schoolId) => indicators.dropSchemeDraft(store, schoolId, 1)],
  },
  directory: {
    allClasses: ["counts", (store, schoolId) => directory.allClasses(store, schoolId)],
    pupilsInState: [
      "counts",
      (store, schoolId) => directory.pupilsInState(store, schoolId, "here", DAY),
      (store, schoolId) => directory.pupilsInState(store, schoolId, "coming", "2026-08-01"),
    ],
    staffOf: ["counts", (store, schoolId) => directory.staffOf(store, schoolId, true)],
    assignmentsIn: [
      "finds",
      (store, schoolId, of) => directory.assignmentsIn(store, schoolId, { membershipId: of.teacherId }),
      (store, schoolId, of) => directory.assignmentsIn(store, schoolId, { classId: of.classId, day: DAY }),
    ],
    guardiansIn: ["finds", (store, schoolId, of) => directory.guardiansIn(store, schoolId, of.studentId)],
    subjectsIn: ["counts", (store, schoolId) => directory.subjectsIn(store, schoolId)],
    yearsIn: ["counts", (store, schoolId) => directory.yearsIn(store, schoolId)],
  },
  "personal-goals": {
    addPersonalGoal: [
      "changes",
      (store, schoolId, of) =>
        personalGoals.addPersonalGoal(store, schoolId, {
          id: uuidv7(),
          studentId: of.studentId,
          termId: of.termId,
          text: "举手提问",
          pointCode: null,
          steps: 3,
          reviewOn: "2026-12-01",
          setBy: of.teacherId,
          setAt: WORLD_NOW,
        }),
    ],
    personalGoalsOf: [
      "finds",
      (store, schoolId, of) => personalGoals.personalGoalsOf(store, schoolId, of.studentId),
    ],
    updatePersonalGoal: [
      "changes",
      (store, schoolId, of) =>
        personalGoals.updatePersonalGoal(
          store,
          schoolId,
          { studentId: of.studentId, id: of.goalId },
          { ticked: 2 },
        ),
    ],
    awardsOfPointSince: [
      "finds",
      async (store, schoolId, of) => {
        const pointCode = (await schools.schoolFrame(store, of.id))?.points.get(of.points.helps)?.code ?? "";
        const { studentId, termId } = of;
        const which = { studentId, pointCode, termId };
        return await personalGoals.awardsOfPointSince(store, schoolId, which, SPAN.from);
      },
    ],
  },
  placements: {
    staysOf: ["finds", (store, schoolId, of) => placements.staysOf(store, schoolId, [of.studentId])],
    changeStays: [
      "changes",
      (store, schoolId, of) => {
        const adds = [{ classId: of.otherClassId, startsOn: "2026-12-01", endsOn: null }];
        return placements.changeStays(
          store,
          schoolId,
          of.studentId,
          { ends: [{ id: of.stayId, endsOn: "2026-11-30" }], removes: [], adds },
          uuidv7,
        );
      },
    ],
    staffMember: ["finds", (store, schoolId, of) => placements.staffMember(store, schoolId, of.teacherId)],
    addAssignment: [
      "changes",
      (store, schoolId, of) =>
        placements.addAssignment(store, schoolId, {
          id: uuidv7(),
          membershipId: of.teacherId,
          classId: of.otherClassId,
          subjectId: null,
          isHomeroom: false,
          startsOn: DAY,
          endsOn: null,
          standsInForId: null,
        }),
    ],
    endAssignment: [
      "changes",
      (store, schoolId, of) => placements.endAssignment(store, schoolId, of.assignmentId, DAY),
      (store, schoolId, of) => placements.endAssignment(store, schoolId, of.assignmentId, null),
    ],
    studentWithNo: ["finds", (store, schoolId) => placements.studentWithNo(store, schoolId, "forest-0100")],
  },
  "grade-leaderships": {
    leadershipsIn: [
      "finds",
      (store, schoolId, of) =>
        gradeLeaderships.leadershipsIn(store, schoolId, { membershipId: of.subject.membershipId, day: DAY }),
      (store, schoolId, of) => gradeLeaderships.leadershipsIn(store, schoolId, { id: of.leadershipId }),
    ],
    addLeadership: [
      "changes",
      (store, schoolId, of) =>
        gradeLeaderships.addLeadership(store, schoolId, {
          id: uuidv7(),
          membershipId: of.teacherId,
          academicYearId: of.yearId,
          grade: 5,
          startsOn: DAY,
          endsOn: DAY,
        }),
    ],
    endLeadership: [
      "changes",
      (store, schoolId, of) => gradeLeaderships.endLeadership(store, schoolId, of.leadershipId, DAY),
      (store, schoolId, of) => gradeLeaderships.endLeadership(store, schoolId, of.leadershipId, null),
    ],
    reviewsClass: [
      "finds",
      async (store, schoolId, { subject: { membershipId }, classId }) =>
        (await gradeLeaderships.reviewsClass(store, schoolId, { membershipId, classId, day: DAY }))
          ? [membershipId]
          : [],
    ],
    reviewersOfClass: [
      "finds",
      (store, schoolId, of) => gradeLeaderships.reviewersOfClass(store, schoolId, of.classId, DAY),
    ],
  },
  "roll-overs": {
    rollOverInto: ["finds", (store, schoolId, of) => rollOvers.rollOverInto(store, schoolId, of.nextYearId)],
    saveRollOver: [
      "changes",
      (store, schoolId, of) =>
        rollOvers.saveRollOver(store, schoolId, of.nextYearId, {
          draft: {
            classes: [],
            nextClasses: [],
            notCarried: [],
            choices: [{ studentId: of.studentId, nextId: of.classId }],
          },
          version: 2,
          savedAt: WORLD_NOW,
          savedBy: of.admin.membershipId,
        }),
    ],
    forgetRollOverChoices: [
      "changes",
      (store, schoolId, of) => rollOvers.forgetRollOverChoices(store, schoolId, of.nextYearId),
    ],
    deleteOldRollOverDrafts: [
      "adds",
      (store, schoolId) => rollOvers.deleteOldRollOverDrafts(store, schoolId, SPAN.to),
    ],
    markRollOver: [
      "changes",
      (store, schoolId, of) =>
        rollOvers.markRollOver(store, schoolId, of.nextYearId, {
          at: WORLD_NOW,
          by: of.admin.membershipId,
          traces: NO_TRACES,
        }),
    ],
    schoolOnTheEve: [
      "counts",
      async (store, schoolId, of) => {
        const years = { fromId: of.yearId, toId: of.nextYearId, firstDay: "2027-09-01" };
        const { firstDay: _, hasTerms, ...found } = await rollOvers.schoolOnTheEve(store, schoolId, years);
        return { ...found, hasTerms: hasTerms || undefined };
      },
    ],
    turnYear: [
      "changes",
      (store, schoolId, of) =>
        rollOvers.turnYear(store, schoolId, {
          academicYearId: of.yearId,
          addedClasses: [{ id: uuidv7(), grade: 4, name: "四年级9班", position: 9 }],
          stays: {
            ends: [{ id: of.stayId, endsOn: "2027-08-31", endReason: "moved-up" }],
            removes: [],
            adds: [
              {
                id: uuidv7(),
                studentId: of.studentId,
                classId: of.otherClassId,
                startsOn: "2027-09-01",
                endsOn: null,
              },
            ],
          },
          assignments: { ends: [{ id: of.assignmentId, endsOn: "2027-08-31" }], removes: [], adds: [] },
        }),
    ],
    areLeftBehind: [
      "counts",
      async (store, schoolId) => (await rollOvers.areLeftBehind(store, schoolId, "2027-09-01")) || undefined,
    ],
    staysAround: [
      "finds",
      (store, schoolId, of) =>
        rollOvers.staysAround(store, schoolId, { toId: of.yearId, firstDay: "2027-09-01" }),
    ],
    hasOtherAssignments: [
      "counts",
      async (store, schoolId, of) =>
        (await rollOvers.hasOtherAssignments(store, schoolId, of.yearId, [])) || undefined,
    ],
    turnYearBack: [
      "changes",
      (store, schoolId, of) =>
        rollOvers.turnYearBack(
          store,
          schoolId,
          { removes: [], reopens: [{ id: of.stayId, endsOn: "2027-08-31" }] },
          { ...NO_TRACES, ended: [] },
          "2027-08-31",
        ),
    ],
  },
  guardians: {
    addLetters: [
      "changes",
      (store, schoolId, of) => guardians.addLetters(store, schoolId, [newLetter(of, of.studentId)]),
      (store, schoolId, of) => guardians.addLetters(store, schoolId, [newLetter(of, of.otherStudentId)]),
    ],
    deleteOldLetters: [
      "adds",
      (store, schoolId) =>
        guardians.deleteOldLetters(store, schoolId, {
          overBefore: new Date("2100-01-01"),
          endedBefore: new Date("2100-01-01"),
        }),
    ],
    endLetter: [
      "changes",
      (store, schoolId, of) => guardians.endLetter(store, schoolId, of.otherStudentId, WORLD_NOW),
    ],
    endEveryLetter: ["adds", (store, schoolId) => guardians.endEveryLetter(store, schoolId, WORLD_NOW)],
    openLetters: [
      "finds",
      (store, schoolId, of) => guardians.openLetters(store, schoolId, [of.otherStudentId], WORLD_NOW),
    ],
    guardiansOf: [
      "finds",
      (store, schoolId, of) => guardians.guardiansOf(store, schoolId, [of.studentId, of.otherStudentId]),
    ],
    guardianMember: [
      "finds",
      async (store, schoolId, of) => await guardians.guardianMember(store, schoolId, of.guardianId),
    ],
    guardianMembershipOf: [
      "finds",
      async (store, schoolId, of) =>
        await guardians.guardianMembershipOf(store, schoolId, of.guardianAccountId),
    ],
    joinGuardian: [
      "changes",
      (store, schoolId, of) => guardians.joinGuardian(store, schoolId, { as: "new" }, joiningOf(of), uuidv7),
      (store, schoolId, of) =>
        guardians.joinGuardian(
          store,
          schoolId,
          { as: "known", guardianshipId: of.guardianshipId, membershipId: null },
          { ...joiningOf(of), studentId: of.studentId, ownMembershipId: of.guardianId },
          uuidv7,
        ),
    ],
    removeGuardian: [
      "changes",
      (store, schoolId, of) =>
        guardians.removeGuardian(store, schoolId, {
          studentId: of.studentId,
          guardianshipId: of.guardianshipId,
          reason: "custody",
          note: null,
          removedBy: of.teacherId,
          at: WORLD_NOW,
        }),
    ],
  },
  office: {
    addAcademicYears: [
      "adds",
      (store, schoolId) =>
        office.addAcademicYears(store, schoolId, [
          { id: uuidv7(), name: "2027–2028", startsOn: "2027-09-01", endsOn: "2028-07-10" },
        ]),
    ],
    addTerms: [
      "changes",
      (store, schoolId, of) =>
        office.addTerms(store, schoolId, [
          {
            id: uuidv7(),
            academicYearId: of.yearId,
            schemeId: null,
            nameZh: "春季学期",
            nameEn: "Spring",
            startsOn: "2027-02-22",
            endsOn: "2027-07-09",
          },
        ]),
    ],
    addCalendarExceptions: [
      "adds",
      (store, schoolId) =>
        office.addCalendarExceptions(store, schoolId, [{ day: "2027-01-01", kind: "holiday", name: "元旦" }]),
    ],
    addSubjects: [
      "adds",
      (store, schoolId) =>
        office.addSubjects(store, schoolId, [{ id: uuidv7(), code: "art", nameZh: "美术", nameEn: "Art" }]),
    ],
    addClasses: [
      "changes",
      (store, schoolId, of) =>
        office.addClasses(store, schoolId, [
          { id: uuidv7(), academicYearId: of.yearId, grade: 1, name: "一年级1班", position: 3 },
        ]),
    ],
    addStudents: [
      "adds",
      (store, schoolId) =>
        office.addStudents(store, schoolId, [
          { id: uuidv7(), studentNo: uuidv7(), name: "新同学", pinyin: "xin tong xue", createdAt: WORLD_NOW },
        ]),
    ],
    addEnrollments: [
      "changes",
      (store, schoolId, of) =>
        office.addEnrollments(store, schoolId, [
          {
            id: uuidv7(),
            studentId: of.studentId,
            classId: of.otherClassId,
            startsOn: "2026-12-01",
            endsOn: null,
          },
        ]),
    ],
    addMemberships: [
      "changes",
      (store, schoolId, of) =>
        office.addMemberships(store, schoolId, [
          {
            id: uuidv7(),
            accountId: null,
            role: "student",
            displayName: "同学",
            studentId: of.otherStudentId,
            endedAt: null,
          },
        ]),
    ],
    addTeachingAssignments: [
      "changes",
      (store, schoolId, of) =>
        office.addTeachingAssignments(store, schoolId, [
          {
            id: uuidv7(),
            membershipId: of.teacherId,
            classId: of.otherClassId,
            subjectId: null,
            isHomeroom: false,
            startsOn: "2026-09-01",
            endsOn: null,
          },
        ]),
    ],
    addGuardianships: [
      "changes",
      (store, schoolId, of) =>
        office.addGuardianships(store, schoolId, [
          {
            id: uuidv7(),
            membershipId: of.guardianId,
            studentId: of.otherStudentId,
            relation: "parent",
            verifiedAt: WORLD_NOW,
            endedAt: null,
          },
        ]),
    ],
    addStudentRecords: [
      "changes",
      (store, schoolId, { studentId }) =>
        office.addStudentRecords(store, schoolId, [{ studentId, sex: "girl" }]),
    ],
    addConsents: [
      "changes",
      (store, schoolId, of) =>
        office.addConsents(store, schoolId, [
          {
            id: uuidv7(),
            studentId: of.studentId,
            guardianMembershipId: of.guardianId,
            purpose: "photo",
            noticeVersion: "1",
            method: "paper",
            grantedAt: WORLD_NOW,
            withdrawnAt: null,
          },
        ]),
    ],
  },
  oversight: {
    addAuditEntry: [
      "changes",
      (store, schoolId, of) =>
        oversight.addAuditEntry(store, schoolId, {
          kind: "read",
          membershipId: of.teacherId,
          action: "portfolio.read",
          studentId: of.studentId,
          classId: null,
          subjectId: null,
          requestId: uuidv7(),
          address: null,
          at: WORLD_NOW,
        }),
    ],
    auditEntries: [
      "finds",
      (store, schoolId, of) =>
        oversight.auditEntries(
          store,
          schoolId,
          { studentId: of.studentId },
          { before: undefined, limit: 10 },
        ),
    ],
    readersOf: [
      "finds",
      (store, schoolId, of) =>
        oversight.readersOf(store, schoolId, of.studentId, { since: new Date(0), limit: 10 }),
    ],
    checkAuditChain: ["counts", (store, schoolId) => oversight.checkAuditChain(store, schoolId)],
  },
  people: {
    classById: ["finds", (store, schoolId, of) => people.classById(store, schoolId, of.classId)],
    classesOfYear: ["finds", (store, schoolId, of) => people.classesOfYear(store, schoolId, of.yearId)],
    assignmentsOf: ["finds", (store, schoolId, of) => people.assignmentsOf(store, schoolId, of.teacherId)],
    homeroomTeacherName: [
      "finds",
      (store, schoolId, of) => people.homeroomTeacherName(store, schoolId, of.classId, DAY),
    ],
    studentsOfClass: [
      "finds",
      (store, schoolId, of) => people.studentsOfClass(store, schoolId, of.classId, DAY),
    ],
    studentCounts: [
      "finds",
      (store, schoolId, of) => people.studentCounts(store, schoolId, [of.classId, of.otherClassId], DAY),
    ],
    studentById: ["finds", (store, schoolId, of) => people.studentById(store, schoolId, of.studentId)],
    enrollmentsOf: [
      "finds",
      (store, schoolId, of) => people.enrollmentsOf(store, schoolId, [of.studentId]),
      (store, schoolId, of) => people.enrollmentsOf(store, schoolId, [of.studentId, of.otherStudentId]),
    ],
    childrenOfGuardian: [
      "finds",
      (store, schoolId, of) => people.childrenOfGuardian(store, schoolId, of.guardianId),
    ],
    namesOfMembers: [
      "finds",
      (store, schoolId, of) => people.namesOfMembers(store, schoolId, [of.teacherId, of.guardianId]),
    ],
  },
  roster: {
    knownRoster: ["counts", (store, schoolId, of) => roster.knownRoster(store, schoolId, of.yearId, DAY)],
    rosterNow: [
      "counts",
      (store, schoolId, of) =>
        roster.rosterNow(store, schoolId, {
          studentIds: [of.studentId],
          guardianIds: [of.guardianId],
          at: new Date("2026-11-01T00:00:00Z"),
        }),
    ],
    carryOut: [
      "changes",
      (store, schoolId, of) =>
        roster.carryOut(store, schoolId, [renaming(of)], { ...carryingOut(of), newClasses: [] }),
      (store, schoolId, of) => roster.carryOut(store, schoolId, [moving(of)], carryingOut(of)),
      (store, schoolId, of) => roster.carryOut(store, schoolId, [recording(of)], carryingOut(of)),
    ],
    takeBack: [
      "changes",
      (store, schoolId, of) => roster.takeBack(store, schoolId, [renaming(of)], []),
      (store, schoolId, of) => roster.takeBack(store, schoolId, [recording(of)], []),
    ],
    referredTo: [
      "finds",
      (store, schoolId, of) => roster.referredTo(store, schoolId, "schoolClass", [of.classId], []),
    ],
  },
  "roster-imports": {
    addRosterImport: [
      "changes",
      (store, schoolId, of) =>
        rosterImports.addRosterImport(
          store,
          schoolId,
          {
            id: uuidv7(),
            fileName: "花名册.csv",
            sentSha256: "6".repeat(64),
            createdAt: WORLD_NOW,
            createdBy: of.teacherId,
            ...dryRun(of),
          },
          [{ row: 1, cells: ["学号"] }],
          [plannedRow],
        ),
    ],
    replaceDryRun: [
      "changes",
      (store, schoolId, of) =>
        rosterImports.replaceDryRun(store, schoolId, of.dryRunId, dryRun(of), [plannedRow]),
    ],
    rosterImportById: [
      "finds",
      (store, schoolId, of) => rosterImports.rosterImportById(store, schoolId, of.importId),
    ],
    recentRosterImports: [
      "counts",
      (store, schoolId) => rosterImports.recentRosterImports(store, schoolId, 10),
    ],
    sheetOfImport: [
      "finds",
      (store, schoolId, of) => rosterImports.sheetOfImport(store, schoolId, of.importId),
    ],
    rowsOfImport: [
      "finds",
      (store, schoolId, of) =>
        rosterImports.rowsOfImport(store, schoolId, of.importId, { of: ["new"], after: 0, limit: 10 }),
    ],
    markApplied: [
      "changes",
      (store, schoolId, of) =>
        rosterImports.markApplied(store, schoolId, of.dryRunId, {
          appliedAt: WORLD_NOW,
          appliedBy: of.teacherId,
          appliesFrom: DAY,
        }),
    ],
    markUndone: [
      "changes",
      (store, schoolId, of) =>
        rosterImports.markUndone(
          store,
          schoolId,
          of.importId,
          { undoneAt: WORLD_NOW, undoneBy: of.teacherId, counts: dryRun(of).counts },
          new Map([[1, "has-records"]]),
        ),
    ],
    forgetOldImports: [
      "adds",
      (store, schoolId) =>
        rosterImports.forgetOldImports(store, schoolId, { checkedBefore: SPAN.to, appliedBefore: SPAN.to }),
    ],
  },
  schools: {
    subjectsOfSchool: ["counts", (store, schoolId) => schools.subjectsOfSchool(store, schoolId)],
    academicYearsOf: ["counts", (store, schoolId) => schools.academicYearsOf(store, schoolId)],
    schoolFrame: ["counts", (store, schoolId) => schools.schoolFrame(store, schoolId)],
    schoolCodeOf: ["counts", (store, schoolId) => schools.schoolCodeOf(store, schoolId)],
  },
  "staff-accounts": {
    staffMembers: ["counts", (store, schoolId) => staffAccounts.staffMembers(store, schoolId)],
    staffWithoutAccount: ["counts", (store, schoolId) => staffAccounts.staffWithoutAccount(store, schoolId)],
    giveAccount: [
      "changes",
      (store, schoolId, of) => staffAccounts.giveAccount(store, schoolId, of.broughtId, of.guardianAccountId),
    ],
    addStaffLink: [
      "changes",
      (store, schoolId, of) =>
        staffAccounts.addStaffLink(store, schoolId, {
          id: uuidv7(),
          kind: "invitation",
          tokenHash: "8".repeat(64),
          displayName: "新老师",
          role: "teacher",
          createdBy: of.teacherId,
          createdAt: WORLD_NOW,
          expiresAt: SPAN.to,
        }),
    ],
    staffLinkById: [
      "finds",
      (store, schoolId, of) => staffAccounts.staffLinkById(store, schoolId, of.staffLinkId),
    ],
    openStaffLinks: ["counts", (store, schoolId) => staffAccounts.openStaffLinks(store, schoolId, WORLD_NOW)],
    useStaffLink: [
      "changes",
      (store, schoolId, of) =>
        staffAccounts.useStaffLink(store, schoolId, of.staffLinkId, {
          at: WORLD_NOW,
          membershipId: of.teacherId,
        }),
    ],
    revokeStaffLinks: [
      "changes",
      (store, schoolId, of) =>
        staffAccounts.revokeStaffLinks(
          store,
          schoolId,
          { id: of.staffLinkId },
          { membershipId: of.teacherId, at: WORLD_NOW },
        ),
      (store, schoolId, of) =>
        staffAccounts.revokeStaffLinks(
          store,
          schoolId,
          { membershipId: of.subject.membershipId },
          { membershipId: null, at: WORLD_NOW },
        ),
    ],
    deleteStaffLinks: ["adds", (store, schoolId) => staffAccounts.deleteStaffLinks(store, schoolId, SPAN.to)],
  },
  "staff-imports": {
    knownStaff: ["counts", (store, schoolId, of) => staffImports.knownStaff(store, schoolId, of.yearId, DAY)],
    carryOutStaff: [
      "changes",
      (store, schoolId, of) =>
        staffImports.carryOutStaff(store, schoolId, [
          { do: "set-staff-no", membershipId: of.teacherId, staffNo: "T-2" },
        ]),
      (store, schoolId, of) =>
        staffImports.carryOutStaff(store, schoolId, [
          {
            do: "add-post",
            id: uuidv7(),
            membershipId: of.teacherId,
            classId: of.otherClassId,
            subjectId: null,
            isHomeroom: false,
            startsOn: DAY,
          },
        ]),
    ],
    takeBackStaff: [
      "changes",
      (store, schoolId, of) =>
        staffImports.takeBackStaff(store, schoolId, [
          { do: "set-staff-no", membershipId: of.broughtId, staffNo: "T-1" },
        ]),
    ],
    staffNow: [
      "counts",
      (store, schoolId, of) =>
        staffImports.staffNow(store, schoolId, { addedIds: [of.broughtId], at: SPAN.from }),
    ],
    staffOfImport: [
      "finds",
      (store, schoolId, of) => staffImports.staffOfImport(store, schoolId, of.staffImportId),
    ],
    replaceStaffOfImport: [
      "changes",
      (store, schoolId, of) =>
        staffImports.replaceStaffOfImport(store, schoolId, of.dryRunId, [
          { entry: broughtStaff, choice: null, planned: plannedStaff },
        ]),
    ],
    markStaffKept: [
      "changes",
      (store, schoolId, of) =>
        staffImports.markStaffKept(store, schoolId, of.staffImportId, new Map([[1, "has-account"]])),
    ],
  },
  "sign-in-providers": {
    signInRules: ["counts", (store, schoolId) => signInProviders.signInRules(store, schoolId)],
    setSignInRule: [
      "changes",
      (store, schoolId, of) =>
        signInProviders.setSignInRule(store, schoolId, {
          providerId: "other",
          way: "approve",
          claim: null,
          isSecondFactor: false,
          decidedBy: of.admin.membershipId,
          decidedAt: WORLD_NOW,
        }),
    ],
    dropSignInRule: ["adds", (store, schoolId) => signInProviders.dropSignInRule(store, schoolId, "campus")],
    putSignInLink: [
      "changes",
      (store, schoolId, of) =>
        signInProviders.putSignInLink(store, schoolId, {
          ...signInLink(uuidv7(), "somebody new"),
          state: "linked",
          membershipId: of.teacherId,
        }),
    ],
    signInLinks: ["counts", (store, schoolId) => signInProviders.signInLinks(store, schoolId)],
    signInLinkById: [
      "finds",
      (store, schoolId, of) => signInProviders.signInLinkById(store, schoolId, of.signInLinkId),
    ],
    decideSignInLink: [
      "changes",
      (store, schoolId, of) =>
        signInProviders.decideSignInLink(store, schoolId, of.signInLinkId, {
          state: "linked",
          membershipId: of.teacherId,
          decidedAt: WORLD_NOW,
        }),
    ],
    removeSignInLinks: [
      "changes",
      (store, schoolId, of) =>
        signInProviders.removeSignInLinks(store, schoolId, of.linkedAccountId, WORLD_NOW),
    ],
    noteSignInLinkUsed: [
      "changes",
      (store, schoolId, of) =>
        signInProviders.noteSignInLinkUsed(store, schoolId, of.signInLinkId, WORLD_NOW),
    ],
    deleteSignInRequests: [
      "adds",
      (store, schoolId) => signInProviders.deleteSignInRequests(store, schoolId, SPAN.to),
    ],
  },
  summaries: {
    draftsOf: [
      "finds",
      (store, schoolId, of) => summaries.draftsOf(store, schoolId, of.termId, [of.studentId]),
    ],
    saveDraft: [
      "changes",
      (store, schoolId, of) => summaries.saveDraft(store, schoolId, draft(of, of.otherStudentId, 0)),
      (store, schoolId, of) => summaries.saveDraft(store, schoolId, draft(of, of.studentId, 1)),
    ],
    addDrafts: [
      "changes",
      (store, schoolId, of) =>
        summaries.addDrafts(store, schoolId, of.termId, [
          { studentId: of.otherStudentId, comment: "评语", savedBy: of.teacherId, savedAt: WORLD_NOW },
        ]),
    ],
    publishedSummaries: [
      "finds",
      (store, schoolId, of) => summaries.publishedSummaries(store, schoolId, of.termId, [of.studentId]),
    ],
    publishedOn: [
      "finds",
      (store, schoolId, of) => summaries.publishedOn(store, schoolId, of.termId, [of.studentId]),
    ],
    revisionsIn: ["finds", (store, schoolId, of) => summaries.revisionsIn(store, schoolId, ofRevision(of))],
    publishedTermsOf: [
      "finds",
      (store, schoolId, of) => summaries.publishedTermsOf(store, schoolId, of.studentId),
    ],
    everyRevisionOf: [
      "finds",
      (store, schoolId, of) => summaries.everyRevisionOf(store, schoolId, of.studentId),
    ],
    addRevision: ["changes", (store, schoolId, of) => summaries.addRevision(store, schoolId, revision(of))],
  },
  "summary-papers": {
    isPaperDue: [
      "finds",
      async (store, schoolId, of) =>
        (await summaryPapers.isPaperDue(store, schoolId, ofRevision(of))) || undefined,
    ],
    settlePaper: [
      "changes",
      (store, schoolId, of) => summaryPapers.settlePaper(store, schoolId, ofRevision(of)),
    ],
    settleAllPapers: ["adds", (store, schoolId) => summaryPapers.settleAllPapers(store, schoolId)],
    keptPaper: ["finds", (store, schoolId, of) => summaryPapers.keptPaper(store, schoolId, paper(of))],
    keepPaper: [
      "changes",
      (store, schoolId, of) => summaryPapers.keepPaper(store, schoolId, { ...paper(of), locale: "en" }),
    ],
    keptPapers: [
      "counts",
      (store, schoolId) => summaryPapers.keptPapers(store, schoolId, { after: "", limit: 10 }),
    ],
    papersAmong: [
      "finds",
      (store, schoolId, of) =>
        summaryPapers.papersAmong(store, schoolId, [summaryPapers.paperFile(paper(of).sha256)]),
    ],
    papersOfChild: [
      "finds",
      (store, schoolId, of) => summaryPapers.papersOfChild(store, schoolId, of.studentId),
    ],
    papersOfRevision: [
      "finds",
      (store, schoolId, of) => summaryPapers.papersOfRevision(store, schoolId, paper(of)),
    ],
  },
  "summary-remarks": {
    remarksOn: [
      "finds",
      (store, schoolId, of) => summaryRemarks.remarksOn(store, schoolId, of.termId, [of.studentId]),
    ],
    everyRemarkOn: [
      "finds",
      (store, schoolId, of) => summaryRemarks.everyRemarkOn(store, schoolId, of.termId, [of.studentId]),
    ],
    remarksOnChild: [
      "finds",
      (store, schoolId, of) => summaryRemarks.remarksOnChild(store, schoolId, of.studentId),
    ],
    saveRemark: [
      "changes",
      (store, schoolId, of) =>
        summaryRemarks.saveRemark(store, schoolId, remark(of, of.otherStudentId, "爱唱歌", 0)),
      (store, schoolId, of) => summaryRemarks.saveRemark(store, schoolId, remark(of, of.studentId, "", 1)),
    ],
    subjectsTaught: [
      "finds",
      (store, schoolId, of) =>
        summaryRemarks.subjectsTaught(store, schoolId, {
          membershipId: of.subject.membershipId,
          classId: of.classId,
          day: DAY,
        }),
    ],
  },
  "summary-preparations": {
    beginPreparation: [
      "changes",
      (store, schoolId, of) =>
        summaryPreparations.beginPreparation(store, schoolId, {
          id: uuidv7(),
          termId: of.earlierTermId,
          classIds: [of.classId],
          startedBy: of.teacherId,
          startedAt: WORLD_NOW,
        }),
    ],
    latestPreparation: [
      "finds",
      (store, schoolId, of) => summaryPreparations.latestPreparation(store, schoolId, of.termId),
    ],
    preparedClasses: [
      "finds",
      (store, schoolId, of) => summaryPreparations.preparedClasses(store, schoolId, of.preparationId),
    ],
    savePreparedClass: [
      "changes",
      (store, schoolId, of) =>
        summaryPreparations.savePreparedClass(store, schoolId, of.preparationId, {
          classId: of.classId,
          ready: 1,
          missing: { comment: 0, teacher: 0, rating: 0, fitness: 0, records: 0, dimension: 0 },
          preparedAt: WORLD_NOW,
        }),
    ],
    stopPreparation: [
      "changes",
      (store, schoolId, of) => summaryPreparations.stopPreparation(store, schoolId, of.termId, WORLD_NOW),
    ],
  },
  "summary-rounds": {
    reviewsOf: [
      "finds",
      (store, schoolId, of) => summaryRounds.reviewsOf(store, schoolId, of.termId, [of.classId]),
    ],
    setReview: [
      "changes",
      (store, schoolId, of) =>
        summaryRounds.setReview(store, schoolId, {
          ...ofRound(of),
          state: "approved",
          remark: "",
          changedBy: of.teacherId,
          changedAt: WORLD_NOW,
        }),
    ],
    reviewRemarksOf: [
      "finds",
      async (store, schoolId, of) => [
        ...(await summaryRounds.reviewRemarksOf(store, schoolId, of.termId, [of.studentId])),
      ],
    ],
    replaceReviewRemarks: [
      "changes",
      (store, schoolId, of) =>
        summaryRounds.replaceReviewRemarks(
          store,
          schoolId,
          { termId: of.termId, studentIds: [of.studentId] },
          [{ studentId: of.otherStudentId, text: "再具体一点" }],
          { writtenBy: of.teacherId, writtenAt: WORLD_NOW },
        ),
    ],
    latestPublication: [
      "finds",
      (store, schoolId, of) => summaryRounds.latestPublication(store, schoolId, ofRound(of)),
    ],
    openPublications: [
      "finds",
      (store, schoolId, of) => summaryRounds.openPublications(store, schoolId, of.termId),
    ],
    roundFigures: [
      "finds",
      (store, schoolId, of) =>
        summaryRounds.roundFigures(store, schoolId, { termId: of.termId, classIds: [of.classId], day: DAY }),
    ],
    planPublication: [
      "changes",
      (store, schoolId, of) =>
        summaryRounds.planPublication(store, schoolId, {
          ...ofRound(of),
          termId: of.earlierTermId,
          id: uuidv7(),
          publishAt: LATER,
          scheduledBy: of.teacherId,
          scheduledAt: WORLD_NOW,
        }),
    ],
    cancelPublication: [
      "changes",
      (store, schoolId, of) => summaryRounds.cancelPublication(store, schoolId, ofRound(of), WORLD_NOW),
    ],
    cancelPlan: [
      "changes",
      (store, schoolId, of) => summaryRounds.cancelPlan(store, schoolId, of.publicationId, new Date(0)),
    ],
    beginPublication: [
      "changes",
      (store, schoolId, of) => summaryRounds.beginPublication(store, schoolId, of.publicationId),
    ],
    countPublished: [
      "changes",
      (store, schoolId, of) => summaryRounds.countPublished(store, schoolId, of.underWayId),
    ],
    endPublication: [
      "changes",
      (store, schoolId, of) => summaryRounds.endPublication(store, schoolId, of.underWayId, WORLD_NOW),
    ],
  },
  "summary-answers": {
    readingsOf: [
      "finds",
      (store, schoolId, of) => summaryAnswers.readingsOf(store, schoolId, ofRevision(of)),
    ],
    noteReading: [
      "changes",
      (store, schoolId, of) =>
        summaryAnswers.noteReading(store, schoolId, {
          ...ofRevision(of),
          guardianId: of.guardianId,
          at: WORLD_NOW,
          isAtEnd: true,
        }),
    ],
    signRevision: [
      "changes",
      (store, schoolId, of) =>
        summaryAnswers.signRevision(store, schoolId, {
          ...ofRevision(of),
          guardianId: of.guardianId,
          at: WORLD_NOW,
          signature: null,
          signedName: "林妈妈",
        }),
    ],
    ownAnswersOf: [
      "finds",
      async (store, schoolId, { studentId, guardianId }) =>
        (await summaryAnswers.ownAnswersOf(store, schoolId, { studentId, guardianId })).readings,
    ],
    messagesOf: [
      "finds",
      (store, schoolId, of) => summaryAnswers.messagesOf(store, schoolId, ofRevision(of)),
    ],
    talksOf: ["finds", (store, schoolId, of) => summaryAnswers.talksOf(store, schoolId, [of.studentId])],
    addMessage: [
      "changes",
      (store, schoolId, of) =>
        summaryAnswers.addMessage(store, schoolId, {
          id: uuidv7(),
          studentId: of.studentId,
          termId: of.termId,
          guardianId: of.guardianId,
          authorId: of.guardianId,
          isFromGuardian: true,
          text: "谢谢老师",
          writtenAt: WORLD_NOW,
        }),
    ],
    noteSeen: [
      "changes",
      (store, schoolId, of) =>
        summaryAnswers.noteSeen(store, schoolId, {
          studentId: of.studentId,
          termId: of.termId,
          isFromGuardian: true,
          at: WORLD_NOW,
        }),
    ],
    followingOf: [
      "finds",
      async (store, schoolId, of) => {
        const following = await summaryAnswers.followingOf(store, schoolId, of.termId, [of.studentId]);
        return [...following.values()].filter(({ opened }) => opened > 0);
      },
    ],
  },
  inbox: {
    addNotices: [
      "changes",
      (store, schoolId, of) =>
        inbox.addNotices(store, schoolId, [
          {
            id: uuidv7(),
            recipientId: of.guardianId,
            event: "another",
            kind: "summary-waits",
            studentId: of.studentId,
            classId: null,
            termId: of.termId,
            happenedAt: WORLD_NOW,
          },
        ]),
    ],
    noticesOf: [
      "finds",
      (store, schoolId, of) => inbox.noticesOf(store, schoolId, guardianReads(of), { limit: 9 }),
    ],
    unopenedNotices: [
      "finds",
      (store, schoolId, of) => inbox.unopenedNotices(store, schoolId, guardianReads(of)),
    ],
    openNotices: [
      "changes",
      (store, schoolId, of) => inbox.openNotices(store, schoolId, of.guardianId, { until: LATER }, LATER),
    ],
    hasNotice: [
      "finds",
      async (store, schoolId, of) => {
        const [notice] = await inbox.noticesOf(store, of.id, guardianReads(of), { limit: 1 });
        return (await inbox.hasNotice(store, schoolId, { recipientId: of.guardianId, id: notice?.id ?? "" }))
          ? [notice]
          : [];
      },
    ],
    withdrawNotices: [
      "changes",
      (store, schoolId, { classId, termId }) =>
        inbox.withdrawNotices(store, schoolId, { kinds: ["guardian-wrote"], classId, termId }),
    ],
    leadersOfClass: [
      "finds",
      (store, schoolId, of) => inbox.leadersOfClass(store, schoolId, of.classId, DAY),
    ],
    deleteNoticesBefore: ["adds", (store, schoolId) => inbox.deleteNoticesBefore(store, schoolId, LATER)],
  },
  "summary-nudges": {
    addNudges: [
      "changes",
      (store, schoolId, of) =>
        summaryNudges.addNudges(store, schoolId, [
          {
            id: uuidv7(),
            termId: of.termId,
            studentId: of.studentId,
            nudgedBy: of.teacherId,
            nudgedAt: WORLD_NOW,
          },
        ]),
    ],
    lastNudges: [
      "finds",
      (store, schoolId, of) => summaryNudges.lastNudges(store, schoolId, of.termId, [of.studentId]),
    ],
    unsignedAmong: [
      "finds",
      (store, schoolId, of) => summaryNudges.unsignedAmong(store, schoolId, of.termId, [of.studentId]),
    ],
    deleteNudgesBefore: [
      "adds",
      (store, schoolId) => summaryNudges.deleteNudgesBefore(store, schoolId, LATER),
    ],
  },
  "mail-addresses": {
    mailAddressOf: [
      "finds",
      (store, schoolId, of) => mailAddresses.mailAddressOf(store, schoolId, of.guardianId),
    ],
    keepMailAddress: [
      "changes",
      (store, schoolId, of) => mailAddresses.keepMailAddress(store, schoolId, mailOf(of.teacherId)),
    ],
    countWrongCode: [
      "changes",
      (store, schoolId, of) => mailAddresses.countWrongCode(store, schoolId, of.guardianId),
    ],
    confirmMailAddress: [
      "changes",
      (store, schoolId, of) => mailAddresses.confirmMailAddress(store, schoolId, of.guardianId, LATER),
    ],
    switchMail: [
      "changes",
      (store, schoolId, of) => mailAddresses.switchMail(store, schoolId, of.guardianId, false),
    ],
    forgetMailAddress: [
      "changes",
      (store, schoolId, of) => mailAddresses.forgetMailAddress(store, schoolId, of.guardianId),
    ],
    membersByMail: [
      "finds",
      (store, schoolId, of) => mailAddresses.membersByMail(store, schoolId, [of.guardianId]),
    ],
  },
  deliveries: {
    addDeliveries: [
      "changes",
      (store, schoolId, of) => deliveries.addDeliveries(store, schoolId, [deliveryOf(of)]),
    ],
    waitingFor: [
      "counts",
      (store, schoolId) =>
        deliveries.waitingFor(store, schoolId, { channel: "mail", kind: "summary-published" }),
    ],
    claimDelivery: [
      "changes",
      (store, schoolId, of) =>
        deliveries.claimDelivery(store, schoolId, of.deliveryId, { now: LATER, until: LATER }),
    ],
    endDelivery: [
      "changes",
      (store, schoolId, of) =>
        deliveries.endDelivery(store, schoolId, of.deliveryId, { state: "sent", at: LATER }),
    ],
    putOffDelivery: [
      "changes",
      (store, schoolId, of) => deliveries.putOffDelivery(store, schoolId, of.deliveryId, LATER),
    ],
    addresseeOf: ["finds", (store, schoolId, of) => deliveries.addresseeOf(store, schoolId, of.guardianId)],
    deleteDeliveriesBefore: [
      "adds",
      async (store, schoolId, of) => {
        await deliveries.endDelivery(store, schoolId, of.deliveryId, { state: "sent", at: WORLD_NOW });
        await deliveries.deleteDeliveriesBefore(store, schoolId, LATER);
      },
    ],
  },
};

/** Functions that belong to no school, each for the reason its file gives. */
const OF_NO_SCHOOL: Readonly<Record<string, readonly string[]>> = {
  accounts: [
    "accountById",
    "accountByLogin",
    "countSignInFailure",
    "createAccounts",
    "endSessionsOfAccount",
    "forgetSignInFailures",
    "forgetThrottleStatesBefore",
    "hasAnyAccount",
    "membershipsOfAccount",
    "noteSessionSeen",
    "noteUsualPlace",
    "sessionWithAccount",
    "sessionsOfAccount",
    "setAccountLocale",
    "setPasswordHash",
    "throttleStates",
  ],
  boards: ["boardLinkByCode"],
  summaries: ["publicationByCode"],
  "summary-papers": ["duePapers"],
  "summary-rounds": ["duePublications"],
  "summary-preparations": ["preparationsUnderWay"],
  deliveries: ["dueDeliveries"],
  guardians: ["letterByCode"],
  bulk: ["insertManyRows", "insertRows"],
  cards: ["cardByCode", "chooseCardPin", "forgetCardPin", "issueCard"],
  office: ["addSchool"],
  schools: ["schoolByCode", "schoolIds"],
  passkeys: [
    "addPasskey",
    "addPasskeyChallenge",
    "forgetPasskeyChallenges",
    "passkeyById",
    "passkeysOf",
    "removePasskey",
    "removePasskeys",
    "takePasskeyChallenge",
    "usePasskey",
  ],
  "second-factors": [
    "confirmTotp",
    "countRecoveryCodes",
    "forgetSecondFactor",
    "proposeTotp",
    "replaceRecoveryCodes",
    "takeRecoveryCode",
    "takeTotpStep",
    "totpOf",
  ],
  "sign-in-providers": [
    "addSignInAttempt",
    "endSignInAttempt",
    "forgetSignInAttempts",
    "linksOfAccount",
    "linksOfIdentity",
    "rulesOfProvider",
    "takeSignInAttempt",
    "waitingSignInAttempt",
  ],
  secrets: ["endSessions", "forgetCards", "forgetPins", "forgetSecondFactors"],
  tablets: [
    "forgetPinTries",
    "forgetTabletPins",
    "lockSession",
    "openSessionUntil",
    "setTabletPin",
    "takePinTry",
    "teachersOnTablet",
  ],
};

const cases = Object.entries(CALLS).flatMap(([module, functions]) =>
  Object.entries(functions).flatMap(([name, [kind, ...calls]]) =>
    calls.map((call, index) => ({ name: `${module}.${name} #${index + 1}`, kind, call })),
  ),
);
const withKind = (...kinds: Kind[]) => cases.filter(({ kind }) => kinds.includes(kind));

test("every function of every repository is called here, or listed as belonging to no school", async () => {
  const folder = new URL("../../db/src/repositories/", import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith(".ts"));
  expect(files.length).toBeGreaterThan(8);
  for (const file of files) {
    const module = file.slice(0, -".ts".length);
    const exported = Object.entries((await import(new URL(file, folder).href)) as Record<string, unknown>);
    // Taking a store is what makes a function one that reads or writes.
    const functions = exported.filter(
      ([, value]) => typeof value === "function" && /^[^(]*\(\s*store\b/.test(String(value)),
    );
    const known = [...Object.keys(CALLS[module] ?? {}), ...(OF_NO_SCHOOL[module] ?? [])];
    expect([module, functions.map(([name]) => name).sort()]).toEqual([module, known.sort()]);
    for (const [name, value] of functions) {
      const takesSchool = /^[^(]*\(\s*store\s*,\s*schoolId\b/.test(String(value));
      expect([name, takesSchool]).toEqual([name, CALLS[module]?.[name] !== undefined]);
    }
  }
});

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let ours: Filled;
  beforeAll(async () => {
    world = await createWorld(engine);
    ours = await fill(world, world.school);
    await fill(world, world.neighbour);
  });
  afterAll(() => world.close());

  /** Runs a call to its end and takes everything back. @returns what it left in the job */
  const tried = async (call: Call, schoolId: string) => {
    const taken = new Error("taken back");
    let outcome: { left: Awaited<ReturnType<typeof dumpIn>> } | undefined;
    await world.database
      .write(EVERY_SCHOOL, async (store) => {
        await call(store, schoolId, ours);
        outcome = { left: await dumpIn(store) };
        throw taken;
      })
      .catch((error: unknown) => {
        if (error !== taken) throw error;
      });
    if (!outcome) throw new Error("the call ended without an outcome");
    return outcome;
  };
  /** Runs a call for good; a refusal is as good as doing nothing. */
  const settled = async (call: Call, schoolId: string) =>
    await world.database.write(EVERY_SCHOOL, (store) => call(store, schoolId, ours)).catch(() => undefined);

  describe("with the right school", () => {
    test.each(withKind("finds", "counts"))("$name finds something", async ({ name, call }) => {
      const value = await world.database.read(ours.id, (store) => call(store, ours.id, ours));
      expect([name, isNothing(value)]).toEqual([name, /^verification\.\w+Differences/.test(name)]);
    });

    test.each(withKind("changes", "adds"))("$name changes something", async ({ call }) => {
      const before = ofSchool(await dumpOf(world.database), ours.id);
      const { left } = await tried(call, ours.id);
      expect(ofSchool(left, ours.id)).not.toEqual(before);
      expect(ofSchool(await dumpOf(world.database), ours.id)).toEqual(before);
    });
  });

  describe("with another school", () => {
    test.each(withKind("finds"))("$name finds nothing", async ({ call }) => {
      for (const schoolId of [world.neighbour.id, uuidv7()]) {
        const value = await world.database.read(EVERY_SCHOOL, (store) => call(store, schoolId, ours));
        expect([value, isNothing(value)]).toEqual([value, true]);
      }
    });

    test.each(withKind("counts"))("$name tells nothing of ours", async ({ call }) => {
      const theirs = await world.database.read(EVERY_SCHOOL, (store) =>
        call(store, world.neighbour.id, ours),
      );
      for (const mine of [ours.id, ours.termId, ours.classId, ...Object.values(ours.points), "forest"]) {
        expect(asText(theirs)).not.toContain(mine);
      }
      const nobodys = await world.database.read(EVERY_SCHOOL, (store) => call(store, uuidv7(), ours));
      expect([nobodys, isNothing(nobodys)]).toEqual([nobodys, true]);
    });

    test.each(withKind("changes"))("$name changes nothing", async ({ call }) => {
      const before = await dumpOf(world.database);
      for (const schoolId of [world.neighbour.id, uuidv7()]) await settled(call, schoolId);
      expect(await dumpOf(world.database)).toEqual(before);
    });

    test.each(withKind("adds"))("$name leaves ours alone", async ({ call }) => {
      const before = ofSchool(await dumpOf(world.database), ours.id);
      const { left } = await tried(call, world.neighbour.id);
      expect(ofSchool(left, ours.id)).toEqual(before);
    });
  });

  describe("beside a school with the very same ids", () => {
    const twinId = uuidv7();
    const answers = new Map<string, unknown>();
    beforeAll(async () => {
      for (const { name, call } of withKind("finds", "counts")) {
        answers.set(name, await world.database.read(EVERY_SCHOOL, (store) => call(store, ours.id, ours)));
      }
      await world.database.write(EVERY_SCHOOL, (store) => copySchool(store, ours.id, twinId));
    });

    test("the twin has a row for every row of ours", async () => {
      const dump = await dumpOf(world.database);
      const sizes = (schoolId: string) =>
        Object.entries(ofSchool(dump, schoolId)).map(([name, rows]) => [name, rows.length]);
      expect(sizes(twinId)).toEqual(sizes(ours.id));
      const empty = sizes(ours.id).flatMap(([name, size]) => (size === 0 ? name : []));
      expect(empty).toEqual([
        "account",
        "session",
        "tabletPin",
        "studentCard",
        "totp",
        "recoveryCode",
        "signInThrottle",
        "passkey",
        "passkeyChallenge",
        "signInAttempt",
      ]);
    });

    test.each(withKind("finds", "counts"))("$name answers as before", async ({ name, call }) => {
      const value = await world.database.read(EVERY_SCHOOL, (store) => call(store, ours.id, ours));
      expect(value).toEqual(answers.get(name));
      expect(asText(value)).not.toContain("孪生");
    });

    test.each(withKind("changes", "adds"))("$name leaves the twin alone", async ({ call }) => {
      const before = ofSchool(await dumpOf(world.database), twinId);
      const { left } = await tried(call, ours.id);
      expect(ofSchool(left, twinId)).toEqual(before);
    });
  });
});

describe("on postgres, in the scope of another school: the second lock, whatever the code asks for", () => {
  let world: World;
  let ours: Filled;
  beforeAll(async () => {
    world = await createWorld("postgres");
    ours = await fill(world, world.school);
  });
  afterAll(() => world.close());

  test.each(withKind("finds", "counts"))("$name finds nothing of ours", async ({ call }) => {
    const value = await world.database.read(world.neighbour.id, (store) => call(store, ours.id, ours));
    expect([value, isNothing(value)]).toEqual([value, true]);
  });

  test.each(withKind("changes", "adds"))("$name changes nothing", async ({ call }) => {
    const before = await dumpOf(world.database);
    await world.database
      .write(world.neighbour.id, (store) => call(store, ours.id, ours))
      .catch(() => undefined);
    expect(await dumpOf(world.database)).toEqual(before);
  });
});

/** Tables with no more rows than a school has classes, subjects or teachers. */
const FEW_ROWS = [
  "badge",
  "individual_plan_point",
  "reward_shop",
  "roster_import",
  "rubric",
  "school",
  "school_class",
  "school_logo",
  "sign_in_rule",
  "staff_link",
  "subject",
  "teaching_assignment",
  "term",
];

/** What looks at a school as a whole, and is asked for by its office or seldom. */
const OF_THE_WHOLE_SCHOOL: Readonly<Record<string, readonly string[]>> = {
  activities: ["removedBefore"],
  calendars: ["hasRecordsBetween"],
  "child-records": ["draftCommentsOf", "shopLifeOfChild", "toldByOrAboutChild", "voicesOfChild"],
  consents: ["agreedToOtherWords"],
  directory: ["pupilsInState", "staffOf"],
  erasures: ["erasuresOf"],
  evidence: ["withdrawnEvidence"],
  "grade-leaderships": ["reviewersOfClass"],
  growth: ["weekBeansOfSchool"],
  "privacy-figures": ["consentFigures", "erasureFigures", "heldCounts", "requestFigures"],
  "reward-ledger": ["countWaitingByClass"],
  "roll-overs": ["staysAround"],
  roster: ["knownRoster", "referredTo", "rosterNow"],
  "sign-in-providers": ["signInLinks"],
  "staff-accounts": ["staffMembers"],
  "staff-imports": ["knownStaff", "staffNow"],
  verification: [
    "badgeDifferences",
    "frozenSummaries",
    "ledgerSize",
    "rewardDifferences",
    "tallyDifferences",
  ],
};

describe("on sqlite, as it plans what it is asked", () => {
  let world: World;
  let ours: Filled;
  const prepare = vi.spyOn(BetterSqlite3.prototype, "prepare");
  beforeAll(async () => {
    world = await createWorld("sqlite");
    ours = await fill(world, world.school);
  });
  afterAll(async () => {
    prepare.mockRestore();
    await world.close();
  });

  /** The tables of which a statement goes through all rows of the school, or of every school. */
  const readWhole = async (text: string) => {
    const valued = text.replaceAll(/'[^']*'|"[^"]*"|\?/g, (part) => (part === "?" ? "1" : part));
    const plan = await world.database.read(ours.id, (store) =>
      store.db.all<{ detail: string }>(sql.raw(`EXPLAIN QUERY PLAN ${valued}`)),
    );
    return plan.flatMap(({ detail }) => {
      const [, table = ""] = /^(?:SEARCH (?=.*\(school_id=\?\))|SCAN )(\w+)/.exec(detail) ?? [];
      return table in tableNames && !FEW_ROWS.includes(table) ? [table] : [];
    });
  };
  const tableNames = Object.fromEntries(
    Object.values(tables).map((table) => [getTableConfig(table).name, true]),
  );
  const seen = new Set<string>();

  test.each(withKind("finds", "counts"))(
    "$name reads no more than it is asked for, unless that is the school",
    async ({ name, call }) => {
      prepare.mockClear();
      await world.database.read(ours.id, (store) => call(store, ours.id, ours));
      const statements = prepare.mock.calls.map(([text]) => text);
      const whole = new Set<string>();
      for (const text of statements) for (const table of await readWhole(text)) whole.add(table);
      const [module = "", called = ""] = name.split(/[. ]/);
      const isMeant = OF_THE_WHOLE_SCHOOL[module]?.includes(called);
      if (isMeant && whole.size > 0) seen.add(`${module}.${called}`);
      expect([name, isMeant ? [] : [...whole]]).toEqual([name, []]);
    },
  );

  test("no function is listed that need not be", () => {
    const listed = Object.entries(OF_THE_WHOLE_SCHOOL).flatMap(([module, functions]) =>
      functions.map((called) => `${module}.${called}`),
    );
    expect([...seen].sort()).toEqual(listed.sort());
  });
});

let pictures = 0;
/** A picture that no school has yet. */
const anotherPhoto = () => photo({ width: 400 + 10 * pictures++ });

/** A work of a child with a file, shown first; a file nobody names; an honour that waits. */
async function fillShelf(
  world: World,
  school: School,
  studentId: string,
): Promise<
  Pick<
    Filled,
    | "workId"
    | "workFileId"
    | "unboundFileId"
    | "bareWorkId"
    | "honourId"
    | "transferId"
    | "activityId"
    | "toldActivityId"
  >
> {
  const [child, guardian] = [await clientOf(world, school.student), await clientOf(world, school.guardian)];
  const [workId, bareWorkId, honourId] = [uuidv7(), uuidv7(), uuidv7()];
  const { id: workFileId } = await child.addFile(studentId, await anotherPhoto(), "image/jpeg");
  const work = { title: "我的画", dimension: "arts", reflection: "我画了很久", fileIds: [workFileId] };
  await child.ask("PUT", `/students/${studentId}/works/${workId}`, work);
  await child.ask("PUT", `/students/${studentId}/highlights`, { highlights: [{ kind: "work", id: workId }] });
  await child.ask("PUT", `/students/${studentId}/works/${bareWorkId}`, { ...work, fileIds: [] });
  const { id: unboundFileId } = await child.addFile(studentId, await anotherPhoto(), "image/jpeg");
  const honour = { title: "绘画奖", level: "city", givenBy: "少年宫", day: DAY, dimension: "arts" };
  await guardian.ask("PUT", `/students/${studentId}/honours/${honourId}`, honour);
  const files = [{ kind: "picture", ending: "webp", bytes: await anotherPhoto() }] as const;
  const { id: transferId } = await bring(world, school.admin, studentId, transferArchive({ files }));
  const [activityId, toldActivityId] = [uuidv7(), uuidv7()];
  const activity = { title: "种树", startsOn: DAY, endsOn: DAY, place: "后山", minutes: 120, about: "" };
  const homeroom = await clientOf(world, school.homeroom);
  await homeroom.ask("PUT", `/classes/${school.classId}/activities/${activityId}`, {
    ...activity,
    sort: "labour",
    dimensions: ["labour"],
    students: [{ studentId }],
  });
  const removed = `/classes/${school.classId}/activities/${uuidv7()}`;
  const withdrawn = { ...activity, sort: "club", dimensions: [], students: [{ studentId }] };
  await homeroom.ask("PUT", removed, withdrawn);
  await homeroom.ask("PUT", `${removed}/removal`, { isRemoved: true });
  await guardian.ask("PUT", `/students/${studentId}/activities/${toldActivityId}`, {
    ...activity,
    sort: "family",
    dimensions: [],
  });
  return { workId, workFileId, unboundFileId, bareWorkId, honourId, transferId, activityId, toldActivityId };
}

/** Gives a school something in every table, through the product. */
async function fill(world: World, school: School): Promise<Filled> {
  const teacher = await clientOf(world, school.homeroom);
  const [first, second] = school.children;
  if (!first || !second) throw new Error("a school needs two children");
  const third = school.children.slice(2, 3);
  const { id: studentId } = first;
  await agreeToPhotos(world.database, school, [first, ...third]);
  const { id: evidenceId } = await teacher.upload(await anotherPhoto(), [first]);
  const { id: unboundEvidenceId } = await teacher.upload(await anotherPhoto(), [first]);
  await teacher.upload(await anotherPhoto(), third);
  for (const { id } of third) await teacher.addFile(id, await anotherPhoto(), "image/jpeg");
  const brought = [{ kind: "picture", ending: "webp", bytes: await anotherPhoto() }] as const;
  for (const { id } of third) await bring(world, school.admin, id, transferArchive({ files: brought }));
  await withdrawPhotos(world.database, school, third, new Date(WORLD_NOW.getTime() + 1));
  const file = await world.database.read(school.id, (store) =>
    evidence.keptEvidence(store, school.id, { after: "", limit: 1 }),
  );
  const evidenceIds = [evidenceId];
  const standing = awardIn(school, WORLD_NOW, { studentId, note: "把伞让给了同学", evidenceIds });
  const mistaken = awardIn(school, WORLD_NOW, { studentId });
  await teacher.award(
    standing,
    mistaken,
    awardIn(school, WORLD_NOW, { observationPointId: school.points.progress }),
  );
  await teacher.void([mistaken.id]);
  await teacher.ask("PUT", `/observation-points/${school.points.helps}/favourite`);
  await world.database.write(school.id, (store) =>
    noteExpiry.beginNoteExpiry(store, school.id, NOTES_GO_BEFORE),
  );
  const viewed = { studentId, day: DAY, minute: WORLD_NOW, limit: 30 };
  await world.database.write(school.id, (store) => viewings.countViewedMinute(store, school.id, viewed));
  await teacher.ask("POST", `/classes/${school.classId}/absences`, {
    marks: [{ studentId, day: DAY, isAbsent: true, markedAt: WORLD_NOW.toISOString() }],
  });
  const inClass = `/classes/${school.classId}`;
  const planId = uuidv7();
  const seats = [studentId, second.id];
  const plan = { name: "平时", subjectId: null, rows: 1, columns: 2, aisles: [0], seats, version: 0 };
  await teacher.ask("PUT", `${inClass}/seating-plans/${planId}`, plan);
  const setId = uuidv7();
  const group = { name: "第一组", symbol: "sun", studentIds: [studentId] };
  await teacher.ask("PUT", `${inClass}/group-sets/${setId}`, { name: "分组", groups: [group], version: 0 });
  await teacher.ask("PUT", `${inClass}/kept-apart/${studentId}/${second.id}`);
  const tileSetId = uuidv7();
  await teacher.ask("PUT", `/tile-sets/${tileSetId}?classId=${school.classId}`, {
    name: "语文课",
    subjectCode: null,
    pointCodes: ["D21"],
  });
  const reminderId = uuidv7();
  await teacher.ask("POST", `/students/${studentId}/reminders`, {
    id: reminderId,
    text: "记得带伞",
    guardianMaySee: true,
    occurredAt: WORLD_NOW.toISOString(),
  });
  const watchPlanId = uuidv7();
  const watching = { studentId, reason: "few", dimension: null };
  await teacher.ask("PUT", `${inClass}/watch-plans/${watchPlanId}`, watching);
  const { importId, dryRunId, staffImportId, broughtId } = await fillOffice(world, school);
  const staffLinkId = await fillStaff(world, school);
  const [boardLinkId, codeLinkId] = await fillBoard(world, school, teacher);
  const family = await fillGuardians(world, school, teacher);
  const [recordedStudentId, requestId] = await fillPrivacy(world, school, teacher);
  const accessIds = await fillAccess(world, school);
  const student = await clientOf(world, school.student);
  const tell = async (telling: object) => {
    const id = uuidv7();
    await student.ask("POST", `/students/${studentId}/proposals`, { id, words: "谢谢你等我", ...telling });
    return id;
  };
  await student.ask("PUT", `/students/${studentId}/word-reports/award/${standing.id}`, {
    reader: "homeroom",
    said: "",
  });
  const [wordReport] = await world.database.read(school.id, (store) =>
    wordReports.wordReportsOf(store, school.id, studentId),
  );
  const proposalId = await tell({ voice: "self", observationPointId: school.points.own });
  const thanksId = await tell({
    voice: "peer",
    toStudentId: second.id,
    observationPointId: school.points.peers,
  });
  await teacher.ask("POST", `/classes/${school.classId}/proposals/answers`, {
    answers: [{ id: thanksId, answer: "accept" }],
  });
  const [thanks] = await world.database.read(school.id, (store) =>
    proposals.proposalsByIds(store, school.id, [thanksId]),
  );
  const ofVoices = await fillVoices(world, school, { teacher, student });
  const classPointId = await fillSettings(world, school, teacher);
  const ownPlan = await fillPlan(school, teacher, studentId);
  const shelf = await fillShelf(world, school, studentId);
  const badgeIds = await fillBadges(world, school, teacher);
  const shop = await fillShop(world, school, teacher);
  const [replacedSchemeId, schemeId] = await fillScheme(world, school);
  const summary = `/students/${studentId}/summaries/${school.termId}`;
  await teacher.ask("PUT", `${summary}/comment`, { comment: "你是一个爱提问的孩子。", commentVersion: 0 });
  await teacher.ask("POST", `${summary}/publish`);
  const { snapshot } = await teacher.get<{ snapshot: SummarySnapshot }>(summary);
  await world.database.write(school.id, (store) =>
    summaryPapers.keepPaper(store, school.id, paper({ studentId, termId: school.termId })),
  );
  const guardian = await clientOf(world, school.guardian);
  await guardian.ask("PUT", `${summary}/reading`, { revision: 1, isAtEnd: false });
  await guardian.ask("POST", `${summary}/messages`, { id: uuidv7(), text: "谢谢老师" });
  const credentialId = uuidv7();
  const record = { questId: null, isNamed: false };
  await guardian.ask("PUT", `/students/${studentId}/credentials/${credentialId}`, record);
  const schoolKey = await world.database.read(school.id, (store) =>
    schoolKeys.signingKeyOf(store, school.id),
  );
  return {
    ...school,
    studentId,
    otherStudentId: second.id,
    teacherId: school.homeroom.membershipId,
    guardianId: school.guardian.membershipId,
    ...family,
    awardId: standing.id,
    voidedAwardId: mistaken.id,
    reminderId,
    watchPlanId,
    planId,
    setId,
    tileSetId,
    ...ofVoices,
    proposalId,
    thanksAwardId: thanks?.awardId ?? "",
    evidenceId,
    unboundEvidenceId,
    fileSha256: file[0]?.largeSha256 ?? "",
    wordReportId: wordReport?.id ?? "",
    boardLinkId,
    codeLinkId,
    importId,
    staffImportId,
    broughtId,
    dryRunId,
    ...(await placementsIn(world, school)),
    nextYearId: await fillNextYear(world, school),
    staffLinkId,
    ...(await fillSignIn(world, school)),
    recordedStudentId,
    requestId,
    incidentId: await fillIncidents(world, school),
    ...accessIds,
    classPointId,
    ...ownPlan,
    ...shelf,
    ...badgeIds,
    credentialId,
    schoolKeyId: schoolKey?.id ?? "",
    ...shop,
    scheme: await defaultScheme(),
    schemeId,
    replacedSchemeId,
    snapshot,
    ...(await fillRounds(world, school)),
    ratingRoundId: await fillRatings(world, school, teacher),
    ...(await fillFitness(world, school, recordedStudentId)),
  };
}

/** A year's fitness test, in which the first child ran and the second is exempt; and the year before, which has none. */
async function fillFitness(
  world: World,
  { id, admin, classId, yearId, children }: School,
  recordedStudentId: string,
) {
  await keepSexes(world, id, [[recordedStudentId, "girl"]]);
  const head = await clientOf(world, admin);
  await head.ask("PUT", "/fitness-test");
  const [first, second] = children;
  await head.ask("PUT", `/classes/${classId}/fitness`, {
    testedOn: DAY,
    values: [{ studentId: first!.id, item: "run-50", attempt: 1, value: 9.9 }],
  });
  const exemption = { studentId: second!.id, reason: "illness" };
  await head.ask("PUT", `/classes/${classId}/fitness/exemption`, exemption);
  const years = await world.database.read(id, (store) => directory.yearsIn(store, id));
  return { lastYearId: years.find((year) => year.id !== yearId)!.id };
}

/** An indicator worded by the school, and a round in which its homeroom teacher has rated the first child. */
async function fillRatings(world: World, { admin, classId, children }: School, teacher: Client) {
  const head = await clientOf(world, admin);
  await head.ask("PUT", "/rubrics/arts", { levels: builtInRubric("arts"), version: 0 });
  const ratingRoundId = uuidv7();
  await head.ask("PUT", `/rating-rounds/${ratingRoundId}`, { opensOn: DAY, closesOn: DAY });
  await teacher.ask("PUT", `/classes/${classId}/ratings/${ratingRoundId}`, {
    indicator: "arts",
    ratings: [{ studentId: children[0]!.id, level: 3 }],
  });
  return ratingRoundId;
}

/** A round of each kind with an answer, and a note that was changed. */
async function fillVoices(
  world: World,
  school: School,
  { teacher, student }: { teacher: Client; student: Client },
) {
  const [first, second] = school.children.map(({ id }) => id);
  const symbol = "sun";
  const together = { name: "第一组", symbol, studentIds: [first, second] };
  const inClass = `/classes/${school.classId}`;
  const groupSetId = uuidv7();
  await teacher.ask("PUT", `${inClass}/group-sets/${groupSetId}`, {
    name: "分组",
    groups: [together],
    version: 0,
  });
  const [voiceRoundId, peerRoundId, noteId] = [uuidv7(), uuidv7(), uuidv7()];
  const days = { opensOn: DAY, closesOn: DAY };
  await teacher.ask("PUT", `${inClass}/voice-rounds/${voiceRoundId}`, { kind: "self", ...days });
  await teacher.ask("PUT", `${inClass}/voice-rounds/${peerRoundId}`, { kind: "peer", groupSetId, ...days });
  await student.ask("PUT", `/students/${first}/self-voices/moral`, { level: 3 });
  const kind = { observationPointId: school.points.peers, starter: "thanks", words: "借我橡皮" };
  await student.ask("PUT", `/students/${first}/peer-voices/${second}`, kind);
  for (const words of ["举手一次", "举手两次"])
    await teacher.ask("PUT", `/students/${first}/notes/${noteId}`, { words, guardianMaySee: false });
  const said = await world.database.read(school.id, (store) =>
    voices.answersIn(store, school.id, [voiceRoundId, peerRoundId]),
  );
  const idOf = (of: "self" | "peer") => said.find((one) => one.kind === of)?.id ?? "";
  return { voiceRoundId, noteId, selfVoiceId: idOf("self"), peerVoiceId: idOf("peer") };
}

/**
 * A sentence of a subject teacher, a class returned with a remark, and two publications: one waits, one is under way. The
 * subject teacher leads the grade. A family reminded, its address, a mail to it that waits.
 */
async function fillRounds({ database }: World, school: School) {
  const { id, classId, otherClassId, termId } = school;
  const by = school.homeroom.membershipId;
  const [publicationId, underWayId, preparationId] = [uuidv7(), uuidv7(), uuidv7()];
  const subjectId = await database.write(id, async (store) => {
    const [subject] = await summaryRemarks.subjectsTaught(store, id, {
      membershipId: school.subject.membershipId,
      classId,
      day: DAY,
    });
    const studentId = school.children[0]!.id;
    const at = WORLD_NOW;
    await summaryRemarks.saveRemark(store, id, {
      termId,
      studentId,
      authorId: by,
      subjectId: subject!.id,
      text: "课上爱提问",
      from: 0,
      savedAt: at,
    });
    await summaryRounds.setReview(store, id, {
      termId,
      classId,
      state: "returned",
      remark: "请补充",
      changedBy: by,
      changedAt: at,
    });
    const remarks = [{ studentId, text: "说一件具体的事" }];
    const of = { termId, studentIds: [studentId] };
    await summaryRounds.replaceReviewRemarks(store, id, of, remarks, { writtenBy: by, writtenAt: at });
    const plan = { termId, publishAt: at, scheduledBy: by, scheduledAt: at };
    await summaryRounds.planPublication(store, id, {
      ...plan,
      classId,
      id: publicationId,
      planId: publicationId,
    });
    await summaryRounds.planPublication(store, id, { ...plan, classId: otherClassId, id: underWayId });
    await summaryRounds.beginPublication(store, id, underWayId);
    const begun = {
      id: preparationId,
      termId,
      classIds: [classId, otherClassId],
      startedBy: by,
      startedAt: at,
    };
    await summaryPreparations.beginPreparation(store, id, begun);
    return subject!.id;
  });
  const leadershipId = uuidv7();
  await database.write(id, async (store) => {
    const { school: s } = store.tables;
    await store.db.update(s).set({ reviewsSummaries: true }).where(eq(s.schoolId, id));
    await gradeLeaderships.addLeadership(store, id, {
      id: leadershipId,
      membershipId: school.subject.membershipId,
      academicYearId: school.yearId,
      grade: 3,
      startsOn: "2026-09-01",
      endsOn: "2027-07-09",
    });
  });
  const deliveryId = uuidv7();
  await database.write(id, async (store) => {
    const of = { guardianId: school.guardian.membershipId };
    const nudge = { id: uuidv7(), termId, studentId: school.children[0]!.id };
    await summaryNudges.addNudges(store, id, [{ ...nudge, nudgedBy: by, nudgedAt: WORLD_NOW }]);
    await mailAddresses.keepMailAddress(store, id, mailOf(of.guardianId));
    await deliveries.addDeliveries(store, id, [deliveryOf(of, deliveryId)]);
  });
  return { subjectId, publicationId, underWayId, preparationId, leadershipId, deliveryId };
}

async function placementsIn({ database }: World, { id, homeroom, children }: School) {
  return await database.read(id, async (store) => {
    const stays = await placements.staysOf(store, id, [children[0]!.id]);
    const of = { membershipId: homeroom.membershipId };
    const [assignment] = await directory.assignmentsIn(store, id, of);
    return { stayId: [...stays.values()][0]![0]!.id, assignmentId: assignment!.id };
  });
}

/** A year to come, and a pupil who is to go elsewhere than its class. @returns the year's id */
async function fillNextYear(world: World, school: School): Promise<string> {
  const admin = await clientOf(world, school.admin);
  const { toId } = await addNextYear(admin);
  const { draft: usual } = await admin.get<RollOver>("/office/roll-over");
  const choices = [{ studentId: school.children[0]!.id, nextId: usual.nextClasses[0]!.id }];
  await admin.ask("PUT", "/office/roll-over/draft", { version: 0, draft: { ...usual, choices } });
  return toId;
}

/** One import that is applied, and one that is only looked at. */
async function fillOffice(world: World, school: School) {
  const admin = await officeOf(world, school.admin);
  const file = csvOf([
    ["学号", "姓名", "班级", "学籍号", "家长姓名", "家长电话"],
    ["N1", "李梓涵", "三年级1班", nationalNo("2017-06-01", 4), "李妈妈", "13900000001"],
  ]);
  const { id } = await admin.bring(file);
  await admin.apply(id);
  const { id: dryRunId } = await admin.bring(file);
  const posts = [{ title: "三年级1班", subject: "音乐" }];
  const { id: staffImportId } = await admin.bring(
    packageOf(staffPackage([{ name: "郑洁", no: "T-1", posts }])),
  );
  await admin.apply(staffImportId);
  const { withoutAccount } = await admin.get<StaffAccounts>("/staff-accounts");
  return { importId: id, dryRunId, staffImportId, broughtId: withoutAccount[0]?.membershipId ?? "" };
}

/** A logo, lesson times, and a point that the class has of its own. */
async function fillSettings(world: World, school: School, teacher: Client): Promise<string> {
  const admin = await clientOf(world, school.admin);
  await world.app.server.inject({
    method: "PUT",
    url: "/api/v1/school-settings/logo",
    headers: { cookie: await world.signIn(school.admin), "content-type": "image/jpeg" },
    payload: await anotherPhoto(),
  });
  const { lessonTimesVersion: version } = await admin.get<SchoolSettings>("/school-settings");
  const lessonTimes = [usualDay()];
  await admin.ask("PUT", "/school-settings/lesson-times", { version, lessonTimes });
  const inClass = `/classes/${school.classId}/class-points`;
  const { indicators: under } = await teacher.get<ClassPoints>(inClass);
  const id = uuidv7();
  const point = { name: "给绿植浇水", kind: "behaviour", beans: 1, weeklyCap: 3 };
  await teacher.ask("PUT", `${inClass}/${id}`, { ...point, indicatorCode: under[0]?.code });
  return id;
}

/** A plan of a child's own, with a point that was awarded and a note. */
async function fillPlan(school: School, teacher: Client, studentId: string) {
  const { planId: ownPlanId, pointId: ownPointId } = await makePlan(teacher, studentId);
  const planNoteId = uuidv7();
  const note = { text: "今天自己换好了活动" };
  await teacher.ask("PUT", `/students/${studentId}/individual-plans/${ownPlanId}/notes/${planNoteId}`, note);
  await teacher.award(awardIn(school, WORLD_NOW, { studentId, observationPointId: ownPointId }));
  return { ownPlanId, ownPointId, planNoteId };
}

/** A badge striven for, one earned and not seen, a draft, and a goal of the first child's. */
async function fillBadges(world: World, school: School, teacher: Client) {
  const admin = await clientOf(world, school.admin);
  const studentId = school.children[0]!.id;
  const put = async (code: string, isPublished: boolean) => {
    const { id, ...content } = badgeDraft(uuidv7(), code);
    await admin.ask("PUT", `/badges/${id}`, content);
    if (isPublished) await admin.ask("POST", `/badges/${id}/publish`);
    return id;
  };
  const strive = async (badgeId: string) => {
    const questId = uuidv7();
    await teacher.ask("PUT", `/students/${studentId}/badge-quests/${questId}`, { badgeId });
    return questId;
  };
  const badgeId = await put("kind-hand", true);
  const badgeDraftId = await put("waits", false);
  const questId = await strive(badgeId);
  const earnedQuestId = await strive(await put("earned", true));
  await teacher.ask("POST", `/classes/${school.classId}/badges/confirm`, { questIds: [earnedQuestId] });
  const goalId = uuidv7();
  const goal = { text: "每天整理书包", pointCode: null, steps: 5, reviewOn: "2026-12-01" };
  await teacher.ask("PUT", `/students/${studentId}/goals/${goalId}`, goal);
  return { badgeId, badgeDraftId, questId, earnedQuestId, goalId };
}

/** Offers of school and class, a shopkeeper, and a child that waits for something and saves for it. */
async function fillShop(world: World, school: School, teacher: Client) {
  const admin = await clientOf(world, school.admin);
  const student = await clientOf(world, school.student);
  const { classId, children } = school;
  const studentId = children[0]!.id;
  await admin.ask("PUT", "/reward-shop", { isOn: true });
  const [rewardId, wishId] = [uuidv7(), uuidv7()];
  const offer = { ...newReward(), price: 1 };
  await admin.ask("PUT", `/rewards/${rewardId}`, offer);
  await teacher.ask("PUT", `/classes/${classId}/rewards/${uuidv7()}`, offer);
  await teacher.ask("PUT", `/classes/${classId}/shopkeepers`, { studentIds: [studentId] });
  await teacher.award(awardIn(school, WORLD_NOW, { studentId, points: 3 }));
  const wish = { id: wishId, rewardId, price: 1 };
  await student.ask("POST", `/students/${studentId}/reward-requests`, wish);
  await student.ask("PUT", `/students/${studentId}/reward-saving`, { rewardId });
  return { rewardId, wishId };
}

/** A version that replaced the term's first one, and a draft of the next. */
async function fillScheme(world: World, school: School): Promise<[string, string]> {
  const admin = await clientOf(world, school.admin);
  const { inForce } = await admin.get<SchemeOverview>("/indicator-schemes");
  await admin.ask("POST", "/scheme-draft", { from: inForce! });
  const { body } = await admin.ask("POST", "/scheme-draft/publish", { version: 1, termId: school.termId });
  await admin.ask("POST", "/scheme-draft", { from: "built-in" });
  return [inForce!, (JSON.parse(body) as SchemePublished).schemeId];
}

/** An invitation that waits, one that was used, and a reset that waits. */
function signInLink(id: string, subject: string) {
  const about = { providerId: "campus", issuer: "https://id.example.edu.cn", shownAs: "某老师" };
  return { ...about, id, subject, askedAt: WORLD_NOW, decidedAt: null, usedAt: null };
}

/** A provider that the school uses, a teacher who is known there, and somebody who waits to be. */
async function fillSignIn(world: World, school: School) {
  const signInLinkId = uuidv7();
  return await world.database.write(school.id, async (store) => {
    await signInProviders.setSignInRule(store, school.id, {
      providerId: "campus",
      way: "approve",
      claim: null,
      isSecondFactor: false,
      decidedBy: school.admin.membershipId,
      decidedAt: WORLD_NOW,
    });
    const waiting = { ...signInLink(signInLinkId, "waits"), state: "waits", membershipId: null } as const;
    const { membershipId } = school.outsider;
    const linked = { ...signInLink(uuidv7(), "known"), state: "linked", membershipId } as const;
    for (const link of [waiting, linked]) await signInProviders.putSignInLink(store, school.id, link);
    const members = await store.db.select().from(store.tables.membership);
    const linkedAccountId = members.find(({ id }) => id === membershipId)?.accountId ?? "";
    return { signInLinkId, linkedAccountId };
  });
}

async function fillStaff(world: World, school: School): Promise<string> {
  const admin = await clientOf(world, school.admin);
  const invite = async (name: string) => {
    const { body } = await admin.ask("POST", "/staff-accounts/invitations", { name, role: "teacher" });
    return JSON.parse(body) as { link: { id: string }; token: string };
  };
  const [waiting, used] = [await invite("新老师"), await invite("来了的老师")];
  await world.app.server.inject({
    method: "POST",
    url: "/api/v1/staff-links/use",
    payload: { token: used.token, login: `new.${school.id}`, password: "竹林 windows 七月 river" },
  });
  await admin.ask("POST", `/staff-accounts/${school.subject.membershipId}/reset`, {});
  return waiting.link.id;
}

/** A letter of the second child that opens, and somebody who has joined the third and was removed. */
async function fillGuardians(world: World, school: School, teacher: Client) {
  const [first, second, third] = school.children.map(({ id }) => id);
  if (first === undefined || second === undefined || third === undefined)
    throw new Error("a school of three");
  const [code = ""] = await printLetters(teacher, school.classId, third);
  await joinAs(world, code, { name: "陈爸爸" });
  const known = await world.database.read(school.id, (store) =>
    guardians.guardiansOf(store, school.id, [first, third]),
  );
  const of = (studentId: string) => known.find((guardian) => guardian.studentId === studentId);
  const admin = await clientOf(world, school.admin);
  const removal = `/students/${third}/guardians/${of(third)?.guardianshipId}/removal`;
  await admin.ask("POST", removal, { reason: "custody", note: "按法院通知" });
  await printLetters(teacher, school.classId, second);
  const letters = await world.database.read(
    school.id,
    async ({ db, tables: { guardianLetter } }) => await db.select().from(guardianLetter),
  );
  const letterId = letters.find(({ studentId }) => studentId === second)?.id ?? "";
  const { guardianshipId = "", accountId } = of(first) ?? {};
  return { letterId, guardianshipId, guardianAccountId: accountId ?? "" };
}

async function fillBoard(world: World, school: School, teacher: Client): Promise<[string, string]> {
  await agreeToBoard(world.database, school, school.children.slice(0, 1));
  const goal = { text: "互相帮一把", dimension: null, target: 50 };
  await teacher.ask("PUT", `/classes/${school.classId}/goal`, goal);
  const open = async (way: string): Promise<string> => {
    const link = { way, showsNumbers: true };
    const { body } = await teacher.ask("POST", `/classes/${school.classId}/board-links`, link);
    return (JSON.parse(body) as { link: { id: string } }).link.id;
  };
  return [await open("here"), await open("code")];
}

/** An officer, a request that waits, a child with a record at the office and a card, and one that was erased. */
async function fillPrivacy(world: World, school: School, teacher: Client): Promise<[string, string]> {
  const admin = await clientOf(world, school.admin);
  const guardian = await clientOf(world, school.guardian);
  const [first] = school.children;
  await admin.ask("PUT", "/privacy/officer", { was: null, officer: { name: "沈老师", contact: "教务处" } });
  const requestId = uuidv7();
  const request = { id: requestId, kind: "correct", text: "名字写错了" };
  await guardian.ask("POST", `/students/${first?.id}/privacy-requests`, request);
  await teacher.ask("POST", `/classes/${school.classId}/cards`, { studentIds: [first?.id] });
  return await world.database.write(EVERY_SCHOOL, async ({ db, tables: t }) => {
    const id = uuidv7();
    const gone = { studentNo: uuidv7(), name: "走了", pinyin: "", createdAt: WORLD_NOW };
    await db.insert(t.student).values({ schoolId: school.id, id, ...gone });
    await db.insert(t.erasure).values({
      schoolId: school.id,
      studentId: id,
      ground: "retention",
      erasedBy: school.admin.membershipId,
      erasedAt: WORLD_NOW,
    });
    const records = await db.select().from(t.studentRecord);
    return [records.find(({ schoolId }) => schoolId === school.id)?.studentId ?? "", requestId];
  });
}

async function fillIncidents(world: World, school: School): Promise<string> {
  const started = newIncident();
  await (await clientOf(world, school.admin)).ask("POST", "/privacy/incidents", started);
  return started.id;
}

async function fillAccess(world: World, school: School) {
  const openAccessId = await letRead(world, school, school.outsider);
  const waiting = asking(school, { child: school.children[1]?.name, reason: "交接" });
  const outsider = await clientOf(world, school.outsider);
  await outsider.ask("POST", "/access", waiting);
  const emergencyId = uuidv7();
  const child = school.children[0]?.name;
  const emergency = {
    id: emergencyId,
    classId: school.classId,
    child,
    reason: "找不到人",
    password: PASSWORD,
  };
  await outsider.ask("POST", "/access/emergency", emergency);
  return { openAccessId, waitingAccessId: waiting.id, emergencyId };
}

/** Copies every row of a school to another school's id, keeping all other ids; what people read is marked as the twin's. */
async function copySchool(store: Store, from: string, to: string): Promise<void> {
  for (const name of inOrderOfReference()) {
    const table = store.tables[name] as unknown as SQLiteTable;
    const rows = (await store.db.select().from(table)).filter((row) => row["schoolId"] === from);
    for (const row of rows) {
      const words = Object.entries(row).map(([column, value]) => [
        column,
        isWords(column) ? `孪生${String(value)}` : value,
      ]);
      await store.db.insert(table).values({ ...Object.fromEntries(words), schoolId: to });
    }
  }
}

/** `code` only where it is a school's: it is unique among all of them. */
function isWords(column: string): boolean {
  return [
    "name",
    "displayName",
    "nameZh",
    "nameEn",
    "comment",
    "note",
    "text",
    "reason",
    "code",
    "method",
    "words",
  ].includes(column);
}

/** Tables of schools, each after those it refers to. */
function inOrderOfReference(): (keyof Tables)[] {
  const names = Object.keys(tables) as (keyof Tables)[];
  const nameOf = new Map<unknown, keyof Tables>(names.map((name) => [tables[name], name]));
  const ordered = new Set<keyof Tables>();
  const add = (name: keyof Tables): void => {
    if (ordered.has(name)) return;
    for (const key of getTableConfig(tables[name]).foreignKeys) {
      const target = nameOf.get(key.reference().foreignTable);
      if (target !== undefined && target !== name) add(target);
    }
    ordered.add(name);
  };
  names.forEach(add);
  return [...ordered].filter((name) => "schoolId" in tables[name]);
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === 0) return true;
  if (value instanceof Date) return false;
  if (value instanceof Map || value instanceof Set) return value.size === 0;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && value !== null && Object.values(value).every(isNothing);
}

function asText(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      part instanceof Map || part instanceof Set ? [...part] : part,
    ) ?? ""
  );
}
