/** A teacher adds a passkey on her own tablet, signs in with it by finger alone, and removes it again. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_PASSWORD } from "@doudou/server/demo.ts";
import { expectAccessible, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("a passkey", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  /** A tablet that knows its owner's finger, as the browser's own tools make one up. */
  async function withFinger(page: Page): Promise<void> {
    const tools = await page.context().newCDPSession(page);
    await tools.send("WebAuthn.enable");
    await tools.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
  }

  test("takes the place of the password on one's own tablet, and is removed again", async () => {
    const page = await (await stage.openContext("tablet")).newPage();
    await withFinger(page);
    // A passkey belongs to a name: there is none for a bare address.
    const home = stage.server.address.replace("127.0.0.1", "localhost");
    await page.goto(`${home}/sign-in`);
    await page.getByLabel("账号", { exact: true }).fill("teacher1");
    await page.getByLabel("密码", { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.waitForURL((url) => url.pathname !== "/sign-in");

    await page.goto(`${home}/account`);
    await page.getByRole("button", { name: "添加通行密钥" }).click();
    await page.getByLabel("名称").fill("我的 iPad");
    await page.getByLabel("现在的密码", { exact: true }).fill(DEMO_PASSWORD);
    await expectAccessible(page);
    await takePicture(page, "passkey-add-tablet");
    await page.getByRole("button", { name: "继续" }).click();
    await page.getByText("我的 iPad", { exact: true }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "account-passkeys-tablet");

    await page.getByRole("button", { name: /的菜单$/ }).click();
    await page.getByRole("menuitem", { name: "退出登录" }).click();
    await page.getByRole("button", { name: "使用通行密钥" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "sign-in-passkey-tablet");
    await page.getByRole("button", { name: "使用通行密钥" }).click();
    await page.waitForURL((url) => url.pathname !== "/sign-in");

    await page.goto(`${home}/account`);
    await page.getByText(/^上次使用：/).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await takePicture(page, "account-passkeys-phone");
    await page.getByRole("button", { name: /^移除.*我的 iPad/ }).click();
    await page.getByLabel("现在的密码", { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole("dialog").getByRole("button", { name: "移除", exact: true }).click();
    await expect.poll(() => page.getByText("我的 iPad", { exact: true }).count()).toBe(0);
    await page.context().close();
  });
});
