/** Anybody may come here; who is signed in already takes the invitation with that account. */
import { OfflineError } from "#lib/api/request.ts";
import { session } from "#lib/session.svelte.ts";

export async function load() {
  try {
    await session.ready();
  } catch (failure) {
    if (!(failure instanceof OfflineError)) throw failure;
  }
}
