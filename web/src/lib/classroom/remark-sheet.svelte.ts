/**
 * A subject teacher's sentences about the children of a class, each saved a moment after the last letter. What could not
 * be sent is kept on this device, and sent when the network or the session is back. Never overwrites what was saved on
 * another device meanwhile: it asks.
 */
import type { OwnRemarks } from "@doudou/shared/contract/summary-writing.ts";
import { remarkLine } from "@doudou/shared/domain/summary-remarks.ts";
import { ProblemError } from "#lib/api/problem.ts";
import { readOwnRemarks, saveRemark } from "#lib/api/summary-writing.ts";
import { judge } from "#lib/offline/judge.ts";
import { SelfSavers } from "#lib/offline/self-savers.svelte.ts";
import { SelfSaving } from "#lib/offline/self-saving.ts";
import {
  remarkKey,
  remarkOf,
  type TypedRemarks,
  type UnsavedRemarks,
  type VersionedRemark,
} from "./unsaved-remarks.ts";

/** `held`: kept on this device until it can be sent. `refused`: the server will not have it as it is. */
export type RemarkSaving = "untouched" | "saved" | "unsaved" | "held" | "conflict" | "refused";

type Texts = Readonly<Record<string, string>>;

const NONE: VersionedRemark = { text: "", version: 0 };

const sheets = new SelfSavers<RemarkSheet>();

/** Opens a sheet in the place of the one that was open for the class before. */
export function openRemarkSheet(list: OwnRemarks, kept: UnsavedRemarks): RemarkSheet {
  return sheets.put(list.class.id, new RemarkSheet(list, kept));
}

export class RemarkSheet {
  readonly list: OwnRemarks;
  /** As they stand in the fields, by child and subject. */
  #texts = $state.raw<Texts>({});
  /** As the server has them, or had them when what is unsaved was written. */
  #saved: TypedRemarks;
  #unsaved = $state.raw<Texts>({});
  #savedNow = $state.raw<ReadonlySet<string>>(new Set());
  /** What was saved elsewhere meanwhile, while the teacher has to choose. */
  #theirs = $state.raw<TypedRemarks>({});
  /** Why the server refused a sentence, in its words. */
  #refusals = $state.raw<Texts>({});
  #isHeld = $state(false);
  readonly #kept: UnsavedRemarks;
  readonly #saver = new SelfSaving({
    afterMs: 900,
    saveNext: () => this.#saveNext(),
    show: (saving) => (this.#isHeld = saving === "held"),
  });

  constructor(list: OwnRemarks, kept: UnsavedRemarks) {
    this.list = list;
    this.#kept = kept;
    this.#saved = savedIn(list);
    this.#texts = textsOf(this.#saved);
    for (const [key, { text, version }] of Object.entries(kept.find())) this.#takeUp(key, text, version);
    if (this.hasUnsaved) this.#saver.takeUp();
  }

  /** As it stands in the field. */
  textOf(studentId: string, subject: string): string {
    return this.#texts[remarkKey(studentId, subject)] ?? "";
  }

  savingOf(studentId: string, subject: string): RemarkSaving {
    const key = remarkKey(studentId, subject);
    if (this.#theirs[key] !== undefined) return "conflict";
    if (this.#refusals[key] !== undefined) return "refused";
    if (this.#unsaved[key] !== undefined) return this.#isHeld ? "held" : "unsaved";
    return this.#savedNow.has(key) ? "saved" : "untouched";
  }

  refusalOf(studentId: string, subject: string): string {
    return this.#refusals[remarkKey(studentId, subject)] ?? "";
  }

  /** What was saved elsewhere, where the teacher has to choose; an empty one was taken away there. */
  theirsOf(studentId: string, subject: string): string | undefined {
    return this.#theirs[remarkKey(studentId, subject)]?.text;
  }

  /** Ends a conflict: the words in the field replace the other's, or give way. */
  choose(studentId: string, subject: string, mine: boolean): void {
    const key = remarkKey(studentId, subject);
    const theirs = this.#theirs[key];
    if (!theirs) return;
    this.#theirs = without(this.#theirs, key);
    this.#saved = { ...this.#saved, [key]: theirs };
    if (!mine) this.#texts = { ...this.#texts, [key]: theirs.text };
    this.#keep(mine ? this.#unsaved : without(this.#unsaved, key));
    void this.save();
  }

  get hasUnsaved(): boolean {
    return Object.keys(this.#unsaved).length > 0;
  }

  write(studentId: string, subject: string, text: string): void {
    const key = remarkKey(studentId, subject);
    this.#texts = { ...this.#texts, [key]: text };
    this.#refusals = without(this.#refusals, key);
    this.#keep({ ...this.#unsaved, [key]: text });
    this.#saver.changed();
  }

  /** Saves until nothing is unsaved, or until that cannot be done now. */
  save(): Promise<void> {
    return this.#saver.save();
  }

  /** Saves and keeps nothing any more: what is unsaved is the next sheet's. */
  retire(): void {
    this.#saver.retire();
  }

  #saveNext(): Promise<void> | undefined {
    const next = Object.entries(this.#unsaved).find(
      ([key]) => this.#refusals[key] === undefined && this.#theirs[key] === undefined,
    );
    return next && this.#saveOne(...next);
  }

  async #saveOne(key: string, written: string): Promise<void> {
    const { studentId, subject } = remarkOf(key);
    const text = remarkLine(written);
    const before = this.#saved[key] ?? NONE;
    try {
      if (text !== before.text) {
        const draft = { subject, text, version: before.version };
        const { version } = await saveRemark(studentId, this.list.term.id, draft);
        this.#saved = { ...this.#saved, [key]: { text, version } };
      }
    } catch (failure) {
      return await this.#take(key, failure);
    }
    this.#savedNow = new Set([...this.#savedNow, key]);
    // What was written meanwhile is still to be sent.
    this.#keep(this.#unsaved[key] === written ? without(this.#unsaved, key) : this.#unsaved);
  }

  /** A sentence that is refused, or that the teacher has to choose about, keeps no other from being saved. */
  async #take(key: string, failure: unknown): Promise<void> {
    if (failure instanceof ProblemError && failure.code === "remark-conflict") {
      const now = savedIn(await readOwnRemarks(this.list.class.id, this.list.term.id));
      return this.#meet(key, now[key] ?? NONE);
    }
    const meaning = judge(failure);
    if (meaning.kind !== "refused") throw failure;
    this.#refusals = { ...this.#refusals, [key]: meaning.problem.title };
  }

  /** Another version is on the server: the same words are no conflict. */
  #meet(key: string, theirs: VersionedRemark): void {
    if (remarkLine(this.#unsaved[key] ?? "") === theirs.text) {
      this.#saved = { ...this.#saved, [key]: theirs };
      this.#savedNow = new Set([...this.#savedNow, key]);
      this.#keep(without(this.#unsaved, key));
    } else {
      this.#theirs = { ...this.#theirs, [key]: theirs };
    }
  }

  #takeUp(key: string, text: string, version: number): void {
    const server = this.#saved[key] ?? NONE;
    this.#saved = { ...this.#saved, [key]: { text: server.text, version } };
    this.#texts = { ...this.#texts, [key]: text };
    this.#keep({ ...this.#unsaved, [key]: text });
    if (version !== server.version) this.#meet(key, server);
  }

  #keep(unsaved: Texts): void {
    if (this.#saver.isRetired) return;
    this.#unsaved = unsaved;
    const versioned = Object.entries(unsaved).map(
      ([key, text]) => [key, { text, version: (this.#saved[key] ?? NONE).version }] as const,
    );
    this.#kept.keep(Object.fromEntries(versioned));
  }
}

function savedIn({ students }: OwnRemarks): TypedRemarks {
  return Object.fromEntries(
    students.flatMap(({ id, remarks }) =>
      remarks.map(({ subject, text, version }) => [remarkKey(id, subject), { text, version }]),
    ),
  );
}

function textsOf(remarks: TypedRemarks): Texts {
  return Object.fromEntries(Object.entries(remarks).map(([key, { text }]) => [key, text]));
}

function without<T>(all: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(all).filter(([other]) => other !== key));
}
