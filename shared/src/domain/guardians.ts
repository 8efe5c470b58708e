/**
 * Guardians who come in by a letter: whether somebody may, and as whom. Pure; knows nothing of accounts and codes.
 * Never takes anybody for a person the school has kept from the child.
 */
import type { Relation } from "./roster-import/fields.ts";

/** How many guardians of one child come in by letters. */
export const MOST_JOINED = 2;
/** How long a letter is good. */
export const LETTER_DAYS = 30;
/** What somebody who joins may say to be. */
export const JOINING_RELATIONS = [
  "mother",
  "father",
  "grandmother",
  "grandfather",
  "guardian",
] as const satisfies readonly Relation[];
export type JoiningRelation = (typeof JOINING_RELATIONS)[number];

/** Why somebody was kept from a child from then on. */
export const REMOVAL_REASONS = ["custody", "mistake", "request", "other"] as const;
export type RemovalReason = (typeof REMOVAL_REASONS)[number];

/** How far a child's family has come. */
export const JOINING_STATES = ["none", "letter", "one", "two"] as const;
export type JoiningState = (typeof JOINING_STATES)[number];

/** Somebody who is, or was, a guardian of the child. */
export interface GuardianOfChild {
  readonly guardianshipId: string;
  readonly membershipId: string;
  readonly accountId: string | null;
  readonly name: string;
  readonly phone: string | null;
  readonly relation: string;
  readonly isVerified: boolean;
  /** Is a guardian no longer: left with the child, or was removed. */
  readonly isEnded: boolean;
  /** The school has put an end to it: see `REMOVAL_REASONS`. */
  readonly isRemoved: boolean;
  /** Is verified as guardian of another child: who takes over this membership would see that child too. */
  readonly seesOthers: boolean;
}

/** Somebody who holds a letter. */
export interface Joining {
  /** Of the account that is signed in; null for somebody who opens one. */
  readonly accountId: string | null;
  /** The account's own membership as guardian in the school, where it has one. */
  readonly membershipId: string | null;
  readonly name: string;
  readonly phone: string;
  readonly relation: JoiningRelation;
}

export type Place =
  | { readonly as: "refused"; readonly why: "complete" | "removed" | "joined" }
  /** Becomes one whom the office knew. `membershipId`: whose membership it takes over with it, else its own is kept. */
  | { readonly as: "known"; readonly guardianshipId: string; readonly membershipId: string | null }
  | { readonly as: "new" };

/**
 * As whom somebody with a letter of a child comes in.
 * @param known everybody who is or was a guardian of the child
 * @param readmits the guardianship whose end this very letter takes back; null for any other letter
 */
export function placeOf(joining: Joining, known: readonly GuardianOfChild[], readmits: string | null): Place {
  const standing = known.filter(({ isEnded }) => !isEnded);
  const own = standing.filter((guardian) => isOwn(joining, guardian));
  if (own.some(isJoined)) return { as: "refused", why: "joined" };
  const removed = known.filter((guardian) => guardian.isRemoved && isSamePerson(joining, guardian));
  if (removed.length > 0 && !removed.some(({ guardianshipId }) => guardianshipId === readmits))
    return { as: "refused", why: "removed" };
  if (standing.filter(isJoined).length >= MOST_JOINED) return { as: "refused", why: "complete" };
  const [itself] = own;
  if (itself) return { as: "known", guardianshipId: itself.guardianshipId, membershipId: null };
  const nobodys = standing.filter(({ accountId }) => accountId === null);
  const match =
    nobodys.find((guardian) => isSameName(joining, guardian)) ??
    nobodys.find((guardian) => isSamePhone(joining, guardian) && guardian.relation === joining.relation);
  if (!match) return { as: "new" };
  const takesOver = joining.membershipId === null && !match.seesOthers;
  return {
    as: "known",
    guardianshipId: match.guardianshipId,
    membershipId: takesOver ? match.membershipId : null,
  };
}

/** How far a child's family has come, as its letter and its guardians say. */
export function joiningState(known: readonly GuardianOfChild[], hasLetter: boolean): JoiningState {
  const joined = known.filter(isJoined).length;
  if (joined >= MOST_JOINED) return "two";
  return joined === 1 ? "one" : hasLetter ? "letter" : "none";
}

/** Has an account and may see the child. */
export function isJoined({ accountId, isVerified, isEnded }: GuardianOfChild): boolean {
  return accountId !== null && isVerified && !isEnded;
}

function isOwn({ accountId, membershipId }: Joining, guardian: GuardianOfChild): boolean {
  return (
    (accountId !== null && guardian.accountId === accountId) ||
    (membershipId !== null && guardian.membershipId === membershipId)
  );
}

/** Rather once too often: who is taken for somebody else comes to the school, which is what a letter asks for anyway. */
function isSamePerson(joining: Joining, guardian: GuardianOfChild): boolean {
  return isOwn(joining, guardian) || isSameName(joining, guardian) || isSamePhone(joining, guardian);
}

function isSameName({ name }: Joining, guardian: GuardianOfChild): boolean {
  return spoken(name) === spoken(guardian.name);
}

function isSamePhone({ phone }: Joining, guardian: GuardianOfChild): boolean {
  return guardian.phone !== null && writtenPhone(phone) === writtenPhone(guardian.phone);
}

/** A name as it is compared: without spaces, middle dots of any kind alike, in small letters. */
function spoken(name: string): string {
  return name
    .normalize("NFKC")
    .replaceAll(/\s/gu, "")
    .replaceAll(/[•・‧∙⋅]/gu, "·")
    .toLowerCase();
}

/** A phone number as it is compared: its digits, without the country's code. */
export function writtenPhone(phone: string): string {
  const digits = phone.normalize("NFKC").replaceAll(/\D/gu, "");
  return digits.length > 11 && digits.startsWith("86") ? digits.slice(2) : digits;
}

/** Whether this can be a phone number: a mobile's eleven digits, or a landline with its area. */
export function isPhone(phone: string): boolean {
  return /^(?:1\d{10}|0?\d{7,11})$/.test(writtenPhone(phone));
}
