/** A family is told that a summary is there: in the app, by mail where somebody gave an address, and once more by hand. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import type { ClassSummaries } from "@doudou/shared/contract/summaries.ts";
import { type MailServer, startMailServer, wordsOf } from "../support/mail-server.ts";
import { freePort } from "../support/free-port.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";
import { STAGE_NOW } from "../support/stage-time.ts";

const PATIENT = { timeout: 30_000 };
const MINUTE = 60_000;

describe("being told of a term summary", () => {
  let mail: MailServer;
  let stage: Stage;
  let phone: Page;
  let desk: Page;
  let classId: string;
  let name: string;
  let passedMs = 0;
  beforeAll(async () => {
    mail = await startMailServer();
    const port = String(await freePort());
    stage = await openStage({
      now: () => new Date(STAGE_NOW.getTime() + passedMs),
      env: {
        PORT: port,
        DOUDOU_ORIGIN: `http://127.0.0.1:${port}`, // where a mail's link leads is known before the server starts
        DOUDOU_SMTP_URL: mail.url,
        DOUDOU_MAIL_FROM: "豆豆成长 <doudou@example.edu.cn>",
      },
    });
    phone = await stage.signIn("parent1", "phone");
    desk = await stage.signIn("teacher1", "tablet");
  });
  afterAll(async () => {
    await stage.close();
    await mail.close();
  });

  const ask = async <T>(page: Page, path: string) =>
    (await (await page.request.get(`/api/v1${path}`)).json()) as T;
  /** What the mails so far say. */
  const words = () => mail.mails.map(wordsOf);

  test("a guardian finds it among the messages, and opening it leads there", async () => {
    const { memberships } = await ask<SessionView>(phone, "/session");
    const child = memberships
      .flatMap(({ students }) => students)
      .find(({ class: of }) => of?.name === "三年级1班");
    classId = child!.class!.id;
    name = child!.name;
    const { term } = await ask<ClassSummaries>(desk, `/classes/${classId}/summaries`);
    const summary = `/api/v1/students/${child!.id}/summaries/${term.id}`;
    await desk.request.put(`${summary}/comment`, { data: { comment: "你爱提问。", commentVersion: 0 } });
    expect((await desk.request.post(`${summary}/publish`)).ok()).toBe(true);

    await openPath(phone, "/inbox");
    const notice = phone.getByRole("link", { name: `${name}的学期成长报告发布了` }).first();
    await notice.getByText("未读").waitFor();
    await expectAccessible(phone);
    await takePicture(phone, "inbox-phone");
    await notice.tap();
    await phone.waitForURL(`**/family/${child!.id}/summaries/${term.id}`);
    await openPath(phone, "/inbox");
    await expect.poll(() => notice.getByText("未读").count(), PATIENT).toBe(0);
  });

  test("who gives an address and confirms it by the code is told by mail from then on", async () => {
    await openPath(phone, "/account");
    await phone.getByLabel("邮箱", { exact: true }).fill("grandma@example.com");
    await phone.getByRole("button", { name: "发送验证码" }).tap();
    const field = phone.getByLabel("验证码", { exact: true });
    await field.waitFor();
    await expect.poll(() => mail.mails.length, PATIENT).toBe(1);
    await takePicture(phone, "mail-code-phone");
    await field.fill(/\b\d{6}\b/.exec(words()[0]!)![0]);
    await phone.getByRole("button", { name: "确认", exact: true }).tap();
    await phone.getByRole("switch", { name: "有新消息时发邮件" }).waitFor();
    await expectAccessible(phone);
    await takePicture(phone, "mail-on-phone");
  });

  test("the homeroom teacher sees whom a reminder reaches before it goes; the mail names nobody", async () => {
    await openPath(desk, `/classes/${classId}/summaries`);
    await desk.getByRole("button", { name: "轻轻提醒家长" }).tap();
    const sheet = desk.getByRole("dialog", { name: "轻轻提醒" });
    await sheet.getByText(name).waitFor();
    await sheet.getByText(/1 个家庭会收到邮件和消息/).waitFor();
    await expectAccessible(desk);
    await takePicture(desk, "nudge-tablet");
    await sheet.getByRole("button", { name: /^提醒 \d+ 个家庭$/ }).tap();
    await sheet.waitFor({ state: "hidden" });
    passedMs += MINUTE; // what happens within some seconds is told by one mail
    await expect.poll(() => mail.mails.length, PATIENT).toBe(2);
    expect(words()[1]).not.toContain(name);
    await openPath(phone, "/inbox");
    await phone.getByText(`${name}的学期成长报告在等您阅读和签名`).waitFor();
    await desk.getByRole("button", { name: "轻轻提醒家长" }).tap();
    await sheet.getByText(/提醒过/).waitFor();
    await takePicture(desk, "nudged-tablet");
  });

  test("the link in a mail ends them all without signing in", async () => {
    const link = /https?:\/\/\S*\/mail\/stop\S*/.exec(words()[1]!)![0];
    const page = await (await stage.openContext("phone")).newPage();
    await openPath(page, link.replace(/^https?:\/\/[^/]+/, ""));
    await expectAccessible(page);
    await takePicture(page, "mail-stop-phone");
    await page.getByRole("button", { name: "停用" }).tap();
    await page.getByText(/^已停用/).waitFor();
    await openPath(phone, "/account");
    const isOn = phone.getByRole("switch", { name: "有新消息时发邮件" });
    await expect.poll(() => isOn.isChecked(), PATIENT).toBe(false);
  });

  test("at the planned hour the teacher is told that some were left out, and the desk says who", async () => {
    const summaries = `/classes/${classId}/summaries`;
    const { term, students } = await ask<ClassSummaries>(desk, summaries);
    const second = students[1]!;
    await desk.request.put(`/api/v1/students/${second.id}/summaries/${term.id}/comment`, {
      data: { comment: "你画的小猫会笑。", commentVersion: 0 },
    });
    const publishAt = new Date(STAGE_NOW.getTime() + passedMs + MINUTE).toISOString();
    await desk.request.put(`/api/v1${summaries}/publication`, { data: { termId: term.id, publishAt } });
    passedMs += 2 * MINUTE;
    const isDone = async () => (await ask<ClassSummaries>(desk, summaries)).round.publication?.state;
    await expect.poll(isDone, { timeout: 30_000 }).toBe("done");
    await openPath(desk, "/inbox");
    await desk.getByRole("link", { name: /三年级1班的学期成长报告定时发布了，还有几份没有发布/ }).tap();
    await desk.getByText(/定时发布了 1 份$/).waitFor();
    await desk.getByText(`还有 ${students.length - 2} 份没有发布`).tap();
    const left = desk.locator("details[open] li", { hasText: students[2]!.name });
    await left.getByText("待写").waitFor();
    await expectAccessible(desk);
    await takePicture(desk, "publication-left-out-tablet");
    await left.getByRole("link").tap();
    await desk.getByRole("heading", { name: students[2]!.name, exact: true }).waitFor();
  });
});
