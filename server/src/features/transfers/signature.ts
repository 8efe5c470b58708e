/**
 * What a school signs of a transfer file: the SHA-256 of everything in it, so that not a byte can change unnoticed. It
 * proves that, and by whose key; whether the key is the school's, only who knows the key can say.
 */
import { createHash } from "node:crypto";
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, errors } from "jose";
import { TransferManifest, type TransferredPortfolio } from "@doudou/shared/contract/transfers.ts";
import { PORTFOLIO_NAME } from "@doudou/shared/domain/transfer.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { shapeOf } from "../../http/schemas.ts";
import { isKeyOf } from "../credentials/service.ts";

const manifestShape = shapeOf(TransferManifest);

/** @param text the content of `portfolio.json` */
export function manifestOf(portfolio: TransferredPortfolio, text: Uint8Array): TransferManifest {
  const { format, school, madeAt, files } = portfolio;
  const hashes = files.map(({ name }) => [name, hashInName(name)] as const);
  return { format, school, madeAt, files: Object.fromEntries([[PORTFOLIO_NAME, sha256Of(text)], ...hashes]) };
}

/** The SHA-256 that a file is called by: see FILE_NAME_PATTERN. */
export function hashInName(name: string): string {
  return name.slice("files/".length).split(".")[0] ?? "";
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export interface Verified {
  readonly manifest: TransferManifest;
  /** RFC 7638 thumbprint of the key. */
  readonly keyId: string;
  /** It is a key of that very school, which is on this server. */
  readonly isKnownKey: boolean;
}

/**
 * Holds a signature against the key it brings along.
 * @throws Problem transfer-unsigned where it is no signature, transfer-altered where it does not fit what it signs
 */
export async function verified(deps: Deps, jws: string): Promise<Verified> {
  const jwk = keyIn(jws);
  if (!jwk) throw new Problem("transfer-unsigned");
  const manifest = await signedBy(jws, jwk);
  if (!manifestShape.matches(manifest)) throw new Problem("transfer-altered");
  const keyId = await calculateJwkThumbprint(jwk);
  return { manifest, keyId, isKnownKey: await isKeyOf(deps, { schoolId: manifest.school.id, keyId }) };
}

async function signedBy(jws: string, jwk: NonNullable<ReturnType<typeof keyIn>>): Promise<unknown> {
  try {
    const { payload } = await compactVerify(jws, jwk, { algorithms: ["EdDSA"] });
    return JSON.parse(new TextDecoder().decode(payload));
  } catch (failure) {
    // A DOMException: the key in the header is no point of its curve.
    const isTheirs = [errors.JOSEError, SyntaxError, TypeError, DOMException].some(
      (of) => failure instanceof of,
    );
    throw isTheirs ? new Problem("transfer-altered") : failure;
  }
}

/** The public key in the header, and nothing else of it; undefined for a text that is no signature of this kind. */
function keyIn(jws: string) {
  try {
    const { alg, jwk } = decodeProtectedHeader(jws);
    const isEd25519 = alg === "EdDSA" && jwk?.kty === "OKP" && jwk.crv === "Ed25519";
    return isEd25519 && typeof jwk.x === "string" && jwk.x.length === 43
      ? { kty: "OKP", crv: "Ed25519", x: jwk.x }
      : undefined;
  } catch (failure) {
    if (failure instanceof TypeError) return undefined;
    throw failure;
  }
}
