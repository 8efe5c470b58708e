/**
 * A teacher's sheet for one class and round: what was chosen for each child on each indicator, saved a moment after the
 * last tap, many taps in one call. A tap is on the sheet at once and stays there, whatever the network does.
 */
import type { RatingDesk } from "@doudou/shared/contract/rubrics.ts";
import { saveRatings } from "#lib/api/rubrics.ts";
import { SelfSavers } from "#lib/offline/self-savers.svelte.ts";
import { type Saving, SelfSaving } from "#lib/offline/self-saving.ts";
import type { Choice, Unsaved, UnsavedRatings } from "./unsaved-ratings.ts";

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
  readonly #saver = new SelfSaving({
    afterMs: 700,
    saveNext: () => this.#saveNext(),
    show: (saving, refusal = this.refusal) => {
      this.saving = saving;
      this.refusal = refusal;
    },
  });

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
    if (this.hasUnsaved) this.#saver.takeUp();
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
    this.#saver.changed();
  }

  get hasUnsaved(): boolean {
    return Object.values(this.#unsaved).some((of) => Object.keys(of).length > 0);
  }

  /** Saves until nothing is unsaved, or until that cannot be done now. */
  save(): Promise<void> {
    return this.#saver.save();
  }

  /** Saves and keeps nothing any more: what is unsaved is the next sheet's. */
  retire(): void {
    this.#saver.retire();
  }

  /** All that is unsaved on one indicator. */
  #saveNext(): Promise<void> | undefined {
    const { round } = this.desk;
    const next = Object.entries(this.#unsaved).find(([, of]) => Object.keys(of).length > 0);
    if (!round || !next) return undefined;
    const [code, of] = next;
    const ratings = Object.entries(of).map(([studentId, level]) => ({ studentId, level }));
    return saveRatings(this.desk.class.id, round.id, { indicator: code, ratings }).then(() =>
      this.#forget(code, of),
    );
  }

  /** What was sent is saved, unless the teacher has chosen otherwise meanwhile. */
  #forget(code: string, sent: Unsaved[string]): void {
    const now = this.#unsaved[code] ?? {};
    const left = Object.entries(now).filter(([id, level]) => sent[id] !== level);
    this.#unsaved = { ...this.#unsaved, [code]: Object.fromEntries(left) };
    if (!this.#saver.isRetired) this.#kept.keep(this.#unsaved);
  }

  #put(code: string, chosen: Unsaved[string]): void {
    this.#chosen = { ...this.#chosen, [code]: { ...this.#chosen[code], ...chosen } };
  }
}
