/**
 * Remembers facts about people between requests: who a session belongs to, who teaches whom. Every request asks for
 * them and they change rarely. What is remembered is forgotten whole as soon as any of RECALLED_TABLES changes, so an
 * answer is never older than the last commit.
 */

/** Enough for every person of a large school; beyond it everything is forgotten and asked again. */
const MAX_FACTS = 50_000;

export class Recall {
  readonly #facts = new Map<string, unknown>();
  #version: number | undefined;

  /**
   * @param version names the state of the tables now; undefined while they are being changed
   * @param ask reads the fact
   * @returns what is known at once, anything else when it has been read
   */
  get<T>(key: string, version: () => number | undefined, ask: () => Promise<T>): T | Promise<T> {
    const now = version();
    if (now !== this.#version || this.#facts.size > MAX_FACTS) {
      this.#facts.clear();
      this.#version = now;
    }
    const known = now === undefined ? undefined : this.#facts.get(key);
    return known === undefined ? this.#learn(key, now, version, ask) : (known as T);
  }

  async #learn<T>(
    key: string,
    before: number | undefined,
    version: () => number | undefined,
    ask: () => Promise<T>,
  ): Promise<T> {
    const fact = await ask();
    if (fact !== undefined && before !== undefined && before === this.#version && before === version())
      this.#facts.set(key, fact);
    return fact;
  }
}
