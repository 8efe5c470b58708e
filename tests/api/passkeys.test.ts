/** Passkeys of staff: added with the password, enough to sign in, good once a challenge, refused from a copy, gone at a reset. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { PasskeyCreation, PasskeyRequest, Passkeys } from "@doudou/shared/contract/passkeys.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { Authenticator } from "../support/authenticator.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";
import { PASSWORD, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;

describe.each(ENGINES)("a passkey on %s", (engine) => {
  let world: World;
  let teacher: Client;
  let device: Authenticator;
  beforeEach(async () => {
    world = await createWorld(engine);
    teacher = await clientOf(world, world.school.homeroom);
    device = new Authenticator();
  });
  afterEach(() => world.close());

  const begin = async (client = teacher) => {
    const { body } = await client.ask("POST", "/account/passkeys/begin", { password: PASSWORD });
    return JSON.parse(body) as PasskeyCreation;
  };
  const add = async (name = "iPad") =>
    await teacher.ask("POST", "/account/passkeys", device.create(await begin(), name));
  const post = async (path: string, payload?: object) => {
    const answer = await world.app.server.inject({
      method: "POST",
      url: `/api/v1${path}`,
      ...(payload && { payload }),
    });
    return { status: answer.statusCode, body: answer.json<unknown>() };
  };
  const asked = async () => (await post("/session/passkey/begin")).body as PasskeyRequest;
  const signIn = async (request?: PasskeyRequest) => {
    const { status, body } = await post("/session/passkey", device.answer(request ?? (await asked())));
    return status === 200 ? (body as SessionView).account.login : (body as { code: string }).code;
  };
  const mine = () => teacher.get<Passkeys>("/account/passkeys");

  test("is added with the password, signs in as often as one likes, and is listed without its key", async () => {
    expect((await teacher.ask("POST", "/account/passkeys/begin", { password: "wrong" })).code).toBe(
      "wrong-credentials",
    );
    expect((await add("办公室 iPad")).status).toBe(204);
    expect((await mine()).passkeys).toMatchObject([{ name: "办公室 iPad", usedAt: null }]);
    expect(await signIn()).toBe(world.school.homeroom.login);
    expect(await signIn()).toBe(world.school.homeroom.login);
    expect((await mine()).passkeys).toMatchObject([{ usedAt: WORLD_NOW.toISOString() }]);
    const dump = JSON.stringify(await dumpOf(world.database));
    expect(dump).not.toContain((await asked()).challenge);
  });

  test("answers each challenge once, within five minutes, at this address, to whom it was given", async () => {
    await add();
    const request = await asked();
    expect(await signIn(request)).toBe(world.school.homeroom.login);
    expect(await signIn(request)).toBe("passkey-refused");

    const late = await asked();
    world.setNow(new Date(WORLD_NOW.getTime() + 6 * MINUTE));
    expect(await signIn(late)).toBe("passkey-refused");
    world.setNow(WORLD_NOW);

    device.origin = "http://doudou.example";
    expect(await signIn()).toBe("passkey-refused");
    device.origin = "http://localhost";
    device.asksItsOwner = false;
    expect(await signIn()).toBe("passkey-refused");
    device.asksItsOwner = true;

    // A challenge for adding opens nothing, and one of a colleague adds nothing here.
    const { challenge } = await begin();
    expect(await signIn({ ...(await asked()), challenge })).toBe("passkey-refused");
    const colleague = await clientOf(world, world.school.subject);
    const made = new Authenticator().create(await begin(colleague), "她的");
    expect((await teacher.ask("POST", "/account/passkeys", made)).code).toBe("passkey-unfit");
  });

  test("from a copy, whose counter goes back, is refused and noted", async () => {
    await add();
    await signIn();
    await signIn();
    device.counter = 0;
    expect(await signIn()).toBe("passkey-refused");
    const admin = await clientOf(world, world.school.admin);
    const { entries } = await admin.get<AuditPage>("/audit?action=account.second-factor");
    expect(JSON.stringify(entries)).toContain("isRefusedAsCopy");
    device.counter = 2;
    expect(await signIn()).toBe(world.school.homeroom.login);
  });

  test("is removed by its owner with the password, and by a reset of the office", async () => {
    await add("旧手机");
    const [known] = (await mine()).passkeys;
    const remove = (password: string) =>
      teacher.ask("POST", "/account/passkeys/remove", { handle: known?.handle, password });
    expect((await remove("wrong")).code).toBe("wrong-credentials");
    expect((await remove(PASSWORD)).status).toBe(204);
    expect((await remove(PASSWORD)).code).toBe("not-found");
    expect(await signIn()).toBe("passkey-refused");

    device = new Authenticator();
    await add();
    const admin = await clientOf(world, world.school.admin);
    await admin.ask("POST", `/staff-accounts/${world.school.homeroom.membershipId}/reset`, {});
    expect(await signIn()).toBe("passkey-refused");
  });

  test("is nothing for guardians and children, and cannot be somebody else's too", async () => {
    for (const person of [world.school.guardian, world.school.student]) {
      const client = await clientOf(world, person);
      expect((await client.ask("GET", "/account/passkeys")).status).toBe(403);
    }
    await add();
    const colleague = await clientOf(world, world.school.subject);
    const made = device.create(await begin(colleague), "同一个");
    expect((await colleague.ask("POST", "/account/passkeys", made)).code).toBe("passkey-unfit");
    expect(await signIn()).toBe(world.school.homeroom.login);
  });
});
