/** There is nothing below nothing: the database itself refuses it, whatever the code above it has come to. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { Store } from "@doudou/db/engines/database.ts";
import { ENGINES, type FreshDatabase, freshDatabase } from "../support/databases.ts";
import { createSchool, type School, WORLD_NOW } from "../support/school.ts";

describe.each(ENGINES)("on %s", (engine) => {
  let fresh: FreshDatabase;
  let school: School;
  beforeAll(async () => {
    fresh = await freshDatabase(engine);
    school = await createSchool(fresh.database, "nothing", { children: 1 });
  });
  afterAll(() => fresh.drop());

  const insertAward = (points: number, beans: number) => (store: Store) =>
    store.db.insert(store.tables.award).values({
      ...ofChild(),
      id: uuidv7(),
      classId: school.classId,
      termId: school.termId,
      points,
      beans,
      note: null,
      day: "2026-11-11",
      occurredAt: WORLD_NOW,
      recordedAt: WORLD_NOW,
      observationPointId: school.points.helps,
      recorderId: school.homeroom.membershipId,
      seq: 1,
    });
  const insertTally = (count: number, beans: number) => (store: Store) =>
    store.db.insert(store.tables.tally).values({
      ...ofChild(),
      termId: school.termId,
      observationPointId: school.points.helps,
      recorderId: school.homeroom.membershipId,
      count,
      beans,
    });
  const insertDayTally = (count: number, beans: number) => (store: Store) =>
    store.db.insert(store.tables.dayTally).values({ ...ofChild(), day: "2026-11-11", count, beans });
  const ofChild = () =>
    ({ schoolId: school.id, studentId: school.children[0]!.id, dimension: "moral" }) as const;

  test.each([
    ["an award of negative points", insertAward(-1, 0), "award_points_never_negative"],
    ["an award of negative beans", insertAward(1, -1), "award_points_never_negative"],
    ["an award of more beans than points", insertAward(1, 2), "award_points_never_negative"],
    ["a tally of fewer than no records", insertTally(-1, 0), "tally_never_negative"],
    ["a tally of negative beans", insertTally(0, -1), "tally_never_negative"],
    ["a day of fewer than no records", insertDayTally(-1, 0), "day_tally_never_negative"],
    ["a day of negative beans", insertDayTally(0, -1), "day_tally_never_negative"],
  ] as const)("%s is refused", async (_what, insert, rule) => {
    const refused = fresh.database.write(school.id, async (store) => {
      await insert(store);
    });
    await expect(refused).rejects.toThrow(rule);
  });

  test.each([
    ["an award", insertAward(1, 1)],
    ["a tally", insertTally(1, 1)],
    ["a day", insertDayTally(1, 1)],
  ] as const)("%s of one is taken", async (_what, insert) => {
    const taken = fresh.database.write(school.id, async (store) => {
      await insert(store);
    });
    await expect(taken).resolves.toBeUndefined();
  });
});
