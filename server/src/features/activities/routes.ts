/** `/api/v1/classes/:classId/activities` and `/api/v1/activities` for staff, `/api/v1/students/:studentId/activities` for a child and who stands by it. */
import Type from "typebox";
import {
  ActivitiesSaved,
  ActivityAnswer,
  ActivityInput,
  ActivityOfClassesInput,
  ActivityReflection,
  ActivityRemoval,
  ActivitySaved,
  ChildActivities,
  ChildActivitiesQuery,
  ClassActivities,
  ClassActivitiesQuery,
  ClassChildren,
  ToldActivity,
} from "@doudou/shared/contract/activities.ts";
import { Id } from "@doudou/shared/contract/common.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf, NoContent } from "../../http/api.ts";
import { attachment, fileOf } from "../../http/files.ts";
import { XLSX_TYPE, xlsxOf } from "../../spreadsheets/written.ts";
import {
  activitiesOfYear,
  classActivities,
  classChildren,
  removeActivity,
  saveActivity,
  saveActivityOfClasses,
} from "./recording.ts";
import { childActivities, reflectOnActivity } from "./service.ts";
import { activitiesTable } from "./table.ts";
import { answerActivity, tellActivity, withdrawActivity } from "./telling.ts";

const TAGS = ["activities"];
const OfClass = Type.Object({ classId: Id });
const OfClassActivity = Type.Object({ classId: Id, activityId: Id });
const OfChild = Type.Object({ studentId: Id });
const OfChildActivity = Type.Object({ studentId: Id, activityId: Id });

export function activityRoutes(api: Api, deps: Deps): void {
  ofClassRoutes(api, deps);
  ofChildRoutes(api, deps);
}

function ofClassRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/classes/:classId/activities",
    config: { access: { to: "class", action: "activity.list" } },
    schema: {
      summary: "A month of a class's activities, what families told, and what to record the next with",
      tags: TAGS,
      params: OfClass,
      querystring: ClassActivitiesQuery,
      response: { 200: ClassActivities, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params, query }) => classActivities(deps, grant, params.classId, query.month),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/activities.xlsx",
    config: { access: { to: "class", action: "activity.export" } },
    schema: {
      summary: "A class's activities of its school year as XLSX, without any formula",
      tags: TAGS,
      params: OfClass,
      response: { 200: fileOf(XLSX_TYPE), ...errorsOf(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      const { activities } = await activitiesOfYear(deps, request.grant, request.params.classId);
      return await reply
        .headers({ "content-type": XLSX_TYPE, "content-disposition": attachment("activities.xlsx") })
        .send(await xlsxOf(activitiesTable(activities, localeOf(request))));
    },
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/activities/children",
    config: { access: { to: "class", action: "activity.list" } },
    schema: {
      summary: "Who may be in an activity of a class",
      tags: TAGS,
      params: OfClass,
      response: { 200: ClassChildren, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => classChildren(deps, grant, params.classId),
  });

  api.route({
    method: "POST",
    url: "/activities",
    config: { access: { to: "members", action: "activity.record-for-classes" } },
    schema: {
      summary: "Record an activity of several classes, or of none of them; sending it again changes nothing",
      tags: TAGS,
      body: ActivityOfClassesInput,
      response: { 200: ActivitiesSaved, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ caller, body }) => saveActivityOfClasses(deps, caller, body),
  });

  api.route({
    method: "PUT",
    url: "/classes/:classId/activities/:activityId",
    config: { access: { to: "class", action: "activity.record" } },
    schema: {
      summary: "Record an activity of a class, or write it anew; sending it again changes nothing",
      tags: TAGS,
      params: OfClassActivity,
      body: ActivityInput,
      response: { 200: ActivitySaved, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => saveActivity(deps, grant, params, body),
  });

  api.route({
    method: "PUT",
    url: "/classes/:classId/activities/:activityId/removal",
    config: { access: { to: "class", action: "activity.remove" } },
    schema: {
      summary: "Remove an activity, or bring it back",
      tags: TAGS,
      params: OfClassActivity,
      body: ActivityRemoval,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await removeActivity(deps, grant, params, body.isRemoved);
      return await reply.code(204).send(null);
    },
  });
}

function ofChildRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/activities",
    config: { access: { to: "student", action: "activity.read" } },
    schema: {
      summary: "A child's activities of all years, newest first, and how long of each sort this school year",
      tags: TAGS,
      params: OfChild,
      querystring: ChildActivitiesQuery,
      response: { 200: ChildActivities, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params, query }) => childActivities(deps, grant, params.studentId, query),
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/activities/:activityId",
    config: { access: { to: "student", action: "activity.tell" } },
    schema: {
      summary: "Tell of an activity of one's own; the homeroom teacher sees it first",
      tags: TAGS,
      params: OfChildActivity,
      body: ToldActivity,
      response: { 200: ActivitySaved, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => tellActivity(deps, grant, params, body),
  });

  api.route({
    method: "DELETE",
    url: "/students/:studentId/activities/:activityId",
    config: { access: { to: "student", action: "activity.withdraw" } },
    schema: {
      summary: "Take back what one told of and is not recorded",
      tags: TAGS,
      params: OfChildActivity,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: async ({ grant, params }, reply) => {
      await withdrawActivity(deps, grant, params);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/activities/:activityId/answer",
    config: { access: { to: "student", action: "activity.answer" } },
    schema: {
      summary: "Take what a family told into the portfolio, or decline it",
      tags: TAGS,
      params: OfChildActivity,
      body: ActivityAnswer,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await answerActivity(deps, grant, params, body.answer);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/activities/:activityId/reflection",
    config: { access: { to: "student", action: "activity.reflect" } },
    schema: {
      summary: "The child's own sentence about an activity it took part in",
      tags: TAGS,
      params: OfChildActivity,
      body: ActivityReflection,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await reflectOnActivity(deps, grant, params, body);
      return await reply.code(204).send(null);
    },
  });
}
