/** Following a class live over real sockets: every award and void once, in order, whatever happens to the line. */
import { once } from "node:events";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { LiveAward, LiveVoid } from "@doudou/shared/contract/live.ts";
import type { Roster } from "@doudou/shared/contract/classes.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { type Person, WORLD_NOW } from "../support/school.ts";
import { Screen } from "../support/screen.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;

for (const engine of ENGINES) {
  describe(engine, () => {
    let world: World;
    let address: string;
    let teacher: Client;
    const open: Screen[] = [];
    beforeAll(async () => {
      world = await createWorld(engine);
      address = await world.app.server.listen({ port: 0, host: "127.0.0.1" });
      teacher = await clientOf(world, world.school.homeroom);
    });
    afterEach(() => {
      world.setNow(WORLD_NOW);
      for (const screen of open.splice(0)) screen.leave();
    });
    afterAll(async () => {
      world.app.server.server.closeAllConnections();
      await world.close();
    });

    const livePath = (query = "") => `/classes/${world.school.classId}/live${query}`;
    const follow = async ({ by = world.school.subject, query = "", from = "", cookie = "" } = {}) => {
      const headers = {
        cookie: cookie || (await world.signIn(by)),
        "accept-encoding": "gzip, br",
        ...(from && { "last-event-id": from }),
      };
      const screen = await Screen.open(address, livePath(query), headers);
      open.push(screen);
      await screen.next("position");
      return screen;
    };
    const award = (over: Partial<ReturnType<typeof awardIn>> = {}) =>
      awardIn(world.school, new Date(WORLD_NOW.getTime() - MINUTE), over);
    const expectEnded = async (...screens: Screen[]) =>
      expect(await Promise.all(screens.map(({ ended }) => ended))).toHaveLength(screens.length);
    const roster = () => teacher.get<Roster>(`/classes/${world.school.classId}/roster`);

    test("a colleague's award is told with all that a screen needs, and nothing of its note", async () => {
      const screen = await follow();
      expect(Object.fromEntries(screen.headers)).toMatchObject({
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      });
      expect(screen.headers.get("content-encoding")).toBeNull();
      const one = award({ points: 2, note: "只给家长看" });
      await teacher.award(one);
      const { value, id } = await screen.next<LiveAward>("award");
      expect(value).toEqual({
        id: one.id,
        studentId: one.studentId,
        dimension: "moral",
        pointId: world.school.points.helps,
        point: { zh: "观测点 1", en: "Point 1" },
        beans: 2,
        by: "王老师",
        day: "2026-11-11",
        occurredAt: one.occurredAt,
      });
      expect(id).toBe((await roster()).position);
      await teacher.void([one.id]);
      const taken = await screen.next<LiveVoid>("void");
      const { studentId } = one;
      expect(taken.value).toEqual({ id: one.id, studentId, dimension: "moral", beans: 2, day: "2026-11-11" });
      expect(taken.id).toBe((await roster()).position);
    });

    test("who sends an award twice, or one that is refused, is heard once or not at all", async () => {
      const screen = await follow();
      const one = award();
      await teacher.award(one, one);
      await teacher.award(one, award({ points: 99 }));
      await teacher.void([one.id]);
      await teacher.void([one.id]);
      const last = award();
      await teacher.award(last);
      await expect.poll(() => screen.all<LiveAward>("award").map(({ id }) => id)).toEqual([one.id, last.id]);
      expect(screen.all<LiveVoid>("void").map(({ id }) => id)).toEqual([one.id]);
    });

    test("what another class is given is not heard here", async () => {
      const screen = await follow();
      const other = await clientOf(world, world.school.outsider);
      await other.award(award({ studentId: world.school.otherChildren[0]!.id }));
      const ours = award();
      await teacher.award(ours);
      expect((await screen.next<LiveAward>("award")).value.id).toBe(ours.id);
      expect(screen.all("award")).toHaveLength(1);
    });

    test("a roster and the stream from its position are the class, to the bean, while others go on awarding", async () => {
      const many = Array.from({ length: 60 }, () => award());
      const going = (async () => {
        for (let i = 0; i < many.length; i += 3) {
          await teacher.award(...many.slice(i, i + 3));
          if (i % 4 === 0) await teacher.void([many[i]!.id]);
        }
      })();
      const child = many[0]!.studentId;
      const beansOf = ({ students }: Roster) => students.find(({ id }) => id === child)!.today.moral;
      const start = await roster();
      const screen = await follow({ query: `?from=${start.position}` });
      await going;
      const end = await roster();
      await expect.poll(() => screen.lastEventId).toBe(end.position);
      const sum = (events: readonly LiveVoid[]) => events.reduce((beans, event) => beans + event.beans, 0);
      const change = sum(screen.all<LiveAward>("award")) - sum(screen.all<LiveVoid>("void"));
      expect(beansOf(start) + change).toBe(beansOf(end));
    });

    test("a line that breaks again and again loses nothing and doubles nothing", async () => {
      const { position: start } = await roster();
      const sent: string[] = [];
      const voided: string[] = [];
      let end: string | undefined;
      const going = (async () => {
        for (let i = 0; i < 40; i++) {
          const some = [award(), award({ studentId: world.school.children[2]!.id })];
          await teacher.award(...some);
          sent.push(...some.map(({ id }) => id));
          if (i % 3 !== 0) continue;
          await teacher.void([some[0]!.id]);
          voided.push(some[0]!.id);
        }
        end = (await roster()).position;
      })();
      const cookie = await world.signIn(world.school.subject);
      const told: { name: string; id: string }[] = [];
      for (let from = start; from !== end;) {
        const screen = await follow({ cookie, from, query: "?screen=tablet" });
        await Promise.race([screen.next("award").catch(() => undefined), going]);
        screen.leave();
        await screen.ended;
        for (const { name, value } of screen.heard)
          if (name === "award" || name === "void") told.push({ name, id: (value as LiveAward).id });
        from = screen.lastEventId;
      }
      const ids = (name: string) => told.filter((event) => event.name === name).map(({ id }) => id);
      expect(ids("award")).toEqual(sent);
      expect(ids("void")).toEqual(voided);
    });

    test("who comes back from too long ago, or from a ledger that is no more, is told to read anew", async () => {
      const { position } = await roster();
      for (const from of ["999999.0", "0.999999"]) {
        const screen = await follow({ from });
        expect(screen.heard[0]).toEqual({ id: position, name: "reload", value: position });
      }
    });

    test("opening it is logged as reading the class is", async () => {
      const logged = async () =>
        (
          await world.database.read(
            world.school.id,
            async ({ db, tables }) => await db.select().from(tables.auditEntry),
          )
        ).filter(
          ({ action, membershipId }) =>
            action === "class.read" && membershipId === world.school.admin.membershipId,
        );
      const before = (await logged()).length;
      await follow({ by: world.school.admin });
      const after = await logged();
      expect(after.length).toBe(before + 1);
      expect(after.at(-1)).toMatchObject({ classId: world.school.classId, studentId: null });
    });

    test("signing out ends the streams of that session at once, and no other's", async () => {
      const cookie = await world.signIn(world.school.subject);
      const screens = [await follow({ cookie }), await follow({ cookie })];
      const other = await follow();
      await fetch(`${address}/api/v1/session`, { method: "DELETE", headers: { cookie } });
      await expectEnded(...screens);
      await teacher.award(award());
      await other.next("award");
    });

    test("signing out everywhere ends them all", async () => {
      const screens = [await follow(), await follow()];
      const cookie = await world.signIn(world.school.subject);
      await fetch(`${address}/api/v1/session?everywhere=true`, { method: "DELETE", headers: { cookie } });
      await expectEnded(...screens);
    });

    test("a session that has run out ends its stream at the next beat", async () => {
      const screen = await follow();
      await world.deps.live.beat();
      await screen.next("beat");
      world.setNow(new Date(WORLD_NOW.getTime() + 40 * 86_400_000));
      await world.deps.live.beat();
      await expectEnded(screen);
    });

    describe("a teacher who no longer teaches the class", () => {
      let leaver: Person;
      let endsOn: string | null;
      const teachUntil = async (day: string | null) => {
        endsOn = day;
        await world.database.write(world.school.id, async ({ db, tables: { teachingAssignment: a } }) => {
          await db.update(a).set({ endsOn }).where(eq(a.membershipId, leaver.membershipId));
        });
      };
      beforeEach(() => {
        leaver = world.school.subject;
      });
      afterEach(() => teachUntil(null));

      test("is cut at the next beat, while colleagues go on", async () => {
        const screen = await follow({ by: leaver });
        const colleague = await follow({ by: world.school.homeroom });
        await world.deps.live.beat();
        await teachUntil("2026-11-10");
        await world.deps.live.beat();
        await screen.ended;
        await teacher.award(award());
        await colleague.next("award");
        await expect(follow({ by: leaver })).rejects.toThrow("403");
      });
    });

    test("one session may have only so many streams; the same screen's new one takes its old one's place", async () => {
      const cookie = await world.signIn(world.school.subject);
      const first = await follow({ cookie, query: "?screen=first" });
      for (let i = 2; i <= 8; i++) await follow({ cookie, query: `?screen=${i}` });
      const refused = await fetch(`${address}/api/v1${livePath("?screen=9")}`, { headers: { cookie } });
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
      const again = await follow({ cookie, query: "?screen=first" });
      await first.ended;
      await teacher.award(award());
      await again.next("award");
    });

    test("a reader that does not keep up is cut off, resumes where it was, and keeps nobody else waiting", async () => {
      const quick = await follow();
      const { position: from } = await roster();
      const stalled = world.deps.live.follow({
        schoolId: world.school.id,
        classId: world.school.classId,
        audience: "staff",
        from: undefined,
        owner: "stalled",
        screen: "stalled",
        mayStay: async () => true,
      })!;
      const cut = once(stalled, "close");
      const sent = Array.from({ length: 800 }, () => award());
      for (let i = 0; i < sent.length; i += 400) await teacher.award(...sent.slice(i, i + 400));
      await cut; // what nobody reads is not kept
      const ids = (screen: Screen) => screen.all<LiveAward>("award").map(({ id }) => id);
      await expect.poll(() => ids(quick).length).toBe(sent.length);
      const back = await follow({ from });
      expect(ids(back)).toEqual(sent.map(({ id }) => id));
    });

    test("the metrics show how many look on", async () => {
      await follow();
      await follow();
      const metrics = await (await fetch(`${address}/metrics`)).text();
      expect(metrics).toContain('doudou_live_streams{audience="staff"} 2');
      expect(metrics).not.toMatch(/doudou_http_request_seconds.*live.*status="200"/);
    });

    test("what is no position is refused", async () => {
      const cookie = await world.signIn(world.school.subject);
      const answer = await fetch(`${address}/api/v1${livePath("?from=now")}`, { headers: { cookie } });
      expect(answer.status).toBe(400);
    });
  });
}
