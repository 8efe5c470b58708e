/**
 * Beans that children spend, as many ask, answer, award and take back at once: nobody spends what it has not, nothing is
 * had more often than there is of it, and the ledger, the balances and the states of the wishes agree.
 */
import fc from "fast-check";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { Database } from "@doudou/db/engines/database.ts";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { awardsByIds, recordAwards, voidAwards } from "@doudou/db/repositories/awards.ts";
import { askForReward, balanceOf, moveRequest } from "@doudou/db/repositories/reward-ledger.ts";
import { saveReward } from "@doudou/db/repositories/rewards.ts";
import { rewardDifferences, tallyDifferences } from "@doudou/db/repositories/verification.ts";
import { beansToUse, heldIn, REWARD_RULES, type RequestState } from "@doudou/shared/domain/rewards.ts";
import { ENGINES, type FreshDatabase, freshDatabase } from "../support/databases.ts";
import { createSchool, type School, WORLD_NOW } from "../support/school.ts";

const DAY = "2026-11-11";
const SPANS = {
  week: { from: "2026-11-09", to: "2026-11-15" },
  term: { from: "2026-09-01", to: "2027-01-22" },
};
const OFFERS = [
  { price: 4, stock: { count: 2, per: "week" }, perChild: null },
  { price: 7, stock: null, perChild: 1 },
  { price: 3, stock: { count: 3, per: "term" }, perChild: 2 },
] as const;
const AT_ONCE = 6;

const nth = fc.nat(30);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant("award" as const), child: fc.nat(2) }) },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constant("ask" as const), child: fc.nat(2), offer: fc.nat(2) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("ask-again" as const), nth }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("void" as const), nth }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant("move" as const),
      nth,
      to: fc.constantFrom<Exclude<RequestState, "requested">>(
        "approved",
        "approved",
        "handed-over",
        "handed-over",
        "declined",
        "withdrawn",
        "expired",
      ),
    }),
  },
);

describe.each(ENGINES)("on %s, two processes where children ask for rewards at once", (engine) => {
  let fresh: FreshDatabase;
  let second: Database;
  beforeAll(async () => {
    fresh = await freshDatabase(engine);
    second = await openDatabase(fresh.location);
  });
  afterAll(async () => {
    await second.close();
    await fresh.drop();
  });

  const award = (school: School, studentId: string, id: string) => ({
    id,
    studentId,
    classId: school.classId,
    termId: school.termId,
    observationPointId: school.points.helps,
    dimension: "moral" as const,
    points: 3,
    note: null,
    recorderId: school.homeroom.membershipId,
    day: DAY,
    occurredAt: WORLD_NOW,
    weeklyCap: 1000,
    evidenceIds: [],
    needsEvidence: false,
    week: { from: new Date("2026-11-08T16:00:00Z"), to: new Date("2026-11-15T16:00:00Z") },
  });

  async function shopOf(school: School): Promise<string[]> {
    return await fresh.database.write(school.id, async (store) => {
      const ids: string[] = [];
      for (const offer of OFFERS) {
        const id = uuidv7();
        const words = { title: "当一天图书管理员", words: "", icon: "book", kind: "privilege" } as const;
        const open = { classId: null, gradeFrom: 1, gradeTo: 9, isOpen: true, ...words, ...offer };
        const by = { addedBy: school.admin.membershipId, addedAt: WORLD_NOW };
        await saveReward(store, school.id, { id, ...open }, by);
        ids.push(id);
      }
      return ids;
    });
  }

  const newWish = (school: School, studentId: string, rewardId: string, price: number) => ({
    id: uuidv7(),
    rewardId,
    studentId,
    termId: school.termId,
    academicYearId: school.yearId,
    day: DAY,
    price,
    spans: SPANS,
    askedBy: school.student.membershipId,
    askedAt: WORLD_NOW,
  });

  /** What must hold between any two moments. */
  async function expectSound(school: School, everEarned: ReadonlyMap<string, number>, hasVoids: boolean) {
    const { requests, entries, balances, differences } = await fresh.database.read(
      school.id,
      async (store) => ({
        requests: await store.db.select().from(store.tables.rewardRequest),
        entries: await store.db.select().from(store.tables.rewardEntry),
        balances: new Map(
          await Promise.all(
            school.children.map(
              async ({ id: studentId }) =>
                [
                  studentId,
                  await balanceOf(store, school.id, { studentId, academicYearId: school.yearId }),
                ] as const,
            ),
          ),
        ),
        differences: [
          ...(await rewardDifferences(store, school.id)),
          ...(await tallyDifferences(store, school.id)),
        ],
      }),
    );
    const ofSchool = requests.filter(({ schoolId }) => schoolId === school.id);
    expect(differences).toEqual([]);
    for (const [studentId, { earned, reserved, spent }] of balances) {
      const own = ofSchool.filter((each) => each.studentId === studentId);
      const held = own.map(({ state, price }) => heldIn(state, price));
      expect(reserved).toBe(held.reduce((sum, each) => sum + each.reserved, 0));
      expect(spent).toBe(held.reduce((sum, each) => sum + each.spent, 0));
      expect(reserved + spent).toBeLessThanOrEqual(everEarned.get(studentId) ?? 0);
      if (!hasVoids) expect(reserved + spent).toBeLessThanOrEqual(earned);
      expect(
        own.filter(({ state }) => state === "requested" || state === "approved").length,
      ).toBeLessThanOrEqual(REWARD_RULES.mostOpenWishes);
    }
    const standing = ofSchool.filter(({ state, price }) => {
      const { reserved, spent } = heldIn(state, price);
      return reserved + spent > 0;
    });
    for (const { price, stock, perChild } of OFFERS) {
      const taken = standing.filter((each) => each.price === price);
      if (stock) expect(taken.length).toBeLessThanOrEqual(stock.count);
      for (const { id } of school.children)
        if (perChild !== null)
          expect(taken.filter(({ studentId }) => studentId === id).length).toBeLessThanOrEqual(perChild);
    }
    // Every wish once as asked for, and then at most two steps more, each once.
    for (const { id, state } of ofSchool) {
      const steps = entries.filter((entry) => entry.schoolId === school.id && entry.requestId === id);
      expect(steps.some((entry) => entry.state === "requested")).toBe(true);
      expect(steps.some((entry) => entry.state === state)).toBe(true);
      expect(steps.length).toBeLessThanOrEqual(3);
    }
  }

  test("never overspend a child nor oversell an offer, and every bean is accounted for", async () => {
    const histories = engine === "sqlite" ? 25 : 12;
    let asked = 0;
    let granted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 24, maxLength: 48 }),
        fc.boolean(),
        async (steps, hasVoids) => {
          const school = await createSchool(fresh.database, "shop", { children: 3 });
          const rewardIds = await shopOf(school);
          const awardIds: string[] = [];
          const wishes: ReturnType<typeof newWish>[] = [];
          const everEarned = new Map<string, number>();
          const child = (index: number) => school.children[index % school.children.length]!.id;

          const run = async (each: (typeof steps)[number], at: number) => {
            const database = at % 2 === 0 ? fresh.database : second;
            if (each.does === "award") {
              const [id, studentId] = [uuidv7(), child(each.child)];
              awardIds.push(id);
              everEarned.set(studentId, (everEarned.get(studentId) ?? 0) + 3);
              await database.write(school.id, (store) =>
                recordAwards(store, school.id, [award(school, studentId, id)], WORLD_NOW),
              );
            } else if (each.does === "ask") {
              const wish = newWish(
                school,
                child(each.child),
                rewardIds[each.offer]!,
                OFFERS[each.offer]!.price,
              );
              const outcome = await database.write(school.id, (store) =>
                askForReward(store, school.id, wish),
              );
              asked += 1;
              if (outcome !== "recorded") return;
              granted += 1;
              wishes.push(wish);
            } else if (each.does === "ask-again") {
              const wish = wishes[each.nth % wishes.length];
              if (!wish) return;
              const outcome = await database.write(school.id, (store) =>
                askForReward(store, school.id, wish),
              );
              expect(outcome).toBe("duplicate");
            } else if (each.does === "void") {
              const id = awardIds[each.nth % awardIds.length];
              if (!hasVoids || id === undefined) return;
              await database.write(school.id, async (store) => {
                const found = await awardsByIds(store, school.id, [id]);
                const by = { membershipId: school.homeroom.membershipId, reason: "点错了", at: WORLD_NOW };
                await voidAwards(store, school.id, found, by);
              });
            } else {
              const wish = wishes[each.nth % wishes.length];
              if (!wish) return;
              const move = { to: each.to, by: school.homeroom.membershipId, at: WORLD_NOW };
              await database.write(school.id, (store) => moveRequest(store, school.id, wish.id, move));
            }
          };
          for (let from = 0; from < steps.length; from += AT_ONCE) {
            await Promise.all(steps.slice(from, from + AT_ONCE).map(run));
            await expectSound(school, everEarned, hasVoids);
          }
        },
      ),
      { numRuns: histories },
    );
    // It was about something.
    expect(granted).toBeGreaterThan(histories / 2);
    expect(asked - granted).toBeGreaterThan(histories / 2);
  });

  test("what awards taken back leave uncovered is not taken from anybody: nothing to use, nothing more to ask for", async () => {
    const school = await createSchool(fresh.database, "shop", { children: 3 });
    const [rewardId = ""] = await shopOf(school);
    const studentId = school.children[0]!.id;
    const [first, last] = [uuidv7(), uuidv7()];
    const { id } = school;
    const wish = newWish(school, studentId, rewardId, 4);
    const of = { studentId, academicYearId: school.yearId };
    await fresh.database.write(id, async (store) => {
      await recordAwards(
        store,
        id,
        [award(school, studentId, first), award(school, studentId, last)],
        WORLD_NOW,
      );
      expect(await askForReward(store, id, wish)).toBe("recorded");
      await moveRequest(store, id, wish.id, { to: "approved", by: null, at: WORLD_NOW });
      await moveRequest(store, id, wish.id, { to: "handed-over", by: null, at: WORLD_NOW });
      const found = await awardsByIds(store, id, [first, last]);
      await voidAwards(store, id, found, {
        membershipId: school.homeroom.membershipId,
        reason: "点错了",
        at: WORLD_NOW,
      });
    });
    await fresh.database.write(id, async (store) => {
      const balance = await balanceOf(store, id, of);
      expect(balance).toEqual({ earned: 0, reserved: 0, spent: 4 });
      expect(beansToUse(balance)).toBe(0);
      expect(await askForReward(store, id, newWish(school, studentId, rewardId, 4))).toBe("beans-short");
      expect(await rewardDifferences(store, id)).toEqual([]);
    });
  });

  test("a balance or a state that somebody has changed by hand is found", async () => {
    const school = await createSchool(fresh.database, "shop", { children: 3 });
    const [rewardId = ""] = await shopOf(school);
    const studentId = school.children[0]!.id;
    const { id } = school;
    const wish = newWish(school, studentId, rewardId, 4);
    await fresh.database.write(id, async (store) => {
      const given = [award(school, studentId, uuidv7()), award(school, studentId, uuidv7())];
      await recordAwards(store, id, given, WORLD_NOW);
      await askForReward(store, id, wish);
    });
    const found = () => fresh.database.read(id, (store) => rewardDifferences(store, id));
    expect(await found()).toEqual([]);
    await fresh.database.write(id, async ({ db, tables: { rewardBalance: b } }) => {
      await db
        .update(b)
        .set({ reserved: 1 })
        .where(and(eq(b.schoolId, id), eq(b.studentId, studentId)));
    });
    const balance = { of: "reward_balance", key: { studentId, academicYearId: school.yearId } };
    expect(await found()).toEqual([{ ...balance, reserved: 3, spent: 0 }]);
    await fresh.database.write(id, async ({ db, tables: { rewardBalance: b, rewardRequest: q } }) => {
      await db
        .update(b)
        .set({ reserved: 4 })
        .where(and(eq(b.schoolId, id), eq(b.studentId, studentId)));
      await db
        .update(q)
        .set({ state: "handed-over" })
        .where(and(eq(q.schoolId, id), eq(q.id, wish.id)));
    });
    const request = { of: "reward_request", key: { requestId: wish.id } };
    expect(await found()).toEqual([{ ...request, reserved: 4, spent: -4 }]);
  });
});
