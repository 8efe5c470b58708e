/** The class board: what a link opens and for how long, what a projector is told, and what it is never told. */
import { type SQL, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type {
  Board,
  BoardAward,
  BoardLinks,
  BoardScreen,
  ClassGoalOfWeek,
} from "@doudou/shared/contract/board.ts";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { perDimension } from "@doudou/shared/domain/words.ts";
import { agreeToBoard, boardLink } from "../support/board.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { Screen } from "../support/screen.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

for (const engine of ENGINES) {
  describe(engine, () => {
    let world: World;
    let address: string;
    let teacher: Client;
    const screens: Screen[] = [];
    beforeAll(async () => {
      world = await createWorld(engine);
      address = await world.app.server.listen({ port: 0, host: "127.0.0.1" });
    });
    beforeEach(async () => {
      teacher = await clientOf(world, world.school.homeroom);
    });
    afterEach(() => {
      world.setNow(WORLD_NOW);
      for (const screen of screens.splice(0)) screen.leave();
    });
    afterAll(async () => {
      world.app.server.server.closeAllConnections();
      await world.close();
    });

    const after = (ms: number) => world.setNow(new Date(WORLD_NOW.getTime() + ms));
    const open = (over?: Parameters<typeof boardLink>[2]) => boardLink(teacher, world.school.classId, over);
    const opened = async (over?: Parameters<typeof boardLink>[2]) => {
      const { link, token } = await open(over);
      const bearer = { authorization: `Bearer ${token}` };
      return { link, token: token ?? "", bearer };
    };
    const read = async (linkId: string, headers: Record<string, string>) => {
      const answer = await world.app.server.inject({ url: `/api/v1/board/${linkId}`, headers });
      return { status: answer.statusCode, board: answer.json<Board & { code?: string }>() };
    };
    const post = (payload: object, remoteAddress = "10.0.0.1") =>
      world.app.server.inject({ method: "POST", url: "/api/v1/board", payload, remoteAddress });
    const follow = async (linkId: string, headers: Record<string, string>, query = "") => {
      const screen = await Screen.open(address, `/board/${linkId}/live${query}`, headers);
      screens.push(screen);
      await screen.next("position");
      return screen;
    };
    const give = (over: Parameters<typeof awardIn>[2] = {}) =>
      teacher.award(awardIn(world.school, new Date(WORLD_NOW.getTime() - MINUTE), over));
    const goalPath = () => `/classes/${world.school.classId}/goal`;

    test("a board shows plants by name only where the family agreed, and no figure of any child", async () => {
      const [first, second, third] = world.school.children;
      await agreeToBoard(world.database, world.school, [first!, second!]);
      await agreeToBoard(world.database, world.school, [third!], WORLD_NOW);
      await give({ studentId: first!.id, points: 3 });
      await give({ studentId: first!.id });
      await give({ studentId: third!.id });
      const { link, bearer } = await opened();
      const { board } = await read(link.id, bearer);
      expect(board.plants).toEqual([
        { id: first!.id, name: first!.name, dimensions: ["moral"] },
        { id: second!.id, name: second!.name, dimensions: [] },
        { id: "1", name: null, dimensions: [] },
        { id: "2", name: null, dimensions: [] },
        { id: "3", name: null, dimensions: [] },
      ]);
      expect(board.beans).toMatchObject({ moral: 5, academic: 0 });
      expect(board.share).toBe(0.1);
      expect(board).toMatchObject({ className: "三年级1班", weekStartsOn: "2026-11-09" });
      // The test school calls them by their codes.
      expect(board.dimensionNames).toEqual(perDimension((code) => ({ zh: code, en: code })));
      for (const { id, name } of world.school.children.slice(2)) {
        expect(JSON.stringify(board)).not.toContain(id);
        expect(JSON.stringify(board)).not.toContain(name);
      }
    });

    test("a board without figures is told how full the jar is, and no figure", async () => {
      const { link, bearer } = await opened({ showsNumbers: false });
      const figured = await opened();
      const { board } = await read(link.id, bearer);
      expect(board.beans).toBeNull();
      expect(board.share).toBeGreaterThan(0);
      expect(board.share).toBe((await read(figured.link.id, figured.bearer)).board.share);
    });

    test("what was given in an earlier week is not in this week's garden", async () => {
      const { link, bearer } = await opened();
      const before = (await read(link.id, bearer)).board.beans;
      await give({ occurredAt: new Date(WORLD_NOW.getTime() - 5 * 24 * HOUR).toISOString() });
      expect((await read(link.id, bearer)).board.beans).toEqual(before);
    });

    test("a token is exchanged for a cookie that goes to its own board only", async () => {
      const { link, token } = await opened();
      const answer = await post({ token });
      expect(answer.json<BoardScreen>()).toEqual({ linkId: link.id, expiresAt: link.expiresAt });
      const [cookie] = answer.cookies;
      expect(cookie).toMatchObject({
        name: "doudou_board",
        path: `/api/v1/board/${link.id}`,
        httpOnly: true,
        sameSite: "Strict",
        maxAge: (Date.parse(link.expiresAt) - WORLD_NOW.getTime()) / 1000,
      });
      expect(cookie).not.toHaveProperty("expires");
      expect((await read(link.id, { cookie: `doudou_board=${cookie!.value}` })).status).toBe(200);
      const other = await opened();
      expect((await read(other.link.id, { cookie: `doudou_board=${cookie!.value}` })).status).toBe(401);
    });

    test("a code opens one screen, once, for ten minutes", async () => {
      const { link, code, token } = await open({ way: "code" });
      expect([token, code]).toEqual([null, expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)]);
      const typed = `${code!.toLowerCase().replace("-", " ")} `;
      const answer = await post({ code: typed });
      expect(answer.statusCode).toBe(200);
      const value = answer.cookies[0]!.value;
      expect((await read(link.id, { cookie: `doudou_board=${value}` })).status).toBe(200);
      expect((await post({ code: typed })).json()).toMatchObject({ code: "board-code-wrong" });
      const late = await open({ way: "code" });
      after(10 * MINUTE + 1);
      expect((await post({ code: late.code! })).json()).toMatchObject({ code: "board-code-wrong" });
    });

    test("who guesses codes is soon told to wait", async () => {
      const codes: string[] = [];
      for (let i = 0; i < 22; i++) {
        const code = `0000-00${String(i).padStart(2, "0")}`;
        codes.push((await post({ code }, "10.0.0.66")).json<{ code: string }>().code);
      }
      expect(codes.at(0)).toBe("board-code-wrong");
      expect(codes.at(-1)).toBe("too-many-attempts");
    });

    test("a link ends with the school's day, and after twelve hours at the latest", async () => {
      const { link, bearer } = await opened();
      expect(link.expiresAt).toBe("2026-11-11T14:00:00.000Z");
      after(12 * HOUR - 1);
      expect((await read(link.id, bearer)).status).toBe(200);
      after(12 * HOUR);
      expect((await read(link.id, bearer)).board.code).toBe("board-link-over");
      teacher = await clientOf(world, world.school.homeroom);
      after(13 * HOUR);
      expect((await open()).link.expiresAt).toBe("2026-11-11T16:00:00.000Z");
    });

    test("a revoked link goes dark at once, on every screen, and for good", async () => {
      const { link, token, bearer } = await opened();
      const other = await opened();
      const [one, two, kept] = [
        await follow(link.id, bearer),
        await follow(link.id, bearer, "?screen=second"),
        await follow(other.link.id, other.bearer),
      ];
      const path = `/classes/${world.school.classId}/board-links`;
      expect((await teacher.get<BoardLinks>(path)).links.map(({ id }) => id)).toContain(link.id);
      const colleague = await clientOf(world, world.school.subject);
      expect((await colleague.ask("DELETE", `${path}/${link.id}`)).status).toBe(204);
      await Promise.all([one.ended, two.ended]);
      expect((await read(link.id, bearer)).board.code).toBe("board-link-over");
      expect((await post({ token })).json()).toMatchObject({ code: "board-link-over" });
      expect((await teacher.get<BoardLinks>(path)).links.map(({ id }) => id)).not.toContain(link.id);
      expect((await colleague.ask("DELETE", `${path}/${link.id}`)).code).toBe("not-found");
      await give();
      await kept.next("award");
    });

    // Only there can what is announced be missed: on SQLite it never leaves the process.
    const engines = ENGINES.filter((each) => each === engine && each === "postgres");
    test.each(engines)("a link revoked while %s was not heard goes dark once it is heard again", async () => {
      const { link, bearer } = await opened();
      const screen = await follow(link.id, bearer);
      const bells = (what: SQL) =>
        world.database.read(EVERY_SCHOOL, ({ db }) =>
          db
            .select({ what })
            .from(sql`pg_stat_activity`)
            .where(sql`application_name = 'doudou bell' and datname = current_database()`),
        );
      await expect.poll(() => bells(sql`pid`)).toHaveLength(1);
      await bells(sql`pg_terminate_backend(pid)`);
      await expect.poll(() => bells(sql`pid`), { interval: 20 }).toEqual([]);
      const path = `/classes/${world.school.classId}/board-links/${link.id}`;
      expect((await teacher.ask("DELETE", path)).status).toBe(204);
      expect(await screen.ended).toBeUndefined();
    });

    test("a stream that is open ends with its link's time", async () => {
      const { link, bearer } = await opened();
      const screen = await follow(link.id, bearer);
      after(12 * HOUR);
      await world.deps.live.beat();
      expect(await screen.ended).toBeUndefined();
    });

    test("nobody but a class's teachers makes or ends links, and none of another school finds them", async () => {
      const path = `/classes/${world.school.classId}/board-links`;
      const { link } = await opened();
      for (const person of [world.school.outsider, world.school.admin, world.school.guardian]) {
        const client = await clientOf(world, person);
        expect((await client.ask("POST", path, { way: "here", showsNumbers: true })).code).toBe("forbidden");
        expect((await client.ask("DELETE", `${path}/${link.id}`)).code).toBe("forbidden");
      }
      const stranger = await clientOf(world, world.neighbour.homeroom);
      expect((await stranger.ask("GET", path)).code).toBe("not-found");
      const own = `/classes/${world.neighbour.classId}/board-links`;
      expect((await stranger.ask("DELETE", `${own}/${link.id}`)).code).toBe("not-found");
    });

    test("a board is told who was noticed and what for, never by whom, and nothing of who may not be named", async () => {
      const [first, , third] = world.school.children;
      const { link, bearer } = await opened();
      const screen = await follow(link.id, bearer);
      await give({ studentId: first!.id, points: 2, note: "只给家长看" });
      const named = await screen.next<BoardAward>("award");
      expect(named.value).toEqual({
        plantId: first!.id,
        dimension: "moral",
        point: { zh: "观测点 1", en: "Point 1" },
        beans: 2,
        isThisWeek: true,
        isFresh: true,
      });
      const mistaken = awardIn(world.school, new Date(WORLD_NOW.getTime() - 20 * MINUTE), {
        studentId: third!.id,
      });
      await teacher.award(mistaken);
      expect((await screen.next<BoardAward>("award")).value).toMatchObject({ plantId: null, isFresh: false });
      await teacher.void([mistaken.id]);
      expect((await screen.next("void")).value).toEqual({});
      const { board } = await read(link.id, bearer);
      expect(board.position).toBe(screen.lastEventId);
    });

    test("a board that was away goes on from where it was, and nothing is told twice", async () => {
      const { link, bearer } = await opened();
      const screen = await follow(link.id, bearer);
      await give();
      const { id } = await screen.next("award");
      screen.leave();
      await screen.ended;
      await give({ points: 3 });
      const back = await follow(link.id, { ...bearer, "last-event-id": id! });
      expect(back.all<BoardAward>("award").map(({ beans }) => beans)).toEqual([3]);
    });

    test("the homeroom teacher sets what the class wants to reach this week; next week begins anew", async () => {
      const { link, bearer } = await opened();
      const goal = { text: "课间多动一动", dimension: "physical", target: 120 };
      expect((await teacher.ask("PUT", goalPath(), { ...goal, text: "  " })).code).toBe("invalid-input");
      expect((await teacher.ask("PUT", goalPath(), { ...goal, text: " 课间多动一动 " })).status).toBe(200);
      expect((await read(link.id, bearer)).board.goal).toEqual(goal);
      const colleague = await clientOf(world, world.school.subject);
      expect(await colleague.get<ClassGoalOfWeek>(goalPath())).toEqual({
        weekStartsOn: "2026-11-09",
        goal,
        canSet: false,
      });
      expect((await colleague.ask("PUT", goalPath(), goal)).code).toBe("forbidden");
      after(5 * 24 * HOUR);
      teacher = await clientOf(world, world.school.homeroom);
      expect(await teacher.get<ClassGoalOfWeek>(goalPath())).toMatchObject({ goal: null, canSet: true });
      world.setNow(WORLD_NOW);
      teacher = await clientOf(world, world.school.homeroom);
      expect((await teacher.ask("DELETE", goalPath())).status).toBe(204);
      expect((await read(link.id, bearer)).board.goal).toBeNull();
    });

    test("a token that was changed by one letter opens nothing", async () => {
      const { link, token } = await opened();
      const last = token.at(-1) === "A" ? "E" : "A";
      for (const wrong of [`${token.slice(0, -2)}${last}${last}`, token.slice(1), "x", ""]) {
        const answer = await read(link.id, { authorization: `Bearer ${wrong}` });
        expect([wrong, answer.status]).toEqual([wrong, 401]);
      }
    });
  });
}
