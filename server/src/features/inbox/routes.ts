/** `/api/v1/inbox`: what somebody is told of, and the own address where mail says so. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { Inbox, InboxCount, InboxCursor, OpenedUntil } from "@doudou/shared/contract/inbox.ts";
import {
  MailAddressInput,
  MailCode,
  MailSwitch,
  OwnMail,
  StopToken,
} from "@doudou/shared/contract/mail-address.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { chooseMail, confirmAddress, dropAddress, enterAddress, ownMail, stopMail } from "./mail-address.ts";
import { inbox, inboxCount, openAllNotices, openNotice } from "./service.ts";

const TAGS = ["inbox"];

export async function inboxRoutes(api: Api, deps: Deps): Promise<void> {
  const chooses = { access: { to: "members", action: "inbox.choose-mail" } } as const;
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

  api.route({
    method: "GET",
    url: "/inbox/mail",
    config: chooses,
    schema: {
      summary: "One's own address for mail",
      tags: TAGS,
      response: { 200: OwnMail, ...errorsOf(401, 403) },
    },
    handler: ({ caller }) => ownMail(deps, caller),
  });

  api.route({
    method: "PUT",
    url: "/inbox/mail",
    config: chooses,
    schema: {
      summary: "Enter an address; a code is sent there",
      tags: TAGS,
      body: MailAddressInput,
      response: { 200: OwnMail, ...errorsOf(400, 401, 403, 413, 415, 422) },
    },
    handler: ({ caller, body }) => enterAddress(deps, caller, body.address),
  });

  api.route({
    method: "POST",
    url: "/inbox/mail/confirm",
    config: chooses,
    schema: {
      summary: "Confirm the address by the code that was sent there",
      tags: TAGS,
      body: MailCode,
      response: { 200: OwnMail, ...errorsOf(400, 401, 403, 413, 415, 422) },
    },
    handler: ({ caller, body }) => confirmAddress(deps, caller, body.code),
  });

  api.route({
    method: "PUT",
    url: "/inbox/mail/switch",
    config: chooses,
    schema: {
      summary: "Switch mail on or off; the address stays",
      tags: TAGS,
      body: MailSwitch,
      response: { 200: OwnMail, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: ({ caller, body }) => chooseMail(deps, caller, body.isOn),
  });

  api.route({
    method: "DELETE",
    url: "/inbox/mail",
    config: chooses,
    schema: {
      summary: "Take one's address away",
      tags: TAGS,
      response: { 204: NoContent, ...errorsOf(401, 403) },
    },
    handler: async ({ caller }, reply) => {
      await dropAddress(deps, caller);
      return await reply.code(204).send(null);
    },
  });

  await api.register(async (stop: Api) => {
    // A mailbox sends one field of a form (RFC 8058), which says nothing that the address does not.
    stop.addContentTypeParser("application/x-www-form-urlencoded", (_request, payload, parsed) => {
      payload.resume();
      parsed(null);
    });
    stop.route({
      method: "POST",
      url: "/mail-stop",
      config: { access: { to: "everybody" } },
      schema: {
        summary: "End all mail by the link in one of them (RFC 8058); the answer is the same for any other",
        tags: TAGS,
        security: [],
        querystring: Type.Object({ token: StopToken }),
        response: { 204: NoContent, ...errorsOf(400, 403) },
      },
      handler: async (request, reply) => {
        await stopMail(deps, request.query.token, { requestId: request.id, address: request.ip });
        return await reply.code(204).send(null);
      },
    });
  });
}
