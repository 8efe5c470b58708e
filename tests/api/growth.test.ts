/** What a child sees of its own growth: the portfolio from tallies, and the timeline from the ledger, page by page. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { AwardInput, LedgerPage } from "@doudou/shared/contract/awards.ts";
import type { Portfolio, Years } from "@doudou/shared/contract/growth.ts";
import { DEFAULT_THRESHOLDS, scaledThresholds } from "@doudou/shared/domain/stages.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { noticeLastTerm } from "../support/last-term.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const NONE = { moral: 0, academic: 0, physical: 0, arts: 0, labour: 0, total: 0 };

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let teacher: Client;
  beforeAll(async () => {
    world = await createWorld(engine);
    teacher = await clientOf(world, world.school.homeroom);
  });
  beforeEach(() => world.setNow(WORLD_NOW));
  afterAll(() => world.close());

  const idOf = (place: number) => {
    const child = world.school.children[place];
    if (!child) throw new Error(`no child ${place}`);
    return child.id;
  };
  const ago = (ms: number) => new Date(WORLD_NOW.getTime() - ms);
  const award = (studentId: string, at: Date, over: Partial<AwardInput> = {}) =>
    awardIn(world.school, at, { studentId, ...over });
  const portfolioOf = (studentId: string, by = teacher, query = "") =>
    by.get<Portfolio>(`/students/${studentId}/portfolio${query}`);
  const moralOf = ({ dimensions }: Portfolio) => dimensions.find(({ dimension }) => dimension === "moral");

  describe("the portfolio", () => {
    test("of a child nobody has noticed yet is five seeds and says that it is too early to say", async () => {
      const { student, term, terms, dimensions, today, week, weeks, earlier } = await portfolioOf(idOf(4));
      expect(student).toEqual({
        id: idOf(4),
        name: "阿依古丽·买买提",
        class: { id: world.school.classId, name: "三年级1班", grade: 3 },
        schoolName: "学校 forest",
      });
      expect([term.id, terms.map(({ id }) => id), earlier]).toEqual([
        world.school.termId,
        [world.school.termId],
        null,
      ]);
      expect(dimensions.map(({ dimension }) => dimension)).toEqual([
        "moral",
        "academic",
        "physical",
        "arts",
        "labour",
      ]);
      for (const { stage, progress, beans, records, trend, sentence } of dimensions) {
        expect({ stage, progress, beans, records }).toEqual({
          stage: "seed",
          progress: 0,
          beans: 0,
          records: 0,
        });
        expect(trend).toEqual({ change: "too-few", records: 0, recorders: 0 });
        expect(sentence.zh).toMatch(/\p{Script=Han}/u);
        expect(sentence.en).toMatch(/[a-z]/);
      }
      expect([today, week]).toEqual([NONE, NONE]);
      expect(weeks.map(({ startsOn }) => startsOn)).toEqual([
        "2026-08-31",
        "2026-09-07",
        "2026-09-14",
        "2026-09-21",
        "2026-09-28",
        "2026-10-05",
        "2026-10-12",
        "2026-10-19",
        "2026-10-26",
        "2026-11-02",
        "2026-11-09",
      ]);
    });

    test("grows with the award: today, the week and its bar, by the school's own midnight", async () => {
      const studentId = idOf(0);
      await teacher.award(
        award(studentId, new Date("2026-11-08T15:59:59Z")), // Sunday, 23:59:59 in Shanghai
        award(studentId, new Date("2026-11-08T16:00:00Z"), { points: 2 }), // Monday, midnight
        award(studentId, new Date("2026-11-10T15:59:59Z"), {
          observationPointId: world.school.points.progress,
        }),
        award(studentId, new Date("2026-11-10T16:00:00Z"), { points: 3 }), // today, midnight
        award(studentId, ago(MINUTE), { observationPointId: world.school.points.homeroomOnly }),
      );
      const { today, week, weeks, dimensions } = await portfolioOf(studentId);
      expect(today).toEqual({ ...NONE, moral: 3, arts: 1, total: 4 });
      expect(week).toEqual({ ...NONE, moral: 5, academic: 1, arts: 1, total: 7 });
      expect(weeks.slice(-2)).toEqual([
        { startsOn: "2026-11-02", beans: { ...NONE, moral: 1, total: 1 } },
        { startsOn: "2026-11-09", beans: week },
      ]);
      expect(dimensions.map(({ beans, records, recorders }) => [beans, records, recorders])).toEqual([
        [6, 3, 1],
        [1, 1, 1],
        [0, 0, 0],
        [1, 1, 1],
        [0, 0, 0],
      ]);
      const [moral] = dimensions;
      expect(moral?.indicators).toMatchObject([{ name: { zh: "moral 指标" }, records: 3 }]);
    });

    test("forgets what is voided: today, week, records, stage", async () => {
      const studentId = idOf(1);
      const kept = award(studentId, ago(2 * MINUTE));
      await teacher.award(kept);
      const before = await portfolioOf(studentId);
      const mistakes = [
        award(studentId, ago(MINUTE), { points: 3 }),
        award(studentId, ago(DAY), { points: 3 }),
      ];
      await teacher.award(...mistakes);
      const between = await portfolioOf(studentId);
      expect([between.today.moral, between.week.moral, moralOf(between)?.records]).toEqual([4, 7, 3]);
      expect(moralOf(between)?.stage).not.toBe(moralOf(before)?.stage);
      await teacher.void(mistakes.map(({ id }) => id));
      expect(await portfolioOf(studentId)).toEqual(before);
    });

    test("turns a leaf with the very bean that was missing", async () => {
      const studentId = idOf(2);
      const { leaf } = scaledThresholds(DEFAULT_THRESHOLDS.moral, { grade: 3, weeks: 11, termWeeks: 21 });
      const give = (beans: number) =>
        teacher.award(...Array.from({ length: beans }, (_, i) => award(studentId, ago((i + 1) * 1000))));
      await give(leaf - 1);
      expect(moralOf(await portfolioOf(studentId))).toMatchObject({ stage: "sprout", beans: leaf - 1 });
      await give(1);
      expect(moralOf(await portfolioOf(studentId))).toMatchObject({
        stage: "leaf",
        progress: 0,
        beans: leaf,
      });
    });

    test("shows the child's own earlier term beside, and the whole of it when asked for", async () => {
      const { school } = world;
      const studentId = idOf(3);
      const classBefore = await noticeLastTerm(world, studentId, ["2026-03-09", "2026-03-10", "2026-05-06"]);
      const now = await portfolioOf(studentId);
      expect(now.terms.map(({ id }) => id)).toEqual([school.termId, school.earlierTermId]);
      expect(now.earlier?.term).toMatchObject({ id: school.earlierTermId, isCurrent: false });
      expect(now.earlier?.stages.map(({ stage }) => stage)).toEqual(["leaf", "seed", "seed", "seed", "seed"]);
      expect(moralOf(now)?.beans).toBe(0);

      const then = await portfolioOf(studentId, teacher, `?termId=${school.earlierTermId}`);
      expect(then.term).toMatchObject({
        id: school.earlierTermId,
        name: { zh: "2026年春季学期", en: "Spring 2026" },
      });
      expect(then.student.class).toEqual({ id: classBefore, name: "二年级1班", grade: 2 });
      expect(moralOf(then)).toMatchObject({ beans: 9, records: 3, stage: "leaf" });
      expect([then.today, then.week, then.earlier]).toEqual([NONE, NONE, null]);
      expect(then.weeks.find(({ startsOn }) => startsOn === "2026-03-09")?.beans.moral).toBe(6);
    });

    test("over all years tells each of the child's own terms in stages and levels, and no figure", async () => {
      const { school } = world;
      const { terms } = await teacher.get<Years>(`/students/${idOf(3)}/years`);
      expect(terms.map(({ term, class: of }) => [term.id, of.grade])).toEqual([
        [school.earlierTermId, 2],
        [school.termId, 3],
      ]);
      const [earlier] = terms;
      expect(earlier?.dimensions.map(({ stage }) => stage)).toEqual(["leaf", "seed", "seed", "seed", "seed"]);
      const levels = earlier?.dimensions[0]?.indicators.map(({ level }) => level);
      expect(levels?.some((level) => level !== "none")).toBe(true);
      expect(JSON.stringify(terms)).not.toMatch(/beans|records|rank|average/);
      const [other, child] = [await clientOf(world, school.outsider), await clientOf(world, school.student)];
      expect((await other.ask("GET", `/students/${idOf(3)}/years`)).code).toBe("forbidden");
      expect((await child.ask("GET", `/students/${idOf(3)}/years`)).code).toBe("forbidden");
      expect((await child.ask("GET", `/students/${idOf(0)}/years`)).status).toBe(200);
    });

    test("over all years tells how often in a school week, against the term before, and where that cannot be said", async () => {
      const { school } = world;
      const studentId = idOf(2);
      await noticeLastTerm(world, studentId, ["2026-03-09", "2026-04-13"]);
      const colleague = await clientOf(world, school.subject);
      const weekly = Array.from({ length: 10 }, (_, week) => award(studentId, ago(week * 7 * DAY + MINUTE)));
      await colleague.award(...weekly);
      const { terms } = await teacher.get<Years>(`/students/${studentId}/years`);
      const [before, now] = terms.map(({ dimensions }) => dimensions);
      expect(before?.map(({ perWeek, change }) => [perWeek, change])).toEqual([
        [0.1, null],
        [0, null],
        [0, null],
        [0, null],
        [0, null],
      ]);
      expect(now?.[0]).toMatchObject({ dimension: "moral", change: "more" });
      expect(now?.[0]?.perWeek).toBeGreaterThan(0.8);
      expect(now?.[3]).toMatchObject({ dimension: "arts", perWeek: 0, change: "too-few" });
      world.setNow(new Date("2026-09-07T02:00:00Z"));
      const early = await clientOf(world, school.homeroom);
      const young = await early.get<Years>(`/students/${studentId}/years`);
      expect(young.terms.at(-1)?.dimensions[0]?.perWeek).toBeNull();
    });

    test("is the same for the child and its guardian, and has nobody else in it", async () => {
      const { school } = world;
      await teacher.award(...school.children.map(({ id }) => award(id, ago(MINUTE), { points: 3 })));
      const own = await portfolioOf(idOf(0), await clientOf(world, school.student));
      expect(await portfolioOf(idOf(0), await clientOf(world, school.guardian))).toEqual(own);
      const text = JSON.stringify(own);
      for (const { id, name } of [...school.children.slice(1), ...school.otherChildren]) {
        expect([name, text.includes(id), text.includes(name)]).toEqual([name, false, false]);
      }
      expect(text).not.toMatch(/rank|average|percent|排名|平均/i);
    });

    test("of a term that is not the school's own is not there", async () => {
      const path = `/students/${idOf(0)}/portfolio`;
      for (const termId of [world.neighbour.termId, uuidv7()]) {
        expect((await teacher.ask("GET", `${path}?termId=${termId}`)).code).toBe("term-not-found");
      }
    });
  });

  describe("the timeline", () => {
    /** Every page, one after the other. */
    const pagesOf = async (reader: Client, studentId: string, between?: () => Promise<unknown>) => {
      const pages: LedgerPage[] = [];
      for (let cursor: string | null = ""; cursor !== null;) {
        const query: string = cursor === "" ? "" : `?cursor=${cursor}`;
        const page = await reader.get<LedgerPage>(`/students/${studentId}/timeline${query}`);
        pages.push(page);
        cursor = page.nextCursor;
        await between?.();
      }
      return pages;
    };
    const childOfTheOtherClass = () => {
      const [, child] = world.school.otherChildren;
      if (!child) throw new Error("no child");
      return child.id;
    };

    test("leaves out nothing and tells nothing twice, though half of it happened in the same second", async () => {
      const studentId = childOfTheOtherClass();
      const reader = await clientOf(world, world.school.outsider);
      const sent = Array.from({ length: 95 }, (_, i) =>
        award(studentId, ago(i % 2 === 0 ? DAY : i * MINUTE), {
          observationPointId: world.school.points.helps,
        }),
      );
      for (const result of await reader.award(...sent)) expect(result.status).toBe("recorded");
      const newer = () => reader.award(award(studentId, ago(0)));
      const pages = await pagesOf(reader, studentId, newer);
      expect(pages.map(({ entries }) => entries.length)).toEqual([30, 30, 30, 5]);
      const expected = sent
        .sort((a, b) => b.occurredAt.localeCompare(a.occurredAt) || (a.id < b.id ? 1 : -1))
        .map(({ id }) => id);
      expect(pages.flatMap(({ entries }) => entries.map(({ id }) => id))).toEqual(expected);
    });

    test("says what for, by whom, when, and in the teacher's own words", async () => {
      const studentId = idOf(4);
      const note = "把伞让给了同学";
      const one = award(studentId, new Date("2026-11-10T16:30:00Z"), { note, points: 2 });
      await (await clientOf(world, world.school.subject)).award(one);
      const { entries } = await teacher.get<LedgerPage>(`/students/${studentId}/timeline`);
      expect(entries.find(({ id }) => id === one.id)).toEqual({
        id: one.id,
        student: { id: studentId, name: "阿依古丽·买买提" },
        dimension: "moral",
        kind: "behaviour",
        point: { zh: "观测点 1", en: "Point 1" },
        beans: 2,
        note,
        evidence: [],
        thanksFrom: null,
        by: "李老师",
        isMine: false,
        canVoid: true,
        occurredAt: "2026-11-10T16:30:00.000Z",
        day: "2026-11-11",
        voided: null,
      });
    });

    test("shows the part that is asked for, page by page, and says where there is none", async () => {
      const { school } = world;
      const studentId = idOf(1);
      const { progress, helps } = school.points;
      const given = Array.from({ length: 70 }, (_, index) =>
        award(studentId, ago((index + 1) * 5 * MINUTE), {
          observationPointId: index % 2 === 0 ? progress : helps,
        }),
      );
      await teacher.award(...given);
      const part = async (query: string) => {
        const entries: LedgerPage["entries"] = [];
        for (let cursor: string | null = ""; cursor !== null;) {
          const at: string = cursor === "" ? "" : `&cursor=${cursor}`;
          const page: LedgerPage = await teacher.get(`/students/${studentId}/timeline?${query}${at}`);
          entries.push(...page.entries);
          cursor = page.nextCursor;
        }
        return entries;
      };
      const all = await part("");
      const growth = await part("kind=growth");
      expect(growth.length).toBeGreaterThanOrEqual(35);
      expect(growth).toEqual(all.filter(({ kind }) => kind === "growth"));
      const moral = await part(`dimension=moral&termId=${school.termId}`);
      expect(moral).toEqual(all.filter(({ dimension }) => dimension === "moral"));
      expect(await part(`termId=${school.earlierTermId}`)).toEqual([]);
      expect(await part("hasPicture=true")).toEqual(all.filter(({ evidence }) => evidence.length > 0));
      expect((await teacher.ask("GET", `/students/${studentId}/timeline?termId=${uuidv7()}`)).code).toBe(
        "term-not-found",
      );
      expect((await teacher.ask("GET", `/students/${studentId}/timeline?kind=other`)).status).toBe(400);
    });

    test("shows what was voided to staff alone, with who and why", async () => {
      const { school } = world;
      const studentId = idOf(0);
      const [wrong, right] = [award(studentId, ago(3 * MINUTE)), award(studentId, ago(2 * MINUTE))];
      const subject = await clientOf(world, school.subject);
      await subject.award(wrong, right);
      await teacher.void([wrong.id], "记错了人");

      const seenBy = async (reader: Client) =>
        (await pagesOf(reader, studentId)).flatMap(({ entries }) => entries);
      const staff = await seenBy(subject);
      expect(staff.find(({ id }) => id === wrong.id)).toMatchObject({
        voided: { by: "王老师", reason: "记错了人", at: WORLD_NOW.toISOString() },
        isMine: true,
        canVoid: false,
      });
      expect(staff.find(({ id }) => id === right.id)).toMatchObject({
        voided: null,
        isMine: true,
        canVoid: true,
      });
      for (const person of [school.guardian, school.student]) {
        const entries = await seenBy(await clientOf(world, person));
        expect(entries.some(({ id }) => id === wrong.id)).toBe(false);
        expect(entries.find(({ id }) => id === right.id)).toMatchObject({ isMine: false, canVoid: false });
        expect(JSON.stringify(entries)).not.toContain("记错了人");
      }
    });

    test("offers undoing only to whom it would be granted", async () => {
      const { school } = world;
      const one = award(idOf(0), ago(4 * MINUTE));
      await (await clientOf(world, school.subject)).award(one);
      const canVoid = async (person = school.homeroom) => {
        const reader = await clientOf(world, person);
        const entries = (await pagesOf(reader, idOf(0))).flatMap((page) => page.entries);
        return entries.find(({ id }) => id === one.id)?.canVoid;
      };
      expect([await canVoid(school.subject), await canVoid(), await canVoid(school.admin)]).toEqual([
        true,
        true,
        true,
      ]);
      world.setNow(new Date(WORLD_NOW.getTime() + 7 * DAY + MINUTE));
      expect([await canVoid(school.subject), await canVoid(), await canVoid(school.admin)]).toEqual([
        false,
        true,
        true,
      ]);
    });
  });
});
