/** `/api/v1/account/passkeys`: one's own passkeys; `/api/v1/session/passkey`: signing in with one. */
import { ProvePassword } from "@doudou/shared/contract/account.ts";
import {
  NewPasskey,
  PasskeyCreation,
  PasskeyRequest,
  Passkeys,
  PasskeySignIn,
  RemovePasskey,
} from "@doudou/shared/contract/passkeys.ts";
import { SessionView } from "@doudou/shared/contract/session.ts";
import { changeHands } from "../../access/hands.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { originOf } from "../../http/security.ts";
import {
  addOwnPasskey,
  beginPasskey,
  beginPasskeySignIn,
  ownPasskeys,
  removeOwnPasskey,
  signInByPasskey,
} from "./service.ts";

const TAGS = ["account"];
/** A school shares one address. */
const NOT_TOO_OFTEN = { max: 120, timeWindow: "1 minute" };

export function passkeyRoutes(api: Api, deps: Deps): void {
  const doubles = { access: { to: "members", action: "account.second-factor" } } as const;
  const opens = { access: { to: "everybody" }, rateLimit: NOT_TOO_OFTEN } as const;

  api.route({
    method: "GET",
    url: "/account/passkeys",
    config: doubles,
    schema: {
      summary: "The passkeys with which one can sign in",
      tags: TAGS,
      response: { 200: Passkeys, ...errorsOf(401, 403) },
    },
    handler: ({ caller }) => ownPasskeys(deps, caller),
  });

  api.route({
    method: "POST",
    url: "/account/passkeys/begin",
    config: doubles,
    schema: {
      summary: "Begin to add a passkey: what the browser is to be asked",
      tags: TAGS,
      body: ProvePassword,
      response: { 200: PasskeyCreation, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: (request) =>
      beginPasskey(deps, request.caller, request.body.password, originOf(request, deps.config)),
  });

  api.route({
    method: "POST",
    url: "/account/passkeys",
    config: doubles,
    schema: {
      summary: "Add the passkey that a device has made",
      tags: TAGS,
      body: NewPasskey,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 413, 415, 422) },
    },
    handler: async (request, reply) => {
      await addOwnPasskey(deps, request.caller, request.body, originOf(request, deps.config));
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/account/passkeys/remove",
    config: doubles,
    schema: {
      summary: "Remove one of one's own passkeys",
      tags: TAGS,
      body: RemovePasskey,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async ({ caller, body }, reply) => {
      await removeOwnPasskey(deps, caller, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/session/passkey/begin",
    config: opens,
    schema: {
      summary: "Begin to sign in with a passkey: what the browser is to be asked",
      tags: ["session"],
      security: [],
      response: { 200: PasskeyRequest, ...errorsOf(403) },
    },
    handler: (request) => beginPasskeySignIn(deps, originOf(request, deps.config)),
  });

  api.route({
    method: "POST",
    url: "/session/passkey",
    config: opens,
    schema: {
      summary: "Sign in with a passkey; takes no password and no code",
      tags: ["session"],
      security: [],
      body: PasskeySignIn,
      response: { 200: SessionView, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: async (request, reply) => {
      const origin = originOf(request, deps.config);
      const from = { requestId: request.id, address: request.ip };
      const opened = await signInByPasskey(deps, request.body, { origin, from });
      return await changeHands(deps, request, reply, opened);
    },
  });
}
