/** `/api/v1/indicator-schemes` and `/api/v1/scheme-draft`: what may be awarded, for the school office. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  BeginDraft,
  DraftSaved,
  PreviewStages,
  PublishDraft,
  PublishedScheme,
  SaveDraft,
  SchemeDraft,
  SchemeFileCheck,
  SchemeOverview,
  SchemePublished,
  StagePreview,
} from "@doudou/shared/contract/indicators.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf, NoContent } from "../../http/api.ts";
import { attachment, FileBody, fileOf, receivedFile } from "../../http/files.ts";
import { XLSX_TYPE } from "../../spreadsheets/written.ts";
import { checkSchemeFile, schemeXlsx } from "./files.ts";
import {
  beginDraft,
  draftScheme,
  dropDraft,
  publishDraft,
  readScheme,
  saveDraft,
  schemeOverview,
} from "./service.ts";
import { previewStages } from "./stages.ts";

const TAKEN_IN = { stalledAfterMs: 20_000, lateAfterMs: 120_000, largest: 2 * 1024 * 1024 };
const FILES_PER_MINUTE = 60;
const TAGS = ["indicators"];
const MAY_READ = { access: { to: "members", action: "scheme.read" } } as const;
const MAY_WRITE = { access: { to: "members", action: "scheme.write" } } as const;

export async function indicatorRoutes(api: Api, deps: Deps): Promise<void> {
  schemeRoutes(api, deps);
  fileRoutes(api, deps);
  await api.register((uploads: Api) => {
    checkRoute(uploads, deps);
    return Promise.resolve();
  });
}

function schemeRoutes(api: Api, deps: Deps): void {
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

function fileRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "POST",
    url: "/scheme-draft/stages",
    config: MAY_READ,
    schema: {
      summary: "How the school's children would stand today by some thresholds, as shares of all of them",
      tags: TAGS,
      body: PreviewStages,
      response: { 200: StagePreview, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: ({ grant, body }) => previewStages(deps, grant, body),
  });

  api.route({
    method: "GET",
    url: "/scheme-draft/table.xlsx",
    config: MAY_READ,
    schema: {
      summary: "The draft's points as a spreadsheet, in the caller's language",
      tags: TAGS,
      response: { 200: fileOf(XLSX_TYPE), ...errorsOf(401, 403, 404) },
    },
    handler: async (request, reply) => {
      const file = await schemeXlsx(await draftScheme(deps, request.grant), localeOf(request));
      return await reply
        .type(XLSX_TYPE)
        .header("content-disposition", attachment("indicators.xlsx"))
        .send(file);
    },
  });

  api.route({
    method: "GET",
    url: "/indicator-schemes/:schemeId/table.xlsx",
    config: MAY_READ,
    schema: {
      summary: "A published version's points as a spreadsheet, in the caller's language",
      tags: TAGS,
      params: Type.Object({ schemeId: Id }),
      response: { 200: fileOf(XLSX_TYPE), ...errorsOf(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      const { scheme } = await readScheme(deps, request.grant, request.params.schemeId);
      const file = await schemeXlsx(scheme, localeOf(request));
      return await reply
        .type(XLSX_TYPE)
        .header("content-disposition", attachment("indicators.xlsx"))
        .send(file);
    },
  });

  api.route({
    method: "GET",
    url: "/indicator-schemes/:schemeId/scheme.json",
    config: MAY_READ,
    schema: {
      summary: "A published version as a file that a draft can be made of again, with nothing left out",
      tags: TAGS,
      params: Type.Object({ schemeId: Id }),
      response: { 200: fileOf("application/json"), ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ grant, params }, reply) => {
      const { scheme } = await readScheme(deps, grant, params.schemeId);
      return await reply
        .type("application/json")
        .header("content-disposition", attachment("indicators.json"))
        .send(Buffer.from(JSON.stringify(scheme, undefined, 2)));
    },
  });
}

function checkRoute(uploads: Api, deps: Deps): void {
  // Whatever it is said to be: what it is its bytes tell.
  uploads.removeAllContentTypeParsers();
  uploads.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
  uploads.route({
    method: "PUT",
    url: "/scheme-draft/file-check",
    config: {
      ...MAY_WRITE,
      rateLimit: {
        max: FILES_PER_MINUTE,
        timeWindow: "1 minute",
        hook: "preHandler",
        keyGenerator: (request) => request.caller.account.id,
      },
    },
    schema: {
      summary: "What a file (XLSX, CSV or JSON) would make of the draft; changes nothing",
      tags: TAGS,
      consumes: [XLSX_TYPE, "text/csv", "application/json"],
      body: FileBody,
      response: { 200: SchemeFileCheck, ...errorsOf(400, 401, 403, 404, 408, 409, 413, 415, 422) },
    },
    handler: async (request, reply) => {
      try {
        const bytes = await receivedFile(request.body, TAKEN_IN);
        return await checkSchemeFile(deps, request.grant, bytes, localeOf(request));
      } finally {
        // What is still coming nobody waits for.
        if (!request.raw.complete) reply.header("connection", "close");
      }
    },
  });
}
