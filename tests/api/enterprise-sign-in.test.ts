/**
 * 企业微信 and 钉钉 by configuration, against servers that answer as their documentation says; and what an operator is told who
 * has made a mistake in the file of providers.
 */
import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { providersOfFile } from "@doudou/server/providers/providers-file.ts";
import type { SchoolSignIn } from "@doudou/shared/contract/sign-in-providers.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { clientOf } from "../support/client.ts";
import { dingtalkServer, type EnterpriseServer, wecomServer } from "../support/enterprise-servers.ts";
import { campus, OUR_ORIGIN, ProviderBrowser, providersFile } from "../support/provider-browser.ts";
import { createWorld, type World } from "../support/world.ts";

const name = { zh: "企业账号", en: "Enterprise" };

const OFF = { way: "off" };

describe("an enterprise's own way", () => {
  let world: World;
  let wecom: EnterpriseServer;
  let dingtalk: EnterpriseServer;
  beforeAll(async () => {
    wecom = await wecomServer();
    dingtalk = await dingtalkServer();
    const file = await providersFile([
      {
        kind: "wecom",
        id: "wecom",
        name,
        corpId: "ww1",
        agentId: "1000002",
        clientSecretFile: "secret",
        endpoints: {
          token: `${wecom.origin}/cgi-bin/gettoken`,
          user: `${wecom.origin}/cgi-bin/auth/getuserinfo`,
        },
      },
      {
        kind: "dingtalk",
        id: "dingtalk",
        name,
        corpId: "ding1",
        clientId: "app",
        clientSecretFile: "secret",
        endpoints: {
          token: `${dingtalk.origin}/v1.0/oauth2/userAccessToken`,
          user: `${dingtalk.origin}/v1.0/contact/users/me`,
        },
      },
    ]);
    world = await createWorld("sqlite", { DOUDOU_SIGN_IN_PROVIDERS_FILE: file, DOUDOU_ORIGIN: OUR_ORIGIN });
  });
  afterAll(() => Promise.all([world.close(), wecom.close(), dingtalk.close()]));

  const comeBack = async (
    provider: string,
    answer: Record<string, string>,
    browser = new ProviderBrowser(world),
  ) => {
    const asked = await browser.begin("", provider);
    const state = asked.searchParams.get("state") ?? "";
    const back = new URL(`/api/v1/sign-in/${provider}/callback`, OUR_ORIGIN);
    back.search = new URLSearchParams({ state, ...answer }).toString();
    return { browser, asked, ended: await browser.back(back) };
  };
  const whoIsIn = async (browser: ProviderBrowser) => {
    const { status, body } = await browser.ours("/api/v1/session");
    return status === 200 ? (JSON.parse(body) as SessionView).account.login : undefined;
  };

  test("企业微信: a member whose userid is the login is in; a stranger, a used code and another's state are not", async () => {
    const admin = await clientOf(world, world.school.admin);
    const { login } = world.school.homeroom;
    await admin.ask("PUT", "/school-sign-in/wecom", { was: OFF, rule: { way: "match", claim: "userid" } });
    wecom.codes.set("good", { userid: login });
    const { asked, browser, ended } = await comeBack("wecom", { code: "good" });
    expect(asked.origin + asked.pathname).toBe("https://login.work.weixin.qq.com/wwlogin/sso/login");
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      login_type: "CorpApp",
      appid: "ww1",
      agentid: "1000002",
      redirect_uri: `${OUR_ORIGIN}/api/v1/sign-in/wecom/callback`,
    });
    expect([ended, await whoIsIn(browser)]).toEqual(["/", login]);
    expect((await comeBack("wecom", { code: "good" })).ended).toBe("/sign-in?outcome=interrupted");
    wecom.codes.set("outside", { openid: "o-1" });
    expect((await comeBack("wecom", { code: "outside" })).ended).toBe("/sign-in?outcome=cancelled");
    wecom.codes.set("mine", { userid: login });
    const forged = await comeBack("wecom", { code: "mine", state: "theirs" });
    expect([forged.ended, await whoIsIn(forged.browser)]).toEqual([
      "/sign-in?outcome=interrupted",
      undefined,
    ]);
    expect((await comeBack("wecom", {})).ended).toBe("/sign-in?outcome=cancelled");
  });

  test("钉钉: who chose the school's organisation waits to be confirmed; who belongs to another gets nowhere", async () => {
    const admin = await clientOf(world, world.school.admin);
    await admin.ask("PUT", "/school-sign-in/dingtalk", { was: OFF, rule: { way: "approve" } });
    const person = { unionId: "u-1", openId: "o-1", nick: "王老师", corpId: "ding1" };
    dingtalk.codes.set("first", person);
    const { asked, ended } = await comeBack("dingtalk", { authCode: "first" });
    expect(asked.origin).toBe("https://login.dingtalk.com");
    expect(asked.searchParams.get("scope")).toBe("openid corpid");
    expect(ended).toBe("/sign-in?outcome=waits");
    const { links } = await admin.get<SchoolSignIn>("/school-sign-in");
    const waiting = links.find(({ providerId }) => providerId === "dingtalk")!;
    expect(waiting).toMatchObject({ shownAs: "王老师", state: "waits" });
    const { membershipId, login } = world.school.subject;
    await admin.ask("POST", `/school-sign-in/links/${waiting.id}`, { membershipId });
    dingtalk.codes.set("second", person);
    const again = await comeBack("dingtalk", { authCode: "second" });
    expect([again.ended, await whoIsIn(again.browser)]).toEqual(["/", login]);
    dingtalk.codes.set("other", { ...person, corpId: "ding2" });
    expect((await comeBack("dingtalk", { authCode: "other" })).ended).toBe("/sign-in?outcome=cancelled");
  });
});

describe("the operator's file", () => {
  const told = async (providers: readonly object[]) => {
    const file = await providersFile(providers);
    return await providersOfFile(file).then(
      ({ all }) => all.map(({ id }) => id),
      (error: unknown) => `${(error as Error).name} ${(error as Error).message}`,
    );
  };

  test("every mistake is named, and no secret", async () => {
    const said = await told([
      { kind: "saml", id: "x" },
      campus("http://id.example.edu.cn"),
      campus("https://id.example.edu.cn", { id: "Campus" }),
      campus("https://id.example.edu.cn", { id: "b", scopes: ["email"] }),
      campus("https://id.example.edu.cn", { id: "c", clientSecretFile: "not-there" }),
      campus("https://id.example.edu.cn", { id: "d", secret: "typed here" }),
    ]);
    expect(said).toMatch(/^ConfigError DOUDOU_SIGN_IN_PROVIDERS_FILE has mistakes:/);
    for (const part of [
      "provider 1: kind must be oidc, wecom or dingtalk",
      "provider 2: issuer must be an https:// address",
      "provider 3: /id must match pattern",
      "provider 4: scopes must have openid among them",
      "provider 5: clientSecretFile ENOENT",
      "provider 6: it must NOT have additional properties: secret",
    ])
      expect(said).toContain(part);
    expect(said).not.toContain("typed here");
  });

  test("an id that is there twice, no list, no JSON and no file are mistakes too; several good ones are taken", async () => {
    const good = campus("https://id.example.edu.cn");
    expect(await told([good, good])).toContain('id "campus" is there twice');
    expect(await told([good, campus("https://other.example.edu.cn", { id: "other" })])).toEqual([
      "campus",
      "other",
    ]);
    const file = await providersFile([]);
    await writeFile(file, "{}");
    await expect(providersOfFile(file)).rejects.toThrow("must hold a list");
    await writeFile(file, "[");
    await expect(providersOfFile(file)).rejects.toThrow("is not JSON");
    await expect(providersOfFile(`${file}.gone`)).rejects.toThrow("cannot be read");
  });
});
