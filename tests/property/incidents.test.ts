/** An incident with children's data: what its entries leave to do, whatever their order, and when a drill is due. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "@doudou/shared/domain/calendar.ts";
import {
  INCIDENT_STEPS,
  type IncidentEntry,
  isDrillDue,
  standingAfter,
  STEP_OUTCOMES,
  stepsToDo,
  takenAt,
} from "@doudou/shared/domain/incidents.ts";

const START = Date.parse("2026-11-11T02:00:00Z");
const blank = { facts: null, step: null, outcome: null, doneAt: null, note: "" } as const;
const stepEntry: fc.Arbitrary<IncidentEntry> = fc
  .record({
    step: fc.constantFrom(...INCIDENT_STEPS),
    outcome: fc.constantFrom(...STEP_OUTCOMES),
    minutes: fc.nat(10_000),
  })
  .map(({ step, outcome, minutes }) => ({
    ...blank,
    kind: "step",
    step,
    outcome,
    doneAt: outcome === "done" ? new Date(START + minutes * 60_000) : null,
  }));
const turn: fc.Arbitrary<IncidentEntry> = fc
  .constantFrom("closed" as const, "reopened" as const)
  .map((kind) => ({ ...blank, kind }));
const entries = fc.array(fc.oneof({ weight: 5, arbitrary: stepEntry }, turn), { maxLength: 40 });

describe("an incident", () => {
  test("has each step once, and the last word about it holds", () => {
    fc.assert(
      fc.property(entries, (all) => {
        const { steps } = standingAfter(all);
        expect(steps.map(({ step }) => step)).toEqual([...INCIDENT_STEPS]);
        for (const { step, outcome } of steps) {
          const last = all.findLast((entry) => entry.step === step)?.outcome ?? "undone";
          expect(outcome).toBe(last === "undone" ? "open" : last);
        }
      }),
    );
  });

  test("leaves nothing to do just where every step was done or said not to be needed", () => {
    fc.assert(
      fc.property(entries, (all) => {
        const standing = standingAfter(all);
        const isAnswered = standing.steps.every(({ outcome }) => outcome !== "open");
        expect(stepsToDo(standing).length === 0).toBe(isAnswered);
      }),
    );
  });

  test("is not changed by an entry about another step, and nothing is unticked but by an entry that says so", () => {
    fc.assert(
      fc.property(entries, stepEntry, (all, more) => {
        const [before, after] = [standingAfter(all), standingAfter([...all, more])];
        for (const [index, step] of before.steps.entries())
          if (step.step !== more.step) expect(after.steps[index]).toEqual(step);
        const hasBecomeOpen = stepsToDo(after).some((step) => !stepsToDo(before).includes(step));
        if (hasBecomeOpen) expect(more.outcome).toBe("undone");
      }),
    );
  });

  test("counts as told from the first of the moments that still hold, and as closed by the last turn", () => {
    fc.assert(
      fc.property(entries, (all) => {
        const standing = standingAfter(all);
        const moments = standing.steps
          .filter(({ step }) => step === "education" || step === "cyberspace")
          .flatMap(({ doneAt }) => (doneAt ? [doneAt.getTime()] : []));
        const told = takenAt(standing, "education", "cyberspace")?.getTime();
        expect(told).toBe(moments.length > 0 ? Math.min(...moments) : undefined);
        const turns = all.filter(({ kind }) => kind !== "step");
        expect(standing.isClosed).toBe(turns.at(-1)?.kind === "closed");
      }),
    );
  });
});

test("a drill is due where there was none, or the last is older than a year", () => {
  const today = "2026-11-11";
  expect(isDrillDue(null, today)).toBe(true);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 800 }), (days) => {
      expect(isDrillDue(addDays(today, -days), today)).toBe(days > 365);
    }),
  );
});
