/** What a guardian saw at home: told on the phone, confirmed by the homeroom teacher, and then a bean in the child's portfolio. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { swipe } from "../support/gestures.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

test("a guardian tells what its child did at home; its teacher swipes it to a yes, and the portfolio shows it", async () => {
  const words = "晚饭后自己洗了碗，还教妹妹擦桌子。";
  const phone = await stage.signIn("parent1", "phone");
  const session = (await (await phone.request.get("/api/v1/session")).json()) as SessionView;
  const child = session.memberships
    .flatMap(({ students }) => students)
    .find(({ class: of }) => of?.name === "三年级1班")!;
  await openPath(phone, `/family/${child.id}`);
  const diary = phone
    .getByRole("region", { name: "成长记录", exact: true })
    .getByRole("article")
    .filter({ hasText: words });
  const told = phone
    .getByRole("region", { name: "我来说", exact: true })
    .getByRole("listitem")
    .filter({ hasText: words });
  await phone.getByRole("button", { name: /^孩子在家做到了/ }).tap();
  const sheet = phone.getByRole("dialog", { name: "孩子在家做到了…" });
  await sheet.getByRole("listitem").first().waitFor();
  await expectAccessible(phone);
  await takePicture(phone, "home-telling-points-phone");
  await sheet.getByRole("listitem").first().getByRole("button").tap();
  await sheet.getByLabel("说说孩子是怎么做的").fill(words);
  await expectAccessible(phone);
  await takePicture(phone, "home-telling-words-phone");
  await sheet.getByRole("button", { name: "告诉老师" }).tap();
  await told.getByText("老师还没看").waitFor();
  expect(await diary.count()).toBe(0);
  await expectAccessible(phone);

  const teacher = await stage.signIn("teacher1", "tablet", "en");
  await openPath(teacher, `/classes/${child.class!.id}`);
  await teacher.getByRole("link", { name: /to confirm$/ }).click();
  await teacher.waitForURL("**/proposals");
  const card = teacher.locator("[data-proposal]", { hasText: words });
  await card.getByRole("heading", { name: / \(guardian\) says .+ did it at home$/ }).waitFor();
  await expectAccessible(teacher);
  await card.scrollIntoViewIfNeeded();
  await takePicture(teacher, "home-telling-proposals-tablet-en");
  await swipe(teacher, card, 240);
  await card.waitFor({ state: "detached" });
  // Leaving sends at once what could still be taken back.
  const answered = teacher.waitForResponse((response) => response.url().endsWith("/proposals/answers"));
  await teacher.goBack();
  expect((await answered).status()).toBe(200);
  await teacher.context().close();

  await phone.reload();
  await told.getByText("老师点头啦！").waitFor();
  await diary.waitFor();
  await diary.scrollIntoViewIfNeeded();
  await takePicture(phone, "home-telling-diary-phone");
  await expectAccessible(phone);
  await phone.context().close();
});
