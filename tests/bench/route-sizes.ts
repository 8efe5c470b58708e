/**
 * JavaScript that the first visit of a route loads, gzipped: seen in a real browser, measured on the files. What was
 * asked for before the page showed is told by the page's own clock: asking it from outside comes too late to tell, and a
 * clock that a test has set holds up the page's timers.
 */
import { randomUUID } from "node:crypto";
import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { BrowserContext, Request, Response } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { PASSWORD, type Person } from "../support/school.ts";
import { SCREENS } from "../support/stage.ts";
import { startServerProcess } from "./server-process.ts";

/** Bytes, each script gzipped as a server would send it. */
export interface ScriptSizes {
  /** Asked for before the page showed what it is for. */
  readonly untilShown: number;
  /** With what it fetches afterwards; a stream of events, which never ends, keeps no page from being quiet. */
  readonly untilQuiet: number;
}

interface Facts {
  readonly address: string;
  readonly classId: string;
  readonly termId: string;
  readonly studentIds: readonly string[];
  readonly people: Readonly<Record<Reader, Person>>;
}

type Reader = "teacher" | "admin" | "guardian" | "student";

const QUIET_MS = 500;
const ROUTES = join(import.meta.dirname, "../../web/src/routes");
/** Who opens the pages of a group; the others are open to anybody. */
const READERS: Readonly<Record<string, Reader>> = {
  "(account)": "teacher",
  "(family)": "guardian",
  "(school)": "admin",
  "(student)": "student",
  "(teacher)": "teacher",
};
/** What a page is for, where that is more than its heading. */
const SHOWS: Readonly<Record<string, string>> = {
  "/classes": "main a[href^='/classes/']",
  "/classes/:classId": "[data-child]",
};

/** @returns by route, of every page there is, each opened by somebody it is for */
export async function scriptsOfRoutes(): Promise<Readonly<Record<string, ScriptSizes>>> {
  const server = await startServerProcess<Facts>("bench-server.ts", ["product", "50"]);
  const browser = await launchBrowser();
  try {
    const { facts } = server;
    const scripts: Record<string, ScriptSizes> = {};
    for (const folder of globSync("**/+page.svelte", { cwd: ROUTES }).map(dirname).sort()) {
      const context = await browser.newContext({
        ...SCREENS.tablet,
        baseURL: facts.address,
        locale: "zh-CN",
        serviceWorkers: "block",
      });
      const reader = READERS[folder.split("/")[0] ?? ""];
      if (reader !== undefined) await signIn(context, facts.people[reader]);
      const route = `/${folder.replace(/\(\w+\)\//, "")}`.replaceAll(/\[(\w+)\]/g, ":$1");
      const path = route.replaceAll(/(\w+)\/:(\w+)/g, (_, of, name) => `${of}/${idOf(name, of, facts)}`);
      scripts[route] = await gzippedScripts(context, path, SHOWS[route] ?? "h1");
      await context.close();
    }
    return scripts;
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function signIn(context: BrowserContext, { login }: Person): Promise<void> {
  const answer = await context.request.post("/api/v1/session", { data: { login, password: PASSWORD } });
  if (!answer.ok()) throw new Error(`${login} is not let in: ${answer.status()}`);
}

/** Of what the school has none of, such as incidents, any id will do: counted is the page that says so. */
function idOf(name: string, of: string, { classId, termId, studentIds, people }: Facts): string {
  const { guardian, teacher } = people;
  const { membershipId } = of === "guardians" ? guardian : teacher;
  const ids: Readonly<Record<string, string>> = { classId, termId, studentId: studentIds[0]!, membershipId };
  return ids[name] ?? randomUUID();
}

/** @param shows what the page is for, as a selector */
async function gzippedScripts(context: BrowserContext, path: string, shows: string): Promise<ScriptSizes> {
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
      Object.assign(globalThis, { shownAfter: performance.now() });
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
