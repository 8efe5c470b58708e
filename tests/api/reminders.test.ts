/** Reminders: private words about a child, seen by few, counting for nothing, gone with the term. */
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { startServer } from "@doudou/server/server.ts";
import { deleteExpiredReminders } from "@doudou/server/features/reminders/service.ts";
import type { ReminderInput, ReminderList, ReminderResult } from "@doudou/shared/contract/reminders.ts";
import { REMINDERS_A_DAY } from "@doudou/shared/domain/reminders.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";
import { type Person, type School, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY = 86_400_000;
const AFTER_TERM = new Date("2027-01-23T02:00:00Z");

const remindersOf = (school: School, place = 0) => `/students/${school.children[place]?.id}/reminders`;
const reminder = (over: Partial<ReminderInput> = {}, at = WORLD_NOW): ReminderInput => ({
  id: uuidv7(),
  text: "在走廊上跑得太快",
  guardianMaySee: false,
  occurredAt: at.toISOString(),
  ...over,
});
const write = async (teacher: Client, school: School, over: Partial<ReminderInput> = {}, place = 0) => {
  const sent = reminder(over);
  const { status, code, body } = await teacher.ask("POST", remindersOf(school, place), sent);
  const result = status === 200 ? (JSON.parse(body) as ReminderResult).status : code;
  return { id: sent.id, result };
};

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let subject: Client;
  let guardian: Client;
  beforeAll(async () => {
    world = await createWorld(engine);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.setNow(WORLD_NOW);
    await world.database.write(world.school.id, async ({ db, tables }) => await db.delete(tables.reminder));
    homeroom ??= await clientOf(world, world.school.homeroom);
    subject ??= await clientOf(world, world.school.subject);
    guardian ??= await clientOf(world, world.school.guardian);
  });

  const listFor = (reader: Client, place = 0) => reader.get<ReminderList>(remindersOf(world.school, place));
  const idsFor = async (reader: Client) => (await listFor(reader)).reminders.map(({ id }) => id);

  test("the teachers of a child read what a colleague wrote, newest first, and who wrote it", async () => {
    const first = await write(subject, world.school, { phrase: "bring-things", text: "  彩笔 " });
    world.setNow(new Date(WORLD_NOW.getTime() + 60_000));
    const second = await write(homeroom, world.school);
    expect([first.result, second.result]).toEqual(["recorded", "recorded"]);
    const { reminders, isTimeToTalk } = await listFor(homeroom);
    expect(isTimeToTalk).toBe(false);
    expect(reminders.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(reminders[1]).toEqual({
      id: first.id,
      phrase: "bring-things",
      text: "彩笔",
      by: "李老师",
      guardianMaySee: false,
      canWithdraw: true,
      occurredAt: WORLD_NOW.toISOString(),
    });
    expect((await listFor(subject)).reminders.map(({ canWithdraw }) => canWithdraw)).toEqual([false, true]);
  });

  test("a reminder sent twice over a bad network is there once; its id never takes other words", async () => {
    const sent = reminder();
    const path = remindersOf(world.school);
    const answers = await Promise.all([1, 2, 3].map(() => homeroom.ask("POST", path, sent)));
    const statuses = answers.map(({ body }) => (JSON.parse(body) as ReminderResult).status);
    expect(statuses.sort()).toEqual(["duplicate", "duplicate", "recorded"]);
    expect(await idsFor(homeroom)).toEqual([sent.id]);
    for (const other of [{ text: "别的话" }, { guardianMaySee: true }] as const) {
      expect((await homeroom.ask("POST", path, { ...sent, ...other })).code).toBe("reminder-id-conflict");
    }
    expect((await subject.ask("POST", path, sent)).code).toBe("reminder-id-conflict");
    expect((await homeroom.ask("POST", remindersOf(world.school, 1), sent)).code).toBe(
      "reminder-id-conflict",
    );
  });

  test("a reminder touches nothing but itself and the audit log: no ledger, no tally, no summary", async () => {
    await homeroom.award(awardIn(world.school, WORLD_NOW, { studentId: world.school.children[0]!.id }));
    const before = await dumpOf(world.database);
    const { id } = await write(homeroom, world.school, { guardianMaySee: true });
    const after = await dumpOf(world.database);
    const touched = ["auditDetail", "auditEntry", "reminder"];
    const changed = Object.keys(after).filter((table) => after[table]?.join() !== before[table]?.join());
    expect(changed.sort()).toEqual(touched);
    await homeroom.ask("POST", `${remindersOf(world.school)}/${id}/withdraw`);
    const withdrawn = await dumpOf(world.database);
    for (const [table, rows] of Object.entries(withdrawn))
      if (!touched.includes(table)) expect([table, rows]).toEqual([table, after[table]]);
  });

  test("a guardian reads what the teacher chose to show, and can neither write nor withdraw", async () => {
    await write(homeroom, world.school);
    const shown = await write(subject, world.school, { guardianMaySee: true });
    const { reminders, isTimeToTalk } = await listFor(guardian);
    expect(reminders).toMatchObject([{ id: shown.id, by: "李老师", canWithdraw: false }]);
    expect(isTimeToTalk).toBe(false);
    expect((await write(guardian, world.school)).result).toBe("forbidden");
    const withdrawing = await guardian.ask("POST", `${remindersOf(world.school)}/${shown.id}/withdraw`);
    expect(withdrawing.code).toBe("forbidden");
  });

  test("its author withdraws it, the homeroom teacher any; then nobody is shown it, and it stays withdrawn", async () => {
    const withdraw = async (by: Client, id: string, place = 0) => {
      const { status, code, body } = await by.ask(
        "POST",
        `${remindersOf(world.school, place)}/${id}/withdraw`,
      );
      return status === 200 ? (JSON.parse(body) as { status: string }).status : code;
    };
    const sent = reminder({ guardianMaySee: true });
    await subject.ask("POST", remindersOf(world.school), sent);
    const ofHomeroom = await write(homeroom, world.school);
    expect(await withdraw(subject, ofHomeroom.id)).toBe("reminder-not-yours");
    expect(await withdraw(homeroom, sent.id, 1)).toBe("reminder-not-found");
    expect(await withdraw(homeroom, sent.id)).toBe("withdrawn");
    expect(await withdraw(subject, sent.id)).toBe("duplicate");
    expect(await withdraw(homeroom, ofHomeroom.id)).toBe("withdrawn");
    expect([await idsFor(homeroom), await idsFor(subject), await idsFor(guardian)]).toEqual([[], [], []]);
    const again = await subject.ask("POST", remindersOf(world.school), sent);
    expect(JSON.parse(again.body)).toMatchObject({ status: "duplicate" });
    expect(await idsFor(subject)).toEqual([]);
  });

  test("a teacher who no longer teaches the child no longer reads about it", async () => {
    await write(subject, world.school);
    const { id: schoolId, subject: person } = world.school;
    const end = (endsOn: string | null) =>
      world.database.write(schoolId, async ({ db, tables: { teachingAssignment: a } }) => {
        await db
          .update(a)
          .set({ endsOn })
          .where(and(eq(a.schoolId, schoolId), eq(a.membershipId, person.membershipId)));
      });
    await end("2026-11-10");
    onTestFinished(() => end(null));
    expect((await subject.ask("GET", remindersOf(world.school))).code).toBe("forbidden");
    expect((await write(subject, world.school)).result).toBe("forbidden");
    expect((await listFor(homeroom)).reminders).toHaveLength(1);
  });

  test("one teacher cannot write on and on about one child; a colleague still can, and so can tomorrow", async () => {
    for (let written = 0; written < REMINDERS_A_DAY; written++)
      expect((await write(homeroom, world.school)).result).toBe("recorded");
    expect((await write(homeroom, world.school)).result).toBe("reminder-enough");
    expect((await write(homeroom, world.school, {}, 1)).result).toBe("recorded");
    expect((await write(subject, world.school)).result).toBe("recorded");
    expect((await listFor(subject)).isTimeToTalk).toBe(true);
    world.setNow(new Date("2026-11-11T16:00:00Z")); // midnight in Shanghai
    expect((await write(homeroom, world.school)).result).toBe("recorded");
  });

  test("three lately, from whomever, are a reason to talk with the family; a week later they are not", async () => {
    await write(homeroom, world.school);
    await write(subject, world.school);
    expect((await listFor(homeroom)).isTimeToTalk).toBe(false);
    await write(subject, world.school, { guardianMaySee: true });
    expect((await listFor(homeroom)).isTimeToTalk).toBe(true);
    expect((await listFor(homeroom, 1)).isTimeToTalk).toBe(false);
    expect((await listFor(guardian)).isTimeToTalk).toBe(false);
    world.setNow(new Date(WORLD_NOW.getTime() + 7 * DAY));
    expect((await listFor(homeroom)).isTimeToTalk).toBe(false);
  });

  test("every read by staff is in the audit log, a guardian's is not", async () => {
    const logged = async () => {
      const rows = await world.database.read(
        world.school.id,
        async ({ db, tables }) => await db.select().from(tables.auditEntry),
      );
      return rows
        .filter(
          ({ action, studentId }) => action === "reminder.read" && studentId === world.school.children[0]!.id,
        )
        .map(({ membershipId }) => membershipId);
    };
    const before = await logged();
    await listFor(subject);
    await listFor(guardian);
    expect((await logged()).slice(before.length)).toEqual([world.school.subject.membershipId]);
  });

  test("with the term's end nobody is shown a reminder, and then it is deleted, and nothing else is", async () => {
    const { id: schoolId, termId, earlierTermId } = world.school;
    for (const by of [homeroom, subject]) await write(by, world.school, { guardianMaySee: true });
    const rowsLeft = async () =>
      (await world.database.read(schoolId, async ({ db, tables }) => await db.select().from(tables.reminder)))
        .length;
    world.setNow(new Date("2027-01-22T15:59:00Z")); // a minute before the last day ends
    expect(await idsFor(await clientOf(world, world.school.homeroom))).toHaveLength(2);
    expect([await deleteExpiredReminders(world.deps), await rowsLeft()]).toEqual([0, 2]);
    world.setNow(AFTER_TERM);
    for (const person of [world.school.homeroom, world.school.subject, world.school.guardian])
      expect(await idsFor(await clientOf(world, person))).toEqual([]);
    const teacher = await clientOf(world, world.school.homeroom);
    expect((await write(teacher, world.school)).result).toBe("term-closed");

    // More than one write deletes at once, and of another term that is over.
    await world.database.write(schoolId, async ({ db, tables }) => {
      const [row] = await db.select().from(tables.reminder).limit(1);
      for (let some = 0; some < 510; some += 51) {
        const rows = Array.from({ length: 51 }, () => ({ ...row!, id: uuidv7(), termId: earlierTermId }));
        await db.insert(tables.reminder).values(rows);
      }
    });
    const { reminder: _gone, ...before } = await dumpOf(world.database);
    expect([await deleteExpiredReminders(world.deps), await rowsLeft()]).toEqual([512, 0]);
    const { reminder: left, ...after } = await dumpOf(world.database);
    expect([left, after]).toEqual([[], before]);
    expect(termId).not.toBe(earlierTermId);
  });
});

test("no route but its own ever says a word of a reminder, to nobody", async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const { school, neighbour } = world;
  const hidden = "只给老师看的一句话";
  const shared = "老师想和家里一起做的事";
  const homeroom = await clientOf(world, school.homeroom);
  const child = school.children[0]!.id;
  await homeroom.award(awardIn(school, WORLD_NOW, { studentId: child }));
  const ids = [
    await write(homeroom, school, { text: hidden }),
    await write(homeroom, school, { text: shared, guardianMaySee: true }),
  ].map(({ id }) => id);
  const summary = `/students/${child}/summaries/${school.termId}`;
  await homeroom.ask("PUT", `${summary}/comment`, { comment: "你让人放心。", commentVersion: 0 });
  await homeroom.ask("POST", `${summary}/publish`);

  const paths = world.app.routes
    .filter(({ method, url }) => method === "GET" && !url.endsWith("/live"))
    .map(({ url }) =>
      url
        .replace("/api/v1", "")
        .replace(":classId", school.classId)
        .replace(":studentId", child)
        .replace(":termId", school.termId),
    );
  expect(paths.length).toBeGreaterThan(12);
  const readers = Object.entries({
    homeroom: [hidden, shared],
    subject: [hidden, shared],
    guardian: [shared],
    student: [],
    otherStudent: [],
    otherGuardian: [],
    outsider: [],
    admin: [],
  } satisfies Partial<Record<keyof School, string[]>>);
  for (const [name, mayRead] of readers) {
    for (const of of [school, neighbour]) {
      const reader = await clientOf(world, of[name as "homeroom"] satisfies Person);
      const heard = new Map<string, string[]>();
      for (const path of paths) {
        const { body } = await reader.ask("GET", `${path}?classId=${school.classId}&termId=${school.termId}`);
        // That there was one, the log tells administrators; not what it said.
        const told = path.startsWith("/audit") ? [hidden, shared] : [hidden, shared, ...ids];
        const words = told.filter((word) => body.includes(word));
        if (words.length > 0) heard.set(path, words.filter((word) => !ids.includes(word)).sort());
      }
      const expected =
        of === school && mayRead.length > 0 ? [[remindersOf(school), [...mayRead].sort()]] : [];
      expect([name, of.id, [...heard]]).toEqual([name, of.id, expected]);
    }
  }
});

test("a server that starts after the holidays deletes what is over, by itself", async () => {
  const world = await createWorld("sqlite", { PORT: "0" });
  onTestFinished(() => world.close());
  await write(await clientOf(world, world.school.homeroom), world.school);
  world.setNow(AFTER_TERM);
  const running = await startServer(world.deps);
  const left = () =>
    world.database.read(world.school.id, async ({ db, tables }) => await db.select().from(tables.reminder));
  await expect.poll(left).toEqual([]);
  await running.close();
});
