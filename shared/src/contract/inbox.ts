/** What somebody is told of: notices in the inbox, and an own address where mail says that there are some. */
import Type, { type Static } from "typebox";
import { NOTICE_KINDS } from "../domain/notices.ts";
import { Bilingual, Id, Instant, oneOf } from "./common.ts";

const Notice = Type.Object({
  id: Id,
  kind: oneOf(NOTICE_KINDS),
  school: Type.String(),
  child: Type.Union([Type.Object({ id: Id, name: Type.String() }), Type.Null()]),
  class: Type.Union([Type.Object({ id: Id, name: Type.String() }), Type.Null()], {
    description: "of whoever leads it; null for guardians",
  }),
  term: Type.Object({ id: Id, name: Bilingual }),
  happenedAt: Instant,
  isOpened: Type.Boolean(),
});
export type Notice = Static<typeof Notice>;

export const Inbox = Type.Object({
  notices: Type.Array(Notice, { description: "latest first" }),
  unopened: Type.Integer({ minimum: 0 }),
  next: Type.Union([Type.String(), Type.Null()], { description: "the cursor of what is older" }),
});
export type Inbox = Static<typeof Inbox>;

export const InboxCursor = Type.String({ pattern: "^\\d{1,15}\\.[0-9a-f-]{36}$" });

export const InboxCount = Type.Object({ unopened: Type.Integer({ minimum: 0 }) });
export type InboxCount = Static<typeof InboxCount>;

/** Everything up to the latest notice that was on show. */
export const OpenedUntil = Type.Object({ until: Instant }, { additionalProperties: false });
export type OpenedUntil = Static<typeof OpenedUntil>;
