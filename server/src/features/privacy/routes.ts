/**
 * `/api/v1/privacy-notice`: to be read by everybody. `/api/v1/students/:studentId/privacy-requests` for guardians, and
 * `/api/v1/privacy` for the school's office, which answers them.
 */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  ChildRequests,
  NameOfficer,
  NoticeQuery,
  PrivacyNotice,
  PrivacyOffice,
  PrivacyOfficer,
  RequestAnswer,
  RequestInput,
} from "@doudou/shared/contract/privacy.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import {
  answerRequest,
  askFor,
  nameOfficer,
  noticeToRead,
  privacyOffice,
  requestsAboutChild,
  takeBackRequest,
} from "./service.ts";

const TAGS = ["privacy"];

export function privacyRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/privacy-notice",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "The notice on children's data, in one of its versions, and who answers for it",
      tags: TAGS,
      security: [],
      querystring: NoticeQuery,
      response: { 200: PrivacyNotice, ...errorsOf(400, 404) },
    },
    handler: ({ query }) => noticeToRead(deps, query),
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/privacy-requests",
    config: { access: { to: "student", action: "privacy-request.read" } },
    schema: {
      summary: "What a guardian has asked for about a child's record, and the answers",
      tags: TAGS,
      params: Type.Object({ studentId: Id }),
      response: { 200: ChildRequests, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => requestsAboutChild(deps, grant, params.studentId),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/privacy-requests",
    config: { access: { to: "student", action: "privacy-request.ask" } },
    schema: {
      summary: "Ask for a copy, correction, erasure, restriction, or refuse an automated label",
      tags: TAGS,
      params: Type.Object({ studentId: Id }),
      body: RequestInput,
      response: { 200: ChildRequests, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => askFor(deps, grant, params.studentId, body),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/privacy-requests/:requestId/withdraw",
    config: { access: { to: "student", action: "privacy-request.withdraw" } },
    schema: {
      summary: "Take one's own request back while it is open",
      tags: TAGS,
      params: Type.Object({ studentId: Id, requestId: Id }),
      response: { 200: ChildRequests, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: ({ grant, params }) => takeBackRequest(deps, grant, params.studentId, params.requestId),
  });

  api.route({
    method: "GET",
    url: "/privacy",
    config: { access: { to: "members", action: "privacy-request.list" } },
    schema: {
      summary: "What the office has to answer, and which records are over their time",
      tags: TAGS,
      response: { 200: PrivacyOffice, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => privacyOffice(deps, grant),
  });

  api.route({
    method: "POST",
    url: "/privacy/requests/:requestId/answer",
    config: { access: { to: "members", action: "privacy-request.answer" } },
    schema: {
      summary: "Answer a guardian's request in writing",
      tags: TAGS,
      params: Type.Object({ requestId: Id }),
      body: RequestAnswer,
      response: { 200: PrivacyOffice, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => answerRequest(deps, grant, params.requestId, body),
  });

  api.route({
    method: "PUT",
    url: "/privacy/officer",
    config: { access: { to: "members", action: "privacy-officer.name" } },
    schema: {
      summary: "Name the person who answers for children's data, as the notice shows it",
      tags: TAGS,
      body: NameOfficer,
      response: { 200: PrivacyOfficer, ...errorsOf(400, 401, 403, 409, 413, 415) },
    },
    handler: ({ grant, body }) => nameOfficer(deps, grant, body),
  });
}
