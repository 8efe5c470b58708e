/** `/api/v1/indicator-schemes` and `/api/v1/scheme-draft`: what may be awarded, for the school office. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  BeginDraft,
  DraftSaved,
  PublishDraft,
  PublishedScheme,
  SaveDraft,
  SchemeDraft,
  SchemeOverview,
  SchemePublished,
} from "@doudou/shared/contract/indicators.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { beginDraft, dropDraft, publishDraft, readScheme, saveDraft, schemeOverview } from "./service.ts";

const TAGS = ["indicators"];
const MAY_READ = { access: { to: "members", action: "scheme.read" } } as const;
const MAY_WRITE = { access: { to: "members", action: "scheme.write" } } as const;

export function indicatorRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/indicator-schemes",
    config: MAY_READ,
    schema: {
      summary: "The school's versions, which terms have which, and the draft",
      tags: TAGS,
      response: { 200: SchemeOverview, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => schemeOverview(deps, grant),
  });

  api.route({
    method: "GET",
    url: "/indicator-schemes/:schemeId",
    config: MAY_READ,
    schema: {
      summary: "One published version, whole",
      tags: TAGS,
      params: Type.Object({ schemeId: Id }),
      response: { 200: PublishedScheme, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => readScheme(deps, grant, params.schemeId),
  });

  api.route({
    method: "POST",
    url: "/scheme-draft",
    config: MAY_WRITE,
    schema: {
      summary: "Begin a draft as a copy of a version or of the product's own scheme",
      tags: TAGS,
      body: BeginDraft,
      response: { 200: SchemeDraft, ...errorsOf(400, 401, 403, 404, 409, 413, 415) },
    },
    handler: ({ grant, body }) => beginDraft(deps, grant, body),
  });

  api.route({
    method: "PUT",
    url: "/scheme-draft",
    config: MAY_WRITE,
    schema: {
      summary: "Save the draft, finished or not; refused where somebody else has saved meanwhile",
      tags: TAGS,
      body: SaveDraft,
      response: { 200: DraftSaved, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, body }) => saveDraft(deps, grant, body),
  });

  api.route({
    method: "DELETE",
    url: "/scheme-draft",
    config: MAY_WRITE,
    schema: {
      summary: "Throw the draft away",
      tags: TAGS,
      querystring: Type.Object({ version: Type.Integer({ minimum: 1 }) }),
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 409) },
    },
    handler: async ({ grant, query }, reply) => {
      await dropDraft(deps, grant, query.version);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/scheme-draft/publish",
    config: { access: { to: "members", action: "scheme.publish" } },
    schema: {
      summary: "Publish the draft for a term and those after it",
      tags: TAGS,
      body: PublishDraft,
      response: { 200: SchemePublished, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, body }) => publishDraft(deps, grant, body),
  });
}
