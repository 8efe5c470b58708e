/** `/api/v1/dashboard/growth`: how the school's children grow, as shares; and the same as a table. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { SchoolGrowth } from "@doudou/shared/contract/school-growth.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf } from "../../http/api.ts";
import { attachment, fileOf } from "../../http/files.ts";
import { XLSX_TYPE, xlsxOf } from "../../spreadsheets/written.ts";
import { schoolGrowth } from "./service.ts";
import { schoolTable } from "./tables.ts";

const TAGS = ["oversight"];
const TermQuery = Type.Object({ termId: Type.Optional(Id) });

export function schoolGrowthRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/dashboard/growth",
    config: { access: { to: "members", action: "dashboard.read" } },
    schema: {
      summary:
        "The school, its grades and classes by stages and against their own last term; the term now if none is named",
      tags: TAGS,
      querystring: TermQuery,
      response: { 200: SchoolGrowth, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, query }) => schoolGrowth(deps, grant, query.termId),
  });

  api.route({
    method: "GET",
    url: "/dashboard/growth.xlsx",
    config: { access: { to: "members", action: "dashboard.read" } },
    schema: {
      summary: "The school's growth as XLSX, in words and without any formula",
      tags: TAGS,
      querystring: TermQuery,
      response: { 200: fileOf(XLSX_TYPE), ...errorsOf(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      const growth = await schoolGrowth(deps, request.grant, request.query.termId);
      return await reply
        .headers({ "content-type": XLSX_TYPE, "content-disposition": attachment("school-growth.xlsx") })
        .send(await xlsxOf(schoolTable(growth, localeOf(request))));
    },
  });
}
