/**
 * A child answers a round: of itself question by question, of each mate of its group once. Each answer is kept as it is
 * given and may be changed until the round is over, or until a teacher has read what it said of a mate.
 */
import { v7 as uuidv7 } from "uuid";
import type { Store } from "@doudou/db/engines/database.ts";
import { enrollmentsOf, studentsOfClass } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import {
  answersIn,
  keepAnswer,
  type NewVoice,
  type VoiceRound,
  voiceRoundsOf,
} from "@doudou/db/repositories/voices.ts";
import type { ClassRef } from "@doudou/shared/contract/common.ts";
import type { PeerAnswer, SelfAnswer, VoiceDesk } from "@doudou/shared/contract/voices.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import { unkindWordIn } from "@doudou/shared/domain/unkind-words.ts";
import {
  asksForLevel,
  groupMatesOf,
  isRoundOpen,
  type RoundKind,
  SELF_QUESTIONS,
  type SelfQuestion,
  strengthsAmong,
} from "@doudou/shared/domain/voices.ts";
import { covers, type Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";

/** What a child is asked today, and what it has answered so far. */
export async function voiceDesk(deps: Deps, { schoolId }: Grant, studentId: string): Promise<VoiceDesk> {
  const frame = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), frame.timeZone);
  return await deps.database.read(schoolId, async (store) => {
    const own = await classOn(store, schoolId, studentId, today);
    const term = termOn(today, frame.terms);
    if (!own || !term) return { grade: own?.grade ?? 1, self: null, peer: null };
    const [self, peer] = await openRounds(store, schoolId, { classId: own.id, termId: term.id }, today);
    const rounds = [self, peer].flatMap((round) => round?.id ?? []);
    const given = await answersIn(store, schoolId, rounds, studentId);
    const mates = peer ? await matesIn(store, schoolId, peer, studentId, today) : [];
    return {
      grade: own.grade,
      self: self
        ? {
            closesOn: self.closesOn,
            given: given.flatMap(({ kind, about, level, words }) => {
              const question = SELF_QUESTIONS.find((one) => one === about);
              return kind === "self" && question ? [{ about: question, level, words }] : [];
            }),
          }
        : null,
      peer: peer
        ? {
            closesOn: peer.closesOn,
            strengths: strengthsOf(frame, term, own).map(({ id, dimension, name }) => ({
              id,
              dimension,
              name,
            })),
            mates: mates.map(({ id, name }) => {
              const said = given.find((one) => one.kind === "peer" && one.studentId === id);
              const { observationPointId, starter, words, state } = said ?? {};
              return {
                id,
                name,
                given:
                  observationPointId && starter && words !== undefined
                    ? { observationPointId, starter, words, isSettled: state !== "waiting" }
                    : null,
              };
            }),
          }
        : null,
    };
  });
}

/**
 * Keeps what a child says of itself.
 * @throws Problem voice-round-over, voice-empty
 */
export async function answerOfSelf(
  deps: Deps,
  grant: Grant,
  { studentId, about }: { readonly studentId: string; readonly about: SelfQuestion },
  answer: SelfAnswer,
): Promise<void> {
  const words = (answer.words ?? "").trim().toWellFormed();
  const level = asksForLevel(about) ? (answer.level ?? null) : null;
  if (asksForLevel(about) && level === null) throw new Problem("voice-empty");
  await keepInRound(deps, grant, studentId, "self", ({ round, day, at }) => ({
    ...blank({ round, day, at, fromId: studentId, studentId }),
    kind: "self",
    about,
    level,
    words,
    state: "given",
  }));
}

/**
 * Keeps what a child says of a mate of its group, for its teacher to read.
 * @throws Problem voice-round-over, classmate-not-found, observation-point-not-found, voice-empty, words-unkind,
 * voice-settled
 */
export async function answerOfMate(
  deps: Deps,
  grant: Grant,
  { studentId: fromId, mateId }: { readonly studentId: string; readonly mateId: string },
  { observationPointId, starter, words: typed }: PeerAnswer,
): Promise<void> {
  const words = typed.trim().toWellFormed();
  if (words === "") throw new Problem("voice-empty");
  if (unkindWordIn(words) !== undefined) throw new Problem("words-unkind");
  await keepInRound(deps, grant, fromId, "peer", async ({ store, frame, term, own, round, day, at }) => {
    const mates = await matesIn(store, grant.schoolId, round, fromId, day);
    if (!mates.some(({ id }) => id === mateId)) throw new Problem("classmate-not-found");
    const strengths = strengthsOf(frame, term, own);
    if (!strengths.some(({ id }) => id === observationPointId))
      throw new Problem("observation-point-not-found");
    return {
      ...blank({ round, day, at, fromId, studentId: mateId }),
      kind: "peer",
      about: "strength",
      observationPointId,
      starter,
      words,
      state: "waiting",
    };
  });
}

interface Moment {
  readonly store: Store;
  readonly frame: SchoolFrame;
  readonly term: SchoolTerm;
  readonly own: ClassRef;
  readonly round: VoiceRound;
  readonly day: string;
  readonly at: Date;
}

async function keepInRound(
  deps: Deps,
  { schoolId }: Grant,
  fromId: string,
  kind: RoundKind,
  answer: (moment: Moment) => NewVoice | Promise<NewVoice>,
): Promise<void> {
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  const day = localDayOf(at.getTime(), frame.timeZone);
  const term = termOn(day, frame.terms);
  if (!term) throw new Problem("voice-round-over");
  await deps.database.write(schoolId, async (store) => {
    const own = await classOn(store, schoolId, fromId, day);
    if (!own) throw new Problem("voice-round-over");
    const [self, peer] = await openRounds(store, schoolId, { classId: own.id, termId: term.id }, day);
    const round = kind === "self" ? self : peer;
    if (!round) throw new Problem("voice-round-over");
    const voice = await answer({ store, frame, term, own, round, day, at });
    if (!(await keepAnswer(store, schoolId, voice))) throw new Problem("voice-settled");
  });
}

function blank({
  round,
  day,
  at,
  fromId,
  studentId,
}: Pick<Moment, "round" | "day" | "at"> & { readonly fromId: string; readonly studentId: string }) {
  return {
    id: uuidv7({ msecs: at.getTime() }),
    studentId,
    fromId,
    authorId: null,
    classId: round.classId,
    termId: round.termId,
    roundId: round.id,
    level: null,
    observationPointId: null,
    starter: null,
    day,
    guardianMaySee: true,
    createdAt: at,
    changedAt: at,
  };
}

/** The rounds that are open today: of self and of peers. */
async function openRounds(
  store: Store,
  schoolId: string,
  of: { readonly classId: string; readonly termId: string },
  today: string,
): Promise<[VoiceRound | undefined, VoiceRound | undefined]> {
  const open = (await voiceRoundsOf(store, schoolId, of)).filter((round) => isRoundOpen(round, today));
  return [open.find(({ kind }) => kind === "self"), open.find(({ kind }) => kind === "peer")];
}

/** The mates of a child's group who are in the class now, in class-list order. */
async function matesIn(
  store: Store,
  schoolId: string,
  { groups, classId }: VoiceRound,
  studentId: string,
  today: string,
): Promise<{ id: string; name: string }[]> {
  const mates = new Set(groupMatesOf(groups, studentId));
  return (await studentsOfClass(store, schoolId, classId, today)).filter(({ id }) => mates.has(id));
}

/** Of the term's scheme; what classes have of their own is not among them. */
function strengthsOf(frame: SchoolFrame, term: SchoolTerm, { grade }: ClassRef) {
  const points = [...frame.points.values()].filter(
    ({ schemeId, ofClass }) => schemeId === term.schemeId && ofClass === null,
  );
  return strengthsAmong(points, grade);
}

async function classOn(
  store: Store,
  schoolId: string,
  studentId: string,
  day: string,
): Promise<ClassRef | undefined> {
  const enrolled = (await enrollmentsOf(store, schoolId, [studentId])).find((e) => covers(e, day));
  return enrolled && { id: enrolled.class.id, name: enrolled.class.name, grade: enrolled.class.grade };
}
