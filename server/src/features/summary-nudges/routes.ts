/** `/api/v1/classes/:classId/summaries/nudges`: who waits to be reminded, and reminding them. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { Nudged, NudgeInput, WaitingFamilies } from "@doudou/shared/contract/summary-nudges.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { nudgeFamilies, waitingFamilies } from "./service.ts";

const TAGS = ["summaries"];
const OfClass = Type.Object({ classId: Id });

export function summaryNudgeRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/classes/:classId/summaries/nudges",
    config: { access: { to: "class", action: "summary.list-published" } },
    schema: {
      summary: "Families of a class whose published summary nobody has signed, and when they were reminded",
      tags: TAGS,
      params: OfClass,
      querystring: Type.Object({ termId: Id }),
      response: { 200: WaitingFamilies, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params, query }) => waitingFamilies(deps, grant, params.classId, query.termId),
  });

  api.route({
    method: "POST",
    url: "/classes/:classId/summaries/nudges",
    config: { access: { to: "class", action: "summary.nudge" } },
    schema: {
      summary: "Remind families gently that a summary waits",
      tags: TAGS,
      params: OfClass,
      body: NudgeInput,
      response: { 200: Nudged, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: ({ grant, params, body }) => nudgeFamilies(deps, grant, params.classId, body),
  });
}
