/** Whether a child is greeted as a seed: only where nothing was ever noticed of it here, however long a gap it had. */
import { expect, test } from "vitest";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import { isUnsown } from "../../web/src/lib/growth/stage-steps.ts";

const termNamed = (id: string, isCurrent: boolean) => ({
  id,
  name: { zh: id, en: id },
  startsOn: "2026-09-01",
  endsOn: "2027-01-22",
  isCurrent,
});
const NOW = termNamed("now", true);
const nothing = DIMENSIONS.map(() => ({ records: 0 }));

test("a child new to the school is a seed until the first bean", () => {
  expect(isUnsown({ dimensions: nothing, terms: [NOW] })).toBe(true);
  expect(isUnsown({ dimensions: [{ records: 1 }, ...nothing.slice(1)], terms: [NOW] })).toBe(false);
});

test("a child that comes back after a term away keeps what was noticed before", () => {
  const longAgo = termNamed("two terms ago", false);
  expect(isUnsown({ dimensions: nothing, terms: [NOW, longAgo] })).toBe(false);
  expect(isUnsown({ dimensions: nothing, terms: [NOW, termNamed("last term", false)] })).toBe(false);
});
