/**
 * Absent today: the teachers of a class tell one another who is not there, so that "all" leaves those children out.
 * A fact of one day. It carries no beans, is in no figure and no report, and is deleted when the day is over.
 */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { absentOn, deleteAbsencesBefore, keepAbsenceMarks } from "@doudou/db/repositories/absences.ts";
import { studentsOfClass } from "@doudou/db/repositories/people.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import type { AbsenceMarks, Absences } from "@doudou/shared/contract/absences.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";

/** Keeps marks of today, each unless a later one is known. @returns who is absent then */
export async function markAbsences(
  deps: Deps,
  grant: Grant,
  classId: string,
  { marks }: AbsenceMarks,
): Promise<Absences> {
  const { schoolId, membershipId } = grant;
  const now = deps.now();
  const { timeZone } = await deps.frames.of(schoolId);
  const day = localDayOf(now.getTime(), timeZone);
  return await deps.database.write(schoolId, async (store) => {
    const students = new Set((await studentsOfClass(store, schoolId, classId, day)).map(({ id }) => id));
    const kept = marks
      .filter((mark) => mark.day === day && students.has(mark.studentId))
      .map(({ studentId, isAbsent, markedAt }) => ({
        classId,
        day,
        studentId,
        isAbsent,
        // A fast clock must not have the last word for the rest of the day.
        markedAt: new Date(Math.min(Date.parse(markedAt), now.getTime())),
        markedBy: membershipId,
      }));
    // In one order, so that two who mark the same children never wait for each other.
    kept.sort((one, other) => (one.studentId < other.studentId ? -1 : 1));
    await keepAbsenceMarks(store, schoolId, kept);
    const absentIds = [...(await absentOn(store, schoolId, classId, day))];
    // How many, not who: that is forgotten with the day.
    const after = { day, marked: kept.length, absent: absentIds.length };
    if (kept.length > 0) await noteChange(store, grant, { action: "absence.mark", at: now, classId, after });
    return { day, absentIds };
  });
}

/** Deletes, in every school, what was marked for days that are over. @returns how many */
export async function forgetAbsences(deps: Deps): Promise<number> {
  let forgotten = 0;
  for (const schoolId of await deps.database.read(EVERY_SCHOOL, schoolIds)) {
    const { timeZone } = await deps.frames.of(schoolId);
    const today = localDayOf(deps.now().getTime(), timeZone);
    forgotten += await deps.database.write(schoolId, (store) => deleteAbsencesBefore(store, schoolId, today));
  }
  return forgotten;
}
