/**
 * The database on the device: outbox, photos to be sent, answers kept for times without a network, and a few facts
 * about the device itself. Only this folder and the service worker open it. Its tables only ever grow new ones: an
 * outbox must outlive every update of the app.
 */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type { WaitingMark } from "./absence-marks.ts";
import type { Round } from "#lib/classroom/tools/picking.ts";
import type { Offset } from "./clock.ts";
import type { Attachment, OutboxItem } from "./items.ts";
import type { PinVerifier } from "./pin-verifier.ts";

/** An answer of the server, kept for the account that asked. */
export interface KeptAnswer {
  readonly accountId: string;
  readonly name: string;
  readonly value: unknown;
  /** When it was asked for, by the tablet's clock. */
  readonly askedAt: number;
}

/** How far the random picker has come with a class. */
export interface KeptRound {
  readonly accountId: string;
  readonly classId: string;
  readonly round: Round;
  /** By the tablet's clock, ms. */
  readonly pickedAt: number;
}

/** A comment for a term summary that the server has not saved. */
export interface UnsavedComment {
  readonly accountId: string;
  readonly termId: string;
  readonly studentId: string;
  readonly text: string;
  readonly version: number;
  /** By the tablet's clock, ms; earlier versions of the app kept none. */
  readonly keptAt?: number;
}

export interface DeviceFacts {
  /** Whose session the device is in. */
  account: string;
  clock: Offset;
  /** Of the interface here, for calls made without a page. */
  language: string;
  /** Signed out without a network: the server is to be told before anybody is let in by the old cookie. */
  owesSignOut: string;
  /** Of every account: who was marked absent, or here after all, and the server has not been told. */
  absences: readonly WaitingMark[];
  /** Opens the device without a network, by account. */
  [pin: `pin ${string}`]: PinVerifier;
}

interface Tables extends DBSchema {
  outbox: {
    key: number;
    value: OutboxItem;
    indexes: { id: string; due: [accountId: string, state: string]; account: string; attachments: string };
  };
  attachments: { key: string; value: Attachment };
  kept: { key: [accountId: string, name: string]; value: KeptAnswer };
  device: { key: string; value: DeviceFacts[keyof DeviceFacts] };
  rounds: { key: [accountId: string, classId: string]; value: KeptRound };
  comments: { key: [accountId: string, termId: string, studentId: string]; value: UnsavedComment };
}

export type DeviceDatabase = IDBPDatabase<Tables>;
export type OutboxTransaction = IDBPTransaction<Tables, ["outbox", "attachments", "kept"], "readwrite">;

/** Grows with the tables; `upgrade` brings any earlier version here, and takes nothing away. */
const VERSION = 4;

let opened: Promise<DeviceDatabase> | undefined;

/** The database, opened once; again after the browser has closed it. @throws DOMException where it keeps nothing */
export function deviceDatabase(): Promise<DeviceDatabase> {
  opened ??= open().catch((refusal: unknown) => {
    opened = undefined;
    throw refusal;
  });
  return opened;
}

async function open(): Promise<DeviceDatabase> {
  // Some browsers have none at all where they are told to keep nothing.
  if (typeof indexedDB === "undefined") throw new DOMException("no database", "InvalidStateError");
  try {
    return await openAt(VERSION);
  } catch (refusal) {
    // A newer version of the app has been here, from another tab: its tables are ours and more.
    if (refusal instanceof DOMException && refusal.name === "VersionError") return await openAt(undefined);
    throw refusal;
  }
}

/** @param version as it is if undefined */
function openAt(version: number | undefined): Promise<DeviceDatabase> {
  const reopenNextTime = () => (opened = undefined);
  return openDB<Tables>("doudou", version, {
    upgrade(database, before, _to, transaction) {
      if (before < 1) layOut(database);
      const outbox = transaction.objectStore("outbox");
      if (before < 2) outbox.createIndex("attachments", "attachmentIds", { multiEntry: true });
      if (before < 3) database.createObjectStore("rounds", { keyPath: ["accountId", "classId"] });
      if (before < 4)
        database.createObjectStore("comments", { keyPath: ["accountId", "termId", "studentId"] });
    },
    // A newer version of the app wants to change it: gives way, and opens it again at the next need.
    blocking(_old, _new, event) {
      (event.target as IDBDatabase).close();
      reopenNextTime();
    },
    terminated: reopenNextTime,
  });
}

function layOut(database: DeviceDatabase): void {
  const outbox = database.createObjectStore("outbox", { keyPath: "order", autoIncrement: true });
  outbox.createIndex("id", "id", { unique: true });
  outbox.createIndex("due", ["accountId", "state"]);
  outbox.createIndex("account", "accountId");
  database.createObjectStore("attachments", { keyPath: "id" });
  database.createObjectStore("kept", { keyPath: ["accountId", "name"] });
  database.createObjectStore("device");
}

/** @returns undefined also where the browser keeps nothing */
export async function deviceFact<Name extends keyof DeviceFacts>(
  name: Name,
): Promise<DeviceFacts[Name] | undefined> {
  return await unlessRefused(
    async (database) => (await database.get("device", name)) as DeviceFacts[Name] | undefined,
  );
}

/** Notes a fact, or forgets it. */
export async function noteDeviceFact<Name extends keyof DeviceFacts>(
  name: Name,
  fact: DeviceFacts[Name] | undefined,
): Promise<void> {
  await unlessRefused(async (database) => {
    if (fact === undefined) await database.delete("device", name);
    else await database.put("device", fact, name);
  });
}

/** Changes a fact in one step, whatever other tabs do meanwhile. @returns what it is from now on; undefined also where the browser keeps nothing */
export async function changeDeviceFact<Name extends keyof DeviceFacts>(
  name: Name,
  change: (fact: DeviceFacts[Name] | undefined) => DeviceFacts[Name] | undefined,
): Promise<DeviceFacts[Name] | undefined> {
  return await unlessRefused(async (database) => {
    const transaction = database.transaction("device", "readwrite", { durability: "strict" });
    const next = change((await transaction.store.get(name)) as DeviceFacts[Name] | undefined);
    if (next === undefined) await transaction.store.delete(name);
    else await transaction.store.put(next, name);
    await transaction.done;
    return next;
  });
}

/** For what is only a convenience: without a place to keep things it is done without. */
export async function unlessRefused<Found>(
  work: (database: DeviceDatabase) => Promise<Found>,
): Promise<Found | undefined> {
  try {
    return await work(await deviceDatabase());
  } catch (refusal) {
    if (refusal instanceof DOMException) return undefined;
    throw refusal;
  }
}
