/**
 * Badges: `/api/v1/badges` for the office, `/api/v1/classes/:classId/badges` for those who teach it,
 * `/api/v1/students/:studentId/badges` for the child, its guardians and its teachers.
 */
import Type from "typebox";
import {
  BadgeCatalogue,
  BadgeDraftInput,
  BadgePreview,
  BadgePreviewInput,
  BadgePublishing,
  ChildBadges,
  ClassBadgePreview,
  ClassBadges,
  ConfirmBadges,
  ConfirmResults,
  NewQuest,
  ShownBadges,
  TakeBackBadges,
} from "@doudou/shared/contract/badges.ts";
import { Id } from "@doudou/shared/contract/common.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf, NoContent } from "../../http/api.ts";
import { PdfAnswer, sendPdf } from "../../http/pdf.ts";
import {
  badgeCatalogue,
  dropDraft,
  keepBadgeDraft,
  previewBadge,
  previewInClass,
  publishBadge,
  retireBadge,
} from "./catalogue.ts";
import { badgeCertificate } from "./certificate.ts";
import { badgesOfClass, confirmBadges, takeBackBadges } from "./confirming.ts";
import { badgesOfChild, celebrate, layDown, strive } from "./striving.ts";

const TAGS = ["badges"];
const OfBadge = Type.Object({ badgeId: Id });
const OfClass = Type.Object({ classId: Id });
const OfChild = Type.Object({ studentId: Id });
const OfQuest = Type.Object({ studentId: Id, questId: Id });

export function badgeRoutes(api: Api, deps: Deps): void {
  officeRoutes(api, deps);
  classRoutes(api, deps);
  childRoutes(api, deps);
}

function officeRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/badges",
    config: { access: { to: "members", action: "badge.list" } },
    schema: {
      summary: "The school's badges, and what their rules may name",
      tags: TAGS,
      response: { 200: BadgeCatalogue, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => badgeCatalogue(deps, grant),
  });

  api.route({
    method: "POST",
    url: "/badges/preview",
    config: { access: { to: "members", action: "badge.preview" } },
    schema: {
      summary: "How many children of how many classes a rule would have given a badge last term; never who",
      tags: TAGS,
      body: BadgePreviewInput,
      response: { 200: BadgePreview, ...errorsOf(400, 401, 403, 413, 415, 422) },
    },
    handler: ({ grant, body }) => previewBadge(deps, grant, body.rule),
  });

  api.route({
    method: "PUT",
    url: "/badges/:badgeId",
    config: { access: { to: "members", action: "badge.draft" } },
    schema: {
      summary: "Keep a draft of a badge, new or as the next version of one that is there",
      tags: TAGS,
      params: OfBadge,
      body: BadgeDraftInput,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 409, 413, 415, 422) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await keepBadgeDraft(deps, grant, params.badgeId, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "DELETE",
    url: "/badges/:badgeId",
    config: { access: { to: "members", action: "badge.draft" } },
    schema: {
      summary: "Throw a draft away",
      tags: TAGS,
      params: OfBadge,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: async ({ grant, params }, reply) => {
      await dropDraft(deps, grant, params.badgeId);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/badges/:badgeId/publish",
    config: { access: { to: "members", action: "badge.publish" } },
    schema: {
      summary: "Publish a badge: its rule is frozen, and the version before is retired",
      tags: TAGS,
      params: OfBadge,
      querystring: BadgePublishing,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 422) },
    },
    handler: async ({ grant, params, query }, reply) => {
      await publishBadge(deps, grant, params.badgeId, query);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/badges/:badgeId/retire",
    config: { access: { to: "members", action: "badge.retire" } },
    schema: {
      summary: "Retire a badge: nobody begins it any more, who strives goes on, who has it keeps it",
      tags: TAGS,
      params: OfBadge,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ grant, params }, reply) => {
      await retireBadge(deps, grant, params.badgeId);
      return await reply.code(204).send(null);
    },
  });
}

function classRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/classes/:classId/badges",
    config: { access: { to: "class", action: "badge.list-class" } },
    schema: {
      summary: "Who of a class strives for what, and whose steps are all done",
      tags: TAGS,
      params: OfClass,
      response: { 200: ClassBadges, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => badgesOfClass(deps, grant, params.classId),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/badges/:badgeId/preview",
    config: { access: { to: "class", action: "badge.preview-class" } },
    schema: {
      summary: "Who of the class would have earned a badge last term",
      tags: TAGS,
      params: Type.Object({ classId: Id, badgeId: Id }),
      response: { 200: ClassBadgePreview, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => previewInClass(deps, grant, params),
  });

  api.route({
    method: "POST",
    url: "/classes/:classId/badges/confirm",
    config: { access: { to: "class", action: "badge.award" } },
    schema: {
      summary: "Give badges whose steps are all done",
      tags: TAGS,
      params: OfClass,
      body: ConfirmBadges,
      response: { 200: ConfirmResults, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: ({ grant, params, body }) => confirmBadges(deps, grant, params.classId, body),
  });

  api.route({
    method: "POST",
    url: "/classes/:classId/badges/take-back",
    config: { access: { to: "class", action: "badge.take-back" } },
    schema: {
      summary: "Take back badges that no child has seen yet",
      tags: TAGS,
      params: OfClass,
      body: TakeBackBadges,
      response: { 200: ConfirmResults, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: ({ grant, params, body }) => takeBackBadges(deps, grant, params.classId, body.questIds),
  });
}

function childRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/badges",
    config: { access: { to: "student", action: "badge.read" } },
    schema: {
      summary: "A child's badges, and what it strives for",
      tags: TAGS,
      params: OfChild,
      response: { 200: ChildBadges, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => badgesOfChild(deps, grant, params.studentId),
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/badge-quests/:questId",
    config: { access: { to: "student", action: "badge.strive" } },
    schema: {
      summary: "Begin to strive for a badge; sending it again changes nothing",
      tags: TAGS,
      params: OfQuest,
      body: NewQuest,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await strive(deps, grant, { ...params, ...body });
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "DELETE",
    url: "/students/:studentId/badge-quests/:questId",
    config: { access: { to: "student", action: "badge.strive" } },
    schema: {
      summary: "Lay a badge down",
      tags: TAGS,
      params: OfQuest,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async ({ grant, params }, reply) => {
      await layDown(deps, grant, params);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/badges/shown",
    config: { access: { to: "student", action: "badge.celebrate" } },
    schema: {
      summary: "The child has been shown these badges",
      tags: TAGS,
      params: OfChild,
      body: ShownBadges,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 413, 415) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await celebrate(deps, grant, params.studentId, body.ids);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/badges/:questId/certificate",
    config: { access: { to: "student", action: "badge.read" } },
    schema: {
      summary: "The certificate of a badge as PDF, in the language asked for",
      tags: TAGS,
      params: OfQuest,
      response: { 200: PdfAnswer, ...errorsOf(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      const { grant, params } = request;
      return await sendPdf(
        reply,
        await badgeCertificate(deps, grant, params, localeOf(request)),
        "badge.pdf",
      );
    },
  });
}
