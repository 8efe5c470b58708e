/**
 * Passkeys: one's own, and signing in with one. What a browser is asked, and what it answers, is WebAuthn's, as far as it
 * is needed here.
 * @source W3C Web Authentication Level 3, 5.1.8 and 5.1.9 (JSON forms)
 */
import Type, { type Static } from "typebox";
import { LONGEST_PASSWORD } from "../domain/passwords.ts";
import { Instant, oneOf, WrittenText } from "./common.ts";

const Base64Url = Type.String({ pattern: "^[A-Za-z0-9_-]+$", maxLength: 4096 });
const Password = WrittenText({ minLength: 1, maxLength: LONGEST_PASSWORD });
const Transports = Type.Array(Type.String({ maxLength: 40 }), { maxItems: 10 });
const PublicKey = oneOf(["public-key"] as const);

export const Passkey = Type.Object({
  handle: Type.String({ description: "names it for removing it; opens nothing" }),
  name: Type.String(),
  createdAt: Instant,
  usedAt: Type.Union([Instant, Type.Null()], { description: "when somebody last signed in with it" }),
});
export type Passkey = Static<typeof Passkey>;

export const Passkeys = Type.Object({ passkeys: Type.Array(Passkey, { description: "oldest first" }) });
export type Passkeys = Static<typeof Passkeys>;

/** What the browser is asked for a new passkey. */
export const PasskeyCreation = Type.Object({
  challenge: Type.String(),
  rp: Type.Object({ id: Type.String(), name: Type.String() }),
  user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
  pubKeyCredParams: Type.Array(Type.Object({ type: PublicKey, alg: Type.Integer() })),
  timeout: Type.Integer(),
  excludeCredentials: Type.Array(Type.Object({ type: PublicKey, id: Type.String() })),
  authenticatorSelection: Type.Object({
    residentKey: oneOf(["required"] as const),
    requireResidentKey: Type.Boolean(),
    userVerification: oneOf(["required"] as const),
  }),
  attestation: oneOf(["none"] as const),
});
export type PasskeyCreation = Static<typeof PasskeyCreation>;

export const NewPasskey = Type.Object(
  {
    name: WrittenText({ minLength: 1, maxLength: 40 }),
    id: Base64Url,
    clientDataJSON: Base64Url,
    attestationObject: Type.String({ pattern: "^[A-Za-z0-9_-]+$", maxLength: 20_000 }),
    transports: Transports,
  },
  { additionalProperties: false },
);
export type NewPasskey = Static<typeof NewPasskey>;

export const RemovePasskey = Type.Object(
  { handle: Type.String({ pattern: "^[0-9a-f]{64}$" }), password: Password },
  { additionalProperties: false },
);
export type RemovePasskey = Static<typeof RemovePasskey>;

/** What the browser is asked to sign in with whichever passkey the person chooses. */
export const PasskeyRequest = Type.Object({
  challenge: Type.String(),
  rpId: Type.String(),
  timeout: Type.Integer(),
  userVerification: oneOf(["required"] as const),
});
export type PasskeyRequest = Static<typeof PasskeyRequest>;

export const PasskeySignIn = Type.Object(
  {
    id: Base64Url,
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    onSharedTablet: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type PasskeySignIn = Static<typeof PasskeySignIn>;
