/** Staff accounts of a school: who has one, and the links by which one is opened or opened again. */
import Type, { type Static } from "typebox";
import { LONGEST_PASSWORD } from "../domain/passwords.ts";
import { LOGIN_PATTERN, STAFF_ROLES } from "../domain/staff.ts";
import { Id, Instant, LocaleName, oneOf, WrittenText } from "./common.ts";

const StaffRoleName = oneOf(STAFF_ROLES);
const Name = WrittenText({ minLength: 1, maxLength: 60 });
const Login = Type.String({
  pattern: LOGIN_PATTERN,
  description: "2 to 60 letters and digits, with . _ - @ between them; capitals make no difference",
});
const NewPassword = WrittenText({ minLength: 1, maxLength: LONGEST_PASSWORD });
/** What stands behind the # of a link's address. */
const LinkToken = Type.String({ minLength: 1, maxLength: 200 });
const LinkKind = oneOf(["invitation", "reset"] as const);

export const StaffMember = Type.Object({
  membershipId: Id,
  name: Type.String(),
  role: StaffRoleName,
  login: Type.String(),
  hasPassword: Type.Boolean({ description: "false: waits for its owner to use a reset link" }),
  hasSecondFactor: Type.Boolean(),
  isSelf: Type.Boolean({ description: "the caller" }),
});
export type StaffMember = Static<typeof StaffMember>;

/** A link that nobody has used yet. What opens it is told once, when it is made. */
export const StaffLink = Type.Object({
  id: Id,
  kind: LinkKind,
  name: Type.String(),
  role: StaffRoleName,
  login: Type.Union([Type.String(), Type.Null()]),
  by: Type.String({ description: "who made it" }),
  createdAt: Instant,
  expiresAt: Instant,
});
export type StaffLink = Static<typeof StaffLink>;

/** Somebody who works here, as another system says, and was never asked to open an account. */
export const StaffWithoutAccount = Type.Object({
  membershipId: Id,
  name: Type.String(),
  role: StaffRoleName,
  isInvited: Type.Boolean({ description: "a link waits to be used" }),
});
export type StaffWithoutAccount = Static<typeof StaffWithoutAccount>;

export const StaffAccounts = Type.Object({
  members: Type.Array(StaffMember),
  withoutAccount: Type.Array(StaffWithoutAccount),
  links: Type.Array(StaffLink, { description: "newest first" }),
});
export type StaffAccounts = Static<typeof StaffAccounts>;

export const InviteStaff = Type.Object(
  {
    name: Name,
    role: StaffRoleName,
    login: Type.Optional(Login),
  },
  { additionalProperties: false },
);
export type InviteStaff = Static<typeof InviteStaff>;

export const InviteMember = Type.Object({ login: Type.Optional(Login) }, { additionalProperties: false });
export type InviteMember = Static<typeof InviteMember>;

export const ResetStaff = Type.Object(
  {
    alsoSecondFactor: Type.Boolean({
      default: false,
      description: "the second device is lost too: a new one is set up after signing in",
    }),
  },
  { additionalProperties: false },
);
export type ResetStaff = Static<typeof ResetStaff>;

export const NewStaffLink = Type.Object({
  link: StaffLink,
  token: Type.String({ description: "shown this once and kept nowhere; the address is /join/staff#token" }),
});
export type NewStaffLink = Static<typeof NewStaffLink>;

export const ShownStaffLink = Type.Object({ token: LinkToken }, { additionalProperties: false });
export type ShownStaffLink = Static<typeof ShownStaffLink>;

/** What a link is for, for whoever holds it. */
export const StaffLinkView = Type.Object({
  kind: LinkKind,
  schoolName: Type.String(),
  name: Type.String(),
  role: StaffRoleName,
  login: Type.Union([Type.String(), Type.Null()], {
    description: "invitation: a suggestion; reset: the account's own",
  }),
  expiresAt: Instant,
});
export type StaffLinkView = Static<typeof StaffLinkView>;

export const UseStaffLink = Type.Object(
  {
    token: LinkToken,
    login: Type.Optional(Login),
    password: NewPassword,
    locale: Type.Optional(LocaleName),
  },
  { additionalProperties: false },
);
export type UseStaffLink = Static<typeof UseStaffLink>;
