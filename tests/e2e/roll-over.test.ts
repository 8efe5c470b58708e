/** The office turns the school year: looks at each class, forms a grade anew, sees what it would do, does it, and takes it back. */
import { v7 as uuidv7 } from "uuid";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RollOver } from "@doudou/shared/contract/roll-over.ts";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import { holdNext } from "../support/held-question.ts";
import { ask, expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("the office", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  /** As the settings page does it. */
  const addNextYear = async (page: Page) => {
    const { calendar, version } = await ask<SchoolSettings>(page, "/school-settings");
    const [from, to] = ["2027-09-01", "2028-08-31"];
    const year = { id: uuidv7(), name: "2027–2028学年", startsOn: from, endsOn: to };
    const term = { id: uuidv7(), academicYearId: year.id, startsOn: from, endsOn: "2028-01-14" };
    const name = { zh: "2027–2028学年第一学期", en: "2027–2028, first term" };
    const next = {
      ...calendar,
      years: [...calendar.years, year],
      terms: [...calendar.terms, { ...term, name }],
    };
    const saved = await page.request.put("/api/v1/school-settings/calendar", {
      data: { version, calendar: next },
    });
    expect(saved.status()).toBe(200);
  };
  const next = async (page: Page, step: string) => {
    await page.getByRole("button", { name: /^(下一步|Next)$/ }).click();
    await page.getByRole("heading", { level: 2, name: step }).waitFor();
  };

  test("says what is missing, leads through the steps, keeps the draft, turns the year and takes it back", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office");
    await page.getByRole("link", { name: "准备新学年" }).click();
    await page.getByRole("heading", { name: "还没有下一学年" }).waitFor();
    await expectAccessible(page);
    await addNextYear(page);
    await openPath(page, "/office/roll-over");
    await takePicture(page, "roll-over-year-desktop");

    await next(page, "班级去向");
    const { classes } = await ask<RollOver>(page, "/office/roll-over");
    const third = classes.filter(({ grade }) => grade === 3);
    for (const { name } of third)
      await page.getByLabel(`${name}的去向`, { exact: true }).selectOption("重新编班");
    const named = page.getByLabel(`${third[0]!.name}明年的名称`, { exact: true });
    const usual = await named.inputValue();
    await named.fill(await page.getByLabel(`${third[1]!.name}明年的名称`, { exact: true }).inputValue());
    await page.getByText("有两个班叫这个名称").first().waitFor();
    await expectAccessible(page);
    await takePicture(page, "roll-over-classes-desktop");
    const saving = await holdNext(page, "PUT", /\/roll-over\/draft$/);
    await named.fill(usual);
    await saving.asked;
    // Whoever goes on while the plan is being saved is taken along once it is.
    await page.getByRole("button", { name: "下一步" }).click();
    await saving.letGo();
    await page.getByRole("heading", { level: 2, name: "重新编班" }).waitFor();
    await expect.poll(() => page.getByText(/^还没分 [1-9]\d* 人$/).count()).toBe(1);
    await page.getByRole("button", { name: "平均分班" }).click();
    await page.getByText("还没分 0 人").waitFor();
    await page.getByText(new RegExp(`^${third[0]!.name}（`)).click();
    await expectAccessible(page);
    await takePicture(page, "roll-over-mixing-desktop");
    await page.getByText("方案已保存").waitFor();
    await page.reload();
    await page.getByText("还没分 0 人").waitFor();

    await next(page, "任教");
    await page.getByRole("checkbox").first().uncheck();
    await takePicture(page, "roll-over-posts-desktop");
    await expectAccessible(page);
    await next(page, "核对");
    await page.getByText("没有问题，可以执行了。").waitFor();
    await expectAccessible(page);
    await takePicture(page, "roll-over-check-desktop");

    await page.getByRole("button", { name: "确认，执行升级" }).click();
    await page.getByText(/已经安排好，从 2027年9月1日 起生效/).waitFor();
    await expectAccessible(page);
    await takePicture(page, "roll-over-done-desktop");
    const done = await ask<RollOver>(page, "/office/roll-over");
    expect(done.state).toBe("applied");
    expect(done.pupils.every(({ nextId, fate }) => (nextId === null) === (fate === "leaves"))).toBe(true);

    await page.getByRole("button", { name: "撤销升级" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "撤销升级" }).click();
    await page.getByRole("heading", { level: 2, name: "核对" }).waitFor();
    expect((await ask<RollOver>(page, "/office/roll-over")).state).toBe("draft");
    await page.context().close();
  });

  test("sees the same on a tablet in English, with what stands against it", async () => {
    const page = await stage.signIn("admin", "tablet", "en");
    await openPath(page, "/office/roll-over?step=classes");
    await expectAccessible(page);
    const { draft, version, classes } = await ask<RollOver>(page, "/office/roll-over");
    const [nobody] = classes.filter(({ grade }) => grade === 3);
    const choices = draft.choices.slice(2);
    const changed = await page.request.put("/api/v1/office/roll-over/draft", {
      data: { version, draft: { ...draft, choices } },
    });
    expect([changed.status(), nobody === undefined]).toEqual([200, false]);
    await openPath(page, "/office/roll-over?step=check");
    await page
      .getByText(/children of .* have no class yet/)
      .first()
      .waitFor();
    expect(await page.getByRole("button", { name: "Confirm and do it" }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await takePicture(page, "roll-over-check-tablet-en");
    await page.context().close();
  });
});
