/** The fixed words of credentials: what one may be of, and what is to be said of one. Holds no translation and no rule. */

/** Of one badge (Open Badges 3.0), or of a child's whole record (Comprehensive Learner Record 2.0). */
export const CREDENTIAL_KINDS = ["badge", "record"] as const;
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

/** `stands`; `withdrawn`: taken back; `not-on-file`: signed by the school, which keeps it no more. */
export const CREDENTIAL_STATES = ["stands", "withdrawn", "not-on-file"] as const;

/** Of one child, withdrawn ones among them: more is not a record but a misuse. */
export const MOST_CREDENTIALS = 200;
