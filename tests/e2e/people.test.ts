/** The office's people: found as one types, moved several at once and put back, one pupil's way, and a teacher on leave. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GuardianList, PupilList, StaffList } from "@doudou/shared/contract/people.ts";
import { ask, expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("the office", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const rowsOf = (page: Page) => page.getByRole("main").getByRole("listitem");
  const classOf = (page: Page) => page.getByLabel("班级", { exact: true });

  test("finds a pupil by initials, moves several to another class, and puts them back", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office/people");
    const { pupils, classes } = await ask<PupilList>(page, "/people/pupils");
    const [first, second] = pupils;
    const from = classes.find(({ id }) => id === first!.classId)!;
    const to = classes.find(({ id, grade }) => grade === from.grade && id !== from.id)!;
    const inClass = pupils.filter(({ classId }) => classId === from.id).length;

    const search = page.getByRole("searchbox", { name: "搜索" });
    const initials = first!.pinyin.split(" ").map((syllable) => syllable.charAt(0));
    await search.fill(initials.join(""));
    await rowsOf(page).getByText(first!.studentNo).waitFor();
    await search.fill("");
    await classOf(page).selectOption({ label: from.name });
    await expect.poll(() => rowsOf(page).count()).toBe(inClass);
    for (const { name } of [first!, second!]) await page.getByLabel(`选择${name}`, { exact: true }).check();
    await expectAccessible(page);
    await takePicture(page, "people-chosen-desktop");

    await page.getByRole("button", { name: "转班", exact: true }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("转到").selectOption({ label: to.name });
    await takePicture(page, "people-move-desktop");
    await sheet.getByRole("button", { name: "确定转班" }).click();
    await page.getByText(/^2 人已调整/).waitFor();
    await expect.poll(() => rowsOf(page).count()).toBe(inClass - 2);
    await takePicture(page, "people-moved-desktop");
    await page.getByRole("button", { name: "撤回" }).click();
    await page.getByText("已撤回，每人都回到原来的班级。").waitFor();
    await expect.poll(() => rowsOf(page).count()).toBe(inClass);
    await page.context().close();
  });

  test("is told whom a colleague has moved meanwhile before it moves them again", async () => {
    const page = await stage.signIn("admin", "phone");
    const { pupils, classes } = await ask<PupilList>(page, "/people/pupils");
    const pupil = pupils.at(-1)!;
    const [colleagues, own] = classes.filter(({ id }) => id !== pupil.classId);
    await openPath(page, `/office/people/pupils/${pupil.id}`);
    await page.getByRole("button", { name: "转班", exact: true }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("转到").selectOption({ label: own!.name });
    const from = await sheet.getByLabel("从哪天起").inputValue();
    const moves = [{ studentId: pupil.id, classId: colleagues!.id }];
    const headers = { origin: new URL(page.url()).origin };
    await page.request.post("/api/v1/people/pupils/moves", { headers, data: { from, moves } });
    await sheet.getByRole("button", { name: "确定转班" }).click();
    await sheet.getByText(`${pupil.name}：那天在${colleagues!.name}`).waitFor();
    expect(await sheet.getByLabel("转到").locator("option:checked").textContent()).toBe(own!.name);
    await expectAccessible(page);
    await takePicture(page, "people-elsewhere-phone");
    await sheet.getByRole("button", { name: "仍然转班" }).click();
    await page.getByText(/^1 人已调整/).waitFor();
    const back = { from, moves: [{ studentId: pupil.id, classId: pupil.classId }] };
    await page.request.post("/api/v1/people/pupils/moves", { headers, data: back });
    await page.context().close();
  });

  test("takes a list away, opens a pupil from it, and finds the list as it was", async () => {
    const page = await stage.signIn("admin", "phone");
    await openPath(page, "/office/people/pupils");
    await classOf(page).selectOption({ index: 1 });
    await expect.poll(() => rowsOf(page).count()).toBeLessThan(100);
    const shown = await rowsOf(page).count();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "导出 Excel" }).click();
    expect((await download).suggestedFilename()).toBe("pupils.xlsx");
    await takePicture(page, "people-pupils-phone");
    await rowsOf(page).getByRole("link").first().click();
    await page.getByRole("heading", { name: "班级经历" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "people-pupil-phone");
    await page.goBack();
    await expect.poll(() => rowsOf(page).count()).toBe(shown);
    await page.context().close();
  });

  test("lets somebody stand in for a teacher who is away", async () => {
    const page = await stage.signIn("admin", "tablet");
    const { staff } = await ask<StaffList>(page, "/people/staff");
    const away = staff.find(({ teaches }) => teaches.some(({ isHomeroom }) => isHomeroom))!;
    const other = staff.find(({ id, role }) => role === "teacher" && id !== away.id)!;
    await openPath(page, "/office/people/staff");
    await rowsOf(page).getByText(away.name, { exact: true }).first().click();
    await page.getByRole("button", { name: /^请假：/ }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("老师", { exact: true }).selectOption({ label: other.name });
    await takePicture(page, "people-leave-tablet");
    await sheet.getByRole("button", { name: "确定代课" }).click();
    await page.getByText(`${other.name}代课：`).first().waitFor();
    await expectAccessible(page);
    await takePicture(page, "people-member-tablet");
    await page.context().close();
  });

  test("shows the classes and their teachers, and guardians only of whom it asks for", async () => {
    const page = await stage.signIn("admin", "tablet");
    await openPath(page, "/office/people/classes");
    await takePicture(page, "people-classes-tablet");
    await rowsOf(page).getByRole("link").first().click();
    await page.getByRole("button", { name: "安排任课" }).click();
    await page.getByRole("dialog").getByLabel("老师", { exact: true }).waitFor();
    await takePicture(page, "people-assign-tablet");
    await page.keyboard.press("Escape");
    await expectAccessible(page);
    await takePicture(page, "people-class-tablet");

    await openPath(page, "/office/people/guardians");
    await page.getByText("家长不会全校一次列出").waitFor();
    await classOf(page).selectOption({ index: 1 });
    await rowsOf(page).first().waitFor();
    await expectAccessible(page);
    await takePicture(page, "people-guardians-tablet");
    await page.context().close();
  });

  test("opens a guardian from the list, sees whose it is, and keeps it from the child at once", async () => {
    const page = await stage.signIn("admin", "desktop");
    const { pupils } = await ask<PupilList>(page, "/people/pupils");
    const { guardians } = await ask<GuardianList>(page, `/people/guardians?classId=${pupils[0]!.classId}`);
    const { id, name, pupil } = guardians.find(({ isVerified }) => isVerified)!;
    await openPath(page, "/office/people/guardians");
    await page.getByRole("searchbox", { name: "搜索" }).fill(pupil.name);
    await rowsOf(page).getByRole("link").filter({ hasText: name }).first().click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
    await page.getByRole("heading", { name: "孩子", exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/office\/people\/guardians\/[0-9a-f-]{36}$/);
    await expectAccessible(page);
    await takePicture(page, "people-guardian-desktop");

    for (const [screen, locale] of [
      ["phone", "zh-CN"],
      ["phone", "en"],
      ["desktop", "en"],
    ] as const) {
      const other = await stage.signIn("admin", screen);
      // On this device only: the account goes on speaking Chinese.
      await other.evaluate((chosen) => localStorage.setItem("doudou.locale", chosen), locale);
      await openPath(other, `/office/people/guardians/${id}`);
      await expectAccessible(other);
      await takePicture(other, `people-guardian-${screen}-${locale}`);
      await other.context().close();
    }

    await page.getByRole("link", { name: "家长授权" }).first().click();
    await page.getByRole("rowheader", { name: pupil.name }).waitFor();
    await page.goBack();
    await page.getByRole("button", { name: /^移除/ }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "立即移除" }).click();
    await page.getByRole("button", { name: /^打印重新加入/ }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "people-guardian-removed-desktop");
    await page.context().close();
  });
});
