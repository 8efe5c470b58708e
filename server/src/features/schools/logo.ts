/**
 * A school's logo for whoever may see it: everybody who knows its name, which only what the school shows says. Never
 * tells whether there is such a school.
 */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { fileOf } from "../../http/files.ts";
import { Problem } from "../../http/problem.ts";

/** Shown as a picture and as nothing else. The same address is the same picture for good. */
const LOGO_HEADERS = {
  "content-security-policy": "default-src 'none'; sandbox",
  "cache-control": "public, max-age=31536000, immutable",
  "content-disposition": "inline",
};

export function logoRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/schools/:schoolId/logo/:sha256",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "The logo of a school, by its name",
      tags: ["settings"],
      security: [],
      params: Type.Object({ schoolId: Id, sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }) }),
      response: { 200: fileOf("image/webp"), ...errorsOf(400, 404) },
    },
    handler: async ({ params: { schoolId, sha256 } }, reply) => {
      const { logo } = await deps.frames.of(schoolId);
      const isOurs = logo?.smallSha256 === sha256 || logo?.largeSha256 === sha256;
      const bytes = isOurs ? await deps.pictures.read(schoolId, sha256) : undefined;
      if (!bytes) throw new Problem("not-found");
      return await reply.headers(LOGO_HEADERS).type("image/webp").send(bytes);
    },
  });
}
