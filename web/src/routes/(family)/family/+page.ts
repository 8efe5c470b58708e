/** A guardian of one child has no list to choose from: straight to the child. */
import { redirect } from "@sveltejs/kit";
import { session } from "#lib/session.svelte.ts";

export async function load({ parent }) {
  await parent();
  const [only, ...others] = session.seats.flatMap(({ student }) => student ?? []);
  if (only && others.length === 0) redirect(307, `/family/${only.id}`);
}
