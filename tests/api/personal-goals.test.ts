/** A child's own small goals: few, in steps, ticked or counted from the ledger, and celebrated. */
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AwardablePoints } from "@doudou/shared/contract/classes.ts";
import type { PersonalGoals } from "@doudou/shared/contract/personal-goals.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

describe("a child's own goals", () => {
  let world: World;
  let homeroom: Client;
  let child: Client;
  let guardian: Client;
  let path: string;
  beforeEach(async () => {
    world = await createWorld();
    homeroom = await clientOf(world, world.school.homeroom);
    child = await clientOf(world, world.school.student);
    guardian = await clientOf(world, world.school.guardian);
    path = `/students/${world.school.children[0]!.id}/goals`;
  });
  afterEach(() => world.close());

  const set = async (over: object = {}, client = child, id: string = uuidv7()) => {
    const goal = { text: "每天把书包整理好", pointCode: null, steps: 3, reviewOn: "2026-12-01", ...over };
    const { status, code } = await client.ask("PUT", `${path}/${id}`, goal);
    return { id, status, code };
  };
  const tick = async (id: string, done: number, client = child) =>
    (await client.ask("PUT", `${path}/${id}/ticks`, { done })).status;
  const goals = (client = child) => client.get<PersonalGoals>(path);

  test("are ticked by child and teacher a step at a time, reached, and celebrated once", async () => {
    const { id, status } = await set();
    expect(status).toBe(204);
    expect((await set({}, child, id)).status).toBe(204);
    expect(await tick(id, 1)).toBe(204);
    expect(await tick(id, 3)).toBe(409);
    expect(await tick(id, 2, homeroom)).toBe(204);
    expect(await tick(id, 1)).toBe(204);
    expect((await child.ask("POST", `${path}/${id}/celebrated`)).code).toBe("goal-not-ticked");
    expect(await tick(id, 2)).toBe(204);
    expect(await tick(id, 3)).toBe(204);
    expect((await goals()).goals).toMatchObject([{ done: 3, isReached: true, isCelebrated: false }]);
    expect((await child.ask("POST", `${path}/${id}/celebrated`)).status).toBe(204);
    expect(await tick(id, 2)).toBe(409);
    expect((await goals(guardian)).goals).toMatchObject([{ isCelebrated: true, mayTick: false }]);
    expect((await goals(guardian)).mayChange).toBe(false);
  });

  test("are counted from the awards of a point since that day, and a void takes a step back", async () => {
    const classId = world.school.classId;
    const { points } = await homeroom.get<AwardablePoints>(`/observation-points?classId=${classId}`);
    const { code } = points.find(({ id }) => id === world.school.points.helps)!;
    const studentId = world.school.children[0]!.id;
    const give = async (occurredAt: Date) => {
      const award = awardIn(world.school, occurredAt, { studentId });
      await homeroom.award(award);
      return award.id;
    };
    await give(new Date(WORLD_NOW.getTime() - 86_400_000));
    await set({ pointCode: code });
    const first = await give(WORLD_NOW);
    await give(WORLD_NOW);
    expect((await goals()).goals).toMatchObject([{ done: 2, steps: 3, mayTick: false }]);
    await homeroom.void([first]);
    expect((await goals()).goals).toMatchObject([{ done: 1 }]);
    expect((await set({ pointCode: "nowhere" })).code).toBe("observation-point-not-found");
  });

  test("are three at a time, and one laid down makes room; a goal of the last term says nothing", async () => {
    const first = await set();
    await set();
    await set();
    expect((await set()).code).toBe("goals-enough");
    expect((await child.ask("DELETE", `${path}/${first.id}`)).status).toBe(204);
    expect((await goals()).left).toBe(1);
    expect((await set({ reviewOn: "2027-03-01" })).code).toBe("goal-review-not-fit");
    world.setNow(new Date("2027-02-10T02:00:00Z"));
    child = await clientOf(world, world.school.student);
    expect(await goals()).toMatchObject({ goals: [], mayChange: false });
  });

  test("stay reached after their term though nobody celebrated; what was not reached is let go of", async () => {
    const { points } = await homeroom.get<AwardablePoints>(
      `/observation-points?classId=${world.school.classId}`,
    );
    const { code } = points.find(({ id }) => id === world.school.points.helps)!;
    const ticked = await set();
    const counted = await set({ pointCode: code });
    await set();
    for (const step of [1, 2, 3]) {
      expect(await tick(ticked.id, step)).toBe(204);
      await homeroom.award(awardIn(world.school, WORLD_NOW, { studentId: world.school.children[0]!.id }));
    }
    world.setNow(new Date("2027-02-10T02:00:00Z"));
    child = await clientOf(world, world.school.student);
    const { reached } = await goals();
    expect(reached.map(({ id }) => id).sort()).toEqual([ticked.id, counted.id].sort());
  });

  test("are the child's, its teachers' and its family's; nobody else's", async () => {
    await set();
    for (const person of [world.school.outsider, world.school.otherStudent, world.school.admin]) {
      const client = await clientOf(world, person);
      expect((await client.ask("GET", path)).status).toBe(403);
      expect((await set({}, client)).status).toBe(403);
    }
    expect((await set({}, guardian)).status).toBe(403);
    const neighbour = await clientOf(world, world.neighbour.homeroom);
    expect((await neighbour.ask("GET", path)).status).toBe(404);
  });
});
