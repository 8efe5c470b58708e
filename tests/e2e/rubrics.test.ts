/** Levels in words: a teacher rates a class on one screen, loses nothing without a network; the office words levels and sees how far raters agree. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_PASSWORD } from "@doudou/server/demo.ts";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import type { RatingDesk, RatingsInput } from "@doudou/shared/contract/rubrics.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { STAGE_NOW } from "../support/stage-time.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

const PATIENT = { timeout: 15_000 };

describe("levels in words", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  test("a class is rated with one tap for all and a few for the exceptions, over a lost network and a reload", async () => {
    const child = await stage.signIn("student1", "phone");
    const session = (await (await child.request.get("/api/v1/session")).json()) as SessionView;
    const { class: of } = session.memberships.flatMap(({ students }) => students)[0]!;
    const path = `/classes/${of!.id}/ratings`;
    await child.context().close();

    const desk = await stage.signIn("teacher1", "tablet");
    const kept = async () => (await (await desk.request.get(`/api/v1${path}`)).json()) as RatingDesk;
    const { indicators, children } = await kept();
    const open = indicators.find(({ chosen }) => chosen.length === 0)!;
    const chosen = async () =>
      (await kept()).indicators.find(({ code }) => code === open.code)!.chosen.map(({ level }) => level);
    await openPath(desk, path);
    await desk.getByRole("heading", { name: open.name.zh }).waitFor();
    await takePicture(desk, "rubrics-tablet");
    await expectAccessible(desk);

    await desk.getByRole("button", { name: /全班都选这个.*基本做到/ }).click();
    const row = desk.getByRole("group", { name: children[0]!.name });
    await row.getByText("做得很好", { exact: true }).click();
    await desk.getByText("都保存好了").waitFor();
    await expect.poll(async () => (await chosen()).length, PATIENT).toBe(children.length);
    expect((await chosen()).filter((level) => level === 4)).toHaveLength(1);

    await desk.context().setOffline(true);
    await desk.getByRole("group", { name: children[1]!.name }).getByText("没看够").click();
    await desk.getByText(/先记在这台设备上/).waitFor();
    await takePicture(desk, "rubrics-held-tablet");
    await desk.context().setOffline(false);
    await desk.reload();
    await expect
      .poll(async () => (await chosen()).filter((level) => level === "unseen").length, PATIENT)
      .toBe(1);
    await desk.getByText("都保存好了").waitFor();

    // Left and opened again before the network was back: the later word is the last.
    const context = desk.context();
    await desk.clock.install({ time: STAGE_NOW });
    const sent: unknown[] = [];
    await context.route(`**${path}/*`, async (route) => {
      const { ratings } = route.request().postDataJSON() as RatingsInput;
      sent.push(...ratings.map(({ level }) => level));
      await route.abort();
    });
    const third = desk.getByRole("group", { name: children[2]!.name });
    await third.getByText("没看够").click();
    await desk.getByText(/先记在这台设备上/).waitFor();
    await desk.getByRole("banner").locator(`a[href="/classes/${of!.id}"]`).click();
    await desk.getByRole("listbox").waitFor();
    await desk.goBack();
    await third.getByText("做得很好", { exact: true }).click();
    await expect.poll(() => sent.at(-1), PATIENT).toBe(4);
    sent.length = 0;
    await desk.clock.runFor(20_000);
    await expect.poll(() => sent.length, PATIENT).toBeGreaterThan(0);
    expect(new Set(sent)).toEqual(new Set([4]));
    await context.unroute(`**${path}/*`);
    await desk.clock.runFor(10_000);
    await desk.getByText("都保存好了").waitFor();
    const ofThird = (await kept()).indicators
      .flatMap((each) => each.chosen)
      .filter(({ studentId }) => studentId === children[2]!.id);
    expect(ofThird.map(({ level }) => level)).toContain(4);

    await desk.getByText("老师们看得一致吗").click();
    await desk
      .getByText(/有两位以上老师评过/)
      .first()
      .waitFor();
    await takePicture(desk, "rubrics-agreement-tablet");
    await expectAccessible(desk);
    await desk.context().close();

    const phone = await stage.signIn("teacher1", "phone", "en");
    await openPath(phone, path);
    await phone.getByRole("button", { name: /Next:/ }).waitFor();
    await takePicture(phone, "rubrics-phone-en");
    await expectAccessible(phone);
    await phone.context().close();
  });

  test("what one teacher could not send is never sent by the next on this tablet, and waits for the first", async () => {
    const desk = await stage.signIn("teacher3", "tablet");
    const { classes } = (await (await desk.request.get("/api/v1/classes")).json()) as ClassList;
    const path = `/classes/${classes.find(({ isHomeroom }) => isHomeroom)!.id}/ratings`;
    await desk.clock.install({ time: STAGE_NOW });
    await openPath(desk, path);
    const { children } = (await (await desk.request.get(`/api/v1${path}`)).json()) as RatingDesk;
    let tries = 0;
    await desk.context().route(`**${path}/*`, async (route) => {
      tries += 1;
      await route.abort();
    });
    const row = desk.getByRole("group", { name: children[3]!.name });
    await row.getByText("没看够").click();
    await desk.getByText(/先记在这台设备上/).waitFor();
    const switchTo = async (login: string) => {
      await desk.getByRole("button", { name: /的菜单$/ }).click();
      await desk.getByRole("menuitem", { name: "退出登录" }).click();
      await desk.getByLabel("账号", { exact: true }).fill(login);
      await desk.getByLabel("密码", { exact: true }).fill(DEMO_PASSWORD);
      await desk.getByRole("button", { name: "登录", exact: true }).click();
      await desk.getByRole("link", { name: /班/ }).first().waitFor();
    };
    await switchTo("teacher2");
    tries = 0;
    await desk.clock.runFor(30_000);
    expect(tries).toBe(0);

    await switchTo("teacher3");
    await desk.context().unroute(`**${path}/*`);
    const saved = desk.waitForResponse((response) => response.url().includes(`${path}/`) && response.ok());
    await openPath(desk, path);
    await saved;
    expect(await row.getByRole("radio", { checked: true }).count()).toBeGreaterThan(0);
    await desk.context().close();
  });

  test("by keys alone the days of a round are opened and left, and the focus stays in its place", async () => {
    const office = await stage.signIn("admin", "phone");
    await openPath(office, "/office/rubrics");
    const change = office.getByRole("button", { name: "改日期" });
    await change.press("Enter");
    await expect.poll(() => office.locator("input:focus").getAttribute("type")).toBe("date");
    await office.keyboard.press("Escape");
    await expect.poll(() => office.locator("button:focus").innerText()).toBe("改日期");
    await office.context().close();
  });

  test("the office words a level, takes it back, and looks how far a class's raters agree", async () => {
    const office = await stage.signIn("admin", "tablet");
    await openPath(office, "/office/rubrics");
    await office.getByRole("heading", { name: "评价轮次" }).waitFor();
    await takePicture(office, "rubrics-office-tablet");
    await expectAccessible(office);
    await office.getByRole("button", { name: "修改" }).first().click();
    const sheet = office.getByRole("dialog");
    await sheet.getByLabel("名称（中文）").first().fill("小小的芽");
    await takePicture(office, "rubrics-words-tablet");
    await expectAccessible(office);
    await sheet.getByRole("button", { name: "保存" }).click();
    await office.getByText("本校的描述").waitFor();
    await office.getByText("小小的芽").waitFor();
    await office.getByRole("button", { name: "撤销" }).click();
    await office.getByText("小小的芽").waitFor({ state: "detached" });
    await office.getByRole("link", { name: /三年级1班/ }).click();
    await office
      .getByText(/有两位以上老师评过/)
      .first()
      .waitFor();
    await takePicture(office, "rubrics-agreement-office-tablet");
    await expectAccessible(office);
    await office.context().close();
  });
});
