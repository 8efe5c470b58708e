/**
 * The staff sign in by a provider of the school's, against a real OpenID Connect server: who comes through is who the
 * administrator decided it is, in the browser that began, once. Nothing else gets anybody in.
 */
import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deleteExpired, forgetWhatHasPassed } from "@doudou/server/operate/prune.ts";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type {
  OfferedProviders,
  OwnSignInLinks,
  SchoolSignIn,
} from "@doudou/shared/contract/sign-in-providers.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";
import { openIdServer, type OpenIdServer } from "../support/open-id-server.ts";
import { campus, OUR_ORIGIN, ProviderBrowser, providersFile } from "../support/provider-browser.ts";
import { PASSWORD, type Person, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const CALLBACK = `${OUR_ORIGIN}/api/v1/sign-in/campus/callback`;

let provider: OpenIdServer;
let world: World;
let admin: Client;
let subjects = 0;

const outcomeOf = (location: string) => new URL(location, OUR_ORIGIN).searchParams.get("outcome");
const browser = () => new ProviderBrowser(world);
async function whoIsIn(one: ProviderBrowser): Promise<string | undefined> {
  const { status, body } = await one.ours("/api/v1/session");
  return status === 200 ? (JSON.parse(body) as SessionView).account.login : undefined;
}
/** Somebody the provider knows, signed in there. @returns the subject */
function known(claims: object): string {
  const subject = `person-${(subjects += 1)}`;
  provider.people.set(subject, { name: "某老师", ...claims });
  provider.person = subject;
  return subject;
}
const ruleIn = async (by: Client) => (await by.get<SchoolSignIn>("/school-sign-in")).providers[0]?.rule;
const decide = async (rule: object, by = admin, was?: object) =>
  await by.ask("PUT", "/school-sign-in/campus", { was: was ?? (await ruleIn(by)), rule });
const byEmail = () => decide({ way: "match", claim: "email" });
const byNumber = () => decide({ way: "match", claim: "employee_number" });
const byAsking = () => decide({ way: "approve" });
const office = () => admin.get<SchoolSignIn>("/school-sign-in");
const answer = (id: string, membershipId: string | null, by = admin) =>
  by.ask("POST", `/school-sign-in/links/${id}`, { membershipId });
const rename = async ({ login }: Pick<Person, "login">, next: string) =>
  await world.database.write("*", ({ db, tables: { account } }) =>
    db.update(account).set({ login: next }).where(eq(account.login, login)),
  );

beforeAll(async () => {
  provider = await openIdServer();
  provider.register(CALLBACK);
});
afterAll(() => provider.close());

function useWorld(engine?: (typeof ENGINES)[number]): void {
  beforeAll(async () => {
    const file = await providersFile([campus(provider.issuer)]);
    world = await createWorld(engine, { DOUDOU_SIGN_IN_PROVIDERS_FILE: file, DOUDOU_ORIGIN: OUR_ORIGIN });
    admin = await clientOf(world, world.school.admin);
  });
  beforeEach(async () => {
    world.setNow(WORLD_NOW);
    await decide({ way: "off" });
  });
  afterAll(() => world.close());
}

describe.each(ENGINES)("on %s", (engine) => {
  useWorld(engine);

  test("whose staff number the provider vouches for is in, at the page that was wanted, and known from then on", async () => {
    const { homeroom } = world.school;
    known({ employee_number: homeroom.login.toUpperCase() });
    await byNumber();
    const first = browser();
    expect(await first.signIn("?next=%2Fclasses%3Fday%3D1")).toBe("/classes?day=1");
    expect(await whoIsIn(first)).toBe(homeroom.login);
    const { links } = await office();
    expect(links).toMatchObject([{ state: "linked", shownAs: "某老师", member: { login: homeroom.login } }]);
    // What the provider says of the number later is of no account: the person is known.
    provider.people.set(provider.person!, { name: "某老师", employee_number: "changed" });
    const again = browser();
    expect(await again.signIn()).toBe("/");
    expect(await whoIsIn(again)).toBe(homeroom.login);
    const { entries } = await admin.get<AuditPage>("/audit?kind=change&limit=10");
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["provider.join", "provider.decide"]),
    );
  });

  test("who is waited for with an answer is in once the administrator has said who it is, and only then", async () => {
    const { subject } = world.school;
    const who = known({ name: "王老师", email: "wang@example.edu.cn" });
    await byAsking();
    const one = browser();
    expect(outcomeOf(await one.signIn())).toBe("waits");
    expect(outcomeOf(await one.signIn())).toBe("waits");
    expect(await whoIsIn(one)).toBeUndefined();
    const waiting = (await office()).links.filter(({ state }) => state === "waits");
    expect(waiting).toMatchObject([{ shownAs: "王老师 · wang@example.edu.cn", member: null }]);
    expect((await answer(waiting[0]!.id, subject.membershipId)).status).toBe(204);
    provider.person = who;
    expect(await one.signIn()).toBe("/");
    expect(await whoIsIn(one)).toBe(subject.login);
  });

  test("nothing that opens anything is in the database, and what was begun is gone with the return", async () => {
    known({ employee_number: world.school.homeroom.login });
    await byNumber();
    const one = browser();
    const asked = await one.begin();
    const begun = JSON.stringify(await dumpOf(world.database));
    const back = await one.through(asked);
    await one.back(back);
    const dump = await dumpOf(world.database);
    expect(begun).toContain(asked.searchParams.get("state"));
    expect(JSON.stringify(dump)).not.toContain(asked.searchParams.get("state"));
    expect(JSON.stringify(dump)).not.toContain(back.searchParams.get("code"));
  });
});

describe("what comes back that was not begun", () => {
  useWorld();
  let subject: string;
  beforeAll(() => {
    subject = known({ employee_number: world.school.outsider.login });
  });
  beforeEach(async () => {
    provider.person = subject;
    await byNumber();
  });

  const cannot = async (change: (asked: URL) => void, isAfter = false) => {
    const one = browser();
    const asked = await one.begin();
    if (!isAfter) change(asked);
    const back = await one.through(asked);
    if (isAfter) change(back);
    const ended = await one.back(back);
    expect(await whoIsIn(one)).toBeUndefined();
    return outcomeOf(ended);
  };

  test("a state that is another's, or none", async () => {
    expect(await cannot(({ searchParams }) => searchParams.set("state", "x".repeat(43)), true)).toBe(
      "interrupted",
    );
    expect(await cannot(({ searchParams }) => searchParams.delete("state"), true)).toBe("interrupted");
  });

  test("an answer to another nonce", async () => {
    expect(await cannot(({ searchParams }) => searchParams.set("nonce", "y".repeat(43)))).toBe("interrupted");
    expect(await cannot(({ searchParams }) => searchParams.delete("nonce"))).toBe("interrupted");
  });

  test("a code for another verifier, or for none", async () => {
    expect(await cannot(({ searchParams }) => searchParams.set("code_challenge", "z".repeat(43)))).toBe(
      "interrupted",
    );
    expect(
      await cannot(({ searchParams }) => {
        searchParams.delete("code_challenge");
        searchParams.delete("code_challenge_method");
      }),
    ).toBe("interrupted");
  });

  test("the answer of another issuer", async () => {
    expect(await cannot(({ searchParams }) => searchParams.set("iss", "https://evil.example"), true)).toBe(
      "interrupted",
    );
  });

  test("a code a second time, in the same sign-in or carried into a new one", async () => {
    const one = browser();
    const back = await one.through(await one.begin());
    expect(await one.back(back)).toBe("/");
    await one.ours("/api/v1/session");
    expect(outcomeOf(await one.back(back))).toBe("interrupted");
    const other = browser();
    const asked = await other.begin();
    const carried = new URL(back);
    carried.searchParams.set("state", asked.searchParams.get("state")!);
    expect(outcomeOf(await other.back(carried))).toBe("interrupted");
    expect(await whoIsIn(other)).toBeUndefined();
  });

  test("in another browser than the one that began, nothing happens", async () => {
    const mine = browser();
    const back = await mine.through(await mine.begin());
    const theirs = browser();
    expect(outcomeOf(await theirs.back(back))).toBe("interrupted");
    expect(await whoIsIn(theirs)).toBeUndefined();
    // One that has begun something of its own is no other case.
    await theirs.begin();
    expect(outcomeOf(await theirs.back(back))).toBe("interrupted");
    expect(await whoIsIn(theirs)).toBeUndefined();
  });

  test("after ten minutes it is over", async () => {
    const one = browser();
    const back = await one.through(await one.begin());
    world.setNow(new Date(WORLD_NOW.getTime() + 10 * MINUTE));
    expect(outcomeOf(await one.back(back))).toBe("interrupted");
    expect(await whoIsIn(one)).toBeUndefined();
  });

  test("who says no at the provider is led back, and told no more than that", async () => {
    provider.person = null;
    const ended = await browser().signIn();
    expect(ended).toBe("/sign-in?outcome=cancelled");
  });

  test("a provider that nobody set up, or that cannot be reached, is not available", async () => {
    expect(outcomeOf((await browser().begin("", "nobody")).href)).toBe("unavailable");
    const file = await providersFile([campus("http://127.0.0.1:9")]);
    const away = await createWorld("sqlite", { DOUDOU_SIGN_IN_PROVIDERS_FILE: file, DOUDOU_LOG: "silent" });
    const response = await away.app.server.inject("/api/v1/sign-in/campus");
    expect(outcomeOf(String(response.headers["location"]))).toBe("unavailable");
    await away.close();
  });

  test("the cookie that binds it is for this host and for scripts not to see", async () => {
    const { setCookies } = await browser().ours("/api/v1/sign-in/campus");
    expect(setCookies.join()).toMatch(/^doudou_sign_in=[\w-]{43};/);
    expect(setCookies.join()).toMatch(/Max-Age=600/);
    expect(setCookies.join()).toMatch(/HttpOnly/);
    expect(setCookies.join()).toMatch(/SameSite=Lax/);
    expect(setCookies.join()).not.toMatch(/Domain/i);
  });

  test.each([
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/api/v1/session",
    "javascript:alert(1)",
  ])("nobody is led to %s afterwards", async (next) => {
    expect(await browser().signIn(`?next=${encodeURIComponent(next)}`)).toBe("/");
  });
});

describe("who it is", () => {
  useWorld();

  test("an address that the provider has not verified is nobody's; verified, it is its owner's", async () => {
    const address = "li.laoshi@example.edu.cn";
    await rename(world.school.subject, address);
    await byEmail();
    const subject = known({ email: address, email_verified: false });
    expect(outcomeOf(await browser().signIn())).toBe("unknown");
    provider.people.set(subject, { email: address });
    expect(outcomeOf(await browser().signIn())).toBe("unknown");
    provider.people.set(subject, { email: address, email_verified: true });
    const one = browser();
    expect(await one.signIn()).toBe("/");
    expect(await whoIsIn(one)).toBe(address);
    // The address is given to somebody new: whoever that is, it is not the one who is known.
    known({ email: address, email_verified: true });
    expect(outcomeOf(await browser().signIn())).toBe("unknown");
    await rename({ login: address }, world.school.subject.login);
  });

  test("neither guardians nor children come in by it, whatever the provider says of them", async () => {
    await byNumber();
    for (const { login } of [world.school.guardian, world.school.student]) {
      known({ employee_number: login });
      expect(outcomeOf(await browser().signIn())).toBe("unknown");
    }
  });

  test("a rule decided on another one than stands by now is refused, and what stands stays", async () => {
    const off = { way: "off" };
    expect((await decide({ way: "approve" }, admin, off)).status).toBe(200);
    expect((await decide({ way: "match", claim: "email" }, admin, off)).code).toBe("provider-rule-changed");
    expect(await ruleIn(admin)).toEqual({ way: "approve", isSecondFactor: false });
    // The same once more, because its answer was lost.
    expect((await decide({ way: "approve" }, admin, off)).status).toBe(200);
  });

  test("where the school has decided nothing, nobody comes in, and nobody is asked about", async () => {
    known({ employee_number: world.school.homeroom.login });
    expect(outcomeOf(await browser().signIn())).toBe("unknown");
    expect((await office()).links.filter(({ state }) => state === "waits")).toEqual([]);
  });

  test("an account that another school knows too is no single school's to open", async () => {
    const { homeroom } = world.neighbour;
    const teacher = await clientOf(world, homeroom);
    const invited = await admin.ask("POST", "/staff-accounts/invitations", {
      name: "两校老师",
      role: "teacher",
    });
    const { token } = JSON.parse(invited.body) as { token: string };
    expect((await teacher.ask("POST", "/staff-links/accept", { token })).status).toBe(204);
    await byNumber();
    known({ employee_number: homeroom.login });
    expect(outcomeOf(await browser().signIn())).toBe("several-schools");
    await byAsking();
    known({ name: "冒充者" });
    expect(outcomeOf(await browser().signIn())).toBe("waits");
    const waiting = (await office()).links.find(({ state }) => state === "waits")!;
    const { members } = await admin.get<{ members: { name: string; membershipId: string }[] }>(
      "/staff-accounts",
    );
    const membershipId = members.find(({ name }) => name === "两校老师")!.membershipId;
    expect((await answer(waiting.id, membershipId)).code).toBe("provider-link-elsewhere");
    await answer(waiting.id, null);
  });

  test("who is known to one school is nobody new to another; its administrator sees and changes nothing of it", async () => {
    const neighbour = await clientOf(world, world.neighbour.admin);
    known({ name: "老王", employee_number: world.school.outsider.login });
    await byNumber();
    const one = browser();
    expect(await one.signIn()).toBe("/");
    await decide({ way: "approve" }, neighbour);
    expect(await one.signIn()).toBe("/");
    expect(await whoIsIn(one)).toBe(world.school.outsider.login);
    expect((await neighbour.get<SchoolSignIn>("/school-sign-in")).links).toEqual([]);
    const link = (await office()).links.find(({ member }) => member?.login === world.school.outsider.login)!;
    expect((await neighbour.ask("DELETE", `/school-sign-in/links/${link.id}`)).code).toBe("not-found");
    expect((await answer(link.id, world.neighbour.homeroom.membershipId, neighbour)).code).toBe("not-found");
    await decide({ way: "off" }, neighbour);
  });

  test("asked about in two schools at once, it is said which by the door one came through", async () => {
    const neighbour = await clientOf(world, world.neighbour.admin);
    await byAsking();
    await decide({ way: "approve" }, neighbour);
    known({ name: "新来的" });
    expect(outcomeOf(await browser().signIn())).toBe("unknown");
    const { door } = await neighbour.get<SchoolSignIn>("/school-sign-in");
    expect(outcomeOf(await browser().signIn(new URL(door, OUR_ORIGIN).search))).toBe("waits");
    const { links } = await neighbour.get<SchoolSignIn>("/school-sign-in");
    expect(links.map(({ shownAs }) => shownAs)).toEqual(["新来的"]);
    // One person of the provider is one account: what one school has said, another cannot say differently.
    expect(outcomeOf(await browser().signIn(new URL((await office()).door, OUR_ORIGIN).search))).toBe(
      "waits",
    );
    const here = (await office()).links.find(({ shownAs }) => shownAs === "新来的")!;
    expect((await answer(here.id, world.school.admin.membershipId)).status).toBe(204);
    const there = await answer(links[0]!.id, world.neighbour.subject.membershipId, neighbour);
    expect(there.code).toBe("provider-link-taken");
    await decide({ way: "off" }, neighbour);
  });

  test("who was refused is not asked about again", async () => {
    await byAsking();
    known({ name: "不认识的人" });
    await browser().signIn();
    const waiting = (await office()).links.find(({ shownAs }) => shownAs === "不认识的人")!;
    expect((await answer(waiting.id, world.neighbour.homeroom.membershipId)).code).toBe("not-found");
    expect((await answer(waiting.id, world.school.guardian.membershipId)).code).toBe("not-found");
    expect((await answer(waiting.id, null)).status).toBe(204);
    expect(outcomeOf(await browser().signIn())).toBe("unknown");
    expect((await office()).links.some(({ id }) => id === waiting.id)).toBe(false);
  });
});

describe("what is ended", () => {
  useWorld();
  let one: ProviderBrowser;
  beforeEach(byNumber);
  async function comesIn(person: Person): Promise<void> {
    known({ name: person.name, employee_number: person.login });
    one = browser();
    expect(await one.signIn()).toBe("/");
  }
  const linkOf = async ({ login }: Person) =>
    (await office()).links.find(({ member }) => member?.login === login);

  test("what the administrator takes away signs the person out and does not come back by itself", async () => {
    const { homeroom } = world.school;
    await comesIn(homeroom);
    const link = await linkOf(homeroom);
    expect((await admin.ask("DELETE", `/school-sign-in/links/${link!.id}`)).status).toBe(204);
    expect(await whoIsIn(one)).toBeUndefined();
    expect(outcomeOf(await one.signIn())).toBe("waits");
    expect(await linkOf(homeroom)).toBeUndefined();
  });

  test("one sees what leads to the own account, and ends it; the password still does", async () => {
    const { outsider } = world.school;
    await comesIn(outsider);
    const own = await clientOf(world, outsider);
    const { links } = await own.get<OwnSignInLinks>("/account/sign-in-links");
    expect(links).toMatchObject([{ provider: { zh: "校园统一认证" }, shownAs: outsider.name }]);
    const stranger = await clientOf(world, world.school.subject);
    expect((await stranger.ask("DELETE", `/account/sign-in-links/${links[0]!.id}`)).code).toBe("not-found");
    expect((await own.ask("DELETE", `/account/sign-in-links/${links[0]!.id}`)).status).toBe(204);
    expect(await whoIsIn(one)).toBeUndefined();
    expect((await own.ask("GET", "/session")).status).toBe(200);
    expect(outcomeOf(await one.signIn())).toBe("waits");
  });

  test("who no longer works at the school, or whose account is closed, does not come in; nor by a reset", async () => {
    const { subject } = world.school;
    await comesIn(subject);
    const change = async (what: object, of: "membership" | "account") => {
      await world.database.write("*", async ({ db, tables }) => {
        if (of === "membership")
          await db.update(tables.membership).set(what).where(eq(tables.membership.id, subject.membershipId));
        else await db.update(tables.account).set(what).where(eq(tables.account.login, subject.login));
      });
    };
    await change({ endedAt: WORLD_NOW }, "membership");
    expect(outcomeOf(await browser().signIn())).toBe("unknown");
    await change({ endedAt: null }, "membership");
    await change({ disabledAt: WORLD_NOW }, "account");
    expect(outcomeOf(await browser().signIn())).toBe("unknown");
    await change({ disabledAt: null }, "account");
    expect(await browser().signIn()).toBe("/");
    await admin.ask("POST", `/staff-accounts/${subject.membershipId}/reset`, {});
    expect(outcomeOf(await browser().signIn())).toBe("waits");
  });

  test("a school that stops using the provider lets nobody in by it", async () => {
    const { admin: person } = world.school;
    await comesIn(person);
    await decide({ way: "off" });
    expect(outcomeOf(await browser().signIn())).toBe("unknown");
  });
});

describe("the second device", () => {
  useWorld();

  test("whoever has one is asked for its code, unless the school trusts the provider for that", async () => {
    const { homeroom } = world.school;
    const own = await clientOf(world, homeroom);
    const proposed = await own.ask("POST", "/account/second-factor", { password: PASSWORD });
    const { secret } = JSON.parse(proposed.body) as { secret: string };
    const codeAt = (at: Date) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });
    const confirmed = await own.ask("POST", "/account/second-factor/confirm", { code: codeAt(WORLD_NOW) });
    expect(confirmed.status).toBe(200);

    known({ employee_number: homeroom.login });
    await byNumber();
    const one = browser();
    expect(await one.signIn("?next=%2Fclasses")).toBe("/sign-in?by=code");
    expect(await whoIsIn(one)).toBeUndefined();
    const give = async (code: string, by = one) => await by.ours("/api/v1/sign-in/code", { code });
    expect((await give("000000")).status).toBe(403);
    expect((await give(codeAt(WORLD_NOW), browser())).status).toBe(410);
    const later = new Date(WORLD_NOW.getTime() + MINUTE);
    world.setNow(later);
    const given = await give(codeAt(later));
    expect([given.status, given.body]).toEqual([200, JSON.stringify({ goesTo: "/classes" })]);
    expect(await whoIsIn(one)).toBe(homeroom.login);
    expect((await give(codeAt(later))).status).toBe(410);

    await decide({ way: "match", claim: "employee_number", isSecondFactor: true });
    expect(await browser().signIn()).toBe("/");
  });

  test("what was taken away while the code was awaited lets nobody in", async () => {
    const { homeroom } = world.school;
    known({ employee_number: homeroom.login });
    await byNumber();
    const one = browser();
    // The same person as before is known at the provider as somebody else by now: the old link has to go first.
    for (const { id, state } of (await office()).links)
      if (state === "linked") await admin.ask("DELETE", `/school-sign-in/links/${id}`);
    expect(await one.signIn()).toBe("/sign-in?by=code");
    await decide({ way: "off" });
    expect((await one.ours("/api/v1/sign-in/code", { code: "123456" })).status).not.toBe(200);
    expect(await whoIsIn(one)).toBeUndefined();
  });
});

describe("what is left alone", () => {
  useWorld();

  test("a sign-in nobody came back from is forgotten, and so is a request after a month; who is known stays", async () => {
    const rows = async () => {
      const { signInAttempt, signInLink } = await dumpOf(world.database);
      return [signInAttempt?.length, signInLink?.length];
    };
    await byNumber();
    known({ employee_number: world.school.homeroom.login });
    await browser().signIn();
    await byAsking();
    known({ name: "没人认识的人" });
    await browser().signIn();
    await browser().begin();
    expect(await rows()).toEqual([1, 2]);
    world.setNow(new Date(WORLD_NOW.getTime() + 11 * MINUTE));
    await forgetWhatHasPassed(world.deps);
    expect(await rows()).toEqual([0, 2]);
    world.setNow(new Date(WORLD_NOW.getTime() + 31 * 24 * 60 * MINUTE));
    expect((await deleteExpired(world.deps)).signInRequests).toBe(1);
    expect(await rows()).toEqual([0, 1]);
  });
});

describe("what is decided", () => {
  useWorld();

  test("a claim that the operator does not vouch for is refused, and a provider that is none", async () => {
    expect((await decide({ way: "match", claim: "preferred_username" })).code).toBe("invalid-input");
    expect((await decide({ way: "match" })).code).toBe("invalid-input");
    expect(
      (await admin.ask("PUT", "/school-sign-in/nobody", { was: { way: "off" }, rule: { way: "approve" } }))
        .code,
    ).toBe("not-found");
    const { providers } = await office();
    expect(providers).toMatchObject([{ id: "campus", rule: { way: "off", isSecondFactor: false } }]);
  });

  test("the sign-in page learns the names of providers and nothing else", async () => {
    const { body } = await browser().ours("/api/v1/sign-in-providers");
    expect(JSON.parse(body) as OfferedProviders).toEqual({
      providers: [{ id: "campus", name: { zh: "校园统一认证", en: "Campus sign-in" } }],
    });
  });
});
