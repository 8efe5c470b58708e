/** Pages of the reward shop follow it live: each hears that it is to be read anew, of its own alone, and never what. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { openShop, wishOf } from "../support/rewards.ts";
import type { Person } from "../support/school.ts";
import { Screen } from "../support/screen.ts";
import { createWorld, type World } from "../support/world.ts";

for (const engine of ENGINES) {
  describe(engine, () => {
    let world: World;
    let address: string;
    const open: Screen[] = [];
    beforeEach(async () => {
      world = await createWorld(engine);
      address = await world.app.server.listen({ port: 0, host: "127.0.0.1" });
    });
    afterEach(async () => {
      for (const screen of open.splice(0)) screen.leave();
      world.app.server.server.closeAllConnections();
      await world.close();
    });

    const follow = async (by: Person, path: string, cookie?: string) => {
      const screen = await Screen.open(address, `${path}/live`, {
        cookie: cookie ?? (await world.signIn(by)),
      });
      open.push(screen);
      await screen.next("reload");
      return screen;
    };
    const refused = async (by: Person, path: string) => {
      const answer = await fetch(`${address}/api/v1${path}/live`, {
        headers: { cookie: await world.signIn(by) },
      });
      return answer.status;
    };
    /** The page of the first child, of its guardian, and of the homeroom teacher. */
    const pages = async () => {
      const { student, guardian, homeroom, children, classId } = world.school;
      const child = `/students/${children[0]!.id}`;
      const first = await follow(student, `${child}/reward-desk`);
      // PostgreSQL's bell, once it listens, says that something may have been missed.
      if (engine === "postgres") await first.next("reload");
      return {
        child: await follow(student, `${child}/reward-desk`),
        family: await follow(guardian, `${child}/reward-requests`),
        desk: await follow(homeroom, `/classes/${classId}/rewards`),
      };
    };
    const looks = (on: Awaited<ReturnType<typeof pages>>) =>
      Object.fromEntries(Object.entries(on).map(([page, screen]) => [page, screen.all("reload").length - 1]));
    test("asked for, answered, handed over: the child, its family and its teacher hear each, and nothing of what", async () => {
      const shop = await openShop(world);
      const { id: rewardId } = await shop.offer();
      const on = await pages();
      const { id } = await shop.wish(rewardId);
      await expect.poll(() => looks(on)).toEqual({ child: 1, family: 1, desk: 1 });
      await shop.wish(rewardId, 4, id);
      await shop.answer(id, "approve", "周五中午");
      await expect.poll(() => looks(on)).toEqual({ child: 2, family: 2, desk: 2 });
      await shop.handOver(id);
      await expect.poll(() => looks(on)).toEqual({ child: 3, family: 3, desk: 3 });
      const { id: other } = await shop.offer({ price: 1 });
      const again = await shop.wish(other, 1);
      const guardian = await clientOf(world, world.school.guardian);
      const path = `/students/${shop.studentId}/reward-requests/${again.id}`;
      await guardian.ask("PUT", `${path}/objection`, { asksNot: true });
      await expect.poll(() => looks(on)).toEqual({ child: 5, family: 5, desk: 5 });
      await shop.student.ask("POST", `${path}/withdraw`);
      await expect.poll(() => looks(on)).toEqual({ child: 6, family: 6, desk: 6 });
      for (const screen of Object.values(on)) {
        const told = screen.heard.filter(({ name }) => name !== "beat");
        expect(new Set(told.map(({ name }) => name))).toEqual(new Set(["position", "reload"]));
        expect(told.every((event) => event.value === null && event.id === undefined)).toBe(true);
      }
    });

    test("of a classmate's wish only the teacher hears; who keeps the shop hears of it once it is at the counter", async () => {
      const shop = await openShop(world);
      const { school } = world;
      const { id: rewardId } = await shop.offer();
      const on = await pages();
      const keep = (studentIds: string[]) =>
        shop.homeroom.ask("PUT", `/classes/${school.classId}/shopkeepers`, { studentIds });
      const first = await wishOf(world, school.children[1]!.id, rewardId);
      await shop.answer(first, "approve");
      await expect.poll(() => looks(on)).toEqual({ child: 0, family: 0, desk: 2 });
      expect((await keep([shop.studentId])).status).toBe(200);
      await expect.poll(() => looks(on)).toEqual({ child: 1, family: 1, desk: 3 });
      const second = await wishOf(world, school.children[2]!.id, rewardId);
      await expect.poll(() => looks(on)).toEqual({ child: 1, family: 1, desk: 4 });
      await shop.answer(second, "approve");
      await expect.poll(() => looks(on)).toEqual({ child: 2, family: 1, desk: 5 });
      await shop.handOver(second);
      await expect.poll(() => looks(on)).toEqual({ child: 3, family: 1, desk: 6 });
      await keep([]);
      await shop.handOver(first);
      await expect.poll(() => looks(on)).toEqual({ child: 4, family: 2, desk: 8 });
    });

    test("who may not read a page may not follow it, and a stream ends with the session", async () => {
      const { school } = world;
      const child = `/students/${school.children[0]!.id}`;
      const shopOfClass = `/classes/${school.classId}/rewards`;
      expect(await refused(school.homeroom, shopOfClass)).toBe(404);
      await openShop(world, { beans: 0 });
      expect(await refused(school.subject, shopOfClass)).toBe(403);
      expect(await refused(school.homeroom, `${child}/reward-desk`)).toBe(403);
      expect(await refused(school.guardian, `${child}/reward-desk`)).toBe(403);
      expect(await refused(school.otherGuardian, `${child}/reward-requests`)).toBe(403);
      const on = await pages();
      await world.deps.live.beat();
      await world.database.write(school.id, async ({ db, tables }) => {
        await db.delete(tables.guardianship);
      });
      await world.deps.live.beat();
      await on.family.ended;
      await on.child.next("beat");
      const cookie = await world.signIn(school.student);
      const leaving = await follow(school.student, `${child}/reward-desk`, cookie);
      await fetch(`${address}/api/v1/session`, { method: "DELETE", headers: { cookie } });
      await leaving.ended;
      expect(on.desk.all("beat").length).toBeGreaterThan(0);
    });
  });
}
