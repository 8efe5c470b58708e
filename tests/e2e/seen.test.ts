/**
 * Who is seen, and by whom: the week's quiet strip, a teacher's own attention, and a private reminder that reaches the
 * guardian it is meant for and nobody else.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassList, Roster } from "@doudou/shared/contract/classes.ts";
import { DEMO_PASSWORD } from "@doudou/server/demo.ts";
import { gridShape } from "../../web/src/lib/classroom/grid-shape.ts";
import { STAGE_NOW } from "../support/stage-time.ts";
import { expectAccessible, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("who is seen", () => {
  let stage: Stage;
  let teacher: Page;
  let classId: string;
  beforeAll(async () => {
    stage = await openStage({ isAsAtHome: true });
    teacher = await stage.signIn("teacher1", "tablet");
    const { classes } = (await (await teacher.request.get("/api/v1/classes")).json()) as ClassList;
    classId = classes[0]!.id;
  });
  afterAll(() => stage.close());

  const openClass = async (page: Page) => {
    await page.goto(`/classes/${classId}`);
    await page.getByRole("listbox").waitFor();
  };
  const strip = (page: Page) => page.getByRole("group", { name: "这一周还没有被看见的孩子" });
  const cell = (page: Page, name: string) =>
    page.getByRole("listbox").getByRole("option", { name: new RegExp(`^${name}[,，]`) });

  test("the strip has who was not noticed this week; a name selects, an award takes it off, and it stays off", async () => {
    const roster = (await (await teacher.request.get(`/api/v1/classes/${classId}/roster`)).json()) as Roster;
    const waiting = roster.students
      .filter(({ isUnnoticedThisWeek, isAbsent }) => isUnnoticedThisWeek && !isAbsent) // who is not here cannot be noticed
      .map(({ name }) => name);
    expect(waiting.length).toBeGreaterThan(0);
    await openClass(teacher);
    const names = () => strip(teacher).getByRole("button").allInnerTexts();
    expect((await names()).sort()).toEqual([...waiting].sort());

    const [name] = (await names()) as [string];
    await strip(teacher).getByRole("button", { name, exact: true }).tap();
    expect(await cell(teacher, name).getAttribute("aria-selected")).toBe("true");
    await expectAccessible(teacher);
    const sent = teacher.waitForResponse(
      (response) => response.url().endsWith("/api/v1/awards") && response.ok(),
    );
    await teacher.getByRole("tabpanel").locator("button.tile").first().tap();
    await sent;
    await expect.poll(names).not.toContain(name);
    await teacher.reload();
    await teacher.getByRole("listbox").waitFor();
    expect(await names()).not.toContain(name);
    expect((await names()).length).toBe(waiting.length - 1);
  });

  test.each(["tablet", "portrait"] as const)(
    "with the strip open a class of fifty is in sight without scrolling: %s",
    async (screen) => {
      const page = await stage.signIn("teacher1", screen);
      await openClass(page);
      await strip(page).waitFor();
      const room = page.locator(".room");
      const size = await room.evaluate((element) => [element.clientWidth, element.clientHeight]);
      const [width = 0, height = 0] = size;
      for (const children of [45, 50])
        expect([children, gridShape(children, width - 16, height - 16, 6).fits]).toEqual([children, true]);
      expect(await room.evaluate((element) => element.scrollHeight <= element.clientHeight)).toBe(true);
      const before = await room.boundingBox();
      await page.getByRole("button", { name: /人等您看见/ }).tap();
      await strip(page).waitFor({ state: "hidden" });
      expect((await room.boundingBox())!.height).toBeGreaterThan(before!.height);
      await page.context().close();
    },
  );

  test("a teacher looks at the own attention, and nobody else can", async () => {
    await openClass(teacher);
    await teacher.getByRole("link", { name: "我的关注" }).click();
    await teacher.getByRole("heading", { name: /我的关注/ }).waitFor();
    await teacher.getByText(/您看见了|每一个都看见了/).waitFor();
    await expectAccessible(teacher);
    await takePicture(teacher, "attention-tablet");
    const admin = await stage.signIn("admin", "desktop");
    const answer = await admin.request.get(`/api/v1/classes/${classId}/attention`);
    expect(answer.status()).toBe(403);
    await admin.context().close();
  });

  test("a private reminder: without a network it is kept, then sent once; the guardian reads it, the child does not", async () => {
    const words = "第二节课一起想了一个小暗号。";
    const child = await stage.signIn("student1", "tablet");
    await child.waitForURL("**/me");
    await child.getByRole("heading", { level: 1, name: /你好/ }).waitFor();
    const name = (await child.getByRole("heading", { level: 1 }).innerText()).split("，")[0]!;

    const openSheet = async () => {
      await cell(teacher, name).tap();
      await teacher.getByRole("button", { name: `写给${name}的提醒` }).tap();
      return teacher.getByRole("dialog", { name: `${name}的提醒` });
    };
    await openClass(teacher);
    const sheet = await openSheet();
    await sheet.getByText("这学期的提醒").waitFor();
    await sheet.getByRole("button", { name: "我们在练习先听别人把话说完。" }).tap();
    await sheet.getByRole("textbox").fill(words);
    await sheet.getByText(`会看到的人：现在教${name}的老师。`).waitFor();
    await sheet.getByText("家长也能看到").tap();
    await sheet.getByText(`会看到的人：现在教${name}的老师，和${name}的家长。`).waitFor();
    await expectAccessible(teacher);
    await takePicture(teacher, "reminder-tablet");

    await teacher.context().setOffline(true);
    await sheet.getByRole("button", { name: "记下提醒" }).tap();
    await sheet.getByText(/现在没有网络/).waitFor();
    await teacher.context().setOffline(false);
    await openClass(teacher);
    const again = await openSheet();
    expect(await again.getByRole("textbox").inputValue()).toBe(words);
    await again.getByRole("button", { name: "记下提醒" }).tap();
    await again.waitFor({ state: "hidden" });

    const guardian = await stage.signIn("parent1", "phone");
    await guardian.getByText(words).waitFor();
    await expectAccessible(guardian);
    await child.reload();
    await child.getByRole("heading", { level: 1, name: /你好/ }).waitFor();
    expect(await child.getByText(words).count()).toBe(0);
    await child.context().close();

    await openClass(teacher);
    const third = await openSheet();
    const entry = third.getByRole("listitem").filter({ hasText: words });
    await entry.waitFor();
    expect(await entry.count()).toBe(1);
    await entry.getByRole("button").tap();
    await entry.getByRole("button", { name: "确定收回" }).tap();
    await entry.waitFor({ state: "detached" });
    await guardian.reload();
    await guardian.getByRole("heading", { level: 2 }).first().waitFor();
    expect(await guardian.getByText(words).count()).toBe(0);
    await guardian.context().close();
  });

  test("what is not saved comes back to who wrote it and to nobody else, for a week; what is saved is not on the tablet", async () => {
    const saved = "今天一起把书架理好了。";
    const unsaved = "明天再聊聊值日的事。";
    const context = await stage.openContext("tablet");
    const page = await context.newPage();
    const signIn = async (login: string) => {
      await page.request.post("/api/v1/session", { data: { login, password: DEMO_PASSWORD } });
      await openClass(page);
    };
    const signOut = async () => {
      await page.getByRole("button", { name: /的菜单/ }).tap();
      await page.getByRole("menuitem", { name: "退出登录" }).tap();
      await page.waitForURL("**/sign-in");
    };
    let name = "";
    const openSheet = async () => {
      await cell(page, name).tap();
      await page.getByRole("button", { name: `写给${name}的提醒` }).tap();
      return page.getByRole("dialog", { name: `${name}的提醒` }).getByRole("textbox");
    };

    await signIn("teacher1");
    name = (await page.getByRole("option").first().locator(".for-screen-readers").innerText()).split(
      "，",
    )[0]!;
    await (await openSheet()).fill(saved);
    expect(await keptHere(page)).toContain(saved);
    await page.getByRole("button", { name: "记下提醒" }).tap();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(await keptHere(page)).toContain(name);
    await signOut();
    const left = await keptHere(page);
    expect(left).not.toContain(name);
    expect(left).not.toContain(saved);

    await signIn("teacher1");
    await (await openSheet()).fill(unsaved);
    await page.keyboard.press("Escape");
    await signOut();
    await page.getByText("有 1 份草稿还没保存").waitFor();
    expect(await keptHere(page)).not.toContain(name);
    await signIn("teacher2");
    expect(await (await openSheet()).inputValue()).toBe("");
    await page.keyboard.press("Escape");
    await signOut();
    await signIn("teacher1");
    expect(await (await openSheet()).inputValue()).toBe(unsaved);
    await page.keyboard.press("Escape");
    await signOut();

    await context.clock.setFixedTime(STAGE_NOW.getTime() + 8 * 86_400_000);
    await page.reload();
    await page.getByLabel("账号", { exact: true }).waitFor();
    await expect.poll(() => keptHere(page)).not.toContain(unsaved);
    await context.close();
  });
});

/** All that the browser keeps of the app, as text. */
function keptHere(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answered = <Answer>(request: IDBRequest<Answer>) =>
      new Promise<Answer>((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error!));
      });
    const database = await answered(indexedDB.open("doudou"));
    const stores = [...database.objectStoreNames];
    const rows = await Promise.all(
      stores.map((store) => answered(database.transaction(store).objectStore(store).getAll())),
    );
    database.close();
    return JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), rows]);
  });
}
