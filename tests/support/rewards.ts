/** A school with a reward shop for a test, and what one writes down to offer something. */
import { v7 as uuidv7 } from "uuid";
import { askForReward } from "@doudou/db/repositories/reward-ledger.ts";
import type { RewardInput } from "@doudou/shared/contract/rewards.ts";
import { awardIn, clientOf } from "./client.ts";
import { WORLD_NOW } from "./school.ts";
import type { World } from "./world.ts";

/** A privilege that anybody may have as often as it likes. */
export function newReward(over: Partial<RewardInput> = {}): RewardInput {
  return {
    title: "当一天图书管理员",
    words: "帮大家借书还书",
    icon: "book",
    kind: "privilege",
    price: 4,
    stock: null,
    perChild: null,
    gradeFrom: 1,
    gradeTo: 9,
    isOpen: true,
    ...over,
  };
}

/** Everybody who has to do with the shop, which is on; and the first child's beans. */
export async function openShop(world: World, { beans = 6, school = world.school } = {}) {
  const admin = await clientOf(world, school.admin);
  const homeroom = await clientOf(world, school.homeroom);
  const student = await clientOf(world, school.student);
  const studentId = school.children[0]!.id;
  await admin.ask("PUT", "/reward-shop", { isOn: true });
  for (let given = 0; given < beans; given += 3)
    await homeroom.award(awardIn(school, WORLD_NOW, { studentId, points: Math.min(3, beans - given) }));
  return {
    admin,
    homeroom,
    student,
    studentId,
    /** Puts something on offer. @returns its id, and how it was answered */
    offer: async (over: Partial<RewardInput> = {}, id = uuidv7()) => ({
      id,
      ...(await admin.ask("PUT", `/rewards/${id}`, newReward(over))),
    }),
    /** The first child asks for something. */
    wish: async (rewardId: string, price = 4, id = uuidv7()) => ({
      id,
      ...(await student.ask("POST", `/students/${studentId}/reward-requests`, { id, rewardId, price })),
    }),
    answer: async (id: string, answer: "approve" | "decline", words?: string) =>
      await homeroom.ask("POST", `/classes/${school.classId}/reward-requests/${id}/answer`, {
        answer,
        ...(words === undefined ? {} : { words }),
      }),
    handOver: async (id: string) =>
      await homeroom.ask("POST", `/classes/${school.classId}/reward-requests/${id}/hand-over`),
  };
}

/** What a child without an account has asked for. @returns its id */
export async function wishOf(world: World, studentId: string, rewardId: string): Promise<string> {
  const { school } = world;
  const homeroom = await clientOf(world, school.homeroom);
  const id = uuidv7();
  const given = ["helps", "progress"].map((point) => ({
    id: uuidv7(),
    studentId,
    observationPointId: school.points[point as "helps"],
    points: 3,
    occurredAt: WORLD_NOW.toISOString(),
  }));
  await homeroom.award(...given);
  const outcome = await world.database.write(school.id, (store) =>
    askForReward(store, school.id, {
      id,
      rewardId,
      studentId,
      termId: school.termId,
      academicYearId: school.yearId,
      day: "2026-11-11",
      price: 4,
      spans: {
        week: { from: "2026-11-09", to: "2026-11-15" },
        term: { from: "2026-09-01", to: "2027-01-22" },
      },
      askedBy: school.student.membershipId,
      askedAt: WORLD_NOW,
    }),
  );
  if (outcome !== "recorded") throw new Error(`the wish was not taken: ${outcome}`);
  return id;
}
