/** A roster kept on the device, once the server has taken marks of absence: what a page shows before it has asked again. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Roster } from "@doudou/shared/contract/classes.ts";
import { rosterWithMarks, type WaitingMark } from "../../web/src/lib/offline/absence-marks.ts";

const CHILDREN = ["one", "two", "three"];
const [TODAY, YESTERDAY] = ["2026-11-11", "2026-11-10"] as const;

const roster = fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }).map(
  (areAbsent) =>
    ({
      class: { id: "class" },
      today: TODAY,
      students: CHILDREN.map((id, at) => ({ id, name: `name of ${id}`, isAbsent: areAbsent[at] })),
    }) as unknown as Roster,
);
const mark = fc.record({
  accountId: fc.constant("teacher"),
  classId: fc.constantFrom("class", "other class"),
  studentId: fc.constantFrom(...CHILDREN, "of another class"),
  day: fc.constantFrom(TODAY, YESTERDAY),
  isAbsent: fc.boolean(),
  markedAt: fc.nat(),
}) satisfies fc.Arbitrary<WaitingMark>;

const absentIn = ({ students }: Roster) => new Map(students.map(({ id, isAbsent }) => [id, isAbsent]));

it("says of each child what was marked last for its class and day, and nothing else changes", () => {
  fc.assert(
    fc.property(roster, fc.array(mark), (kept, marks) => {
      const expected = absentIn(kept);
      for (const { classId, day, studentId, isAbsent } of marks)
        if (classId === "class" && day === TODAY && expected.has(studentId))
          expected.set(studentId, isAbsent);
      const next = rosterWithMarks(kept, marks);
      expect(absentIn(next)).toEqual(expected);
      const withoutMarks = (of: Roster) => ({
        ...of,
        students: of.students.map((student) => ({ ...student, isAbsent: false })),
      });
      expect(withoutMarks(next)).toEqual(withoutMarks(kept));
    }),
  );
});
