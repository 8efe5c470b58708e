/** Whatever happens to a school, at no time anybody sees a child that it may not: the histories are in org-story.ts. */
import { test } from "vitest";
import { expectNobodySeesTooMuch } from "../support/org-story.ts";
import { createWorld } from "../support/world.ts";

test("at no time anybody sees a child it may not, whatever the office did before", async () => {
  const world = await createWorld();
  try {
    await expectNobodySeesTooMuch(world, 12);
  } finally {
    await world.close();
  }
}, 240_000);
