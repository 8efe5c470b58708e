/** JavaScript that the first visit of a route loads, gzipped: seen in a real browser, measured on the files. */
import { gzipSync } from "node:zlib";
import { setTimeout as pause } from "node:timers/promises";
import type { BrowserContext, Request } from "playwright-core";

const QUIET_MS = 500;

/**
 * @returns bytes of all scripts that the page loads until it is quiet, each gzipped as a server would send it; a stream
 * of events, which never ends, keeps no page from being quiet
 */
export async function gzippedScripts(context: BrowserContext, path: string): Promise<number> {
  const page = await context.newPage();
  const scripts: Promise<number>[] = [];
  page.on("response", (response) => {
    const isScript = response.request().resourceType() === "script" && response.ok();
    if (isScript) scripts.push(response.body().then((body) => gzipSync(body, { level: 9 }).byteLength));
  });
  const asking = new Set<Request>();
  let askedAt = 0;
  page.on("request", (request) => {
    if (request.resourceType() !== "eventsource") asking.add(request);
    askedAt = performance.now();
  });
  const answered = (request: Request) => asking.delete(request);
  page.on("requestfinished", answered).on("requestfailed", answered);
  await page.goto(path);
  while (asking.size > 0 || performance.now() - askedAt < QUIET_MS) await pause(50);
  const sizes = await Promise.all(scripts);
  await page.close();
  return sizes.reduce((sum, size) => sum + size, 0);
}
