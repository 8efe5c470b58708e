/**
 * A class's fitness sheet: who tests it enters what was measured, value by value or from a filled-in file. A value that no
 * child can have done is never kept.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { type ListedYear, yearsIn } from "@doudou/db/repositories/directory.ts";
import {
  endFitnessExemption,
  type FitnessTest,
  fitnessTestOf,
  keepFitnessValues,
  putFitnessExemption,
  takeBackFitnessValues,
} from "@doudou/db/repositories/fitness.ts";
import {
  classById,
  type ClassRow,
  type StudentRow,
  studentsOfClass,
} from "@doudou/db/repositories/people.ts";
import type {
  FitnessDesk,
  FitnessExemptionInput,
  FitnessInput,
  FitnessKept,
  FitnessReading,
} from "@doudou/shared/contract/fitness.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import {
  fitnessItems,
  hasFitnessTable,
  isPlausible,
  roundedAsTested,
} from "@doudou/shared/domain/fitness.ts";
import {
  FITNESS_CHILD_HEADINGS,
  fitnessHeading,
  readFitnessSheet,
} from "@doudou/shared/domain/fitness-sheet.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { wordsIn, type WrittenTable } from "../../spreadsheets/written.ts";
import { type ChildYear, childYears, hasRetest, stateOf } from "./results.ts";

interface ClassYear {
  readonly of: ClassRow;
  readonly year: ListedYear;
  readonly test: FitnessTest | undefined;
  readonly children: readonly StudentRow[];
}

/** A class's sheet, with what has been entered. */
export async function fitnessDesk(deps: Deps, { schoolId }: Grant, classId: string): Promise<FitnessDesk> {
  const today = await dayIn(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const { of, year, test, children } = await classYear(store, schoolId, classId, today);
    const { sexes, years } = await yearsOf(store, schoolId, of, children);
    return {
      class: { id: of.id, name: of.name, grade: of.grade },
      year: year.name,
      today,
      test: test ? { openedOn: test.openedOn } : null,
      hasTable: hasFitnessTable(of.grade),
      items: fitnessItems(of.grade, null),
      children: children.flatMap(({ id, name }) => {
        const own = years.get(id)?.[0];
        if (!own) return [];
        const items = fitnessItems(of.grade, sexes.get(id) ?? null);
        const values = own.kept.map(({ item, attempt, value }) => ({ item, attempt, value }));
        return [{ id, name, items, exempt: own.exempt, values, state: stateOf(own) }];
      }),
    };
  });
}

/**
 * Keeps what was measured of children of a class; sending it again changes nothing.
 * @throws Problem fitness-test-not-open, fitness-day-wrong, fitness-child-not-in-class, fitness-not-asked,
 *   fitness-value-implausible, fitness-retest-not-due; nothing is kept then
 */
export async function enterFitness(
  deps: Deps,
  grant: Grant,
  classId: string,
  { testedOn, values }: FitnessInput,
): Promise<FitnessKept> {
  const { schoolId, membershipId: enteredBy } = grant;
  const at = deps.now();
  const today = await dayIn(deps, schoolId);
  return await deps.database.write(schoolId, async (store) => {
    const { of, year, test, children } = await classYear(store, schoolId, classId, today);
    if (!test) throw new Problem("fitness-test-not-open");
    if (testedOn < year.startsOn || testedOn > year.endsOn || testedOn > today)
      throw new Problem("fitness-day-wrong");
    const { sexes, years } = await yearsOf(store, schoolId, of, children);
    for (const { studentId, item, attempt, value } of values) {
      const own = years.get(studentId)?.[0];
      if (!own) throw new Problem("fitness-child-not-in-class");
      if (!fitnessItems(of.grade, sexes.get(studentId) ?? null).includes(item))
        throw new Problem("fitness-not-asked");
      if (value !== null && !isPlausible(item, value)) throw new Problem("fitness-value-implausible");
      if (value !== null && attempt === 2 && !hasRetest(own.first))
        throw new Problem("fitness-retest-not-due");
    }
    // Sent twice in one call, the later one stands.
    const last = [
      ...new Map(values.map((one) => [`${one.studentId} ${one.item} ${one.attempt}`, one])).values(),
    ];
    await keepFitnessValues(
      store,
      schoolId,
      { academicYearId: year.id, classId, grade: of.grade, testedOn, enteredBy, enteredAt: at },
      last.flatMap(({ value, ...measured }) =>
        value === null ? [] : [{ ...measured, value: roundedAsTested(measured.item, value) }],
      ),
    );
    await takeBackFitnessValues(
      store,
      schoolId,
      year.id,
      last.filter(({ value }) => value === null),
    );
    const about = children.filter(({ id }) => last.some(({ studentId }) => studentId === id));
    const kept = await keptOf(store, schoolId, of, about, at);
    // That results were entered, and of how many; the log outlives the children's time here, a value must not.
    await noteChange(store, grant, {
      action: "fitness.enter",
      at,
      classId,
      after: { values: last.length, children: about.length },
    });
    return kept;
  });
}

/** Exempts a child from the year's test, or says that it is tested after all. */
export async function exemptChild(
  deps: Deps,
  grant: Grant,
  classId: string,
  { studentId, reason }: FitnessExemptionInput,
): Promise<FitnessKept> {
  const { schoolId, membershipId } = grant;
  const at = deps.now();
  const today = await dayIn(deps, schoolId);
  return await deps.database.write(schoolId, async (store) => {
    const { of, year, test, children } = await classYear(store, schoolId, classId, today);
    if (!test) throw new Problem("fitness-test-not-open");
    const about = children.filter(({ id }) => id === studentId);
    if (about.length === 0) throw new Problem("fitness-child-not-in-class");
    const child = { academicYearId: year.id, studentId };
    if (reason === null) await endFitnessExemption(store, schoolId, child);
    else await putFitnessExemption(store, schoolId, { ...child, reason }, { membershipId, at });
    const kept = await keptOf(store, schoolId, of, about, at);
    await noteChange(store, grant, {
      action: "fitness.enter",
      at,
      studentId,
      classId,
      after: { isExempt: reason !== null },
    });
    return kept;
  });
}

/** A class's sheet as a table: what was entered, or nothing yet, to be filled in. */
export async function fitnessTable(
  deps: Deps,
  { schoolId }: Grant,
  classId: string,
  locale: Locale,
): Promise<WrittenTable> {
  const say = wordsIn(locale);
  const today = await dayIn(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const { of, children } = await classYear(store, schoolId, classId, today);
    const { years } = await yearsOf(store, schoolId, of, children);
    const items = fitnessItems(of.grade, null);
    const headings = [...Object.values(FITNESS_CHILD_HEADINGS), ...items.map((item) => fitnessHeading(item))];
    return {
      name: of.name,
      headings: headings.map(({ zh, en }) => say(zh, en)),
      rows: children.map(({ id, name, studentNo }) => {
        const values = years.get(id)?.[0]?.values ?? {};
        return [studentNo, name, ...items.map((item) => String(values[item] ?? ""))];
      }),
    };
  });
}

/**
 * What a filled-in sheet says of the class's children. Saves nothing: whoever brought it looks at it first.
 * @throws Problem table-…: see spreadsheets/table-limits.ts
 */
export async function readFitnessFile(
  deps: Deps,
  { schoolId }: Grant,
  classId: string,
  bytes: Uint8Array,
): Promise<FitnessReading> {
  const table = await deps.tables.read(bytes);
  if ("refusal" in table) throw new Problem(table.refusal);
  const today = await dayIn(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const { of, children } = await classYear(store, schoolId, classId, today);
    const reading = readFitnessSheet(table.rows, children, fitnessItems(of.grade, null));
    if (!reading) throw new Problem("table-empty");
    return { values: [...reading.values], doubts: [...reading.doubts] };
  });
}

/** @throws Problem not-found */
async function classYear(store: Store, schoolId: string, classId: string, today: string): Promise<ClassYear> {
  const of = await classById(store, schoolId, classId);
  const year = (await yearsIn(store, schoolId)).find(({ id }) => id === of?.academicYearId);
  if (!of || !year) throw new Problem("not-found");
  const day = today < year.endsOn ? today : year.endsOn;
  return {
    of,
    year,
    test: await fitnessTestOf(store, schoolId, year.id),
    children: await studentsOfClass(store, schoolId, classId, day),
  };
}

async function yearsOf(
  store: Store,
  schoolId: string,
  { academicYearId, grade }: ClassRow,
  children: readonly StudentRow[],
): ReturnType<typeof childYears> {
  const studentIds = children.map(({ id }) => id);
  return await childYears(store, schoolId, { studentIds, academicYearId }, grade);
}

async function keptOf(
  store: Store,
  schoolId: string,
  of: ClassRow,
  about: readonly StudentRow[],
  at: Date,
): Promise<FitnessKept> {
  const { years } = await yearsOf(store, schoolId, of, about);
  const children = about.flatMap(({ id }) =>
    (years.get(id) ?? []).map((own: ChildYear) => ({ id, state: stateOf(own) })),
  );
  return { savedAt: at.toISOString(), children };
}

async function dayIn(deps: Deps, schoolId: string): Promise<string> {
  const { timeZone } = await deps.frames.of(schoolId);
  return localDayOf(deps.now().getTime(), timeZone);
}
