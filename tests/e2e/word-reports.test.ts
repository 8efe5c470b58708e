/** Words that hurt: a child says so and they are put away, its teacher answers; a guardian asks the office, which takes words back. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import type { StudentVoices } from "@doudou/shared/contract/voices.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

const PATIENT = { timeout: 15_000 };

describe("words that hurt", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  test("a child puts a mate's words away and tells its teacher, who answers; the answer is read once", async () => {
    const child = await stage.signIn("student1", "tablet");
    const session = (await (await child.request.get("/api/v1/session")).json()) as SessionView;
    const student = session.memberships.flatMap(({ students }) => students)[0]!;
    const classId = student.class!.id;
    const voices = (await (
      await child.request.get(`/api/v1/students/${student.id}/voices`)
    ).json()) as StudentVoices;
    const words = voices.peer[0]!.words;

    await openPath(child, "/me");
    const said = child
      .getByRole("region", { name: "多元评价" })
      .locator("ul.lines")
      .first()
      .getByRole("listitem")
      .first();
    await said.getByText(words).scrollIntoViewIfNeeded();
    await takePicture(child, "word-reports-me-tablet");
    await expectAccessible(child);
    await said.getByRole("button", { name: "这句话让我难过" }).tap();
    const sheet = child.getByRole("dialog", { name: "这句话让我难过" });
    await sheet.getByLabel(/还想说点什么/).fill("我觉得他在笑我");
    await takePicture(child, "word-reports-sheet-tablet");
    await expectAccessible(child);
    await sheet.getByRole("button", { name: "告诉老师" }).tap();
    await said.getByText("这句话收起来了，老师会来看。").waitFor();
    expect(await said.getByText(words).count()).toBe(0);
    await takePicture(child, "word-reports-away-tablet");
    await said.getByRole("button", { name: "打开看" }).tap();
    await said.getByText(words).waitFor();

    const desk = await stage.signIn("teacher1", "tablet");
    await openPath(desk, "/inbox");
    await desk.getByText("有人反映一句话让人难过，请看一看").first().click();
    await desk.waitForURL(`**/classes/${classId}/word-reports`);
    const report = desk.getByRole("listitem").filter({ hasText: "我觉得他在笑我" });
    await report.waitFor();
    // What the demo school's family has reported waits as well.
    expect(await desk.getByRole("button", { name: /^答复/ }).count()).toBe(2);
    await takePicture(desk, "word-reports-desk-tablet");
    await expectAccessible(desk);
    await report.getByRole("button", { name: /^答复/ }).click();
    const answer = desk.getByRole("dialog");
    await answer.getByText("留下并解释").click();
    await answer.getByLabel(/为什么留下/).fill("我问过他了，他是真的佩服你。");
    await takePicture(desk, "word-reports-answer-tablet");
    await expectAccessible(desk);
    await answer.getByRole("button", { name: "发送答复" }).click();
    await desk.getByRole("heading", { name: "已答复" }).waitFor();
    await desk.context().close();

    await child.reload();
    const answers = child.getByRole("region", { name: "有回音了" });
    await answers.getByText("我问过他了，他是真的佩服你。").waitFor();
    await takePicture(child, "word-reports-answered-tablet");
    await expectAccessible(child);
    await answers.getByRole("button", { name: "知道了" }).tap();
    await expect.poll(() => answers.count(), PATIENT).toBe(0);
    await child.context().close();
  });

  test("a guardian asks the office on a phone, and the office takes the words back, in English", async () => {
    const phone = await stage.signIn("parent1", "phone", "en");
    const session = (await (await phone.request.get("/api/v1/session")).json()) as SessionView;
    const child = session.memberships
      .flatMap(({ students }) => students)
      .find(({ class: of }) => of?.name === "三年级1班")!;
    await openPath(phone, `/family/${child.id}`);
    const said = phone
      .getByRole("region", { name: "Voices" })
      .locator("ul.lines")
      .first()
      .getByRole("listitem")
      .last();
    const words = await said.locator(".said").innerText();
    await said.getByRole("button", { name: "These words hurt my child" }).tap();
    const sheet = phone.getByRole("dialog", { name: "These words hurt my child" });
    await sheet.getByText("The school office", { exact: true }).tap();
    await takePicture(phone, "word-reports-sheet-phone-en");
    await expectAccessible(phone);
    await sheet.getByRole("button", { name: "Tell them" }).tap();
    await said.getByText("You have reported these words").waitFor();
    await takePicture(phone, "word-reports-family-phone-en");
    await expectAccessible(phone);

    const office = await stage.signIn("admin", "tablet", "en");
    await openPath(office, "/office");
    await office.getByRole("heading", { name: "Words that hurt (1 to look at)" }).waitFor();
    await openPath(office, "/office/word-reports");
    await office.getByRole("button", { name: /^Answer/ }).click();
    const answer = office.getByRole("dialog");
    await answer.getByLabel(/A few warm words/).fill("Thank you. We have talked with the class.");
    await takePicture(office, "word-reports-office-answer-tablet-en");
    await answer.getByRole("button", { name: "Send the answer" }).click();
    await office.getByText("Nothing to look at now.").waitFor();
    await takePicture(office, "word-reports-office-tablet-en");
    await expectAccessible(office);
    await office.context().close();

    await phone.reload();
    await phone.getByText("Thank you. We have talked with the class.").waitFor();
    expect(await phone.locator(".said", { hasText: words }).count()).toBe(0);
    await takePicture(phone, "word-reports-answered-phone-en");
    await phone.context().close();
  });
});
