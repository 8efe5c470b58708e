/** A child has looked at its own pages enough for today: the page says so kindly, what it was telling still goes out, and tomorrow it looks again. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { VIEW_MINUTES } from "@doudou/shared/domain/view-limit.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";
import { STAGE_NOW } from "../support/stage-time.ts";

const MINUTE = 60_000;
const LEAST = VIEW_MINUTES.least;

describe("enough looking for today", () => {
  let stage: Stage;
  let now = STAGE_NOW;
  const after = (minutes: number) => (now = new Date(STAGE_NOW.getTime() + minutes * MINUTE));
  beforeAll(async () => {
    stage = await openStage({ now: () => now });
  });
  afterAll(() => stage.close());

  /** Looks once in each of so many minutes. */
  const lookFor = async (page: Page, studentId: string, minutes: number) => {
    for (let minute = 0; minute < minutes; minute++) {
      after(minute);
      const answer = await page.request.get(`/api/v1/students/${studentId}/portfolio`);
      expect(answer.status()).toBe(200);
    }
  };
  const childOf = async (page: Page) => {
    const session = (await (await page.request.get("/api/v1/session")).json()) as SessionView;
    return session.memberships.flatMap(({ students }) => students)[0]!.id;
  };

  test("the office sets a shorter time, and a child who is writing finishes, sends, and is asked to go and play", async () => {
    const office = await stage.signIn("admin", "tablet");
    await openPath(office, "/office/settings");
    const limit = office.getByLabel("孩子每天看自己档案的时间");
    // As the demo school has it.
    expect(await limit.inputValue()).toBe(String(VIEW_MINUTES.most));
    await limit.selectOption({ label: "10 分钟" });
    const saving = office.locator("form").filter({ has: limit });
    await takePicture(office, "viewings-setting-tablet");
    await expectAccessible(office);
    await saving.getByRole("button", { name: "保存", exact: true }).tap();
    await expect
      .poll(async () => {
        const settings = await (await office.request.get("/api/v1/school-settings")).json();
        return (settings as SchoolSettings).words.viewMinutes;
      })
      .toBe(LEAST);
    await office.context().close();

    const child = await stage.signIn("student1", "tablet");
    await openPath(child, "/me");
    await lookFor(child, await childOf(child), LEAST);
    await child.getByRole("button", { name: /我做到了/ }).tap();
    const sheet = child.getByRole("dialog");
    await sheet.getByRole("listitem").first().getByRole("button").tap();
    await sheet.getByRole("textbox").fill("帮同桌捡起了掉在地上的书");
    after(LEAST);
    const refused = child.waitForResponse((answer) => answer.status() === 403);
    await child.evaluate(() => window.dispatchEvent(new Event("online")));
    await refused;
    const enough = child.getByRole("heading", { name: "今天看得够多啦" });
    expect(await sheet.getByRole("textbox").inputValue()).toBe("帮同桌捡起了掉在地上的书");
    await sheet.getByRole("button", { name: "告诉老师" }).tap();
    await enough.waitFor();
    expect(await child.getByRole("img", { name: /成长树/ }).count()).toBe(0);
    await child.getByRole("listitem").filter({ hasText: "帮同桌捡起了掉在地上的书" }).waitFor();
    await takePicture(child, "viewings-enough-tablet");
    await expectAccessible(child);
    await child.context().close();

    // Another device does not start anew.
    const phone = await stage.signIn("student1", "phone", "en");
    await openPath(phone, "/me");
    const enoughInEnglish = phone.getByRole("heading", { name: "Enough looking for today" });
    await enoughInEnglish.waitFor();
    await takePicture(phone, "viewings-enough-phone-en");
    await expectAccessible(phone);

    after(24 * 60);
    await phone.reload();
    await phone.getByRole("heading", { level: 1 }).waitFor();
    await phone
      .getByRole("img", { name: /Growth plant/ })
      .first()
      .waitFor();
    expect(await enoughInEnglish.count()).toBe(0);
    await phone.context().close();
  });
});
