/** `/api/v1/classes/:classId/seating-plans`: where children sit, for the teachers of the class. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  SeatingPlan,
  SeatingPlanDraft,
  SeatingPlans,
  VersionQuery,
} from "@doudou/shared/contract/seating.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { deletePlan, savePlan, seatingOf } from "./service.ts";

export function seatingRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/classes/:classId/seating-plans",
    config: { access: { to: "class", action: "seating.read" } },
    schema: {
      summary: "Seating plans of a class, with who is to be seated",
      tags: ["seating"],
      params: Type.Object({ classId: Id }),
      response: { 200: SeatingPlans, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => seatingOf(deps, grant, params.classId),
  });

  api.route({
    method: "PUT",
    url: "/classes/:classId/seating-plans/:planId",
    config: { access: { to: "class", action: "seating.change" } },
    schema: {
      summary: "Save a seating plan over the version it was made from; the id is the client's",
      tags: ["seating"],
      params: Type.Object({ classId: Id, planId: Id }),
      body: SeatingPlanDraft,
      response: { 200: SeatingPlan, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => savePlan(deps, grant, params, body),
  });

  api.route({
    method: "DELETE",
    url: "/classes/:classId/seating-plans/:planId",
    config: { access: { to: "class", action: "seating.change" } },
    schema: {
      summary: "Delete a seating plan as it was last seen",
      tags: ["seating"],
      params: Type.Object({ classId: Id, planId: Id }),
      querystring: VersionQuery,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: async ({ grant, params: { classId, planId: id }, query: { version } }, reply) => {
      await deletePlan(deps, grant, { id, classId, version });
      return await reply.code(204).send(null);
    },
  });
}
