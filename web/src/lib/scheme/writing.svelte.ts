/**
 * The draft of a scheme while it is written: what is on the page, saved by itself a moment after each change, and undone
 * step by step. What could not be saved is kept on this device for the next time. Never overwrites what somebody else has
 * saved: it says so, and waits for the writer to choose.
 */
import type { SchemeDraft, SchoolScheme as SentScheme } from "@doudou/shared/contract/indicators.ts";
import { canonicalJson } from "@doudou/shared/domain/canonical-json.ts";
import type { SchoolScheme } from "@doudou/shared/domain/school-scheme.ts";
import { ProblemError } from "#lib/api/problem.ts";
import { readSchemes, saveDraft } from "#lib/api/scheme.ts";
import type { KeptDraft } from "#lib/offline/kept-drafts.ts";

const SAVED_AFTER_MS = 800;
const MOST_STEPS = 100;

/** As the server had it; the same number comes again where a draft was begun anew, the same instant never. */
type Base = Pick<SchemeDraft, "version" | "savedAt">;

interface Unsaved extends Base {
  readonly scheme: SchoolScheme;
}

export class SchemeWriting {
  scheme = $state.raw<SchoolScheme>() as SchoolScheme;
  isSaving = $state(false);
  /** Why the latest saving failed. */
  failure = $state.raw<unknown>();
  /** What somebody else has saved meanwhile; null where the draft is gone. */
  other = $state.raw<SchemeDraft | null>();
  #saved = $state.raw<SchoolScheme>();
  #past = $state.raw<readonly SchoolScheme[]>([]);
  #base = $state.raw<Base>({ version: 0, savedAt: "" });
  readonly #kept: KeptDraft<Unsaved>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #underWay: Promise<void> | undefined;
  #steadyUntil = 0;
  #isOver = false;

  readonly isDirty: boolean = $derived.by(() => this.scheme !== this.#saved);
  readonly canUndo: boolean = $derived.by(() => this.#past.length > 0);

  constructor(draft: SchemeDraft, kept: KeptDraft<Unsaved>) {
    this.#kept = kept;
    const unsaved = kept.find();
    this.take(draft);
    if (unsaved !== undefined) this.#goOnFrom(unsaved, draft);
  }

  get version(): number {
    return this.#base.version;
  }

  /** Shows a draft as the server has it, and forgets what was on the page. */
  take({ scheme, version, savedAt }: SchemeDraft): void {
    this.#saved = scheme;
    this.scheme = scheme;
    this.#base = { version, savedAt };
    this.#past = [];
    this.other = undefined;
    this.failure = undefined;
    this.#keepUnsaved();
  }

  /** Makes a change. Strokes into one field that follow each other are one step back. */
  change(next: SchoolScheme, isStroke = false): void {
    const now = performance.now();
    if (!isStroke || now > this.#steadyUntil) this.#past = [...this.#past.slice(1 - MOST_STEPS), this.scheme];
    this.#steadyUntil = isStroke ? now + SAVED_AFTER_MS : 0;
    this.#put(next);
  }

  undo = (): void => {
    const last = this.#past.at(-1);
    if (!last) return;
    this.#past = this.#past.slice(0, -1);
    this.#steadyUntil = 0;
    this.#put(last);
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
    if (this.other) this.#base = { version: this.other.version, savedAt: this.other.savedAt };
    this.other = undefined;
    this.failure = undefined;
    return await this.save();
  };

  /** Nothing is saved any more: there is no draft. */
  stop = (): void => {
    clearTimeout(this.#timer);
    this.#isOver = true;
    this.#kept.drop();
  };

  /** What was written here before and could not be saved: over the draft it was made from, or for the writer to choose. */
  #goOnFrom({ scheme, version, savedAt }: Unsaved, draft: SchemeDraft): void {
    if (canonicalJson(scheme) === canonicalJson(draft.scheme)) return;
    this.#base = { version, savedAt };
    this.#past = [draft.scheme];
    if (version !== draft.version || savedAt !== draft.savedAt) this.other = draft;
    this.#put(scheme);
  }

  #put(scheme: SchoolScheme): void {
    this.scheme = scheme;
    this.#keepUnsaved();
    this.#saveSoon();
  }

  #keepUnsaved(): void {
    if (this.isDirty) this.#kept.keep({ ...this.#base, scheme: this.scheme });
    else this.#kept.drop();
  }

  async #send(scheme: SchoolScheme): Promise<void> {
    this.isSaving = true;
    try {
      this.#base = await saveDraft(this.version, scheme as SentScheme);
      this.#saved = scheme;
      this.#keepUnsaved();
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
