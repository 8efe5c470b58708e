/** The school's dashboard: an administrator sees whether every child is noticed, asks for names, and asks a question. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Dashboard } from "@doudou/shared/contract/dashboard.ts";
import type { SchoolGrowth } from "@doudou/shared/contract/school-growth.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("the school at a glance", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  test("shows who is noticed, class by class, leads to names that are written down, and asks instead of judging", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office");
    await page.getByRole("link", { name: "打开概览" }).click();
    await page.getByText(/^这一周，\d+ 个孩子里有 \d+ 个被看见了。$/).waitFor();
    await expectAccessible(page);
    await takePicture(page, "dashboard-desktop");

    const classes = page.getByRole("table").last();
    const told = (await (await page.request.get("/api/v1/dashboard")).json()) as Dashboard;
    expect(await classes.getByRole("rowheader").allTextContents()).toEqual(
      told.classes.map((one) => one.class.name),
    );
    await page.getByLabel("看哪里").selectOption({ label: "一年级1班" });
    await page.getByRole("radio", { name: "这一周" }).check({ force: true });
    await page.getByText("五育各占多少").first().waitFor();

    const unseen = told.classes.find(({ noticed, studentCount }) => noticed < studentCount)!;
    await page.getByRole("button", { name: `${unseen.class.name}还有谁没有被看见` }).click();
    const sheet = page.getByRole("dialog");
    await expect.poll(() => sheet.getByRole("listitem").count()).toBe(unseen.studentCount - unseen.noticed);
    await expectAccessible(page);
    await takePicture(page, "dashboard-unnoticed-desktop");
    await page.keyboard.press("Escape");

    await page
      .getByRole("button", { name: /^看看记录：.*不在上学时间。是补记吗？$/ })
      .first()
      .click();
    await sheet.getByRole("listitem").first().waitFor();
    await expectAccessible(page);
    await takePicture(page, "dashboard-pattern-desktop");
    await page.keyboard.press("Escape");

    await openPath(page, "/office/audit");
    const entries = page.getByRole("main").getByRole("listitem");
    await entries.getByText("查看还没有被看见的孩子").first().waitFor();
    await entries.getByText("查看概览里的一组记录").first().waitFor();

    await page.setViewportSize({ width: 390, height: 844 });
    await openPath(page, "/office/dashboard");
    await expectAccessible(page);
    await takePicture(page, "dashboard-phone");
  });

  test("leads to how the school grows: shares of school, grade and class, term by term, a table, and each class's own page", async () => {
    const page = await stage.signIn("admin", "tablet");
    await openPath(page, "/office/dashboard");
    await page.getByRole("link", { name: "看学校成长" }).tap();
    const stages = page.getByRole("region", { name: "五育各到了哪一步" });
    await stages.getByText(/^\d+ 个孩子，各按自己年级的标准。/).waitFor();
    await expectAccessible(page);
    await takePicture(page, "school-growth-tablet");
    const against = page.getByRole("region", { name: "和上学期的自己比" });
    await against
      .getByText(/平均每个孩子每周约 [\d.]+ 次，上学期约 [\d.]+ 次/)
      .first()
      .waitFor();

    const told = (await (await page.request.get("/api/v1/dashboard/growth")).json()) as SchoolGrowth;
    const classes = told.groups.flatMap((group) => group.class ?? []);
    const places = page.getByRole("region", { name: "各年级、各班" });
    expect(await places.getByRole("link").allTextContents()).toEqual(classes.map(({ name }) => name));
    await page.getByLabel("看哪里").selectOption({ label: classes[0]!.name });
    await expect.poll(() => against.getByText(/平均每个孩子每周约/).count()).toBe(0);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "下载学校成长表（XLSX）" }).click();
    expect((await download).suggestedFilename()).toBe("school-growth.xlsx");

    await page.getByLabel("学期", { exact: true }).selectOption({ index: 1 });
    await expect.poll(() => new URL(page.url()).searchParams.get("term")).toBe(told.terms[1]!.id);
    await places.getByRole("link").first().waitFor();
    await expectAccessible(page);
    await openPath(page, "/office/dashboard/growth");
    await places.getByRole("link", { name: classes[0]!.name }).tap();
    await page.getByRole("heading", { name: `班级成长 ${classes[0]!.name}` }).waitFor();
    await page.context().close();
  });

  test("on a phone and in English no bar hides a part of it", async () => {
    const page = await stage.signIn("admin", "phone", "en");
    await openPath(page, "/office/dashboard/growth");
    await page.getByRole("heading", { name: "Grades and classes" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "school-growth-phone");
    for (const width of [390, 650, 768]) {
      await page.setViewportSize({ width, height: 844 });
      const bars = page.locator("main .bar");
      expect([width, await bars.evaluateAll(howManyAreCut)]).toEqual([width, 0]);
      expect([width, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([
        width,
        width,
      ]);
    }
    await page.context().close();
  });
});

function howManyAreCut(bars: Element[]): number {
  return bars.filter((bar) => bar.scrollWidth > bar.clientWidth).length;
}
