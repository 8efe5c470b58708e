/**
 * What helps to write a class's term summaries: the evidence of a child's term beside the editor, and one sentence of
 * each subject teacher. Writes no comment and publishes nothing: that is features/summaries.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { classById, enrollmentsOf, studentById, studentsOfClass } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import { publishedOn } from "@doudou/db/repositories/summaries.ts";
import {
  everyRemarkOn,
  remarksOn,
  saveRemark,
  subjectsTaught,
} from "@doudou/db/repositories/summary-remarks.ts";
import type {
  ClassEvidence,
  OwnRemarks,
  RemarkDraft,
  RemarkSaved,
  SummaryEvidence,
} from "@doudou/shared/contract/summary-writing.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { buildDimensionGrowth, topPointsOf } from "@doudou/shared/domain/growth.ts";
import { remarkLine } from "@doudou/shared/domain/summary-remarks.ts";
import { chosenHighlights, grownMost } from "@doudou/shared/domain/summary.ts";
import { covers, type Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { classInTerm, termGrowthOfAll } from "../growth/service.ts";
import { currentTerm, termById, termRef } from "../schools/service.ts";
import { lastDaySoFar, worthTelling } from "../summaries/service.ts";

const MOST_POINTS = 3;

/**
 * What a child's term says, whatever has been published of it: from tallies and the newest of what is worth telling.
 * @throws Problem term-not-found, not-found
 */
export async function summaryEvidence(
  deps: Deps,
  { schoolId }: Grant,
  studentId: string,
  termId: string,
): Promise<SummaryEvidence> {
  const frame = await deps.frames.of(schoolId);
  const term = termById(frame, termId);
  return await deps.database.read(schoolId, async (store) => {
    const student = await studentById(store, schoolId, studentId);
    const inTerm = classInTerm(await enrollmentsOf(store, schoolId, [studentId]), term);
    if (!student || !inTerm) throw new Problem("not-found");
    const [evidence] = await evidenceOf(store, frame, term, [student], inTerm.grade, deps.now());
    if (!evidence) throw new Problem("not-found");
    return evidence;
  });
}

/**
 * What the term of every child of a class says, in class-list order; a statement a child besides a handful.
 * @throws Problem term-not-found, not-found
 */
export async function classEvidence(
  deps: Deps,
  { schoolId }: Grant,
  classId: string,
  termId: string,
): Promise<ClassEvidence> {
  const frame = await deps.frames.of(schoolId);
  const term = termById(frame, termId);
  const now = deps.now();
  return await deps.database.read(schoolId, async (store) => {
    const of = await classById(store, schoolId, classId);
    if (!of) throw new Problem("not-found");
    const students = await studentsOfClass(store, schoolId, classId, lastDaySoFar(term, frame, now));
    return { termId, students: await evidenceOf(store, frame, term, students, of.grade, now) };
  });
}

/** @param students of one grade */
async function evidenceOf(
  store: Store,
  frame: SchoolFrame,
  term: SchoolTerm,
  students: readonly { readonly id: string; readonly name: string }[],
  grade: number,
  now: Date,
): Promise<SummaryEvidence[]> {
  const ids = students.map(({ id }) => id);
  const remarks = Map.groupBy(
    await remarksOn(store, frame.schoolId, term.id, ids),
    ({ studentId }) => studentId,
  );
  const evidence: SummaryEvidence[] = [];
  for (const { facts } of await termGrowthOfAll(store, frame, term, students, grade, now)) {
    const { id: studentId } = facts.student;
    const growth = buildDimensionGrowth(facts);
    evidence.push({
      studentId,
      termId: term.id,
      dimensions: growth.map(({ dimension, name, records, trend }) => ({
        dimension,
        name,
        records,
        change: trend.change,
        points: topPointsOf(dimension, facts).slice(0, MOST_POINTS),
      })),
      // What somebody took the trouble to write down tells most; then what is fresh.
      moments: chosenHighlights(await worthTelling(store, frame, term, studentId))
        .toReversed()
        .sort((a, b) => Number(b.note !== null) - Number(a.note !== null)),
      grewMost: grownMost(growth, facts),
      remarks: (remarks.get(studentId) ?? []).map(({ subject, by, text }) => ({ subject, by, text })),
    });
  }
  return evidence;
}

/** The caller's own sentences about the children of a class. @throws Problem not-found, term-not-found */
export async function ownRemarks(
  deps: Deps,
  { schoolId, membershipId }: Grant,
  classId: string,
  termId: string | undefined,
): Promise<OwnRemarks> {
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const term = termId === undefined ? currentTerm(frame, now) : termById(frame, termId);
  if (!term) throw new Problem("term-not-found");
  const day = localDayOf(now.getTime(), frame.timeZone);
  return await deps.database.read(schoolId, async (store) => {
    const of = await classById(store, schoolId, classId);
    if (!of) throw new Problem("not-found");
    const subjects = await subjectsTaught(store, schoolId, { membershipId, classId, day });
    const students = await studentsOfClass(store, schoolId, classId, lastDaySoFar(term, frame, now));
    const ids = students.map(({ id }) => id);
    const own = (await everyRemarkOn(store, schoolId, term.id, ids)).filter(
      ({ authorId }) => authorId === membershipId,
    );
    const published = await publishedOn(store, schoolId, term.id, ids);
    return {
      class: { id: of.id, name: of.name, grade: of.grade },
      term: termRef(frame, term, now),
      subjects: subjects.map(({ code, name }) => ({ code, name })),
      students: students.map(({ id, name }) => ({
        id,
        name,
        isPublished: published.has(id),
        remarks: subjects.flatMap((subject) => {
          const found = own.find(({ studentId, subjectId }) => studentId === id && subjectId === subject.id);
          return found ? [{ subject: subject.code, text: found.text, version: found.version }] : [];
        }),
      })),
    };
  });
}

/**
 * Saves the caller's sentence about a child in a subject; an empty one takes it away.
 * @throws Problem subject-not-taught, term-not-found, not-found; remark-conflict when another was saved since the version
 * that was sent
 */
export async function writeRemark(
  deps: Deps,
  grant: Grant,
  of: { readonly studentId: string; readonly termId: string },
  draft: RemarkDraft,
): Promise<RemarkSaved> {
  const { schoolId, membershipId } = grant;
  const frame = await deps.frames.of(schoolId);
  termById(frame, of.termId);
  const savedAt = deps.now();
  const day = localDayOf(savedAt.getTime(), frame.timeZone);
  const text = remarkLine(draft.text).toWellFormed();
  const version = await deps.database.write(schoolId, async (store) => {
    const enrolled = await enrollmentsOf(store, schoolId, [of.studentId]);
    const classId = enrolled.find((each) => covers(each, day))?.class.id;
    if (classId === undefined) throw new Problem("not-found");
    const taught = await subjectsTaught(store, schoolId, { membershipId, classId, day });
    const subject = taught.find(({ code }) => code === draft.subject);
    if (!subject) throw new Problem("subject-not-taught");
    const by = { authorId: membershipId, subjectId: subject.id };
    const saved = await saveRemark(store, schoolId, { ...of, ...by, text, from: draft.version, savedAt });
    if (saved === undefined) throw new Problem("remark-conflict");
    const after = { termId: of.termId, subject: subject.code, version: saved, characters: text.length };
    await noteChange(store, grant, { action: "summary.remark", at: savedAt, studentId: of.studentId, after });
    return saved;
  });
  return { version, savedAt: savedAt.toISOString() };
}
