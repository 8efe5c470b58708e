/**
 * `/api/v1/sign-in/…`: the browser's way to a provider and back; `/api/v1/school-sign-in`: what the office decides about it;
 * `/api/v1/account/sign-in-links`: what leads to one's own account. Those who come back are led to a page, whatever happened.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  AnswerSignInLink,
  BeginSignIn,
  CodeOfAttempt,
  GoesTo,
  OfferedProviders,
  OwnSignInLinks,
  ProviderId,
  DecideRule,
  ProviderRule,
  SchoolSignIn,
} from "@doudou/shared/contract/sign-in-providers.ts";
import type { SignInOutcome } from "@doudou/shared/domain/sign-in-providers.ts";
import { attemptTokenOf, clearAttemptCookie, setAttemptCookie } from "../../access/cookie.ts";
import { changeHands } from "../../access/hands.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { originOf } from "../../http/security.ts";
import { ProviderFailure } from "../../providers/provider.ts";
import { answerLink, decideRule, endLink, endOwnLink, ownLinks, schoolSignIn } from "./deciding.ts";
import { beginSignIn, endSignIn, giveCode, offeredProviders } from "./service.ts";

const TAGS = ["session"];
const OFFICE = ["staff"];
const OfProvider = Type.Object({ providerId: ProviderId });
const OfLink = Type.Object({ signInLinkId: Id });
const SeeOther = Type.Null({ description: "on to another page: the `location` says which" });
const EVERYBODY = { to: "everybody" } as const;
/** Each one is a row for ten minutes; a whole school sits behind one address. */
const NOT_TOO_OFTEN = { max: 600, timeWindow: "1 minute" };

export function signInProviderRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/sign-in-providers",
    config: { access: EVERYBODY },
    schema: {
      summary: "By which providers one can sign in here",
      tags: TAGS,
      security: [],
      response: { 200: OfferedProviders, ...errorsOf() },
    },
    handler: () => offeredProviders(deps),
  });

  api.route({
    method: "GET",
    url: "/sign-in/:providerId",
    config: { access: EVERYBODY, rateLimit: NOT_TOO_OFTEN },
    schema: {
      summary: "Begin to sign in by a provider: on to its page",
      tags: TAGS,
      security: [],
      params: OfProvider,
      querystring: BeginSignIn,
      response: { 303: SeeOther, ...errorsOf(400) },
    },
    handler: async (request, reply) => {
      const provider = deps.providers.byId(request.params.providerId);
      if (!provider) return await leadBack(reply, "unavailable");
      const origin = originOf(request, deps.config);
      try {
        const begun = await beginSignIn(deps, provider, { origin, ...request.query });
        setAttemptCookie(deps, request, reply, begun);
        return await seeOther(reply, begun.address.href);
      } catch (failure) {
        return await leadBack(reply, outcomeOf(request, failure));
      }
    },
  });

  api.route({
    method: "GET",
    url: "/sign-in/:providerId/callback",
    config: { access: EVERYBODY },
    schema: {
      summary: "Back from a provider: signed in, or with the reason why not",
      tags: TAGS,
      security: [],
      params: OfProvider,
      response: { 303: SeeOther, ...errorsOf(400) },
    },
    handler: async (request, reply) => {
      const provider = deps.providers.byId(request.params.providerId);
      if (!provider) return await leadBack(reply, "unavailable");
      const mark = request.url.indexOf("?");
      const ended = await endSignIn(deps, provider, {
        token: attemptTokenOf(request),
        origin: originOf(request, deps.config),
        search: mark === -1 ? "" : request.url.slice(mark),
        from: { requestId: request.id, address: request.ip },
      });
      clearAttemptCookie(request, reply);
      if (ended.as === "in") {
        await changeHands(deps, request, reply, ended.opened);
        return await seeOther(reply, ended.goesTo);
      }
      if (ended.as === "code") {
        setAttemptCookie(deps, request, reply, ended);
        return await seeOther(reply, "/sign-in?by=code");
      }
      return await leadBack(reply, ended.as);
    },
  });

  api.route({
    method: "POST",
    url: "/sign-in/code",
    config: { access: EVERYBODY },
    schema: {
      summary: "Give the code of the second device that signing in by a provider still takes",
      tags: TAGS,
      security: [],
      body: CodeOfAttempt,
      response: { 200: GoesTo, ...errorsOf(400, 403, 410, 413, 415) },
    },
    handler: async (request, reply) => {
      const from = { requestId: request.id, address: request.ip };
      const given = { token: attemptTokenOf(request), code: request.body.code, from };
      const { opened, goesTo } = await giveCode(deps, given);
      clearAttemptCookie(request, reply);
      await changeHands(deps, request, reply, opened);
      return { goesTo };
    },
  });

  officeRoutes(api, deps);
  ownRoutes(api, deps);
}

function officeRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/school-sign-in",
    config: { access: { to: "members", action: "provider.read" } },
    schema: {
      summary: "By which providers and what rule the staff sign in, and who is known there as whom",
      tags: OFFICE,
      response: { 200: SchoolSignIn, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => schoolSignIn(deps, grant),
  });

  api.route({
    method: "PUT",
    url: "/school-sign-in/:providerId",
    config: { access: { to: "members", action: "provider.decide" } },
    schema: {
      summary: "Decide by what rule the staff sign in by a provider",
      tags: OFFICE,
      params: OfProvider,
      body: DecideRule,
      response: { 200: ProviderRule, ...errorsOf(400, 401, 403, 404, 409, 413, 415) },
    },
    handler: ({ grant, params, body }) => decideRule(deps, grant, params.providerId, body),
  });

  api.route({
    method: "POST",
    url: "/school-sign-in/links/:signInLinkId",
    config: { access: { to: "members", action: "provider.link" } },
    schema: {
      summary: "Say who somebody is who came by a provider",
      tags: OFFICE,
      params: OfLink,
      body: AnswerSignInLink,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await answerLink(deps, grant, params.signInLinkId, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "DELETE",
    url: "/school-sign-in/links/:signInLinkId",
    config: { access: { to: "members", action: "provider.link" } },
    schema: {
      summary: "End that somebody signs in by a provider",
      tags: OFFICE,
      params: OfLink,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ grant, params }, reply) => {
      await endLink(deps, grant, params.signInLinkId);
      return await reply.code(204).send(null);
    },
  });
}

function ownRoutes(api: Api, deps: Deps): void {
  const secures = { access: { to: "members", action: "account.secure" } } as const;

  api.route({
    method: "GET",
    url: "/account/sign-in-links",
    config: secures,
    schema: {
      summary: "By which providers one's own account can be signed in to",
      tags: ["account"],
      response: { 200: OwnSignInLinks, ...errorsOf(401, 403) },
    },
    handler: ({ caller }) => ownLinks(deps, caller),
  });

  api.route({
    method: "DELETE",
    url: "/account/sign-in-links/:signInLinkId",
    config: secures,
    schema: {
      summary: "End that a provider leads to one's own account",
      tags: ["account"],
      params: OfLink,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ caller, params }, reply) => {
      await endOwnLink(deps, caller, params.signInLinkId);
      return await reply.code(204).send(null);
    },
  });
}

/** To the sign-in page, which has a sentence for it. */
function leadBack(reply: FastifyReply, outcome: SignInOutcome): FastifyReply {
  return seeOther(reply, `/sign-in?outcome=${outcome}`);
}

function seeOther(reply: FastifyReply, address: string): FastifyReply {
  return reply.code(303).header("location", address).send(null);
}

/** What the provider would not do is no defect of ours. */
function outcomeOf(request: FastifyRequest, failure: unknown): SignInOutcome {
  if (!(failure instanceof ProviderFailure)) throw failure;
  request.log.warn({ err: failure.cause }, "a provider to sign in by cannot be used");
  return failure.reason;
}
