/** Runs `work` when the page has nothing better to do. */
export function whenQuiet(work: () => void): void {
  if (globalThis.requestIdleCallback === undefined) setTimeout(work, 2000);
  else requestIdleCallback(work);
}
