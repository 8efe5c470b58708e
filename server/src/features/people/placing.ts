/**
 * Who is in which class and who teaches it, changed by the school office: one transaction a change, with what stood
 * before in the audit log. Access follows the dates by itself; awards, summaries and whatever was given stays as it is.
 */
import { v7 as uuidv7 } from "uuid";
import type { Store } from "@doudou/db/engines/database.ts";
import {
  allClasses,
  type AssignmentRow,
  assignmentsIn,
  type ListedClass,
  type ListedYear,
  subjectsIn,
  yearsIn,
} from "@doudou/db/repositories/directory.ts";
import { addEnrollments, addStudents } from "@doudou/db/repositories/office.ts";
import { studentById } from "@doudou/db/repositories/people.ts";
import {
  addAssignment,
  changeStays,
  endAssignment,
  staffMember,
  staysOf,
  studentWithNo,
} from "@doudou/db/repositories/placements.ts";
import type {
  MovedPupils,
  NewAssignment,
  NewPupil,
  NewSubstitute,
  PupilMove,
  PupilMoves,
} from "@doudou/shared/contract/people.ts";
import { endedOn, isHomeroomTaken, liesWithin } from "@doudou/shared/domain/people/assignments.ts";
import { classOn, moved } from "@doudou/shared/domain/people/moves.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { type FieldError, Problem } from "../../http/problem.ts";
import { pinyinOf } from "../../names/pinyin.ts";
import { rosterLock } from "../roster-imports/service.ts";

/**
 * Moves pupils to other classes, out of the school or back into it from a day on: all of them or nobody. Sending it again
 * changes nothing.
 * @throws Problem not-found, class-not-in-session, move-too-early; pupil-elsewhere, with the class of that day, where
 * somebody else has moved a pupil since it was looked at
 */
export async function movePupils(
  deps: Deps,
  grant: Grant,
  { from, moves }: PupilMoves,
): Promise<MovedPupils> {
  const { schoolId } = grant;
  const at = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    await store.lock([rosterLock(schoolId)]);
    const classes = await classesIn(store, schoolId);
    const stays = await staysOf(
      store,
      schoolId,
      moves.map(({ studentId }) => studentId),
    );
    const reverse: PupilMove[] = [];
    const notes: { studentId: string; before: string | null; after: string | null }[] = [];
    const elsewhere: FieldError[] = [];
    for (const { studentId, classId, was } of new Map(moves.map((move) => [move.studentId, move])).values()) {
      const way = stays.get(studentId);
      if (!way || (classId !== null && !classes.has(classId))) throw new Problem("not-found");
      if (classId !== null) requireInSession(classes, classId, from);
      const changes = moved(way, { classId, from });
      if (changes === "too-early") throw new Problem("move-too-early");
      if (Object.values(changes).every((some: readonly unknown[]) => some.length === 0)) continue;
      const before = classOn(way, from);
      if (was !== undefined && was !== before) {
        const path = `/moves/${moves.findLastIndex((move) => move.studentId === studentId)}/was`;
        elsewhere.push({ path, message: classes.get(before ?? "")?.name ?? "" });
      }
      await changeStays(store, schoolId, studentId, changes, uuidv7);
      reverse.push({ studentId, classId: before, was: classId });
      notes.push({ studentId, before, after: classId });
    }
    if (elsewhere.length > 0) throw new Problem("pupil-elsewhere", { errors: elsewhere });
    // Last in the write: who else writes to the log waits for it.
    for (const { studentId, before, after } of notes)
      await noteChange(store, grant, {
        action: "people.move",
        at,
        studentId,
        before: { class: classes.get(before ?? "")?.name ?? null },
        after: { class: classes.get(after ?? "")?.name ?? null, from },
      });
    return { moved: reverse.length, reverse: { from, moves: reverse } };
  });
}

/**
 * Enters a pupil who is new at the school. Sending it again changes nothing.
 * @throws Problem not-found, class-not-in-session, student-no-taken
 */
export async function addPupil(
  deps: Deps,
  grant: Grant,
  { id, name, studentNo, classId, from }: NewPupil,
): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    await store.lock([rosterLock(schoolId)]);
    if (await studentById(store, schoolId, id)) return;
    const classes = await classesIn(store, schoolId);
    requireInSession(classes, classId, from);
    if (await studentWithNo(store, schoolId, studentNo)) throw new Problem("student-no-taken");
    const called = name.trim();
    await addStudents(store, schoolId, [
      { id, studentNo, name: called, pinyin: pinyinOf(called), createdAt: at },
    ]);
    await addEnrollments(store, schoolId, [
      { id: uuidv7(), studentId: id, classId, startsOn: from, endsOn: null },
    ]);
    const after = { class: classes.get(classId)?.name, from };
    await noteChange(store, grant, { action: "people.add", at, studentId: id, after });
  });
}

/**
 * Gives a teacher a class: as its homeroom teacher, for a subject, or both. Sending it again changes nothing.
 * @throws Problem not-found, class-not-in-session, not-a-teacher, days-backwards, homeroom-taken
 */
export async function assign(
  deps: Deps,
  grant: Grant,
  classId: string,
  { id, membershipId, subjectId, isHomeroom, from, until }: NewAssignment,
): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    await store.lock([rosterLock(schoolId)]);
    if ((await assignmentsIn(store, schoolId, { ids: [id] })).length > 0) return;
    const classes = await classesIn(store, schoolId);
    requireInSession(classes, classId, from);
    if (until !== null && until < from) throw new Problem("days-backwards");
    await requireTeacher(store, schoolId, membershipId);
    if (subjectId !== null && !(await subjectsIn(store, schoolId)).some((s) => s.id === subjectId))
      throw new Problem("not-found");
    const span = { classId, startsOn: from, endsOn: until };
    if (isHomeroom && isHomeroomTaken(span, await assignmentsIn(store, schoolId, { classId })))
      throw new Problem("homeroom-taken");
    const added = { id, membershipId, subjectId, isHomeroom, standsInForId: null, ...span };
    await addAssignment(store, schoolId, added);
    const after = { isHomeroom, from, until };
    await noteChange(store, grant, { action: "people.assign", at, classId, subjectId: membershipId, after });
  });
}

/**
 * Lets somebody stand in for a teacher who is away: it gets what the assignments give on these days, and loses it by
 * itself. Whoever is away keeps them. All or none; sending it again changes nothing.
 * @throws Problem not-found, not-a-teacher, days-backwards, substitute-unfit
 */
export async function addSubstitute(
  deps: Deps,
  grant: Grant,
  { membershipId, from, until, standsIn, publishesSummaries: maySign = false }: NewSubstitute,
): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  const span = { startsOn: from, endsOn: until };
  await deps.database.write(schoolId, async (store) => {
    await store.lock([rosterLock(schoolId)]);
    const ids = standsIn.flatMap(({ id, assignmentId }) => [id, assignmentId]);
    const known = new Map((await assignmentsIn(store, schoolId, { ids })).map((row) => [row.id, row]));
    if (until < from) throw new Problem("days-backwards");
    await requireTeacher(store, schoolId, membershipId);
    const added = new Map<string, Parameters<typeof addAssignment>[2]>();
    for (const { id, assignmentId } of standsIn) {
      const away = known.get(assignmentId);
      if (!away) throw new Problem("not-found");
      if (known.has(id)) continue;
      const isOwn = away.standsInForId === null && away.membershipId !== membershipId;
      if (!isOwn || !liesWithin(span, away)) throw new Problem("substitute-unfit");
      const { classId, subjectId, isHomeroom } = away;
      const publishesSummaries = isHomeroom && maySign;
      const standsInForId = assignmentId;
      added.set(id, {
        id,
        membershipId,
        classId,
        subjectId,
        isHomeroom,
        standsInForId,
        publishesSummaries,
        ...span,
      });
    }
    for (const row of added.values()) await addAssignment(store, schoolId, row);
    for (const { classId, isHomeroom, publishesSummaries } of added.values()) {
      const after = { isSubstitute: true, isHomeroom, publishesSummaries, from, until };
      await noteChange(store, grant, {
        action: "people.assign",
        at,
        classId,
        subjectId: membershipId,
        after,
      });
    }
  });
}

/**
 * Ends an assignment after a day, and whoever stands in for it with it; one that would end before it began is taken back.
 * @throws Problem not-found
 */
export async function end(deps: Deps, grant: Grant, assignmentId: string, lastDay: string): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    await store.lock([rosterLock(schoolId)]);
    const found = await existing(store, schoolId, assignmentId);
    const ended = endedOn(found, lastDay);
    if (ended === found) return;
    for (const substitute of await assignmentsIn(store, schoolId, { standsInFor: [assignmentId] }))
      await endAssignment(store, schoolId, substitute.id, endedOn(substitute, lastDay)?.endsOn ?? null);
    await endAssignment(store, schoolId, assignmentId, ended?.endsOn ?? null);
    await noteChange(store, grant, {
      action: "people.assign",
      at,
      classId: found.classId,
      subjectId: found.membershipId,
      before: { isHomeroom: found.isHomeroom, from: found.startsOn, until: found.endsOn },
      after: ended && { isHomeroom: ended.isHomeroom, from: ended.startsOn, until: ended.endsOn },
    });
  });
}

type Classes = ReadonlyMap<string, ListedClass & { readonly year: ListedYear | undefined }>;

async function classesIn(store: Store, schoolId: string): Promise<Classes> {
  const years = new Map((await yearsIn(store, schoolId)).map((year) => [year.id, year]));
  const all = await allClasses(store, schoolId);
  return new Map(all.map((found) => [found.id, { ...found, year: years.get(found.academicYearId) }]));
}

/** @throws Problem not-found, class-not-in-session */
function requireInSession(classes: Classes, classId: string, day: string): void {
  const year = classes.get(classId)?.year;
  if (!year) throw new Problem("not-found");
  if (day < year.startsOn || day > year.endsOn) throw new Problem("class-not-in-session");
}

/** @throws Problem not-found, not-a-teacher */
export async function requireTeacher(store: Store, schoolId: string, membershipId: string): Promise<void> {
  const member = await staffMember(store, schoolId, membershipId);
  if (!member) throw new Problem("not-found");
  if (member.role !== "teacher" || !member.isHere) throw new Problem("not-a-teacher");
}

/** @throws Problem not-found */
async function existing(store: Store, schoolId: string, assignmentId: string): Promise<AssignmentRow> {
  const [found] = await assignmentsIn(store, schoolId, { ids: [assignmentId] });
  if (!found) throw new Problem("not-found");
  return found;
}
