/**
 * Words that hurt. A child or its guardian says so; whoever leads the class, or the office, reads it, decides and answers.
 * The author is never told who said so, the office alone judges words of whoever leads the class, and nobody is counted.
 */
import { v7 as uuidv7 } from "uuid";
import type { Store } from "@doudou/db/engines/database.ts";
import { awardsByIds } from "@doudou/db/repositories/awards.ts";
import { leadersOfClass } from "@doudou/db/repositories/inbox.ts";
import { classById, enrollmentsOf } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import {
  addWordReport,
  openWordReports,
  seeWordReportAnswer,
  settleWordReport,
  standingWords,
  type WordReportDesk,
  type WordReportLine,
  wordReportById,
  type WordReportRow,
  wordReportsOf,
  wordReportsOnDesk,
  type WordsRef,
} from "@doudou/db/repositories/word-reports.ts";
import type {
  ChildWordReports,
  WordReport,
  WordReportAnswer,
  WordReportCount,
  WordReportInput,
  WordReports,
} from "@doudou/shared/contract/word-reports.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import { readerOf } from "@doudou/shared/domain/word-reports.ts";
import { covers, type Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { takeOut } from "../awards/service.ts";
import { tellLeaders } from "../inbox/service.ts";
import { keepBackVoice } from "../voices/service.ts";

const MOST_OPEN = 200;
const MOST_SETTLED = 30;

/** Why an award is gone from the ledger. It does not say that anybody was hurt: who gave it reads this. */
const NOT_FITTING: Readonly<Record<Locale, string>> = {
  "zh-CN": "附的话不合适",
  en: "The words with it did not fit",
};

/** What was reported of the words a child reads, by the child and its guardians. */
export async function childWordReports(
  deps: Deps,
  grant: Grant,
  studentId: string,
): Promise<ChildWordReports> {
  const { schoolId, membershipId } = grant;
  const rows = await deps.database.read(schoolId, (store) => wordReportsOf(store, schoolId, studentId));
  const readsGuardians = isGranted("word-report.read-guardians", grant.standings);
  return {
    reports: rows
      .filter(({ reportedBy }) => readsGuardians || reportedBy === membershipId)
      .map((row) => reportOf(row, membershipId)),
  };
}

function reportOf(row: WordReportRow, membershipId: string): ChildWordReports["reports"][number] {
  const { id, kind, wordsId, reader, state, answer } = row;
  const isMine = row.reportedBy === membershipId;
  return {
    id,
    kind,
    wordsId,
    reader,
    isMine,
    state,
    answer: isMine ? answer : null,
    isAnswerSeen: row.answerSeenAt !== null,
  };
}

/**
 * Says that words hurt; saying it again changes nothing.
 * @throws Problem words-not-found where the child does not read such words
 */
export async function reportWords(
  deps: Deps,
  grant: Grant,
  { studentId, ...words }: WordsRef & { readonly studentId: string },
  { reader: asked, said }: WordReportInput,
): Promise<ChildWordReports> {
  const { schoolId, membershipId: reportedBy } = grant;
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  const day = localDayOf(at.getTime(), frame.timeZone);
  await deps.database.write(schoolId, async (store) => {
    const standing = await standingWords(store, schoolId, studentId, words);
    if (!standing) throw new Problem("words-not-found");
    const stays = await enrollmentsOf(store, schoolId, [studentId]);
    const classId = stays.find((stay) => covers(stay, day))?.class.id ?? standing.classId;
    const leaders = await leadersOfClass(store, schoolId, classId, day);
    const isByLeader = standing.authorId !== null && leaders.includes(standing.authorId);
    // Where nobody leads the class any more, the office is there.
    const reader = leaders.length === 0 ? "office" : readerOf(asked, isByLeader);
    const id = uuidv7({ msecs: at.getTime() });
    const report = { id, studentId, classId, ...words, reportedBy, reader, reportedAt: at };
    const isNew = await addWordReport(store, schoolId, { ...report, said: said.trim().toWellFormed() });
    if (!isNew) return;
    if (reader === "homeroom") await tellOf(deps, store, frame, { id, classId, day, at });
    // That something was said, and to whom; neither the words nor what was said of them.
    const about = { studentId, classId, subjectId: id };
    await noteChange(store, grant, {
      action: "word-report.make",
      at,
      ...about,
      after: { kind: words.kind, reader },
    });
  });
  return await childWordReports(deps, grant, studentId);
}

/** Tells whoever leads the class that there is a report; of which child it is, the desk says. */
async function tellOf(
  deps: Deps,
  store: Store,
  { schoolId, terms }: SchoolFrame,
  { id, ...of }: { readonly id: string; readonly classId: string; readonly day: string; readonly at: Date },
): Promise<void> {
  const term = termOn(of.day, terms) ?? terms.at(-1);
  if (!term) return;
  const told = { kind: "words-hurt", event: `word-report/${id}`, termId: term.id, studentId: null } as const;
  await tellLeaders(deps, store, schoolId, { ...told, ...of });
}

/** Whoever reported the words has read the answer; it is shown no more. */
export async function closeAnswer(
  deps: Deps,
  { schoolId, membershipId: reportedBy }: Grant,
  { studentId, reportId: id }: { readonly studentId: string; readonly reportId: string },
): Promise<void> {
  await deps.database.write(schoolId, (store) =>
    seeWordReportAnswer(store, schoolId, { id, studentId, reportedBy }, deps.now()),
  );
}

/** What lies on a desk, of a class's leader or of the office. @throws Problem not-found */
export async function wordReportsFor(
  deps: Deps,
  { schoolId }: Grant,
  desk: WordReportDesk,
): Promise<WordReports> {
  return await deps.database.read(schoolId, async (store) => {
    const row = desk.reader === "office" ? null : await classById(store, schoolId, desk.classId);
    if (row === undefined) throw new Problem("not-found");
    const open = await wordReportsOnDesk(store, schoolId, desk, { isOpen: true, limit: MOST_OPEN });
    const settled = await wordReportsOnDesk(store, schoolId, desk, { isOpen: false, limit: MOST_SETTLED });
    const ofClass = row && { id: row.id, name: row.name, grade: row.grade };
    return { class: ofClass, open: open.map(deskView), settled: settled.map(deskView) };
  });
}

/** How much waits for the office. */
export async function officeWordReports(deps: Deps, { schoolId }: Grant): Promise<WordReportCount> {
  const open = await deps.database.read(schoolId, (store) =>
    openWordReports(store, schoolId, { reader: "office" }),
  );
  return { open };
}

function deskView(line: WordReportLine): WordReport {
  const { id, studentId, classId, isByChild, said, kind, starter, words, author, state, answer } = line;
  return {
    id,
    student: { id: studentId, name: line.studentName },
    class: { id: classId, name: line.className, grade: line.grade },
    isByChild,
    by: line.reporterName,
    said,
    kind,
    starter,
    words,
    author,
    reportedAt: line.reportedAt.toISOString(),
    state,
    answer,
    answeredAt: line.answeredAt?.toISOString() ?? null,
  };
}

/**
 * Leaves the words or takes them back, and answers whoever reported them. Taken back, a voice is kept back again and an
 * award is void: by the ways there are, in the same write.
 * @throws Problem answer-missing, word-report-not-found for another desk's, word-report-answered
 */
export async function answerWordReport(
  deps: Deps,
  grant: Grant,
  { id, desk }: { readonly id: string; readonly desk: WordReportDesk },
  { state, answer: typed }: WordReportAnswer,
  locale: Locale,
): Promise<WordReports> {
  const { schoolId, membershipId: answeredBy } = grant;
  const answer = typed.trim().toWellFormed();
  if (answer === "") throw new Problem("answer-missing");
  const frame = await deps.frames.of(schoolId);
  const answeredAt = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const kept = await wordReportById(store, schoolId, id);
    const isOnDesk =
      kept?.reader === desk.reader && (desk.reader === "office" || kept.classId === desk.classId);
    if (!kept || !isOnDesk) throw new Problem("word-report-not-found");
    const settled = { state, answer, answeredBy, answeredAt };
    if (!(await settleWordReport(store, schoolId, id, settled))) throw new Problem("word-report-answered");
    if (state === "taken-back")
      await takeBack(store, frame, kept, { by: answeredBy, at: answeredAt, reason: NOT_FITTING[locale] });
    const { studentId, classId } = kept;
    const about = { studentId, classId, subjectId: id };
    await noteChange(store, grant, {
      action: desk.reader === "office" ? "word-report.answer-office" : "word-report.answer",
      at: answeredAt,
      ...about,
      after: { state },
    });
  });
  return await wordReportsFor(deps, grant, desk);
}

/** Words that are gone meanwhile need no taking back. */
async function takeBack(
  store: Store,
  frame: SchoolFrame,
  { kind, studentId, wordsId }: WordReportRow,
  { by, at, reason }: { readonly by: string; readonly at: Date; readonly reason: string },
): Promise<void> {
  const { schoolId } = frame;
  const standing = await standingWords(store, schoolId, studentId, { kind, wordsId });
  if (!standing) return;
  if (kind === "voice") {
    const voice = { id: wordsId, classId: standing.classId };
    await keepBackVoice(store, schoolId, voice, { settledBy: by, settledAt: at });
  } else
    await takeOut(store, frame, await awardsByIds(store, schoolId, [wordsId]), {
      membershipId: by,
      reason,
      at,
    });
}
