/** What a change changed, fact by fact, for people to read. Pure. */

export interface FactChanged {
  readonly fact: string;
  /** Empty where there was, or is, nothing. */
  readonly before: string;
  readonly after: string;
}

const LONGEST = 300;

/** The facts that differ, in the order in which they are written down. */
export function differences(before: unknown, after: unknown): FactChanged[] {
  const [was, is] = [factsOf(before), factsOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((fact) => ({ fact, before: told(was[fact]), after: told(is[fact]) }))
    .filter(({ before: one, after: other }) => one !== other);
}

function factsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function told(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
