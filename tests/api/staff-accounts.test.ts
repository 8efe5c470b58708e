/** Staff come in by a link that is good once; a lost password leads back by another; nobody learns anybody's password. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import type { NewStaffLink, StaffAccounts, StaffLinkView } from "@doudou/shared/contract/staff-accounts.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";
import { PASSWORD, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY = 86_400_000;
const CHOSEN = "竹林 windows 七月 river";

let world: World;
let admin: Client;
let logins = 0;
const freshLogin = () => `xin-laoshi-${(logins += 1)}`;

const post = (url: string, payload: object) =>
  world.app.server.inject({ method: "POST", url: `/api/v1${url}`, payload });
const codeOf = (response: { statusCode: number; body: string }) =>
  response.statusCode < 300 ? response.statusCode : (JSON.parse(response.body) as { code: string }).code;
const cookieOf = (response: { cookies: { name: string; value: string }[] }) =>
  `doudou_session=${response.cookies.find(({ name }) => name === "doudou_session")?.value}`;
const whoAmI = (cookie: string) => world.app.server.inject({ url: "/api/v1/session", headers: { cookie } });
const signIn = (login: string, password: string) => post("/session", { login, password });

async function invite(invitation: object = {}, by = admin): Promise<NewStaffLink> {
  const answer = await by.ask("POST", "/staff-accounts/invitations", {
    name: "新来的陈老师",
    role: "teacher",
    ...invitation,
  });
  expect([answer.code, answer.status]).toEqual([undefined, 200]);
  return JSON.parse(answer.body) as NewStaffLink;
}
const use = (token: string, more: object = {}) =>
  post("/staff-links/use", { token, login: freshLogin(), password: CHOSEN, ...more });
const accounts = () => admin.get<StaffAccounts>("/staff-accounts");
const reset = async (membershipId: string, body: object = {}, by = admin) =>
  await by.ask("POST", `/staff-accounts/${membershipId}/reset`, body);

function useWorld(...options: Parameters<typeof createWorld>): void {
  beforeAll(async () => {
    world = await createWorld(...options);
    admin = await clientOf(world, world.school.admin);
  });
  afterAll(() => world.close());
}

describe.each(ENGINES)("on %s", (engine) => {
  useWorld(engine);

  test("an invited teacher sees what the link is for, chooses login and password, and is in", async () => {
    const { token, link } = await invite({ login: "Chen.Laoshi" });
    expect(link).toMatchObject({
      kind: "invitation",
      name: "新来的陈老师",
      login: "chen.laoshi",
      by: "校长",
    });
    expect(link.expiresAt).toBe(new Date(WORLD_NOW.getTime() + 7 * DAY).toISOString());
    const look = await post("/staff-links/look", { token });
    expect(look.json<StaffLinkView>()).toMatchObject({ schoolName: "学校 forest", role: "teacher" });
    const login = freshLogin();
    const used = await use(token, { login: login.toUpperCase() });
    expect(used.statusCode).toBe(200);
    const view = (await whoAmI(cookieOf(used))).json<SessionView>();
    expect(view.account).toMatchObject({ login, displayName: "新来的陈老师" });
    expect(view.memberships).toMatchObject([{ role: "teacher", schoolId: world.school.id }]);
    expect((await signIn(login, CHOSEN)).statusCode).toBe(200);
    const { members, links } = await accounts();
    expect(members).toContainEqual(expect.objectContaining({ login, hasPassword: true, isSelf: false }));
    expect(links.map(({ id }) => id)).not.toContain(link.id);
  });

  test("a link opens one account, however often and at whatever moment it is used", async () => {
    const { token } = await invite();
    const answers = await Promise.all([use(token), use(token), use(token)]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([
      200, 410, 410,
    ]);
    expect(codeOf(await use(token))).toBe("staff-link-over");
    expect(codeOf(await post("/staff-links/look", { token }))).toBe("staff-link-over");
  });

  test("a link is worth nothing once taken back, after a week, with a letter changed, or with another link's id", async () => {
    const taken = await invite();
    expect((await admin.ask("DELETE", `/staff-accounts/links/${taken.link.id}`)).status).toBe(204);
    expect((await admin.ask("DELETE", `/staff-accounts/links/${taken.link.id}`)).code).toBe("not-found");
    const good = await invite();
    const forged = Buffer.from(good.token, "base64url");
    forged[forged.length - 1]! ^= 1;
    const mixed = Buffer.concat([
      Buffer.from(good.token, "base64url").subarray(0, 32),
      Buffer.from(taken.token, "base64url").subarray(32),
    ]);
    for (const token of [taken.token, forged.toString("base64url"), mixed.toString("base64url"), "x"])
      expect(codeOf(await use(token))).toBe("staff-link-over");
    world.setNow(new Date(WORLD_NOW.getTime() + 7 * DAY));
    expect(codeOf(await use(good.token))).toBe("staff-link-over");
    world.setNow(WORLD_NOW);
    expect((await use(good.token)).statusCode).toBe(200);
  });

  test("the database holds no token and no password, and the log names who was invited, by whom, and who came", async () => {
    const { token, link } = await invite({ name: "记录里的老师" });
    await use(token);
    const everything = JSON.stringify(await dumpOf(world.database));
    expect(everything).not.toContain(token);
    expect(everything).not.toContain(CHOSEN);
    const { entries } = await admin.get<AuditPage>("/audit?kind=change&limit=10");
    const about = entries.filter(({ subjectId }) => subjectId === link.id);
    expect(about.map(({ action, by }) => [action, by.name])).toEqual([
      ["staff.join", "记录里的老师"],
      ["staff.invite", "校长"],
    ]);
  });

  test("a login that somebody has is refused, when it is suggested and when it is chosen; the link stays good", async () => {
    const { homeroom } = world.school;
    const suggested = { name: "重名", role: "teacher", login: homeroom.login };
    expect((await admin.ask("POST", "/staff-accounts/invitations", suggested)).code).toBe("login-taken");
    const { token } = await invite();
    expect(codeOf(await use(token, { login: homeroom.login }))).toBe("login-taken");
    expect((await use(token)).statusCode).toBe(200);
  });

  test("a short, common or telling password is refused; a phrase of Chinese words is taken", async () => {
    const { token } = await invite({ name: "欧阳晓明" });
    const login = freshLogin();
    for (const [password, code] of [
      ["短", "password-too-short"],
      ["a1B2c3D4", "password-too-short"],
      ["password123!", "password-guessable"],
      ["1234567890", "password-guessable"],
      ["P@ssw0rd2026", "password-guessable"],
      ["qwertyuiop123", "password-guessable"],
      [`${login}2026`, "password-guessable"],
      ["ouyangxiaoming2026", "password-guessable"],
      ["欧阳晓明20260901", "password-guessable"],
      ["ＰＡＳＳＷＯＲＤ１２３", "password-guessable"],
    ] as const)
      expect([password, codeOf(await use(token, { login, password }))]).toEqual([password, code]);
    expect((await use(token, { login, password: "青蛙在雨里数星星七颗" })).statusCode).toBe(200);
  });

  test("a reset ends all that let its owner in; only the new link lets in again, and only once", async () => {
    const joined = await use((await invite({ name: "忘了密码的老师" })).token);
    const membershipId = joined.json<SessionView>().memberships[0]?.id ?? "";
    const { login } = joined.json<SessionView>().account;
    const first = await reset(membershipId);
    expect((await whoAmI(cookieOf(joined))).statusCode).toBe(401);
    expect(codeOf(await signIn(login, CHOSEN))).toBe("wrong-credentials");
    expect((await accounts()).members).toContainEqual(expect.objectContaining({ login, hasPassword: false }));
    const second = JSON.parse((await reset(membershipId)).body) as NewStaffLink;
    expect(second.link).toMatchObject({ kind: "reset", login, role: "teacher" });
    const password = "另一片 竹林 autumn 鼓";
    expect(codeOf(await use((JSON.parse(first.body) as NewStaffLink).token))).toBe("staff-link-over");
    const back = await use(second.token, { login: "somebody-else", password });
    expect(back.json<SessionView>().account).toMatchObject({ login, displayName: "忘了密码的老师" });
    expect(codeOf(await use(second.token))).toBe("staff-link-over");
    expect((await signIn(login, password)).statusCode).toBe(200);
    expect(codeOf(await signIn("somebody-else", password))).toBe("wrong-credentials");
  });
});

describe("somebody who has an account already", () => {
  useWorld();
  const accept = (by: Client, token: string) => by.ask("POST", "/staff-links/accept", { token });
  const membershipsOf = async (by: Client) => (await by.get<SessionView>("/session")).memberships;

  test("a teacher of the neighbour's takes an invitation with the account she has, under the name she was invited by", async () => {
    const { neighbour, school } = world;
    const teacher = await clientOf(world, neighbour.homeroom);
    const { token, link } = await invite({ name: "也在这边教的老师" });
    expect((await accept(teacher, token)).status).toBe(204);
    const memberships = await membershipsOf(teacher);
    expect(memberships.map(({ schoolId, role }) => [schoolId, role])).toEqual(
      expect.arrayContaining([
        [neighbour.id, "teacher"],
        [school.id, "teacher"],
      ]),
    );
    expect((await accounts()).members).toContainEqual(
      expect.objectContaining({ name: "也在这边教的老师", login: neighbour.homeroom.login }),
    );
    expect((await signIn(neighbour.homeroom.login, PASSWORD)).statusCode).toBe(200);
    const { entries } = await admin.get<AuditPage>("/audit?kind=change&limit=10");
    expect(
      entries.find(({ subjectId, action }) => subjectId === link.id && action === "staff.join"),
    ).toBeDefined();
    expect((await accept(teacher, token)).code).toBe("staff-link-over");
    expect(codeOf(await use(token))).toBe("staff-link-over");
  });

  test("a guardian of the school becomes its teacher as well, once", async () => {
    const guardian = await clientOf(world, world.school.guardian);
    expect((await accept(guardian, (await invite()).token)).status).toBe(204);
    expect((await membershipsOf(guardian)).map(({ role }) => role).toSorted()).toEqual([
      "guardian",
      "teacher",
    ]);
    const again = await invite();
    expect((await accept(guardian, again.token)).code).toBe("staff-joined");
    expect((await use(again.token)).statusCode).toBe(200);
  });

  test("neither a child's account nor a reset comes in this way, nor anybody who is not signed in", async () => {
    const child = await clientOf(world, world.school.student);
    const { token } = await invite();
    expect((await accept(child, token)).code).toBe("staff-join-alone");
    expect(codeOf(await post("/staff-links/accept", { token }))).toBe("not-signed-in");
    const { token: resetToken } = JSON.parse(
      (await reset(world.school.outsider.membershipId)).body,
    ) as NewStaffLink;
    const guardian = await clientOf(world, world.school.otherGuardian);
    expect((await accept(guardian, resetToken)).code).toBe("staff-link-over");
  });

  test("whoever holds a link learns nothing of who has an account: looking says the same for everybody", async () => {
    const looks = await Promise.all(
      [{ name: world.school.homeroom.name }, { name: "没有账号的人" }].map(async (invited) => {
        const { token } = await invite(invited);
        const {
          name: _,
          expiresAt: __,
          ...rest
        } = (await post("/staff-links/look", { token })).json<StaffLinkView>();
        return rest;
      }),
    );
    expect(looks[0]).toEqual(looks[1]);
  });
});

describe("who may", () => {
  useWorld();

  test("an administrator resets neither the own account, nor a guardian's, nor one of another school", async () => {
    const { school, neighbour } = world;
    expect((await reset(school.admin.membershipId)).code).toBe("staff-reset-refused");
    for (const { membershipId } of [school.guardian, school.student, neighbour.homeroom, neighbour.admin])
      expect((await reset(membershipId)).code).toBe("not-found");
    for (const { login } of [school.admin, school.guardian, neighbour.homeroom])
      expect((await signIn(login, PASSWORD)).statusCode).toBe(200);
  });

  test("whose account another school knows too, no school takes over by a reset", async () => {
    const { school, neighbour } = world;
    await world.database.write("*", async ({ db, tables }) => {
      const rows = await db.select().from(tables.membership);
      const shared = rows.find(({ id }) => id === school.subject.membershipId)!;
      await db.insert(tables.membership).values({
        ...shared,
        schoolId: neighbour.id,
        id: "01900000-0000-7000-8000-000000000001",
      });
    });
    expect((await reset(school.subject.membershipId)).code).toBe("staff-reset-refused");
    expect((await signIn(school.subject.login, PASSWORD)).statusCode).toBe(200);
  });

  test("the neighbour's administrator sees and takes back none of our links", async () => {
    const { link } = await invite();
    const other = await clientOf(world, world.neighbour.admin);
    expect((await other.get<StaffAccounts>("/staff-accounts")).links).toEqual([]);
    expect((await other.ask("DELETE", `/staff-accounts/links/${link.id}`)).code).toBe("not-found");
  });

  test("the list of accounts holds staff alone, and nothing that lets anybody in", async () => {
    const { members } = await accounts();
    expect(new Set(members.map(({ role }) => role))).toEqual(new Set(["school-admin", "teacher"]));
    expect(members.find(({ isSelf }) => isSelf)?.login).toBe(world.school.admin.login);
    expect(JSON.stringify(members)).not.toMatch(/argon2|hash|token/i);
  });
});
