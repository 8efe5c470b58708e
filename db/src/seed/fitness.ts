/**
 * The fitness test of a demo school: all classes are tested but the last, which has one item to go; and what the same
 * children did in the last weeks of the year before, so that each has a line of its own and the summary of that term a
 * word. Whether a child is a boy or a girl is written down with it.
 */
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import { addDays } from "@doudou/shared/domain/days.ts";
import {
  type FitnessItem,
  fitnessItems,
  fitnessThreshold,
  PE_SUBJECT,
  roundedAsTested,
  type ScoredItem,
} from "@doudou/shared/domain/fitness.ts";
import type { Sex } from "@doudou/shared/domain/roster-import/fields.ts";
import type { Store } from "../engines/database.ts";
import { keepFitnessValues, openFitnessTest, putFitnessExemption } from "../repositories/fitness.ts";
import { addStudentRecords } from "../repositories/office.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const HOUR = 3_600_000;
const OPENED_DAYS_AGO = 20;
const TESTED_DAYS_AGO = 9;
/** A Wednesday, as terms end on a Friday. */
const TESTED_BEFORE_HOLIDAYS = 30;
/** Which points children come to; the middle is the most usual. */
const POINTS = [100, 95, 90, 85, 80, 78, 76, 74, 72, 70, 68, 66, 64, 62, 60, 50] as const;
/** The class in which one child is exempt. */
const EXEMPT_IN = 1;
const LEFT_OVER: FitnessItem = "rope-skipping";

export async function enterFitness(
  store: Store,
  schoolId: string,
  terms: readonly PlannedClassTerm[],
  {
    today,
    yearIds,
    adminId,
    teacherIds,
    draw,
  }: {
    readonly today: string;
    readonly yearIds: readonly { readonly id: string; readonly start: number }[];
    readonly adminId: string;
    readonly teacherIds: readonly string[];
    readonly draw: Draw;
  },
): Promise<void> {
  const year = yearIds.at(-1);
  const testedOn = addDays(today, -TESTED_DAYS_AGO);
  const termId = terms.at(-1)?.term.termId;
  const timeZone = terms.at(-1)?.term.timeZone ?? "";
  const now = terms.filter(({ term }) => term.termId === termId);
  const startsOn = now[0]?.term.termStartsOn;
  if (!year || !startsOn || addDays(today, -OPENED_DAYS_AGO) < startsOn) return;
  const children = now.flatMap(({ ofClass }) => ofClass.children);
  const records = children.map(({ id: studentId, sex }) => ({ studentId, sex }));
  await addStudentRecords(store, schoolId, records);
  const by = (day: string) => ({ membershipId: adminId, at: new Date(startOfDay(day, timeZone) + 9 * HOUR) });
  const open = async (academicYearId: string, day: string) => {
    const openedOn = addDays(day, TESTED_DAYS_AGO - OPENED_DAYS_AGO);
    await openFitnessTest(store, schoolId, { academicYearId, openedOn }, by(openedOn));
  };
  await open(year.id, testedOn);
  for (const [place, { ofClass }] of now.entries()) {
    const tester = ofClass.posts.find(({ subject }) => subject === PE_SUBJECT)?.teacher;
    const of = {
      academicYearId: year.id,
      classId: ofClass.id,
      grade: ofClass.grade,
      testedOn,
      enteredBy: teacherIds[tester ?? -1] ?? adminId,
      enteredAt: by(testedOn).at,
    };
    const isLast = place === now.length - 1;
    const exempt = place === EXEMPT_IN ? ofClass.children.at(-1) : undefined;
    if (exempt) {
      const exemption = { academicYearId: year.id, studentId: exempt.id, reason: "illness" as const };
      await putFitnessExemption(store, schoolId, exemption, by(testedOn));
    }
    const tested = ofClass.children.filter((child) => child !== exempt);
    const values = tested.flatMap((child) => valuesOf(child, ofClass.grade, "now", draw));
    await keepFitnessValues(
      store,
      schoolId,
      of,
      values.filter(({ item }) => !isLast || item !== LEFT_OVER),
    );
  }
  const before = yearIds.find(({ start }) => start === year.start - 1);
  const finished = terms[0]?.term;
  if (!before || !finished) return;
  const testedThen = addDays(finished.termEndsOn, -TESTED_BEFORE_HOLIDAYS);
  await open(before.id, testedThen);
  for (const { ofClass } of terms.filter(({ ofClass: one }) => one.yearStart === before.start)) {
    const still = ofClass.children.filter(({ id }) => children.some((child) => child.id === id));
    const values = still.flatMap((child) => valuesOf(child, ofClass.grade, "before", draw));
    const of = { academicYearId: before.id, classId: ofClass.id, grade: ofClass.grade, testedOn: testedThen };
    const entered = { enteredBy: adminId, enteredAt: by(testedThen).at };
    await keepFitnessValues(store, schoolId, { ...of, ...entered }, values);
  }
}

/** What a child comes to in everything it is tested in. Its build is the same each year: no child becomes shorter. */
function valuesOf(
  { id: studentId, sex }: { readonly id: string; readonly sex: Sex },
  grade: number,
  year: "before" | "now",
  draws: Draw,
) {
  const build = draws.branch(`${studentId}/build`);
  const draw = draws.branch(`${studentId}/${year}`);
  const height = 112 + 6 * grade + build.whole(-8, 8);
  const weight = (build.whole(145, 175) / 10) * (height / 100) ** 2;
  return fitnessItems(grade, sex).flatMap((item) => {
    const points = draw.weighted([...POINTS], (one) => (one >= 66 && one <= 90 ? 3 : 1));
    const value =
      item === "height"
        ? height
        : item === "weight"
          ? weight
          : fitnessThreshold(item satisfies ScoredItem, points, grade, sex);
    if (value === undefined) return [];
    return [{ studentId, item, attempt: 1 as const, value: roundedAsTested(item, value) }];
  });
}
