/** How long a child looks at its own pages in a day: minutes are counted, the school's limit ends it kindly, and nobody else is limited. */
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { forgetViewings } from "@doudou/server/access/viewings.ts";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { pdf } from "../support/media.ts";
import { type School, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const LEAST = 10;
const ENOUGH = "viewing-enough-today";

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let admin: Client;
  beforeAll(async () => {
    world = await createWorld(engine);
    admin = await clientOf(world, world.school.admin);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.setNow(WORLD_NOW);
    for (const { id } of [world.school, world.neighbour])
      await world.database.write(id, async ({ db, tables }) => await db.delete(tables.viewing));
    await limitTo(LEAST);
  });

  const limitTo = async (viewMinutes: unknown, by = admin) => {
    const { words, wordsVersion: version } = await by.get<SchoolSettings>("/school-settings");
    return await by.ask("PUT", "/school-settings", { version, words: { ...words, viewMinutes } });
  };
  const childOf = (school: School) => `/students/${school.children[0]!.id}`;
  const child = () => childOf(world.school);
  const after = (minutes: number) => world.setNow(new Date(WORLD_NOW.getTime() + minutes * MINUTE));
  const look = async (by: Client, path = `${child()}/portfolio`) => {
    const { status, code } = await by.ask("GET", path);
    return code ?? status;
  };
  /** Looks once in each of so many minutes, from a later one on. @returns what the last look brought */
  const lookFor = async (by: Client, minutes: number, { from = 0, path = `${child()}/portfolio` } = {}) => {
    let last;
    for (let minute = from; minute < from + minutes; minute++) {
      after(minute);
      last = await look(by, path);
    }
    return last;
  };
  const counted = () =>
    world.database.read(world.school.id, async ({ db, tables }) => await db.select().from(tables.viewing));

  test("a child looks as long as its school lets it, then no page of its record opens until tomorrow", async () => {
    const student = await clientOf(world, world.school.student);
    expect(await lookFor(student, LEAST)).toBe(200);
    expect(await look(student, `${child()}/timeline`)).toBe(200);
    after(LEAST);
    for (const page of [
      "portfolio-page?reader=self",
      "portfolio",
      "timeline",
      "shelf",
      "badges",
      "summaries",
    ])
      expect(await look(student, `${child()}/${page}`)).toBe(ENOUGH);
    after(24 * 60);
    expect(await look(await clientOf(world, world.school.student))).toBe(200);
  });

  test("a minute counts once however much is read in it, and only when something was", async () => {
    const student = await clientOf(world, world.school.student);
    await Promise.all(["portfolio", "timeline", "shelf"].map((page) => look(student, `${child()}/${page}`)));
    after(40);
    await look(student);
    await look(student, `${child()}/shelf`);
    expect(await counted()).toMatchObject([{ day: "2026-11-11", minutes: 2 }]);
  });

  test("a work opened at its own address and the books of its years count like a page; keeping a new one does not", async () => {
    const { children, student: person, guardian } = world.school;
    const student = await clientOf(world, person);
    const keeps = async () => {
      const file = await student.addFile(children[0]!.id, pdf());
      const work = { title: "秋天的树", dimension: "arts", reflection: "", fileIds: [file.id] };
      expect((await student.ask("PUT", `${child()}/works/${uuidv7()}`, work)).status).toBe(200);
      return `${child()}/files/${file.id}`;
    };
    const kept = await keeps();
    expect(await counted()).toEqual([]);
    expect(await lookFor(student, LEAST / 2, { path: kept })).toBe(200);
    expect(await lookFor(student, LEAST / 2, { from: LEAST / 2, path: `${child()}/books` })).toBe(200);
    after(LEAST);
    await keeps();
    for (const path of [kept, `${child()}/books`, `${child()}/books/${uuidv7()}/pdf`, `${child()}/portfolio`])
      expect(await look(student, path)).toBe(ENOUGH);
    expect(await look(await clientOf(world, guardian), kept)).toBe(200);
    expect(await counted()).toMatchObject([{ minutes: LEAST }]);
  });

  test("a new device does not start anew", async () => {
    await lookFor(await clientOf(world, world.school.student), LEAST);
    after(LEAST);
    expect(await look(await clientOf(world, world.school.student))).toBe(ENOUGH);
  });

  test("what the child wants to tell, its account and leaving go on; so do its family and its teachers", async () => {
    const { school } = world;
    const student = await clientOf(world, school.student);
    await lookFor(student, LEAST);
    after(LEAST);
    expect(await look(student)).toBe(ENOUGH);
    for (const path of ["/session", `${child()}/proposals`, `${child()}/voice-desk`])
      expect(await look(student, path)).toBe(200);
    const told = await student.ask("PATCH", "/account", { locale: "zh-CN" });
    expect(told.status).toBe(200);
    for (const person of [school.guardian, school.homeroom, school.subject, school.admin])
      expect(await look(await clientOf(world, person))).toBe(200);
    expect((await student.ask("DELETE", "/session")).status).toBe(204);
    expect(await counted()).toHaveLength(1);
  });

  test("nobody but the child itself is counted", async () => {
    const { guardian, homeroom } = world.school;
    for (const person of [guardian, homeroom])
      expect(await lookFor(await clientOf(world, person), LEAST + 1)).toBe(200);
    expect(await counted()).toEqual([]);
  });

  test("each school has its own limit, and half an hour until it says otherwise", async () => {
    const student = await clientOf(world, world.neighbour.student);
    const path = `${childOf(world.neighbour)}/portfolio`;
    expect(await lookFor(student, 30, { path })).toBe(200);
    after(30);
    expect(await look(student, path)).toBe(ENOUGH);
  });

  test("a school may let children look without a limit, and a longer limit holds from the next minute", async () => {
    const student = await clientOf(world, world.school.student);
    await lookFor(student, LEAST);
    after(LEAST);
    expect(await look(student)).toBe(ENOUGH);
    await limitTo(LEAST + 1);
    after(LEAST + 1);
    expect(await look(student)).toBe(200);
    after(LEAST + 2);
    expect(await look(student)).toBe(ENOUGH);
    await limitTo(null);
    expect(await lookFor(student, 3, { from: LEAST + 3 })).toBe(200);
    const { entries } = await admin.get<AuditPage>("/audit?action=settings.change");
    expect(entries[0]).toMatchObject({ before: { viewMinutes: LEAST + 1 }, after: { viewMinutes: null } });
  });

  test.each([9, 121, 12.5, "30"])("%s minutes are no limit a school may set", async (minutes) => {
    expect((await limitTo(minutes)).status).toBe(400);
  });

  test("what was counted is gone when the day is over", async () => {
    await look(await clientOf(world, world.school.student));
    expect(await forgetViewings(world.deps)).toBe(0);
    after(24 * 60);
    expect(await forgetViewings(world.deps)).toBe(1);
    expect(await counted()).toEqual([]);
  });
});
