/** Shared tablets: who is remembered on one, opening it by PIN, and lifting what confines a session there. */
import Type, { type Static } from "typebox";
import { Id, WrittenText } from "./common.ts";

const TabletPinCode = Type.String({ pattern: "^\\d{6}$", description: "six digits" });
const Password = WrittenText({ minLength: 1, maxLength: 500 });

/** Teachers who agreed to be remembered on this tablet. */
export const TabletTeachers = Type.Object({
  teachers: Type.Array(Type.Object({ accountId: Id, login: Type.String(), name: Type.String() })),
});
export type TabletTeachers = Static<typeof TabletTeachers>;

/** Choosing a PIN is agreeing to be remembered; it takes the password, whoever holds the tablet. */
export const ChoosePin = Type.Object(
  { password: Password, pin: TabletPinCode },
  { additionalProperties: false },
);
export type ChoosePin = Static<typeof ChoosePin>;

export const PinSignIn = Type.Object({ accountId: Id, pin: TabletPinCode }, { additionalProperties: false });
export type PinSignIn = Static<typeof PinSignIn>;

/** One of the two. */
export const Lift = Type.Object(
  { password: Type.Optional(Password), pin: Type.Optional(TabletPinCode) },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
);
export type Lift = Static<typeof Lift>;
