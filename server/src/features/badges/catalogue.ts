/**
 * The office's catalogue of badges: drafts, what is published and frozen, and how many would have earned one last term.
 * Names of children never come here.
 */
import { badgeFactsOf, type LedgerFact } from "@doudou/db/repositories/badge-quests.ts";
import {
  badgeById,
  badgeHeld,
  type BadgeDraftRow,
  type BadgeRow,
  badgesOf,
  dropBadgeDraft,
  publishBadge as publishInStore,
  putBadgeDraft,
  retireBadge as retireInStore,
} from "@doudou/db/repositories/badges.ts";
import { classesOfYear, studentsOfClass } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import type { BadgeRule } from "@doudou/shared/contract/badge-rules.ts";
import type {
  BadgeCatalogue,
  BadgeDraftInput,
  BadgePreview,
  BadgePublishing,
  ClassBadgePreview,
} from "@doudou/shared/contract/badges.ts";
import { faultsOfRule, recount, spanFrom, standing } from "@doudou/shared/domain/badges.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import { versionOf } from "../../http/versions.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { weeksOn } from "./quests.ts";

export async function badgeCatalogue(deps: Deps, { schoolId }: Grant): Promise<BadgeCatalogue> {
  const frame = await deps.frames.of(schoolId);
  const rows = await deps.database.read(schoolId, (store) => badgesOf(store, schoolId));
  const { indicators, points } = codesIn(frame);
  return {
    badges: rows
      .filter((row) => row.state !== "retired" || isLastOf(row, rows))
      .map((row) => ({ ...row, after: [...row.after], content: contentOf(row) })),
    indicators: [...indicators.values()],
    points: [...points.values()],
  };
}

/** Of what a version says, whatever has become of it. */
function contentOf({ code, name, words, shape, dimension, rule, after, giver }: BadgeDraftRow): string {
  return versionOf({ code, name, words, shape, dimension, rule, after, giver });
}

/** Of what was retired, the last word of a badge that has no other. */
function isLastOf({ code, version }: BadgeRow, rows: readonly BadgeRow[]): boolean {
  return rows.every((other) => other.code !== code || other.version <= version);
}

/** What a rule may name: of every version in use, since what was awarded under an earlier one counts as well. */
function codesIn({ points, terms }: SchoolFrame) {
  const inUse = new Set(terms.map(({ schemeId }) => schemeId));
  const own = [...points.values()].filter((point) => point.ofClass === null && inUse.has(point.schemeId));
  const byCode = <T extends { readonly code: string }>(all: readonly T[]) =>
    new Map(all.map((one) => [one.code, one]));
  return {
    indicators: byCode(
      own.map(({ indicatorCode: code, indicator: name, dimension }) => ({ code, name, dimension })),
    ),
    points: byCode(own.map(({ code, name, dimension }) => ({ code, name, dimension }))),
  };
}

/**
 * Keeps a draft over the one it was made from; keeping the same again changes nothing.
 * @throws Problem badge-rule-not-fit; badge-published for one that is a draft no more; badge-draft-changed where another
 * was kept, or thrown away, since
 */
export async function keepBadgeDraft(
  deps: Deps,
  grant: Grant,
  id: string,
  { from, code, name, words, ...draft }: BadgeDraftInput,
): Promise<void> {
  const { schoolId, membershipId: savedBy } = grant;
  const at = deps.now();
  checkRule(await deps.frames.of(schoolId), draft.rule);
  const written = (text: string) => text.trim().toWellFormed();
  const row = {
    ...draft,
    id,
    code,
    name: { zh: written(name.zh), en: written(name.en) },
    words: { zh: written(words.zh), en: written(words.en) },
    after: draft.after.filter((other) => other !== code),
  };
  await deps.database.write(schoolId, async (store) => {
    const kept = await badgeHeld(store, schoolId, id);
    if (kept && kept.state !== "draft") throw new Problem("badge-published");
    const content = kept && contentOf(kept);
    if (content === contentOf(row)) return;
    if (content !== from) throw new Problem("badge-draft-changed");
    if (!(await putBadgeDraft(store, schoolId, row, { savedBy, savedAt: at })))
      throw new Problem("badge-published");
    const after = { name: row.name.zh, rule: row.rule, giver: row.giver };
    await noteChange(store, grant, { action: "badge.draft", at, subjectId: id, after });
  });
}

/** @throws Problem badge-rule-not-fit */
function checkRule(frame: SchoolFrame, rule: BadgeRule): void {
  const { indicators, points } = codesIn(frame);
  const faults = faultsOfRule(rule, {
    dimension: new Set(DIMENSIONS),
    indicator: new Set(indicators.keys()),
    point: new Set(points.keys()),
  });
  if (faults.length > 0)
    throw new Problem("badge-rule-not-fit", {
      errors: faults.map((message) => ({ path: "/rule", message })),
    });
}

/** @throws Problem badge-not-found, badge-published */
export async function dropDraft(deps: Deps, grant: Grant, id: string): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const row = await badgeById(store, schoolId, id);
    if (!row) throw new Problem("badge-not-found");
    if (!(await dropBadgeDraft(store, schoolId, id))) throw new Problem("badge-published");
    const before = { name: row.name.zh };
    await noteChange(store, grant, { action: "badge.draft", at, subjectId: id, before });
  });
}

/**
 * Publishes a draft as it was seen, whose rule is frozen from then on. Publishing it again changes nothing.
 * @throws Problem badge-not-found, badge-rule-not-fit; badge-draft-changed where another was kept since
 */
export async function publishBadge(
  deps: Deps,
  grant: Grant,
  id: string,
  { from }: BadgePublishing,
): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  const frame = await deps.frames.of(schoolId);
  await deps.database.write(schoolId, async (store) => {
    const row = await badgeHeld(store, schoolId, id);
    if (!row) throw new Problem("badge-not-found");
    if (from !== undefined && from !== contentOf(row)) throw new Problem("badge-draft-changed");
    checkRule(frame, row.rule);
    if (!(await publishInStore(store, schoolId, row, at))) return;
    const after = { name: row.name.zh, version: row.version };
    await noteChange(store, grant, { action: "badge.publish", at, subjectId: id, after });
  });
}

/** Retires a badge. Retiring it again changes nothing. @throws Problem badge-not-found */
export async function retireBadge(deps: Deps, grant: Grant, id: string): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const row = await badgeById(store, schoolId, id);
    if (!row) throw new Problem("badge-not-found");
    if (!(await retireInStore(store, schoolId, id, at))) return;
    const told = { before: { name: row.name.zh, isRetired: false }, after: { isRetired: true } };
    await noteChange(store, grant, { action: "badge.retire", at, subjectId: id, ...told });
  });
}

/** How many children of how many classes would have earned the first level in the last term that is over. */
export async function previewBadge(deps: Deps, { schoolId }: Grant, rule: BadgeRule): Promise<BadgePreview> {
  const frame = await deps.frames.of(schoolId);
  checkRule(frame, rule);
  const term = lastTerm(frame, deps.now());
  const figures = { earned: 0, children: 0, classesWithOne: 0, classes: 0 };
  if (!term) return { term: null, ...figures };
  const classes = await deps.database.read(schoolId, (store) =>
    classesOfYear(store, schoolId, term.academicYearId),
  );
  // Class by class, so that others are answered in between.
  for (const { id } of classes) {
    const { children, earned } = await earnersIn(deps, frame, { classId: id, term, rule });
    figures.classes += 1;
    figures.children += children.length;
    figures.earned += earned.length;
    figures.classesWithOne += earned.length > 0 ? 1 : 0;
  }
  return { term: term.name, ...figures };
}

/** Who of a class as it is now would have earned a badge in the last term that is over. @throws Problem badge-not-found */
export async function previewInClass(
  deps: Deps,
  { schoolId }: Grant,
  { classId, badgeId }: { readonly classId: string; readonly badgeId: string },
): Promise<ClassBadgePreview> {
  const frame = await deps.frames.of(schoolId);
  const badge = await deps.database.read(schoolId, (store) => badgeById(store, schoolId, badgeId));
  if (!badge || badge.state === "draft") throw new Problem("badge-not-found");
  const term = lastTerm(frame, deps.now());
  if (!term) return { term: null, earned: [], children: 0 };
  const on = localDayOf(deps.now().getTime(), frame.timeZone);
  const { children, earned } = await earnersIn(deps, frame, { classId, term, rule: badge.rule, on });
  return { term: term.name, earned, children: children.length };
}

function lastTerm({ terms, timeZone }: SchoolFrame, now: Date): SchoolTerm | undefined {
  const today = localDayOf(now.getTime(), timeZone);
  return terms.findLast(({ endsOn }) => endsOn < today);
}

interface AskedOfClass {
  readonly classId: string;
  readonly term: SchoolTerm;
  readonly rule: BadgeRule;
  /** Whose children: of the term's last day where it is left out. */
  readonly on?: string;
}

async function earnersIn(
  deps: Deps,
  frame: SchoolFrame,
  { classId, term, rule, on = term.endsOn }: AskedOfClass,
) {
  const { schoolId } = frame;
  const span = spanFrom(rule, term.endsOn, frame.terms);
  if (!span) return { children: [], earned: [] };
  const upTo = { ...span, endsOn: term.endsOn };
  const { children, facts } = await deps.database.read(schoolId, async (store) => {
    const students = await studentsOfClass(store, schoolId, classId, on);
    const within = { from: upTo.countsFrom, to: upTo.endsOn };
    const ids = students.map(({ id }) => id);
    return {
      children: students.map(({ id, name }) => ({ id, name })),
      facts: Map.groupBy(
        await badgeFactsOf(store, schoolId, ids, within),
        ({ studentId }: LedgerFact) => studentId,
      ),
    };
  });
  const weeks = weeksOn(frame, upTo, term.endsOn);
  const earned = children.filter(
    ({ id }) => standing(rule, 1, recount(rule, upTo, facts.get(id) ?? []), weeks).isMet,
  );
  return { children, earned };
}
