/** Signing in and out: what the cookie and the database hold, when a session ends, and what a guesser runs into. */
import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { forgetOldFailures } from "@doudou/server/access/throttle.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { ownColour } from "@doudou/shared/domain/palette.ts";
import { perDimension } from "@doudou/shared/domain/words.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";
import { PASSWORD, type Person, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

type Response = Awaited<ReturnType<typeof signIn>>;

let world: World;
let addresses = 0;
/** An address nobody has come from yet: throttling remembers addresses. */
const freshAddress = () => `10.0.${Math.floor((addresses += 1) / 250)}.${addresses % 250}`;

/** Moves both clocks: the product's own, and the machine's, by which Lucia lets sessions end. */
function setClock(now: Date): void {
  vi.setSystemTime(now);
  world.setNow(now);
}
const after = (ms: number) => new Date(WORLD_NOW.getTime() + ms);

const signIn = (
  login: string,
  password = PASSWORD,
  more: { address?: string; headers?: Record<string, string> } = {},
) =>
  world.app.server.inject({
    method: "POST",
    url: "/api/v1/session",
    remoteAddress: more.address ?? freshAddress(),
    headers: more.headers ?? {},
    payload: { login, password },
  });
const whoAmI = (cookie: string) => world.app.server.inject({ url: "/api/v1/session", headers: { cookie } });
const signOut = (cookie: string, query = "") =>
  world.app.server.inject({ method: "DELETE", url: `/api/v1/session${query}`, headers: { cookie } });
const codeOf = (response: Response) => response.json<{ code?: string }>().code ?? response.statusCode;

function cookieOf(response: Response) {
  const cookie = response.cookies.find(({ name }) => name === "doudou_session");
  if (!cookie) throw new Error(`no session cookie in ${response.statusCode} ${response.body}`);
  return { ...cookie, header: `doudou_session=${cookie.value}` };
}

function useWorld(...options: Parameters<typeof createWorld>): void {
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: WORLD_NOW });
    world = await createWorld(...options);
  });
  beforeEach(() => setClock(WORLD_NOW));
  afterAll(async () => {
    vi.useRealTimers();
    await world.close();
  });
}

describe.each(ENGINES)("on %s", (engine) => {
  useWorld(engine);

  test("a teacher signs in and is told who she is and where she teaches", async () => {
    const { homeroom, id: schoolId } = world.school;
    const response = await signIn(homeroom.login.toUpperCase());
    expect(response.statusCode).toBe(200);
    const view = response.json<SessionView>();
    expect(view.account).toMatchObject({ login: homeroom.login, displayName: "王老师", locale: "zh-CN" });
    expect(view.memberships).toEqual([
      {
        id: homeroom.membershipId,
        schoolId,
        schoolName: "学校 forest",
        schoolLogo: null,
        role: "teacher",
        displayName: "王老师",
        dimensionNames: perDimension((dimension) => ({ zh: dimension, en: dimension })),
        dimensionColours: perDimension(ownColour),
        students: [],
      },
    ]);
    const later = await whoAmI(cookieOf(response).header);
    expect(later.statusCode).toBe(200);
    expect(later.json()).toEqual(view);
  });

  test("a guardian sees her child, a student itself, each with its class", async () => {
    const { guardian, student, children, classId } = world.school;
    for (const person of [guardian, student]) {
      const [membership] = (await signIn(person.login)).json<SessionView>().memberships;
      expect(membership?.students).toEqual([
        { id: children[0]?.id, name: "林小满", class: { id: classId, name: "三年级1班", grade: 3 } },
      ]);
    }
  });

  test("nobody without a cookie, with a made-up one or with somebody's hashed token is anybody", async () => {
    const { value } = cookieOf(await signIn(world.school.homeroom.login));
    const hashed = createHash("sha256").update(value).digest("hex");
    for (const cookie of [
      "",
      "doudou_session=",
      `doudou_session=${"x".repeat(43)}`,
      `doudou_session=${hashed}`,
    ]) {
      expect([cookie, codeOf(await whoAmI(cookie))]).toEqual([cookie, "not-signed-in"]);
    }
  });

  test("the cookie is kept from scripts and other sites and lasts as long as the session", async () => {
    const response = await signIn(world.school.homeroom.login);
    const { httpOnly, sameSite, path, maxAge, secure, value } = cookieOf(response);
    expect({ httpOnly, sameSite, path }).toEqual({ httpOnly: true, sameSite: "Lax", path: "/" });
    expect(secure).toBeUndefined();
    expect(value).toMatch(/^[\w-]{43}$/);
    expect(maxAge).toBe((7 * DAY) / 1000);
    expect(response.json<SessionView>().expiresAt).toBe(after(7 * DAY).toISOString());
    expect(response.body).not.toContain(value);
  });

  test("the database holds the SHA-256 of the token and nowhere the token or the password", async () => {
    const { value } = cookieOf(await signIn(world.school.homeroom.login));
    const dump = await dumpOf(world.database);
    const everything = JSON.stringify(dump);
    expect(everything).toContain(createHash("sha256").update(value).digest("hex"));
    expect(everything).not.toContain(value);
    expect(everything).not.toContain(PASSWORD);
    expect(everything).toContain("$argon2id$v=19$m=19456,t=2,p=1$");
  });

  test("signing out ends this session, its cookie, and no other", async () => {
    const tablet = cookieOf(await signIn(world.school.homeroom.login)).header;
    const phone = cookieOf(await signIn(world.school.homeroom.login)).header;
    const response = await signOut(tablet);
    expect(response.statusCode).toBe(204);
    expect(cookieOf(response)).toMatchObject({ value: "", expires: new Date(0), httpOnly: true, path: "/" });
    expect((await whoAmI(tablet)).statusCode).toBe(401);
    expect((await whoAmI(phone)).statusCode).toBe(200);
    expect((await signOut(tablet)).statusCode).toBe(204);
  });

  test("signing out everywhere ends every session of the account and nobody else's", async () => {
    const tablet = cookieOf(await signIn(world.school.homeroom.login)).header;
    const phone = cookieOf(await signIn(world.school.homeroom.login)).header;
    const colleague = cookieOf(await signIn(world.school.subject.login)).header;
    expect((await signOut(tablet, "?everywhere=true")).statusCode).toBe(204);
    expect((await whoAmI(tablet)).statusCode).toBe(401);
    expect((await whoAmI(phone)).statusCode).toBe(401);
    expect((await whoAmI(colleague)).statusCode).toBe(200);
  });

  test("signing in on a shared tablet closes the session that was open there", async () => {
    const former = cookieOf(await signIn(world.school.homeroom.login));
    const response = await signIn(world.school.subject.login, PASSWORD, {
      headers: { cookie: former.header },
    });
    expect(cookieOf(response).value).not.toBe(former.value);
    expect((await whoAmI(former.header)).statusCode).toBe(401);
    const failed = cookieOf(response).header;
    await signIn(world.school.homeroom.login, "wrong", { headers: { cookie: failed } });
    expect((await whoAmI(failed)).statusCode).toBe(200);
  });

  test("a call made for one account is refused under the cookie of another, and changes nothing", async () => {
    const teacher = cookieOf(await signIn(world.school.homeroom.login));
    const { account } = (await whoAmI(teacher.header)).json<SessionView>();
    const other = cookieOf(await signIn(world.school.subject.login));
    const asTeacher = (cookie: string) => ({ cookie, "doudou-account": account.id });
    const ask = (method: "GET" | "PATCH" | "DELETE", url: string, cookie: string) =>
      world.app.server.inject({
        method,
        url: `/api/v1${url}`,
        headers: asTeacher(cookie),
        ...(method === "PATCH" ? { payload: { locale: "en" } } : {}),
      });
    for (const [method, url] of [
      ["GET", "/classes"],
      ["PATCH", "/account"],
      ["DELETE", "/session"],
    ] as const) {
      const refused = await ask(method, url, other.header);
      expect([method, refused.statusCode, codeOf(refused)]).toEqual([method, 409, "other-account"]);
    }
    expect((await whoAmI(other.header)).json<SessionView>().account.locale).toBe("zh-CN");
    const answer = await ask("GET", "/classes", teacher.header);
    expect([answer.statusCode, answer.headers["doudou-account"]]).toEqual([200, account.id]);
  });

  test("every answer tells the server's time, a refusal too", async () => {
    setClock(after(90_000));
    for (const response of [await whoAmI("doudou_session=nobody"), await signIn("nobody")])
      expect(response.headers["doudou-time"]).toBe(after(90_000).toISOString());
  });

  test("a session not used for seven days is over, and nothing of it is left", async () => {
    const { header, value } = cookieOf(await signIn(world.school.homeroom.login));
    setClock(after(7 * DAY + 1000));
    expect(codeOf(await whoAmI(header))).toBe("not-signed-in");
    expect(JSON.stringify(await dumpOf(world.database))).not.toContain(
      createHash("sha256").update(value).digest("hex"),
    );
  });

  test("using a session in the second half of its week gives it another, also by asking who am I", async () => {
    const { homeroom, classId } = world.school;
    for (const url of ["/api/v1/session", `/api/v1/classes/${classId}/roster`]) {
      setClock(WORLD_NOW);
      const { header, value } = cookieOf(await signIn(homeroom.login));
      const use = () => world.app.server.inject({ url, headers: { cookie: header } });
      setClock(after(3 * DAY));
      expect((await use()).cookies).toEqual([]);
      setClock(after(4 * DAY));
      const renewed = cookieOf(await use());
      expect(renewed).toMatchObject({ value, httpOnly: true, sameSite: "Lax", maxAge: (7 * DAY) / 1000 });
      setClock(after(10 * DAY));
      expect((await use()).statusCode).toBe(200);
    }
  });

  test("after thirty days a session ends, however much it is used, and its cookie never outlives it", async () => {
    const { header } = cookieOf(await signIn(world.school.homeroom.login));
    for (let day = 2; day < 30; day += 2) {
      setClock(after(day * DAY));
      const response = await whoAmI(header);
      expect([day, response.statusCode]).toEqual([day, 200]);
      expect(Date.parse(response.json<SessionView>().expiresAt)).toBeLessThanOrEqual(
        after(30 * DAY).getTime(),
      );
      for (const { maxAge = Infinity } of response.cookies) {
        expect(maxAge).toBeLessThanOrEqual(((30 - day) * DAY) / 1000);
      }
    }
    setClock(after(30 * DAY));
    expect(codeOf(await whoAmI(header))).toBe("not-signed-in");
    setClock(after(29 * DAY));
    expect(codeOf(await whoAmI(header))).toBe("not-signed-in");
  });

  test("an unknown login and a wrong password get the same answer", async () => {
    const wrong = await signIn(world.school.homeroom.login, "wrong");
    const unknown = await signIn(`nobody-${uuidv7()}`, "wrong");
    expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401]);
    const answer = {
      type: "about:blank",
      status: 401,
      code: "wrong-credentials",
      title: "账号或密码不对。",
      requestId: expect.any(String),
    };
    expect([wrong.json(), unknown.json()]).toEqual([answer, answer]);
    expect([wrong.cookies, unknown.cookies]).toEqual([[], []]);
  });

  test("an account that is closed gets in no more, and whoever is in is out at once", async () => {
    const { otherGuardian } = world.school;
    const inside = cookieOf(await signIn(otherGuardian.login)).header;
    expect((await whoAmI(inside)).statusCode).toBe(200);
    await changeAccount(otherGuardian, { disabledAt: WORLD_NOW });
    expect(codeOf(await whoAmI(inside))).toBe("not-signed-in");
    expect(codeOf(await signIn(otherGuardian.login))).toBe("wrong-credentials");
    await changeAccount(otherGuardian, { disabledAt: null });
    expect((await signIn(otherGuardian.login)).statusCode).toBe(200);
  });

  test("a student whose guardian withdraws consent is nobody in the school from then on", async () => {
    const { student, children, id: schoolId } = world.school;
    const cookie = cookieOf(await signIn(student.login)).header;
    const portfolio = () =>
      world.app.server.inject({ url: `/api/v1/students/${children[0]?.id}/portfolio`, headers: { cookie } });
    expect((await portfolio()).statusCode).toBe(200);
    const withdraw = (withdrawnAt: Date | null) =>
      world.database.write(schoolId, async ({ db, tables: { consent } }) => {
        await db.update(consent).set({ withdrawnAt }).where(eq(consent.schoolId, schoolId));
      });
    await withdraw(WORLD_NOW);
    onTestFinished(() => withdraw(null));
    expect((await whoAmI(cookie)).json<SessionView>().memberships).toEqual([]);
    expect((await portfolio()).statusCode).toBe(404);
    expect((await signIn(student.login)).json<SessionView>().memberships).toEqual([]);
    expect((await signIn(world.school.guardian.login)).json<SessionView>().memberships).toHaveLength(1);
  });

  test("who changes the language is answered in it from then on, on every device", async () => {
    const cookie = cookieOf(await signIn(world.school.subject.login)).header;
    const change = (payload: object) =>
      world.app.server.inject({ method: "PATCH", url: "/api/v1/account", headers: { cookie }, payload });
    const refusal = async () =>
      (
        await world.app.server.inject({
          url: `/api/v1/classes/${world.school.otherClassId}/roster`,
          headers: { cookie },
        })
      ).json<{ title: string }>().title;
    expect(await refusal()).toBe("您没有权限做这件事。");
    expect((await change({ locale: "en" })).json()).toMatchObject({ locale: "en", displayName: "李老师" });
    expect((await whoAmI(cookie)).json<SessionView>().account.locale).toBe("en");
    expect(await refusal()).toBe("You may not do this.");
    expect(codeOf(await change({ locale: "fr" }))).toBe("invalid-input");
    expect(codeOf(await change({ login: "root" }))).toBe("invalid-input");
    expect((await whoAmI(cookie)).json<SessionView>().account).toMatchObject({
      login: world.school.subject.login,
    });
  });

  test("after eight wrong passwords a login has to wait at that address, and the right one does not help", async () => {
    const { homeroom, subject } = world.school;
    const address = freshAddress();
    for (let attempt = 1; attempt <= 8; attempt++) {
      expect(codeOf(await signIn(homeroom.login, "wrong", { address }))).toBe("wrong-credentials");
    }
    setClock(after(2 * MINUTE));
    const refused = await signIn(homeroom.login, PASSWORD, { address });
    expect([refused.statusCode, codeOf(refused)]).toEqual([429, "too-many-attempts"]);
    expect(refused.headers["retry-after"]).toBe("180");
    expect(codeOf(await signIn(` ${homeroom.login.toUpperCase()} `, PASSWORD, { address }))).toBe(
      "too-many-attempts",
    );

    expect((await signIn(homeroom.login, PASSWORD, { address: freshAddress() })).statusCode).toBe(200);
    expect((await signIn(subject.login, PASSWORD, { address })).statusCode).toBe(200);
    setClock(after(5 * MINUTE));
    expect((await signIn(homeroom.login, PASSWORD, { address })).statusCode).toBe(200);
  });

  test("a right password forgets the wrong ones before it", async () => {
    const address = freshAddress();
    for (let round = 1; round <= 3; round++) {
      for (let attempt = 1; attempt <= 7; attempt++) {
        await signIn(world.school.homeroom.login, "wrong", { address });
      }
      expect((await signIn(world.school.homeroom.login, PASSWORD, { address })).statusCode).toBe(200);
    }
  });

  test("forty guesses sent at the same moment are told no more than eight times", async () => {
    const address = freshAddress();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        signIn(world.school.homeroom.login, i === 39 ? PASSWORD : `guess ${i}`, { address }),
      ),
    );
    const told = answers.filter((answer) => codeOf(answer) !== "too-many-attempts");
    expect(told.length).toBeLessThanOrEqual(8 + 1);
    expect(told.filter((answer) => codeOf(answer) === "wrong-credentials").length).toBeLessThanOrEqual(8);
  });

  test("an address that fails with ever other logins has to wait, with every login", async () => {
    const address = freshAddress();
    await Promise.all(Array.from({ length: 120 }, () => signIn(uuidv7(), "wrong", { address })));
    const refused = await signIn(world.school.subject.login, PASSWORD, { address });
    expect([refused.statusCode, codeOf(refused)]).toEqual([429, "too-many-attempts"]);
    expect(refused.headers["retry-after"]).toBe("300");
    expect((await signIn(world.school.subject.login)).statusCode).toBe(200);
  });

  test("a guesser with ever other addresses has to wait with all of them; the teacher comes in where she does lately", async () => {
    const { login } = world.school.outsider;
    const [school, home] = [freshAddress(), freshAddress()];
    setClock(after(-29 * DAY));
    expect((await signIn(login, PASSWORD, { address: school })).statusCode).toBe(200);
    setClock(after(-31 * DAY));
    expect((await signIn(login, PASSWORD, { address: home })).statusCode).toBe(200);

    setClock(WORLD_NOW);
    const guesses: unknown[] = [];
    for (let guess = 0; guess < 60; guess++) guesses.push(codeOf(await signIn(login, `guess ${guess}`)));
    expect(guesses.filter((answer) => answer === "wrong-credentials")).toHaveLength(50);
    expect(new Set(guesses.slice(50))).toEqual(new Set(["too-many-attempts"]));
    const refused = await signIn(login, PASSWORD);
    expect([refused.statusCode, refused.headers["retry-after"]]).toEqual([429, "3600"]);
    expect(codeOf(await signIn(login, PASSWORD, { address: home }))).toBe("too-many-attempts");

    // At school she mistypes as ever, is asked to wait as ever, and does not make anybody wait elsewhere.
    for (let attempt = 1; attempt <= 7; attempt++)
      expect(codeOf(await signIn(login, "wrong", { address: school }))).toBe("wrong-credentials");
    expect((await signIn(login, PASSWORD, { address: school })).statusCode).toBe(200);
    expect((await signIn(world.school.subject.login)).statusCode).toBe(200);

    setClock(after(60 * MINUTE));
    for (let attempt = 1; attempt <= 8; attempt++) await signIn(login, "wrong", { address: school });
    expect(codeOf(await signIn(login, PASSWORD, { address: school }))).toBe("too-many-attempts");
    expect((await signIn(login, PASSWORD, { address: home })).statusCode).toBe(200);
  });

  test("a login that nobody has is made to wait like one that somebody has", async () => {
    const nobody = uuidv7();
    for (let guess = 1; guess <= 50; guess++) expect(codeOf(await signIn(nobody))).toBe("wrong-credentials");
    expect(codeOf(await signIn(nobody))).toBe("too-many-attempts");
  });

  test("an address that only claims to be another one stays the same", async () => {
    const address = freshAddress();
    const claiming = () =>
      signIn(world.school.homeroom.login, "wrong", {
        address,
        headers: { "x-forwarded-for": freshAddress() },
      });
    for (let attempt = 1; attempt <= 8; attempt++) await claiming();
    expect(codeOf(await claiming())).toBe("too-many-attempts");
  });

  test("what throttling and ended sessions leave behind is swept, and names nobody", async () => {
    const { homeroom } = world.school;
    const address = freshAddress();
    await signIn(homeroom.login, "wrong", { address });
    const { signInThrottle } = await dumpOf(world.database);
    expect(signInThrottle?.length).toBeGreaterThan(0);
    expect(signInThrottle?.join()).not.toContain(address);
    expect(signInThrottle?.join()).not.toContain("homeroom");
    await signIn(homeroom.login);
    setClock(after(DAY));
    await forgetOldFailures(world.database, world.deps.now());
    // Of failures nothing is left; where somebody got in, a month.
    const kept = (await dumpOf(world.database))["signInThrottle"] ?? [];
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.join()).not.toContain(address);
    setClock(after(40 * DAY));
    await world.deps.sessions.deleteExpired();
    await forgetOldFailures(world.database, world.deps.now());
    const swept = await dumpOf(world.database);
    expect([swept["session"], swept["signInThrottle"]]).toEqual([[], []]);
  });
});

describe("time", () => {
  useWorld();

  test("an unknown login takes as long to refuse as a wrong password", async () => {
    const times = { wrong: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 15; round++) {
      for (const kind of ["wrong", "unknown"] as const) {
        const startedAt = performance.now();
        await signIn(kind === "wrong" ? world.school.homeroom.login : uuidv7(), "not the password");
        times[kind].push(performance.now() - startedAt);
      }
    }
    const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
    const [shorter = 0, longer = 0] = [median(times.wrong), median(times.unknown)].sort((a, b) => a - b);
    expect(shorter / longer).toBeGreaterThan(0.5);
  });
});

describe("behind a reverse proxy with TLS", () => {
  useWorld("sqlite", { DOUDOU_TRUST_PROXY: "1" });

  test("the cookie is for TLS only, also when it is renewed or cleared", async () => {
    const headers = { "x-forwarded-proto": "https" };
    const signedIn = cookieOf(await signIn(world.school.homeroom.login, PASSWORD, { headers }));
    expect(signedIn).toMatchObject({ secure: true, httpOnly: true, sameSite: "Lax" });
    setClock(after(4 * DAY));
    const ask = (method: "GET" | "DELETE") =>
      world.app.server.inject({
        method,
        url: "/api/v1/session",
        headers: { ...headers, cookie: signedIn.header },
      });
    expect(cookieOf(await ask("GET"))).toMatchObject({ secure: true, value: signedIn.value });
    expect(cookieOf(await ask("DELETE"))).toMatchObject({ secure: true, value: "" });
    expect(cookieOf(await signIn(world.school.homeroom.login)).secure).toBeUndefined();
  });

  test("people are told apart by the address the proxy saw, whatever they claim before it", async () => {
    const from = (claimed: string, seen: string, password = "wrong") =>
      signIn(world.school.homeroom.login, password, {
        address: "127.0.0.1",
        headers: { "x-forwarded-for": `${claimed}, ${seen}` },
      });
    for (let attempt = 1; attempt <= 8; attempt++) await from(freshAddress(), "203.0.113.7");
    expect(codeOf(await from(freshAddress(), "203.0.113.7", PASSWORD))).toBe("too-many-attempts");
    expect((await from(freshAddress(), "203.0.113.8", PASSWORD)).statusCode).toBe(200);
  });
});

async function changeAccount(person: Person, change: { disabledAt: Date | null }): Promise<void> {
  await world.database.write(EVERY_SCHOOL, async ({ db, tables: { account } }) => {
    await db.update(account).set(change).where(eq(account.login, person.login));
  });
}
