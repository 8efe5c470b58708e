/** On PostgreSQL too nobody sees a child that it may not, whatever happened before: the histories are in org-story.ts. */
import { test } from "vitest";
import { expectNobodySeesTooMuch } from "../support/org-story.ts";
import { createWorld } from "../support/world.ts";

test("at no time anybody sees a child it may not, on postgres", async () => {
  const world = await createWorld("postgres");
  try {
    await expectNobodySeesTooMuch(world, 2);
  } finally {
    await world.close();
  }
}, 240_000);
