/** A homeroom teacher looks after the class: who is worth a look, one tap to look out for it, and what has come of it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import type { ClassGrowth } from "@doudou/shared/contract/class-growth.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("how a class grows", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  test("a tap plans to look out for a child, undo takes it back, and the bands open into names", async () => {
    const page = await stage.signIn("teacher1", "tablet");
    const { classes } = (await (await page.request.get("/api/v1/classes")).json()) as ClassList;
    const classId = classes[0]!.id;
    const asked = async () =>
      (await (await page.request.get(`/api/v1/classes/${classId}/growth`)).json()) as ClassGrowth;
    await openPath(page, `/classes/${classId}/growth`);
    await page.getByRole("heading", { name: "可以多留意的孩子" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "class-growth-tablet");
    const lastTerm = page.getByRole("region", { name: "和上学期的自己比" });
    await lastTerm
      .getByText(/平均每个孩子每周约 [\d.]+ 次，上学期约 [\d.]+ 次/)
      .first()
      .waitFor();
    await page.getByRole("region", { name: "这学期每周看见了多少孩子" }).scrollIntoViewIfNeeded();
    await takePicture(page, "class-growth-weeks-tablet");

    const before = (await asked()).plans.length;
    expect((await asked()).needs.length).toBeGreaterThan(0);
    const watch = page.getByRole("button", { name: /^这两周多留意/ });
    await watch.first().tap();
    await page.getByRole("region", { name: "正在留意" }).waitFor();
    await expect.poll(async () => (await asked()).plans.length).toBe(before + 1);
    await page.getByRole("button", { name: "撤销" }).tap();
    await expect.poll(async () => (await asked()).plans.length).toBe(before);

    const first = page.getByRole("group").first();
    await page.locator("summary").first().tap();
    await expect.poll(() => first.getByRole("link").count()).toBe((await asked()).studentCount);
    await expectAccessible(page);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "下载成长表（XLSX）" }).click();
    expect((await download).suggestedFilename()).toBe("growth-children.xlsx");
    await page.context().close();
  });

  test("whoever may not look is shown the way home, for asking again would be answered the same", async () => {
    const page = await stage.signIn("teacher4", "tablet");
    const admin = await stage.signIn("admin", "desktop");
    const { classes } = (await (await admin.request.get("/api/v1/classes")).json()) as ClassList;
    const mine = (await (await page.request.get("/api/v1/classes")).json()) as ClassList;
    const other = classes.find(({ id }) => !mine.classes.some((own) => own.id === id))!;
    await openPath(page, `/classes/${other.id}/growth`);
    const home = page.getByRole("alert").getByRole("link", { name: "回到首页" });
    await home.waitFor();
    expect(await page.getByRole("button", { name: "再试一次" }).count()).toBe(0);
    await home.tap();
    await page.waitForURL("**/classes");
    await page.context().close();
    await admin.context().close();
  });

  test("on a phone and in English, and last term as it was", async () => {
    const page = await stage.signIn("teacher1", "phone", "en");
    const { classes } = (await (await page.request.get("/api/v1/classes")).json()) as ClassList;
    await openPath(page, `/classes/${classes[0]!.id}/growth`);
    await page.getByRole("heading", { name: "Where the children stand" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "class-growth-phone");
    // Not all weeks fit on a phone: the latest are in sight, the first are scrolled to.
    const weeks = page.getByRole("region", { name: "Children noticed, week by week" });
    const latest = weeks.getByRole("columnheader").last();
    expect(await latest.evaluate((head) => head.getBoundingClientRect().right <= innerWidth)).toBe(true);
    for (const width of [390, 650, 768]) {
      await page.setViewportSize({ width, height: 844 });
      const bars = page.locator("[data-dimension] .badge + .bar");
      expect([width, await bars.count()]).toEqual([width, 10]);
      expect([width, await bars.evaluateAll(cutOrCovered)]).toEqual([width, 0]);
    }
    await page.context().close();
  });
});

/** How many bars hide some of their parts, or have the name beside them lying over them. */
function cutOrCovered(bars: Element[]): number {
  return bars.filter((bar) => {
    const name = bar.previousElementSibling!.getBoundingClientRect();
    const own = bar.getBoundingClientRect();
    const isCovered = name.right > own.left && name.bottom > own.top;
    return isCovered || bar.scrollWidth > bar.clientWidth;
  }).length;
}
