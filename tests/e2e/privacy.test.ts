/** A family and its school about a child's data: the notice, what is agreed to, everything to take along, a request. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("children's privacy", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  test("a guardian reads the notice, changes a consent, takes everything along and is answered in writing", async () => {
    const admin = await stage.signIn("admin", "tablet");
    await admin.setViewportSize({ width: 1440, height: 900 });
    await openPath(admin, "/office/privacy");
    await admin.getByLabel("姓名").fill("沈清和");
    await admin.getByLabel("怎样联系").fill("教务处 201 室，023-6688 1234");
    await admin.getByRole("button", { name: "保存" }).click();
    await admin.getByText("已保存").waitFor();

    // A colleague whose page is from before: what was typed stays, beside what stands by now.
    const colleague = await stage.signIn("admin", "phone");
    await openPath(colleague, "/office/privacy");
    await admin.getByLabel("怎样联系").fill("校长室 301 室，023-6688 1234");
    await admin.getByRole("button", { name: "保存" }).click();
    await admin.getByRole("button", { name: "保存", disabled: true }).waitFor();
    await colleague.getByLabel("姓名").fill("何一凡");
    await colleague.getByRole("button", { name: "保存" }).click();
    await colleague.getByText(/刚在别处改成：沈清和 · 校长室 301 室/).waitFor();
    expect(await colleague.getByLabel("姓名").inputValue()).toBe("何一凡");
    await expectAccessible(colleague);
    await takePicture(colleague, "privacy-officer-changed-phone");
    await colleague.getByRole("button", { name: "用别处的" }).click();
    expect(await colleague.getByLabel("姓名").inputValue()).toBe("沈清和");
    await colleague.getByLabel("怎样联系").fill("教务处 201 室，023-6688 1234");
    await colleague.getByRole("button", { name: "保存" }).click();
    await colleague.getByText("已保存").waitFor();
    await colleague.context().close();

    const page = await stage.signIn("parent1", "phone");
    const response = await page.request.get("/api/v1/session");
    const { memberships } = (await response.json()) as SessionView;
    const child = memberships.flatMap(({ students }) => students)[0]!;
    await openPath(page, `/family/${child.id}`);
    await page.getByRole("link", { name: "隐私与授权" }).click();
    await page.getByRole("heading", { name: "您同意的事" }).waitFor();
    // Its yes was to the words of version 1, which asked about less.
    await page.getByRole("heading", { name: "说明有变化：第 3 版" }).waitFor();
    // What came with version 2 is told too: it is what the yes is asked again for.
    await page.getByText("所以请您再选一次").waitFor();
    const account = page.getByRole("region", { name: "孩子自己的账号" });
    const yes = account.getByRole("radio", { name: "同意", exact: true });
    await account.getByText("请再选一次").waitFor();
    expect(await yes.isChecked()).toBe(false);
    await takePicture(page, "privacy-changed-phone");
    await account.getByText("同意", { exact: true }).click();
    await expect.poll(() => yes.isChecked()).toBe(true);
    await account.getByText("请再选一次").waitFor({ state: "hidden" });
    const board = page.getByRole("region", { name: "班级大屏上的名字" });
    await board.getByText("不同意", { exact: true }).click();
    const no = board.getByRole("radio", { name: "不同意", exact: true });
    await expect.poll(() => no.isChecked()).toBe(true);
    await board.getByText("在线选择").waitFor();
    await expectAccessible(page);
    await takePicture(page, "privacy-family-phone");

    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "下载全部记录" }).click();
    expect((await download).suggestedFilename()).toMatch(/成长记录.*\.zip$/);

    await page.getByRole("button", { name: "提出申请" }).click();
    const asking = page.getByRole("dialog", { name: "提出申请" });
    await asking.getByLabel("说明").fill("出生日期早写了一天，请更正。");
    await takePicture(page, "privacy-ask-phone");
    await asking.getByRole("button", { name: "提交" }).click();
    await page.getByText("等待答复").waitFor();

    await openPath(admin, "/office");
    await admin
      .getByRole("main")
      .locator("li", { hasText: "儿童隐私" })
      .getByRole("link", { name: "打开" })
      .click();
    await admin.getByText("出生日期早写了一天，请更正。").waitFor();
    await admin.getByRole("heading", { name: "给家长的说明：第 3 版" }).waitFor();
    await admin
      .getByText(/\d+ 名孩子要再问一次/)
      .first()
      .waitFor();
    await expectAccessible(admin);
    await takePicture(admin, "privacy-office-desktop");
    const asked = admin.getByRole("listitem").filter({ hasText: "出生日期早写了一天" });
    await asked.getByRole("button", { name: /^答复/ }).click();
    const answer = admin.getByRole("dialog");
    await answer.getByRole("textbox").fill("已按户口本更正，谢谢您告诉我们。");
    await answer.getByRole("button", { name: "发送答复" }).click();
    await asked.waitFor({ state: "hidden" });

    await page.reload();
    await page.getByText("已按户口本更正，谢谢您告诉我们。").waitFor();
    await page.getByRole("link", { name: "查看说明全文" }).click();
    await page.getByText("沈清和").waitFor();
    await page.getByRole("heading", { name: "这一版有什么变化" }).waitFor();
    await page.getByRole("link", { name: /第 1 版/ }).click();
    await page.getByRole("heading", { name: "这一版有什么变化" }).waitFor({ state: "hidden" });
    await page.goBack();
    await page.getByRole("heading", { name: "这一版有什么变化" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "privacy-notice-phone");
  });

  test("a paper slip is written down by the homeroom teacher", async () => {
    const page = await stage.signIn("teacher1", "tablet");
    const response = await page.request.get("/api/v1/classes");
    const { classes } = (await response.json()) as { classes: { id: string; isHomeroom: boolean }[] };
    const homeroom = classes.find(({ isHomeroom }) => isHomeroom)!;
    await openPath(page, `/classes/${homeroom.id}/consents`);
    await page.getByRole("table").waitFor();
    await expectAccessible(page);
    await takePicture(page, "privacy-class-tablet");
    const row = page.getByRole("row").nth(1);
    await row.getByRole("button", { name: /^登记回执/ }).click();
    const slip = page.getByRole("dialog");
    const research = slip.locator("section", { hasText: "用于研究" });
    await research.getByText("不同意", { exact: true }).click();
    await expectAccessible(page);
    await takePicture(page, "privacy-paper-tablet");
    await slip.getByRole("button", { name: "登记" }).click();
    await slip.waitFor({ state: "hidden" });
    await row.getByRole("cell").nth(3).getByText("不同意").waitFor();
  });
});
