/** Signing in by a provider outside: what the sign-in page offers, what a school decides, and who is known there as whom. */
import Type, { type Static } from "typebox";
import { LINK_STATES, RULE_WAYS } from "../domain/sign-in-providers.ts";
import { Bilingual, Id, Instant, oneOf, WrittenText } from "./common.ts";

export const ProviderId = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,39}$" });

/** What the sign-in page offers besides the password. */
export const OfferedProviders = Type.Object({
  providers: Type.Array(Type.Object({ id: ProviderId, name: Bilingual })),
});
export type OfferedProviders = Static<typeof OfferedProviders>;

/** How a sign-in by a provider begins. */
export const BeginSignIn = Type.Object({
  next: Type.Optional(WrittenText({ maxLength: 1000 })),
  school: Type.Optional(WrittenText({ maxLength: 100 })),
  shared: Type.Optional(Type.Boolean({ description: "children may get hold of the device" })),
});

export const CodeOfAttempt = Type.Object(
  { code: WrittenText({ minLength: 1, maxLength: 40 }) },
  { additionalProperties: false },
);
export type CodeOfAttempt = Static<typeof CodeOfAttempt>;

/** Where a sign-in that took a code leads. */
export const GoesTo = Type.Object({ goesTo: Type.String({ description: "a page of ours" }) });

/** `off`: nobody of the school comes in by the provider. */
export const ProviderRule = Type.Object(
  {
    way: oneOf(["off", ...RULE_WAYS] as const),
    claim: Type.Optional(
      Type.String({ maxLength: 500, description: "match: what has to be the login of the account" }),
    ),
    isSecondFactor: Type.Boolean({
      default: false,
      description: "whoever comes by it needs no code of the second device",
    }),
  },
  { additionalProperties: false },
);
export type ProviderRule = Static<typeof ProviderRule>;

/** With the rule that was looked at: refused where another stands by now. */
export const DecideRule = Type.Object(
  { was: ProviderRule, rule: ProviderRule },
  { additionalProperties: false },
);
export type DecideRule = Static<typeof DecideRule>;

export const SchoolProvider = Type.Object({
  id: ProviderId,
  name: Bilingual,
  claims: Type.Array(Type.String(), {
    description: "may be compared with the login; none: each is asked about",
  }),
  rule: ProviderRule,
});
export type SchoolProvider = Static<typeof SchoolProvider>;

export const SignInLink = Type.Object({
  id: Id,
  providerId: ProviderId,
  shownAs: Type.String({ description: "what the provider calls the person" }),
  state: oneOf(LINK_STATES),
  member: Type.Union([
    Type.Object({ membershipId: Id, name: Type.String(), login: Type.String() }),
    Type.Null(),
  ]),
  askedAt: Instant,
  usedAt: Type.Union([Instant, Type.Null()]),
});
export type SignInLink = Static<typeof SignInLink>;

/** What the office sees. */
export const SchoolSignIn = Type.Object({
  door: Type.String({ description: "the path of the school's own sign-in page" }),
  providers: Type.Array(SchoolProvider),
  links: Type.Array(SignInLink, { description: "waiting ones and those that lead in, newest first" }),
});
export type SchoolSignIn = Static<typeof SchoolSignIn>;

/** Who somebody is who came by a provider: a member of staff, or nobody here. */
export const AnswerSignInLink = Type.Object(
  { membershipId: Type.Union([Id, Type.Null()], { description: "null: refused" }) },
  { additionalProperties: false },
);
export type AnswerSignInLink = Static<typeof AnswerSignInLink>;

/** By which providers one's own account can be signed in to. */
export const OwnSignInLinks = Type.Object({
  links: Type.Array(
    Type.Object({
      id: Id,
      provider: Bilingual,
      schoolName: Type.String(),
      shownAs: Type.String(),
      since: Instant,
      usedAt: Type.Union([Instant, Type.Null()]),
    }),
  ),
});
export type OwnSignInLinks = Static<typeof OwnSignInLinks>;
