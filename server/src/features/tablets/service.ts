/**
 * Tablets that teachers share, and locking a device. A PIN is good on one tablet only: it counts together with the token in that tablet's
 * cookie. What a PIN opens is confined to the class pages, and is lifted for a few minutes by PIN or password.
 */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import {
  forgetPinTries,
  forgetTabletPins,
  lockSession,
  openSessionUntil,
  setTabletPin,
  takePinTry,
  teachersOnTablet,
} from "@doudou/db/repositories/tablets.ts";
import type { Account } from "@doudou/shared/contract/session.ts";
import type { ChoosePin, Lift, PinSignIn, TabletTeachers } from "@doudou/shared/contract/tablets.ts";
import type { Caller } from "../../access/caller.ts";
import type { Opened } from "../../access/hands.ts";
import {
  hashOfToken,
  hashPassword,
  isPasswordOf,
  publicAccount,
  type SignedIn,
} from "../../access/sessions.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { accountOfPassword, openSession } from "../sessions/service.ts";

/** Wrong PINs in a row; from then on only the password helps. */
const PIN_TRIES = 5;
const LIFTED_FOR_MS = 10 * 60_000;

/** Who is remembered on this tablet. */
export async function teachersHere(deps: Deps, token: string | undefined): Promise<TabletTeachers> {
  if (token === undefined) return { teachers: [] };
  const teachers = await deps.database.read(EVERY_SCHOOL, (store) =>
    teachersOnTablet(store, hashOfToken(token)),
  );
  return { teachers };
}

/** @throws Problem wrong-credentials: a PIN takes the password, whoever holds the tablet */
export async function choosePin(
  deps: Deps,
  { account }: Caller,
  { password, pin, token, address }: ChoosePin & { token: string; address: string },
): Promise<void> {
  await accountOfPassword(deps, { login: account.login, password, address });
  const pinHash = await hashPassword(sealed(token, pin));
  await deps.database.write(EVERY_SCHOOL, (store) =>
    setTabletPin(store, {
      tabletId: hashOfToken(token),
      accountId: account.id,
      pinHash,
      createdAt: deps.now(),
    }),
  );
}

/** The caller is no longer remembered on this tablet. */
export async function forgetHere(deps: Deps, caller: Caller, token: string | undefined): Promise<void> {
  if (token === undefined) return;
  const of = { accountId: caller.account.id, tabletId: hashOfToken(token) };
  await deps.database.write(EVERY_SCHOOL, (store) => forgetTabletPins(store, of));
}

/** For signing out everywhere: a tablet that was stolen knows nobody any longer. */
export async function forgetOnEveryTablet(deps: Deps, accountId: string): Promise<void> {
  await deps.database.write(EVERY_SCHOOL, (store) => forgetTabletPins(store, { accountId }));
}

/** The password was given on a tablet: wrong PINs there no longer count. */
export async function passwordGivenOn(
  deps: Deps,
  token: string | undefined,
  accountId: string,
): Promise<void> {
  if (token === undefined) return;
  const of = { tabletId: hashOfToken(token), accountId };
  await deps.database.write(EVERY_SCHOOL, (store) => forgetPinTries(store, of));
}

/**
 * A PIN opens what is confined; only who has locked an own device with this session finds that as it was.
 * @throws Problem pin-wrong, pin-exhausted
 */
export async function signInByPin(
  deps: Deps,
  { accountId, pin }: PinSignIn,
  { token, former }: { token: string | undefined; former: SignedIn | undefined },
): Promise<Opened> {
  const account = await accountOfPin(deps, { accountId, pin, token });
  const isBack = former?.account.id === account.id && former.place === "own-device";
  return await openSession(deps, account, isBack ? "own-device" : "shared-tablet");
}

/** From here on the session only brings in what waits on the device; a new one opens it, by PIN or password. */
export async function lockDevice(deps: Deps, { sessionId }: Caller): Promise<void> {
  await deps.database.write(EVERY_SCHOOL, (store) => lockSession(store, sessionId, deps.now()));
}

/**
 * Lifts for a few minutes what confines a session on a shared tablet.
 * @throws Problem pin-wrong, pin-exhausted, wrong-credentials, too-many-attempts
 */
export async function liftConfinement(
  deps: Deps,
  { account, sessionId }: Caller,
  { password, pin, token, address }: Lift & { token: string | undefined; address: string },
): Promise<void> {
  if (pin !== undefined) await accountOfPin(deps, { accountId: account.id, pin, token });
  else {
    await accountOfPassword(deps, { login: account.login, password: password ?? "", address });
    await passwordGivenOn(deps, token, account.id);
  }
  const until = new Date(deps.now().getTime() + LIFTED_FOR_MS);
  await deps.database.write(EVERY_SCHOOL, (store) => openSessionUntil(store, sessionId, until));
}

/** The tablet leaves the teacher's hand. */
export async function confineAgain(deps: Deps, { sessionId }: Caller): Promise<void> {
  await deps.database.write(EVERY_SCHOOL, (store) => openSessionUntil(store, sessionId, null));
}

async function accountOfPin(
  deps: Deps,
  { accountId, pin, token }: PinSignIn & { token: string | undefined },
): Promise<Account> {
  if (token === undefined) throw new Problem("pin-exhausted");
  const of = { tabletId: hashOfToken(token), accountId };
  const found = await deps.database.write(EVERY_SCHOOL, (store) => takePinTry(store, of, PIN_TRIES));
  if (!found || found.account.disabledAt !== null) throw new Problem("pin-exhausted");
  if (!(await isPasswordOf(found.pinHash, sealed(token, pin))))
    throw new Problem("pin-wrong", { triesLeft: PIN_TRIES - found.tries });
  await deps.database.write(EVERY_SCHOOL, (store) => forgetPinTries(store, of));
  return publicAccount(found.account);
}

/** The hash takes in the tablet's token, which the database does not have: its copy gives no PIN away. */
function sealed(token: string, pin: string): string {
  return `${token}\n${pin}`;
}
