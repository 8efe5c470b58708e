/** What lies on the device for longer than an answer of the server does. No page waits for it to be let go of. */
import { forgetOldComments } from "./comment-drafts.ts";
import { forgetOldDrafts } from "./kept-drafts.ts";
import { forgetOldRounds } from "./picking-rounds.ts";

/** Lets go of what is too old, whoever's it is. */
export async function forgetLeftovers(now: number): Promise<void> {
  forgetOldDrafts(localStorage, now);
  await Promise.all([forgetOldRounds(now), forgetOldComments(now)]);
}
