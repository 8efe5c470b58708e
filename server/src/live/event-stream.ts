/**
 * One screen's stream of server-sent events. What waits to be read is bounded: a reader that does not keep up is cut
 * off, and resumes from the last event it saw. Knows nothing of what the events say.
 */
import { Readable } from "node:stream";

/** More than a class of 50 awarded five times over; beside it only the socket's own buffers hold anything. */
const MOST_WAITING_BYTES = 128 * 1024;
/** For clients that leave coming back to the browser. */
const OPENING = "retry: 3000\n\n";
const BEAT = Buffer.from("event: beat\ndata: 1\n\n");

export class EventStream extends Readable {
  #onDrained: (() => void) | undefined;

  constructor() {
    super({ highWaterMark: 0 });
    // The headers go with the first bytes.
    this.push(OPENING);
  }

  /** Called when the reader wants more than there is: everything has gone out. */
  override _read(): void {
    this.#onDrained?.();
    this.#onDrained = undefined;
  }

  /** Resolves when nothing waits to be read any more, or the stream has ended. */
  drained(): Promise<void> {
    if (this.destroyed || this.readableLength === 0) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onDrained = resolve;
    this.once("close", resolve);
    return promise;
  }

  /** @param frames whole events, rendered; the same buffer may go to many streams */
  send(frames: Buffer): void {
    if (this.destroyed || this.readableEnded) return;
    if (this.readableLength + frames.length > MOST_WAITING_BYTES) this.destroy();
    else this.push(frames);
  }

  /** Tells the reader, and whatever is in between, that the line is open. */
  beat(): void {
    this.send(BEAT);
  }

  /** Ends it at once; a reader that is behind is not waited for. */
  finish(): void {
    if (this.destroyed) return;
    if (this.readableLength > 0) this.destroy();
    else this.push(null);
  }
}
