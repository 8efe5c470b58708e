/** A child at the shared tablet: signs in by card, looks, and is gone without a trace; and the teacher who gives out cards. */
import type { Page } from "playwright-core";
import { getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassCards, IssuedCards } from "@doudou/shared/contract/cards.ts";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import { type Camera, createCamera } from "../support/camera.ts";
import { swipe } from "../support/gestures.ts";
import { STAGE_NOW } from "../support/stage-time.ts";
import { expectAccessible, openStage, type SCREENS, type Stage, takePicture } from "../support/stage.ts";

const MINUTE = 60_000;

describe.each(["zh-CN", "en"] as const)("in %s", (locale) => {
  const zh = locale === "zh-CN";
  let camera: Camera;
  let stage: Stage;
  let teacher: Page;
  let classId: string;
  beforeAll(async () => {
    camera = await createCamera();
    stage = await openStage({ args: camera.args });
    teacher = await stage.signIn("teacher1", "tablet", locale);
    const { classes } = await ask<ClassList>(teacher, "/classes");
    classId = classes.find(({ isHomeroom }) => isHomeroom)?.id ?? "";
  });
  afterAll(async () => {
    await stage.close();
    await camera.close();
  });

  const ask = async <T>(page: Page, path: string, data?: object): Promise<T> => {
    const answer = data
      ? await page.request.post(`/api/v1${path}`, { data })
      : await page.request.get(`/api/v1${path}`);
    return (await answer.json()) as T;
  };
  /** A new card of a child whose family agreed. */
  const newCard = async (nth = 0) => {
    const { students } = await ask<ClassCards>(teacher, `/classes/${classId}/cards`);
    const student = students.filter(({ hasConsent }) => hasConsent)[nth]?.student;
    const studentIds = [student?.id ?? ""];
    const { cards } = await ask<IssuedCards>(teacher, `/classes/${classId}/cards`, { studentIds });
    return { code: cards[0]?.code ?? "", name: student?.name ?? "" };
  };
  const openCardPage = async (screen: keyof typeof SCREENS, { sees = false } = {}) => {
    const context = await stage.openContext(screen, locale);
    if (sees) await context.grantPermissions(["camera"]);
    const page = await context.newPage();
    await page.goto("/sign-in");
    if (!zh) {
      // Chosen on this tablet, a language is kept whoever comes; a demo child's own is Chinese.
      for (const language of ["中文", "English"]) await page.getByRole("button", { name: language }).click();
    }
    await page.getByRole("link", { name: zh ? "我有豆豆卡" : "I have a Doudou card" }).click();
    await page.waitForURL("**/sign-in/card");
    return page;
  };
  const pictures = zh ? ["星星", "鱼", "铃铛"] : ["Star", "Fish", "Bell"];
  const tapPictures = async (page: Page, names: readonly string[] = pictures) => {
    for (const name of names) await page.getByRole("button", { name, exact: true }).tap();
  };

  test("a card before the camera, a PIN of pictures chosen twice, and the child's own page for a quarter of an hour", async () => {
    const { code } = await newCard();
    await camera.show(code);
    const page = await openCardPage("tablet", { sees: true });
    await page.getByRole("heading", { name: zh ? /^你好，/ : /^Hello, / }).waitFor();
    await expectAccessible(page);
    await takePicture(page, `card-pin-tablet-${locale}`);
    await tapPictures(page);
    await page.getByText(zh ? "好！再选一遍" : "Good! Now once more").waitFor();
    await tapPictures(page, [...pictures].reverse());
    await page.getByText(zh ? "两遍不一样" : "That was different").waitFor();
    await tapPictures(page);
    // The last thing the page asks for by itself: an answer that came later would set the tablet's clock right.
    const lastAnswer = page.waitForResponse((answer) => answer.url().endsWith("/reward-desk"));
    await tapPictures(page);
    await page.waitForURL("**/me");
    await page.getByText(zh ? "还可以看大约 15 分钟" : "About 15 min left").waitFor();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectAccessible(page);
    await takePicture(page, `card-me-tablet-${locale}`);
    await lastAnswer;

    await page.clock.setFixedTime(STAGE_NOW.getTime() + 14.5 * MINUTE);
    await page.getByText(zh ? "还可以看大约 1 分钟" : "About 1 min left").waitFor();
    await page.clock.setFixedTime(STAGE_NOW.getTime() + 15 * MINUTE);
    await page.waitForURL("**/sign-in/card");
    await page.goBack();
    await page.waitForURL("**/sign-in**");
    await expect
      .poll(() => page.getByRole("button", { name: zh ? "我看完了" : "I am done" }).count())
      .toBe(0);
    expect((await page.request.get("/api/v1/session")).status()).toBe(401);
    expect(await leftOn(page)).not.toMatch(/doudou\.seat|membership/);
    await page.context().close();
  });

  test("without a camera the code is typed; wrong pictures are told kindly, and after three there is a little rest", async () => {
    const { code, name } = await newCard(1);
    const page = await openCardPage("phone");
    await page.getByText(zh ? "没有打开镜头的许可" : "The camera is not allowed here").waitFor();
    await expectAccessible(page);
    const field = page.getByLabel(zh ? "卡上的号码" : "Code on the card");
    await field.fill("0000 0000 0000 0000");
    await page.getByRole("button", { name: zh ? "下一步" : "Next" }).tap();
    await page.getByText(zh ? "这张卡不能用了" : "This card is not in use").waitFor();
    await field.fill("");
    await field.pressSequentially(code.toLowerCase());
    expect(await field.inputValue()).toBe(code.replaceAll(/(.{4})(?=.)/g, "$1 "));
    await takePicture(page, `card-code-phone-${locale}`);
    await page.getByRole("button", { name: zh ? "下一步" : "Next" }).tap();
    await tapPictures(page);
    await tapPictures(page);
    await page.waitForURL("**/me");
    await page.getByRole("button", { name: zh ? "我看完了" : "I am done" }).tap();
    await page.waitForURL("**/sign-in/card");

    await page.getByLabel(zh ? "卡上的号码" : "Code on the card").fill(code);
    await page.getByRole("button", { name: zh ? "下一步" : "Next" }).tap();
    for (let attempt = 1; attempt <= 4; attempt++) {
      await tapPictures(page, [pictures[0]!, pictures[0]!, pictures[0]!]);
      const told = attempt <= 3 ? (zh ? "不对哦" : "Not quite") : zh ? "休息一下" : "Take a little rest";
      await page.getByRole("alert").getByText(told).waitFor();
    }
    expect(await page.getByRole("button", { name: pictures[0]!, exact: true }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await takePicture(page, `card-wait-phone-${locale}`);
    expect(name.length).toBeGreaterThan(0);
    await page.context().close();
  });

  test("the homeroom teacher issues cards, is warned before old ones die, and prints them to cut out", async () => {
    await teacher.goto(`/classes/${classId}`);
    await teacher.getByRole("button", { name: zh ? "课堂工具" : "Classroom tools" }).click();
    await teacher.getByRole("link", { name: zh ? "豆豆卡" : "Doudou card" }).click();
    await teacher.waitForURL("**/cards");
    await teacher.getByRole("checkbox", { name: zh ? "全选" : "Select all" }).waitFor();
    await expectAccessible(teacher);
    await takePicture(teacher, `cards-tablet-${locale}`);

    await teacher.getByRole("checkbox", { name: zh ? "全选" : "Select all" }).check();
    await teacher.getByRole("button", { name: zh ? /^给选中的/ : /^Issue cards: / }).click();
    const warning = teacher.getByRole("dialog");
    await warning.waitFor();
    await expectAccessible(teacher);
    await warning.getByRole("button", { name: zh ? /^给选中的/ : /^Issue cards: / }).click();
    await teacher.getByRole("heading", { name: zh ? /^发好了/ : /^Cards issued/ }).waitFor();
    await teacher.getByRole("article").first().waitFor();
    await expectAccessible(teacher);
    await takePicture(teacher, `cards-issued-tablet-${locale}`);

    const printed = await teacher.getByRole("article").all();
    const { students } = await ask<ClassCards>(teacher, `/classes/${classId}/cards`);
    expect(printed.length).toBe(students.filter(({ hasConsent }) => hasConsent).length);
    const [code = ""] = /(\w{4} ){3}\w{4}/.exec((await printed[0]!.innerText()).replaceAll("\n", " ")) ?? [];
    expect((await teacher.request.post("/api/v1/session/card/look", { data: { code } })).status()).toBe(200);
    await teacher.getByRole("button", { name: zh ? "完成" : "Done", exact: true }).click();
    await teacher.getByText(zh ? "还没有打印" : "Not printed yet").waitFor();
    // Printing tells the page so.
    const pdf = await getDocumentProxy(new Uint8Array(await teacher.pdf({ preferCSSPageSize: true })));
    expect(pdf.numPages).toBe(Math.ceil(printed.length / 10));
    await teacher.getByRole("button", { name: zh ? "完成" : "Done", exact: true }).click();
    await teacher
      .getByText(zh ? "还没用过" : "not used yet")
      .first()
      .waitFor();
    expect(await teacher.content()).not.toContain(code);
  });

  test("a child tells what it did and thanks a classmate; its teacher swipes through them, and the award is there", async () => {
    const { code } = await newCard();
    const page = await openCardPage("tablet");
    await page.getByLabel(zh ? "卡上的号码" : "Code on the card").fill(code);
    await page.getByRole("button", { name: zh ? "下一步" : "Next" }).tap();
    await tapPictures(page);
    await tapPictures(page);
    await page.waitForURL("**/me");
    await page.getByRole("button", { name: zh ? /^我做到了/ : /^I did it/ }).tap();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("listitem").first().waitFor();
    await expectAccessible(page);
    await takePicture(page, `tell-points-tablet-${locale}`);
    await sheet.getByRole("listitem").first().getByRole("button").tap();
    await sheet.getByRole("textbox").fill("我把图书角整理好了");
    await expectAccessible(page);
    await sheet.getByRole("button", { name: zh ? "告诉老师" : "Tell my teacher" }).tap();
    await page.getByText("我把图书角整理好了").first().waitFor();

    await page.getByRole("button", { name: zh ? /^谢谢你/ : /^Thank you/ }).tap();
    await sheet.getByRole("listitem").first().waitFor();
    await expectAccessible(page);
    await takePicture(page, `tell-classmates-tablet-${locale}`);
    await sheet.getByRole("listitem").first().getByRole("button").tap();
    await sheet.getByRole("listitem").first().getByRole("button").tap();
    await sheet.getByRole("textbox").fill("教我跳长绳");
    await takePicture(page, `tell-words-tablet-${locale}`);
    await sheet.getByRole("button", { name: zh ? "告诉老师" : "Tell my teacher" }).tap();
    await page
      .getByText(/教我跳长绳/)
      .first()
      .waitFor();
    await expectAccessible(page);
    const told = page.getByRole("region", { name: zh ? "我来说" : "My turn", exact: true });
    await told.scrollIntoViewIfNeeded();
    await takePicture(page, `tell-told-tablet-${locale}`);

    await teacher.goto(`/classes/${classId}`);
    await teacher.getByRole("link", { name: zh ? /条待确认$/ : /to confirm$/ }).click();
    await teacher.waitForURL("**/proposals");
    const card = teacher.locator("[data-proposal]", { hasText: "我把图书角整理好了" });
    await card.waitFor();
    await expectAccessible(teacher);
    await takePicture(teacher, `proposals-tablet-${locale}`);

    await swipe(teacher, card, 240);
    await card.waitFor({ state: "detached" });
    await teacher.getByRole("button", { name: zh ? "撤回" : "Undo" }).click();
    await card.waitFor();
    await swipe(teacher, card, -240);
    const phrases = card.getByRole("group", { name: zh ? /^回孩子一句话/ : /^A word for the child/ });
    await phrases.waitFor();
    await expectAccessible(teacher);
    await takePicture(teacher, `proposals-phrase-tablet-${locale}`);
    await phrases.getByRole("button", { name: zh ? "取消" : "Cancel" }).click();
    await card.getByRole("button", { name: zh ? "同意" : "Yes" }).focus();
    await teacher.keyboard.press("ArrowRight");
    await card.waitFor({ state: "detached" });
    // Leaving sends at once what could still be taken back; what does not arrive is told there, and sent once more.
    await teacher.route("**/proposals/answers", (route) => route.abort(), { times: 1 });
    await teacher.goBack();
    const notice = teacher.getByRole("listitem").filter({ hasText: zh ? /没有送到/ : /did not arrive/ });
    await notice.waitFor();
    // What is on its way can no longer be taken back, and nothing offers to.
    expect(await teacher.getByRole("button", { name: zh ? "撤回" : "Undo" }).count()).toBe(0);
    await expectAccessible(teacher);
    await takePicture(teacher, `proposals-not-sent-tablet-${locale}`);
    const answered = teacher.waitForResponse((response) => response.url().endsWith("/proposals/answers"));
    await notice.getByRole("button", { name: zh ? "再试一次" : "Try again" }).click();
    expect((await answered).status()).toBe(200);

    await page.reload();
    const answer = told.getByRole("listitem").filter({ hasText: "我把图书角整理好了" });
    await answer.getByText(zh ? "老师点头啦！" : "Your teacher says yes!").waitFor();
    const diary = page.getByRole("article").filter({ hasText: "我把图书角整理好了" });
    await diary.first().waitFor();
    await page.context().close();
  });
});

/** Everything a browser keeps for our pages. */
async function leftOn(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const kept: unknown[] = [Object.entries(localStorage), Object.entries(sessionStorage)];
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.addEventListener("success", () => resolve(opening.result));
        opening.addEventListener("error", () => reject(new Error(name)));
      });
      for (const store of database.objectStoreNames) {
        kept.push(
          await new Promise((resolve) => {
            const reading = database.transaction(store).objectStore(store).getAll();
            reading.addEventListener("success", () => resolve([store, reading.result]));
          }),
        );
      }
      database.close();
    }
    return JSON.stringify(kept);
  });
}
