/** What the summaries of many classes still lack, looked through in the background. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassPieces, SummaryRounds } from "@doudou/shared/contract/summary-rounds.ts";
import {
  latestPreparation,
  preparedClasses,
  savePreparedClass,
} from "@doudou/db/repositories/summary-preparations.ts";
import { prepareAll } from "@doudou/server/features/summary-preparations/preparing.ts";
import { countPieces } from "@doudou/shared/domain/summary-pieces.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let admin: Client;
  beforeAll(async () => {
    world = await createWorld(engine);
    homeroom = await clientOf(world, world.school.homeroom);
    admin = await clientOf(world, world.school.admin);
  });
  afterAll(() => world.close());

  const start = (by: Client, ...classIds: string[]) =>
    by.ask("POST", "/summary-preparations", { termId: world.school.termId, classIds });
  const stop = (by: Client) => by.ask("DELETE", `/summary-preparations?termId=${world.school.termId}`);
  const rounds = () => admin.get<SummaryRounds>("/summary-rounds");
  const both = () => [world.school.classId, world.school.otherClassId];
  const pieces = (by = homeroom) => by.get<ClassPieces>(`/classes/${world.school.classId}/summaries/pieces`);

  test("a class says child by child what its summaries lack; what is published lacks nothing", async () => {
    const [first, second] = world.school.children;
    expect((await pieces()).children.map((child) => child.pieces)).toEqual(
      world.school.children.map(() => ["comment", "records"]),
    );
    for (let each = 0; each < 5; each++)
      await homeroom.award(awardIn(world.school, WORLD_NOW, { studentId: first!.id }));
    const found = (await pieces()).children.find(({ id }) => id === first!.id);
    expect(found?.pieces).toEqual(["comment", "dimension"]);
    expect(found?.dimensions).not.toContain("moral");
    expect(found?.dimensions).toHaveLength(4);
    const summary = `/students/${second!.id}/summaries/${world.school.termId}`;
    await homeroom.ask("PUT", `${summary}/comment`, { comment: "你爱提问。", commentVersion: 0 });
    expect((await pieces()).children.find(({ id }) => id === second!.id)?.pieces).toEqual(["records"]);
    expect((await homeroom.ask("POST", `${summary}/publish`)).status).toBe(200);
    expect((await pieces()).children.map(({ id }) => id)).not.toContain(second!.id);
    expect((await pieces(admin)).children).toEqual((await pieces()).children);
    const stranger = await clientOf(world, world.school.subject);
    expect((await stranger.ask("GET", `/classes/${world.school.classId}/summaries/pieces`)).status).toBe(403);
  });

  test("the office has several classes looked through, sees how far it is, and only one at a time", async () => {
    expect((await rounds()).preparation).toBeNull();
    expect((await start(admin, ...both())).status).toBe(204);
    expect((await start(admin, world.school.classId)).code).toBe("preparation-under-way");
    expect((await rounds()).preparation).toMatchObject({
      state: "under-way",
      by: "校长",
      classes: 2,
      prepared: 0,
    });
    await prepareAll(world.deps);
    const { preparation, classes } = await rounds();
    expect(preparation).toMatchObject({ state: "done", classes: 2, prepared: 2 });
    const own = classes.find(({ class: of }) => of.id === world.school.classId);
    expect(own?.prepared).toMatchObject({ ready: 1, missing: countPieces((await pieces()).children) });
    expect(own?.prepared?.missing).toMatchObject({ comment: 4, dimension: 1, teacher: 0 });
  });

  test("a server that stopped half-way goes on with what is left; what it had done stays as it was", async () => {
    const { id: schoolId, termId } = world.school;
    expect((await start(admin, ...both())).status).toBe(204);
    const { id } = (await world.database.read(schoolId, (store) =>
      latestPreparation(store, schoolId, termId),
    ))!;
    const done = {
      classId: world.school.classId,
      ready: 99,
      missing: countPieces([]),
      preparedAt: WORLD_NOW,
    };
    await world.database.write(schoolId, (store) => savePreparedClass(store, schoolId, id, done));
    await prepareAll(world.deps, AbortSignal.abort());
    expect((await rounds()).preparation).toMatchObject({ state: "under-way", prepared: 1 });
    await Promise.all([1, 2].map(() => prepareAll(world.deps)));
    expect((await rounds()).preparation).toMatchObject({ state: "done", prepared: 2 });
    const classes = await world.database.read(schoolId, (store) => preparedClasses(store, schoolId, id));
    expect(classes.find(({ classId }) => classId === world.school.classId)?.ready).toBe(99);
  });

  test("it can be stopped, twice too; what comes after takes its place", async () => {
    await start(admin, ...both());
    expect((await stop(admin)).status).toBe(204);
    expect((await stop(admin)).status).toBe(204);
    await prepareAll(world.deps);
    expect((await rounds()).preparation).toMatchObject({ state: "stopped", prepared: 0 });
    expect((await start(admin, world.school.otherClassId)).status).toBe(204);
    await prepareAll(world.deps);
    const { classes } = await rounds();
    expect(classes.map(({ prepared }) => prepared !== null)).toEqual([false, true]);
  });

  test("is the office's own, of its own school's classes", async () => {
    expect((await start(homeroom, world.school.classId)).status).toBe(403);
    expect((await stop(homeroom)).status).toBe(403);
    expect((await start(admin, world.neighbour.classId)).status).toBe(404);
    expect((await start(admin)).status).toBe(400);
  });
});
