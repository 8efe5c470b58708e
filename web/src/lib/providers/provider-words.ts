/** How signing in by a provider ended, and what a school may decide about it, in the reader's words. */
import type { SchoolProvider } from "@doudou/shared/contract/sign-in-providers.ts";
import { SIGN_IN_OUTCOMES, type SignInOutcome } from "@doudou/shared/domain/sign-in-providers.ts";
import { locale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";

const OUTCOMES: Readonly<Record<SignInOutcome, () => string>> = {
  unavailable: m.provider_unavailable,
  cancelled: m.provider_cancelled,
  interrupted: m.provider_interrupted,
  unknown: m.provider_unknown,
  waits: m.provider_waits,
  "several-schools": m.provider_several_schools,
};

/** The sentence for what the sign-in page was led back with; undefined for anything that is none of ours. */
export function outcomeWords(outcome: string | null): string | undefined {
  const known = SIGN_IN_OUTCOMES.find((one) => one === outcome);
  return known && OUTCOMES[known]();
}

export function providerName({ name }: Pick<SchoolProvider, "name">): string {
  return locale() === "en" ? name.en : name.zh;
}

/** A claim as its provider calls it, with what it is where that is known. */
export function claimWords(claim: string): string {
  if (claim === "email") return m.provider_claim_email();
  if (claim === "userid") return m.provider_claim_userid();
  return claim;
}
