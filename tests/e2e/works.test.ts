/**
 * A child's shelf in a real browser: a child keeps a drawing in its own words and loses nothing when a file fails; its
 * family proposes an honour; its teacher answers both; the child chooses what it shows first, and looks at its years.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { LARGEST_FILES } from "@doudou/shared/domain/works.ts";
import { pdf } from "../support/media.ts";
import { agreeToPhotos, photo } from "../support/pictures.ts";
import {
  expectAccessible,
  openChapter,
  openPath,
  openStage,
  type Stage,
  takePicture,
} from "../support/stage.ts";

const WORDS = "我看见蚂蚁搬家，画了整整一个中午。";

describe("a child's shelf", () => {
  let stage: Stage;
  let folder: string;
  let child: { id: string; name: string };
  const file = (name: string) => join(folder, name);
  beforeAll(async () => {
    stage = await openStage();
    folder = await mkdtemp(join(tmpdir(), "doudou-works-"));
    await writeFile(file("drawing.jpg"), await photo({ shade: 200, width: 1600, height: 1200 }));
    await writeFile(file("broken.pdf"), pdf().subarray(0, 60));
    await writeFile(file("certificate.pdf"), pdf());
    const parent = await stage.signIn("parent1", "phone");
    const family = (await (await parent.request.get("/api/v1/session")).json()) as SessionView;
    await parent.context().close();
    const pupil = await stage.signIn("student1", "tablet");
    const view = (await (await pupil.request.get("/api/v1/session")).json()) as SessionView;
    child = view.memberships[0]!.students[0]!;
    await pupil.context().close();
    const membership = family.memberships.find(({ role }) => role === "guardian")!;
    const school = { id: membership.schoolId, guardian: { membershipId: membership.id } };
    await agreeToPhotos(stage.server.deps.database, school, [child], new Date("2026-11-10T01:00:00Z"));
  });
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });

  const chooseFile = async (page: Page, button: Locator, name: string) => {
    const chooser = page.waitForEvent("filechooser");
    await button.click();
    await (await chooser).setFiles(file(name));
  };
  const expectSound = async (page: Page, at: Locator, name: string) => {
    await at.scrollIntoViewIfNeeded();
    await expectAccessible(page);
    await takePicture(page, name);
  };

  test("a child keeps a drawing: a file that fails is told, and not a word is lost", async () => {
    const page = await stage.signIn("student1", "tablet");
    await openPath(page, "/me");
    await page.getByRole("button", { name: "放一件作品" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("textbox", { name: "给它起个名字" }).fill("蚂蚁搬家");
    await sheet.getByRole("radio", { name: /美育/ }).check({ force: true });
    await sheet.getByRole("textbox", { name: "我想说" }).fill(WORDS);
    const more = sheet.getByRole("button", { name: "选照片、录音、视频或 PDF" });
    await chooseFile(page, more, "broken.pdf");
    await sheet.getByText("这个文件已损坏或不完整").waitFor();
    await sheet.getByRole("button", { name: "放好了" }).click();
    await sheet.getByText("有一个文件没有传成").waitFor();
    // What is too large is not sent first to be refused later.
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.method()));
    const recording = page.waitForEvent("filechooser");
    await more.click();
    const buffer = Buffer.alloc(LARGEST_FILES.audio + 1);
    await (await recording).setFiles({ name: "long.mp3", mimeType: "audio/mpeg", buffer });
    await sheet.getByText("文件太大").waitFor();
    expect(sent).not.toContain("PUT");
    await sheet.getByRole("button", { name: "拿掉 long.mp3" }).click();
    await expectSound(page, sheet, "works-failed-tablet");
    await sheet.getByRole("button", { name: "拿掉 broken.pdf" }).click();
    await chooseFile(page, more, "drawing.jpg");
    await sheet.getByText("传好了").waitFor();
    // A finger that slips beside the sheet takes nothing away.
    await page.mouse.click(5, 5);
    expect(await sheet.getByRole("textbox", { name: "我想说" }).inputValue()).toBe(WORDS);
    const chooser = page.waitForEvent("filechooser");
    await more.click();
    await (await chooser).setFiles(Array.from({ length: 7 }, () => file("drawing.jpg")));
    await sheet.getByText("有 2 个文件没有加上").waitFor();
    const remove = sheet.getByRole("button", { name: "拿掉 drawing.jpg" });
    for (let left = 6; left > 1; left -= 1) await remove.last().click();
    await sheet.getByText("有 2 个文件没有加上").waitFor({ state: "detached" });
    expect(await remove.count()).toBe(1);
    await sheet.getByRole("button", { name: "放好了" }).click();
    await sheet.waitFor({ state: "hidden" });
    const work = page.getByRole("button", { name: /蚂蚁搬家/ });
    await work.waitFor();
    await expectSound(page, page.getByRole("heading", { name: "我的作品" }), "works-me-tablet");
    await work.click();
    await page.getByRole("dialog").getByText(WORDS).waitFor();
    await expectSound(page, page.getByRole("dialog"), "works-one-tablet");
    await page.context().close();
  });

  test("a guardian reads it on the phone and proposes an honour with its certificate", async () => {
    const page = await stage.signIn("parent1", "phone");
    await openPath(page, `/family/${child.id}`);
    await page.getByRole("button", { name: /蚂蚁搬家/ }).waitFor();
    await page.getByRole("button", { name: "添加荣誉" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("textbox", { name: "荣誉名称" }).fill("小小自然观察家");
    await sheet.getByRole("textbox", { name: "由谁颁发" }).fill("区青少年宫");
    await sheet.getByRole("combobox", { name: "来自" }).selectOption("district");
    await sheet.getByRole("radio", { name: /智育/ }).check({ force: true });
    await chooseFile(
      page,
      sheet.getByRole("button", { name: "放一张证书的照片或 PDF（可不放）" }),
      "certificate.pdf",
    );
    await sheet.getByText("传好了").waitFor();
    await expectSound(page, sheet, "works-honour-phone");
    await sheet.getByRole("button", { name: "交给班主任" }).click();
    await page.getByText("等班主任确认", { exact: true }).waitFor();
    await expectSound(page, page.getByRole("heading", { name: "荣誉和证书" }), "works-family-phone");
    await page.context().close();
  });

  test("the homeroom teacher finds both in one list, says a word and confirms", async () => {
    const page = await stage.signIn("teacher1", "tablet");
    await page.waitForURL("**/classes");
    const link = await page.locator("a[href^='/classes/']").first().getAttribute("href");
    await openPath(page, `${link}/shelf`);
    await expectSound(page, page.getByRole("heading", { name: "等您确认的荣誉" }), "works-class-tablet");
    const honour = page.getByRole("listitem").filter({ hasText: "小小自然观察家" });
    await honour.getByRole("button", { name: "确认", exact: true }).click();
    await honour.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: /蚂蚁搬家/ }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("textbox", { name: "老师的话" }).fill("每只蚂蚁都有自己的路，你看得真久。");
    await expectSound(page, sheet, "works-word-tablet");
    await sheet.getByRole("button", { name: "写给孩子" }).click();
    await sheet.waitFor({ state: "hidden" });
    await page.context().close();
  });

  test("the child finds the word, and chooses what it shows first", async () => {
    const page = await stage.signIn("student1", "tablet");
    await openPath(page, "/me");
    await page.getByText("小小自然观察家").waitFor();
    await page.getByRole("button", { name: "选我最喜欢的" }).click();
    const sheet = page.getByRole("dialog");
    const choices = [
      sheet.getByRole("button", { name: /蚂蚁搬家/ }),
      sheet.getByRole("button", { name: "小小自然观察家" }),
    ];
    for (const choice of choices) await choice.click();
    const beans = sheet.getByRole("list").last().getByRole("listitem");
    const latest = await beans.count();
    await sheet.getByRole("button", { name: "再往前翻一翻" }).click();
    await expect.poll(() => beans.count()).toBeGreaterThan(latest);
    await expectSound(page, sheet, "works-choose-tablet");
    await sheet.getByRole("button", { name: "选好了" }).click();
    await sheet.waitFor({ state: "hidden" });
    const first = page.getByRole("region", { name: "我最想给你看的" });
    await first.getByText("小小自然观察家").waitFor();
    await first.evaluate((element) => element.scrollIntoView());
    await takePicture(page, "works-first-tablet");
    await page.getByRole("button", { name: /蚂蚁搬家/ }).click();
    await page.getByText("每只蚂蚁都有自己的路，你看得真久。").waitFor();
    await page.context().close();
  });

  test("the child looks at its years and through its diary, and so does its family", async () => {
    const page = await stage.signIn("student1", "tablet");
    await openPath(page, "/me");
    await openChapter(page, "我的这些年");
    const years = page.getByRole("region", { name: "我的这些年" });
    await years.getByRole("combobox", { name: "和以前的我比" }).waitFor();
    await years.locator("summary").first().click();
    await years.evaluate((element) => element.scrollIntoView());
    await takePicture(page, "years-me-tablet");
    const answer = page.waitForResponse((response) => response.url().includes("dimension=arts"));
    await page.getByRole("button", { name: "只看美育" }).click();
    expect((await answer).status()).toBe(200);
    await page.getByRole("group", { name: "只看一部分" }).evaluate((element) => element.scrollIntoView());
    await takePicture(page, "years-diary-tablet");
    await page.context().close();
    const phone = await stage.signIn("parent1", "phone");
    await openPath(phone, `/family/${child.id}`);
    await openChapter(phone, "成长的这些年");
    const grown = phone.getByRole("region", { name: "成长的这些年" });
    await grown.evaluate((element) => element.scrollIntoView());
    await takePicture(phone, "years-family-phone");
    await phone.context().close();
  });
});
