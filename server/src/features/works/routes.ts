/** `/api/v1/students/:studentId/works` and the files of works and honours. */
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { PictureSize } from "@doudou/shared/contract/evidence.ts";
import {
  PortfolioFileRef,
  WorkHiding,
  WorkInput,
  WorkSaved,
  WorkWord,
} from "@doudou/shared/contract/works.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { FileBody } from "../../http/files.ts";
import { sendFile, uploadFile } from "./files.ts";
import { openingsNoted } from "./openings.ts";
import { hideWork, removeWork, saveWork, sayWord } from "./service.ts";

const TAGS = ["works"];
const UPLOADS_PER_MINUTE = 60;
const OfWork = Type.Object({ studentId: Id, workId: Id });
const OfFile = Type.Object({ studentId: Id, fileId: Id });

export async function workRoutes(api: Api, deps: Deps): Promise<void> {
  const reading = { ...deps, noteOpening: openingsNoted(deps) };

  api.route({
    method: "PUT",
    url: "/students/:studentId/works/:workId",
    config: { access: { to: "student", action: "work.add" } },
    schema: {
      summary: "Keep a work of a child with the files uploaded for it; sending it again changes nothing",
      tags: TAGS,
      params: OfWork,
      body: WorkInput,
      response: { 200: WorkSaved, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => saveWork(deps, grant, params, body),
  });

  api.route({
    method: "DELETE",
    url: "/students/:studentId/works/:workId",
    config: { access: { to: "student", action: "work.delete" } },
    schema: {
      summary: "Take away a work the caller added, while its term goes on",
      tags: TAGS,
      params: OfWork,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: async ({ grant, params }, reply) => {
      await removeWork(deps, grant, params.studentId, params.workId);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/works/:workId/word",
    config: { access: { to: "student", action: "work.answer" } },
    schema: {
      summary: "Say a word about a work, for the child to read, or take it back",
      tags: TAGS,
      params: OfWork,
      body: WorkWord,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await sayWord(deps, grant, params, body.word);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/works/:workId/hiding",
    config: { access: { to: "student", action: "work.hide" } },
    schema: {
      summary: "Take a work out of sight, with a reason for staff alone, or show it again",
      tags: TAGS,
      params: OfWork,
      body: WorkHiding,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await hideWork(deps, grant, params, body.reason);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/files/:fileId",
    config: { access: { to: "student", action: "portfolio-file.read" } },
    schema: {
      summary: "A file of a work or an honour of a child; a part of it where a Range is asked for",
      tags: TAGS,
      params: OfFile,
      querystring: Type.Object({ size: PictureSize }),
      response: { 200: FileAnswer, ...errorsOf(400, 401, 403, 404, 410) },
    },
    handler: async (request, reply) => {
      const { grant, params, query } = request;
      const sent = await sendFile(reading, grant, { ...params, size: query.size }, request);
      return await reply
        .code(sent.status as 200)
        .headers(sent.headers)
        .send(sent.stream);
    },
  });

  await api.register(async (uploads: Api) => {
    // Whatever it is said to be: it is streamed to a file, and what it is its bytes tell.
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    uploads.route({
      method: "PUT",
      url: "/students/:studentId/files/:fileId",
      config: {
        access: { to: "student", action: "portfolio-file.add" },
        rateLimit: {
          max: UPLOADS_PER_MINUTE,
          timeWindow: "1 minute",
          hook: "preHandler",
          keyGenerator: (request) => request.caller.account.id,
        },
      },
      schema: {
        summary: "Upload a file before the work or honour that names it; sending it again changes nothing",
        tags: TAGS,
        consumes: ["image/jpeg", "image/png", "image/webp", "application/pdf", "audio/*", "video/*"],
        params: OfFile,
        body: FileBody,
        response: { 200: PortfolioFileRef, ...errorsOf(400, 401, 403, 404, 408, 409, 413, 415, 422) },
      },
      handler: async (request, reply) => {
        const incoming: IncomingMessage = request.body;
        try {
          const said = request.headers["content-type"] ?? "";
          return await uploadFile(deps, request.grant, { ...request.params, said, incoming });
        } finally {
          // What is still coming nobody waits for.
          if (!request.raw.complete) reply.header("connection", "close");
        }
      },
    });
  });
}

const FileAnswer = {
  description: "a picture as WebP without any metadata; anything else as it came",
  content: { "*/*": { schema: Type.Unsafe<Readable>({ type: "string", format: "binary" }) } },
} as const;
