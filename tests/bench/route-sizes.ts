/**
 * JavaScript that the first visit of a route loads, gzipped: seen in a real browser, measured on the files. What was
 * asked for before the page showed is told by the page's own clock: asking it from outside comes too late to tell.
 */
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { BrowserContext, Request, Response } from "playwright-core";

/** Bytes, each script gzipped as a server would send it. */
export interface ScriptSizes {
  /** Asked for before the page showed what it is for. */
  readonly untilShown: number;
  /** With what it fetches afterwards; a stream of events, which never ends, keeps no page from being quiet. */
  readonly untilQuiet: number;
}

const QUIET_MS = 500;

/** @param shows what the page is for, as a selector */
export async function gzippedScripts(
  context: BrowserContext,
  path: string,
  shows: string,
): Promise<ScriptSizes> {
  const page = await context.newPage();
  const asking = new Set<Request>();
  const scripts: Response[] = [];
  let askedAt = 0;
  page.on("request", (request) => {
    if (request.resourceType() !== "eventsource") asking.add(request);
    askedAt = performance.now();
  });
  const over = (request: Request) => asking.delete(request);
  page.on("requestfinished", over).on("requestfailed", over);
  page.on("response", (response) => {
    const request = response.request();
    if (request.resourceType() !== "script" || !response.ok()) return;
    scripts.push(response);
  });
  await page.addInitScript((selector) => {
    const noting = new MutationObserver(() => {
      if (!document.querySelector(selector)) return;
      noting.disconnect();
      // An event's time is the browser's own, also where the test has set the page's clock.
      requestAnimationFrame(() => Object.assign(globalThis, { shownAfter: new Event("shown").timeStamp }));
    });
    noting.observe(document, { childList: true, subtree: true });
  }, shows);
  const landing = await page.goto(path, { waitUntil: "commit" });
  await page.locator(shows).first().waitFor();
  while (asking.size > 0 || performance.now() - askedAt < QUIET_MS) await pause(50);
  const shownAt = (landing?.request().timing().startTime ?? 0) + (await page.evaluate<number>("shownAfter"));
  const sizes = await Promise.all(
    scripts.map(async (script) => ({
      isBefore: script.request().timing().startTime <= shownAt,
      size: gzipSync(await script.body(), { level: 9 }).byteLength,
    })),
  );
  await page.close();
  const sum = (of: typeof sizes) => of.reduce((total, { size }) => total + size, 0);
  return { untilShown: sum(sizes.filter(({ isBefore }) => isBefore)), untilQuiet: sum(sizes) };
}
