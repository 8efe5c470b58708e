/**
 * Group commit on the single SQLite writer: the write jobs of one turn of the event loop run one after the other inside
 * one transaction; all are acknowledged after its COMMIT, never before. A job that fails takes nothing with it: the
 * others are begun again, each in a savepoint of its own. Jobs hardly ever fail, so savepoints need not be always there.
 */
import type BetterSqlite3 from "better-sqlite3";
import { JobRefused, Overloaded, type EngineLog, type Store } from "./database.ts";
import { JobStore, runJob } from "./job-scope.ts";
import type { SqliteConnection } from "./sqlite-connection.ts";

/** A group ends here even when more jobs wait, so that the event loop turns and nobody's answer waits long. */
const MAX_JOBS_PER_GROUP = 256;
const MAX_GROUP_MS = 25;
/** The longest a group waits for more jobs, however slow the disk. */
const MAX_WAIT_MS = 5;
/** Another process may hold the file (an import, a backup): how often to look, and when to give up. */
const RETRY_MS = 10;
const GIVE_UP_MS = 10_000;

interface WaitingJob {
  readonly job: (store: Store) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly waiting: WaitingJob } & (
  | { readonly isKept: true; readonly value: unknown }
  | { readonly isKept: false; readonly error: unknown }
);

export interface GroupCommitOptions {
  /** How many jobs may wait; beyond it `add` answers Overloaded. */
  readonly maxQueued: number;
  /** False makes every group one job, for comparison. */
  readonly isGrouping: boolean;
  readonly onCommit: () => void;
  readonly log: EngineLog | undefined;
  /** Told once for each topic that a commit announces. */
  readonly onAnnounced: (topic: string) => void;
}

export class GroupCommit {
  readonly #connection: SqliteConnection;
  readonly #options: GroupCommitOptions;
  readonly #maxJobs: number;
  readonly #begin: BetterSqlite3.Statement;
  readonly #commit: BetterSqlite3.Statement;
  readonly #rollback: BetterSqlite3.Statement;
  readonly #savepoint: BetterSqlite3.Statement;
  readonly #release: BetterSqlite3.Statement;
  readonly #rollbackToSavepoint: BetterSqlite3.Statement;

  readonly #queue: WaitingJob[] = [];
  readonly #onceIdle: (() => void)[] = [];
  #isScheduled = false;
  /** A job has failed: each job of the next group is to have a savepoint of its own. */
  #isApart = false;
  #busySince: number | undefined;
  /** Cuts off the job that is running now. */
  #cutOff: (() => void) | undefined;
  #lastCommitMs = 0;
  #lastCommitJobs = 0;
  #committedGroups = 0;
  #committedJobs = 0;

  constructor(connection: SqliteConnection, options: GroupCommitOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#maxJobs = options.isGrouping ? MAX_JOBS_PER_GROUP : 1;
    const { client } = connection;
    this.#begin = client.prepare("BEGIN IMMEDIATE");
    this.#commit = client.prepare("COMMIT");
    this.#rollback = client.prepare("ROLLBACK");
    this.#savepoint = client.prepare("SAVEPOINT job");
    this.#release = client.prepare("RELEASE job");
    this.#rollbackToSavepoint = client.prepare("ROLLBACK TO job");
    connection.isOpen = false;
  }

  /** Queues a job; settles after the COMMIT it was part of. */
  add<T>(job: (store: Store) => Promise<T>): Promise<T> {
    if (this.#queue.length >= this.#options.maxQueued) {
      return Promise.reject(new Overloaded(`${this.#queue.length} writes are waiting.`));
    }
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ job, resolve: resolve as (value: unknown) => void, reject });
      this.#schedule();
    });
  }

  /** Resolves when no job waits or runs. */
  whenIdle(): Promise<void> {
    if (!this.#isScheduled) return Promise.resolve();
    return new Promise((resolve) => this.#onceIdle.push(resolve));
  }

  get queued(): number {
    return this.#queue.length;
  }

  get committedGroups(): number {
    return this.#committedGroups;
  }

  get committedJobs(): number {
    return this.#committedJobs;
  }

  /**
   * After the I/O of this turn, when every request that came with it has queued its job. While more keep coming, or
   * fewer have come than last time, the group waits for them, but never longer than the last commit took: a commit
   * shared by more is worth that much.
   */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const until = performance.now() + this.#lastCommitMs;
    const turnOrWait = (queuedBefore: number) => {
      const queued = this.#queue.length;
      const isComplete =
        queued >= this.#maxJobs || (queued === queuedBefore && queued >= this.#lastCommitJobs);
      if (isComplete || performance.now() >= until) queueMicrotask(() => void this.#turn());
      else setImmediate(turnOrWait, queued);
    };
    setImmediate(turnOrWait, 0);
  }

  async #turn(): Promise<void> {
    let delay = 0;
    try {
      if (this.#beginGroup()) await this.#runGroup();
      else delay = RETRY_MS;
    } catch (error) {
      for (const waiting of this.#queue.splice(0)) waiting.reject(error);
    }
    this.#isScheduled = false;
    if (this.#queue.length === 0) {
      for (const resolve of this.#onceIdle.splice(0)) resolve();
    } else if (delay === 0) {
      this.#schedule();
    } else {
      this.#isScheduled = true;
      setTimeout(() => queueMicrotask(() => void this.#turn()), delay);
    }
  }

  /** @returns false when another process is writing, and it is worth trying again soon */
  #beginGroup(): boolean {
    try {
      this.#begin.run();
    } catch (error) {
      if (!isBusy(error)) throw error;
      const now = performance.now();
      this.#busySince ??= now;
      if (now - this.#busySince < GIVE_UP_MS) return false;
      this.#busySince = undefined;
      this.#options.log?.warn({ waiting: this.#queue.length }, "another process keeps the database locked");
      throw new Overloaded("Another process keeps the database locked.", { cause: error });
    }
    this.#busySince = undefined;
    return true;
  }

  async #runGroup(): Promise<void> {
    const outcomes: Outcome[] = [];
    const endsAt = performance.now() + MAX_GROUP_MS;
    let failure: { error: unknown } | undefined;
    this.#watch();
    do {
      const waiting = this.#queue.shift();
      if (!waiting) break;
      const outcome = await this.#runJob(waiting);
      if (!outcome.isKept && !this.#isApart) {
        this.#beginAgain(outcomes, outcome);
        return;
      }
      outcomes.push(outcome);
      // Out of space, broken file: SQLite itself has rolled everything back, the neighbours' work too.
      if (!outcome.isKept && !this.#connection.client.inTransaction) failure = { error: outcome.error };
    } while (!failure && outcomes.length < this.#maxJobs && performance.now() < endsAt);
    this.#isApart = false;
    failure ??= this.#commitGroup();
    this.#lastCommitJobs = outcomes.length;
    this.#connection.noteEnd();
    const announced = new Set(this.#connection.announced.splice(0));
    for (const outcome of outcomes) {
      if (!outcome.isKept) outcome.waiting.reject(outcome.error);
      else if (failure) outcome.waiting.reject(failure.error);
      else outcome.waiting.resolve(outcome.value);
    }
    const kept = failure ? 0 : outcomes.filter((outcome) => outcome.isKept).length;
    this.#committedJobs += kept;
    if (kept > 0) this.#committedGroups += 1;
    if (!failure) for (const topic of announced) this.#options.onAnnounced(topic);
  }

  #commitGroup(): { error: unknown } | undefined {
    const began = performance.now();
    try {
      this.#commit.run();
      this.#lastCommitMs = Math.min(performance.now() - began, MAX_WAIT_MS);
      this.#options.onCommit();
      return undefined;
    } catch (error) {
      if (this.#connection.client.inTransaction) this.#rollback.run();
      return { error };
    }
  }

  async #runJob(waiting: WaitingJob): Promise<Outcome> {
    const connection = this.#connection;
    const announcedBefore = connection.announced.length;
    try {
      if (this.#isApart) this.#savepoint.run();
      connection.failure = undefined;
      connection.isOpen = true;
      const value = await this.#untilSettledOrCutOff(waiting.job);
      connection.isOpen = false;
      if (connection.failure !== undefined) throw connection.failure;
      if (this.#isApart) this.#release.run();
      return { waiting, isKept: true, value };
    } catch (error) {
      connection.isOpen = false;
      connection.announced.length = announcedBefore;
      return { waiting, isKept: false, error: this.#undo() ?? error };
    }
  }

  /** A job has failed, and the transaction with it: a lone one is told so, otherwise all of them wait for the next group. */
  #beginAgain(before: readonly Outcome[], failed: Outcome & { isKept: false }): void {
    this.#connection.announced.length = 0;
    this.#connection.noteEnd();
    if (before.length === 0) {
      failed.waiting.reject(failed.error);
    } else {
      this.#queue.unshift(...before.map(({ waiting }) => waiting), failed.waiting);
      this.#isApart = true;
    }
  }

  /** Undoes the job that ran last, or the whole group where it has no savepoint or that fails. @returns what failed */
  #undo(): unknown {
    const { client } = this.#connection;
    let failure: unknown;
    if (this.#isApart && client.inTransaction) {
      try {
        this.#rollbackToSavepoint.run();
        this.#release.run();
        return undefined;
      } catch (error) {
        failure = error;
      }
    }
    if (client.inTransaction) this.#rollback.run();
    return failure;
  }

  #untilSettledOrCutOff(job: (store: Store) => Promise<unknown>): Promise<unknown> {
    const store = new JobStore(this.#connection);
    return new Promise<unknown>((resolve, reject) => {
      const end = (): boolean => {
        if (!store.isOpen) return false;
        store.end();
        this.#cutOff = undefined;
        return true;
      };
      this.#cutOff = () => {
        end();
        reject(new JobRefused("A write job awaited something else than its store. Nothing of it was kept."));
        queueMicrotask(() => this.#watch());
      };
      runJob(store, job).then(
        (value) => end() && resolve(value),
        (error: unknown) => end() && reject(error),
      );
    });
  }

  /**
   * Ticks run as soon as no microtask is left. SQLite answers at once, so a job that has not settled by then waits
   * for a timer, the network, a file: the whole product would wait with it, and others' statements could slip in.
   * Must be called from a microtask.
   */
  #watch(): void {
    process.nextTick(() => this.#cutOff?.());
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
}
