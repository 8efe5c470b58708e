/**
 * Activities that a child or its guardian tells of: the homeroom teacher sees each first, and only then is it in the
 * portfolio. Telling is never asked for, and earns nothing.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import {
  activityById,
  addActivity,
  countTold,
  deleteActivities,
  type KeptActivity,
  settleActivity,
} from "@doudou/db/repositories/activities.ts";
import type { ActivityAnswer, ActivitySaved, ToldActivity } from "@doudou/shared/contract/activities.ts";
import { areDaysOf, MOST_TOLD_OF_TERM } from "@doudou/shared/domain/activities.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { filedNow } from "../works/service.ts";
import { factsOf, isSame, termOfDay } from "./recording.ts";
import { mayWithdraw } from "./service.ts";

interface OfActivity {
  readonly studentId: string;
  readonly activityId: string;
}

/**
 * Keeps what was told, for the homeroom teacher of the child's class now. Sending it again changes nothing.
 * @throws Problem outside-term, activity-days-unfit, activities-full, activity-id-conflict
 */
export async function tellActivity(
  deps: Deps,
  grant: Grant,
  { studentId, activityId: id }: OfActivity,
  input: ToldActivity,
): Promise<ActivitySaved> {
  const { schoolId, membershipId: makerId } = grant;
  const { frame, classId, day, at } = await filedNow(deps, schoolId, studentId);
  if (!areDaysOf(input, day)) throw new Problem("activity-days-unfit");
  const term = termOfDay(frame.terms, input.startsOn);
  if (!term) throw new Problem("outside-term");
  const facts = factsOf(input, term);
  const activity = {
    ...facts,
    id,
    classId,
    toldOfId: studentId,
    state: "proposed",
    makerId,
    addedAt: at,
  } as const;
  return await deps.database.write(schoolId, async (store) => {
    const kept = await activityById(store, schoolId, id);
    if (kept) {
      if (kept.toldOfId !== studentId || kept.makerId !== makerId || !isSame(kept, facts))
        throw new Problem("activity-id-conflict");
      return { id, status: "duplicate" };
    }
    if ((await countTold(store, schoolId, { studentId, termId: term.id })) >= MOST_TOLD_OF_TERM)
      throw new Problem("activities-full");
    if (!(await addActivity(store, schoolId, activity, [{ studentId, part: "" }])))
      throw new Problem("activity-id-conflict");
    const after = { title: facts.title, sort: facts.sort, startsOn: facts.startsOn };
    await noteChange(store, grant, { action: "activity.tell", at, studentId, subjectId: id, after });
    return { id, status: "recorded" };
  });
}

/** Takes back what was told and is not recorded. @throws Problem activity-not-found, activity-settled */
export async function withdrawActivity(deps: Deps, grant: Grant, of: OfActivity): Promise<void> {
  const { schoolId } = grant;
  const { studentId, activityId: id } = of;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const activity = await toldOf(store, schoolId, of);
    if (activity.makerId !== grant.membershipId) throw new Problem("activity-not-found");
    if (!mayWithdraw(activity, grant)) throw new Problem("activity-settled");
    await deleteActivities(store, schoolId, [id]);
    const before = { title: activity.title, state: activity.state };
    await noteChange(store, grant, { action: "activity.withdraw", at, studentId, subjectId: id, before });
  });
}

/** Takes what was told into the portfolio, or kindly does not. @throws Problem activity-not-found, activity-settled */
export async function answerActivity(
  deps: Deps,
  grant: Grant,
  of: OfActivity,
  answer: ActivityAnswer["answer"],
): Promise<void> {
  const { schoolId, membershipId: by } = grant;
  const { studentId, activityId: id } = of;
  const at = deps.now();
  const state = answer === "confirm" ? "recorded" : "declined";
  await deps.database.write(schoolId, async (store) => {
    const activity = await toldOf(store, schoolId, of);
    if (activity.state === state) return;
    if (!(await settleActivity(store, schoolId, id, { state, by, at })))
      throw new Problem("activity-settled");
    const told = { before: { state: activity.state }, after: { state } };
    await noteChange(store, grant, { action: "activity.answer", at, studentId, subjectId: id, ...told });
  });
}

async function toldOf(
  store: Store,
  schoolId: string,
  { studentId, activityId }: OfActivity,
): Promise<KeptActivity> {
  const activity = await activityById(store, schoolId, activityId);
  if (activity?.toldOfId !== studentId || activity.removedAt !== null)
    throw new Problem("activity-not-found");
  return activity;
}
