/** The reward shop from a child's wish to its coming true: asked for, answered with a word, handed over; plants stay as tall. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import type { RewardDesk } from "@doudou/shared/contract/rewards.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

const WISH = "给全班选一本书";

describe("the reward shop", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const ask = async <T>(page: Page, path: string) =>
    (await (await page.request.get(`/api/v1${path}`)).json()) as T;
  const shop = (page: Page) => page.getByRole("region", { name: "兑换小店" });

  test("a child asks for a privilege, its teacher says yes with a word and hands it over; the family can say not this", async () => {
    const child = await stage.signIn("student1", "phone");
    await openPath(child, "/me");
    await shop(child).scrollIntoViewIfNeeded();
    await takePicture(child, "rewards-child-phone");
    await expectAccessible(child);
    const { memberships } = await ask<SessionView>(child, "/session");
    const me = memberships[0]!.students[0]!;
    const beans = async () => (await ask<RewardDesk>(child, `/students/${me.id}/reward-desk`)).beans;
    const before = await beans();

    await shop(child).getByRole("button", { name: "逛逛小店" }).tap();
    const sheet = child.getByRole("dialog", { name: "兑换小店" });
    await sheet.getByRole("heading", { name: "特权" }).waitFor();
    await takePicture(child, "rewards-shop-phone");
    await expectAccessible(child);
    await sheet.getByRole("button", { name: new RegExp(WISH) }).tap();
    await takePicture(child, "rewards-confirm-phone");
    await sheet.getByRole("button", { name: "我想要" }).tap();
    await sheet.waitFor({ state: "hidden" });
    await shop(child).getByText("等老师看").first().waitFor();
    expect(await beans()).toEqual({ ...before, reserved: before.reserved + 10, toUse: before.toUse - 10 });

    // A finger that taps twice on "take back" is asked, and has taken nothing back.
    await shop(child).getByRole("button", { name: /^收回/ }).first().dblclick();
    await shop(child).getByRole("button", { name: /^收回/ }).first().waitFor();
    expect(await beans()).toEqual({ ...before, reserved: before.reserved + 10, toUse: before.toUse - 10 });

    const desk = await stage.signIn("teacher1", "tablet");
    const { classes } = await ask<ClassList>(desk, "/classes");
    await openPath(desk, `/classes/${classes[0]!.id}/rewards`);
    await takePicture(desk, "rewards-class-tablet");
    await expectAccessible(desk);
    const wishes = desk.getByRole("region", { name: "等我看的心愿" });
    const card = (of: typeof wishes) =>
      of.getByRole("article").filter({ hasText: me.name }).filter({ hasText: WISH });
    await card(wishes).getByRole("button", { name: "同意" }).tap();
    await card(wishes).getByRole("textbox").fill("明天把书带来。");
    await takePicture(desk, "rewards-answer-tablet");
    await card(wishes).getByRole("button", { name: "同意", exact: true }).tap();
    const approved = desk.getByRole("region", { name: "等着兑现" });
    await card(approved).getByRole("button", { name: "已兑现" }).tap();
    await card(approved).waitFor({ state: "detached" });
    await desk.getByRole("button", { name: "选小店长" }).tap();
    await desk.getByRole("dialog").getByRole("listitem").first().waitFor();
    await takePicture(desk, "rewards-keepers-tablet");
    await expectAccessible(desk);
    await desk.context().close();

    await openPath(child, "/me");
    await shop(child).getByText("老师说：明天把书带来。").waitFor();
    const after = await beans();
    expect(after).toEqual({ ...before, spent: before.spent + 10, toUse: before.toUse - 10 });
    await child.context().close();

    const family = await stage.signIn("parent1", "phone");
    await openPath(family, `/family/${me.id}`);
    const list = family.getByRole("region", { name: "孩子的兑换心愿" });
    await list
      .getByRole("button", { name: /这个先不要/ })
      .first()
      .tap();
    await list.getByText("您已请老师留意").waitFor();
    await list.scrollIntoViewIfNeeded();
    await takePicture(family, "rewards-family-phone");
    await expectAccessible(family);
    await family.context().close();
  });

  test("the office offers, is told why there can be no more things, and closes the shop whole", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office/rewards");
    await takePicture(page, "rewards-office-desktop");
    await page.getByRole("button", { name: "添加项目" }).click();
    const sheet = page.getByRole("dialog", { name: "添加项目" });
    await sheet.getByLabel("叫什么").fill("一块橡皮");
    await sheet.getByRole("group", { name: "类别" }).getByText("小物品", { exact: true }).click();
    await sheet.getByRole("button", { name: "保存" }).click();
    await sheet
      .getByText("小物品最多占开放项目的三分之一：请先多开放一些特权或体验，或先关闭一件小物品。")
      .waitFor();
    await takePicture(page, "rewards-offer-desktop");
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.getByRole("switch", { name: /开设兑换小店/ }).focus();
    await page.keyboard.press("Space");
    await page
      .getByRole("dialog", { name: "关掉兑换小店？" })
      .getByRole("button", { name: "关掉小店" })
      .click();
    await expect.poll(() => page.getByRole("heading", { name: "全校的项目" }).count()).toBe(0);
    await page.context().close();

    const child = await stage.signIn("student1", "tablet");
    await openPath(child, "/me");
    expect(await shop(child).count()).toBe(0);
    await child.context().close();
  });
});
