/** One's own account: changing the password, seeing and ending sessions, and the second device. */
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type {
  OwnSessions,
  ProposedSecondFactor,
  RecoveryCodes,
  SecondFactor,
} from "@doudou/shared/contract/account.ts";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { sealWith } from "@doudou/server/access/seal.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";
import { PASSWORD, type Person, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const CHOSEN = "竹林 windows 七月 river";
const CHROME_ON_WINDOWS =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const SAFARI_ON_IPAD =
  "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";

let world: World;
let addresses = 0;
const freshAddress = () => `10.1.${Math.floor((addresses += 1) / 250)}.${addresses % 250}`;

function setClock(now: Date): void {
  vi.setSystemTime(now);
  world.setNow(now);
}
const after = (ms: number) => new Date(WORLD_NOW.getTime() + ms);

/** A browser of one's own: keeps its cookie, tells what it is. */
class Browser {
  cookie = "";
  readonly userAgent: string;
  readonly address: string;
  constructor(userAgent = CHROME_ON_WINDOWS, address = freshAddress()) {
    this.userAgent = userAgent;
    this.address = address;
  }

  async ask(method: "GET" | "POST" | "PUT" | "DELETE" | "PATCH", path: string, payload?: object) {
    const response = await world.app.server.inject({
      method,
      url: `/api/v1${path}`,
      remoteAddress: this.address,
      headers: { cookie: this.cookie, "user-agent": this.userAgent },
      ...(payload && { payload }),
    });
    const cookie = response.cookies.find(({ name }) => name === "doudou_session");
    if (cookie) this.cookie = `doudou_session=${cookie.value}`;
    const body: unknown = response.body === "" ? null : response.json();
    const code = response.statusCode < 300 ? undefined : (body as { code: string }).code;
    return { status: response.statusCode, code, body };
  }
  async get<T>(path: string): Promise<T> {
    const { status, body } = await this.ask("GET", path);
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return body as T;
  }
  async signIn({ login }: Pick<Person, "login">, password = PASSWORD, code?: string) {
    return await this.ask("POST", "/session", { login, password, ...(code !== undefined && { code }) });
  }
}

async function browserOf(person: Pick<Person, "login">, ...more: ConstructorParameters<typeof Browser>) {
  const browser = new Browser(...more);
  expect((await browser.signIn(person)).status).toBe(200);
  return browser;
}

const codeAt = (secret: string, at: Date) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });

async function setUp(browser: Browser, at = WORLD_NOW, password = PASSWORD) {
  const proposed = await browser.ask("POST", "/account/second-factor", { password });
  const { secret, address } = proposed.body as ProposedSecondFactor;
  const confirmed = await browser.ask("POST", "/account/second-factor/confirm", { code: codeAt(secret, at) });
  expect([proposed.status, confirmed.status, confirmed.code]).toEqual([200, 200, undefined]);
  return { secret, address, codes: (confirmed.body as RecoveryCodes).codes };
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

  test("a teacher sees where she is signed in, with what and when, and which of them is this one", async () => {
    const { outsider } = world.school;
    const desktop = await browserOf(outsider, CHROME_ON_WINDOWS, "10.9.0.1");
    setClock(after(3 * MINUTE));
    const tablet = await browserOf(outsider, SAFARI_ON_IPAD, "10.9.0.2");
    setClock(after(15 * MINUTE));
    await desktop.ask("GET", "/session");
    const { sessions } = await tablet.get<OwnSessions>("/account/sessions");
    expect(sessions.map(({ handle: _, ...shown }) => shown)).toEqual(
      [
        {
          isThis: true,
          place: "own-device",
          device: { kind: "tablet", browser: "Safari", system: "iOS" },
          address: "10.9.0.2",
          signedInAt: after(3 * MINUTE).toISOString(),
          seenAt: after(15 * MINUTE).toISOString(),
        },
        {
          isThis: false,
          place: "own-device",
          device: { kind: "computer", browser: "Chrome", system: "Windows" },
          address: "10.9.0.1",
          signedInAt: WORLD_NOW.toISOString(),
          seenAt: after(15 * MINUTE).toISOString(),
        },
      ].toSorted((one, other) => Number(other.isThis) - Number(one.isThis)),
    );
    expect(JSON.stringify(await dumpOf(world.database))).not.toContain("AppleWebKit");
  });

  test("one of them is ended, and it is over at once; a handle of somebody else's ends nothing", async () => {
    const { homeroom, subject } = world.school;
    const here = await browserOf(homeroom);
    const there = await browserOf(homeroom);
    const colleague = await browserOf(subject);
    const other = (await here.get<OwnSessions>("/account/sessions")).sessions.find(({ isThis }) => !isThis)!;
    const [theirs] = (await colleague.get<OwnSessions>("/account/sessions")).sessions;
    expect((await here.ask("DELETE", `/account/sessions/${theirs!.handle}`)).code).toBe("not-found");
    expect((await here.ask("DELETE", `/account/sessions/${other.handle}`)).status).toBe(204);
    expect((await there.ask("GET", "/session")).status).toBe(401);
    expect((await here.ask("GET", "/session")).status).toBe(200);
    expect((await colleague.ask("GET", "/session")).status).toBe(200);
  });

  test("a handle is no key: no cookie made of it is anybody's", async () => {
    const here = await browserOf(world.school.homeroom);
    const { sessions } = await here.get<OwnSessions>("/account/sessions");
    for (const { handle } of sessions) {
      const thief = new Browser();
      thief.cookie = `doudou_session=${handle}`;
      expect((await thief.ask("GET", "/session")).status).toBe(401);
    }
  });

  test("signing out everywhere else leaves this one alone", async () => {
    const { guardian } = world.school;
    const [here, there] = [await browserOf(guardian), await browserOf(guardian)];
    expect((await here.ask("DELETE", "/account/sessions")).body).toEqual({ ended: 1 });
    expect((await there.ask("GET", "/session")).status).toBe(401);
    expect((await here.ask("GET", "/session")).status).toBe(200);
  });

  test("the password is changed for the old one only; other sessions end, and the log says so without it", async () => {
    const { otherGuardian: person, admin } = world.school;
    const [here, there] = [await browserOf(person), await browserOf(person)];
    const change = (password: string, newPassword: string) =>
      here.ask("PUT", "/account/password", { password, newPassword });
    expect((await change("not mine at all", CHOSEN)).code).toBe("wrong-credentials");
    expect((await change(PASSWORD, "password123")).code).toBe("password-guessable");
    expect((await change(PASSWORD, person.login)).code).toBe("password-guessable");
    expect((await change(PASSWORD, CHOSEN)).status).toBe(204);
    expect((await there.ask("GET", "/session")).status).toBe(401);
    expect((await here.ask("GET", "/session")).status).toBe(200);
    expect((await new Browser().signIn(person)).code).toBe("wrong-credentials");
    expect((await new Browser().signIn(person, CHOSEN)).status).toBe(200);
    const office = await browserOf(admin);
    const { entries } = await office.get<AuditPage>("/audit?kind=change&action=account.secure&limit=1");
    expect(entries[0]).toMatchObject({ by: { name: "赵爸爸" }, after: { isPasswordNew: true } });
    expect(JSON.stringify(await dumpOf(world.database))).not.toContain(CHOSEN);
  });

  test("with a second device signing in takes its code, each code once; the secret is in no answer after that", async () => {
    const { subject } = world.school;
    const here = await browserOf(subject);
    const { secret, address } = await setUp(here);
    expect(address).toMatch(/^otpauth:\/\/totp\/.*issuer=/);
    expect(await here.get<SecondFactor>("/account/second-factor")).toEqual({
      since: WORLD_NOW.toISOString(),
      recoveryCodesLeft: 10,
      isRequired: false,
    });
    const later = after(MINUTE);
    setClock(later);
    const code = codeAt(secret, later);
    expect((await new Browser().signIn(subject)).code).toBe("code-needed");
    expect((await new Browser().signIn(subject, "wrong password", code)).code).toBe("wrong-credentials");
    expect((await new Browser().signIn(subject, PASSWORD, "000000")).code).toBe("code-wrong");
    expect(
      (await new Browser().signIn(subject, PASSWORD, `${code.slice(0, 3)} ${code.slice(3)}`)).status,
    ).toBe(200);
    expect((await new Browser().signIn(subject, PASSWORD, code)).code).toBe("code-wrong");
    expect((await here.ask("POST", "/account/second-factor", { password: PASSWORD })).code).toBe(
      "second-factor-changed",
    );
  });

  test("the code that confirmed it, and one of the step before, sign nobody in", async () => {
    const { outsider } = world.school;
    const here = await browserOf(outsider);
    const { secret } = await setUp(here);
    for (const at of [WORLD_NOW, after(-30_000)])
      expect((await new Browser().signIn(outsider, PASSWORD, codeAt(secret, at))).code).toBe("code-wrong");
    await here.ask("POST", "/account/second-factor/drop", { password: PASSWORD });
    expect((await new Browser().signIn(outsider)).status).toBe(200);
  });
});

describe("the second device", () => {
  useWorld();

  test("is lost: a recovery code lets in once, however it is typed; new ones put an end to the old", async () => {
    const { homeroom } = world.school;
    const here = await browserOf(homeroom);
    const { codes } = await setUp(here);
    expect(new Set(codes).size).toBe(10);
    const [first, second] = codes as [string, string];
    const typed = first.toUpperCase().replaceAll("-", " ");
    expect((await new Browser().signIn(homeroom, PASSWORD, typed)).status).toBe(200);
    expect((await new Browser().signIn(homeroom, PASSWORD, first)).code).toBe("code-wrong");
    expect((await here.get<SecondFactor>("/account/second-factor")).recoveryCodesLeft).toBe(9);
    const renewed = await here.ask("POST", "/account/second-factor/recovery-codes", { password: PASSWORD });
    const [fresh] = (renewed.body as RecoveryCodes).codes;
    expect((await new Browser().signIn(homeroom, PASSWORD, second)).code).toBe("code-wrong");
    expect((await new Browser().signIn(homeroom, PASSWORD, fresh)).status).toBe(200);
    const dump = JSON.stringify(await dumpOf(world.database));
    for (const code of [...codes, fresh]) expect(dump).not.toContain(code);
  });

  test("is guessed at from everywhere: after five wrong codes even the right one waits", async () => {
    const { subject } = world.school;
    const { secret } = await setUp(await browserOf(subject));
    setClock(after(MINUTE));
    for (let guess = 0; guess < 5; guess += 1)
      expect((await new Browser().signIn(subject, PASSWORD, `00000${guess}`)).code).toBe("code-wrong");
    const right = codeAt(secret, after(MINUTE));
    expect((await new Browser().signIn(subject, PASSWORD, right)).code).toBe("too-many-attempts");
    const wait = after(7 * MINUTE);
    setClock(wait);
    expect((await new Browser().signIn(subject, PASSWORD, codeAt(secret, wait))).status).toBe(200);
  });

  test("counts only once a code was given, and takes the password to begin and to end", async () => {
    const { outsider } = world.school;
    const here = await browserOf(outsider);
    const begin = (password: string) => here.ask("POST", "/account/second-factor", { password });
    expect((await begin("not mine")).code).toBe("wrong-credentials");
    expect((await here.ask("POST", "/account/second-factor/confirm", { code: "123456" })).code).toBe(
      "second-factor-changed",
    );
    expect((await begin(PASSWORD)).status).toBe(200);
    expect((await here.ask("POST", "/account/second-factor/confirm", { code: "123456" })).code).toBe(
      "code-wrong",
    );
    expect((await new Browser().signIn(outsider)).status).toBe(200);
  });

  test("is not for guardians and children: they are asked for none and can set up none", async () => {
    for (const person of [world.school.otherGuardian, world.school.student]) {
      const answer = await (
        await browserOf(person)
      ).ask("POST", "/account/second-factor", { password: PASSWORD });
      expect(answer.code).toBe("forbidden");
    }
  });
});

describe("where administrators need a second device", () => {
  useWorld("sqlite", { DOUDOU_REQUIRE_TOTP: "1" });

  test("nothing is open to them before but setting it up, and afterwards everything", async () => {
    const { admin, classId } = world.school;
    const here = await browserOf(admin);
    expect((await here.get<SessionView>("/session")).needsSecondFactor).toBe(true);
    for (const path of [
      "/classes",
      `/classes/${classId}/roster`,
      "/audit",
      "/staff-accounts",
      "/roster-imports",
    ])
      expect([path, (await here.ask("GET", path)).code]).toEqual([path, "second-factor-missing"]);
    expect((await here.ask("PATCH", "/account", { locale: "zh-CN" })).status).toBe(200);
    await setUp(here);
    expect((await here.get<SessionView>("/session")).needsSecondFactor).toBe(false);
    for (const path of ["/classes", "/audit", "/staff-accounts"])
      expect([path, (await here.ask("GET", path)).status]).toEqual([path, 200]);
    expect((await here.ask("POST", "/account/second-factor/drop", { password: PASSWORD })).code).toBe(
      "second-factor-required",
    );
  });

  test("teachers and guardians are let in as before", async () => {
    const { homeroom, guardian } = world.school;
    expect((await (await browserOf(homeroom)).ask("GET", "/classes")).status).toBe(200);
    expect((await (await browserOf(guardian)).get<SessionView>("/session")).needsSecondFactor).toBe(false);
  });
});

describe("with a key of the server", () => {
  useWorld();

  test("a copy of the database holds no secret, another key opens none, and one account's none of another's", async () => {
    const sealed = sealWith("a key of thirty-two characters or more");
    Object.assign(world.deps, { seal: sealed });
    const { secret } = await setUp(await browserOf(world.school.homeroom));
    expect(JSON.stringify(await dumpOf(world.database))).not.toContain(secret);
    setClock(after(MINUTE));
    const code = codeAt(secret, after(MINUTE));
    expect((await new Browser().signIn(world.school.homeroom, PASSWORD, code)).status).toBe(200);
    const kept = sealed.close(secret, "one");
    expect(sealed.open(kept, "one")).toBe(secret);
    expect(() => sealed.open(kept, "other")).toThrow(/authenticate/);
    expect(() => sealWith("another key of thirty-two characters").open(kept, "one")).toThrow(/authenticate/);
    expect(() => sealWith(undefined).open(kept, "one")).toThrow(/DOUDOU_SECRET_KEY_FILE/);
    expect(sealed.open(sealWith(undefined).close(secret, "one"), "one")).toBe(secret);
  });
});
