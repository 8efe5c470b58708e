/**
 * The homeroom teacher opens rounds in which children speak of themselves and of group mates, reads what they said, and
 * passes on what peers said. Nothing a child says of another reaches that child before; whose words they are the teacher
 * always knows.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { groupSetsOf } from "@doudou/db/repositories/groups.ts";
import { classById, studentsOfClass } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import {
  answersIn,
  putVoiceRound,
  settleVoices,
  type VoiceLine,
  voiceRoundsOf,
} from "@doudou/db/repositories/voices.ts";
import type {
  ClassVoices,
  PeerLine,
  SettleVoices,
  VoiceRound,
  VoiceRoundInput,
} from "@doudou/shared/contract/voices.ts";
import { daysBetween, localDayOf } from "@doudou/shared/domain/calendar.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import { isRoundOpen, LONGEST_ROUND_DAYS, SELF_QUESTIONS } from "@doudou/shared/domain/voices.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { refuseUnseen } from "../../http/versions.ts";

/** The rounds of the running term, and everything that was said in them. */
export async function voicesOfClass(deps: Deps, { schoolId }: Grant, classId: string): Promise<ClassVoices> {
  const frame = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), frame.timeZone);
  const term = termOn(today, frame.terms);
  return await deps.database.read(schoolId, async (store) => {
    const row = await classById(store, schoolId, classId);
    if (!row) throw new Problem("not-found");
    const rounds = term ? await voiceRoundsOf(store, schoolId, { classId, termId: term.id }) : [];
    const said = await answersIn(
      store,
      schoolId,
      rounds.map(({ id }) => id),
    );
    const children = await studentsOfClass(store, schoolId, classId, today);
    return {
      class: { id: row.id, name: row.name, grade: row.grade },
      today,
      termEndsOn: term?.endsOn ?? null,
      sets: (await groupSetsOf(store, schoolId, classId)).map(({ id, name }) => ({ id, name })),
      rounds: rounds.map((round) => roundView(round, today)),
      children: children.map(({ id, name }) => ({ id, name })),
      self: said.flatMap(({ kind, roundId, studentId, about, level, words }) => {
        const question = SELF_QUESTIONS.find((one) => one === about);
        if (kind !== "self" || roundId === null || question === undefined) return [];
        return [{ roundId, studentId, about: question, level, words }];
      }),
      peer: said.flatMap((line) => peerView(line, frame) ?? []),
    };
  });
}

function roundView({ id, kind, opensOn, closesOn }: Omit<VoiceRound, "isOpen">, today: string): VoiceRound {
  return { id, kind, opensOn, closesOn, isOpen: isRoundOpen({ opensOn, closesOn }, today) };
}

function peerView(line: VoiceLine, frame: SchoolFrame): PeerLine | undefined {
  const { id, roundId, fromId, fromName, studentId, studentName, starter, words, state, keptBackFor } = line;
  const point = frame.points.get(line.observationPointId ?? "");
  if (line.kind !== "peer" || !roundId || !fromId || !starter || !point || state === "given")
    return undefined;
  return {
    id,
    roundId,
    from: { id: fromId, name: fromName ?? "" },
    student: { id: studentId, name: studentName },
    dimension: point.dimension,
    strength: point.name,
    starter,
    words,
    state,
    keptBackFor,
  };
}

/**
 * Opens a round in the running term, or opens it again until another day; the id is the client's.
 * @throws Problem outside-term, voice-round-malformed, voice-round-running, voice-round-not-found, round-changed
 */
export async function openRound(
  deps: Deps,
  grant: Grant,
  { classId, roundId }: { readonly classId: string; readonly roundId: string },
  { kind, opensOn, closesOn, was, groupSetId }: VoiceRoundInput,
): Promise<VoiceRound> {
  const { schoolId, membershipId } = grant;
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  const today = localDayOf(at.getTime(), frame.timeZone);
  const term = termOn(today, frame.terms);
  if (!term) throw new Problem("outside-term");
  const isInTerm = term.startsOn <= opensOn && closesOn <= term.endsOn;
  if (!isInTerm || closesOn < opensOn || daysBetween(opensOn, closesOn) >= LONGEST_ROUND_DAYS)
    throw new Problem("voice-round-malformed");
  return await deps.database.write(schoolId, async (store) => {
    await store.lock([`${schoolId}/voice-rounds/${classId}`]);
    const rounds = await voiceRoundsOf(store, schoolId, { classId, termId: term.id });
    const before = rounds.find(({ id }) => id === roundId);
    const stood = before ? { opensOn: before.opensOn, closesOn: before.closesOn } : null;
    if (stood)
      refuseUnseen("round-changed", { stands: stood, was: was ?? null, wanted: { opensOn, closesOn } });
    const overlaps = rounds.some(
      (other) =>
        other.id !== roundId && other.kind === kind && other.opensOn <= closesOn && opensOn <= other.closesOn,
    );
    if (overlaps) throw new Problem("voice-round-running");
    const set = (await groupSetsOf(store, schoolId, classId)).find(({ id }) => id === groupSetId);
    const groups = set?.groups.map(({ studentIds }) => studentIds) ?? before?.groups ?? [];
    if (kind === "peer" && groups.length === 0) throw new Problem("voice-round-malformed");
    const round = { id: roundId, classId, termId: term.id, kind, opensOn, closesOn, groups };
    if (!(await putVoiceRound(store, schoolId, round, { membershipId, at })))
      throw new Problem("voice-round-not-found");
    await noteChange(store, grant, {
      action: "voice-round.open",
      at,
      classId,
      subjectId: roundId,
      before: stood,
      after: { kind, opensOn, closesOn },
    });
    return roundView(round, today);
  });
}

/**
 * Passes on what peers said, or keeps it back for a reason that nobody else reads; either may be turned into the other.
 * @throws Problem voice-not-found where one of them is not of this class: nothing is changed then
 */
export async function settlePeerVoices(
  deps: Deps,
  grant: Grant,
  classId: string,
  { ids, answer, reason }: SettleVoices,
): Promise<void> {
  const { schoolId, membershipId: settledBy } = grant;
  const settledAt = deps.now();
  const wanted = [...new Set(ids)];
  const state = answer === "release" ? "released" : "kept-back";
  const keptBackFor = answer === "release" ? null : reason?.trim().toWellFormed() || null;
  await deps.database.write(schoolId, async (store) => {
    const settled = await settleVoices(
      store,
      schoolId,
      { classId, ids: wanted },
      { state, keptBackFor, settledBy, settledAt },
    );
    if (settled.length < wanted.length) throw new Problem("voice-not-found");
    await noteChange(store, grant, {
      action: "voice.settle",
      at: settledAt,
      classId,
      after: { answer, voices: wanted },
    });
  });
}

/** Keeps back what a peer said and was passed on, because it hurt; within whoever's write answers that. */
export async function keepBackVoice(
  store: Store,
  schoolId: string,
  voice: { readonly id: string; readonly classId: string },
  by: { readonly settledBy: string; readonly settledAt: Date },
): Promise<void> {
  const { id, classId } = voice;
  await settleVoices(
    store,
    schoolId,
    { classId, ids: [id] },
    { state: "kept-back", keptBackFor: null, ...by },
  );
}
