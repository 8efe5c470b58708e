/** An administrator is led through a leak: from the first call to the letter, on the tablet; and a drill on the phone. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { INCIDENT_STEPS } from "@doudou/shared/domain/incidents.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("the register of incidents", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  test("an administrator enters a leak, answers every step, takes both texts along and closes it", async () => {
    const page = await stage.signIn("admin", "tablet");
    await openPath(page, "/office/privacy");
    await page.getByRole("heading", { name: "事件登记" }).waitFor();
    await page.getByText(/最近一次演练：2026年6月/).waitFor();
    await page.getByRole("link", { name: "打开事件登记" }).click();
    await page.getByRole("link", { name: /演练：一位老师/ }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "incidents-tablet");

    await page.getByRole("button", { name: "登记事件" }).click();
    const starting = page.getByRole("dialog", { name: "登记事件" });
    await starting.getByLabel("发生了什么").fill("三年级的名册发到了校外的邮箱。");
    await starting.getByLabel("家长姓名、电话").check();
    await starting.getByLabel("大约多少名孩子").fill("84");
    await starting.getByLabel("哪些班级").fill("三年级两个班");
    await expectAccessible(page);
    await takePicture(page, "incident-start-tablet");
    await starting.getByRole("button", { name: "登记事件" }).click();
    await page.getByRole("heading", { name: `还有 ${INCIDENT_STEPS.length} 步要回答` }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "incident-open-tablet");

    const step = page.getByRole("region", { name: /步要回答|已办结/ }).getByRole("listitem");
    const answer = page.getByRole("dialog");
    await step.nth(0).getByRole("button").click();
    await answer.getByLabel("备注").fill("请对方删除，对方书面确认。");
    await expectAccessible(page);
    await takePicture(page, "incident-step-tablet");
    await answer.getByRole("button", { name: "记下" }).click();
    await step.nth(0).getByText("请对方删除").waitFor();
    // Nothing is unticked without a word of why, and the first answer stays to be read.
    await step.nth(0).getByRole("button").click();
    await answer.getByText("其实没做").click();
    expect(await answer.getByRole("button", { name: "记下" }).isDisabled()).toBe(true);
    await answer.getByLabel("为什么").fill("还有一个收件人");
    await answer.getByRole("button", { name: "记下" }).click();
    await page.getByRole("heading", { name: `还有 ${INCIDENT_STEPS.length} 步要回答` }).waitFor();

    for (const [index, name] of INCIDENT_STEPS.entries()) {
      await step.nth(index).getByRole("button").click();
      if (name === "police") {
        await answer.getByText("不需要").click();
        await answer.getByLabel("为什么").fill("没有犯罪迹象");
      }
      await answer.getByRole("button", { name: "记下" }).click();
      await answer.waitFor({ state: "hidden" });
    }
    const letter = page.locator("details", { hasText: "给家长的信" });
    await letter.getByText("给家长的信").click();
    await letter.getByText(/不告诉任何人验证码/).waitFor();
    await letter.getByText(/（请填写）/).waitFor();
    const download = page.waitForEvent("download");
    await letter.getByRole("link", { name: "下载 Word" }).click();
    expect((await download).suggestedFilename()).toMatch(/关于孩子个人信息的告知\.docx$/);

    await page.getByRole("button", { name: "办结" }).click();
    await answer.getByRole("button", { name: "办结" }).click();
    await page.getByRole("heading", { name: "已办结" }).waitFor();
    await page.getByText(/^全部登记/).click();
    await page.getByText("还有一个收件人").waitFor();
    await expectAccessible(page);
    await takePicture(page, "incident-closed-tablet");

    // The log says which incident it was.
    const address = new URL(page.url()).pathname;
    await openPath(page, "/office/audit");
    await page.getByLabel("事项").selectOption({ label: "查看事件登记" });
    const looks = page.getByRole("main").getByRole("listitem");
    await expectAccessible(page);
    await takePicture(page, "incident-in-log-tablet");
    await looks.getByRole("link", { name: "打开这起事件" }).first().click();
    await page.getByRole("heading", { name: "已办结" }).waitFor();
    expect(new URL(page.url()).pathname).toBe(address);
  });

  test("a drill is started on the phone, in English, and marked as one", async () => {
    const page = await stage.signIn("admin", "phone", "en");
    await openPath(page, "/office/privacy/incidents");
    await page.getByRole("button", { name: "Start a drill" }).click();
    const starting = page.getByRole("dialog", { name: "Start a drill" });
    await starting.getByLabel("What happened").fill("A tablet was left on the bus.");
    await expectAccessible(page);
    await takePicture(page, "incident-start-phone");
    await starting.getByRole("button", { name: "Start a drill" }).click();
    await page.getByText("This is a drill").waitFor();
    await expectAccessible(page);
    await takePicture(page, "incident-drill-phone");
    const report = page.locator("details", { hasText: "Report to the authority" });
    await report.getByText("Report to the authority").click();
    await report.getByText(/\[DRILL\]/).waitFor();
  });
});
