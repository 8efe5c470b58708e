/** What guardians agreed to. Pure; which purpose is asked about is the caller's business. */

/** A guardian's yes to a purpose, and when it was taken back. */
export interface ConsentGiven {
  readonly grantedAt: Date;
  readonly withdrawnAt: Date | null;
}

/**
 * Whether a purpose is agreed to for a child: the latest word of its guardians counts, so a withdrawal silences every
 * yes before it, whoever gave it.
 * @param consents all of one child's to one purpose
 */
export function isAgreedTo(consents: readonly ConsentGiven[]): boolean {
  const lastNo = Math.max(...consents.map(({ withdrawnAt }) => withdrawnAt?.getTime() ?? -Infinity));
  return consents.some(({ grantedAt, withdrawnAt }) => withdrawnAt === null && grantedAt.getTime() > lastNo);
}
