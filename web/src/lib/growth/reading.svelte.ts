/**
 * Something read from the server for a page: the answer, or why there is none. An answer on show stays there
 * while a newer one is under way or cannot be had, so that a page never goes blank on a bad network.
 */
type Ask<Answer> = (signal: AbortSignal) => Promise<Answer>;

export class Reading<Answer> {
  answer = $state.raw<Answer>();
  /** Why the latest asking brought nothing; of an earlier question it says nothing. */
  failure = $state.raw<unknown>();
  isUnderWay = $state(false);
  #ask: Ask<Answer> | undefined;
  #abort = new AbortController();

  /**
   * Asks, and keeps the question for `again`. A later question overtakes an earlier one.
   * @param kept shown until the server has answered: what an earlier answer said
   * @returns what stops it; fit to be returned from an effect
   */
  start(ask: Ask<Answer>, kept?: () => Promise<Answer | undefined>): () => void {
    this.#ask = ask;
    this.failure = undefined;
    this.again();
    if (kept !== undefined) void this.#show(kept, this.#abort.signal);
    return () => this.#abort.abort();
  }

  /** Asks the same once more. */
  again = (): void => {
    this.#abort.abort();
    this.#abort = new AbortController();
    if (this.#ask !== undefined) void this.#read(this.#ask, this.#abort.signal);
  };

  async #show(kept: () => Promise<Answer | undefined>, signal: AbortSignal): Promise<void> {
    const answer = await kept();
    if (!signal.aborted) this.answer ??= answer;
  }

  async #read(ask: Ask<Answer>, signal: AbortSignal): Promise<void> {
    this.isUnderWay = true;
    try {
      const answer = await ask(signal);
      if (signal.aborted) return;
      this.answer = answer;
      this.failure = undefined;
    } catch (failure) {
      if (signal.aborted) return;
      this.failure = failure;
    }
    this.isUnderWay = false;
  }
}
