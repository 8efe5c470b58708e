/**
 * A tablet that teachers share and children get hold of: it locks itself, opens by PIN with and without a network,
 * changes hands, shows a child nothing, and what a child did with it is taken back as one act.
 */
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LedgerPage } from "@doudou/shared/contract/awards.ts";
import type { ClassCards, IssuedCards } from "@doudou/shared/contract/cards.ts";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import { DEMO_PASSWORD } from "@doudou/server/demo.ts";
import { STAGE_NOW as NOW } from "../support/stage-time.ts";
import { expectAccessible, openStage, type SCREENS, type Stage, takePicture } from "../support/stage.ts";

const PIN = "135790";
const OTHER_PIN = "864209";
const MINUTE = 60_000;
/** Looking at a page with axe and checking a PIN are work; a test machine may have other work too. */
const PATIENCE = 60_000;

describe("a tablet that teachers share", { timeout: 300_000 }, () => {
  let stage: Stage;
  let watcher: BrowserContext;
  let classId: string;
  beforeAll(async () => {
    stage = await openStage({ isAsAtHome: true });
    watcher = await stage.openContext("desktop");
    await watcher.request.post("/api/v1/session", { data: { login: "teacher1", password: DEMO_PASSWORD } });
    const { classes } = (await (await watcher.request.get("/api/v1/classes")).json()) as ClassList;
    classId = classes[0]!.id;
  });
  afterAll(() => stage.close());

  /** Signs in with the switch for shared tablets on, and takes the PIN that is offered. */
  const signInShared = async (page: Page, login: string, pin: string) => {
    await page.goto("/sign-in");
    const other = page.getByRole("button", { name: "其他老师" });
    const field = page.getByLabel("账号", { exact: true });
    await other.or(field).first().waitFor();
    if (await other.isVisible()) await other.click();
    await field.fill(login);
    await page.getByLabel("密码", { exact: true }).fill(DEMO_PASSWORD);
    const shared = page.getByRole("switch", { name: /公用平板/ });
    if (!(await shared.isChecked())) await page.getByText("这是教室公用平板").click();
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByLabel("新的 PIN 码").fill(pin);
    await page.getByLabel("再输入一次").fill(pin);
    await page.getByRole("button", { name: "设置 PIN 码" }).click();
    await page.waitForURL("**/classes");
  };
  const openShared = async (screen: keyof typeof SCREENS = "tablet") => {
    const context = await stage.openContext(screen);
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    await signInShared(page, "teacher1", PIN);
    return { context, page };
  };
  const openClass = async (page: Page) => {
    await page.locator("a[href^='/classes/']").first().click();
    await page.getByRole("listbox").waitFor();
  };
  const ready = (page: Page) =>
    page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
  const typePin = async (page: Page, pin: string) => {
    await page.getByRole("button", { name: "0", exact: true }).waitFor();
    await page.keyboard.type(pin);
  };
  const lockScreen = (page: Page) => page.getByRole("heading", { name: "已锁屏" });
  const lock = async (page: Page) => {
    await page.getByRole("banner").getByRole("button", { name: "锁屏", exact: true }).click();
    await lockScreen(page).waitFor();
  };
  const give = async (page: Page) => {
    const child = page.getByRole("listbox").getByRole("option").first();
    await child.click();
    await page.getByRole("tab", { name: /德育/ }).click();
    await page.getByRole("button", { name: /^用好好说话化解一次矛盾/ }).click();
  };
  const waits = (page: Page, count: number) => page.getByText(`待发送 ${count}`).first();
  /** What stands in the ledger of what the first teacher gave just now. */
  const given = async () => {
    const answer = await watcher.request.get(`/api/v1/classes/${classId}/awards?limit=100`);
    const { entries } = (await answer.json()) as LedgerPage;
    return entries.filter(
      ({ isMine, occurredAt, voided }) =>
        isMine && voided === null && NOW.getTime() - Date.parse(occurredAt) < 5 * MINUTE,
    ).length;
  };
  const standing = () => expect.poll(given, { timeout: PATIENCE, interval: 500 });
  /** Time stands still from here on, and goes on only when told to. */
  const stopClock = async (page: Page) => {
    await page.clock.install({ time: NOW });
    await page.clock.pauseAt(NOW.getTime() + 1_000);
    await page.reload();
    await page.getByRole("listbox").waitFor();
    const isWatched = async () => {
      await page.clock.runFor(1_000);
      return await page.evaluate(() => localStorage.getItem("doudou.touched") !== null);
    };
    await page.evaluate(() => localStorage.removeItem("doudou.touched"));
    await expect.poll(isWatched, { timeout: PATIENCE }).toBe(true);
  };

  /** While time stands still, so do the timers axe sets for itself. */
  const expectAccessibleStanding = async (page: Page) => {
    let isOver = false;
    const goOn = async () => {
      while (!isOver) await page.clock.runFor(10).catch(() => {});
    };
    await Promise.all([expectAccessible(page).finally(() => (isOver = true)), goOn()]);
  };

  test("locks itself after a warning; a reload, the way back and a typed address open nothing; the PIN does", async () => {
    const { context, page } = await openShared();
    const failures: string[] = [];
    page.on("pageerror", (error) => failures.push(error.message));
    await openClass(page);
    const url = page.url();
    await stopClock(page);
    const name = (await page.getByRole("listbox").getByRole("option").first().innerText()).split(/[,，]/)[0]!;
    await page.clock.runFor(5 * MINUTE - 10_000);
    await page.getByText(/20 秒后锁屏/).waitFor();
    await expectAccessibleStanding(page);
    await takePicture(page, "lock-warning-tablet");
    await page.mouse.move(200, 300);
    await page.mouse.move(210, 310);
    await page.getByText(/20 秒后锁屏/).waitFor({ state: "detached" });
    await page.clock.runFor(4 * MINUTE);
    expect(await lockScreen(page).count()).toBe(0);
    await page.clock.runFor(MINUTE + 2_000);
    await lockScreen(page).waitFor();

    const shownNothing = async () => {
      await lockScreen(page).waitFor();
      expect(await page.getByRole("listbox").count()).toBe(0);
      expect(await page.content()).not.toContain(name);
    };
    await shownNothing();
    await page.reload();
    await shownNothing();
    await page.goBack();
    await shownNothing();
    await page.goto("/classes");
    await shownNothing();
    await page.goto(url);
    await shownNothing();
    const address = url.replace("/classes/", "/api/v1/classes/");
    expect((await page.request.get(`${address}/roster`)).status()).toBe(403);
    for (let step = 0; step < 25; step += 1) await page.keyboard.press("Tab");
    await shownNothing();
    await expectAccessibleStanding(page);
    await takePicture(page, "lock-tablet");

    await typePin(page, "000000");
    await page.getByText("还可以试 4 次").waitFor();
    await expectAccessibleStanding(page);
    await typePin(page, PIN);
    await page.getByRole("listbox").waitFor();
    expect(failures).toEqual([]);
    await context.close();
  });

  test("a running timer holds it awake", async () => {
    const { context, page } = await openShared();
    await openClass(page);
    await stopClock(page);
    await page.getByRole("button", { name: "课堂工具" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "计时", exact: true }).click();
    await page.getByRole("button", { name: "倒计时 10 分钟" }).click();
    await page.clock.runFor(9 * MINUTE);
    await page.getByRole("timer").waitFor();
    expect(await lockScreen(page).count()).toBe(0);
    await page.clock.runFor(7 * MINUTE);
    await lockScreen(page).waitFor();
    await context.close();
  });

  test("without a network the PIN opens it, also after a reload; the server is shown it once it is back", async () => {
    const { context, page } = await openShared();
    await openClass(page);
    await ready(page);
    await page.reload();
    await page.getByRole("listbox").waitFor();
    await context.setOffline(true);
    const before = await given();
    await give(page);
    await lock(page);
    await page.getByText(/还有 1 条在等网络/).waitFor();
    await page.reload();
    await lockScreen(page).waitFor();
    await typePin(page, "000000");
    await page.getByText("还可以试 4 次").waitFor();
    await typePin(page, PIN);
    await page.getByRole("listbox").waitFor();

    const shown = page.waitForResponse((response) => response.url().endsWith("/session/pin"));
    await context.setOffline(false);
    expect((await shown).status()).toBe(200);
    await standing().toBe(before + 1);
    expect(await lockScreen(page).count()).toBe(0);

    await context.setOffline(true);
    await give(page);
    await lock(page);
    const sent = page.waitForResponse((response) => response.url().endsWith("/api/v1/awards"));
    await context.setOffline(false);
    expect((await sent).status()).toBe(200);
    await standing().toBe(before + 2);
    await lockScreen(page).waitFor();

    await context.setOffline(true);
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await typePin(page, "000000");
      const left =
        attempt < 5 ? page.getByText(`还可以试 ${5 - attempt} 次`) : page.getByText("PIN 码错了太多次");
      await left.waitFor();
    }
    await takePicture(page, "lock-exhausted-tablet");
    await context.setOffline(false);
    await page.getByRole("button", { name: "用密码", exact: true }).click();
    await page.getByLabel("密码", { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByRole("listbox").waitFor();
    await context.close();
  });

  test("a child looks in by card while the tablet is locked, sees its own page and nothing else, and leaves it locked", async () => {
    const { context, page } = await openShared();
    await openClass(page);
    await ready(page);
    await page.reload();
    await page.getByRole("listbox").waitFor();
    await context.setOffline(true);
    const before = await given();
    await give(page);
    await lock(page);
    await page.getByText(/还有 1 条在等网络/).waitFor();
    const { students } = (await (
      await watcher.request.get(`/api/v1/classes/${classId}/cards`)
    ).json()) as ClassCards;
    const studentIds = [students.find(({ hasConsent }) => hasConsent)!.student.id];
    const issued = await watcher.request.post(`/api/v1/classes/${classId}/cards`, { data: { studentIds } });
    const { cards } = (await issued.json()) as IssuedCards;

    await page.getByRole("link", { name: "我有豆豆卡" }).click();
    await context.setOffline(false);
    await page.getByLabel("卡上的号码").fill(cards[0]?.code ?? "");
    await page.getByRole("button", { name: "下一步" }).click();
    for (const picture of ["星星", "鱼", "铃铛", "星星", "鱼", "铃铛"])
      await page.getByRole("button", { name: picture, exact: true }).click();
    await page.waitForURL("**/me");
    await page.getByText("还可以看大约 15 分钟").waitFor();
    await page.reload();
    await page.getByText("还可以看大约 15 分钟").waitFor();
    await page.goto("/classes");
    await page.waitForURL("**/me");
    await page.getByRole("button", { name: "我看完了" }).click();
    await page.waitForURL("**/sign-in/card");
    await page.goto("/me");
    await lockScreen(page).waitFor();
    expect(await page.getByRole("main").getByRole("button", { name: "我看完了" }).count()).toBe(0);
    await takePicture(page, "lock-card-tablet");

    await typePin(page, PIN);
    await page.locator("a[href^='/classes/']").first().waitFor();
    await standing().toBe(before + 1);
    await context.close();
  });

  test("another teacher takes over; what the first gave waits for the first, and is not shown to the next", async () => {
    const { context, page } = await openShared();
    await lock(page);
    await page.getByRole("button", { name: "其他老师" }).click();
    await page.getByLabel("账号", { exact: true }).fill("teacher2");
    await page.getByLabel("密码", { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.waitForURL("**/classes");
    await page.getByRole("button", { name: /的菜单/ }).click();
    await page.getByRole("menuitem", { name: /锁屏和 PIN 码/ }).click();
    await page.getByRole("dialog").getByLabel("密码", { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole("dialog").getByRole("button", { name: "打开" }).click();
    await page.getByRole("button", { name: "设置 PIN 码" }).click();
    await page.getByLabel("您的密码").fill(DEMO_PASSWORD);
    await page.getByLabel("新的 PIN 码").fill(OTHER_PIN);
    await page.getByLabel("再输入一次").fill(OTHER_PIN);
    await expectAccessible(page);
    await takePicture(page, "tablet-settings-tablet");
    await page.getByRole("button", { name: "设置 PIN 码" }).click();
    await page.getByText("PIN 码设好了").waitFor();
    await page.keyboard.press("Escape");
    await lock(page);
    const faces = page.getByRole("list", { name: "这台平板上的老师" }).getByRole("button");
    expect(await faces.count()).toBe(2);
    await takePicture(page, "lock-two-teachers-tablet");
    await faces.first().click();
    await typePin(page, PIN);
    await page.waitForURL("**/classes");
    await page.getByRole("link", { name: /班/ }).first().waitFor();

    const before = await given();
    await openClass(page);
    // Of the page and of its service worker.
    await context.route("**/api/v1/awards", (route) => route.abort());
    await give(page);
    await waits(page, 1).waitFor();
    await lock(page);
    await faces.nth(1).click();
    await typePin(page, OTHER_PIN);
    await page.waitForURL("**/classes");
    await page.getByRole("banner").waitFor();
    expect(await page.getByText("待发送").count()).toBe(0);
    await context.unroute("**/api/v1/awards");
    expect(await given()).toBe(before);

    await lock(page);
    await faces.first().click();
    await typePin(page, PIN);
    await page.waitForURL("**/classes");
    await standing().toBe(before + 1);
    await context.close();
  });

  test("a child with the tablet in its hands can award, and everything else asks for the teacher's PIN", async () => {
    const { context, page } = await openShared();
    await openClass(page);
    const classPage = page.url();
    const gate = page.getByRole("dialog", { name: "请老师解锁" });
    // Classmates look on: nobody is pointed out as waiting to be noticed before the teacher has opened it.
    const waitingToBeNoticed = page
      .getByRole("button", { name: /人等您看见|本周都看见了/ })
      .or(page.getByRole("option", { name: /近几天还没有记录/ }));
    expect(await waitingToBeNoticed.count()).toBe(0);
    for (const link of ["我的关注", "学期成长报告"]) {
      await page.getByRole("link", { name: link }).click();
      await gate.waitFor();
      await page.keyboard.press("Escape");
      await page.getByText("这一页只给老师看").waitFor();
      await page.goto(classPage);
      await page.getByRole("listbox").waitFor();
      await page.getByRole("link", { name: link }).click();
      await gate.waitFor();
      await page.goBack();
      await page.getByRole("listbox").waitFor();
      await gate.waitFor({ state: "detached" });
    }
    await page.getByRole("listbox").getByRole("option").first().click();
    await page.getByRole("button", { name: /的提醒$/ }).click();
    await gate.waitFor();
    await expectAccessible(page);
    await takePicture(page, "lift-tablet");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /的菜单/ }).click();
    await page.getByRole("menuitem", { name: "锁屏 换老师也从这里" }).waitFor();
    expect(await page.getByRole("menuitem", { name: "English" }).count()).toBe(0);
    await expectAccessible(page);
    await takePicture(page, "menu-confined-tablet");
    await page.getByRole("menuitem", { name: "退出登录" }).click();
    await gate.waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("listbox").waitFor();

    const tile = page.getByRole("tabpanel").locator("button.tile").first();
    await tile.click({ button: "right" });
    await page.getByRole("dialog").getByText("收藏，排在前面").click();
    await gate.waitFor();
    await typePin(page, PIN);
    await gate.waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await page.getByText(/已解锁，还有 10 分钟/).waitFor();
    await waitingToBeNoticed.first().waitFor();
    await takePicture(page, "lifted-tablet");
    await page.getByRole("link", { name: "我的关注" }).click();
    await page.getByText(/您看见了|每一个都看见了/).waitFor();
    await page.getByRole("button", { name: "交回" }).click();
    await page.getByText("这一页只给老师看").waitFor();
    expect(await page.getByText(/您看见了|每一个都看见了/).count()).toBe(0);
    await expectAccessible(page);
    await context.close();
  });

  test("what the teacher was asked or had open over the page goes with it when the tablet is locked", async () => {
    const { context, page } = await openShared();
    await openClass(page);
    const elsewhere = await context.newPage();
    await elsewhere.goto("/classes");
    const openMenu = async (item: RegExp) => {
      await page.getByRole("button", { name: /的菜单/ }).click();
      await page.getByRole("menuitem", { name: item }).click();
    };
    await openMenu(/锁屏和 PIN 码/);
    await page.getByRole("dialog", { name: "请老师解锁" }).waitFor();
    await lock(elsewhere);
    await lockScreen(page).waitFor();
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    await typePin(page, PIN);
    await page.getByRole("listbox").waitFor();

    await openMenu(/锁屏和 PIN 码/);
    await typePin(page, PIN);
    await page.getByRole("dialog", { name: "锁屏和 PIN 码" }).waitFor();
    await elsewhere.locator("a[href^='/classes/']").first().waitFor();
    await lock(elsewhere);
    await lockScreen(page).waitFor();
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    await context.close();
  });

  test("what was given in the last minutes is taken back as one act, sent or not", async () => {
    const { context, page } = await openShared();
    await openClass(page);
    await ready(page);
    const before = await given();
    const total = async () => {
      const labels = await page.getByRole("option").locator(".for-screen-readers").allInnerTexts();
      return labels.reduce((sum, label) => sum + Number(/(\d+) 颗豆/.exec(label)?.[1] ?? 0), 0);
    };
    const beans = await total();
    const sent = page.waitForResponse((response) => response.url().endsWith("/api/v1/awards"));
    await give(page);
    await sent;
    await context.setOffline(true);
    await give(page);
    await waits(page, 1).waitFor();
    expect(await total()).toBeGreaterThan(beans);
    await context.setOffline(false);
    await standing().toBe(before + 2);
    await context.setOffline(true);
    await give(page);
    await waits(page, 1).waitFor();

    await page.getByRole("button", { name: "最近记录" }).click();
    await page.getByRole("button", { name: "撤回最近几分钟发的豆" }).click();
    const sheet = page.getByRole("dialog", { name: "撤回最近几分钟" });
    await sheet.getByRole("listitem").first().waitFor();
    await expectAccessible(page);
    await takePicture(page, "undo-recent-tablet");
    const listed = await sheet.getByRole("listitem").count();
    expect(listed).toBe(before + 3);
    await sheet.getByRole("button", { name: /^撤回这/ }).click();
    await typePin(page, PIN);
    await sheet.getByText(`已撤回 ${listed} 条`).waitFor();
    await expectAccessible(page);
    await sheet.getByRole("button", { name: "关闭" }).last().click();
    await context.setOffline(false);
    await standing().toBe(0);

    await give(page);
    await standing().toBe(1);
    await page.getByRole("button", { name: "最近记录" }).click();
    await page.getByRole("button", { name: "撤回最近几分钟发的豆" }).click();
    const voided = page.waitForResponse((response) => response.url().endsWith("/void-recent"));
    await sheet.getByRole("button", { name: /^撤回这/ }).click();
    expect((await voided).status()).toBe(200);
    await sheet.getByText("已撤回 1 条").waitFor();
    expect(await given()).toBe(0);
    await context.close();
  });

  test.each(["tablet", "phone"] as const)("reads well in English: %s", async (screen) => {
    const context = await stage.openContext(screen, "en");
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    await page.goto("/sign-in");
    await page.getByLabel("Login", { exact: true }).fill("teacher1");
    await page.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
    await page.getByText("This is a classroom tablet").click();
    await expectAccessible(page);
    await takePicture(page, `sign-in-shared-en-${screen}`);
    await page.evaluate(() => localStorage.setItem("doudou.locale", "en"));
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByLabel("New PIN").fill(PIN);
    await page.getByLabel("Once more").fill("864209");
    await page.getByRole("button", { name: "Set a PIN" }).click();
    await page.getByText("The two are not the same").waitFor();
    await expectAccessible(page);
    await takePicture(page, `pin-offer-en-${screen}`);
    await page.getByLabel("Once more").fill(PIN);
    await page.getByRole("button", { name: "Set a PIN" }).click();
    await page.waitForURL("**/classes");
    await page.getByRole("button", { name: /menu/i }).click();
    await page.getByRole("menuitem", { name: /^Lock Also/ }).click();
    await page.getByRole("heading", { name: "Locked" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, `lock-en-${screen}`);
    await page.getByRole("button", { name: "Another teacher" }).click();
    await expectAccessible(page);
    await takePicture(page, `lock-password-en-${screen}`);
    await context.close();
  });
});
