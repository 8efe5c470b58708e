/**
 * How often an indicator was seen in a term, as one of four levels (等级制) in place of a score.
 * A level says how often this child was noticed, which depends on teacher and timetable: it is not comparable across children.
 */
import type { Level } from "./words.ts";

// Our choice, in records per school week: about once in four weeks, and about three times in five weeks. A level also asks
// for so many records at least, so that one in the first week is not "always".
const OFTEN = { perWeek: 0.25, records: 3 };
const ALWAYS = { perWeek: 0.6, records: 6 };

/**
 * The level of an indicator: `none` (no record, which is not a zero), `seen`, `often`, `always`.
 * @param count records of the indicator in the term
 * @param weeks school weeks elapsed in the term, at least 1
 */
export function levelOf(count: number, weeks: number): Level {
  if (count <= 0) return "none";
  const reaches = (level: typeof OFTEN) =>
    count >= level.records && count / Math.max(1, weeks) >= level.perWeek;
  if (reaches(ALWAYS)) return "always";
  return reaches(OFTEN) ? "often" : "seen";
}
