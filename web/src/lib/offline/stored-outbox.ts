/**
 * The outbox in the device's database, shared by every tab and the service worker. What `change` has given back is on
 * the disk. Where the device will not keep it (private mode, a full disk) the page's memory takes over, and hands back
 * as soon as there is room: nothing is lost while the page is open, and `onKept` says which it is.
 */
import type { LedgerEntry } from "@doudou/shared/contract/awards.ts";
import type { Roster } from "@doudou/shared/contract/classes.ts";
import { latestOf, rosterOf } from "./answers.ts";
import { type DeviceDatabase, deviceDatabase, type OutboxTransaction } from "./database.ts";
import type { Attachment, OutboxItem, TakenTally } from "./items.ts";
import { latestWith, rosterWith } from "./kept-tallies.ts";
import { makeMemoryOutbox, type MemoryOutbox } from "./memory-outbox.ts";
import type { Box, OutboxStore } from "./outbox.ts";

export interface OutboxChange {
  readonly accountId: string;
  readonly put: readonly OutboxItem[];
  readonly removed: readonly string[];
}

export interface StoredOutbox extends OutboxStore {
  /** Everything of the account, oldest first. */
  read(): Promise<readonly OutboxItem[]>;
  attachment(id: string): Promise<Attachment | undefined>;
}

interface Telling {
  /** What the page holds of the account, for the memory that takes over. */
  known(): readonly OutboxItem[];
  /** @param isShared other tabs see it too */
  onChange(change: OutboxChange, isShared: boolean): void;
  /** @param isKept on the device, not only in this page */
  onKept(isKept: boolean): void;
}

export function storedOutboxOf(accountId: string, telling: Telling): StoredOutbox {
  let memory: MemoryOutbox | undefined;
  const changedInMemory = new Set<string>();

  async function runChange<Outcome>(work: (box: Box) => Promise<Outcome>): Promise<Outcome> {
    if (memory === undefined) {
      try {
        return await changeOnDevice(work, (done) => telling.onChange(done, true));
      } catch (refusal) {
        takeOver(refusal);
      }
    }
    const outcome = await changeInMemory(memory as unknown as MemoryOutbox, work);
    await handBack();
    return outcome;
  }

  async function changeOnDevice<Outcome>(
    work: (box: Box) => Promise<Outcome>,
    tell: (change: OutboxChange) => void,
  ): Promise<Outcome> {
    const database = await deviceDatabase();
    const transaction = database.transaction(["outbox", "attachments", "kept"], "readwrite", {
      durability: "strict",
    });
    const { box, told } = recorded(boxOn(transaction, accountId), accountId);
    try {
      const outcome = await work(box);
      await transaction.done;
      tell(told());
      return outcome;
    } catch (failure) {
      await transaction.done.catch(() => {}); // what went wrong is thrown below
      throw transaction.error ?? failure;
    }
  }

  function takeOver(refusal: unknown): void {
    if (!(refusal instanceof DOMException)) throw refusal;
    memory ??= makeMemoryOutbox(telling.known());
    telling.onKept(false);
  }

  function changeInMemory<Outcome>(
    from: MemoryOutbox,
    work: (box: Box) => Promise<Outcome>,
  ): Promise<Outcome> {
    return from.change(accountId, async (plain) => {
      const { box, told } = recorded(plain, accountId);
      const outcome = await work(box);
      const change = told();
      for (const { id } of change.put) changedInMemory.add(id);
      for (const id of change.removed) changedInMemory.add(id);
      telling.onChange(change, false);
      return outcome;
    });
  }

  /** Writes what happened in memory to the device, all of it or nothing. */
  async function handBack(): Promise<void> {
    const from = memory;
    if (from === undefined) return;
    const items = new Map(from.items.map((item) => [item.id, item]));
    try {
      await changeOnDevice(
        async (box) => {
          for (const id of changedInMemory) {
            const old = await box.find(id);
            const item = items.get(id);
            if (item) box.put(old?.order === undefined ? item : { ...item, order: old.order });
            else if (old) box.remove(old);
          }
          for (const attachment of from.attachments.values()) box.attach(attachment);
        },
        (done) => telling.onChange(done, true),
      );
    } catch (refusal) {
      if (refusal instanceof DOMException) return;
      throw refusal;
    }
    memory = undefined;
    changedInMemory.clear();
    telling.onKept(true);
  }

  return {
    change: (_accountId, work) => runChange(work),
    async read() {
      try {
        const database = await deviceDatabase();
        await letGoOfLeftOvers(database);
        return await database.getAllFromIndex("outbox", "account", accountId);
      } catch (refusal) {
        takeOver(refusal);
        return [];
      }
    },
    async attachment(id) {
      return memory?.attachments.get(id) ?? (await (await deviceDatabase()).get("attachments", id));
    },
  };
}

/** Photos that no award names any more, whoever's they were: their awards left, or were dropped, while the disk was full. */
async function letGoOfLeftOvers(database: DeviceDatabase): Promise<void> {
  const transaction = database.transaction(["outbox", "attachments"], "readwrite");
  const attachments = transaction.objectStore("attachments");
  for (const id of await attachments.getAllKeys()) {
    const names = await transaction.objectStore("outbox").index("attachments").count(id);
    if (names === 0) await attachments.delete(id);
  }
  await transaction.done;
}

/** A box that remembers what was done in it. */
function recorded(box: Box, accountId: string): { box: Box; told: () => OutboxChange } {
  const put = new Map<string, OutboxItem>();
  const removed = new Set<string>();
  return {
    box: {
      ...box,
      put(item) {
        removed.delete(item.id);
        put.set(item.id, item);
        box.put(item);
      },
      remove(item) {
        put.delete(item.id);
        removed.add(item.id);
        box.remove(item);
      },
    },
    told: () => ({ accountId, put: [...put.values()], removed: [...removed] }),
  };
}

function boxOn(transaction: OutboxTransaction, accountId: string): Box {
  const outbox = transaction.objectStore("outbox");
  const attachments = transaction.objectStore("attachments");
  // A request that fails ends the transaction, and that is awaited.
  const letFail = (request: Promise<unknown>) => void request.catch(() => {});
  return {
    find: (id) => outbox.index("id").get(id),
    waiting: (owner, atMost) => outbox.index("due").getAll([owner, "waiting"], atMost),
    put: (item) => letFail(item.order === undefined ? putNew(item) : outbox.put(item)),
    remove: (item) => letFail(item.order === undefined ? Promise.resolve() : outbox.delete(item.order)),
    attach: (attachment) => letFail(attachments.put(attachment)),
    naming: async (attachmentId) =>
      (await outbox.index("attachments").getAll(attachmentId)).filter((item) => item.wanted === "award"),
    detach: (attachmentId) => letFail(attachments.delete(attachmentId)),
    count: (taken) => countOn(transaction, accountId, taken),
  };

  /** An item that came by another way already keeps its place. */
  async function putNew(item: OutboxItem): Promise<void> {
    const order = await outbox.index("id").getKey(item.id);
    await outbox.put(order === undefined ? item : { ...item, order });
  }
}

async function countOn(
  transaction: OutboxTransaction,
  accountId: string,
  taken: readonly TakenTally[],
): Promise<void> {
  const kept = transaction.objectStore("kept");
  for (const classId of new Set(taken.map(({ item }) => item.classId))) {
    const ofClass = taken.filter(({ item }) => item.classId === classId);
    const roster = await kept.get([accountId, rosterOf(classId)]);
    if (roster) {
      await kept.put({ ...roster, value: rosterWith(roster.value as Roster, roster.askedAt, ofClass) });
    }
    const latest = await kept.get([accountId, latestOf(classId)]);
    if (latest) {
      const at = new Date(ofClass[0]?.leftAt ?? 0).toISOString();
      await kept.put({ ...latest, value: latestWith(latest.value as LedgerEntry[], ofClass, at) });
    }
  }
}
