/** An own address where mail says that something is there: entered freely, confirmed by a code, off at any time. */
import Type, { type Static } from "typebox";

export const OwnMail = Type.Object({
  isOffered: Type.Boolean({ description: "the school sends mail at all" }),
  address: Type.Union([Type.String(), Type.Null()]),
  isConfirmed: Type.Boolean(),
  isOn: Type.Boolean(),
});
export type OwnMail = Static<typeof OwnMail>;

export const MailAddressInput = Type.Object(
  { address: Type.String({ format: "email", maxLength: 254 }) },
  { additionalProperties: false },
);
export type MailAddressInput = Static<typeof MailAddressInput>;

export const MailCode = Type.Object(
  { code: Type.String({ pattern: "^\\d{6}$" }) },
  { additionalProperties: false },
);
export type MailCode = Static<typeof MailCode>;

export const MailSwitch = Type.Object({ isOn: Type.Boolean() }, { additionalProperties: false });
export type MailSwitch = Static<typeof MailSwitch>;

/** What a link in a mail carries. */
export const StopToken = Type.String({ minLength: 20, maxLength: 200, pattern: "^[A-Za-z0-9_-]+$" });
