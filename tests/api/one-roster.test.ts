/** The school office takes in a OneRoster package as another system writes it: shown, applied, the same again, undone. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { strToU8, zipSync } from "fflate";
import type { ProblemBody } from "@doudou/shared/contract/common.ts";
import type { StaffList } from "@doudou/shared/contract/people.ts";
import type { StaffAccounts } from "@doudou/shared/contract/staff-accounts.ts";
import { awardIn, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf, ofSchool } from "../support/dump.ts";
import { type Office, officeOf } from "../support/office.ts";
import { oneRosterFiles, type PackedStaff, packageOf, staffPackage } from "../support/rosters.ts";
import { WORLD_NOW } from "../support/school.ts";
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
    const tables = [
      "student",
      "studentRecord",
      "enrollment",
      "membership",
      "guardianship",
      "guardianContact",
      "staffRecord",
      "teachingAssignment",
    ];
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
        oneRoster: { version },
        staff: { new: 1, problem: 0, posts: { new: 1, problem: 0, missing: 3 } },
      });
      expect(await office.staff(shown.id)).toMatchObject([
        {
          name: "王建国",
          staffNo: "T-1",
          outcome: "new",
          posts: [{ className: "三年级1班", subject: { zh: "音乐" }, isHomeroom: false, outcome: "new" }],
        },
      ]);
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
      expect(after["teachingAssignment"]?.length).toBe((before["teachingAssignment"]?.length ?? 0) + 1);

      const again = await office.bring(file);
      expect(again.counts).toMatchObject({ new: 0, changed: 0, unchanged: 2, problem: 0 });
      expect(again.staff).toMatchObject({
        new: 0,
        changed: 0,
        unchanged: 1,
        posts: { new: 0, unchanged: 1 },
      });
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

describe.each(ENGINES)("the staff of a OneRoster package on %s", (engine) => {
  let world: World;
  let office: Office;
  beforeEach(async () => {
    world = await createWorld(engine);
    office = await officeOf(world, world.school.admin);
  });
  afterEach(() => world.close());

  const bring = (...staff: PackedStaff[]) => office.bring(packageOf(staffPackage(staff)));
  const apply = async (...staff: PackedStaff[]) => {
    const { id } = await bring(...staff);
    expect((await office.apply(id)).state).toBe("applied");
    return id;
  };
  const music = (title = "三年级1班") => ({ title, subject: "音乐" });

  test("is known by login, keeps what it holds, and is given a number", async () => {
    const { homeroom } = world.school;
    const known = { name: homeroom.name, no: "T-7", login: homeroom.login.toUpperCase() };
    const posts = [{ title: "三年级1班", isPrimary: true }, music("五年级1班")];
    const shown = await bring({ ...known, posts });
    expect(shown.staff).toMatchObject({ new: 0, changed: 1, posts: { new: 1, unchanged: 1, missing: 2 } });
    await office.apply(shown.id);
    // From now on by the number, whatever the login is.
    expect((await bring({ ...known, login: "another", posts })).staff).toMatchObject({
      unchanged: 1,
      posts: { new: 0, unchanged: 2 },
    });
  });

  test("of one name are told apart by their numbers, and a namesake of the school by whoever knows", async () => {
    const { homeroom } = world.school;
    const twins = [
      { name: "张伟", no: "T-1", posts: [music()] },
      { name: "张伟", no: "T-2" },
    ];
    await apply(...twins);
    expect((await bring(...twins)).staff).toMatchObject({ new: 0, changed: 0, unchanged: 2 });

    const namesake = { name: homeroom.name, no: "T-3", posts: [music("五年级1班")] };
    const shown = await bring(namesake);
    expect(shown.staff).toMatchObject({ problem: 1, posts: { new: 0 } });
    expect(await office.staff(shown.id)).toMatchObject([
      { problems: ["name-known"], candidates: [{ id: homeroom.membershipId, login: homeroom.login }] },
    ]);
    expect((await office.choose(shown.id, 1, world.school.admin.membershipId)).code).toBe(
      "roster-staff-unfit",
    );
    expect((await office.choose(shown.id, 1, null)).staff).toMatchObject({ new: 1, problem: 0 });
    expect((await office.choose(shown.id, 1, homeroom.membershipId)).code).toBe("roster-staff-unfit");
    const other = await bring(namesake);
    expect((await office.choose(other.id, 1, homeroom.membershipId)).staff).toMatchObject({ changed: 1 });
    await office.apply(other.id);
    expect((await bring(namesake)).staff).toMatchObject({ unchanged: 1, posts: { unchanged: 1 } });
  });

  test("gets no class that has its homeroom teacher, no subject or class that nobody knows, none of last year", async () => {
    const shown = await bring(
      {
        name: "吴敏",
        no: "T-1",
        posts: [
          { title: "三年级1班", subject: "音乐", isPrimary: true },
          { title: "五年级1班", subject: "书法" },
          music("六年级9班"),
          music("音乐兴趣小组"),
          { ...music("五年级1班"), ends: "2026-07-10" },
        ],
      },
      { name: "郑洁", no: "T-2", role: "administrator" },
    );
    const [first, second] = await office.staff(shown.id);
    expect(first?.posts.map(({ outcome, problem }) => problem ?? outcome).sort()).toEqual([
      "class-unclear",
      "class-unknown",
      "homeroom-taken",
      "new",
      "subject-unknown",
    ]);
    expect(second).toMatchObject({ isAdministrator: true, outcome: "new", posts: [] });
    await office.apply(shown.id);
    const roles = ofSchool(await dumpOf(world.database), world.school.id)["membership"] ?? [];
    expect(roles.filter((row) => row.includes("郑洁")).join()).toContain('"role":"teacher"');
  });

  test("is not applied to a staff that has changed meanwhile, though a table of pupils is", async () => {
    const shown = await bring({ name: "吴敏", no: "T-1", posts: [music()] });
    const pupils = await office.bring("姓名,学号,班级\n李梓涵,N-1,三年级1班\n");
    await apply({ name: "郑洁", no: "T-2" });
    expect((await office.apply(shown.id)).code).toBe("roster-import-stale");
    expect((await office.apply(pupils.id)).state).toBe("applied");
  });

  test("goes again when the import is undone, but for who has been used since", async () => {
    const { homeroom } = world.school;
    const id = await apply(
      { name: "吴敏", no: "T-1", posts: [music()] },
      { name: "郑洁", no: "T-2", posts: [music("五年级1班")] },
      { name: homeroom.name, no: "T-3", login: homeroom.login, posts: [music()] },
    );
    const [, invited] = await office.staff(id);
    const { withoutAccount } = await office.get<StaffAccounts>("/staff-accounts");
    const waiting = withoutAccount.find(({ name }) => name === invited?.name);
    await office.ask("POST", `/staff-accounts/${waiting?.membershipId}/invitation`, {});
    const teacher = await clientOf(world, homeroom);
    expect(await teacher.award(awardIn(world.school, WORLD_NOW))).toMatchObject([{ status: "recorded" }]);
    expect(await office.undo(id)).toMatchObject({ state: "undone", staff: { kept: 2 } });
    expect((await office.staff(id)).map(({ name, kept }) => [name, kept])).toEqual([
      ["吴敏", null],
      ["郑洁", "has-account"],
      [homeroom.name, "has-records"],
    ]);
    const { staff } = await office.get<StaffList>("/people/staff");
    expect(staff.map(({ name }) => name)).not.toContain("吴敏");
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
    // By name, where the package says what its schools are called.
    const orgs = [
      ["sourcedId", "name", "type"],
      ["one", "森林小学", "school"],
      ["two", "", "school"],
    ];
    expect(await refusal(packaged({ "classes.csv": classes, "orgs.csv": orgs }))).toEqual([
      "oneroster-several-schools",
      ["two", "森林小学"],
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
