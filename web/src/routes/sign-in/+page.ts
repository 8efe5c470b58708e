/** Who is signed in already goes straight on; without a network the form is shown all the same. */
import { redirect } from "@sveltejs/kit";
import { OfflineError } from "#lib/api/request.ts";
import { session } from "#lib/session.svelte.ts";
import { afterSignIn } from "#lib/ways.ts";

export async function load({ url }) {
  try {
    await session.ready();
  } catch (failure) {
    if (!(failure instanceof OfflineError)) throw failure;
  }
  if (session.membership !== undefined && !session.hasExpired)
    redirect(307, afterSignIn(url.searchParams.get("next")));
}
