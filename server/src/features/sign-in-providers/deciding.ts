/**
 * What a school decides about signing in by providers: by which, by what rule, and who is known there as whom. All of it is
 * the administrator's and in the log; a person sees and ends what leads to the own account.
 */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { endSessionsOfAccount } from "@doudou/db/repositories/accounts.ts";
import { schoolCodeOf } from "@doudou/db/repositories/schools.ts";
import {
  decideSignInLink,
  dropSignInRule,
  linksOfAccount,
  linksOfIdentity,
  setSignInRule,
  signInLinkById,
  signInLinks,
  signInRules,
} from "@doudou/db/repositories/sign-in-providers.ts";
import type {
  AnswerSignInLink,
  DecideRule,
  OwnSignInLinks,
  ProviderRule,
  SchoolSignIn,
  SignInLink,
} from "@doudou/shared/contract/sign-in-providers.ts";
import { type Caller, type Grant, grantsInSchools } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { refuseUnseen } from "../../http/versions.ts";
import type { Provider } from "../../providers/provider.ts";
import { identityLock, mayBeLinked } from "./admitting.ts";

const OFF: ProviderRule = { way: "off", isSecondFactor: false };

/** What the school has decided, and who is known to a provider as whom. */
export async function schoolSignIn(deps: Deps, { schoolId }: Grant): Promise<SchoolSignIn> {
  return await deps.database.read(schoolId, async (store) => {
    const code = (await schoolCodeOf(store, schoolId)) ?? "";
    const rules = await signInRules(store, schoolId);
    const links = await signInLinks(store, schoolId);
    return {
      door: `/sign-in?school=${encodeURIComponent(code)}`,
      providers: providersFor(deps, code).map(({ id, name, claims }) => {
        const rule = rules.find(({ providerId }) => providerId === id);
        return { id, name, claims: [...claims], rule: rule ? shownRule(rule) : OFF };
      }),
      links: links.map(
        ({ askedAt, usedAt, membershipId, name, login, accountId: _, ...link }): SignInLink => ({
          ...link,
          member: membershipId !== null && name !== null ? { membershipId, name, login: login ?? "" } : null,
          askedAt: askedAt.toISOString(),
          usedAt: usedAt && usedAt.toISOString(),
        }),
      ),
    };
  });
}

/**
 * Decides by what rule people come in by a provider.
 * @throws Problem not-found for a provider that this school may not use, invalid-input for a claim nobody vouches for,
 * provider-rule-changed
 */
export async function decideRule(
  deps: Deps,
  grant: Grant,
  providerId: string,
  { was, rule: { way, claim, isSecondFactor } }: DecideRule,
): Promise<ProviderRule> {
  const { schoolId, membershipId } = grant;
  const at = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    const code = (await schoolCodeOf(store, schoolId)) ?? "";
    const provider = providersFor(deps, code).find(({ id }) => id === providerId);
    if (!provider) throw new Problem("not-found");
    if (way === "match" && (claim === undefined || !provider.claims.includes(claim)))
      throw new Problem("invalid-input", {
        errors: [{ path: "/claim", message: "must be one of the claims" }],
      });
    const kept = (await signInRules(store, schoolId)).find((rule) => rule.providerId === providerId);
    const before = kept ? shownRule(kept) : OFF;
    const after: ProviderRule =
      way === "off"
        ? OFF
        : { way, isSecondFactor, ...(way === "match" && claim !== undefined ? { claim } : {}) };
    refuseUnseen("provider-rule-changed", { stands: before, was, wanted: after });
    if (way === "off") await dropSignInRule(store, schoolId, providerId);
    else {
      const decided = { way, claim: way === "match" ? (claim ?? null) : null, isSecondFactor };
      await setSignInRule(store, schoolId, {
        providerId,
        ...decided,
        decidedBy: membershipId,
        decidedAt: at,
      });
    }
    await noteChange(store, grant, {
      action: "provider.decide",
      at,
      before: { provider: providerId, ...before },
      after: { provider: providerId, ...after },
    });
    return after;
  });
}

/**
 * Says who somebody is who came by a provider, or that it is nobody of the school.
 * @throws Problem not-found, also for a member who does not work here; provider-link-elsewhere, provider-link-taken
 */
export async function answerLink(
  deps: Deps,
  grant: Grant,
  linkId: string,
  { membershipId }: AnswerSignInLink,
): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(EVERY_SCHOOL, async (store) => {
    const link = await signInLinkById(store, schoolId, linkId);
    if (link?.state !== "waits") throw new Problem("not-found");
    const { issuer, subject, providerId, shownAs } = link;
    const about = { action: "provider.link", at, subjectId: linkId } as const;
    if (membershipId === null) {
      await decideSignInLink(store, schoolId, linkId, { state: "refused", membershipId, decidedAt: at });
      const after = { provider: providerId, shownAs, isRefused: true };
      return await noteChange(store, grant, { ...about, after });
    }
    await store.lock([identityLock(issuer, subject)]);
    const found = await mayBeLinked(store, schoolId, membershipId);
    if (!found) throw new Problem("not-found");
    if (!found.isOnlyHere) throw new Problem("provider-link-elsewhere");
    const others = await linksOfIdentity(store, issuer, subject);
    const known = await linksOfAccount(store, found.member.accountId);
    const isTaken =
      others.some(({ state }) => state === "linked") || known.some((one) => one.providerId === providerId);
    if (isTaken) throw new Problem("provider-link-taken");
    if (!(await decideSignInLink(store, schoolId, linkId, { state: "linked", membershipId, decidedAt: at })))
      throw new Problem("not-found");
    const after = { provider: providerId, shownAs, login: found.member.login };
    await noteChange(store, grant, { ...about, after });
  });
}

/** Ends that somebody comes in by a provider; whoever is signed in to the account signs in anew. @throws Problem not-found */
export async function endLink(deps: Deps, grant: Grant, linkId: string): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(EVERY_SCHOOL, async (store) => {
    const link = (await signInLinks(store, schoolId)).find(
      ({ id, state }) => id === linkId && state === "linked",
    );
    if (!link) throw new Problem("not-found");
    const removed = { state: "removed", membershipId: null, decidedAt: at } as const;
    await decideSignInLink(store, schoolId, linkId, removed);
    if (link.accountId !== null) await endSessionsOfAccount(store, link.accountId);
    const { providerId, shownAs, login } = link;
    const before = { provider: providerId, shownAs, login };
    await noteChange(store, grant, { action: "provider.link", at, subjectId: linkId, before });
  });
}

/** By which providers the caller's account can be signed in to. */
export async function ownLinks(deps: Deps, { account }: Caller): Promise<OwnSignInLinks> {
  const links = await deps.database.read(EVERY_SCHOOL, (store) => linksOfAccount(store, account.id));
  return {
    links: links.map(({ id, providerId, schoolName, shownAs, decidedAt, usedAt }) => ({
      id,
      provider: deps.providers.byId(providerId)?.name ?? { zh: providerId, en: providerId },
      schoolName,
      shownAs,
      since: (decidedAt ?? deps.now()).toISOString(),
      usedAt: usedAt && usedAt.toISOString(),
    })),
  };
}

/** Ends that a provider leads to the caller's account; all other sessions are over. @throws Problem not-found */
export async function endOwnLink(deps: Deps, caller: Caller, linkId: string): Promise<void> {
  const { account, sessionId } = caller;
  const at = deps.now();
  await deps.database.write(EVERY_SCHOOL, async (store) => {
    const link = (await linksOfAccount(store, account.id)).find(({ id }) => id === linkId);
    const grant = grantsInSchools(caller).find(({ schoolId }) => schoolId === link?.schoolId);
    if (!link || !grant) throw new Problem("not-found");
    const removed = { state: "removed", membershipId: null, decidedAt: at } as const;
    await decideSignInLink(store, link.schoolId, linkId, removed);
    await endSessionsOfAccount(store, account.id, { but: sessionId });
    const before = { provider: link.providerId, shownAs: link.shownAs, login: account.login };
    await noteChange(store, grant, { action: "account.secure", at, subjectId: linkId, before });
  });
}

function providersFor({ providers }: Deps, schoolCode: string): readonly Provider[] {
  return providers.all.filter(({ schools }) => schools?.includes(schoolCode) ?? true);
}

function shownRule({
  way,
  claim,
  isSecondFactor,
}: Awaited<ReturnType<typeof signInRules>>[number]): ProviderRule {
  return { way, isSecondFactor, ...(claim === null ? {} : { claim }) };
}
