/** `/api/v1/classes`, rosters, and the observation points a teacher may award. */
import Type from "typebox";
import { AwardablePoints, ClassList, Roster } from "@doudou/shared/contract/classes.ts";
import { Id } from "@doudou/shared/contract/common.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { awardablePoints, changeFavourite, classesOf, rosterWithTallies } from "./service.ts";

export function classRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/classes",
    config: { access: { to: "members", action: "class.list" } },
    schema: {
      summary: "The caller's classes",
      tags: ["classes"],
      response: { 200: ClassList, ...errorsOf(401, 403) },
    },
    handler: (request) => classesOf(deps, request.caller),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/roster",
    config: { access: { to: "class", action: "class.read" } },
    schema: {
      summary: "Students with today's and the term's beans by dimension",
      tags: ["classes"],
      params: Type.Object({ classId: Id }),
      response: { 200: Roster, ...errorsOf(400, 401, 403, 404) },
    },
    handler: (request) => rosterWithTallies(deps, request.grant, request.params.classId),
  });

  api.route({
    method: "GET",
    url: "/observation-points",
    config: { access: { to: "class", action: "class.read-points" } },
    schema: {
      summary: "What the caller may award in a class",
      tags: ["classes"],
      querystring: Type.Object({ classId: Id }),
      response: { 200: AwardablePoints, ...errorsOf(400, 401, 403, 404) },
    },
    handler: (request) => awardablePoints(deps, request.grant, request.query.classId),
  });

  for (const [method, isFavourite] of [
    ["PUT", true],
    ["DELETE", false],
  ] as const) {
    api.route({
      method,
      url: "/observation-points/:observationPointId/favourite",
      config: { access: { to: "members", action: "favourite.change" } },
      schema: {
        summary: isFavourite ? "Keep a point at hand" : "No longer keep a point at hand",
        tags: ["classes"],
        params: Type.Object({ observationPointId: Id }),
        response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
      },
      handler: async (request, reply) => {
        await changeFavourite(deps, request.caller, request.params.observationPointId, isFavourite);
        return await reply.code(204).send(null);
      },
    });
  }
}
