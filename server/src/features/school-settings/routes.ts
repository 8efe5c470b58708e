/** `/api/v1/school-settings`: name, language, board, calendar, lesson times and logo of the caller's school. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  CalendarSaved,
  LessonsToday,
  LessonTimesSaved,
  LogoSet,
  SaveCalendar,
  SaveLessonTimes,
  SaveWords,
  SchoolSettings,
  WordsSaved,
} from "@doudou/shared/contract/school-settings.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { FileBody } from "../../http/files.ts";
import {
  dropLogo,
  lessonsToday,
  readSettings,
  saveCalendar,
  saveLessonTimes,
  saveWords,
  takeInLogo,
} from "./service.ts";

const TAGS = ["settings"];
const LOGOS_PER_MINUTE = 10;
const MAY_CHANGE_LOGO = { access: { to: "members", action: "logo.change" } } as const;
const MAY_CHANGE = { access: { to: "members", action: "settings.change" } } as const;

export async function schoolSettingsRoutes(api: Api, deps: Deps): Promise<void> {
  api.route({
    method: "GET",
    url: "/school-settings",
    config: MAY_CHANGE,
    schema: {
      summary: "What is set for the whole school",
      tags: TAGS,
      response: { 200: SchoolSettings, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => readSettings(deps, grant),
  });

  api.route({
    method: "PUT",
    url: "/school-settings",
    config: MAY_CHANGE,
    schema: {
      summary: "Set the school's name and language, and what its boards show",
      tags: TAGS,
      body: SaveWords,
      response: { 200: WordsSaved, ...errorsOf(400, 401, 403, 409, 413, 415) },
    },
    handler: ({ grant, body }) => saveWords(deps, grant, body),
  });

  api.route({
    method: "PUT",
    url: "/school-settings/calendar",
    config: { access: { to: "members", action: "calendar.change" } },
    schema: {
      summary: "Save the school's years, terms and holidays, whole",
      tags: TAGS,
      body: SaveCalendar,
      response: { 200: CalendarSaved, ...errorsOf(400, 401, 403, 409, 413, 415, 422) },
    },
    handler: ({ grant, body }) => saveCalendar(deps, grant, body),
  });

  api.route({
    method: "PUT",
    url: "/school-settings/lesson-times",
    config: { access: { to: "members", action: "lesson-times.change" } },
    schema: {
      summary: "Save the school's lesson times, whole",
      tags: TAGS,
      body: SaveLessonTimes,
      response: { 200: LessonTimesSaved, ...errorsOf(400, 401, 403, 409, 413, 415, 422) },
    },
    handler: ({ grant, body }) => saveLessonTimes(deps, grant, body),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/lesson-times",
    config: { access: { to: "class", action: "class.read-points" } },
    schema: {
      summary: "The lessons and breaks of today",
      tags: TAGS,
      params: Type.Object({ classId: Id }),
      response: { 200: LessonsToday, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant }) => lessonsToday(deps, grant),
  });

  api.route({
    method: "DELETE",
    url: "/school-settings/logo",
    config: MAY_CHANGE_LOGO,
    schema: {
      summary: "Take the school's logo away",
      tags: TAGS,
      response: { 200: LogoSet, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => dropLogo(deps, grant),
  });

  await api.register((uploads: Api) => {
    logoUpload(uploads, deps);
    return Promise.resolve();
  });
}

function logoUpload(uploads: Api, deps: Deps): void {
  // Whatever it is said to be: what it is its bytes tell.
  uploads.removeAllContentTypeParsers();
  uploads.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
  uploads.route({
    method: "PUT",
    url: "/school-settings/logo",
    config: {
      ...MAY_CHANGE_LOGO,
      rateLimit: {
        max: LOGOS_PER_MINUTE,
        timeWindow: "1 minute",
        hook: "preHandler",
        keyGenerator: (request) => request.caller.account.id,
      },
    },
    schema: {
      summary: "Upload the school's logo; it is made over, and nothing but its pixels is kept",
      tags: TAGS,
      consumes: ["image/jpeg", "image/png", "image/webp"],
      body: FileBody,
      response: { 200: LogoSet, ...errorsOf(400, 401, 403, 404, 408, 413, 415, 422) },
    },
    handler: async (request, reply) => {
      try {
        return await takeInLogo(deps, request.grant, request.body);
      } finally {
        // What is still coming nobody waits for.
        if (!request.raw.complete) reply.header("connection", "close");
      }
    },
  });
}
