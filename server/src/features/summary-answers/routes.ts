/** `/api/v1/students/:studentId/summaries/:termId/…`: what guardians answer, and who follows it, then and later. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  EarlierAnswers,
  MessageInput,
  SignatureInput,
  SummaryAnswers,
  SummaryReading,
} from "@doudou/shared/contract/summary-answers.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import {
  earlierAnswers,
  markMessagesSeen,
  noteSummaryReading,
  signSummary,
  summaryAnswers,
  writeMessage,
} from "./service.ts";

const TAGS = ["summaries"];
const OfSummary = Type.Object({ studentId: Id, termId: Id });

export function summaryAnswerRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/summaries/:termId/answers",
    config: { access: { to: "student", action: "summary.read-answers" } },
    schema: {
      summary:
        "Who has read and signed a summary, and what was written about it; a guardian's own answer alone",
      tags: TAGS,
      params: OfSummary,
      response: { 200: SummaryAnswers, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => summaryAnswers(deps, grant, params),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/summaries/earlier-answers",
    config: { access: { to: "class", action: "summary.list-published" } },
    schema: {
      summary: "What families of children now in a class wrote about summaries of earlier classes",
      tags: TAGS,
      params: Type.Object({ classId: Id }),
      response: { 200: EarlierAnswers, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => earlierAnswers(deps, grant, params.classId),
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/summaries/:termId/reading",
    config: { access: { to: "student", action: "summary.answer" } },
    schema: {
      summary: "A guardian has opened a summary, or come to its end",
      tags: TAGS,
      params: OfSummary,
      body: SummaryReading,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await noteSummaryReading(deps, grant, params, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/summaries/:termId/signature",
    config: { access: { to: "student", action: "summary.sign" } },
    schema: {
      summary: "A guardian signs the latest revision; a signature stands",
      tags: TAGS,
      params: OfSummary,
      body: SignatureInput,
      response: { 200: SummaryAnswers, ...errorsOf(400, 401, 403, 404, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => signSummary(deps, grant, params, body),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/summaries/:termId/messages",
    config: { access: { to: "student", action: "summary.message" } },
    schema: {
      summary: "A guardian writes to the homeroom teacher about a summary, or is answered",
      tags: TAGS,
      params: OfSummary,
      body: MessageInput,
      response: { 200: SummaryAnswers, ...errorsOf(400, 401, 403, 404, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => writeMessage(deps, grant, params, body),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/summaries/:termId/messages/seen",
    config: { access: { to: "student", action: "summary.message" } },
    schema: {
      summary: "What the other side wrote has been shown",
      tags: TAGS,
      params: OfSummary,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ grant, params }, reply) => {
      await markMessagesSeen(deps, grant, params);
      return await reply.code(204).send(null);
    },
  });
}
