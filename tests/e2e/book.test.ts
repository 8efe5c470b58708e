/**
 * The book of a child's school year in a real browser: its family takes it on the phone, and opens it from the disk with
 * the network off; its homeroom teacher finds it on the child's page.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { unzipSync } from "fflate";
import { getDocumentProxy } from "unpdf";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import {
  expectAccessible,
  openChapter,
  openPath,
  openStage,
  type Stage,
  takePicture,
} from "../support/stage.ts";

describe("the book of a school year", () => {
  let stage: Stage;
  let folder: string;
  beforeAll(async () => {
    stage = await openStage();
    folder = await mkdtemp(join(tmpdir(), "doudou-book-"));
  });
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });

  const childOf = async (page: Page) => {
    const { memberships } = (await (await page.request.get("/api/v1/session")).json()) as SessionView;
    const child = memberships.flatMap(({ students }) => students)[0];
    if (!child) throw new Error("nobody's family");
    return child;
  };
  const takeBy = async (page: Page, name: RegExp) => {
    const download = page.waitForEvent("download", { timeout: 60_000 });
    await page
      .getByRole("region", { name: /成长册$/ })
      .getByRole("button", { name })
      .click();
    const path = join(folder, (await download).suggestedFilename());
    await (await download).saveAs(path);
    await page.getByText("做好了，已保存到这台设备。").waitFor();
    return path;
  };

  test("a guardian takes it on the phone, on paper and as a page", async () => {
    const page = await stage.signIn("parent1", "phone");
    const child = await childOf(page);
    await openPath(page, `/family/${child.id}`);
    await openChapter(page, "成长册");
    const section = page.getByRole("region", { name: "成长册", exact: true });
    await section.waitFor();
    const paper = await readFile(await takeBy(page, /PDF/));
    const { numPages } = await getDocumentProxy(new Uint8Array(paper));
    expect(numPages).toBeGreaterThanOrEqual(8);
    expect(numPages).toBeLessThanOrEqual(20);
    const archive = await takeBy(page, /网页/);
    await section.evaluate((element) => element.scrollIntoView());
    await expectAccessible(page);
    await takePicture(page, "book-family-phone");
    await page.context().close();
    for (const [name, bytes] of Object.entries(unzipSync(new Uint8Array(await readFile(archive))))) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), bytes);
    }
    for (const screen of ["phone", "tablet"] as const) {
      const context = await stage.openContext(screen);
      await context.setOffline(true);
      const book = await context.newPage();
      const asked: string[] = [];
      book.on("request", (request) => asked.push(request.url()));
      await book.goto(pathToFileURL(join(folder, "index.html")).href);
      await book.getByRole("heading", { level: 1 }).waitFor();
      const broken = () =>
        book.evaluate(() => {
          const pictures = [...document.images];
          for (const picture of pictures) picture.loading = "eager";
          return pictures
            .filter(({ complete, naturalWidth }) => !complete || naturalWidth === 0)
            .map(({ src }) => src);
        });
      await expect.poll(broken).toEqual([]);
      expect(asked.filter((url) => !url.startsWith("file:"))).toEqual([]);
      const width = await book.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(width).toBeLessThanOrEqual(0);
      await expectAccessible(book);
      await takePicture(book, `book-page-${screen}`);
      await book.getByRole("navigation").getByRole("link").last().click();
      await takePicture(book, `book-last-${screen}`);
      await context.close();
    }
  });

  test("the child and its homeroom teacher find it where they look at the year", async () => {
    const pupil = await stage.signIn("student1", "tablet");
    const child = await childOf(pupil);
    await openPath(pupil, "/me");
    await openChapter(pupil, "我的成长册");
    const own = pupil.getByRole("region", { name: "我的成长册" });
    await own.evaluate((element) => element.scrollIntoView());
    await takePicture(pupil, "book-me-tablet");
    await pupil.context().close();
    const teacher = await stage.signIn("teacher1", "tablet");
    await openPath(teacher, `/students/${child.id}`);
    const found = teacher.getByRole("region", { name: "成长册", exact: true });
    await found.getByRole("button", { name: /PDF/ }).waitFor();
    expect(await found.getByRole("button").count()).toBe(2);
    await teacher.context().close();
  });
});
