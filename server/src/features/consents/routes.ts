/** `/api/v1/students/:studentId/consents` and a class's: what guardians agree to, purpose by purpose. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  ChildConsents,
  ClassConsents,
  ConsentAnswer,
  PaperConsents,
} from "@doudou/shared/contract/privacy.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { answerConsent, consentsOfChild, consentsOfClass, recordPaperConsents } from "./service.ts";

const TAGS = ["privacy"];

export function consentRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/consents",
    config: { access: { to: "student", action: "consent.read" } },
    schema: {
      summary: "What is asked of a child's guardians, and the word that counts for each purpose",
      tags: TAGS,
      params: Type.Object({ studentId: Id }),
      response: { 200: ChildConsents, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => consentsOfChild(deps, grant, params.studentId),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/consents",
    config: { access: { to: "student", action: "consent.answer" } },
    schema: {
      summary: "A guardian says yes or no to one purpose; it counts at once",
      tags: TAGS,
      params: Type.Object({ studentId: Id }),
      body: ConsentAnswer,
      response: { 200: ChildConsents, ...errorsOf(400, 401, 403, 404, 409, 413, 415) },
    },
    handler: ({ grant, params, body }) => answerConsent(deps, grant, params.studentId, body),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/consents/paper",
    config: { access: { to: "student", action: "consent.record" } },
    schema: {
      summary: "Staff write down what a guardian has said on paper",
      tags: TAGS,
      params: Type.Object({ studentId: Id }),
      body: PaperConsents,
      response: { 200: ChildConsents, ...errorsOf(400, 401, 403, 404, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => recordPaperConsents(deps, grant, params.studentId, body),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/consents",
    config: { access: { to: "class", action: "consent.list" } },
    schema: {
      summary: "The consents of a class's children, for those who collect the papers",
      tags: TAGS,
      params: Type.Object({ classId: Id }),
      response: { 200: ClassConsents, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => consentsOfClass(deps, grant, params.classId),
  });
}
