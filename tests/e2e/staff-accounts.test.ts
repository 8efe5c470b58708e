/**
 * A new colleague comes in by a link; her account is hers: password, devices, a second step that signing in then asks for.
 * An administrator of a real installation is led to set that up before anything else.
 */
import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { DEMO_PASSWORD } from "@doudou/server/demo.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";
import { STAGE_NOW } from "../support/stage-time.ts";

const CHOSEN = "竹林 windows 七月 river";

describe("accounts of the staff", () => {
  let stage: Stage;
  /** Where the invited colleague is signed in. */
  let colleague: Page;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const signIn = async (page: Page, login: string, password: string) => {
    await page.goto("/sign-in");
    await page.getByLabel("账号", { exact: true }).fill(login);
    await page.getByLabel("密码", { exact: true }).fill(password);
    await page.getByRole("button", { name: "登录", exact: true }).click();
  };
  const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret.replaceAll(/\s/g, "")) });

  test("an invitation leads a new colleague to her class pages", async () => {
    const office = await stage.signIn("admin", "desktop");
    await openPath(office, "/office");
    await office.getByRole("link", { name: "管理账号" }).click();
    await office.getByRole("heading", { name: "教职工账号", level: 1 }).waitFor();
    await office.getByRole("button", { name: "邀请教职工" }).click();
    const sheet = office.getByRole("dialog");
    await sheet.getByLabel("姓名").fill("陈小禾");
    await sheet.getByLabel("建议的账号名（可不填）").fill("chen.xiaohe");
    await sheet.getByRole("button", { name: "生成邀请链接" }).click();
    const address = await sheet.getByLabel("链接", { exact: true }).inputValue();
    expect(address).toMatch(/\/join\/staff#[\w-]{70,}$/);
    await expectAccessible(office);
    await takePicture(office, "staff-invitation-desktop");
    await office.keyboard.press("Escape");
    await office.getByRole("listitem").filter({ hasText: "陈小禾" }).getByText("邀请为老师").waitFor();
    await expectAccessible(office);
    await takePicture(office, "staff-accounts-desktop");

    const page = await (await stage.openContext("phone")).newPage();
    await page.goto(address);
    await page.getByRole("heading", { name: "加入学校", level: 1 }).waitFor();
    await page.getByText("陈小禾，您好！森林小学邀请您以“老师”的身份加入。").waitFor();
    await page.getByLabel("新密码", { exact: true }).fill("chenxiaohe2026");
    await page.getByRole("button", { name: "加入" }).click();
    await page.getByText("这个密码太容易被猜到").waitFor();
    await expectAccessible(page);
    await takePicture(page, "join-phone");
    await page.getByLabel("新密码", { exact: true }).fill(CHOSEN);
    await page.getByRole("button", { name: "加入" }).click();
    await page.waitForURL("**/classes");

    colleague = page;
  });

  test("a teacher of another school takes an invitation with the account she has, and chooses no second one", async () => {
    const office = await stage.signIn("admin", "desktop");
    const { token } = (await (
      await office.request.post("/api/v1/staff-accounts/invitations", {
        data: { name: "溪边的老师", role: "teacher" },
      })
    ).json()) as { token: string };
    const page = await (await stage.openContext("phone")).newPage();
    await page.goto(`/join/staff#${token}`);
    await page.getByRole("button", { name: "我已经有账号" }).click();
    await page.getByText("溪边的老师，您好！").waitFor();
    await expectAccessible(page);
    await takePicture(page, "join-with-account-phone");
    await page.getByLabel("账号", { exact: true }).fill("creek1");
    await page.getByLabel("密码", { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByRole("button", { name: "用这个账号加入" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "join-as-phone");
    await page.getByRole("button", { name: "用这个账号加入" }).click();
    await page.waitForURL("**/classes");
    const { memberships } = (await (await page.request.get("/api/v1/session")).json()) as SessionView;
    expect(memberships.map(({ schoolName, displayName }) => [schoolName, displayName])).toContainEqual([
      "森林小学",
      "溪边的老师",
    ]);
  });

  test("her devices are hers to end, and a second step is hers to set up; then signing in asks for it", async () => {
    const page = colleague;
    const tablet = await (await stage.openContext("tablet")).newPage();
    await signIn(tablet, "chen.xiaohe", CHOSEN);
    await tablet.waitForURL("**/classes");
    await tablet.getByRole("button", { name: /菜单|陈小禾/ }).click();
    await tablet.getByRole("menuitem", { name: /我的账号/ }).click();
    await tablet.getByRole("heading", { name: "我的账号", level: 1 }).waitFor();
    await tablet.getByText("本机").waitFor();
    const devices = tablet.getByRole("main").getByRole("listitem");
    await expect.poll(() => devices.count()).toBe(2);
    await expectAccessible(tablet);
    await takePicture(tablet, "account-tablet");
    await devices.getByRole("button").click();
    await expect.poll(() => devices.count()).toBe(1);
    await page.reload();
    await page.getByText("登录已过期，请重新登录。").waitFor();

    await tablet.getByRole("link", { name: "查看" }).click();
    await tablet.getByLabel("现在的密码").fill(CHOSEN);
    await tablet.getByRole("button", { name: "开始设置" }).click();
    const secret = await tablet.locator("code").innerText();
    await expectAccessible(tablet);
    await takePicture(tablet, "second-factor-tablet");
    await tablet.getByLabel("6 位动态码").fill(codeOf(secret).generate({ timestamp: STAGE_NOW.getTime() }));
    await tablet.getByRole("button", { name: "完成设置" }).click();
    await tablet.getByRole("heading", { name: "恢复码：现在就存好" }).waitFor();
    const [recovery = ""] = await tablet.locator("code").allInnerTexts();
    await expectAccessible(tablet);
    await takePicture(tablet, "recovery-codes-tablet");
    await tablet.getByRole("button", { name: "已存好，继续" }).click();
    await tablet.getByRole("heading", { name: "我的账号", level: 1 }).waitFor();

    await signIn(page, "chen.xiaohe", CHOSEN);
    await page.getByLabel("动态码").waitFor();
    await expectAccessible(page);
    await takePicture(page, "sign-in-code-phone");
    // Whoever takes over the keyboard here has a password and no code.
    const other = await (await stage.openContext("tablet")).newPage();
    await signIn(other, "chen.xiaohe", CHOSEN);
    await other.getByLabel("动态码").waitFor();
    await other.getByLabel("账号", { exact: true }).fill("teacher2");
    await other.getByLabel("密码", { exact: true }).fill(DEMO_PASSWORD);
    await other.getByRole("button", { name: "登录", exact: true }).click();
    await other.waitForURL("**/classes");
    await other.context().close();
    await page.getByLabel("动态码").fill(recovery);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.waitForURL("**/classes");
  });

  test("an administrator resets a colleague's password: she is out everywhere, and only the new link lets her in", async () => {
    const office = await stage.signIn("admin", "desktop");
    await openPath(office, "/office/staff-accounts");
    await office.getByLabel("按姓名或账号查找").fill("chen.xiaohe");
    await office.getByText("已开两步验证").waitFor();
    await office.getByRole("button", { name: /^重置密码\s*:\s*陈小禾/ }).click();
    await office.getByRole("dialog").getByRole("button", { name: "重置并生成链接" }).click();
    await office.getByRole("dialog").getByLabel("链接", { exact: true }).waitFor();
    await colleague.goto("/account");
    await colleague.getByText("登录已过期，请重新登录。").waitFor();
    expect((await colleague.request.get("/api/v1/session")).status()).toBe(401);
  });

  test("where it is required, an administrator sets up the second step before seeing anything", async () => {
    Object.assign(stage.server.deps.config, { requiresSecondFactor: true });
    const page = await (await stage.openContext("phone")).newPage();
    await signIn(page, "admin", DEMO_PASSWORD);
    await page.waitForURL("**/account/second-factor");
    await page.getByText("所以要先设置两步验证").waitFor();
    await expectAccessible(page);
    await takePicture(page, "second-factor-needed-phone");
    await page.goto("/office");
    await page.waitForURL("**/account/second-factor");
    await page.getByLabel("现在的密码").fill(DEMO_PASSWORD);
    await page.getByRole("button", { name: "开始设置" }).click();
    const secret = await page.locator("code").innerText();
    await takePicture(page, "second-factor-phone");
    await page.getByLabel("6 位动态码").fill(codeOf(secret).generate({ timestamp: STAGE_NOW.getTime() }));
    await page.getByRole("button", { name: "完成设置" }).click();
    await page.getByRole("button", { name: "已存好，继续" }).click();
    await page.waitForURL("**/classes");
    await openPath(page, "/office/staff-accounts");
    await page.getByText("已开两步验证").first().waitFor();
    await expectAccessible(page);
    await takePicture(page, "staff-accounts-phone");
  });
});
