/** `/api/v1/students/:studentId/summaries/…` and a class's summaries. */
import Type from "typebox";
import { classById } from "@doudou/db/repositories/people.ts";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  ClassSummaries,
  CommentDraft,
  CommentSaved,
  PublishedSummary,
  SummaryList,
  TermSummary,
  Verification,
} from "@doudou/shared/contract/summaries.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf } from "../../http/api.ts";
import { PdfAnswer, sendPdf } from "../../http/pdf.ts";
import { Problem } from "../../http/problem.ts";
import {
  classSummaries,
  classSummariesPdf,
  publishTermSummary,
  saveComment,
  summariesOf,
  summaryPdf,
  termSummary,
  verifySummary,
} from "./service.ts";

const OfStudent = Type.Object({ studentId: Id, termId: Id });
const OfRevision = Type.Object({ revision: Type.Optional(Type.Integer({ minimum: 1 })) });

export function summaryRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/summaries",
    config: { access: { to: "student", action: "summary.read" } },
    schema: {
      summary: "What of a child is published, newest term first",
      tags: ["summaries"],
      params: Type.Object({ studentId: Id }),
      response: { 200: SummaryList, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => summariesOf(deps, grant, params.studentId),
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/summaries/:termId",
    config: { access: { to: "student", action: "summary.read" } },
    schema: {
      summary: "A term summary: published, or for its writers the draft; or an earlier revision of it",
      tags: ["summaries"],
      params: OfStudent,
      querystring: OfRevision,
      response: { 200: TermSummary, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params, query }) =>
      termSummary(deps, grant, params.studentId, params.termId, query.revision),
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/summaries/:termId/pdf",
    config: { access: { to: "student", action: "summary.read" } },
    schema: {
      summary: "A published term summary as PDF, always the same bytes; or an earlier revision of it",
      tags: ["summaries"],
      params: OfStudent,
      querystring: OfRevision,
      response: { 200: PdfAnswer, ...errorsOf(400, 401, 403, 404, 410) },
    },
    handler: async (request, reply) => {
      const of = { ...request.params, ...request.query };
      const pdf = await summaryPdf(deps, request.grant, of, localeOf(request));
      return await sendPdf(reply, pdf, "term-summary.pdf");
    },
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/summaries/:termId/comment",
    config: { access: { to: "student", action: "summary.write" } },
    schema: {
      summary: "Save the homeroom teacher's comment",
      tags: ["summaries"],
      params: OfStudent,
      body: CommentDraft,
      response: { 200: CommentSaved, ...errorsOf(400, 401, 403, 404, 409, 413, 415) },
    },
    handler: ({ grant, params, body }) => saveComment(deps, grant, params.studentId, params.termId, body),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/summaries/:termId/publish",
    config: { access: { to: "student", action: "summary.publish" } },
    schema: {
      summary: "Publish: freeze the snapshot as the next revision",
      tags: ["summaries"],
      params: OfStudent,
      response: { 200: PublishedSummary, ...errorsOf(400, 401, 403, 404, 422) },
    },
    handler: ({ grant, params }) => publishTermSummary(deps, grant, params.studentId, params.termId),
  });

  api.route({
    method: "GET",
    url: "/summary-verification",
    config: { access: { to: "everybody" } },
    schema: {
      summary:
        "Whether a summary on paper or as a file is genuine, and when it was published; nothing of what it says",
      tags: ["summaries"],
      security: [],
      querystring: Type.Object({ code: Type.String({ minLength: 1, maxLength: 40 }) }),
      response: { 200: Verification, ...errorsOf(400, 404) },
    },
    handler: ({ query }) => verifySummary(deps, query.code),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/summaries",
    config: { access: { to: "class", action: "summary.list" } },
    schema: {
      summary: "Who of a class has a comment, who is published",
      tags: ["summaries"],
      params: Type.Object({ classId: Id }),
      querystring: Type.Object({ termId: Type.Optional(Id) }),
      response: { 200: ClassSummaries, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ grant, params, query }) => {
      const row = await deps.database.read(grant.schoolId, (store) =>
        classById(store, grant.schoolId, params.classId),
      );
      if (!row) throw new Problem("not-found");
      return await classSummaries(deps, grant, row, query.termId);
    },
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/summaries/pdf",
    config: { access: { to: "class", action: "summary.list-published" } },
    schema: {
      summary: "A class's published summaries as one PDF, in class-list order",
      tags: ["summaries"],
      params: Type.Object({ classId: Id }),
      querystring: Type.Object({ termId: Id }),
      response: { 200: PdfAnswer, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      const { termId } = request.query;
      const pdf = await classSummariesPdf(
        deps,
        request.grant,
        request.params.classId,
        termId,
        localeOf(request),
      );
      return await sendPdf(reply, pdf, "term-summary.pdf");
    },
  });
}
