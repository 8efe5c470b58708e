/** The school's dashboard: an administrator sees whether every child is noticed, asks for names, and asks a question. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Dashboard } from "@doudou/shared/contract/dashboard.ts";
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
});
