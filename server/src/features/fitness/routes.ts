/**
 * Fitness tests: `/api/v1/fitness-test` for the office, `/api/v1/classes/:classId/fitness` for who tests the class, and
 * `/api/v1/students/:studentId/fitness` for the family.
 */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  FitnessDesk,
  FitnessExemptionInput,
  FitnessInput,
  FitnessKept,
  FitnessReading,
  FitnessRecord,
  FitnessTest,
} from "@doudou/shared/contract/fitness.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf } from "../../http/api.ts";
import { attachment, FileBody, fileOf, receivedFile } from "../../http/files.ts";
import { XLSX_TYPE, xlsxOf } from "../../spreadsheets/written.ts";
import { enterFitness, exemptChild, fitnessDesk, fitnessTable, readFitnessFile } from "./entering.ts";
import { fitnessRecord, fitnessTest, openTest } from "./service.ts";

const TAGS = ["fitness"];
const OfClass = Type.Object({ classId: Id });
const LARGEST_SHEET = 2 * 1024 * 1024;
const TAKEN_IN = { stalledAfterMs: 20_000, lateAfterMs: 120_000, largest: LARGEST_SHEET };
const UPLOADS_PER_MINUTE = 30;

export async function fitnessRoutes(api: Api, deps: Deps): Promise<void> {
  const mayRead = { access: { to: "class", action: "fitness.read-class" } } as const;
  const mayEnter = { access: { to: "class", action: "fitness.enter" } } as const;

  api.route({
    method: "GET",
    url: "/fitness-test",
    config: { access: { to: "members", action: "fitness.oversee" } },
    schema: {
      summary: "The running school year's fitness test, and how far each class has come",
      tags: TAGS,
      response: { 200: FitnessTest, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => fitnessTest(deps, grant),
  });

  api.route({
    method: "PUT",
    url: "/fitness-test",
    config: { access: { to: "members", action: "fitness.open" } },
    schema: {
      summary: "Open the running school year's fitness test; opening it again changes nothing",
      tags: TAGS,
      response: { 200: FitnessTest, ...errorsOf(400, 401, 403, 409, 413, 415, 422) },
    },
    handler: ({ grant }) => openTest(deps, grant),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/fitness",
    config: mayRead,
    schema: {
      summary: "A class's fitness sheet",
      tags: TAGS,
      params: OfClass,
      response: { 200: FitnessDesk, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => fitnessDesk(deps, grant, params.classId),
  });

  api.route({
    method: "PUT",
    url: "/classes/:classId/fitness",
    config: mayEnter,
    schema: {
      summary: "Enter what was measured; sending it again changes nothing",
      tags: TAGS,
      params: OfClass,
      body: FitnessInput,
      response: { 200: FitnessKept, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => enterFitness(deps, grant, params.classId, body),
  });

  api.route({
    method: "PUT",
    url: "/classes/:classId/fitness/exemption",
    config: mayEnter,
    schema: {
      summary: "Exempt a child from the year's test, or say that it is tested after all",
      tags: TAGS,
      params: OfClass,
      body: FitnessExemptionInput,
      response: { 200: FitnessKept, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => exemptChild(deps, grant, params.classId, body),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/fitness/sheet.xlsx",
    config: mayRead,
    schema: {
      summary: "A class's sheet to fill in, with what has been entered",
      tags: TAGS,
      params: OfClass,
      response: { 200: fileOf(XLSX_TYPE), ...errorsOf(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      const table = await fitnessTable(deps, request.grant, request.params.classId, localeOf(request));
      return await reply
        .headers({ "content-type": XLSX_TYPE, "content-disposition": attachment("fitness.xlsx") })
        .send(await xlsxOf(table));
    },
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/fitness",
    config: { access: { to: "student", action: "fitness.read" } },
    schema: {
      summary: "A child's own results over the years, in words",
      tags: TAGS,
      params: Type.Object({ studentId: Id }),
      response: { 200: FitnessRecord, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => fitnessRecord(deps, grant, params.studentId),
  });

  await api.register(async (uploads: Api) => {
    // Whatever it is said to be: what it is its bytes tell.
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    uploads.route({
      method: "POST",
      url: "/classes/:classId/fitness/sheet",
      config: {
        ...mayEnter,
        rateLimit: {
          max: UPLOADS_PER_MINUTE,
          timeWindow: "1 minute",
          hook: "preHandler",
          keyGenerator: (request) => request.caller.account.id,
        },
      },
      schema: {
        summary: "Read a filled-in sheet and say what it holds; nothing is saved",
        tags: TAGS,
        consumes: [XLSX_TYPE, "text/csv"],
        params: OfClass,
        body: FileBody,
        response: { 200: FitnessReading, ...errorsOf(400, 401, 403, 404, 408, 413, 415, 422) },
      },
      handler: async (request, reply) => {
        try {
          const bytes = await receivedFile(request.body, TAKEN_IN);
          return await readFitnessFile(deps, request.grant, request.params.classId, bytes);
        } finally {
          // What is still coming nobody waits for.
          if (!request.raw.complete) reply.header("connection", "close");
        }
      },
    });
  });
}
