/** What a client sends, as long as it keeps coming: nobody holds a connection open for nothing. */
import type { Readable } from "node:stream";
import { Problem } from "./problem.ts";

export interface Patience {
  /** An upload that sends nothing for so long is cut off. */
  readonly stalledAfterMs: number;
  /** Nor may it take longer than this in all. */
  readonly lateAfterMs: number;
}

/**
 * What comes in, piece by piece. Leaves the stream as it is when it gives up, so that an answer can follow.
 * @throws Problem upload-stalled
 */
export async function* inTime(
  incoming: Readable,
  { stalledAfterMs, lateAfterMs }: Patience,
): AsyncGenerator<Buffer> {
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new Problem("upload-stalled"));
  const stall = setTimeout(giveUp, stalledAfterMs);
  const late = setTimeout(giveUp, lateAfterMs);
  const chunks = incoming.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const next = await Promise.race([chunks.next() as Promise<IteratorResult<Buffer>>, givenUp]);
      if (next.done === true) return;
      stall.refresh();
      yield next.value;
    }
  } catch (error) {
    throw isCutOff(error) ? new Problem("upload-stalled") : error;
  } finally {
    clearTimeout(stall);
    clearTimeout(late);
  }
}

/** The sender hung up before the end. */
function isCutOff(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE" || code === "ABORT_ERR";
}
