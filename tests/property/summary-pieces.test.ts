/** What a term summary lacks, and how a class's children are counted by it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { countPieces, missingPieces, SUMMARY_PIECES } from "@doudou/shared/domain/summary-pieces.ts";
import { LEAST_RECORDS } from "@doudou/shared/domain/trend.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";

const records = fc.tuple(...DIMENSIONS.map(() => fc.oneof(fc.constant(0), fc.nat(8))));
const parts = fc.record({
  comment: fc.constantFrom("", "  \n", "你爱提问。"),
  isRated: fc.constantFrom(null, true, false),
  isTested: fc.constantFrom(null, true, false),
  homeroomTeacher: fc.constantFrom(null, "林老师"),
  dimensions: records.map((counts) =>
    DIMENSIONS.map((dimension, place) => ({ dimension, records: counts[place] ?? 0 })),
  ),
});

test("a child with a comment, a teacher's name and all five dimensions lacks nothing, and whoever lacks one of them lacks that", () => {
  fc.assert(
    fc.property(parts, (summary) => {
      const { pieces, dimensions } = missingPieces(summary);
      const all = summary.dimensions.reduce((sum, one) => sum + one.records, 0);
      expect(pieces.includes("comment")).toBe(summary.comment.trim() === "");
      expect(pieces.includes("teacher")).toBe(summary.homeroomTeacher === null);
      expect(pieces.includes("rating")).toBe(summary.isRated === false);
      expect(pieces.includes("fitness")).toBe(summary.isTested === false);
      expect(pieces.includes("records")).toBe(all < LEAST_RECORDS);
      // Whoever has hardly been seen is told of once, not five times more.
      expect(pieces.includes("records") && pieces.includes("dimension")).toBe(false);
      expect(pieces.includes("dimension")).toBe(dimensions.length > 0);
      for (const { dimension, records: count } of summary.dimensions)
        if (dimensions.includes(dimension)) expect(count).toBe(0);
        else if (all >= LEAST_RECORDS) expect(count).toBeGreaterThan(0);
      expect(pieces).toEqual(SUMMARY_PIECES.filter((piece) => pieces.includes(piece)));
    }),
  );
});

test("a class's counts are of children, whoever lacks several counts for each", () => {
  fc.assert(
    fc.property(fc.array(parts), (children) => {
      const lacking = children.map(missingPieces);
      const counts = countPieces(lacking);
      for (const piece of SUMMARY_PIECES)
        expect(counts[piece]).toBe(lacking.filter(({ pieces }) => pieces.includes(piece)).length);
    }),
  );
});
