/**
 * What there is to say of signing in by a provider outside without asking anybody: the words for it, which of a person's
 * claims may be believed, and which pages it may lead back to.
 */

/** `match`: a claim has to be the login; `approve`: an administrator says who it is, once. */
export const RULE_WAYS = ["match", "approve"] as const;
export type RuleWay = (typeof RULE_WAYS)[number];

export const LINK_STATES = ["waits", "linked", "refused", "removed"] as const;
export type LinkState = (typeof LINK_STATES)[number];

/** How a sign-in by a provider ended that did not lead in; the sign-in page has a sentence for each. */
export const SIGN_IN_OUTCOMES = [
  "unavailable",
  "cancelled",
  "interrupted",
  "unknown",
  "waits",
  "several-schools",
] as const;
export type SignInOutcome = (typeof SIGN_IN_OUTCOMES)[number];

/** What a provider says of a person. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * The value of a claim, as it may be compared with a login: `undefined` where there is none, and for an e-mail address
 * of which the provider does not say that it is verified.
 * @source OpenID Connect Core 1.0, 5.1 and 5.7: an address is the person's only where email_verified is true
 */
export function claimToMatch(claims: Claims, name: string): string | undefined {
  if (!Object.hasOwn(claims, name)) return undefined;
  if (name === "email" && claims["email_verified"] !== true) return undefined;
  const value = claims[name];
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : undefined;
  if (typeof value !== "string") return undefined;
  const text = value.trim().normalize("NFKC").toLowerCase();
  return text === "" ? undefined : text;
}

/**
 * The page of ours that an address names, or `undefined` for whatever would lead out of it, to the API, or back to the
 * sign-in page.
 * @param origin ours, such as `https://doudou.example.edu.cn`
 */
export function ownPath(address: string, origin: string): string | undefined {
  if (!address.startsWith("/")) return undefined;
  const url = URL.parse(address, origin);
  if (url === null || url.origin !== origin) return undefined;
  // What begins with two slashes names another host to whoever reads it next.
  if (/^\/(\/|api\/|sign-in)/.test(url.pathname)) return undefined;
  return url.pathname + url.search + url.hash;
}
