/** What the office's lists say of people and days, in the reader's words; and which of those that are read fit a filter. */
import type { ClassRef } from "@doudou/shared/contract/common.ts";
import type { Assignment, Pupil, StaffRow } from "@doudou/shared/contract/people.ts";
import { isMeantBy } from "@doudou/shared/domain/people/name-search.ts";
import type { Bilingual } from "@doudou/shared/domain/words.ts";
import { dayOf } from "#lib/growth/day-words.ts";
import { dayInFull } from "#lib/growth/days-in-full.ts";
import { locale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";

/** What a list is narrowed to; empty strings for whatever is not asked. */
export interface ListFilter {
  q: string;
  grade: string;
  classId: string;
  subjectId: string;
  state: "here" | "coming" | "left";
}

export const everybody = (): ListFilter => ({ q: "", grade: "", classId: "", subjectId: "", state: "here" });

/** As the server takes it, for the export of what is shown. */
export function queryOf({ q, grade, classId, subjectId, state }: ListFilter) {
  const given = (text: string) => (text.trim() === "" ? undefined : text.trim());
  return {
    q: given(q),
    grade: given(grade),
    classId: given(classId),
    subjectId: given(subjectId),
    state,
  };
}

export function pupilsThatFit(
  pupils: readonly Pupil[],
  classes: ReadonlyMap<string, ClassRef>,
  { q, grade, classId }: ListFilter,
): Pupil[] {
  return pupils.filter(
    (pupil) =>
      (classId === "" || pupil.classId === classId) &&
      (grade === "" || String(classes.get(pupil.classId)?.grade) === grade) &&
      isMeantBy(q, { ...pupil, number: pupil.studentNo }),
  );
}

export function staffWhoFit(
  staff: readonly StaffRow[],
  classes: ReadonlyMap<string, ClassRef>,
  { q, grade, classId, subjectId }: ListFilter,
): StaffRow[] {
  const isAsked = grade !== "" || classId !== "" || subjectId !== "";
  return staff.filter(
    (member) =>
      isMeantBy(q, member) &&
      (!isAsked ||
        member.teaches.some(
          (t) =>
            (classId === "" || t.classId === classId) &&
            (subjectId === "" || t.subjectId === subjectId) &&
            (grade === "" || String(classes.get(t.classId)?.grade) === grade),
        )),
  );
}

export function byId<T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((one) => [one.id, one]));
}

/** A name in the reader's language. */
export function inWords({ zh, en }: Bilingual): string {
  return locale() === "en" ? en : zh;
}

/** Whether something that is given for a time has had its last day. */
export function isOver({ until }: { readonly until: string | null }): boolean {
  return until !== null && until < dayOf(new Date());
}

export function spanInWords(from: string, until: string | null): string {
  return until === null
    ? m.people_since({ from: dayInFull(from) })
    : m.people_span({ from: dayInFull(from), until: dayInFull(until) });
}

/** Such as 三年级组长. */
export function leadsInWords(grade: number): string {
  return m.lead_of({ grade: m.teacher_classes_grade({ grade }) });
}

/** What is taught, such as 班主任 · 语文. */
export function taughtInWords({ isHomeroom, subject }: Pick<Assignment, "isHomeroom" | "subject">): string {
  const parts = [...(isHomeroom ? [m.people_homeroom()] : []), ...(subject ? [inWords(subject)] : [])];
  return parts.length === 0 ? m.people_no_subject() : parts.join(" · ");
}
