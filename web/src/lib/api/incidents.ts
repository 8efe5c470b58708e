/** The calls of the register of incidents, typed by the contract. One function a call, nothing kept, nothing decided. */
import type {
  ClosingEntry,
  FactsEntry,
  Incident,
  IncidentRegister,
  NewIncident,
  StepEntry,
} from "@doudou/shared/contract/incidents.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import { addressOf, request } from "./request.ts";

type Signal = AbortSignal | undefined;

export function readIncidents(signal?: Signal): Promise<IncidentRegister> {
  return request("/privacy/incidents", { signal });
}

export function readIncident(incidentId: string, signal?: Signal): Promise<Incident> {
  return request(`/privacy/incidents/${incidentId}`, { signal });
}

/** Sending it again under the same id changes nothing; so it is with every entry. */
export function startIncident(started: NewIncident): Promise<Incident> {
  return request("/privacy/incidents", { method: "POST", body: started });
}

export function correctFacts(incidentId: string, entry: FactsEntry): Promise<Incident> {
  return request(`/privacy/incidents/${incidentId}/facts`, { method: "POST", body: entry });
}

export function answerStep(incidentId: string, entry: StepEntry): Promise<Incident> {
  return request(`/privacy/incidents/${incidentId}/steps`, { method: "POST", body: entry });
}

export function closeIncident(incidentId: string, entry: ClosingEntry): Promise<Incident> {
  return request(`/privacy/incidents/${incidentId}/close`, { method: "POST", body: entry });
}

export function reopenIncident(incidentId: string, entry: ClosingEntry): Promise<Incident> {
  return request(`/privacy/incidents/${incidentId}/reopen`, { method: "POST", body: entry });
}

/** Where the report to the authority, or the letter to the families, is to be had as .docx. */
export function incidentFileAddress(incidentId: string, which: "report" | "letter", locale: Locale): string {
  return addressOf(`/privacy/incidents/${incidentId}/${which}.docx`, { locale });
}
