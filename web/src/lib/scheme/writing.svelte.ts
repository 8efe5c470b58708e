/**
 * The draft of a scheme while it is written: what is on the page, saved by itself a moment after each change, and undone
 * step by step. Never overwrites what somebody else has saved: it says so, and waits for the writer to choose.
 */
import type { SchemeDraft, SchoolScheme as SentScheme } from "@doudou/shared/contract/indicators.ts";
import type { SchoolScheme } from "@doudou/shared/domain/school-scheme.ts";
import { ProblemError } from "#lib/api/problem.ts";
import { readSchemes, saveDraft } from "#lib/api/scheme.ts";

const SAVED_AFTER_MS = 800;
const MOST_STEPS = 100;

export class SchemeWriting {
  scheme = $state.raw<SchoolScheme>() as SchoolScheme;
  version = $state(0);
  isSaving = $state(false);
  /** Why the latest saving failed. */
  failure = $state.raw<unknown>();
  /** What somebody else has saved meanwhile; null where the draft is gone. */
  other = $state.raw<SchemeDraft | null>();
  #saved = $state.raw<SchoolScheme>();
  #past = $state.raw<readonly SchoolScheme[]>([]);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #underWay: Promise<void> | undefined;
  #steadyUntil = 0;
  #isOver = false;

  readonly isDirty: boolean = $derived.by(() => this.scheme !== this.#saved);
  readonly canUndo: boolean = $derived.by(() => this.#past.length > 0);

  constructor(draft: SchemeDraft) {
    this.take(draft);
  }

  /** Shows a draft as the server has it, and forgets what was on the page. */
  take({ scheme, version }: SchemeDraft): void {
    this.#saved = scheme;
    this.scheme = scheme;
    this.version = version;
    this.#past = [];
    this.other = undefined;
    this.failure = undefined;
  }

  /** Makes a change. Strokes into one field that follow each other are one step back. */
  change(next: SchoolScheme, isStroke = false): void {
    const now = performance.now();
    if (!isStroke || now > this.#steadyUntil) this.#past = [...this.#past.slice(1 - MOST_STEPS), this.scheme];
    this.#steadyUntil = isStroke ? now + SAVED_AFTER_MS : 0;
    this.scheme = next;
    this.#saveSoon();
  }

  undo = (): void => {
    const last = this.#past.at(-1);
    if (!last) return;
    this.#past = this.#past.slice(0, -1);
    this.#steadyUntil = 0;
    this.scheme = last;
    this.#saveSoon();
  };

  /** Saves what is on the page, if it is not saved, once what is under way has arrived. @returns whether it is now */
  save = async (): Promise<boolean> => {
    clearTimeout(this.#timer);
    while (this.#underWay) await this.#underWay;
    if (this.#isOver || this.other !== undefined) return false;
    if (!this.isDirty) return true;
    this.#underWay = this.#send(this.scheme).finally(() => (this.#underWay = undefined));
    await this.#underWay;
    return !this.isDirty;
  };

  /** The writer has seen the other draft and wants the own one. */
  overwrite = async (): Promise<boolean> => {
    if (this.other) this.version = this.other.version;
    this.other = undefined;
    this.failure = undefined;
    return await this.save();
  };

  /** Nothing is saved any more: there is no draft. */
  stop = (): void => {
    clearTimeout(this.#timer);
    this.#isOver = true;
  };

  async #send(scheme: SchoolScheme): Promise<void> {
    this.isSaving = true;
    try {
      const { version } = await saveDraft(this.version, scheme as SentScheme);
      this.version = version;
      this.#saved = scheme;
      this.failure = undefined;
    } catch (failure) {
      await this.#refused(failure);
    }
    this.isSaving = false;
    if (this.failure === undefined && this.scheme !== scheme) this.#saveSoon();
  }

  #saveSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), SAVED_AFTER_MS);
  }

  async #refused(failure: unknown): Promise<void> {
    this.failure = failure;
    const isChanged =
      failure instanceof ProblemError &&
      ["scheme-draft-changed", "scheme-draft-missing"].includes(failure.code);
    if (!isChanged) return;
    try {
      this.other = (await readSchemes()).draft;
    } catch (unreadable) {
      this.failure = unreadable;
    }
  }
}
