/** `/api/v1/students/:studentId/portfolio`, of a term, and `…/years`, of all of them. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { Portfolio, Years } from "@doudou/shared/contract/growth.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { portfolio } from "./service.ts";
import { years } from "./years.ts";

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

  api.route({
    method: "GET",
    url: "/students/:studentId/years",
    config: { access: { to: "student", action: "portfolio.read" } },
    schema: {
      summary: "A child's stages and levels in every term it was here, each for itself",
      tags: ["growth"],
      params: Type.Object({ studentId: Id }),
      response: { 200: Years, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => years(deps, grant, params.studentId),
  });
}
