/**
 * `pnpm bench`: the product's figures, as ratios within one run on one machine. `pnpm bench post pdf` measures only those
 * parts: `start` how long one waits for the demo and for `pnpm start`, `post`, `reads`, `pdf`, `publish`, `pages` (with the
 * JavaScript of every route), `lighthouse` (which is fetched for it), `board` what a board's page holds and `live`. `--full`
 * adds 10 million awards, `--soak` lets 200 boards look on for 20 minutes, `--write` keeps the table in RESULTS.md.
 */
import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildIfStale } from "../../web/build-if-stale.ts";
import { awardPostLoad } from "./award-post.ts";
import { boardPageFigures } from "./board-page.ts";
import { liveFigures } from "./live.ts";
import { classPageFigures } from "./class-page.ts";
import { lighthouseScores } from "./lighthouse.ts";
import { pdfFigures, schoolPdfFigures } from "./pdfs.ts";
import { publishFigures } from "./publish.ts";
import { readFigures } from "./reads.ts";
import { scriptsOfRoutes } from "./route-sizes.ts";
import { startFigures } from "./start.ts";
import { tapFigures } from "./tap-to-paint.ts";

interface Row {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: "boolean", default: false },
    soak: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    cache: { type: "string", default: join(import.meta.dirname, "../../.cache/bench") },
  },
});
const PARTS = { start, post, reads, pdf, publish, pages, lighthouse, board, live };
const chosen = positionals.length > 0 ? positionals : Object.keys(PARTS);
const rows: Row[] = [];
for (const name of chosen) {
  const part = PARTS[name as keyof typeof PARTS];
  if (!part) throw new Error(`There is no part "${name}": ${Object.keys(PARTS).join(", ")}`);
  rows.push(...(await part()));
}
const table = [
  "| what | measured | goal |",
  "| --- | --- | --- |",
  ...rows.map(({ what, measured, goal }) => `| ${what} | ${measured} | ${goal} |`),
].join("\n");
console.log(table);
if (values.write) {
  const command = [
    "pnpm bench",
    ...positionals,
    ...(values.full ? ["--full"] : []),
    ...(values.soak ? ["--soak"] : []),
    "--write",
  ].join(" ");
  const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? "?"}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
  const heading = `# Figures\n\nMade by \`${command}\` on ${machine}. Server and load share the machine; only the ratios travel.\n`;
  await writeFile(join(import.meta.dirname, "RESULTS.md"), `${heading}\n${table}\n`);
}

async function start(): Promise<Row[]> {
  const { demoMs, laterStartsMs } = await startFigures();
  return [
    {
      what: "the demo schools' making, on an empty folder",
      measured: `${(demoMs / 1000).toFixed(1)} s`,
      goal: "≤ 10 s",
    },
    {
      what: "a later `pnpm start`, from the command to the first 200 of /readyz (median)",
      measured: `${Math.round(medianOf(laterStartsMs))} ms`,
      goal: "≤ 2,000 ms",
    },
  ];
}

/** Three rounds, taken in turns, so that a noisy minute does not fall on one of them alone; medians of the rounds. */
async function post(): Promise<Row[]> {
  const loads = { bare: [] as number[], product: [] as number[], "single-commit": [] as number[] };
  for (let round = 0; round < 3; round++) {
    for (const mode of ["bare", "product", "single-commit"] as const) {
      loads[mode].push((await awardPostLoad(mode, 6)).perSecond);
    }
  }
  const [bare, product, single] = [
    medianOf(loads.bare),
    medianOf(loads.product),
    medianOf(loads["single-commit"]),
  ];
  return [
    {
      what: "bare Fastify POST that stores nothing, 64 clients",
      measured: `${Math.round(bare)}/s`,
      goal: "",
    },
    {
      what: "durable single-award POST, 64 clients",
      measured: `${Math.round(product)}/s = ${percent(product / bare)} of bare`,
      goal: "≥ 25 %",
    },
    {
      what: "the same, one commit per request",
      measured: `${Math.round(single)}/s; group commit is ${(product / single).toFixed(1)}×`,
      goal: "≥ 4×",
    },
  ];
}

async function reads(): Promise<Row[]> {
  const small = await readFigures(1, values.cache);
  const large = await readFigures(values.full ? 83 : 8, values.cache);
  const million = (awards: number) => `${(awards / 1e6).toFixed(awards < 1e6 ? 2 : 1)} M`;
  const compared = (what: string, of: "portfolio" | "portfolioPage" | "roster" | "attention"): Row => ({
    what: `${what}, ${million(large.awards)} awards vs ${million(small.awards)}`,
    measured: `${large[of].median.toFixed(2)} ms vs ${small[of].median.toFixed(2)} ms = ${(large[of].median / small[of].median).toFixed(2)}×`,
    goal: "≤ 1.2×",
  });
  return [
    compared("portfolio read, six school years (median)", "portfolio"),
    compared(
      "opening a child's portfolio of six school years with all its sections, one call (median)",
      "portfolioPage",
    ),
    {
      what: `the same on ${million(large.awards)} awards`,
      measured: `p99 ${large.portfolioPage.p99.toFixed(1)} ms`,
      goal: "≤ 30 ms",
    },
    compared("roster read (median)", "roster"),
    compared("a teacher's own attention (median)", "attention"),
    {
      what: "batch of 45 awards alone",
      measured: `p99 ${large.batchOf45.p99.toFixed(1)} ms, median ${large.batchOf45.median.toFixed(1)} ms`,
      goal: "p99 ≤ 10 ms",
    },
    {
      what: `cold start on ${million(large.awards)} awards`,
      measured: `${Math.round(large.coldStartMs)} ms`,
      goal: "≤ 1,000 ms",
    },
  ];
}

async function pdf(): Promise<Row[]> {
  const { msEach, classOf45Ms, made, rssMb } = await pdfFigures(2000);
  const school = await schoolPdfFigures(2000);
  return [
    {
      what: `term summary PDF, ${made} on one worker`,
      measured: `${msEach.toFixed(1)} ms each, ${Math.round(rssMb)} MB RSS`,
      goal: "≤ 15 ms, ≤ 400 MB",
    },
    { what: "a class of 45 in one file", measured: `${Math.round(classOf45Ms)} ms`, goal: "≤ 1,000 ms" },
    {
      what: `a school's ${school.made} summaries, a file for each class, on one worker`,
      measured: `${school.seconds.toFixed(1)} s, ${Math.round(school.rssMb)} MB RSS`,
      goal: "≤ 30 s, ≤ 400 MB",
    },
  ];
}

async function publish(): Promise<Row[]> {
  const { published, publishSeconds, seconds, memoryMb } = await publishFigures();
  return [
    {
      what: `a school's ${published} summaries published at their hour, snapshots on the disk`,
      measured: `${publishSeconds.toFixed(1)} s`,
      goal: "",
    },
    {
      what: "the same until the PDF of each is kept, on one worker",
      measured: `${seconds.toFixed(1)} s, ${Math.round(memoryMb)} MB at most`,
      goal: "≤ 30 s, ≤ 400 MB",
    },
  ];
}

async function pages(): Promise<Row[]> {
  await buildIfStale();
  const { tapToPaint, tapToPaintBare } = await tapFigures();
  const scripts = await scriptsOfRoutes();
  const { readyFirst, readyFromWorker, drained } = await classPageFigures();
  return [
    {
      what: "class page ready, first visit, slow 4G, 4× CPU throttle (median)",
      measured: `${Math.round(readyFirst)} ms`,
      goal: "≤ 2,000 ms",
    },
    {
      what: "class page ready from the service worker, the same",
      measured: `${Math.round(readyFromWorker)} ms`,
      goal: "≤ 500 ms",
    },
    {
      what: "outbox drain, 5,000 awards waiting in a browser",
      measured: `${Math.round(drained)}/s`,
      goal: "≥ 1,000/s",
    },
    {
      what: "tap → paint, 50 children, 4× CPU throttle",
      measured: `p98 ${tapToPaint.p98} ms, median ${tapToPaint.median} ms; on 50 plain buttons p98 ${tapToPaintBare.p98} ms, median ${tapToPaintBare.median} ms`,
      goal: "≤ 50 ms",
    },
    ...Object.entries(scripts).map(([route, { untilShown, untilQuiet }]) => ({
      what: `JS gzipped, first load of ${route}`,
      measured: `${kilobytes(untilShown)} until it shows; ${kilobytes(untilQuiet)} with what it fetches afterwards`,
      goal: route === "/classes/:classId" ? "≤ 80 kB" : "",
    })),
  ];
}

async function lighthouse(): Promise<Row[]> {
  return Object.entries(await lighthouseScores()).map(([form, scores]) => ({
    what: `Lighthouse, class page of the demo as a ${form}, the least of three visits`,
    measured: `performance ${scores.performance}, accessibility ${scores.accessibility}, best practices ${scores["best-practices"]}`,
    goal: "≥ 95",
  }));
}

async function board(): Promise<Row[]> {
  const awards = 8000;
  const { early, late, told } = await boardPageFigures(awards, 40);
  const held = ({ heapMb, nodes, listeners }: typeof early) =>
    `${heapMb.toFixed(1)} MB, ${nodes} nodes, ${listeners} listeners`;
  return [
    {
      what: `a board's page after ${awards / 4} and after ${awards} awards, ${told} of them told`,
      measured: `${held(early)}; ${held(late)}`,
      goal: "flat",
    },
  ];
}

async function live(): Promise<Row[]> {
  const [boards, perSecond, minutes] = [200, 50, values.soak ? 20 : 1];
  const { given, missing, median, p99, rssMb } = await liveFigures(boards, perSecond, minutes * 60);
  return [
    {
      what: `tap → ${boards} boards, ${perSecond} awards/s for ${minutes} min`,
      measured: `p99 ${p99.toFixed(0)} ms, median ${median.toFixed(0)} ms; ${given} awards, ${missing} events missing`,
      goal: "p99 ≤ 100 ms, none missing",
    },
    {
      what: "the server's memory meanwhile",
      measured: `${Math.round(rssMb.early)} MB in the second quarter, ${Math.round(rssMb.late)} MB in the last`,
      goal: "flat",
    },
  ];
}

function medianOf(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
