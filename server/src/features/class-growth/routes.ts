/** `/api/v1/classes/:classId/growth`: how a class grows, for who leads it; and what is planned for single children. */
import Type from "typebox";
import { ClassGrowth, NewWatchPlan } from "@doudou/shared/contract/class-growth.ts";
import { Id } from "@doudou/shared/contract/common.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf, NoContent } from "../../http/api.ts";
import { attachment, fileOf } from "../../http/files.ts";
import { XLSX_TYPE, xlsxOf } from "../../spreadsheets/written.ts";
import { classGrowth, growingClass, makeWatchPlan, stopWatchPlan } from "./service.ts";
import { childrenTable, weeksTable } from "./tables.ts";

const TAGS = ["classes"];
const TermQuery = Type.Object({ termId: Type.Optional(Id) });
const OfClass = Type.Object({ classId: Id });
const OfPlan = Type.Object({ classId: Id, planId: Id });

export function classGrowthRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/classes/:classId/growth",
    config: { access: { to: "class", action: "class.read-growth" } },
    schema: {
      summary:
        "A class by stages, week by week, and which children to look at; the term now if none is named",
      tags: TAGS,
      params: OfClass,
      querystring: TermQuery,
      response: { 200: ClassGrowth, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params, query }) => classGrowth(deps, grant, params.classId, query.termId),
  });

  for (const [name, tableOf] of [
    ["children", childrenTable],
    ["weeks", weeksTable],
  ] as const) {
    api.route({
      method: "GET",
      url: `/classes/:classId/growth/${name}.xlsx`,
      config: { access: { to: "class", action: "class.read-growth" } },
      schema: {
        summary: `The ${name} of a class's growth as XLSX, in words and without any formula`,
        tags: TAGS,
        params: OfClass,
        querystring: TermQuery,
        response: { 200: fileOf(XLSX_TYPE), ...errorsOf(400, 401, 403, 404) },
      },
      handler: async (request, reply) => {
        const { schoolId } = request.grant;
        const { classId } = request.params;
        const frame = await deps.frames.of(schoolId);
        const growing = await deps.database.read(schoolId, (store) =>
          growingClass(store, frame, deps.now(), classId, request.query.termId),
        );
        return await reply
          .headers({
            "content-type": XLSX_TYPE,
            "content-disposition": attachment(`growth-${name}.xlsx`),
          })
          .send(await xlsxOf(tableOf(growing, localeOf(request))));
      },
    });
  }

  api.route({
    method: "PUT",
    url: "/classes/:classId/watch-plans/:planId",
    config: { access: { to: "class", action: "watch-plan.make" } },
    schema: {
      summary: "Plan to look out for a child for two weeks; sending it again changes nothing",
      tags: TAGS,
      params: OfPlan,
      body: NewWatchPlan,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415, 422) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await makeWatchPlan(deps, grant, params, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "DELETE",
    url: "/classes/:classId/watch-plans/:planId",
    config: { access: { to: "class", action: "watch-plan.end" } },
    schema: {
      summary: "End a plan before its last day",
      tags: TAGS,
      params: OfPlan,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ grant, params }, reply) => {
      await stopWatchPlan(deps, grant, params);
      return await reply.code(204).send(null);
    },
  });
}
