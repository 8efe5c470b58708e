/** What of a child's record is shown masked, and whole only after a deed of its own that is logged. Pure. */

/** The national number (学籍号, or an identity number) and a guardian's phone. */
export const SENSITIVE_FIELDS = ["nationalNo", "phone"] as const;

const SHOWN = 4;

/** Its last four characters, and nothing that tells how long it is; of something that short, nothing. */
export function masked(value: string): string {
  return value.length > SHOWN ? `****${value.slice(-SHOWN)}` : "****";
}
