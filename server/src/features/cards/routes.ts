/** Signing in by a child's card, and `/api/v1/classes/:classId/cards` for the homeroom teacher. */
import Type from "typebox";
import {
  CardSignIn,
  CardsToPrint,
  CardView,
  ClassCards,
  IssueCards,
  IssuedCards,
  ShownCard,
} from "@doudou/shared/contract/cards.ts";
import { Id } from "@doudou/shared/contract/common.ts";
import { SessionView } from "@doudou/shared/contract/session.ts";
import { changeHands } from "../../access/hands.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf, NoContent } from "../../http/api.ts";
import { PdfAnswer, sendPdf } from "../../http/pdf.ts";
import { cardSheet, cardsOfClass, issueCards, lookAtCard, resetCardPin, signInByCard } from "./service.ts";

export function cardRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "POST",
    url: "/session/card/look",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "What a child's card asks for next",
      tags: ["cards"],
      security: [],
      body: ShownCard,
      response: { 200: CardView, ...errorsOf(400, 403, 404, 413, 415) },
    },
    handler: (request) => lookAtCard(deps, { ...request.body, address: request.ip }),
  });

  api.route({
    method: "POST",
    url: "/session/card",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "Sign in by card and PIN; the first PIN given with a new card is the child's from then on",
      tags: ["cards"],
      security: [],
      body: CardSignIn,
      response: { 200: SessionView, ...errorsOf(400, 403, 404, 413, 415) },
    },
    handler: async (request, reply) =>
      await changeHands(
        deps,
        request,
        reply,
        await signInByCard(deps, { ...request.body, address: request.ip }),
      ),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/cards",
    config: { access: { to: "class", action: "card.list" } },
    schema: {
      summary: "Who in a class has a card",
      tags: ["cards"],
      params: Type.Object({ classId: Id }),
      response: { 200: ClassCards, ...errorsOf(400, 401, 403, 404) },
    },
    handler: (request) => cardsOfClass(deps, request.grant, request.params.classId),
  });

  api.route({
    method: "POST",
    url: "/classes/:classId/cards",
    config: { access: { to: "class", action: "card.issue" } },
    schema: {
      summary: "Issue cards; the codes are told this once, and former cards of these children are dead",
      tags: ["cards"],
      params: Type.Object({ classId: Id }),
      body: IssueCards,
      response: { 200: IssuedCards, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: (request) =>
      issueCards(deps, request.grant, {
        classId: request.params.classId,
        studentIds: request.body.studentIds,
        locale: localeOf(request),
      }),
  });

  api.route({
    method: "POST",
    url: "/classes/:classId/cards/sheet",
    config: { access: { to: "class", action: "card.issue" } },
    schema: {
      summary: "Cards just issued as PDF, ten to a sheet of A4, to print and cut out",
      tags: ["cards"],
      params: Type.Object({ classId: Id }),
      body: CardsToPrint,
      response: { 200: PdfAnswer, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async (request, reply) => {
      const asked = { ...request.params, ...request.body, locale: localeOf(request) };
      return await sendPdf(reply, await cardSheet(deps, request.grant, asked), "cards.pdf");
    },
  });

  api.route({
    method: "DELETE",
    url: "/students/:studentId/card/pin",
    config: { access: { to: "student", action: "card.reset-pin" } },
    schema: {
      summary: "Let a child choose a new PIN at the next use of its card",
      tags: ["cards"],
      params: Type.Object({ studentId: Id }),
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      await resetCardPin(deps, request.grant, request.params.studentId);
      return await reply.code(204).send(null);
    },
  });
}
