/** "Undo the last 5 minutes": what a pupil gave on a teacher's tablet goes as one act, and nothing else does. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { OwnRecent, VoidResults } from "@doudou/shared/contract/awards.ts";
import { tallyDifferences } from "@doudou/db/repositories/verification.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let teacher: Client;
  let colleague: Client;
  const later = (minutes: number) => world.setNow(new Date(WORLD_NOW.getTime() + minutes * MINUTE));
  // Each story begins with nothing of the last hour in the class.
  beforeEach(async () => {
    world = await createWorld(engine);
    teacher = await clientOf(world, world.school.homeroom);
    colleague = await clientOf(world, world.school.subject);
  });
  afterEach(() => world.close());

  const give = async (by: Client, count: number) => {
    const awards = Array.from({ length: count }, (_, i) =>
      awardIn(world.school, world.deps.now(), {
        studentId: world.school.children[i % world.school.children.length]!.id,
      }),
    );
    await by.award(...awards);
    return awards.map(({ id }) => id);
  };
  const preview = (query: string) =>
    teacher.get<OwnRecent>(`/classes/${world.school.classId}/awards/own-recent?${query}`);
  const undo = async (payload: object) => {
    const answer = await teacher.ask("POST", `/classes/${world.school.classId}/awards/void-recent`, payload);
    return answer.status === 200 ? (JSON.parse(answer.body) as VoidResults).results : answer.code;
  };
  const standing = async () =>
    (
      await teacher.get<{ entries: { id: string; voided: unknown }[] }>(
        `/classes/${world.school.classId}/awards`,
      )
    ).entries
      .filter(({ voided }) => voided === null)
      .map(({ id }) => id)
      .sort();

  test("voids what I recorded in the last minutes, not what was before, nor what a colleague gave", async () => {
    const before = await give(teacher, 3);
    later(10);
    const theirs = await give(colleague, 2);
    const mine = await give(teacher, 7);
    later(12);
    const seen = await preview("minutes=5");
    expect(seen.entries.map(({ id }) => id).sort()).toEqual([...mine].sort());
    expect(seen.entries[0]?.student.name).toBeTruthy();
    const results = await undo({ minutes: 5, before: seen.before, reason: "不是我点的" });
    expect(results).toHaveLength(7);
    expect(await standing()).toEqual([...before, ...theirs].sort());
    const differences = await world.database.read(world.school.id, (store) =>
      tallyDifferences(store, world.school.id),
    );
    expect(differences).toEqual([]);
  });

  test("sent again after a lost answer it voids nothing more, not even what I gave meanwhile", async () => {
    await give(teacher, 4);
    later(2);
    const act = { minutes: 5, before: (await preview("minutes=5")).before, reason: "不是我点的" };
    await undo(act);
    later(3);
    const meanwhile = await give(teacher, 1);
    later(4);
    const again = await undo(act);
    expect(again).toEqual(Array.from({ length: 4 }, () => expect.objectContaining({ status: "duplicate" })));
    expect(await standing()).toEqual(meanwhile);
  });

  test("finds a few of mine among hundreds of a colleague's", async () => {
    const mine = await give(teacher, 1);
    for (let lesson = 0; lesson < 3; lesson++) await give(colleague, 150);
    expect((await preview("minutes=5")).entries.map(({ id }) => id)).toEqual(mine);
  });

  test("leaves alone what was given in an earlier lesson and came in just now", async () => {
    later(40);
    const late = awardIn(world.school, WORLD_NOW);
    await teacher.award(late);
    const mine = await give(teacher, 2);
    const seen = await preview("minutes=5");
    expect(seen.entries.map(({ id }) => id).sort()).toEqual([...mine].sort());
    expect(await undo({ minutes: 5, before: seen.before, reason: "不是我点的" })).toHaveLength(2);
    expect(await standing()).toEqual([late.id]);
  });

  test("reaches back an hour and no further", async () => {
    for (const wrong of [
      { minutes: 0 },
      { minutes: 61 },
      { minutes: 5, before: new Date(WORLD_NOW.getTime() + MINUTE).toISOString() },
      { minutes: 5, before: new Date(WORLD_NOW.getTime() - 61 * MINUTE).toISOString() },
    ])
      expect([wrong, await undo({ ...wrong, reason: "不是我点的" })]).toEqual([wrong, "invalid-input"]);
    expect(await undo({ minutes: 5, reason: "不是我点的" })).toEqual([]);
    const elsewhere = await teacher.ask("POST", `/classes/${uuidv7()}/awards/void-recent`, {
      minutes: 5,
      reason: "不是我点的",
    });
    expect(elsewhere.code).toBe("not-found");
  });
});
