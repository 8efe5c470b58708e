/** One's own account: password, where one is signed in, and the second device. */
import Type, { type Static } from "typebox";
import { DEVICE_KINDS } from "../domain/devices.ts";
import { LONGEST_PASSWORD } from "../domain/passwords.ts";
import { SESSION_PLACES } from "../domain/words.ts";
import { Instant, oneOf, WrittenText } from "./common.ts";

const Password = WrittenText({ minLength: 1, maxLength: LONGEST_PASSWORD });
const Code = WrittenText({ minLength: 1, maxLength: 40 });

export const ChangePassword = Type.Object(
  { password: Password, newPassword: Password },
  { additionalProperties: false },
);
export type ChangePassword = Static<typeof ChangePassword>;

export const OwnSession = Type.Object({
  handle: Type.String({ description: "names the session for ending it; opens nothing" }),
  isThis: Type.Boolean({ description: "the one the call is made in" }),
  place: oneOf(SESSION_PLACES),
  device: Type.Union([
    Type.Object({
      kind: oneOf(DEVICE_KINDS),
      browser: Type.Union([Type.String(), Type.Null()]),
      system: Type.Union([Type.String(), Type.Null()]),
    }),
    Type.Null(),
  ]),
  address: Type.Union([Type.String(), Type.Null()], { description: "the network it was last used from" }),
  signedInAt: Instant,
  seenAt: Type.Union([Instant, Type.Null()], { description: "to within ten minutes" }),
});
export type OwnSession = Static<typeof OwnSession>;

export const OwnSessions = Type.Object({
  sessions: Type.Array(OwnSession, { description: "the latest use first" }),
});
export type OwnSessions = Static<typeof OwnSessions>;

export const EndedSessions = Type.Object({ ended: Type.Integer({ minimum: 0 }) });
export type EndedSessions = Static<typeof EndedSessions>;

export const SecondFactor = Type.Object({
  since: Type.Union([Instant, Type.Null()], { description: "null: the password alone lets in" }),
  recoveryCodesLeft: Type.Integer({ minimum: 0 }),
  isRequired: Type.Boolean({ description: "administrators cannot do without" }),
});
export type SecondFactor = Static<typeof SecondFactor>;

export const ProvePassword = Type.Object({ password: Password }, { additionalProperties: false });
export type ProvePassword = Static<typeof ProvePassword>;

/** For the app on the second device; shown once, and worth nothing until a code of it is given. */
export const ProposedSecondFactor = Type.Object({
  secret: Type.String({ description: "Base32, to be typed where no picture can be scanned" }),
  address: Type.String({ description: "otpauth://totp/… for the QR code" }),
});
export type ProposedSecondFactor = Static<typeof ProposedSecondFactor>;

export const ConfirmSecondFactor = Type.Object({ code: Code }, { additionalProperties: false });
export type ConfirmSecondFactor = Static<typeof ConfirmSecondFactor>;

export const RecoveryCodes = Type.Object({
  codes: Type.Array(Type.String(), { description: "each good once; shown this once and kept nowhere" }),
});
export type RecoveryCodes = Static<typeof RecoveryCodes>;
