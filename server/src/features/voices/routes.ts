/**
 * Voices: `/api/v1/classes/:classId/voice-rounds` for the homeroom teacher, `/api/v1/students/:studentId/…` for the
 * child that answers, the guardian that tells of home, the teachers that note down, and all who read.
 */
import Type from "typebox";
import { Id, oneOf } from "@doudou/shared/contract/common.ts";
import {
  ClassVoices,
  HomeVoiceInput,
  NoteInput,
  PeerAnswer,
  SelfAnswer,
  SettleVoices,
  StudentVoices,
  VoiceDesk,
  VoiceKept,
  VoiceRound,
  VoiceRoundInput,
} from "@doudou/shared/contract/voices.ts";
import { SELF_QUESTIONS } from "@doudou/shared/domain/voices.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { answerOfMate, answerOfSelf, voiceDesk } from "./answering.ts";
import { openRound, settlePeerVoices, voicesOfClass } from "./rounds.ts";
import { observeHome, voicesOfStudent, writeNote } from "./service.ts";

export function voiceRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/classes/:classId/voice-rounds",
    config: { access: { to: "class", action: "voice-round.list" } },
    schema: {
      summary: "The running term's rounds of a class, and what children said in them",
      tags: ["voices"],
      params: Type.Object({ classId: Id }),
      response: { 200: ClassVoices, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => voicesOfClass(deps, grant, params.classId),
  });

  api.route({
    method: "PUT",
    url: "/classes/:classId/voice-rounds/:roundId",
    config: { access: { to: "class", action: "voice-round.open" } },
    schema: {
      summary: "Open a round, or open it again until another day; the id is the client's",
      tags: ["voices"],
      params: Type.Object({ classId: Id, roundId: Id }),
      body: VoiceRoundInput,
      response: { 200: VoiceRound, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => openRound(deps, grant, params, body),
  });

  api.route({
    method: "POST",
    url: "/classes/:classId/peer-voices/answers",
    config: { access: { to: "class", action: "voice.settle" } },
    schema: {
      summary: "Pass on what peers said, or keep it back",
      tags: ["voices"],
      params: Type.Object({ classId: Id }),
      body: SettleVoices,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await settlePeerVoices(deps, grant, params.classId, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/voice-desk",
    config: { access: { to: "student", action: "voice.answer" } },
    schema: {
      summary: "What a child is asked today, of itself and of the mates of its group",
      tags: ["voices"],
      params: Type.Object({ studentId: Id }),
      response: { 200: VoiceDesk, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => voiceDesk(deps, grant, params.studentId),
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/self-voices/:about",
    config: { access: { to: "student", action: "voice.answer" } },
    schema: {
      summary: "Answer a question about oneself, or answer it anew while the round is open",
      tags: ["voices"],
      params: Type.Object({ studentId: Id, about: oneOf(SELF_QUESTIONS) }),
      body: SelfAnswer,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await answerOfSelf(deps, grant, params, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/peer-voices/:mateId",
    config: { access: { to: "student", action: "voice.answer" } },
    schema: {
      summary: "Say something kind of a group mate; a teacher reads it first",
      tags: ["voices"],
      params: Type.Object({ studentId: Id, mateId: Id }),
      body: PeerAnswer,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await answerOfMate(deps, grant, params, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/voices",
    config: { access: { to: "student", action: "voice.read" } },
    schema: {
      summary: "The voices about a child in a term, as far as the reader may read them",
      tags: ["voices"],
      params: Type.Object({ studentId: Id }),
      querystring: Type.Object({ termId: Type.Optional(Id) }),
      response: { 200: StudentVoices, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params, query }) => voicesOfStudent(deps, grant, params.studentId, query.termId),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/home-voices",
    config: { access: { to: "student", action: "voice.observe" } },
    schema: {
      summary: "Tell what was seen at home; sending it again changes nothing",
      tags: ["voices"],
      params: Type.Object({ studentId: Id }),
      body: HomeVoiceInput,
      response: { 200: VoiceKept, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => observeHome(deps, grant, params.studentId, body),
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/notes/:noteId",
    config: { access: { to: "student", action: "voice.note" } },
    schema: {
      summary: "Write a note about a child, or change one's own within a week; the id is the client's",
      tags: ["voices"],
      params: Type.Object({ studentId: Id, noteId: Id }),
      body: NoteInput,
      response: { 200: VoiceKept, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => writeNote(deps, grant, params, body),
  });
}
