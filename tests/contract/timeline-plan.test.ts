/** A child's timeline walks the child's own part of an index, whatever is asked for: its cost does not grow with the ledger. */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { timelineQuery } from "@doudou/db/repositories/ledger.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const span = { from: new Date("2026-09-01T00:00:00Z"), to: new Date("2027-01-23T00:00:00Z") };
const FILTERS = {
  "all of it": undefined,
  "one dimension": { dimension: "moral" },
  "one kind": { kind: "growth" },
  "one term": { span },
  "only with a picture": { hasPicture: true },
  "all at once": { dimension: "moral", kind: "growth", span, hasPicture: true },
} as const;

test.each(Object.entries(FILTERS))(
  "%s: no table is read from end to end, and nothing is sorted",
  async (_name, filter) => {
    const after = { at: WORLD_NOW, id: uuidv7() };
    const { id } = world.school;
    const plan = await world.database.read(id, async (store) => {
      const query = timelineQuery(store, id, world.school.children[0]!.id, {
        limit: 31,
        after,
        withVoided: false,
        filter,
      });
      return await store.db.all<{ detail: string }>(sql`explain query plan ${query.getSQL()}`);
    });
    const steps = plan.map(({ detail }) => detail);
    expect(steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step))).toEqual([]);
    const walk = steps.find((step) => step.startsWith("SEARCH award USING"));
    // Entered where the last page ended, however many there were before it.
    expect(walk).toMatch(/award_student_idx \(school_id=\? AND student_id=\? AND \(?occurred_at/);
  },
);
