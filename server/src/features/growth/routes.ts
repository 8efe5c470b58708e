/** `/api/v1/students/:studentId/portfolio`. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { Portfolio } from "@doudou/shared/contract/growth.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { portfolio } from "./service.ts";

export function growthRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/portfolio",
    config: { access: { to: "student", action: "portfolio.read" } },
    schema: {
      summary: "A child's growth in a term, against its own past",
      tags: ["growth"],
      params: Type.Object({ studentId: Id }),
      querystring: Type.Object({ termId: Type.Optional(Id) }),
      response: { 200: Portfolio, ...errorsOf(400, 401, 403, 404) },
    },
    handler: (request) => portfolio(deps, request.grant, request.params.studentId, request.query.termId),
  });
}
