/**
 * Every call the pages make, typed by the contract. One function a call, nothing kept, nothing decided.
 * Imports types only: no schema reaches the browser.
 */
import type { AbsenceMark, Absences } from "@doudou/shared/contract/absences.ts";
import type { Attention } from "@doudou/shared/contract/attention.ts";
import type {
  AwardInput,
  AwardResults,
  LedgerPage,
  OwnRecent,
  TimelineQuery,
  VoidAwards,
  VoidRecent,
  VoidResults,
} from "@doudou/shared/contract/awards.ts";
import type {
  Board,
  BoardLinks,
  BoardScreen,
  ClassGoalInput,
  ClassGoalOfWeek,
  NewBoardLink,
  OpenBoard,
  OpenedBoardLink,
} from "@doudou/shared/contract/board.ts";
import type {
  CardSignIn,
  CardView,
  ClassCards,
  IssueCards,
  IssuedCards,
  ShownCard,
} from "@doudou/shared/contract/cards.ts";
import type { AwardablePoints, ClassList, Roster } from "@doudou/shared/contract/classes.ts";
import type { GroupSet, GroupSetDraft, GroupSets, KeptApart } from "@doudou/shared/contract/groups.ts";
import type { PictureSize, UploadedEvidence } from "@doudou/shared/contract/evidence.ts";
import type { Portfolio } from "@doudou/shared/contract/growth.ts";
import type {
  AnswerProposals,
  AnswerResults,
  ClassProposals,
  Telling,
  TellingDesk,
  TellingResult,
  TellingWithdrawn,
} from "@doudou/shared/contract/proposals.ts";
import type {
  ReminderInput,
  ReminderList,
  ReminderResult,
  WithdrawResult,
} from "@doudou/shared/contract/reminders.ts";
import type { SeatingPlan, SeatingPlanDraft, SeatingPlans } from "@doudou/shared/contract/seating.ts";
import type { Account, AccountChange, SessionView, SignIn } from "@doudou/shared/contract/session.ts";
import type {
  ClassSummaries,
  CommentDraft,
  CommentSaved,
  PublishedSummary,
  SummaryList,
  TermSummary,
} from "@doudou/shared/contract/summaries.ts";
import type { Lift, PinSignIn, TabletTeachers } from "@doudou/shared/contract/tablets.ts";
import type { TileSetInput } from "@doudou/shared/contract/tile-sets.ts";
import { ProblemError } from "./problem.ts";
import { addressOf, request } from "./request.ts";

type Signal = AbortSignal | undefined;

export function signIn(input: SignIn): Promise<SessionView> {
  return request("/session", { method: "POST", body: input });
}

/** @throws ProblemError pin-wrong with the tries left, pin-exhausted; OfflineError */
export function signInByPin(input: PinSignIn, signal?: Signal): Promise<SessionView> {
  return request("/session/pin", { method: "POST", body: input, signal });
}

/** Teachers who agreed to be remembered on this tablet. */
export function readTabletTeachers(signal?: Signal): Promise<TabletTeachers> {
  return request("/tablet", { signal });
}

export function choosePin(password: string, pin: string): Promise<void> {
  return request("/tablet/pin", { method: "PUT", body: { password, pin } });
}

/** The caller is no longer remembered on this tablet. */
export function forgetTabletPin(): Promise<void> {
  return request("/tablet/pin", { method: "DELETE" });
}

/** Lifts for some minutes what confines the session on a shared tablet. */
export function liftSession(proof: Lift): Promise<SessionView> {
  return request("/session/lift", { method: "POST", body: proof });
}

export function confineSession(): Promise<void> {
  return request("/session/lift", { method: "DELETE" });
}

/** @param accountId whose session it is */
export function lockSession(accountId: string): Promise<void> {
  return request("/session/lock", { method: "POST", accountId });
}

/** What a child's card asks for next. */
export function lookAtCard(card: ShownCard): Promise<CardView> {
  return request("/session/card/look", { method: "POST", body: card });
}

export function signInByCard(input: CardSignIn): Promise<SessionView> {
  return request("/session/card", { method: "POST", body: input });
}

/** Who is signed in; null where nobody is. */
export async function readSession(signal?: Signal): Promise<SessionView | null> {
  try {
    return await request<SessionView>("/session", { signal });
  } catch (failure) {
    if (failure instanceof ProblemError && failure.status === 401) return null;
    throw failure;
  }
}

/** @param accountId who signs out, if not whose page it is */
export function signOut(accountId?: string): Promise<void> {
  return request("/session", { method: "DELETE", ...(accountId === undefined ? {} : { accountId }) });
}

export function changeAccount(change: AccountChange): Promise<Account> {
  return request("/account", { method: "PATCH", body: change });
}

export function readClasses(signal?: Signal): Promise<ClassList> {
  return request("/classes", { signal });
}

export function readRoster(classId: string, signal?: Signal): Promise<Roster> {
  return request(`/classes/${classId}/roster`, { signal });
}

export function readAwardablePoints(classId: string, signal?: Signal): Promise<AwardablePoints> {
  return request("/observation-points", { query: { classId }, signal });
}

/**
 * Who is absent today, or here after all; sending a mark again changes nothing.
 * @param accountId whose marks they are: refused where somebody else is signed in
 */
export function markAbsences(
  classId: string,
  marks: readonly AbsenceMark[],
  accountId: string,
  signal?: Signal,
): Promise<Absences> {
  return request(`/classes/${classId}/absences`, { method: "POST", body: { marks }, accountId, signal });
}

export function readSeating(classId: string, signal?: Signal): Promise<SeatingPlans> {
  return request(`/classes/${classId}/seating-plans`, { signal });
}

/** @param id made once by the client @param draft with the version it was made from */
export function saveSeatingPlan(classId: string, id: string, draft: SeatingPlanDraft): Promise<SeatingPlan> {
  return request(`/classes/${classId}/seating-plans/${id}`, { method: "PUT", body: draft });
}

export function deleteSeatingPlan(classId: string, id: string, version: number): Promise<void> {
  const query = { version: String(version) };
  return request(`/classes/${classId}/seating-plans/${id}`, { method: "DELETE", query });
}

export function readGroups(classId: string, signal?: Signal): Promise<GroupSets> {
  return request(`/classes/${classId}/group-sets`, { signal });
}

/** @param id made once by the client @param draft with the version it was made from */
export function saveGroupSet(classId: string, id: string, draft: GroupSetDraft): Promise<GroupSet> {
  return request(`/classes/${classId}/group-sets/${id}`, { method: "PUT", body: draft });
}

export function deleteGroupSet(classId: string, id: string, version: number): Promise<void> {
  const query = { version: String(version) };
  return request(`/classes/${classId}/group-sets/${id}`, { method: "DELETE", query });
}

/** Pairs kept apart when groups are made: for the group editor alone, never kept on the device. */
export function readKeptApart(classId: string, signal?: Signal): Promise<KeptApart> {
  return request(`/classes/${classId}/kept-apart`, { signal });
}

export function changeApart(
  classId: string,
  [one, other]: readonly [string, string],
  areApart: boolean,
): Promise<void> {
  return request(`/classes/${classId}/kept-apart/${one}/${other}`, { method: areApart ? "PUT" : "DELETE" });
}

/** The caller's own attention in a class; nobody can ask for another's. */
export function readAttention(classId: string, signal?: Signal): Promise<Attention> {
  return request(`/classes/${classId}/attention`, { signal });
}

export function readReminders(studentId: string, signal?: Signal): Promise<ReminderList> {
  return request(`/students/${studentId}/reminders`, { signal });
}

/** @param reminder with an id made once: sending it again changes nothing */
export function writeReminder(studentId: string, reminder: ReminderInput): Promise<ReminderResult> {
  return request(`/students/${studentId}/reminders`, { method: "POST", body: reminder });
}

export function withdrawReminder(studentId: string, id: string): Promise<WithdrawResult> {
  return request(`/students/${studentId}/reminders/${id}/withdraw`, { method: "POST" });
}

export function readClassCards(classId: string, signal?: Signal): Promise<ClassCards> {
  return request(`/classes/${classId}/cards`, { signal });
}

/** Issues new cards. The codes are in this answer and in no other; former cards of these children are dead. */
export function issueCards(classId: string, input: IssueCards): Promise<IssuedCards> {
  return request(`/classes/${classId}/cards`, { method: "POST", body: input });
}

export function resetCardPin(studentId: string): Promise<void> {
  return request(`/students/${studentId}/card/pin`, { method: "DELETE" });
}

export function readTellingDesk(studentId: string, signal?: Signal): Promise<TellingDesk> {
  return request(`/students/${studentId}/proposals`, { signal });
}

/** @param telling with an id made once: sending it again changes nothing */
export function tell(studentId: string, telling: Telling): Promise<TellingResult> {
  return request(`/students/${studentId}/proposals`, { method: "POST", body: telling });
}

export function withdrawTelling(studentId: string, id: string): Promise<TellingWithdrawn> {
  return request(`/students/${studentId}/proposals/${id}/withdraw`, { method: "POST" });
}

export function readClassProposals(classId: string, signal?: Signal): Promise<ClassProposals> {
  return request(`/classes/${classId}/proposals`, { signal });
}

/** Answering the same again changes nothing: what was accepted is one award. */
export function answerProposals(classId: string, input: AnswerProposals): Promise<AnswerResults> {
  return request(`/classes/${classId}/proposals/answers`, { method: "POST", body: input });
}

/** Keeps a point at hand for the caller, or no longer. */
export function changeFavourite(observationPointId: string, isFavourite: boolean): Promise<void> {
  return request(`/observation-points/${observationPointId}/favourite`, {
    method: isFavourite ? "PUT" : "DELETE",
  });
}

/** What the caller gave in a class in the last minutes and still stands. */
export function readOwnRecent(classId: string, minutes: number): Promise<OwnRecent> {
  return request(`/classes/${classId}/awards/own-recent`, { query: { minutes: String(minutes) } });
}

/** Safe to send again: `before` names the same stretch of time. */
export function voidRecent(classId: string, input: VoidRecent): Promise<VoidResults> {
  return request(`/classes/${classId}/awards/void-recent`, { method: "POST", body: input });
}

/** Keeps one of the caller's own sets of tiles, new or written over. @param classId any class of its school */
export function keepTileSet(classId: string, id: string, set: TileSetInput): Promise<void> {
  return request(`/tile-sets/${id}`, { method: "PUT", query: { classId }, body: set });
}

export function dropTileSet(classId: string, id: string): Promise<void> {
  return request(`/tile-sets/${id}`, { method: "DELETE", query: { classId } });
}

/** The latest awards of a class, newest first. @param limit 1–100 */
export function readClassAwards(classId: string, limit: number, signal?: Signal): Promise<LedgerPage> {
  return request(`/classes/${classId}/awards`, { query: { limit: String(limit) }, signal });
}

/**
 * @param awards 1–500, each with the id made at the tap: sending one again changes nothing
 * @param accountId whose awards they are: refused where somebody else is signed in
 */
export function recordAwards(
  awards: readonly AwardInput[],
  accountId: string,
  signal?: Signal,
): Promise<AwardResults> {
  return request("/awards", { method: "POST", body: { awards }, accountId, signal });
}

/** @param accountId whose voids they are: refused where somebody else is signed in */
export function voidAwards(input: VoidAwards, accountId: string, signal?: Signal): Promise<VoidResults> {
  return request("/awards/void", { method: "POST", body: input, accountId, signal });
}

/**
 * Uploads a picture before the awards that name it; sending it again changes nothing.
 * @param picture with an id made once, whose it is, and the children on it
 */
export function uploadEvidence(
  picture: {
    readonly id: string;
    readonly accountId: string;
    readonly studentIds: readonly string[];
    readonly blob: Blob;
  },
  signal?: Signal,
): Promise<UploadedEvidence> {
  const { id, accountId, studentIds, blob } = picture;
  const query = { studentIds: studentIds.join(",") };
  return request(`/evidence/${id}`, { method: "PUT", query, body: blob, accountId, signal });
}

export function evidenceAddress(studentId: string, evidenceId: string, size: PictureSize): string {
  return addressOf(`/students/${studentId}/evidence/${evidenceId}`, { size });
}

/** @param termId the current term if left out */
export function readPortfolio(studentId: string, termId?: string, signal?: Signal): Promise<Portfolio> {
  return request(`/students/${studentId}/portfolio`, { query: { termId }, signal });
}

/** @param query which part of it, and where the page before ended */
export function readTimeline(
  studentId: string,
  { hasPicture, ...query }: TimelineQuery = {},
  signal?: Signal,
): Promise<LedgerPage> {
  const asked = { ...query, hasPicture: hasPicture === true ? "true" : undefined };
  return request(`/students/${studentId}/timeline`, { query: asked, signal });
}

export function readSummaryList(studentId: string, signal?: Signal): Promise<SummaryList> {
  return request(`/students/${studentId}/summaries`, { signal });
}

export function readTermSummary(studentId: string, termId: string, signal?: Signal): Promise<TermSummary> {
  return request(`/students/${studentId}/summaries/${termId}`, { signal });
}

/** @param revision the latest if left out */
export function termSummaryPdfAddress(studentId: string, termId: string, revision?: number): string {
  return addressOf(`/students/${studentId}/summaries/${termId}/pdf`, { revision: revision?.toString() });
}

/** @param termId the current term if left out */
export function readClassSummaries(
  classId: string,
  termId?: string,
  signal?: Signal,
): Promise<ClassSummaries> {
  return request(`/classes/${classId}/summaries`, { query: { termId }, signal });
}

export function classSummariesPdfAddress(classId: string, termId: string): string {
  return addressOf(`/classes/${classId}/summaries/pdf`, { termId });
}

export function saveComment(studentId: string, termId: string, draft: CommentDraft): Promise<CommentSaved> {
  return request(`/students/${studentId}/summaries/${termId}/comment`, { method: "PUT", body: draft });
}

export function publishSummary(studentId: string, termId: string): Promise<PublishedSummary> {
  return request(`/students/${studentId}/summaries/${termId}/publish`, { method: "POST" });
}

export function readBoardLinks(classId: string, signal?: Signal): Promise<BoardLinks> {
  return request(`/classes/${classId}/board-links`, { signal });
}

/** Its token, or its code, is told this once. */
export function openBoardLink(classId: string, link: NewBoardLink): Promise<OpenedBoardLink> {
  return request(`/classes/${classId}/board-links`, { method: "POST", body: link });
}

export function endBoardLink(classId: string, linkId: string): Promise<void> {
  return request(`/classes/${classId}/board-links/${linkId}`, { method: "DELETE" });
}

export function readGoal(classId: string, signal?: Signal): Promise<ClassGoalOfWeek> {
  return request(`/classes/${classId}/goal`, { signal });
}

export function setGoal(classId: string, goal: ClassGoalInput): Promise<ClassGoalOfWeek> {
  return request(`/classes/${classId}/goal`, { method: "PUT", body: goal });
}

export function dropGoal(classId: string): Promise<void> {
  return request(`/classes/${classId}/goal`, { method: "DELETE" });
}

/** Opens a board on this screen: from then on its cookie goes along. */
export function openBoard(opening: OpenBoard): Promise<BoardScreen> {
  return request("/board", { method: "POST", body: opening });
}

export function readBoard(linkId: string, signal?: Signal): Promise<Board> {
  return request(`/board/${linkId}`, { signal });
}
