/**
 * Activities in a real browser: a teacher records one without a network and loses no word, a family tells of its own, the
 * homeroom teacher takes it in, and the child writes its sentence.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import {
  expectAccessible,
  openChapter,
  openPath,
  openStage,
  type Stage,
  takePicture,
} from "../support/stage.ts";

const TITLE = "水稻收割体验";
const WAITING = /\d 次活动待确认/;

describe("activities", () => {
  let stage: Stage;
  let child: { id: string; name: string };
  beforeAll(async () => {
    stage = await openStage();
    const pupil = await stage.signIn("student1", "tablet");
    const view = (await (await pupil.request.get("/api/v1/session")).json()) as SessionView;
    child = view.memberships[0]!.students[0]!;
    await pupil.context().close();
  });
  afterAll(() => stage.close());

  const expectSound = async (page: Page, at: Locator, name: string) => {
    await at.scrollIntoViewIfNeeded();
    await expectAccessible(page);
    await takePicture(page, name);
  };
  const openClass = async () => {
    const page = await stage.signIn("teacher1", "tablet");
    await page.waitForURL("**/classes");
    const link = await page.locator("a[href^='/classes/']").first().getAttribute("href");
    await openPath(page, `${link}/activities`);
    return page;
  };

  test("a teacher records a trip for all but one; without a network nothing typed is lost", async () => {
    const page = await openClass();
    await page.getByRole("button", { name: "记一次活动" }).click();
    let sheet = page.getByRole("dialog");
    await sheet.getByRole("textbox", { name: "活动名称" }).fill(TITLE);
    await sheet.getByRole("combobox", { name: "类别" }).selectOption("trip");
    await sheet.getByRole("spinbutton", { name: "时长（小时，可不填）" }).fill("2.5");
    const others = sheet.locator(".children button");
    await others.nth(1).click();
    await sheet.getByRole("combobox", { name: "单独记一笔（可不填）" }).selectOption({ label: child.name });
    await sheet.getByRole("textbox", { name: `${child.name}做了什么` }).fill("背稻谷");
    await expectSound(page, sheet, "activities-record-tablet");
    await page.context().setOffline(true);
    await sheet.getByRole("button", { name: "记下来" }).click();
    await sheet.getByText("没有网络，还没有保存").waitFor();
    await page.context().setOffline(false);
    await page.keyboard.press("Escape");
    await page.reload();
    await page.getByRole("button", { name: "接着写" }).click();
    sheet = page.getByRole("dialog");
    expect(await sheet.getByRole("textbox", { name: "活动名称" }).inputValue()).toBe(TITLE);
    await sheet.getByRole("button", { name: "记下来" }).click();
    await sheet.waitFor({ state: "hidden" });
    const entry = page.getByRole("listitem").filter({ hasText: TITLE });
    await entry.getByText(`${child.name}（背稻谷）`, { exact: false }).waitFor();
    await expectSound(page, page.getByRole("heading", { level: 1 }), "activities-class-tablet");
    await entry.getByRole("button", { name: "移除" }).click();
    await entry.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "撤销" }).click();
    await entry.waitFor();

    // Begun to be changed here, and changed meanwhile in another window: both are shown, and what was typed stays.
    await entry.getByRole("button", { name: "修改" }).click();
    const about = sheet.getByRole("textbox", { name: /^一两句话/ });
    await about.fill("稻田里有小龙虾。");
    const there = await page.context().newPage();
    await openPath(there, page.url());
    const theirs = there.getByRole("dialog");
    await there.getByRole("listitem").filter({ hasText: TITLE }).getByRole("button", { name: "修改" }).click();
    await theirs.getByRole("textbox", { name: /^地点/ }).fill("青禾农场");
    await theirs.getByRole("button", { name: "记下来" }).click();
    await theirs.waitFor({ state: "hidden" });
    await sheet.getByRole("button", { name: "记下来" }).click();
    await sheet.getByText(/刚在别处改成：.*青禾农场/).waitFor();
    expect(await about.inputValue()).toBe("稻田里有小龙虾。");
    await expectSound(page, sheet.getByRole("alert").first(), "activities-changed-tablet");
    await sheet.getByRole("button", { name: "记下来" }).click();
    await sheet.waitFor({ state: "hidden" });
    await page.context().close();
  });

  test("the office records an outing of several classes at once, with a child left out", async () => {
    const page = await stage.signIn("admin", "tablet");
    await page.waitForURL("**/classes");
    const classes = page.locator("a.card[href^='/classes/']");
    const [first, second] = [classes.nth(0), classes.nth(1)];
    const otherName = await second.locator(".name").innerText();
    const [at, otherAt] = [await first.getAttribute("href"), await second.getAttribute("href")];
    await openPath(page, `${at}/activities`);
    await page.getByRole("button", { name: "记一次活动" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("textbox", { name: "活动名称" }).fill("秋季远足");
    await sheet.getByText("和别的班一起参加").click();
    await expectSound(page, sheet.getByText("和别的班一起参加"), "activities-classes-tablet");
    await sheet.getByRole("button", { name: otherName, exact: true }).click();
    await sheet.getByText("一起参加的还有 1 个班").waitFor();
    const theirs = sheet.locator("fieldset details");
    await theirs.locator("summary").click();
    const leftOut = theirs.getByRole("button").first();
    const name = await leftOut.innerText();
    await leftOut.click();
    await expectSound(page, theirs, "activities-classes-children-tablet");
    await sheet.getByRole("button", { name: "记下来" }).click();
    await sheet.waitFor({ state: "hidden" });
    await page.getByRole("listitem").filter({ hasText: "秋季远足" }).waitFor();
    await openPath(page, `${otherAt}/activities`);
    const entry = page.getByRole("listitem").filter({ hasText: "秋季远足" });
    await entry.waitFor();
    expect(await entry.innerText()).not.toContain(name);
    await page.context().close();
  });

  test("a guardian tells of an outing on the phone, and the homeroom teacher takes it in", async () => {
    const phone = await stage.signIn("parent1", "phone");
    await openPath(phone, `/family/${child.id}`);
    await openChapter(phone, "活动");
    await phone.getByRole("button", { name: "写一次活动" }).click();
    const sheet = phone.getByRole("dialog");
    await sheet.getByRole("textbox", { name: "活动名称" }).fill("看航天展");
    await sheet.getByRole("combobox", { name: "类别" }).selectOption("place");
    await expectSound(phone, sheet, "activities-tell-phone");
    await sheet.getByRole("button", { name: "交给班主任" }).click();
    const told = phone.getByRole("listitem").filter({ hasText: "看航天展" });
    await told.getByText("等班主任看一看").waitFor();
    await expectSound(
      phone,
      phone.getByRole("heading", { name: "活动", exact: true }),
      "activities-family-phone",
    );
    await phone.context().close();

    const page = await stage.signIn("teacher1", "tablet");
    await page.waitForURL("**/classes");
    await page.locator("a[href^='/classes/']").first().click();
    const way = page.getByRole("link", { name: WAITING });
    await way.waitFor();
    await page.getByRole("button", { name: "课堂工具" }).click();
    const tray = page.getByRole("dialog");
    await tray.getByRole("link", { name: /\d 次待确认/ }).waitFor();
    await expectSound(page, tray, "activities-waiting-tablet");
    await page.keyboard.press("Escape");
    await way.click();
    const waiting = page.getByRole("listitem").filter({ hasText: "看航天展" });
    await waiting.getByRole("button", { name: "放进成长档案" }).click();
    await waiting.getByRole("button", { name: "放进成长档案" }).waitFor({ state: "detached" });
    await page.context().close();
  });

  test("the child writes its own sentence under what it took part in", async () => {
    const page = await stage.signIn("student1", "tablet");
    await openPath(page, "/me");
    await openChapter(page, "我的活动");
    const entry = page.getByRole("listitem").filter({ hasText: TITLE });
    await entry.getByRole("button", { name: "写一句话" }).click();
    await entry.getByRole("textbox", { name: "写一句话" }).fill("稻谷扎手，但是很香。");
    await entry.getByRole("button", { name: "写好了" }).click();
    await entry.getByText("稻谷扎手，但是很香。").waitFor();
    await expectSound(page, page.getByRole("heading", { name: "我的活动" }), "activities-me-tablet");
    await page.getByRole("button", { name: "选我最喜欢的" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("button", { name: TITLE }).click();
    await expectSound(page, sheet.getByRole("button", { name: TITLE }), "activities-choose-tablet");
    await sheet.getByRole("button", { name: "选好了" }).click();
    await sheet.waitFor({ state: "hidden" });
    const first = page.getByRole("region", { name: "我最想给你看的" });
    await first.getByText(TITLE).waitFor();
    await expectSound(page, first, "activities-first-tablet");
    await page.context().close();
  });

  test("in English it reads as well", async () => {
    const page = await stage.signIn("parent1", "phone", "en");
    await openPath(page, `/family/${child.id}`);
    await openChapter(page, "Activities");
    await page.getByRole("listitem").filter({ hasText: TITLE }).last().waitFor();
    await expectSound(
      page,
      page.getByRole("heading", { name: "Activities", exact: true }),
      "activities-family-phone-en",
    );
    await page.context().close();
  });
});
