/** Absent today: greyed and left out by "all", marked by hand or by calling the roll, with and without a network. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible, openStage, type SCREENS, type Stage, takePicture } from "../support/stage.ts";

const PATIENT = { timeout: 15_000 };

describe("absent today", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ isAsAtHome: true });
  });
  afterAll(() => stage.close());

  const openClass = async (screen: keyof typeof SCREENS, locale: "zh-CN" | "en" = "zh-CN") => {
    const page = await stage.signIn("teacher1", screen, locale);
    await page.waitForURL("**/classes");
    await page.locator("a[href^='/classes/']").first().click();
    await page.getByRole("listbox").waitFor();
    return page;
  };
  const cells = (page: Page) => page.getByRole("listbox").getByRole("option");
  const absent = (page: Page) => cells(page).filter({ hasText: /今天没来|absent today/ });
  const chosen = (page: Page) => page.locator("[role=option][aria-selected=true]");
  const answered = (page: Page) =>
    page.waitForResponse((response) => response.url().endsWith("/absences") && response.ok());

  test("who is absent is left out by “all” and by dragging; a tap asks, and the child is here after all", async () => {
    const page = await openClass("tablet");
    await expect.poll(() => absent(page).count(), PATIENT).toBe(1);
    const everybody = await cells(page).count();
    await page.getByRole("button", { name: "全选" }).tap();
    expect(await chosen(page).count()).toBe(everybody - 1);
    expect(await absent(page).getAttribute("aria-selected")).toBe("false");
    await expectAccessible(page);
    await takePicture(page, "absent-tablet");
    await page.getByRole("button", { name: "清除" }).tap();

    const ids = await cells(page).evaluateAll((all) =>
      all.map((cell) => (cell as HTMLElement).dataset["child"]),
    );
    const at = ids.indexOf((await absent(page).getAttribute("data-child")) ?? "");
    const centre = async (index: number) => {
      const box = (await cells(page).nth(index).boundingBox())!;
      return [box.x + box.width / 2, box.y + box.height / 2] as const;
    };
    const from = at > 0 ? at - 1 : at + 1;
    await page.mouse.move(...(await centre(from)));
    await page.mouse.down();
    await page.mouse.move(...(await centre(at)), { steps: 8 });
    await page.mouse.up();
    expect(await chosen(page).count()).toBe(1);
    await page.getByRole("button", { name: "清除" }).tap();

    await absent(page).tap();
    const sheet = page.getByRole("dialog", { name: /今天没来$/ });
    await sheet.waitFor();
    await expectAccessible(page);
    const sent = answered(page);
    await sheet.getByRole("button", { name: "已经到了" }).tap();
    await sent;
    expect(await absent(page).count()).toBe(0);
    expect(await chosen(page).count()).toBe(1);
    await page.reload();
    await expect.poll(() => cells(page).count(), PATIENT).toBe(everybody);
    expect(await absent(page).count()).toBe(0); // as this device has kept it, before the server is heard

    await cells(page).nth(2).tap();
    const marked = answered(page);
    await page.getByRole("button", { name: "今天没来" }).tap();
    await expect.poll(() => absent(page).count(), PATIENT).toBe(1);
    await marked;
    const undone = answered(page);
    await page.getByRole("button", { name: "撤销" }).tap();
    await expect.poll(() => absent(page).count(), PATIENT).toBe(0);
    await undone; // else the next device finds the child still absent
    await page.context().close();
  });

  test("the roll is called without a network; after a restart of the page a colleague is told, once it is back", async () => {
    const page = await openClass("tablet");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.getByRole("button", { name: "课堂工具" }).tap();
    await page.getByRole("dialog").getByRole("button", { name: "点名", exact: true }).tap();
    await page.getByRole("toolbar", { name: "点名" }).waitFor();
    await page.context().setOffline(true);
    const names: string[] = [];
    for (const index of [4, 7]) {
      names.push(await cells(page).nth(index).locator(".name").innerText());
      await cells(page).nth(index).tap();
    }
    await cells(page).nth(9).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Space");
    await page.getByText(/没来 2 人/).waitFor();
    await page.getByText(/联网后自动同步/).waitFor();
    await expectAccessible(page);
    await takePicture(page, "roll-call-tablet");
    expect(await chosen(page).count()).toBe(0);

    await page.reload();
    await expect.poll(() => absent(page).count(), PATIENT).toBe(2);
    const sent = answered(page);
    await page.context().setOffline(false);
    await sent;

    const english = await openClass("phone", "en");
    await expect.poll(() => absent(english).locator(".name").allInnerTexts(), PATIENT).toEqual(names);
    await english.getByRole("button", { name: "Classroom tools" }).tap();
    await english.getByRole("dialog").getByRole("button", { name: "Roll call", exact: true }).tap();
    await english.getByRole("toolbar", { name: "Roll call" }).waitFor();
    await takePicture(english, "roll-call-phone-en");
    await expectAccessible(english);
    await english.context().close();
    await page.context().close();
  });
});
