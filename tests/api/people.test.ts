/** The office's people over HTTP: lists, exports, moves, assignments and substitutes; and whom a date lets in or shuts out. */
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ClassSummaries } from "@doudou/shared/contract/summaries.ts";
import type { AuditPage, RecordReaders } from "@doudou/shared/contract/audit.ts";
import type { ProblemBody } from "@doudou/shared/contract/common.ts";
import type {
  ClassPage,
  GuardianList,
  GuardianPage,
  MovedPupils,
  PupilList,
  PupilMove,
  PupilPage,
  SchoolClassList,
  StaffList,
  StaffPage,
} from "@doudou/shared/contract/people.ts";
import { addDays } from "@doudou/shared/domain/days.ts";
import { masked } from "@doudou/shared/domain/sensitive.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { officeOf } from "../support/office.ts";
import { csvOf } from "../support/rosters.ts";
import { type Person, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const TODAY = "2026-11-11";
const TOMORROW = "2026-11-12";

describe.each(ENGINES)("the school's people on %s", (engine) => {
  let world: World;
  let admin: Client;
  beforeEach(async () => {
    world = await createWorld(engine);
    admin = await clientOf(world, world.school.admin);
  });
  afterEach(() => world.close());

  const child = () => world.school.children[1]!;
  const pupils = (query = "") => admin.get<PupilList>(`/people/pupils?${query}`);
  const names = async (query = "") => (await pupils(query)).pupils.map(({ name }) => name);
  const move = (moves: readonly PupilMove[], from: string, by: Client = admin) =>
    by.ask("POST", "/people/pupils/moves", { from, moves });
  const moved = async (...of: Parameters<typeof move>) => {
    const answer = await move(...of);
    expect([answer.status, answer.code]).toEqual([200, undefined]);
    return JSON.parse(answer.body) as MovedPupils;
  };
  const onDay = async (day: string, person: Person) => {
    world.setNow(new Date(`${day}T02:00:00Z`));
    return await clientOf(world, person);
  };
  const mayOpen = async (person: Person, day: string, studentId = child().id) =>
    (await (await onDay(day, person)).ask("GET", `/students/${studentId}/portfolio`)).code ?? "granted";
  const assign = (more: object, classId = world.school.classId, by = admin) =>
    by.ask("POST", `/people/classes/${classId}/assignments`, {
      id: uuidv7(),
      membershipId: world.school.outsider.membershipId,
      subjectId: null,
      isHomeroom: false,
      from: TODAY,
      until: null,
      ...more,
    });
  const homeroomAssignment = async () => {
    const { assignments } = await admin.get<ClassPage>(`/people/classes/${world.school.classId}`);
    return assignments.find(({ isHomeroom }) => isHomeroom)!;
  };
  const substitute = (
    assignmentId: string,
    { id = uuidv7(), ...more }: Record<string, unknown> = {},
    by = admin,
  ) =>
    by.ask("POST", "/people/substitutes", {
      standsIn: [{ id, assignmentId }],
      membershipId: world.school.outsider.membershipId,
      from: "2026-11-16",
      until: "2026-11-18",
      ...more,
    });

  test("pupils are listed by class and number, found by name, initials and number, and filtered", async () => {
    const { pupils: all, classes, thisYears } = await pupils();
    expect(all.length).toBe(world.school.children.length + world.school.otherChildren.length);
    expect(all[0]).toMatchObject({
      name: "林小满",
      classId: world.school.classId,
      since: "2026-09-01",
    });
    expect(classes.map(({ name }) => name)).toEqual(["三年级1班", "五年级1班"]);
    expect(thisYears).toEqual(classes.map(({ id }) => id));
    expect(await names(`q=${encodeURIComponent("予安")}`)).toEqual(["周予安"]);
    expect(await names("q=mz")).toEqual(all.map(({ name }) => name));
    expect(await names("q=-0101")).toEqual(["周予安"]);
    expect(await names("grade=5")).toEqual(["赵天佑", "孙若溪"]);
    expect(await names(`classId=${world.school.otherClassId}&q=${encodeURIComponent("孙")}`)).toEqual([
      "孙若溪",
    ]);
    expect(await names("state=left")).toEqual([]);
    expect(JSON.stringify(await admin.get<AuditPage>("/audit?kind=read"))).toContain("people.read");
  });

  test("staff are listed with what they teach today, and found by subject and class", async () => {
    const staff = async (query = "") => (await admin.get<StaffList>(`/people/staff?${query}`)).staff;
    expect((await staff()).map(({ name }) => name).toSorted()).toEqual(
      ["李老师", "校长", "王老师", "钱老师"].toSorted(),
    );
    expect((await staff("q=wls")).map(({ name }) => name)).toEqual(["王老师"]);
    const { subjects } = await admin.get<StaffList>("/people/staff");
    expect((await staff(`subjectId=${subjects[0]!.id}`)).map(({ name }) => name)).toEqual(["李老师"]);
    expect((await staff(`classId=${world.school.otherClassId}`)).map(({ name }) => name)).toEqual(["钱老师"]);
    expect(await staff("state=left")).toEqual([]);
  });

  test("guardians come a class at a time or by name, their own or the child's, without any phone", async () => {
    const guardians = async (query = "") => await admin.get<GuardianList>(`/people/guardians?${query}`);
    expect(await guardians()).toMatchObject({ guardians: [], isCutOff: true });
    const [found] = (await guardians(`classId=${world.school.classId}`)).guardians;
    expect(found).toMatchObject({ name: "林妈妈", isVerified: true, pupil: { name: "林小满" } });
    for (const q of ["林妈", "小满"])
      expect((await guardians(`q=${encodeURIComponent(q)}`)).guardians.map(({ name }) => name)).toEqual([
        "林妈妈",
      ]);
    expect((await guardians("grade=9")).guardians).toEqual([]);
  });

  test("a guardian has a page: its children, how it is known, what was agreed to, a masked phone, and each look is in the child's log", async () => {
    const { id, guardian } = { id: world.school.guardian.membershipId, guardian: world.school.guardian };
    const lin = world.school.children[0]!;
    const page = () => admin.get<GuardianPage>(`/people/guardians/${id}`);
    await world.database.write(world.school.id, async ({ db, tables }) => {
      await db
        .insert(tables.guardianContact)
        .values({ schoolId: world.school.id, membershipId: id, phone: "13912345678" });
    });
    const found = await page();
    expect(found).toMatchObject({
      id,
      name: "林妈妈",
      hasAccount: true,
      isHere: true,
      phone: masked("13912345678"),
      children: [
        {
          pupil: { id: lin.id, name: "林小满" },
          class: { id: world.school.classId },
          relation: "parent",
          verified: { by: "office" },
          endedAt: null,
          removal: null,
          mayReadmit: false,
          state: "one",
          letter: null,
          consents: [
            { purpose: "account", answer: "yes", isOutdated: true },
            { purpose: "photo", answer: "unasked" },
            { purpose: "board", answer: "unasked" },
            { purpose: "research", answer: "unasked" },
          ],
        },
      ],
    });
    expect(JSON.stringify(found)).not.toContain("13912345678");
    const looks = await admin.get<AuditPage>("/audit?action=people.read-guardian");
    expect(looks.entries.map(({ student }) => student?.id)).toEqual([lin.id]);
    const { readers } = await (
      await clientOf(world, guardian)
    ).get<RecordReaders>(`/students/${lin.id}/readers`);
    expect(readers.map(({ action }) => action)).toContain("people.read-guardian");

    const letter = await admin.ask("POST", `/classes/${world.school.classId}/guardian-letters`, {
      studentIds: [lin.id],
    });
    expect(letter.status).toBe(200);
    expect((await page()).children[0]?.letter).not.toBeNull();
    const { guardianshipId } = found.children[0]!;
    const removal = { reason: "custody", note: "裁定书" };
    const removed = `/students/${lin.id}/guardians/${guardianshipId}/removal`;
    expect((await admin.ask("POST", removed, removal)).status).toBe(204);
    expect(await page()).toMatchObject({
      isHere: false,
      phone: null,
      children: [
        {
          endedAt: WORLD_NOW.toISOString(),
          removal,
          mayReadmit: true,
          state: "none",
          letter: null,
          consents: [],
        },
      ],
    });
  });

  test("a guardian's page is for the school's own office, and only about guardians", async () => {
    const path = `/people/guardians/${world.school.guardian.membershipId}`;
    for (const person of [world.school.homeroom, world.school.guardian])
      expect((await (await clientOf(world, person)).ask("GET", path)).code).toBe("forbidden");
    const neighbour = await clientOf(world, world.neighbour.admin);
    expect((await neighbour.ask("GET", path)).code).toBe("not-found");
    for (const id of [world.school.homeroom.membershipId, uuidv7()])
      expect((await admin.ask("GET", `/people/guardians/${id}`)).code).toBe("not-found");
    const looks = await admin.get<AuditPage>("/audit?action=people.read-guardian");
    expect(looks.entries).toEqual([]);
  });

  test("a list is taken away as it is filtered, can be brought back as it is, and holds no formula", async () => {
    const office = await officeOf(world, world.school.admin);
    await world.database.write(world.school.id, async ({ db, tables }) => {
      for (const [index, name] of ["=HYPERLINK(1)", "＝1+1", "@SUM(A1)"].entries()) {
        const id = uuidv7();
        const added = {
          schoolId: world.school.id,
          id,
          studentNo: `-${index}`,
          name,
          pinyin: "x",
          createdAt: WORLD_NOW,
        };
        await db.insert(tables.student).values(added);
        const { id: schoolId, otherClassId: classId } = world.school;
        const stay = { schoolId, id: uuidv7(), studentId: id, classId, startsOn: TODAY, endsOn: null };
        await db.insert(tables.enrollment).values(stay);
      }
    });
    const { body, headers } = await admin.ask("GET", "/people/pupils.csv?grade=5");
    expect(headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(body.charCodeAt(0)).toBe(0xfeff);
    expect(body.slice(1).split("\r\n")[0]).toBe("姓名,学号,班级,入班日期,离班日期");
    expect(body).not.toMatch(/(^|,)"?\s*[=+@＝-]/m);
    expect(body.trimEnd().split("\r\n").length).toBe(6);

    const xlsx = await admin.ask("GET", `/people/pupils.xlsx?classId=${world.school.classId}`);
    expect(xlsx.headers["content-disposition"]).toBe('attachment; filename="pupils.xlsx"');
    const brought = await office.bring(xlsx.bytes);
    expect(brought.counts).toMatchObject({
      new: 0,
      changed: 0,
      unchanged: world.school.children.length,
      problem: 0,
    });
    for (const list of ["staff", "guardians", "classes"])
      for (const kind of ["xlsx", "csv"])
        expect((await admin.ask("GET", `/people/${list}.${kind}`)).status).toBe(200);
    const english = await clientOf(world, world.school.admin, "en");
    expect((await english.ask("GET", "/people/classes.csv")).body).toContain(
      "Class,Grade,Pupils,Homeroom teacher",
    );
  });

  test("a pupil moves to another class: the old class's teachers are shut out from that day, the new one's let in, and what was given stays", async () => {
    const { homeroom, subject, outsider, otherClassId } = world.school;
    const teacher = await clientOf(world, homeroom);
    await teacher.award(awardIn(world.school, WORLD_NOW));
    const answer = await moved([{ studentId: child().id, classId: otherClassId }], TOMORROW);
    expect(answer).toEqual({
      moved: 1,
      reverse: {
        from: TOMORROW,
        moves: [{ studentId: child().id, classId: world.school.classId, was: world.school.otherClassId }],
      },
    });
    for (const person of [homeroom, subject]) {
      expect(await mayOpen(person, TODAY)).toBe("granted");
      expect(await mayOpen(person, TOMORROW)).toBe("forbidden");
    }
    expect(await mayOpen(outsider, TODAY)).toBe("forbidden");
    expect(await mayOpen(outsider, TOMORROW)).toBe("granted");
    const timeline = await (
      await onDay(TOMORROW, outsider)
    ).get<{ entries: unknown[] }>(`/students/${child().id}/timeline`);
    expect(timeline.entries.length).toBe(1);
    const { stays, classId } = await (
      await onDay(TOMORROW, world.school.admin)
    ).get<PupilPage>(`/people/pupils/${child().id}`);
    expect(classId).toBe(otherClassId);
    expect(stays.map((stay) => [stay.class.name, stay.from, stay.until])).toEqual([
      ["五年级1班", TOMORROW, null],
      ["三年级1班", "2026-09-01", TODAY],
    ]);
    const { entries } = await admin.get<AuditPage>("/audit?kind=change&action=people.move");
    expect(entries[0]).toMatchObject({
      student: { id: child().id },
      before: { class: "三年级1班" },
      after: { class: "五年级1班", from: TOMORROW },
    });
  });

  test("several move at once, all or nobody, and the reverse puts everybody back where each was", async () => {
    const all = [...world.school.children, ...world.school.otherChildren];
    const before = await pupils();
    const moves = all.map(({ id }) => ({ studentId: id, classId: world.school.otherClassId }));
    const unknown = { studentId: uuidv7(), classId: world.school.otherClassId };
    expect((await move([...moves, unknown], TODAY)).code).toBe("not-found");
    expect(await pupils()).toEqual(before);
    const answer = await moved(moves, TODAY);
    expect(answer.moved).toBe(world.school.children.length);
    expect((await pupils(`classId=${world.school.otherClassId}`)).pupils.length).toBe(all.length);
    expect((await moved(moves, TODAY)).moved).toBe(0);
    await moved(answer.reverse.moves, answer.reverse.from);
    expect(await pupils()).toEqual(before);
  });

  test("who has been moved since the page was read is told, and nobody is moved until that is said again", async () => {
    const { classId, otherClassId, children } = world.school;
    const [first, second] = children;
    const out = [first!, second!].map(({ id }) => ({ studentId: id, classId: null, was: classId }));
    await moved([{ studentId: second!.id, classId: otherClassId, was: classId }], TOMORROW);
    const stale = await move(out, TOMORROW);
    expect([stale.status, stale.code]).toEqual([409, "pupil-elsewhere"]);
    const { errors } = JSON.parse(stale.body) as ProblemBody;
    expect(errors).toEqual([{ path: "/moves/1/was", message: "五年级1班" }]);
    expect(
      (await moved([{ studentId: second!.id, classId: otherClassId, was: classId }], TOMORROW)).moved,
    ).toBe(0);
    const { moved: count, reverse } = await moved(
      out.map(({ was: _, ...anyway }) => anyway),
      TOMORROW,
    );
    expect(count).toBe(2);
    await moved([{ studentId: first!.id, classId: otherClassId }], TOMORROW);
    expect((await move(reverse.moves, reverse.from)).code).toBe("pupil-elsewhere");
  });

  test("a pupil leaves, is found among those who left, is nobody's to teach, and comes back", async () => {
    await moved([{ studentId: child().id, classId: null }], TODAY);
    expect(await names("state=left")).toEqual([child().name]);
    expect(await names()).not.toContain(child().name);
    expect(await mayOpen(world.school.homeroom, TODAY)).toBe("forbidden");
    world.setNow(new Date(`2026-12-01T02:00:00Z`));
    admin = await clientOf(world, world.school.admin);
    await moved([{ studentId: child().id, classId: world.school.classId }], "2026-12-03");
    expect(await names("state=coming")).toEqual([child().name]);
    expect(await names("state=left")).toEqual([]);
    expect(await mayOpen(world.school.homeroom, "2026-12-02")).toBe("forbidden");
    expect(await mayOpen(world.school.homeroom, "2026-12-03")).toBe("granted");
  });

  test("what would rewrite a later move, or lies outside the class's year, is refused", async () => {
    const to = (classId: string) => [{ studentId: child().id, classId }];
    await moved(to(world.school.otherClassId), TOMORROW);
    expect((await move(to(world.school.classId), TODAY)).code).toBe("move-too-early");
    expect((await move(to(world.school.classId), "2031-09-01")).code).toBe("class-not-in-session");
    expect((await move(to(world.neighbour.classId), TOMORROW)).code).toBe("not-found");
    const theirs = [{ studentId: world.neighbour.children[0]!.id, classId: world.school.classId }];
    expect((await move(theirs, TOMORROW)).code).toBe("not-found");
  });

  test("a new pupil is entered once, is searched by pinyin, and no number is given twice", async () => {
    const pupil = {
      id: uuidv7(),
      name: " 吕思远 ",
      studentNo: "20260901",
      classId: world.school.classId,
      from: TODAY,
    };
    for (let time = 0; time < 2; time++)
      expect((await admin.ask("POST", "/people/pupils", pupil)).status).toBe(204);
    expect(await names("q=lvsy")).toEqual(["吕思远"]);
    expect((await admin.ask("POST", "/people/pupils", { ...pupil, id: uuidv7() })).code).toBe(
      "student-no-taken",
    );
    const outside = { ...pupil, id: uuidv7(), studentNo: "2", from: "2020-01-01" };
    expect((await admin.ask("POST", "/people/pupils", outside)).code).toBe("class-not-in-session");
    expect(await mayOpen(world.school.homeroom, TODAY, pupil.id)).toBe("granted");
  });

  test("a teacher gets a class from a day on, sees its children from then, and no longer once it ended", async () => {
    const { outsider } = world.school;
    const id = uuidv7();
    for (let time = 0; time < 2; time++) expect((await assign({ id, from: TOMORROW })).status).toBe(204);
    expect(await mayOpen(outsider, TODAY)).toBe("forbidden");
    expect(await mayOpen(outsider, TOMORROW)).toBe("granted");
    admin = await onDay(TODAY, world.school.admin);
    const end = (until: string) => admin.ask("PUT", `/people/assignments/${id}/end`, { until });
    expect((await end("2026-11-20")).status).toBe(204);
    expect(await mayOpen(outsider, "2026-11-20")).toBe("granted");
    expect(await mayOpen(outsider, "2026-11-21")).toBe("forbidden");
    admin = await onDay(TODAY, world.school.admin);
    await end(TODAY);
    const { assignments } = await admin.get<StaffPage>(`/people/staff/${outsider.membershipId}`);
    expect(assignments.map((a) => a.class.name)).toEqual(["五年级1班"]);
  });

  test("a class has one homeroom teacher at a time, and only teachers who work here are given one", async () => {
    expect((await assign({ isHomeroom: true })).code).toBe("homeroom-taken");
    const { id } = await homeroomAssignment();
    await admin.ask("PUT", `/people/assignments/${id}/end`, { until: TODAY });
    expect((await assign({ isHomeroom: true, from: TOMORROW })).status).toBe(204);
    const { classes } = await admin.get<SchoolClassList>("/people/classes");
    expect(classes.map((c) => [c.name, c.pupils, c.homeroomTeachers])).toEqual([
      ["三年级1班", world.school.children.length, ["王老师"]],
      ["五年级1班", 2, ["钱老师"]],
    ]);
    expect((await assign({ membershipId: world.school.admin.membershipId })).code).toBe("not-a-teacher");
    expect((await assign({ membershipId: world.school.guardian.membershipId })).code).toBe("not-found");
    expect((await assign({ membershipId: world.neighbour.homeroom.membershipId })).code).toBe("not-found");
    expect((await assign({ from: TODAY, until: "2026-11-01" })).code).toBe("days-backwards");
    expect((await assign({ subjectId: uuidv7() })).code).toBe("not-found");
    expect((await assign({ from: "2020-01-01" })).code).toBe("class-not-in-session");
  });

  test("who stands in for a homeroom teacher writes comments, and publishes only where the office says so", async () => {
    const { outsider, classId, children, termId } = world.school;
    const summary = `/students/${children[0]!.id}/summaries/${termId}`;
    const desk = `/classes/${classId}/summaries?termId=${termId}`;
    const { id } = await homeroomAssignment();
    const standIn = async (more: object) => {
      expect((await substitute(id, { from: "2026-11-11", until: "2026-11-11", ...more })).status).toBe(204);
      const client = await clientOf(world, outsider);
      const draft = await client.get<{ commentVersion: number }>(summary);
      const written = { comment: "你爱提问。", commentVersion: draft.commentVersion };
      expect((await client.ask("PUT", `${summary}/comment`, written)).status).toBe(200);
      const { mayPublish } = await client.get<ClassSummaries>(desk);
      return [mayPublish, (await client.ask("POST", `${summary}/publish`)).status];
    };
    expect(await standIn({})).toEqual([false, 403]);
    expect(await standIn({ publishesSummaries: true })).toEqual([true, 200]);
    const { entries } = await admin.get<AuditPage>("/audit?action=people.assign");
    expect(entries[0]).toMatchObject({ after: { isSubstitute: true, publishesSummaries: true } });
  });

  test("a substitute has the class for the days of the leave and loses it by itself; who is away keeps it", async () => {
    const { homeroom, outsider } = world.school;
    const { id } = await homeroomAssignment();
    expect((await substitute(id)).status).toBe(204);
    const days = ["2026-11-15", "2026-11-16", "2026-11-18", "2026-11-19"];
    const seen = [];
    for (const day of days) seen.push(await mayOpen(outsider, day));
    expect(seen).toEqual(["forbidden", "granted", "granted", "forbidden"]);
    expect(await mayOpen(homeroom, "2026-11-17")).toBe("granted");
    admin = await onDay("2026-11-17", world.school.admin);
    const { staff } = await admin.get<StaffList>(`/people/staff?classId=${world.school.classId}`);
    expect(staff.find(({ name }) => name === outsider.name)?.teaches).toContainEqual(
      expect.objectContaining({ isSubstitute: true, isHomeroom: true }),
    );
    const { assignments } = await admin.get<StaffPage>(`/people/staff/${outsider.membershipId}`);
    expect(assignments[0]).toMatchObject({ standsInFor: "王老师", from: "2026-11-16", until: "2026-11-18" });
    expect((await homeroomAssignment()).substitutes).toMatchObject([{ teacher: { name: "钱老师" } }]);
  });

  test("a substitute covers days of the assignment itself, is somebody else, and goes when the assignment does", async () => {
    const { id, teacher } = await homeroomAssignment();
    expect((await substitute(id, { from: "2026-08-01" })).code).toBe("substitute-unfit");
    expect((await substitute(id, { membershipId: teacher.id })).code).toBe("substitute-unfit");
    expect((await substitute(id, { until: "2026-11-01" })).code).toBe("days-backwards");
    expect((await substitute(uuidv7())).code).toBe("not-found");
    const own = uuidv7();
    const twice = [
      { id: uuidv7(), assignmentId: id },
      { id: uuidv7(), assignmentId: own },
    ];
    expect((await substitute(id, { standsIn: twice })).code).toBe("not-found");
    expect((await homeroomAssignment()).substitutes).toEqual([]); // all or none
    await substitute(id, { id: own });
    await substitute(id, { id: own });
    expect((await homeroomAssignment()).substitutes).toHaveLength(1);
    expect((await substitute(own, { membershipId: world.school.subject.membershipId })).code).toBe(
      "substitute-unfit",
    );
    await admin.ask("PUT", `/people/assignments/${id}/end`, { until: "2026-11-16" });
    expect(await mayOpen(world.school.outsider, "2026-11-16")).toBe("granted");
    expect(await mayOpen(world.school.outsider, "2026-11-17")).toBe("forbidden");
  });

  test("nobody but the office looks or changes, and no other school's office reaches in", async () => {
    const { id } = await homeroomAssignment();
    const neighbour = await clientOf(world, world.neighbour.admin);
    for (const path of [`/people/pupils/${child().id}`, `/people/classes/${world.school.classId}`])
      expect((await neighbour.ask("GET", path)).code).toBe("not-found");
    const staffPath = `/people/staff/${world.school.homeroom.membershipId}`;
    expect((await neighbour.ask("GET", staffPath)).code).toBe("not-found");
    expect((await neighbour.ask("GET", `/people/classes?yearId=${world.school.yearId}`)).code).toBe(
      "not-found",
    );
    expect((await assign({}, world.school.classId, neighbour)).code).toBe("not-found");
    expect((await substitute(id, {}, neighbour)).code).toBe("not-found");
    expect((await neighbour.ask("PUT", `/people/assignments/${id}/end`, { until: TODAY })).code).toBe(
      "not-found",
    );
    const teacher = await clientOf(world, world.school.homeroom);
    for (const path of ["/people/pupils", "/people/pupils.csv", "/people/guardians", staffPath])
      expect((await teacher.ask("GET", path)).code).toBe("forbidden");
    expect((await move([{ studentId: child().id, classId: null }], TODAY, teacher)).code).toBe("forbidden");
  });

  test("last year's classes can be read, with who was in them", async () => {
    const years = (await admin.get<SchoolClassList>("/people/classes")).years;
    expect(years.map(({ id }) => id)).toContain(world.school.yearId);
    const after = await onDay(addDays(years[0]!.endsOn, 30), world.school.admin);
    const page = await after.get<ClassPage>(`/people/classes/${world.school.classId}`);
    expect([page.day, page.pupils.length]).toEqual([years[0]!.endsOn, world.school.children.length]);
  });

  test("an import that is taken in after a move finds the pupil where it is", async () => {
    const office = await officeOf(world, world.school.admin);
    await moved([{ studentId: child().id, classId: world.school.otherClassId }], TODAY);
    const { pupils: found } = await pupils(`q=${encodeURIComponent(child().name)}`);
    const file = csvOf([
      ["姓名", "学号", "班级"],
      [child().name, found[0]!.studentNo, "五年级1班"],
    ]);
    expect((await office.bring(file)).counts).toMatchObject({ unchanged: 1, changed: 0 });
  });
});
