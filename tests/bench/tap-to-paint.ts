/** What a teacher feels: from the tap to the paint that answers it, on a class of 50, the processor slowed down fourfold. */
import { setTimeout } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";
import { SCREENS } from "../support/stage.ts";
import { launchBrowser } from "../support/browser.ts";
import { WORLD_NOW } from "../support/school.ts";
import { startServerProcess } from "./server-process.ts";

export interface TapFigures {
  /** Of taps on children and tiles. */
  readonly tapToPaint: Taps;
  /** The same taps on fifty plain buttons that only change colour: what browser and machine take by themselves. */
  readonly tapToPaintBare: Taps;
}

/** Event timing, in ms as the browser gives it (steps of 8); what takes less than 16 is not counted. */
interface Taps {
  readonly median: number;
  readonly p98: number;
}

const SLOWDOWN = 4;
const BETWEEN_TAPS = 333;
const BARE = `<style>button { width: 7rem; height: 6rem } [aria-pressed="true"] { background: gold }</style>
${"<button aria-pressed='false'>林小满</button>".repeat(50)}`;

export async function tapFigures(): Promise<TapFigures> {
  const server = await startServerProcess<{ address: string; cookie: string; classId: string }>(
    "bench-server.ts",
    ["product", "50"],
  );
  const browser = await launchBrowser();
  try {
    const { address, cookie, classId } = server.facts;
    const context = await browser.newContext({
      ...SCREENS.tablet,
      baseURL: address,
      locale: "zh-CN",
      serviceWorkers: "block",
    });
    await context.clock.setFixedTime(WORLD_NOW);
    const [name = "", value = ""] = cookie.split("=");
    await context.addCookies([{ name, value, url: address }]);
    const page = await context.newPage();
    await page.goto(`/classes/${classId}`);
    const children = page.getByRole("listbox").getByRole("option");
    await children.first().waitFor();
    const tapToPaint = await taps(page, children, page.locator("button.tile").first());
    await page.goto("about:blank");
    await page.setContent(BARE);
    await page.evaluate(() =>
      addEventListener("click", ({ target }) => (target as Element).setAttribute("aria-pressed", "true")),
    );
    const buttons = page.getByRole("button");
    return { tapToPaint, tapToPaintBare: await taps(page, buttons, buttons.last()) };
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * Chooses four, then gives; twelve times. Taps by the finger's place, a third of a second apart, as a quick teacher does:
 * looking for the element before each tap would be work of the slowed-down page, counted with the tap before.
 */
async function taps(page: Page, children: Locator, tile: Locator): Promise<Taps> {
  await page.evaluate(() => {
    const durations: number[] = [];
    Object.assign(globalThis, { durations });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (["pointerdown", "pointerup", "click"].includes(entry.name)) durations.push(entry.duration);
      }
    }).observe({ type: "event", durationThreshold: 16, buffered: false } as PerformanceObserverInit);
  });
  const places = await Promise.all((await children.all()).slice(0, 48).map(middle));
  await children.first().tap();
  const giving = await middle(tile);
  await children.first().tap();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  for (let round = 0; round < 12; round++) {
    for (const place of [...places.slice(round * 4, round * 4 + 4), giving]) {
      await page.touchscreen.tap(place.x, place.y);
      await setTimeout(BETWEEN_TAPS);
    }
  }
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  const durations = await page.evaluate<number[]>("durations");
  if (durations.length === 0) return { median: 16, p98: 16 };
  durations.sort((a, b) => a - b);
  return {
    median: durations[Math.floor(durations.length / 2)]!,
    p98: durations[Math.floor(durations.length * 0.98)]!,
  };
}

async function middle(element: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await element.boundingBox();
  if (!box) throw new Error("what is to be tapped is not on the screen");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
