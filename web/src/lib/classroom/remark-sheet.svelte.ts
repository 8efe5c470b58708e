/**
 * A subject teacher's sentences about the children of a class, each saved a moment after the last letter. What could not
 * be sent is kept on this device, and sent when the network or the session is back.
 */
import type { OwnRemarks } from "@doudou/shared/contract/summary-writing.ts";
import { saveRemark } from "#lib/api/summary-writing.ts";
import { judge } from "#lib/offline/judge.ts";
import { SelfSavers } from "#lib/offline/self-savers.svelte.ts";
import { remarkKey, remarkOf, type TypedRemarks, type UnsavedRemarks } from "./unsaved-remarks.ts";

/** `held`: kept on this device until it can be sent. `refused`: the server will not have it as it is. */
export type RemarkSaving = "untouched" | "saved" | "unsaved" | "held" | "refused";

const SAVE_AFTER_MS = 900;
const RETRY_AFTER_MS = 8000;

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
  #timer: ReturnType<typeof setTimeout> | undefined;
  #underWay: Promise<void> | undefined;
  #isRetired = false;

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
    if (this.hasUnsaved) {
      this.#isHeld = true;
      this.#saveIn(0);
    }
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
    this.#saveIn(SAVE_AFTER_MS);
  }

  /** Saves until nothing is unsaved, or until that cannot be done now. */
  save(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#isRetired) return Promise.resolve();
    this.#underWay ??= this.#saveAll().finally(() => (this.#underWay = undefined));
    return this.#underWay;
  }

  /** Saves and keeps nothing any more: what is unsaved is the next sheet's. */
  retire(): void {
    clearTimeout(this.#timer);
    this.#isRetired = true;
  }

  async #saveAll(): Promise<void> {
    for (;;) {
      const next = Object.entries(this.#unsaved).find(([key]) => this.#refusals[key] === undefined);
      if (!next || this.#isRetired) break;
      if (!(await this.#saveOne(...next))) return;
    }
    this.#isHeld = false;
  }

  /** @returns whether the next may be tried */
  async #saveOne(key: string, written: string): Promise<boolean> {
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
    if (this.#unsaved[key] === written && !this.#isRetired) this.#keep(without(this.#unsaved, key));
    this.#isHeld = false;
    return true;
  }

  #take(key: string, failure: unknown): boolean {
    const meaning = judge(failure);
    if (meaning.kind === "refused") {
      this.#refusals = { ...this.#refusals, [key]: meaning.problem.title };
      return true;
    }
    this.#isHeld = true;
    if (meaning.kind === "later") this.#saveIn(meaning.afterMs ?? RETRY_AFTER_MS);
    return false;
  }

  #keep(unsaved: TypedRemarks): void {
    this.#unsaved = unsaved;
    this.#kept.keep(unsaved);
  }

  #saveIn(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#isRetired) this.#timer = setTimeout(() => void this.save(), ms);
  }
}

function without(typed: TypedRemarks, key: string): TypedRemarks {
  return Object.fromEntries(Object.entries(typed).filter(([other]) => other !== key));
}
