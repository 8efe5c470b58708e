/** From a OneRoster package to one table of pupils: whatever the order of its lines, whoever names whom. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tableOfOneRoster } from "@doudou/shared/domain/roster-import/one-roster.ts";
import { pupilsIn } from "@doudou/shared/domain/roster-import/rows.ts";
import { oneRosterFiles, parsedPackage } from "../support/rosters.ts";

type Lines = readonly (readonly string[])[];

function pupilsOf(files: Readonly<Record<string, Lines>>) {
  const table = tableOfOneRoster(parsedPackage(files));
  if ("refusal" in table) throw new Error(table.refusal);
  return pupilsIn(table.rows, table.shape);
}

describe("a OneRoster package", () => {
  test("of 1.1 and of 1.2 gives the same pupils: class of the latest year, guardians whoever names whom", () => {
    const [first, second] = pupilsOf(oneRosterFiles("1.1"));
    expect(pupilsOf(oneRosterFiles("1.2"))).toEqual([first, second]);
    expect(first).toMatchObject({
      name: "李梓涵",
      studentNo: "OR-1",
      sex: "girl",
      bornOn: "2017-05-12",
      className: { grade: 3, number: 1 },
      guardians: [
        { name: "李大山", relation: "guardian", phone: "13900000001" },
        { name: "周晓燕", relation: "guardian", phone: "13900000002" },
      ],
      problems: [],
    });
    expect(second).toMatchObject({
      name: "Amina Khan",
      sex: null,
      guardians: [{ name: "Omar Khan", phone: "13900000003" }],
      problems: [],
    });
  });

  test("says the same in whatever order its lines are", () => {
    const plain = pupilsOf(oneRosterFiles("1.2"));
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (stream) => {
        const shuffled = Object.fromEntries(
          Object.entries(oneRosterFiles("1.2")).map(([name, [heading = [], ...lines]]) => {
            const keyed = lines.map((line) => ({ line, key: stream.next().value }));
            return [name, [heading, ...keyed.sort((a, b) => a.key - b.key).map(({ line }) => line)]];
          }),
        );
        const byNo = (pupils: typeof plain) =>
          pupils
            .map(({ row: _, addresses: _addresses, guardians, ...pupil }) => ({
              ...pupil,
              guardians: guardians.map(({ name }) => name).sort(),
            }))
            .sort((one, other) => ((one.studentNo ?? "") < (other.studentNo ?? "") ? -1 : 1));
        expect(byNo(pupilsOf(shuffled))).toEqual(byNo(plain));
      }),
      { numRuns: 40 },
    );
  });

  test("does not guess a class from lessons, keeps a third guardian, and leaves out who is to be deleted", () => {
    const files = oneRosterFiles("1.2");
    const [heading = [], first = [], , ...others] = files["users.csv"] ?? [];
    const agents = heading.indexOf("agentSourcedIds");
    const gone = ["gone", "tobedeleted", ...(others[0] ?? []).slice(2)];
    const changed = {
      ...files,
      "users.csv": [heading, first.with(agents, "g-1,g-2,g-3"), gone, ...others],
      "roles.csv": [...(files["roles.csv"] ?? []), ["r", "", "", "gone", "primary", "student", ""]],
      "enrollments.csv": [
        ["classSourcedId", "userSourcedId", "role"],
        ["c-2", "u-1", "student"],
        ["c-3", "u-1", "student"],
      ],
      "classes.csv": [
        ["sourcedId", "title"],
        ["c-2", "数学"],
        ["c-3", "语文"],
      ],
    };
    const [pupil, ...rest] = pupilsOf(changed);
    expect(rest).toEqual([]);
    expect(pupil?.className).toBeNull();
    expect(pupil?.guardians.map(({ name }) => name)).toEqual(["李大山", "周晓燕", "Omar Khan"]);
  });
});
