/** The shape of what absences.svelte.ts keeps on the device, and what the server's taking it changes there. Pure. */
import type { Roster } from "@doudou/shared/contract/classes.ts";

/** A mark as it lies on the device. */
export interface WaitingMark {
  readonly accountId: string;
  readonly classId: string;
  readonly studentId: string;
  /** The school's local day. */
  readonly day: string;
  readonly isAbsent: boolean;
  /** By the tablet's clock, ms. */
  readonly markedAt: number;
  readonly clockOffset?: number | undefined;
}

/** A roster kept on the device, with marks of its day that the server has taken since. */
export function rosterWithMarks(roster: Roster, marks: readonly WaitingMark[]): Roster {
  const ofDay = marks.filter(({ classId, day }) => classId === roster.class.id && day === roster.today);
  const last = new Map(ofDay.map(({ studentId, isAbsent }) => [studentId, isAbsent]));
  const students = roster.students.map((student) => ({
    ...student,
    isAbsent: last.get(student.id) ?? student.isAbsent,
  }));
  return { ...roster, students };
}
