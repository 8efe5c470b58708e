/**
 * What the school office writes down, many at once: the school and its calendar, people, classes, and who belongs to
 * whom from when. Only adds; what is there already is not looked at, and a clash fails the whole job.
 */
import type { Store } from "../engines/database.ts";
import type { Tables } from "../schema/tables.ts";
import { insertRows } from "./bulk.ts";

/** A row of a table without its school, which every function here takes by itself. */
type New<T extends keyof Tables> = Omit<Tables[T]["$inferInsert"], "schoolId">;

export type NewSchool = Tables["school"]["$inferInsert"];
export type NewTerm = New<"term">;
export type NewStudent = New<"student">;
export type NewMembership = New<"membership">;
export type NewTeachingAssignment = New<"teachingAssignment">;
export type NewGuardianship = New<"guardianship">;
export type NewConsent = New<"consent">;
export type NewEnrollment = New<"enrollment">;

/** Opens a school. @throws when its code is taken */
export async function addSchool(store: Store, school: NewSchool): Promise<void> {
  await insertRows(store, store.tables.school, [school]);
}

export async function addAcademicYears(
  store: Store,
  schoolId: string,
  years: readonly New<"academicYear">[],
) {
  await insertRows(store, store.tables.academicYear, ofSchool(schoolId, years));
}

/** The years they belong to must be there, and their indicator schemes' ids known; dates must not overlap. */
export async function addTerms(store: Store, schoolId: string, terms: readonly NewTerm[]) {
  await insertRows(store, store.tables.term, ofSchool(schoolId, terms));
}

export async function addCalendarExceptions(
  store: Store,
  schoolId: string,
  days: readonly New<"calendarException">[],
) {
  await insertRows(store, store.tables.calendarException, ofSchool(schoolId, days));
}

export async function addSubjects(store: Store, schoolId: string, subjects: readonly New<"subject">[]) {
  await insertRows(store, store.tables.subject, ofSchool(schoolId, subjects));
}

export async function addClasses(store: Store, schoolId: string, classes: readonly New<"schoolClass">[]) {
  await insertRows(store, store.tables.schoolClass, ofSchool(schoolId, classes));
}

/** @throws when a student number is taken */
export async function addStudents(store: Store, schoolId: string, students: readonly NewStudent[]) {
  await insertRows(store, store.tables.student, ofSchool(schoolId, students));
}

export async function addEnrollments(store: Store, schoolId: string, enrollments: readonly NewEnrollment[]) {
  await insertRows(store, store.tables.enrollment, ofSchool(schoolId, enrollments));
}

/** Their accounts, where they have one, must be there. */
export async function addMemberships(store: Store, schoolId: string, memberships: readonly NewMembership[]) {
  await insertRows(store, store.tables.membership, ofSchool(schoolId, memberships));
}

export async function addTeachingAssignments(
  store: Store,
  schoolId: string,
  assignments: readonly NewTeachingAssignment[],
) {
  await insertRows(store, store.tables.teachingAssignment, ofSchool(schoolId, assignments));
}

export async function addGuardianships(
  store: Store,
  schoolId: string,
  guardianships: readonly NewGuardianship[],
) {
  await insertRows(store, store.tables.guardianship, ofSchool(schoolId, guardianships));
}

export async function addConsents(store: Store, schoolId: string, consents: readonly NewConsent[]) {
  await insertRows(store, store.tables.consent, ofSchool(schoolId, consents));
}

/** What only the office keeps of children; there must be nothing of them yet. */
export async function addStudentRecords(
  store: Store,
  schoolId: string,
  records: readonly New<"studentRecord">[],
) {
  await insertRows(store, store.tables.studentRecord, ofSchool(schoolId, records));
}

function ofSchool<R extends object>(schoolId: string, rows: readonly R[]): (R & { schoolId: string })[] {
  return rows.map((row) => ({ ...row, schoolId }));
}
