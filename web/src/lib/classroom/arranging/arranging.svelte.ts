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
  /** Why it was not saved. */
  refusal = $state("");
  /** What a colleague has saved meanwhile. */
  other = $state.raw<Saved<Content>>();
  #saved = $state.raw<readonly Saved<Content>[]>([]);
  #drafts = $state.raw<Drafts<Content>>({});
  #past = $state.raw<readonly Content[]>([]);
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

  open(id: string): void {
    this.currentId = id;
    this.#startAnew();
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
    this.#startAnew();
    if (this.current === undefined) this.currentId = this.entries[0]?.id;
  }

  /** @returns whether it is saved */
  async save(): Promise<boolean> {
    const id = this.currentId;
    const draft = this.#drafts[id ?? ""];
    if (id === undefined || draft === undefined) return true;
    this.isSaving = true;
    this.refusal = "";
    try {
      const saved = await this.#parts.save(id, { ...draft.content, version: draft.version });
      this.#saved = [...this.#saved.filter((one) => one.id !== id), saved].sort((one, next) =>
        one.id < next.id ? -1 : 1,
      );
      // What was changed while it was on its way is not saved yet.
      const hasChanged = this.#drafts[id] !== draft;
      this.#keep(id, hasChanged ? { ...(this.#drafts[id] ?? draft), version: saved.version } : undefined);
      this.other = undefined;
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
    this.other = undefined;
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
    this.#startAnew();
    this.currentId = this.entries[0]?.id;
    return true;
  }

  async #explain(id: string, failure: unknown): Promise<void> {
    if (failure instanceof OfflineError) this.refusal = m.arranging_offline();
    else if (failure instanceof ProblemError && failure.code === this.#parts.changedCode) {
      this.take(await this.#parts.readAgain());
      this.other = this.current;
      const draft = this.#drafts[id];
      // Deleted by somebody: saving makes it anew, under another id.
      if (this.other === undefined && draft !== undefined) {
        this.#keep(id, undefined);
        this.add(draft.content);
        this.refusal = m.arranging_deleted();
      }
    } else this.refusal = m.arranging_failed({ reason: sentenceFor(failure) });
  }

  #startAnew(): void {
    this.#past = [];
    this.refusal = "";
    this.other = undefined;
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
