/** The book of a child's school year over HTTP: who may take it, what is in it and what is not, on paper and as a folder. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync } from "fflate";
import sharp from "sharp";
import { getDocumentProxy } from "unpdf";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { portfolioFilesOf } from "@doudou/db/repositories/portfolio-files.ts";
import { createDocuments } from "@doudou/server/documents/term-summary.ts";
import { bookFile } from "@doudou/server/documents/book-file.ts";
import { forPrint } from "@doudou/server/documents/print-pictures.ts";
import { picturePath } from "@doudou/server/pictures/picture-files.ts";
import type { Books } from "@doudou/shared/contract/books.ts";
import { composeBook } from "@doudou/shared/domain/book/pages.ts";
import { type Client, clientOf } from "../support/client.ts";
import { emptyYear, fullYear } from "../support/book.ts";
import { mp4, wav } from "../support/media.ts";
import { agreeToPhotos, photo, withdrawPhotos } from "../support/pictures.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld } from "../support/world.ts";

const squeezed = (text: string) => text.replace(/[\s\u200b]/g, "");
async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const document = await getDocumentProxy(pdf.slice());
  const texts: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    texts.push(squeezed(items.map((item) => ("str" in item ? item.str : "")).join("")));
  }
  return texts;
}

describe("the book of a child", () => {
  let of: Awaited<ReturnType<typeof worldWithAYear>>;
  beforeAll(async () => {
    of = await worldWithAYear();
  });
  afterAll(() => of.world.close());

  test("is for the child, its guardians and its homeroom teacher, whose taking is written down", async () => {
    const { world, school, books, child, guardian, homeroom, admin, ada } = of;
    for (const by of [child, guardian, homeroom]) {
      expect(await by.get<Books>(books)).toMatchObject({
        mayTake: true,
        years: [{ id: school.yearId, name: "2026–2027", isRunning: true }],
      });
      expect((await by.ask("GET", `${books}/${school.yearId}/zip`)).status).toBe(200);
    }
    const subject = await clientOf(world, school.subject);
    expect((await subject.get<Books>(books)).mayTake).toBe(false);
    for (const person of [
      school.subject,
      school.admin,
      school.outsider,
      school.otherGuardian,
      school.otherStudent,
    ])
      expect((await (await clientOf(world, person)).ask("GET", `${books}/${school.yearId}/pdf`)).code).toBe(
        "forbidden",
      );
    const neighbour = await clientOf(world, world.neighbour.homeroom);
    expect((await neighbour.ask("GET", `${books}/${school.yearId}/pdf`)).code).toBe("not-found");
    expect((await child.ask("GET", `${books}/${uuidv7()}/pdf`)).code).toBe("book-year-not-found");
    const { entries } = await admin.get<{
      entries: { action: string; kind: string; student: { id: string } | null }[];
    }>(`/audit?action=book.take`);
    expect(entries.filter(({ kind, student }) => kind === "read" && student?.id === ada.id)).toHaveLength(1);
  });

  test("on paper tells of works, words and moments, tagged, named and of 8 to 20 pages", async () => {
    const { guardian, books, school } = of;
    const { bytes, headers } = await guardian.ask("GET", `${books}/${school.yearId}/pdf`);
    expect(headers["content-type"]).toBe("application/pdf");
    const pages = await pagesOf(bytes);
    expect(pages.length).toBeGreaterThanOrEqual(8);
    expect(pages.length).toBeLessThanOrEqual(20);
    const text = pages.join("");
    for (const said of ["秋天的树", "我用叶子拓出来的", "你看得真细", "课间扶起了摔倒的同学", "写给明年的我"])
      expect(text).toContain(said);
    expect(text).not.toContain("点错的一条");
    expect(text).not.toContain("只给老师看");
    expect(text).not.toContain("还没确认的荣誉");
    const source = Buffer.from(bytes).toString("latin1");
    for (const sign of ["/StructTreeRoot", "/Lang", "/Subtype/Image"])
      expect(source.replaceAll(" ", "")).toContain(sign);
    expect(bytes.length).toBeLessThan(10_000_000);
  });

  test("as a folder asks for nothing outside of it: every picture, sound and film it shows is there", async () => {
    const { guardian, books, school } = of;
    const { bytes, headers } = await guardian.ask("GET", `${books}/${school.yearId}/zip`);
    expect(Number(headers["doudou-expected-bytes"])).toBeGreaterThan(0);
    const files = unzipSync(bytes);
    const page = new TextDecoder().decode(files["index.html"]);
    expect(page).toContain("<title>");
    expect(page).not.toMatch(/<script|https?:\/\//);
    const named = [...page.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, name]) => name ?? "");
    expect(named.filter((name) => files[name] === undefined)).toEqual([]);
    for (const kind of [/^pictures\/.*webp$/, /^media\/.*wav$/, /^media\/.*mp4$/, /^drawings\/plant\.svg$/])
      expect(Object.keys(files).some((name) => kind.test(name))).toBe(true);
    expect(page).toContain("&lt;b&gt;我的歌");
    expect(new TextDecoder().decode(files["drawings/plant.svg"])).toMatch(/^<svg/);
  });

  test("in English has English words around what people wrote", async () => {
    const { world, school, books } = of;
    const reader = await clientOf(world, school.guardian, "en");
    const text = (await pagesOf((await reader.ask("GET", `${books}/${school.yearId}/pdf`)).bytes)).join("");
    for (const said of ["How I grew", "To next year's me", "Best moments", "秋天的树"])
      expect(squeezed(text).replaceAll("’", "'")).toContain(squeezed(said));
  });

  test("whose picture is gone, or no longer agreed to, is whole without it", async () => {
    const { world, school, ada, books, guardian } = of;
    const kept = await world.database.read(school.id, (store) =>
      portfolioFilesOf(store, school.id, [ada.id]),
    );
    const pictures = kept.filter(({ kind }) => kind === "picture");
    for (const { fileName } of pictures)
      await rm(join(world.deps.config.dataDir, picturePath(school.id, fileName)));
    const { bytes, status } = await guardian.ask("GET", `${books}/${school.yearId}/pdf`);
    expect(status).toBe(200);
    expect((await pagesOf(bytes)).join("")).toContain("照片不在了");
    await withdrawPhotos(world.database, school, [ada], new Date(WORLD_NOW.getTime() + 1000));
    const names = Object.keys(unzipSync((await guardian.ask("GET", `${books}/${school.yearId}/zip`)).bytes));
    expect(names.filter((name) => /^(pictures|media)\//.test(name))).toEqual([]);
  });
});

async function worldWithAYear() {
  const world = await createWorld();
  const { school } = world;
  const ada = school.children[0]!;
  await agreeToPhotos(world.database, school, [ada]);
  const [child, guardian, homeroom, admin] = (await Promise.all(
    [school.student, school.guardian, school.homeroom, school.admin].map((each) => clientOf(world, each)),
  )) as [Client, Client, Client, Client];
  const at = `/students/${ada.id}`;
  const work = async (title: string, reflection: string, file: Buffer, type: string) => {
    const id = uuidv7();
    const sent = await child.addFile(ada.id, file, type);
    const body = { title, dimension: "arts", reflection, fileIds: [sent.id] };
    expect((await child.ask("PUT", `${at}/works/${id}`, body)).status).toBe(200);
    return id;
  };
  const tree = await work("秋天的树", "我用叶子拓出来的。", await photo(), "image/jpeg");
  await work("<b>我的歌", "唱给你听。", wav(), "audio/wav");
  await work("跳绳", "我跳了八十一个。", mp4(), "video/mp4");
  expect(
    (await homeroom.ask("PUT", `${at}/works/${tree}/word`, { word: "叶子的颜色你看得真细！" })).status,
  ).toBe(204);
  const award = (note: string) => ({
    id: uuidv7(),
    studentId: ada.id,
    observationPointId: school.points.helps,
    occurredAt: WORLD_NOW.toISOString(),
    note,
  });
  const wrong = award("点错的一条");
  await homeroom.award(award("课间扶起了摔倒的同学。"), wrong);
  await homeroom.void([wrong.id]);
  const note = { words: "只给老师看的一句", guardianMaySee: false };
  await homeroom.ask("PUT", `${at}/notes/${uuidv7()}`, note);
  const honour = {
    title: "还没确认的荣誉",
    level: "school",
    givenBy: "少先队",
    day: "2026-11-02",
    dimension: "arts",
  };
  expect((await guardian.ask("PUT", `${at}/honours/${uuidv7()}`, honour)).status).toBe(200);
  return { world, school, ada, child, guardian, homeroom, admin, books: `${at}/books` };
}

describe("on paper", () => {
  const documents = createDocuments({ workers: 1 });
  afterAll(() => documents.close());
  const paper = { logo: undefined, pictures: new Map<string, Uint8Array>() };

  test.each([
    ["nothing", emptyYear],
    ["everything", fullYear()],
    ["the longest of every text", fullYear({ name: "欧阳".repeat(25), isWordy: true })],
  ] as const)("a year of %s has the pages it was given, a sheet each", async (_, year) => {
    const pages = composeBook(year);
    for (const locale of ["zh-CN", "en"] as const) {
      const pdf = await documents.bookPdf(bookFile(year, pages, { locale, placeOf: () => undefined }), paper);
      expect((await pagesOf(pdf)).length).toBe(pages.length);
    }
  });

  test("pictures of noise are made smaller until all of them together can be sent", async () => {
    const noise = {
      create: {
        width: 900,
        height: 900,
        channels: 3 as const,
        background: "#888",
        noise: { type: "gaussian" as const, mean: 128, sigma: 60 },
      },
    };
    const picture = new Uint8Array(await sharp(noise).webp({ quality: 90 }).toBuffer());
    const kept = new Map([1, 2, 3, 4].map((number) => [`picture-${number}`, picture]));
    kept.set("broken", new Uint8Array(20));
    const made = await forPrint(kept, 900_000);
    expect([...made.keys()]).toEqual([...kept.keys()].filter((name) => name !== "broken"));
    expect([...made.values()].reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(900_000);
  });
});
