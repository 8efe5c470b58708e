/**
 * Opening this device by PIN: by the server's word where it can be reached, else by the device's, for a school day. What
 * was opened without the server is proved to it as soon as it is back; a PIN it refuses locks the device again.
 */
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { confineSession, liftSession, readTabletTeachers, signInByPin } from "#lib/api/client.ts";
import { ProblemError } from "#lib/api/problem.ts";
import { OfflineError } from "#lib/api/request.ts";
import { rightNow } from "#lib/offline/device-clock.ts";
import { checkPin, forgetPin, keepPin } from "#lib/offline/device-pins.ts";
import { keptSession } from "#lib/offline/device-session.ts";
import { session } from "#lib/session.svelte.ts";
import { tablet } from "./device.svelte.ts";
import { lock, type LockedFor } from "./lock.svelte.ts";

export type PinAnswer =
  | { readonly is: "right" }
  | { readonly is: "wrong"; readonly triesLeft: number }
  /** Only the password helps. */
  | { readonly is: "exhausted" }
  /** Without a network, and nothing here that could tell or that may be shown. */
  | { readonly is: "unreachable" }
  | { readonly is: "failed"; readonly failure: unknown };

/** A network that takes longer than this to answer is none. */
const PATIENCE_MS = 8_000;
/** The browser's word that it is online again comes early, late, or not at all. */
const PROVE_AGAIN_MS = 10_000;
/** As on the server. */
const LIFTED_FOR_MS = 10 * 60_000;

/** What the server has not been shown yet. Lives as long as the page, and is kept nowhere. */
let owed: { readonly accountId: string; readonly pin: string } | undefined;
let owesConfining = false;
let proving: Promise<boolean> | undefined;
let provingAgain: ReturnType<typeof setTimeout> | undefined;

/** Opens the device for a teacher remembered on it. */
export async function openByPin(accountId: string, pin: string): Promise<PinAnswer> {
  return await answered(accountId, {
    async online() {
      const view = await signInByPin({ accountId, pin }, AbortSignal.timeout(PATIENCE_MS));
      await keepPin(accountId, pin);
      owed = undefined;
      await session.takeUp(view);
    },
    async offline() {
      const view = await keptSession(accountId);
      if (view === undefined) return { is: "unreachable" };
      const check = await checkPin(accountId, pin);
      if (check.is !== "right") return check;
      owed = { accountId, pin };
      proveLater();
      await session.takeUpKept({ ...view, openUntil: null });
      return check;
    },
  });
}

/** Lifts what confines the session, for some minutes. */
export async function liftByPin(pin: string): Promise<PinAnswer> {
  const accountId = session.account?.id ?? "";
  return await answered(accountId, {
    async online() {
      await session.takeUp(await liftSession({ pin }));
      await keepPin(accountId, pin);
    },
    async offline() {
      const check = await checkPin(accountId, pin);
      if (check.is === "right") await session.lift(rightNow() + LIFTED_FOR_MS);
      return check;
    },
  });
}

/** The tablet leaves the teacher's hand. Without a network the server ends it by itself, or is told when it is back. */
export async function handBack(): Promise<void> {
  await session.lift(null);
  owesConfining = true;
  await confineIfOwed();
}

/**
 * Shows the server the PIN that opened this device without it.
 * @returns whether the server has opened a session by it
 */
export function proveOpening(): Promise<boolean> {
  proving ??= prove().finally(() => (proving = undefined));
  return proving;
}

/** Locks this device, for the teacher who is signed in. */
export function lockNow(): void {
  const of = lockedFor();
  if (of === undefined) return;
  owed = undefined;
  lock.shut(of);
}

/** Who would have to open it again; undefined where nobody is signed in who may lock. */
export function lockedFor(): LockedFor | undefined {
  const { account, membership } = session;
  if (account === undefined || membership === undefined) return undefined;
  const { schoolName, displayName: name } = membership;
  return { accountId: account.id, login: account.login, name, schoolName };
}

/** Asks who is remembered here now; without a network what is known stays. */
export async function refreshTeachers(): Promise<void> {
  try {
    tablet.remember((await readTabletTeachers(AbortSignal.timeout(PATIENCE_MS))).teachers);
  } catch (failure) {
    if (!(failure instanceof OfflineError)) throw failure;
  }
}

addEventListener("online", () => {
  if (owed !== undefined) void proveOpening();
  void confineIfOwed();
});

async function answered(
  accountId: string,
  by: { online(): Promise<void>; offline(): Promise<PinAnswer> },
): Promise<PinAnswer> {
  try {
    await by.online();
    return { is: "right" };
  } catch (failure) {
    if (failure instanceof OfflineError) return await by.offline();
    if (!(failure instanceof ProblemError)) return { is: "failed", failure };
    if (failure.code === "pin-wrong" && failure.triesLeft !== 0)
      return { is: "wrong", triesLeft: failure.triesLeft ?? 1 };
    if (failure.code !== "pin-wrong" && failure.code !== "pin-exhausted") return { is: "failed", failure };
    await forgetPin(accountId);
    return { is: "exhausted" };
  }
}

async function prove(): Promise<boolean> {
  if (owed === undefined) return false;
  let view: SessionView;
  try {
    view = await signInByPin(owed, AbortSignal.timeout(PATIENCE_MS));
  } catch (failure) {
    if (!(failure instanceof ProblemError) || failure.status >= 500) {
      proveLater();
      return false;
    }
    if (failure.code === "pin-exhausted") await forgetPin(owed.accountId);
    lockNow();
    return false;
  }
  owed = undefined;
  await session.takeUp(view);
  return true;
}

function proveLater(): void {
  clearTimeout(provingAgain);
  provingAgain = setTimeout(() => void proveOpening(), PROVE_AGAIN_MS);
}

async function confineIfOwed(): Promise<void> {
  if (!owesConfining) return;
  try {
    await confineSession();
  } catch (failure) {
    if (failure instanceof OfflineError) return;
    if (!(failure instanceof ProblemError)) throw failure;
  }
  owesConfining = false;
}
