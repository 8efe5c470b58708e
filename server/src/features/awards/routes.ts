/** `/api/v1/awards` and the ledger as people read it. */
import Type from "typebox";
import {
  AwardResults,
  LedgerPage,
  OwnRecent,
  RecentSpan,
  RecordAwards,
  TimelineQuery,
  VoidAwards,
  VoidRecent,
  VoidResults,
} from "@doudou/shared/contract/awards.ts";
import { Id } from "@doudou/shared/contract/common.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf } from "../../http/api.ts";
import { ownRecent, voidRecent } from "./recent.ts";
import { latestAwards, recordAwards, timeline, voidAwards } from "./service.ts";

export function awardRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "POST",
    url: "/awards",
    config: { access: { to: "members", action: "award.record" } },
    schema: {
      summary: "Record awards; each row has its own result, sending again changes nothing",
      tags: ["awards"],
      body: RecordAwards,
      response: { 200: AwardResults, ...errorsOf(400, 401, 403, 413, 415) },
    },
    // Only the envelope is checked here: one malformed row must not sink the others, so the service checks rows.
    validatorCompiler: () => envelopeOnly,
    handler: async (request) => ({
      results: await recordAwards(deps, request.caller, request.body.awards, localeOf(request)),
    }),
  });

  api.route({
    method: "POST",
    url: "/awards/void",
    config: { access: { to: "members", action: "award.void" } },
    schema: {
      summary: "Void awards, with a reason; the ledger keeps both rows",
      tags: ["awards"],
      body: VoidAwards,
      response: { 200: VoidResults, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: async (request) => ({
      results: await voidAwards(deps, request.caller, request.body, localeOf(request)),
    }),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/awards",
    config: { access: { to: "class", action: "class.read" } },
    schema: {
      summary: "The latest awards of a class, as they arrived",
      tags: ["awards"],
      params: Type.Object({ classId: Id }),
      querystring: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 100, default: 30 }) }),
      response: { 200: LedgerPage, ...errorsOf(400, 401, 403, 404) },
    },
    handler: (request) => latestAwards(deps, request.grant, request.params.classId, request.query.limit),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/awards/own-recent",
    config: { access: { to: "class", action: "class.read" } },
    schema: {
      summary: "What the caller recorded in a class in the last minutes and still stands",
      tags: ["awards"],
      params: Type.Object({ classId: Id }),
      querystring: RecentSpan,
      response: { 200: OwnRecent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: (request) => ownRecent(deps, request.grant, request.params.classId, request.query),
  });

  api.route({
    method: "POST",
    url: "/classes/:classId/awards/void-recent",
    config: { access: { to: "class", action: "award.void-recent" } },
    schema: {
      summary: "Void as one act what the caller recorded in a class in the last minutes; safe to send again",
      tags: ["awards"],
      params: Type.Object({ classId: Id }),
      body: VoidRecent,
      response: { 200: VoidResults, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: (request) => voidRecent(deps, request.grant, request.params.classId, request.body),
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/timeline",
    config: { access: { to: "student", action: "timeline.read" } },
    schema: {
      summary: "A student's ledger, newest first, all of it or a part",
      tags: ["growth"],
      params: Type.Object({ studentId: Id }),
      querystring: TimelineQuery,
      response: { 200: LedgerPage, ...errorsOf(400, 401, 403, 404) },
    },
    handler: (request) => timeline(deps, request.grant, request.params.studentId, request.query),
  });
}

function envelopeOnly(body: unknown): { value: unknown } | { error: Error & { validation?: unknown } } {
  const awards = typeof body === "object" && body !== null && "awards" in body ? body.awards : undefined;
  if (Array.isArray(awards) && awards.length >= 1 && awards.length <= 500) return { value: body };
  const error: Error & { validation?: unknown } = new Error("awards must be a list of 1 to 500");
  error.validation = [{ instancePath: "/awards", message: "must be a list of 1 to 500 awards" }];
  return { error };
}
