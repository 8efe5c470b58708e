/**
 * How long a teacher waits: until the class page can be tapped, on a slow network or from the service worker, and until
 * an outbox full of awards has been taken by the server. In a real browser, on a class of 50.
 */
import type { BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { SCREENS } from "../support/stage.ts";
import { startServerProcess } from "./server-process.ts";

export interface ClassPageFigures {
  /** From the navigation's start until a child can be tapped, ms, processor slowed down fourfold; medians. */
  readonly readyFirst: number;
  readonly readyFromWorker: number;
  /** Awards a second, from the moment the network is back until nothing waits any more. */
  readonly drained: number;
}

export interface BenchFacts {
  readonly address: string;
  readonly cookie: string;
  readonly classId: string;
  readonly studentIds: readonly string[];
  readonly pointIds: readonly string[];
}

const SLOWDOWN = 4;
const ROUNDS = 5;
const WAITING = 5000;
const READY = "ready";
/** Lighthouse's "slow 4G": 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up. */
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};

export async function classPageFigures(): Promise<ClassPageFigures> {
  const server = await startServerProcess<BenchFacts>("bench-server.ts", ["product", "50"]);
  const browser = await launchBrowser();
  try {
    const { facts } = server;
    const address = `/classes/${facts.classId}`;
    const first: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const context = await signedInContext();
      first.push(await ready(await throttledPage(context), address));
      await context.close();
    }
    const installed = await signedInContext();
    const page = await installed.newPage();
    await page.goto(address);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    const fromWorker: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const again = await throttledPage(installed);
      fromWorker.push(await ready(again, address));
      await again.close();
    }
    const drained = await drain(page, facts);
    return { readyFirst: medianOf(first), readyFromWorker: medianOf(fromWorker), drained };

    async function signedInContext(): Promise<BrowserContext> {
      const context = await browser.newContext({
        ...SCREENS.tablet,
        baseURL: facts.address,
        locale: "zh-CN",
      });
      const [name = "", value = ""] = facts.cookie.split("=");
      await context.addCookies([{ name, value, url: facts.address }]);
      return context;
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function throttledPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  // Noted and told by the page itself: asking it from outside takes as long as what is measured.
  await page.addInitScript((word) => {
    const noting = new MutationObserver(() => {
      if (!document.querySelector("[data-child]")) return;
      noting.disconnect();
      requestAnimationFrame(() => setTimeout(() => console.debug(word, performance.now())));
    });
    noting.observe(document, { childList: true, subtree: true });
  }, READY);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", SLOW_4G);
  return page;
}

/** @returns ms from the start of the navigation until the children have been painted and can be tapped */
async function ready(page: Page, address: string): Promise<number> {
  const told = page.waitForEvent("console", (message) => message.text().startsWith(READY));
  await page.goto(address, { waitUntil: "commit" });
  return Number((await told).text().slice(READY.length));
}

/** @returns awards a second */
async function drain(page: Page, school: BenchFacts): Promise<number> {
  await page.route("**/api/v1/awards", (route) => route.abort());
  await page.evaluate(
    async ({ count, classId, studentIds, pointIds }) => {
      const response = await fetch("/api/v1/session");
      const { account } = (await response.json()) as { account: { id: string } };
      const opening = indexedDB.open("doudou");
      await new Promise((opened) => opening.addEventListener("success", opened));
      const database = opening.result;
      const adding = database.transaction("outbox", "readwrite");
      const now = Date.now();
      for (let at = 0; at < count; at++) {
        const id = `${(now + at)
          .toString(16)
          .padStart(12, "0")
          .replace(/^(.{8})(.{4})$/, "$1-$2")}-7000-8000-${at.toString(16).padStart(12, "0")}`;
        const point = pointIds[at % pointIds.length];
        const award = {
          id,
          studentId: studentIds[at % studentIds.length],
          observationPointId: point,
          occurredAt: new Date(now).toISOString(),
        };
        adding.objectStore("outbox").put({
          wanted: "award",
          state: "waiting",
          id,
          accountId: account.id,
          award,
          classId,
          studentName: "林小满",
          dimension: "moral",
          kind: "behaviour",
          day: "2026-11-11",
          point: { zh: "观测点 1", en: "Point 1" },
          beans: 1,
          clockOffset: 0,
        });
      }
      await new Promise((added) => adding.addEventListener("complete", added));
      database.close();
    },
    { ...school, count: WAITING },
  );
  await page.reload();
  await page.getByText(`待发送 ${WAITING}`).waitFor();
  await page.unroute("**/api/v1/awards");
  const ms = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const started = performance.now();
        const status = document.querySelector("header [role=status]")!;
        new MutationObserver(() => {
          if (status.textContent.includes("已送达")) resolve(performance.now() - started);
        }).observe(status, { childList: true, subtree: true, characterData: true });
        dispatchEvent(new Event("online"));
      }),
  );
  return WAITING / (ms / 1000);
}

function medianOf(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
}
