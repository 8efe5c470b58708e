/** `/api/v1/students/:studentId/sensitive`: numbers and phones, masked; and one of them whole. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { Reveal, Revealed, SensitiveFacts } from "@doudou/shared/contract/sensitive.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { revealFact, sensitiveFacts } from "./service.ts";

export function sensitiveRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/sensitive",
    config: { access: { to: "student", action: "sensitive.list" } },
    schema: {
      summary: "A child's national number and its guardians' phones, masked",
      tags: ["privacy"],
      params: Type.Object({ studentId: Id }),
      response: { 200: SensitiveFacts, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => sensitiveFacts(deps, grant, params.studentId),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/sensitive/reveal",
    config: { access: { to: "student", action: "sensitive.reveal" } },
    schema: {
      summary: "One of them whole; the audit log and the child's guardians are told",
      tags: ["privacy"],
      params: Type.Object({ studentId: Id }),
      body: Reveal,
      response: { 200: Revealed, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: ({ grant, params, body }) => revealFact(deps, grant, params.studentId, body),
  });
}
