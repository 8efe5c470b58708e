/**
 * The badges' side of the ledger: an award that lands, or is voided, moves the quests that look at it, in the very
 * transaction. One indexed read a batch; nothing more where no child of it strives for anything that counts it.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import {
  addBadgeAward,
  badgeAwardsOf,
  badgeFactsOf,
  liveQuestsOf,
  type Quest,
  takeBackBadge,
  updateQuest,
} from "@doudou/db/repositories/badge-quests.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import type { SummaryBadge } from "@doudou/shared/contract/summaries.ts";
import {
  type BadgeFact,
  type BadgeSpan,
  type BadgeTally,
  type BadgeWeeks,
  counts,
  fold,
  levelsOf,
  type Standing,
  standing,
  weeksOfSpan,
} from "@doudou/shared/domain/badges.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import { pointGiven } from "../schools/service.ts";

/** An award as it stands in the ledger, or stood there until now. */
export interface LandedAward {
  readonly studentId: string;
  readonly observationPointId: string;
  readonly dimension: Dimension;
  readonly recorderId: string;
  readonly day: string;
}

/** Seen or not, a badge stays from then on: the family may have been told. */
const STAYS_AFTER_MS = 3 * 86_400_000;

/** Awards that are named with a badge, at most: the path is told, not every bean of a year. */
const MOST_NAMED = 100;

/**
 * Moves the quests of these children on, or back where the awards were voided. To be called in the ledger's own write,
 * after it, which holds these children's ledgers.
 */
export async function moveQuests(
  store: Store,
  frame: SchoolFrame,
  { awards, by, at }: { readonly awards: readonly LandedAward[]; readonly by: 1 | -1; readonly at: Date },
): Promise<void> {
  if (awards.length === 0) return;
  const studentIds = [...new Set(awards.map(({ studentId }) => studentId))];
  for (const quest of await liveQuestsOf(store, frame.schoolId, studentIds)) {
    let tally: BadgeTally | undefined;
    for (const award of awards) {
      const fact = award.studentId === quest.studentId ? factOf(frame, award) : undefined;
      if (fact && counts(quest.badge.rule, quest, fact))
        tally = fold(quest.badge.rule, tally ?? quest.tally, fact, by);
    }
    if (tally) await settle(store, frame, { ...quest, tally }, at);
  }
}

function factOf(frame: SchoolFrame, award: LandedAward): BadgeFact | undefined {
  const point = pointGiven(frame, award.observationPointId);
  return point && { ...award, point: point.code, indicator: point.indicatorCode };
}

/** Keeps a quest's tally, and what follows from it: it waits for a teacher, or is given at once, or goes on. */
async function settle(store: Store, frame: SchoolFrame, quest: Quest, at: Date): Promise<void> {
  const { schoolId } = frame;
  const { id, tally, badge } = quest;
  const { isMet } = standingOn(frame, quest, at);
  if (quest.endedAt !== null) {
    const isOpenAgain = !isMet && (await takeBack(store, schoolId, quest, at));
    await updateQuest(store, schoolId, id, isOpenAgain ? { tally, metAt: null, endedAt: null } : { tally });
    return;
  }
  const metAt = isMet ? (quest.metAt ?? at) : null;
  await updateQuest(store, schoolId, id, { tally, metAt });
  if (isMet && badge.giver === "at-once")
    await giveBadge(store, frame, { ...quest, metAt }, { awardedBy: null, words: null, at });
}

/** How far a quest is. Once met, it is looked at as of then: time alone takes nothing back. */
export function standingOn(frame: SchoolFrame, quest: Quest, now: Date): Standing {
  const day = localDayOf((quest.metAt ?? now).getTime(), frame.timeZone);
  return standing(quest.badge.rule, quest.level, quest.tally, weeksOn(frame, quest, day));
}

/** Worked out once for a school's frame and a day: the same for every child, and asked at every award that moves one. */
const workedOut = new WeakMap<SchoolFrame, Map<string, BadgeWeeks>>();

/** The school weeks of a span as of a day. */
export function weeksOn(frame: SchoolFrame, span: BadgeSpan, day: string): BadgeWeeks {
  const ofFrame = workedOut.get(frame) ?? new Map<string, BadgeWeeks>();
  workedOut.set(frame, ofFrame);
  const key = `${span.countsFrom} ${span.startsOn} ${span.endsOn} ${day}`;
  const weeks = ofFrame.get(key) ?? weeksOfSpan(span, day, frame.terms, frame.exceptions);
  ofFrame.set(key, weeks);
  return weeks;
}

/** Gives what a quest has earned and ends it. @returns false where the child has that level already */
export async function giveBadge(
  store: Store,
  frame: SchoolFrame,
  quest: Quest,
  by: { readonly awardedBy: string | null; readonly words: string | null; readonly at: Date },
): Promise<boolean> {
  const { schoolId } = frame;
  const { id: questId, studentId, badge, level } = quest;
  const span = { from: quest.countsFrom, to: quest.endsOn };
  const facts = await badgeFactsOf(store, schoolId, [studentId], span);
  const award = { questId, studentId, badgeId: badge.id, badgeCode: badge.code, level };
  const isNew = await addBadgeAward(store, schoolId, {
    ...award,
    day: localDayOf(by.at.getTime(), frame.timeZone),
    awardedAt: by.at,
    awardedBy: by.awardedBy,
    words: by.words,
    awardIds: facts
      .filter((fact) => counts(badge.rule, quest, fact))
      .map(({ id }) => id)
      .slice(0, MOST_NAMED),
  });
  await updateQuest(store, schoolId, questId, { endedAt: by.at, isLive: isNew });
  return isNew;
}

/** Takes a badge back that the child was not shown. @returns false where there is none, or it is too late */
export async function takeBack(
  store: Store,
  schoolId: string,
  { id, studentId }: Pick<Quest, "id" | "studentId">,
  at: Date,
): Promise<boolean> {
  const kept = (await badgeAwardsOf(store, schoolId, [studentId])).find(({ questId }) => questId === id);
  return kept !== undefined && !hasSettled(kept, at) && (await takeBackBadge(store, schoolId, id));
}

/** Badges a child has kept of a span of days, in the order they came; the child is the first to know of a new one. */
export async function badgesWithin(
  store: Store,
  schoolId: string,
  {
    studentId,
    from,
    to,
    now,
  }: { readonly studentId: string; readonly from: string; readonly to: string; readonly now: Date },
): Promise<SummaryBadge[]> {
  return (await badgeAwardsOf(store, schoolId, [studentId]))
    .filter((kept) => from <= kept.day && kept.day <= to && hasSettled(kept, now))
    .map(({ badge: { name, shape, dimension, rule }, level }) => {
      return { name, shape, dimension, level, levels: levelsOf(rule) };
    })
    .reverse();
}

/** Whether a badge stays for good: it was shown, or is a few days old. */
export function hasSettled(
  { shownAt, awardedAt }: { readonly shownAt: Date | null; readonly awardedAt: Date },
  now: Date,
): boolean {
  return shownAt !== null || now.getTime() - awardedAt.getTime() > STAYS_AFTER_MS;
}
