/** Following a reward shop: a page of it is told when to read anew. What it may read, its own route says. */
import type { Caller, Grant } from "../../access/caller.ts";
import { isStillGranted } from "../../access/guard.ts";
import type { Action } from "../../access/permissions.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import type { EventStream } from "../../live/event-stream.ts";
import { requireShop } from "./offers.ts";

const WAIT_WHEN_TOO_MANY_S = 60;

/** Whose page, and what has to be granted to read it. */
const READ_AS = {
  class: "reward.read-class",
  child: "reward.ask",
  family: "reward.read-wishes",
} as const satisfies Record<string, Action>;

export type FollowedShop =
  | { readonly of: "class"; readonly classId: string }
  | { readonly of: "child" | "family"; readonly studentId: string };

/**
 * Opens a stream that says when a page of the shop is to be read anew. It ends with the session, and with the right to
 * read that page.
 * @throws Problem rewards-off; too-many-requests where the session has too many streams already
 */
export async function followShop(
  deps: Deps,
  caller: Caller,
  { schoolId }: Grant,
  shop: FollowedShop,
  screen: string,
): Promise<EventStream> {
  await deps.database.read(schoolId, (store) => requireShop(store, schoolId));
  const about =
    shop.of === "class"
      ? ({ to: "class", id: shop.classId } as const)
      : ({ to: "student", id: shop.studentId } as const);
  const stream = deps.live.followShop({
    page: { schoolId, ...shop },
    owner: caller.sessionId,
    screen,
    mayStay: () => isStillGranted(deps, caller, READ_AS[shop.of], about),
  });
  if (!stream) throw new Problem("too-many-requests", { retryAfter: WAIT_WHEN_TOO_MANY_S });
  return stream;
}
