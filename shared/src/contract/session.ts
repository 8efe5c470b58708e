/** Signing in, who am I, signing out. */
import Type, { type Static } from "typebox";
import { PALETTE } from "../domain/palette.ts";
import { LogoName } from "./school-settings.ts";
import { SESSION_PLACES } from "../domain/words.ts";
import {
  Bilingual,
  ClassRef,
  Id,
  Instant,
  LocaleName,
  oneOf,
  PerDimension,
  RoleName,
  WrittenText,
} from "./common.ts";

export const SignIn = Type.Object(
  {
    login: WrittenText({ minLength: 1, maxLength: 200 }),
    password: WrittenText({ minLength: 1, maxLength: 500 }),
    code: Type.Optional(
      Type.String({
        maxLength: 40,
        description: "of the second device, or a recovery code; where the answer was code-needed",
      }),
    ),
    onSharedTablet: Type.Optional(
      Type.Boolean({
        description: "children may get hold of it: the session is confined to the class pages",
      }),
    ),
  },
  { additionalProperties: false },
);
export type SignIn = Static<typeof SignIn>;

export const Account = Type.Object({
  id: Id,
  login: Type.String(),
  displayName: Type.String(),
  locale: LocaleName,
});
export type Account = Static<typeof Account>;

/** A child this membership is about: the student's own self, or a guardian's children. */
export const OwnStudent = Type.Object({
  id: Id,
  name: Type.String(),
  class: Type.Union([ClassRef, Type.Null()]),
});
export type OwnStudent = Static<typeof OwnStudent>;

export const Membership = Type.Object({
  id: Id,
  schoolId: Id,
  schoolName: Type.String(),
  schoolLogo: LogoName,
  role: RoleName,
  displayName: Type.String(),
  /** What the school calls the five dimensions this term. */
  dimensionNames: PerDimension(Bilingual),
  /** Which colour of the palette the school gives each of them this term. */
  dimensionColours: PerDimension(oneOf(PALETTE)),
  students: Type.Array(OwnStudent, {
    description: "student: the child itself; guardian: its children; else empty",
  }),
});
export type Membership = Static<typeof Membership>;

export const SessionView = Type.Object({
  account: Account,
  memberships: Type.Array(Membership, {
    description: "staff roles first: whoever works at a school and has a child opens the app as staff",
  }),
  expiresAt: Instant,
  place: oneOf(SESSION_PLACES),
  openUntil: Type.Union([Instant, Type.Null()], {
    description: "shared-tablet: until when it is not confined to the class pages",
  }),
  needsSecondFactor: Type.Boolean({
    description: "a second device has to be set up before anything else",
  }),
});
export type SessionView = Static<typeof SessionView>;

/** Change of one's own settings. */
export const AccountChange = Type.Object(
  { locale: Type.Optional(LocaleName) },
  { additionalProperties: false },
);
export type AccountChange = Static<typeof AccountChange>;
