/**
 * The class page of the demo before Lighthouse, as a phone on a simulated slow 4G with a processor a quarter as fast, and
 * as a desktop. Lighthouse is fetched for the occasion: it is five times what the project otherwise installs for a browser.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import { buildIfStale } from "../../web/build-if-stale.ts";
import { BROWSER_FLAGS, findBrowser } from "../support/browser.ts";
import { signIn } from "./client.ts";
import { startServerProcess } from "./server-process.ts";

const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;
type Category = (typeof CATEGORIES)[number];
/** Each of 0 to 100. */
export type Scores = Readonly<Record<Category, number>>;
type Form = "phone" | "desktop";
interface Report {
  readonly runtimeError?: { readonly message: string };
  readonly categories: Readonly<Record<Category, { readonly score: number }>>;
}

const LIGHTHOUSE = "lighthouse@13.5.0";
const RUNS = 3;
const LONGEST_REPORT = 64 * 1024 * 1024;

/** @returns of each form the least of three visits */
export async function lighthouseScores(): Promise<Readonly<Record<Form, Scores>>> {
  await buildIfStale();
  const folder = await mkdtemp(join(tmpdir(), "doudou-bench-lighthouse-"));
  const server = await startServerProcess<{ address: string }>("school-server.ts", [folder, "1"]);
  try {
    const { address } = server.facts;
    const teacher = await signIn(address, "teacher1");
    const { classes } = await teacher.get<ClassList>("/classes");
    const page = `${address}/classes/${classes[0]!.id}`;
    return {
      phone: await leastOf(page, teacher.cookie, "phone"),
      desktop: await leastOf(page, teacher.cookie, "desktop"),
    };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function leastOf(page: string, cookie: string, form: Form): Promise<Scores> {
  const visits: Scores[] = [];
  for (let run = 0; run < RUNS; run++) visits.push(await visit(page, cookie, form));
  return perCategory((category) => Math.min(...visits.map((scores) => scores[category])));
}

async function visit(page: string, cookie: string, form: Form): Promise<Scores> {
  const { stdout } = await promisify(execFile)(
    "pnpm",
    [
      "dlx",
      LIGHTHOUSE,
      page,
      "--quiet",
      "--output=json",
      `--only-categories=${CATEGORIES.join(",")}`,
      `--extra-headers=${JSON.stringify({ cookie })}`,
      `--chrome-flags=--headless=new ${BROWSER_FLAGS.join(" ")}`,
      ...(form === "desktop" ? ["--preset=desktop"] : []),
    ],
    { env: { ...process.env, CHROME_PATH: findBrowser() }, maxBuffer: LONGEST_REPORT },
  );
  const { runtimeError, categories } = JSON.parse(stdout) as Report;
  if (runtimeError) throw new Error(runtimeError.message);
  return perCategory((category) => Math.round(categories[category].score * 100));
}

function perCategory(of: (category: Category) => number): Scores {
  return Object.fromEntries(CATEGORIES.map((category) => [category, of(category)])) as Scores;
}
