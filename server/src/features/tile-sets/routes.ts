/** `/api/v1/tile-sets`: a teacher's own, within a class's school. They are read with the points of a class. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { TileSetInput } from "@doudou/shared/contract/tile-sets.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { dropTileSet, keepTileSet } from "./service.ts";

export function tileSetRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "PUT",
    url: "/tile-sets/:tileSetId",
    config: { access: { to: "class", action: "tile-set.change" } },
    schema: {
      summary: "Keep a set of tiles, new or written over; sending it again changes nothing",
      tags: ["classes"],
      params: Type.Object({ tileSetId: Id }),
      querystring: Type.Object({ classId: Id }),
      body: TileSetInput,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: async (request, reply) => {
      await keepTileSet(deps, request.grant, request.params.tileSetId, request.body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "DELETE",
    url: "/tile-sets/:tileSetId",
    config: { access: { to: "class", action: "tile-set.change" } },
    schema: {
      summary: "Take a set of tiles away",
      tags: ["classes"],
      params: Type.Object({ tileSetId: Id }),
      querystring: Type.Object({ classId: Id }),
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      await dropTileSet(deps, request.grant, request.params.tileSetId);
      return await reply.code(204).send(null);
    },
  });
}
