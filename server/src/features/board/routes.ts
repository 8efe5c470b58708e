/** `/api/v1/classes/:classId/board-links` and `…/goal` for teachers; `/api/v1/board` for the projector. */
import Type from "typebox";
import {
  Board,
  BoardLinks,
  BoardScreen,
  ClassGoalInput,
  ClassGoalOfWeek,
  NewBoardLink,
  OpenBoard,
  OpenedBoardLink,
} from "@doudou/shared/contract/board.ts";
import { Id } from "@doudou/shared/contract/common.ts";
import { FollowQuery } from "@doudou/shared/contract/live.ts";
import { setBoardCookie } from "../../access/board-links.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { answerWith, EventStreamAnswer, wishOf } from "../../live/http.ts";
import { endBoardLink, openBoardLink, openBoardLinks, takeBoard } from "./links.ts";
import { boardOfClass, dropGoalOfWeek, followBoard, goalOfWeek, setGoalOfWeek } from "./service.ts";

const OfClass = Type.Object({ classId: Id });
const OfLink = Type.Object({ linkId: Id });

export function boardRoutes(api: Api, deps: Deps): void {
  linkRoutes(api, deps);
  goalRoutes(api, deps);
  screenRoutes(api, deps);
}

function linkRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/classes/:classId/board-links",
    config: { access: { to: "class", action: "board.list" } },
    schema: {
      summary: "The links that open a class's board now",
      tags: ["board"],
      params: OfClass,
      response: { 200: BoardLinks, ...errorsOf(400, 401, 403, 404) },
    },
    handler: (request) => openBoardLinks(deps, request.grant, request.params.classId),
  });

  api.route({
    method: "POST",
    url: "/classes/:classId/board-links",
    config: { access: { to: "class", action: "board.open" } },
    schema: {
      summary: "Make a link to a class's board; its token, or its code, is told this once",
      tags: ["board"],
      params: OfClass,
      body: NewBoardLink,
      response: { 200: OpenedBoardLink, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: (request) => openBoardLink(deps, request.grant, request.params.classId, request.body),
  });

  api.route({
    method: "DELETE",
    url: "/classes/:classId/board-links/:linkId",
    config: { access: { to: "class", action: "board.end" } },
    schema: {
      summary: "End a link: every screen that shows its board goes dark at once",
      tags: ["board"],
      params: Type.Object({ classId: Id, linkId: Id }),
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      const { classId, linkId } = request.params;
      await endBoardLink(deps, request.grant, { classId, id: linkId });
      return await reply.code(204).send(null);
    },
  });
}

function goalRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/classes/:classId/goal",
    config: { access: { to: "class", action: "goal.read" } },
    schema: {
      summary: "What a class wants to reach together this week",
      tags: ["board"],
      params: OfClass,
      response: { 200: ClassGoalOfWeek, ...errorsOf(400, 401, 403, 404) },
    },
    handler: (request) => goalOfWeek(deps, request.grant, request.params.classId),
  });

  api.route({
    method: "PUT",
    url: "/classes/:classId/goal",
    config: { access: { to: "class", action: "goal.set" } },
    schema: {
      summary: "Set a class's goal of this week",
      tags: ["board"],
      params: OfClass,
      body: ClassGoalInput,
      response: { 200: ClassGoalOfWeek, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: (request) => setGoalOfWeek(deps, request.grant, request.params.classId, request.body),
  });

  api.route({
    method: "DELETE",
    url: "/classes/:classId/goal",
    config: { access: { to: "class", action: "goal.set" } },
    schema: {
      summary: "Have no goal this week",
      tags: ["board"],
      params: OfClass,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      await dropGoalOfWeek(deps, request.grant, request.params.classId);
      return await reply.code(204).send(null);
    },
  });
}

function screenRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "POST",
    url: "/board",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "Open a board on this screen, by its link's token or by a code",
      tags: ["board"],
      security: [],
      body: OpenBoard,
      response: { 200: BoardScreen, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async (request, reply) => {
      const { token, board } = await takeBoard(deps, request.body, request.ip);
      setBoardCookie(deps, request, reply, token, board);
      return { linkId: board.linkId, expiresAt: board.expiresAt.toISOString() };
    },
  });

  api.route({
    method: "GET",
    url: "/board/:linkId",
    config: { access: { to: "board" } },
    schema: {
      summary: "A class as its board shows it",
      tags: ["board"],
      security: [{ board: [] }],
      params: OfLink,
      response: { 200: Board, ...errorsOf(400, 401, 404) },
    },
    handler: (request) => boardOfClass(deps, request.board),
  });

  api.route({
    method: "GET",
    url: "/board/:linkId/live",
    exposeHeadRoute: false,
    config: { access: { to: "board" } },
    schema: {
      summary: "What its board is told of a class as it happens (events `award`, `void`, `reload`)",
      tags: ["board"],
      security: [{ board: [] }],
      params: OfLink,
      querystring: FollowQuery,
      response: { 200: EventStreamAnswer, ...errorsOf(400, 401) },
    },
    handler: (request, reply) => answerWith(reply, followBoard(deps, request.board, wishOf(request))),
  });
}
