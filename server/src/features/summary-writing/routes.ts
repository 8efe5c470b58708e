/**
 * `/api/v1/students/:studentId/summaries/:termId/evidence` and `…/remark`, a class's evidence, and a teacher's own remarks
 * on a class.
 */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  ClassEvidence,
  OwnRemarks,
  RemarkDraft,
  RemarkSaved,
  SummaryEvidence,
} from "@doudou/shared/contract/summary-writing.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { classEvidence, ownRemarks, summaryEvidence, writeRemark } from "./service.ts";

const TAGS = ["summaries"];
const OfClass = Type.Object({ classId: Id });
const OfStudent = Type.Object({ studentId: Id, termId: Id });

export function summaryWritingRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/summaries/:termId/evidence",
    config: { access: { to: "student", action: "summary.read-evidence" } },
    schema: {
      summary: "What a child's term says, for who writes about it",
      tags: TAGS,
      params: OfStudent,
      response: { 200: SummaryEvidence, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => summaryEvidence(deps, grant, params.studentId, params.termId),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/summary-evidence",
    config: { access: { to: "class", action: "summary.list-evidence" } },
    schema: {
      summary: "What the term of every child of a class says, for who writes about them",
      tags: TAGS,
      params: OfClass,
      querystring: Type.Object({ termId: Id }),
      response: { 200: ClassEvidence, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params, query }) => classEvidence(deps, grant, params.classId, query.termId),
  });

  api.route({
    method: "GET",
    url: "/classes/:classId/summary-remarks",
    config: { access: { to: "class", action: "summary.list-remarks" } },
    schema: {
      summary: "The caller's own sentences about the children of a class",
      tags: TAGS,
      params: OfClass,
      querystring: Type.Object({ termId: Type.Optional(Id) }),
      response: { 200: OwnRemarks, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params, query }) => ownRemarks(deps, grant, params.classId, query.termId),
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/summaries/:termId/remark",
    config: { access: { to: "student", action: "summary.remark" } },
    schema: {
      summary: "Save a subject teacher's sentence; an empty one takes it away",
      tags: TAGS,
      params: OfStudent,
      body: RemarkDraft,
      response: { 200: RemarkSaved, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => writeRemark(deps, grant, params, body),
  });
}
