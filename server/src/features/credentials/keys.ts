/**
 * The school's own signature: an Ed25519 key, made when it is first needed, renewed by the office. The private half is
 * sealed in the database and opened here alone; of a retired key it is gone.
 */
import { generateKeyPairSync } from "node:crypto";
import { calculateJwkThumbprint, CompactSign } from "jose";
import {
  addSchoolKey,
  type PublicSchoolKey,
  retireSchoolKey,
  schoolKeysOf,
  type SigningKey,
  signingKeyOf,
} from "@doudou/db/repositories/school-keys.ts";
import type {
  IssuerProfile,
  PublicJwk,
  PublicJwkSet,
  SchoolKeys,
} from "@doudou/shared/contract/credentials.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { OB_CONTEXT, VC_CONTEXT } from "./achievements.ts";

/** Where a school is known to programs. @param origin this server's own address */
export function addressesOf(origin: string, schoolId: string) {
  const school = `${origin}/api/v1/schools/${schoolId}`;
  return { issuer: `${school}/issuer`, key: (keyId: string) => `${school}/keys/${keyId}` };
}

/** The key the school signs with; made now where there is none. That it was made is noted of whoever asked. */
export async function signingKey(deps: Deps, grant: Grant): Promise<SigningKey> {
  const { schoolId } = grant;
  const read = () => deps.database.read(schoolId, (store) => signingKeyOf(store, schoolId));
  const kept = await read();
  if (kept) return kept;
  await makeKey(deps, grant, { isRenewing: false });
  const made = await read();
  if (!made) throw new Error("the key that was made is not there");
  return made;
}

async function makeKey(deps: Deps, grant: Grant, { isRenewing }: { readonly isRenewing: boolean }) {
  const { schoolId, membershipId: madeBy } = grant;
  const at = deps.now();
  const { x = "", d = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const id = await calculateJwkThumbprint({ kty: "OKP", crv: "Ed25519", x });
  const sealedSecret = deps.seal.close(d, sealedFor(schoolId, id));
  await deps.database.write(schoolId, async (store) => {
    const before = isRenewing ? await retireSchoolKey(store, schoolId, at) : undefined;
    if (!(await addSchoolKey(store, schoolId, { id, x, sealedSecret, madeBy, madeAt: at }))) return;
    const action = isRenewing ? "school-key.renew" : "school-key.make";
    await noteChange(store, grant, {
      action,
      at,
      before: before ? { key: before } : null,
      after: { key: id },
    });
  });
}

/** A private key opens for this school and this key alone. */
function sealedFor(schoolId: string, keyId: string): string {
  return `${schoolId}/${keyId}`;
}

/**
 * Signs a payload as a compact JWS.
 * @source Open Badges 3.0, 8.2.3: the header has alg, kid, jwk and typ, and nothing else
 */
export async function sign(
  { seal }: Deps,
  { schoolId, origin, key }: { readonly schoolId: string; readonly origin: string; readonly key: SigningKey },
  payload: object,
): Promise<string> {
  const jwk = { kty: "OKP", crv: "Ed25519", x: key.x };
  const d = seal.open(key.sealedSecret, sealedFor(schoolId, key.id));
  return await new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: "EdDSA", kid: addressesOf(origin, schoolId).key(key.id), jwk, typ: "JWT" })
    .sign({ ...jwk, d });
}

/** The keys for the office: never more than their fingerprints. */
export async function keysForOffice(deps: Deps, { schoolId }: Grant): Promise<SchoolKeys> {
  const keys = await deps.database.read(schoolId, (store) => schoolKeysOf(store, schoolId));
  return {
    keys: keys.map(({ id, madeAt, by, retiredAt }) => ({
      id,
      by,
      madeAt: madeAt.toISOString(),
      retiredAt: retiredAt?.toISOString() ?? null,
    })),
  };
}

/** Retires the present key and makes another: for when a copy of the database may be in other hands. */
export async function renewKey(deps: Deps, grant: Grant): Promise<SchoolKeys> {
  await makeKey(deps, grant, { isRenewing: true });
  return await keysForOffice(deps, grant);
}

/** @throws Problem not-found for a school that is not there */
export async function publicKeys(deps: Deps, origin: string, schoolId: string): Promise<PublicJwkSet> {
  await deps.frames.of(schoolId);
  const keys = await deps.database.read(schoolId, (store) => schoolKeysOf(store, schoolId));
  return { keys: keys.map((key) => jwkOf(origin, schoolId, key)) };
}

/** @throws Problem not-found */
export async function publicKey(
  deps: Deps,
  origin: string,
  { schoolId, keyId }: { readonly schoolId: string; readonly keyId: string },
): Promise<PublicJwk> {
  const keys = await deps.database.read(schoolId, (store) => schoolKeysOf(store, schoolId));
  const key = keys.find(({ id }) => id === keyId);
  if (!key) throw new Problem("not-found");
  return jwkOf(origin, schoolId, key);
}

/**
 * The school with every key it ever signed with.
 * @source Open Badges 3.0, B.1.12 Profile; W3C Controlled Identifiers 1.0, 2.2 verification methods
 * @throws Problem not-found
 */
export async function issuerProfile(deps: Deps, origin: string, schoolId: string): Promise<IssuerProfile> {
  const { name } = await deps.frames.of(schoolId);
  const keys = await deps.database.read(schoolId, (store) => schoolKeysOf(store, schoolId));
  const { issuer } = addressesOf(origin, schoolId);
  const methods = keys.map((key) => {
    const publicKeyJwk = jwkOf(origin, schoolId, key);
    const expires = key.retiredAt ? { expires: key.retiredAt.toISOString() } : {};
    return {
      id: publicKeyJwk.kid,
      type: "JsonWebKey2020" as const,
      controller: issuer,
      publicKeyJwk,
      ...expires,
    };
  });
  return {
    "@context": [VC_CONTEXT, OB_CONTEXT],
    id: issuer,
    type: ["Profile"],
    name,
    url: origin,
    verificationMethod: methods,
    assertionMethod: methods.map(({ id }) => id),
  };
}

function jwkOf(origin: string, schoolId: string, { id, x }: PublicSchoolKey): PublicJwk {
  const kid = addressesOf(origin, schoolId).key(id);
  return { kty: "OKP", crv: "Ed25519", x, kid, alg: "EdDSA", use: "sig" };
}
