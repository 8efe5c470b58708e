/** `/api/v1/students/:studentId/portfolio-page`: one call to open a child's portfolio with. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { PageReader, PortfolioPage } from "@doudou/shared/contract/portfolio-page.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { portfolioPage } from "./service.ts";

export function portfolioPageRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/portfolio-page",
    config: { access: { to: "student", action: "portfolio.read" } },
    schema: {
      summary: "A child's portfolio with what its sections open with, in one answer",
      tags: ["growth"],
      params: Type.Object({ studentId: Id }),
      querystring: Type.Object({ reader: PageReader, termId: Type.Optional(Id) }),
      response: { 200: PortfolioPage, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params, query }) => portfolioPage(deps, grant, params.studentId, query),
  });
}
