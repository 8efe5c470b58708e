/** What lies on the device for longer than an answer of the server does. No page waits for it to be let go of. */
import { forgetOldComments } from "./comment-drafts.ts";
import { forgetOldDrafts } from "./kept-drafts.ts";
import { forgetRounds } from "./picking-rounds.ts";

/** Lets go of what is too old, whoever's it is; of the picker's rounds too for an account that signs out. */
export async function forgetLeftovers(now: number, signedOut?: string): Promise<void> {
  forgetOldDrafts(localStorage, now);
  await Promise.all([forgetRounds(now, signedOut), forgetOldComments(now)]);
}
