/** JavaScript that the first visit of a route loads, gzipped: seen in a real browser, measured on the files. */
import { gzipSync } from "node:zlib";
import type { BrowserContext } from "playwright-core";

/** @returns bytes of all scripts that the page loads until it is quiet, each gzipped as a server would send it */
export async function gzippedScripts(context: BrowserContext, path: string): Promise<number> {
  const page = await context.newPage();
  const scripts: Promise<number>[] = [];
  page.on("response", (response) => {
    const isScript = response.request().resourceType() === "script" && response.ok();
    if (isScript) scripts.push(response.body().then((body) => gzipSync(body, { level: 9 }).byteLength));
  });
  await page.goto(path, { waitUntil: "networkidle" });
  const sizes = await Promise.all(scripts);
  await page.close();
  return sizes.reduce((sum, size) => sum + size, 0);
}
