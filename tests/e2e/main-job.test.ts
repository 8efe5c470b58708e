/**
 * The main job in one story, in a real browser on the demo school: a teacher awards, the child sees it, the homeroom
 * teacher publishes, the guardian reads and takes the PDF along. Every page is looked at by axe on the way.
 */
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ledgerSize } from "@doudou/db/repositories/verification.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { expectAccessible, openStage, type Stage, takePicture } from "../support/stage.ts";

const COMMENT = "这学期你主动帮同桌整理书桌,也敢在课上说出自己的想法。下学期试着每周读完一本书,讲给我听。";

describe("the main job", () => {
  let stage: Stage;
  let teacher: Page;
  let child: string;

  beforeAll(async () => {
    stage = await openStage({ isAsAtHome: true });
  });
  afterAll(() => stage.close());

  const childrenGrid = () => teacher.getByRole("listbox");
  const labels = () => childrenGrid().getByRole("option").locator(".for-screen-readers").allInnerTexts();
  const cellOf = (name: string): Locator =>
    childrenGrid().getByRole("option", { name: new RegExp(`^${name}[,，]`) });
  const beansOf = async (name: string) => {
    const label = (await labels()).find((text) => text.startsWith(`${name}，`));
    return Number(/(\d+) 颗豆/.exec(label ?? "")?.[1]);
  };
  const sentAll = () =>
    teacher.waitForResponse((response) => response.url().endsWith("/api/v1/awards") && response.ok());

  test("the demo school has as much behind it as a school after some weeks of its second term", async () => {
    const page = await stage.signIn("student1", "tablet");
    const view = (await (await page.request.get("/api/v1/session")).json()) as SessionView;
    const { schoolId } = view.memberships[0]!;
    const { awards, voids } = await stage.server.deps.database.read(schoolId, (store) =>
      ledgerSize(store, schoolId),
    );
    expect(awards).toBeGreaterThan(100_000);
    expect(awards).toBeLessThan(150_000);
    expect(voids).toBeGreaterThan(100);
    await page.context().close();
  });

  test("a child signs in and finds its plant", async () => {
    const page = await stage.signIn("student1", "tablet");
    await page.waitForURL("**/me");
    await page.getByRole("heading", { level: 1, name: /你好/ }).waitFor();
    child = (await page.getByRole("heading", { level: 1 }).innerText()).split("，")[0]!;
    await page
      .getByRole("img", { name: /成长树/ })
      .first()
      .waitFor();
    await expectAccessible(page);
    await takePicture(page, "me-tablet");
    await page.context().close();
  });

  test("the teacher awards three children with two taps and undoes one", async () => {
    teacher = await stage.signIn("teacher1", "tablet");
    await teacher.waitForURL("**/classes");
    await teacher.getByRole("link", { name: /三年级1班/ }).waitFor();
    await expectAccessible(teacher);
    await takePicture(teacher, "classes-tablet");
    await teacher.getByRole("link", { name: /三年级1班/ }).click();
    await childrenGrid().waitFor();
    await expectAccessible(teacher);

    const others = (await labels()).map((label) => label.split("，")[0]!);
    const three = [child, ...others.filter((name) => name !== child)].slice(0, 3);
    const before = await Promise.all(three.map(beansOf));
    for (const name of three) await cellOf(name).tap();
    await expectAccessible(teacher);
    await takePicture(teacher, "class-tablet");

    await teacher.getByRole("tab", { name: /德育/ }).tap();
    const sent = sentAll();
    await teacher.getByRole("button", { name: /^用好好说话化解一次矛盾/ }).tap();
    await expect.poll(() => Promise.all(three.map(beansOf))).toEqual(before.map((beans) => beans + 3));
    await sent;

    const last = three[2]!;
    await cellOf(last).tap();
    const sentAgain = sentAll();
    await teacher.getByRole("button", { name: /^用好好说话化解一次矛盾/ }).tap();
    await sentAgain;
    await expect.poll(() => beansOf(last)).toBe(before[2]! + 6);
    const voided = teacher.waitForResponse(
      (response) => response.url().endsWith("/awards/void") && response.ok(),
    );
    await teacher.getByRole("button", { name: "撤销", exact: true }).tap();
    await voided;
    await expect.poll(() => beansOf(last)).toBe(before[2]! + 3);

    await teacher.reload();
    await childrenGrid().waitFor();
    expect(await Promise.all(three.map(beansOf))).toEqual(before.map((beans) => beans + 3));
  });

  test("the child sees what it was for and who saw it", async () => {
    const page = await stage.signIn("student1", "tablet");
    await page.getByText("用好好说话化解一次矛盾").first().waitFor();
    await expectAccessible(page);
    await page.context().close();
  });

  test("the homeroom teacher writes a comment, publishes, and the summary is frozen", async () => {
    await teacher.getByRole("link", { name: /学期成长报告/ }).click();
    await teacher.waitForURL("**/summaries*");
    await teacher
      .getByRole("navigation", { name: "学生名单" })
      .getByRole("link", { name: new RegExp(child) })
      .click();
    const saved = teacher.waitForResponse((response) => response.url().endsWith("/comment") && response.ok());
    await teacher.getByRole("textbox", { name: `写给${child}的评语` }).fill(COMMENT);
    await saved;
    await expectAccessible(teacher);
    await takePicture(teacher, "summaries-tablet");
    await teacher.getByRole("button", { name: "发布", exact: true }).click();
    const published = teacher.waitForResponse(
      (response) => response.url().endsWith("/publish") && response.ok(),
    );
    await teacher.getByRole("dialog").getByRole("button", { name: "发布", exact: true }).click();
    await published;
  });

  test("the guardian reads it on a phone and takes the PDF along", async () => {
    const page = await stage.signIn("parent1", "phone");
    await page.waitForURL("**/family**");
    await page
      .getByRole("link", { name: /2026–2027学年第一学期/ })
      .first()
      .waitFor();
    await expectAccessible(page);
    await takePicture(page, "family-phone");
    await page
      .getByRole("link", { name: /2026–2027学年第一学期/ })
      .first()
      .click();
    await page.waitForURL("**/summaries/**");
    await page.getByText(COMMENT).waitFor();
    await expectAccessible(page);
    await takePicture(page, "summary-phone");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: /下载 PDF/ }).click();
    const { text } = await extractText(
      await getDocumentProxy(new Uint8Array(await readFile(await (await download).path()))),
      {
        mergePages: true,
      },
    );
    const words = text.replaceAll(/\s/g, "");
    for (const expected of [child, "三年级1班", "森林小学", COMMENT, "德", "智", "体", "美", "劳"])
      expect(words).toContain(expected);
    await page.context().close();
  });
});
