/** `/api/v1/summary-preparations` and what a class's summaries lack. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { ClassPieces, PreparationStart } from "@doudou/shared/contract/summary-rounds.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { endPreparation, piecesOfClass, startPreparation } from "./service.ts";

const TAGS = ["summaries"];

export function summaryPreparationRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "POST",
    url: "/summary-preparations",
    config: { access: { to: "members", action: "summary.prepare" } },
    schema: {
      summary: "Look in the background through classes' summaries for what they lack",
      tags: TAGS,
      body: PreparationStart,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415) },
    },
    handler: async ({ grant, body }, reply) => {
      await startPreparation(deps, grant, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "DELETE",
    url: "/summary-preparations",
    config: { access: { to: "members", action: "summary.prepare" } },
    schema: {
      summary: "Stop looking; what was found stays",
      tags: TAGS,
      querystring: Type.Object({ termId: Id }),
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ grant, query }, reply) => {
      await endPreparation(deps, grant, query.termId);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/summaries/pieces",
    config: { access: { to: "class", action: "summary.list" } },
    schema: {
      summary: "Who of a class still lacks a piece of the summary",
      tags: TAGS,
      params: Type.Object({ classId: Id }),
      querystring: Type.Object({ termId: Type.Optional(Id) }),
      response: { 200: ClassPieces, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params, query }) => piecesOfClass(deps, grant, params.classId, query.termId),
  });
}
