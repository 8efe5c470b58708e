/** The class page is opened most, on the slowest devices: what it loads before it shows its children stays small. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Route } from "playwright-core";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import { expect, onTestFinished, test } from "vitest";
import { buildIfStale } from "../../web/build-if-stale.ts";
import { ask, openStage } from "../support/stage.ts";

const BUILD = join(import.meta.dirname, "../../web/build");
/** Gzipped, as `pnpm bench pages` measures it: the goal of the project. */
const MOST_BYTES = 80_000;
/** A slow tablet takes some milliseconds for each. */
const MOST_FILES = 9;

test("the shell of the class page names few files, no more JavaScript than the goal, and none that holds up what is drawn", async () => {
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
  const inItsWay = [...shell.matchAll(/<script(?![^>]*\s(?:async|defer|type="module")[\s>])[^>]*>/g)];
  expect(inItsWay.map(([tag]) => tag)).toEqual([]);
  expect(scripts.size).toBeGreaterThan(5);
  expect(scripts.size).toBeLessThanOrEqual(MOST_FILES);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_BYTES);
});

test("the class is asked for while the app is still on its way, and once only", async () => {
  const stage = await openStage();
  onTestFinished(() => stage.close());
  const page = await stage.signIn("teacher2", "tablet");
  const classId = (await ask<ClassList>(page, "/classes")).classes[0]!.id;
  await page.goto("about:blank");

  const held: Route[] = [];
  let isAppHeld = true;
  await page.route("**/_app/immutable/chunks/*.js", (route) =>
    isAppHeld ? held.push(route) : route.continue(),
  );
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith("/api/")) asked.push(pathname.replace("/api/v1", "") + search);
  });
  const first = ["/session", `/classes/${classId}/roster`, `/observation-points?classId=${classId}`];
  const answered = Promise.all(first.map((path) => page.waitForResponse(`**${path}`)));
  await page.goto(`/classes/${classId}`, { waitUntil: "commit" });
  await answered;
  expect(held.length).toBeGreaterThan(0);
  expect(asked).toEqual(first);

  isAppHeld = false;
  await Promise.all(held.map((route) => route.continue()));
  await page.getByRole("listbox").getByRole("option").first().waitFor();
  expect(asked.filter((path) => first.includes(path))).toEqual(first);
});

test("the app can be installed: its manifest has what browsers ask for, and its pictures are as large as it says", async () => {
  await buildIfStale();
  const manifest = JSON.parse(await readFile(join(BUILD, "manifest.webmanifest"), "utf8")) as {
    readonly name: string;
    readonly start_url: string;
    readonly display: string;
    readonly icons: readonly { src: string; sizes: string; type: string; purpose: string }[];
  };
  expect(manifest).toMatchObject({ name: "豆豆成长", start_url: "/", display: "standalone" });
  const pictures = manifest.icons.filter(({ type }) => type === "image/png");
  expect(pictures.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual(
    expect.arrayContaining(["192x192 any", "512x512 any", "512x512 maskable"]),
  );
  for (const { src, sizes } of pictures) {
    const head = await readFile(join(BUILD, src));
    expect(`${head.readUInt32BE(16)}x${head.readUInt32BE(20)}`).toBe(sizes);
  }
});
