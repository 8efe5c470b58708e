/**
 * What live updates stand on: a class's awards and its voids are numbered from 1 without gaps in the order of their
 * commits, whoever writes at the same time, so that a reader who asks for what came after a number misses nothing.
 */
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { Database } from "@doudou/db/engines/database.ts";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { type AcceptedAward, awardsByIds, recordAwards, voidAwards } from "@doudou/db/repositories/awards.ts";
import { feedAfter, type FeedEvent, feedPosition } from "@doudou/db/repositories/feed.ts";
import { ENGINES, type FreshDatabase, freshDatabase } from "../support/databases.ts";
import { createSchool, type School, WORLD_NOW } from "../support/school.ts";

const WRITERS = 6;
const WRITES_EACH = 25;

describe.each(ENGINES)("on %s, two processes that write to one class at once", (engine) => {
  let fresh: FreshDatabase;
  let second: Database;
  let school: School;
  beforeEach(async () => {
    fresh = await freshDatabase(engine);
    second = await openDatabase(fresh.location);
    school = await createSchool(fresh.database, "order", { children: 8 });
  });
  afterEach(async () => {
    await second.close();
    await fresh.drop();
  });

  const awardFor = (studentId: string): AcceptedAward => ({
    id: uuidv7(),
    studentId,
    classId: school.classId,
    termId: school.termId,
    observationPointId: school.points.helps,
    dimension: "moral",
    points: 1,
    note: null,
    recorderId: school.homeroom.membershipId,
    day: "2026-11-11",
    occurredAt: WORLD_NOW,
    weeklyCap: 1000,
    evidenceIds: [],
    needsEvidence: false,
    week: { from: new Date("2026-11-08T16:00:00Z"), to: new Date("2026-11-15T16:00:00Z") },
  });

  /** Records some, some of them again, voids some; every fifth write fails after all and leaves nothing. */
  async function writeAway(database: Database, writer: number): Promise<void> {
    for (let turn = 0; turn < WRITES_EACH; turn++) {
      const awards = Array.from({ length: 1 + (turn % 3) }, (_, i) =>
        awardFor(school.children[(writer + turn + i) % school.children.length]!.id),
      );
      const isLost = turn % 5 === 4;
      await database
        .write(school.id, async (store) => {
          await recordAwards(store, school.id, [...awards, ...awards.slice(0, 1)], WORLD_NOW);
          if (isLost) throw new Error("changed its mind");
        })
        .catch((error: Error) => expect(error.message).toBe("changed its mind"));
      if (isLost || turn % 2 === 0) continue;
      await database.write(school.id, async (store) => {
        const found = await awardsByIds(store, school.id, [awards[0]!.id]);
        const by = { membershipId: school.homeroom.membershipId, reason: "点错了", at: WORLD_NOW };
        await voidAwards(store, school.id, [...found, ...found], by);
      });
    }
  }

  /** Follows the class until `isDone` and everything has been told. */
  async function readAlong(database: Database, isDone: () => boolean): Promise<FeedEvent[]> {
    const told: FeedEvent[] = [];
    let position = { awards: 0, voids: 0 };
    for (;;) {
      const wasDone = isDone();
      const events = await database.read(school.id, (store) =>
        feedAfter(store, school.id, school.classId, position, 7),
      );
      for (const { of, seq } of events) position = { ...position, [`${of}s`]: seq };
      told.push(...events);
      if (events.length === 0 && wasDone) return told;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  test("number their awards without a gap, and a reader beside them is told each exactly once, in order", async () => {
    let isDone = false;
    const reading = readAlong(fresh.database, () => isDone);
    await Promise.all(
      Array.from({ length: WRITERS }, (_, writer) =>
        writeAway(writer % 2 === 0 ? fresh.database : second, writer),
      ),
    );
    isDone = true;
    const told = await reading;

    const kept = await fresh.database.read(school.id, async ({ db, tables: { award, awardVoid } }) => ({
      awards: await db.select().from(award).orderBy(asc(award.seq)),
      voids: await db.select().from(awardVoid).orderBy(asc(awardVoid.seq)),
    }));
    const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
    expect(kept.awards.length).toBeGreaterThan(WRITERS * WRITES_EACH);
    expect(kept.awards.map(({ seq }) => seq)).toEqual(upTo(kept.awards.length));
    expect(kept.voids.length).toBeGreaterThan(WRITERS * 5);
    expect(kept.voids.map(({ seq }) => seq)).toEqual(upTo(kept.voids.length));

    const ids = (of: FeedEvent["of"]) => told.filter((event) => event.of === of).map(({ id }) => id);
    expect(ids("award")).toEqual(kept.awards.map(({ id }) => id));
    expect(ids("void")).toEqual(kept.voids.map(({ awardId }) => awardId));
    const place = new Map(told.map(({ of, id }, index) => [`${of} ${id}`, index]));
    for (const id of ids("void")) expect(place.get(`award ${id}`)).toBeLessThan(place.get(`void ${id}`)!);
    const standing = await second.read(school.id, (store) => feedPosition(store, school.id, school.classId));
    expect(standing).toEqual({ awards: kept.awards.length, voids: kept.voids.length });
  });
});
