/**
 * Gentle reminders that a summary waits to be read and signed. A homeroom teacher sends them by hand, having seen whom they
 * reach; the server never does so by itself, nor lets anybody do so again within some days.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { guardiansOf } from "@doudou/db/repositories/consents.ts";
import { membersByMail } from "@doudou/db/repositories/mail-addresses.ts";
import { studentsOfClass } from "@doudou/db/repositories/people.ts";
import { addNudges, lastNudges, unsignedAmong } from "@doudou/db/repositories/summary-nudges.ts";
import type { Nudged, NudgeInput, WaitingFamilies } from "@doudou/shared/contract/summary-nudges.ts";
import { mayNudge, NUDGE_AFTER_DAYS } from "@doudou/shared/domain/notices.ts";
import { v7 as uuidv7 } from "uuid";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { tellGuardians } from "../inbox/service.ts";
import { termById } from "../schools/service.ts";
import { lastDaySoFar } from "../summaries/service.ts";

/** Who waits, in class-list order: published, and signed by none of its guardians. */
export async function waitingFamilies(
  deps: Deps,
  { schoolId }: Grant,
  classId: string,
  termId: string,
): Promise<WaitingFamilies> {
  const frame = await deps.frames.of(schoolId);
  const term = termById(frame, termId);
  const now = deps.now();
  return await deps.database.read(schoolId, async (store) => {
    const students = await studentsOfClass(store, schoolId, classId, lastDaySoFar(term, frame, now));
    const ids = students.map(({ id }) => id);
    const waiting = await unsignedAmong(store, schoolId, termId, ids);
    const last = await lastNudges(store, schoolId, termId, ids);
    const guardians = await guardiansOf(store, schoolId, [...waiting]);
    const byMail = deps.channels.mail
      ? await membersByMail(
          store,
          schoolId,
          guardians.map(({ membershipId }) => membershipId),
        )
      : new Set<string>();
    const families = students
      .filter(({ id }) => waiting.has(id))
      .map(({ id: studentId, name }) => {
        const own = guardians.filter((guardian) => guardian.studentId === studentId);
        const nudgedAt = last.get(studentId) ?? null;
        return {
          studentId,
          name,
          guardians: own.length,
          byMail: own.filter(({ membershipId }) => byMail.has(membershipId)).length,
          nudgedAt: nudgedAt?.toISOString() ?? null,
          mayBeNudged: own.length > 0 && mayNudge(nudgedAt, now),
        };
      });
    return { families, nudgeAfterDays: NUDGE_AFTER_DAYS };
  });
}

/**
 * Reminds families, but for those who have signed meanwhile, were reminded lately, or have no account.
 * @throws Problem not-found for a child of another class
 */
export async function nudgeFamilies(
  deps: Deps,
  grant: Grant,
  classId: string,
  { termId, studentIds }: NudgeInput,
): Promise<Nudged> {
  const { schoolId, membershipId: nudgedBy } = grant;
  const frame = await deps.frames.of(schoolId);
  const term = termById(frame, termId);
  const at = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    const students = await studentsOfClass(store, schoolId, classId, lastDaySoFar(term, frame, at));
    if (!studentIds.every((id) => students.some((student) => student.id === id)))
      throw new Problem("not-found");
    await store.lock([`${schoolId}/nudges/${classId}`]);
    const reached = await reachable(store, schoolId, termId, studentIds, at);
    const nudges = reached.map((studentId) => ({ id: uuidv7(), termId, studentId, nudgedBy, nudgedAt: at }));
    await addNudges(store, schoolId, nudges);
    for (const { id, studentId } of nudges)
      await tellGuardians(deps, store, schoolId, {
        kind: "summary-waits",
        event: `nudge/${id}`,
        termId,
        studentId,
        at,
      });
    const after = { termId, families: reached.length };
    if (reached.length > 0) await noteChange(store, grant, { action: "summary.nudge", at, classId, after });
    return { studentIds: reached };
  });
}

async function reachable(
  store: Store,
  schoolId: string,
  termId: string,
  studentIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const waiting = await unsignedAmong(store, schoolId, termId, studentIds);
  const last = await lastNudges(store, schoolId, termId, studentIds);
  const withAccount = new Set((await guardiansOf(store, schoolId, studentIds)).map((one) => one.studentId));
  return studentIds.filter(
    (id) => waiting.has(id) && withAccount.has(id) && mayNudge(last.get(id) ?? null, now),
  );
}
