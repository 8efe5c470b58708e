/** `/api/v1/roster-imports`: the roster from a table, for the school office. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  FileName,
  RosterColumns,
  RosterImport,
  RosterImports,
  RosterRows,
  RosterRowsQuery,
  StaffChosen,
  StaffRows,
} from "@doudou/shared/contract/roster-imports.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf } from "../../http/api.ts";
import { attachment, FileBody, fileOf, receivedFile } from "../../http/files.ts";
import { LARGEST_FILE } from "../../spreadsheets/table-limits.ts";
import { XLSX_TYPE } from "../../spreadsheets/written.ts";
import {
  applyImport,
  checkFile,
  chooseStaff,
  correctColumns,
  importRows,
  importStaff,
  recentImports,
  rosterImport,
  undoImport,
} from "./service.ts";
import { templateCsv, templateXlsx } from "./template.ts";

const TAKEN_IN = { stalledAfterMs: 20_000, lateAfterMs: 300_000, largest: LARGEST_FILE };
const UPLOADS_PER_MINUTE = 60;
const TAGS = ["roster"];
const ImportId = Type.Object({ importId: Id });

export async function rosterImportRoutes(api: Api, deps: Deps): Promise<void> {
  const mayImport = { access: { to: "members", action: "roster.import" } } as const;
  const mayRead = { access: { to: "members", action: "roster.read-import" } } as const;

  api.route({
    method: "GET",
    url: "/roster-imports",
    config: mayImport,
    schema: {
      summary: "The latest imports of the school",
      tags: TAGS,
      response: { 200: RosterImports, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => recentImports(deps, grant),
  });

  api.route({
    method: "GET",
    url: "/roster-imports/template.xlsx",
    config: mayImport,
    schema: {
      summary: "A table to fill in, with headings in the caller's language",
      tags: TAGS,
      response: { 200: fileOf(XLSX_TYPE), ...errorsOf(401, 403) },
    },
    handler: async (request, reply) => {
      const file = await templateXlsx(localeOf(request));
      return await reply.type(XLSX_TYPE).header("content-disposition", attachment("roster.xlsx")).send(file);
    },
  });

  api.route({
    method: "GET",
    url: "/roster-imports/template.csv",
    config: mayImport,
    schema: {
      summary: "The same as CSV in UTF-8",
      tags: TAGS,
      response: { 200: fileOf("text/csv"), ...errorsOf(401, 403) },
    },
    handler: async (request, reply) => {
      const file = Buffer.from(templateCsv(localeOf(request)));
      return await reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", attachment("roster.csv"))
        .send(file);
    },
  });

  api.route({
    method: "GET",
    url: "/roster-imports/:importId",
    config: mayRead,
    schema: {
      summary: "One import: its columns, and how many rows do what",
      tags: TAGS,
      params: ImportId,
      response: { 200: RosterImport, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => rosterImport(deps, grant, params.importId),
  });

  api.route({
    method: "GET",
    url: "/roster-imports/:importId/rows",
    config: mayRead,
    schema: {
      summary: "The rows of an import, each with its outcome, page by page",
      tags: TAGS,
      params: ImportId,
      querystring: RosterRowsQuery,
      response: { 200: RosterRows, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params, query }) => importRows(deps, grant, params.importId, query),
  });

  api.route({
    method: "GET",
    url: "/roster-imports/:importId/staff",
    config: mayRead,
    schema: {
      summary: "The staff of a OneRoster package, each with its posts and what becomes of them",
      tags: TAGS,
      params: ImportId,
      response: { 200: StaffRows, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => importStaff(deps, grant, params.importId),
  });

  api.route({
    method: "PUT",
    url: "/roster-imports/:importId/staff",
    config: mayImport,
    schema: {
      summary: "Say who somebody of the package is, where only the office can tell, and check anew",
      tags: TAGS,
      params: ImportId,
      body: StaffChosen,
      response: { 200: RosterImport, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => chooseStaff(deps, grant, params.importId, body),
  });

  api.route({
    method: "PUT",
    url: "/roster-imports/:importId/columns",
    config: mayImport,
    schema: {
      summary: "Say what the columns hold, and check anew",
      tags: TAGS,
      params: ImportId,
      body: RosterColumns,
      response: { 200: RosterImport, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => correctColumns(deps, grant, params.importId, body),
  });

  api.route({
    method: "POST",
    url: "/roster-imports/:importId/apply",
    config: mayImport,
    schema: {
      summary: "Do what was shown, once; asking again answers the same",
      tags: TAGS,
      params: ImportId,
      response: { 200: RosterImport, ...errorsOf(400, 401, 403, 404, 409, 422) },
    },
    handler: ({ grant, params }) => applyImport(deps, grant, params.importId),
  });

  api.route({
    method: "POST",
    url: "/roster-imports/:importId/undo",
    config: mayImport,
    schema: {
      summary: "Put back what nobody has changed since, within 30 days",
      tags: TAGS,
      params: ImportId,
      response: { 200: RosterImport, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: ({ grant, params }) => undoImport(deps, grant, params.importId),
  });

  await api.register(async (uploads: Api) => {
    // Whatever it is said to be: what it is its bytes tell.
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    uploads.route({
      method: "PUT",
      url: "/roster-imports/:importId",
      config: {
        ...mayImport,
        rateLimit: {
          max: UPLOADS_PER_MINUTE,
          timeWindow: "1 minute",
          hook: "preHandler",
          keyGenerator: (request) => request.caller.account.id,
        },
      },
      schema: {
        summary: "Bring a file and see what it would do; sending it again changes nothing",
        tags: TAGS,
        consumes: [XLSX_TYPE, "text/csv", "application/zip"],
        params: ImportId,
        querystring: Type.Object({ fileName: FileName }),
        body: FileBody,
        response: { 200: RosterImport, ...errorsOf(400, 401, 403, 404, 408, 409, 413, 415, 422) },
      },
      handler: async (request, reply) => {
        const { importId: id } = request.params;
        const fileName = request.query.fileName.toWellFormed();
        try {
          const bytes = await receivedFile(request.body, TAKEN_IN);
          return await checkFile(deps, request.grant, { id, fileName, bytes });
        } finally {
          // What is still coming nobody waits for.
          if (!request.raw.complete) reply.header("connection", "close");
        }
      },
    });
  });
}
