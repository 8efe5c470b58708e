/** One person in two roles: a clear switch between them, and each shows its own. */
import { expect, onTestFinished, test } from "vitest";
import { expectAccessible, openStage, takePicture } from "../support/stage.ts";

test("a teacher who is a mother goes from her class to her child and back, and stays what she chose after a reload", async () => {
  const stage = await openStage();
  onTestFinished(() => stage.close());
  const page = await stage.signIn("teacher4", "tablet");
  const ownClass = page.getByRole("link", { name: /四年级2班/ });
  await ownClass.waitFor();
  await page.getByRole("button", { name: /的菜单$/ }).tap();
  const asMother = page.getByRole("menuitem", { name: /家长/ });
  await asMother.waitFor();
  await expectAccessible(page);
  await takePicture(page, "several-roles-tablet");
  await asMother.tap();
  await page.waitForURL("**/family/*");
  await page.getByRole("heading").first().waitFor();
  expect(await ownClass.count()).toBe(0);

  await page.reload();
  await page.getByRole("heading").first().waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/family\//);

  await page.getByRole("button", { name: /的菜单$/ }).tap();
  await page.getByRole("menuitem", { name: /教师|老师/ }).tap();
  await ownClass.waitFor();
});
