/** What a work must be, and how a child's terms become school years: whatever is given. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  FILE_KINDS,
  isEmptyWork,
  isIndicatorOf,
  LARGEST_FILES,
  MOST_BYTES_OF_TERM,
  MOST_FILES_OF_WORK,
  needsPhotoConsent,
} from "@doudou/shared/domain/works.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";

test("a work is empty exactly where there is neither a file nor a word that can be read", () => {
  const blank = fc.constantFrom("", " ", "\n", "　");
  fc.assert(
    fc.property(fc.array(fc.uuid()), fc.oneof(blank, fc.string()), (fileIds, reflection) => {
      const isEmpty = isEmptyWork({ fileIds, reflection });
      expect(isEmpty).toBe(fileIds.length === 0 && !/\S/.test(reflection));
    }),
  );
});

test("a family that agrees to no pictures can still keep something, and nothing that shows or sounds like the child", () => {
  expect(FILE_KINDS.filter((kind) => !needsPhotoConsent(kind))).toEqual(["pdf"]);
  expect(isEmptyWork({ fileIds: [], reflection: "我会骑车了" })).toBe(false);
});

test("a work of the largest files there can be fits into a term", () => {
  expect(MOST_FILES_OF_WORK * Math.max(...Object.values(LARGEST_FILES))).toBeLessThanOrEqual(
    MOST_BYTES_OF_TERM,
  );
});

test("an indicator counts for its own dimension and no other", () => {
  const dimension = fc.constantFrom(...DIMENSIONS);
  fc.assert(
    fc.property(dimension, dimension, (own, asked) => {
      expect(isIndicatorOf({ dimension: own }, asked)).toBe(own === asked);
    }),
  );
  expect(isIndicatorOf(undefined, "moral")).toBe(false);
});
