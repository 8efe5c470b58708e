/**
 * When a sheet that saves by itself does so: a moment after the last change, one save under way at a time, and again later
 * where it cannot be done now. What there is to save, and how, is the sheet's own. Saves nothing once it is retired.
 */
import { judge } from "./judge.ts";

/** `held`: kept on this device until the network or the session is back. `refused`: the server will not have it. */
export type Saving = "saved" | "unsaved" | "saving" | "held" | "refused";

interface SelfSavingParts {
  /** How long after the last change, ms. */
  readonly afterMs: number;
  /**
   * Brings some of what is unsaved to the server.
   * @returns undefined where there is nothing to bring
   * @throws ProblemError, OfflineError
   */
  saveNext(): Promise<void> | undefined;
  /** @param refusal why the server refused, in its words; undefined for what it was */
  show(saving: Saving, refusal?: string): void;
  /** Runs `run` once after `ms`. @returns what calls it off */
  readonly wait?: (ms: number, run: () => void) => () => void;
}

const RETRY_AFTER_MS = 8000;

export class SelfSaving {
  readonly #parts: SelfSavingParts;
  #callOff: (() => void) | undefined;
  #isUnderWay = false;
  #latest = Promise.resolve();
  #isRetired = false;

  constructor(parts: SelfSavingParts) {
    this.#parts = parts;
  }

  get isRetired(): boolean {
    return this.#isRetired;
  }

  /** Something was changed. */
  changed(): void {
    if (!this.#isUnderWay) this.#parts.show("unsaved");
    this.#saveIn(this.#parts.afterMs);
  }

  /** Something was found that an earlier sheet could not bring to the server. */
  takeUp(): void {
    this.#parts.show("held");
    this.#saveIn(0);
  }

  /** Saves until nothing is unsaved, or until that cannot be done now. */
  save(): Promise<void> {
    this.#callOff?.();
    if (this.#isRetired) return Promise.resolve();
    if (!this.#isUnderWay) this.#latest = this.#saveAll();
    return this.#latest;
  }

  /** Saves nothing any more: what is unsaved is the next sheet's. */
  retire(): void {
    this.#callOff?.();
    this.#isRetired = true;
  }

  async #saveAll(): Promise<void> {
    this.#isUnderWay = true;
    try {
      while (!this.#isRetired) {
        const saved = this.#parts.saveNext();
        if (!saved) break;
        this.#parts.show("saving");
        await saved;
      }
      this.#parts.show("saved", "");
    } catch (failure) {
      const meaning = judge(failure);
      if (meaning.kind === "refused") this.#parts.show("refused", meaning.problem.title);
      else this.#parts.show("held");
      if (meaning.kind === "later") this.#saveIn(meaning.afterMs ?? RETRY_AFTER_MS);
    }
    this.#isUnderWay = false;
  }

  #saveIn(ms: number): void {
    this.#callOff?.();
    if (!this.#isRetired) this.#callOff = (this.#parts.wait ?? wait)(ms, () => void this.save());
  }
}

function wait(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
