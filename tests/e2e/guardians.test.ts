/** A family comes in by a letter from school, on the phone, and is kept out again while its page is open. */
import { readFile } from "node:fs/promises";
import type { Download } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import type { ClassGuardians } from "@doudou/shared/contract/guardians.ts";
import { codesOn } from "../support/guardians.ts";
import { ask, expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("a family's way in", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const codesIn = async (download: Download) =>
    await codesOn(new Uint8Array(await readFile(await download.path())));

  test("letter, joining on the phone, the child, a removal, and the open page closes", async () => {
    const teacher = await stage.signIn("teacher1", "tablet");
    const { classes } = await ask<ClassList>(teacher, "/classes");
    const classId = classes.find(({ isHomeroom }) => isHomeroom)?.id ?? "";
    const list = await ask<ClassGuardians>(teacher, `/classes/${classId}/guardians`);
    const { student } = list.students.find(({ state }) => state === "one" || state === "none")!;

    // The letter.
    await openPath(teacher, `/classes/${classId}`);
    await teacher.getByRole("button", { name: "课堂工具" }).click();
    await teacher.getByRole("link", { name: "家长", exact: true }).click();
    await teacher.waitForURL("**/guardians");
    const row = teacher.getByRole("main").locator(".list > li", { hasText: student.name });
    await row.getByRole("checkbox").check();
    const print = teacher.getByRole("button", { name: "打印 1 封邀请信" });
    const saving = teacher.waitForEvent("download");
    await print.click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe(`家长邀请信 ${student.name}.pdf`);
    const [first = ""] = await codesIn(saved);
    await teacher.getByText("1 封邀请信已保存为 PDF。").waitFor();
    await row.getByText("信有效到").waitFor();
    await expectAccessible(teacher);
    await takePicture(teacher, "guardians-tablet");
    // Printing again says what it costs.
    await row.getByRole("checkbox").check();
    await print.click();
    const warning = teacher.getByRole("dialog");
    await warning.getByText("1 封旧信会作废").waitFor();
    await expectAccessible(teacher);
    const savingAgain = teacher.waitForEvent("download");
    await warning.getByRole("button", { name: "打印 1 封邀请信" }).click();
    const [code = ""] = await codesIn(await savingAgain);
    expect(code).not.toBe(first);

    // A parent with a phone.
    const phone = await (await stage.openContext("phone")).newPage();
    await phone.goto("/sign-in");
    await phone.getByRole("link", { name: "我有学校发的家长邀请信" }).click();
    await phone.waitForURL("**/join");
    await phone.getByLabel("邀请码").fill(first);
    await phone.getByRole("button", { name: "下一步" }).click();
    await phone.getByRole("alert").getByText("这个邀请码不能用").waitFor();
    await expectAccessible(phone);
    await takePicture(phone, "join-code-phone");
    await phone.goto("about:blank");
    await phone.goto(`/join#${code.replaceAll(" ", "")}`);
    await phone.getByRole("heading", { name: "森林小学邀请您", level: 1 }).waitFor();
    expect(await phone.getByRole("main").innerText()).not.toContain(student.name);
    await phone.getByRole("button", { name: "同意并加入" }).click();
    await phone.getByText("请填写姓名").waitFor();
    await expectAccessible(phone);
    await takePicture(phone, "join-phone");
    await phone.getByText("父亲", { exact: true }).click();
    await phone.getByLabel("您的姓名").fill("周大山");
    await phone.getByLabel("手机号").fill("13912345678");
    await phone.getByLabel("给自己定一个密码").fill("青山不改，绿水长流 2026");
    await phone.getByRole("checkbox").check();
    await takePicture(phone, "join-filled-phone");
    await phone.getByRole("button", { name: "同意并加入" }).click();
    await phone.waitForURL("**/family/**");
    await phone.getByText(student.name).first().waitFor();
    await takePicture(phone, "joined-phone");

    // The office keeps him out.
    const office = await stage.signIn("admin", "desktop");
    await openPath(office, "/office");
    await office.getByRole("link", { name: "管理家长", exact: true }).click();
    await office.getByRole("heading", { name: "家长", level: 1 }).waitFor();
    await expectAccessible(office);
    await takePicture(office, "office-guardians-desktop");
    await office.getByRole("link", { name: list.class.name }).click();
    const child = office.getByRole("main").locator(".list > li", { hasText: student.name });
    await child.getByText("周大山").first().waitFor();
    await child.getByRole("button", { name: /^移除\s*周大山/ }).click();
    const sheet = office.getByRole("dialog");
    await sheet.getByLabel(/^说明/).fill("法院通知 2026-11");
    await expectAccessible(office);
    await takePicture(office, "guardian-removal-desktop");
    await sheet.getByRole("button", { name: "立即移除" }).click();

    // The page that was open on the phone is closed, and there is no way back.
    await phone.waitForURL("**/sign-in");
    expect(await phone.content()).not.toContain(student.name);
    await child.getByText("法院通知").waitFor();
    await child.scrollIntoViewIfNeeded();
    await expectAccessible(office);
    await takePicture(office, "guardian-removed-desktop");
    await phone.getByLabel("账号", { exact: true }).fill("13912345678");
    await phone.getByLabel("密码", { exact: true }).fill("青山不改，绿水长流 2026");
    await phone.getByRole("button", { name: "登录", exact: true }).click();
    await phone.getByRole("alert").first().waitFor();
    expect(new URL(phone.url()).pathname).toBe("/sign-in");
  }, 240_000);
});
