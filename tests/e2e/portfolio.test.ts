/**
 * A child's portfolio opens with one call, whoever reads it; what its sections show comes along with it. Only the diary
 * reads on, as far as one scrolls.
 */
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClassList, Roster } from "@doudou/shared/contract/classes.ts";
import type { Portfolio } from "@doudou/shared/contract/growth.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { callName } from "@doudou/shared/domain/child-name.ts";
import {
  expectAccessible,
  openChapter,
  openPath,
  openStage,
  type Stage,
  takePicture,
} from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

test.each([
  ["the child", "student1", "phone"],
  ["its guardian", "parent1", "phone"],
  ["its teacher", "teacher1", "tablet"],
] as const)("%s opens it with one call", async (_who, login, screen) => {
  const page = await stage.signIn(login, screen);
  const ask = async <T>(path: string) => (await (await page.request.get(`/api/v1${path}`)).json()) as T;
  const path = async () => {
    if (login === "student1") return "/me";
    if (login === "parent1") {
      const { memberships } = await ask<{ memberships: { students: { id: string }[] }[] }>("/session");
      return `/family/${memberships[0]!.students[0]!.id}`;
    }
    const { classes } = await ask<ClassList>("/classes");
    const { students } = await ask<Roster>(`/classes/${classes[0]!.id}/roster`);
    return `/students/${students[0]!.id}`;
  };
  const address = await path();
  await openPath(page, "/account"); // The page one lands on asks for children, too.
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/v1/students/") && request.resourceType() !== "image")
      asked.push(pathname.split("/").slice(5).join("/"));
  });
  await openPath(page, address);
  // The sections have come, those too whose code is fetched when the page stands.
  await expect.poll(() => page.getByRole("heading", { level: 2 }).count()).toBeGreaterThan(4);
  expect(asked).toEqual(["portfolio-page"]);
  await page.context().close();
});

test("a child of the third grade finds its weeks, beside nobody else's", async () => {
  const page = await stage.signIn("student1", "tablet");
  await openPath(page, "/me");
  const weeks = page.getByRole("heading", { name: "我的一周一周" });
  await weeks.scrollIntoViewIfNeeded();
  await page.getByText("每一周都不一样，安静的一周也在长根。").waitFor();
  await takePicture(page, "own-weeks-tablet");
  await expectAccessible(page);
  await page.context().close();
});

test("an earlier term brings the diary of then, a child chooses term and kind itself, and its terms stand on a line", async () => {
  const page = await stage.signIn("student1", "tablet");
  await openPath(page, "/me");
  const diary = page.getByRole("region", { name: "我的豆豆日记", exact: true });
  await diary.getByRole("article").first().waitFor();
  const ask = async <T>(path: string) => (await (await page.request.get(`/api/v1${path}`)).json()) as T;
  const { memberships } = await ask<SessionView>("/session");
  const { terms } = await ask<Portfolio>(`/students/${memberships[0]!.students[0]!.id}/portfolio`);
  const earlier = terms.find(({ isCurrent }) => !isCurrent)!;
  const days = () =>
    diary.locator("h3 time").evaluateAll((all) => all.map((day) => day.getAttribute("datetime")!));
  const areAllOf =
    ({ startsOn, endsOn }: typeof earlier) =>
    async () => {
      const shown = await days();
      return shown.length > 0 && shown.every((day) => day >= startsOn && day <= endsOn);
    };

  await openChapter(page, "我的这些年");
  const line = page.getByRole("region", { name: "一个学期一个学期，多常被看见" });
  await line.scrollIntoViewIfNeeded();
  await expect.poll(() => line.getByRole("listitem").count()).toBe(5);
  await line.getByText("看每学期每周几次").tap();
  expect(await line.getByRole("rowheader").allTextContents()).toEqual(
    terms.map(({ name }) => name.zh).reverse(),
  );
  await expectAccessible(page);
  await takePicture(page, "term-lines-tablet");

  await page.getByRole("main").getByLabel("学期", { exact: true }).first().selectOption(earlier.id);
  await expect.poll(areAllOf(earlier)).toBe(true);
  await expectAccessible(page);
  await diary.getByLabel("类型").selectOption("growth");
  await expect.poll(() => diary.getByLabel("类型").inputValue()).toBe("growth");
  await page.getByRole("button", { name: "回到这学期" }).tap();
  await expect.poll(() => diary.getByLabel("学期").inputValue()).toBe("");
  expect(await diary.getByLabel("类型").inputValue()).toBe("growth");
  await page.context().close();
});

test("the diary reads on by itself where one scrolls to its end", async () => {
  const page = await stage.signIn("student1", "phone");
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.endsWith("/timeline")) asked.push(searchParams.get("cursor") ?? "");
  });
  await openPath(page, "/me");
  const entries = page.getByRole("region", { name: "我的豆豆日记", exact: true }).getByRole("article");
  await entries.first().waitFor();
  const first = await entries.count();
  expect(asked).toEqual([]);
  await entries.nth(first - 1).scrollIntoViewIfNeeded();
  await expect.poll(() => entries.count()).toBeGreaterThan(first);
  const second = await entries.count();
  await entries.nth(second - 1).scrollIntoViewIfNeeded();
  await expect.poll(() => entries.count()).toBeGreaterThan(second);
  // Every page was asked for once.
  expect(asked).not.toContain("");
  expect(new Set(asked).size).toBe(asked.length);
  await page.context().close();
});

test("what is looked at now and then stays a card until it is tapped, and needs no further call", async () => {
  const page = await stage.signIn("student1", "phone");
  await openPath(page, "/account");
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/v1/students/") && request.resourceType() !== "image")
      asked.push(pathname.split("/").slice(5).join("/"));
  });
  await openPath(page, "/me");
  const told = page.getByRole("region", { name: "我来说", exact: true }).getByRole("listitem");
  await told.first().waitFor();
  expect(await told.count()).toBe(2);
  await page.getByRole("button", { name: "看看更早说过的" }).tap();
  await expect.poll(() => told.count()).toBeGreaterThan(2);
  const years = page.getByRole("region", { name: "我的这些年" });
  const cards = page.getByRole("list", { name: "翻开看看" });
  await cards.scrollIntoViewIfNeeded();
  await takePicture(page, "chapters-phone");
  expect(await cards.getByRole("button").count()).toBe(3);
  expect(await years.count()).toBe(0);
  for (const title of ["我的这些年", "我的活动", "我的成长册"]) {
    await openChapter(page, title);
    await page.getByRole("heading", { level: 2, name: title }).waitFor();
    const chapter = page.getByRole("group", { name: title, exact: true });
    expect(await chapter.evaluate((element) => element === document.activeElement)).toBe(true);
  }
  await cards.waitFor({ state: "detached" });
  await expectAccessible(page);
  // But for the shop, which is followed by who stays.
  expect(asked.filter((path) => !/^(timeline|reward-desk.*)$/.test(path))).toEqual(["portfolio-page"]);
  await page.context().close();
});

test("looked at again without a network, the page stays as it was under one line, and goes on by itself", async () => {
  const page = await stage.signIn("student1", "phone");
  await openPath(page, "/me");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.context().setOffline(true);
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  const note = page.getByRole("main").getByRole("alert").filter({ hasText: "再试一次" }).first();
  await note.waitFor();
  expect((await note.boundingBox())!.height).toBeLessThan(150);
  await takePicture(page, "portfolio-offline-phone");
  await page.context().setOffline(false);
  await note.waitFor({ state: "detached" });
  expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
  await page.context().close();
});

test("what a family may ask about the records stands before the diary, which never ends", async () => {
  const page = await stage.signIn("parent1", "phone");
  const { memberships } = (await (await page.request.get("/api/v1/session")).json()) as SessionView;
  await openPath(page, `/family/${memberships[0]!.students[0]!.id}`);
  const topOf = async (rights: Locator) => (await rights.boundingBox())!.y;
  const diary = page.getByRole("region", { name: "成长记录", exact: true });
  await diary.getByRole("article").first().waitFor();
  const link = page.getByRole("link", { name: "隐私与授权" });
  expect(await topOf(link)).toBeLessThan(await topOf(diary));
  expect(await topOf(page.getByRole("button", { name: "谁看过档案" }))).toBeLessThan(await topOf(diary));
  await link.scrollIntoViewIfNeeded();
  await takePicture(page, "family-rights-phone");
  await page.context().close();
});

test("a guardian of two children goes from one to the other, and finds each its own", async () => {
  const page = await stage.signIn("parent1", "phone");
  const { memberships } = (await (await page.request.get("/api/v1/session")).json()) as SessionView;
  const [first, second] = memberships.flatMap(({ students }) => students);
  const head = (name: string) =>
    page.getByRole("heading", { level: 1, name: new RegExp(callName(name)) }).waitFor();
  await openPath(page, `/family/${first!.id}`);
  await head(first!.name);
  await page.getByLabel("切换孩子").selectOption(callName(second!.name));
  await page.waitForURL(`**/family/${second!.id}`);
  await head(second!.name);
  await page.reload();
  await head(second!.name);
  expect(await page.getByLabel("切换孩子").inputValue()).toBe(second!.id);
  await page.getByLabel("切换孩子").selectOption(callName(first!.name));
  await head(first!.name);
  await page.context().close();
});

test("who came from another school shows what it brought, and fits a window that is made narrow while it is open", async () => {
  const page = await stage.signIn("teacher4", "tablet");
  const ask = async <T>(path: string) => (await (await page.request.get(`/api/v1${path}`)).json()) as T;
  const { classes } = await ask<ClassList>("/classes");
  const own = classes.find(({ name }) => name === "四年级2班");
  const { students } = await ask<Roster>(`/classes/${own!.id}/roster`);
  await openPath(page, `/students/${students.at(-1)!.id}`);
  const earlier = page.getByRole("region", { name: "来自原学校" });
  await earlier.locator("summary").first().click();
  await earlier.getByText("江上的桥").waitFor();
  await takePicture(page, "portfolio-newcomer-tablet");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(width).toBe(390);
  await page.context().close();
});
