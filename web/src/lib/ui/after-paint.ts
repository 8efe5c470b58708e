/** What may come a moment after the frame that answers a tap: a finger waits for that one frame only. */

let waiting: (() => void)[] = [];

/** Runs `work` once the next frame is on the screen, together with whatever else waits for it, in order. */
export function afterPaint(work: () => void): void {
  if (waiting.push(work) > 1) return;
  requestAnimationFrame(() =>
    setTimeout(() => {
      const due = waiting;
      waiting = [];
      for (const each of due) each();
    }),
  );
}
