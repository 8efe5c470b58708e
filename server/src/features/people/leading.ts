/**
 * Who leads which grade, decided by the school office: one transaction a change, with what stood before in the audit log.
 * What it gives follows from the dates by itself: to review the summaries of the grade, and nothing else of its children.
 */
import { allClasses, yearsIn } from "@doudou/db/repositories/directory.ts";
import {
  addLeadership,
  endLeadership,
  type Leadership,
  leadershipsIn,
} from "@doudou/db/repositories/grade-leaderships.ts";
import type { NewLeadership } from "@doudou/shared/contract/people.ts";
import { endedOn, overlap } from "@doudou/shared/domain/people/assignments.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { rosterLock } from "../roster-imports/service.ts";
import { requireTeacher } from "./placing.ts";

/**
 * Lets a teacher lead a grade from a day on, to the last day of its school year at most. Sending it again changes nothing.
 * @throws Problem not-found, not-a-teacher, days-backwards, grade-not-in-session, leads-already
 */
export async function lead(
  deps: Deps,
  grant: Grant,
  membershipId: string,
  { id, grade, from, until }: NewLeadership,
): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    await store.lock([rosterLock(schoolId)]);
    if ((await leadershipsIn(store, schoolId, { id })).length > 0) return;
    await requireTeacher(store, schoolId, membershipId);
    if (until !== null && until < from) throw new Problem("days-backwards");
    const year = (await yearsIn(store, schoolId)).find((y) => y.startsOn <= from && from <= y.endsOn);
    if (!year || (until !== null && year.endsOn < until)) throw new Problem("grade-not-in-session");
    const academicYearId = year.id;
    const ofGrade = (other: Pick<Leadership, "academicYearId" | "grade">) =>
      other.academicYearId === academicYearId && other.grade === grade;
    if (!(await allClasses(store, schoolId)).some(ofGrade)) throw new Problem("grade-not-in-session");
    const endsOn = until ?? year.endsOn;
    const added: Leadership = { id, membershipId, academicYearId, grade, startsOn: from, endsOn };
    const others = await leadershipsIn(store, schoolId, { membershipId });
    if (others.some((other) => ofGrade(other) && overlap(other, added))) throw new Problem("leads-already");
    await addLeadership(store, schoolId, added);
    const after = noted(added);
    await noteChange(store, grant, { action: "people.lead", at, subjectId: membershipId, after });
  });
}

/**
 * Ends a leadership after a day; one that would end before it began is taken back.
 * @throws Problem not-found
 */
export async function endLead(deps: Deps, grant: Grant, id: string, lastDay: string): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    await store.lock([rosterLock(schoolId)]);
    const [found] = await leadershipsIn(store, schoolId, { id });
    if (!found) throw new Problem("not-found");
    const ended = endedOn(found, lastDay);
    if (ended === found) return;
    await endLeadership(store, schoolId, id, ended?.endsOn ?? null);
    await noteChange(store, grant, {
      action: "people.lead",
      at,
      subjectId: found.membershipId,
      before: noted(found),
      after: ended && noted(ended),
    });
  });
}

function noted({ grade, startsOn: from, endsOn: until }: Leadership) {
  return { grade, from, until };
}
