/**
 * A subject teacher's sentences about the children of a class, each saved a moment after the last letter. What could not
 * be sent is kept on this device, and sent when the network or the session is back.
 */
import type { OwnRemarks } from "@doudou/shared/contract/summary-writing.ts";
import { saveRemark } from "#lib/api/summary-writing.ts";
import { judge } from "#lib/offline/judge.ts";
import { SelfSavers } from "#lib/offline/self-savers.svelte.ts";
import { SelfSaving } from "#lib/offline/self-saving.ts";
import { remarkKey, remarkOf, type TypedRemarks, type UnsavedRemarks } from "./unsaved-remarks.ts";

/** `held`: kept on this device until it can be sent. `refused`: the server will not have it as it is. */
export type RemarkSaving = "untouched" | "saved" | "unsaved" | "held" | "refused";

const sheets = new SelfSavers<RemarkSheet>();

/** Opens a sheet in the place of the one that was open for the class before. */
export function openRemarkSheet(list: OwnRemarks, kept: UnsavedRemarks): RemarkSheet {
  return sheets.put(list.class.id, new RemarkSheet(list, kept));
}

export class RemarkSheet {
  readonly list: OwnRemarks;
  /** As they stand in the fields, by child and subject. */
  #texts = $state.raw<TypedRemarks>({});
  /** As the server has them. */
  #saved: TypedRemarks;
  #unsaved = $state.raw<TypedRemarks>({});
  #savedNow = $state.raw<ReadonlySet<string>>(new Set());
  /** Why the server refused a sentence, in its words. */
  #refusals = $state.raw<TypedRemarks>({});
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
    this.#saved = Object.fromEntries(
      list.students.flatMap(({ id, remarks }) =>
        remarks.map(({ subject, text }) => [remarkKey(id, subject), text]),
      ),
    );
    this.#unsaved = kept.find();
    this.#texts = { ...this.#saved, ...this.#unsaved };
    if (this.hasUnsaved) this.#saver.takeUp();
  }

  /** As it stands in the field. */
  textOf(studentId: string, subject: string): string {
    return this.#texts[remarkKey(studentId, subject)] ?? "";
  }

  savingOf(studentId: string, subject: string): RemarkSaving {
    const key = remarkKey(studentId, subject);
    if (this.#refusals[key] !== undefined) return "refused";
    if (this.#unsaved[key] !== undefined) return this.#isHeld ? "held" : "unsaved";
    return this.#savedNow.has(key) ? "saved" : "untouched";
  }

  refusalOf(studentId: string, subject: string): string {
    return this.#refusals[remarkKey(studentId, subject)] ?? "";
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
    const next = Object.entries(this.#unsaved).find(([key]) => this.#refusals[key] === undefined);
    return next && this.#saveOne(...next);
  }

  async #saveOne(key: string, written: string): Promise<void> {
    const { studentId, subject } = remarkOf(key);
    const text = written.trim();
    try {
      if (text !== (this.#saved[key] ?? ""))
        await saveRemark(studentId, this.list.term.id, { subject, text });
    } catch (failure) {
      return this.#take(key, failure);
    }
    this.#saved = { ...this.#saved, [key]: text };
    this.#savedNow = new Set([...this.#savedNow, key]);
    // What was written meanwhile is still to be sent.
    if (this.#unsaved[key] === written && !this.#saver.isRetired) this.#keep(without(this.#unsaved, key));
  }

  /** A sentence that is refused keeps no other from being saved. */
  #take(key: string, failure: unknown): void {
    const meaning = judge(failure);
    if (meaning.kind !== "refused") throw failure;
    this.#refusals = { ...this.#refusals, [key]: meaning.problem.title };
  }

  #keep(unsaved: TypedRemarks): void {
    this.#unsaved = unsaved;
    this.#kept.keep(unsaved);
  }
}

function without(typed: TypedRemarks, key: string): TypedRemarks {
  return Object.fromEntries(Object.entries(typed).filter(([other]) => other !== key));
}
