/**
 * A list read from the server a page at a time. Another question lets go of every page of the one before, also of those
 * that are still on their way: rows of two questions never stand in one list.
 */
interface ReadPage<Row, Cursor> {
  readonly rows: readonly Row[];
  /** Where the next page begins; null after the last one. */
  readonly next: Cursor | null;
}
type AskPage<Row, Cursor> = (
  cursor: Cursor | undefined,
  signal: AbortSignal,
) => Promise<ReadPage<Row, Cursor>>;

export class PagedReading<Row, Cursor> {
  /** What has been read so far; undefined until the first page is there. */
  rows = $state.raw<readonly Row[]>();
  /** Why the latest asking brought nothing. */
  failure = $state.raw<unknown>();
  isUnderWay = $state(false);
  #next = $state.raw<Cursor | null>(null);
  #ask: AskPage<Row, Cursor> | undefined;
  #abort = new AbortController();

  /** Reactive: there is a further page. */
  get hasMore(): boolean {
    return this.#next !== null;
  }

  /** Begins anew with a question. @returns what stops it; fit to be returned from an effect */
  start(ask: AskPage<Row, Cursor>): () => void {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#ask = ask;
    this.rows = undefined;
    this.#next = null;
    void this.#read(ask, undefined, abort.signal);
    return () => abort.abort();
  }

  /** Reads the next page; the first one where that did not come. */
  more = (): void => {
    if (this.#ask !== undefined) void this.#read(this.#ask, this.#next ?? undefined, this.#abort.signal);
  };

  async #read(ask: AskPage<Row, Cursor>, cursor: Cursor | undefined, signal: AbortSignal): Promise<void> {
    this.isUnderWay = true;
    this.failure = undefined;
    try {
      const { rows, next } = await ask(cursor, signal);
      if (signal.aborted) return;
      this.rows = cursor === undefined ? rows : [...(this.rows ?? []), ...rows];
      this.#next = next;
    } catch (failure) {
      if (signal.aborted) return;
      this.failure = failure;
    }
    this.isUnderWay = false;
  }
}
