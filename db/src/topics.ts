/**
 * What writes announce (`Store.announce`): where something is new, never what. Names no person but by an id.
 */
const SEPARATOR = " ";

export type Topic =
  /** A class's ledger has new rows. */
  | { readonly of: "ledger"; readonly schoolId: string; readonly classId: string }
  /** A session is over. */
  | { readonly of: "session"; readonly sessionId: string }
  /** A board link is over. */
  | { readonly of: "board"; readonly linkId: string }
  /** What a child has or waits for in the reward shop is not what it was; or what waits for it at the counter. */
  | { readonly of: "wishes" | "counter"; readonly schoolId: string; readonly studentId: string };

export function ledgerTopic(schoolId: string, classId: string): string {
  return ["ledger", schoolId, classId].join(SEPARATOR);
}

export function sessionTopic(sessionId: string): string {
  return ["session", sessionId].join(SEPARATOR);
}

export function boardTopic(linkId: string): string {
  return ["board", linkId].join(SEPARATOR);
}

export function wishesTopic(schoolId: string, studentId: string): string {
  return ["wishes", schoolId, studentId].join(SEPARATOR);
}

export function counterTopic(schoolId: string, studentId: string): string {
  return ["counter", schoolId, studentId].join(SEPARATOR);
}

/** Undefined for what another version of the software announces. */
export function readTopic(text: string): Topic | undefined {
  const [of, first, second] = text.split(SEPARATOR);
  if (first === undefined) return undefined;
  if (of === "session") return { of, sessionId: first };
  if (of === "board") return { of, linkId: first };
  if (second === undefined) return undefined;
  if (of === "ledger") return { of, schoolId: first, classId: second };
  if (of === "wishes" || of === "counter") return { of, schoolId: first, studentId: second };
  return undefined;
}
