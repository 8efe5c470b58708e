/** `/api/v1/inbox`: what somebody is told of. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { Inbox, InboxCount, InboxCursor, OpenedUntil } from "@doudou/shared/contract/inbox.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { inbox, inboxCount, openAllNotices, openNotice } from "./service.ts";

const TAGS = ["inbox"];

export function inboxRoutes(api: Api, deps: Deps): void {
  const reads = { access: { to: "members", action: "inbox.read" } } as const;

  api.route({
    method: "GET",
    url: "/inbox",
    config: reads,
    schema: {
      summary: "What one is told of, in every school one belongs to, latest first",
      tags: TAGS,
      querystring: Type.Object({ cursor: Type.Optional(InboxCursor) }),
      response: { 200: Inbox, ...errorsOf(400, 401, 403) },
    },
    handler: ({ caller, query }) => inbox(deps, caller, query.cursor),
  });

  api.route({
    method: "GET",
    url: "/inbox/count",
    config: reads,
    schema: {
      summary: "How much of it was not opened",
      tags: TAGS,
      response: { 200: InboxCount, ...errorsOf(401, 403) },
    },
    handler: ({ caller }) => inboxCount(deps, caller),
  });

  api.route({
    method: "PUT",
    url: "/inbox/:noticeId/opened",
    config: reads,
    schema: {
      summary: "A notice was opened; the first time stands",
      tags: TAGS,
      params: Type.Object({ noticeId: Id }),
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ caller, params }, reply) => {
      await openNotice(deps, caller, params.noticeId);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/inbox/opened",
    config: reads,
    schema: {
      summary: "All one is told of up to a moment was seen",
      tags: TAGS,
      body: OpenedUntil,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: async ({ caller, body }, reply) => {
      await openAllNotices(deps, caller, body.until);
      return await reply.code(204).send(null);
    },
  });
}
