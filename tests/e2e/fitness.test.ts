/** A PE teacher fills in a class on a tablet; the homeroom teacher's desk misses nothing any more; the family reads its own child's. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import type { FitnessDesk, FitnessTest } from "@doudou/shared/contract/fitness.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import type { ClassPieces } from "@doudou/shared/contract/summary-rounds.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

const PATIENT = { timeout: 15_000 };

describe("fitness tests", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  test("a class is typed in like a spreadsheet, over a lost network and a reload, and nobody lacks a result afterwards", async () => {
    const office = await stage.signIn("admin", "tablet");
    const { classes } = (await (await office.request.get("/api/v1/fitness-test")).json()) as FitnessTest;
    const { class: of } = classes.find(({ children, done }) => done < children)!;
    await openPath(office, "/office/fitness");
    await office.getByRole("link", { name: of.name }).waitFor();
    await takePicture(office, "fitness-office-tablet");
    await expectAccessible(office);
    const lacking = async () => {
      const answer = await office.request.get(`/api/v1/classes/${of.id}/summaries/pieces`);
      const { children } = (await answer.json()) as ClassPieces;
      return children.filter(({ pieces }) => pieces.includes("fitness")).length;
    };
    expect(await lacking()).toBeGreaterThan(0);

    const tester = await testerOf(of.id);
    const path = `/classes/${of.id}/fitness`;
    const desk = async () => (await (await tester.request.get(`/api/v1${path}`)).json()) as FitnessDesk;
    const { children } = await desk();
    await openPath(tester, path);
    const cell = (nth: number) => tester.getByRole("textbox", { name: `${children[nth]!.name} 一分钟跳绳` });
    await cell(0).fill("900");
    await tester.getByText("请再看看").waitFor();
    await cell(0).fill("121");
    await cell(0).press("Enter");
    await tester.keyboard.type("98");
    await expect.poll(() => cell(1).inputValue()).toBe("98");
    await tester.getByText("都保存好了").waitFor();
    await takePicture(tester, "fitness-tablet");
    await expectAccessible(tester);

    await tester.context().setOffline(true);
    await cell(2).fill("77");
    await tester.getByText(/先记在这台设备上/).waitFor();
    await tester.context().setOffline(false);
    await tester.reload();
    await expect.poll(() => cell(2).inputValue(), PATIENT).toBe("77");
    const rest = children.slice(3).map((_, nth) => String(60 + nth));
    await cell(3).evaluate((input, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, rest.join("\n"));
    await expect.poll(() => cell(3).inputValue()).toBe("60");
    await expect
      .poll(async () => (await desk()).children.filter(({ state }) => state.kind === "incomplete"), PATIENT)
      .toEqual([]);
    await tester.getByText(`已测完 ${children.length} / ${children.length} 人`).waitFor(PATIENT);
    await expect.poll(lacking, PATIENT).toBe(0);
    await tester.context().close();
    await office.context().close();
  });

  test("a guardian reads its own child's years on the phone, and the child reads its own in kind words", async () => {
    const phone = await stage.signIn("parent1", "phone");
    const session = (await (await phone.request.get("/api/v1/session")).json()) as SessionView;
    const [theirs] = session.memberships.flatMap(({ students }) => students);
    await openPath(phone, `/family/${theirs!.id}`);
    const section = phone.getByRole("region", { name: "体质测试" });
    await section.waitFor(PATIENT);
    await section.scrollIntoViewIfNeeded();
    await section.getByText("体重指数").waitFor();
    await takePicture(phone, "fitness-guardian-phone");
    await expectAccessible(phone);
    await phone.context().close();

    const child = await stage.signIn("student1", "tablet", "en");
    const own = child.getByRole("region", { name: "Fitness test" });
    await own.waitFor(PATIENT);
    await own.scrollIntoViewIfNeeded();
    expect(await own.getByText("Body mass index").count()).toBe(0);
    expect(await own.getByText("Not passed").count()).toBe(0);
    await takePicture(child, "fitness-child-tablet-en");
    await expectAccessible(child);
    await child.context().close();
  });

  /** Signs in who teaches a class physical education. */
  async function testerOf(classId: string) {
    for (let n = 1; n <= 40; n += 1) {
      const page = await stage.signIn(`teacher${n}`, "tablet");
      const { classes } = (await (await page.request.get("/api/v1/classes")).json()) as ClassList;
      const isOfClass = classes.some(({ id }) => id === classId);
      if (isOfClass && (await page.request.get(`/api/v1/classes/${classId}/fitness`)).ok()) return page;
      await page.context().close();
    }
    throw new Error("nobody tests the class");
  }
});
