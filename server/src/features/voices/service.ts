/**
 * The voices about one child, as far as each reader may read them; what a guardian saw at home; what a teacher notes
 * down. A note never enters a summary by itself, and a child never reads one.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { enrollmentsOf } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import {
  addVoice,
  changeNote,
  countSaidOn,
  deleteUnreleased,
  earlierWords,
  type KeptVoice,
  type NewVoice,
  voiceById,
  type VoiceLine,
  voicesAbout,
} from "@doudou/db/repositories/voices.ts";
import type { HomeVoiceInput, NoteInput, StudentVoices, VoiceKept } from "@doudou/shared/contract/voices.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import { HOME_A_DAY, HOME_TOPICS, isNoteOpen, SELF_QUESTIONS } from "@doudou/shared/domain/voices.ts";
import { covers, type Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { deleteOfEndedTerms } from "../schools/service.ts";

export { voiceDesk } from "./answering.ts";
export { keepBackVoice } from "./rounds.ts";

/** The voices of a term, of the running one where none is named. @throws Problem term-not-found */
export async function voicesOfStudent(
  deps: Deps,
  grant: Grant,
  studentId: string,
  termId: string | undefined,
): Promise<StudentVoices> {
  const { schoolId, standings } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const today = localDayOf(now.getTime(), frame.timeZone);
  const running = termOn(today, frame.terms);
  const term =
    termId === undefined ? (running ?? frame.terms.at(-1)) : frame.terms.find((t) => t.id === termId);
  if (termId !== undefined && !term) throw new Problem("term-not-found");
  const isNow = term !== undefined && term.id === running?.id;
  return await deps.database.read(schoolId, async (store) => {
    const enrolled = await enrollmentsOf(store, schoolId, [studentId]);
    const said = term ? await voicesAbout(store, schoolId, { studentId, termId: term.id }) : [];
    return {
      grade: (enrolled.find((e) => covers(e, today)) ?? enrolled.at(-1))?.class.grade ?? 1,
      today,
      self: selfViews(said),
      peer: peerViews(said, frame, grant),
      home: homeViews(said, grant),
      notes: await noteViews(store, said, grant, now),
      canObserve: isNow && isGranted("voice.observe", standings),
      canNote: isNow && isGranted("voice.note", standings),
    };
  });
}

function selfViews(said: readonly VoiceLine[]): StudentVoices["self"] {
  const latest = said.filter(({ kind }) => kind === "self").sort((a, b) => +b.changedAt - +a.changedAt);
  return SELF_QUESTIONS.flatMap((about) => {
    const answer = latest.find((one) => one.about === about);
    return answer ? [{ about, level: answer.level, words: answer.words, day: answer.day }] : [];
  });
}

function peerViews(
  said: readonly VoiceLine[],
  { points, peerVoicesShowNames }: SchoolFrame,
  { standings }: Grant,
): StudentVoices["peer"] {
  const tellsNames = peerVoicesShowNames || isGranted("voice.read-authors", standings);
  return said.flatMap(({ id, kind, fromName, observationPointId, starter, words, day }) => {
    const point = points.get(observationPointId ?? "");
    if (kind !== "peer" || !point || !starter) return [];
    const { dimension, name: strength } = point;
    return [{ id, from: tellsNames ? fromName : null, dimension, strength, starter, words, day }];
  });
}

function homeViews(said: readonly VoiceLine[], { membershipId, standings }: Grant): StudentVoices["home"] {
  const readsAll = isGranted("voice.read-home-all", standings);
  const readsOwn = isGranted("voice.observe", standings);
  return said
    .flatMap(({ id, about, level, words, day, author: by, authorId }) => {
      const topic = HOME_TOPICS.find((one) => one === about);
      const isShown = readsAll || (readsOwn && authorId === membershipId);
      return topic && isShown ? [{ id, about: topic, level, words, day, by: by ?? "" }] : [];
    })
    .reverse();
}

async function noteViews(
  store: Store,
  said: readonly VoiceLine[],
  { schoolId, membershipId, standings }: Grant,
  now: Date,
): Promise<StudentVoices["notes"]> {
  const readsAll = isGranted("voice.read-notes", standings);
  const readsShared = isGranted("voice.read-shared-notes", standings);
  const notes = said.filter(
    ({ kind, guardianMaySee }) => kind === "teacher" && (readsAll || (readsShared && guardianMaySee)),
  );
  const earlier = readsAll
    ? await earlierWords(
        store,
        schoolId,
        notes.map(({ id }) => id),
      )
    : [];
  return notes
    .map((note) => ({
      id: note.id,
      words: note.words,
      by: note.author ?? "",
      guardianMaySee: note.guardianMaySee,
      canChange: note.authorId === membershipId && isNoteOpen(note.createdAt, now),
      createdAt: note.createdAt.toISOString(),
      earlier: earlier
        .filter(({ voiceId }) => voiceId === note.id)
        .map(({ words, until }) => ({ words, until: until.toISOString() })),
    }))
    .reverse();
}

/**
 * Keeps what a guardian saw at home, for the child's teachers to read.
 * @throws Problem outside-term, voice-day-out-of-term, home-enough, voice-id-conflict
 */
export async function observeHome(
  deps: Deps,
  grant: Grant,
  studentId: string,
  { id, about, level, day, words }: HomeVoiceInput,
): Promise<VoiceKept> {
  const { schoolId, membershipId: authorId } = grant;
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    const base = await voiceNow(store, frame, grant, { studentId, at });
    if (day > base.day || day < base.term.startsOn) throw new Problem("voice-day-out-of-term");
    const voice: NewVoice = {
      ...base.voice,
      id,
      kind: "guardian",
      about,
      level,
      day,
      words: words.trim().toWellFormed(),
      guardianMaySee: true,
    };
    // What is sent at the same moment waits, so that the day's are counted right.
    await store.lock([`${schoolId}/voices/${studentId}/${authorId}`]);
    const kept = await voiceById(store, schoolId, id);
    if (kept) return repeated(kept, voice);
    const before = await countSaidOn(store, schoolId, { kind: "guardian", studentId, authorId, day });
    if (before >= HOME_A_DAY) throw new Problem("home-enough");
    if (!(await addVoice(store, schoolId, voice))) throw new Problem("voice-id-conflict");
    await noteChange(store, grant, { action: "voice.observe", at, studentId, subjectId: id });
    return { id, status: "recorded" };
  });
}

/**
 * Writes a note about a child of the caller's class, or changes it: its author may, for a week, and what it said before
 * is kept.
 * @throws Problem outside-term, voice-empty, note-closed, voice-id-conflict
 */
export async function writeNote(
  deps: Deps,
  grant: Grant,
  { studentId, noteId: id }: { readonly studentId: string; readonly noteId: string },
  input: NoteInput,
): Promise<VoiceKept> {
  const { schoolId, membershipId } = grant;
  const words = input.words.trim().toWellFormed();
  if (words === "") throw new Problem("voice-empty");
  const { guardianMaySee } = input;
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    await store.lock([`${schoolId}/voice/${id}`]);
    const base = await voiceNow(store, frame, grant, { studentId, at });
    const kept = await voiceById(store, schoolId, id);
    if (kept) {
      const isOwn = kept.kind === "teacher" && kept.studentId === studentId && kept.authorId === membershipId;
      if (!isOwn) throw new Problem("voice-id-conflict");
      if (kept.words === words && kept.guardianMaySee === guardianMaySee) return { id, status: "duplicate" };
      if (!isNoteOpen(kept.createdAt, at)) throw new Problem("note-closed");
      await changeNote(store, schoolId, kept, { words, guardianMaySee, changedAt: at });
    } else {
      const note: NewVoice = { ...base.voice, id, kind: "teacher", about: "note", words, guardianMaySee };
      if (!(await addVoice(store, schoolId, note))) throw new Problem("voice-id-conflict");
    }
    // That there is one, and who may read it; not what it says.
    await noteChange(store, grant, {
      action: "voice.note",
      at,
      studentId,
      subjectId: id,
      before: kept ? { guardianMaySee: kept.guardianMaySee } : null,
      after: { guardianMaySee },
    });
    return { id, status: "recorded" };
  });
}

/** What every voice of an adult has in common, said now about a child of a class in term. */
async function voiceNow(
  store: Store,
  frame: SchoolFrame,
  { schoolId, membershipId }: Grant,
  { studentId, at }: { readonly studentId: string; readonly at: Date },
) {
  const day = localDayOf(at.getTime(), frame.timeZone);
  const term = termOn(day, frame.terms);
  if (!term) throw new Problem("outside-term");
  const current = (await enrollmentsOf(store, schoolId, [studentId])).find((e) => covers(e, day));
  if (!current) throw new Problem("outside-term");
  return {
    day,
    term,
    voice: {
      studentId,
      fromId: null,
      authorId: membershipId,
      classId: current.class.id,
      termId: term.id,
      roundId: null,
      level: null,
      observationPointId: null,
      starter: null,
      day,
      state: "given" as const,
      createdAt: at,
      changedAt: at,
    },
  };
}

function repeated(kept: KeptVoice, sent: NewVoice): VoiceKept {
  const isSame =
    kept.kind === sent.kind &&
    kept.studentId === sent.studentId &&
    kept.authorId === sent.authorId &&
    kept.about === sent.about &&
    kept.level === sent.level &&
    kept.day === sent.day &&
    kept.words === sent.words;
  if (!isSame) throw new Problem("voice-id-conflict");
  return { id: sent.id, status: "duplicate" };
}

/**
 * Deletes what peers said in terms that are over and no teacher passed on, a bounded number in each write.
 * @returns how many
 */
export async function deleteUnreleasedVoices(deps: Deps): Promise<number> {
  return await deleteOfEndedTerms(deps, 0, deleteUnreleased);
}
