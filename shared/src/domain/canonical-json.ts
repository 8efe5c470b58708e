/** One text for one value, whatever order its keys came in: what is hashed must not depend on who stored it. Pure. */

/**
 * JSON with sorted keys and no spaces (RFC 8785 for what we hash: strings, whole numbers, flags, lists, objects).
 * @param value what JSON can carry
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
