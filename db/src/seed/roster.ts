/**
 * The people of a demo school before anything is written: classes of each year, children in families, their guardians.
 */
import { addDays } from "@doudou/shared/domain/days.ts";
import type { Draw } from "./draw.ts";
import {
  type ChildName,
  drawAdultName,
  drawChildName,
  drawSurname,
  NAMESAKES,
  RARE_FAMILIES,
  type RareFamily,
  type Sex,
} from "./names.ts";
import type { SchoolYears } from "./school-years.ts";

/** What kind of school. */
export interface SchoolSpec {
  readonly name: string;
  readonly code: string;
  /** How its logins begin; the number follows. */
  readonly logins: {
    readonly admin: string;
    readonly teacher: string;
    readonly student: string;
    readonly guardian: string;
  };
  /** Grades with children today, in the order in which logins are counted. */
  readonly grades: readonly number[];
  readonly classesPerGrade: number;
  readonly classSize: readonly [from: number, to: number];
  readonly awardsPerChildAndWeek: readonly [from: number, to: number];
  /** Awards over both terms that the rate is chosen for, within its range. */
  readonly aimedAwards: number;
}

export interface PlannedClass {
  /** The grade of the year the class belongs to. */
  readonly grade: number;
  /** The grade its children are in today; one above the highest for leavers. */
  readonly gradeNow: number;
  readonly number: number;
  readonly yearStart: number;
}

export interface PlannedChild extends ChildName {
  readonly studentNo: string;
  readonly sex: Sex;
  readonly gradeNow: number;
  readonly number: number;
  /** Came from elsewhere on this day; undefined for all who began with the others. */
  readonly joinedOn: string | undefined;
  readonly familyIndex: number;
}

export interface PlannedGuardian {
  readonly name: string;
  readonly relation: "mother" | "father" | "grandmother";
}

export interface Roster {
  /** Of every year, last year's first; this year's in the order of the grades. */
  readonly classes: readonly PlannedClass[];
  /** By class in the order of the grades, then by student number; leavers last. */
  readonly children: readonly PlannedChild[];
  /** In the order of their first child. */
  readonly families: readonly (readonly PlannedGuardian[])[];
}

const SIBLINGS = 0.13;
/** Where the rarer names are, in the first classes, so that a demonstration shows them: a place in the class each. */
const RARE_PLACES = [8, 17, 26, 31, 12];
const NAMESAKE_PLACES = [
  { classIndex: 0, place: 20 },
  { classIndex: 1, place: 23 },
];
/** A family whose children are not to be left to chance: the first child of the first class has an elder sister or brother. */
const FIRST_SIBLING_GRADE = 5;

export function planRoster(
  spec: SchoolSpec,
  { years, current }: SchoolYears,
  today: string,
  draw: Draw,
): Roster {
  const thisYear = years.at(-1)?.start ?? 0;
  const highest = Math.max(...spec.grades);
  const numbers = Array.from({ length: spec.classesPerGrade }, (_, index) => index + 1);
  const cohorts = [...spec.grades, ...(years.length > 1 && highest === 6 ? [highest + 1] : [])];
  const slots = cohorts.flatMap((gradeNow) =>
    numbers.flatMap((number) =>
      slotsOfClass(gradeNow, number, spec, draw.branch(`class/${gradeNow}/${number}`)),
    ),
  );
  const families = intoFamilies(slots, draw.branch("families"));
  const taken = new Set([...RARE_FAMILIES.map(({ child }) => child.name), NAMESAKES.name.name]);
  const newcomersOn = addDays(current.startsOn, 35);
  const children = slots.map((slot): PlannedChild => {
    const { gradeNow, number, place, familyIndex } = slot;
    const entered = thisYear - gradeNow + 1;
    const studentNo = `${entered}${String(number).padStart(2, "0")}${String(place + 1).padStart(2, "0")}`;
    const joinedOn = slot.isNewcomer && newcomersOn <= today ? newcomersOn : undefined;
    return {
      ...nameOf(slot, taken, draw),
      studentNo,
      sex: slot.sex,
      gradeNow,
      number,
      joinedOn,
      familyIndex,
    };
  });
  return {
    classes: years.flatMap(({ start }) =>
      cohorts.flatMap((gradeNow) => {
        const grade = gradeNow - (thisYear - start);
        const exists = grade >= 1 && grade <= highest;
        return exists ? numbers.map((number) => ({ grade, gradeNow, number, yearStart: start })) : [];
      }),
    ),
    children,
    families,
  };
}

interface Slot {
  readonly gradeNow: number;
  readonly number: number;
  readonly place: number;
  readonly sex: Sex;
  readonly rare: RareFamily | undefined;
  readonly isNamesake: boolean;
  readonly isNewcomer: boolean;
  surname: string;
  familyIndex: number;
}

function slotsOfClass(gradeNow: number, number: number, spec: SchoolSpec, draw: Draw): Slot[] {
  const classIndex = spec.grades.indexOf(gradeNow) * spec.classesPerGrade + number - 1;
  const size = draw.whole(...spec.classSize);
  return Array.from({ length: size }, (_, place) => {
    const rare = classIndex < 0 ? undefined : rareFamilyAt(classIndex, place);
    const isNamesake = NAMESAKE_PLACES.some((at) => at.classIndex === classIndex && at.place === place);
    const sex = rare?.sex ?? (isNamesake ? NAMESAKES.sex : draw.happens(0.52) ? "boy" : "girl");
    // In a few classes the last on the list came in the middle of the term.
    const isNewcomer = classIndex % 4 === 3 && place === size - 1;
    return { gradeNow, number, place, sex, rare, isNamesake, isNewcomer, surname: "", familyIndex: -1 };
  });
}

/** The first two are in the first class, the others one each in the classes after. */
function rareFamilyAt(classIndex: number, place: number): RareFamily | undefined {
  const index = RARE_PLACES.indexOf(place);
  const isHere = index < 2 ? classIndex === 0 : classIndex === index - 1;
  return isHere ? RARE_FAMILIES[index] : undefined;
}

/** Gives every slot a family and its surname. Some have two children here, in different grades. */
function intoFamilies(slots: readonly Slot[], draw: Draw): PlannedGuardian[][] {
  const families: PlannedGuardian[][] = [];
  for (const slot of slots) {
    if (slot.familyIndex >= 0) continue;
    slot.familyIndex = families.length;
    slot.surname = slot.isNamesake ? NAMESAKES.surname : drawSurname(draw);
    families.push(guardiansOf(slot, draw));
    const isFirst = families.length === 1;
    if (!slot.rare && (isFirst || draw.happens(SIBLINGS))) {
      const wanted = (other: Slot) =>
        isFirst ? other.gradeNow === FIRST_SIBLING_GRADE : other.gradeNow !== slot.gradeNow;
      const free = slots.filter(
        (other) => other.familyIndex < 0 && !other.rare && !other.isNamesake && wanted(other),
      );
      if (free.length === 0) continue;
      const sibling = draw.one(free);
      sibling.familyIndex = slot.familyIndex;
      sibling.surname = slot.surname;
    }
  }
  return families;
}

function guardiansOf({ surname, rare }: Slot, draw: Draw): PlannedGuardian[] {
  const mother = {
    name: rare?.mother ?? drawAdultName(draw, drawSurname(draw), "woman"),
    relation: "mother",
  } as const;
  const father = { name: rare?.father ?? drawAdultName(draw, surname, "man"), relation: "father" } as const;
  const who = draw.share();
  if (who < 0.42) return [mother, father];
  if (who < 0.8) return [mother];
  if (who < 0.92) return [father];
  return [{ name: drawAdultName(draw, drawSurname(draw), "grandmother"), relation: "grandmother" }];
}

function nameOf({ rare, isNamesake, surname, sex }: Slot, taken: Set<string>, draw: Draw): ChildName {
  if (rare) return rare.child;
  if (isNamesake) return NAMESAKES.name;
  for (;;) {
    const drawn = drawChildName(draw, surname, sex);
    if (taken.has(drawn.name)) continue;
    taken.add(drawn.name);
    return drawn;
  }
}
