/**
 * A teacher's sheet for one class and round: what was chosen for each child on each indicator, saved a moment after the
 * last tap, many taps in one call. A tap is on the sheet at once and stays there, whatever the network does.
 */
import type { RatingDesk } from "@doudou/shared/contract/rubrics.ts";
import { saveRatings } from "#lib/api/rubrics.ts";
import { judge } from "#lib/offline/judge.ts";
import { SelfSavers } from "#lib/offline/self-savers.svelte.ts";
import type { Choice, Unsaved, UnsavedRatings } from "./unsaved-ratings.ts";

/** `held`: kept on this device until the network or the session is back. `refused`: the server will not have it. */
type Saving = "saved" | "unsaved" | "saving" | "held" | "refused";

const SAVE_AFTER_MS = 700;
const RETRY_AFTER_MS = 8000;

const sheets = new SelfSavers<RatingSheet>();

/** Opens a sheet in the place of the one that was open for the class before. */
export function openRatingSheet(desk: RatingDesk, kept: UnsavedRatings): RatingSheet {
  return sheets.put(desk.class.id, new RatingSheet(desk, kept));
}

export class RatingSheet {
  readonly desk: RatingDesk;
  saving = $state<Saving>("saved");
  /** Why the server refused, in its words. */
  refusal = $state("");
  /** By indicator, by child. */
  #chosen = $state.raw<Unsaved>({});
  #unsaved: Unsaved;
  readonly #kept: UnsavedRatings;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #underWay: Promise<void> | undefined;
  #isRetired = false;

  constructor(desk: RatingDesk, kept: UnsavedRatings) {
    this.desk = desk;
    this.#kept = kept;
    this.#chosen = Object.fromEntries(
      desk.indicators.map(({ code, chosen }) => [
        code,
        Object.fromEntries(chosen.map(({ studentId, level }) => [studentId, level])),
      ]),
    );
    this.#unsaved = kept.find();
    for (const [code, of] of Object.entries(this.#unsaved)) this.#put(code, of);
    if (this.hasUnsaved) {
      this.saving = "held";
      this.#saveIn(0);
    }
  }

  /** What was chosen for a child; null for nothing yet. */
  choiceOf(code: string, studentId: string): Choice {
    return this.#chosen[code]?.[studentId] ?? null;
  }

  /** Children nothing was chosen for yet, in the order of the class. */
  openIn(code: string): string[] {
    return this.desk.children.flatMap(({ id }) => (this.choiceOf(code, id) === null ? [id] : []));
  }

  /** The teacher chose; null takes a choice back. */
  choose(code: string, studentIds: readonly string[], level: Choice): void {
    const chosen = Object.fromEntries(studentIds.map((id) => [id, level]));
    this.#put(code, chosen);
    this.#unsaved = { ...this.#unsaved, [code]: { ...this.#unsaved[code], ...chosen } };
    this.#kept.keep(this.#unsaved);
    if (this.saving !== "saving") this.saving = "unsaved";
    this.#saveIn(SAVE_AFTER_MS);
  }

  get hasUnsaved(): boolean {
    return Object.values(this.#unsaved).some((of) => Object.keys(of).length > 0);
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
    const { round } = this.desk;
    if (!round) return;
    try {
      for (;;) {
        const next = Object.entries(this.#unsaved).find(([, of]) => Object.keys(of).length > 0);
        if (!next || this.#isRetired) break;
        const [code, of] = next;
        this.saving = "saving";
        const ratings = Object.entries(of).map(([studentId, level]) => ({ studentId, level }));
        await saveRatings(this.desk.class.id, round.id, { indicator: code, ratings });
        this.#forget(code, of);
      }
      this.saving = "saved";
      this.refusal = "";
    } catch (failure) {
      this.#take(failure);
    }
  }

  #take(failure: unknown): void {
    const meaning = judge(failure);
    this.saving = meaning.kind === "refused" ? "refused" : "held";
    if (meaning.kind === "refused") this.refusal = meaning.problem.title;
    if (meaning.kind === "later") this.#saveIn(meaning.afterMs ?? RETRY_AFTER_MS);
  }

  /** What was sent is saved, unless the teacher has chosen otherwise meanwhile. */
  #forget(code: string, sent: Unsaved[string]): void {
    const now = this.#unsaved[code] ?? {};
    const left = Object.entries(now).filter(([id, level]) => sent[id] !== level);
    this.#unsaved = { ...this.#unsaved, [code]: Object.fromEntries(left) };
    if (!this.#isRetired) this.#kept.keep(this.#unsaved);
  }

  #put(code: string, chosen: Unsaved[string]): void {
    this.#chosen = { ...this.#chosen, [code]: { ...this.#chosen[code], ...chosen } };
  }

  #saveIn(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#isRetired) this.#timer = setTimeout(() => void this.save(), ms);
  }
}
