/** `/api/v1/students/:studentId/erasure`: the end of a child's record. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { Erase, ErasedChild } from "@doudou/shared/contract/privacy.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { eraseRecord } from "./service.ts";

export function erasureRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "POST",
    url: "/students/:studentId/erasure",
    config: { access: { to: "student", action: "erasure.carry-out" } },
    schema: {
      summary: "Erase a child who has left: names, words and pictures, for good; totals stay",
      tags: ["privacy"],
      params: Type.Object({ studentId: Id }),
      body: Erase,
      response: { 200: ErasedChild, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => eraseRecord(deps, grant, params.studentId, body),
  });
}
