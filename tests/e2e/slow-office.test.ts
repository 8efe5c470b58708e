/**
 * The office is quicker than its network, and leaves things half done: what was asked a moment before, or begun for somebody
 * else, never shows up in what comes after it.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import type { ClassPage, PupilList } from "@doudou/shared/contract/people.ts";
import { holdNext } from "../support/held-question.ts";
import { ask, openPath, openStage, type Stage } from "../support/stage.ts";

describe("an office before a slow network", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

  test("asks for another part of the log while older entries are coming: none of those get into it", async () => {
    const page = await stage.signIn("admin", "tablet");
    for (let look = 0; look < 60; look += 1) await ask(page, "/audit?limit=1");
    await openPath(page, "/office/audit");
    const older = await holdNext(page, "GET", /\/audit\?.*before=/);
    await button(page, "更早的记录").click();
    await older.asked;
    await page.getByRole("radio", { name: "更改" }).check({ force: true });
    await page
      .getByRole("main")
      .getByRole("listitem")
      .getByText("查看操作记录")
      .first()
      .waitFor({ state: "detached" });
    await older.letGo();
    await page.getByRole("radio", { name: "更改" }).focus();
    expect(await page.getByRole("main").getByRole("listitem").getByText("查看操作记录").count()).toBe(0);
    await page.context().close();
  });

  test("begins a leave for one teacher and an end for another: neither is there for the next one", async () => {
    const page = await stage.signIn("admin", "tablet");
    const { classes } = await ask<ClassList>(page, "/classes");
    const { assignments } = await ask<ClassPage>(page, `/people/classes/${classes[0]!.id}`);
    const [one, other] = assignments.filter(
      ({ teacher }, at, all) => all.findIndex((each) => each.teacher.id === teacher.id) === at,
    );
    const rowOf = (name: string) =>
      page
        .getByRole("main")
        .getByRole("listitem")
        .filter({ has: page.getByRole("link", { name, exact: true }) })
        .first();
    await openPath(page, `/office/people/classes/${classes[0]!.id}`);
    const sheet = page.getByRole("dialog");

    await rowOf(one!.teacher.name).getByRole("button", { name: "请假代课" }).click();
    await sheet.getByLabel("老师", { exact: true }).selectOption({ label: other!.teacher.name });
    await page.keyboard.press("Escape");
    await rowOf(other!.teacher.name).getByRole("button", { name: "请假代课" }).click();
    await sheet.getByLabel("老师", { exact: true }).waitFor();
    expect(await sheet.getByRole("button", { name: "确定代课" }).isDisabled()).toBe(true);
    await page.keyboard.press("Escape");

    await rowOf(one!.teacher.name).getByRole("button", { name: "结束任课" }).click();
    const today = await sheet.getByLabel("最后一天").inputValue();
    await sheet.getByLabel("最后一天").fill("2027-01-08");
    await page.keyboard.press("Escape");
    await rowOf(other!.teacher.name).getByRole("button", { name: "结束任课" }).click();
    expect(await sheet.getByLabel("最后一天").inputValue()).toBe(today);
    await page.context().close();
  });

  test("is told when the classes a pupil could go to cannot be read", async () => {
    const page = await stage.signIn("admin", "tablet");
    const { pupils } = await ask<PupilList>(page, "/people/pupils");
    await openPath(page, `/office/people/pupils/${pupils[0]!.id}`);
    await page.route(/\/people\/classes$/, (route) => route.abort());
    await button(page, "转班").click();
    await page.getByText(/连不上学校的服务器/).waitFor();
    await page.unroute(/\/people\/classes$/);
    await button(page, "转班").click();
    const offered = page.getByRole("dialog").getByLabel("转到").getByRole("option");
    await expect.poll(() => offered.count()).toBeGreaterThan(1);
    await page.context().close();
  });

  test("leaves a reset that is on its way: its link is not shown for the colleague that is opened next", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office/staff-accounts");
    const resets = button(page, /^重置密码/);
    const reset = await holdNext(page, "POST", /\/reset$/);
    await resets.nth(0).click();
    await button(page, "重置并生成链接").click();
    await reset.asked;
    await page.keyboard.press("Escape");
    await reset.letGo();
    await page.getByRole("heading", { name: "还没有用的链接" }).waitFor();
    await resets.nth(1).click();
    await button(page, "重置并生成链接").waitFor();
    expect(await page.getByRole("dialog").getByLabel("链接", { exact: true }).count()).toBe(0);
    await page.context().close();
  });

  test("closes the sheet for a password: what was typed does not wait there for whoever opens it again", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/account");
    await button(page, "修改密码").click();
    await page.getByRole("dialog").getByLabel("现在的密码").fill("不给别人看的密码");
    await page.keyboard.press("Escape");
    await button(page, "修改密码").click();
    expect(await page.getByRole("dialog").getByLabel("现在的密码").inputValue()).toBe("");
    await page.context().close();
  });

  test("goes on writing while settings are saved: what came after is kept and still to be saved", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office/settings");
    const name = page.getByLabel("校名");
    const words = await holdNext(page, "PUT", /\/school-settings$/);
    await name.fill("森林小学东");
    await button(page, /^保存$/).click();
    await words.asked;
    await name.fill("森林小学东校区");
    await words.letGo();
    await page.getByText("已保存", { exact: true }).first().waitFor();
    expect(await name.inputValue()).toBe("森林小学东校区");

    const lessons = page.getByRole("region", { name: "作息时间" });
    const times = await holdNext(page, "PUT", /\/lesson-times$/);
    await lessons.getByLabel("“第3节”结束").fill("11:14");
    await button(page, "保存作息时间").click();
    await times.asked;
    await lessons.getByLabel("“第3节”结束").fill("11:13");
    await times.letGo();
    await lessons.getByText("有改动还没有保存").waitFor();
    expect(await button(page, "保存作息时间").isEnabled()).toBe(true);
    await page.context().close();
  });

  test("changes a badge's rule while its trial is under way: no figures stand below a rule they are not of", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office/badges");
    await button(page, "新建一个章").click();
    await page
      .getByRole("dialog", { name: "从哪一个开始？" })
      .getByRole("button", { name: /书香章/ })
      .click();
    const editor = page.getByRole("dialog", { name: "章的草稿" });
    const trial = await holdNext(page, "POST", /\/badges\/preview$/);
    await editor.getByRole("button", { name: /看看上学期/ }).click();
    await trial.asked;
    await editor.getByLabel("每一级要几步").fill("2 4");
    await trial.letGo();
    await expect.poll(() => editor.getByRole("button", { name: /看看上学期/ }).isEnabled()).toBe(true);
    expect(await editor.getByText(/个能得到第一级/).count()).toBe(0);

    await editor.getByLabel("名称（中文）").fill("早读章");
    const box = (await editor.getByLabel("名称（中文）").boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(20, box.y);
    await page.mouse.up();
    expect(await editor.getByLabel("名称（中文）").inputValue()).toBe("早读章");
    await page.mouse.click(20, box.y);
    expect(await editor.getByLabel("名称（中文）").inputValue()).toBe("早读章");
    await page.keyboard.press("Escape");
    await editor.waitFor({ state: "hidden" });
    await page.context().close();
  });

  test("publishes a scheme while the last stroke is being saved: both happen, in that order", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office/indicators");
    await button(page, "以此为底稿修改").click();
    const sheet = page.getByRole("dialog");
    const saving = await holdNext(page, "PUT", /\/scheme-draft$/);
    await button(page, "名称、颜色、权重与阶段").first().click();
    const weight = sheet.getByLabel("权重（%）");
    const kept = await weight.inputValue();
    await weight.fill("250");
    await weight.blur();
    expect(await weight.inputValue()).toBe(kept);
    await sheet.getByLabel("中文名").fill("品德");
    await saving.asked;
    await sheet.getByRole("button", { name: "完成" }).click();
    await button(page, "核对并发布").click();
    await sheet.getByText("品德").first().waitFor();
    await sheet.getByRole("button", { name: "发布", exact: true }).click();
    await saving.letGo();
    await page.getByText(/已发布，从 .* 起使用/).waitFor();

    const versions = page.getByLabel("方案", { exact: true });
    await versions.waitFor();
    await page.route(/\/indicator-schemes\/[0-9a-f-]{36}$/, (route) => route.abort());
    await versions.selectOption({ index: 1 });
    await page.getByText(/连不上学校的服务器/).waitFor();
    expect(await page.getByRole("main").getByRole("heading", { level: 3 }).count()).toBeLessThan(5);
    await page.context().close();
  });
});
