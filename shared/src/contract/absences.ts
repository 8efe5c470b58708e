/** Who is absent today, as the teachers of a class mark it for one another. Attendance of a day, never a record. */
import Type, { type Static } from "typebox";
import { Id, Instant, LocalDate } from "./common.ts";

/** A child is away on a day, or is here after all. Of several the latest counts; sending one again changes nothing. */
export const AbsenceMark = Type.Object(
  { studentId: Id, day: LocalDate, isAbsent: Type.Boolean(), markedAt: Instant },
  { additionalProperties: false },
);
export type AbsenceMark = Static<typeof AbsenceMark>;

export const AbsenceMarks = Type.Object(
  { marks: Type.Array(AbsenceMark, { minItems: 1, maxItems: 200 }) },
  { additionalProperties: false },
);
export type AbsenceMarks = Static<typeof AbsenceMarks>;

export const Absences = Type.Object({
  day: LocalDate,
  absentIds: Type.Array(Id, { description: "students of the class who are marked absent that day" }),
});
export type Absences = Static<typeof Absences>;
