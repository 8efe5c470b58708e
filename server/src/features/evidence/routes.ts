/** `/api/v1/evidence` and the pictures of a child. */
import type { IncomingMessage } from "node:http";
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { PictureSize, UploadedEvidence } from "@doudou/shared/contract/evidence.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { evidencePicture, uploadEvidence } from "./service.ts";

/** An award batch has at most so many children with the same picture. */
const MOST_CHILDREN = 60;
const UPLOADS_PER_MINUTE = 60;

const UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const ListOfIds = Type.String({
  pattern: `^${UUID}(,${UUID}){0,${MOST_CHILDREN - 1}}$`,
  description: `ids of the children on it, at most ${MOST_CHILDREN}, with commas between`,
});

/** Shown as a picture and as nothing else, even if opened by itself; looked after anew each time, since consent may end. */
const PICTURE_HEADERS = {
  "content-security-policy": "default-src 'none'; sandbox",
  "cache-control": "private, no-cache",
  "content-disposition": "inline",
};

export async function evidenceRoutes(api: Api, deps: Deps): Promise<void> {
  api.route({
    method: "GET",
    url: "/students/:studentId/evidence/:evidenceId",
    config: { access: { to: "student", action: "evidence.read" } },
    schema: {
      summary: "A picture that belongs to an award of a student",
      tags: ["evidence"],
      params: Type.Object({ studentId: Id, evidenceId: Id }),
      querystring: Type.Object({ size: PictureSize }),
      response: { 200: PictureAnswer, 304: NotChanged, ...errorsOf(400, 401, 403, 404, 410) },
    },
    handler: async (request, reply) => {
      const { studentId, evidenceId } = request.params;
      const picture = await evidencePicture(deps, request.grant, studentId, evidenceId, request.query.size);
      const etag = `"${picture.sha256}"`;
      reply.headers({ ...PICTURE_HEADERS, etag });
      if (request.headers["if-none-match"] === etag) return await reply.code(304).send(null);
      return await reply.type("image/webp").send(picture.bytes);
    },
  });

  await api.register(async (uploads: Api) => {
    // Whatever it is said to be: it is streamed to a file, and what it is its bytes tell.
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    uploads.route({
      method: "PUT",
      url: "/evidence/:evidenceId",
      config: {
        access: { to: "members", action: "evidence.add" },
        rateLimit: {
          max: UPLOADS_PER_MINUTE,
          timeWindow: "1 minute",
          hook: "preHandler",
          keyGenerator: (request) => request.caller.account.id,
        },
      },
      schema: {
        summary: "Upload a picture before the award that names it; sending it again changes nothing",
        tags: ["evidence"],
        consumes: ["image/jpeg", "image/png", "image/webp"],
        params: Type.Object({ evidenceId: Id }),
        querystring: Type.Object({ studentIds: ListOfIds }),
        body: Type.Unsafe<IncomingMessage>({
          contentMediaType: "application/octet-stream",
          description: "the file, as it is",
        }),
        response: { 200: UploadedEvidence, ...errorsOf(400, 401, 403, 404, 408, 409, 413, 415, 422) },
      },
      handler: async (request, reply) => {
        const studentIds = [...new Set(request.query.studentIds.split(","))];
        const { evidenceId } = request.params;
        try {
          const incoming = request.body;
          return await uploadEvidence(deps, request.caller, { evidenceId, studentIds, incoming });
        } finally {
          // What is still coming nobody waits for.
          if (!request.raw.complete) reply.header("connection", "close");
        }
      },
    });
  });
}

const PictureAnswer = {
  description: "WebP, without any metadata",
  content: { "image/webp": { schema: Type.Unsafe<Buffer>({ type: "string", format: "binary" }) } },
} as const;

const NotChanged = Type.Null({ description: "still the picture of that ETag" });
