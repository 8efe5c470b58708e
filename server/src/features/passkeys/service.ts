/**
 * Passkeys of staff: added by who has just given the password, and enough to sign in, since the device asks for finger,
 * face or PIN itself. Each challenge is good once, for five minutes, at one address. Sees no secret: devices keep those.
 */
import { randomBytes } from "node:crypto";
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import { accountById, membershipsOfAccount } from "@doudou/db/repositories/accounts.ts";
import {
  addPasskey,
  addPasskeyChallenge,
  forgetPasskeyChallenges,
  passkeyById,
  type PasskeyRow,
  passkeysOf,
  removePasskey,
  takePasskeyChallenge,
  usePasskey,
} from "@doudou/db/repositories/passkeys.ts";
import type {
  NewPasskey,
  PasskeyCreation,
  PasskeyRequest,
  Passkeys,
  PasskeySignIn,
  RemovePasskey,
} from "@doudou/shared/contract/passkeys.ts";
import { isStaffRole } from "@doudou/shared/domain/staff.ts";
import type { Caller, Grant, Origin } from "../../access/caller.ts";
import type { Opened } from "../../access/hands.ts";
import { hashOfToken, publicAccount } from "../../access/sessions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { noteOwnChange, provePassword } from "../account/service.ts";
import { openSession } from "../sessions/service.ts";

const CHALLENGE_MS = 5 * 60_000;
const CHALLENGE_BYTES = 32;
const MOST = 20;
const PRODUCT = "豆豆成长";
/** Ed25519, ECDSA on P-256, RSA: what phones, tablets, PCs and keys make. @source IANA COSE Algorithms */
const ALGORITHMS = [-8, -7, -257];

/** The caller's own. The handle is a hash of the credential's id. */
export async function ownPasskeys(deps: Deps, { account }: Caller): Promise<Passkeys> {
  const rows = await deps.database.read(EVERY_SCHOOL, (store) => passkeysOf(store, account.id));
  return {
    passkeys: rows.map(({ id, name, createdAt, usedAt }) => ({
      handle: hashOfToken(id),
      name,
      createdAt: createdAt.toISOString(),
      usedAt: usedAt && usedAt.toISOString(),
    })),
  };
}

/**
 * Begins to add one, for who gives the password.
 * @param origin the address of this server, as the browser knows it
 * @throws Problem wrong-credentials, too-many-attempts
 */
export async function beginPasskey(
  deps: Deps,
  caller: Caller,
  password: string,
  origin: string,
): Promise<PasskeyCreation> {
  const { account } = caller;
  await provePassword(deps, caller, password);
  const known = await deps.database.read(EVERY_SCHOOL, (store) => passkeysOf(store, account.id));
  return {
    challenge: await newChallenge(deps, account.id, origin),
    rp: { id: hostOf(origin), name: PRODUCT },
    user: {
      id: Buffer.from(account.id).toString("base64url"),
      name: account.login,
      displayName: account.displayName,
    },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
    timeout: CHALLENGE_MS,
    excludeCredentials: known.map(({ id }) => ({ type: "public-key", id })),
    authenticatorSelection: {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    },
    attestation: "none",
  };
}

/** Adds what the device has made. @throws Problem passkey-unfit */
export async function addOwnPasskey(
  deps: Deps,
  caller: Caller,
  { id, name, clientDataJSON, attestationObject, transports }: NewPasskey,
  origin: string,
): Promise<void> {
  const { account } = caller;
  const expectedChallenge = await takenChallenge(deps, clientDataJSON, account.id, origin);
  if (expectedChallenge === undefined) throw new Problem("passkey-unfit");
  const { verifyRegistrationResponse } = await import("@simplewebauthn/server");
  const verified = await verifyRegistrationResponse({
    response: {
      id,
      rawId: id,
      type: "public-key",
      response: { clientDataJSON, attestationObject },
      clientExtensionResults: {},
    },
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: hostOf(origin),
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => ({ verified: false as const }));
  if (!verified.verified) throw new Problem("passkey-unfit");
  const { credential } = verified.registrationInfo;
  const at = deps.now();
  await deps.database.write(EVERY_SCHOOL, async (store) => {
    const added: PasskeyRow = {
      id: credential.id,
      accountId: account.id,
      publicKey: Buffer.from(credential.publicKey).toString("base64url"),
      counter: credential.counter,
      transports,
      name: name.trim(),
      createdAt: at,
      usedAt: null,
    };
    await store.lock([`passkeys ${account.id}`]);
    const isFull = (await passkeysOf(store, account.id)).length >= MOST;
    if (isFull || !(await addPasskey(store, added))) throw new Problem("passkey-unfit");
    await noteOwnChange(deps, store, caller, { passkey: added.name }, "account.second-factor");
  });
}

/** Nobody signs in with it again. @throws Problem not-found, wrong-credentials, too-many-attempts */
export async function removeOwnPasskey(
  deps: Deps,
  caller: Caller,
  { handle, password }: RemovePasskey,
): Promise<void> {
  const { account } = caller;
  await provePassword(deps, caller, password);
  await deps.database.write(EVERY_SCHOOL, async (store) => {
    const found = (await passkeysOf(store, account.id)).find(({ id }) => hashOfToken(id) === handle);
    if (!found || !(await removePasskey(store, account.id, found.id))) throw new Problem("not-found");
    await noteOwnChange(deps, store, caller, { passkeyRemoved: found.name }, "account.second-factor");
  });
}

/** Begins to sign in: the browser asks for whichever passkey the person has for this address. */
export async function beginPasskeySignIn(deps: Deps, origin: string): Promise<PasskeyRequest> {
  const challenge = await newChallenge(deps, null, origin);
  return { challenge, rpId: hostOf(origin), timeout: CHALLENGE_MS, userVerification: "required" };
}

/**
 * Signs in. Takes no code of the second device besides: the device was had, and its owner proved to it.
 * @throws Problem passkey-refused, whatever the reason
 */
export async function signInByPasskey(
  deps: Deps,
  { id, clientDataJSON, authenticatorData, signature, onSharedTablet = false }: PasskeySignIn,
  { origin, from }: { readonly origin: string; readonly from: Origin },
): Promise<Opened> {
  const expectedChallenge = await takenChallenge(deps, clientDataJSON, null, origin);
  if (expectedChallenge === undefined) throw new Problem("passkey-refused");
  const kept = await deps.database.read(EVERY_SCHOOL, (store) => passkeyById(store, id));
  if (!kept) throw new Problem("passkey-refused");
  const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: {
      id,
      rawId: id,
      type: "public-key",
      response: { clientDataJSON, authenticatorData, signature },
      clientExtensionResults: {},
    },
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: hostOf(origin),
    // The counter is looked at below, where it is written: two uses at once are not let pass.
    credential: { id, publicKey: new Uint8Array(Buffer.from(kept.publicKey, "base64url")), counter: 0 },
    requireUserVerification: true,
  }).catch(refuse);
  if (!verified) throw new Problem("passkey-refused");
  const at = deps.now();
  const { newCounter: counter } = authenticationInfo;
  const account = await deps.database.write(EVERY_SCHOOL, async (store) => {
    const found = await accountById(store, kept.accountId);
    if (!found || found.disabledAt !== null) return undefined;
    if (await usePasskey(store, id, { counter, at })) return found;
    await noteCopied(store, kept, from, at);
    return undefined;
  });
  if (!account) throw new Problem("passkey-refused");
  return await openSession(deps, publicAccount(account), onSharedTablet ? "shared-tablet" : "own-device");
}

/** Challenges that nobody has answered in time are not kept. */
export async function forgetOldPasskeyChallenges(deps: Deps): Promise<void> {
  await deps.database.write(EVERY_SCHOOL, (store) => forgetPasskeyChallenges(store, deps.now()));
}

/** In the log of every school where the person works: the counter went back, as a copy of the device would have it. */
async function noteCopied(
  store: Store,
  { accountId, name }: PasskeyRow,
  origin: Origin,
  at: Date,
): Promise<void> {
  for (const { id, schoolId, role } of await membershipsOfAccount(store, accountId)) {
    if (!isStaffRole(role)) continue;
    const by: Grant = { schoolId, membershipId: id, standings: new Set(), isConfined: false, origin };
    const after = { passkey: name, isRefusedAsCopy: true };
    await noteChange(store, by, { action: "account.second-factor", at, after });
  }
}

async function newChallenge(deps: Deps, accountId: string | null, origin: string): Promise<string> {
  const challenge = randomBytes(CHALLENGE_BYTES).toString("base64url");
  const expiresAt = new Date(deps.now().getTime() + CHALLENGE_MS);
  await deps.database.write(EVERY_SCHOOL, (store) =>
    addPasskeyChallenge(store, { id: hashOfToken(challenge), accountId, origin, expiresAt }),
  );
  return challenge;
}

/** The challenge that a browser has answered, which is worth nothing from now on; undefined where it is none of ours. */
async function takenChallenge(
  deps: Deps,
  clientDataJSON: string,
  accountId: string | null,
  origin: string,
): Promise<string | undefined> {
  const challenge = challengeIn(clientDataJSON);
  if (challenge === undefined) return undefined;
  const which = { id: hashOfToken(challenge), accountId, origin, at: deps.now() };
  const isTaken = await deps.database.write(EVERY_SCHOOL, (store) => takePasskeyChallenge(store, which));
  return isTaken ? challenge : undefined;
}

function challengeIn(clientDataJSON: string): string | undefined {
  try {
    const said: unknown = JSON.parse(Buffer.from(clientDataJSON, "base64url").toString());
    const challenge = typeof said === "object" && said !== null && "challenge" in said && said.challenge;
    return typeof challenge === "string" ? challenge : undefined;
  } catch {
    return undefined;
  }
}

function hostOf(origin: string): string {
  return URL.parse(origin)?.hostname ?? "";
}

/** What the library finds wrong with what a browser sent is nobody's to know. */
function refuse(): never {
  throw new Problem("passkey-refused");
}
