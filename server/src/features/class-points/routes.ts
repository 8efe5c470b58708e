/** `/api/v1/classes/:classId/class-points`: a class's own observation points; and for the office those of all classes. */
import Type from "typebox";
import { ClassPoints, NewClassPoint, SchoolClassPoints } from "@doudou/shared/contract/class-points.ts";
import { Id } from "@doudou/shared/contract/common.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { addPoint, pointsOfClass, pointsOfSchool, retirePoint } from "./service.ts";

const TAGS = ["indicators"];
const OfPoint = Type.Object({ classId: Id, observationPointId: Id });

export function classPointRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/classes/:classId/class-points",
    config: { access: { to: "class", action: "class-point.list" } },
    schema: {
      summary: "A class's own observation points, and what more may hang under",
      tags: TAGS,
      params: Type.Object({ classId: Id }),
      response: { 200: ClassPoints, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => pointsOfClass(deps, grant, params.classId),
  });

  api.route({
    method: "PUT",
    url: "/classes/:classId/class-points/:observationPointId",
    config: { access: { to: "class", action: "class-point.add" } },
    schema: {
      summary: "Add an observation point to a class; sending it again changes nothing",
      tags: TAGS,
      params: OfPoint,
      body: NewClassPoint,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: async ({ grant, params: { classId, observationPointId: id }, body }, reply) => {
      await addPoint(deps, grant, { classId, id }, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "DELETE",
    url: "/classes/:classId/class-points/:observationPointId",
    config: { access: { to: "class", action: "class-point.retire" } },
    schema: {
      summary: "Retire an observation point of a class: offered no more, and what was awarded stays",
      tags: TAGS,
      params: OfPoint,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 422) },
    },
    handler: async ({ grant, params: { classId, observationPointId: id } }, reply) => {
      await retirePoint(deps, grant, { classId, id });
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "GET",
    url: "/class-points",
    config: { access: { to: "members", action: "class-point.list-all" } },
    schema: {
      summary: "The observation points that this year's classes have of their own",
      tags: TAGS,
      response: { 200: SchoolClassPoints, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => pointsOfSchool(deps, grant),
  });
}
