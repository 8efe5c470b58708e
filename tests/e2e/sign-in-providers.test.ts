/**
 * A school lets its staff sign in by the account it gave them: the administrator decides so and says who is who, and from
 * then on a teacher is in with one tap and no password. The provider is a real OpenID Connect server with pages of its own.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenIdServer, openIdServer } from "../support/open-id-server.ts";
import { campus, providersFile } from "../support/provider-browser.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("signing in by the school's own provider", () => {
  let stage: Stage;
  let provider: OpenIdServer;
  beforeAll(async () => {
    provider = await openIdServer();
    provider.people.set("t-1001", {
      name: "林老师",
      email: "lin@forest.example.edu.cn",
      email_verified: true,
    });
    provider.people.set("t-1002", { name: "周老师", email: "zhou@forest.example.edu.cn" });
    stage = await openStage({
      env: {
        DOUDOU_SIGN_IN_PROVIDERS_FILE: await providersFile([campus(provider.issuer)]),
      },
    });
    provider.register(`${stage.server.address}/api/v1/sign-in/campus/callback`);
  });
  afterAll(async () => {
    await stage.close();
    await provider.close();
  });

  const comeBy = async (page: Page) => {
    await openPath(page, "/sign-in");
    await page.getByRole("link", { name: "用校园统一认证登录" }).click();
  };

  test("the administrator decides, a teacher comes, is confirmed, and is in from then on", async () => {
    const office = await stage.signIn("admin", "desktop");
    await openPath(office, "/office");
    await office.getByRole("link", { name: "设置登录方式" }).click();
    await office.getByRole("heading", { name: "统一登录", level: 1 }).waitFor();
    await office.getByLabel("谁可以用它登录").selectOption("第一次登录由管理员确认");
    await office.getByRole("button", { name: "保存" }).click();
    await office.getByText("请让教职工从学校自己的登录页进入").waitFor();

    const tablet = await (await stage.openContext("tablet")).newPage();
    await openPath(tablet, "/sign-in");
    await tablet.getByRole("link", { name: "用校园统一认证登录" }).waitFor();
    await expectAccessible(tablet);
    await takePicture(tablet, "sign-in-providers-tablet");
    await comeBy(tablet);
    await tablet.getByRole("button", { name: "林老师" }).click();
    await tablet.getByText("已经告诉学校管理员").waitFor();
    await expectAccessible(tablet);
    await takePicture(tablet, "sign-in-waits-tablet");

    await openPath(office, "/office/sign-in");
    await office.getByText("林老师 · lin@forest.example.edu.cn", { exact: true }).waitFor();
    await office.getByLabel(/林老师.*是哪位教职工/).selectOption({ index: 2 });
    await expectAccessible(office);
    await takePicture(office, "sign-in-providers-waiting-desktop");
    await office.getByRole("button", { name: /^确认/ }).click();
    await office.getByRole("heading", { name: "已经对应（1）" }).waitFor();

    await comeBy(tablet);
    await tablet.waitForURL("**/classes");
    await openPath(tablet, "/account");
    await tablet.getByRole("heading", { name: "校园统一认证" }).waitFor();
    await expectAccessible(tablet);
    await takePicture(tablet, "account-provider-tablet");

    await openPath(office, "/office/sign-in");
    await expectAccessible(office);
    await takePicture(office, "sign-in-providers-desktop");
    await office.getByRole("button", { name: /^解除/ }).click();
    await office.getByText("还没有人用这种方式登录过。").waitFor();
    expect((await tablet.request.get("/api/v1/session")).status()).toBe(401);
  });

  test("all of it is there in English, and in a hand", async () => {
    const office = await stage.signIn("admin", "tablet", "en");
    await openPath(office, "/office/sign-in");
    await office.getByRole("heading", { name: "Sign-in providers", level: 1 }).waitFor();
    await office.getByLabel("Who may sign in by it").selectOption("Matched by what it says");
    await expectAccessible(office);
    await takePicture(office, "sign-in-providers-tablet-en");
    const phone = await (await stage.openContext("phone", "en")).newPage();
    await openPath(phone, "/sign-in?outcome=cancelled");
    await phone.getByRole("link", { name: "Sign in with Campus sign-in" }).waitFor();
    await phone.getByText("You are not signed in").waitFor();
    await expectAccessible(phone);
    await takePicture(phone, "sign-in-providers-phone-en");
    await openPath(phone, "/sign-in?by=code");
    await phone.getByLabel("Code").fill("123456");
    await phone.getByRole("button", { name: "Sign in", exact: true }).click();
    await phone.getByText("please begin again").waitFor();
    await expectAccessible(phone);
  });
});
