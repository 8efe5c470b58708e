/** `/api/v1/classes/:classId/live`: a class's awards and voids as they happen; `/session/live`: that one may still look. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { FollowQuery } from "@doudou/shared/contract/live.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { answerWith, EventStreamAnswer, wishOf } from "../../live/http.ts";
import { followClass, holdSession } from "./service.ts";

export function liveRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/classes/:classId/live",
    exposeHeadRoute: false,
    config: { access: { to: "class", action: "class.read" } },
    schema: {
      summary:
        "A class's awards and voids as they happen (events `award`, `void`; `reload` where too much was missed)",
      tags: ["awards"],
      params: Type.Object({ classId: Id }),
      querystring: FollowQuery,
      response: { 200: EventStreamAnswer, ...errorsOf(400, 401, 403, 404) },
    },
    handler: (request, reply) =>
      answerWith(
        reply,
        followClass(deps, request.caller, request.grant, request.params.classId, wishOf(request)),
      ),
  });
  api.route({
    method: "GET",
    url: "/session/live",
    exposeHeadRoute: false,
    config: { access: { to: "signed-in" } },
    schema: {
      summary: "Open as long as the session is: a page that shows children's records closes with it",
      tags: ["session"],
      querystring: FollowQuery,
      response: { 200: EventStreamAnswer, ...errorsOf(400, 401, 403) },
    },
    handler: (request, reply) => answerWith(reply, holdSession(deps, request.caller, wishOf(request).screen)),
  });
}
