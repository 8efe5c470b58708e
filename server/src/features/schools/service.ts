/**
 * School frames (terms, calendar, observation points), kept for a moment because every award needs one.
 * What is kept is the same for all people of a school; nothing about a person is kept here.
 */
import type { Database } from "@doudou/db/engines/database.ts";
import {
  type FramePoint,
  schoolFrame,
  type SchoolFrame,
  type SchoolTerm,
} from "@doudou/db/repositories/schools.ts";
import type { TermRef } from "@doudou/shared/contract/common.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { DIMENSION_NAMES } from "@doudou/shared/domain/dimension-names.ts";
import { dealtColours, type PaletteColour } from "@doudou/shared/domain/palette.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import { type Bilingual, perDimension, type PerDimension } from "@doudou/shared/domain/words.ts";
import type { Deps } from "../../deps.ts";
import { logoOnPaper, type SchoolPaper } from "../../documents/school-paper.ts";
import { Problem } from "../../http/problem.ts";

export { deleteOfEndedTerms } from "./every-school.ts";

/** A change of terms or indicators is seen by every process after this long at the latest. */
const KEPT_MS = 5_000;

export interface Frames {
  /** @throws Problem not-found for a school that is not there */
  of(schoolId: string): Promise<SchoolFrame>;
  /** A school's frame has changed: whoever asks next reads it anew. */
  forget(schoolId: string): void;
}

export function createFrames(database: Database): Frames {
  const kept = new Map<string, { readonly frame: Promise<SchoolFrame>; readonly until: number }>();
  return {
    of(schoolId) {
      const found = kept.get(schoolId);
      if (found && found.until > performance.now()) return found.frame;
      const frame = database
        .read(schoolId, (store) => schoolFrame(store, schoolId))
        .then((read) => {
          if (!read) throw new Problem("not-found");
          return read;
        });
      frame.catch(() => kept.delete(schoolId));
      kept.set(schoolId, { frame, until: performance.now() + KEPT_MS });
      return frame;
    },
    forget: (schoolId) => void kept.delete(schoolId),
  };
}

/** What was awarded, whosever point it was: of the scheme, a class's own, or one child's. */
export function pointGiven({ points, ownPoints }: SchoolFrame, id: string): FramePoint | undefined {
  return points.get(id) ?? ownPoints.get(id);
}

/** The points of a scheme for children of a grade; what classes and children have of their own is not among them. */
export function pointsOfScheme(
  { points }: SchoolFrame,
  schemeId: string | null | undefined,
  grade: number,
): FramePoint[] {
  return [...points.values()].filter(
    (point) =>
      point.schemeId === schemeId &&
      point.ofClass === null &&
      point.gradeFrom <= grade &&
      point.gradeTo >= grade,
  );
}

/** The indicators that points are under, each once. */
export function indicatorsOfPoints(points: readonly FramePoint[]) {
  const byCode = new Map(
    points.map(({ indicatorCode: code, indicator: name, dimension }) => [code, { code, name, dimension }]),
  );
  return [...byCode.values()];
}

/** The term now, or between terms the latest that has begun. */
export function currentTerm(frame: SchoolFrame, now: Date): SchoolTerm | undefined {
  const today = localDayOf(now.getTime(), frame.timeZone);
  return termOn(today, frame.terms) ?? frame.terms.findLast((term) => term.startsOn <= today);
}

/** What the school calls the five dimensions in a term. */
export function dimensionNames(frame: SchoolFrame, term: SchoolTerm | undefined): PerDimension<Bilingual> {
  const settings = frame.dimensionsOfScheme.get(term?.schemeId ?? "");
  return perDimension((dimension) => settings?.get(dimension)?.name ?? DIMENSION_NAMES[dimension]);
}

/** Which colour of the palette the school gives each dimension now. */
export function dimensionColours(frame: SchoolFrame, now: Date): PerDimension<PaletteColour> {
  const settings = frame.dimensionsOfScheme.get(currentTerm(frame, now)?.schemeId ?? "");
  return dealtColours((dimension) => settings?.get(dimension)?.colour);
}

/** What every paper of the school carries now: its logo, and the colours it gives the dimensions. */
export async function schoolPaper(
  { pictures, now }: Pick<Deps, "pictures" | "now">,
  frame: SchoolFrame,
): Promise<SchoolPaper & { readonly colours: PerDimension<PaletteColour> }> {
  return { logo: await logoOnPaper(pictures, frame), colours: dimensionColours(frame, now()) };
}

/** @throws Problem term-not-found */
export function termById(frame: SchoolFrame, termId: string): SchoolTerm {
  const term = frame.terms.find((t) => t.id === termId);
  if (!term) throw new Problem("term-not-found");
  return term;
}

/** The last term that was over when another began. */
export function termBefore(frame: SchoolFrame, { startsOn }: SchoolTerm): SchoolTerm | undefined {
  return frame.terms.findLast(({ endsOn }) => endsOn < startsOn);
}

/** A term as the contract shows it. */
export function termRef(frame: SchoolFrame, term: SchoolTerm, now: Date): TermRef {
  const { id, name, startsOn, endsOn } = term;
  return { id, name, startsOn, endsOn, isCurrent: currentTerm(frame, now)?.id === id };
}
