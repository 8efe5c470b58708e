/** Following a class live, as its staff do; and a page that has to close when its reader's session is over. */
import type { FeedPosition } from "@doudou/shared/domain/feed-position.ts";
import type { Caller, Grant } from "../../access/caller.ts";
import { isStillGranted } from "../../access/guard.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import type { EventStream } from "../../live/event-stream.ts";

const WAIT_WHEN_TOO_MANY_S = 60;

/**
 * Opens a stream of a class's awards and voids. It ends with the session, and with the right to read the class.
 * @throws Problem too-many-requests where the session has too many streams already
 */
export function followClass(
  deps: Deps,
  caller: Caller,
  { schoolId }: Grant,
  classId: string,
  wish: { readonly from: FeedPosition | undefined; readonly screen: string },
): EventStream {
  const stream = deps.live.follow({
    schoolId,
    classId,
    audience: "staff",
    owner: caller.sessionId,
    ...wish,
    mayStay: () => isStillGranted(deps, caller, "class.read", { to: "class", id: classId }),
  });
  if (!stream) throw new Problem("too-many-requests", { retryAfter: WAIT_WHEN_TOO_MANY_S });
  return stream;
}

/**
 * Opens a stream that tells nothing and ends with the session, so that a page can close with it.
 * @throws Problem too-many-requests where the session has too many streams already
 */
export function holdSession(deps: Deps, { sessionId }: Caller, screen: string): EventStream {
  const stream = deps.live.hold({
    owner: sessionId,
    screen,
    mayStay: () => deps.sessions.isOpen(sessionId, deps.now()),
  });
  if (!stream) throw new Problem("too-many-requests", { retryAfter: WAIT_WHEN_TOO_MANY_S });
  return stream;
}
