/** Facts that are remembered between requests are never older than the last commit. */
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { EVERY_SCHOOL, type Database } from "@doudou/db/engines/database.ts";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { assignmentsOf } from "@doudou/db/repositories/people.ts";
import { ENGINES, freshDatabase } from "../support/databases.ts";
import { createSchool, type School } from "../support/school.ts";

for (const engine of ENGINES) {
  test(`an assignment that ends is seen by the very next question, also from another process (${engine})`, async () => {
    const { database, location, drop } = await freshDatabase(engine);
    const other = await openDatabase(location);
    try {
      const school = await createSchool(database, "recall");
      const ask = () =>
        database.recall(school.id, "assignments", (store) =>
          assignmentsOf(store, school.id, school.homeroom.membershipId),
        );
      expect((await ask())[0]?.endsOn).toBeNull();
      await endAssignments(database, school, "2026-10-01");
      expect((await ask())[0]?.endsOn).toBe("2026-10-01");
      await endAssignments(other, school, "2026-10-02");
      expect((await ask())[0]?.endsOn).toBe("2026-10-02");
    } finally {
      await other.close();
      await drop();
    }
  });
}

test("what has not changed is not asked again, whatever is written elsewhere", async () => {
  const { database, drop } = await freshDatabase("sqlite");
  try {
    const school = await createSchool(database, "recall");
    let asked = 0;
    const ask = () =>
      database.recall(school.id, "count", async () => {
        asked += 1;
        return asked;
      });
    await ask();
    await database.write(school.id, ({ db, tables }) =>
      db.insert(tables.favouritePoint).values({
        schoolId: school.id,
        membershipId: school.homeroom.membershipId,
        observationPointId: school.points.helps,
      }),
    );
    expect(await ask()).toBe(1);
    await endAssignments(database, school, "2026-10-01");
    expect(await ask()).toBe(2);
  } finally {
    await drop();
  }
});

async function endAssignments(database: Database, school: School, endsOn: string): Promise<void> {
  await database.write(EVERY_SCHOOL, async ({ db, tables }) => {
    const { teachingAssignment: a } = tables;
    await db.update(a).set({ endsOn }).where(eq(a.schoolId, school.id));
  });
}
