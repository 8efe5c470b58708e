/** A class on two tablets at once, in a real browser: what one gives and takes back shows on the other by itself. */
import type { Page } from "playwright-core";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PersonalGoals } from "@doudou/shared/contract/personal-goals.ts";
import type { ClassProposals, TellingDesk } from "@doudou/shared/contract/proposals.ts";
import type { RewardDesk, ShopOffer } from "@doudou/shared/contract/rewards.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { STAGE_NOW } from "../support/stage-time.ts";
import { ask, expectAccessible, openStage, type Stage } from "../support/stage.ts";

const HOUR = 3_600_000;
const POINT = "用好好说话化解一次矛盾";
const PATIENT = { timeout: 30_000 };

describe("a class on two tablets", () => {
  let stage: Stage;
  let now = STAGE_NOW;
  let one: Page;
  let other: Page;
  /** Each story has children of its own: a child gets beans for the same thing only so often a week. */
  let names: string[];
  const begins = (page: Page) =>
    page.waitForResponse((response) => response.url().includes("/live?"), PATIENT);

  beforeAll(async () => {
    stage = await openStage({ isAsAtHome: true, now: () => now });
    [one, other] = [await openClass(), await openClass()];
    const labels = await one.getByRole("option").locator(".for-screen-readers").allInnerTexts();
    names = labels.map((label) => label.split("，")[0] ?? "");
  });
  afterAll(() => stage.close());

  async function openClass(): Promise<Page> {
    const page = await stage.signIn("teacher1", "tablet");
    page.setDefaultTimeout(PATIENT.timeout);
    const live = begins(page);
    await page.getByRole("link", { name: /三年级1班/ }).click();
    await page.getByRole("listbox").waitFor();
    await live;
    return page;
  }
  const cell = (page: Page, name: string) => page.getByRole("option", { name: new RegExp(`^${name}[,，]`) });
  const beansOn = async (page: Page, name: string) =>
    Number(/(\d+) 颗豆/.exec(await cell(page, name).locator(".for-screen-readers").innerText())?.[1] ?? 0);
  const giveOn = async (page: Page, name: string) => {
    await cell(page, name).tap();
    await page.getByRole("tab", { name: /德育/ }).tap();
    await page.getByRole("button", { name: new RegExp(`^${POINT}`) }).tap();
  };
  const expectOn = async (page: Page, name: string, beans: number) =>
    await expect.poll(() => beansOn(page, name), PATIENT).toBe(beans);

  test("an award given on one shows on the other once, and an undo takes it away again", async () => {
    const name = names[3]!;
    const before = await beansOn(other, name);
    await giveOn(one, name);
    await expectOn(other, name, before + 3);
    expect(await beansOn(one, name)).toBe(before + 3);
    await one.getByRole("button", { name: "撤销", exact: true }).tap();
    await expectOn(other, name, before);
    expect(await beansOn(one, name)).toBe(before);
  });

  test("both give at the same time, and both end at what the server knows", async () => {
    const name = names[4]!;
    const before = await beansOn(one, name);
    await Promise.all([giveOn(one, name), giveOn(other, name)]);
    await expectOn(one, name, before + 6);
    await expectOn(other, name, before + 6);
    await one.reload();
    await one.getByRole("listbox").waitFor();
    await expectOn(one, name, before + 6);
  });

  test("the list of latest awards grows while it is open", async () => {
    const name = names[5]!;
    await other.getByRole("button", { name: "最近记录" }).tap();
    const first = other.getByRole("dialog").getByRole("listitem").first();
    await first.waitFor();
    expect(await first.innerText()).not.toContain(name);
    await giveOn(one, name);
    await expect.poll(() => first.innerText(), PATIENT).toContain(name);
    await other.keyboard.press("Escape");
  });

  test("what was given while a tablet had no network is there once the network is", async () => {
    const name = names[6]!;
    const before = await beansOn(other, name);
    await other.context().setOffline(true);
    await giveOn(one, name);
    await expectOn(one, name, before + 3);
    await other.context().setOffline(false);
    await expectOn(other, name, before + 3);
    await expectAccessible(other);
  });

  test("a class opened without a network takes in what was given meanwhile, and follows, once the network is", async () => {
    const name = names[9]!;
    const before = await beansOn(one, name);
    await other.goBack();
    const way = other.getByRole("link", { name: /三年级1班/ });
    await way.waitFor();
    await other.context().setOffline(true);
    await way.click();
    await other.getByRole("listbox").waitFor();
    await giveOn(one, name);
    await expectOn(one, name, before + 3);
    const live = begins(other);
    await other.context().setOffline(false);
    await expectOn(other, name, before + 3);
    await live;
    await giveOn(one, names[10]!);
    await expectOn(other, names[10]!, await beansOn(one, names[10]!));
  });

  test("a child's portfolio, open on the other tablet, takes the new award in", async () => {
    const name = names[7]!;
    const id = await cell(one, name).getAttribute("data-child");
    const live = begins(other);
    await other.goto(`/students/${id}`);
    await live;
    await other.getByRole("heading", { level: 1, name: new RegExp(name) }).waitFor();
    const entries = other.getByText(POINT);
    const before = await entries.count();
    await giveOn(one, name);
    await expect.poll(() => entries.count(), PATIENT).toBeGreaterThan(before);
  });

  test("on a child's page what counts awards counts the new one by itself", async () => {
    const name = names[13]!;
    const studentId = (await cell(one, name).getAttribute("data-child")) ?? "";
    const path = `/students/${studentId}/goals`;
    const { points, today } = await ask<PersonalGoals>(one, path);
    const pointCode = points.find((point) => point.name.zh === POINT)!.code;
    const goal = { text: "和同桌好好说话", pointCode, steps: 3, reviewOn: today };
    expect((await one.request.put(`/api/v1${path}/${v7()}`, { data: goal })).ok()).toBe(true);
    const live = begins(other);
    await other.goto(`/students/${studentId}`);
    await live;
    const way = other.getByRole("listitem").filter({ hasText: goal.text });
    await way.getByRole("img", { name: "走了 0 步，一共 3 步" }).waitFor();
    await giveOn(one, name);
    await way.getByRole("img", { name: "走了 1 步，一共 3 步" }).waitFor();
  });

  test("a child's wish comes to its teacher's page by itself, beside the answer being written there, and the answer to the child's page", async () => {
    const child = await stage.signIn("student1", "phone");
    const { memberships } = await ask<SessionView>(child, "/session");
    const { id: studentId, name } = memberships[0]!.students[0]!;
    const { offers } = await ask<RewardDesk>(child, `/students/${studentId}/reward-desk`);
    const [first, second] = offers.filter(({ obstacle }) => obstacle === null);
    const wishFor = async ({ id: rewardId, price }: ShopOffer) => {
      const data = { id: v7(), rewardId, price };
      const asked = await child.request.post(`/api/v1/students/${studentId}/reward-requests`, { data });
      expect(asked.ok()).toBe(true);
    };
    await wishFor(first!);
    const path = new URL(one.url()).pathname + "/rewards";
    let looks = 0;
    other.on("response", (answer) => (looks += Number(answer.url().endsWith(`/api/v1${path}`))));
    await other.goto(path);
    await expect.poll(() => looks, PATIENT).toBe(2); // at its opening, and once nothing is missed any more
    const wish = ({ title }: ShopOffer) =>
      other.getByRole("article").filter({ hasText: name }).filter({ hasText: title });
    await wish(first!).getByRole("button", { name: "同意" }).tap();
    const words = wish(first!).getByRole("textbox");
    await words.fill("明天午休");
    await wishFor(second!);
    await wish(second!).waitFor();
    expect(await words.inputValue()).toBe("明天午休");

    const own = (title: string) =>
      child.getByRole("region", { name: "兑换小店" }).getByRole("listitem").filter({ hasText: title });
    await own(second!.title).getByText("等老师看").waitFor();
    await wish(first!).getByRole("button", { name: "同意", exact: true }).tap();
    await own(first!.title).getByText("老师说：明天午休").waitFor();
    await child.context().close();
  });

  test("a child's own page, without a network meanwhile, has the answer to what it told, and the beans, once the network is back", async () => {
    const child = await stage.signIn("student1", "phone");
    const { memberships } = await ask<SessionView>(child, "/session");
    const path = `/students/${memberships[0]!.students[0]!.id}`;
    const { points } = await ask<TellingDesk>(child, `${path}/proposals`);
    const words = "我把图书角的书都放整齐了。";
    const telling = { id: v7(), voice: "self", observationPointId: points.self[0]!.id, words };
    expect((await child.request.post(`/api/v1${path}/proposals`, { data: telling })).ok()).toBe(true);
    await child.reload();
    const told = child.getByRole("listitem").filter({ hasText: words });
    await told.getByText("老师还没看").waitFor();
    const known = async () => (await ask<RewardDesk>(child, `${path}/reward-desk`)).beans.toUse;
    const shown = async () =>
      Number(/(\d+) 颗/.exec(await child.getByText("可以用的豆：").innerText())?.[1] ?? 0);
    const before = await known();
    expect(await shown()).toBe(before);

    await child.context().setOffline(true);
    const answers = [{ id: telling.id, answer: "accept" }];
    const answering = `/api/v1${new URL(one.url()).pathname}/proposals/answers`;
    expect((await one.request.post(answering, { data: { answers } })).ok()).toBe(true);
    expect(await known()).toBeGreaterThan(before);
    expect(await shown()).toBe(before);
    await child.context().setOffline(false);
    await told.getByText("老师点头啦！").waitFor();
    await expect.poll(shown, PATIENT).toBe(await known());
    await child.context().close();
  });

  test("how the class grows and what waits for an answer, open on the other tablet, follow too", async () => {
    const name = names[8]!;
    const studentId = (await cell(one, name).getAttribute("data-child")) ?? "";
    const classId = new URL(one.url()).pathname.split("/").at(-1) ?? "";
    const plan = { studentId, reason: "few", dimension: "moral" };
    const made = await one.request.put(`/api/v1/classes/${classId}/watch-plans/${v7()}`, { data: plan });
    expect(made.ok()).toBe(true);
    let live = begins(other);
    await other.goto(`/classes/${classId}/growth`);
    await live;
    const watched = other
      .getByRole("region", { name: "正在留意" })
      .getByRole("listitem")
      .filter({ hasText: name });
    await watched.getByText("还没有新的记录").waitFor();
    await giveOn(one, name);
    await watched.getByText("已经看见 1 次").waitFor();

    const path = `/api/v1/classes/${classId}/proposals`;
    const { proposals } = (await (await one.request.get(path)).json()) as ClassProposals;
    const [told] = proposals;
    live = begins(other);
    await other.goto(`/classes/${classId}/proposals`);
    await live;
    const cards = other.getByRole("main").getByRole("listitem");
    await expect.poll(() => cards.count(), PATIENT).toBe(proposals.length);
    const answers = [{ id: told!.id, answer: "accept" }];
    expect((await one.request.post(`${path}/answers`, { data: { answers } })).ok()).toBe(true);
    await expect.poll(() => cards.count(), PATIENT).toBe(proposals.length - 1);
  });

  test("what a term says beside the comment, open on the other tablet, takes the new award in", async () => {
    const name = names[9]!;
    const classId = new URL(one.url()).pathname.split("/").at(-1) ?? "";
    await other.goto(`/classes/${classId}/summaries`);
    const live = begins(other);
    await other.getByRole("link", { name: new RegExp(`^${name}`) }).tap();
    const beside = other.getByRole("region", { name: `${name}这学期的记录` });
    const moral = beside.getByRole("listitem").filter({ hasText: "德育" }).filter({ hasText: "条记录" });
    const records = async () => Number(/(\d+) 条记录/.exec(await moral.innerText())?.[1] ?? 0);
    const before = await records();
    await live;
    await giveOn(one, name);
    await expect.poll(records, PATIENT).toBe(before + 1);
  });

  test("left open overnight, a class begins the next day with no bean and everybody here", async () => {
    await one.clock.install({ time: now });
    let live = begins(one);
    await one.reload();
    await live;
    const [name, away] = [names[11]!, names[12]!];
    await giveOn(one, name);
    await expect.poll(() => beansOn(one, name), PATIENT).toBeGreaterThan(0);
    await cell(one, away).tap();
    await one.getByRole("button", { name: "今天没来", exact: true }).tap();
    const absent = one.getByRole("option", { name: /没来/ });
    await cell(one, away).and(absent).waitFor();
    await one.getByText("待发送").waitFor({ state: "detached" });

    now = new Date(now.getTime() + 15 * HOUR);
    live = begins(one);
    await one.clock.fastForward(15 * HOUR);
    await expectOn(one, name, 0);
    await expect.poll(() => absent.count(), PATIENT).toBe(0);
    await live;
    await giveOn(one, away);
    await expectOn(one, away, 3);
  });
});
