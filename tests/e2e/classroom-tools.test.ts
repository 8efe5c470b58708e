/** The teacher's hand: the tools on top of the class page, with a finger and with the keyboard. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_PASSWORD } from "@doudou/server/demo.ts";
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

  test("the picker gives everybody one turn, goes on after a reload and a sign-out, and leads to awarding", async () => {
    const page = await openClass("tablet");
    // Whoever is absent today has no turn.
    const present = page.getByRole("listbox").getByRole("option").filter({ hasNotText: "没来" });
    const names = (await present.locator(".name").allInnerTexts()).map((name) => name.trim());
    await page.emulateMedia({ reducedMotion: "reduce" });
    await take(page, "随机点名");
    const picker = page.getByRole("dialog", { name: "随机点名" });
    await picker.waitFor();
    await expectAccessible(page);
    await picker.getByText("5 人", { exact: true }).click();
    const turns: string[] = [];
    const shown = picker.getByRole("status").locator("b");
    const draw = async () => {
      const left = picker.getByText(/^这一轮还有/);
      const before = await left.innerText();
      await picker.getByRole("button", { name: /^(点一次|再点一次)$/ }).click();
      await expect.poll(() => left.innerText()).not.toBe(before);
      turns.push(...(await shown.allInnerTexts()));
    };
    await draw();
    await expectAccessible(page);
    await takePicture(page, "tools-picker-tablet");
    expect(new Set(turns).size).toBe(5);

    await page.reload();
    await page.getByRole("listbox").waitFor();
    await take(page, "随机点名");
    await picker.getByText(`这一轮还有 ${names.length - 5} 人没轮到`).waitFor();
    await page.keyboard.press("Escape");
    await picker.waitFor({ state: "detached" });

    await page.getByRole("button", { name: /的菜单/ }).click();
    await page.getByRole("menuitem", { name: "退出登录" }).click();
    await page.waitForURL("**/sign-in");
    await page.request.post("/api/v1/session", {
      data: { login: "teacher1", password: DEMO_PASSWORD },
      headers: { origin: new URL(page.url()).origin },
    });
    await page.goto("/classes");
    await page.locator("a[href^='/classes/']").first().click();
    await page.getByRole("listbox").waitFor();
    await take(page, "随机点名");
    await picker.getByText(`这一轮还有 ${names.length - 5} 人没轮到`).waitFor();
    await picker.getByText("5 人", { exact: true }).click();
    while (turns.length + 5 < names.length) await draw();
    expect(new Set(turns).size).toBe(turns.length);
    for (const name of turns) expect(names).toContain(name);

    const latest = await shown.allInnerTexts();
    await picker.getByRole("button", { name: "给加豆" }).click();
    await picker.waitFor({ state: "detached" });
    const selected = page.getByRole("option", { selected: true });
    expect((await selected.locator(".name").allInnerTexts()).sort()).toEqual(latest.sort());

    await take(page, "随机点名");
    await picker.getByRole("button", { name: "重新开始一轮" }).click();
    await picker.getByRole("button", { name: "确定重新开始" }).click();
    await picker.getByText(`这一轮还有 ${names.length} 人没轮到`).waitFor();
    await page.keyboard.press("Escape");
    await picker.waitFor({ state: "detached" });
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
