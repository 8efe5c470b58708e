/** A child reads its term in its own little book, page by page; on the phone at home it is read together. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_PASSWORD } from "@doudou/server/demo.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import type { ClassSummaries } from "@doudou/shared/contract/summaries.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("the child's own version of a term summary", () => {
  let stage: Stage;
  let tablet: Page;
  let studentId: string;
  let termId: string;
  beforeAll(async () => {
    stage = await openStage();
    tablet = await stage.signIn("student1", "tablet");
    const session = (await (await tablet.request.get("/api/v1/session")).json()) as SessionView;
    const child = session.memberships.flatMap(({ students }) => students)[0]!;
    studentId = child.id;
    const desk = await (await stage.openContext("desktop")).newPage();
    await desk.request.post("/api/v1/session", { data: { login: "teacher1", password: DEMO_PASSWORD } });
    const list = await desk.request.get(`/api/v1/classes/${child.class!.id}/summaries`);
    termId = ((await list.json()) as ClassSummaries).term.id;
    const path = `/api/v1/students/${studentId}/summaries/${termId}`;
    const { commentVersion } = (await (await desk.request.get(path)).json()) as { commentVersion: number };
    const comment = "这学期你常常先听别人说完，再说自己的想法。下学期试着每天问一个问题吧！";
    await desk.request.put(`${path}/comment`, { data: { comment, commentVersion } });
    await desk.request.post(`${path}/publish`);
    await desk.context().close();
  });
  afterAll(() => stage.close());

  test("the child opens it from its portfolio and turns every page by key, even when the network goes", async () => {
    await openPath(tablet, "/me");
    const link = tablet.locator(`a[href="/me/stories/${termId}"]`);
    await link.scrollIntoViewIfNeeded();
    await takePicture(tablet, "child-story-shelf-tablet");
    await link.tap();
    await tablet.getByRole("heading", { level: 1, name: /的学期故事$/ }).waitFor();
    await takePicture(tablet, "child-story-tablet");
    await expectAccessible(tablet);
    await tablet.context().setOffline(true);
    const again = tablet.getByRole("button", { name: "从头再看" });
    for (let turned = 0; turned < 10 && !(await again.isVisible()); turned += 1) {
      const before = await tablet.getByRole("heading", { level: 1 }).innerText();
      await tablet.keyboard.press("ArrowRight");
      const heading = tablet.getByRole("heading", { level: 1 });
      await expect.poll(() => heading.innerText()).not.toBe(before);
      expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
      await takePicture(tablet, `child-story-tablet-${turned + 1}`);
      await expectAccessible(tablet);
    }
    await tablet.getByRole("heading", { name: "我的下一步" }).waitFor();
    await tablet.context().setOffline(false);
    await tablet.getByRole("link", { name: "给自己定一个小目标" }).tap();
    await tablet.getByRole("heading", { level: 2, name: /目标/ }).first().waitFor();
  });

  test("a term without a summary has no book yet, and says so kindly", async () => {
    await openPath(tablet, "/me/stories/0198b7a0-0000-7000-8000-00000000ffff");
    await tablet.getByRole("heading", { name: "小书还没有写好" }).waitFor();
    await expectAccessible(tablet);
  });

  test("without a network from the start it says so, and opens when there is one", async () => {
    await openPath(tablet, "/me");
    const link = tablet.locator(`a[href="/me/stories/${termId}"]`);
    await tablet.route(`**/summaries/${termId}`, (route) => route.abort());
    await link.tap();
    await tablet.getByRole("alert").first().waitFor();
    await tablet.unroute(`**/summaries/${termId}`);
    await tablet.evaluate(() => globalThis.dispatchEvent(new Event("online")));
    const book = tablet.getByRole("heading", { level: 1, name: /的学期故事$/ });
    await expect.poll(() => book.isVisible()).toBe(true);
  });

  test("a guardian opens it from the summary on the phone, in English too", async () => {
    const phone = await stage.signIn("parent1", "phone", "en");
    await openPath(phone, `/family/${studentId}/summaries/${termId}`);
    await phone.getByRole("link", { name: /^Read together/ }).tap();
    await phone.getByRole("heading", { level: 1, name: /story of the term$/ }).waitFor();
    await takePicture(phone, "child-story-phone-en");
    await expectAccessible(phone);
    const last = phone.getByRole("heading", { name: "What I try next" });
    for (let turned = 0; turned < 10 && !(await last.isVisible()); turned += 1) {
      const before = await phone.getByRole("heading", { level: 1 }).innerText();
      await phone.getByRole("button", { name: "Next" }).tap();
      await expect.poll(() => phone.getByRole("heading", { level: 1 }).innerText()).not.toBe(before);
      await takePicture(phone, `child-story-phone-en-${turned + 1}`);
    }
    await expectAccessible(phone);
    await phone.getByRole("link", { name: "Back to the term summary" }).waitFor();
    await phone.context().close();
  });
});
