/** The class page is opened most, on the slowest devices: what it loads before it shows its children stays small. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { buildIfStale } from "../../web/build-if-stale.ts";

const BUILD = join(import.meta.dirname, "../../web/build");
/** Gzipped, as `pnpm bench pages` measures it: the goal of the project. */
const MOST_BYTES = 80_000;

test("the shell of the class page names no more JavaScript than it did", async () => {
  await buildIfStale();
  const pages = JSON.parse(await readFile(join(BUILD, "pages.json"), "utf8")) as {
    readonly path: string;
    readonly shell: string;
  }[];
  const page = pages.find(({ path }) => new RegExp(path).test("/classes/a-class"));
  const shell = await readFile(join(BUILD, page?.shell ?? ""), "utf8");
  const scripts = new Set([...shell.matchAll(/(?:href|src)="\/([^"]+\.js)"/g)].map(([, file = ""]) => file));
  const sizes = await Promise.all(
    [...scripts].map(async (file) => gzipSync(await readFile(join(BUILD, file)), { level: 9 }).byteLength),
  );
  expect(scripts.size).toBeGreaterThan(5);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_BYTES);
});
