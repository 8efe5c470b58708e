/** A family answers a term summary: a guardian signs on the phone and writes a word, the homeroom teacher reads and replies. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import type { ClassSummaries, SummaryList } from "@doudou/shared/contract/summaries.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";
import { draw } from "../support/strokes.ts";

const PATIENT = { timeout: 15_000 };

describe("answering a term summary", () => {
  let stage: Stage;
  let phone: Page;
  beforeAll(async () => {
    stage = await openStage();
    phone = await stage.signIn("parent1", "phone");
    // The test's browser has no voice to speak with: one that never comes to the end of a sentence stands in.
    await phone.addInitScript(() => {
      Object.defineProperty(globalThis, "speechSynthesis", { value: { speak() {}, cancel() {} } });
    });
  });
  afterAll(() => stage.close());

  const ask = async <T>(page: Page, path: string) =>
    (await (await page.request.get(`/api/v1${path}`)).json()) as T;
  const childrenOf = async (page: Page) =>
    (await ask<SessionView>(page, "/session")).memberships.flatMap(({ students }) => students);

  test("a guardian reads to the end, signs with a finger and writes; the teacher sees all of it and replies", async () => {
    const child = (await childrenOf(phone)).find(({ class: of }) => of?.name === "三年级1班");
    const desk = await stage.signIn("teacher1", "tablet");
    const classId = child!.class!.id;
    const { term } = await ask<ClassSummaries>(desk, `/classes/${classId}/summaries`);
    const termId = term.id;
    const summary = `/api/v1/students/${child!.id}/summaries/${termId}`;
    const comment = { comment: "你爱提问，也爱帮助别人。", commentVersion: 0 };
    await desk.request.put(`${summary}/comment`, { data: comment });
    expect((await desk.request.post(`${summary}/publish`)).ok()).toBe(true);
    await openPath(phone, `/family/${child!.id}`);
    await phone.getByText("新的", { exact: true }).first().waitFor();
    await openPath(phone, `/family/${child!.id}/summaries/${termId}`);

    // A grandparent makes it larger, and it stays so until told otherwise.
    const large = phone.getByRole("button", { name: "大字", exact: true });
    const sizeOf = () => phone.evaluate(() => getComputedStyle(document.documentElement).fontSize);
    const before = Number.parseFloat(await sizeOf());
    await large.tap();
    await phone.reload();
    await expect.poll(sizeOf).toBe(`${before * 1.25}px`);
    await phone.getByRole("heading", { level: 1 }).waitFor();
    await takePicture(phone, "summary-large-phone");
    await expectAccessible(phone);
    // So do the other pages of the family, and none of them grows wider than the narrowest phone.
    const wide = phone.viewportSize()!;
    await phone.setViewportSize({ width: 320, height: 640 });
    for (const path of [
      "/family",
      `/family/${child!.id}`,
      `/family/${child!.id}/privacy`,
      "/inbox",
      "/account",
    ]) {
      await openPath(phone, path);
      expect([path, await sizeOf()]).toEqual([path, `${before * 1.25}px`]);
      const beyond = () =>
        phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect([path, await beyond()]).toEqual([path, 0]);
      if (path === "/family") await takePicture(phone, "family-large-narrow");
    }
    await phone.setViewportSize(wide);
    await openPath(phone, `/family/${child!.id}/summaries/${termId}`);
    await large.tap();
    await expect.poll(sizeOf).toBe(`${before}px`);

    // A grandparent has it read aloud: the sentence stands large at the foot until it is told to stop.
    await phone.getByRole("button", { name: "读给我听" }).tap();
    const stop = phone.getByRole("button", { name: "停下" });
    await stop.last().waitFor();
    // It is marked on the page itself, in the first chapter.
    const marked = () =>
      phone.evaluate(() => {
        const [range] = CSS.highlights.get("being-read") ?? [];
        return range?.startContainer.parentElement?.matches(".chapter .sentence");
      });
    await expect.poll(marked).toBe(true);
    await takePicture(phone, "summary-aloud-phone");
    await expectAccessible(phone);
    await stop.last().tap();
    await stop.first().waitFor({ state: "hidden" });
    // In another language it has other words, and does not go on with those of before.
    const inLanguage = async (language: string) => {
      await phone.getByRole("banner").locator("button.menu-button").last().tap();
      await phone.getByRole("menuitem", { name: language }).tap();
    };
    await phone.getByRole("button", { name: "读给我听" }).tap();
    await stop.last().waitFor();
    await inLanguage("English");
    await phone.getByRole("button", { name: "Read it to me" }).waitFor();
    expect(await phone.getByRole("button", { name: "Stop", exact: true }).count()).toBe(0);
    await inLanguage("中文");

    const answer = phone.getByRole("button", { name: "签名" });
    await answer.scrollIntoViewIfNeeded();
    await takePicture(phone, "summary-answer-phone");
    await expectAccessible(phone);
    await answer.tap();
    const sheet = phone.getByRole("dialog", { name: "签名" });
    await sheet.getByRole("button", { name: "签好了" }).tap();
    await sheet.getByText("还没有写上名字。").waitFor();
    await draw(phone);
    await takePicture(phone, "summary-sign-phone");
    await expectAccessible(phone);

    await phone.context().setOffline(true);
    await sheet.getByRole("button", { name: "签好了" }).tap();
    // Nobody signs by itself: the sentence asks for another try and promises none.
    await sheet.getByText("现在连不上学校的服务器。请联网后再试。").waitFor();
    await phone.context().setOffline(false);
    await sheet.getByRole("button", { name: "签好了" }).tap(); // what was drawn is still there
    await sheet.waitFor({ state: "hidden" });
    await phone.getByText(/已签名/).waitFor();

    // The network is slow: what is typed meanwhile is the next message's and stays.
    const toTeacher = phone.getByLabel(/想对班主任说的话/);
    await toTeacher.fill("谢谢王老师，我们一起读完了。");
    const { promise: isTypedOn, resolve: sendOn } = Promise.withResolvers<void>();
    await phone.route("**/messages", (route) => isTypedOn.then(() => route.continue()));
    await phone.getByRole("button", { name: "发送" }).tap();
    await toTeacher.press("End");
    await toTeacher.pressSequentially("还有");
    sendOn();
    await phone.getByText("谢谢王老师，我们一起读完了。", { exact: true }).waitFor();
    await expect.poll(() => toTeacher.inputValue()).toBe("还有");
    await phone.unroute("**/messages");
    await takePicture(phone, "summary-signed-phone");
    await phone.reload();
    await phone.getByRole("img", { name: /的签名$/ }).waitFor();

    await openPath(desk, `/classes/${classId}/summaries?term=${termId}&student=${child!.id}`);
    await desk.getByRole("heading", { name: "家长的回应" }).waitFor();
    await desk.getByText("谢谢王老师，我们一起读完了。").waitFor();
    await desk
      .getByRole("img", { name: /的签名$/ })
      .first()
      .waitFor();
    const line = desk.locator(`nav a[href*="${child!.id}"]`);
    await expect.poll(() => line.innerText(), PATIENT).toMatch(/签名 1\/\d/);
    await desk.getByLabel(/^回复/).fill("谢谢您的陪伴！");
    await desk.getByRole("button", { name: "发送" }).tap();
    await desk.getByText("谢谢您的陪伴！").waitFor();
    await takePicture(desk, "summary-families-tablet");
    await expectAccessible(desk);

    await phone.reload();
    await phone.getByText("谢谢您的陪伴！").waitFor();

    // A correction: what it changed is told in words, and what was signed stays to be read, by who signed it and the teacher.
    const corrected = "你爱提问，也爱帮助别人，还学会了跳绳。";
    await desk.request.put(`${summary}/comment`, { data: { comment: corrected, commentVersion: 1 } });
    expect((await desk.request.post(`${summary}/publish`)).ok()).toBe(true);
    await phone.reload();
    await phone.getByText("班主任的话改了什么").tap();
    await phone.locator("dd", { hasText: comment.comment }).waitFor();
    await expectAccessible(phone);
    await takePicture(phone, "summary-corrected-phone");
    await phone.getByText(/已签名$/).waitFor();
    await phone.getByRole("link", { name: "第 1 版", exact: true }).tap();
    await phone.getByText(/^这是第 1 版，.*已被更正后的版本代替。$/).waitFor();
    expect(await phone.getByRole("button", { name: "签名" }).count()).toBe(0);
    expect(await phone.locator(".letter", { hasText: comment.comment }).count()).toBe(1);
    const paper = phone.getByRole("link", { name: "下载 PDF" });
    expect(await paper.getAttribute("href")).toMatch(/\/pdf\?revision=1$/);
    await expectAccessible(phone);
    await takePicture(phone, "summary-replaced-phone");
    await phone.getByRole("link", { name: "看最新的版本" }).tap();
    await phone.locator(".letter", { hasText: corrected }).waitFor();
    await desk.reload();
    await desk.getByRole("link", { name: "第 1 版", exact: true }).tap();
    await desk.locator(".letter", { hasText: comment.comment }).waitFor();
    await expectAccessible(desk);
    await takePicture(desk, "summary-replaced-tablet");
    await desk.context().close();

    const kept = await (await phone.request.get(`${summary}/pdf`)).body();
    await phone.getByRole("link", { name: "在线核验" }).tap();
    await phone.getByText("这是学校发布的成长报告。").waitFor();
    // Whoever holds a file finds out whether it is the school's, to the byte.
    const compare = (buffer: Buffer) =>
      phone
        .locator('input[accept="application/pdf"]')
        .setInputFiles({ name: "report.pdf", mimeType: "application/pdf", buffer });
    await compare(Buffer.concat([kept, Buffer.from(" ")]));
    await phone.getByText(/^和学校存下的那一份不一样/).waitFor();
    await compare(kept);
    await phone.getByText("和学校存下的那一份完全一样。").waitFor();
    await takePicture(phone, "verify-phone");
    await expectAccessible(phone);
    await phone.getByLabel("核验码").fill("2345-6789");
    await phone.getByRole("button", { name: "核验" }).tap();
    await phone.getByText(/没有找到这个核验码/).waitFor();
  });

  test("a late reply to last year's summary reaches who leads the child now, who opens it from the inbox and answers", async () => {
    const child = (await childrenOf(phone)).find(({ class: of }) => of?.name === "三年级1班")!;
    const { summaries } = await ask<SummaryList>(phone, `/students/${child.id}/summaries`);
    const { term } = summaries.at(-1)!;
    await openPath(phone, `/family/${child.id}/summaries/${term.id}`);
    await phone.getByLabel(/想对班主任说的话/).fill("暑假里我们又读了一遍，谢谢老师。");
    await phone.getByRole("button", { name: "发送" }).tap();
    await phone.getByText("暑假里我们又读了一遍，谢谢老师。").waitFor();

    const tablet = await stage.signIn("teacher1", "tablet");
    await openPath(tablet, `/classes/${child.class!.id}/summaries`);
    await tablet.getByRole("link", { name: /以前的家长来信，\d 封没看/ }).waitFor();
    await takePicture(tablet, "earlier-answers-door-tablet");
    await openPath(tablet, "/inbox");
    await tablet.locator(`a[href*="${term.id}"]`).first().tap();
    await tablet.waitForURL(/\/summaries\/earlier\?/);
    await tablet.getByText("暑假里我们又读了一遍，谢谢老师。").waitFor();
    await tablet.getByLabel(/^回复/).first().fill("收到，开学见！");
    await takePicture(tablet, "earlier-answers-tablet");
    await expectAccessible(tablet);
    await tablet.getByRole("button", { name: "发送" }).first().tap();
    await tablet.getByText("收到，开学见！").waitFor();
    await tablet.context().close();
    await phone.reload();
    await phone.getByText("收到，开学见！").waitFor();

    const small = await stage.signIn("teacher1", "phone", "en");
    await openPath(small, `/classes/${child.class!.id}/summaries/earlier`);
    await takePicture(small, "earlier-answers-phone-en");
    await expectAccessible(small);
    await small.request.patch("/api/v1/account", { data: { locale: "zh-CN" } });
    await small.context().close();
  });

  test("whoever cannot draw types the name; in English it is all there", async () => {
    const page = await stage.signIn("parent1", "phone", "en");
    const waiting: string[] = [];
    for (const { id } of await childrenOf(page)) {
      const { summaries } = await ask<SummaryList>(page, `/students/${id}/summaries`);
      const unsigned = summaries.filter(({ waitsFor }) => waitsFor === "reading" || waitsFor === "signature");
      waiting.push(...unsigned.map(({ term }) => `/family/${id}/summaries/${term.id}`));
    }
    await openPath(page, waiting[0]!);
    await page.getByRole("button", { name: "Sign", exact: true }).tap();
    const sheet = page.getByRole("dialog", { name: "Sign" });
    await sheet.getByRole("button", { name: "Cannot write by hand? Type your name" }).tap();
    await sheet.getByLabel("Your name").fill("Lin Mama");
    await expectAccessible(page);
    await sheet.getByRole("button", { name: "Done" }).tap();
    await page.getByText(/signed on/).waitFor();
    await page.getByText("Lin Mama").waitFor();
    await page.context().close();
  });
});
