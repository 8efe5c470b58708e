/** Absent today: marked by any teacher of the class for all of them, the last word counts, gone when the day is over. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { forgetAbsences } from "@doudou/server/features/absences/service.ts";
import type { Absences } from "@doudou/shared/contract/absences.ts";
import type { Roster } from "@doudou/shared/contract/classes.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY = "2026-11-11";
const MINUTE = 60_000;
const after = (minutes: number) => new Date(WORLD_NOW.getTime() + minutes * MINUTE);

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let subject: Client;
  beforeAll(async () => {
    world = await createWorld(engine);
    homeroom = await clientOf(world, world.school.homeroom);
    subject = await clientOf(world, world.school.subject);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.setNow(WORLD_NOW);
    await world.database.write(world.school.id, async ({ db, tables }) => await db.delete(tables.absence));
  });

  const child = (place = 0) => world.school.children[place]!;
  const mark = (place: number, isAbsent: boolean, at = WORLD_NOW, day = DAY) => ({
    studentId: child(place).id,
    day,
    isAbsent,
    markedAt: at.toISOString(),
  });
  const send = async (by: Client, ...marks: ReturnType<typeof mark>[]) => {
    const path = `/classes/${world.school.classId}/absences`;
    const { status, code, body } = await by.ask("POST", path, { marks });
    return status === 200 ? (JSON.parse(body) as Absences) : code;
  };
  const absentFor = async (reader: Client) => {
    const roster = await reader.get<Roster>(`/classes/${world.school.classId}/roster`);
    return roster.students.filter(({ isAbsent }) => isAbsent).map(({ name }) => name);
  };

  test("what one teacher marks, every teacher of the class sees, until somebody says the child is here after all", async () => {
    expect(await send(subject, mark(0, true), mark(2, true))).toMatchObject({ day: DAY });
    expect(await absentFor(homeroom)).toEqual([child(0).name, child(2).name]);
    await send(homeroom, mark(0, false, after(1)));
    expect(await absentFor(subject)).toEqual([child(2).name]);
  });

  test("a mark that comes late from a tablet without a network never undoes a later word", async () => {
    world.setNow(after(30));
    await send(homeroom, mark(0, false, after(20)));
    expect(await send(subject, mark(0, true, after(5)))).toEqual({ day: DAY, absentIds: [] });
    await send(subject, mark(0, true, after(25)), mark(0, true, after(25)));
    expect(await absentFor(homeroom)).toEqual([child(0).name]);
  });

  test("a tablet whose clock is fast does not have the last word for the rest of the day", async () => {
    await send(subject, mark(0, true, after(180)));
    world.setNow(after(10));
    await send(homeroom, mark(0, false, after(10)));
    expect(await absentFor(subject)).toEqual([]);
  });

  test("a child of another class, and a day that is not today, are passed over; the others are kept", async () => {
    const stranger = { ...mark(0, true), studentId: world.school.otherChildren[0]!.id };
    const answer = await send(
      homeroom,
      stranger,
      mark(1, true, WORLD_NOW, "2026-11-10"),
      mark(2, true, WORLD_NOW, "2026-11-12"),
      mark(3, true),
    );
    expect(answer).toEqual({ day: DAY, absentIds: [child(3).id] });
  });

  test("it is attendance for the class page and nothing else: no ledger, no tally, no figure moves", async () => {
    const before = await dumpOf(world.database);
    await send(homeroom, mark(0, true));
    const now = await dumpOf(world.database);
    const changed = Object.keys(now).filter((table) => now[table]?.join() !== before[table]?.join());
    expect(changed.sort()).toEqual(["absence", "auditDetail", "auditEntry"]);
    // Who was missing is forgotten with the day: the log must not remember it.
    const log = [...now["auditEntry"]!, ...now["auditDetail"]!].filter(
      (row) => !before["auditEntry"]!.includes(row),
    );
    expect(log.join()).not.toContain(world.school.children[0]!.id);
  });

  test("the next day everybody is here again, and yesterday's marks are deleted for good", async () => {
    await send(homeroom, mark(0, true));
    expect(await forgetAbsences(world.deps)).toBe(0);
    world.setNow(after(24 * 60));
    expect(await absentFor(homeroom)).toEqual([]);
    expect(await forgetAbsences(world.deps)).toBe(1);
    expect((await dumpOf(world.database))["absence"]).toEqual([]);
  });

  test("nobody but a teacher of the class marks: not a colleague of another class, the office, a family, a child", async () => {
    const { outsider, admin, guardian, student } = world.school;
    for (const person of [outsider, admin, guardian, student])
      expect(await send(await clientOf(world, person), mark(0, true))).toBe("forbidden");
    expect(await send(await clientOf(world, world.neighbour.homeroom), mark(0, true))).toBe("not-found");
  });
});
