/** An incident with children's data as an administrator enters it: a roster sent to the wrong address. */
import { v7 as uuidv7 } from "uuid";
import type { IncidentFacts, NewIncident } from "@doudou/shared/contract/incidents.ts";
import { INCIDENT_STEPS, type IncidentStep } from "@doudou/shared/domain/incidents.ts";
import type { Answer, Client } from "./client.ts";
import { WORLD_NOW } from "./school.ts";

const HOUR = 3_600_000;
export const NOTICED_AT = new Date(WORLD_NOW.getTime() - HOUR).toISOString();

export function factsOf(over: Partial<IncidentFacts> = {}): IncidentFacts {
  return {
    noticedAt: NOTICED_AT,
    what: "三年级的名册发到了校外的邮箱。",
    kinds: ["names", "contacts"],
    children: 84,
    whom: "三年级两个班",
    cause: "",
    harm: "",
    measures: "",
    advice: "",
    ...over,
  };
}

export function newIncident(over: Partial<NewIncident> = {}): NewIncident {
  return { id: uuidv7(), isDrill: false, facts: factsOf(), ...over };
}

/** Says of a step that it was taken, unless told otherwise. */
export function answering(step: IncidentStep, over: object = {}) {
  return { id: uuidv7(), step, outcome: "done", doneAt: WORLD_NOW.toISOString(), note: "", ...over };
}

/** Says of every step that it was taken, and gives the last answer. */
export async function answerEverything(client: Client, incidentId: string): Promise<Answer> {
  let last: Answer | undefined;
  for (const step of INCIDENT_STEPS)
    last = await client.ask("POST", `/privacy/incidents/${incidentId}/steps`, answering(step));
  if (!last) throw new Error("there are steps");
  return last;
}
