/** `/api/v1/staff-accounts`: for the office, who of the staff has an account; `/api/v1/staff-links`: for who holds a link. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { SessionView } from "@doudou/shared/contract/session.ts";
import {
  InviteMember,
  InviteStaff,
  NewStaffLink,
  ResetStaff,
  ShownStaffLink,
  StaffAccounts,
  StaffLinkView,
  UseStaffLink,
} from "@doudou/shared/contract/staff-accounts.ts";
import { changeHands } from "../../access/hands.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import {
  inviteMember,
  inviteStaff,
  lookAtLink,
  resetStaff,
  staffAccounts,
  takeBackLink,
  takeLink,
  takeLinkWithOwnAccount,
} from "./service.ts";

const TAGS = ["staff"];

export function staffAccountRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/staff-accounts",
    config: { access: { to: "members", action: "staff.list" } },
    schema: {
      summary: "Who of the staff has an account, and the links that nobody has used yet",
      tags: TAGS,
      response: { 200: StaffAccounts, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => staffAccounts(deps, grant),
  });

  api.route({
    method: "POST",
    url: "/staff-accounts/invitations",
    config: { access: { to: "members", action: "staff.invite" } },
    schema: {
      summary: "Make a link by which one person opens an account, once, within 7 days",
      tags: TAGS,
      body: InviteStaff,
      response: { 200: NewStaffLink, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: ({ grant, body }) => inviteStaff(deps, grant, body),
  });

  api.route({
    method: "POST",
    url: "/staff-accounts/:membershipId/invitation",
    config: { access: { to: "members", action: "staff.invite" } },
    schema: {
      summary: "Make a link by which somebody who works here already opens the account, once, within 7 days",
      tags: TAGS,
      params: Type.Object({ membershipId: Id }),
      body: InviteMember,
      response: { 200: NewStaffLink, ...errorsOf(400, 401, 403, 404, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => inviteMember(deps, grant, params.membershipId, body),
  });

  api.route({
    method: "POST",
    url: "/staff-accounts/:membershipId/reset",
    config: { access: { to: "members", action: "staff.reset" } },
    schema: {
      summary: "End whatever lets a member of staff in, and make a link by which only that person comes back",
      tags: TAGS,
      params: Type.Object({ membershipId: Id }),
      body: ResetStaff,
      response: { 200: NewStaffLink, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: ({ grant, params, body }) => resetStaff(deps, grant, params.membershipId, body),
  });

  api.route({
    method: "DELETE",
    url: "/staff-accounts/links/:staffLinkId",
    config: { access: { to: "members", action: "staff.invite" } },
    schema: {
      summary: "Take a link back that nobody has used yet",
      tags: TAGS,
      params: Type.Object({ staffLinkId: Id }),
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ grant, params }, reply) => {
      await takeBackLink(deps, grant, params.staffLinkId);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/staff-links/look",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "What a link is for",
      tags: TAGS,
      security: [],
      body: ShownStaffLink,
      response: { 200: StaffLinkView, ...errorsOf(400, 403, 410, 413, 415) },
    },
    handler: ({ body }) => lookAtLink(deps, body.token),
  });

  api.route({
    method: "POST",
    url: "/staff-links/use",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "Open the account, or give it a new password, and sign in",
      tags: TAGS,
      security: [],
      body: UseStaffLink,
      response: { 200: SessionView, ...errorsOf(400, 403, 410, 413, 415, 422) },
    },
    handler: async (request, reply) => {
      const origin = { requestId: request.id, address: request.ip };
      return await changeHands(deps, request, reply, await takeLink(deps, request.body, origin));
    },
  });

  api.route({
    method: "POST",
    url: "/staff-links/accept",
    config: { access: { to: "signed-in" } },
    schema: {
      summary: "Take an invitation with the account one is signed in with",
      tags: TAGS,
      body: ShownStaffLink,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 410, 413, 415) },
    },
    handler: async ({ caller, body }, reply) => {
      await takeLinkWithOwnAccount(deps, caller, body.token);
      return await reply.code(204).send(null);
    },
  });
}
