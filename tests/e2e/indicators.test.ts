/** The school office writes next term's indicators and publishes them, and sets the school's calendar and its boards. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SchemeOverview } from "@doudou/shared/contract/indicators.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("the office", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const overview = async (page: Page) =>
    (await (await page.request.get("/api/v1/indicator-schemes")).json()) as SchemeOverview;
  const pointsIn = (page: Page, name: string) =>
    page.getByRole("main").locator("section", { has: page.getByRole("heading", { name, level: 2 }) });

  const own = "给校园小菜园浇水";
  const openDraft = async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office/indicators");
    await page.getByRole("button", { name: own, exact: true }).waitFor();
    return page;
  };

  test("writes a draft: core is locked, own points are added, put in order by key and by drag, and undone", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office");
    await page.getByRole("link", { name: "打开指标" }).click();
    await page.getByRole("heading", { name: "评价指标", level: 1 }).waitFor();
    await page.getByText("主动帮助有困难的同学").waitFor();
    await expectAccessible(page);
    await takePicture(page, "indicators-desktop");

    await page.getByRole("button", { name: "以此为底稿修改" }).click();
    await page.getByRole("button", { name: "主动帮助有困难的同学", exact: true }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByText("共同指标：灰色的内容已锁定").waitFor();
    expect(await sheet.getByLabel("中文名").getAttribute("readonly")).not.toBeNull();
    await sheet.getByRole("button", { name: "太阳" }).click();
    await expectAccessible(page);
    await takePicture(page, "indicators-core-desktop");
    await sheet.getByRole("button", { name: "完成" }).click();

    await page.getByRole("button", { name: "在“社会责任”下加观测点" }).click();
    await sheet.getByLabel("中文名").fill("给校园小菜园浇水");
    await sheet.getByLabel("英文名").fill("Waters the school garden");
    await sheet.getByLabel("班主任").check();
    await sheet.getByRole("button", { name: "花" }).click();
    await takePicture(page, "indicators-point-desktop");
    await sheet.getByRole("button", { name: "完成" }).click();
    await page.getByRole("status").getByText("已保存").waitFor();

    const names = pointsIn(page, "德育").locator("button.name");
    const order = async () => (await names.allTextContents()).map((name) => name.trim());
    const before = await order();
    expect(before.indexOf(own)).toBe(6);
    await page.getByRole("button", { name: `上移“${own}”` }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await order()).indexOf(own)).toBe(5);
    await page.keyboard.press("Control+z");
    await expect.poll(order).toEqual(before);
    const grip = page.locator('[data-moves^="XD"]');
    await grip.scrollIntoViewIfNeeded();
    const from = (await grip.boundingBox())!;
    const to = (await page.locator('[data-place="D21"]').boundingBox())!;
    await page.mouse.move(from.x + 10, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(to.x + 60, to.y + 20, { steps: 8 });
    await page.mouse.up();
    await expect.poll(async () => (await order()).indexOf(own)).toBe(3);
    await page.getByRole("status").getByText("已保存").waitFor();
    await expectAccessible(page);
    await takePicture(page, "indicators-draft-desktop");

    await page.context().close();
  });

  test("never overwrites unseen what another window saved, tries stages, and is told which cells of a file are wrong", async () => {
    const page = await openDraft();
    const sheet = page.getByRole("dialog");
    const { draft } = await overview(page);
    const saved = await page.request.put("/api/v1/scheme-draft", {
      data: { version: draft!.version, scheme: draft!.scheme },
    });
    expect(saved.status()).toBe(200);
    await page.getByRole("button", { name: `上移“${own}”` }).click();
    await page.getByText("在另一处保存了这份草稿").waitFor();
    await takePicture(page, "indicators-conflict-desktop");
    await page.getByRole("button", { name: "保留我的" }).click();
    await page.getByRole("status").getByText("已保存").waitFor();

    await page.getByRole("button", { name: "名称、颜色、权重与阶段" }).first().click();
    await sheet.getByText("共 ").waitFor();
    await sheet.getByLabel("长叶").fill("20");
    await expectAccessible(page);
    await takePicture(page, "indicators-stages-desktop");
    await sheet.getByRole("button", { name: "完成" }).click();

    await page.getByRole("button", { name: "导入与导出" }).click();
    await sheet.locator("input[type=file]").setInputFiles({
      name: "指标.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(
        "五育,指标代码,指标,指标英文名,观测点代码,观测点,观测点英文名,类型,豆数,每周上限,谁可以评,年级,照片\n" +
          "德,duty,责任,Duty,X1,浇花,Waters,行为,很多,2,班主任,1-9,不需要\n",
      ),
    });
    await sheet.getByText("I2").waitFor();
    await takePicture(page, "indicators-import-desktop");
    await sheet.getByRole("button", { name: "关闭" }).last().click();

    await page.context().close();
  });

  test("puts back what the notice speaks of and nothing else, and keeps what could not be saved", async () => {
    const page = await openDraft();
    const sheet = page.getByRole("dialog");
    const order = async () =>
      (await pointsIn(page, "德育").locator("button.name").allTextContents()).map((name) => name.trim());
    const before = await order();
    const [first, second] = before as [string, string];
    await page.getByRole("button", { name: own, exact: true }).click();
    await sheet.getByRole("button", { name: "删除" }).click();
    await page.getByRole("button", { name: `下移“${first}”` }).click();
    await page
      .getByRole("listitem")
      .filter({ hasText: "已从草稿中删除" })
      .getByRole("button", { name: "撤销" })
      .click();
    await expect.poll(order).toEqual([second, first, ...before.slice(2)]);
    await page.getByRole("status").getByText("已保存").waitFor();

    await page.route("**/api/v1/scheme-draft", (route) => route.abort());
    await page.getByRole("button", { name: `上移“${first}”` }).click();
    await expect.poll(order).toEqual(before);
    await page.getByRole("status").getByText("没有保存成功").waitFor();
    await page.getByRole("link", { name: "学校事务" }).first().click();
    await page.getByRole("link", { name: "打开指标" }).waitFor();
    await page.unroute("**/api/v1/scheme-draft");
    await page.getByRole("link", { name: "打开指标" }).click();
    await expect.poll(order).toEqual(before);
    await page.getByRole("status").getByText("已保存").waitFor();
    await page.reload();
    await expect.poll(order).toEqual(before);
    await page.context().close();
  });

  test("gives a dimension another colour; the one that had it takes what is left", async () => {
    const page = await openDraft();
    const sheet = page.getByRole("dialog");
    const colours = async () =>
      await page
        .getByRole("main")
        .locator("section[data-dimension]")
        .evaluateAll((sections) =>
          sections.map((section) => getComputedStyle(section).getPropertyValue("--dimension-fill")),
        );
    const [moral, academic, ...others] = await colours();
    await pointsIn(page, "德育").getByRole("button", { name: "名称、颜色、权重与阶段" }).click();
    await sheet.getByRole("radio", { name: /^黄/ }).check();
    await expectAccessible(page);
    await takePicture(page, "indicators-colour-desktop");
    await sheet.getByRole("button", { name: "完成" }).click();
    await expect.poll(colours).toEqual([academic, moral, ...others]);
    await page.getByRole("status").getByText("已保存").waitFor();
    await page.context().close();
  });

  test("compares the draft with what is in force, and publishes it from today", async () => {
    const page = await openDraft();
    const sheet = page.getByRole("dialog");
    await page.getByRole("button", { name: "核对并发布" }).click();
    await sheet.getByText(own).waitFor();
    await sheet.getByText("从今天起").first().waitFor();
    await expectAccessible(page);
    await takePicture(page, "indicators-publish-desktop");
    await sheet.getByRole("button", { name: "发布", exact: true }).click();
    await page.getByText(/已发布，从 .* 起使用/).waitFor();
    await page.getByText(own).waitFor();

    const teacher = await stage.signIn("teacher1", "tablet");
    await teacher.getByRole("link", { name: /班/ }).first().waitFor();
    const fills = await teacher.evaluate(() => {
      const { style } = document.documentElement;
      return [style.getPropertyValue("--moral-fill"), style.getPropertyValue("--academic-fill")];
    });
    expect(fills).toEqual(["var(--gold-fill)", "var(--red-fill)"]);
    await teacher.context().close();

    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    await takePicture(page, "indicators-phone");
    await page.context().close();
  });

  test("sets terms, holidays and whether boards show figures", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office");
    await page.getByRole("link", { name: "打开设置" }).click();
    await page.getByRole("heading", { name: "学年与学期" }).waitFor();
    await page.getByText("投屏上可以显示豆数").click();
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await page.getByText("已保存").first().waitFor();

    await page.getByRole("button", { name: "添加下一学年" }).click();
    const days = page.getByRole("region", { name: "节假日与调休" });
    await days.getByLabel("名称", { exact: true }).fill("校运会");
    await days.getByLabel("从", { exact: true }).fill("2027-04-15");
    await days.getByRole("button", { name: "添加", exact: true }).click();
    await page.getByText("校运会").waitFor();
    await expectAccessible(page);
    await takePicture(page, "settings-desktop");
    await page.getByRole("button", { name: "保存校历" }).click();
    await expect
      .poll(async () => (await overview(page)).terms.filter(({ state }) => state === "coming").length)
      .toBeGreaterThan(1);

    const lastDay = page.getByLabel("最后一天").first();
    await lastDay.fill("2020-01-01");
    await page.getByText("最后一天早于第一天").waitFor();
    expect(await page.getByRole("button", { name: "保存校历" }).isDisabled()).toBe(true);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    await takePicture(page, "settings-phone");
  });
});
