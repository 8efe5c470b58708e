/**
 * The office is quicker than its network, and leaves things half done: what was asked a moment before, or begun for somebody
 * else, never shows up in what comes after it.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import type { ClassPage, PupilList } from "@doudou/shared/contract/people.ts";
import { holdNext } from "../support/held-question.ts";
import { openPath, openStage, type Stage } from "../support/stage.ts";

describe("an office before a slow network", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const ask = async <T>(page: Page, path: string): Promise<T> => {
    const response = await page.request.get(`/api/v1${path}`);
    expect(response.status()).toBe(200);
    return (await response.json()) as T;
  };
  const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

  test("asks for another part of the log while older entries are coming: none of those get into it", async () => {
    const page = await stage.signIn("admin", "tablet");
    for (let look = 0; look < 60; look += 1) await ask(page, "/audit?limit=1");
    await openPath(page, "/office/audit");
    const older = await holdNext(page, "GET", /\/audit\?.*before=/);
    await button(page, "更早的记录").click();
    await older.asked;
    await page.getByRole("radio", { name: "更改" }).check({ force: true });
    await page
      .getByRole("main")
      .getByRole("listitem")
      .getByText("查看操作记录")
      .first()
      .waitFor({ state: "detached" });
    await older.letGo();
    await page.getByRole("radio", { name: "更改" }).focus();
    expect(await page.getByRole("main").getByRole("listitem").getByText("查看操作记录").count()).toBe(0);
    await page.context().close();
  });
});
