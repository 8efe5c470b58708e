/**
 * What the end-to-end tests need before the first of them: a browser, a Chinese font, a built web app, and the demo
 * school, made once for all stages. Runs once per test run, and only when the project `e2e` is part of it.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { readConfig } from "@doudou/server/config.ts";
import { createDemoSchools } from "@doudou/server/demo.ts";
import { createDeps, openConfiguredDatabase } from "@doudou/server/server.ts";
import { buildIfStale } from "../../web/build-if-stale.ts";
import { ensureBrowser } from "./browser.ts";
import { STAGE_NOW } from "./stage-time.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A data folder with the demo schools as they stand at STAGE_NOW. Each stage plays on a copy. */
    demoDataDir: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  ensureBrowser();
  await buildIfStale();
  const dataDir = await mkdtemp(join(tmpdir(), "doudou-demo-"));
  const forget = () => rm(dataDir, { recursive: true, force: true });
  try {
    await makeDemoSchools(dataDir);
  } catch (error) {
    await forget();
    throw error;
  }
  project.provide("demoDataDir", dataDir);
  return forget;
}

async function makeDemoSchools(dataDir: string): Promise<void> {
  const config = readConfig({ DATA_DIR: dataDir, DOUDOU_LOG: "error" });
  const database = await openConfiguredDatabase(config);
  const deps = await createDeps(config, database, () => STAGE_NOW);
  await createDemoSchools(deps, () => {});
  await deps.documents.close();
  await deps.pictures.close();
  await database.close();
}
