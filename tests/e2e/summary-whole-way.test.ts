/** One child's term summary from its first draft to the signature: through the hands of teacher, office and guardian. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";
import { draw } from "../support/strokes.ts";

const PATIENT = { timeout: 15_000 };
const FIRST_WORDS = "你这学期很努力，继续加油。";
const REMARK = "再写一件只属于这个孩子的事。";
const MENDED = "你把自己的伞让给没带伞的同学，淋着雨跑回了教室。";

describe("a term summary on its whole way", () => {
  let stage: Stage;
  let desk: Page;
  let office: Page;
  let phone: Page;
  beforeAll(async () => {
    stage = await openStage();
    [desk, office, phone] = [
      await stage.signIn("teacher1", "tablet"),
      await stage.signIn("admin", "tablet"),
      await stage.signIn("parent1", "phone"),
    ];
  });
  afterAll(() => stage.close());

  test("begins where the office wants to approve before anything is published", async () => {
    await openPath(office, "/office/settings");
    await office.getByText("学期成长报告先审核再发布").click();
    const setting = office.getByRole("switch", { name: /先审核再发布/ });
    await office.locator("form.card").filter({ has: setting }).getByRole("button", { name: "保存" }).click();
    await office.getByText("已保存").first().waitFor();
    await office.reload();
    expect(await setting.isChecked()).toBe(true);
  });

  test("is written, returned, mended, approved, published, told, read, signed and answered, and the teacher sees it", async () => {
    const session = (await (await phone.request.get("/api/v1/session")).json()) as SessionView;
    const child = session.memberships
      .flatMap(({ students }) => students)
      .find(({ class: of }) => of?.name === "三年级1班")!;
    const onDesk = `/classes/${child.class!.id}/summaries?student=${child.id}`;

    await openPath(desk, onDesk);
    await write(desk, FIRST_WORDS);
    await desk.getByRole("button", { name: "交给学校审核" }).tap();
    await desk.getByText("已交，等待审核").waitFor();

    await openPath(office, "/office/summaries");
    await office.getByRole("link", { name: /等待审核/ }).tap();
    const row = office.getByRole("listitem").filter({ hasText: FIRST_WORDS });
    await row.getByRole("button", { name: /^批注/ }).tap();
    await office.getByLabel(/这份的批注$/).fill(REMARK);
    await office.getByRole("button", { name: "退回修改" }).tap();
    await office.getByText("已退回，请修改").waitFor();

    await desk.reload();
    await desk.getByText(`审核批注：${REMARK}`).waitFor();
    await takePicture(desk, "summary-way-returned-tablet");
    await write(desk, MENDED);
    await desk.getByRole("button", { name: "再次交给学校审核" }).tap();
    await desk.getByText("已交，等待审核").waitFor();

    await office.reload();
    await office.getByText(MENDED).waitFor();
    await takePicture(office, "summary-way-review-tablet");
    await office.getByRole("button", { name: "审核通过" }).tap();
    await office.getByText(/^审核通过 ·/).waitFor();

    await desk.reload();
    await desk.getByRole("button", { name: "发布", exact: true }).tap();
    const sheet = desk.getByRole("dialog", { name: `发布${child.name}的成长报告？` });
    await sheet.getByRole("button", { name: "发布", exact: true }).tap();
    await sheet.waitFor({ state: "hidden" });
    await desk
      .getByText(/已发布$/)
      .first()
      .waitFor();

    await openPath(phone, "/inbox");
    await takePicture(phone, "summary-way-inbox-phone");
    await phone.getByText(`${child.name}的学期成长报告发布了`).first().tap(); // the newest comes first
    await phone.getByText(MENDED).first().waitFor();
    expect(await phone.getByText(FIRST_WORDS).count()).toBe(0);
    expect(await phone.getByText(REMARK).count()).toBe(0);
    await takePicture(phone, "summary-way-read-phone");
    await phone.getByRole("button", { name: "签名" }).tap();
    const signing = phone.getByRole("dialog", { name: "签名" });
    await draw(phone);
    await signing.getByRole("button", { name: "签好了" }).tap();
    await signing.waitFor({ state: "hidden" });
    await phone.getByLabel(/想对班主任说的话/).fill("伞的事他回家没有说，谢谢您告诉我们。");
    await phone.getByRole("button", { name: "发送" }).tap();
    await phone.getByText("伞的事他回家没有说，谢谢您告诉我们。").waitFor();
    await takePicture(phone, "summary-way-signed-phone");

    await openPath(desk, onDesk);
    await desk.getByText("伞的事他回家没有说，谢谢您告诉我们。").waitFor();
    await desk
      .getByText(/签名 1\/\d/)
      .first()
      .waitFor();
    await desk
      .getByRole("img", { name: /的签名$/ })
      .first()
      .waitFor();
    await takePicture(desk, "summary-way-seen-tablet");
    await expectAccessible(desk);
  });
});

/** Writes the comment that is open on the desk, and waits until it is saved. */
async function write(desk: Page, comment: string): Promise<void> {
  const saved = desk.waitForResponse((response) => response.url().endsWith("/comment") && response.ok());
  const editor = desk.locator(".editor textarea");
  await editor.fill(comment);
  await saved;
  await expect.poll(() => editor.inputValue(), PATIENT).toBe(comment);
}
