/** `/api/v1/dashboard`: the school as a whole; and the two ways down to names from there, each written down as a read. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  Dashboard,
  PatternQuery,
  PatternRecords,
  UnnoticedChildren,
} from "@doudou/shared/contract/dashboard.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { patternRecords, schoolDashboard, unnoticedChildren } from "./service.ts";

const TAGS = ["oversight"];

export function dashboardRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/dashboard",
    config: { access: { to: "members", action: "dashboard.read" } },
    schema: {
      summary:
        "Whether every child is noticed, in what, who may be glad of a hand, and what may be worth a question",
      tags: TAGS,
      response: { 200: Dashboard, ...errorsOf(401, 403, 404) },
    },
    handler: ({ grant }) => schoolDashboard(deps, grant),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/unnoticed",
    config: { access: { to: "class", action: "class.read-unnoticed" } },
    schema: {
      summary: "The children of a class of whom nothing was recorded this week, by name and without a figure",
      tags: TAGS,
      params: Type.Object({ classId: Id }),
      response: { 200: UnnoticedChildren, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => unnoticedChildren(deps, grant, params.classId),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/pattern",
    config: { access: { to: "class", action: "dashboard.read-pattern" } },
    schema: {
      summary: "The records that made a pattern of the dashboard",
      tags: TAGS,
      params: Type.Object({ classId: Id }),
      querystring: PatternQuery,
      response: { 200: PatternRecords, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params, query }) => patternRecords(deps, grant, params.classId, query),
  });
}
