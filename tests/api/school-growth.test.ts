/** The school's growth over HTTP, on both engines: shares of school, grade and class, and of too few children nothing. */
import { strFromU8, unzipSync } from "fflate";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { SchoolGrowth } from "@doudou/shared/contract/school-growth.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { noticeLastTerm } from "../support/last-term.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY = 86_400_000;
const LAST_TERM_DAYS = ["2026-03-02", "2026-04-13", "2026-05-11"];

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let admin: Client;
  beforeEach(async () => {
    world = await createWorld(engine);
    onTestFinished(() => world.close());
    admin = await clientOf(world, world.school.admin);
  });

  const growth = (query = "") => admin.get<SchoolGrowth>(`/dashboard/growth${query}`);
  /** Every child of the first class is noticed once a week by two people, and one of them not at all last term. */
  async function noticeEverybody() {
    const { homeroom, subject, children } = world.school;
    const awardsOf = (daysAgo: readonly number[]) =>
      children.flatMap(({ id: studentId }) =>
        daysAgo.map((days) =>
          awardIn(world.school, new Date(WORLD_NOW.getTime() - days * DAY - 60_000), { studentId }),
        ),
      );
    await (await clientOf(world, homeroom)).award(...awardsOf([1, 8, 15, 22, 29]));
    await (await clientOf(world, subject)).award(...awardsOf([36, 43, 50, 57, 64]));
    await noticeLastTerm(
      world,
      children.map(({ id }) => id),
      LAST_TERM_DAYS,
    );
  }

  test("tells the school, each grade and each class in the order of classes, and of a handful of children nothing", async () => {
    await noticeEverybody();
    const { term, before, terms, groups } = await growth();
    expect([term.id, before?.id]).toEqual([world.school.termId, world.school.earlierTermId]);
    expect(terms.map(({ id }) => id)).toEqual([world.school.termId, world.school.earlierTermId]);
    expect(
      groups.map(({ grade, class: of, children, stages }) => [grade, of?.name, children, stages !== null]),
    ).toEqual([
      [null, undefined, 7, true],
      [3, undefined, 5, true],
      [3, "三年级1班", 5, true],
      [5, undefined, 2, false],
      [5, "五年级1班", 2, false],
    ]);
    const [school, , ofClass] = groups;
    const shares = (of: (typeof groups)[number] | undefined, dimension: string) =>
      of?.stages?.find((each) => each.dimension === dimension)?.shares;
    expect(shares(ofClass, "moral")?.filter(({ percent }) => percent > 0)).toEqual([
      { stages: ["leaf"], percent: 100 },
    ]);
    // Five of the school's seven have a leaf; the two others are no group of their own.
    expect(shares(school, "moral")?.filter(({ percent }) => percent > 0)).toEqual([
      { stages: ["seed", "sprout", "leaf"], percent: 100 },
    ]);
    expect(shares(ofClass, "arts")?.filter(({ percent }) => percent > 0)).toEqual([
      { stages: ["seed"], percent: 100 },
    ]);
  });

  test("holds each child against its own last term, and says how often of the school and a grade but of no class", async () => {
    expect((await growth()).groups.every(({ against }) => against === null)).toBe(true);
    await noticeEverybody();
    const [school, grade, ofClass, small] = (await growth()).groups;
    expect(school?.against).toEqual(grade?.against);
    expect(small?.against).toBeNull();
    const moral = grade?.against?.dimensions[0];
    expect(grade?.against?.children).toBe(5);
    expect(moral?.changes.filter(({ percent }) => percent > 0)).toEqual([
      { changes: ["more"], percent: 100 },
    ]);
    expect(moral?.rates?.now).toBeGreaterThan(moral?.rates?.before ?? 9);
    expect(moral?.rates?.before).toBe(0.2);
    // Nothing was written down in arts in either term.
    expect(grade?.against?.dimensions[3]?.changes.filter(({ percent }) => percent > 0)).toEqual([
      { changes: ["too-few"], percent: 100 },
    ]);
    expect(ofClass?.against?.dimensions.map(({ rates }) => rates)).toEqual([null, null, null, null, null]);
    expect(ofClass?.against?.dimensions[0]?.changes).toEqual(moral?.changes);
  });

  test("a term that is over stands as it ended, with the classes of then", async () => {
    await noticeEverybody();
    const { term, before, groups } = await growth(`?termId=${world.school.earlierTermId}`);
    expect([term.id, before]).toEqual([world.school.earlierTermId, null]);
    expect(groups.map(({ class: of, children }) => [of?.name, children])).toEqual([
      [undefined, 5],
      [undefined, 5],
      ["二年级1班", 5],
    ]);
    expect(groups[0]?.against).toBeNull();
  });

  test("names no child, and is the administrator's alone", async () => {
    await noticeEverybody();
    const told = JSON.stringify(await growth());
    for (const { id, name } of world.school.children) {
      expect(told).not.toContain(id);
      expect(told).not.toContain(name);
    }
    const { homeroom, subject, guardian, student } = world.school;
    for (const person of [homeroom, subject, guardian, student])
      for (const path of ["/dashboard/growth", "/dashboard/growth.xlsx"])
        expect((await (await clientOf(world, person)).ask("GET", path)).code).toBe("forbidden");
    const unknown = await admin.ask("GET", `/dashboard/growth?termId=${world.school.classId}`);
    expect(unknown.code).toBe("term-not-found");
  });

  test("the table has a line for each group, in words and without any formula, whatever a class is called", async () => {
    await noticeEverybody();
    await world.database.write(world.school.id, async ({ db, tables }) => {
      await db.update(tables.schoolClass).set({ name: "=1+1班" });
    });
    const { headers, bytes } = await admin.ask("GET", "/dashboard/growth.xlsx");
    expect(headers["content-disposition"]).toContain("school-growth.xlsx");
    const files = unzipSync(bytes);
    const sheet = strFromU8(files["xl/worksheets/sheet1.xml"]!);
    const text = strFromU8(files["xl/sharedStrings.xml"]!);
    expect(sheet).not.toContain("<f>");
    expect(sheet.match(/<row /g)).toHaveLength(6);
    expect(text).toContain("=1+1班");
    expect(text).toContain("三年级");
    expect(text).toContain("长叶 100%");
    expect(text).toContain("更常被看见 100%，");
    expect(text).toContain("；平均每个孩子每周约 0.9 次，那时约 0.2 次");
    expect(text).toContain("孩子太少，不说");
    const english = await clientOf(world, world.school.admin, "en");
    const inEnglish = unzipSync((await english.ask("GET", "/dashboard/growth.xlsx")).bytes);
    expect(strFromU8(inEnglish["xl/sharedStrings.xml"]!)).toContain("leaf 100%");
  });
});
