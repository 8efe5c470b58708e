/** `/api/v1/students/:studentId/export.zip`: everything about a child, to take along. */
import { Readable } from "node:stream";
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf } from "../../http/api.ts";
import { namedAttachment } from "../../http/zip.ts";
import { exportChild } from "./service.ts";

export function childExportRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/export.zip",
    config: { access: { to: "student", action: "child.export" } },
    schema: {
      summary: "Everything about a child as a ZIP: a page to read, JSON, PDFs and pictures",
      tags: ["privacy"],
      params: Type.Object({ studentId: Id }),
      response: {
        200: {
          description: "the archive",
          content: {
            "application/zip": { schema: Type.Unsafe<Readable>({ type: "string", format: "binary" }) },
          },
        },
        ...errorsOf(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const { grant, params } = request;
      const { fileName, bytes } = await exportChild(deps, grant, params.studentId, localeOf(request));
      return await reply
        .type("application/zip")
        .header("cache-control", "no-store")
        .header("content-disposition", namedAttachment("record.zip", fileName))
        .send(Readable.from(bytes));
    },
  });
}
