/**
 * The draft of a roll-over while the office works on it: what is on the page, saved by itself a moment after each change,
 * and what the server says it would do. Nothing is lost by leaving the page.
 */
import type { RollOver } from "@doudou/shared/contract/roll-over.ts";
import type { RollOverDraft } from "@doudou/shared/domain/roll-over/draft.ts";
import { ProblemError } from "#lib/api/problem.ts";
import { applyRollOver, readRollOver, saveRollOver, undoRollOver } from "#lib/api/roll-over.ts";

const SAVED_AFTER_MS = 800;

export class RollOverDesk {
  /** As the server has it. */
  standing = $state.raw<RollOver>() as RollOver;
  draft = $state.raw<RollOverDraft>() as RollOverDraft;
  isSaving = $state(false);
  /** Is being done or taken back. */
  isBusy = $state(false);
  failure = $state.raw<unknown>();
  #saved = $state.raw<RollOverDraft>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #underWay: Promise<boolean> | undefined;

  readonly isDirty: boolean = $derived.by(() => this.draft !== this.#saved);

  constructor(standing: RollOver) {
    this.#take(standing);
  }

  change(next: RollOverDraft): void {
    this.draft = next;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), SAVED_AFTER_MS);
  }

  /** Saves what is on the page, if it is not saved; whoever asks while that is under way waits for it. @returns whether it is now */
  save = (): Promise<boolean> => {
    clearTimeout(this.#timer);
    this.#underWay ??= this.#saveAll().finally(() => (this.#underWay = undefined));
    return this.#underWay;
  };

  apply = (): Promise<void> => this.#doing(() => applyRollOver(this.standing.preview.seal));

  undo = (): Promise<void> => this.#doing(undoRollOver);

  /** Takes what the server has, and lets go of what is on the page. */
  readAgain = (): Promise<void> => this.#doing(readRollOver);

  async #doing(work: () => Promise<RollOver>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.failure = undefined;
    try {
      this.#take(await work());
    } catch (failure) {
      this.failure = failure;
      // The answer was lost on its way, or a colleague was faster.
      if (failure instanceof ProblemError && failure.code === "roll-over-applied")
        await readRollOver().then(
          (standing) => this.#take(standing),
          (unread: unknown) => (this.failure = unread),
        );
    }
    this.isBusy = false;
  }

  async #saveAll(): Promise<boolean> {
    // What nobody has touched is worth keeping too: new classes have their ids from it.
    while (this.isDirty || this.standing.version === 0) {
      const sent = this.draft;
      this.isSaving = true;
      try {
        const standing = await saveRollOver(this.standing.version, sent);
        if (this.draft === sent) this.#take(standing);
        else this.standing = standing;
        this.failure = undefined;
      } catch (failure) {
        this.failure = failure;
        return false;
      } finally {
        this.isSaving = false;
      }
    }
    return true;
  }

  #take(standing: RollOver): void {
    this.standing = standing;
    this.draft = standing.draft;
    this.#saved = standing.draft;
  }
}
