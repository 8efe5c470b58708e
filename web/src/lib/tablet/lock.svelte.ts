/**
 * Whether this device is locked: a fact on the device, known before anything is drawn, the same in every tab, after a
 * reload and after a restart. While it is, the root layout draws the lock screen and nothing else.
 */
import { tablet } from "./device.svelte.ts";
import { isOverdue } from "./idle.ts";

/** Whose device it was when it was locked. Names nobody but the teacher. */
export interface LockedFor {
  readonly accountId: string;
  readonly login: string;
  readonly name: string;
  readonly schoolName: string;
}

/** What is left behind at each touch, for the next start. */
interface Touched {
  readonly at: number;
  readonly lockAfterMs: number;
  readonly by: LockedFor;
}

const LOCKED = "doudou.lock";
const TOUCHED = "doudou.touched";

let locked = $state.raw<LockedFor | undefined>(lockedAtStart());
let openedAt = 0;
const listeners = new Set<() => void>();

export const lock = {
  get locked(): LockedFor | undefined {
    return locked;
  },
  /** Whether it has been opened within the last few seconds. */
  wasJustOpened(now: number): boolean {
    return now - openedAt < 10_000;
  },

  /** Locks every tab of this browser at once. */
  shut(of: LockedFor): void {
    localStorage.setItem(LOCKED, JSON.stringify(of));
    takeUp(of);
  },

  /** PIN or password has been given. */
  open(): void {
    localStorage.removeItem(LOCKED);
    localStorage.removeItem(TOUCHED);
    openedAt = Date.now();
    locked = undefined;
  },

  /** Leaves behind when the device was last touched, and by whom. */
  noteTouch(touched: Touched): void {
    if (locked === undefined) localStorage.setItem(TOUCHED, JSON.stringify(touched));
  },

  /** Nobody is signed in any more: there is nothing to lock. */
  forgetTouch(): void {
    localStorage.removeItem(TOUCHED);
  },

  /** For whoever holds something in memory that must not outlive the lock. */
  onShut(listener: () => void): void {
    listeners.add(listener);
  },
};

addEventListener("storage", ({ key, newValue }) => {
  if (key !== LOCKED) return;
  if (newValue !== null) takeUp(JSON.parse(newValue) as LockedFor);
  // Opened in another tab, perhaps by a colleague: nothing of before is shown again here.
  else if (locked !== undefined) location.reload();
});

function takeUp(of: LockedFor): void {
  if (locked !== undefined) return;
  locked = of;
  for (const listener of listeners) listener();
}

function lockedAtStart(): LockedFor | undefined {
  const known = localStorage.getItem(LOCKED);
  if (known !== null) return JSON.parse(known) as LockedFor;
  const touched = JSON.parse(localStorage.getItem(TOUCHED) ?? "null") as Touched | null;
  if (touched === null || !isOverdue(Date.now(), touched.at, touched.lockAfterMs)) return undefined;
  if (!canBeOpened(touched.by.accountId)) return undefined;
  localStorage.setItem(LOCKED, JSON.stringify(touched.by));
  return touched.by;
}

/** A device that nobody could open again is not locked by itself: a lesson goes on without a network. */
export function canBeOpened(accountId: string): boolean {
  return navigator.onLine || tablet.keepsPinOf(accountId);
}
