/**
 * Editing what the teachers of a class share: seating plans, sets of groups. What is changed is kept on this device until
 * it is saved, can be undone step by step, and never overwrites a colleague's change without the teacher saying so.
 */
import { v7 } from "uuid";
import { ProblemError } from "#lib/api/problem.ts";
import { OfflineError } from "#lib/api/request.ts";
import { sentenceFor } from "#lib/api/sentences.ts";
import type { KeptDraft } from "#lib/offline/kept-drafts.ts";
import { m } from "#lib/paraglide/messages.js";

export type Saved<Content> = Content & {
  readonly id: string;
  readonly version: number;
  readonly changedBy: string;
};

/** What has been changed and not saved, and from which version; 0 for what is new. */
interface Draft<Content> {
  readonly version: number;
  readonly content: Content;
}

interface Outcome<Content> {
  /** Why it was not saved. */
  readonly refusal?: string;
  /** What a colleague has saved meanwhile. */
  readonly other?: Saved<Content>;
}

/** By what they are drafts of. */
type Drafts<Content> = Readonly<Record<string, Draft<Content>>>;

interface Parts<Content> {
  /** The account's drafts in this class, kept on this device. */
  readonly drafts: KeptDraft<Drafts<Content>>;
  contentOf(saved: Saved<Content>): Content;
  save(id: string, draft: Content & { readonly version: number }): Promise<Saved<Content>>;
  remove(id: string, version: number): Promise<void>;
  readAgain(): Promise<readonly Saved<Content>[]>;
  /** The problem that says somebody else has changed it. */
  readonly changedCode: string;
}

const MOST_STEPS = 100;

export class Arranging<Content extends { readonly name: string }> {
  currentId = $state<string>();
  isSaving = $state(false);
  #saved = $state.raw<readonly Saved<Content>[]>([]);
  #drafts = $state.raw<Drafts<Content>>({});
  #past = $state.raw<readonly Content[]>([]);
  /** What came of saving each, where that is not done with: another one may be open by the time it is told. */
  #outcomes = $state.raw<Readonly<Record<string, Outcome<Content>>>>({});
  readonly #parts: Parts<Content>;

  readonly entries = $derived.by(() => [
    ...this.#saved.map((saved) => ({
      id: saved.id,
      name: this.#drafts[saved.id]?.content.name ?? saved.name,
    })),
    ...Object.entries(this.#drafts)
      .filter(([id, { version }]) => version === 0 && !this.#saved.some((saved) => saved.id === id))
      .map(([id, { content }]) => ({ id, name: content.name })),
  ]);
  readonly current = $derived.by(() => this.#saved.find(({ id }) => id === this.currentId));
  readonly content: Content | undefined = $derived.by(() => {
    const draft = this.#drafts[this.currentId ?? ""];
    return draft?.content ?? (this.current && this.#parts.contentOf(this.current));
  });
  readonly isDirty: boolean = $derived.by(() => this.#drafts[this.currentId ?? ""] !== undefined);
  readonly canUndo: boolean = $derived.by(() => this.#past.length > 0);
  /** Why what is open was not saved. */
  readonly refusal: string = $derived.by(() => this.#outcomes[this.currentId ?? ""]?.refusal ?? "");
  /** What a colleague has saved meanwhile of what is open. */
  readonly other: Saved<Content> | undefined = $derived.by(() => this.#outcomes[this.currentId ?? ""]?.other);

  constructor(parts: Parts<Content>, saved: readonly Saved<Content>[], openId?: string) {
    this.#parts = parts;
    this.#drafts = parts.drafts.find() ?? {};
    this.take(saved);
    const ids = this.entries.map(({ id }) => id);
    const draftId = Object.keys(this.#drafts).find((id) => ids.includes(id));
    this.currentId = draftId ?? ids.find((id) => id === openId) ?? ids[0];
  }

  /** Takes over what the server knows; drafts stay as they are. */
  take(saved: readonly Saved<Content>[]): void {
    this.#saved = saved;
  }

  open(id: string | undefined): void {
    this.currentId = id;
    this.#past = [];
  }

  add(content: Content): void {
    const id = v7();
    this.#keep(id, { version: 0, content });
    this.open(id);
  }

  change(content: Content): void {
    const before = this.content;
    if (this.currentId === undefined || before === undefined) return;
    this.#past = [...this.#past.slice(-MOST_STEPS), before];
    this.#put(content);
  }

  /** Takes the last change back; those before the page was opened are not known. */
  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.#put(before);
  }

  /** Gives up what has not been saved. */
  discard(): void {
    const id = this.currentId;
    if (id === undefined) return;
    this.#keep(id, undefined);
    this.#tell(id, undefined);
    this.open(this.current === undefined ? this.entries[0]?.id : id);
  }

  /** @returns whether it is saved */
  async save(): Promise<boolean> {
    const id = this.currentId;
    const draft = this.#drafts[id ?? ""];
    if (id === undefined || draft === undefined) return true;
    this.isSaving = true;
    this.#tell(id, undefined);
    try {
      const saved = await this.#parts.save(id, { ...draft.content, version: draft.version });
      this.#saved = [...this.#saved.filter((one) => one.id !== id), saved].sort((one, next) =>
        one.id < next.id ? -1 : 1,
      );
      // What was changed while it was on its way is not saved yet.
      const hasChanged = this.#drafts[id] !== draft;
      this.#keep(id, hasChanged ? { ...(this.#drafts[id] ?? draft), version: saved.version } : undefined);
      return !hasChanged;
    } catch (failure) {
      await this.#explain(id, failure);
      return false;
    } finally {
      this.isSaving = false;
    }
  }

  /** The colleague's version, instead of what was made here. */
  takeOther(): void {
    this.discard();
  }

  /** What was made here, over the colleague's version. */
  async saveOverOther(): Promise<boolean> {
    const [id, other] = [this.currentId, this.other];
    const draft = this.#drafts[id ?? ""];
    if (id === undefined || other === undefined || draft === undefined) return false;
    this.#keep(id, { ...draft, version: other.version });
    return await this.save();
  }

  /** @returns whether it is gone */
  async remove(): Promise<boolean> {
    const [id, current] = [this.currentId, this.current];
    if (id === undefined) return false;
    try {
      if (current !== undefined) await this.#parts.remove(id, current.version);
    } catch (failure) {
      await this.#explain(id, failure);
      return false;
    }
    this.#saved = this.#saved.filter((one) => one.id !== id);
    this.#keep(id, undefined);
    this.#tell(id, undefined);
    if (this.currentId === id) this.open(this.entries[0]?.id);
    return true;
  }

  async #explain(id: string, failure: unknown): Promise<void> {
    if (failure instanceof OfflineError) this.#tell(id, { refusal: m.arranging_offline() });
    else if (failure instanceof ProblemError && failure.code === this.#parts.changedCode)
      await this.#takeChanged(id);
    else this.#tell(id, { refusal: m.arranging_failed({ reason: sentenceFor(failure) }) });
  }

  async #takeChanged(id: string): Promise<void> {
    this.take(await this.#parts.readAgain());
    const other = this.#saved.find((saved) => saved.id === id);
    const draft = this.#drafts[id];
    const isOpen = this.currentId === id;
    if (other) this.#tell(id, { other });
    else if (draft) {
      // Deleted by somebody: saving makes it anew, under another id.
      const anew = v7();
      this.#keep(id, undefined);
      this.#keep(anew, { version: 0, content: draft.content });
      this.#tell(anew, { refusal: m.arranging_deleted() });
      if (isOpen) this.open(anew);
    } else if (isOpen) this.open(this.entries[0]?.id);
  }

  #tell(id: string, outcome: Outcome<Content> | undefined): void {
    const { [id]: _, ...others } = this.#outcomes;
    this.#outcomes = outcome === undefined ? others : { ...others, [id]: outcome };
  }

  #put(content: Content): void {
    const id = this.currentId;
    if (id === undefined) return;
    this.#keep(id, { version: this.#drafts[id]?.version ?? this.current?.version ?? 0, content });
  }

  #keep(id: string, draft: Draft<Content> | undefined): void {
    const { [id]: _, ...others } = this.#drafts;
    this.#drafts = draft === undefined ? others : { ...others, [id]: draft };
    if (Object.keys(this.#drafts).length === 0) this.#parts.drafts.drop();
    else this.#parts.drafts.keep(this.#drafts);
  }
}
