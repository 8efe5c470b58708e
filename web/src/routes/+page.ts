/** The front door leads everybody to their own home page. */
import { redirect } from "@sveltejs/kit";
import { homePathOf, session } from "#lib/session.svelte.ts";

export async function load() {
  await session.ready();
  redirect(307, homePathOf(session.membership));
}
