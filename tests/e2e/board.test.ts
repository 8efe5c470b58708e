/**
 * The class board in a real browser: a teacher opens it from the tablet, the projector's computer takes the code, awards
 * come into flower there, and ending it on the tablet makes it dark.
 */
import { eq } from "drizzle-orm";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Board, OpenedBoardLink } from "@doudou/shared/contract/board.ts";
import { agreeToBoard } from "../support/board.ts";
import { awardIn } from "../support/client.ts";
import { createSchool, PASSWORD } from "../support/school.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";
import { STAGE_NOW } from "../support/stage-time.ts";

const POINT = "用好好说话化解一次矛盾";
const PATIENT = { timeout: 30_000 };
const PROJECTORS = {
  full: { width: 1920, height: 1080 },
  small: { width: 1366, height: 768 },
  old: { width: 1024, height: 768 },
};

describe("the class board", () => {
  let stage: Stage;
  let tablet: Page;
  let projector: Page;
  let screen: BrowserContext;
  let board: Board;

  beforeAll(async () => {
    stage = await openStage({ isAsAtHome: true });
    tablet = await stage.signIn("teacher1", "tablet");
    tablet.setDefaultTimeout(PATIENT.timeout);
    await tablet.getByRole("link", { name: /三年级1班/ }).click();
    await tablet.getByRole("listbox").waitFor();
    screen = await stage.openContext("desktop");
    projector = await screen.newPage();
    projector.setDefaultTimeout(PATIENT.timeout);
    await projector.setViewportSize(PROJECTORS.full);
  });
  afterAll(() => stage.close());

  const openSheet = async () => {
    await tablet.getByRole("button", { name: "课堂工具", exact: true }).tap();
    await tablet.getByRole("dialog").getByRole("button", { name: "大屏", exact: true }).tap();
    await tablet.getByRole("heading", { name: "班级大屏" }).waitFor();
  };
  const named = () => board.plants.filter(({ name }) => name !== null);
  const plant = (id: string) => projector.locator(`[data-plant="${id}"]`);

  test("a code from the tablet opens it on the projector's computer", async () => {
    await openSheet();
    await tablet.getByRole("button", { name: "在大屏电脑上打开" }).tap();
    const code = await tablet.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).innerText();
    await expectAccessible(tablet);
    await takePicture(tablet, "board-sheet-tablet");

    await openPath(projector, "/board");
    await expectAccessible(projector);
    await projector.getByLabel("投屏码").fill(code.toLowerCase());
    const answer = projector.waitForResponse((response) => /\/board\/[0-9a-f-]{36}$/.test(response.url()));
    await projector.getByRole("button", { name: "打开", exact: true }).click();
    board = (await (await answer).json()) as Board;
    await projector.getByRole("heading", { level: 1, name: /三年级1班/ }).waitFor();
    expect(new URL(projector.url()).hash).toMatch(/^#[0-9a-f-]{36}$/);
    expect(named().length).toBeGreaterThan(20);
    expect(await projector.getByRole("listitem").count()).toBe(board.plants.length);
    await expectAccessible(projector);
  });

  test("an award on the tablet is told on the board and brings the child's plant into flower", async () => {
    await tablet.keyboard.press("Escape");
    const child = named().find(({ dimensions }) => !dimensions.includes("moral"))!;
    await tablet.getByRole("option", { name: new RegExp(`^${child.name}[,，]`) }).tap();
    await tablet.getByRole("tab", { name: /德育/ }).tap();
    await tablet.getByRole("button", { name: new RegExp(`^${POINT}`) }).tap();
    await projector.getByText(POINT).waitFor();
    await takePicture(projector, "board");
    await expect
      .poll(() => plant(child.id).getAttribute("aria-label"), PATIENT)
      .toContain(`${child.name}的小苗，这周开了`);

    let questions = 0;
    const count = () => (questions += 1);
    projector.on("request", count);
    await tablet.getByRole("button", { name: "撤销", exact: true }).tap();
    await expect.poll(() => plant(child.id).getAttribute("aria-label"), PATIENT).not.toContain("德育");
    await projector.getByText(POINT).waitFor({ state: "detached" });
    projector.off("request", count);
    expect(await projector.getByText(/撤销|收回/).count()).toBe(0);
    // It has looked once, and has not let go of its line for that.
    expect(questions).toBe(1);
  });

  test("it fits every projector, and stands still for whoever wants less motion", async () => {
    await projector.emulateMedia({ reducedMotion: "reduce" });
    for (const size of Object.values(PROJECTORS)) {
      await projector.setViewportSize(size);
      const overflow = () =>
        projector.evaluate(() => ({
          x: document.documentElement.scrollWidth - innerWidth,
          y: document.documentElement.scrollHeight - innerHeight,
          cut: [...document.querySelectorAll("[data-plant]")].filter(
            (place) => place.getBoundingClientRect().bottom > innerHeight,
          ).length,
        }));
      await expect.poll(overflow, PATIENT).toEqual({ x: 0, y: 0, cut: 0 });
    }
    await projector.setViewportSize(PROJECTORS.full);
    await expectAccessible(projector);

    const child = named().find(({ dimensions }) => !dimensions.includes("moral"))!;
    await tablet.getByRole("option", { name: new RegExp(`^${child.name}[,，]`) }).tap();
    await tablet.getByRole("button", { name: new RegExp(`^${POINT}`) }).tap();
    await projector.getByText(POINT).waitFor();
    const running = await projector.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === "running").length,
    );
    expect(running).toBe(0);
  });

  test("without a network it goes on showing the garden, and comes back by itself", async () => {
    await screen.setOffline(true);
    await projector.getByText("连接断了，正在恢复…").waitFor();
    expect(await projector.getByRole("listitem").count()).toBe(board.plants.length);
    await screen.setOffline(false);
    await projector.getByText("连接断了，正在恢复…").waitFor({ state: "detached" });
  });

  test("a reload finds it again, and nothing else in the product opens with it", async () => {
    await projector.reload();
    await projector.getByRole("heading", { level: 1, name: /三年级1班/ }).waitFor();
    const roster = await projector.request.get("/api/v1/classes");
    expect(roster.status()).toBe(401);
  });

  test("ending it on the tablet makes the projector dark at once", async () => {
    await openSheet();
    await tablet.getByRole("button", { name: /^结束 .* 打开的大屏$/ }).tap();
    await projector.getByRole("heading", { name: "这次投屏结束了" }).waitFor();
    await tablet.getByText("现在没有打开的大屏。").waitFor();
    await expectAccessible(projector);
  });

  test("the homeroom teacher sets what the class wants to reach this week", async () => {
    const text = tablet.getByLabel("我们想一起做到");
    await text.fill("下课把椅子推回去");
    // What is not saved yet is there again after a reload, as after signing in anew.
    await tablet.reload();
    await tablet.getByRole("listbox").waitFor();
    await openSheet();
    await expect.poll(() => text.inputValue(), PATIENT).toBe("下课把椅子推回去");
    await tablet.getByLabel("要多少颗豆（10–5000）").fill("150");
    const saved = tablet.waitForResponse((response) => response.url().endsWith("/goal") && response.ok());
    await tablet.getByRole("button", { name: "保存约定" }).tap();
    await saved;
    await expect
      .poll(() => tablet.evaluate(() => Object.keys(localStorage).filter((name) => name.includes(".goal."))))
      .toEqual([]);
    await tablet.getByRole("button", { name: "在这台设备上打开" }).tap();
    const link = tablet.getByRole("link", { name: "打开大屏" });
    const here = await screen.newPage();
    await here.goto((await link.getAttribute("href")) ?? "");
    await expect.poll(() => here.getByText("下课把椅子推回去").isVisible(), PATIENT).toBe(true);
  });

  test("reads in English as well", async () => {
    const page = await stage.signIn("teacher1", "tablet", "en");
    page.setDefaultTimeout(PATIENT.timeout);
    await page.getByRole("link", { name: /三年级1班/ }).click();
    await page.getByRole("button", { name: "Classroom tools", exact: true }).tap();
    await page.getByRole("dialog").getByRole("button", { name: "Class board", exact: true }).tap();
    await page.getByRole("button", { name: "Open on this screen" }).tap();
    const href = await page.getByRole("link", { name: "Go to the board" }).getAttribute("href");
    await expectAccessible(page);
    const english = await (await stage.openContext("desktop", "en")).newPage();
    await english.goto(href ?? "");
    await english.getByRole("heading", { level: 1, name: /garden of/ }).waitFor();
    await expectAccessible(english);
  });

  test("without figures the jar fills with each award until the goal is reached, and nothing is counted aloud", async () => {
    const school = await createSchool(stage.server.deps.database, "quiet");
    const { request } = await stage.openContext("tablet");
    await request.post("/api/v1/session", { data: { login: school.homeroom.login, password: PASSWORD } });
    const ofClass = `/api/v1/classes/${school.classId}`;
    await request.put(`${ofClass}/goal`, { data: { text: "课间多动一动", dimension: null, target: 10 } });
    const made = await request.post(`${ofClass}/board-links`, { data: { way: "here", showsNumbers: false } });
    const { token } = (await made.json()) as OpenedBoardLink;
    const page = await (await stage.openContext("desktop")).newPage();
    await page.goto(`/board#${token}`);
    const jar = page.getByRole("progressbar");
    const fullness = () => jar.getAttribute("aria-valuenow");
    const give = (points: number) =>
      request.post("/api/v1/awards", { data: { awards: [awardIn(school, STAGE_NOW, { points })] } });
    await expect.poll(fullness, PATIENT).toBe("0");
    for (const points of [3, 3, 3]) await give(points);
    await expect.poll(fullness, PATIENT).toBe("90");
    await give(1);
    await page.getByText("装满啦，一起做到了！").waitFor();
    expect(await page.getByRole("region", { name: "本周的约定" }).innerText()).not.toMatch(/\d/);
  });

  /** On a projector of 1920 × 1080; the last row reads no less in a class of 45. */
  const LEGIBLE = [
    { children: 3, px: 60 },
    { children: 45, px: 25 },
    { children: 50, px: 23 },
  ];
  test.each(LEGIBLE)(
    "every name of $children children is read from the last row",
    async ({ children, px }) => {
      const { database } = stage.server.deps;
      const school = await createSchool(database, "names", { children });
      await agreeToBoard(database, school, school.children);
      await database.write(school.id, async ({ db, tables: { student } }) => {
        for (const [at, { id }] of school.children.entries())
          await db
            .update(student)
            .set({ name: NAMES[at % NAMES.length]! })
            .where(eq(student.id, id));
      });
      const context = await stage.openContext("desktop");
      const { login } = school.homeroom;
      await context.request.post("/api/v1/session", { data: { login, password: PASSWORD } });
      const made = await context.request.post(`/api/v1/classes/${school.classId}/board-links`, {
        data: { way: "here", showsNumbers: true },
      });
      const { token } = (await made.json()) as OpenedBoardLink;
      const page = await context.newPage();
      await page.setViewportSize(PROJECTORS.full);
      await page.goto(`/board#${token}`);
      await expect.poll(() => page.locator("[data-plant]").count(), PATIENT).toBe(children);
      await takePicture(page, `board-names-${children}`);
      const lines = await page.locator("[data-plant]").evaluateAll((places) =>
        places.flatMap((place) =>
          [...place.querySelectorAll<HTMLElement>(".name > span")].map((line) => ({
            text: line.innerText,
            px: Number.parseFloat(getComputedStyle(line).fontSize),
            isCut: line.scrollWidth > line.clientWidth,
            isInPlace: line.getBoundingClientRect().bottom <= place.getBoundingClientRect().bottom + 1,
          })),
        ),
      );
      expect(lines.length).toBeGreaterThan(children);
      const isLegible = (line: (typeof lines)[number]) => line.px >= px && line.isInPlace && !line.isCut;
      expect(lines.filter((line) => !isLegible(line))).toEqual([]);
      await expectAccessible(page);
      await context.close();
    },
  );
});

/** As classes have them, the longest that registers have among them. */
const NAMES = [
  "李雨",
  "阿卜杜热合曼·买买提",
  "Alexandra Montgomery",
  "欧阳若晨",
  "扎西多吉次仁",
  "古丽米热·艾尔肯",
  "王梓涵",
  "乌云其其格",
  "帕提古丽·阿布都热依木",
  "Ana Li",
  "陈一鸣",
];
