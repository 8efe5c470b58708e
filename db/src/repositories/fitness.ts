/** A school's fitness tests: what was measured of a child in a school year, and who was exempt. Nothing else reads or writes them. */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Attempt, ExemptionReason, FitnessItem } from "@doudou/shared/domain/fitness.ts";
import type { Sex } from "@doudou/shared/domain/roster-import/fields.ts";
import type { Store } from "../engines/database.ts";

export interface FitnessTest {
  readonly academicYearId: string;
  readonly openedOn: string;
}

/** The test of a school year, if the school has opened one. */
export async function fitnessTestOf(
  store: Store,
  schoolId: string,
  academicYearId: string,
): Promise<FitnessTest | undefined> {
  const { fitnessTest: f } = store.tables;
  const [found] = await store.db
    .select({ academicYearId: f.academicYearId, openedOn: f.openedOn })
    .from(f)
    .where(and(eq(f.schoolId, schoolId), eq(f.academicYearId, academicYearId)));
  return found;
}

/** Opens the test of a school year. @returns false where it was open already: its day stays */
export async function openFitnessTest(
  store: Store,
  schoolId: string,
  test: FitnessTest,
  by: { readonly membershipId: string; readonly at: Date },
): Promise<boolean> {
  const { fitnessTest: f } = store.tables;
  const opened = await store.db
    .insert(f)
    .values({ schoolId, ...test, openedBy: by.membershipId, openedAt: by.at })
    .onConflictDoNothing({ target: [f.schoolId, f.academicYearId] })
    .returning({ academicYearId: f.academicYearId });
  return opened.length > 0;
}

export interface FitnessMeasured {
  readonly studentId: string;
  readonly item: FitnessItem;
  readonly attempt: Attempt;
}

export interface KeptFitnessValue extends FitnessMeasured {
  readonly academicYearId: string;
  /** In the item's own unit. */
  readonly value: number;
  readonly grade: number;
  readonly testedOn: string;
}

/** What was measured of some children, in one school year or in all, oldest first. */
export async function fitnessValuesOf(
  store: Store,
  schoolId: string,
  of: { readonly studentIds: readonly string[]; readonly academicYearId?: string | undefined },
): Promise<KeptFitnessValue[]> {
  if (of.studentIds.length === 0) return [];
  const { fitnessValue: v } = store.tables;
  const rows = await store.db
    .select({
      academicYearId: v.academicYearId,
      studentId: v.studentId,
      item: v.item,
      attempt: v.attempt,
      tenths: v.tenths,
      grade: v.grade,
      testedOn: v.testedOn,
    })
    .from(v)
    .where(
      and(
        eq(v.schoolId, schoolId),
        inArray(v.studentId, [...of.studentIds]),
        of.academicYearId === undefined ? undefined : eq(v.academicYearId, of.academicYearId),
      ),
    )
    .orderBy(asc(v.testedOn), asc(v.attempt), asc(v.item));
  return rows.map(({ tenths, ...row }) => ({ ...row, value: tenths / 10 }));
}

/** Keeps what was measured; measured again, the later value stands. */
export async function keepFitnessValues(
  store: Store,
  schoolId: string,
  of: {
    readonly academicYearId: string;
    readonly classId: string;
    readonly grade: number;
    readonly testedOn: string;
    readonly enteredBy: string;
    readonly enteredAt: Date;
  },
  values: readonly (FitnessMeasured & { readonly value: number })[],
): Promise<void> {
  if (values.length === 0) return;
  const { fitnessValue: v } = store.tables;
  await store.db
    .insert(v)
    .values(
      values.map(({ value, ...measured }) => ({
        schoolId,
        ...of,
        ...measured,
        tenths: Math.round(value * 10),
      })),
    )
    .onConflictDoUpdate({
      target: [v.schoolId, v.academicYearId, v.studentId, v.item, v.attempt],
      set: {
        tenths: sql`excluded.tenths`,
        classId: sql`excluded.class_id`,
        grade: sql`excluded.grade`,
        testedOn: sql`excluded.tested_on`,
        enteredBy: sql`excluded.entered_by`,
        enteredAt: sql`excluded.entered_at`,
      },
    });
}

/** Takes back what was entered by mistake. */
export async function takeBackFitnessValues(
  store: Store,
  schoolId: string,
  academicYearId: string,
  measured: readonly FitnessMeasured[],
): Promise<void> {
  const { fitnessValue: v } = store.tables;
  for (const { studentId, item, attempt } of measured)
    await store.db
      .delete(v)
      .where(
        and(
          eq(v.schoolId, schoolId),
          eq(v.academicYearId, academicYearId),
          eq(v.studentId, studentId),
          eq(v.item, item),
          eq(v.attempt, attempt),
        ),
      );
}

export interface KeptFitnessExemption {
  readonly academicYearId: string;
  readonly studentId: string;
  readonly reason: ExemptionReason;
}

/** Who of some children was exempt, in one school year or in all. */
export async function fitnessExemptionsOf(
  store: Store,
  schoolId: string,
  of: { readonly studentIds: readonly string[]; readonly academicYearId?: string | undefined },
): Promise<KeptFitnessExemption[]> {
  if (of.studentIds.length === 0) return [];
  const { fitnessExemption: x } = store.tables;
  return await store.db
    .select({ academicYearId: x.academicYearId, studentId: x.studentId, reason: x.reason })
    .from(x)
    .where(
      and(
        eq(x.schoolId, schoolId),
        inArray(x.studentId, [...of.studentIds]),
        of.academicYearId === undefined ? undefined : eq(x.academicYearId, of.academicYearId),
      ),
    )
    .orderBy(asc(x.decidedAt), asc(x.studentId));
}

/** Exempts a child from a year's test, or says another reason. */
export async function putFitnessExemption(
  store: Store,
  schoolId: string,
  exemption: KeptFitnessExemption,
  by: { readonly membershipId: string; readonly at: Date },
): Promise<void> {
  const { fitnessExemption: x } = store.tables;
  const { reason } = exemption;
  await store.db
    .insert(x)
    .values({ schoolId, ...exemption, decidedBy: by.membershipId, decidedAt: by.at })
    .onConflictDoUpdate({
      target: [x.schoolId, x.academicYearId, x.studentId],
      set: { reason, decidedBy: by.membershipId, decidedAt: by.at },
    });
}

/** The child is tested after all. */
export async function endFitnessExemption(
  store: Store,
  schoolId: string,
  of: { readonly academicYearId: string; readonly studentId: string },
): Promise<void> {
  const { fitnessExemption: x } = store.tables;
  await store.db
    .delete(x)
    .where(
      and(eq(x.schoolId, schoolId), eq(x.academicYearId, of.academicYearId), eq(x.studentId, of.studentId)),
    );
}

/** Whether children are boys or girls, for whom the standard has a table each; who is not there, of that nothing is known. */
export async function sexesOf(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
): Promise<Map<string, Sex>> {
  if (studentIds.length === 0) return new Map();
  const { studentRecord: r } = store.tables;
  const rows = await store.db
    .select({ studentId: r.studentId, sex: r.sex })
    .from(r)
    .where(and(eq(r.schoolId, schoolId), inArray(r.studentId, [...studentIds])));
  return new Map(rows.flatMap(({ studentId, sex }) => (sex === null ? [] : [[studentId, sex]])));
}
