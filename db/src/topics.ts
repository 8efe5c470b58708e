/**
 * What writes announce (`Store.announce`): where something is new, never what. Names no person.
 */
const SEPARATOR = " ";

export type Topic =
  /** A class's ledger has new rows. */
  | { readonly of: "ledger"; readonly schoolId: string; readonly classId: string }
  /** A session is over. */
  | { readonly of: "session"; readonly sessionId: string }
  /** A board link is over. */
  | { readonly of: "board"; readonly linkId: string };

export function ledgerTopic(schoolId: string, classId: string): string {
  return ["ledger", schoolId, classId].join(SEPARATOR);
}

export function sessionTopic(sessionId: string): string {
  return ["session", sessionId].join(SEPARATOR);
}

export function boardTopic(linkId: string): string {
  return ["board", linkId].join(SEPARATOR);
}

/** Undefined for what another version of the software announces. */
export function readTopic(text: string): Topic | undefined {
  const [of, first, second] = text.split(SEPARATOR);
  if (first === undefined) return undefined;
  if (of === "session") return { of, sessionId: first };
  if (of === "board") return { of, linkId: first };
  if (of === "ledger" && second !== undefined) return { of, schoolId: first, classId: second };
  return undefined;
}
