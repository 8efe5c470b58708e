/** `/api/v1/classes/:classId/guardians` and letters, and keeping a guardian from a child. */
import type { FastifyRequest } from "fastify";
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { ClassGuardians, GuardianRemoval, NewLetters } from "@doudou/shared/contract/guardians.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf, NoContent } from "../../http/api.ts";
import { PdfAnswer, sendPdf } from "../../http/pdf.ts";
import {
  classGuardians,
  keepGuardianOut,
  type LetterWish,
  printLetters,
  printReadmission,
  revokeLetter,
} from "./service.ts";

const PLAIN_NAME = "guardian-letters.pdf";

export function guardianRoutes(api: Api, deps: Deps): void {
  const wishOf = (request: FastifyRequest): LetterWish => ({
    locale: localeOf(request),
    origin: deps.config.publicOrigin ?? `${request.protocol}://${request.host}`,
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/guardians",
    config: { access: { to: "class", action: "guardian.list" } },
    schema: {
      summary: "The guardians of a class's children, and whose letters are out",
      tags: ["guardians"],
      params: Type.Object({ classId: Id }),
      response: { 200: ClassGuardians, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => classGuardians(deps, grant, params.classId),
  });

  api.route({
    method: "POST",
    url: "/classes/:classId/guardian-letters",
    config: { access: { to: "class", action: "guardian.invite" } },
    schema: {
      summary: "Letters that let guardians in, as PDF; the codes are told this once, former letters are void",
      tags: ["guardians"],
      params: Type.Object({ classId: Id }),
      body: NewLetters,
      response: { 200: PdfAnswer, ...errorsOf(400, 401, 403, 404, 413, 415, 422) },
    },
    handler: async (request, reply) => {
      const asked = { ...request.params, ...request.body };
      return await sendPdf(
        reply,
        await printLetters(deps, request.grant, asked, wishOf(request)),
        PLAIN_NAME,
      );
    },
  });

  api.route({
    method: "DELETE",
    url: "/students/:studentId/guardian-letter",
    config: { access: { to: "student", action: "guardian.end-letter" } },
    schema: {
      summary: "Make a child's letter void",
      tags: ["guardians"],
      params: Type.Object({ studentId: Id }),
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ grant, params }, reply) => {
      await revokeLetter(deps, grant, params.studentId);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/guardians/:guardianshipId/removal",
    config: { access: { to: "student", action: "guardian.remove" } },
    schema: {
      summary: "Keep a guardian from a child at once; only a letter made for it takes that back",
      tags: ["guardians"],
      params: Type.Object({ studentId: Id, guardianshipId: Id }),
      body: GuardianRemoval,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await keepGuardianOut(deps, grant, params, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/guardians/:guardianshipId/letter",
    config: { access: { to: "student", action: "guardian.readmit" } },
    schema: {
      summary: "A letter that lets a removed guardian in again, as PDF; the child's former letter is void",
      tags: ["guardians"],
      params: Type.Object({ studentId: Id, guardianshipId: Id }),
      response: { 200: PdfAnswer, ...errorsOf(400, 401, 403, 404, 422) },
    },
    handler: async (request, reply) =>
      await sendPdf(
        reply,
        await printReadmission(deps, request.grant, request.params, wishOf(request)),
        PLAIN_NAME,
      ),
  });
}
