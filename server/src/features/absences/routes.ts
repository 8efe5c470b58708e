/** `/api/v1/classes/:classId/absences`: who is absent today, marked by any teacher of the class for all of them. */
import Type from "typebox";
import { AbsenceMarks, Absences } from "@doudou/shared/contract/absences.ts";
import { Id } from "@doudou/shared/contract/common.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { markAbsences } from "./service.ts";

export function absenceRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "POST",
    url: "/classes/:classId/absences",
    config: { access: { to: "class", action: "absence.mark" } },
    schema: {
      summary: "Mark who is absent today, or here after all; the roster tells it",
      description:
        "Of several marks about a child the latest counts. Marks of a day that is over, or about a child who is not in the class, are passed over.",
      tags: ["classes"],
      params: Type.Object({ classId: Id }),
      body: AbsenceMarks,
      response: { 200: Absences, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: ({ grant, params, body }) => markAbsences(deps, grant, params.classId, body),
  });
}
