/**
 * The outbox of who is signed in, as pages see it: how much waits, what needs the teacher, whether it is kept on the
 * device, and why nothing is being sent. Holds what every tab of the browser holds; sends through one of them at a time.
 * What another account has left here stays kept, unread and unsent, until that account is back.
 */
import { v7 } from "uuid";
import { ProblemError } from "#lib/api/problem.ts";
import { locale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";
import { accountSender } from "./account-sender.ts";
import { sendInBackground } from "./browser.ts";
import { onTabs, tellTabs } from "./channel.ts";
import { rememberClock } from "./device-clock.ts";
import type { Attachment, AwardItem, OutboxItem, VoidItem } from "./items.ts";
import { add, type Again, drop, sendAgain, type Settled, takeBack } from "./outbox.ts";
import type { Sender, SenderState } from "./sender.ts";
import { askToStay } from "./staying.ts";
import { type OutboxChange, type StoredOutbox, storedOutboxOf } from "./stored-outbox.ts";

let owner: string | undefined;
let store: StoredOutbox | undefined;
let sender: Sender | undefined;
let loading: Promise<void> | undefined;
const items = new Map<string, OutboxItem>();
let waiting = $state(0);
let refused = $state.raw<readonly OutboxItem[]>([]);
let state = $state<SenderState>("idle");
let isKept = $state(true);
let isKnown = $state(false);
/** Changes that are still on their way to the disk. */
let pending = $state(0);
const settledListeners = new Set<(settled: readonly Settled[]) => void>();
const idleListeners = new Set<(isStale: boolean) => void>();
let isStale = false;

export const outbox = {
  /** Awards and voids, kept, that the server has not acknowledged. */
  get waiting(): number {
    return waiting;
  },
  /** What the server said no to, for the teacher to mend or drop. */
  get refused(): readonly OutboxItem[] {
    return refused;
  },
  get state(): SenderState {
    return state;
  },
  /** False where the device keeps nothing, and what waits lives only as long as this page. */
  get isKeptOnDevice(): boolean {
    return isKept;
  },
  /** What was left on the device has been read. */
  get isKnown(): boolean {
    return isKnown;
  },
  /** Something is not yet on the disk. */
  get isKeeping(): boolean {
    return pending > 0;
  },

  /** Takes up what this account has left here. @returns once it is known */
  belongTo(accountId: string): Promise<void> {
    if (owner !== accountId || loading === undefined) {
      this.leave();
      owner = accountId;
      loading = open(accountId);
    } else sender?.nudge();
    return loading;
  },

  /** Nobody's any more; what waits stays kept. */
  leave(): void {
    sender?.close();
    owner = store = sender = loading = undefined;
    items.clear();
    isKept = true;
    isKnown = false;
    state = "idle";
    recount();
  },

  /** Everything of the account, oldest first. Complete once `belongTo` has come back. */
  items(): readonly OutboxItem[] {
    return [...items.values()];
  },

  /**
   * Keeps awards, with the photos they name, and sends them.
   * @returns once they are on the disk, or in memory where `isKeptOnDevice` turns false
   */
  async add(added: readonly AwardItem[], attachments: readonly Attachment[] = []): Promise<void> {
    await keep((of) => of.change(of.accountId, (box) => add(box, added, attachments)));
    void askToStay();
  },

  /** Takes awards back, wherever they are: withdrawn if they never left, else voided. @param about by award id */
  async takeBack(reason: string, about: VoidItem["about"]): Promise<void> {
    const id = v7();
    await keep((of) =>
      of.change(of.accountId, (box) => takeBack(box, { id, accountId: of.accountId, reason, about })),
    );
  },

  /** Sends a refused item again, as it was or mended. */
  async sendAgain(id: string, how: Again = {}): Promise<void> {
    await keep((of) => of.change(of.accountId, (box) => sendAgain(box, id, how)));
  },

  /** Gives a refused item up, as the teacher wishes. */
  async drop(id: string): Promise<void> {
    await keep((of) =>
      of.change(of.accountId, async (box) => {
        const item = await box.find(id);
        if (item?.state === "refused") await drop(box, item);
      }),
    );
  },

  /** A photo that waits to be uploaded; undefined once it has been. */
  async picture(attachmentId: string): Promise<Blob | undefined> {
    return (await store?.attachment(attachmentId))?.blob;
  },

  /** The server may hold more than this device has counted. */
  noteStale(): void {
    isStale = true;
  },

  /** What the server has answered for, whichever tab sent it. @returns what stops listening */
  onSettled(listener: (settled: readonly Settled[]) => void): () => void {
    settledListeners.add(listener);
    return () => settledListeners.delete(listener);
  },

  /** Called when everything has been acknowledged; stale where the tallies shown may differ from the server's. */
  onIdle(listener: (isStale: boolean) => void): () => void {
    idleListeners.add(listener);
    return () => idleListeners.delete(listener);
  },

  /** Tries to send all that waits, for so long at most. */
  async sendWithin(ms: number): Promise<void> {
    if (sender === undefined || waiting === 0) return;
    await Promise.race([sender.drain(), new Promise((over) => setTimeout(over, ms))]);
  },

  /** Sends now what waits: the network, the session or the teacher is back. */
  nudge(): void {
    sender?.nudge();
  },
};

onTabs((message) => {
  if (message.about === "change") takeOver(message.change);
  else if (message.about === "settled" && message.accountId === owner) tellSettled(message.settled);
  else if (message.about === "state" && message.accountId === owner) showState(message.state);
});

async function open(accountId: string): Promise<void> {
  const opened = storedOutboxOf(accountId, {
    known: () => [...items.values()],
    onChange(change, isShared) {
      takeOver(change);
      if (isShared) tellTabs({ about: "change", change });
    },
    onKept(next) {
      if (owner === accountId) isKept = next;
    },
  });
  store = opened;
  const [kept] = await Promise.all([opened.read(), rememberClock()]);
  if (store !== opened) return;
  for (const item of kept) if (!items.has(item.id)) items.set(item.id, item);
  recount();
  isKnown = true;
  sender = accountSender({
    accountId,
    store: opened,
    photoLost,
    onSettled(settled) {
      tellSettled(settled);
      tellTabs({ about: "settled", accountId, settled });
    },
    onVoidRefused: () => (isStale = true),
    onState(next) {
      showState(next);
      tellTabs({ about: "state", accountId, state: next });
      if (next === "waiting") void sendInBackground(locale());
    },
    wait(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
  if (waiting > 0) sender.awake();
}

function photoLost(): ProblemError {
  return new ProblemError({
    type: "about:blank",
    title: m.outbox_photo_lost(),
    status: 410,
    code: "photo-lost",
  });
}

async function keep(work: (of: StoredOutbox & { accountId: string }) => Promise<void>): Promise<void> {
  const [of, accountId] = [store, owner];
  if (of === undefined || accountId === undefined) throw new Error("nobody's outbox is open");
  pending += 1;
  try {
    await work({ ...of, accountId });
  } finally {
    pending -= 1;
  }
  sender?.awake();
}

/** Another tab's word may have come while this one was still reading. */
async function readAgain(): Promise<void> {
  const from = store;
  if (from === undefined || !isKept) return;
  const kept = await from.read();
  if (store !== from) return;
  items.clear();
  for (const item of kept) items.set(item.id, item);
  recount();
}

function takeOver({ accountId, put, removed }: OutboxChange): void {
  if (accountId !== owner) return;
  for (const id of removed) items.delete(id);
  for (const item of put) items.set(item.id, item);
  recount();
}

function recount(): void {
  let count = 0;
  const no: OutboxItem[] = [];
  for (const item of items.values()) {
    if (item.state === "refused") no.push(item);
    else count += item.wanted === "void" ? Object.keys(item.about).length : 1;
  }
  waiting = count;
  if (no.length > 0 || refused.length > 0) refused = no;
}

function tellSettled(settled: readonly Settled[]): void {
  if (settled.some(({ result }) => result.status === "duplicate")) isStale = true;
  for (const listener of settledListeners) listener(settled);
}

function showState(next: SenderState): void {
  state = next;
  if (next !== "idle") return;
  if (waiting > 0) void readAgain();
  const wasStale = isStale;
  isStale = false;
  for (const listener of idleListeners) listener(wasStale);
}
