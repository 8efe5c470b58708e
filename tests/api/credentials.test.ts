/**
 * Signed credentials: a badge and a whole record, taken along by the family and read by programs that are not ours:
 * did-jwt verifies, LearnCard's validators of Open Badges 3.0 and CLR 2.0 read. None of them asks the internet.
 */
import * as learnCard from "@learncard/types";
import { decodeJWT, verifyJWS } from "did-jwt";
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type {
  CredentialVerification,
  GivenCredentials,
  IssuerProfile,
  PublicJwkSet,
  SchoolKeys,
  SignedCredential,
} from "@doudou/shared/contract/credentials.ts";
import { sealWith } from "@doudou/server/access/seal.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { HELPER } from "../support/badges.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

/** Its declarations leave out the endings of files, so that TypeScript finds nothing in them. */
const { UnsignedAchievementCredentialValidator, UnsignedClrCredentialValidator } =
  learnCard as unknown as Record<
    `Unsigned${"Achievement" | "Clr"}CredentialValidator`,
    { parse(value: unknown): unknown }
  >;

const LATER = new Date("2026-11-11T03:00:00Z");
const SAID = "林小满，大家都记得你的好。";
/** Earned by a single record, so that a story need not wait for it. */
const KIND_HEART = { ...HELPER, rule: { ...HELPER.rule, levels: [1, 5] } };

interface Payload {
  readonly [property: string]: unknown;
  readonly id: string;
  readonly name: string;
  readonly credentialSubject: {
    readonly id: string;
    readonly identifier?: readonly object[];
    readonly narrative?: string;
    readonly achievement: { readonly name: string; readonly criteria: { readonly narrative: string } };
    readonly result?: readonly { readonly value: string }[];
    readonly verifiableCredential?: readonly Payload[];
  };
}

describe.each(ENGINES)("credentials on %s", (engine) => {
  let world: World;
  let admin: Client;
  let homeroom: Client;
  let child: Client;
  let guardian: Client;
  let studentId: string;
  beforeEach(async () => {
    world = await createWorld(engine);
    admin = await clientOf(world, world.school.admin);
    homeroom = await clientOf(world, world.school.homeroom);
    child = await clientOf(world, world.school.student);
    guardian = await clientOf(world, world.school.guardian);
    studentId = world.school.children[0]!.id;
  });
  afterEach(() => world.close());

  /** A badge the child was given and has seen. */
  const earn = async ({ isSeen = true } = {}) => {
    const badgeId = uuidv7();
    await admin.ask("PUT", `/badges/${badgeId}`, KIND_HEART);
    await admin.ask("POST", `/badges/${badgeId}/publish`);
    await homeroom.award(awardIn(world.school, WORLD_NOW, { studentId }));
    const questId = uuidv7();
    await child.ask("PUT", `/students/${studentId}/badge-quests/${questId}`, { badgeId });
    const confirmed = { questIds: [questId], words: SAID };
    await homeroom.ask("POST", `/classes/${world.school.classId}/badges/confirm`, confirmed);
    if (isSeen) await child.ask("POST", `/students/${studentId}/badges/shown`, { ids: [questId] });
    return questId;
  };
  const at = () => `/students/${studentId}/credentials`;
  const asked = (questId: string | null, over: object = {}, by = guardian, id = uuidv7()) =>
    by.ask("PUT", `${at()}/${id}`, { questId, isNamed: false, ...over });
  const made = async (...of: Parameters<typeof asked>) => {
    const { status, body } = await asked(...of);
    expect([status, body]).toEqual([200, expect.any(String)]);
    return JSON.parse(body) as SignedCredential;
  };
  const open = (path: string, payload?: object) =>
    world.app.server.inject({
      method: payload ? "POST" : "GET",
      url: path.startsWith("/api") ? path : `/api/v1${path}`,
      ...(payload && { payload }),
    });
  /** As somebody else's program does: the issuer's address is asked for its keys, and one of them has to fit. */
  const verified = async (jws: string): Promise<Payload> => {
    const { header, payload } = decodeJWT(jws);
    const issuer = (await open(new URL(String(payload.iss)).pathname)).json<IssuerProfile>();
    expect(issuer.id).toBe(payload.iss);
    const byWhich = verifyJWS(jws, issuer.verificationMethod);
    expect(byWhich.id).toBe(header["kid"]);
    return payload as unknown as Payload;
  };
  const check = async (jws: string) =>
    (await open("/credential-verification", { jws })).json<{ code?: string }>();

  test("a badge goes along as an Open Badge that another program verifies with the school's public key", async () => {
    const questId = await earn();
    const { jws, fileName, id } = await made(questId);
    expect(fileName).toBe("热心章（第1级）.jwt");
    const payload = await verified(jws);
    expect(UnsignedAchievementCredentialValidator.parse(payload)).toMatchObject({ id: `urn:uuid:${id}` });
    expect(payload).toMatchObject({
      type: ["VerifiableCredential", "OpenBadgeCredential"],
      issuer: { type: ["Profile"], name: "学校 forest" },
      validFrom: "2026-11-11T02:00:00Z",
    });
    const { credentialSubject: subject } = payload;
    expect(subject.achievement.criteria.narrative).toBe("一个学期里，“德”得到老师 1 次记录。");

    // OB 3.0, 8.2.3 and 8.2.4: no other header, and claims that repeat the credential.
    const header = JSON.parse(Buffer.from(jws.split(".")[0]!, "base64url").toString()) as Record<
      string,
      unknown
    >;
    expect(Object.keys(header).sort()).toEqual(["alg", "jwk", "kid", "typ"]);
    expect(header).toMatchObject({ alg: "EdDSA", typ: "JWT" });
    expect(Object.keys(header["jwk"] as object).sort()).toEqual(["crv", "kty", "x"]);
    const issuer = payload["issuer"] as { id: string };
    expect(payload).toMatchObject({ iss: issuer.id, jti: payload.id, sub: subject.id });
    expect(payload["nbf"]).toBe(Date.parse(String(payload["validFrom"])) / 1000);
    const key = await open(new URL(String(header["kid"])).pathname);
    expect(key.json()).toMatchObject(header["jwk"] as object);

    // Asking for the same again gives the same; for something else under its id, a refusal.
    expect(await made(questId, {}, guardian, id)).toEqual({ id, jws, fileName });
    expect((await asked(questId, { isNamed: true }, guardian, id)).code).toBe("credential-id-conflict");
  });

  test("a credential names nobody, but the child where its guardian asks for it", async () => {
    const questId = await earn();
    const { name } = world.school.children[0]!;
    const bare = JSON.stringify(await verified((await made(questId, {}, child)).jws));
    for (const trace of [name, studentId, world.school.homeroom.name, SAID])
      expect(bare).not.toContain(trace);
    expect((await asked(questId, { isNamed: true }, child)).code).toBe("credential-name-refused");
    const named = await verified((await made(questId, { isNamed: true })).jws);
    expect(named.credentialSubject.identifier).toEqual([
      { type: "IdentityObject", hashed: false, identityHash: name, identityType: "name" },
    ]);
    expect(named.credentialSubject.narrative).toBe(SAID);
    // The same child in all of them, and nobody else.
    expect(JSON.parse(bare)).toMatchObject({ sub: named["sub"] });
  });

  test("the whole record is a Comprehensive Learner Record of summaries, badges and confirmed honours, in words", async () => {
    expect((await asked(null)).code).toBe("credential-empty");
    await earn();
    const honour = {
      title: "区三好学生",
      level: "district",
      givenBy: "区教育局",
      day: "2026-10-20",
      dimension: "moral",
    };
    const honourPath = `/students/${studentId}/honours`;
    expect((await homeroom.ask("PUT", `${honourPath}/${uuidv7()}`, honour)).status).toBe(200);
    await guardian.ask("PUT", `${honourPath}/${uuidv7()}`, { ...honour, title: "还没有确认的" });
    const summary = `/students/${studentId}/summaries/${world.school.termId}`;
    await homeroom.ask("PUT", `${summary}/comment`, { comment: "你爱提问。", commentVersion: 0 });
    expect((await homeroom.ask("POST", `${summary}/publish`)).status).toBe(200);

    const payload = await verified((await made(null)).jws);
    expect(UnsignedClrCredentialValidator.parse(payload)).toMatchObject({ id: payload.id });
    const held = payload.credentialSubject.verifiableCredential ?? [];
    for (const one of held) expect(UnsignedAchievementCredentialValidator.parse(one)).toBeTruthy();
    expect(held.map(({ name }) => name)).toEqual([
      "2026年秋季学期 学期成长报告",
      "热心章（第1级）",
      "区三好学生",
    ]);
    expect(held[0]?.credentialSubject.result?.map(({ value }) => value)).toHaveLength(5);
    // Levels in words: no beans, no counts of records, no comment.
    expect(JSON.stringify(held[0])).not.toMatch(/你爱提问|"records"|"progress"/);
    const inEnglish = await clientOf(world, world.school.guardian, "en");
    expect((await verified((await made(null, {}, inEnglish)).jws)).name).toBe(
      "Record of growth, 学校 forest",
    );
  });

  test("whoever holds the file learns from the school whose it is and whether it stands, and nothing it says", async () => {
    const questId = await earn();
    const { jws, id } = await made(questId);
    const said = await check(` ${jws}\n`);
    expect(said).toEqual({
      school: "学校 forest",
      kind: "badge",
      issuedAt: "2026-11-11T02:00:00.000Z",
      state: "stands",
    } satisfies CredentialVerification);
    const [header, payload, signature] = jws.split(".") as [string, string, string];
    const changed = Buffer.from(payload, "base64url").toString().replace("热心章", "冠军章");
    const forged = [header, Buffer.from(changed).toString("base64url"), signature].join(".");
    for (const other of ["花", "a.b.c", forged, `${header}.${payload}.`, `${jws}x`])
      expect([other.slice(0, 9), (await check(other)).code]).toEqual([
        other.slice(0, 9),
        "credential-unknown",
      ]);

    // A child cannot take it back; its guardian can, once and for all.
    const path = `${at()}/${id}/withdraw`;
    expect((await child.ask("POST", path)).code).toBe("forbidden");
    expect((await guardian.ask("POST", `${at()}/${uuidv7()}/withdraw`)).code).toBe("credential-not-found");
    for (let time = 0; time < 2; time += 1) expect((await guardian.ask("POST", path)).status).toBe(200);
    expect(await check(jws)).toMatchObject({ state: "withdrawn" });
    const given = await guardian.get<GivenCredentials>(at());
    expect(given.credentials).toMatchObject([{ id, kind: "badge", badge: KIND_HEART.name, isNamed: false }]);
    expect(given.credentials[0]?.withdrawnAt).not.toBeNull();
    const audit = await admin.get<AuditPage>("/audit");
    const actions = audit.entries.map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith("credential.withdraw"))).toHaveLength(1);
    expect(actions).toContain("credential.make");
    expect(actions).toContain("school-key.make");
  });

  test("a badge that may still be taken back is not signed, nor is another child's", async () => {
    const questId = await earn({ isSeen: false });
    expect((await asked(questId, {}, child)).code).toBe("badge-not-found");
    const other = world.school.children[1]!.id;
    const elsewhere = `/students/${other}/credentials/${uuidv7()}`;
    expect((await guardian.ask("PUT", elsewhere, { questId, isNamed: false })).code).toBe("forbidden");
    expect((await homeroom.ask("GET", at())).code).toBe("forbidden");
  });

  test("a new key signs from now on; the old one's private half is gone, and what it signed stands", async () => {
    const questId = await earn();
    const before = await made(questId);
    const { keys } = await admin.get<SchoolKeys>("/school-keys");
    expect(keys).toMatchObject([{ retiredAt: null, by: world.school.guardian.name }]);
    world.setNow(LATER);
    admin = await clientOf(world, world.school.admin);
    expect((await admin.ask("POST", "/school-keys/renew")).status).toBe(200);
    const after = await made(questId);
    expect(after.jws.split(".")[0]).not.toBe(before.jws.split(".")[0]);
    for (const { jws } of [before, after]) {
      await verified(jws);
      expect(await check(jws)).toMatchObject({ state: "stands" });
    }
    const { school } = world;
    const published = (await open(`/schools/${school.id}/keys`)).json<PublicJwkSet>();
    expect(published.keys).toHaveLength(2);
    expect(JSON.stringify(published)).not.toContain('"d"');
    const rows = await world.database.read(school.id, ({ db, tables }) => db.select().from(tables.schoolKey));
    const secrets = rows
      .filter(({ schoolId }) => schoolId === school.id)
      .map(({ sealedSecret }) => sealedSecret);
    expect(secrets.filter((secret) => secret === null)).toHaveLength(1);
    expect((await admin.get<SchoolKeys>("/school-keys")).keys).toMatchObject([
      { retiredAt: null },
      { id: keys[0]?.id, retiredAt: LATER.toISOString() },
    ]);
    // The neighbour has none, and no school is nobody's.
    expect((await open(`/schools/${world.neighbour.id}/keys`)).json()).toEqual({ keys: [] });
    expect((await open(`/schools/${uuidv7()}/keys`)).statusCode).toBe(404);
    expect((await open(`/schools/${world.neighbour.id}/keys/${keys[0]?.id}`)).statusCode).toBe(404);
  });

  test("the private half is kept sealed for its school and key alone", async () => {
    const seal = sealWith("a secret of at least thirty-two letters");
    const sealed = seal.close("secret", "school/key");
    expect(sealed).not.toContain("secret");
    expect(() => seal.open(sealed, "school/other")).toThrow(/unable to authenticate/);
  });
});
