/** `/api/v1/classes/:classId/summaries/…`: handing in, review, publishing at a time; for the office every class at once. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  LedClasses,
  OfTerm,
  PublicationPlan,
  ReviewDecision,
  SchoolPlan,
  SchoolPlanned,
  SummaryRounds,
} from "@doudou/shared/contract/summary-rounds.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { ledClasses } from "./led.ts";
import {
  cancelRound,
  cancelSchoolPlan,
  handIn,
  planRound,
  planSchool,
  review,
  roundsOfSchool,
} from "./service.ts";

const TAGS = ["summaries"];
const OfClass = Type.Object({ classId: Id });

export function summaryRoundRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "POST",
    url: "/classes/:classId/summaries/hand-in",
    config: { access: { to: "class", action: "summary.hand-in" } },
    schema: {
      summary: "Hand a class's summaries in to be approved",
      tags: TAGS,
      params: OfClass,
      body: OfTerm,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415, 422) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await handIn(deps, grant, params.classId, body.termId);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/classes/:classId/summaries/review",
    config: { access: { to: "class", action: "summary.review" } },
    schema: {
      summary: "Approve what was handed in, or return it with remarks",
      tags: TAGS,
      params: OfClass,
      body: ReviewDecision,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await review(deps, grant, params.classId, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "PUT",
    url: "/classes/:classId/summaries/publication",
    config: { access: { to: "class", action: "summary.schedule" } },
    schema: {
      summary: "Plan to publish a class's summaries at a time",
      tags: TAGS,
      params: OfClass,
      body: PublicationPlan,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await planRound(deps, grant, params.classId, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "DELETE",
    url: "/classes/:classId/summaries/publication",
    config: { access: { to: "class", action: "summary.schedule" } },
    schema: {
      summary: "Cancel what is planned, until it begins",
      tags: TAGS,
      params: OfClass,
      querystring: Type.Object({ termId: Id }),
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: async ({ grant, params, query }, reply) => {
      await cancelRound(deps, grant, params.classId, query.termId);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "GET",
    url: "/summary-rounds",
    config: { access: { to: "members", action: "summary.oversee" } },
    schema: {
      summary: "Where every class stands with its term summaries",
      tags: TAGS,
      querystring: Type.Object({ termId: Type.Optional(Id) }),
      response: { 200: SummaryRounds, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, query }) => roundsOfSchool(deps, grant, query.termId),
  });

  api.route({
    method: "POST",
    url: "/summary-rounds/plans",
    config: { access: { to: "members", action: "summary.schedule-all" } },
    schema: {
      summary: "Plan to publish every class of a grade or of the school that is ready, at one time",
      tags: TAGS,
      body: SchoolPlan,
      response: { 200: SchoolPlanned, ...errorsOf(400, 401, 403, 404, 413, 415, 422) },
    },
    handler: ({ grant, body }) => planSchool(deps, grant, body),
  });

  api.route({
    method: "DELETE",
    url: "/summary-rounds/plans/:planId",
    config: { access: { to: "members", action: "summary.schedule-all" } },
    schema: {
      summary: "Cancel such a plan as a whole, until its hour",
      tags: TAGS,
      params: Type.Object({ planId: Id }),
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: async ({ grant, params }, reply) => {
      await cancelSchoolPlan(deps, grant, params.planId);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "GET",
    url: "/summary-rounds/led",
    config: { access: { to: "members", action: "summary.list-led" } },
    schema: {
      summary: "Where the classes of the grades stand that the caller leads",
      tags: TAGS,
      response: { 200: LedClasses, ...errorsOf(401, 403) },
    },
    handler: ({ caller }) => ledClasses(deps, caller),
  });
}
