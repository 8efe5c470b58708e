/** A teacher's own sets of tiles: put together with finger and keyboard, shown in the class, also with the cable out. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible, openStage, type SCREENS, type Stage, takePicture } from "../support/stage.ts";

describe("sets of tiles", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ isAsAtHome: true });
  });
  afterAll(() => stage.close());

  const openClass = async (screen: keyof typeof SCREENS) => {
    const page = await stage.signIn("teacher2", screen);
    await page.waitForURL("**/classes");
    await page.locator("a[href^='/classes/']").first().click();
    await page.getByRole("listbox").waitFor();
    return page;
  };
  const order = (page: Page) => page.locator("ol [data-code]").locator(".name").allInnerTexts();
  const saved = (page: Page) =>
    page.waitForResponse((response) => response.url().includes("/tile-sets/") && response.ok());

  test("made and ordered by keys and by dragging, kept while the network is away, and shown in the class", async () => {
    const page = await openClass("tablet");
    await page.getByRole("link", { name: "自己排一组常用的" }).click();
    await page.waitForURL("**/tiles");
    await page.getByRole("button", { name: "新的一组" }).click();
    await page.getByRole("textbox", { name: "名称" }).fill("早读");
    const offered = page.getByRole("tabpanel").getByRole("button");
    const [first, second, third] = await offered.allInnerTexts();
    for (const at of [0, 1, 2]) await offered.nth(at).click();
    expect(await order(page)).toEqual([first, second, third]);
    await page.getByRole("button", { name: new RegExp(`^移动“${third}”`) }).press("ArrowUp");
    expect(await order(page)).toEqual([first, third, second]);
    await page.getByRole("button", { name: new RegExp(`^移动“${third}”`) }).press("Home");
    expect(await order(page)).toEqual([third, first, second]);
    const handle = await page.getByRole("button", { name: new RegExp(`^移动“${second}”`) }).boundingBox();
    const top = await page.getByRole("button", { name: new RegExp(`^移动“${third}”`) }).boundingBox();
    await page.mouse.move(handle!.x + 20, handle!.y + 20);
    await page.mouse.down();
    await page.mouse.move(top!.x + 20, top!.y + 20, { steps: 8 });
    await page.mouse.up();
    await expect.poll(() => order(page)).toEqual([second, third, first]);
    await expectAccessible(page);
    await takePicture(page, "tile-sets-tablet");

    await page.context().setOffline(true);
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await page
      .getByRole("alert")
      .getByText(/还没有保存/)
      .waitFor();
    await page.context().setOffline(false);
    await page.reload();
    expect(await page.getByRole("textbox", { name: "名称" }).inputValue()).toBe("早读");
    const kept = saved(page);
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await kept;

    await page.getByRole("link", { name: "返回课堂" }).click();
    await page.getByRole("listbox").waitFor();
    await page.getByRole("button", { name: "早读", exact: true }).click();
    const tiles = page.getByRole("tabpanel").locator("button.tile .name");
    await expect.poll(() => tiles.allInnerTexts(), { timeout: 15_000 }).toEqual([second, third, first]);
    await expectAccessible(page);
    await takePicture(page, "class-set-tablet");

    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await page.reload();
    await page.getByRole("listbox").waitFor();
    await page.context().setOffline(true);
    await page.reload();
    await page.getByRole("listbox").waitFor();
    await expect.poll(() => tiles.allInnerTexts(), { timeout: 15_000 }).toEqual([second, third, first]);
    await page.context().close();
  });

  test("on a phone and in English, edited and deleted", async () => {
    const page = await openClass("phone");
    await page.evaluate(() => localStorage.setItem("doudou.locale", "en"));
    await page.reload();
    await page.getByRole("link", { name: "Arrange" }).click();
    await page.getByRole("textbox", { name: "Name" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "tile-sets-en-phone");
    await page.getByRole("button", { name: "Delete this set" }).click();
    const gone = saved(page);
    await page.getByRole("button", { name: "Yes, delete" }).click();
    await gone;
    await page.getByRole("link", { name: "Back to the class" }).click();
    await page.getByRole("link", { name: "Make a set of your own" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "class-en-phone");
    await page.context().close();
  });
});
