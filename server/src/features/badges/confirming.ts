/**
 * A class and its badges, for those who teach it: who strives for what, whose steps are all done. Confirming gives the
 * badge; it can be taken back until the child has seen it.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { ledgerLock } from "@doudou/db/repositories/awards.ts";
import {
  badgeAwardsOf,
  liveQuestsOf,
  type Quest,
  questsByIds,
  updateQuest,
} from "@doudou/db/repositories/badge-quests.ts";
import { badgesOf } from "@doudou/db/repositories/badges.ts";
import { classById, studentsOfClass } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import type { ClassBadges, ConfirmBadges, ConfirmResults } from "@doudou/shared/contract/badges.ts";
import type { BadgeGiver } from "@doudou/shared/domain/badge-words.ts";
import { addDays, localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { giveBadge, hasSettled, takeBack } from "./quests.ts";
import { keptBadge, shownBadge, strivingOf } from "./striving.ts";

const LATELY_DAYS = 28;

export async function badgesOfClass(deps: Deps, grant: Grant, classId: string): Promise<ClassBadges> {
  const { schoolId, standings } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const today = localDayOf(now.getTime(), frame.timeZone);
  return await deps.database.read(schoolId, async (store) => {
    const row = await classById(store, schoolId, classId);
    if (!row) throw new Problem("not-found");
    const children = await childrenNow(store, frame, classId, now);
    const ids = children.map(({ id }) => id);
    const quests = await liveQuestsOf(store, schoolId, ids);
    const kept = await badgeAwardsOf(store, schoolId, ids);
    const isHomeroom = isGranted("badge.award-any", standings);
    const of = (studentId: string) => children.find(({ id }) => id === studentId);
    return {
      class: { id: row.id, name: row.name, grade: row.grade },
      striving: children.flatMap((student) =>
        quests
          .filter(({ studentId, endedAt }) => studentId === student.id && endedAt === null)
          .map((quest) => ({
            student,
            quest: strivingOf(frame, quest, now),
            mayConfirm: mayConfirm(quest.badge.giver, grant),
          })),
      ),
      given: kept.flatMap((badge) => {
        const student = of(badge.studentId);
        if (!student || badge.day < addDays(today, -LATELY_DAYS)) return [];
        const mayTakeBack = !hasSettled(badge, now) && mayConfirm(badge.badge.giver, grant);
        return [{ student, kept: keptBadge(badge), mayTakeBack }];
      }),
      children,
      offered: (await badgesOf(store, schoolId))
        .filter(({ state }) => state === "published")
        .map((badge) => shownBadge(badge)),
      isHomeroom,
    };
  });
}

/** What is given at once, the homeroom teacher may still take back. */
function mayConfirm(giver: BadgeGiver, { standings }: Grant): boolean {
  return isGranted(giver === "class" ? "badge.award" : "badge.award-any", standings);
}

async function childrenNow(store: Store, { schoolId, timeZone }: SchoolFrame, classId: string, now: Date) {
  const today = localDayOf(now.getTime(), timeZone);
  return (await studentsOfClass(store, schoolId, classId, today)).map(({ id, name }) => ({ id, name }));
}

type Result = ConfirmResults["results"][number];

/** Gives badges whose steps are all done, each by itself: one that cannot be given never holds up the others. */
export async function confirmBadges(
  deps: Deps,
  grant: Grant,
  classId: string,
  { questIds, words }: ConfirmBadges,
): Promise<ConfirmResults> {
  const { schoolId, membershipId: awardedBy } = grant;
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  const by = { awardedBy, words: words?.trim().toWellFormed() || null, at };
  return await deps.database.write(schoolId, async (store) => {
    const quests = await questsInClass(store, frame, { classId, questIds, at });
    const results: Result[] = [];
    const given: string[] = [];
    for (const questId of questIds) {
      const quest = quests.get(questId);
      const status = quest ? await confirmOne(store, frame, grant, quest, by) : "not-found";
      if (status === "awarded") given.push(questId);
      results.push({ questId, status });
    }
    await noteAll(store, grant, given, { quests, action: "badge.award", at, classId });
    return { results };
  });
}

async function confirmOne(
  store: Store,
  frame: SchoolFrame,
  grant: Grant,
  quest: Quest,
  by: Parameters<typeof giveBadge>[3],
): Promise<Result["status"]> {
  if (!mayConfirm(quest.badge.giver, grant)) return "not-yours";
  if (quest.endedAt !== null) return quest.isLive ? "duplicate" : "not-found";
  if (quest.metAt === null) return "not-met";
  return (await giveBadge(store, frame, quest, by)) ? "awarded" : "duplicate";
}

/** Takes back badges that no child has seen: the steps stay done and wait again. */
export async function takeBackBadges(
  deps: Deps,
  grant: Grant,
  classId: string,
  questIds: readonly string[],
): Promise<ConfirmResults> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    const quests = await questsInClass(store, frame, { classId, questIds, at });
    const results: Result[] = [];
    const taken: string[] = [];
    for (const questId of questIds) {
      const quest = quests.get(questId);
      let status: Result["status"] = "not-found";
      if (quest && !mayConfirm(quest.badge.giver, grant)) status = "not-yours";
      else if (quest && (await takeBack(store, schoolId, quest, at))) {
        await updateQuest(store, schoolId, questId, { endedAt: null, isLive: true });
        taken.push(questId);
        status = "taken-back";
      }
      results.push({ questId, status });
    }
    await noteAll(store, grant, taken, { quests, action: "badge.take-back", at, classId });
    return { results };
  });
}

/** Quests of children who are in the class now, with their ledgers held. */
async function questsInClass(
  store: Store,
  frame: SchoolFrame,
  asked: { readonly classId: string; readonly questIds: readonly string[]; readonly at: Date },
): Promise<Map<string, Quest>> {
  const { schoolId } = frame;
  const children = new Set((await childrenNow(store, frame, asked.classId, asked.at)).map(({ id }) => id));
  const theirs = (await questsByIds(store, schoolId, asked.questIds)).filter(({ studentId }) =>
    children.has(studentId),
  );
  await store.lock(theirs.map(({ studentId }) => ledgerLock(schoolId, studentId)));
  // Read anew: a void may have landed while the ledgers were waited for.
  const now = theirs.length === 0 ? [] : await questsByIds(store, schoolId, asked.questIds);
  return new Map(now.filter(({ studentId }) => children.has(studentId)).map((quest) => [quest.id, quest]));
}

async function noteAll(
  store: Store,
  grant: Grant,
  questIds: readonly string[],
  {
    quests,
    action,
    ...where
  }: {
    readonly quests: ReadonlyMap<string, Quest>;
    readonly action: "badge.award" | "badge.take-back";
    readonly at: Date;
    readonly classId: string;
  },
): Promise<void> {
  for (const questId of questIds) {
    const quest = quests.get(questId);
    if (!quest) continue;
    const after = { badge: quest.badge.name.zh, level: quest.level };
    const about = { studentId: quest.studentId, subjectId: questId, after };
    await noteChange(store, grant, { action, ...where, ...about });
  }
}
