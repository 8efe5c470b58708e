/** `/api/v1/school-settings`: name, language, board and calendar of the caller's school. */
import {
  CalendarSaved,
  SaveCalendar,
  SchoolSettings,
  SchoolWords,
} from "@doudou/shared/contract/school-settings.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { changeWords, readSettings, saveCalendar } from "./service.ts";

const TAGS = ["settings"];
const MAY_CHANGE = { access: { to: "members", action: "settings.change" } } as const;

export function schoolSettingsRoutes(api: Api, deps: Deps): void {
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
      body: SchoolWords,
      response: { 200: SchoolWords, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: ({ grant, body }) => changeWords(deps, grant, body),
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
}
