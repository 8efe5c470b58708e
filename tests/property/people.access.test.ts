/**
 * Whatever the office does to a school (moves, leaves, returns, assignments, their ends, substitutes), on every day a
 * teacher sees exactly the children of the classes it has on that day, by the product's own access decision. What the
 * office asked for is kept twice: by the product, and as a calendar in which each day is written out.
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { membershipsOfAccount } from "@doudou/db/repositories/accounts.ts";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { type Caller, relationsToClass, relationsToStudent } from "@doudou/server/access/caller.ts";
import { isGranted } from "@doudou/server/access/permissions.ts";
import { addDays } from "@doudou/shared/domain/days.ts";
import { type Client, clientOf } from "../support/client.ts";
import type { Person, School } from "../support/school.ts";
import { createSchool } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const FIRST = "2026-10-01";
const DAYS = 12;
const dayAt = (offset: number) => addDays(FIRST, offset);
const days = Array.from({ length: DAYS }, (_, offset) => dayAt(offset));

const day = fc.nat(DAYS - 1).map(dayAt);
const step = fc.oneof(
  fc.record({
    do: fc.constant("move" as const),
    child: fc.nat(3),
    to: fc.constantFrom(0, 1, null),
    from: day,
  }),
  fc.record({
    do: fc.constant("assign" as const),
    teacher: fc.nat(2),
    to: fc.nat(1),
    from: day,
    for: fc.nat(4),
  }),
  fc.record({
    do: fc.constant("substitute" as const),
    which: fc.nat(9),
    teacher: fc.nat(2),
    from: day,
    for: fc.nat(4),
  }),
  fc.record({
    do: fc.constant("end" as const),
    which: fc.nat(9),
    last: fc.integer({ min: -1, max: DAYS }).map(dayAt),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

let world: World;
let admin: Client;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test("at no time anybody sees a child it may not, whatever the office did before", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      run += 1;
      const school = await createSchool(world.database, `school-${run}`);
      admin = await clientOf(world, school.admin);
      const told = new Calendar(school);
      for (const one of steps) await told.take(one);
      for (const today of days) await expectSeen(told, today);
    }),
    { numRuns: 12 },
  );
}, 240_000);

/** Asks the product's own decision for every teacher, child and class. */
async function expectSeen(told: Calendar, today: string): Promise<void> {
  const now = new Date(`${today}T02:00:00Z`);
  const callers = await Promise.all(told.teachers.map((teacher) => callerOf(teacher, world)));
  await world.database.read(EVERY_SCHOOL, async (store) => {
    for (const [index, caller] of callers.entries()) {
      const has = (classId: string) => told.has(index, classId, today);
      for (const classId of told.classIds) {
        const found = await relationsToClass(store, caller, classId, now);
        const isSeen = found.exists && found.grants.some((g) => isGranted("class.read", g.standings));
        expect([today, "class", index, isSeen]).toEqual([today, "class", index, has(classId)]);
      }
      for (const [child, { id }] of told.children.entries()) {
        const found = await relationsToStudent(store, caller, id, now);
        const isSeen = found.exists && found.grants.some((g) => isGranted("portfolio.read", g.standings));
        const classId = told.classOf(child, today);
        expect([today, "child", index, child, isSeen]).toEqual([
          today,
          "child",
          index,
          child,
          classId !== null && has(classId),
        ]);
      }
    }
  });
}

function expectStatus(status: number, wanted: number): void {
  expect(status).toBe(wanted);
}

interface Told {
  readonly id: string;
  readonly teacher: number;
  readonly classId: string;
  readonly from: string;
  last: string;
  readonly standsInFor: string | null;
}

/** What the office was told to do, day by day, and what the product took of it. */
class Calendar {
  readonly school: School;
  readonly teachers: readonly Person[];
  readonly classIds: readonly string[];
  readonly children: readonly { readonly id: string }[];
  readonly #way: (string | null)[][];
  readonly #assignments: Told[] = [];

  constructor(school: School) {
    this.school = school;
    this.teachers = [school.homeroom, school.subject, school.outsider];
    this.classIds = [school.classId, school.otherClassId];
    this.children = [...school.children.slice(0, 2), ...school.otherChildren];
    const { classId, otherClassId } = school;
    this.#way = [classId, classId, otherClassId, otherClassId].map((at) => days.map(() => at));
  }

  classOf = (child: number, today: string): string | null => this.#way[child]![days.indexOf(today)] ?? null;

  /** What the school began with, and what was assigned since. */
  has = (teacher: number, classId: string, today: string): boolean =>
    (teacher < 2 ? this.school.classId : this.school.otherClassId) === classId ||
    this.#assignments.some(
      (a) => a.teacher === teacher && a.classId === classId && a.from <= today && today <= a.last,
    );

  async take(one: Step): Promise<void> {
    switch (one.do) {
      case "move": {
        const classId = one.to === null ? null : this.classIds[one.to]!;
        const moves = [{ studentId: this.children[one.child]!.id, classId }];
        const { status } = await admin.ask("POST", "/people/pupils/moves", { from: one.from, moves });
        if (status !== 200) return;
        for (const [index, today] of days.entries())
          if (today >= one.from) this.#way[one.child]![index] = classId;
        return;
      }
      case "assign": {
        const classId = this.classIds[one.to]!;
        const told = { id: uuidv7(), teacher: one.teacher, classId, standsInFor: null };
        const last = addDays(one.from, one.for);
        const { status } = await admin.ask("POST", `/people/classes/${classId}/assignments`, {
          id: told.id,
          membershipId: this.teachers[one.teacher]!.membershipId,
          subjectId: null,
          isHomeroom: false,
          from: one.from,
          until: last,
        });
        expectStatus(status, 204);
        this.#assignments.push({ ...told, from: one.from, last });
        return;
      }
      case "substitute": {
        const away = this.#assignments[one.which];
        if (!away) return;
        const told = { id: uuidv7(), teacher: one.teacher, classId: away.classId, standsInFor: away.id };
        const last = addDays(one.from, one.for);
        const { status } = await admin.ask("POST", `/people/assignments/${away.id}/substitutes`, {
          id: told.id,
          membershipId: this.teachers[one.teacher]!.membershipId,
          from: one.from,
          until: last,
        });
        const isFit =
          away.standsInFor === null &&
          away.teacher !== one.teacher &&
          away.from <= one.from &&
          last <= away.last;
        expectStatus(status, isFit ? 204 : away.last < away.from ? 404 : 422);
        if (isFit) this.#assignments.push({ ...told, from: one.from, last });
        return;
      }
      case "end": {
        const ended = this.#assignments[one.which];
        if (!ended) return;
        await admin.ask("PUT", `/people/assignments/${ended.id}/end`, { until: one.last });
        for (const a of this.#assignments)
          if ((a === ended || a.standsInFor === ended.id) && one.last < ended.last && one.last < a.last)
            a.last = one.last;
      }
    }
  }
}

async function callerOf({ login }: Person, { database, deps }: World): Promise<Caller> {
  const account = await accountOf(login, database);
  const memberships = await database.read(EVERY_SCHOOL, (store) => membershipsOfAccount(store, account.id));
  return {
    account,
    origin: { requestId: uuidv7(), address: null },
    sessionId: deps.now().toISOString(),
    isConfined: false,
    isLocked: false,
    isOnSharedTablet: false,
    lacksSecondFactor: false,
    memberships,
  };
}

async function accountOf(login: string, database: World["database"]): Promise<Caller["account"]> {
  return await database.read(EVERY_SCHOOL, async ({ db, tables }) => {
    const accounts = await db.select().from(tables.account);
    const found = accounts.find((account) => account.login === login);
    if (!found) throw new Error(`no account ${login}`);
    return { id: found.id, displayName: found.displayName, locale: found.locale } as Caller["account"];
  });
}
