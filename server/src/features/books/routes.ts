/** `/api/v1/students/:studentId/books`: the books of a child's school years, as PDF and as a folder in a ZIP. */
import { Readable } from "node:stream";
import Type from "typebox";
import { Books } from "@doudou/shared/contract/books.ts";
import { Id } from "@doudou/shared/contract/common.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf } from "../../http/api.ts";
import { PdfAnswer, sendPdf } from "../../http/pdf.ts";
import { namedAttachment } from "../../http/zip.ts";
import { bookPdf, booksOf, bookZip } from "./service.ts";

const TAGS = ["books"];
const OfYear = Type.Object({ studentId: Id, yearId: Id });

export function bookRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/books",
    config: { access: { to: "student", action: "book.list" } },
    schema: {
      summary: "The school years a book can be had of",
      tags: TAGS,
      params: Type.Object({ studentId: Id }),
      response: { 200: Books, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => booksOf(deps, grant, params.studentId),
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/books/:yearId/pdf",
    config: { access: { to: "student", action: "book.take" } },
    schema: {
      summary: "The book of a school year as PDF, 8 to 20 pages",
      tags: TAGS,
      params: OfYear,
      response: { 200: PdfAnswer, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      const pdf = await bookPdf(deps, request.grant, request.params, localeOf(request));
      reply.header("cache-control", "no-store");
      return await sendPdf(reply, pdf, "book.pdf");
    },
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/books/:yearId/zip",
    config: { access: { to: "student", action: "book.take" } },
    schema: {
      summary:
        "The book of a school year as a folder that opens without the server: a page, pictures, sound and films",
      tags: TAGS,
      params: OfYear,
      response: {
        200: {
          description: "the archive; `doudou-expected-bytes` says about how large it will be",
          content: {
            "application/zip": { schema: Type.Unsafe<Readable>({ type: "string", format: "binary" }) },
          },
        },
        ...errorsOf(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const { grant, params } = request;
      const { fileName, expectedBytes, bytes } = await bookZip(deps, grant, params, localeOf(request));
      return await reply
        .type("application/zip")
        .header("cache-control", "no-store")
        .header("doudou-expected-bytes", String(expectedBytes))
        .header("content-disposition", namedAttachment("book.zip", fileName))
        .send(Readable.from(bytes));
    },
  });
}
