/** `/api/v1/audit`: the audit log; `/api/v1/students/:studentId/readers`: who looked at one child's record. */
import { Readable } from "node:stream";
import Type from "typebox";
import { AuditFilter, AuditPage, AuditQuery, RecordReaders } from "@doudou/shared/contract/audit.ts";
import { Id } from "@doudou/shared/contract/common.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf } from "../../http/api.ts";
import { attachment, fileOf } from "../../http/files.ts";
import { XLSX_TYPE } from "../../spreadsheets/written.ts";
import { auditCsv, auditPage, auditXlsx, recordReaders } from "./service.ts";

const TAGS = ["oversight"];

export function auditRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/audit",
    config: { access: { to: "members", action: "audit.read" } },
    schema: {
      summary: "Who changed what and who read which child's record, newest first",
      tags: TAGS,
      querystring: AuditQuery,
      response: { 200: AuditPage, ...errorsOf(400, 401, 403) },
    },
    handler: ({ grant, query }) => auditPage(deps, grant, query),
  });

  api.route({
    method: "GET",
    url: "/audit/export.csv",
    config: { access: { to: "members", action: "audit.read" } },
    schema: {
      summary: "The same as CSV, whole, with the hash of every entry",
      tags: TAGS,
      querystring: AuditFilter,
      response: {
        200: {
          description: "the file",
          content: { "text/csv": { schema: Type.Unsafe<Readable>({ type: "string" }) } },
        },
        ...errorsOf(400, 401, 403),
      },
    },
    handler: async ({ grant, query }, reply) =>
      await reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", 'attachment; filename="audit.csv"')
        .send(Readable.from(auditCsv(deps, grant, query))),
  });

  api.route({
    method: "GET",
    url: "/audit/export.xlsx",
    config: { access: { to: "members", action: "audit.read" } },
    schema: {
      summary: "The same as a spreadsheet without any formula, as many of the newest as fit into one",
      tags: TAGS,
      querystring: AuditFilter,
      response: { 200: fileOf(XLSX_TYPE), ...errorsOf(400, 401, 403) },
    },
    handler: async (request, reply) =>
      await reply
        .type(XLSX_TYPE)
        .header("content-disposition", attachment("audit.xlsx"))
        .send(await auditXlsx(deps, request.grant, request.query, localeOf(request))),
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/readers",
    config: { access: { to: "student", action: "readers.read" } },
    schema: {
      summary: "Who of the school has looked at a child's record, for its guardians",
      tags: TAGS,
      params: Type.Object({ studentId: Id }),
      response: { 200: RecordReaders, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => recordReaders(deps, grant, params.studentId),
  });
}
