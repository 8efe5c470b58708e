/** The office sets logo and lesson times, a homeroom teacher adds a point of the class's own, and both are seen in class. */
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";
import { STAGE_NOW } from "../support/stage-time.ts";

const MINUTE = 60_000;

describe("a school of its own", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const own = "给班里的小鱼喂食";
  const openHomeroom = async () => {
    const page = await stage.signIn("teacher1", "tablet");
    const { classes } = (await (await page.request.get("/api/v1/classes")).json()) as ClassList;
    return { page, path: `/classes/${classes.find(({ isHomeroom }) => isHomeroom)!.id}` };
  };
  const tile = (page: Page) => page.getByRole("button", { name: own });

  test("has another logo at once, and lesson times that are checked, undone and saved", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office/settings");
    const shown = () => page.getByRole("banner").locator("img").getAttribute("src");
    const before = await shown();
    const plain = sharp({ create: { width: 300, height: 200, channels: 4, background: "#1F6F78" } });
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "换一张" }).click();
    const picture = { name: "校徽.png", mimeType: "image/png", buffer: await plain.png().toBuffer() };
    await (await chooser).setFiles(picture);
    await page.getByText("校徽已更新").waitFor();
    await expect.poll(shown).not.toBe(before);
    await expectAccessible(page);
    await takePicture(page, "settings-logo-desktop");

    const lessons = page.getByRole("region", { name: "作息时间" });
    const save = lessons.getByRole("button", { name: "保存作息时间" });
    await lessons.getByLabel("“第2节”开始").fill("09:00");
    await lessons.getByText("和前一段重叠").waitFor();
    expect(await save.isDisabled()).toBe(true);
    await lessons.getByLabel("“第2节”开始").press("Control+z");
    await expect.poll(() => lessons.getByLabel("“第2节”开始").inputValue()).toBe("09:20");
    await lessons.getByLabel("“第3节”结束").fill("11:15");
    await save.click();
    await page.getByText("已保存", { exact: true }).first().waitFor();
    await expectAccessible(page);
    await lessons.scrollIntoViewIfNeeded();
    await takePicture(page, "settings-lessons-desktop");
    await page.context().close();
  });

  test("counts down to the end of the lesson, and gives beans for a point that only this class has", async () => {
    const { page, path } = await openHomeroom();
    await openPath(page, `${path}/points`);
    await page.getByLabel("名称").fill(own);
    await page.getByRole("group", { name: "每次几颗豆" }).getByText("2", { exact: true }).click();
    await page.getByRole("button", { name: "添加", exact: true }).click();
    await page.getByText(`已添加“${own}”`).waitFor();
    await page.getByRole("main").getByRole("listitem").filter({ hasText: own }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "class-points-tablet");

    await openPath(page, path);
    await page.getByRole("button", { name: "课堂工具" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "计时", exact: true }).click();
    await page.getByRole("button", { name: "到第3节结束（11:15）" }).click();
    await expect.poll(() => page.getByRole("timer").innerText()).toBe("45:00");
    await page.getByRole("listbox").getByRole("option").first().click();
    await page.getByRole("tab", { name: /德/ }).click();
    await tile(page).waitFor();
    await takePicture(page, "class-own-point-tablet");
    await tile(page).click();
    await page.getByText(own).first().waitFor();
    await page.context().close();
  });

  test("lets the countdown to the end of a lesson go before the next one begins", async () => {
    const { page, path } = await openHomeroom();
    await openPath(page, path);
    await page.getByRole("button", { name: "课堂工具" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "计时", exact: true }).click();
    const toEnd = page.getByRole("button", { name: "到第3节结束（11:15）" });
    await toEnd.click();
    await page.clock.setFixedTime(STAGE_NOW.getTime() + 45.5 * MINUTE);
    await page.getByRole("toolbar").getByText("时间到").first().waitFor();
    await page.clock.setFixedTime(STAGE_NOW.getTime() + 46 * MINUTE);
    await expect.poll(() => page.getByRole("timer").count()).toBe(0);
    await page.getByRole("button", { name: "倒计时 3 分钟" }).waitFor();
    await page.context().close();
  });

  test("shows the office every class's points, and retires one that does not fit", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office/indicators");
    const row = page.getByRole("main").getByRole("listitem").filter({ hasText: own });
    await row.getByRole("button", { name: "停用" }).click();
    await row.getByText("以前记的豆都保留").waitFor();
    await row.getByRole("button", { name: "停用", exact: true }).click();
    await row.getByText("已停用").waitFor();
    await expectAccessible(page);
    await row.scrollIntoViewIfNeeded();
    await takePicture(page, "class-points-office-desktop");
    await page.context().close();

    const { page: teacher, path } = await openHomeroom();
    await openPath(teacher, path);
    await teacher.getByRole("listbox").getByRole("option").first().click();
    await teacher.getByRole("tab", { name: /德/ }).click();
    await teacher.getByRole("button", { name: "主动帮助有困难的同学" }).waitFor();
    expect(await tile(teacher).count()).toBe(0);
    await teacher.context().close();
  });
});
