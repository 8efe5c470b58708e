/** The teacher's hand: the tools on top of the class page, with a finger and with the keyboard. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible, openStage, type SCREENS, type Stage, takePicture } from "../support/stage.ts";

describe("the tools of the class page", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const openClass = async (screen: keyof typeof SCREENS, locale: "zh-CN" | "en" = "zh-CN") => {
    const page = await stage.signIn("teacher1", screen, locale);
    await page.waitForURL("**/classes");
    await page.locator("a[href^='/classes/']").first().click();
    await page.getByRole("listbox").waitFor();
    return page;
  };
  const take = async (page: Page, tool: string) => {
    await page.getByRole("button", { name: /^(课堂工具|Classroom tools)$/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: tool, exact: true }).click();
  };

  test("a countdown runs above the children while awarding goes on, and fills the screen when told to", async () => {
    const page = await openClass("tablet");
    await page.getByRole("button", { name: "课堂工具" }).click();
    await page.getByRole("dialog").waitFor();
    await expectAccessible(page);
    await takePicture(page, "tools-tray-tablet");
    await page.keyboard.press("Escape");

    await take(page, "计时");
    await page.clock.install();
    await page.getByRole("button", { name: "倒计时 3 分钟" }).click();
    await page.clock.runFor(61_000);
    await expect.poll(() => page.getByRole("timer").innerText()).toBe("1:59");
    await expectAccessible(page);

    const child = page.getByRole("listbox").getByRole("option").first();
    await child.click();
    expect(await child.getAttribute("aria-selected")).toBe("true");
    await takePicture(page, "tools-timer-tablet");
    await page.keyboard.press("Escape");
    expect(await child.getAttribute("aria-selected")).toBe("false");

    await page.getByRole("button", { name: "放大给全班看" }).click();
    await page.getByRole("dialog", { name: "计时" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "tools-timer-large-tablet");
    await page.clock.runFor(120_000);
    await page.getByRole("dialog").getByText("时间到").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("timer").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("timer").waitFor({ state: "detached" });
    await page.context().close();
  });

  test("the quiet sign fills the screen without a sound; a touch or Escape takes it away", async () => {
    const page = await openClass("phone");
    await take(page, "安静手势");
    const sign = page.getByRole("dialog", { name: "安静手势" });
    await sign.getByRole("button", { name: "看老师" }).tap();
    await expect.poll(() => sign.getByRole("status").innerText()).toBe("看老师");
    await expectAccessible(page);
    await takePicture(page, "tools-sign-phone");
    await sign.getByRole("button", { name: "收起" }).tap();
    await sign.waitFor({ state: "detached" });
    await take(page, "安静手势");
    await sign.waitFor();
    await page.keyboard.press("Escape");
    await sign.waitFor({ state: "detached" });
    await page.context().close();
  });
});
