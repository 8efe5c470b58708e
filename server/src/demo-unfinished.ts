/**
 * What the demo still lacks while its schools are there already: a note in DATA_DIR, written before their rows are and
 * taken away when all is done. A start that was cut between the two is gone on with by the next, and only for the schools
 * of the note: nothing is ever deleted, and no other school is touched.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SeededSchool } from "@doudou/db/seed/school.ts";

export interface UnfinishedDemo {
  /** When it was begun: everything in it is told from there. */
  readonly begunAt: Date;
  readonly schools: readonly SeededSchool[];
}

const noteIn = (dataDir: string) => join(dataDir, "demo-unfinished.json");

/** Written at once, and on the disk when this returns: the rows it tells of are committed only then. */
export function keepUnfinished(dataDir: string, demo: UnfinishedDemo): void {
  writeFileSync(noteIn(dataDir), JSON.stringify(demo), { flush: true });
}

/** @returns undefined where nothing is left to do, or the note itself was cut, before there were any rows */
export function unfinishedIn(dataDir: string): UnfinishedDemo | undefined {
  try {
    return JSON.parse(readFileSync(noteIn(dataDir), "utf8"), dates) as UnfinishedDemo;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

export function forgetUnfinished(dataDir: string): void {
  rmSync(noteIn(dataDir), { force: true });
}

const DATES = ["begunAt", "publishedAt", "answeredAt"];
const dates = (key: string, value: unknown) =>
  DATES.includes(key) && typeof value === "string" ? new Date(value) : value;
