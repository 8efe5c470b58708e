/**
 * Erasing a child's record: decided by an administrator, never by itself and never while the child is at the school,
 * which by law keeps a roster of those it teaches.
 */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { childrenWhoLeft, eraseChild } from "@doudou/db/repositories/erasures.ts";
import { filesInUse } from "@doudou/db/repositories/evidence.ts";
import { studentById } from "@doudou/db/repositories/people.ts";
import { privacyRequestsOf } from "@doudou/db/repositories/privacy.ts";
import type { Erase, ErasedChild } from "@doudou/shared/contract/privacy.ts";
import { addDays, localDayOf } from "@doudou/shared/domain/calendar.ts";
import { leftLongAgo } from "@doudou/shared/domain/retention.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";

/** More requests a child never has. */
const MOST_REQUESTS = 200;

/**
 * Erases a child for good, tables and files; backups let go of it as they expire.
 * @throws Problem not-found, erasure-name-differs, erasure-still-here, erasure-too-early, erasure-not-asked
 */
export async function eraseRecord(
  deps: Deps,
  grant: Grant,
  studentId: string,
  { ground, name }: Erase,
): Promise<ErasedChild> {
  const { schoolId, membershipId } = grant;
  const { timeZone } = await deps.frames.of(schoolId);
  const at = deps.now();
  const today = localDayOf(at.getTime(), timeZone);
  const erased = await deps.database.write(EVERY_SCHOOL, async (store) => {
    const child = await studentById(store, schoolId, studentId);
    if (!child) throw new Problem("not-found");
    if (child.name !== name.trim()) throw new Problem("erasure-name-differs");
    const [left] = await childrenWhoLeft(store, schoolId, { studentId, leftBy: addDays(today, -1) }, 1);
    if (!left) throw new Problem("erasure-still-here");
    if (ground === "retention" && left.leftOn > leftLongAgo(today)) throw new Problem("erasure-too-early");
    if (ground === "request") {
      const requests = await privacyRequestsOf(store, schoolId, { studentId }, MOST_REQUESTS);
      const isAsked = requests.some(({ kind, state }) => kind === "erase" && isStanding(state));
      if (!isAsked) throw new Problem("erasure-not-asked");
    }
    const done = await eraseChild(store, schoolId, { studentId, ground }, { membershipId, at });
    if (!done) throw new Problem("not-found");
    await noteChange(store, grant, {
      action: "erasure.carry-out",
      at,
      studentId,
      after: { ground, ...done.counts },
    });
    return done;
  });
  const hashes = [
    ...new Set(erased.files.flatMap(({ largeSha256, smallSha256 }) => [largeSha256, smallSha256])),
  ];
  await deps.pictures.removeUnneeded(schoolId, hashes, (wanted) =>
    deps.database.read(schoolId, (store) => filesInUse(store, schoolId, wanted)),
  );
  return { studentId, at: at.toISOString(), counts: erased.counts };
}

function isStanding(state: string): boolean {
  return state === "open" || state === "granted";
}
