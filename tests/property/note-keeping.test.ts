/** When the words beside an award go: by whole months, never before their time, and never back. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "@doudou/shared/domain/days.ts";
import { notesGoBefore } from "@doudou/shared/domain/note-keeping.ts";

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays("2000-01-01", days));
const months = fc.integer({ min: 12, max: 72 });

test("a note is kept for its months, to the first of a month", () => {
  expect(notesGoBefore("2026-11-27", 24)).toBe("2024-11-01");
  expect(notesGoBefore("2026-01-31", 12)).toBe("2025-01-01");
  expect(notesGoBefore("2028-02-29", 14)).toBe("2026-12-01");
});

test("the day before which notes go is the first of a month and never moves back", () => {
  fc.assert(
    fc.property(day, fc.nat(800), months, (today, later, kept) => {
      const before = notesGoBefore(today, kept);
      expect(before).toMatch(/-01$/);
      expect(notesGoBefore(addDays(today, later), kept) >= before).toBe(true);
    }),
  );
});

test("a school that keeps them longer never lets one go that a shorter time would have kept", () => {
  fc.assert(
    fc.property(day, months, months, (today, one, other) => {
      const [shorter, longer] = [Math.min(one, other), Math.max(one, other)];
      expect(notesGoBefore(today, longer) <= notesGoBefore(today, shorter)).toBe(true);
      // Twelve months are never less than 365 days but for the rest of the running month.
      expect(notesGoBefore(today, 12) <= addDays(today, -365)).toBe(true);
    }),
  );
});
