/** The school office takes in a OneRoster package as another system writes it: shown, applied, the same again, undone. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { strToU8, zipSync } from "fflate";
import type { ProblemBody } from "@doudou/shared/contract/common.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf, ofSchool } from "../support/dump.ts";
import { type Office, officeOf } from "../support/office.ts";
import { oneRosterFiles, packageOf } from "../support/rosters.ts";
import { createWorld, type World } from "../support/world.ts";

const VERSIONS = ["1.1", "1.2"] as const;

describe.each(ENGINES)("a OneRoster package on %s", (engine) => {
  let world: World;
  let office: Office;
  beforeEach(async () => {
    world = await createWorld(engine);
    office = await officeOf(world, world.school.admin);
  });
  afterEach(() => world.close());

  const rosterTables = async () => {
    const dump = ofSchool(await dumpOf(world.database), world.school.id);
    const tables = ["student", "enrollment", "membership", "guardianship", "guardianContact", "officeRecord"];
    return Object.fromEntries(Object.entries(dump).filter(([name]) => tables.includes(name)));
  };

  test.each(VERSIONS)(
    "of version %s is shown, applied, changes nothing again, and is undone",
    async (version) => {
      const before = await rosterTables();
      const file = packageOf(oneRosterFiles(version));
      const shown = await office.bring(file, { fileName: "oneroster.zip" });
      expect(shown).toMatchObject({
        state: "checked",
        isReadable: true,
        counts: { new: 2, problem: 0 },
        newClasses: [],
        oneRoster: { version, teachers: 1, teachingPosts: 2 },
      });
      const rows = await office.rows(shown.id, "new");
      expect(rows.map(({ name, studentNo, className }) => [name, studentNo, className])).toEqual([
        ["李梓涵", "OR-1", "三年级1班"],
        ["Amina Khan", "OR-2", "三年级1班"],
      ]);
      expect(await rosterTables()).toEqual(before);

      expect((await office.apply(shown.id)).state).toBe("applied");
      const after = await rosterTables();
      expect(after["student"]?.length).toBe((before["student"]?.length ?? 0) + 2);
      expect(after["guardianship"]?.length).toBe((before["guardianship"]?.length ?? 0) + 3);

      const again = await office.bring(file);
      expect(again.counts).toMatchObject({ new: 0, changed: 0, unchanged: 2, problem: 0 });
      expect((await office.undo(shown.id)).state).toBe("undone");
      expect(await rosterTables()).toEqual(before);
    },
  );

  test("is the same in a folder, with columns nobody knows, and without what nobody needs", async () => {
    const {
      "demographics.csv": _,
      "orgs.csv": _orgs,
      "courses.csv": _courses,
      ...files
    } = oneRosterFiles("1.1");
    const users = files["users.csv"]!.map((line, at) => [...line, at === 0 ? "metadata.shoeSize" : "31"]);
    const file = packageOf({ ...files, "users.csv": users, "notes.txt": [["liebe Grüße"]] }, "export/");
    expect(await office.bring(file)).toMatchObject({ counts: { new: 2, problem: 0 } });
  });
});

describe("a OneRoster package that cannot be taken in", () => {
  let world: World;
  let office: Office;
  beforeEach(async () => {
    world = await createWorld();
    office = await officeOf(world, world.school.admin);
  });
  afterEach(() => world.close());

  const refusal = async (file: Buffer) => {
    const { code, errors } = (await office.bring(file)) as unknown as ProblemBody;
    return [code, (errors ?? []).map(({ message }) => message)];
  };
  const packaged = (other: Record<string, readonly (readonly string[])[] | undefined>) => {
    const files = Object.entries({ ...oneRosterFiles("1.2"), ...other });
    return packageOf(Object.fromEntries(files.flatMap(([name, lines]) => (lines ? [[name, lines]] : []))));
  };
  const manifest = (...lines: string[][]) => ({ "manifest.csv": [["propertyName", "value"], ...lines] });

  test("says which files hold changes only, and of which version it is", async () => {
    expect(
      await refusal(
        packaged(manifest(["oneroster.version", "1.2"], ["file.users", "delta"], ["file.orgs", "bulk"])),
      ),
    ).toEqual(["oneroster-delta", ["users.csv"]]);
    expect(await refusal(packaged(manifest(["oneroster.version", "1.0"])))).toEqual([
      "oneroster-version",
      ["1.0"],
    ]);
  });

  test("names every file and column that is missing", async () => {
    const users = [["sourcedId", "givenName"]];
    expect(
      await refusal(packaged({ "users.csv": users, "roles.csv": undefined, "classes.csv": undefined })),
    ).toEqual(["oneroster-incomplete", ["users.csv: familyName", "roles.csv", "classes.csv"]]);
  });

  test("is not mixed from several schools, and a bomb is not unpacked", async () => {
    const classes = [
      ["sourcedId", "title", "schoolSourcedId"],
      ["c-1", "三年级1班", "one"],
      ["c-2", "三年级1班", "two"],
    ];
    expect(await refusal(packaged({ "classes.csv": classes }))).toEqual([
      "oneroster-several-schools",
      ["one", "two"],
    ]);
    const bomb = zipSync({
      "manifest.csv": strToU8("propertyName,value\noneroster.version,1.1\n"),
      "users.csv": new Uint8Array(100 * 1024 * 1024).fill(32),
    });
    expect(await refusal(Buffer.from(bomb))).toEqual(["table-unpacks-too-large", []]);
    const nobody = packaged({ "users.csv": oneRosterFiles("1.2")["users.csv"]!.slice(0, 1) });
    expect(await refusal(nobody)).toEqual(["table-empty", []]);
  });
});
