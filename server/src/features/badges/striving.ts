/**
 * A child and its badges: what it has, what it strives for, what it may choose next. Shows this child alone, and never
 * how many others have or strive for anything.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { ledgerLock } from "@doudou/db/repositories/awards.ts";
import {
  addQuest,
  badgeAwardsOf,
  badgeFactsOf,
  type KeptBadge as KeptRow,
  liveQuestsOf,
  markBadgesShown,
  type Quest,
  questsByIds,
  updateQuest,
} from "@doudou/db/repositories/badge-quests.ts";
import { badgeById, type BadgeRow, badgesOf } from "@doudou/db/repositories/badges.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import type { ChildBadges, KeptBadge, ShownBadge, Striving } from "@doudou/shared/contract/badges.ts";
import { BADGE_LIMITS } from "@doudou/shared/domain/badge-words.ts";
import { levelsOf, recount, spanFrom, standing } from "@doudou/shared/domain/badges.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { giveBadge, hasSettled, standingOn, weeksOn } from "./quests.ts";

const FOR_EVER = "9999-12-31";

export async function badgesOfChild(deps: Deps, grant: Grant, studentId: string): Promise<ChildBadges> {
  const { schoolId, standings } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  return await deps.database.read(schoolId, async (store) => {
    const kept = await badgeAwardsOf(store, schoolId, [studentId]);
    const quests = (await liveQuestsOf(store, schoolId, [studentId])).filter(
      ({ endedAt }) => endedAt === null,
    );
    const catalogue = await badgesOf(store, schoolId);
    const isGuardian = standings.has("guardian:child");
    const mayStrive = isGranted("badge.strive", standings);
    return {
      kept: kept
        // The child is the first to know.
        .filter((badge) => !isGuardian || hasSettled(badge, now))
        .map((badge) => keptBadge(badge)),
      striving: quests.map((quest) => strivingOf(frame, quest, now)).sort((a, b) => (a.id < b.id ? -1 : 1)),
      offered: mayStrive ? offered(catalogue, kept, quests, frame, now) : [],
      left: Math.max(0, BADGE_LIMITS.atOnce - running(quests, frame, now)),
      mayStrive,
    };
  });
}

export function shownBadge({ id, code, name, words, shape, dimension, rule }: BadgeRow): ShownBadge {
  return { id, code, name, words, shape, dimension, levels: levelsOf(rule) };
}

export function keptBadge({ questId, badge, level, day, by, words, shownAt }: KeptRow): KeptBadge {
  return { id: questId, badge: shownBadge(badge), level, day, by, words, isNew: shownAt === null };
}

/**
 * How far a child is. All of its steps are done only where they wait for a teacher: weeks that went by may make enough of
 * what is there, but it takes the next award to reach a badge, and time alone must not show what nobody can confirm.
 */
export function strivingOf(frame: SchoolFrame, quest: Quest, now: Date): Striving {
  const { id, badge, level, setAt, endsOn, metAt } = quest;
  const { step, of } = standingOn(frame, quest, now);
  return {
    id,
    badge: shownBadge(badge),
    level,
    setAt: setAt.toISOString(),
    until: endsOn === FOR_EVER ? null : endsOn,
    isOver: isOver(quest, frame, now),
    step: metAt === null ? Math.min(step, of - 1) : step,
    of,
    isWaiting: metAt !== null,
  };
}

function isOver({ endsOn, metAt }: Quest, { timeZone }: SchoolFrame, now: Date): boolean {
  return metAt === null && endsOn < localDayOf(now.getTime(), timeZone);
}

function running(quests: readonly Quest[], frame: SchoolFrame, now: Date): number {
  return quests.filter((quest) => quest.endedAt === null && !isOver(quest, frame, now)).length;
}

function offered(
  catalogue: readonly BadgeRow[],
  kept: readonly KeptRow[],
  quests: readonly Quest[],
  frame: SchoolFrame,
  now: Date,
): ChildBadges["offered"] {
  return catalogue
    .filter(({ state }) => state === "published")
    .flatMap((badge) => {
      const level = nextLevel(badge, kept);
      const isStriven = quests.some((quest) => quest.badge.code === badge.code && !isOver(quest, frame, now));
      if (level === undefined || isStriven) return [];
      const missing = missingFor(badge, kept, catalogue).map(({ name }) => name);
      return [{ badge: shownBadge(badge), level, missing }];
    });
}

/** The level after the highest a child has; undefined where it has them all. */
function nextLevel({ code, rule }: BadgeRow, kept: readonly KeptRow[]): number | undefined {
  const has = Math.max(0, ...kept.filter((one) => one.badgeCode === code).map(({ level }) => level));
  return has < levelsOf(rule) ? has + 1 : undefined;
}

/** Badges to be earned first. One the school has not any more is asked of nobody. */
function missingFor(
  { after }: BadgeRow,
  kept: readonly KeptRow[],
  catalogue: readonly BadgeRow[],
): BadgeRow[] {
  return after
    .filter((code) => kept.every(({ badgeCode }) => badgeCode !== code))
    .flatMap((code) => catalogue.find((other) => other.code === code && other.state === "published") ?? []);
}

/**
 * A child begins to strive for a badge; beginning the same again changes nothing. What it has done within the days that
 * count is counted at once.
 * @throws Problem badge-not-found, badge-not-open, badges-enough, outside-term
 */
export async function strive(
  deps: Deps,
  grant: Grant,
  { studentId, questId, badgeId }: { studentId: string; questId: string; badgeId: string },
): Promise<void> {
  const { schoolId, membershipId: setBy } = grant;
  const frame = await deps.frames.of(schoolId);
  const setAt = deps.now();
  const today = localDayOf(setAt.getTime(), frame.timeZone);
  await deps.database.write(schoolId, async (store) => {
    await store.lock([ledgerLock(schoolId, studentId)]);
    const [known] = await questsByIds(store, schoolId, [questId]);
    if (known?.studentId === studentId && known.badgeId === badgeId) return;
    if (known) throw new Problem("not-found");
    const badge = await badgeById(store, schoolId, badgeId);
    if (badge?.state !== "published") throw new Problem("badge-not-found");
    const kept = await badgeAwardsOf(store, schoolId, [studentId]);
    const quests = await liveQuestsOf(store, schoolId, [studentId]);
    const level = nextLevel(badge, kept);
    const isStriven = quests.some(
      (quest) => quest.badge.code === badge.code && quest.endedAt === null && !isOver(quest, frame, setAt),
    );
    const missing = missingFor(badge, kept, await badgesOf(store, schoolId));
    if (level === undefined || isStriven || missing.length > 0) throw new Problem("badge-not-open");
    if (running(quests, frame, setAt) >= BADGE_LIMITS.atOnce) throw new Problem("badges-enough");
    const span = spanFrom(badge.rule, today, frame.terms);
    if (!span) throw new Problem("outside-term");
    await restOthers(store, schoolId, quests, badge.code, setAt);
    const within = { from: span.countsFrom, to: span.endsOn };
    const facts = await badgeFactsOf(store, schoolId, [studentId], within);
    const tally = recount(badge.rule, span, facts);
    const metAt = standing(badge.rule, level, tally, weeksOn(frame, span, today)).isMet ? setAt : null;
    const quest = { id: questId, studentId, badgeId, level, setBy, setAt, ...span, tally, metAt };
    await addQuest(store, schoolId, quest);
    if (metAt && badge.giver === "at-once") {
      const begun = { ...quest, badge, isLive: true, endedAt: null };
      await giveBadge(store, frame, begun, { awardedBy: null, words: null, at: setAt });
    }
    const after = { badge: badge.name.zh, level };
    const about = { studentId, subjectId: questId };
    await noteChange(store, grant, { action: "badge.strive", at: setAt, ...about, after });
  });
}

/** What rested of the same badge makes room for the new beginning. */
async function restOthers(
  store: Store,
  schoolId: string,
  quests: readonly Quest[],
  code: string,
  at: Date,
): Promise<void> {
  for (const { id, badge, endedAt } of quests)
    if (badge.code === code && endedAt === null)
      await updateQuest(store, schoolId, id, { endedAt: at, isLive: false });
}

/** A child lays a badge down; nothing is lost but the choice. Laying it down again changes nothing. @throws Problem quest-not-found */
export async function layDown(
  deps: Deps,
  grant: Grant,
  { studentId, questId }: { readonly studentId: string; readonly questId: string },
): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    await store.lock([ledgerLock(schoolId, studentId)]);
    const [quest] = await questsByIds(store, schoolId, [questId]);
    if (quest?.studentId !== studentId) throw new Problem("quest-not-found");
    if (quest.endedAt !== null) return;
    await updateQuest(store, schoolId, questId, { endedAt: at, isLive: false });
    const before = { badge: quest.badge.name.zh, level: quest.level };
    const about = { studentId, subjectId: questId, before, after: { isLaidDown: true } };
    await noteChange(store, grant, { action: "badge.strive", at, ...about });
  });
}

/** The child has been shown these badges; from now on they stay. */
export async function celebrate(
  deps: Deps,
  { schoolId }: Grant,
  studentId: string,
  ids: readonly string[],
): Promise<void> {
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    await store.lock([ledgerLock(schoolId, studentId)]);
    await markBadgesShown(store, schoolId, studentId, ids, at);
  });
}
