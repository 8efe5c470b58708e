/**
 * `/api/v1/access`: a teacher asks to read whom the teacher does not teach, or opens a record in an emergency;
 * `/api/v1/access/office`: a responsible person answers, and looks at emergencies afterwards.
 */
import Type from "typebox";
import {
  AccessAnswer,
  AccessCounts,
  AccessInput,
  AccessReview,
  EmergencyInput,
  OfficeAccesses,
  OwnAccesses,
} from "@doudou/shared/contract/access-grants.ts";
import { Id } from "@doudou/shared/contract/common.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { accessCounts, answerRequest, endForOffice, officeAccesses, reviewEmergency } from "./answering.ts";
import { askForAccess, endOwn, openInEmergency, ownAccesses } from "./service.ts";

const TAGS = ["access"];
const OF_ONE = Type.Object({ accessId: Id });

export function accessGrantRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/access",
    config: { access: { to: "members", action: "access.list-own" } },
    schema: {
      summary: "What the caller asked to read, may read now or once might, and what may be asked for",
      tags: TAGS,
      response: { 200: OwnAccesses, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => ownAccesses(deps, grant),
  });

  api.route({
    method: "GET",
    url: "/access/counts",
    config: { access: { to: "members", action: "access.count" } },
    schema: {
      summary: "How much waits for an administrator, and how much a teacher may read now",
      tags: TAGS,
      response: { 200: AccessCounts, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => accessCounts(deps, grant),
  });

  api.route({
    method: "POST",
    url: "/access",
    config: { access: { to: "members", action: "access.ask" } },
    schema: {
      summary:
        "Ask to read a class, or a child of it; the answer is the same whether there is such a child or not",
      tags: TAGS,
      body: AccessInput,
      response: { 200: OwnAccesses, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, body }) => askForAccess(deps, grant, body),
  });

  api.route({
    method: "POST",
    url: "/access/emergency",
    config: { access: { to: "members", action: "access.break-glass" } },
    schema: {
      summary: "Open one child's record at once, for some hours; administrators and guardians are told",
      tags: TAGS,
      body: EmergencyInput,
      response: { 200: OwnAccesses, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ caller, grant, body }) => openInEmergency(deps, caller, grant, body),
  });

  api.route({
    method: "POST",
    url: "/access/:accessId/end-own",
    config: { access: { to: "members", action: "access.end-own" } },
    schema: {
      summary: "Take one's own request back, or end what one may read before its time",
      tags: TAGS,
      params: OF_ONE,
      response: { 200: OwnAccesses, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: ({ grant, params }) => endOwn(deps, grant, params.accessId),
  });

  api.route({
    method: "GET",
    url: "/access/office",
    config: { access: { to: "members", action: "access.list" } },
    schema: {
      summary: "Requests that wait, what is open now, emergencies to look at, and what is over",
      tags: TAGS,
      response: { 200: OfficeAccesses, ...errorsOf(401, 403) },
    },
    handler: ({ caller, grant }) => officeAccesses(deps, caller, grant),
  });

  api.route({
    method: "POST",
    url: "/access/:accessId/answer",
    config: { access: { to: "members", action: "access.answer" } },
    schema: {
      summary:
        "Approve somebody else's request, for as long as was asked or shorter, or refuse it with words",
      tags: TAGS,
      params: OF_ONE,
      body: AccessAnswer,
      response: { 200: OfficeAccesses, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ caller, grant, params, body }) => answerRequest(deps, caller, grant, params.accessId, body),
  });

  api.route({
    method: "POST",
    url: "/access/:accessId/end",
    config: { access: { to: "members", action: "access.end" } },
    schema: {
      summary: "End what somebody may read, before its time",
      tags: TAGS,
      params: OF_ONE,
      response: { 200: OfficeAccesses, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: ({ caller, grant, params }) => endForOffice(deps, caller, grant, params.accessId),
  });

  api.route({
    method: "POST",
    url: "/access/:accessId/review",
    config: { access: { to: "members", action: "access.review" } },
    schema: {
      summary: "Say whether an emergency was one",
      tags: TAGS,
      params: OF_ONE,
      body: AccessReview,
      response: { 200: OfficeAccesses, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ caller, grant, params, body }) => reviewEmergency(deps, caller, grant, params.accessId, body),
  });
}
