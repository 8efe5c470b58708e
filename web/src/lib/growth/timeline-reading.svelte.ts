/**
 * A child's ledger, turned back page by page. Keeps what was read; what is new comes in at the front.
 * Never asks for the same page twice and never counts anything.
 */
import type { LedgerEntry, LedgerPage } from "@doudou/shared/contract/awards.ts";
import * as client from "#lib/api/client.ts";

export interface DiaryDay {
  readonly day: string;
  readonly entries: readonly LedgerEntry[];
}

export class TimelineReading {
  /** Newest first. */
  entries = $state.raw<readonly LedgerEntry[]>([]);
  failure = $state.raw<unknown>();
  isUnderWay = $state(false);
  hasBegun = $state(false);
  #cursor = $state.raw<string | null>(null);
  readonly #studentId: string;

  constructor(studentId: string) {
    this.#studentId = studentId;
  }

  get hasMore(): boolean {
    return this.#cursor !== null;
  }

  /** Reads the first page, or the next one; where there is no further one, looks for what is new. */
  more = (): Promise<void> => {
    if (this.hasBegun && !this.hasMore) return this.refresh();
    return this.#read(this.#cursor ?? undefined, (page) => {
      this.entries = [...this.entries, ...page.entries];
      this.#cursor = page.nextCursor;
    });
  };

  /** Looks for what came or was voided since, without losing the pages read so far. */
  refresh = (): Promise<void> =>
    this.#read(undefined, (page) => {
      const joint = this.entries.findIndex(({ id }) => id === page.entries.at(-1)?.id);
      if (joint < 0) this.#cursor = page.nextCursor;
      this.entries = joint < 0 ? page.entries : [...page.entries, ...this.entries.slice(joint + 1)];
    });

  async #read(cursor: string | undefined, keep: (page: LedgerPage) => void): Promise<void> {
    if (this.isUnderWay) return;
    this.isUnderWay = true;
    try {
      keep(await client.readTimeline(this.#studentId, cursor));
      this.hasBegun = true;
      this.failure = undefined;
    } catch (failure) {
      this.failure = failure;
    } finally {
      this.isUnderWay = false;
    }
  }
}

/** Entries by day, in the order they come. */
export function diaryDays(entries: readonly LedgerEntry[]): DiaryDay[] {
  const days: { day: string; entries: LedgerEntry[] }[] = [];
  for (const entry of entries) {
    const last = days.at(-1);
    if (last?.day === entry.day) last.entries.push(entry);
    else days.push({ day: entry.day, entries: [entry] });
  }
  return days;
}
