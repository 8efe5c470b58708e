/** `/api/v1/office/roll-over`: the turn of the school year, for its office. */
import { ApplyRollOver, RollOver, SaveRollOver } from "@doudou/shared/contract/roll-over.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { applyRollOver, rollOver, saveDraft, undoRollOver } from "./service.ts";

const TAGS = ["people"];
/** A class for each of ten thousand pupils. */
const LARGEST_DRAFT = 2 * 1024 * 1024;

export function rollOverRoutes(api: Api, deps: Deps): void {
  const mayRead = { access: { to: "members", action: "roll-over.read" } } as const;
  const mayDraft = { access: { to: "members", action: "roll-over.draft" } } as const;
  const mayApply = { access: { to: "members", action: "roll-over.apply" } } as const;

  api.route({
    method: "GET",
    url: "/office/roll-over",
    config: mayRead,
    schema: {
      summary: "The next turn of the school year: the draft, and what it would do",
      tags: TAGS,
      response: { 200: RollOver, ...errorsOf(401, 403, 409) },
    },
    handler: ({ grant }) => rollOver(deps, grant),
  });

  api.route({
    method: "PUT",
    url: "/office/roll-over/draft",
    bodyLimit: LARGEST_DRAFT,
    config: mayDraft,
    schema: {
      summary: "Save the draft, whole, and see what it would do",
      tags: TAGS,
      body: SaveRollOver,
      response: { 200: RollOver, ...errorsOf(400, 401, 403, 409, 413, 415, 422) },
    },
    handler: ({ grant, body }) => saveDraft(deps, grant, body),
  });

  api.route({
    method: "POST",
    url: "/office/roll-over/apply",
    config: mayApply,
    schema: {
      summary: "Do what was shown, once",
      tags: TAGS,
      body: ApplyRollOver,
      response: { 200: RollOver, ...errorsOf(400, 401, 403, 409, 413, 415, 422) },
    },
    handler: ({ grant, body }) => applyRollOver(deps, grant, body.seal),
  });

  api.route({
    method: "POST",
    url: "/office/roll-over/undo",
    config: mayApply,
    schema: {
      summary: "Take it back, as long as nothing is recorded in the new year",
      tags: TAGS,
      response: { 200: RollOver, ...errorsOf(401, 403, 409) },
    },
    handler: ({ grant }) => undoRollOver(deps, grant),
  });
}
