/** `/api/v1/people`: the school's pupils, staff, guardians and classes, for its office. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  AssignmentEnd,
  ClassPage,
  GuardianList,
  GuardianPage,
  MovedPupils,
  NewAssignment,
  NewLeadership,
  NewPupil,
  NewSubstitute,
  PeopleFilter,
  PupilFilter,
  PupilList,
  PupilMoves,
  PupilPage,
  SchoolClassList,
  StaffFilter,
  StaffList,
  StaffPage,
} from "@doudou/shared/contract/people.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf, NoContent } from "../../http/api.ts";
import { attachment, fileOf } from "../../http/files.ts";
import { CSV_TYPE, csvOf, XLSX_TYPE, xlsxOf } from "../../spreadsheets/written.ts";
import { guardianPage } from "./guardian.ts";
import { endLead, lead } from "./leading.ts";
import { addPupil, addSubstitute, assign, end, movePupils } from "./placing.ts";
import { classList, classPage, guardianList, pupilList, pupilPage, staffList, staffPage } from "./service.ts";
import { classTable, guardianTable, pupilTable, staffTable } from "./tables.ts";

const TAGS = ["people"];
const YearQuery = Type.Object({ yearId: Type.Optional(Id) });

export function peopleRoutes(api: Api, deps: Deps): void {
  listRoutes(api, deps);
  exportRoutes(api, deps);
  pageRoutes(api, deps);
  placingRoutes(api, deps);
  leadingRoutes(api, deps);
}

function listRoutes(api: Api, deps: Deps): void {
  const mayRead = { access: { to: "members", action: "people.read" } } as const;
  const mayReadStaff = { access: { to: "members", action: "people.read-staff" } } as const;

  api.route({
    method: "GET",
    url: "/people/pupils",
    config: mayRead,
    schema: {
      summary: "The pupils of the school, searched and filtered, all at once",
      tags: TAGS,
      querystring: PupilFilter,
      response: { 200: PupilList, ...errorsOf(400, 401, 403) },
    },
    handler: ({ grant, query }) => pupilList(deps, grant, query),
  });

  api.route({
    method: "GET",
    url: "/people/staff",
    config: mayReadStaff,
    schema: {
      summary: "The staff of the school with what they teach today",
      tags: TAGS,
      querystring: StaffFilter,
      response: { 200: StaffList, ...errorsOf(400, 401, 403) },
    },
    handler: ({ grant, query }) => staffList(deps, grant, query),
  });

  api.route({
    method: "GET",
    url: "/people/guardians",
    config: mayRead,
    schema: {
      summary: "Guardians of a class, of a grade, or whose name or child is searched for",
      tags: TAGS,
      querystring: PeopleFilter,
      response: { 200: GuardianList, ...errorsOf(400, 401, 403) },
    },
    handler: ({ grant, query }) => guardianList(deps, grant, query),
  });

  api.route({
    method: "GET",
    url: "/people/classes",
    config: mayReadStaff,
    schema: {
      summary: "The classes of this or another school year",
      tags: TAGS,
      querystring: YearQuery,
      response: { 200: SchoolClassList, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, query }) => classList(deps, grant, query.yearId),
  });
}

function exportRoutes(api: Api, deps: Deps): void {
  const config = { access: { to: "members", action: "people.export" } } as const;
  for (const kind of ["xlsx", "csv"] as const) {
    const type = kind === "xlsx" ? XLSX_TYPE : CSV_TYPE;
    const write = kind === "xlsx" ? xlsxOf : (...of: Parameters<typeof csvOf>) => Buffer.from(csvOf(...of));
    const headers = (name: string) => ({
      "content-type": type,
      "content-disposition": attachment(`${name}.${kind}`),
    });
    const schemaOf = (what: string) => ({
      summary: `${what} as the list shows them, as ${kind.toUpperCase()} without any formula`,
      tags: TAGS,
      response: { 200: fileOf(kind === "xlsx" ? XLSX_TYPE : "text/csv"), ...errorsOf(400, 401, 403, 404) },
    });

    api.route({
      method: "GET",
      url: `/people/pupils.${kind}`,
      config,
      schema: { ...schemaOf("Pupils"), querystring: PupilFilter },
      handler: async (request, reply) => {
        const list = await pupilList(deps, request.grant, request.query);
        return await reply.headers(headers("pupils")).send(await write(pupilTable(list, localeOf(request))));
      },
    });

    api.route({
      method: "GET",
      url: `/people/staff.${kind}`,
      config,
      schema: { ...schemaOf("Staff"), querystring: StaffFilter },
      handler: async (request, reply) => {
        const list = await staffList(deps, request.grant, request.query);
        return await reply.headers(headers("staff")).send(await write(staffTable(list, localeOf(request))));
      },
    });

    api.route({
      method: "GET",
      url: `/people/guardians.${kind}`,
      config,
      schema: { ...schemaOf("Guardians"), querystring: PeopleFilter },
      handler: async (request, reply) => {
        const list = await guardianList(deps, request.grant, request.query, Infinity);
        const table = guardianTable(list, localeOf(request));
        return await reply.headers(headers("guardians")).send(await write(table));
      },
    });

    api.route({
      method: "GET",
      url: `/people/classes.${kind}`,
      config,
      schema: { ...schemaOf("Classes"), querystring: YearQuery },
      handler: async (request, reply) => {
        const list = await classList(deps, request.grant, request.query.yearId);
        return await reply.headers(headers("classes")).send(await write(classTable(list, localeOf(request))));
      },
    });
  }
}

function pageRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/people/pupils/:studentId",
    config: { access: { to: "student", action: "people.read" } },
    schema: {
      summary: "One pupil: every class it was in, and its guardians",
      tags: TAGS,
      params: Type.Object({ studentId: Id }),
      response: { 200: PupilPage, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => pupilPage(deps, grant, params.studentId),
  });

  api.route({
    method: "GET",
    url: "/people/staff/:membershipId",
    config: { access: { to: "members", action: "people.read-staff" } },
    schema: {
      summary: "One member of staff: what it teaches, taught and leads, and who stands in for it",
      tags: TAGS,
      params: Type.Object({ membershipId: Id }),
      response: { 200: StaffPage, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => staffPage(deps, grant, params.membershipId),
  });

  api.route({
    method: "GET",
    url: "/people/guardians/:membershipId",
    config: { access: { to: "members", action: "people.read-guardian" } },
    schema: {
      summary: "One guardian: its children, how it is known, and the letters that are out",
      tags: TAGS,
      params: Type.Object({ membershipId: Id }),
      response: { 200: GuardianPage, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => guardianPage(deps, grant, params.membershipId),
  });

  api.route({
    method: "GET",
    url: "/people/classes/:classId",
    config: { access: { to: "class", action: "people.read" } },
    schema: {
      summary: "One class of any year: its pupils and teachers",
      tags: TAGS,
      params: Type.Object({ classId: Id }),
      response: { 200: ClassPage, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => classPage(deps, grant, params.classId),
  });
}

function placingRoutes(api: Api, deps: Deps): void {
  const mayAssign = { access: { to: "members", action: "people.assign" } } as const;

  api.route({
    method: "POST",
    url: "/people/pupils",
    config: { access: { to: "members", action: "people.add" } },
    schema: {
      summary: "Enter a pupil who is new; sending it again changes nothing",
      tags: TAGS,
      body: NewPupil,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: async ({ grant, body }, reply) => {
      await addPupil(deps, grant, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/people/pupils/moves",
    config: { access: { to: "members", action: "people.move" } },
    schema: {
      summary: "Move pupils to another class, out of the school or back, from a day on: all or nobody",
      tags: TAGS,
      body: PupilMoves,
      response: { 200: MovedPupils, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, body }) => movePupils(deps, grant, body),
  });

  api.route({
    method: "POST",
    url: "/people/classes/:classId/assignments",
    config: { access: { to: "class", action: "people.assign" } },
    schema: {
      summary: "Give a teacher a class, from a day on; sending it again changes nothing",
      tags: TAGS,
      params: Type.Object({ classId: Id }),
      body: NewAssignment,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await assign(deps, grant, params.classId, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/people/substitutes",
    config: mayAssign,
    schema: {
      summary:
        "Let somebody stand in for some days, for all named or for none; sending it again changes nothing",
      tags: TAGS,
      body: NewSubstitute,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415, 422) },
    },
    handler: async ({ grant, body }, reply) => {
      await addSubstitute(deps, grant, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "PUT",
    url: "/people/assignments/:assignmentId/end",
    config: mayAssign,
    schema: {
      summary: "End an assignment after a day, and whoever stands in for it",
      tags: TAGS,
      params: Type.Object({ assignmentId: Id }),
      body: AssignmentEnd,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await end(deps, grant, params.assignmentId, body.until);
      return await reply.code(204).send(null);
    },
  });
}

function leadingRoutes(api: Api, deps: Deps): void {
  const mayLead = { access: { to: "members", action: "people.lead" } } as const;

  api.route({
    method: "POST",
    url: "/people/staff/:membershipId/leaderships",
    config: mayLead,
    schema: {
      summary: "Let a teacher lead a grade, from a day on; sending it again changes nothing",
      tags: TAGS,
      params: Type.Object({ membershipId: Id }),
      body: NewLeadership,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await lead(deps, grant, params.membershipId, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "PUT",
    url: "/people/leaderships/:leadershipId/end",
    config: mayLead,
    schema: {
      summary: "End the leadership of a grade after a day",
      tags: TAGS,
      params: Type.Object({ leadershipId: Id }),
      body: AssignmentEnd,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await endLead(deps, grant, params.leadershipId, body.until);
      return await reply.code(204).send(null);
    },
  });
}
