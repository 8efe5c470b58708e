/** The register of incidents with children's data, and of drills: only ever added to. */
import Type, { type Static } from "typebox";
import { INCIDENT_ENTRY_KINDS, INCIDENT_STEPS, LEAKED_KINDS, STEP_OUTCOMES } from "../domain/incidents.ts";
import { Id, Instant, LocaleName, LocalDate, NewId, oneOf, WrittenText } from "./common.ts";

const LONG = 2000;
const SHORT = 200;
const MOST_CHILDREN = 100_000;

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const StepName = oneOf(INCIDENT_STEPS);
const OutcomeName = oneOf(STEP_OUTCOMES);

export const IncidentFacts = Type.Object(
  {
    noticedAt: Instant,
    what: WrittenText({ minLength: 1, maxLength: LONG }),
    kinds: Type.Array(oneOf(LEAKED_KINDS), { uniqueItems: true, maxItems: LEAKED_KINDS.length }),
    children: orNull(
      Type.Integer({ minimum: 0, maximum: MOST_CHILDREN, description: "about how many are concerned" }),
    ),
    whom: Type.Unsafe<string>({
      ...WrittenText({ maxLength: SHORT }),
      description: "classes or groups, never a child's name",
    }),
    cause: WrittenText({ maxLength: LONG }),
    harm: Type.Unsafe<string>({
      ...WrittenText({ maxLength: LONG }),
      description: "empty for the usual sentences about these kinds of data",
    }),
    measures: WrittenText({ maxLength: LONG }),
    advice: Type.Unsafe<string>({
      ...WrittenText({ maxLength: LONG }),
      description: "what families can do; empty for the usual sentences about these kinds of data",
    }),
  },
  { additionalProperties: false },
);
export type IncidentFacts = Static<typeof IncidentFacts>;

export const NewIncident = Type.Object(
  {
    id: NewId,
    isDrill: Type.Boolean({ description: "practised with a made-up case" }),
    facts: IncidentFacts,
  },
  { additionalProperties: false },
);
export type NewIncident = Static<typeof NewIncident>;

export const FactsEntry = Type.Object({ id: NewId, facts: IncidentFacts }, { additionalProperties: false });
export type FactsEntry = Static<typeof FactsEntry>;

export const StepEntry = Type.Object(
  {
    id: NewId,
    step: StepName,
    outcome: OutcomeName,
    doneAt: Instant,
    note: WrittenText({ maxLength: LONG }),
  },
  { additionalProperties: false },
);
export type StepEntry = Static<typeof StepEntry>;

export const ClosingEntry = Type.Object(
  { id: NewId, note: WrittenText({ maxLength: LONG }) },
  { additionalProperties: false },
);
export type ClosingEntry = Static<typeof ClosingEntry>;

export const DocumentQuery = Type.Object({ locale: Type.Optional(LocaleName) });
export type DocumentQuery = Static<typeof DocumentQuery>;

export const IncidentLine = Type.Object({
  id: Id,
  isDrill: Type.Boolean(),
  noticedAt: Instant,
  what: Type.String(),
  isClosed: Type.Boolean(),
  stepsToDo: Type.Integer({ minimum: 0 }),
});
export type IncidentLine = Static<typeof IncidentLine>;

export const IncidentRegister = Type.Object({
  incidents: Type.Array(IncidentLine, { description: "latest first" }),
  lastDrillOn: orNull(LocalDate),
  isDrillDue: Type.Boolean({ description: "none was finished within a year" }),
  timeZone: Type.String({ description: "the school's" }),
});
export type IncidentRegister = Static<typeof IncidentRegister>;

export const Incident = Type.Object({
  id: Id,
  isDrill: Type.Boolean(),
  startedAt: Instant,
  startedBy: Type.String(),
  timeZone: Type.String({ description: "the school's" }),
  facts: IncidentFacts,
  steps: Type.Array(
    Type.Object({
      step: StepName,
      outcome: oneOf(["open", "done", "not-needed"] as const),
      doneAt: orNull(Instant),
      by: orNull(Type.String()),
      note: Type.String(),
    }),
    { description: "one for each step, in their order" },
  ),
  isClosed: Type.Boolean(),
  entries: Type.Array(
    Type.Object({
      seq: Type.Integer({ minimum: 1 }),
      kind: oneOf(INCIDENT_ENTRY_KINDS),
      at: Instant,
      by: Type.String(),
      facts: orNull(IncidentFacts),
      step: orNull(StepName),
      outcome: orNull(OutcomeName),
      doneAt: orNull(Instant),
      note: Type.String(),
    }),
    { description: "in the order they were made" },
  ),
  texts: Type.Object(
    { report: Type.String(), letter: Type.String() },
    { description: "to the authority, and to the families, as far as is known" },
  ),
});
export type Incident = Static<typeof Incident>;
