/** `/api/v1/students/:studentId/shelf`, what a child shows first, and `/api/v1/classes/:classId/shelf`. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { ChosenHighlights, ClassShelf, Shelf } from "@doudou/shared/contract/shelf.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { chooseHighlights, classShelf, shelf } from "./service.ts";

const TAGS = ["works"];

export function shelfRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/shelf",
    config: { access: { to: "student", action: "shelf.read" } },
    schema: {
      summary: "A child's works and honours of all years, and what it shows first",
      tags: TAGS,
      params: Type.Object({ studentId: Id }),
      response: { 200: Shelf, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => shelf(deps, grant, params.studentId),
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/highlights",
    config: { access: { to: "student", action: "highlight.choose" } },
    schema: {
      summary: "Choose what is shown first of a child, in its own order",
      tags: TAGS,
      params: Type.Object({ studentId: Id }),
      body: ChosenHighlights,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415, 422) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await chooseHighlights(deps, grant, params.studentId, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/shelf",
    config: { access: { to: "class", action: "shelf.list" } },
    schema: {
      summary:
        "What children of a class and their families added lately, and honours that wait to be confirmed",
      tags: TAGS,
      params: Type.Object({ classId: Id }),
      response: { 200: ClassShelf, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => classShelf(deps, grant, params.classId),
  });
}
