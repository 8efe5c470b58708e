/** An evening of comments: a class of 45 written by keys alone, with the network gone for a third of it. */
import type { Page } from "playwright-core";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import type { ClassSummaries } from "@doudou/shared/contract/summaries.ts";
import { ask, expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

const CLASS_SIZE = 45;
const PATIENT = { timeout: 20_000 };
/** Places in the class list: when the network goes, and when it is back. */
const GOES = 15;
const COMES_BACK = 30;
const BACK_EVERY = 10;

describe("an evening of comments", () => {
  let stage: Stage;
  let desk: Page;
  let classId: string;
  beforeAll(async () => {
    stage = await openStage();
    desk = await stage.signIn("teacher1", "desktop");
    const { classes } = await ask<ClassList>(desk, "/classes");
    classId = classes.find(({ isHomeroom }) => isHomeroom)!.id;
    const office = await stage.signIn("admin", "desktop");
    for (let count = (await list()).students.length; count < CLASS_SIZE; count += 1) {
      const name = `林新${"一二三四五六七八九十"[count % 10]}`;
      const data = { id: uuidv7(), name, studentNo: `NEW${count}`, classId, from: "2026-09-01" };
      const added = await office.request.post("/api/v1/people/pupils", { data });
      if (!added.ok()) throw new Error(await added.text());
    }
    await office.context().close();
  });
  afterAll(() => stage.close());

  const list = () => ask<ClassSummaries>(desk, `/classes/${classId}/summaries`);
  /** Whose comment the keys go to; nothing where they go nowhere. */
  const writtenTo = () =>
    desk.evaluate(() => {
      const field = document.activeElement;
      return field instanceof HTMLTextAreaElement ? field.labels[0]?.textContent : undefined;
    });

  test("45 children are written to by keys alone, each in words of its own, and all of it reaches the school", async () => {
    const { students } = await list();
    expect(students.length).toBeGreaterThanOrEqual(CLASS_SIZE);
    const wholeClass = desk.waitForResponse((response) => response.url().includes("/summary-evidence?"));
    await openPath(desk, `/classes/${classId}/summaries`);
    await wholeClass;
    // The only way there without a mouse: the first field of the page that is written in.
    await desk.locator(".editor textarea").focus();
    await desk.keyboard.press("Control+End");
    const context = desk.context();
    const suggested: string[] = [];
    const wanted = new Map<string, string>();
    for (const [place, { id, name, comment }] of students.entries()) {
      if (place === GOES) await context.setOffline(true);
      if (place === COMES_BACK) await context.setOffline(false);
      // Written at once, as somebody does who knows the keys: no letter may land with the child before.
      const own = `第${place + 1}位是你。`;
      await desk.keyboard.type(own);
      expect(await writtenTo()).toContain(name);
      await desk
        .getByRole("region", { name: `${name}这学期的记录` })
        .locator(".phrase")
        .first()
        .waitFor();
      await desk.keyboard.press("Alt+Enter");
      const text = await desk.locator(".editor textarea").inputValue();
      expect(text.startsWith(`${comment}${own}`)).toBe(true);
      suggested.push(text.slice(comment.length + own.length));
      await desk.keyboard.type("加油！");
      wanted.set(id, `${text}加油！`);
      if (place % BACK_EVERY === BACK_EVERY - 1) {
        await desk.keyboard.press("Alt+ArrowUp");
        await desk.keyboard.type("又想起一件事。");
        expect(await writtenTo()).toContain(students[place - 1]!.name);
        const before = students[place - 1]!.id;
        wanted.set(before, `${wanted.get(before)}又想起一件事。`);
        await desk.keyboard.press("Alt+ArrowDown");
      }
      await desk.keyboard.press("Control+Enter");
    }
    // After the last child the keys stay where they are, and its words are saved.
    expect(await writtenTo()).toContain(students.at(-1)!.name);
    expect(new Set(suggested).size).toBe(students.length);
    expect(suggested.every((sentence) => sentence.length > 5)).toBe(true);
    const onServer = async () => new Map((await list()).students.map(({ id, comment }) => [id, comment]));
    await expect.poll(onServer, PATIENT).toEqual(wanted);
    await desk.getByText("已保存", { exact: false }).first().waitFor();
    await expectAccessible(desk);
    await takePicture(desk, "summary-evening-desktop");
  }, 90_000);
});
