/**
 * A board on the projector for longer than a school day: what its page holds after a quarter of the awards and after all
 * of them, in a real browser, garbage collected before each look.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { v7 as uuidv7 } from "uuid";
import type { AwardInput, AwardResults } from "@doudou/shared/contract/awards.ts";
import type { OpenedBoardLink } from "@doudou/shared/contract/board.ts";
import type { AwardablePoints, ClassList, Roster } from "@doudou/shared/contract/classes.ts";
import { buildIfStale } from "../../web/build-if-stale.ts";
import { launchBrowser } from "../support/browser.ts";
import { signIn } from "./client.ts";
import { startServerProcess } from "./server-process.ts";

export interface Held {
  readonly heapMb: number;
  readonly nodes: number;
  readonly listeners: number;
}

const PROJECTOR = { width: 1920, height: 1080 };
/** What is celebrated last has left the screen by then. */
const SETTLES_AFTER_MS = 15_000;

/** @param awards in all; a lively class of fifty gives some hundreds in a day */
export async function boardPageFigures(
  awards: number,
  perSecond: number,
): Promise<{ readonly early: Held; readonly late: Held; readonly told: number }> {
  await buildIfStale();
  const folder = await mkdtemp(join(tmpdir(), "doudou-bench-board-"));
  const server = await startServerProcess<{ address: string }>("school-server.ts", [folder, "1"]);
  const browser = await launchBrowser();
  try {
    const { address } = server.facts;
    const teacher = await signIn(address, "teacher1");
    const { classes } = await teacher.get<ClassList>("/classes");
    const classId = classes[0]!.id;
    const { students } = await teacher.get<Roster>(`/classes/${classId}/roster`);
    const { points } = await teacher.get<AwardablePoints>(`/observation-points?classId=${classId}`);
    const simple = points.filter(({ evidence }) => evidence !== "required");
    const { code } = await teacher.post<OpenedBoardLink>(`/classes/${classId}/board-links`, {
      way: "code",
      showsNumbers: true,
    });
    const page = await browser.newPage({ viewport: PROJECTOR, locale: "zh-CN" });
    await page.addInitScript(() => {
      let told = 0;
      Object.assign(globalThis, { awardsTold: () => told });
      globalThis.EventSource = class extends globalThis.EventSource {
        constructor(...of: ConstructorParameters<typeof EventSource>) {
          super(...of);
          this.addEventListener("award", () => (told += 1));
        }
      };
    });
    await page.goto(`${address}/board`);
    await page.getByLabel("投屏码").fill(code!);
    await page.getByRole("button", { name: "打开", exact: true }).click();
    await page.locator("[data-plant]").first().waitFor();

    const give = async (from: number, to: number) => {
      const begun = performance.now();
      for (let nth = from; nth < to; nth += perSecond) {
        const batch: AwardInput[] = Array.from({ length: Math.min(perSecond, to - nth) }, (_, i) => ({
          id: uuidv7(),
          studentId: students[(nth + i) % students.length]!.id,
          observationPointId: simple[(nth + i) % simple.length]!.id,
          occurredAt: new Date().toISOString(),
        }));
        await teacher.post<AwardResults>("/awards", { awards: batch });
        await pause(Math.max(0, begun + ((nth - from) / perSecond + 1) * 1000 - performance.now()));
      }
      await pause(SETTLES_AFTER_MS);
      return await heldBy(page);
    };
    const early = await give(0, Math.floor(awards / 4));
    const late = await give(Math.floor(awards / 4), awards);
    return { early, late, told: await page.evaluate<number>("awardsTold()") };
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function heldBy(page: Page): Promise<Held> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await devtools.send("Memory.getDOMCounters");
  await devtools.detach();
  return { heapMb: usedSize / 1e6, nodes, listeners: jsEventListeners };
}
