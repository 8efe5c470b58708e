/** A teacher's own sets of tiles: kept, written over, taken away, and nobody else's business. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { AwardablePoints } from "@doudou/shared/contract/classes.ts";
import type { TileSetInput } from "@doudou/shared/contract/tile-sets.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { createWorld, type World } from "../support/world.ts";

describe.each(ENGINES)("sets of tiles on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let subject: Client;
  beforeAll(async () => {
    world = await createWorld(engine);
    homeroom = await clientOf(world, world.school.homeroom);
    subject = await clientOf(world, world.school.subject);
  });
  afterAll(() => world.close());

  const points = (client: Client) =>
    client.get<AwardablePoints>(`/observation-points?classId=${world.school.classId}`);
  const setsOf = async (client: Client) => (await points(client)).sets;
  const path = (id: string, classId = world.school.classId) => `/tile-sets/${id}?classId=${classId}`;
  const input = (over: Partial<TileSetInput> = {}): TileSetInput => ({
    name: "语文课",
    subjectCode: null,
    pointCodes: ["D21", "Z11"],
    ...over,
  });

  test("are kept in the teacher's order, written over, and taken away; twice is once", async () => {
    const [id, other] = [uuidv7(), uuidv7()];
    const put = async (set: TileSetInput, of = id) => (await homeroom.ask("PUT", path(of), set)).status;
    expect([await put(input()), await put(input())]).toEqual([204, 204]);
    expect(await put(input({ name: " 早读 ", pointCodes: ["no longer a point"] }), other)).toBe(204);
    expect(await setsOf(homeroom)).toEqual([
      { id, ...input() },
      { id: other, ...input({ name: "早读", pointCodes: ["no longer a point"] }) },
    ]);
    expect(await put(input({ subjectCode: "chinese", pointCodes: ["Z11", "D21", "L11"] }))).toBe(204);
    expect((await setsOf(homeroom))[0]).toEqual({
      id,
      ...input({ subjectCode: "chinese", pointCodes: ["Z11", "D21", "L11"] }),
    });
    const drop = async (of: string) => (await homeroom.ask("DELETE", path(of))).status;
    expect([await drop(id), await drop(id), await drop(other)]).toEqual([204, 204, 204]);
    expect(await setsOf(homeroom)).toEqual([]);
  });

  test("are one teacher's: a colleague neither sees, writes nor takes them away", async () => {
    const id = uuidv7();
    await homeroom.ask("PUT", path(id), input());
    expect(await setsOf(subject)).toEqual([]);
    expect((await subject.ask("PUT", path(id), input({ name: "我的" }))).status).toBe(404);
    expect((await subject.ask("DELETE", path(id))).status).toBe(204);
    expect(await setsOf(homeroom)).toEqual([{ id, ...input() }]);
    await homeroom.ask("DELETE", path(id));
  });

  test("are for who teaches: families, children and strangers are refused", async () => {
    const { guardian, student, outsider, admin } = world.school;
    for (const person of [guardian, student, outsider, admin]) {
      const client = await clientOf(world, person);
      expect((await client.ask("PUT", path(uuidv7()), input())).status).toBe(403);
      expect((await client.ask("DELETE", path(uuidv7()))).status).toBe(403);
    }
    expect((await homeroom.ask("PUT", path(uuidv7(), world.neighbour.classId), input())).status).toBe(404);
  });

  test("have a name, some points, each once, and there are not too many of them", async () => {
    const status = async (set: object) => (await subject.ask("PUT", path(uuidv7()), set)).status;
    for (const wrong of [
      input({ name: "  " }),
      input({ name: "很".repeat(21) }),
      input({ pointCodes: [] }),
      input({ pointCodes: ["D21", "D21"] }),
      { ...input(), beans: 3 },
    ]) {
      expect(await status(wrong)).toBe(400);
    }
    for (let number = 0; number < 20; number += 1) expect(await status(input())).toBe(204);
    const answer = await subject.ask("PUT", path(uuidv7()), input());
    expect([answer.status, answer.code]).toEqual([409, "tile-sets-full"]);
    const [first] = await setsOf(subject);
    expect((await subject.ask("PUT", path(first!.id), input({ name: "改名" }))).status).toBe(204);
  });

  test("tell what the teacher teaches, here and elsewhere, so that a set can be shown first there", async () => {
    expect((await points(subject)).subjects).toEqual([
      { code: expect.any(String) as string, name: { zh: "音乐", en: "Music" }, isTaughtHere: true },
    ]);
    expect((await points(homeroom)).subjects).toEqual([]);
  });
});
