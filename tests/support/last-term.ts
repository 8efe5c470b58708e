/** What the test school knows of children's last term: the class they were in then, and what they were noticed for. */
import { loadAwards } from "@doudou/db/repositories/awards.ts";
import { addClasses, addEnrollments } from "@doudou/db/repositories/office.ts";
import { v7 as uuidv7 } from "uuid";
import type { World } from "./world.ts";

/** Enters an award of three points a child for each of these days, as the homeroom teacher's. @returns the class of then */
export async function noticeLastTerm(
  { database, school }: World,
  of: string | readonly string[],
  days: readonly string[],
): Promise<string> {
  const classId = uuidv7();
  const studentIds = [of].flat();
  await database.write(school.id, async (store) => {
    const row = {
      id: classId,
      academicYearId: school.earlierYearId,
      grade: 2,
      name: "二年级1班",
      position: 9,
    };
    await addClasses(store, school.id, [row]);
    const then = { classId, startsOn: "2025-09-01", endsOn: "2026-07-10" };
    await addEnrollments(
      store,
      school.id,
      studentIds.map((studentId) => ({ id: uuidv7(), studentId, ...then })),
    );
    const noticed = studentIds.flatMap((studentId) => days.map((day) => ({ studentId, day })));
    const awards = noticed.map(({ studentId, day }) => ({
      day,
      occurredAt: new Date(`${day}T02:00:00Z`),
      id: uuidv7(),
      studentId,
      classId,
      termId: school.earlierTermId,
      observationPointId: school.points.helps,
      dimension: "moral" as const,
      points: 3,
      beans: 3,
      note: null,
      recorderId: school.homeroom.membershipId,
      recordedAt: new Date(`${day}T02:00:00Z`),
      voided: null,
    }));
    await loadAwards(store, school.id, awards);
  });
  return classId;
}
