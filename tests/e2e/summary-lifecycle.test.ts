/** A class's term summaries from the first word to the last: written beside the evidence, offline too, a colleague's sentence. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import type { ClassSummaries } from "@doudou/shared/contract/summaries.ts";
import type { OwnRemarks } from "@doudou/shared/contract/summary-writing.ts";
import { STAGE_NOW } from "../support/stage-time.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

const PATIENT = { timeout: 15_000 };

describe("the life of a class's term summaries", () => {
  let stage: Stage;
  let desk: Page;
  let classId: string;
  beforeAll(async () => {
    stage = await openStage({ isAsAtHome: true });
    desk = await stage.signIn("teacher1", "tablet");
    const { classes } = await ask<ClassList>(desk, "/classes");
    classId = classes.find(({ isHomeroom }) => isHomeroom)!.id;
  });
  afterAll(() => stage.close());

  const ask = async <T>(page: Page, path: string) =>
    (await (await page.request.get(`/api/v1${path}`)).json()) as T;
  const listOf = () => ask<ClassSummaries>(desk, `/classes/${classId}/summaries`);
  const editor = () => desk.locator(".editor textarea");

  test("the teacher takes up what was seen, is told of a comment that reads like another, and steps on by keys", async () => {
    const wholeClass = desk.waitForResponse((response) => response.url().includes("/summary-evidence?"));
    await openPath(desk, `/classes/${classId}/summaries`);
    expect((await wholeClass).ok()).toBe(true);
    await desk.getByRole("heading", { name: /这学期的记录$/ }).waitFor();
    const phrase = desk.locator(".phrase").first();
    await phrase.waitFor();
    const words = (await phrase.innerText()).trim();
    await phrase.click();
    expect(await editor().inputValue()).toBe(words);
    expect(await editor().evaluate((field) => document.activeElement === field)).toBe(true);
    const long = `${words}课堂上你总能把想法讲给大家听，值日也做得干干净净。`;
    await editor().fill(long);
    const saved = desk.waitForResponse((response) => response.url().endsWith("/comment") && response.ok());
    await editor().press("Control+Enter");
    await saved;
    await expect.poll(() => editor().inputValue(), PATIENT).toBe("");
    await editor().fill(long);
    await desk.getByText(/的评语很像。每个孩子/).waitFor();
    expect(await desk.locator("nav a", { hasText: "和别人的评语很像" }).count()).toBe(2);
    await expectAccessible(desk);
    await takePicture(desk, "summary-writing-tablet");
    await editor().press("Alt+ArrowUp");
    await expect.poll(() => editor().inputValue(), PATIENT).toBe(long);
  });

  test("without a network the page opens, and what is written there survives the tab and is sent later", async () => {
    const [third] = (await listOf()).students.slice(2);
    const path = `/classes/${classId}/summaries?student=${third!.id}`;
    await openPath(desk, path);
    await editor().waitFor();
    const context = desk.context();
    await desk.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await context.setOffline(true);
    await editor().fill("断网的晚上，老师也在想着你。");
    await desk.getByText("先存在这台设备上，联网后自动保存").waitFor();
    await desk.close({ runBeforeUnload: false });
    desk = await context.newPage();
    await openPath(desk, path);
    await expect.poll(() => editor().inputValue(), PATIENT).toBe("断网的晚上，老师也在想着你。");
    await context.setOffline(false);
    await expect
      .poll(async () => (await listOf()).students[2]?.comment, PATIENT)
      .toBe("断网的晚上，老师也在想着你。");
  });

  test("a desk left while nothing could be saved, and opened again, takes its own words for nobody else's", async () => {
    const student = (await listOf()).students[3]!;
    const context = desk.context();
    const page = await context.newPage();
    const field = page.locator(".editor textarea");
    await page.clock.install({ time: STAGE_NOW });
    await openPath(page, `/classes/${classId}/summaries?student=${student.id}`);
    const sent: string[] = [];
    await context.route("**/comment", async (route) => {
      sent.push((route.request().postDataJSON() as { comment: string }).comment);
      await route.abort();
    });
    const held = page.getByText("先存在这台设备上，联网后自动保存");
    await field.fill("你爱");
    await held.waitFor();
    await page.getByRole("banner").locator(`a[href="/classes/${classId}"]`).click();
    await page.getByRole("listbox").waitFor();
    await page.goBack();
    await expect.poll(() => field.inputValue(), PATIENT).toBe("你爱");
    await field.fill("你爱提问");
    await expect.poll(() => sent.at(-1), PATIENT).toBe("你爱提问");
    await held.waitFor();
    sent.length = 0;
    await page.clock.runFor(20_000);
    await expect.poll(() => sent.length, PATIENT).toBeGreaterThan(0);
    expect(new Set(sent)).toEqual(new Set(["你爱提问"]));
    await context.unroute("**/comment");
    await page.clock.runFor(10_000);
    await expect.poll(async () => (await listOf()).students[3]?.comment, PATIENT).toBe("你爱提问");
    await page.close();
  });

  test("a child that was never opened has its evidence and phrases without a network, and the comment is sent later", async () => {
    const { students } = await listOf();
    const [fourth, last] = [students[3]!, students.at(-1)!];
    await openPath(desk, `/classes/${classId}/summaries?student=${fourth.id}`);
    await desk.locator(".phrase").first().waitFor();
    const context = desk.context();
    await context.setOffline(true);
    await desk.locator(`nav a[href*="${last.id}"]`).tap();
    await desk.getByRole("region", { name: `${last.name}这学期的记录` }).waitFor();
    const phrase = desk.locator(".phrase").first();
    const words = (await phrase.innerText()).trim();
    await phrase.tap();
    await desk.getByText("先存在这台设备上，联网后自动保存").waitFor();
    await takePicture(desk, "summary-offline-evidence-tablet");
    await expectAccessible(desk);
    await context.setOffline(false);
    await expect.poll(async () => (await listOf()).students.at(-1)?.comment, PATIENT).toBe(words);
  });

  test("a subject teacher adds a sentence, and the homeroom teacher finds it beside the comment", async () => {
    const { students, term } = await listOf();
    const colleague = await stage.signIn("teacher2", "phone");
    const { classes } = await ask<ClassList>(colleague, "/classes");
    const taught = classes.find(({ id, subjects }) => id === classId && subjects.length > 0);
    expect(taught).toBeDefined();
    await openPath(colleague, "/classes");
    await colleague.locator(`a[href="/classes/${classId}/remarks"]`).tap();
    const line = colleague.getByLabel(students[0]!.name);
    await line.fill("你在课上问的问题，让大家停下来。");
    await line.press("Enter");
    await colleague.getByText("已保存", { exact: true }).waitFor();
    await expectAccessible(colleague);
    await takePicture(colleague, "summary-remarks-phone");
    // The same teacher on another device meanwhile: neither sentence is overwritten unseen.
    const own = await ask<OwnRemarks>(colleague, `/classes/${classId}/summary-remarks`);
    const [subject] = own.subjects;
    const { version } = own.students[0]!.remarks.find(({ subject: of }) => of === subject!.code)!;
    const path = `/api/v1/students/${students[0]!.id}/summaries/${term.id}/remark`;
    const elsewhere = { subject: subject!.code, text: "你很会提问。", version };
    expect((await colleague.request.put(path, { data: elsewhere })).status()).toBe(200);
    await line.fill("你在课上问的问题，常让大家停下来想一想。");
    await colleague.getByText("这句话在别处改成了：“你很会提问。”").waitFor();
    expect(await line.inputValue()).toBe("你在课上问的问题，常让大家停下来想一想。");
    await expectAccessible(colleague);
    await takePicture(colleague, "summary-remark-conflict-phone");
    await colleague.getByRole("button", { name: "用我写的" }).tap();
    await colleague.getByText("已保存", { exact: true }).waitFor();
    // Without a network a sentence is kept on the phone: it outlives the tab, and is sent when the page is opened again.
    const second = students[1]!.name;
    const context = colleague.context();
    await colleague.route("**/remark", (route) => route.abort());
    await colleague.getByLabel(second).fill("你画的图，同学都看得懂。");
    await colleague.getByText("先存在这台设备上，联网后自动保存").waitFor();
    await expectAccessible(colleague);
    await takePicture(colleague, "summary-remark-held-phone");
    await colleague.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await openPath(again, `/classes/${classId}/remarks`);
    await again.getByText("已保存", { exact: true }).waitFor();
    expect(await again.getByLabel(second).inputValue()).toBe("你画的图，同学都看得懂。");
    expect((await listOf()).students[1]?.remarks).toMatchObject([{ text: "你画的图，同学都看得懂。" }]);
    await context.close();
    await openPath(desk, `/classes/${classId}/summaries?term=${term.id}&student=${students[0]!.id}`);
    await desk.getByText("你在课上问的问题，常让大家停下来想一想。").waitFor();
    await takePicture(desk, "summary-evidence-tablet");
  });

  test("where the school approves first, the class is handed in, returned with a remark, approved, and planned for the evening", async () => {
    const office = await stage.signIn("admin", "desktop");
    await openPath(office, "/office/settings");
    const setting = office.getByRole("switch", { name: /先审核再发布/ });
    await office.getByText("学期成长报告先审核再发布").click();
    const card = office.locator("form.card").filter({ has: setting });
    await card.getByRole("button", { name: "保存" }).click();
    await office.getByText("已保存").first().waitFor();

    await openPath(desk, `/classes/${classId}/summaries`);
    await desk.getByRole("button", { name: "交给学校审核" }).click();
    await desk.getByText("已交，等待审核").waitFor();

    await openPath(office, "/office/summaries");
    await office.getByText("1 个班等待审核").waitFor();
    await office.getByRole("button", { name: "开始看" }).click();
    await office.getByText(/于 .* 看过 12 个班/).waitFor();
    await office
      .getByText(/^还缺：没有评语/)
      .first()
      .waitFor();
    await expectAccessible(office);
    await takePicture(office, "office-summaries-desktop");
    await office.getByRole("link", { name: /等待审核/ }).click();
    // What is frozen with the comment is read with it, and a comment that reads like another's is pointed out.
    const [first, second] = (await listOf()).students;
    const read = office.locator("main li", { has: office.getByRole("heading", { name: first!.name }) });
    await read.getByText("你在课上问的问题，常让大家停下来想一想。").waitFor();
    await read.getByText(`和${second!.name}的评语很像`).waitFor();
    await office.getByRole("button", { name: /^批注/ }).first().click();
    await office.getByLabel(/这份的批注$/).fill("再写一件只属于这个孩子的事。");
    await expectAccessible(office);
    await takePicture(office, "office-review-desktop");
    await office.getByRole("button", { name: "退回修改" }).click();
    await office.getByText("已退回，请修改").waitFor();

    await desk.reload();
    await desk.getByText("审核批注：再写一件只属于这个孩子的事。").waitFor();
    await desk.getByText("还缺什么").click();
    await desk.getByRole("heading", { name: /^没有评语/ }).waitFor();
    await expectAccessible(desk);
    await takePicture(desk, "summary-returned-tablet");
    await desk.getByRole("button", { name: "再次交给学校审核" }).click();
    await desk.getByText("已交，等待审核").waitFor();
    await office.reload();
    await office.getByRole("button", { name: "审核通过" }).click();
    await office.getByText(/^审核通过 ·/).waitFor();
    await office.context().close();

    await desk.reload();
    await desk.getByRole("button", { name: "定时发布" }).click();
    await expectAccessible(desk);
    await takePicture(desk, "summary-plan-tablet");
    await desk.getByRole("button", { name: "定下来" }).click();
    await desk.getByText(/19:00(（学校时间）)? 发布$/).waitFor();
    await takePicture(desk, "summary-planned-tablet");
    await desk.getByRole("button", { name: "取消定时发布" }).click();
    await desk.getByRole("button", { name: "定时发布", exact: true }).waitFor();
  });

  test.each(["zh-CN", "en"] as const)(
    "the office plans one hour for the classes that are ready, sees which are not, and cancels it as a whole, in %s",
    async (locale) => {
      const words = {
        "zh-CN": {
          plan: "定时发布",
          title: "多个班同一时间发布",
          takes: /^到时发布 1 个班：/,
          leftOut: "11 个班不在其中",
          notApproved: "还没有审核通过",
          set: "定下来",
          done: "已安排 1 个班。 11 个班不在其中",
          planned: /^1 个班，由.*安排$/,
          cancel: "全部取消",
        },
        en: {
          plan: "Publish at a time",
          title: "Many classes at one time",
          takes: /^1 class will be published: /,
          leftOut: "11 classes are not among them",
          notApproved: "not approved yet",
          set: "Set it",
          done: "1 class planned. 11 classes are not among them",
          planned: /^1 class, planned by /,
          cancel: "Cancel them all",
        },
      }[locale];
      const office = await stage.signIn("admin", locale === "en" ? "phone" : "tablet", locale);
      await openPath(office, "/office/summaries");
      await office.getByRole("button", { name: words.plan, exact: true }).click();
      const sheet = office.getByRole("dialog", { name: words.title });
      await sheet.getByText(words.takes).waitFor();
      await sheet.getByText(words.leftOut).click();
      await sheet.getByText(words.notApproved).first().waitFor();
      await expectAccessible(office);
      await takePicture(office, `office-plan-sheet-${locale}`);
      await sheet.getByRole("button", { name: words.set }).click();
      await office.getByText(words.done).waitFor();
      await office.getByText(words.planned).waitFor();
      expect((await listOf()).round.publication).toMatchObject({ state: "waiting" });
      await expectAccessible(office);
      await takePicture(office, `office-planned-${locale}`);
      await office.getByRole("button", { name: words.cancel }).click();
      await office.getByText(words.planned).waitFor({ state: "detached" });
      expect((await listOf()).round.publication).toMatchObject({ state: "cancelled" });
      await office.context().close();
    },
  );
});
