/** A child over all its terms: stages and levels, from tallies only. The ledger is not read, however long it has become. */
import { enrollmentsOf, studentById } from "@doudou/db/repositories/people.ts";
import type { TermOfYears, Years } from "@doudou/shared/contract/growth.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { buildDimensionGrowth } from "@doudou/shared/domain/growth.ts";
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
    const terms: TermOfYears[] = [];
    for (const term of frame.terms.filter(({ startsOn }) => startsOn <= today)) {
      const inTerm = classInTerm(enrollments, term);
      if (!inTerm) continue;
      const { facts } = await termGrowth(store, frame, term, student, inTerm.grade, now);
      if (facts.points.length === 0 && term.id !== currentId) continue;
      terms.push({
        term: termRef(frame, term, now),
        yearId: term.academicYearId,
        class: { id: inTerm.id, name: inTerm.name, grade: inTerm.grade },
        dimensions: buildDimensionGrowth(facts).map(({ dimension, name, stage, progress, indicators }) => ({
          dimension,
          name,
          stage,
          progress,
          indicators: indicators.map(({ id, name: called, level }) => ({
            id,
            name: called,
            level,
          })),
        })),
      });
    }
    return { terms };
  });
}
