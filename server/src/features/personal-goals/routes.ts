/** `/api/v1/students/:studentId/goals`: a child's own small goals, for the child, its teachers and its guardians. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { GoalTicks, NewPersonalGoal, PersonalGoals } from "@doudou/shared/contract/personal-goals.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { celebrateGoal, endGoal, goalsOfChild, setGoal, tickGoal } from "./service.ts";

const TAGS = ["goals"];
const OfGoal = Type.Object({ studentId: Id, goalId: Id });

export function personalGoalRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/goals",
    config: { access: { to: "student", action: "personal-goal.read" } },
    schema: {
      summary: "A child's own goals of the running term",
      tags: TAGS,
      params: Type.Object({ studentId: Id }),
      response: { 200: PersonalGoals, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => goalsOfChild(deps, grant, params.studentId),
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/goals/:goalId",
    config: { access: { to: "student", action: "personal-goal.set" } },
    schema: {
      summary: "Set a goal; sending it again changes nothing",
      tags: TAGS,
      params: OfGoal,
      body: NewPersonalGoal,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await setGoal(deps, grant, params, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/goals/:goalId/ticks",
    config: { access: { to: "student", action: "personal-goal.tick" } },
    schema: {
      summary: "Tick a step, or take the last tick back",
      tags: TAGS,
      params: OfGoal,
      body: GoalTicks,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await tickGoal(deps, grant, params, body.done);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "DELETE",
    url: "/students/:studentId/goals/:goalId",
    config: { access: { to: "student", action: "personal-goal.end" } },
    schema: {
      summary: "End a goal before it is reached",
      tags: TAGS,
      params: OfGoal,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ grant, params }, reply) => {
      await endGoal(deps, grant, params);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/goals/:goalId/celebrated",
    config: { access: { to: "student", action: "personal-goal.celebrate" } },
    schema: {
      summary: "The child has celebrated a goal it reached",
      tags: TAGS,
      params: OfGoal,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: async ({ grant, params }, reply) => {
      await celebrateGoal(deps, grant, params);
      return await reply.code(204).send(null);
    },
  });
}
