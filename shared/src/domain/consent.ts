/** What guardians agreed to, purpose by purpose. Pure; which purpose is asked about is the caller's business. */

/** What a guardian is asked for, each by itself: none of them is needed for the others, nor for going to school. */
export const PURPOSES = ["account", "photo", "board", "research"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** How a word was given: by the guardian on its own device, or on paper and written down by staff. */
export const CONSENT_METHODS = ["online", "paper"] as const;
export type ConsentMethod = (typeof CONSENT_METHODS)[number];

/** A guardian's yes to a purpose, and when it was taken back; at once, where it was a no from the beginning. */
export interface ConsentGiven {
  readonly grantedAt: Date;
  readonly withdrawnAt: Date | null;
}

export type ConsentAnswer = "yes" | "no" | "unasked";

/**
 * Whether a purpose is agreed to for a child: the latest word of its guardians counts, so a withdrawal silences every
 * yes before it, whoever gave it.
 * @param consents all of one child's to one purpose
 */
export function isAgreedTo(consents: readonly ConsentGiven[]): boolean {
  return lastWord(consents).answer === "yes";
}

/**
 * The word that counts: the latest of all guardians'.
 * @param consents all of one child's to one purpose
 * @returns with it the consent that said so; none where nobody was asked yet
 */
export function lastWord<C extends ConsentGiven>(
  consents: readonly C[],
): { readonly answer: ConsentAnswer; readonly by: C | undefined } {
  const lastNo = latest(
    consents.filter(({ withdrawnAt }) => withdrawnAt !== null),
    ({ withdrawnAt }) => withdrawnAt,
  );
  const saidNoAt = lastNo?.withdrawnAt?.getTime() ?? -Infinity;
  const standing = consents.filter(
    ({ grantedAt, withdrawnAt }) => withdrawnAt === null && grantedAt.getTime() > saidNoAt,
  );
  const lastYes = latest(standing, ({ grantedAt }) => grantedAt);
  if (lastYes) return { answer: "yes", by: lastYes };
  return lastNo ? { answer: "no", by: lastNo } : { answer: "unasked", by: undefined };
}

function latest<C>(consents: readonly C[], at: (consent: C) => Date | null): C | undefined {
  const time = (consent: C) => at(consent)?.getTime() ?? -Infinity;
  return consents.reduce<C | undefined>(
    (last, consent) => (last === undefined || time(consent) > time(last) ? consent : last),
    undefined,
  );
}
