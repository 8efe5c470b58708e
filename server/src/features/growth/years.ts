/** A child over all its terms: stages, levels and how often it was noticed, from tallies only. The ledger is not read, however long it has become. */
import { type Enrolled, enrollmentsOf, studentById } from "@doudou/db/repositories/people.ts";
import type { SchoolTerm } from "@doudou/db/repositories/schools.ts";
import type { Years } from "@doudou/shared/contract/growth.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { buildDimensionGrowth, type GrowthFacts } from "@doudou/shared/domain/growth.ts";
import { ratesOverTerms } from "@doudou/shared/domain/own-past.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { currentTerm, termRef } from "../schools/service.ts";
import { classInTerm, termGrowth } from "./facts.ts";

/**
 * Every term that has begun and in which the child was in a class here; a past one only with something to show.
 * @throws Problem not-found
 */
export async function years(deps: Deps, grant: Grant, studentId: string): Promise<Years> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const today = localDayOf(now.getTime(), frame.timeZone);
  const currentId = currentTerm(frame, now)?.id;
  return await deps.database.read(schoolId, async (store) => {
    const student = await studentById(store, schoolId, studentId);
    if (!student) throw new Problem("not-found");
    const enrollments = await enrollmentsOf(store, schoolId, [studentId]);
    const grown: Grown[] = [];
    for (const term of frame.terms.filter(({ startsOn }) => startsOn <= today)) {
      const inTerm = classInTerm(enrollments, term);
      if (!inTerm) continue;
      const { facts } = await termGrowth(store, frame, term, student, inTerm.grade, now);
      if (facts.points.length === 0 && term.id !== currentId) continue;
      grown.push({ term, inTerm, facts });
    }
    const facts = grown.map((each) => each.facts);
    const rates = new Map(DIMENSIONS.map((dimension) => [dimension, ratesOverTerms(dimension, facts)]));
    return {
      terms: grown.map(({ term, inTerm, facts: ofTerm }, at) => ({
        term: termRef(frame, term, now),
        yearId: term.academicYearId,
        class: { id: inTerm.id, name: inTerm.name, grade: inTerm.grade },
        dimensions: buildDimensionGrowth(ofTerm).map(({ dimension, name, stage, progress, indicators }) => ({
          dimension,
          name,
          stage,
          progress,
          perWeek: rates.get(dimension)?.[at]?.perWeek ?? null,
          change: rates.get(dimension)?.[at]?.change ?? null,
          indicators: indicators.map(({ id, name: called, level }) => ({
            id,
            name: called,
            level,
          })),
        })),
      })),
    };
  });
}

interface Grown {
  readonly term: SchoolTerm;
  readonly inTerm: Enrolled["class"];
  readonly facts: GrowthFacts;
}
