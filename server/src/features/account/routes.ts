/** `/api/v1/account/…`: one's own password, sessions and second device. */
import Type from "typebox";
import {
  ChangePassword,
  ConfirmSecondFactor,
  EndedSessions,
  OwnSessions,
  ProposedSecondFactor,
  ProvePassword,
  RecoveryCodes,
  SecondFactor,
} from "@doudou/shared/contract/account.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import {
  confirmSecondFactor,
  dropSecondFactor,
  proposeSecondFactor,
  renewRecoveryCodes,
  secondFactorOf,
} from "./second-factor.ts";
import { changePassword, endOtherSessions, endOwnSession, ownSessions } from "./service.ts";

const TAGS = ["account"];
const Handle = Type.Object({ sessionHandle: Type.String({ pattern: "^[0-9a-f]{64}$" }) });

export function accountRoutes(api: Api, deps: Deps): void {
  const secures = { access: { to: "members", action: "account.secure" } } as const;
  const doubles = { access: { to: "members", action: "account.second-factor" } } as const;

  api.route({
    method: "PUT",
    url: "/account/password",
    config: secures,
    schema: {
      summary: "Change one's own password; all other sessions end",
      tags: TAGS,
      body: ChangePassword,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 413, 415, 422) },
    },
    handler: async ({ caller, body }, reply) => {
      await changePassword(deps, caller, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "GET",
    url: "/account/sessions",
    config: secures,
    schema: {
      summary: "Where one is signed in",
      tags: TAGS,
      response: { 200: OwnSessions, ...errorsOf(401, 403) },
    },
    handler: ({ caller }) => ownSessions(deps, caller),
  });

  api.route({
    method: "DELETE",
    url: "/account/sessions",
    config: secures,
    schema: {
      summary: "Sign out everywhere but here",
      tags: TAGS,
      response: { 200: EndedSessions, ...errorsOf(401, 403) },
    },
    handler: ({ caller }) => endOtherSessions(deps, caller),
  });

  api.route({
    method: "DELETE",
    url: "/account/sessions/:sessionHandle",
    config: secures,
    schema: {
      summary: "End one of one's own sessions",
      tags: TAGS,
      params: Handle,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ caller, params }, reply) => {
      await endOwnSession(deps, caller, params.sessionHandle);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "GET",
    url: "/account/second-factor",
    config: doubles,
    schema: {
      summary: "Whether signing in takes a code of a second device",
      tags: TAGS,
      response: { 200: SecondFactor, ...errorsOf(401, 403) },
    },
    handler: ({ caller }) => secondFactorOf(deps, caller),
  });

  api.route({
    method: "POST",
    url: "/account/second-factor",
    config: doubles,
    schema: {
      summary: "Begin to set up a second device: the secret for its app, shown once",
      tags: TAGS,
      body: ProvePassword,
      response: { 200: ProposedSecondFactor, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: ({ caller, body }) => proposeSecondFactor(deps, caller, body.password),
  });

  api.route({
    method: "POST",
    url: "/account/second-factor/confirm",
    config: doubles,
    schema: {
      summary: "Give a first code: from now on signing in takes one. Answers the recovery codes, once",
      tags: TAGS,
      body: ConfirmSecondFactor,
      response: { 200: RecoveryCodes, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: ({ caller, body }) => confirmSecondFactor(deps, caller, body.code),
  });

  api.route({
    method: "POST",
    url: "/account/second-factor/recovery-codes",
    config: doubles,
    schema: {
      summary: "New recovery codes in place of the old",
      tags: TAGS,
      body: ProvePassword,
      response: { 200: RecoveryCodes, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: ({ caller, body }) => renewRecoveryCodes(deps, caller, body.password),
  });

  api.route({
    method: "POST",
    url: "/account/second-factor/drop",
    config: doubles,
    schema: {
      summary: "Do without a second device again",
      tags: TAGS,
      body: ProvePassword,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: async ({ caller, body }, reply) => {
      await dropSecondFactor(deps, caller, body.password);
      return await reply.code(204).send(null);
    },
  });
}
