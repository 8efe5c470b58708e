/**
 * Slows down guessing of passwords and PINs without letting a stranger lock a teacher or a child out. Keys are hashed:
 * neither logins nor addresses are kept readable.
 */
import { createHash } from "node:crypto";
import { type Database, EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import {
  countSignInFailure,
  forgetSignInFailures,
  forgetThrottleStatesBefore,
  normalisedLogin,
  noteUsualPlace,
  throttleStates,
} from "@doudou/db/repositories/accounts.ts";
import { Problem } from "../http/problem.ts";

const WINDOW_MS = 5 * 60_000;
const CARD_WINDOW_MS = 2 * 60_000;
/** No window is longer. */
const LOGIN_WINDOW_MS = 60 * 60_000;
/** So long after a right password its address is a usual place of the login. */
const USUAL_FOR_MS = 30 * 86_400_000;

/**
 * Failures allowed within the window. A login is counted per address: who fails elsewhere blocks only elsewhere. A guesser
 * may have many addresses: so all of them together are counted as well, without those where the login got in lately, at
 * which its owner comes in meanwhile. A card is counted wherever it is shown, and soon let try again: a child forgets. A
 * code of a second device is counted wherever it is given: it takes the password to come so far. Codes for boards are
 * counted by address, since no two tries need be of the same one; names typed in an emergency by who types them; codes of
 * letters for guardians too, and all of them together wherever they come from: a letter can wait. A whole address gets
 * more, since a school shares one.
 */
const LIMITS = {
  loginAtAddress: 8,
  loginAnywhere: 50,
  code: 5,
  card: 3,
  board: 20,
  child: 5,
  letter: 10,
  letterAnywhere: 600,
  address: 120,
} as const;

export interface Attempt {
  /**
   * A login with its password, an account with a code, the hash of a card's code with its PIN, any code for a board or of
   * a letter, an account with the name of a child.
   */
  readonly of: "login" | "code" | "card" | "board" | "letter" | "child";
  readonly name: string;
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
 * Counts a failure; after a success forgets those of the login or card, and remembers where the login got in. Attempts
 * sent at the same moment have all passed `refuseIfThrottled`: so it is decided here, one after the other, whether the
 * outcome may be told at all.
 * @throws Problem too-many-attempts, with the seconds to wait
 */
export async function noteOutcome(database: Database, attempt: Attempt, isRight: boolean): Promise<void> {
  const { now } = attempt;
  const counters = countersOf(attempt);
  await database.write(EVERY_SCHOOL, async (store) => {
    await store.lock(counters.map(({ key }) => key));
    const held = await refuseBeyondLimits(store, attempt);
    if (isRight) {
      await forgetSignInFailures(store, counters[0].key);
      for (const { usualPlace } of counters)
        if (usualPlace !== undefined) await noteUsualPlace(store, usualPlace, now);
      return;
    }
    for (const { key, windowMs } of held)
      await countSignInFailure(store, key, now, new Date(now.getTime() - windowMs));
  });
}

/** The teacher has helped: the card may be tried again at once. */
export async function forgiveCard(database: Database, codeHash: string): Promise<void> {
  await database.write(EVERY_SCHOOL, (store) => forgetSignInFailures(store, keyOf("card", codeHash)));
}

/** Failures that no longer count are not kept, nor are places that are no longer usual. */
export async function forgetOldFailures(database: Database, now: Date): Promise<void> {
  const failures = new Date(now.getTime() - LOGIN_WINDOW_MS);
  const usualPlaces = new Date(now.getTime() - USUAL_FOR_MS);
  await database.write(EVERY_SCHOOL, (store) => forgetThrottleStatesBefore(store, { failures, usualPlaces }));
}

/** @returns the counters that the attempt is held to @throws Problem too-many-attempts */
async function refuseBeyondLimits(store: Store, attempt: Attempt): Promise<Counters> {
  const [own, ...others] = countersOf(attempt);
  const states = await throttleStates(
    store,
    [own, ...others].flatMap(({ key, usualPlace }) => (usualPlace === undefined ? key : [key, usualPlace])),
  );
  const stateOf = (sought: string | undefined) => states.find(({ key }) => key === sought);
  const usualSince = new Date(attempt.now.getTime() - USUAL_FOR_MS);
  const isHeld = ({ usualPlace }: Counter) => {
    const gotIn = stateOf(usualPlace)?.windowStartedAt;
    return gotIn === undefined || gotIn < usualSince;
  };
  const held: Counters = [own, ...others.filter(isHeld)];
  for (const { key, limit, windowMs } of held) {
    const state = stateOf(key);
    if (!state || state.failures < limit) continue;
    const msLeft = state.windowStartedAt.getTime() + windowMs - attempt.now.getTime();
    if (msLeft > 0) throw new Problem("too-many-attempts", { retryAfter: Math.ceil(msLeft / 1000) });
  }
  return held;
}

interface Counter {
  readonly key: string;
  readonly limit: number;
  readonly windowMs: number;
  /** The key of where a success was lately, if it was: there this one neither counts nor refuses. */
  readonly usualPlace?: string;
}

/** The first is the one that a success forgets. */
type Counters = readonly [own: Counter, ...others: Counter[]];

function countersOf({ of, name, address }: Attempt): Counters {
  const ofAddress = { key: keyOf("address", address), limit: LIMITS.address, windowMs: WINDOW_MS };
  return [ownCounter(), ofAddress, ...countersOfAllAddresses()];

  function countersOfAllAddresses(): Counter[] {
    if (of === "letter")
      return [{ key: keyOf("letter-anywhere"), limit: LIMITS.letterAnywhere, windowMs: WINDOW_MS }];
    if (of !== "login") return [];
    const login = normalisedLogin(name);
    return [
      {
        key: keyOf("login-anywhere", login),
        limit: LIMITS.loginAnywhere,
        windowMs: LOGIN_WINDOW_MS,
        usualPlace: keyOf("usual-place", login, address),
      },
    ];
  }

  function ownCounter(): Counter {
    switch (of) {
      case "login":
        return {
          key: keyOf("login", normalisedLogin(name), address),
          limit: LIMITS.loginAtAddress,
          windowMs: WINDOW_MS,
        };
      case "code":
        return { key: keyOf("code", name), limit: LIMITS.code, windowMs: WINDOW_MS };
      case "card":
        return { key: keyOf("card", name), limit: LIMITS.card, windowMs: CARD_WINDOW_MS };
      case "child":
        return { key: keyOf("child", name), limit: LIMITS.child, windowMs: WINDOW_MS };
      case "board":
        return { key: keyOf("board", address), limit: LIMITS.board, windowMs: WINDOW_MS };
      case "letter":
        return { key: keyOf("letter", address), limit: LIMITS.letter, windowMs: WINDOW_MS };
    }
  }
}

function keyOf(...parts: string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("base64url");
}
