/** Voices of a class: the teacher opens rounds, a child speaks of itself and of its group, a guardian of home; the teacher reads and passes on. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { GroupSets } from "@doudou/shared/contract/groups.ts";
import type { ClassVoices } from "@doudou/shared/contract/voices.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

const PATIENT = { timeout: 15_000 };

describe("voices", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  test("a round from its opening to the words that reach the child", async () => {
    const child = await stage.signIn("student1", "tablet");
    const session = (await (await child.request.get("/api/v1/session")).json()) as SessionView;
    const student = session.memberships.flatMap(({ students }) => students)[0]!;
    const classId = student.class!.id;

    const desk = await stage.signIn("teacher1", "tablet");
    await openPath(desk, `/classes/${classId}/voices`);
    await desk.getByRole("heading", { name: "伙伴之间的话" }).waitFor();
    await takePicture(desk, "voices-class-tablet");
    await expectAccessible(desk);
    // Since yesterday the class is asked of itself.
    await desk.getByRole("region", { name: "说说我自己" }).getByText("正在进行").waitFor();
    const card = desk.getByRole("region", { name: "夸夸小组伙伴" });
    await card.getByRole("button", { name: "开始一轮" }).click();
    await card.getByRole("button", { name: "确定" }).click();
    await card.getByText("正在进行").waitFor();

    await openPath(child, "/me");
    await takePicture(child, "voices-me-tablet");
    await child.getByRole("button", { name: /说说我自己/ }).tap();
    const self = child.getByRole("dialog", { name: "说说我自己" });
    await takePicture(child, "voices-self-tablet");
    await expectAccessible(child);
    // The network is slow. What was answered is still on its way when the sheet is closed, and it opens again at once.
    const { promise: isReopened, resolve: sendOn } = Promise.withResolvers<void>();
    await child.route("**/self-voices/**", (route) => isReopened.then(() => route.continue()));
    await self.getByRole("button", { name: "长得不错" }).tap();
    await self.getByRole("button", { name: "关闭" }).tap();
    await self.waitFor({ state: "hidden" });
    await child.getByRole("button", { name: /说说我自己/ }).tap();
    await self.getByRole("img", { name: "第 2 个，共 7 个" }).waitFor();
    sendOn();
    await child.unrouteAll({ behavior: "wait" });

    for (let question = 1; question < 5; question++) {
      await self.getByRole("img", { name: `第 ${question + 1} 个，共 7 个` }).waitFor();
      await self.getByRole("button", { name: "长得不错" }).tap();
    }
    await self.getByLabel("我最骄傲的是…").fill("学会了跳绳");
    await self.getByRole("button", { name: "下一个" }).tap();
    await self.getByLabel("下一步我想…").fill("早一点睡觉");
    await self.getByRole("button", { name: "下一个" }).tap();
    await takePicture(child, "voices-self-done-tablet");
    await self.getByRole("button", { name: "好啦" }).tap();
    await child.getByText("已经说完啦，还可以改").waitFor();

    await child.getByRole("button", { name: /夸夸小组伙伴/ }).tap();
    const peer = child.getByRole("dialog", { name: "夸夸小组伙伴" });
    await peer.locator(".mates button").first().tap();
    await takePicture(child, "voices-peer-tablet");
    await expectAccessible(child);
    await peer.locator(".strengths button").first().tap();
    await peer.getByLabel("谢谢你…").fill("每天等我一起走");
    await takePicture(child, "voices-peer-words-tablet");
    await peer.getByRole("button", { name: "交给老师" }).tap();
    await peer.getByText(/哪里让你觉得特别好/).waitFor();
    await peer.getByRole("button", { name: "关闭" }).tap();

    await desk.reload();
    const said = desk.getByRole("listitem").filter({ hasText: "每天等我一起走" });
    await said.getByRole("button", { name: "送到" }).click();
    await desk.locator("summary").filter({ hasText: "已经看过的" }).click();
    await expect.poll(() => said.getByRole("button", { name: "收回" }).count(), PATIENT).toBe(1);
    const voices = (await (
      await desk.request.get(`/api/v1/classes/${classId}/voice-rounds`)
    ).json()) as ClassVoices;
    expect(voices.peer.find(({ words }) => words === "每天等我一起走")?.state).toBe("released");
    await desk.context().close();
    await child.context().close();
  });

  test("a guardian tells of home on a phone; the teacher reads it, writes a note and shares it, in English as well", async () => {
    const phone = await stage.signIn("parent1", "phone");
    const session = (await (await phone.request.get("/api/v1/session")).json()) as SessionView;
    const child = session.memberships
      .flatMap(({ students }) => students)
      .find(({ class: of }) => of?.name === "三年级1班")!;
    await openPath(phone, `/family/${child.id}`);
    await phone.getByRole("button", { name: "说说在家的样子" }).tap();
    const sheet = phone.getByRole("dialog", { name: "说说在家的样子" });
    await sheet.getByText("阅读", { exact: true }).tap();
    await sheet.getByText("常常", { exact: true }).tap();
    await sheet.getByLabel(/想说的话/).fill("自己读完了一本童话");
    await takePicture(phone, "voices-home-phone");
    await expectAccessible(phone);
    await sheet.getByRole("button", { name: "告诉老师" }).tap();
    await phone.getByText("自己读完了一本童话").scrollIntoViewIfNeeded();
    await takePicture(phone, "voices-family-phone");

    const desk = await stage.signIn("teacher1", "tablet", "en");
    await openPath(desk, `/students/${child.id}`);
    await desk.getByText("自己读完了一本童话").waitFor();
    await desk.getByRole("button", { name: "Write a note" }).click();
    const note = desk.getByRole("dialog", { name: "Write a note" });
    await note.getByLabel("What did you see?").fill("Reads like an idiot");
    await note.getByText(/“idiot” can hurt whoever reads it/).waitFor();
    await expectAccessible(desk);
    await takePicture(desk, "voices-unkind-tablet");
    await note.getByLabel("What did you see?").fill("Reads with his group every noon");
    await note.getByText("Guardians may read it, too").click();
    await expectAccessible(desk);
    await note.getByRole("button", { name: "Save" }).click();
    await desk.getByText("Reads with his group every noon").scrollIntoViewIfNeeded();
    await takePicture(desk, "voices-student-tablet-en");
    await expectAccessible(desk);
    await openPath(desk, `/classes/${child.class!.id}/voices`);
    await takePicture(desk, "voices-class-tablet-en");
    await expectAccessible(desk);
    await desk.context().close();

    // A page that was left open finds it when it is looked at again.
    await phone.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await phone.getByText("Reads with his group every noon").waitFor();
    await phone.context().close();
  });

  test("little ones say it with faces, finish a sentence with a tap, and are asked to write nothing", async () => {
    const child = await stage.signIn("creekstudent1", "tablet");
    const session = (await (await child.request.get("/api/v1/session")).json()) as SessionView;
    const { class: own } = session.memberships.flatMap(({ students }) => students)[0]!;
    expect(own!.grade).toBeLessThanOrEqual(2);
    const desk = await stage.signIn("creek1", "tablet");
    const sets = `/api/v1/classes/${own!.id}/group-sets`;
    const { students } = (await (await desk.request.get(sets)).json()) as GroupSets;
    const groups = [{ name: "太阳组", symbol: "sun", studentIds: students.map(({ id }) => id) }];
    const grouped = await desk.request.put(`${sets}/${uuidv7()}`, {
      data: { name: "小组", groups, version: 0 },
    });
    expect(grouped.ok()).toBe(true);
    await openPath(desk, `/classes/${own!.id}/voices`);
    await desk.getByRole("region", { name: "说说我自己" }).getByText("正在进行").waitFor();
    const card = desk.getByRole("region", { name: "夸夸小组伙伴" });
    await card.getByRole("button", { name: "开始一轮" }).click();
    await card.getByRole("button", { name: "确定" }).click();
    await card.getByText("正在进行").waitFor();

    await openPath(child, "/me");
    await child.getByRole("button", { name: /说说我自己/ }).tap();
    const self = child.getByRole("dialog", { name: "说说我自己" });
    for (let question = 0; question < 5; question++) {
      await self.getByRole("img", { name: `第 ${question + 1} 个，共 5 个` }).waitFor();
      const faces = self.locator(".faces button");
      expect(await faces.locator("svg").count()).toBe(3);
      if (question === 0) {
        await takePicture(child, "voices-faces-tablet");
        await expectAccessible(child);
      }
      await faces.nth(question % 3).tap();
    }
    await self.getByRole("button", { name: "好啦" }).tap();
    await child.getByText("已经说完啦，还可以改").waitFor();

    await child.getByRole("button", { name: /夸夸小组伙伴/ }).tap();
    const peer = child.getByRole("dialog", { name: "夸夸小组伙伴" });
    await peer.locator(".mates button").first().tap();
    await peer.locator(".strengths button").first().tap();
    await peer.getByRole("button", { name: "帮助我" }).tap();
    await peer.getByRole("radio", { name: "我想向你学习" }).check({ force: true });
    expect(await peer.getByRole("textbox").inputValue()).toBe("");
    await peer.getByRole("button", { name: "认真听讲" }).tap();
    await takePicture(child, "voices-ready-words-tablet");
    await expectAccessible(child);
    await peer.getByRole("button", { name: "交给老师" }).tap();
    await peer
      .getByText(/哪里让你觉得特别好|都夸到/)
      .first()
      .waitFor();
    await desk.reload();
    await desk.getByRole("listitem").filter({ hasText: "认真听讲" }).waitFor();

    await child.keyboard.press("Escape");
    await child.getByRole("button", { name: /^我做到了/ }).tap();
    const deed = child.getByRole("dialog", { name: "我做到了…" });
    await deed.locator(".points button").first().tap();
    await deed.getByRole("button", { name: "我坚持做完了" }).tap();
    expect(await deed.getByRole("textbox").inputValue()).toBe("我坚持做完了");
    await expectAccessible(child);
    await child.context().close();
    await desk.context().close();
  });
});
