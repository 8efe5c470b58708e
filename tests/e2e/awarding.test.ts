/**
 * Giving on the class page in a real browser, as a lesson goes: a finger drawn across the children, the keyboard alone,
 * several points in a row, undo for as long as it is there, and a sound that can be switched off.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStage, type Stage } from "../support/stage.ts";
import { STAGE_NOW } from "../support/stage-time.ts";

const A_FEW_FRAMES = 100;
const UNDO_FOR_MS = 10_000;
const MINUTE = 60_000;

describe("giving in a lesson", () => {
  let stage: Stage;
  let page: Page;
  /** Places in the grid of those who are not absent. */
  let here: number[];
  beforeAll(async () => {
    stage = await openStage();
    page = await stage.signIn("teacher1", "tablet");
    await page.getByRole("link", { name: /三年级1班/ }).click();
    await page.getByRole("listbox").waitFor();
    const labels = await cells().locator(".for-screen-readers").allInnerTexts();
    here = labels.flatMap((label, at) => (label.includes("今天没来") ? [] : [at]));
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    await page.reload();
    await page.getByRole("listbox").waitFor();
    await page.getByRole("tab", { name: /德育/ }).tap();
  });

  const cells = () => page.getByRole("option");
  const selected = () => page.getByRole("option", { selected: true });
  const tiles = () => page.locator("button.tile");
  const undo = () => page.getByRole("button", { name: "撤销", exact: true });
  const beansOf = async (at: number) =>
    Number(/(\d+) 颗豆/.exec(await cells().nth(at).locator(".for-screen-readers").innerText())?.[1] ?? 0);
  const middleOf = async (at: number) => {
    const box = await cells().nth(at).boundingBox();
    return { x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 };
  };

  test("a line drawn across the children selects whom it crosses, and nobody else", async () => {
    const middles = await Promise.all(here.map(middleOf));
    const first = middles.findIndex(({ y }, n) => middles[n + 3]?.y === y && here[n + 3] === here[n]! + 3);
    const [start, end] = [middles[first]!, middles[first + 3]!];
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(end.x, end.y, { steps: 30 });
    await page.mouse.up();
    const chosen = await cells().evaluateAll((all) =>
      all.flatMap((cell, at) => (cell.getAttribute("aria-selected") === "true" ? [at] : [])),
    );
    expect(chosen).toEqual(here.slice(first, first + 4));
  });

  test("a finger draws as a mouse does", async () => {
    const middles = await Promise.all(here.map(middleOf));
    const first = middles.findIndex(({ y }, n) => middles[n + 2]?.y === y && here[n + 2] === here[n]! + 2);
    const [start, end] = [middles[first]!, middles[first + 2]!];
    const devtools = await page.context().newCDPSession(page);
    const touch = (
      type: "touchStart" | "touchMove" | "touchEnd",
      ...touchPoints: { x: number; y: number }[]
    ) => devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
    await touch("touchStart", start);
    for (let step = 1; step <= 12; step += 1)
      await touch("touchMove", { x: start.x + ((end.x - start.x) * step) / 12, y: start.y });
    await touch("touchEnd");
    await devtools.detach();
    const chosen = await cells().evaluateAll((all) =>
      all.flatMap((cell, at) => (cell.getAttribute("aria-selected") === "true" ? [at] : [])),
    );
    expect(chosen).toEqual(here.slice(first, first + 3));
  });

  test("a bean lands on each of those it was given to, and is gone again", async () => {
    const devtools = await page.context().newCDPSession(page);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await devtools.send("Animation.enable");
    await devtools.send("Animation.setPlaybackRate", { playbackRate: 0 });
    const given = [here[0]!, here[9]!];
    for (const at of given) await cells().nth(at).tap();
    await tiles().first().tap();
    const landings = page.locator(".landing");
    await expect.poll(() => landings.count()).toBe(given.length);
    const boxes = await Promise.all((await landings.all()).map((landing) => landing.boundingBox()));
    const places = await Promise.all(given.map((at) => cells().nth(at).boundingBox()));
    // It comes from above: so far only its column and its size say where to.
    expect(boxes.map((box) => [Math.round(box!.x), Math.round(box!.height)])).toEqual(
      places.map((place) => [Math.round(place!.x), Math.round(place!.height)]),
    );
    await devtools.send("Animation.setPlaybackRate", { playbackRate: 1 });
    await expect.poll(() => landings.count()).toBe(0);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await undo().tap();
    await devtools.detach();
  });

  test("a child is given to by keyboard alone", async () => {
    await page.reload();
    await page.getByRole("listbox").waitFor();
    const isOnChild = () => page.evaluate(() => document.activeElement?.getAttribute("role") === "option");
    for (let presses = 0; presses < 40 && !(await isOnChild()); presses += 1)
      await page.keyboard.press("Tab");
    expect(await isOnChild()).toBe(true);
    await page.keyboard.press("1"); // the tab of the first dimension
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    const chosen = await page.evaluate(() => document.activeElement?.getAttribute("data-child"));
    const at = await cells().evaluateAll(
      (all, id) => all.findIndex((cell) => cell.getAttribute("data-child") === id),
      chosen,
    );
    const before = await beansOf(at);
    await page.keyboard.press("Enter");
    expect(await selected().count()).toBe(1);
    await page.keyboard.press("Enter");
    await expect.poll(() => beansOf(at)).toBeGreaterThan(before);
    await undo().waitFor();
    expect(await selected().count()).toBe(0);
  });

  test("with the pin down the children stay chosen for the next point, also after a reload", async () => {
    const pin = page.getByRole("button", { name: "给完后保留选择" });
    await pin.tap();
    await cells().nth(here[10]!).tap();
    await cells().nth(here[11]!).tap();
    const before = await beansOf(here[10]!);
    await tiles().nth(0).tap();
    await expect.poll(() => beansOf(here[10]!)).toBeGreaterThan(before);
    const between = await beansOf(here[10]!);
    expect(await selected().count()).toBe(2);
    await tiles().nth(1).tap();
    await expect.poll(() => beansOf(here[10]!)).toBeGreaterThan(between);
    expect(await selected().count()).toBe(2);
    await page.reload();
    expect(await pin.getAttribute("aria-pressed")).toBe("true");
    await pin.tap();
    await cells().nth(here[10]!).tap();
    await tiles().nth(0).tap();
    await expect.poll(() => selected().count()).toBe(0);
  });

  test("the sound can be switched off and stays off", async () => {
    const tools = page.getByRole("button", { name: "课堂工具", exact: true });
    await tools.tap();
    await page.getByRole("button", { name: "关掉声音" }).tap();
    await page.reload();
    await tools.tap();
    await page.getByRole("button", { name: "打开声音" }).waitFor();
    await page.keyboard.press("Escape");
    await page.evaluate(() => {
      const Sound = AudioContext;
      globalThis.AudioContext = class extends Sound {
        constructor() {
          super();
          document.body.dataset["heard"] = "";
        }
      };
    });
    const heard = () => page.locator("[data-heard]").count();
    const give = async (at: number) => {
      const before = await beansOf(at);
      await cells().nth(at).tap();
      await tiles().nth(0).tap();
      await expect.poll(() => beansOf(at)).toBeGreaterThan(before);
    };
    await give(here[12]!);
    await tools.tap();
    await page.getByRole("button", { name: "打开声音" }).tap();
    await page.keyboard.press("Escape");
    expect(await heard()).toBe(0);
    await give(here[13]!);
    await expect.poll(heard).toBe(1);
  });

  test("undo is there for ten seconds and then gone; what was given stays", async () => {
    await page.clock.install({ time: STAGE_NOW });
    await page.reload();
    await page.getByRole("listbox").waitFor();
    await page.getByRole("tab", { name: /德育/ }).tap();
    await page.clock.pauseAt(STAGE_NOW.getTime() + MINUTE);
    const before = await beansOf(here[14]!);
    await cells().nth(here[14]!).tap();
    await tiles().nth(0).tap();
    await page.clock.runFor(A_FEW_FRAMES);
    await undo().waitFor();
    await page.clock.runFor(UNDO_FOR_MS - 1_000);
    expect(await undo().count()).toBe(1);
    await page.clock.runFor(1_000);
    await undo().waitFor({ state: "detached" });
    expect(await beansOf(here[14]!)).toBeGreaterThan(before);
  });
});
