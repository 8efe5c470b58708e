/** What children tell: `/api/v1/students/:studentId/proposals` for the child, `/api/v1/classes/:classId/proposals` for its homeroom teacher. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  AnswerProposals,
  AnswerResults,
  ClassProposals,
  Telling,
  TellingDesk,
  TellingResult,
  TellingWithdrawn,
} from "@doudou/shared/contract/proposals.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf } from "../../http/api.ts";
import { answerProposals, proposalsOfClass } from "./answering.ts";
import { tell, tellingDesk, withdraw } from "./service.ts";

export function proposalRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/proposals",
    config: { access: { to: "student", action: "proposal.tell" } },
    schema: {
      summary: "What a child may tell today, and what came of what it told",
      tags: ["proposals"],
      params: Type.Object({ studentId: Id }),
      response: { 200: TellingDesk, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => tellingDesk(deps, grant, params.studentId),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/proposals",
    config: { access: { to: "student", action: "proposal.tell" } },
    schema: {
      summary: "Propose an award to oneself, or thank a classmate; a teacher reads it first",
      tags: ["proposals"],
      params: Type.Object({ studentId: Id }),
      body: Telling,
      response: { 200: TellingResult, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => tell(deps, grant, params.studentId, body),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/proposals/:proposalId/withdraw",
    config: { access: { to: "student", action: "proposal.tell" } },
    schema: {
      summary: "Take back what nobody has answered yet",
      tags: ["proposals"],
      params: Type.Object({ studentId: Id, proposalId: Id }),
      response: { 200: TellingWithdrawn, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: ({ grant, params }) => withdraw(deps, grant, params.studentId, params.proposalId),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/proposals",
    config: { access: { to: "class", action: "proposal.list" } },
    schema: {
      summary: "What children of a class told and waits for its homeroom teacher",
      tags: ["proposals"],
      params: Type.Object({ classId: Id }),
      response: { 200: ClassProposals, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => proposalsOfClass(deps, grant, params.classId),
  });

  api.route({
    method: "POST",
    url: "/classes/:classId/proposals/answers",
    config: { access: { to: "class", action: "proposal.answer" } },
    schema: {
      summary: "Accept or decline what children told; accepted, it becomes an award exactly once",
      tags: ["proposals"],
      params: Type.Object({ classId: Id }),
      body: AnswerProposals,
      response: { 200: AnswerResults, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: (request) =>
      answerProposals(deps, request.grant, request.params.classId, request.body.answers, localeOf(request)),
  });
}
