/**
 * Rubrics and rating: `/api/v1/rubrics` and `/api/v1/rating-rounds` for the office, `/api/v1/classes/:classId/ratings`
 * for who teaches the class, `/api/v1/classes/:classId/agreement` for who answers for it.
 */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  ClassAgreement,
  RatingDesk,
  RatingRound,
  RatingRoundInput,
  RatingRounds,
  RatingsInput,
  RatingsKept,
  RubricInput,
  Rubrics,
  RubricSaved,
} from "@doudou/shared/contract/rubrics.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { agreementInClass, rate, ratingDesk } from "./rating.ts";
import { openRatingRound, ratingRounds, schoolRubrics, wordRubric } from "./service.ts";

export function rubricRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/rubrics",
    config: { access: { to: "members", action: "rubric.read" } },
    schema: {
      summary: "What is seen of each indicator, level by level, in words",
      tags: ["rubrics"],
      response: { 200: Rubrics, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => schoolRubrics(deps, grant),
  });

  api.route({
    method: "PUT",
    url: "/rubrics/:indicatorCode",
    config: { access: { to: "members", action: "rubric.change" } },
    schema: {
      summary: "Word the levels of an indicator; rounds that were opened keep their words",
      tags: ["rubrics"],
      params: Type.Object({ indicatorCode: Type.String({ maxLength: 40 }) }),
      body: RubricInput,
      response: { 200: RubricSaved, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => wordRubric(deps, grant, params.indicatorCode, body),
  });

  api.route({
    method: "GET",
    url: "/rating-rounds",
    config: { access: { to: "members", action: "rating-round.list" } },
    schema: {
      summary: "The running term's rating rounds, and how far each class has come",
      tags: ["rubrics"],
      response: { 200: RatingRounds, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => ratingRounds(deps, grant),
  });

  api.route({
    method: "PUT",
    url: "/rating-rounds/:roundId",
    config: { access: { to: "members", action: "rating-round.open" } },
    schema: {
      summary: "Open a rating round, or open it again until another day; the id is the client's",
      tags: ["rubrics"],
      params: Type.Object({ roundId: Id }),
      body: RatingRoundInput,
      response: { 200: RatingRound, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => openRatingRound(deps, grant, params.roundId, body),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/ratings",
    config: { access: { to: "class", action: "rating.read-own" } },
    schema: {
      summary: "What the caller rates in a class, and has chosen so far",
      tags: ["rubrics"],
      params: Type.Object({ classId: Id }),
      response: { 200: RatingDesk, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => ratingDesk(deps, grant, params.classId),
  });

  api.route({
    method: "PUT",
    url: "/classes/:classId/ratings/:roundId",
    config: { access: { to: "class", action: "rating.rate" } },
    schema: {
      summary: "Choose levels for children on one indicator; sending it again changes nothing",
      tags: ["rubrics"],
      params: Type.Object({ classId: Id, roundId: Id }),
      body: RatingsInput,
      response: { 200: RatingsKept, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => rate(deps, grant, params, body),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/agreement",
    config: { access: { to: "class", action: "rating.compare" } },
    schema: {
      summary: "How far those who rated a class agree; no rater is named",
      tags: ["rubrics"],
      params: Type.Object({ classId: Id }),
      querystring: Type.Object({ roundId: Type.Optional(Id) }),
      response: { 200: ClassAgreement, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params, query }) => agreementInClass(deps, grant, params.classId, query.roundId),
  });
}
