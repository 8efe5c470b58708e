/**
 * The borders of one read or write job: what scope it may name, that none opens another inside, and that its
 * store is of no use once it has ended. The same on both engines, so that a test on one speaks for the other.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { EVERY_SCHOOL, JobRefused, type Prepared, type Preparable, type Store } from "./database.ts";

const openJob = new AsyncLocalStorage<JobStore>();

/** @throws JobRefused when called from within a job, or with something that cannot be a school's id */
export function refuseMisuse(scope: string): void {
  if (openJob.getStore()?.isOpen) {
    throw new JobRefused("A read or write inside another would wait for itself. Pass the store on instead.");
  }
  if (scope !== EVERY_SCHOOL && !/^[0-9A-Za-z_-]{1,64}$/.test(scope)) {
    throw new JobRefused(`"${scope}" is no school's id.`);
  }
}

/** Runs a job with its store; `store.end()` cuts it off. */
export async function runJob<T>(store: JobStore, job: (store: Store) => Promise<T>): Promise<T> {
  return await openJob.run(store, job, store);
}

/** A store for one job, over what its connection offers to all of them. */
export class JobStore implements Store {
  readonly #offer: Store;
  #isOpen = true;

  constructor(offer: Store) {
    this.#offer = offer;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get db(): Store["db"] {
    return this.#opened().db;
  }

  get tables(): Store["tables"] {
    return this.#offer.tables;
  }

  lock(names: Iterable<string>): Promise<void> {
    return this.#opened().lock(names);
  }

  announce(topic: string): void {
    this.#opened().announce(topic);
  }

  prepared<Q extends Preparable>(key: string, build: () => Q): Prepared<Awaited<Q>> {
    return this.#opened().prepared(key, build);
  }

  end(): void {
    this.#isOpen = false;
  }

  #opened(): Store {
    if (!this.#isOpen) throw new JobRefused("This job has ended; its store cannot be used any more.");
    return this.#offer;
  }
}
