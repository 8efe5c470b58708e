/** A homeroom teacher helps one child by a plan: its tiles are there for that child alone, also with the cable out. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("an individual plan", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ isAsAtHome: true });
  });
  afterAll(() => stage.close());

  const openClass = async (page: Page) => {
    await page.waitForURL("**/classes");
    await page.locator("a[href^='/classes/']").first().click();
    await page.getByRole("listbox").waitFor();
    return page.url().split("/").at(-1) ?? "";
  };
  const OWN = /^需要时先举手/;

  test("made on a tablet, its tile is there for that child alone and given offline, and its weeks are told", async () => {
    const page = await stage.signIn("teacher1", "tablet");
    const classId = await openClass(page);
    const roster = await page.request.get(`/api/v1/classes/${classId}/roster`);
    const { students } = (await roster.json()) as { students: { id: string; name: string }[] };
    const [, , child, mate] = students;

    await openPath(page, `/students/${child?.id}`);
    await page.getByRole("button", { name: "做一份计划" }).click();
    await page.getByRole("textbox", { name: "正在练的事" }).fill("遇到难题先请人帮忙");
    await page.getByRole("textbox", { name: "有用的支持" }).fill("座位靠前，轻声提醒");
    await page.getByRole("textbox", { name: "观测点 1" }).fill("需要时先举手");
    await expectAccessible(page);
    await takePicture(page, "individual-plan-form-tablet");
    // Closed by a slip: what was written is still there.
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "做一份计划" }).click();
    expect(await page.getByRole("textbox", { name: "正在练的事" }).inputValue()).toBe("遇到难题先请人帮忙");
    await page.getByRole("button", { name: "保存计划" }).click();
    await page.getByText("记录还太少，说不出变化").waitFor();
    await page.getByRole("textbox", { name: "今天看到的" }).fill("数学课举手问了一次");
    await page.getByRole("button", { name: "记下", exact: true }).click();
    await page.getByRole("listitem", { name: "数学课举手问了一次" }).waitFor();

    await page.goto(`/classes/${classId}`);
    const tile = page.getByRole("tabpanel").getByRole("button", { name: OWN });
    const cell = (name = "") => page.getByRole("option", { name: new RegExp(name) });
    await cell(child?.name).click();
    await tile.waitFor();
    await expectAccessible(page);
    await takePicture(page, "individual-plan-class-tablet");
    await cell(mate?.name).click();
    await expect.poll(() => tile.count()).toBe(0);
    await cell(child?.name).click();
    await expect.poll(() => tile.count()).toBe(0);

    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await page.reload();
    await page.getByRole("listbox").waitFor();
    await page.context().setOffline(true);
    await page.reload();
    await page.getByRole("listbox").waitFor();
    await cell(child?.name).click();
    await tile.click();
    // What is said of it where others may look on is the indicator's name.
    expect(await page.getByText("需要时先举手").count()).toBe(0);
    const sent = page.waitForResponse((response) => response.url().endsWith("/awards") && response.ok());
    await page.context().setOffline(false);
    await sent;
    await openPath(page, `/students/${child?.id}`);
    await page.getByText("记录 1 次").waitFor();
    await page.context().close();
  });

  test("in English on a phone: how its points go, and looking back on it", async () => {
    const page = await stage.signIn("teacher1", "phone", "en");
    const classId = await openClass(page);
    const answer = await page.request.get(`/api/v1/observation-points?classId=${classId}`);
    const { ownPoints } = (await answer.json()) as { ownPoints: { studentId: string; points: object[] }[] };
    const shown = ownPoints.find(({ points }) => points.length === 2);
    await openPath(page, `/students/${shown?.studentId}`);
    const plan = page.getByRole("region", { name: "Individual plan" });
    await plan.scrollIntoViewIfNeeded();
    await expectAccessible(page);
    await takePicture(page, "individual-plan-en-phone");
    await plan.getByRole("button", { name: "Look back and end" }).click();
    await page.getByRole("textbox", { name: "What helped" }).fill("The flow card on the desk");
    await expectAccessible(page);
    await page.getByRole("button", { name: "End the plan" }).click();
    await plan.getByText("Earlier plans (1)").click();
    await plan.getByText("The flow card on the desk").waitFor();
    await page.context().close();
  });
});
