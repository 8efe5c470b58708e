/**
 * `/api/v1/students/:studentId/transfer.zip` to take along, `…/transfers` to bring and answer, `…/earlier-schools` to look
 * at what was let in.
 */
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { PictureSize } from "@doudou/shared/contract/evidence.ts";
import { EarlierSchools, TransferReply, Transfers } from "@doudou/shared/contract/transfers.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf } from "../../http/api.ts";
import { FileBody } from "../../http/files.ts";
import { originOf } from "../../http/security.ts";
import { namedAttachment } from "../../http/zip.ts";
import {
  answerTransfer,
  bringTransfer,
  earlierSchools,
  makeTransfer,
  removeTransfer,
  sendTransferFile,
  transfersOfChild,
} from "./service.ts";

const TAGS = ["transfers"];
const UPLOADS_PER_MINUTE = 60;
const OfChild = Type.Object({ studentId: Id });
const OfTransfer = Type.Object({ studentId: Id, transferId: Id });
const OfFile = Type.Object({ studentId: Id, fileId: Id });

export async function transferRoutes(api: Api, deps: Deps): Promise<void> {
  takingAlong(api, deps);
  readingRoutes(api, deps);
  answeringRoutes(api, deps);
  await api.register(async (uploads: Api) => bringing(uploads, deps));
}

function takingAlong(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/transfer.zip",
    config: { access: { to: "student", action: "transfer.make" } },
    schema: {
      summary: "What a child takes along to another school: its portfolio and files, signed by the school",
      tags: TAGS,
      params: OfChild,
      response: {
        200: {
          description:
            "the archive; `doudou-expected-bytes` says about how large it will be, `doudou-left-out` how many files are not in it",
          content: {
            "application/zip": { schema: Type.Unsafe<Readable>({ type: "string", format: "binary" }) },
          },
        },
        ...errorsOf(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const asked = { origin: originOf(request, deps.config), locale: localeOf(request) };
      const made = await makeTransfer(deps, request.grant, request.params.studentId, asked);
      return await reply
        .type("application/zip")
        .header("cache-control", "no-store")
        .header("doudou-expected-bytes", String(made.expectedBytes))
        .header("doudou-left-out", String(made.leftOut))
        .header("content-disposition", namedAttachment("transfer.zip", made.fileName))
        .send(Readable.from(made.bytes));
    },
  });
}

function readingRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/transfers",
    config: { access: { to: "student", action: "transfer.list" } },
    schema: {
      summary: "The transfer files that were brought for a child, and what became of them",
      tags: TAGS,
      params: OfChild,
      response: { 200: Transfers, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => transfersOfChild(deps, grant, params.studentId),
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/earlier-schools",
    config: { access: { to: "student", action: "transfer.read" } },
    schema: {
      summary: "What a child brought from other schools, once a guardian has let it in",
      tags: TAGS,
      params: OfChild,
      response: { 200: EarlierSchools, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => earlierSchools(deps, grant, params.studentId),
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/transfer-files/:fileId",
    config: { access: { to: "student", action: "transfer.read" } },
    schema: {
      summary: "A file that a child brought from another school; a part of it where a Range is asked for",
      tags: TAGS,
      params: OfFile,
      querystring: Type.Object({ size: PictureSize }),
      response: { 200: FileAnswer, ...errorsOf(400, 401, 403, 404, 410) },
    },
    handler: async (request, reply) => {
      const { grant, params, query } = request;
      const sent = await sendTransferFile(deps, grant, { ...params, size: query.size }, request);
      return await reply
        .code(sent.status as 200)
        .headers(sent.headers)
        .send(sent.stream);
    },
  });
}

function answeringRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "POST",
    url: "/students/:studentId/transfers/:transferId/answer",
    config: { access: { to: "student", action: "transfer.answer" } },
    schema: {
      summary: "A guardian lets in what was brought, or not; of what is not let in nothing stays",
      tags: TAGS,
      params: OfTransfer,
      body: TransferReply,
      response: { 200: Transfers, ...errorsOf(400, 401, 403, 404, 409, 413, 415) },
    },
    handler: ({ grant, params, body }) => answerTransfer(deps, grant, params, body.answer),
  });

  api.route({
    method: "DELETE",
    url: "/students/:studentId/transfers/:transferId",
    config: { access: { to: "student", action: "transfer.remove" } },
    schema: {
      summary: "Take away what was brought, with its files",
      tags: TAGS,
      params: OfTransfer,
      response: { 200: Transfers, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: ({ grant, params }) => removeTransfer(deps, grant, params),
  });
}

function bringing(uploads: Api, deps: Deps): void {
  // Whatever it is said to be: it is streamed to a file, and what it is its bytes tell.
  uploads.removeAllContentTypeParsers();
  uploads.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
  uploads.route({
    method: "PUT",
    url: "/students/:studentId/transfers/:transferId",
    config: {
      access: { to: "student", action: "transfer.bring" },
      rateLimit: {
        max: UPLOADS_PER_MINUTE,
        timeWindow: "1 minute",
        hook: "preHandler",
        keyGenerator: (request) => request.caller.account.id,
      },
    },
    schema: {
      summary: "Bring a transfer file for a child, to wait for a guardian; sending it again changes nothing",
      tags: TAGS,
      consumes: ["application/zip"],
      params: OfTransfer,
      body: FileBody,
      response: { 200: Transfers, ...errorsOf(400, 401, 403, 404, 408, 409, 413, 415, 422) },
    },
    handler: async (request, reply) => {
      const { grant, params } = request;
      const incoming: IncomingMessage = request.body;
      try {
        await bringTransfer(deps, grant, { ...params, incoming });
        return await transfersOfChild(deps, grant, params.studentId);
      } finally {
        // What is still coming nobody waits for.
        if (!request.raw.complete) reply.header("connection", "close");
      }
    },
  });
}

const FileAnswer = {
  description: "a picture as WebP without any metadata; anything else as it came",
  content: { "*/*": { schema: Type.Unsafe<Readable>({ type: "string", format: "binary" }) } },
} as const;
