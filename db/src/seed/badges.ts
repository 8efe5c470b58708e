/**
 * Badges in a demo school: the twelve to begin with, published, and in every class a few children who have begun: some
 * have earned one and keep it, some wait for their teacher, some are on the way. The child a demonstration shows has a
 * badge, one that it has not opened yet, one that waits, and two goals. Every figure is the ledger's own.
 */
import { addDays, startOfDay } from "@doudou/shared/domain/calendar.ts";
import { BADGE_LIMITS } from "@doudou/shared/domain/badge-words.ts";
import { BADGE_PATTERNS } from "@doudou/shared/domain/badge-patterns.ts";
import { counts, recount, spanFrom, standing, weeksOfSpan } from "@doudou/shared/domain/badges.ts";
import type { Store } from "../engines/database.ts";
import {
  addBadgeAward,
  addQuest,
  badgeFactsOf,
  markBadgesShown,
  updateQuest,
} from "../repositories/badge-quests.ts";
import { publishBadge, putBadgeDraft } from "../repositories/badges.ts";
import { addPersonalGoal, updatePersonalGoal } from "../repositories/personal-goals.ts";
import type { SchoolFrame } from "../repositories/schools.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const HOUR = 3_600_000;
const PER_CLASS = 6;
const GOALS = [
  { text: "每天把书包整理好再睡觉", pointCode: null, steps: 5, ticked: 3 },
  { text: "上课敢举手提一个问题", pointCode: "Z21", steps: 4, ticked: 0 },
] as const;
const WORDS = ["这份坚持，老师都看在眼里。", "谢谢你，让班里更温暖。", null] as const;

interface BadgeLife {
  readonly frame: SchoolFrame;
  readonly today: string;
  readonly adminId: string;
  readonly openedOn: string;
  readonly draw: Draw;
}

/** @param terms the running term in each class */
export async function enterBadges(
  store: Store,
  schoolId: string,
  terms: readonly PlannedClassTerm[],
  life: BadgeLife,
): Promise<void> {
  const { frame, openedOn, adminId, draw } = life;
  const savedAt = startOfDay(openedOn, frame.timeZone) + 10 * HOUR;
  const ids = new Map<string, string>();
  for (const [index, badge] of BADGE_PATTERNS.entries()) {
    const at = new Date(savedAt + index * 60_000);
    const id = draw.id(at.getTime());
    ids.set(badge.code, id);
    await putBadgeDraft(store, schoolId, { id, ...badge }, { savedBy: adminId, savedAt: at });
    await publishBadge(store, schoolId, { id, code: badge.code }, at);
  }
  for (const planned of terms) {
    const own = draw.branch(planned.ofClass.id);
    await enterClass(store, schoolId, planned, { ...life, draw: own }, ids);
  }
}

async function enterClass(
  store: Store,
  schoolId: string,
  { ofClass, term }: PlannedClassTerm,
  life: BadgeLife,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const { frame, today, draw } = life;
  const [first, ...others] = ofClass.children.filter((child) => (child.joinedOn ?? "") <= term.termStartsOn);
  if (!first || today < addDays(term.termStartsOn, 14)) return;
  const some = [first, ...draw.shuffled(others).slice(0, PER_CLASS - 1)];
  const facts = Map.groupBy(
    await badgeFactsOf(
      store,
      schoolId,
      some.map(({ id }) => id),
      { from: "0001-01-01", to: today },
    ),
    ({ studentId }) => studentId,
  );
  // Chosen on a morning of the term, and what was ready was given yesterday afternoon.
  const setAt = startOfDay(addDays(term.termStartsOn, 9), frame.timeZone) + 8 * HOUR;
  const givenOn = addDays(today, -1);
  const givenAt = startOfDay(givenOn, frame.timeZone) + 16 * HOUR;
  for (const [place, { id: studentId }] of some.entries()) {
    let given = 0;
    let open = 0;
    for (const badge of draw.shuffled(BADGE_PATTERNS.filter(({ after }) => after.length === 0))) {
      const span = spanFrom(badge.rule, today, frame.terms);
      if (!span || open >= BADGE_LIMITS.atOnce || (place > 0 && given + open >= 2)) continue;
      const own = facts.get(studentId) ?? [];
      const tally = recount(badge.rule, span, own);
      const weeks = weeksOfSpan(span, givenOn, frame.terms, frame.exceptions);
      const { isMet } = standing(badge.rule, 1, tally, weeks);
      const isAtOnce = badge.giver === "at-once";
      const isGiven = isMet && (isAtOnce || given < (place === 0 ? 2 : 1));
      const at = new Date(setAt + (given + open) * 60_000);
      const questId = draw.id(at.getTime());
      const badgeId = ids.get(badge.code) ?? "";
      const metAt = isMet ? new Date(givenAt - HOUR) : null;
      const quest = { id: questId, studentId, badgeId, level: 1, setBy: term.homeroomId, setAt: at, ...span };
      await addQuest(store, schoolId, { ...quest, tally, metAt });
      if (!isGiven) {
        open += 1;
        continue;
      }
      const awardedAt = new Date(givenAt + given * 60_000);
      await addBadgeAward(store, schoolId, {
        questId,
        studentId,
        badgeId,
        badgeCode: badge.code,
        level: 1,
        day: givenOn,
        awardedAt,
        awardedBy: isAtOnce ? null : term.homeroomId,
        words: isAtOnce ? null : draw.one(WORDS),
        awardIds: own
          .filter((fact) => counts(badge.rule, span, fact))
          .map(({ id }) => id)
          .slice(0, 100),
      });
      await updateQuest(store, schoolId, questId, { endedAt: awardedAt });
      // The first one was opened yesterday; the second waits to be.
      if (given === 0)
        await markBadgesShown(store, schoolId, studentId, [questId], new Date(awardedAt.getTime() + HOUR));
      given += 1;
    }
  }
  for (const [index, { ticked, ...goal }] of GOALS.entries()) {
    const at = new Date(setAt + index * HOUR);
    const id = draw.id(at.getTime());
    const reviewOn = addDays(today, 7) < term.termEndsOn ? addDays(today, 7) : term.termEndsOn;
    const set = { studentId: first.id, termId: term.termId, reviewOn, setBy: term.homeroomId, setAt: at };
    await addPersonalGoal(store, schoolId, { id, ...goal, ...set });
    if (ticked > 0) await updatePersonalGoal(store, schoolId, { studentId: first.id, id }, { ticked });
  }
}
