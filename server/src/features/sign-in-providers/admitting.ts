/**
 * Who somebody is here whom a provider has named: by a link, or by what the school's administrator has decided. Never
 * makes anybody, never links a child's or a guardian's account, never one that another school knows too.
 */
import { v7 as uuidv7 } from "uuid";
import type { Store } from "@doudou/db/engines/database.ts";
import {
  type AccountMembership,
  membershipsOfAccount,
  normalisedLogin,
} from "@doudou/db/repositories/accounts.ts";
import {
  linksOfAccount,
  linksOfIdentity,
  noteSignInLinkUsed,
  putSignInLink,
  rulesOfProvider,
} from "@doudou/db/repositories/sign-in-providers.ts";
import { staffMembers } from "@doudou/db/repositories/staff-accounts.ts";
import { claimToMatch, type SignInOutcome } from "@doudou/shared/domain/sign-in-providers.ts";
import { isStaffRole } from "@doudou/shared/domain/staff.ts";
import type { Grant, Origin } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Identity, Provider } from "../../providers/provider.ts";

export interface Coming {
  readonly provider: Provider;
  readonly identity: Identity;
  /** The code of the school whose door it was, where that was said. */
  readonly schoolCode: string | null;
  readonly origin: Origin;
  readonly at: Date;
}

export type Admission =
  | { readonly as: "admitted"; readonly accountId: string; readonly isSecondFactor: boolean }
  | { readonly as: SignInOutcome };

type Link = Awaited<ReturnType<typeof linksOfIdentity>>[number];
type Rule = Awaited<ReturnType<typeof rulesOfProvider>>[number];
const UNKNOWN: Admission = { as: "unknown" };

/** @returns who it is; what has come of it is written down in the same transaction */
export async function admit(store: Store, coming: Coming): Promise<Admission> {
  const { issuer, subject } = coming.identity;
  await store.lock([identityLock(issuer, subject)]);
  const links = await linksOfIdentity(store, issuer, subject);
  const rules = await rulesThatCount(store, coming);
  const linked = links.find(({ state }) => state === "linked");
  if (linked) return await byLink(store, linked, rules, coming);
  return (await byClaim(store, links, rules, coming)) ?? (await byAsking(store, links, rules, coming));
}

/** Somebody who was admitted a moment ago, by what stands now. */
export async function admitAgain(
  store: Store,
  { issuer, subject, ...coming }: Pick<Coming, "provider" | "at"> & Pick<Identity, "issuer" | "subject">,
): Promise<Admission> {
  const links = await linksOfIdentity(store, issuer, subject);
  const linked = links.find(({ state }) => state === "linked");
  return linked ? await byLink(store, linked, await rulesThatCount(store, coming), coming) : UNKNOWN;
}

/** Of two who decide about the same person of a provider, one comes first. */
export function identityLock(issuer: string, subject: string): string {
  return `sign-in ${issuer} ${subject}`;
}

/** Whether all that an account may do, it may in this one school: no school lets anybody into another. */
function isOnlyOf(schoolId: string, memberships: readonly AccountMembership[]): boolean {
  return memberships.every((membership) => membership.schoolId === schoolId);
}

async function rulesThatCount(store: Store, { provider }: Pick<Coming, "provider">): Promise<Rule[]> {
  const rules = await rulesOfProvider(store, provider.id);
  return rules.filter(({ schoolCode }) => provider.schools?.includes(schoolCode) ?? true);
}

async function byLink(
  store: Store,
  link: Link,
  rules: readonly Rule[],
  { at }: Pick<Coming, "at">,
): Promise<Admission> {
  const rule = rules.find(({ schoolId }) => schoolId === link.schoolId);
  if (!rule || link.accountId === null) return UNKNOWN;
  const memberships = await membershipsOfAccount(store, link.accountId);
  if (!isOnlyOf(link.schoolId, memberships)) return { as: "several-schools" };
  await noteSignInLinkUsed(store, link.schoolId, link.id, at);
  return { as: "admitted", accountId: link.accountId, isSecondFactor: rule.isSecondFactor };
}

/** The one account, in all schools that match, whose login the provider vouches for. */
async function byClaim(
  store: Store,
  links: readonly Link[],
  rules: readonly Rule[],
  coming: Coming,
): Promise<Admission | undefined> {
  const found = [];
  for (const rule of rules) {
    // What was refused or taken away once does not come back by itself.
    const isDecided = links.some(({ schoolId, state }) => schoolId === rule.schoolId && state !== "waits");
    const value = rule.claim === null ? undefined : claimToMatch(coming.identity.claims, rule.claim);
    if (rule.way !== "match" || isDecided || value === undefined) continue;
    for (const member of await staffMembers(store, rule.schoolId))
      if (normalisedLogin(member.login) === value) found.push({ rule, member });
  }
  const [only, ...others] = found;
  if (!only || others.some(({ member }) => member.accountId !== only.member.accountId)) return undefined;
  const { rule, member } = only;
  const memberships = await membershipsOfAccount(store, member.accountId);
  if (!isOnlyOf(rule.schoolId, memberships)) return { as: "several-schools" };
  // An address may have been somebody else's before: who is known there already, is known as one person only.
  const known = await linksOfAccount(store, member.accountId);
  if (known.some(({ providerId }) => providerId === coming.provider.id)) return undefined;
  const id = links.find(({ schoolId }) => schoolId === rule.schoolId)?.id ?? uuidv7();
  const { membershipId } = member;
  const { at, provider, origin } = coming;
  await putSignInLink(store, rule.schoolId, {
    ...linkRow(coming, id),
    state: "linked",
    membershipId,
    decidedAt: at,
    usedAt: at,
  });
  const by: Grant = {
    schoolId: rule.schoolId,
    membershipId,
    standings: new Set(),
    isConfined: false,
    origin,
  };
  await noteChange(store, by, {
    action: "provider.join",
    at,
    subjectId: id,
    after: { provider: provider.id, claim: rule.claim, login: member.login },
  });
  return { as: "admitted", accountId: member.accountId, isSecondFactor: rule.isSecondFactor };
}

/** Asks the administrators of the one school that it may be. */
async function byAsking(
  store: Store,
  links: readonly Link[],
  rules: readonly Rule[],
  coming: Coming,
): Promise<Admission> {
  const isWanted = ({ schoolCode }: Rule) => coming.schoolCode === null || schoolCode === coming.schoolCode;
  const mayAsk = rules.filter((rule) => {
    const link = links.find(({ schoolId }) => schoolId === rule.schoolId);
    if (link?.state === "refused") return false;
    return rule.way === "approve" || link !== undefined;
  });
  const [rule, ...others] = mayAsk.filter(isWanted);
  if (!rule || others.length > 0) return UNKNOWN;
  const link = links.find(({ schoolId }) => schoolId === rule.schoolId);
  if (link?.state !== "waits")
    await putSignInLink(store, rule.schoolId, {
      ...linkRow(coming, link?.id ?? uuidv7()),
      state: "waits",
      membershipId: null,
      decidedAt: null,
      usedAt: null,
    });
  return { as: "waits" };
}

const LONGEST_SHOWN = 200;

function linkRow({ provider, identity, at }: Coming, id: string) {
  const { issuer, subject, shownAs } = identity;
  return {
    id,
    providerId: provider.id,
    issuer,
    subject,
    shownAs: shownAs.slice(0, LONGEST_SHOWN),
    askedAt: at,
  };
}

/** Whether somebody can be known at a provider as this member: at work here, and known to no other school. */
export async function mayBeLinked(store: Store, schoolId: string, membershipId: string) {
  const member = (await staffMembers(store, schoolId)).find((other) => other.membershipId === membershipId);
  if (!member || !isStaffRole(member.role)) return undefined;
  const memberships = await membershipsOfAccount(store, member.accountId);
  return { member, isOnlyHere: isOnlyOf(schoolId, memberships) };
}
