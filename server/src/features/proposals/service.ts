/**
 * What children tell: an award a child proposes to itself, and thanks to a classmate; and what a guardian saw at home.
 * Nobody else tells, only while it is in a class in term, a few a day; nothing counts before its homeroom teacher has said yes (answering.ts).
 * Of classmates a child is told the name and nothing else.
 */
import { v7 as uuidv7 } from "uuid";
import type { Store } from "@doudou/db/engines/database.ts";
import { enrollmentsOf, studentsOfClass } from "@doudou/db/repositories/people.ts";
import {
  addProposal,
  deleteProposals,
  type NewProposal,
  type ProposalLine,
  proposalsByIds,
  settleProposal,
  toldBy,
  toldOn,
} from "@doudou/db/repositories/proposals.ts";
import { type FramePoint, type SchoolFrame, type SchoolTerm } from "@doudou/db/repositories/schools.ts";
import type { ClassRef } from "@doudou/shared/contract/common.ts";
import type {
  Told,
  Telling,
  TellingDesk,
  TellingPoint,
  TellingResult,
  TellingWithdrawn,
} from "@doudou/shared/contract/proposals.ts";
import { addDays, localDayOf, startOfDay } from "@doudou/shared/domain/calendar.ts";
import { awardObstacle } from "@doudou/shared/domain/indicators.ts";
import {
  type ProposalVoice,
  DECLINE_PHRASES,
  leftToTell,
  tellingObstacle,
} from "@doudou/shared/domain/proposals.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import { unkindWordIn } from "@doudou/shared/domain/unkind-words.ts";
import { covers, type Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { deleteOfEndedTerms } from "../schools/service.ts";

/** How far a child looks back on what it told. */
const SHOWN_DAYS = 14;

/** What the child may tell today, to whom, and what came of what it told. */
export async function tellingDesk(deps: Deps, grant: Grant, studentId: string): Promise<TellingDesk> {
  const { schoolId } = grant;
  const teller = tellerOf(grant, studentId);
  const isChild = teller.guardianId === null;
  const frame = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), frame.timeZone);
  const term = termOn(today, frame.terms);
  return await deps.database.read(schoolId, async (store) => {
    const own = await classOn(store, schoolId, studentId, today);
    const told = await toldBy(store, schoolId, teller, addDays(today, -SHOWN_DAYS));
    const ofToday = await toldOn(store, schoolId, teller, today);
    const classmates = own && isChild ? await studentsOfClass(store, schoolId, own.id, today) : [];
    const pointsFor = (voice: ProposalVoice) =>
      own && term && isChild === (voice !== "guardian") ? pointsOf(frame, term, own, voice) : [];
    return {
      canTell: own !== undefined && term !== undefined,
      left: {
        self: leftToTell(ofToday, "self"),
        peer: leftToTell(ofToday, "peer"),
        guardian: leftToTell(ofToday, "guardian"),
      },
      points: { self: pointsFor("self"), peer: pointsFor("peer"), guardian: pointsFor("guardian") },
      classmates: classmates
        .filter(({ id }) => id !== studentId)
        .map(({ id, name }) => {
          const next = { voice: "peer", studentId: id } as const;
          return { id, name, isThankedToday: tellingObstacle(ofToday, next) === "thanks-to-one-enough" };
        }),
      told: told.flatMap((line) => toldView(line, frame) ?? []),
    };
  });
}

/** Who speaks: the child of the address, or a guardian of it. */
function tellerOf({ membershipId, standings }: Grant, fromId: string) {
  const isChild = isGranted("proposal.tell-as-child", standings);
  const isGuardian = !isChild && isGranted("proposal.tell-as-guardian", standings);
  return { fromId, guardianId: isGuardian ? membershipId : null };
}

/** What a child may know of what it told: thanks that a teacher kept to itself are `seen`. */
function toldView(line: ProposalLine, frame: SchoolFrame): Told | undefined {
  const { id, voice, studentName, text: words, day, state, phrase } = line;
  const point = frame.points.get(line.observationPointId);
  if (!point || state === "withdrawn") return undefined;
  return {
    id,
    voice,
    to: voice === "peer" ? studentName : null,
    dimension: point.dimension,
    point: point.name,
    words,
    day,
    state: voice !== "self" && state === "declined" ? "seen" : state,
    answer: voice === "self" && phrase !== null ? DECLINE_PHRASES[phrase] : null,
  };
}

/** Points that a child may tell of: of its voice and grade, and given without a picture. */
function pointsOf(
  frame: SchoolFrame,
  term: SchoolTerm,
  { grade }: ClassRef,
  voice: ProposalVoice,
): TellingPoint[] {
  return [...frame.points.values()]
    .filter((point) => point.schemeId === term.schemeId && obstacleTo(point, grade, voice) === undefined)
    .map(({ id, dimension, name }) => ({ id, dimension, name }));
}

function obstacleTo(point: FramePoint, grade: number, voice: ProposalVoice) {
  const obstacle = awardObstacle({
    point,
    grade,
    isSelf: voice === "self",
    isPeer: voice === "peer",
    isGuardian: voice === "guardian",
  });
  return obstacle ?? (point.evidence === "required" ? "giver" : undefined);
}

/**
 * Keeps what a child tells, for its homeroom teacher to read. The award it may become has its id from here on.
 * @throws Problem outside-term, classmate-not-found, observation-point-not-found, observation-point-not-for-grade,
 * observation-point-not-for-role, proposal-without-words, words-unkind, proposal-enough, thanks-enough, thanks-to-one-enough,
 * proposal-id-conflict
 */
export async function tell(
  deps: Deps,
  grant: Grant,
  fromId: string,
  { id, voice, toStudentId, observationPointId, words }: Telling,
): Promise<TellingResult> {
  const { schoolId } = grant;
  const teller = tellerOf(grant, fromId);
  if ((voice === "guardian") !== (teller.guardianId !== null)) throw new Problem("forbidden");
  const frame = await deps.frames.of(schoolId);
  const toldAt = deps.now();
  const day = localDayOf(toldAt.getTime(), frame.timeZone);
  const term = termOn(day, frame.terms);
  if (!term) throw new Problem("outside-term");
  const tomorrow = startOfDay(addDays(day, 1), frame.timeZone);
  const secondsToTomorrow = Math.ceil((tomorrow - toldAt.getTime()) / 1000);
  const text = words.trim().toWellFormed();
  if (text === "") throw new Problem("proposal-without-words");
  if (voice === "peer" && unkindWordIn(text) !== undefined) throw new Problem("words-unkind");
  const studentId = voice === "peer" ? (toStudentId ?? "") : fromId;

  return await deps.database.write(schoolId, async (store) => {
    // What a child tells at the same moment waits, so that the day's are counted right.
    await store.lock([`${schoolId}/proposals/${fromId}`]);
    const own = await classOn(store, schoolId, fromId, day);
    if (!own) throw new Problem("outside-term");
    await refuseStranger(store, schoolId, { voice, fromId, studentId }, own, day);
    refusePoint(frame.points.get(observationPointId), term, own, voice);
    const sent: NewProposal = {
      id,
      voice,
      ...teller,
      studentId,
      classId: own.id,
      termId: term.id,
      observationPointId,
      text,
      day,
      toldAt,
      awardId: uuidv7({ msecs: toldAt.getTime() }),
    };
    const [kept] = await proposalsByIds(store, schoolId, [id]);
    if (kept) return repeated(kept, sent);
    const obstacle = tellingObstacle(await toldOn(store, schoolId, teller, day), { voice, studentId });
    if (obstacle !== undefined) throw new Problem(obstacle, { retryAfter: secondsToTomorrow });
    if (!(await addProposal(store, schoolId, sent))) throw new Problem("proposal-id-conflict");
    return { id, status: "recorded" };
  });
}

/** Thanks are for somebody else who is in the same class now. */
async function refuseStranger(
  store: Store,
  schoolId: string,
  { voice, fromId, studentId }: Pick<NewProposal, "voice" | "fromId" | "studentId">,
  own: ClassRef,
  day: string,
): Promise<void> {
  if (voice !== "peer") return;
  const theirs = await classOn(store, schoolId, studentId, day);
  if (studentId === fromId || theirs?.id !== own.id) throw new Problem("classmate-not-found");
}

function refusePoint(
  point: FramePoint | undefined,
  term: SchoolTerm,
  { grade }: ClassRef,
  voice: ProposalVoice,
): void {
  if (!point || point.schemeId !== term.schemeId) throw new Problem("observation-point-not-found");
  const obstacle = obstacleTo(point, grade, voice);
  if (obstacle === undefined) return;
  throw new Problem(
    obstacle === "grade" ? "observation-point-not-for-grade" : "observation-point-not-for-role",
  );
}

function repeated(kept: NewProposal, sent: NewProposal): TellingResult {
  const isSame =
    kept.voice === sent.voice &&
    kept.fromId === sent.fromId &&
    kept.guardianId === sent.guardianId &&
    kept.studentId === sent.studentId &&
    kept.observationPointId === sent.observationPointId &&
    kept.text === sent.text;
  if (!isSame) throw new Problem("proposal-id-conflict");
  return { id: sent.id, status: "duplicate" };
}

/** Whoever told it takes back what nobody has answered. @throws Problem proposal-not-found, proposal-answered */
export async function withdraw(
  deps: Deps,
  grant: Grant,
  fromId: string,
  id: string,
): Promise<TellingWithdrawn> {
  const { schoolId } = grant;
  const { guardianId } = tellerOf(grant, fromId);
  return await deps.database.write(schoolId, async (store) => {
    const [kept] = await proposalsByIds(store, schoolId, [id]);
    if (kept?.fromId !== fromId || kept.guardianId !== guardianId) throw new Problem("proposal-not-found");
    if (kept.state === "withdrawn") return { id, status: "duplicate" };
    const settled = { state: "withdrawn", phrase: null, settledAt: deps.now(), settledBy: null } as const;
    if (!(await settleProposal(store, schoolId, id, settled))) throw new Problem("proposal-answered");
    return { id, status: "withdrawn" };
  });
}

async function classOn(
  store: Store,
  schoolId: string,
  studentId: string,
  day: string,
): Promise<ClassRef | undefined> {
  if (studentId === "") return undefined;
  const enrolled = (await enrollmentsOf(store, schoolId, [studentId])).find((e) => covers(e, day));
  return enrolled && { id: enrolled.class.id, name: enrolled.class.name, grade: enrolled.class.grade };
}

/**
 * Deletes what children told in terms that are over and that did not become an award, a bounded number in each write.
 * Thanks that became one stay: they are where its reader learns whom it is from.
 * @returns how many
 */
export async function deleteOldProposals(deps: Deps): Promise<number> {
  return await deleteOfEndedTerms(deps, SHOWN_DAYS, deleteProposals);
}
