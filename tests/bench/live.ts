/**
 * Boards that look on while a class is awarded: from the tap, which is the moment the tablet's request leaves, until each
 * board has read the event; and the server's memory meanwhile. Real sockets; the server is a process of its own, tablet
 * and boards are this one.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { v7 as uuidv7 } from "uuid";
import type { OpenedBoardLink } from "@doudou/shared/contract/board.ts";
import type { AwardablePoints, ClassList, Roster } from "@doudou/shared/contract/classes.ts";
import { readPosition } from "@doudou/shared/domain/feed-position.ts";
import { DEMO_PASSWORD } from "@doudou/server/demo.ts";
import { startServerProcess } from "./server-process.ts";

export interface LiveFigures {
  readonly given: number;
  /** Events that boards should have read and have not. */
  readonly missing: number;
  /** ms */
  readonly median: number;
  readonly p99: number;
  /** The server's, in the second and in the last quarter of the time. */
  readonly rssMb: { readonly early: number; readonly late: number };
}

/** A link may have so many screens. */
const SCREENS_OF_A_LINK = 8;
const SETTLES_WITHIN_MS = 3000;

export async function liveFigures(boards: number, perSecond: number, seconds: number): Promise<LiveFigures> {
  const folder = await mkdtemp(join(tmpdir(), "doudou-bench-live-"));
  const server = await startServerProcess<{ address: string }>("school-server.ts", [folder, "1"]);
  const screens: (() => void)[] = [];
  try {
    const tablet = await signIn(server.facts.address);
    const tappedAt = new Map<string, number>();
    const numberOf = new Map<string, number>();
    screens.push(
      await listen(tablet.live, { cookie: tablet.cookie }, (number, award) =>
        numberOf.set((award as { id: string }).id, number),
      ),
    );
    const readAt: Map<number, number>[] = [];
    for (let board = 0; board < boards; board++) {
      if (board % SCREENS_OF_A_LINK === 0) await tablet.openBoard();
      const read = new Map<number, number>();
      readAt.push(read);
      const { path, authorization } = tablet.board();
      screens.push(await listen(path, { authorization }, (number) => read.set(number, performance.now())));
    }

    const rss: number[] = [];
    const begun = performance.now();
    for (let given = 0; given < perSecond * seconds; given++) {
      await pause(Math.max(0, begun + (given * 1000) / perSecond - performance.now()));
      const id = uuidv7();
      tappedAt.set(id, performance.now());
      tablet.give(id, given);
      if (given % perSecond === 0) rss.push(await rssMbOf(server.pid));
    }
    await pause(SETTLES_WITHIN_MS);
    await tablet.answered();

    const latencies: number[] = [];
    for (const [id, tapped] of tappedAt) {
      const number = numberOf.get(id) ?? -1;
      for (const read of readAt) latencies.push((read.get(number) ?? Infinity) - tapped);
    }
    latencies.sort((a, b) => a - b);
    const at = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? Infinity;
    const quarter = (n: number) =>
      medianOf(rss.slice(Math.floor((rss.length * n) / 4), Math.ceil((rss.length * (n + 1)) / 4)));
    return {
      given: tappedAt.size,
      missing: latencies.filter((latency) => latency === Infinity).length,
      median: at(0.5),
      p99: at(0.99),
      rssMb: { early: quarter(1), late: quarter(3) },
    };
  } finally {
    for (const leave of screens) leave();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A teacher's tablet, which also makes links for boards. */
async function signIn(address: string) {
  const api = `${address}/api/v1`;
  const call = async <T>(path: string, init: RequestInit = {}, cookie = ""): Promise<T> => {
    const headers = { "content-type": "application/json", cookie };
    const response = await fetch(api + path, { ...init, headers });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  const signedIn = await fetch(`${api}/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login: "teacher1", password: DEMO_PASSWORD }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  const { classes } = await call<ClassList>("/classes", {}, cookie);
  const classId = classes[0]?.id ?? "";
  const { students } = await call<Roster>(`/classes/${classId}/roster`, {}, cookie);
  const { points } = await call<AwardablePoints>(`/observation-points?classId=${classId}`, {}, cookie);
  const simple = points.filter(({ evidence }) => evidence !== "required");
  const post = (path: string, body: object) =>
    call<unknown>(path, { method: "POST", body: JSON.stringify(body) }, cookie);
  const underWay = new Set<Promise<unknown>>();
  let link: OpenedBoardLink | undefined;
  return {
    cookie,
    live: `${api}/classes/${classId}/live`,
    async openBoard() {
      const wanted = { way: "here", showsNumbers: true };
      link = (await post(`/classes/${classId}/board-links`, wanted)) as OpenedBoardLink;
    },
    board: () => ({
      path: `${api}/board/${link?.link.id}/live`,
      authorization: `Bearer ${link?.token}`,
    }),
    give(id: string, nth: number) {
      const award = {
        id,
        studentId: students[nth % students.length]?.id,
        observationPointId: simple[nth % simple.length]?.id,
        occurredAt: new Date().toISOString(),
      };
      const sent = post("/awards", { awards: [award] });
      underWay.add(sent);
      void sent.finally(() => underWay.delete(sent)).catch(() => {}); // told by `answered`
    },
    answered: () => Promise.all(underWay),
  };
}

/** Reads a stream as it comes. @returns what leaves it */
async function listen(
  address: string,
  headers: Record<string, string>,
  onAward: (number: number, award: unknown) => void,
): Promise<() => void> {
  const { promise: isOpen, resolve, reject } = Promise.withResolvers<void>();
  let rest = "";
  const request = get(address, { headers, agent: false }, (response) => {
    if (response.statusCode !== 200) reject(new Error(`${address} answered ${response.statusCode}`));
    response.setEncoding("utf8").on("data", (text: string) => {
      const blocks = (rest + text).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const [, id, name, value] = /^id: (\S+)\nevent: (\w+)\ndata: (.*)$/.exec(block) ?? [];
        if (name === "position") resolve();
        const number = readPosition(id)?.awards;
        if (name === "award" && number !== undefined) onAward(number, JSON.parse(value ?? ""));
      }
    });
    response.on("error", () => {}); // left
  });
  request.on("error", reject);
  await isOpen;
  return () => request.destroy();
}

async function rssMbOf(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) / 1024;
}

function medianOf(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
}
