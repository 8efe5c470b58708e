/** How many notices were not opened, for the mark on the person's button. A quiet figure: failing to learn it says nothing. */
import { readInboxCount } from "#lib/api/inbox.ts";
import { OfflineError } from "#lib/api/request.ts";
import { ProblemError } from "#lib/api/problem.ts";

/** Whoever comes back to the page does not ask more often. */
const ASK_AFTER_MS = 60_000;

let count = $state(0);
let askedAt = -Infinity;

export const unopened = {
  get count(): number {
    return count;
  },
  /** The inbox itself was read, or something of it opened. */
  note(next: number): void {
    count = Math.max(0, next);
  },
  /** Asks the server, unless that was done just now. */
  async ask(): Promise<void> {
    if (performance.now() - askedAt < ASK_AFTER_MS || !navigator.onLine) return;
    askedAt = performance.now();
    try {
      count = (await readInboxCount()).unopened;
    } catch (failure) {
      if (!(failure instanceof OfflineError || failure instanceof ProblemError)) throw failure;
    }
  },
};
