/**
 * What helps to write a class's term summaries: the evidence of one child's term beside the editor, and one sentence of
 * each subject teacher. Writes no comment and publishes nothing: that is features/summaries.
 */
import { classById, enrollmentsOf, studentsOfClass } from "@doudou/db/repositories/people.ts";
import { publishedOn } from "@doudou/db/repositories/summaries.ts";
import { remarksOn, saveRemark, subjectsTaught } from "@doudou/db/repositories/summary-remarks.ts";
import type {
  OwnRemarks,
  RemarkDraft,
  RemarkSaved,
  SummaryEvidence,
} from "@doudou/shared/contract/summary-writing.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { topPointsOf } from "@doudou/shared/domain/growth.ts";
import { covers, type Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { currentTerm, termById, termRef } from "../schools/service.ts";
import { lastDaySoFar, liveSummary } from "../summaries/service.ts";

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
  const { snapshot, facts } = await deps.database.read(schoolId, (store) =>
    liveSummary(store, frame, term, studentId, "", deps.now()),
  );
  const { grewMost } = snapshot;
  return {
    studentId,
    termId,
    dimensions: snapshot.dimensions.map(({ dimension, name, records, change }) => ({
      dimension,
      name,
      records,
      change,
      points: topPointsOf(dimension, facts).slice(0, MOST_POINTS),
    })),
    // What somebody took the trouble to write down tells most; then what is fresh.
    moments: snapshot.highlights
      .toReversed()
      .sort((a, b) => Number(b.note !== null) - Number(a.note !== null)),
    grewMost: grewMost && {
      dimension: grewMost.dimension,
      name: facts.dimensionNames[grewMost.dimension],
    },
    remarks: snapshot.remarks ?? [],
  };
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
    const own = (await remarksOn(store, schoolId, term.id, ids)).filter(
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
          return found ? [{ subject: subject.code, text: found.text }] : [];
        }),
      })),
    };
  });
}

/**
 * Saves the caller's sentence about a child in a subject; an empty one takes it away.
 * @throws Problem subject-not-taught, term-not-found, not-found
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
  const text = draft.text.replaceAll(/\s+/g, " ").trim().toWellFormed();
  await deps.database.write(schoolId, async (store) => {
    const enrolled = await enrollmentsOf(store, schoolId, [of.studentId]);
    const classId = enrolled.find((each) => covers(each, day))?.class.id;
    if (classId === undefined) throw new Problem("not-found");
    const taught = await subjectsTaught(store, schoolId, { membershipId, classId, day });
    const subject = taught.find(({ code }) => code === draft.subject);
    if (!subject) throw new Problem("subject-not-taught");
    const remark = { ...of, authorId: membershipId, subjectId: subject.id, text, savedAt };
    await saveRemark(store, schoolId, remark);
    const after = { termId: of.termId, subject: subject.code, characters: text.length };
    await noteChange(store, grant, { action: "summary.remark", at: savedAt, studentId: of.studentId, after });
  });
  return { savedAt: savedAt.toISOString() };
}
