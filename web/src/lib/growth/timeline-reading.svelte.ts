/**
 * A child's ledger, or a part of it, turned back page by page. Keeps what was read; what is new comes in at the front.
 * Never asks for the same page twice and never counts anything.
 */
import type { LedgerEntry, LedgerPage, TimelineQuery } from "@doudou/shared/contract/awards.ts";
import * as client from "#lib/api/client.ts";

export interface DiaryDay {
  readonly day: string;
  readonly entries: readonly LedgerEntry[];
}

export type TimelineFilter = Omit<TimelineQuery, "cursor">;

export class TimelineReading {
  /** Newest first. */
  entries = $state.raw<readonly LedgerEntry[]>([]);
  /** What was last read of all of it, whatever part is asked for now. */
  latest = $state.raw<readonly LedgerEntry[]>([]);
  failure = $state.raw<unknown>();
  isUnderWay = $state(false);
  hasBegun = $state(false);
  #cursor = $state.raw<string | null>(null);
  /** Which part is asked for; all of it where nothing is said. */
  filter = $state.raw<TimelineFilter>({});
  #asked = 0;
  readonly #studentId: string;

  constructor(studentId: string) {
    this.#studentId = studentId;
  }

  get isFiltered(): boolean {
    return Object.values(this.filter).some((value) => value !== undefined);
  }

  /** Begins anew with another part. An answer that is still coming to the question before is left alone. */
  choose = (filter: TimelineFilter): Promise<void> => {
    this.filter = filter;
    this.entries = [];
    this.#cursor = null;
    this.hasBegun = false;
    this.isUnderWay = false;
    return this.more();
  };

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
    const asked = ++this.#asked;
    const isOvertaken = () => asked !== this.#asked;
    try {
      const query = cursor === undefined ? this.filter : { ...this.filter, cursor };
      const page = await client.readTimeline(this.#studentId, query);
      if (isOvertaken()) return;
      keep(page);
      if (!this.isFiltered) this.latest = this.entries;
      this.hasBegun = true;
      this.failure = undefined;
    } catch (failure) {
      if (!isOvertaken()) this.failure = failure;
    } finally {
      if (!isOvertaken()) this.isUnderWay = false;
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
