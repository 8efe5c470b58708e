/**
 * Photos as evidence in a real browser: taken with the cable out, kept over a reload, sent later, seen by the child and
 * its family and by nobody else's; asked for where a point needs one; never of a child whose family has not agreed.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LedgerPage } from "@doudou/shared/contract/awards.ts";
import type { Roster } from "@doudou/shared/contract/classes.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { agreeToPhotos, heic, photo, withdrawPhotos } from "../support/pictures.ts";
import { expectAccessible, openStage, type SCREENS, type Stage, takePicture } from "../support/stage.ts";

const WITHOUT_PHOTO_NEEDED = /^用好好说话化解一次矛盾/;
const PHOTO_NEEDED = /^完成有想法的美术/;

describe("photos as evidence", () => {
  let stage: Stage;
  let folder: string;
  let taken: string;
  let unreadable: string;
  let child: { id: string; name: string };
  let refusing: { id: string; name: string };
  let family: SessionView;

  beforeAll(async () => {
    stage = await openStage({ isAsAtHome: true });
    folder = await mkdtemp(join(tmpdir(), "doudou-photos-"));
    taken = join(folder, "taken.jpg");
    await writeFile(taken, await photo({ width: 3000, height: 2000 }));
    unreadable = join(folder, "IMG_1.heic");
    await writeFile(unreadable, heic);
    const parent = await stage.signIn("parent1", "phone");
    family = (await (await parent.request.get("/api/v1/session")).json()) as SessionView;
    await parent.context().close();
    const pupil = await stage.signIn("student1", "tablet");
    const view = (await (await pupil.request.get("/api/v1/session")).json()) as SessionView;
    child = view.memberships[0]!.students[0]!;
    await pupil.context().close();
    const membership = family.memberships.find(({ role }) => role === "guardian")!;
    const school = { id: membership.schoolId, guardian: { membershipId: membership.id } };
    await agreeToPhotos(stage.server.deps.database, school, [child], new Date("2026-11-10T01:00:00Z"));
  });
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });

  const openClass = async (screen: keyof typeof SCREENS, locale: "zh-CN" | "en" = "zh-CN") => {
    const page = await stage.signIn("teacher1", screen);
    await page.waitForURL("**/classes");
    if (locale === "en") {
      // On this device only: the account goes on speaking Chinese elsewhere.
      await page.evaluate(() => localStorage.setItem("doudou.locale", "en"));
      await page.reload();
    }
    await page.locator("a[href^='/classes/']").first().click();
    await page.getByRole("listbox").waitFor();
    return page;
  };
  const rosterOf = async (page: Page): Promise<Roster> => {
    const classId = /classes\/([^/]+)/.exec(page.url())![1]!;
    return (await (await page.request.get(`/api/v1/classes/${classId}/roster`)).json()) as Roster;
  };
  const cellOf = (page: Page, name: string): Locator =>
    page.getByRole("listbox").getByRole("option", { name: new RegExp(`^${name}[,，]`) });
  const choose = async (page: Page, button: Locator, file: string) => {
    const chooser = page.waitForEvent("filechooser");
    await button.click();
    await (await chooser).setFiles(file);
  };
  const camera = (page: Page) => page.getByRole("button", { name: "拍张照片，附在下一次加豆上" });
  const latest = async (page: Page) => {
    const answer = await page.request.get(`/api/v1/students/${child.id}/timeline`);
    return ((await answer.json()) as LedgerPage).entries[0]!;
  };
  const awarded = (page: Page) =>
    page.waitForResponse((response) => response.url().endsWith("/api/v1/awards") && response.ok());

  test("a photo taken with the cable out survives a reload and arrives, without where it was taken", async () => {
    const page = await openClass("tablet");
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await page.reload();
    await page.getByRole("listbox").waitFor();

    await page.context().setOffline(true);
    await choose(page, camera(page), taken);
    await page.getByRole("group", { name: "下一次加豆会带上" }).getByRole("img").waitFor();
    await page.getByRole("button", { name: "写一句，附在下一次加豆上" }).click();
    await page.getByRole("textbox", { name: "写一句，附在下一次加豆上" }).fill("把落叶排成了一条小鱼");
    await expectAccessible(page);
    await takePicture(page, "evidence-next-tablet");
    await cellOf(page, child.name).click();
    await page.getByRole("tab", { name: /德育/ }).click();
    await page.getByRole("button", { name: WITHOUT_PHOTO_NEEDED }).click();
    await page.getByText("待发送 1").waitFor();
    await page.getByRole("status").getByRole("img", { name: "附上的照片" }).waitFor();
    await takePicture(page, "evidence-given-tablet");

    await page.reload();
    await page.getByRole("listbox").waitFor();
    await page.getByText("待发送 1").waitFor();
    await page.getByRole("button", { name: "最近" }).click();
    await page.getByRole("dialog").getByRole("img", { name: "附上的照片" }).waitFor();
    await page.keyboard.press("Escape");

    // The page sends it, or its service worker, whichever is first.
    await page.context().setOffline(false);
    await page.getByText("已送达", { exact: true }).waitFor({ timeout: 60_000 });
    const entry = await latest(page);
    expect(entry).toMatchObject({ note: "把落叶排成了一条小鱼", evidence: [{ isRemoved: false }] });
    for (const [size, side] of [
      ["large", 1600],
      ["small", 320],
    ] as const) {
      const answer = await page.request.get(
        `/api/v1/students/${child.id}/evidence/${entry.evidence[0]!.id}?size=${size}`,
      );
      const found = await sharp(await answer.body()).metadata();
      expect([found.format, found.exif, Math.max(found.width, found.height)]).toEqual([
        "webp",
        undefined,
        side,
      ]);
      expect(found.height).toBeGreaterThan(found.width); // upright, as it was seen
    }

    await page.getByRole("button", { name: "最近" }).click();
    const thumbnail = page.getByRole("dialog").getByRole("button", { name: /^放大/ }).first();
    await thumbnail.waitFor();
    await expectAccessible(page);
    await takePicture(page, "evidence-recent-tablet");
    await thumbnail.click();
    const large = page.getByRole("dialog", { name: new RegExp(`^${child.name}：`) });
    await large.getByRole("img", { name: new RegExp(`^${child.name}的照片`) }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "evidence-large-tablet");
    await page.context().close();
  });

  test("the child and its family see it; the family of another child does not", async () => {
    for (const [login, screen] of [
      ["student1", "tablet"],
      ["parent1", "phone"],
    ] as const) {
      const page = await stage.signIn(login, screen);
      if (login === "parent1") await page.goto(`/family/${child.id}`);
      const thumbnail = page.getByRole("button", { name: /^放大/ }).first();
      await thumbnail.scrollIntoViewIfNeeded();
      await expect
        .poll(() => thumbnail.getByRole("img").evaluate((img) => (img as HTMLImageElement).naturalWidth))
        .toBeGreaterThan(0);
      await expectAccessible(page);
      await takePicture(page, `evidence-diary-${screen}`);
      await thumbnail.click();
      await page.getByRole("dialog").getByText("把落叶排成了一条小鱼").waitFor();
      await expectAccessible(page);
      await takePicture(page, `evidence-large-${login}-${screen}`);
      await page.context().close();
    }
    const teacher = await openClass("desktop");
    const entry = await latest(teacher);
    await teacher.context().close();
    const own = new Set(family.memberships.flatMap(({ students }) => students.map(({ id }) => id)));
    for (let number = 2; ; number += 1) {
      const page = await stage.signIn(`parent${number}`, "phone");
      const view = (await (await page.request.get("/api/v1/session")).json()) as SessionView;
      const isOfOthers = view.memberships.every(({ students }) => students.every(({ id }) => !own.has(id)));
      const answer = await page.request.get(
        `/api/v1/students/${child.id}/evidence/${entry.evidence[0]!.id}?size=small`,
      );
      await page.context().close();
      if (!isOfOthers) continue;
      expect(answer.status()).toBe(403);
      break;
    }
  });

  test("a point that needs a photo asks for it, and says by name who cannot have one; nobody is forgotten", async () => {
    const page = await openClass("phone");
    const roster = await rosterOf(page);
    refusing = roster.students.find((student) => !student.mayBePhotographed)!;
    await cellOf(page, child.name).tap();
    await cellOf(page, refusing.name).tap();
    await page.getByRole("tab", { name: /美育/ }).tap();
    await page.getByRole("button", { name: PHOTO_NEEDED }).tap();
    const sheet = page.getByRole("dialog");
    await sheet.getByText(new RegExp(`而${refusing.name}的家长没有同意拍照`)).waitFor();
    expect(await sheet.getByRole("button", { name: "先加一张照片" }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await choose(page, sheet.getByRole("button", { name: "从相册选" }), unreadable);
    await sheet.getByRole("alert").getByText(/HEIC/).waitFor();
    await choose(page, sheet.getByRole("button", { name: "从相册选" }), taken);
    await sheet.getByRole("img", { name: "拍好的照片 1" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "evidence-required-phone");
    const sent = awarded(page);
    await sheet.getByRole("button", { name: new RegExp(`^给 ${child.name}`) }).tap();
    const { results } = (await (await sent).json()) as { results: { status: string }[] };
    expect(results.map(({ status }) => status)).toEqual(["recorded"]);
    expect((await latest(page)).evidence).toHaveLength(1);
    expect(await cellOf(page, refusing.name).getAttribute("aria-selected")).toBe("true");
    expect(await cellOf(page, child.name).getAttribute("aria-selected")).toBe("false");
    await page.context().close();
  });

  test("where a photo is not needed, who may not be photographed gets the beans without it", async () => {
    const page = await openClass("tablet", "en");
    await cellOf(page, child.name).click();
    await cellOf(page, refusing.name).click();
    await choose(page, page.getByRole("button", { name: "Take a photo for the next award" }), taken);
    await page.getByRole("group", { name: "The next award carries" }).getByRole("img").waitFor();
    await expectAccessible(page);
    await page.getByRole("tab", { name: /Moral/ }).click();
    await page.getByRole("tabpanel").locator("button.tile").first().click();
    const sheet = page.getByRole("dialog");
    await sheet.getByText(new RegExp(`families of ${refusing.name} have not agreed`)).waitFor();
    await expectAccessible(page);
    await takePicture(page, "evidence-consent-en-tablet");
    const uploaded = page.waitForRequest((request) => request.url().includes("/api/v1/evidence/"));
    const sent = page.waitForResponse(
      (response) =>
        response.url().endsWith("/api/v1/awards") &&
        (response.request().postData()?.includes("evidenceIds") ?? false),
    );
    await sheet.getByRole("button", { name: /^Give to/ }).click();
    expect(new URL((await uploaded).url()).searchParams.get("studentIds")).toBe(child.id);
    expect((await sent).ok()).toBe(true);
    const roster = await rosterOf(page);
    const answer = await page.request.get(`/api/v1/classes/${roster.class.id}/awards?limit=4`);
    const { entries } = (await answer.json()) as LedgerPage;
    const pictures = (id: string) => entries.find(({ student }) => student.id === id)?.evidence.length;
    expect([pictures(child.id), pictures(refusing.id)]).toEqual([1, 0]);
    await page.context().close();
  });

  test("a photo that a slow tablet has ready only after the class was left goes into no other award", async () => {
    const page = await openClass("tablet");
    await page.evaluate(() => {
      const { createImageBitmap } = globalThis;
      let goOn = () => {};
      const slow = new Promise<void>((resolve) => (goOn = resolve));
      const slowly = async (file: ImageBitmapSource) => {
        await slow;
        return await createImageBitmap(file);
      };
      Object.assign(globalThis, { createImageBitmap: slowly, goOn });
    });
    await choose(page, camera(page), taken);
    const next = page.getByRole("group", { name: "下一次加豆会带上" });
    await next.waitFor();
    await page.goBack();
    await page.locator("a[href^='/classes/']").first().click();
    await page.getByRole("listbox").waitFor();
    await next.waitFor();
    await page.evaluate(() => (globalThis as unknown as { goOn: () => void }).goOn());
    await next.waitFor({ state: "detached" });
    expect(await next.count()).toBe(0);
    await page.context().close();
  });

  test("consent withdrawn meanwhile: the award waits for the teacher, who sends it without the photo", async () => {
    const page = await openClass("tablet");
    await cellOf(page, child.name).click();
    await choose(page, camera(page), taken);
    await page.getByRole("group", { name: "下一次加豆会带上" }).getByRole("img").waitFor();
    const membership = family.memberships.find(({ role }) => role === "guardian")!;
    await withdrawPhotos(
      stage.server.deps.database,
      { id: membership.schoolId },
      [child],
      new Date("2026-11-11T02:30:00.001Z"),
    );
    await page.getByRole("tab", { name: /德育/ }).click();
    await page.getByRole("button", { name: WITHOUT_PHOTO_NEEDED }).click();
    await page.getByRole("button", { name: "1 条要您看看" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("img", { name: "附上的照片" }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "evidence-refused-tablet");
    const sent = awarded(page);
    await sheet.getByRole("button", { name: "不带照片发送" }).click();
    const { results } = (await (await sent).json()) as { results: { status: string }[] };
    expect(results.map(({ status }) => status)).toEqual(["recorded"]);
    await page.keyboard.press("Escape");

    const pupil = await stage.signIn("student1", "tablet");
    await pupil.getByText("照片已收回").first().waitFor();
    await expectAccessible(pupil);
    await takePicture(pupil, "evidence-withdrawn-tablet");
    await pupil.context().close();
    await page.context().close();
  });
});
