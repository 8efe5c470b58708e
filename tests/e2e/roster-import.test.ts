/** The school office takes in a messy roster: brought, columns corrected, looked at, applied, and undone. */
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { nationalNo, packageOf, staffPackage, xlsxOf } from "../support/rosters.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** As an office has it: a title, merged classes, a heading nobody else uses, a formula, a mistyped number. */
const messyRoster = () =>
  xlsxOf([
    [{ value: "森林小学 2026 学年新生花名册", columnSpan: 6 }],
    [],
    ["班级", "娃娃", "学籍号", "出生日期", "家长姓名", "家长手机", "备注"],
    [
      { value: "三（1）班", rowSpan: 2 },
      "沈 星河",
      nationalNo("2017-05-12", 11),
      { value: new Date(Date.UTC(2017, 4, 12)), type: Date, format: "yyyy/m/d" },
      "沈妈妈",
      13800000011,
      "新转来",
    ],
    [null, "沈星河", nationalNo("2017-06-01", 14), "2017年6月1日", "沈爸爸", "１３８００００００１２", null],
    [],
    ["三年级9班", "陆知夏", nationalNo("2017-07-03", 16), "2017.7.3", "陆妈妈", "138-0000-0013", null],
    ["三年级9班", "韩一诺", "G110101201708040019", "2017/8/4", "韩妈妈", "13800000014", null],
    ["三年级9班", "唐果", nationalNo("2017-09-05", 18), { type: "Formula", value: "TODAY()" }, "", "", null],
  ]);

describe("the roster", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const choose = async (page: Page, name: string, buffer: Buffer) =>
    await page.locator("input[type=file]").setInputFiles({ name, mimeType: XLSX, buffer });

  test("in a messy file is corrected, looked at row by row, applied, and undone", async () => {
    const page = await stage.signIn("admin", "tablet");
    await page.getByRole("link", { name: "学校事务" }).click();
    await page.getByRole("heading", { name: "学校事务", level: 1 }).waitFor();
    await page.getByText("还没有导入过名册。").waitFor();
    await expectAccessible(page);
    await takePicture(page, "office-tablet");
    await page.getByRole("link", { name: "选择文件" }).click();
    await page.getByText("把名册文件拖到这里").waitFor();
    await expectAccessible(page);
    await takePicture(page, "roster-upload-tablet");

    await page.locator("input[type=file]").setInputFiles(await hugeFile());
    await page
      .getByRole("alert")
      .getByText(/超过 20 MB/)
      .waitFor();
    await choose(page, "坏文件.xlsx", Buffer.from("PK, but no archive"));
    await page
      .getByRole("alert")
      .getByText(/已损坏/)
      .waitFor();

    await page.context().setOffline(true);
    await choose(page, "花名册.xlsx", await messyRoster());
    await page
      .getByRole("alert")
      .getByText(/文件还在/)
      .waitFor();
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "再试一次" }).click();

    await page.getByText("还缺：姓名").waitFor();
    const next = page.getByRole("button", { name: "下一步：预览" });
    expect(await next.isDisabled()).toBe(true);
    await expectAccessible(page);
    await takePicture(page, "roster-columns-tablet");
    await page.getByLabel("B 列“娃娃”是").selectOption({ label: "姓名" });
    await next.click();

    await page.getByText("D9 单元格：这里是公式").waitFor();
    await page.getByText("C8 单元格：学籍号的校验位不对").waitFor();
    await page.getByText("会新建班级：三年级9班").waitFor();
    await expectAccessible(page);
    await takePicture(page, "roster-check-tablet");
    await page.getByText("新增 3", { exact: true }).click();
    await expect.poll(() => page.getByText("沈星河", { exact: true }).count()).toBe(2);
    await page.getByText(/^文件里没有 \d+$/).click();
    await page.getByText(/只列出来，不会改动/).waitFor();
    await page.getByRole("button", { name: "再看一些" }).click();

    await page.getByRole("button", { name: "导入 3 名学生" }).click();
    await page.getByRole("heading", { name: "导入完成" }).waitFor();
    await page.getByText("新增 3 名学生").waitFor();
    await expectAccessible(page);
    await takePicture(page, "roster-done-tablet");
    const address = new URL(page.url()).pathname;
    await page.getByRole("link", { name: "去看班级" }).click();
    await page.getByRole("link", { name: /三年级9班/ }).waitFor();

    await openPath(page, address);
    await page.getByRole("button", { name: "撤销这次导入" }).click();
    await takePicture(page, "roster-undo-tablet");
    await page.getByRole("button", { name: "撤销", exact: true }).click();
    await page.getByRole("heading", { name: "已撤销" }).waitFor();
    await expectAccessible(page);
    await openPath(page, "/classes");
    expect(await page.getByRole("link", { name: /三年级9班/ }).count()).toBe(0);
    await page.context().close();
  });

  test("of a OneRoster package brings the staff, asks who a namesake is, and lets the new be invited", async () => {
    const page = await stage.signIn("admin", "tablet");
    await openPath(page, "/office/roster");
    const staff = staffPackage([
      {
        name: "邹静",
        no: "T-101",
        posts: [
          { title: "三年级9班", subject: "音乐" },
          { title: "三年级1班", subject: "书法" },
        ],
      },
      { name: "邹静", no: "T-102", posts: [{ title: "三年级1班", subject: "音乐" }] },
      { name: await nameOfTeacher(page), no: "T-103" },
      { name: "温书记", no: "T-104", role: "administrator" },
    ]);
    await choose(page, "oneroster.zip", packageOf(staff));
    await page.getByRole("heading", { name: "教职工和任课" }).waitFor();
    await page.getByText(/学校里有同名的人/).waitFor();
    await page.getByText("三年级1班 · 书法：学校里没有这门学科").waitFor();
    await expectAccessible(page);
    await takePicture(page, "roster-staff-tablet");
    await page.getByRole("button", { name: /^就是学校里的/ }).click();
    await page.getByText(/学校里有同名的人/).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "导入 0 名学生、4 位教职工" }).click();
    await page.getByText("新登记 3 位教职工").waitFor();
    await takePicture(page, "roster-staff-done-tablet");

    await page.getByRole("link", { name: "去邀请新的教职工开通账号" }).click();
    await page.getByRole("heading", { name: "还没有账号（3）" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "staff-without-account-tablet");
    await page.getByRole("button", { name: /^邀请.*温书记/ }).click();
    await page.getByRole("button", { name: "生成邀请链接" }).click();
    await page.getByText("把这个链接发给温书记").waitFor();
    await takePicture(page, "staff-invited-tablet");
    await page.keyboard.press("Escape");
    await page.getByText("已发邀请，等待本人使用").waitFor();
    await page.context().close();
  });

  test("dropped on the page, in English, on a phone", async () => {
    const page = await stage.signIn("admin", "phone", "en");
    await openPath(page, "/office/roster");
    await expectAccessible(page);
    await takePicture(page, "roster-upload-phone");
    const text = "Name,Student number,Class\nLu Zhixia,20249901,G3-1\nHan Yinuo,,G3-1\n";
    const dropped = await page.evaluateHandle((csv) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([csv], "roster.csv", { type: "text/csv" }));
      return transfer;
    }, text);
    await page
      .getByRole("group", { name: "Drop the roster here" })
      .dispatchEvent("drop", { dataTransfer: dropped });
    await page.getByRole("button", { name: "Next: preview" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "roster-columns-phone");
    await page.getByRole("button", { name: "Next: preview" }).click();
    await page.getByText(/Cell B3: there is no national and no student number/).waitFor();
    await expectAccessible(page);
    await takePicture(page, "roster-check-phone");
    await page.getByRole("button", { name: "Import 1 pupil", exact: true }).click();
    await page.getByRole("heading", { name: "The roster is imported" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "roster-done-phone");
    await openPath(page, "/office");
    await page.getByRole("link", { name: /roster\.csv/ }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "office-phone");
    await page.context().close();
  });

  test("is no page for a teacher", async () => {
    const page = await stage.signIn("teacher1", "tablet");
    expect(await page.getByRole("link", { name: "学校事务" }).count()).toBe(0);
    await page.goto("/office/roster");
    await page.waitForURL("**/classes");
    await page.context().close();
  });
});

/** The name by which the school knows one of its teachers, who has no staff number. */
async function nameOfTeacher(page: Page): Promise<string> {
  const { members } = await page.evaluate(async () => {
    const answer = await fetch("/api/v1/staff-accounts");
    return (await answer.json()) as { members: { name: string; role: string }[] };
  });
  return members.find(({ role }) => role === "teacher")?.name ?? "";
}

/** A file of a hundred megabytes, which takes no room: nothing was ever written into it. */
async function hugeFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "doudou-huge-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "照片.xlsx");
  const file = await open(path, "w");
  await file.truncate(100 * 1024 * 1024);
  await file.close();
  return path;
}
