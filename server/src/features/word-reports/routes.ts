/**
 * Words that hurt: `/api/v1/students/:studentId/…` for the child and its guardians, `/api/v1/classes/:classId/word-reports`
 * for whoever leads the class, `/api/v1/word-reports` for the office.
 */
import Type from "typebox";
import { Id, oneOf } from "@doudou/shared/contract/common.ts";
import {
  ChildWordReports,
  WordReportAnswer,
  WordReportCount,
  WordReportInput,
  WordReports,
} from "@doudou/shared/contract/word-reports.ts";
import { REPORTABLE_WORDS } from "@doudou/shared/domain/word-reports.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf, NoContent } from "../../http/api.ts";
import {
  answerWordReport,
  childWordReports,
  closeAnswer,
  officeWordReports,
  reportWords,
  wordReportsFor,
} from "./service.ts";

const TAGS = ["reports"];
const OFFICE = { reader: "office" } as const;

export function wordReportRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/word-reports",
    config: { access: { to: "student", action: "word-report.read-own" } },
    schema: {
      summary: "Which of the words a child reads were reported, and the answers",
      tags: TAGS,
      params: Type.Object({ studentId: Id }),
      response: { 200: ChildWordReports, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => childWordReports(deps, grant, params.studentId),
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/word-reports/:kind/:wordsId",
    config: { access: { to: "student", action: "word-report.make" } },
    schema: {
      summary: "Say that words hurt; saying it again changes nothing",
      tags: TAGS,
      params: Type.Object({ studentId: Id, kind: oneOf(REPORTABLE_WORDS), wordsId: Id }),
      body: WordReportInput,
      response: { 200: ChildWordReports, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: ({ grant, params, body }) => reportWords(deps, grant, params, body),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/word-reports/:reportId/seen",
    config: { access: { to: "student", action: "word-report.read-own" } },
    schema: {
      summary: "One's own report's answer was read",
      tags: TAGS,
      params: Type.Object({ studentId: Id, reportId: Id }),
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ grant, params }, reply) => {
      await closeAnswer(deps, grant, params);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/word-reports",
    config: { access: { to: "class", action: "word-report.list" } },
    schema: {
      summary: "Words that children of a class were hurt by, for whoever leads it",
      tags: TAGS,
      params: Type.Object({ classId: Id }),
      response: { 200: WordReports, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) =>
      wordReportsFor(deps, grant, { reader: "homeroom", classId: params.classId }),
  });

  api.route({
    method: "POST",
    url: "/classes/:classId/word-reports/:reportId/answer",
    config: { access: { to: "class", action: "word-report.answer" } },
    schema: {
      summary: "Leave the words or take them back, and answer",
      tags: TAGS,
      params: Type.Object({ classId: Id, reportId: Id }),
      body: WordReportAnswer,
      response: { 200: WordReports, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: (request) => {
      const { classId, reportId: id } = request.params;
      const of = { id, desk: { reader: "homeroom", classId } } as const;
      return answerWordReport(deps, request.grant, of, request.body, localeOf(request));
    },
  });

  api.route({
    method: "GET",
    url: "/word-reports/count",
    config: { access: { to: "members", action: "word-report.count-office" } },
    schema: {
      summary: "How many reports wait for the office",
      tags: TAGS,
      response: { 200: WordReportCount, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => officeWordReports(deps, grant),
  });

  api.route({
    method: "GET",
    url: "/word-reports",
    config: { access: { to: "members", action: "word-report.list-office" } },
    schema: {
      summary: "Words that children were hurt by, and that the office was asked to read",
      tags: TAGS,
      response: { 200: WordReports, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => wordReportsFor(deps, grant, OFFICE),
  });

  api.route({
    method: "POST",
    url: "/word-reports/:reportId/answer",
    config: { access: { to: "members", action: "word-report.answer-office" } },
    schema: {
      summary: "Leave the words or take them back, and answer, as the office",
      tags: TAGS,
      params: Type.Object({ reportId: Id }),
      body: WordReportAnswer,
      response: { 200: WordReports, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: (request) => {
      const of = { id: request.params.reportId, desk: OFFICE };
      return answerWordReport(deps, request.grant, of, request.body, localeOf(request));
    },
  });
}
