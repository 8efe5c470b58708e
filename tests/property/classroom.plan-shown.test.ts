/** Which seating plan a class page shows: the one chosen, else the own subject's, else the one for all lessons. */
import { expect, test } from "vitest";
import type { SeatingPlan } from "@doudou/shared/contract/seating.ts";
import { planShown } from "../../web/src/lib/classroom/plan-shown.ts";

const plan = (id: string, subjectId: string | null): SeatingPlan => ({
  id,
  subjectId,
  name: id,
  rows: 1,
  columns: 1,
  aisles: [],
  seats: [null],
  version: 1,
  changedBy: "王老师",
  changedAt: "2026-09-01T00:00:00Z",
});
const subject = (id: string, isOwn: boolean) => ({ id, isOwn, name: { zh: id, en: id } });
const plans = [plan("art room", "art"), plan("usual", null), plan("laboratory", "science")];

test("a subject teacher is shown the plan of the own subject, whoever has none the plan for all lessons", () => {
  const shownTo = (own: string, chosenId?: string) =>
    planShown({ plans, subjects: ["art", "science"].map((id) => subject(id, id === own)) }, chosenId)?.id;
  expect(shownTo("science")).toBe("laboratory");
  expect(shownTo("art")).toBe("art room");
  expect(shownTo("none of these")).toBe("usual");
  expect(shownTo("science", "usual")).toBe("usual");
  expect(shownTo("science", "one that was deleted")).toBe("laboratory");
});

test("where every plan is another subject's, the oldest is shown; where there is none, none", () => {
  expect(planShown({ plans: [plans[0]!, plans[2]!], subjects: [] }, undefined)?.id).toBe("art room");
  expect(planShown({ plans: [], subjects: [] }, undefined)).toBeUndefined();
});
