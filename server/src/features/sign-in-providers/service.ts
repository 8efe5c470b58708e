/**
 * Signing in by a provider: begun in one browser and ended in the very same one, once, within ten minutes. Says no more of
 * what went wrong than the person needs.
 */
import { randomBytes } from "node:crypto";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { accountById } from "@doudou/db/repositories/accounts.ts";
import {
  addSignInAttempt,
  endSignInAttempt,
  forgetSignInAttempts,
  deleteSignInRequests,
  type SignInAttempt,
  takeSignInAttempt,
  waitingSignInAttempt,
} from "@doudou/db/repositories/sign-in-providers.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import type { OfferedProviders } from "@doudou/shared/contract/sign-in-providers.ts";
import type { Account } from "@doudou/shared/contract/session.ts";
import { ownPath, type SignInOutcome } from "@doudou/shared/domain/sign-in-providers.ts";
import type { Origin } from "../../access/caller.ts";
import type { Opened } from "../../access/hands.ts";
import { passSecondFactor } from "../../access/second-factor.ts";
import { hashOfToken, newToken, publicAccount } from "../../access/sessions.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { type Identity, type Provider, ProviderFailure } from "../../providers/provider.ts";
import { openSession } from "../sessions/service.ts";
import { admit, admitAgain } from "./admitting.ts";

const ATTEMPT_MS = 10 * 60_000;
/** So long a request waits for an answer, and a refusal is kept. */
const REQUEST_DAYS = 30;
const DAY_MS = 86_400_000;

interface Begun {
  /** For the browser's cookie; the database has its hash. */
  readonly token: string;
  readonly expiresAt: Date;
  /** Where the browser goes. */
  readonly address: URL;
}

/** How it ended: in, at the question for a code, or outside. */
export type Ended =
  | { readonly as: "in"; readonly opened: Opened; readonly goesTo: string }
  | { readonly as: "code"; readonly token: string; readonly expiresAt: Date }
  | { readonly as: SignInOutcome };

export function offeredProviders({ providers }: Deps): OfferedProviders {
  return { providers: providers.all.map(({ id, name }) => ({ id, name })) };
}

/**
 * Begins.
 * @param origin the address of this server, as the browser knows it
 * @param next where the person wanted to go; whatever is no page of ours is forgotten
 */
export async function beginSignIn(
  deps: Deps,
  provider: Provider,
  {
    origin,
    next,
    school,
    shared,
  }: {
    readonly origin: string;
    readonly next?: string | undefined;
    readonly school?: string | undefined;
    readonly shared?: boolean | undefined;
  },
): Promise<Begun> {
  const token = newToken();
  const attempt: SignInAttempt = {
    id: hashOfToken(token),
    providerId: provider.id,
    ...newBinding(),
    schoolCode: school ?? null,
    place: shared === true ? "shared-tablet" : "own-device",
    goesTo: ownPath(next ?? "/", origin) ?? "/",
    accountId: null,
    issuer: null,
    subject: null,
    expiresAt: new Date(deps.now().getTime() + ATTEMPT_MS),
  };
  const address = await provider.addressOf({ ...attempt, redirectUri: callbackOf(origin, provider) });
  await deps.database.write(EVERY_SCHOOL, (store) => addSignInAttempt(store, attempt));
  return { token, expiresAt: attempt.expiresAt, address };
}

/**
 * The browser is back. Whatever it brings, the attempt is over with this.
 * @param token of the browser's cookie
 * @param search of the address that it came back to, with its question mark
 */
export async function endSignIn(
  deps: Deps,
  provider: Provider,
  back: {
    readonly token: string | undefined;
    readonly origin: string;
    readonly search: string;
    readonly from: Origin;
  },
): Promise<Ended> {
  const { token, origin, search, from } = back;
  const attempt = token === undefined ? undefined : await takenAttempt(deps, token);
  if (attempt?.providerId !== provider.id) return { as: "interrupted" };
  const redirectUri = callbackOf(origin, provider);
  let identity: Identity;
  try {
    identity = await provider.identityOf(new URL(redirectUri + search), { ...attempt, redirectUri });
  } catch (failure) {
    if (failure instanceof ProviderFailure) return { as: failure.reason };
    throw failure;
  }
  const { schoolCode } = attempt;
  const coming = { provider, identity, schoolCode, origin: from, at: deps.now() };
  const admission = await deps.database.write(EVERY_SCHOOL, (store) => admit(store, coming));
  if (admission.as !== "admitted") return { as: admission.as };
  const found = await openAccount(deps, admission.accountId);
  if (!found) return { as: "unknown" };
  const { account, hasSecondFactor } = found;
  if (hasSecondFactor && !admission.isSecondFactor) return await askForCode(deps, attempt, account, identity);
  return { as: "in", opened: await openSession(deps, account, attempt.place), goesTo: attempt.goesTo };
}

/**
 * The code that was still missing.
 * @throws Problem sign-in-interrupted, code-needed, code-wrong, too-many-attempts
 */
export async function giveCode(
  deps: Deps,
  { token, code, from }: { readonly token: string | undefined; readonly code: string; readonly from: Origin },
): Promise<{ readonly opened: Opened; readonly goesTo: string }> {
  const id = hashOfToken(token ?? "");
  const attempt = await deps.database.read(EVERY_SCHOOL, (store) => waitingSignInAttempt(store, id));
  const provider = attempt && deps.providers.byId(attempt.providerId);
  if (!provider || attempt.expiresAt <= deps.now()) throw new Problem("sign-in-interrupted");
  const { accountId, issuer, subject, place, goesTo } = attempt;
  if (accountId === null || issuer === null || subject === null) throw new Problem("sign-in-interrupted");
  const found = await openAccount(deps, accountId);
  if (!found) throw new Problem("sign-in-interrupted");
  const { account } = found;
  await passSecondFactor(deps, { account, code, address: from.address ?? "" });
  // What was granted before the code may have been taken away meanwhile.
  const again = { provider, issuer, subject, at: deps.now() };
  const isStill = await deps.database.write(EVERY_SCHOOL, async (store) => {
    if (!(await endSignInAttempt(store, id))) return false;
    const admission = await admitAgain(store, again);
    return admission.as === "admitted" && admission.accountId === accountId;
  });
  if (!isStill) throw new Problem("sign-in-interrupted");
  return { opened: await openSession(deps, account, place), goesTo };
}

/** Forgets sign-ins that nobody came back from. */
export async function forgetOldSignInAttempts({ database, now }: Deps): Promise<void> {
  await database.write(EVERY_SCHOOL, (store) => forgetSignInAttempts(store, now()));
}

/** Deletes, in every school, requests that nobody answered, and refusals, after a month. @returns how many */
export async function deleteOldSignInRequests({ database, now }: Deps): Promise<number> {
  const before = new Date(now().getTime() - REQUEST_DAYS * DAY_MS);
  let deleted = 0;
  for (const schoolId of await database.read(EVERY_SCHOOL, schoolIds))
    deleted += await database.write(schoolId, (store) => deleteSignInRequests(store, schoolId, before));
  return deleted;
}

/** The address that the provider has to know beforehand. */
function callbackOf(origin: string, { id }: Provider): string {
  return `${origin}/api/v1/sign-in/${id}/callback`;
}

function newBinding() {
  const [state, nonce, codeVerifier] = [newToken(), newToken(), randomBytes(48).toString("base64url")];
  return { state, nonce, codeVerifier };
}

async function takenAttempt({ database, now }: Deps, token: string): Promise<SignInAttempt | undefined> {
  const attempt = await database.write(EVERY_SCHOOL, (store) => takeSignInAttempt(store, hashOfToken(token)));
  return attempt && attempt.expiresAt > now() ? attempt : undefined;
}

/** An account that is not disabled. */
async function openAccount({ database }: Deps, accountId: string) {
  const found = await database.read(EVERY_SCHOOL, (store) => accountById(store, accountId));
  if (!found || found.disabledAt !== null) return undefined;
  return { account: publicAccount(found), hasSecondFactor: found.secondFactorSince !== null };
}

/** Keeps who it is under a new token: that of the way there has been in the browser's hands too long. */
async function askForCode(
  deps: Deps,
  attempt: SignInAttempt,
  { id: accountId }: Account,
  { issuer, subject }: Identity,
): Promise<Ended> {
  const token = newToken();
  const expiresAt = new Date(deps.now().getTime() + ATTEMPT_MS);
  const waiting = { ...attempt, id: hashOfToken(token), accountId, issuer, subject, expiresAt };
  await deps.database.write(EVERY_SCHOOL, (store) => addSignInAttempt(store, waiting));
  return { as: "code", token, expiresAt };
}
