/**
 * Fitness tests: the office opens a year's, and the family reads its own child's results. What the rest of the product
 * learns of them is here too: a word and what became better for the summary, and who still lacks a result.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { yearsIn } from "@doudou/db/repositories/directory.ts";
import { fitnessTestOf, openFitnessTest } from "@doudou/db/repositories/fitness.ts";
import { classesOfYear, studentsOfClass } from "@doudou/db/repositories/people.ts";
import type { SchoolTerm } from "@doudou/db/repositories/schools.ts";
import type { FitnessRecord, FitnessTest } from "@doudou/shared/contract/fitness.ts";
import type { SummarySnapshot } from "@doudou/shared/contract/summaries.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import {
  bmiOf,
  BODY_ITEMS,
  FITNESS_ITEMS,
  type FitnessItem,
  fitnessPoints,
  fitnessWordOf,
  improvedItems,
  isBetter,
  type ScoredItem,
} from "@doudou/shared/domain/fitness.ts";
import type { Sex } from "@doudou/shared/domain/roster-import/fields.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { type ChildYear, childYears, isDone, stateOf } from "./results.ts";

const MOST_IMPROVED = 4;

/** The running school year's test, and how far each class has come. */
export async function fitnessTest(deps: Deps, { schoolId }: Grant): Promise<FitnessTest> {
  const today = await dayIn(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const year = await runningYear(store, schoolId, today);
    if (!year) return { year: null, test: null, classes: [] };
    const test = await fitnessTestOf(store, schoolId, year.id);
    const classes: FitnessTest["classes"] = [];
    for (const { id, name, grade } of test ? await classesOfYear(store, schoolId, year.id) : []) {
      const studentIds = (await studentsOfClass(store, schoolId, id, today)).map((one) => one.id);
      const { years } = await childYears(store, schoolId, { studentIds, academicYearId: year.id }, grade);
      const done = studentIds.filter((one) => years.get(one)?.every(isDone)).length;
      classes.push({ class: { id, name, grade }, children: studentIds.length, done });
    }
    return { year: year.name, test: test ? { openedOn: test.openedOn } : null, classes };
  });
}

/** Opens the running school year's test; opening it again changes nothing. @throws Problem outside-term */
export async function openTest(deps: Deps, grant: Grant): Promise<FitnessTest> {
  const { schoolId, membershipId } = grant;
  const openedOn = await dayIn(deps, schoolId);
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const year = await runningYear(store, schoolId, openedOn);
    if (!year) throw new Problem("outside-term");
    const test = { academicYearId: year.id, openedOn };
    if (!(await openFitnessTest(store, schoolId, test, { membershipId, at }))) return;
    await noteChange(store, grant, { action: "fitness.open", at, subjectId: year.id, after: { openedOn } });
  });
  return await fitnessTest(deps, grant);
}

/** A child's own results over the years, against nobody's but its own. */
export async function fitnessRecord(deps: Deps, grant: Grant, studentId: string): Promise<FitnessRecord> {
  const { schoolId } = grant;
  const showsBody = isGranted("fitness.read-body", grant.standings);
  return await deps.database.read(schoolId, async (store) => {
    const named = await yearsIn(store, schoolId);
    const { sexes, years } = await childYears(store, schoolId, { studentIds: [studentId] });
    const own = named.flatMap(({ id, name }) => {
      const year = years.get(studentId)?.find(({ academicYearId }) => academicYearId === id);
      return year ? [{ id, name, year }] : [];
    });
    const oldestFirst = own.toReversed();
    const sex = sexes.get(studentId) ?? null;
    const items = shownItems(showsBody).flatMap((item) => {
      const results = oldestFirst.flatMap(({ name, year }) => {
        const value = valueOf(year, item);
        return value === undefined ? [] : [{ year: name, value, word: wordOf(item, value, year.grade, sex) }];
      });
      return results.length === 0 ? [] : [{ item, isBetter: hasBecomeBetter(item, results), results }];
    });
    return {
      years: own.map(({ id, name, year }) => {
        const { kind, word } = stateOf(year);
        return { id, name, kind, word };
      }),
      items: [...items.filter((one) => one.isBetter), ...items.filter((one) => !one.isBetter)],
    };
  });
}

/**
 * What the summary of a term says of the year's test, if the last of it was tested in that term: a word and what became
 * better, no value and nothing about the body.
 */
export async function fitnessInTerm(
  store: Store,
  schoolId: string,
  { academicYearId, startsOn, endsOn }: SchoolTerm,
  studentId: string,
): Promise<SummarySnapshot["fitness"]> {
  const { sexes, years } = await childYears(store, schoolId, { studentIds: [studentId] });
  const all = (years.get(studentId) ?? []).filter(({ exempt }) => exempt === null);
  const now = all.find((year) => year.academicYearId === academicYearId);
  const lastDay = now?.kept.at(-1)?.testedOn;
  if (!now || now.result.kind !== "scored" || lastDay === undefined) return undefined;
  if (lastDay < startsOn || lastDay > endsOn) return undefined;
  const [before] = all
    .filter((year) => year !== now && (year.kept.at(-1)?.testedOn ?? lastDay) < startsOn)
    .toSorted((a, b) => ((a.kept.at(-1)?.testedOn ?? "") < (b.kept.at(-1)?.testedOn ?? "") ? 1 : -1));
  const improved = before ? improvedItems(now, before, sexes.get(studentId) ?? null) : [];
  return { word: now.result.word, improved: improved.slice(0, MOST_IMPROVED) };
}

/** Who of a class has been tested in everything, or is exempt; undefined where the year has no test until that day. */
export async function testedChildren(
  store: Store,
  schoolId: string,
  of: {
    readonly studentIds: readonly string[];
    readonly academicYearId: string;
    readonly grade: number;
    readonly day: string;
  },
): Promise<Set<string> | undefined> {
  const { studentIds, academicYearId, grade, day } = of;
  const test = await fitnessTestOf(store, schoolId, academicYearId);
  if (!test || test.openedOn > day) return undefined;
  const { years } = await childYears(store, schoolId, { studentIds, academicYearId }, grade);
  return new Set(studentIds.filter((id) => years.get(id)?.every(isDone)));
}

function shownItems(showsBody: boolean): (FitnessItem | "bmi")[] {
  const items = FITNESS_ITEMS.filter((item) => !BODY_ITEMS.has(item));
  return showsBody ? [...items, "height", "weight", "bmi"] : items;
}

function valueOf({ values }: ChildYear, item: FitnessItem | "bmi"): number | undefined {
  if (item !== "bmi") return values[item];
  const { height, weight } = values;
  return height === undefined || weight === undefined ? undefined : bmiOf(height, weight);
}

function wordOf(item: FitnessItem | "bmi", value: number, grade: number, sex: Sex | null) {
  if (sex === null || item === "height" || item === "weight") return null;
  const points = fitnessPoints(item satisfies ScoredItem, value, grade, sex);
  return points === undefined ? null : fitnessWordOf(points);
}

function hasBecomeBetter(item: FitnessItem | "bmi", results: readonly { readonly value: number }[]): boolean {
  const [before, now] = results.slice(-2);
  return item !== "bmi" && before !== undefined && now !== undefined
    ? isBetter(item, now.value, before.value) === true
    : false;
}

async function dayIn(deps: Deps, schoolId: string): Promise<string> {
  const { timeZone } = await deps.frames.of(schoolId);
  return localDayOf(deps.now().getTime(), timeZone);
}

async function runningYear(store: Store, schoolId: string, day: string) {
  return (await yearsIn(store, schoolId)).find(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn);
}
