/** Who tests a class's fitness, and the sexes the office keeps, without which the standard has no table for a child. */
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import type { Sex } from "@doudou/shared/domain/roster-import/fields.ts";
import { addMember, type Person, type School } from "./school.ts";
import type { World } from "./world.ts";

/** A teacher who teaches the school's first class physical education. */
export async function addTester(world: World, { id: schoolId, classId }: School): Promise<Person> {
  return await world.database.write(EVERY_SCHOOL, async (store) => {
    const { db, tables } = store;
    const subjectId = uuidv7();
    const words = { code: "pe", nameZh: "体育与健康", nameEn: "Physical education" };
    await db.insert(tables.subject).values({ schoolId, id: subjectId, ...words });
    const tester = await addMember(store, schoolId, { role: "teacher", login: "tester", name: "冯老师" });
    await db.insert(tables.teachingAssignment).values({
      schoolId,
      id: uuidv7(),
      membershipId: tester.membershipId,
      classId,
      isHomeroom: false,
      subjectId,
      startsOn: "2026-09-01",
      endsOn: null,
    });
    return tester;
  });
}

/** Writes down whether children are boys or girls, as the office's roster does. */
export async function keepSexes(
  world: World,
  schoolId: string,
  sexes: readonly (readonly [studentId: string, sex: Sex])[],
): Promise<void> {
  await world.database.write(schoolId, async ({ db, tables: { studentRecord: r } }) => {
    for (const [studentId, sex] of sexes)
      await db
        .insert(r)
        .values({ schoolId, studentId, sex })
        .onConflictDoUpdate({ target: [r.schoolId, r.studentId], set: { sex } });
  });
}
