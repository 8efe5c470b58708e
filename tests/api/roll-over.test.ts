/** The turn of the school year over HTTP: drafted, shown, done once and taken back; and last year stays as it was. */
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { ClassPage, PupilPage } from "@doudou/shared/contract/people.ts";
import type { RollOver, RollOverDraft } from "@doudou/shared/contract/roll-over.ts";
import { prune } from "@doudou/server/operate/prune.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf, ofSchool } from "../support/dump.ts";
import { addNextYear } from "../support/next-year.ts";
import { type Person, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY_MS = 86_400_000;
const FIRST_DAY = "2027-09-01";
/** What is no part of the turn: sessions, the log, and the draft itself. */
const APART = ["rollOver", "rollOverChoice", "auditEntry", "auditDetail", "session", "signInThrottle"];

describe.each(ENGINES)("the turn of the school year on %s", (engine) => {
  let world: World;
  let admin: Client;
  beforeEach(async () => {
    world = await createWorld(engine);
    admin = await clientOf(world, world.school.admin);
  });
  afterEach(() => world.close());

  const standing = () => admin.get<RollOver>("/office/roll-over");
  const settled = ({ status, body, code }: { status: number; body: string; code: string | undefined }) => {
    expect([status, code]).toEqual([200, undefined]);
    return JSON.parse(body) as RollOver;
  };
  const save = async (draft: RollOverDraft, version: number) =>
    settled(await admin.ask("PUT", "/office/roll-over/draft", { version, draft }));
  const apply = (seal: string, by = admin) => by.ask("POST", "/office/roll-over/apply", { seal });
  const undo = (by = admin) => by.ask("POST", "/office/roll-over/undo");
  const everything = async () => {
    const dump = ofSchool(await dumpOf(world.database), world.school.id);
    return Object.fromEntries(Object.entries(dump).filter(([name]) => !APART.includes(name)));
  };
  const on = async (day: string, person: Person) => {
    world.setNow(new Date(`${day}T02:00:00Z`));
    return await clientOf(world, person);
  };
  const mayRead = async (person: Person, day: string, studentId: string) =>
    (await (await on(day, person)).ask("GET", `/students/${studentId}/portfolio`)).code ?? "granted";
  /** Both classes go up, as is usual. */
  const done = async (change: (draft: RollOverDraft) => RollOverDraft = (draft) => draft) => {
    await addNextYear(admin);
    const { draft } = await standing();
    const { preview } = await save(change(draft), 0);
    return settled(await apply(preview.seal));
  };

  test("needs a next year with terms, shows each class before and after, and changes nothing until it is done", async () => {
    const before = await everything();
    expect((await admin.ask("GET", "/office/roll-over")).code).toBe("roll-over-year-missing");
    const { toId } = await addNextYear(admin, { terms: false });
    const { draft, ...shown } = await standing();
    expect([shown.state, shown.version, shown.to.id]).toEqual(["draft", 0, toId]);
    expect(draft.nextClasses.map(({ name }) => name)).toEqual(["四年级1班", "六年级1班"]);
    expect(shown.preview.problems).toEqual([{ fault: "terms-missing" }]);
    const twice = draft.nextClasses.map((next) => ({ ...next, name: "四年级1班" }));
    const saved = await save({ ...draft, nextClasses: twice }, 0);
    expect(saved.preview.problems.map(({ fault }) => fault)).toEqual(["terms-missing", "name-twice"]);
    expect(await apply(saved.preview.seal)).toMatchObject({ code: "roll-over-hindered", status: 422 });

    await addNextYear(admin);
    const again = await save(draft, 1);
    expect(again.preview).toMatchObject({
      isHindered: false,
      problems: [],
      counts: { goOn: 7, graduate: 0, leave: 0, carried: 3, ended: 0 },
    });
    expect(again.preview.classes[0]).toMatchObject({
      name: "四年级1班",
      grade: 4,
      pupils: 5,
      from: [{ classId: world.school.classId, pupils: 5 }],
      homeroomTeacher: world.school.homeroom.name,
    });
    const { academicYear: _, term: __, ...rest } = await everything();
    const { academicYear: ___, term: ____, ...was } = before;
    expect(rest).toEqual(was);
    expect((await standing()).draft).toEqual(again.draft);
  });

  test("forgets a draft that nobody has saved for sixty days, and never what was carried out", async () => {
    await addNextYear(admin);
    const { preview } = await save((await standing()).draft, 0);
    const later = (days: number) => world.setNow(new Date(WORLD_NOW.getTime() + days * DAY_MS));
    later(59);
    expect((await prune(world.deps, () => {})).rollOverDrafts).toBe(0);
    later(61);
    expect((await prune(world.deps, () => {})).rollOverDrafts).toBe(1);
    later(0);
    expect((await standing()).version).toBe(0);
    const again = await save((await standing()).draft, 0);
    expect(again.preview.seal).not.toBe(preview.seal);
    settled(await apply(again.preview.seal));
    later(61);
    expect((await prune(world.deps, () => {})).rollOverDrafts).toBe(0);
  });

  test("moves everybody up on the first day and not before; who taught last year reads last year no longer", async () => {
    const { school } = world;
    const [child] = school.children;
    const { draft } = await (async () => {
      await addNextYear(admin);
      return await standing();
    })();
    // The music teacher does not go along; the homeroom teacher does.
    const music = (await standing()).assignments.find(({ subject }) => subject !== null)!;
    const { preview } = await save({ ...draft, notCarried: [music.id] }, 0);
    const applied = settled(await apply(preview.seal));
    expect(applied).toMatchObject({ state: "applied", mayUndo: true, appliedBy: school.admin.name });
    expect(applied.preview.counts).toEqual({ goOn: 7, graduate: 0, leave: 0, carried: 2, ended: 1 });

    const nextId = draft.classes.find(({ classId }) => classId === school.classId)!.nextId!;
    expect(await mayRead(school.subject, "2027-08-31", child!.id)).toBe("granted");
    expect(await mayRead(school.subject, FIRST_DAY, child!.id)).toBe("forbidden");
    expect(await mayRead(school.homeroom, FIRST_DAY, child!.id)).toBe("granted");
    expect(await mayRead(school.guardian, FIRST_DAY, child!.id)).toBe("granted");
    const teacher = await on(FIRST_DAY, school.homeroom);
    expect((await teacher.ask("GET", `/classes/${school.classId}/roster`)).code).toBe("forbidden");
    const { students } = await teacher.get<{ students: object[] }>(`/classes/${nextId}/roster`);
    expect(students.length).toBe(5);
    // What the child grew last year its teacher of this year reads, through the child.
    const past = `/students/${child!.id}/portfolio?termId=${school.termId}`;
    expect((await teacher.ask("GET", past)).status).toBe(200);

    const office = await on(FIRST_DAY, school.admin);
    const last = await office.get<ClassPage>(`/people/classes/${school.classId}`);
    expect(last.pupils.map(({ id }) => id)).toEqual(school.children.map(({ id }) => id));
    expect(last.assignments.every(({ until }) => until === "2027-08-31")).toBe(true);
    const { stays } = await office.get<PupilPage>(`/people/pupils/${child!.id}`);
    expect(stays.map(({ class: { name }, from, until }) => [name, from, until])).toEqual([
      ["四年级1班", FIRST_DAY, null],
      ["三年级1班", "2026-09-01", "2027-08-31"],
    ]);
  });

  test("is done once, refused where the school has changed since, and noted", async () => {
    await addNextYear(admin);
    const { draft } = await standing();
    const { preview } = await save(draft, 0);
    expect((await admin.ask("PUT", "/office/roll-over/draft", { version: 0, draft })).code).toBe(
      "roll-over-changed",
    );
    const moves = [{ studentId: world.school.children[0]!.id, classId: world.school.otherClassId }];
    await admin.ask("POST", "/people/pupils/moves", { from: "2026-11-12", moves });
    expect((await apply(preview.seal)).code).toBe("roll-over-stale");
    const again = await save(draft, 1);
    expect(again.preview.classes.map(({ pupils }) => pupils)).toEqual([4, 3]);

    const answers = await Promise.all([apply(again.preview.seal), apply(again.preview.seal)]);
    expect(answers.map(({ code }) => code ?? "done").toSorted()).toEqual(["done", "roll-over-applied"]);
    expect((await admin.ask("PUT", "/office/roll-over/draft", { version: 2, draft })).code).toBe(
      "roll-over-applied",
    );
    const { entries } = await admin.get<AuditPage>("/audit?action=roll-over.apply");
    expect(entries).toHaveLength(1);
    expect(entries[0]!.after).toMatchObject({ from: FIRST_DAY, goOn: 7, classes: 2 });
  });

  test("graduates a class, mixes another, and all of it is taken back to the last day and word", async () => {
    const { school } = world;
    await addNextYear(admin);
    const before = await everything();
    const { draft } = await standing();
    const fourth = draft.nextClasses.find(({ grade }) => grade === 4)!;
    const other = { id: uuidv7(), grade: 4, name: "四年级2班" };
    const [one, two, ...others] = school.children;
    const choices = [
      ...[one, two].map((child) => ({ studentId: child!.id, nextId: other.id })),
      ...others.map(({ id: studentId }) => ({ studentId, nextId: fourth.id })),
    ];
    const mixed = {
      ...draft,
      nextClasses: [fourth, other],
      classes: draft.classes.map((c) =>
        c.classId === school.classId
          ? { ...c, becomes: "mixed" as const }
          : { ...c, becomes: "graduates" as const, nextId: null },
      ),
    };
    const unplaced = await save({ ...mixed, choices: choices.slice(1) }, 0);
    expect(unplaced.preview.problems).toEqual([
      { fault: "pupil-without-class", classId: school.classId, pupils: 1 },
    ]);
    const { preview } = await save({ ...mixed, choices }, 1);
    expect(preview.counts).toEqual({ goOn: 5, graduate: 2, leave: 0, carried: 2, ended: 1 });
    const applied = settled(await apply(preview.seal));
    expect(applied.preview.classes.map(({ pupils }) => pupils)).toEqual([3, 2]);
    expect(ofSchool(await dumpOf(world.database), school.id)["rollOverChoice"]).toEqual([]);

    const graduate = school.otherChildren[0]!;
    const { stays } = await admin.get<PupilPage>(`/people/pupils/${graduate.id}`);
    expect(stays[0]).toMatchObject({ until: "2027-08-31", hasGraduated: true });
    expect(await mayRead(school.outsider, FIRST_DAY, graduate.id)).toBe("forbidden");
    expect(await mayRead(school.otherGuardian, FIRST_DAY, graduate.id)).toBe("granted");

    admin = await on("2027-07-20", school.admin);
    const back = settled(await undo());
    expect(back).toMatchObject({ state: "draft", version: 3 });
    expect(back.draft.choices).toEqual(choices.toSorted((a, b) => (a.studentId < b.studentId ? -1 : 1)));
    expect(await everything()).toEqual(before);
    expect((await undo()).code).toBe("roll-over-not-applied");
    settled(await apply(back.preview.seal));
  });

  test("is not taken back once something is recorded in the new year, or somebody placed anew", async () => {
    const { draft } = await done();
    const nextId = draft.classes[0]!.nextId!;
    const moves = [{ studentId: world.school.children[0]!.id, classId: draft.classes[1]!.nextId! }];
    const moved = await admin.ask("POST", "/people/pupils/moves", { from: "2027-09-06", moves });
    expect(moved.status).toBe(200);
    expect((await undo()).code).toBe("roll-over-in-use");
    const { reverse } = JSON.parse(moved.body) as { reverse: object };
    await admin.ask("POST", "/people/pupils/moves", reverse);
    expect((await standing()).mayUndo).toBe(true);

    const teacher = await on("2027-09-02", world.school.homeroom);
    const given = awardIn(world.school, new Date("2027-09-02T01:00:00Z"));
    expect((await teacher.award(given))[0]?.status).toBe("recorded");
    expect((await teacher.ask("GET", `/classes/${nextId}/roster`)).status).toBe(200);
    admin = await on("2027-09-02", world.school.admin);
    expect((await standing()).mayUndo).toBe(false);
    expect((await undo()).code).toBe("roll-over-in-use");
  });

  test("is for the office alone, and knows no other school", async () => {
    await addNextYear(admin);
    const { draft } = await standing();
    const { preview } = await save(draft, 0);
    for (const persona of ["homeroom", "subject", "guardian", "student"] as const) {
      const client = await clientOf(world, world.school[persona]);
      expect((await client.ask("GET", "/office/roll-over")).code).toBe("forbidden");
      expect((await apply(preview.seal, client)).code).toBe("forbidden");
      expect((await undo(client)).code).toBe("forbidden");
    }
    const neighbour = await clientOf(world, world.neighbour.admin);
    await addNextYear(neighbour);
    expect((await apply(preview.seal, neighbour)).code).toBe("roll-over-stale");
    // A class of this year's, or of another school's, is no new class.
    const nextClasses = [{ id: world.school.classId, grade: 4, name: "四年级1班" }];
    const own = await admin.ask("PUT", "/office/roll-over/draft", {
      version: 1,
      draft: { ...draft, nextClasses },
    });
    expect(own.code).toBe("roll-over-unfit");
    const { entries } = await admin.get<AuditPage>("/audit?action=roll-over.read");
    expect(entries.length).toBeGreaterThan(0);
  });
});
