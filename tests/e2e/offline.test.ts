/**
 * The classroom with the cable out, in a real browser on a profile of its own: what a teacher gives is on the server
 * exactly once, whatever becomes of network, browser, session and version in between. Nothing here reaches past the page
 * but to spoil the network, kill the browser and count what the server has.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "@doudou/server/config.ts";
import {
  createDeps,
  openConfiguredDatabase,
  type RunningServer,
  startServer,
} from "@doudou/server/server.ts";
import { type BadNetwork, openBadNetwork } from "../support/bad-network.ts";
import { killBrowser, launchProfile } from "../support/browser.ts";
import { nextVersionOfApp } from "../support/next-version.ts";
import { createSchool, PASSWORD, type Person, type School, WORLD_NOW } from "../support/school.ts";
import { expectAccessible, SCREENS, takePicture } from "../support/stage.ts";

const CHILDREN = 50;
const SECONDS = 1000;
const MINUTES = 60_000;
const HOURS = 3_600_000;
const PATIENT = { timeout: 30_000 };

describe("the classroom with the cable out", () => {
  let dataDir: string;
  let server: RunningServer;
  let network: BadNetwork;
  let school: School;
  let context: BrowserContext;
  let profile: string;
  const opened = Date.now();
  /** Runs as the real clock does, in the middle of a term: every tablet here is wrong by what lies between. */
  const serverNow = () => new Date(WORLD_NOW.getTime() + Date.now() - opened);

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "doudou-offline-"));
    network = await openBadNetwork();
    await serve();
    school = await createSchool(server.deps.database, "forest", { children: CHILDREN });
  });
  afterAll(async () => {
    await network.close();
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  afterEach(async ({ task }) => {
    const page = context.pages().at(-1);
    if (task.result?.state === "fail" && page) await takePicture(page, "offline-failed");
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    network.fine();
  });

  /** @param webDir the built app unless another version is deployed */
  async function serve(webDir?: string): Promise<void> {
    const config = readConfig({ DATA_DIR: dataDir, PORT: "0", DOUDOU_LOG: "error", DOUDOU_DEMO: "0" });
    const database = await openConfiguredDatabase(config);
    server = await startServer(
      await createDeps(webDir === undefined ? config : { ...config, webDir }, database, serverNow),
    );
    network.leadTo(server.address);
  }

  async function openTablet(): Promise<void> {
    profile = await mkdtemp(join(tmpdir(), "doudou-profile-"));
    await openBrowser();
  }

  async function openBrowser(): Promise<void> {
    context = await launchProfile(profile, {
      ...SCREENS.tablet,
      locale: "zh-CN",
      baseURL: network.address,
    });
    context.setDefaultTimeout(30_000);
  }

  async function signIn(page: Page, { login }: Person): Promise<void> {
    await page.goto("/sign-in");
    await page.getByLabel("账号", { exact: true }).fill(login);
    await page.getByLabel("密码", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.waitForURL("**/classes");
  }

  /** Signed in on the list of classes, and everything on the device that is needed without a network. */
  async function openTabletInClass(person = school.homeroom): Promise<Page> {
    await openTablet();
    const page = context.pages()[0] ?? (await context.newPage());
    await signIn(page, person);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await expect.poll(() => keptNames(page), PATIENT).toContain(`points ${school.classId}`);
    return page;
  }

  /** What the device keeps of the server's answers, by name. */
  function keptNames(page: Page): Promise<string[]> {
    return page.evaluate(async () => {
      const answered = (request: IDBRequest) =>
        new Promise((resolve, reject) => {
          request.addEventListener("success", () => resolve(request.result));
          request.addEventListener("error", () => reject(request.error!));
        });
      const database = (await answered(indexedDB.open("doudou"))) as IDBDatabase;
      const keys = await answered(database.transaction("kept").objectStore("kept").getAllKeys());
      database.close();
      return (keys as [string, string][]).map(([, name]) => name);
    });
  }

  /** A tablet whose clock is so far from the server's, with the class open and all of it kept on the device. */
  async function openClassByClock(ahead: number): Promise<Page> {
    await openTablet();
    await context.clock.install({ time: serverNow().getTime() + ahead });
    const page = await context.newPage();
    await signIn(page, school.homeroom);
    await expect.poll(() => keptNames(page), PATIENT).toContain(`points ${school.classId}`);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await page.getByRole("link", { name: /三年级1班/ }).tap();
    await grid(page).waitFor();
    return page;
  }

  const grid = (page: Page) => page.getByRole("listbox");
  const waiting = (page: Page, count: number) => page.getByText(`待发送 ${count}`, { exact: true }).waitFor();
  const sent = (page: Page) => page.getByText("已送达", { exact: true }).waitFor({ timeout: 60_000 });

  /** Opens the app as a tap on its icon does, then the class by its card. */
  async function openClass(page: Page): Promise<void> {
    await page.goto("/");
    await page.getByRole("link", { name: /三年级1班/ }).tap();
    await grid(page).waitFor();
  }

  /** The whole class, so many times. @returns when, by the server's clock */
  async function awardAll(page: Page, times: number): Promise<Date[]> {
    const moments: Date[] = [];
    for (let time = 0; time < times; time += 1) {
      await page.getByRole("button", { name: "全选", exact: true }).tap();
      moments.push(serverNow());
      await page.locator("button.tile").first().tap();
      await expect.poll(() => page.getByRole("option", { selected: true }).count(), PATIENT).toBe(0);
    }
    return moments;
  }

  async function awardOne(page: Page, at: number): Promise<void> {
    await grid(page).getByRole("option").nth(at).tap();
    await page.locator("button.tile").first().tap();
  }

  /** The browser looks for what is deployed, as it does by itself now and then. */
  async function nextVersionLiesReady(page: Page): Promise<void> {
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
      while (!registration.waiting) {
        const { installing } = registration;
        await new Promise((changed) => {
          if (installing) installing.addEventListener("statechange", changed, { once: true });
          else registration.addEventListener("updatefound", changed, { once: true });
        });
      }
    });
  }

  const startScript = () => document.querySelector<HTMLScriptElement>("script[src*=start]")?.src;
  const changedOver = (page: Page, from: string | undefined) =>
    page.waitForFunction(
      (old) => {
        const now = document.querySelector<HTMLScriptElement>("script[src*=start]")?.src;
        return now !== undefined && now !== old;
      },
      from,
      { timeout: 60_000 },
    );

  /** The school's ledger: every award that stands. */
  async function ledger() {
    return await server.deps.database.read(school.id, async ({ db, tables }) => {
      const voided = new Set((await db.select().from(tables.awardVoid)).map(({ awardId }) => awardId));
      return (await db.select().from(tables.award)).map((award) => ({
        ...award,
        isVoided: voided.has(award.id),
      }));
    });
  }

  test("500 beans, the browser killed, once while it sends, the answers lost: on the server once each, at the time of the tap", async () => {
    const before = (await ledger()).length;
    let page = await openTabletInClass();
    // Browsers write cookies down some half a minute late; who is signed in since this morning has no such gap.
    await context.close();
    network.down();

    await openBrowser();
    page = await context.newPage();
    await openClass(page);
    const moments = await awardAll(page, 4);
    await waiting(page, 200);
    await takePicture(page, "offline-tablet");
    await expectAccessible(page);
    await killBrowser(context);

    await openBrowser();
    page = await context.newPage();
    await openClass(page);
    await waiting(page, 200);
    moments.push(...(await awardAll(page, 4)));
    await waiting(page, 400);
    await killBrowser(context);

    await openBrowser();
    page = await context.newPage();
    await openClass(page);
    await waiting(page, 400);

    network.loseAnswers(
      ({ method, url }) => method === "POST" && url === "/api/v1/awards" && network.lost < 3,
    );
    // What is sent has arrived when the browser is killed; of the answer it never hears.
    await expect.poll(() => network.lost, { timeout: 60_000 }).toBeGreaterThan(0);
    await killBrowser(context);
    await openBrowser();
    page = await context.newPage();
    await openClass(page);
    await context.setOffline(true);
    moments.push(...(await awardAll(page, 2)));
    // The network comes and goes: each time the page takes heart again.
    while (network.lost < 3) {
      const { lost } = network;
      await context.setOffline(false);
      await expect.poll(() => network.lost > lost || network.lost >= 3, { timeout: 60_000 }).toBe(true);
      await context.setOffline(true);
    }
    await context.setOffline(false);
    await sent(page);
    const standing = (await ledger()).slice(before);
    expect(standing).toHaveLength(500);
    const perChild = Map.groupBy(standing, ({ studentId }) => studentId);
    expect([...perChild.values()].map((awards) => awards.length)).toEqual(Array(CHILDREN).fill(10));
    const given = standing.map(({ occurredAt }) => occurredAt.getTime()).sort((a, b) => a - b);
    for (const [at, moment] of moments.entries())
      for (const time of given.slice(at * CHILDREN, (at + 1) * CHILDREN))
        expect(Math.abs(time - moment.getTime())).toBeLessThan(10 * SECONDS);
    await page.reload();
    await grid(page).waitFor();
    await expect
      .poll(() => grid(page).getByRole("option").first().locator(".for-screen-readers").innerText())
      .toContain("10 颗豆");
  });

  test("the session is over: what waits stays, nothing of it leaves in a colleague's name, and it goes on with its own", async () => {
    const before = (await ledger()).length;
    const page = await openTabletInClass();
    await openClass(page);
    network.down();
    await awardAll(page, 1);
    await waiting(page, CHILDREN);
    await signOutEverywhere(school.homeroom);
    network.fine();
    await takeHeart(page);
    const isOver = page.getByText("登录已过期，请重新登录。");
    await isOver.waitFor();
    await waiting(page, CHILDREN);
    await expectAccessible(page);

    await context.clearCookies();
    await signIn(page, school.subject);
    await openClass(page);
    await awardOne(page, 0);
    await sent(page);
    expect((await ledger()).slice(before).map(({ recorderId }) => recorderId)).toEqual([
      school.subject.membershipId,
    ]);
    await page.getByRole("button", { name: /的菜单$/ }).tap();
    await page.getByRole("menuitem", { name: "退出登录" }).tap();
    await page.waitForURL("**/sign-in");

    await signIn(page, school.homeroom);
    await sent(page);
    const standing = (await ledger()).slice(before);
    expect(standing.filter(({ recorderId }) => recorderId === school.homeroom.membershipId)).toHaveLength(
      CHILDREN,
    );
  });

  test("what waits is sent when somebody looks at the page again, without a word of the browser", async () => {
    const before = (await ledger()).length;
    const page = await openTabletInClass();
    await openClass(page);
    network.down();
    await awardOne(page, 0);
    await waiting(page, 1);
    // Far into its patience: by itself the page would not try again for a while.
    await page.waitForTimeout(8 * SECONDS);
    network.fine();
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await page.getByText("已送达", { exact: true }).waitFor({ timeout: 2 * SECONDS });
    expect((await ledger()).length).toBe(before + 1);
  });

  test("awards are voided and undone without a network and after a reload", async () => {
    const before = (await ledger()).length;
    const page = await openTabletInClass();
    await openClass(page);
    await awardOne(page, 0);
    await sent(page);
    await context.setOffline(true); // for certain: what is undone has never left
    await page.reload();
    await grid(page).waitFor();
    await awardOne(page, 1);
    await awardOne(page, 2);
    await page.getByRole("button", { name: "撤销", exact: true }).tap();
    await waiting(page, 1);
    await page.reload();
    await grid(page).waitFor();

    // A page that needs the server leads back to where one came from.
    await page.getByRole("link", { name: "我的关注", exact: true }).tap();
    await page.getByText("现在连不上学校的服务器").waitFor();
    await page.getByRole("button", { name: "返回", exact: true }).tap();
    await grid(page).waitFor();

    await page.getByRole("button", { name: "最近记录" }).tap();
    const recent = page.getByRole("dialog", { name: "最近记录" });
    for (const child of [school.children[1]!, school.children[0]!]) {
      await recent
        .getByRole("button", { name: `撤销 ${child.name} 的“观测点 1”` })
        .first()
        .tap();
      await recent.getByRole("button", { name: "点错了" }).tap();
    }
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await waiting(page, 1);
    await page.reload();
    await waiting(page, 1);
    await context.setOffline(false);
    await sent(page);
    const all = (await ledger()).slice(before);
    expect(all.map(({ studentId, isVoided }) => [studentId, isVoided])).toEqual([
      [school.children[0]!.id, true],
    ]);
  });

  test("two tabs award at once and send in turns", async () => {
    const before = (await ledger()).length;
    const first = await openTabletInClass();
    const second = await context.newPage();
    await openClass(first);
    await openClass(second);
    network.down();
    await Promise.all([awardAll(first, 1), awardAll(second, 1)]);
    await Promise.all([waiting(first, 100), waiting(second, 100)]);
    network.fine();
    await takeHeart(first, second);
    await Promise.all([sent(first), sent(second)]);
    expect(network.mostAtOnce("/api/v1/awards")).toBe(1);
    expect((await ledger()).length).toBe(before + 100);
  });

  test("with every page closed the service worker sends, for the account whose session it is and no other", async () => {
    const before = (await ledger()).length;
    let page = await openTabletInClass();
    await openClass(page);
    network.down();
    await awardAll(page, 1);
    await waiting(page, CHILDREN);

    const elsewhere = await context.newPage();
    await elsewhere.goto("about:blank");
    await page.close();
    const cookies = await context.cookies();
    await context.clearCookies();
    network.fine();
    await wake(elsewhere);
    expect((await ledger()).length).toBe(before);

    // A colleague has signed in elsewhere in this browser: nothing leaves in that name.
    const { login } = school.subject;
    await context.request.post(`${network.address}/api/v1/session`, { data: { login, password: PASSWORD } });
    await wake(elsewhere);
    expect((await ledger()).length).toBe(before);

    await context.clearCookies();
    await context.addCookies(cookies);
    network.loseAnswers(({ url }) => url === "/api/v1/awards" && network.lost < 4);
    page = await context.newPage();
    await page.goto("/classes");
    await page.getByRole("link", { name: /三年级1班/ }).waitFor();
    await page.close();
    await wake(elsewhere);
    await expect.poll(async () => (await ledger()).length).toBe(before + CHILDREN);
    await wake(elsewhere);
    page = await context.newPage();
    await page.goto("/classes");
    await sent(page);
    expect((await ledger()).length).toBe(before + CHILDREN);
  });

  test("a new version in mid-lesson waits until nobody is busy; what waits, and the tab of the old one, outlive it", async () => {
    const before = (await ledger()).length;
    const page = await openTabletInClass();
    const other = await context.newPage();
    await openClass(page);
    await openClass(other);
    const startedWith = await page.evaluate(startScript);
    const next = await nextVersionOfApp();
    await server.close();
    await serve(next);
    network.loseAnswers(({ url }) => url === "/api/v1/awards");
    await awardAll(page, 1);
    await waiting(page, CHILDREN);

    await page.getByRole("button", { name: "全选", exact: true }).tap();
    await nextVersionLiesReady(page);
    await page.getByRole("button", { name: /的菜单$/ }).tap();
    await page.getByRole("menuitem", { name: /现在更新/ }).waitFor();
    await page.keyboard.press("Escape");
    const offer = page.getByText("新版本准备好了");
    expect(await offer.isVisible()).toBe(false);
    expect(await page.getByRole("option", { selected: true }).count()).toBe(CHILDREN);

    await page.getByRole("link", { name: "豆豆成长首页" }).tap();
    await offer.waitFor();
    await expectAccessible(page);
    await takePicture(page, "update-tablet");
    await page.getByRole("button", { name: "现在更新" }).tap();
    await changedOver(page, startedWith);
    await waiting(page, CHILDREN);

    // The new version has a newer database; the old page fetches a part of its own that the server no longer has.
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open("doudou", 1000);
          opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("later"));
          opening.addEventListener("error", () => reject(opening.error!));
          opening.addEventListener("success", () => {
            opening.result.close();
            resolve();
          });
        }),
    );
    await awardOne(other, 0);
    await waiting(other, CHILDREN + 1);
    await other.getByRole("button", { name: "最近记录" }).tap();
    await other.getByRole("dialog", { name: "最近记录" }).getByText("待发送").first().waitFor();
    await other.keyboard.press("Escape");
    await openClass(page);
    await awardOne(page, 1);

    network.fine();
    await takeHeart(other, page);
    await Promise.all([sent(other), sent(page)]);
    expect(await page.getByText("还没存下来").count()).toBe(0);
    expect((await ledger()).length).toBe(before + CHILDREN + 2);
    await server.close();
    await serve();
    await rm(next, { recursive: true });
  });

  test("a new version offers itself in a class that nobody has touched for minutes, where nothing is begun and no timer runs", async () => {
    const page = await openClassByClock(0);
    const startedWith = await page.evaluate(startScript);
    const next = await nextVersionOfApp();
    await server.close();
    await serve(next);
    await nextVersionLiesReady(page);
    const child = grid(page).getByRole("option").first();
    const offer = page.getByText("新版本准备好了");
    /** Nobody touches the tablet so long. */
    const isOfferedAfter = async (ms: number) => {
      await page.clock.fastForward(ms);
      return await offer.isVisible();
    };
    await expect.poll(() => isOfferedAfter(3 * MINUTES), PATIENT).toBe(true);
    await expectAccessible(page);
    await takePicture(page, "update-idle-tablet");
    await child.tap();
    await offer.waitFor({ state: "detached" });
    expect(await isOfferedAfter(4 * MINUTES)).toBe(false);
    await child.tap();
    expect(await isOfferedAfter(2.5 * MINUTES)).toBe(false);
    await page.getByRole("button", { name: "最近记录" }).tap();
    await page.getByRole("dialog", { name: "最近记录" }).waitFor();
    expect(await isOfferedAfter(4 * MINUTES)).toBe(false);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "课堂工具" }).tap();
    await page.getByRole("dialog").getByRole("button", { name: "计时", exact: true }).tap();
    await page.getByRole("button", { name: "倒计时 10 分钟" }).tap();
    await page.getByRole("timer").waitFor();
    expect(await isOfferedAfter(4 * MINUTES)).toBe(false);
    await page.keyboard.press("Escape");
    await page.getByRole("timer").waitFor({ state: "detached" });
    expect(await isOfferedAfter(2.5 * MINUTES)).toBe(false);
    expect(await isOfferedAfter(MINUTES)).toBe(true);
    await page.getByRole("button", { name: "现在更新" }).tap();
    await changedOver(page, startedWith);
    await grid(page).waitFor();
    await server.close();
    await serve();
    await rm(next, { recursive: true });
  });

  test("what waits goes on being sent from any page of the teacher, also after a reload there", async () => {
    const before = (await ledger()).length;
    const page = await openTabletInClass();
    await openClass(page);
    network.down();
    await awardOne(page, 0);
    await waiting(page, 1);
    for (const path of ["/account", "/inbox"]) {
      await page.goto(path);
      await page.reload();
      await waiting(page, 1);
    }
    await takePicture(page, "offline-inbox-tablet");
    network.fine();
    await takeHeart(page);
    await sent(page);
    expect((await ledger()).length).toBe(before + 1);
    await page.goto("/account");
    await sent(page);
    await expectAccessible(page);
    await takePicture(page, "account-sent-tablet");
  });

  test.each([
    ["three hours", 3],
    ["nine days", 9 * 24],
  ])(
    "a tablet %s fast: every bean at the time it was given, over a reload without a network",
    async (_, hours) => {
      const before = (await ledger()).length;
      const page = await openClassByClock(hours * HOURS);
      network.down();
      const moments = [serverNow()];
      await awardOne(page, 0);
      await waiting(page, 1);
      await page.reload();
      await grid(page).waitFor();
      moments.push(serverNow());
      await awardOne(page, 1);
      await waiting(page, 2);
      network.fine();
      await takeHeart(page);
      await sent(page);
      const given = (await ledger()).slice(before).map(({ occurredAt }) => occurredAt.getTime());
      expect(given).toHaveLength(2);
      for (const [at, moment] of moments.entries())
        expect(Math.abs(given[at]! - moment.getTime())).toBeLessThan(10 * SECONDS);
    },
  );

  test("a school day after the server last spoke, a tablet without a network shows no child's name any more", async () => {
    const page = await openClassByClock(0);
    network.down();
    await page.clock.setFixedTime(serverNow().getTime() + 13 * HOURS);
    await page.reload();
    await grid(page).waitFor();
    await page.clock.setFixedTime(serverNow().getTime() + 15 * HOURS);
    await page.reload();
    await page.getByRole("heading").first().waitFor();
    await takePicture(page, "offline-next-day");
    expect(await grid(page).count()).toBe(0);
    expect(await page.locator("body").innerText()).not.toContain(school.children[0]!.name);
  });

  test("what the server refuses is told on every page, mended or dropped there; signing out leaves nothing behind", async () => {
    const before = (await ledger()).length;
    const page = await openTabletInClass();
    await openClass(page);
    network.down();
    await page.getByRole("tab", { name: /arts/ }).tap();
    await awardOne(page, 0);
    await awardOne(page, 1);
    await waiting(page, 2);
    // Meanwhile the class has another homeroom teacher, and only that one gives for this.
    await setHomeroom(false);
    network.fine();
    await takeHeart(page);
    await page.getByRole("button", { name: "2 条要您看看" }).waitFor();
    await page.getByRole("link", { name: "我的关注" }).tap();
    await page.getByRole("button", { name: "2 条要您看看" }).tap();
    const sheet = page.getByRole("dialog", { name: "没有记上的" });
    await sheet.waitFor();
    await expectAccessible(page);
    const [first, second] = [school.children[0]!, school.children[1]!];
    await sheet.getByRole("button", { name: `改一改：${first.name}，观测点 4` }).tap();
    await sheet.getByLabel("观测点", { exact: true }).selectOption({ label: "观测点 2" });
    await sheet.getByRole("button", { name: `再发一次：${first.name}，观测点 4` }).tap();
    await sheet.getByRole("button", { name: `不要了：${second.name}，观测点 4` }).tap();
    await sheet.getByRole("button", { name: `确定不要：${second.name}，观测点 4` }).tap();
    await sheet.getByText("都处理好了").waitFor();
    await page.keyboard.press("Escape");
    await sent(page);
    await setHomeroom(true);
    const mended = (await ledger()).slice(before);
    expect(mended.map(({ observationPointId }) => observationPointId)).toEqual([school.points.progress]);

    expect(await keptNames(page)).toContain(`attention ${school.classId}`);
    await page.getByRole("button", { name: /的菜单$/ }).tap();
    await page.getByRole("menuitem", { name: "退出登录" }).tap();
    await page.waitForURL("**/sign-in");
    expect(await keptNames(page)).toEqual([]);
  });

  async function setHomeroom(isHomeroom: boolean): Promise<void> {
    await server.deps.database.write(school.id, async ({ db, tables: { teachingAssignment } }) => {
      await db
        .update(teachingAssignment)
        .set({ isHomeroom })
        .where(eq(teachingAssignment.membershipId, school.homeroom.membershipId));
    });
  }

  /** From another device. */
  async function signOutEverywhere({ login }: Person): Promise<void> {
    const headers = { origin: server.address, "content-type": "application/json" };
    const body = JSON.stringify({ login, password: PASSWORD });
    const signedIn = await fetch(`${server.address}/api/v1/session`, { method: "POST", headers, body });
    const cookie = signedIn.headers.getSetCookie()[0]!.split(";")[0]!;
    const answer = await fetch(`${server.address}/api/v1/account/sessions`, {
      method: "DELETE",
      headers: { origin: server.address, cookie },
    });
    expect(answer.ok).toBe(true);
  }

  /** The network is back, as the browser tells a page. */
  async function takeHeart(...pages: Page[]): Promise<void> {
    for (const page of pages) await page.evaluate(() => dispatchEvent(new Event("online")));
  }

  /** What the browser does once there is a network and a page has asked to be woken. */
  async function wake(beside: Page): Promise<void> {
    const devtools = await context.newCDPSession(beside);
    const registered = new Promise<string>((resolve) => {
      devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
        const [registration] = registrations;
        if (registration) resolve(registration.registrationId);
      });
    });
    await devtools.send("ServiceWorker.enable");
    await devtools.send("ServiceWorker.dispatchSyncEvent", {
      origin: network.address,
      registrationId: await registered,
      tag: "doudou-outbox",
      lastChance: false,
    });
    await devtools.detach();
  }
});
