/** JavaScript that the first visit of a route loads, gzipped: seen in a real browser, measured on the files. */
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { BrowserContext, Request } from "playwright-core";

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
  const scripts: { readonly isBefore: boolean; readonly size: Promise<number> }[] = [];
  const before = new Set<Request>();
  let isShown = false;
  let askedAt = 0;
  page.on("request", (request) => {
    if (request.resourceType() !== "eventsource") asking.add(request);
    if (!isShown) before.add(request);
    askedAt = performance.now();
  });
  const over = (request: Request) => asking.delete(request);
  page.on("requestfinished", over).on("requestfailed", over);
  page.on("response", (response) => {
    const request = response.request();
    if (request.resourceType() !== "script" || !response.ok()) return;
    const size = response.body().then((body) => gzipSync(body, { level: 9 }).byteLength);
    scripts.push({ isBefore: before.has(request), size });
  });
  await page.goto(path, { waitUntil: "commit" });
  await page.locator(shows).first().waitFor();
  isShown = true;
  while (asking.size > 0 || performance.now() - askedAt < QUIET_MS) await pause(50);
  const sizes = await Promise.all(
    scripts.map(async ({ isBefore, size }) => ({ isBefore, size: await size })),
  );
  await page.close();
  const sum = (of: typeof sizes) => of.reduce((total, { size }) => total + size, 0);
  return { untilShown: sum(sizes.filter(({ isBefore }) => isBefore)), untilQuiet: sum(sizes) };
}
