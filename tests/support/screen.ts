/** A screen that follows a class over a real socket, as a browser does: reads events as they come, and remembers them. */
export interface LiveEvent {
  readonly id: string | undefined;
  readonly name: string;
  readonly value: unknown;
}

export interface Heard<T> extends LiveEvent {
  readonly value: T;
}

export class Screen {
  /** Everything told so far, beats included. */
  readonly heard: LiveEvent[] = [];
  /** Resolves when the stream has come to its end, however that was. */
  readonly ended: Promise<void>;
  readonly #response: Response;
  readonly #abort: AbortController;
  #waiting: (() => void)[] = [];
  #read = 0;
  #isOver = false;

  private constructor(response: Response, abort: AbortController) {
    this.#response = response;
    this.#abort = abort;
    this.ended = this.#follow()
      .catch(() => {})
      .finally(() => {
        this.#isOver = true;
        this.#wake();
      });
  }

  /** @param headers such as the cookie and, for who comes back, `last-event-id` */
  static async open(address: string, path: string, headers: Record<string, string>): Promise<Screen> {
    const abort = new AbortController();
    const response = await fetch(`${address}/api/v1${path}`, { headers, signal: abort.signal });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return new Screen(response, abort);
  }

  get headers(): Headers {
    return this.#response.headers;
  }

  /** The id of the last event that had one. */
  get lastEventId(): string {
    return this.heard.findLast(({ id }) => id !== undefined)?.id ?? "";
  }

  /** The next event of a name that has not been asked for yet; others before it are passed over. @throws when the stream ends first */
  async next<T>(name: string): Promise<Heard<T>> {
    for (;;) {
      while (this.#read < this.heard.length) {
        const event = this.heard[this.#read++]!;
        if (event.name === name) return event as Heard<T>;
      }
      if (this.#isOver) throw new Error(`the stream ended before another ${name}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** All events of a name so far. */
  all<T>(name: string): T[] {
    return this.heard.filter((event) => event.name === name).map(({ value }) => value as T);
  }

  leave(): void {
    this.#abort.abort();
  }

  async #follow(): Promise<void> {
    let text = "";
    for await (const chunk of this.#response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) this.#hear(block);
      this.#wake();
    }
  }

  #hear(block: string): void {
    const field = (name: string) =>
      block
        .split("\n")
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2);
    const value = field("data");
    if (value === undefined) return;
    this.heard.push({ id: field("id"), name: field("event") ?? "message", value: JSON.parse(value) });
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
