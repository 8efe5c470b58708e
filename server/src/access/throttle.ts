/**
 * Slows down guessing of passwords without letting a stranger lock a teacher out. Keys are hashed: neither logins nor
 * addresses are kept readable.
 */
import { createHash } from "node:crypto";
import { type Database, EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { countSignInFailure, forgetSignInFailures, normalisedLogin, throttleStates } from "@doudou/db/repositories/accounts.ts";
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

/** @throws Problem too-many-attempts, with the seconds to wait */
export async function refuseIfThrottled(database: Database, attempt: Attempt): Promise<void> {
  const limits = limitsOf(attempt);
  const states = await database.read(EVERY_SCHOOL, (store) => throttleStates(store, [...limits.keys()]));
  for (const state of states) {
    const endsAt = state.windowStartedAt.getTime() + WINDOW_MS;
    if (state.failures >= (limits.get(state.key) ?? Infinity) && endsAt > attempt.now.getTime()) {
      throw new Problem("too-many-attempts", { retryAfter: Math.ceil((endsAt - attempt.now.getTime()) / 1000) });
    }
  }
}

export async function noteFailure(database: Database, attempt: Attempt): Promise<void> {
  const windowFrom = new Date(attempt.now.getTime() - WINDOW_MS);
  await database.write(EVERY_SCHOOL, async (store) => {
    for (const key of limitsOf(attempt).keys()) await countSignInFailure(store, key, attempt.now, windowFrom);
  });
}

export async function noteSuccess(database: Database, attempt: Attempt): Promise<void> {
  const [loginAtAddress] = limitsOf(attempt).keys();
  if (loginAtAddress === undefined) return;
  await database.write(EVERY_SCHOOL, (store) => forgetSignInFailures(store, [loginAtAddress]));
}

function limitsOf({ login, address }: Attempt): Map<string, number> {
  const key = (...parts: string[]) => createHash("sha256").update(parts.join("\n")).digest("base64url");
  return new Map([
    [key("login", normalisedLogin(login), address), LIMITS.loginAtAddress],
    [key("address", address), LIMITS.address],
  ]);
}
