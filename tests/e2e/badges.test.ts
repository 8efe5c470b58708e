/** A badge goes round: the office publishes one, a child chooses it and opens one it has earned, a teacher gives, the family sees. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChildBadges } from "@doudou/shared/contract/badges.ts";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("badges and small goals", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const ask = async <T>(page: Page, path: string) =>
    (await (await page.request.get(`/api/v1${path}`)).json()) as T;

  test("the office begins one from a pattern, sees how many would have earned it, and publishes it", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office/badges");
    await takePicture(page, "badges-office-desktop");
    await page.getByRole("button", { name: "新建一个章" }).click();
    const patterns = page.getByRole("dialog", { name: "从哪一个开始？" });
    await patterns.getByRole("button", { name: /书香章/ }).click();
    const editor = page.getByRole("dialog", { name: "章的草稿" });
    await editor.getByLabel("名称（中文）").fill("早读章");
    await editor.getByLabel("每一级要几步").fill("2 4");
    await editor.getByText(/得到 2 \/ 4 次记录/).waitFor();
    await editor.getByRole("button", { name: /看看上学期/ }).click();
    await editor.getByText(/个孩子里有 \d+ 个能得到第一级/).waitFor();
    await takePicture(page, "badge-editor-desktop");
    await expectAccessible(page);
    await editor.getByRole("button", { name: "保存草稿" }).click();
    await page.getByRole("heading", { name: "草稿", exact: true }).waitFor();
    const draft = page.getByRole("listitem").filter({ hasText: "早读章" });

    // Two of the office change the draft: neither writes over what the other has kept, and both see both.
    const colleague = await stage.signIn("admin", "phone");
    await openPath(colleague, "/office/badges");
    const hers = colleague.getByRole("listitem").filter({ hasText: "早读章" });
    await hers.getByRole("button", { name: /^修改/ }).tap();
    const herEditor = colleague.getByRole("dialog", { name: "章的草稿" });
    await herEditor.getByLabel("名称（中文）").fill("晨读章");
    await draft.getByRole("button", { name: /^修改/ }).click();
    await editor.getByLabel("给孩子的一句话（中文）").fill("每天早上读一读。");
    await editor.getByRole("button", { name: "保存草稿" }).click();
    await editor.waitFor({ state: "hidden" });
    await herEditor.getByRole("button", { name: "保存草稿" }).tap();
    const theirs = herEditor.getByRole("region", { name: "别处保存的" });
    await theirs.getByText("每天早上读一读。").waitFor();
    await theirs.getByText("早读章 ·").waitFor();
    expect(await herEditor.getByLabel("名称（中文）").inputValue()).toBe("晨读章");
    await theirs.scrollIntoViewIfNeeded();
    await takePicture(colleague, "badge-editor-conflict-phone");
    await expectAccessible(colleague);
    await herEditor.getByRole("button", { name: "用别处的" }).tap();
    expect(await herEditor.getByLabel("名称（中文）").inputValue()).toBe("早读章");
    await herEditor.getByRole("button", { name: "保存草稿" }).tap();
    await herEditor.waitFor({ state: "hidden" });
    await colleague.context().close();

    await draft.getByRole("button", { name: /^发布/ }).click();
    await page.getByText("已发布，孩子可以争了。").waitFor();
    await expectAccessible(page);
    await page.context().close();
  });

  test("a child opens the badge it has earned once, chooses another, and ticks a step of its goal", async () => {
    const page = await stage.signIn("student1", "tablet");
    await openPath(page, "/me");
    const gift = page.getByRole("button", { name: /有一个章在等你/ });
    await gift.scrollIntoViewIfNeeded();
    await takePicture(page, "badges-me-tablet");
    await gift.click();
    const celebration = page.getByRole("dialog", { name: "你得到了一个章！" });
    await celebration.getByRole("button", { name: "收好我的章" }).waitFor();
    await takePicture(page, "badge-celebration-tablet");
    await expectAccessible(page);
    const keep = celebration.getByRole("button", { name: "收好我的章" });
    while (await celebration.isVisible()) await keep.click();
    await expect.poll(() => gift.count()).toBe(0);

    const { memberships } = await ask<SessionView>(page, "/session");
    const studentId = memberships[0]!.students[0]!.id;
    const { striving } = await ask<ChildBadges>(page, `/students/${studentId}/badges`);
    const section = page.getByRole("region", { name: "我的章" });
    const open = striving.find(({ isWaiting }) => !isWaiting);
    if (open)
      await section.getByRole("button", { name: new RegExp(`^先放下.*${open.badge.name.zh}`) }).click();
    await section.getByRole("button", { name: "选一个章去争" }).click();
    const choice = page.getByRole("dialog", { name: "想争哪个章？" });
    await choice.getByRole("button", { name: /早读章/ }).waitFor();
    await takePicture(page, "badge-choose-tablet");
    await expectAccessible(page);
    await choice.getByRole("button", { name: /早读章/ }).click();
    await section.getByRole("listitem").filter({ hasText: "早读章" }).waitFor();

    const goals = page.getByRole("region", { name: "我的小目标" });
    await goals
      .getByRole("button", { name: /做到了一次/ })
      .first()
      .click();
    await goals.getByRole("img", { name: "走了 4 步，一共 5 步" }).waitFor();
    await goals.scrollIntoViewIfNeeded();
    await takePicture(page, "goals-me-tablet");
    await expectAccessible(page);
    await page.context().close();
  });

  test("a teacher gives several at once with a word, and may take them back until they are seen", async () => {
    const page = await stage.signIn("teacher1", "tablet");
    const { classes } = await ask<ClassList>(page, "/classes");
    await openPath(page, `/classes/${classes.find(({ isHomeroom }) => isHomeroom)!.id}/badges`);
    await page.getByRole("heading", { name: /等您颁章/ }).waitFor();
    await takePicture(page, "badges-class-tablet");
    await expectAccessible(page);
    await page.getByLabel(/颁章时说的话/).fill("每一步老师都看见了。");
    await page.getByRole("button", { name: /^颁章（/ }).click();
    await page.getByText(/颁了 \d+ 个章/).waitFor();
    await page.getByRole("button", { name: "撤回" }).click();
    await page.getByText("已收回，还等着颁。").waitFor();
    await page.getByRole("heading", { name: /等您颁章/ }).waitFor();
    await page.context().close();
  });

  test("a guardian sees what the child has seen, on the phone", async () => {
    const page = await stage.signIn("parent1", "phone");
    const { memberships } = await ask<SessionView>(page, "/session");
    const child = memberships
      .flatMap(({ students }) => students)
      .find(({ class: of }) => of?.name === "三年级1班");
    await openPath(page, `/family/${child!.id}`);
    const section = page.getByRole("region", { name: "争章" });
    await section.scrollIntoViewIfNeeded();
    await takePicture(page, "badges-family-phone");
    expect(await section.getByRole("button", { name: "选一个章去争" }).count()).toBe(0);
    await section.getByRole("list", { name: "得到的章" }).getByRole("button").first().click();
    await page.getByRole("link", { name: "打印证书" }).waitFor();
    await page
      .getByRole("dialog")
      .getByText(/\d{4}年\d+月\d+日/)
      .waitFor();
    await takePicture(page, "badge-opened-phone");
    await expectAccessible(page);
    await page.context().close();
  });
});
