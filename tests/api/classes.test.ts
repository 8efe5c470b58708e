/** A teacher's classes, the roster with its gentle marks, what may be awarded, and the latest awards of a class. */
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { addEnrollments, addStudents } from "@doudou/db/repositories/office.ts";
import type { AwardInput, LedgerPage } from "@doudou/shared/contract/awards.ts";
import type { AwardablePoints, ClassList, Roster } from "@doudou/shared/contract/classes.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let subject: Client;
  beforeAll(async () => {
    world = await createWorld(engine);
  });
  beforeEach(async () => {
    world.setNow(WORLD_NOW);
    homeroom ??= await clientOf(world, world.school.homeroom);
    subject ??= await clientOf(world, world.school.subject);
  });
  afterAll(() => world.close());

  const award = (over: Partial<AwardInput> = {}, at = new Date(WORLD_NOW.getTime() - MINUTE)) =>
    awardIn(world.school, at, over);
  const rosterFor = (reader: Client, classId = world.school.classId) =>
    reader.get<Roster>(`/classes/${classId}/roster`);
  const pointsFor = (reader: Client, classId = world.school.classId) =>
    reader.get<AwardablePoints>(`/observation-points?classId=${classId}`);
  const idOf = (place: number) => {
    const child = world.school.children[place];
    if (!child) throw new Error(`no child ${place}`);
    return child.id;
  };

  describe("the list of classes", () => {
    const listFor = async (reader: Client) => (await reader.get<ClassList>("/classes")).classes;

    test("has what a teacher teaches, with the subject, and whether it is her own class", async () => {
      const { classId, id: schoolId } = world.school;
      const common = { id: classId, schoolId, name: "三年级1班", grade: 3, studentCount: 5 };
      expect(await listFor(homeroom)).toEqual([{ ...common, isHomeroom: true, subjects: [] }]);
      expect(await listFor(subject)).toEqual([
        { ...common, isHomeroom: false, subjects: [{ zh: "音乐", en: "Music" }] },
      ]);
    });

    test("has every class of this year for an administrator, none of another school", async () => {
      const { classId, otherClassId } = world.school;
      const admin = await clientOf(world, world.school.admin);
      expect((await listFor(admin)).map(({ id, studentCount }) => [id, studentCount])).toEqual([
        [classId, 5],
        [otherClassId, 2],
      ]);
    });

    test("no longer has a class whose teaching ended yesterday, nor lets its children be awarded", async () => {
      const { id: schoolId, subject: person } = world.school;
      const end = (endsOn: string | null) =>
        world.database.write(schoolId, async ({ db, tables: { teachingAssignment: a } }) => {
          await db
            .update(a)
            .set({ endsOn })
            .where(and(eq(a.schoolId, schoolId), eq(a.membershipId, person.membershipId)));
        });
      await end("2026-11-10");
      onTestFinished(() => end(null));
      expect(await listFor(subject)).toEqual([]);
      expect((await subject.ask("GET", `/classes/${world.school.classId}/roster`)).code).toBe("forbidden");
      expect((await subject.award(award()))[0]?.problem?.code).toBe("student-not-taught");
      await end("2026-11-11");
      expect(await listFor(subject)).toHaveLength(1);
    });
  });

  describe("the roster", () => {
    test("has the children in class-list order with today's and the term's beans", async () => {
      const yesterday = new Date(WORLD_NOW.getTime() - 86_400_000);
      await homeroom.award(
        award({ studentId: idOf(2), points: 2 }),
        award({ studentId: idOf(2), observationPointId: world.school.points.homeroomOnly }),
        award({ studentId: idOf(2), points: 3 }, yesterday),
      );
      const roster = await rosterFor(homeroom);
      const { class: ofClass, term, today, students } = roster;
      expect(ofClass).toEqual({ id: world.school.classId, name: "三年级1班", grade: 3 });
      expect([term?.id, term?.isCurrent, today]).toEqual([world.school.termId, true, "2026-11-11"]);
      expect([roster.todayStartsAt, roster.todayEndsAt]).toEqual([
        "2026-11-10T16:00:00.000Z",
        "2026-11-11T16:00:00.000Z",
      ]);
      expect(students.map(({ studentNo }) => studentNo)).toEqual(
        ["0100", "0101", "0102", "0103", "0104"].map((number) => `forest-${number}`),
      );
      expect(students[2]).toMatchObject({
        id: idOf(2),
        name: "陈一诺",
        pinyin: "ming zi 2",
        today: { moral: 2, arts: 1, total: 3 },
        term: { moral: 5, arts: 1, total: 6 },
        isUnnoticed: false,
      });
    });

    test("says who may award and who may write summaries there", async () => {
      const admin = await clientOf(world, world.school.admin);
      const may = async (reader: Client) => {
        const { canAward, canWriteSummaries } = await rosterFor(reader);
        return { canAward, canWriteSummaries };
      };
      expect([await may(homeroom), await may(subject), await may(admin)]).toEqual([
        { canAward: true, canWriteSummaries: true },
        { canAward: true, canWriteSummaries: false },
        { canAward: false, canWriteSummaries: false },
      ]);
    });

    test.each([
      ["Monday after a worked Saturday", "2026-10-12", "2026-10-06", "2026-10-05"],
      ["Thursday after a holiday", "2026-10-08", "2026-09-30", "2026-09-29"],
      ["Saturday that is worked", "2026-10-10", "2026-10-05", "2026-10-04"],
      ["ordinary Wednesday", "2026-11-11", "2026-11-04", "2026-11-03"],
    ])(
      "marks a child not noticed for five school days: on a %s",
      async (_name, today, noticedOn, tooEarly) => {
        const [noticed, forgotten] = [idOf(0), idOf(1)];
        const at = (day: string) => new Date(`${day}T02:00:00Z`);
        world.setNow(at(today));
        const teacher = await clientOf(world, world.school.homeroom);
        const given = [
          award({ studentId: noticed }, at(noticedOn)),
          award({ studentId: forgotten }, at(tooEarly)),
        ];
        await teacher.award(...given);
        const marked = async () => {
          const { students } = await rosterFor(teacher);
          return [noticed, forgotten].map((id) => students.find((student) => student.id === id)?.isUnnoticed);
        };
        expect(await marked()).toEqual([false, true]);
        await teacher.void(given.map(({ id }) => id));
        expect(await marked()).toEqual([true, true]);
      },
    );

    test("marks nobody before the term has five school days, and nobody in the holidays", async () => {
      const { homeroom: person, classId } = world.neighbour; // where nobody has been awarded
      const rosterOn = async (day: string) => {
        world.setNow(new Date(`${day}T02:00:00Z`));
        return await rosterFor(await clientOf(world, person), classId);
      };
      const marks = ({ students }: Roster) => students.map(({ isUnnoticed }) => isUnnoticed);
      expect(marks(await rosterOn("2026-09-07"))).toEqual([false, false, false, false, false]);
      expect(marks(await rosterOn("2026-09-08"))).toEqual([true, true, true, true, true]);
      const holidays = await rosterOn("2027-02-10");
      expect([holidays.term, marks(holidays)]).toEqual([null, [false, false, false, false, false]]);
      expect(holidays.students.some(({ isUnnoticedThisWeek }) => isUnnoticedThisWeek)).toBe(false);
    });

    test.each([
      ["Wednesday", "2026-11-11", "2026-11-09", "2026-11-08"],
      ["Monday", "2026-11-09", "2026-11-09", "2026-11-06"],
      ["Saturday that is worked", "2026-10-10", "2026-10-05", "2026-10-04"],
    ])(
      "says who has not been noticed this week, by any teacher: on a %s",
      async (_name, today, noticedOn, tooEarly) => {
        const [noticed, waiting] = [idOf(3), idOf(4)];
        const at = (day: string) => new Date(`${day}T01:00:00Z`);
        world.setNow(new Date(`${today}T02:00:00Z`));
        const teacher = await clientOf(world, world.school.homeroom);
        const colleague = await clientOf(world, world.school.subject);
        const given = [
          award({ studentId: noticed }, at(noticedOn)),
          award({ studentId: waiting }, at(tooEarly)),
        ];
        await colleague.award(...given);
        const unnoticed = async () => {
          const { students } = await rosterFor(teacher);
          return [noticed, waiting].map(
            (id) => students.find((student) => student.id === id)?.isUnnoticedThisWeek,
          );
        };
        expect(await unnoticed()).toEqual([false, true]);
        await colleague.void(given.map(({ id }) => id));
        expect(await unnoticed()).toEqual([true, true]);
      },
    );

    test("has who is in the class today: not who left yesterday, not who comes tomorrow", async () => {
      const { id: schoolId, classId } = world.school;
      const [left, leaving, coming] = [uuidv7(), uuidv7(), uuidv7()];
      await world.database.write(schoolId, async (store) => {
        const of = (id: string, startsOn: string, endsOn: string | null) => ({
          id: uuidv7(),
          studentId: id,
          classId,
          startsOn,
          endsOn,
        });
        const child = (id: string, studentNo: string) => ({
          id,
          studentNo,
          name: `同学${studentNo}`,
          pinyin: "tong xue",
          createdAt: WORLD_NOW,
        });
        await addStudents(store, schoolId, [
          child(left, "9001"),
          child(leaving, "9002"),
          child(coming, "9003"),
        ]);
        await addEnrollments(store, schoolId, [
          of(left, "2026-09-01", "2026-11-10"),
          of(leaving, "2026-09-01", "2026-11-11"),
          of(coming, "2026-11-12", null),
        ]);
      });
      const ids = async () => (await rosterFor(homeroom)).students.map(({ id }) => id);
      expect((await ids()).filter((id) => [left, leaving, coming].includes(id))).toEqual([leaving]);
      world.setNow(new Date(WORLD_NOW.getTime() + 86_400_000));
      expect((await ids()).filter((id) => [left, leaving, coming].includes(id))).toEqual([coming]);
    });
  });

  describe("what may be awarded", () => {
    const idsFor = async (reader: Client, classId?: string) =>
      (await pointsFor(reader, classId)).points.map(({ id }) => id);

    test("depends on the grade, and on whether it is one's own class", async () => {
      const { helps, progress, capped, homeroomOnly, upperGrades, withPicture } = world.school.points;
      const { otherClassId } = world.school;
      const outsider = await clientOf(world, world.school.outsider);
      const admin = await clientOf(world, world.school.admin);
      expect(await idsFor(homeroom)).toEqual([helps, progress, capped, homeroomOnly, withPicture]);
      expect(await idsFor(subject)).toEqual([helps, progress, capped, withPicture]);
      expect(await idsFor(outsider, otherClassId)).toEqual([
        helps,
        progress,
        capped,
        homeroomOnly,
        upperGrades,
        withPicture,
      ]);
      expect(await idsFor(admin)).toEqual([]);
    });

    test("is told with its words, its range and its week", async () => {
      const { dimensions, points } = await pointsFor(homeroom);
      expect(dimensions.map(({ dimension, name }) => [dimension, name.en])).toEqual(
        ["moral", "academic", "physical", "arts", "labour"].map((dimension) => [dimension, dimension]),
      );
      expect(points.find(({ id }) => id === world.school.points.capped)).toMatchObject({
        code: "P3",
        dimension: "physical",
        indicator: { zh: "physical 指标", en: "physical indicator" },
        name: { zh: "观测点 3", en: "Point 3" },
        kind: "participation",
        beans: 1,
        minBeans: 1,
        maxBeans: 2,
        weeklyCap: 2,
        evidence: "no",
      });
    });

    test("is nothing in the holidays", async () => {
      world.setNow(new Date("2027-02-10T02:00:00Z"));
      const answer = await pointsFor(await clientOf(world, world.school.homeroom));
      expect(answer).toEqual({
        schemeId: null,
        dimensions: [],
        points: [],
        ownPoints: [],
        sets: [],
        subjects: [],
      });
    });

    test("remembers a teacher's favourites, twice is once, and keeps them to that teacher", async () => {
      const { progress } = world.school.points;
      const favourites = async (reader: Client) =>
        (await pointsFor(reader)).points.filter(({ isFavourite }) => isFavourite).map(({ id }) => id);
      const change = async (method: "PUT" | "DELETE", id = progress) =>
        (await homeroom.ask(method, `/observation-points/${id}/favourite`)).status;
      expect(await favourites(homeroom)).toEqual([]);
      expect([await change("PUT"), await change("PUT")]).toEqual([204, 204]);
      expect(await favourites(homeroom)).toEqual([progress]);
      expect(await favourites(subject)).toEqual([]);
      expect([await change("DELETE"), await change("DELETE")]).toEqual([204, 204]);
      expect(await favourites(homeroom)).toEqual([]);
      expect([await change("PUT", world.neighbour.points.helps), await change("PUT", uuidv7())]).toEqual([
        404, 404,
      ]);
    });

    test("knows what a teacher used lately, and nobody else's uses", async () => {
      const { progress, helps } = world.school.points;
      const usesOf = async (reader: Client) =>
        Object.fromEntries((await pointsFor(reader)).points.map(({ id, recentUses }) => [id, recentUses]));
      const before = [await usesOf(homeroom), await usesOf(subject)];
      await subject.award(
        award({ observationPointId: progress }),
        award({ observationPointId: progress }),
        award({ observationPointId: helps }),
      );
      const after = await usesOf(subject);
      expect([after[progress], after[helps]]).toEqual([
        (before[1]?.[progress] ?? 0) + 2,
        (before[1]?.[helps] ?? 0) + 1,
      ]);
      expect(await usesOf(homeroom)).toEqual(before[0]);
    });
  });

  test("the latest awards of a class come as they arrived, the newest first, voided ones marked", async () => {
    const { classId } = world.school;
    const latest = (query = "") => homeroom.get<LedgerPage>(`/classes/${classId}/awards${query}`);
    const [early, late] = [award({ note: "昨天的事" }, new Date("2026-11-10T02:00:00Z")), award()];
    world.setNow(new Date(WORLD_NOW.getTime() + MINUTE));
    await subject.award(late);
    world.setNow(new Date(WORLD_NOW.getTime() + 2 * MINUTE));
    await subject.award(early);
    await homeroom.void([late.id]);
    const { entries } = await latest("?limit=2");
    expect(entries.map(({ id, voided, by }) => [id, voided?.by ?? null, by])).toEqual([
      [early.id, null, "李老师"],
      [late.id, "王老师", "李老师"],
    ]);
    expect((await latest()).entries.length).toBeLessThanOrEqual(30);
    const other = await clientOf(world, world.school.outsider);
    const elsewhere = await other.get<LedgerPage>(`/classes/${world.school.otherClassId}/awards`);
    expect(elsewhere.entries).toEqual([]);
  });
});
