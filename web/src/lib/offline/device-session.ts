/**
 * Who is signed in here, as the device remembers it: a teacher for a school day after the server last said so, so that
 * the pages open without a network; nobody else, since a child's tablet is the next child's too. Signing out wipes what
 * was kept for the account, and leaves of outbox and drafts what is nowhere else.
 */
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { OfflineError } from "#lib/api/request.ts";
import { amendAnswer, forgetAnswers, keepAnswer, keptAnswer } from "./answers.ts";
import { onTabs, tellTabs } from "./channel.ts";
import { deviceFact, noteDeviceFact } from "./database.ts";
import { rememberClock, rightNow } from "./device-clock.ts";
import { whenQuiet } from "./when-quiet.ts";

const SESSION = "session";
/** By then whatever is opened is open, also on a slow tablet: while it waits for the device it is quiet, too. */
const OPENING_MS = 5000;

/** Who may use the pages here without a network: the account whose session this device is in. */
export async function rememberedSession(): Promise<SessionView | undefined> {
  setTimeout(() => whenQuiet(letGoOfWhatIsOver), OPENING_MS);
  const accountId = await deviceFact("account");
  return accountId === undefined ? undefined : await keptSession(accountId);
}

/** The session of an account, if the server has spoken of it on this device within a school day. */
export async function keptSession(accountId: string): Promise<SessionView | undefined> {
  const [view] = await Promise.all([
    keptAnswer<SessionView>(accountId, SESSION, Date.now()),
    rememberClock(),
  ]);
  return view !== undefined && Date.parse(view.expiresAt) > rightNow() ? view : undefined;
}

/** A change to the session that the device knows of by itself. */
export async function amendSession(view: SessionView): Promise<void> {
  await amendAnswer(view.account.id, SESSION, () => view);
}

/** The device changes hands without a network: it is in this account's session from now on. */
export async function takeKeptSession({ account }: SessionView): Promise<void> {
  const before = await deviceFact("account");
  await noteDeviceFact("account", account.id);
  if (before !== account.id) tellTabs({ about: "signed-in", accountId: account.id });
}

/** The server has said who is signed in. */
export async function rememberSession(view: SessionView): Promise<void> {
  const accountId = view.account.id;
  const isStaff = view.memberships.some(({ role }) => role === "teacher" || role === "school-admin");
  const before = await deviceFact("account");
  if (isStaff) await keepAnswer(accountId, SESSION, view, Date.now());
  await noteDeviceFact("account", isStaff ? accountId : undefined);
  await noteDeviceFact("owesSignOut", undefined);
  if (before !== accountId) tellTabs({ about: "signed-in", accountId });
}

/** The session is over: the next one to open the app is asked to sign in. What is kept stays for the same account. */
export async function forgetSession(): Promise<void> {
  await noteDeviceFact("account", undefined);
}

/** @param isOwed the server could not be told */
export async function signOutHere(accountId: string, { isOwed = false } = {}): Promise<void> {
  if ((await deviceFact("account")) === accountId) await noteDeviceFact("account", undefined);
  if (isOwed) await noteDeviceFact("owesSignOut", accountId);
  const now = Date.now();
  await forgetAnswers(now, accountId);
  letGoOfLeftovers(now);
  tellTabs({ about: "signed-out", accountId });
}

function letGoOfWhatIsOver(): void {
  const now = Date.now();
  void forgetAnswers(now);
  letGoOfLeftovers(now);
}

/** Nobody waits for it, and what is not let go of now is at the next opening. */
function letGoOfLeftovers(now: number): void {
  import("./leftovers.ts").then(({ forgetLeftovers }) => forgetLeftovers(now)).catch(() => {});
}

/** Tells the server of a sign-out it has not heard of. @throws OfflineError while it cannot */
export async function paySignOut(signOut: (accountId: string) => Promise<void>): Promise<void> {
  const accountId = await deviceFact("owesSignOut");
  if (accountId === undefined) return;
  try {
    await signOut(accountId);
  } catch (failure) {
    if (failure instanceof OfflineError) throw failure;
    // Somebody else has signed in since, or the session was over anyway.
  }
  await noteDeviceFact("owesSignOut", undefined);
}

/** Follows what other tabs do about the session. */
export function onOtherTab(on: {
  signedIn(accountId: string): void;
  signedOut(accountId: string): void;
}): void {
  onTabs((message) => {
    if (message.about === "signed-in") on.signedIn(message.accountId);
    else if (message.about === "signed-out") on.signedOut(message.accountId);
  });
}
