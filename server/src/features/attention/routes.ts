/** `/api/v1/classes/:classId/attention`: a teacher's own attention, for that teacher alone. */
import Type from "typebox";
import { Attention } from "@doudou/shared/contract/attention.ts";
import { Id } from "@doudou/shared/contract/common.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { ownAttention } from "./service.ts";

export function attentionRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/classes/:classId/attention",
    config: { access: { to: "class", action: "attention.read" } },
    schema: {
      summary:
        "How the caller's own attention was spread over a class, against the caller's own earlier weeks",
      tags: ["classes"],
      params: Type.Object({ classId: Id }),
      response: { 200: Attention, ...errorsOf(400, 401, 403, 404) },
    },
    handler: (request) => ownAttention(deps, request.grant, request.params.classId),
  });
}
