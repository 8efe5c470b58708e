/** How the school's children would stand today by thresholds that are being tried: shares of all, nobody by name. */
import { weekBeansOfSchool } from "@doudou/db/repositories/growth.ts";
import type { PreviewStages, StagePreview } from "@doudou/shared/contract/indicators.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { type GrowthSoFar, SMALLEST_GROUP, stageShares } from "@doudou/shared/domain/stage-shares.ts";
import { schoolWeeksOf, weeksElapsed } from "@doudou/shared/domain/terms.ts";
import { type Dimension, DIMENSIONS, perDimension } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { currentTerm } from "../schools/service.ts";

/** Reads tallies once, for the term now. */
export async function previewStages(
  deps: Deps,
  { schoolId }: Grant,
  { thresholds }: PreviewStages,
): Promise<StagePreview> {
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const term = currentTerm(frame, now);
  if (!term) return { children: 0, dimensions: null };
  const today = localDayOf(now.getTime(), frame.timeZone);
  const to = today < term.endsOn ? today : term.endsOn;
  const allWeeks = schoolWeeksOf(term, frame.exceptions);
  const weeks = allWeeks.slice(0, Math.ceil(weeksElapsed(term, to, frame.exceptions)));
  const rows = await deps.database.read(schoolId, (store) =>
    weekBeansOfSchool(store, schoolId, { day: to, from: term.startsOn, to, weeks }),
  );

  const children = new Map<string, { grade: number; beans: Record<Dimension, number[]> }>();
  for (const { studentId, grade, dimension, week, beans } of rows) {
    const child = children.get(studentId) ?? { grade, beans: perDimension(() => weeks.map(() => 0)) };
    children.set(studentId, child);
    if (dimension !== null) child.beans[dimension][week] = beans;
  }
  if (children.size < SMALLEST_GROUP) return { children: children.size, dimensions: null };
  const growthIn = (dimension: Dimension): GrowthSoFar[] =>
    [...children.values()].map(({ grade, beans }) => ({ grade, weeklyBeans: beans[dimension] }));
  const shares = DIMENSIONS.map((dimension) => {
    const found = stageShares(growthIn(dimension), thresholds[dimension], allWeeks.length) ?? [];
    return [dimension, found.map(({ stages, percent }) => ({ stages: [...stages], percent }))] as const;
  });
  const of = new Map(shares);
  return { children: children.size, dimensions: perDimension((dimension) => of.get(dimension) ?? []) };
}
