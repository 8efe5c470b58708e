/**
 * Signed credentials (数字凭证): what a family asks for, and whether one is genuine. The credential itself is a compact
 * JWS as Open Badges 3.0 and Comprehensive Learner Record 2.0 have it, for programs that are not ours.
 */
import Type, { type Static } from "typebox";
import { CREDENTIAL_KINDS, CREDENTIAL_STATES } from "../domain/credential-words.ts";
import { Bilingual, Id, Instant, oneOf } from "./common.ts";

export const CredentialInput = Type.Object(
  {
    questId: Type.Union([Id, Type.Null()], { description: "of which badge; null for the whole record" }),
    isNamed: Type.Boolean({ description: "with the child's name: only where a guardian asks for it" }),
  },
  { additionalProperties: false },
);
export type CredentialInput = Static<typeof CredentialInput>;

/** A credential, ready to be kept as a file. */
export const SignedCredential = Type.Object({
  id: Id,
  fileName: Type.String(),
  jws: Type.String({ description: "the whole content of the file: a compact JWS signed with EdDSA" }),
});
export type SignedCredential = Static<typeof SignedCredential>;

export const GivenCredential = Type.Object({
  id: Id,
  kind: oneOf(CREDENTIAL_KINDS),
  badge: Type.Union([Bilingual, Type.Null()]),
  isNamed: Type.Boolean(),
  issuedAt: Instant,
  by: Type.String({ description: "who asked for it" }),
  withdrawnAt: Type.Union([Instant, Type.Null()]),
});
export type GivenCredential = Static<typeof GivenCredential>;

/** What was given out of a child, the latest first. */
export const GivenCredentials = Type.Object({
  credentials: Type.Array(GivenCredential),
  mayMake: Type.Boolean(),
  mayName: Type.Boolean(),
  mayWithdraw: Type.Boolean(),
});
export type GivenCredentials = Static<typeof GivenCredentials>;

export const CredentialCheck = Type.Object(
  { jws: Type.String({ minLength: 1, maxLength: 500_000, description: "the content of the file" }) },
  { additionalProperties: false },
);
export type CredentialCheck = Static<typeof CredentialCheck>;

/** What a signature proves, to whoever holds the file: whose it is, since when, and whether it still stands. */
export const CredentialVerification = Type.Object({
  school: Type.String(),
  kind: oneOf(CREDENTIAL_KINDS),
  issuedAt: Instant,
  state: oneOf(CREDENTIAL_STATES, {
    description: "withdrawn: taken back; not-on-file: signed by the school, which keeps it no more",
  }),
});
export type CredentialVerification = Static<typeof CredentialVerification>;

/** A public key as RFC 8037 has it. */
export const PublicJwk = Type.Object({
  kty: Type.Literal("OKP"),
  crv: Type.Literal("Ed25519"),
  x: Type.String(),
  kid: Type.String({ description: "its own address" }),
  alg: Type.Literal("EdDSA"),
  use: Type.Literal("sig"),
});
export type PublicJwk = Static<typeof PublicJwk>;

/** Every key a school ever signed with: RFC 7517, section 5. */
export const PublicJwkSet = Type.Object({ keys: Type.Array(PublicJwk) });
export type PublicJwkSet = Static<typeof PublicJwkSet>;

/** The school as programs know it: an Open Badges Profile that is a controlled identifier document with its keys. */
export const IssuerProfile = Type.Object({
  "@context": Type.Array(Type.String()),
  id: Type.String(),
  type: Type.Array(Type.String()),
  name: Type.String(),
  url: Type.String(),
  verificationMethod: Type.Array(
    Type.Object({
      id: Type.String(),
      type: Type.Literal("JsonWebKey2020"),
      controller: Type.String(),
      publicKeyJwk: PublicJwk,
      expires: Type.Optional(Type.String({ description: "from when on nothing is signed with it" })),
    }),
  ),
  assertionMethod: Type.Array(Type.String()),
});
export type IssuerProfile = Static<typeof IssuerProfile>;

/** The school's keys for its office. */
export const SchoolKeys = Type.Object({
  keys: Type.Array(
    Type.Object({
      id: Type.String({ description: "its fingerprint: RFC 7638" }),
      madeAt: Instant,
      by: Type.Union([Type.String(), Type.Null()]),
      retiredAt: Type.Union([Instant, Type.Null()]),
    }),
    { description: "the latest first; empty until the first credential is asked for" },
  ),
});
export type SchoolKeys = Static<typeof SchoolKeys>;
