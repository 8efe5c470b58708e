/**
 * Pages in hard conditions: before the school's server has answered, of a class that nobody is in, with letters twice their
 * size, on a narrow screen in the longer language, and in the reader's own colours.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenedBoardLink } from "@doudou/shared/contract/board.ts";
import type { ClassList, Roster } from "@doudou/shared/contract/classes.ts";
import type { MovedPupils } from "@doudou/shared/contract/people.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { ask, expectAccessible, openPath, openStage, type Stage } from "../support/stage.ts";

describe("a class of which little is known yet", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const classesOf = async (login: string) => {
    const page = await stage.signIn(login, "phone");
    const { classes } = await ask<ClassList>(page, "/classes");
    return { page, classes };
  };

  test("has its page's name in the bar at once, and its own beside it as soon as that is known", async () => {
    const { page, classes } = await classesOf("teacher1");
    const { id, name } = classes[0]!;
    const titles = {
      badges: "争章",
      guardians: "家长",
      growth: "班级成长",
      summaries: "学期成长报告",
      remarks: "报告里的一句话",
      seating: "座位表",
      ratings: "等级评价",
    };
    for (const [path, title] of Object.entries(titles)) {
      const answers = Promise.withResolvers<void>();
      await page.route(`**/api/v1/classes/${id}/**`, (route) => answers.promise.then(() => route.fallback()));
      await page.goto(`/classes/${id}/${path}`);
      const heading = page.getByRole("banner").getByRole("heading", { level: 1 });
      await heading.getByText(title, { exact: true }).waitFor();
      expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
      await page.getByRole("main").getByRole("status").getByText("正在打开…").waitFor({ state: "attached" });
      answers.resolve();
      await page
        .getByRole("banner")
        .getByRole("heading", { level: 1, name: `${title} ${name}`, exact: true })
        .waitFor();
      await page.unrouteAll({ behavior: "wait" });
    }
    await page.context().close();
  });

  test("shows what is chosen by a line where the reader's own colours take the place of ours", async () => {
    const { page, classes } = await classesOf("teacher1");
    await page.emulateMedia({ forcedColors: "active" });
    await openPath(page, `/classes/${classes[0]!.id}/seating`);
    const lineOf = (name: string) =>
      page
        .locator("label", { has: page.getByRole("radio", { name }) })
        .evaluate((label) => getComputedStyle(label).outlineStyle);
    expect(await lineOf("老师视角")).toBe("solid");
    expect(await lineOf("学生视角")).toBe("none");
    await page.context().close();
  });

  test("says that nobody is in it wherever children would be, and offers nothing that needs them", async () => {
    const admin = await stage.signIn("admin", "tablet");
    const { page, classes } = await classesOf("teacher4");
    const { id } = classes[0]!;
    const { students } = await ask<Roster>(page, `/classes/${id}/roster`);
    const moves = students.map((student) => ({ studentId: student.id, classId: null }));
    const answer = await admin.request.post("/api/v1/people/pupils/moves", {
      data: { from: "2026-11-02", moves },
    });
    expect(((await answer.json()) as MovedPupils).moved).toBe(students.length);
    for (const path of [
      "",
      "/seating",
      "/ratings",
      "/remarks",
      "/voices",
      "/badges",
      "/consents",
      "/cards",
    ]) {
      await openPath(page, `/classes/${id}${path}`);
      await page.getByRole("heading", { name: "班里还没有孩子" }).waitFor();
      await expectAccessible(page);
      const offered = page.getByRole("main").getByRole("button");
      expect([path, await offered.count()]).toEqual([path, 0]);
    }
    const { token } = (await (
      await page.request.post(`/api/v1/classes/${id}/board-links`, {
        data: { way: "here", showsNumbers: true },
      })
    ).json()) as OpenedBoardLink;
    await openPath(page, `/board#${token}`);
    await page.getByText("班里有了孩子，小花园就会长出来。").waitFor();
    await page.context().close();
    await openPath(admin, `/classes/${id}`);
    await admin.getByRole("main").getByRole("link", { name: "导入名册" }).click();
    await admin.waitForURL("**/office/roster");
    await admin.context().close();
  });
});

test("a family's bar holds all its entries, none over another, when letters are twice their size", async () => {
  const stage = await openStage();
  const page = await stage.signIn("parent1", "phone");
  await page.setViewportSize({ width: 180, height: 370 });
  const { memberships } = await ask<SessionView>(page, "/session");
  await openPath(page, `/family/${memberships.flatMap(({ students }) => students)[0]!.id}`);
  const bar = page.getByRole("banner");
  await bar.getByRole("link", { name: /消息/ }).waitFor();
  const boxes = await bar.evaluate((header) =>
    [...header.querySelectorAll("a, button, select")].map((entry) => {
      const { left, right, top, bottom } = entry.getBoundingClientRect();
      return { left, right, top, bottom };
    }),
  );
  expect(boxes.length).toBeGreaterThanOrEqual(5);
  const covered = boxes.flatMap((one, at) =>
    boxes
      .slice(at + 1)
      .filter(
        (other) =>
          Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
          Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1,
      ),
  );
  expect(covered).toEqual([]);
  await stage.close();
});

test("a phone shows the office's holidays and lesson times whole, in the longer of the two languages", async () => {
  const stage = await openStage();
  const page = await stage.signIn("admin", "phone", "en");
  await openPath(page, "/office/settings");
  const name = page.getByText("国庆节调休上课", { exact: true }).first();
  const linesOf = (words: typeof name) =>
    words.evaluate(
      (place) => place.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(place).fontSize),
    );
  expect(await linesOf(name)).toBeLessThan(2);
  const widths = await page
    .locator("input[type=time]")
    .evaluateAll((fields) => fields.map((field) => field.getBoundingClientRect().width));
  expect(Math.min(...widths)).toBeGreaterThan(100);
  await stage.close();
});
