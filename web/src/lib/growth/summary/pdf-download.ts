/**
 * Asks whether a file is to be had before the browser downloads it, so that a refusal becomes words on the page and not
 * a broken file. Keeps nothing: the download itself is the browser's own.
 */
import { problemOf } from "#lib/api/problem.ts";
import { OfflineError } from "#lib/api/request.ts";

/** @throws ProblemError where the server says no, OfflineError where it cannot be reached */
export async function checkDownload(address: string): Promise<void> {
  const stop = new AbortController();
  let response: Response;
  try {
    response = await fetch(address, { credentials: "same-origin", cache: "no-store", signal: stop.signal });
  } catch (failure) {
    throw new OfflineError(failure);
  }
  if (!response.ok) throw await problemOf(response);
  stop.abort();
}
