/**
 * Ends a test run with one plain line, `N passed, N failed, N skipped`, that people and scripts can read.
 * A file that cannot be loaded and an error outside any test count as failed.
 */
import type { Reporter, TestModule } from "vitest/node";

export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const totals = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "failed") failedHere++;
        else totals[state === "passed" ? "passed" : "skipped"]++;
      }
      totals.failed += module.ok() ? failedHere : Math.max(failedHere, 1);
    }
    const { passed, failed, skipped } = totals;
    console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  }
}
