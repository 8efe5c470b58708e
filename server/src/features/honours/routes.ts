/** `/api/v1/students/:studentId/honours`. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { HonourAnswer, HonourInput, HonourSaved } from "@doudou/shared/contract/honours.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { answerHonour, removeHonour, saveHonour } from "./service.ts";

const TAGS = ["works"];
const OfHonour = Type.Object({ studentId: Id, honourId: Id });

export function honourRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "PUT",
    url: "/students/:studentId/honours/:honourId",
    config: { access: { to: "student", action: "honour.add" } },
    schema: {
      summary: "Enter an honour of a child, or propose it as its guardian; sending it again changes nothing",
      tags: TAGS,
      params: OfHonour,
      body: HonourInput,
      response: { 200: HonourSaved, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => saveHonour(deps, grant, params, body),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/honours/:honourId/answer",
    config: { access: { to: "student", action: "honour.answer" } },
    schema: {
      summary: "Confirm or decline an honour that a guardian proposed",
      tags: TAGS,
      params: OfHonour,
      body: HonourAnswer,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await answerHonour(deps, grant, params, body.answer);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "DELETE",
    url: "/students/:studentId/honours/:honourId",
    config: { access: { to: "student", action: "honour.delete" } },
    schema: {
      summary: "Take away an honour: the homeroom teacher any, a guardian what it proposed itself",
      tags: TAGS,
      params: OfHonour,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: async ({ grant, params }, reply) => {
      await removeHonour(deps, grant, params);
      return await reply.code(204).send(null);
    },
  });
}
