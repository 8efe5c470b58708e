/** What staff do is seen: by the administrator in the log, by a guardian who asks who has looked at the child. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { ask, expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("what staff do", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  test("is in the log, with what stood before and after, and is found there", async () => {
    const teacher = await stage.signIn("teacher1", "tablet");
    const { classes } = await ask<ClassList>(teacher, "/classes");
    const homeroom = classes.find(({ isHomeroom }) => isHomeroom)!;
    for (const text of ["互相帮一把", "说话轻一点"]) {
      const set = await teacher.request.put(`/api/v1/classes/${homeroom.id}/goal`, {
        data: { text, dimension: null, target: 50 },
      });
      expect(set.status()).toBe(200);
    }

    const page = await stage.signIn("admin", "tablet");
    await openPath(page, "/office");
    await page.getByRole("link", { name: "查看记录" }).click();
    await page.getByRole("heading", { name: "操作记录", level: 1 }).waitFor();
    const entries = page.getByRole("main").getByRole("listitem");
    await entries.getByText("查看操作记录").first().waitFor();
    await page.getByRole("radio", { name: "更改" }).check({ force: true });
    await page.getByLabel("事项").selectOption({ label: "更改班级目标" });
    await expect.poll(() => entries.count()).toBe(2);
    await entries.first().getByText("改了什么").click();
    await entries.first().getByText("互相帮一把").waitFor();
    await entries.first().getByText("说话轻一点").waitFor();
    await expectAccessible(page);
    await takePicture(page, "audit-tablet");

    await entries.first().getByRole("button").first().click();
    await page.getByRole("button", { name: /^只看/ }).first().waitFor();
    await page.getByLabel("从", { exact: true }).fill("2027-01-01");
    await page.getByText("没有符合的记录。").waitFor();
    await page.getByRole("button", { name: "清除筛选" }).click();
    await entries.first().waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "导出 CSV" }).click();
    expect((await download).suggestedFilename()).toBe("audit.csv");

    await page.setViewportSize({ width: 390, height: 844 });
    await entries.first().waitFor();
    await expectAccessible(page);
    await takePicture(page, "audit-phone");
  });

  test("with one child is told to its guardian", async () => {
    const page = await stage.signIn("parent1", "phone");
    const { memberships } = await ask<SessionView>(page, "/session");
    const child = memberships.flatMap(({ students }) => students)[0]!;
    await openPath(page, `/family/${child.id}`);
    await page.getByRole("button", { name: "谁看过档案" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByText("最近没有学校的人单独打开过。").waitFor();
    await page.keyboard.press("Escape");

    const admin = await stage.signIn("admin", "tablet");
    for (let time = 0; time < 2; time++) await ask(admin, `/students/${child.id}/portfolio`);
    await page.getByRole("button", { name: "谁看过档案" }).click();
    await sheet.getByText("查看成长档案").waitFor();
    await sheet.getByText("2 次").waitFor();
    await expectAccessible(page);
    await takePicture(page, "readers-phone");
  });
});
