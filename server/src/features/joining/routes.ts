/** `/api/v1/join`: a guardian comes in with the code of a letter. */
import { LetterView, AnotherChild, NewGuardian, ShownLetter } from "@doudou/shared/contract/joining.ts";
import { SessionView } from "@doudou/shared/contract/session.ts";
import { changeHands } from "../../access/hands.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { joinWithNewAccount, joinWithOwnAccount, lookAtLetter } from "./service.ts";

export function joiningRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "POST",
    url: "/join/look",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "Whose letter this is, as far as whoever holds it may know",
      tags: ["guardians"],
      security: [],
      body: ShownLetter,
      response: { 200: LetterView, ...errorsOf(400, 403, 404, 413, 415) },
    },
    handler: (request) => lookAtLetter(deps, { ...request.body, address: request.ip }),
  });

  api.route({
    method: "POST",
    url: "/join",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "Join as a guardian with a new account, and be signed in",
      tags: ["guardians"],
      security: [],
      body: NewGuardian,
      response: { 200: SessionView, ...errorsOf(400, 403, 404, 413, 415, 422) },
    },
    handler: async (request, reply) => {
      const origin = { requestId: request.id, address: request.ip };
      const joined = await joinWithNewAccount(deps, origin, { ...request.body, address: request.ip });
      return await changeHands(deps, request, reply, joined);
    },
  });

  api.route({
    method: "POST",
    url: "/join/child",
    config: { access: { to: "signed-in" } },
    schema: {
      summary: "Add another child to one's own account",
      tags: ["guardians"],
      body: AnotherChild,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async ({ caller, body, ip }, reply) => {
      await joinWithOwnAccount(deps, caller, { ...body, address: ip });
      return await reply.code(204).send(null);
    },
  });
}
