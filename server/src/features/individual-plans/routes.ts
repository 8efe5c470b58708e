/** `/api/v1/students/:studentId/individual-plans`: what a child is helped with, for the teachers it has now. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  EndIndividualPlan,
  IndividualPlans,
  PlanNoteInput,
  SaveIndividualPlan,
} from "@doudou/shared/contract/individual-plans.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { endPlan, notePlan, plansOfChild, savePlan } from "./service.ts";

const TAGS = ["plans"];
const OfPlan = Type.Object({ studentId: Id, planId: Id });

export function individualPlanRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/individual-plans",
    config: { access: { to: "student", action: "individual-plan.read" } },
    schema: {
      summary: "A child's individual plans, with how its own points go and what helped before",
      tags: TAGS,
      params: Type.Object({ studentId: Id }),
      response: { 200: IndividualPlans, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => plansOfChild(deps, grant, params.studentId),
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/individual-plans/:planId",
    config: { access: { to: "student", action: "individual-plan.save" } },
    schema: {
      summary: "Make or change a child's individual plan; sending it again changes nothing",
      tags: TAGS,
      params: OfPlan,
      body: SaveIndividualPlan,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await savePlan(deps, grant, params, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/individual-plans/:planId/notes/:noteId",
    config: { access: { to: "student", action: "individual-plan.note" } },
    schema: {
      summary: "Add a note of today to a plan; sending it again changes nothing",
      tags: TAGS,
      params: Type.Object({ studentId: Id, planId: Id, noteId: Id }),
      body: PlanNoteInput,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await notePlan(deps, grant, params, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/individual-plans/:planId/end",
    config: { access: { to: "student", action: "individual-plan.end" } },
    schema: {
      summary: "Look back on a plan, say what helped, and end it",
      tags: TAGS,
      params: OfPlan,
      body: EndIndividualPlan,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await endPlan(deps, grant, params, body);
      return await reply.code(204).send(null);
    },
  });
}
