/** A tablet that teachers share: what somebody who picks it up can do, and how its teacher gets on. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { LedgerPage, VoidResults } from "@doudou/shared/contract/awards.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import type { TabletTeachers } from "@doudou/shared/contract/tablets.ts";
import { awardIn, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";
import { PASSWORD, type Person, WORLD_NOW } from "../support/school.ts";
import { Screen } from "../support/screen.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const PIN = "135790";

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(engine);
  });
  beforeEach(() => world.setNow(WORLD_NOW));
  afterAll(() => world.close());

  /** A browser: keeps its cookies from one call to the next. */
  const tablet = () => {
    const jar = new Map<string, string>();
    const ask = async (
      method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
      path: string,
      payload?: object,
    ) => {
      const response = await world.app.server.inject({
        method,
        url: `/api/v1${path}`,
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
        ...(payload ? { payload } : {}),
      });
      for (const { name, value } of response.cookies) jar.set(name, value);
      const isProblem = String(response.headers["content-type"]).includes("problem");
      return {
        status: response.statusCode,
        code: isProblem ? response.json<{ code: string }>().code : undefined,
        response,
        cookies: response.cookies,
      };
    };
    return {
      ask,
      jar,
      signIn: (person: Person) =>
        ask("POST", "/session", { login: person.login, password: PASSWORD, onSharedTablet: true }),
      choosePin: (pin = PIN) => ask("PUT", "/tablet/pin", { password: PASSWORD, pin }),
    };
  };
  const accountOf = async (on: ReturnType<typeof tablet>) =>
    (await on.ask("GET", "/session")).response.json<SessionView>().account;
  const portfolio = () => `/students/${world.school.children[1]!.id}/portfolio`;

  test("who picks up the tablet may award and take that back, and read nothing more of a child", async () => {
    const { homeroom, classId, termId, children } = world.school;
    const picked = tablet();
    const view = (await picked.signIn(homeroom)).response.json<SessionView>();
    expect([view.place, view.openUntil]).toEqual(["shared-tablet", null]);
    expect((await picked.ask("GET", `/classes/${classId}/roster`)).status).toBe(200);
    const own = awardIn(world.school, WORLD_NOW);
    expect((await picked.ask("POST", "/awards", { awards: [own] })).status).toBe(200);
    const taken = await picked.ask("POST", "/awards/void", { ids: [own.id], reason: "点错了" });
    expect(taken.response.json<VoidResults>().results).toEqual([{ id: own.id, status: "voided" }]);

    const child = `/students/${children[1]!.id}`;
    for (const [method, path, payload] of [
      ["GET", `${child}/portfolio`],
      ["GET", `${child}/timeline`],
      ["GET", `${child}/summaries`],
      ["PUT", `${child}/summaries/${termId}/comment`, { comment: "很好", commentVersion: 0 }],
      ["POST", `${child}/summaries/${termId}/publish`],
      ["GET", `/classes/${classId}/summaries`],
      ["GET", `/classes/${classId}/cards`],
      ["PATCH", "/account", { locale: "en" }],
      ["PUT", `/observation-points/${world.school.points.helps}/favourite`],
      ["DELETE", "/tablet/pin"],
      ["DELETE", "/session?everywhere=true"],
      ["POST", `/classes/${classId}/awards/void-recent`, { minutes: 11, reason: "点错了" }],
    ] as const) {
      expect([path, (await picked.ask(method, path, payload)).code]).toEqual([path, "session-confined"]);
    }
  });

  test("who picks up the tablet takes back what was given in the last ten minutes; for more it asks for the PIN", async () => {
    const { subject } = world.school;
    const picked = tablet();
    await picked.signIn(subject);
    await picked.choosePin();
    const [fresh, old] = [awardIn(world.school, WORLD_NOW), awardIn(world.school, WORLD_NOW)];
    await picked.ask("POST", "/awards", { awards: [fresh, old] });
    const voiding = async (id: string) =>
      (await picked.ask("POST", "/awards/void", { ids: [id], reason: "点错了" })).response
        .json<VoidResults>()
        .results.map(({ status, problem }) => problem?.code ?? status);
    world.setNow(new Date(WORLD_NOW.getTime() + 10 * MINUTE));
    expect(await voiding(fresh.id)).toEqual(["voided"]);
    world.setNow(new Date(WORLD_NOW.getTime() + 10 * MINUTE + 1));
    expect(await voiding(old.id)).toEqual(["session-confined"]);
    // Its answer was lost.
    expect(await voiding(fresh.id)).toEqual(["duplicate"]);
    const recent = `/classes/${world.school.classId}/awards/void-recent`;
    const stretch = { minutes: 10, before: world.deps.now().toISOString(), reason: "点错了" };
    expect((await picked.ask("POST", recent, stretch)).status).toBe(200);
    world.setNow(new Date(world.deps.now().getTime() + 1));
    expect((await picked.ask("POST", recent, stretch)).code).toBe("session-confined");
    await picked.ask("POST", "/session/lift", { pin: PIN });
    expect(await voiding(old.id)).toEqual(["voided"]);
  });

  test("voiding what a colleague gave asks for the PIN, though the homeroom teacher may", async () => {
    const { homeroom, subject, classId } = world.school;
    const colleague = await clientOf(world, subject);
    const given = awardIn(world.school, WORLD_NOW);
    await colleague.award(given);
    const picked = tablet();
    await picked.signIn(homeroom);
    await picked.choosePin();
    const voiding = async () =>
      (
        await picked.ask("POST", "/awards/void", { ids: [given.id], reason: "点错了" })
      ).response.json<VoidResults>().results[0];
    const canVoid = async () =>
      (await picked.ask("GET", `/classes/${classId}/awards`)).response
        .json<{ entries: { id: string; canVoid: boolean }[] }>()
        .entries.find(({ id }) => id === given.id)?.canVoid;
    expect(await canVoid()).toBeUndefined();
    expect((await voiding())?.problem?.code).toBe("session-confined");
    await picked.ask("POST", "/session/lift", { pin: PIN });
    expect(await canVoid()).toBe(true);
    expect(await voiding()).toEqual({ id: given.id, status: "voided" });
  });

  test("who picks up the tablet reads no note, and nothing that a colleague gave", async () => {
    const { homeroom, subject, classId } = world.school;
    const colleague = await clientOf(world, subject);
    await colleague.award(awardIn(world.school, WORLD_NOW));
    const own = awardIn(world.school, WORLD_NOW, { note: "家里的事" });
    const picked = tablet();
    await picked.signIn(homeroom);
    await picked.choosePin();
    await picked.ask("POST", "/awards", { awards: [own] });
    const latest = async () =>
      (await picked.ask("GET", `/classes/${classId}/awards?limit=100`)).response.json<LedgerPage>().entries;
    const seen = await latest();
    expect(seen.find(({ id }) => id === own.id)).toMatchObject({ isMine: true, note: null });
    expect(seen.filter(({ isMine, note }) => !isMine || note !== null)).toEqual([]);
    await picked.ask("POST", "/session/lift", { pin: PIN });
    const all = await latest();
    expect(all.find(({ id }) => id === own.id)?.note).toBe("家里的事");
    expect(all.some(({ isMine }) => !isMine)).toBe(true);
  });

  test("a locked device brings in what waits there and reads nothing, until the PIN opens it", async () => {
    const { homeroom, classId } = world.school;
    const on = tablet();
    await on.signIn(homeroom);
    const { id: accountId } = await accountOf(on);
    await on.choosePin();
    await on.ask("POST", "/session/lift", { pin: PIN });
    expect((await on.ask("POST", "/session/lock")).status).toBe(204);
    expect((await on.ask("POST", "/session/lock")).status).toBe(204);
    for (const [method, path, payload] of [
      ["GET", "/classes"],
      ["GET", `/classes/${classId}/roster`],
      ["GET", `/classes/${classId}/live`],
      ["GET", portfolio()],
      ["POST", "/session/lift", { pin: PIN }],
      ["PUT", "/tablet/pin", { password: PASSWORD, pin: PIN }],
    ] as const)
      expect([path, (await on.ask(method, path, payload)).code]).toEqual([path, "session-locked"]);
    expect((await on.ask("DELETE", "/session?everywhere=true")).status).toBe(403);
    const waited = awardIn(world.school, WORLD_NOW);
    expect((await on.ask("POST", "/awards", { awards: [waited] })).status).toBe(200);
    const taken = await on.ask("POST", "/awards/void", { ids: [waited.id], reason: "点错了" });
    expect(taken.response.json<VoidResults>().results).toEqual([{ id: waited.id, status: "voided" }]);
    expect((await on.ask("POST", "/session/pin", { accountId, pin: PIN })).status).toBe(200);
    expect((await on.ask("GET", `/classes/${classId}/roster`)).status).toBe(200);
    expect((await on.ask("GET", portfolio())).code).toBe("session-confined");
  });

  test("a screen that follows the class goes dark when its device is locked", async () => {
    const { homeroom, classId } = world.school;
    const on = tablet();
    await on.signIn(homeroom);
    const address = await world.app.server.listen({ port: 0, host: "127.0.0.1" });
    const screen = await Screen.open(address, `/classes/${classId}/live`, {
      cookie: `doudou_session=${on.jar.get("doudou_session")}`,
    });
    await on.ask("POST", "/session/lock");
    await screen.ended;
    expect((await on.ask("GET", `/classes/${classId}/live`)).code).toBe("session-locked");
  });

  test("an own device that was locked is its teacher's again by PIN, and confined for anybody else", async () => {
    const { homeroom, subject } = world.school;
    const own = tablet();
    const accounts: string[] = [];
    for (const person of [subject, homeroom]) {
      await own.ask("POST", "/session", { login: person.login, password: PASSWORD });
      await own.choosePin();
      accounts.push((await accountOf(own)).id);
    }
    const opened = async (accountId: string) =>
      (await own.ask("POST", "/session/pin", { accountId, pin: PIN })).response.json<SessionView>().place;
    await own.ask("POST", "/session/lock");
    expect(await opened(accounts[1]!)).toBe("own-device");
    expect((await own.ask("GET", portfolio())).status).toBe(200);
    await own.ask("POST", "/session/lock");
    expect(await opened(accounts[0]!)).toBe("shared-tablet");
    expect(await opened(accounts[1]!)).toBe("shared-tablet");
  });

  test("a wrong PIN is told how many tries are left", async () => {
    const on = tablet();
    await on.signIn(world.school.subject);
    const { id: accountId } = await accountOf(on);
    await on.choosePin();
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      const { response } = await on.ask("POST", "/session/pin", { accountId, pin: "000000" });
      expect(response.json()).toMatchObject({ code: "pin-wrong", triesLeft });
    }
  });

  test("PIN or password open everything for ten minutes, and locking closes it at once", async () => {
    const on = tablet();
    await on.signIn(world.school.homeroom);
    await on.choosePin();
    for (const proof of [{ pin: PIN }, { password: PASSWORD }]) {
      world.setNow(WORLD_NOW);
      const view = (await on.ask("POST", "/session/lift", proof)).response.json<SessionView>();
      expect(view.openUntil).toBe(new Date(WORLD_NOW.getTime() + 10 * MINUTE).toISOString());
      expect((await on.ask("GET", portfolio())).status).toBe(200);
      world.setNow(new Date(WORLD_NOW.getTime() + 10 * MINUTE));
      expect((await on.ask("GET", portfolio())).code).toBe("session-confined");
    }
    await on.ask("POST", "/session/lift", { pin: PIN });
    await on.ask("DELETE", "/session/lift");
    expect((await on.ask("GET", portfolio())).code).toBe("session-confined");
  });

  test("a teacher who chose a PIN is remembered on this tablet alone, and takes over from a colleague by it", async () => {
    const { homeroom, subject } = world.school;
    const shared = tablet();
    expect((await shared.ask("GET", "/tablet")).response.json<TabletTeachers>().teachers).toEqual([]);
    await shared.signIn(homeroom);
    const { id: accountId } = await accountOf(shared);
    expect((await shared.choosePin()).status).toBe(204);
    await shared.signIn(subject);
    expect((await shared.ask("GET", "/tablet")).response.json<TabletTeachers>().teachers).toEqual([
      { accountId, login: homeroom.login, name: "王老师" },
    ]);
    const former = shared.jar.get("doudou_session");
    const view = (
      await shared.ask("POST", "/session/pin", { accountId, pin: PIN })
    ).response.json<SessionView>();
    expect([view.account.id, view.place]).toEqual([accountId, "shared-tablet"]);
    expect((await shared.ask("GET", portfolio())).code).toBe("session-confined");
    const left = await world.app.server.inject({
      url: "/api/v1/session",
      headers: { cookie: `doudou_session=${former}` },
    });
    expect(left.statusCode).toBe(401);

    const other = tablet();
    expect((await other.ask("GET", "/tablet")).response.json<TabletTeachers>().teachers).toEqual([]);
    expect((await other.ask("POST", "/session/pin", { accountId, pin: PIN })).code).toBe("pin-exhausted");
  });

  test("choosing a PIN takes the password, whoever is signed in", async () => {
    const on = tablet();
    await on.signIn(world.school.homeroom);
    const refused = await on.ask("PUT", "/tablet/pin", { password: "wrong", pin: PIN });
    expect(refused.code).toBe("wrong-credentials");
    for (const pin of ["12345", "1234567", "abcdef"])
      expect((await on.ask("PUT", "/tablet/pin", { password: PASSWORD, pin })).code).toBe("invalid-input");
  });

  test("five wrong PINs, also at once, leave only the password; with it the PIN is good again", async () => {
    const on = tablet();
    await on.signIn(world.school.subject);
    const { id: accountId } = await accountOf(on);
    await on.choosePin();
    const tries = await Promise.all(
      Array.from({ length: 9 }, () => on.ask("POST", "/session/pin", { accountId, pin: "000000" })),
    );
    expect(tries.filter(({ code }) => code === "pin-wrong")).toHaveLength(5);
    expect((await on.ask("POST", "/session/pin", { accountId, pin: PIN })).code).toBe("pin-exhausted");
    expect((await on.ask("POST", "/session/lift", { pin: PIN })).code).toBe("pin-exhausted");
    await on.signIn(world.school.subject);
    expect((await on.ask("POST", "/session/pin", { accountId, pin: PIN })).status).toBe(200);
  });

  test("signing out everywhere makes every tablet forget the teacher: a stolen one opens nothing", async () => {
    const { outsider } = world.school;
    const stolen = tablet();
    await stolen.signIn(outsider);
    const { id: accountId } = await accountOf(stolen);
    await stolen.choosePin();
    const home = await clientOf(world, outsider);
    expect((await home.ask("DELETE", "/session?everywhere=true")).status).toBe(204);
    expect((await stolen.ask("GET", "/session")).status).toBe(401);
    expect((await stolen.ask("GET", "/tablet")).response.json<TabletTeachers>().teachers).toEqual([]);
    expect((await stolen.ask("POST", "/session/pin", { accountId, pin: PIN })).code).toBe("pin-exhausted");
  });

  test("a teacher may ask to be forgotten on a tablet", async () => {
    const on = tablet();
    await on.signIn(world.school.subject);
    await on.choosePin();
    await on.ask("POST", "/session/lift", { pin: PIN });
    expect((await on.ask("DELETE", "/tablet/pin")).status).toBe(204);
    expect((await on.ask("GET", "/tablet")).response.json<TabletTeachers>().teachers).toEqual([]);
  });

  test("the tablet's cookie is kept from scripts, and the database holds neither its token nor a PIN", async () => {
    const on = tablet();
    await on.signIn(world.school.subject);
    const { cookies } = await on.choosePin("864209");
    const cookie = cookies.find(({ name }) => name === "doudou_tablet");
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    const dump = JSON.stringify((await dumpOf(world.database))["tabletPin"]);
    expect(dump).toContain("$argon2id$");
    expect(dump).not.toContain(cookie?.value);
    expect(dump).not.toContain("864209");
  });

  test("on a teacher's own device nothing is confined", async () => {
    const own = await clientOf(world, world.school.homeroom);
    expect((await own.ask("GET", portfolio())).status).toBe(200);
    expect((await own.get<SessionView>("/session")).place).toBe("own-device");
  });
});
