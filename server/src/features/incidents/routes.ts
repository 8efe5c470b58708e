/** `/api/v1/privacy/incidents`: the register of incidents with children's data, for the school's office alone. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  ClosingEntry,
  DocumentQuery,
  FactsEntry,
  Incident,
  IncidentRegister,
  NewIncident,
  StepEntry,
} from "@doudou/shared/contract/incidents.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { DocxAnswer, sendDocx } from "../../http/docx.ts";
import {
  answerStep,
  closeIncident,
  correctFacts,
  incidentDocument,
  incidentInFull,
  incidentRegister,
  reopenIncident,
  startIncident,
} from "./service.ts";

const TAGS = ["privacy"];
const OneIncident = Type.Object({ incidentId: Id });
/** The log says which one was looked at. */
const READS_ONE = { to: "members", action: "incident.read", subject: "incidentId" } as const;

export function incidentRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/privacy/incidents",
    config: { access: { to: "members", action: "incident.read" } },
    schema: {
      summary: "Incidents and drills, latest first, and whether a drill is due",
      tags: TAGS,
      response: { 200: IncidentRegister, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => incidentRegister(deps, grant),
  });

  api.route({
    method: "POST",
    url: "/privacy/incidents",
    config: { access: { to: "members", action: "incident.start" } },
    schema: {
      summary: "Start an incident, or a drill, with what is known",
      tags: TAGS,
      body: NewIncident,
      response: { 200: Incident, ...errorsOf(400, 401, 403, 409, 413, 415, 422) },
    },
    handler: ({ caller, grant, body }) => startIncident(deps, grant, body, caller.account.locale),
  });

  api.route({
    method: "GET",
    url: "/privacy/incidents/:incidentId",
    config: { access: READS_ONE },
    schema: {
      summary: "One incident: what is known, its steps, every entry, and the two texts",
      tags: TAGS,
      params: OneIncident,
      response: { 200: Incident, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ caller, grant, params }) =>
      incidentInFull(deps, grant, params.incidentId, caller.account.locale),
  });

  api.route({
    method: "POST",
    url: "/privacy/incidents/:incidentId/facts",
    config: { access: { to: "members", action: "incident.enter" } },
    schema: {
      summary: "Say what is known by now; what was said before stays in the entries",
      tags: TAGS,
      params: OneIncident,
      body: FactsEntry,
      response: { 200: Incident, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ caller, grant, params, body }) =>
      correctFacts(deps, grant, params.incidentId, body, caller.account.locale),
  });

  api.route({
    method: "POST",
    url: "/privacy/incidents/:incidentId/steps",
    config: { access: { to: "members", action: "incident.enter" } },
    schema: {
      summary: "Say that a step was taken, is not needed, or was not taken after all",
      tags: TAGS,
      params: OneIncident,
      body: StepEntry,
      response: { 200: Incident, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ caller, grant, params, body }) =>
      answerStep(deps, grant, params.incidentId, body, caller.account.locale),
  });

  api.route({
    method: "POST",
    url: "/privacy/incidents/:incidentId/close",
    config: { access: { to: "members", action: "incident.enter" } },
    schema: {
      summary: "Close it once every step is answered for",
      tags: TAGS,
      params: OneIncident,
      body: ClosingEntry,
      response: { 200: Incident, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ caller, grant, params, body }) =>
      closeIncident(deps, grant, params.incidentId, body, caller.account.locale),
  });

  api.route({
    method: "POST",
    url: "/privacy/incidents/:incidentId/reopen",
    config: { access: { to: "members", action: "incident.enter" } },
    schema: {
      summary: "Open a closed one again, and say why",
      tags: TAGS,
      params: OneIncident,
      body: ClosingEntry,
      response: { 200: Incident, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ caller, grant, params, body }) =>
      reopenIncident(deps, grant, params.incidentId, body, caller.account.locale),
  });

  for (const which of ["report", "letter"] as const)
    api.route({
      method: "GET",
      url: `/privacy/incidents/:incidentId/${which}.docx`,
      config: { access: READS_ONE },
      schema: {
        summary:
          which === "report"
            ? "The report to the authority, to be finished and sent"
            : "The letter to the families, to be finished and sent",
        tags: TAGS,
        params: OneIncident,
        querystring: DocumentQuery,
        response: { 200: DocxAnswer, ...errorsOf(400, 401, 403, 404) },
      },
      handler: async ({ caller, grant, params, query }, reply) => {
        const locale = query.locale ?? caller.account.locale;
        const file = await incidentDocument(deps, grant, params.incidentId, { which, locale });
        return await sendDocx(reply, file, `incident-${which}.docx`);
      },
    });
}
