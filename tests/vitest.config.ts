/**
 * The kinds of tests and how many run at once.
 * Quick ones (property, contract, api) share the processors; after them, one after the other, those that
 * measure or load the whole machine (e2e, fault). Benchmarks are not tests: `pnpm bench`.
 */
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import TotalsReporter from "./support/totals-reporter.ts";

const quick = {
  maxWorkers: Math.min(Math.max(availableParallelism(), 2), 8),
  sequence: { groupOrder: 0 },
};

export default defineConfig({
  test: {
    reporters: ["default", new TotalsReporter()],
    globalSetup: "./support/postgres-server.ts",
    passWithNoTests: false,
    projects: [
      {
        test: {
          name: "property",
          include: ["property/**/*.test.ts"],
          isolate: false,
          testTimeout: 30_000,
          ...quick,
        },
      },
      {
        test: {
          name: "contract",
          include: ["contract/**/*.test.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          ...quick,
        },
      },
      {
        test: {
          name: "api",
          include: ["api/**/*.test.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          ...quick,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          globalSetup: "./support/browser-setup.ts",
          // Browsers, server and tests share what processors there are.
          expect: { poll: { timeout: 15_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "fault",
          include: ["fault/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
