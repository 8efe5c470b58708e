/**
 * The responsible person's part: lets somebody read, refuses, ends it again, and looks at emergencies afterwards.
 * Nobody decides over what they asked for themselves, under whichever of their memberships.
 */
import {
  type AccessLine,
  accessesOf,
  answerAccess,
  endAccess,
  reviewAccess,
} from "@doudou/db/repositories/access-grants.ts";
import type { Store } from "@doudou/db/engines/database.ts";
import type {
  AccessAnswer,
  AccessCounts,
  AccessReview,
  OfficeAccess,
  OfficeAccesses,
} from "@doudou/shared/contract/access-grants.ts";
import { endsAfterDays, phaseOf } from "@doudou/shared/domain/access-grants.ts";
import type { Caller, Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { shownAccess } from "./service.ts";

const MOST_SHOWN = 200;

export async function officeAccesses(
  deps: Deps,
  { account }: Caller,
  { schoolId }: Grant,
): Promise<OfficeAccesses> {
  const now = deps.now();
  return await deps.database.read(schoolId, async (store) => {
    const unreviewed = await accessesOf(store, schoolId, { isUnreviewed: true }, MOST_SHOWN);
    const asked = await accessesOf(store, schoolId, { state: "waiting" }, MOST_SHOWN);
    const open = await accessesOf(store, schoolId, { openAt: now }, MOST_SHOWN);
    const latest = await accessesOf(store, schoolId, {}, MOST_SHOWN);
    const shown = (line: AccessLine): OfficeAccess => ({
      ...shownAccess(line, now),
      by: line.by,
      isMine: line.accountId === account.id,
      student: line.studentId === null ? null : { id: line.studentId, name: line.studentName ?? "" },
    });
    const waiting = asked.filter((line) => phaseOf(line, now) === "waiting");
    const elsewhere = new Set([...unreviewed, ...waiting, ...open].map(({ id }) => id));
    return {
      toReview: unreviewed.map(shown),
      waiting: waiting.map(shown),
      current: open.map(shown),
      past: latest.filter(({ id }) => !elsewhere.has(id)).map(shown),
    };
  });
}

/** For an administrator what waits, for a teacher what is open; the other is 0. */
export async function accessCounts(
  deps: Deps,
  { schoolId, membershipId, standings }: Grant,
): Promise<AccessCounts> {
  const now = deps.now();
  const decides = isGranted("access.answer", standings);
  return await deps.database.read(schoolId, async (store) => {
    if (!decides) {
      const open = await accessesOf(store, schoolId, { membershipId, openAt: now }, MOST_SHOWN);
      return { toDecide: 0, open: open.length };
    }
    const asked = await accessesOf(store, schoolId, { state: "waiting" }, MOST_SHOWN);
    const waiting = asked.filter((line) => phaseOf(line, now) === "waiting");
    const unreviewed = await accessesOf(store, schoolId, { isUnreviewed: true }, MOST_SHOWN);
    return { toDecide: waiting.length + unreviewed.length, open: 0 };
  });
}

/**
 * Approves, for as long as was asked or shorter, or refuses with words.
 * @throws Problem access-not-found, access-own, access-settled, access-child-unclear, answer-missing, access-too-long
 */
export async function answerRequest(
  deps: Deps,
  caller: Caller,
  grant: Grant,
  id: string,
  { approves, days, words }: AccessAnswer,
): Promise<OfficeAccesses> {
  const { schoolId, membershipId } = grant;
  const answer = words.trim();
  if (!approves && answer === "") throw new Problem("answer-missing");
  await deps.database.write(schoolId, async (store) => {
    const at = deps.now();
    const line = await othersAccess(store, schoolId, id, caller);
    if (phaseOf(line, at) !== "waiting") throw new Problem("access-settled");
    const granted = days ?? line.days;
    if (granted > line.days) throw new Problem("access-too-long");
    if (approves && line.childTyped !== null && line.studentId === null)
      throw new Problem("access-child-unclear");
    const span = approves
      ? { startsAt: at, endsAt: endsAfterDays(at, granted) }
      : { startsAt: null, endsAt: null };
    const state = approves ? "approved" : "refused";
    const answered = { state, answer: answer || null, answeredBy: membershipId, answeredAt: at } as const;
    if (!(await answerAccess(store, schoolId, id, { ...answered, ...span })))
      throw new Problem("access-settled");
    const after = { state, endsAt: span.endsAt?.toISOString() ?? null };
    await noteChange(store, grant, { action: "access.answer", at, ...subjectOf(line), after });
  });
  return await officeAccesses(deps, caller, grant);
}

/** @throws Problem access-not-found, access-settled */
export async function endForOffice(
  deps: Deps,
  caller: Caller,
  grant: Grant,
  id: string,
): Promise<OfficeAccesses> {
  const { schoolId, membershipId } = grant;
  await deps.database.write(schoolId, async (store) => {
    const at = deps.now();
    const [line] = await accessesOf(store, schoolId, { id }, 1);
    if (!line) throw new Problem("access-not-found");
    const isEnded = await endAccess(store, schoolId, id, { endedBy: membershipId, endedAt: at });
    if (!isEnded) throw new Problem("access-settled");
    await noteChange(store, grant, { action: "access.end", at, ...subjectOf(line) });
  });
  return await officeAccesses(deps, caller, grant);
}

/** @throws Problem access-not-found, access-own, access-settled, answer-missing */
export async function reviewEmergency(
  deps: Deps,
  caller: Caller,
  grant: Grant,
  id: string,
  { verdict, words }: AccessReview,
): Promise<OfficeAccesses> {
  const { schoolId, membershipId } = grant;
  const reviewWords = words.trim();
  if (reviewWords === "") throw new Problem("answer-missing");
  await deps.database.write(schoolId, async (store) => {
    const at = deps.now();
    const line = await othersAccess(store, schoolId, id, caller);
    if (line.kind !== "emergency") throw new Problem("access-not-found");
    const reviewed = { verdict, reviewWords, reviewedBy: membershipId, reviewedAt: at };
    if (!(await reviewAccess(store, schoolId, id, reviewed))) throw new Problem("access-settled");
    await noteChange(store, grant, { action: "access.review", at, ...subjectOf(line), after: { verdict } });
  });
  return await officeAccesses(deps, caller, grant);
}

async function othersAccess(
  store: Store,
  schoolId: string,
  id: string,
  { account }: Caller,
): Promise<AccessLine> {
  const [line] = await accessesOf(store, schoolId, { id }, 1);
  if (!line) throw new Problem("access-not-found");
  if (line.accountId === account.id) throw new Problem("access-own");
  return line;
}

function subjectOf({ id, studentId, classId }: AccessLine) {
  return { studentId: studentId ?? undefined, classId, subjectId: id };
}
