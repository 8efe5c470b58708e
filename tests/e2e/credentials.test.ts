/** What the school signs: a guardian takes the record along, somebody else has the file checked, the guardian takes it back. */
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("signed credentials", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const checking = async (file: { readonly name: string; readonly text: string }, says: string) => {
    const page = await (await stage.openContext("phone")).newPage();
    await openPath(page, "/verify");
    const { name, text } = file;
    const buffer = Buffer.from(text);
    await page.locator('input[type="file"]').setInputFiles({ name, mimeType: "text/plain", buffer });
    await page.getByText(says).waitFor();
    return page;
  };

  test("a guardian downloads the record, anybody may check the file, and it can be taken back", async () => {
    const page = await stage.signIn("parent1", "phone");
    const studentId = await childOf(page);
    await openPath(page, `/family/${studentId}`);
    const shelf = page.getByRole("region", { name: "数字凭证" });
    await shelf.scrollIntoViewIfNeeded();
    const downloading = page.waitForEvent("download");
    await shelf.getByRole("button", { name: "下载整份成长记录凭证" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("成长记录凭证.jwt");
    const text = await readFile(await download.path(), "utf8");
    await shelf.getByRole("button", { name: /^收回/ }).waitFor();
    await shelf.scrollIntoViewIfNeeded();
    await takePicture(page, "credentials-family-phone");
    await expectAccessible(page);

    const file = { name: download.suggestedFilename(), text };
    const genuine = await checking(file, "是真的，而且有效。");
    await genuine.getByText(/签发，关于一份成长记录。/).waitFor();
    await takePicture(genuine, "credential-check-phone");
    await expectAccessible(genuine);
    const altered = await checking({ ...file, text: `${text}x` }, "文件被改动过");
    await altered.context().close();
    await genuine.context().close();

    await shelf.getByRole("button", { name: /^收回/ }).click();
    const sure = page.getByRole("dialog", { name: "收回这份凭证？" });
    await takePicture(page, "credential-withdraw-phone");
    await sure.getByRole("button", { name: "收回" }).click();
    await shelf.getByText("已收回", { exact: true }).waitFor();
    await (await checking(file, "是学校签发的，但已经收回。")).context().close();
    await page.context().close();
  });

  test("the office sees the key by its fingerprint and may sign with a new one", async () => {
    const page = await stage.signIn("admin", "desktop");
    await openPath(page, "/office/credentials");
    await page.getByText("正在使用").waitFor();
    await takePicture(page, "school-keys-desktop");
    await page.getByRole("button", { name: "更换密钥" }).click();
    const sure = page.getByRole("dialog", { name: "更换密钥" });
    await expectAccessible(page);
    await sure.getByRole("button", { name: "更换密钥" }).click();
    await page.getByText("已停用：只用来核验以前的签名").waitFor();
    await page.context().close();
  });
});

async function childOf(page: Page): Promise<string> {
  const { memberships } = (await (await page.request.get("/api/v1/session")).json()) as SessionView;
  return memberships.flatMap(({ students }) => students)[0]!.id;
}
