/** `/api/v1/classes/:classId/group-sets` and `…/kept-apart`: groups of a class, for its teachers. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { GroupSet, GroupSetDraft, GroupSets, KeptApart } from "@doudou/shared/contract/groups.ts";
import { VersionQuery } from "@doudou/shared/contract/seating.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { changeApart, deleteGroups, groupsOf, pairsKeptApart, saveGroups } from "./service.ts";

export function groupRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/classes/:classId/group-sets",
    config: { access: { to: "class", action: "groups.read" } },
    schema: {
      summary: "Groups of a class, with who is to be grouped",
      tags: ["groups"],
      params: Type.Object({ classId: Id }),
      response: { 200: GroupSets, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => groupsOf(deps, grant, params.classId),
  });

  api.route({
    method: "PUT",
    url: "/classes/:classId/group-sets/:setId",
    config: { access: { to: "class", action: "groups.change" } },
    schema: {
      summary: "Save a set of groups over the version it was made from; the id is the client's",
      tags: ["groups"],
      params: Type.Object({ classId: Id, setId: Id }),
      body: GroupSetDraft,
      response: { 200: GroupSet, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => saveGroups(deps, grant, params, body),
  });

  api.route({
    method: "DELETE",
    url: "/classes/:classId/group-sets/:setId",
    config: { access: { to: "class", action: "groups.change" } },
    schema: {
      summary: "Delete a set of groups as it was last seen",
      tags: ["groups"],
      params: Type.Object({ classId: Id, setId: Id }),
      querystring: VersionQuery,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: async ({ grant, params: { classId, setId: id }, query: { version } }, reply) => {
      await deleteGroups(deps, grant, { id, classId, version });
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/kept-apart",
    config: { access: { to: "class", action: "groups.read-apart" } },
    schema: {
      summary: "Pairs that are kept apart when groups are made",
      tags: ["groups"],
      params: Type.Object({ classId: Id }),
      response: { 200: KeptApart, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => pairsKeptApart(deps, grant, params.classId),
  });

  for (const [method, areApart] of [
    ["PUT", true],
    ["DELETE", false],
  ] as const) {
    api.route({
      method,
      url: "/classes/:classId/kept-apart/:oneStudentId/:otherStudentId",
      config: { access: { to: "class", action: "groups.change-apart" } },
      schema: {
        summary: areApart
          ? "Keep two children apart when groups are made"
          : "Keep two children apart no longer",
        tags: ["groups"],
        params: Type.Object({ classId: Id, oneStudentId: Id, otherStudentId: Id }),
        response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 422) },
      },
      handler: async ({ grant, params: { classId, oneStudentId, otherStudentId } }, reply) => {
        await changeApart(deps, grant, { classId, studentIds: [oneStudentId, otherStudentId], areApart });
        return await reply.code(204).send(null);
      },
    });
  }
}
