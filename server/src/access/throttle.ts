/**
 * Slows down guessing of passwords without letting a stranger lock a teacher out. Keys are hashed: neither logins nor
 * addresses are kept readable.
 */
import { createHash } from "node:crypto";
import { type Database, EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import {
  countSignInFailure,
  forgetSignInFailures,
  forgetSignInFailuresBefore,
  normalisedLogin,
  throttleStates,
} from "@doudou/db/repositories/accounts.ts";
import { Problem } from "../http/problem.ts";

const WINDOW_MS = 5 * 60_000;

/**
 * Failures allowed within the window. A login is counted per address: who fails elsewhere blocks only elsewhere. A
 * whole address gets more, since a school shares one.
 */
const LIMITS = { loginAtAddress: 8, address: 120 } as const;

export interface Attempt {
  readonly login: string;
  readonly address: string;
  readonly now: Date;
}

/**
 * Spares the work of looking at a password that would not be answered anyway.
 * @throws Problem too-many-attempts, with the seconds to wait
 */
export async function refuseIfThrottled(database: Database, attempt: Attempt): Promise<void> {
  await database.read(EVERY_SCHOOL, (store) => refuseBeyondLimits(store, attempt));
}

/**
 * Counts a failure, or forgets those of the login after a success. Attempts sent at the same moment have all passed
 * `refuseIfThrottled`: so it is decided here, one after the other, whether the outcome may be told at all.
 * @throws Problem too-many-attempts, with the seconds to wait
 */
export async function noteOutcome(database: Database, attempt: Attempt, isRight: boolean): Promise<void> {
  const [loginAtAddress, address] = keysOf(attempt);
  await database.write(EVERY_SCHOOL, async (store) => {
    await store.lock([loginAtAddress, address]);
    await refuseBeyondLimits(store, attempt);
    if (isRight) return await forgetSignInFailures(store, loginAtAddress);
    const windowFrom = new Date(attempt.now.getTime() - WINDOW_MS);
    for (const key of [loginAtAddress, address])
      await countSignInFailure(store, key, attempt.now, windowFrom);
  });
}

/** Failures that no longer count are not kept. */
export async function forgetOldFailures(database: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - WINDOW_MS);
  await database.write(EVERY_SCHOOL, (store) => forgetSignInFailuresBefore(store, before));
}

async function refuseBeyondLimits(store: Store, attempt: Attempt): Promise<void> {
  const [loginAtAddress, address] = keysOf(attempt);
  for (const { key, failures, windowStartedAt } of await throttleStates(store, [loginAtAddress, address])) {
    const limit = key === address ? LIMITS.address : LIMITS.loginAtAddress;
    const msLeft = windowStartedAt.getTime() + WINDOW_MS - attempt.now.getTime();
    if (failures >= limit && msLeft > 0) {
      throw new Problem("too-many-attempts", { retryAfter: Math.ceil(msLeft / 1000) });
    }
  }
}

function keysOf({ login, address }: Attempt): [loginAtAddress: string, address: string] {
  const key = (...parts: string[]) => createHash("sha256").update(parts.join("\n")).digest("base64url");
  return [key("login", normalisedLogin(login), address), key("address", address)];
}
