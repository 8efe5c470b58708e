/** Which revision the address of a summary asks for; pure. @returns undefined for the latest */
export function askedRevision(search: Pick<URLSearchParams, "get">): number | undefined {
  const asked = Number(search.get("revision"));
  return Number.isInteger(asked) && asked > 0 ? asked : undefined;
}
