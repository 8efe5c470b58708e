/** A child changes schools: its guardian takes the portfolio along, the new school's office brings it, a guardian lets it in. */
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { createSchool, PASSWORD, type Person, type School } from "../support/school.ts";
import {
  expectAccessible,
  openPath,
  openStage,
  type SCREENS,
  type Stage,
  takePicture,
} from "../support/stage.ts";

describe("a child changes schools", () => {
  let stage: Stage;
  /** The school it comes to. */
  let school: School;
  beforeAll(async () => {
    stage = await openStage({ env: { DOUDOU_REQUIRE_TOTP: "0" } });
    school = await createSchool(stage.server.deps.database, "seaside");
  });
  afterAll(() => stage.close());

  const signIn = async (
    { login }: Person,
    screen: keyof typeof SCREENS,
    locale: "zh-CN" | "en" = "zh-CN",
  ): Promise<Page> => {
    const page = await (await stage.openContext(screen, locale)).newPage();
    await page.request.post("/api/v1/session", { data: { login, password: PASSWORD } });
    await page.request.patch("/api/v1/account", { data: { locale } });
    return page;
  };

  test("and what it grew at the old one is in its portfolio at the new one, after a guardian's yes", async () => {
    const old = await stage.signIn("parent1", "phone");
    const { memberships } = (await (await old.request.get("/api/v1/session")).json()) as SessionView;
    const child = memberships.flatMap(({ students }) => students)[0]!;
    await openPath(old, `/family/${child.id}/privacy`);
    const taking = old.getByRole("region", { name: "转学档案" });
    await taking.scrollIntoViewIfNeeded();
    const downloading = old.waitForEvent("download");
    await taking.getByRole("button", { name: "下载转学档案" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toContain("转学档案");
    const buffer = await readFile(await download.path());
    await takePicture(old, "transfer-take-phone");
    await expectAccessible(old);
    await old.context().close();

    const [comer] = school.children;
    const office = await signIn(school.admin, "tablet");
    await openPath(office, `/office/people/pupils/${comer!.id}`);
    const desk = office.getByRole("region", { name: "转学档案" });
    const file = { name: "transfer.zip", mimeType: "application/zip", buffer };
    const broken = { ...file, buffer: buffer.subarray(0, 1000) };
    await desk.locator('input[type="file"]').setInputFiles(broken);
    await desk.getByRole("alert").filter({ hasText: "这不是转学档案" }).waitFor();
    await desk.locator('input[type="file"]').setInputFiles(file);
    await desk.getByText("签名是真的").waitFor();
    await desk.getByText(/姓名不一样/).waitFor();
    await desk.scrollIntoViewIfNeeded();
    await takePicture(office, "transfer-office-tablet");
    await expectAccessible(office);
    await office.context().close();

    const home = await signIn(school.guardian, "phone");
    await openPath(home, "/inbox");
    await takePicture(home, "transfer-inbox-phone");
    await home.getByRole("link", { name: /的转学档案等您同意/ }).click();
    await home.waitForURL(`**/family/${comer!.id}/privacy#transfers`);
    const asked = home.getByRole("region", { name: "转学档案" });
    await asked.getByText("等待家长同意").waitFor();
    await asked.getByRole("button", { name: "同意", exact: true }).scrollIntoViewIfNeeded();
    await takePicture(home, "transfer-answer-phone");
    await expectAccessible(home);
    await asked.getByRole("button", { name: "同意", exact: true }).click();
    await asked.getByText("已显示在成长档案里").waitFor();
    await home.context().close();

    const own = await signIn(school.student, "tablet", "en");
    await openPath(own, "/me");
    const earlier = own.getByRole("region", { name: "From an earlier school" });
    await earlier.scrollIntoViewIfNeeded();
    for (const year of await earlier.locator("summary").all()) await year.click();
    await earlier.getByText("Term summaries").or(earlier.getByText("Works")).first().waitFor();
    await takePicture(own, "earlier-school-tablet");
    await expectAccessible(own);
    await own.context().close();
  });
});
