/** The reward shop: beans to use beside growth that never shrinks, asked for, approved, handed over; and off by default. */
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { Roster } from "@doudou/shared/contract/classes.ts";
import type { Portfolio } from "@doudou/shared/contract/growth.ts";
import type {
  ClassShop,
  FamilyWishes,
  RewardDesk,
  RewardInput,
  SchoolShop,
  ShopCounter,
} from "@doudou/shared/contract/rewards.ts";
import { expireOldRequests } from "@doudou/server/features/rewards/service.ts";
import { verifyEverything } from "@doudou/server/operate/verification.ts";
import { clientOf } from "../support/client.ts";
import { newReward, openShop, wishOf } from "../support/rewards.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY_MS = 86_400_000;

// The ledger and every statement are tried on both engines: tests/contract/reward-ledger.test.ts, repositories.test.ts.
describe("the reward shop", () => {
  let world: World;
  beforeEach(async () => void (world = await createWorld()));
  afterEach(() => world.close());

  const desk = async (shop: Awaited<ReturnType<typeof openShop>>) =>
    await shop.student.get<RewardDesk>(`/students/${shop.studentId}/reward-desk`);

  test("is not there in a new school, for anybody, until the office opens it; closed again it hides all and keeps all", async () => {
    const { school } = world;
    const admin = await clientOf(world, school.admin);
    const student = await clientOf(world, school.student);
    const homeroom = await clientOf(world, school.homeroom);
    const guardian = await clientOf(world, school.guardian);
    const ways = [
      [student, `/students/${school.children[0]!.id}/reward-desk`],
      [student, `/students/${school.children[0]!.id}/shop-counter`],
      [guardian, `/students/${school.children[0]!.id}/reward-requests`],
      [homeroom, `/classes/${school.classId}/rewards`],
    ] as const;
    const answers = async () =>
      await Promise.all(ways.map(async ([client, path]) => (await client.ask("GET", path)).code));
    const roster = () => homeroom.get<Roster>(`/classes/${school.classId}/roster`);
    expect(await answers()).toEqual(ways.map(() => "rewards-off"));
    expect(await admin.get<SchoolShop>("/reward-shop")).toEqual({ isOn: false, rewards: [], waiting: [] });
    expect((await admin.ask("PUT", `/rewards/${uuidv7()}`, newReward())).code).toBe("rewards-off");
    expect((await roster()).canKeepShop).toBe(false);

    const shop = await openShop(world);
    const { id: rewardId } = await shop.offer();
    await shop.wish(rewardId);
    expect((await roster()).canKeepShop).toBe(true);
    const before = await desk(shop);
    expect(before.wishes).toHaveLength(1);
    await admin.ask("PUT", "/reward-shop", { isOn: false });
    expect(await answers()).toEqual(ways.map(() => "rewards-off"));
    expect((await shop.wish(rewardId)).code).toBe("rewards-off");
    await admin.ask("PUT", "/reward-shop", { isOn: true });
    expect(await desk(shop)).toEqual(before);
  });

  test("beans are spent beside growth: the portfolio is what it was, and what is to use is less", async () => {
    const shop = await openShop(world);
    const growth = () => shop.student.get<Portfolio>(`/students/${shop.studentId}/portfolio`);
    const before = await growth();
    const { id: rewardId } = await shop.offer();
    const { id, status } = await shop.wish(rewardId);
    expect(status).toBe(200);
    expect((await desk(shop)).beans).toEqual({ earned: 6, reserved: 4, spent: 0, toUse: 2 });
    expect((await shop.answer(id, "approve", "周五中午来图书角找我")).status).toBe(200);
    expect((await shop.handOver(id)).status).toBe(200);
    const after = await desk(shop);
    expect(after.beans).toEqual({ earned: 6, reserved: 0, spent: 4, toUse: 2 });
    expect(after.wishes[0]).toMatchObject({ state: "handed-over", words: "周五中午来图书角找我" });
    expect(await growth()).toEqual(before);
    const verified = await verifyEverything(world.database, world.deps.pictures, world.deps.now(), () => {});
    expect(verified.differences).toBe(0);
  });

  test("a wish sent twice over a bad network is one; another under the same id is turned away", async () => {
    const shop = await openShop(world, { beans: 12 });
    const { id: rewardId } = await shop.offer();
    const { id: otherId } = await shop.offer({ title: "和老师共进午餐", kind: "experience" });
    const { id } = await shop.wish(rewardId);
    expect(JSON.parse((await shop.wish(rewardId, 4, id)).body)).toEqual({ id, status: "duplicate" });
    expect((await shop.wish(otherId, 4, id)).code).toBe("reward-id-conflict");
    expect((await desk(shop)).beans.reserved).toBe(4);
  });

  test("declined or taken back, the beans come back; what is settled stays settled", async () => {
    const shop = await openShop(world);
    const { id: rewardId } = await shop.offer();
    const { id } = await shop.wish(rewardId);
    expect((await shop.answer(id, "decline", "这周书架在整理，下周再来")).status).toBe(200);
    expect((await desk(shop)).beans.toUse).toBe(6);
    expect(JSON.parse((await shop.answer(id, "decline")).body)).toMatchObject({ status: "duplicate" });
    expect((await shop.answer(id, "approve")).code).toBe("reward-request-settled");
    const again = await shop.wish(rewardId);
    const back = `/students/${shop.studentId}/reward-requests/${again.id}/withdraw`;
    expect((await shop.student.ask("POST", back)).status).toBe(200);
    expect((await desk(shop)).beans.toUse).toBe(6);
    expect((await shop.handOver(again.id)).code).toBe("reward-request-settled");
  });

  test("nobody asks for more than it has, more often than there is, or more than three at a time", async () => {
    const shop = await openShop(world, { beans: 9 });
    const { id: dear } = await shop.offer({ title: "当一天小班长", price: 30 });
    expect((await shop.wish(dear, 30)).code).toBe("reward-beans-short");
    expect((await shop.wish(dear, 4)).code).toBe("reward-changed");
    const { id: once } = await shop.offer({ title: "选一首课间音乐", price: 1, perChild: 1 });
    expect((await shop.wish(once, 1)).status).toBe(200);
    expect((await shop.wish(once, 1)).code).toBe("reward-child-limit");
    const stock = { count: 1, per: "week" } as const;
    const { id: rare } = await shop.offer({ title: "选一个座位", price: 1, stock });
    expect((await shop.wish(rare, 1)).status).toBe(200);
    expect((await shop.wish(rare, 1)).code).toBe("reward-stock-gone");
    const { id: free } = await shop.offer({ title: "给全班选一本书", price: 1 });
    expect((await shop.wish(free, 1)).status).toBe(200);
    expect((await shop.wish(free, 1)).code).toBe("reward-wishes-full");
    world.setNow(new Date(WORLD_NOW.getTime() + 7 * DAY_MS));
    const next = { ...shop, student: await clientOf(world, world.school.student) };
    const { wishes } = await desk(next);
    await next.student.ask("POST", `/students/${shop.studentId}/reward-requests/${wishes[0]!.id}/withdraw`);
    const of = (await desk(next)).offers.find(({ id }) => id === rare);
    expect(of?.obstacle).toBeNull();
  });

  test("things are a third at most of what is open, and closing something else does not get around it", async () => {
    const shop = await openShop(world);
    const pencil = { title: "一支铅笔", kind: "thing", icon: "pencil" } as const;
    expect((await shop.offer(pencil)).code).toBe("reward-things-too-many");
    const { id } = await shop.offer();
    await shop.offer({ title: "和老师共进午餐", kind: "experience" });
    expect((await shop.offer(pencil)).status).toBe(204);
    expect((await shop.offer({ isOpen: false }, id)).code).toBe("reward-things-too-many");
    expect((await shop.offer({ ...pencil, title: "一块橡皮" })).code).toBe("reward-things-too-many");
    expect((await shop.offer({ ...pencil, title: "一块橡皮", isOpen: false })).status).toBe(204);
    const { offers } = await desk(shop);
    expect(offers.map(({ kind }) => kind)).toEqual(["privilege", "experience", "thing"]);
  });

  test("an offer is for grades or a class; of another class's a child knows nothing, and nobody can come first", async () => {
    const shop = await openShop(world);
    const { school } = world;
    const { id: upper } = await shop.offer({ gradeFrom: 5, gradeTo: 6 });
    expect((await shop.wish(upper)).code).toBe("reward-not-found");
    expect((await shop.offer({ gradeFrom: 6, gradeTo: 5 })).code).toBe("reward-grades-unordered");
    const outsider = await clientOf(world, school.outsider);
    const theirs = uuidv7();
    const path = `/classes/${school.otherClassId}/rewards/${theirs}`;
    expect((await outsider.ask("PUT", path, newReward())).status).toBe(204);
    expect((await shop.wish(theirs)).code).toBe("reward-not-found");
    expect((await shop.offer({}, theirs)).code).toBe("reward-not-found");
    expect((await desk(shop)).offers).toEqual([]);
    const first: RewardInput & { forTop?: number } = { ...newReward(), forTop: 10 };
    expect((await shop.admin.ask("PUT", `/rewards/${uuidv7()}`, first)).code).toBe("invalid-input");
  });

  test("only the own homeroom teacher reads and answers what children wish for, and the reading is written down", async () => {
    const shop = await openShop(world);
    const { school } = world;
    const { id: rewardId } = await shop.offer();
    const { id } = await shop.wish(rewardId);
    const { wishes } = await shop.homeroom.get<ClassShop>(`/classes/${school.classId}/rewards`);
    expect(wishes).toEqual([
      expect.objectContaining({ id, student: school.children[0], state: "requested", familyAsksNot: false }),
    ]);
    for (const person of [school.subject, school.outsider, school.admin, school.guardian]) {
      const client = await clientOf(world, person);
      const path = `/classes/${school.classId}/reward-requests/${id}/answer`;
      expect((await client.ask("POST", path, { answer: "approve" })).status).toBe(403);
      expect((await client.ask("GET", `/classes/${school.classId}/rewards`)).status).toBe(403);
    }
    // In the path of another class it is not there.
    const outsider = await clientOf(world, school.outsider);
    const elsewhere = `/classes/${school.otherClassId}/reward-requests/${id}/answer`;
    expect((await outsider.ask("POST", elsewhere, { answer: "approve" })).code).toBe(
      "reward-request-not-found",
    );
    await shop.answer(id, "approve");
    const { waiting } = await shop.admin.get<SchoolShop>("/reward-shop");
    expect(waiting).toEqual([
      { class: expect.objectContaining({ id: school.classId }), requested: 0, approved: 1 },
    ]);
    for (const action of ["reward.read-class", "reward.answer"]) {
      const { entries } = await shop.admin.get<AuditPage>(`/audit?action=${action}`);
      expect(entries.length).toBeGreaterThan(0);
    }
    const neighbour = await clientOf(world, world.neighbour.homeroom);
    expect((await neighbour.ask("GET", `/classes/${school.classId}/rewards`)).status).toBe(404);
  });

  test("pupils keep the shop for a week: they see a name and a thing, hand over what was approved, and nothing of their own", async () => {
    const shop = await openShop(world);
    const { school } = world;
    const [first, second] = school.children;
    const { id: rewardId } = await shop.offer();
    const counter = `/students/${first!.id}/shop-counter`;
    expect((await shop.student.ask("GET", counter)).code).toBe("not-shopkeeper");
    const keepers = (studentIds: string[]) =>
      shop.homeroom.ask("PUT", `/classes/${school.classId}/shopkeepers`, { studentIds });
    expect((await keepers([school.otherChildren[0]!.id])).code).toBe("shopkeeper-not-in-class");
    expect((await keepers([first!.id, second!.id])).status).toBe(200);
    const own = await shop.wish(rewardId);
    await shop.answer(own.id, "approve");
    // A classmate's, put there by the ledger: the classmate has no account in this story.
    const theirs = await wishOf(world, second!.id, rewardId);
    expect((await shop.student.get<ShopCounter>(counter)).items).toEqual([]);
    expect((await shop.student.ask("POST", `${counter}/${theirs}/hand-over`)).code).toBe(
      "reward-request-not-found",
    );
    await shop.answer(theirs, "approve");
    const { items } = await shop.student.get<ShopCounter>(counter);
    expect(items).toEqual([{ id: theirs, name: "予安", title: "当一天图书管理员", icon: "book" }]);
    expect((await shop.student.ask("POST", `${counter}/${own.id}/hand-over`)).code).toBe(
      "reward-request-not-found",
    );
    expect((await shop.student.ask("POST", `${counter}/${theirs}/hand-over`)).status).toBe(200);
    expect((await shop.student.get<ShopCounter>(counter)).items).toEqual([]);
    world.setNow(new Date(WORLD_NOW.getTime() + 7 * DAY_MS));
    const later = await clientOf(world, school.student);
    expect((await later.ask("GET", counter)).code).toBe("not-shopkeeper");
  });

  test("a guardian reads its own child's wishes and may say not this, please: the teacher sees it and decides", async () => {
    const shop = await openShop(world);
    const { school } = world;
    const { id: rewardId } = await shop.offer();
    const { id } = await shop.wish(rewardId);
    const guardian = await clientOf(world, school.guardian);
    const path = `/students/${shop.studentId}/reward-requests`;
    expect((await guardian.get<FamilyWishes>(path)).wishes).toHaveLength(1);
    expect((await guardian.ask("PUT", `${path}/${id}/objection`, { asksNot: true })).status).toBe(200);
    const { wishes } = await shop.homeroom.get<ClassShop>(`/classes/${school.classId}/rewards`);
    expect(wishes[0]?.familyAsksNot).toBe(true);
    const other = await clientOf(world, school.otherGuardian);
    expect((await other.ask("GET", path)).status).toBe(403);
    await shop.answer(id, "decline");
    expect((await guardian.ask("PUT", `${path}/${id}/objection`, { asksNot: false })).code).toBe(
      "reward-request-settled",
    );
  });

  test("what nobody answers or hands over for weeks expires, and the beans come back", async () => {
    const shop = await openShop(world);
    const { id: rewardId } = await shop.offer({ price: 2 });
    await shop.wish(rewardId, 2);
    const { id } = await shop.wish(rewardId, 2);
    await shop.answer(id, "approve");
    const at = (days: number) => world.setNow(new Date(WORLD_NOW.getTime() + days * DAY_MS));
    at(13);
    expect(await expireOldRequests(world.deps)).toBe(0);
    at(15);
    expect(await expireOldRequests(world.deps)).toBe(1);
    at(43);
    expect(await expireOldRequests(world.deps)).toBe(1);
    const later = { ...shop, student: await clientOf(world, world.school.student) };
    expect((await desk(later)).beans).toEqual({ earned: 6, reserved: 0, spent: 0, toUse: 6 });
  });

  test("a child saves for one thing and is told nothing of how many are left", async () => {
    const shop = await openShop(world);
    const { id: rewardId } = await shop.offer({ price: 30, stock: { count: 2, per: "week" } });
    const path = `/students/${shop.studentId}/reward-saving`;
    expect((await shop.student.ask("PUT", path, { rewardId: uuidv7() })).code).toBe("reward-not-found");
    expect((await shop.student.ask("PUT", path, { rewardId })).status).toBe(200);
    const { savingFor, offers } = await desk(shop);
    expect(savingFor).toBe(rewardId);
    expect(Object.keys(offers[0]!).sort()).toEqual(
      ["icon", "id", "isOfClass", "kind", "obstacle", "price", "title", "words"].sort(),
    );
    await shop.student.ask("PUT", path, { rewardId: null });
    expect((await desk(shop)).savingFor).toBeNull();
  });
});
