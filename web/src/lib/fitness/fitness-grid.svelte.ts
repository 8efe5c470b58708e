/**
 * A class's fitness sheet while it is filled in: what was typed stands at once and stays, whatever the network does, and is
 * saved a moment later, many cells in one call. What cannot be a result is asked about and never sent.
 */
import type { FitnessDesk, FitnessState } from "@doudou/shared/contract/fitness.ts";
import type { Attempt, ExemptionReason, FitnessItem } from "@doudou/shared/domain/fitness.ts";
import { readFitnessValue } from "@doudou/shared/domain/fitness-sheet.ts";
import { saveExemption, saveFitness } from "#lib/api/fitness.ts";
import { SelfSavers } from "#lib/offline/self-savers.svelte.ts";
import { type Saving, SelfSaving } from "#lib/offline/self-saving.ts";
import { cellKey, cellOf, pastedCells, type Typed, type UnsavedValues } from "./unsaved-values.ts";

const MOST_AT_ONCE = 400;

const grids = new SelfSavers<FitnessGrid>();

/** Opens a sheet in the place of the one that was open for the class before. */
export function openFitnessGrid(desk: FitnessDesk, unsaved: UnsavedValues): FitnessGrid {
  return grids.put(desk.class.id, new FitnessGrid(desk, unsaved));
}

export class FitnessGrid {
  readonly desk: FitnessDesk;
  saving = $state<Saving>("saved");
  /** Why the server refused, in its words. */
  refusal = $state("");
  testedOn = $state("");
  attempt = $state<Attempt>(1);
  /** As the server has them, by cell. */
  #kept = $state.raw<Readonly<Record<string, number>>>({});
  #typed = $state.raw<Typed>({});
  #states = $state.raw<ReadonlyMap<string, FitnessState>>(new Map());
  #exempt = $state.raw<ReadonlyMap<string, ExemptionReason | null>>(new Map());
  readonly #unsaved: UnsavedValues;
  readonly #saver = new SelfSaving({
    afterMs: 700,
    saveNext: () => this.#saveNext(),
    show: (saving, refusal = this.refusal) => {
      this.saving = saving;
      this.refusal = refusal;
    },
  });

  constructor(desk: FitnessDesk, unsaved: UnsavedValues) {
    this.desk = desk;
    this.#unsaved = unsaved;
    this.testedOn = desk.today;
    this.#kept = Object.fromEntries(
      desk.children.flatMap(({ id: studentId, values }) =>
        values.map(({ item, attempt, value }) => [cellKey({ studentId, item, attempt }), value]),
      ),
    );
    this.#states = new Map(desk.children.map(({ id, state }) => [id, state]));
    this.#exempt = new Map(desk.children.map(({ id, exempt }) => [id, exempt]));
    this.#typed = unsaved.find();
    if (this.hasUnsaved) this.#saver.takeUp();
  }

  /** The children of the test, or those who are tested again. */
  get children(): FitnessDesk["children"] {
    return this.attempt === 1
      ? this.desk.children
      : this.desk.children.filter(({ id }) => this.stateOf(id).hasRetest);
  }

  get done(): number {
    return this.desk.children.filter(({ id }) => this.stateOf(id).kind !== "incomplete").length;
  }

  get hasRetests(): boolean {
    return this.desk.children.some(({ id }) => this.stateOf(id).hasRetest);
  }

  textOf(studentId: string, item: FitnessItem): string {
    const key = this.#keyOf(studentId, item);
    return this.#typed[key] ?? String(this.#kept[key] ?? "");
  }

  /** Whether what was typed cannot be a result. */
  isDoubtful(studentId: string, item: FitnessItem): boolean {
    return this.#isDoubtful(this.#keyOf(studentId, item));
  }

  /** How much was typed that cannot be a result, and so is not saved. */
  get doubts(): number {
    return Object.keys(this.#typed).filter((key) => this.#isDoubtful(key)).length;
  }

  #isDoubtful(key: string): boolean {
    const text = this.#typed[key];
    return text !== undefined && text.trim() !== "" && readFitnessValue(cellOf(key).item, text) === undefined;
  }

  stateOf(studentId: string): FitnessState {
    const state = this.#states.get(studentId);
    if (!state) throw new RangeError(`${studentId} is not in this class`);
    return state;
  }

  exemptOf(studentId: string): ExemptionReason | null {
    return this.#exempt.get(studentId) ?? null;
  }

  type(studentId: string, item: FitnessItem, text: string): void {
    this.#typed = { ...this.#typed, [this.#keyOf(studentId, item)]: text };
    this.#unsaved.keep(this.#typed);
    this.#saver.changed();
  }

  /** Fills in what was copied out of a spreadsheet, from a cell to the right and down. */
  paste(studentId: string, item: FitnessItem, text: string): void {
    const children = this.children;
    const from = children.findIndex(({ id }) => id === studentId);
    const first = this.desk.items.indexOf(item);
    for (const [down, cells] of pastedCells(text).entries())
      for (const [right, cell] of cells.entries()) {
        const child = children[from + down];
        const into = this.desk.items[first + right];
        if (child && into && child.items.includes(into)) this.type(child.id, into, cell);
      }
  }

  /** @throws ProblemError, OfflineError */
  async exempt(studentId: string, reason: ExemptionReason | null): Promise<void> {
    const { children } = await saveExemption(this.desk.class.id, { studentId, reason });
    this.#exempt = new Map(this.#exempt).set(studentId, reason);
    this.#learn(children);
  }

  get hasUnsaved(): boolean {
    return this.#sendable().length > 0;
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
    const sent = this.#sendable().slice(0, MOST_AT_ONCE);
    if (sent.length === 0) return undefined;
    const values = sent.map(({ key, value }) => ({ ...cellOf(key), value }));
    const { testedOn, desk } = this;
    return saveFitness(desk.class.id, { testedOn, values }).then(({ children }) => {
      this.#forget(sent);
      this.#learn(children);
    });
  }

  /** What was typed and can be a result; an emptied cell takes its result back. */
  #sendable(): { readonly key: string; readonly text: string; readonly value: number | null }[] {
    return Object.entries(this.#typed).flatMap(([key, text]) => {
      const value = text.trim() === "" ? null : readFitnessValue(cellOf(key).item, text);
      return value === undefined ? [] : [{ key, text, value }];
    });
  }

  /** What was sent is saved, unless something else was typed meanwhile. */
  #forget(
    sent: readonly { readonly key: string; readonly text: string; readonly value: number | null }[],
  ): void {
    const typed = { ...this.#typed };
    const kept = { ...this.#kept };
    for (const { key, text, value } of sent) {
      if (typed[key] === text) delete typed[key];
      if (value === null) delete kept[key];
      else kept[key] = value;
    }
    this.#kept = kept;
    this.#typed = typed;
    if (!this.#saver.isRetired) this.#unsaved.keep(typed);
  }

  #learn(children: readonly { readonly id: string; readonly state: FitnessState }[]): void {
    this.#states = new Map([...this.#states, ...children.map(({ id, state }) => [id, state] as const)]);
  }

  #keyOf(studentId: string, item: FitnessItem): string {
    return cellKey({ studentId, item, attempt: this.attempt });
  }
}
