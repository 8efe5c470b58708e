/**
 * The demo school on a real socket with a real browser before it: what the end-to-end stories play on.
 * Both clocks stand at STAGE_NOW, so that a story reads the same on any day.
 */
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContext, BrowserContextOptions, Page, Request } from "playwright-core";
import { expect, inject } from "vitest";
import { readConfig } from "@doudou/server/config.ts";
import { DEMO_PASSWORD } from "@doudou/server/demo.ts";
import {
  createDeps,
  openConfiguredDatabase,
  type RunningServer,
  startServer,
} from "@doudou/server/server.ts";
import { launchBrowser } from "./browser.ts";
import { STAGE_NOW } from "./stage-time.ts";

/** The screens the product is looked at on. */
export const SCREENS = {
  tablet: { viewport: { width: 1180, height: 820 }, hasTouch: true },
  portrait: { viewport: { width: 820, height: 1180 }, hasTouch: true },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1440, height: 900 } },
} satisfies Record<string, BrowserContextOptions>;

export interface Stage {
  readonly server: RunningServer;
  readonly browser: Browser;
  /** Opens a browser of one's own, signed out. */
  openContext(screen: keyof typeof SCREENS, locale?: "zh-CN" | "en"): Promise<BrowserContext>;
  /** Opens a browser of one's own and signs in. @returns the page, at the role's home */
  signIn(login: string, screen: keyof typeof SCREENS, locale?: "zh-CN" | "en"): Promise<Page>;
  close(): Promise<void>;
}

export interface StageOptions {
  /** For the browser, such as a camera to look through. */
  readonly args?: readonly string[];
  /** For the server, besides what every stage has. */
  readonly env?: Readonly<Record<string, string>>;
  /** The server's clock, where a story must let time pass. */
  readonly now?: () => Date;
  /**
   * As people have it: the app installs itself (hundreds of files for every browser opened), things move, and one signs
   * in by the form. What a story is not about is left out of it otherwise, in two thirds of the time.
   */
  readonly isAsAtHome?: boolean;
}

export async function openStage({
  args = [],
  env = {},
  now = () => STAGE_NOW,
  isAsAtHome = false,
}: StageOptions = {}): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), "doudou-stage-"));
  await cp(inject("demoDataDir"), dataDir, { recursive: true });
  const config = readConfig({ DATA_DIR: dataDir, PORT: "0", DOUDOU_LOG: "error", ...env });
  const database = await openConfiguredDatabase(config);
  const deps = await createDeps(config, database, now);
  const server = await startServer(deps);
  const browser = await launchBrowser({ args: [...args] });

  const openContext: Stage["openContext"] = async (screen, locale = "zh-CN") => {
    const context = await browser.newContext({
      ...SCREENS[screen],
      locale,
      baseURL: server.address,
      acceptDownloads: true,
      ...(isAsAtHome ? {} : { serviceWorkers: "block", reducedMotion: "reduce" }),
    });
    await context.clock.setFixedTime(STAGE_NOW);
    context.setDefaultTimeout(15_000);
    return context;
  };
  return {
    server,
    browser,
    openContext,
    async signIn(login, screen, locale = "zh-CN") {
      const page = await (await openContext(screen, locale)).newPage();
      await (isAsAtHome ? signInByForm(page, login, locale) : signInByCall(page, login));
      if (locale !== "zh-CN") {
        // A demo account speaks Chinese wherever it signs in, until its owner chooses otherwise.
        await page.request.patch("/api/v1/account", { data: { locale } });
        await page.reload();
      }
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Opens what of a portfolio stays closed until it is asked for, such as 我的活动. */
export async function openChapter(page: Page, title: string): Promise<void> {
  const cards = page.getByRole("list", { name: /^(翻开看看|Open a chapter)$/ });
  await cards.getByRole("button", { name: title }).click();
}

async function signInByForm(page: Page, login: string, locale: "zh-CN" | "en"): Promise<void> {
  await page.goto("/sign-in");
  const words = SIGN_IN_WORDS[locale];
  await page.getByLabel(words.login, { exact: true }).fill(login);
  await page.getByLabel(words.password, { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: words.action, exact: true }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

async function signInByCall(page: Page, login: string): Promise<void> {
  const answer = await page.request.post("/api/v1/session", { data: { login, password: DEMO_PASSWORD } });
  expect(answer.status()).toBe(200);
  await page.goto("/");
  await page.waitForURL((url) => url.pathname !== "/");
}

const SIGN_IN_WORDS = {
  "zh-CN": { login: "账号", password: "密码", action: "登录" },
  en: { login: "Login", password: "Password", action: "Sign in" },
} as const;

/** What the server answers to whoever is signed in on a page. */
export async function ask<T>(page: Page, path: string): Promise<T> {
  const response = await page.request.get(`/api/v1${path}`);
  expect(response.status()).toBe(200);
  return (await response.json()) as T;
}

/** Opens an address and waits until the page has all it asked for; a stream of events, which never ends, is left out. */
export async function openPath(page: Page, path: string): Promise<void> {
  const asking = new Set<Request>();
  const asks = (request: Request) => request.resourceType() !== "eventsource" && asking.add(request);
  const has = (request: Request) => asking.delete(request);
  page.on("request", asks).on("requestfinished", has).on("requestfailed", has);
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).first().waitFor({ state: "attached" });
  const drawn = () =>
    page.evaluate(() => new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame))));
  const open = () => drawn().then(() => [...asking].map((request) => request.url()));
  await expect.poll(open, { timeout: 30_000 }).toEqual([]);
  page.off("request", asks).off("requestfinished", has).off("requestfailed", has);
}

/**
 * Fails with what axe finds on the page as it is now: WCAG 2.2 A and AA and best practice, nothing switched off.
 * Works out violations only and in the page itself, a third of the time: another page is needed only for frames of
 * other origins, and there are none. What is still coming in, half seen, is waited for.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => ({
    id,
    at: nodes.map((node) => node.target.join(" ")),
    why: nodes[0]?.failureSummary,
  }));
  expect(found, JSON.stringify(found, null, 1)).toEqual([]);
}

const repository = resolve(import.meta.dirname, "../..");

/**
 * Keeps a picture of the page: with `PICTURES=1` and a name that the README shows, for the README; else beside the test
 * results for whoever wants to look.
 */
export async function takePicture(page: Page, name: string): Promise<void> {
  const shown = `docs/pictures/${name}.png`;
  const isForReadme =
    process.env["PICTURES"] === "1" &&
    (await readFile(join(repository, "README.md"), "utf8")).includes(`(${shown})`);
  const path = join(repository, isForReadme ? shown : `tests/test-results/${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: "disabled" });
}
