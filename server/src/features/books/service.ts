/**
 * The book (成长册) of a child's school year, as a PDF to print and as a folder to open without the server. Made anew each
 * time from what the family may see now; nothing of it is kept.
 */
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { picturesOfChild } from "@doudou/db/repositories/child-records.ts";
import { portfolioFilesOf } from "@doudou/db/repositories/portfolio-files.ts";
import { type BookPage, composeBook } from "@doudou/shared/domain/book/pages.ts";
import type { BookYear } from "@doudou/shared/domain/book/year.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { bookFile, type BookFilePage } from "../../documents/book-file.ts";
import { BOOK_WORDS } from "../../documents/book-words.ts";
import { forPrint } from "../../documents/print-pictures.ts";
import type { PdfFile } from "../../http/pdf.ts";
import { type ArchiveFile, zipped } from "../../http/zip.ts";
import { schoolPaper } from "../schools/service.ts";
import { booksOf, gatherYear } from "./gathering.ts";
import { bookPage, bookStyle, CHART, LOGO, PLANT, STYLE_SHEET } from "./page.ts";

export { booksOf, gatherYear };

interface OfYear {
  readonly studentId: string;
  readonly yearId: string;
}

/** Pictures of one book on paper, all together. */
const MOST_PICTURE_BYTES = 8_500_000;

/** @throws Problem book-year-not-found; Overloaded when too many books are waiting */
export async function bookPdf(deps: Deps, grant: Grant, of: OfYear, locale: Locale): Promise<PdfFile> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const { year, pages, names } = await openBook(deps, grant, of);
  const kept = new Map<string, Uint8Array>();
  for (const id of printedIn(pages)) {
    const name = names.get(id);
    const bytes = name === undefined ? undefined : await deps.pictures.read(schoolId, name);
    if (bytes) kept.set(id, bytes);
  }
  const printed = await forPrint(kept, MOST_PICTURE_BYTES);
  const placeOf = (id: string) => (printed.has(id) ? `book-${id}.jpg` : undefined);
  const pictures = new Map([...printed].map(([id, bytes]) => [`book-${id}.jpg`, bytes]));
  const file = bookFile(year, pages, { locale, placeOf });
  const paper = await schoolPaper(deps, frame);
  const bytes = await deps.documents.bookPdf(file, { ...paper, pictures });
  return { name: `${nameOf(year, locale)}.pdf`, bytes };
}

export interface BookArchive {
  readonly fileName: string;
  /** About how large it will be, for who shows how far it is. */
  readonly expectedBytes: number;
  readonly bytes: AsyncGenerator<Uint8Array>;
}

/** @throws as bookPdf does */
export async function bookZip(deps: Deps, grant: Grant, of: OfYear, locale: Locale): Promise<BookArchive> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const { year, pages, names } = await openBook(deps, grant, of);
  const places = new Map<string, { readonly place: string; readonly name: string }>();
  let expectedBytes = 120_000;
  for (const id of filesIn(pages)) {
    const name = names.get(id);
    const size = name === undefined ? undefined : await deps.pictures.sizeOf(schoolId, name);
    if (name === undefined || size === undefined) continue;
    const [, ending = "webp"] = name.split(".");
    places.set(id, { name, place: `${ending === "webp" ? "pictures" : "media"}/${id}.${ending}` });
    expectedBytes += size;
  }
  const file = bookFile(year, pages, { locale, placeOf: (id) => places.get(id)?.place });
  const growth = file.pages.find((page): page is GrowthPage => page.kind === "growth");
  const { logo, colours } = await schoolPaper(deps, frame);
  const drawings = growth && (await deps.documents.bookDrawings(growth, { colours }));
  return {
    fileName: `${nameOf(year, locale)}.zip`,
    expectedBytes,
    bytes: zipped(
      (async function* (): AsyncGenerator<ArchiveFile> {
        yield text("index.html", bookPage(file, { hasLogo: logo !== undefined }));
        yield text(STYLE_SHEET, bookStyle(colours));
        if (drawings) yield* [text(PLANT, drawings.plant), text(CHART, drawings.chart)];
        if (logo) yield { name: LOGO, bytes: logo, isPacked: true };
        for (const { place, name } of places.values()) {
          const { root, path } = deps.pictures.locate(schoolId, name);
          yield { name: place, bytes: createReadStream(join(root, path)), isPacked: true };
        }
      })(),
    ),
  };
}

type GrowthPage = Extract<BookFilePage, { kind: "growth" }>;

async function openBook(
  deps: Deps,
  grant: Grant,
  of: OfYear,
): Promise<{ year: BookYear; pages: BookPage[]; names: ReadonlyMap<string, string> }> {
  const { schoolId } = grant;
  const year = await gatherYear(deps, grant, of);
  const names = await deps.database.read(schoolId, async (store) => {
    const files = await portfolioFilesOf(store, schoolId, [of.studentId]);
    const photos = await picturesOfChild(store, schoolId, of.studentId);
    return new Map([
      ...files.map(({ id, fileName }) => [id, fileName] as const),
      ...photos.map(({ id, largeSha256 }) => [id, largeSha256] as const),
    ]);
  });
  return { year, pages: composeBook(year), names };
}

/** What a book shows as a picture on paper. */
function printedIn(pages: readonly BookPage[]): string[] {
  return pages.flatMap((page) => {
    if (page.kind === "photos") return page.photos.map(({ id }) => id);
    if (page.kind === "honours")
      return page.honours.flatMap(({ certificate }) =>
        certificate?.kind === "picture" ? certificate.id : [],
      );
    if (page.kind !== "works") return [];
    return page.works.flatMap(({ files }) =>
      files
        .filter(({ kind }) => kind === "picture")
        .slice(0, 2)
        .map(({ id }) => id),
    );
  });
}

/** All that a book has to look at and listen to. */
function filesIn(pages: readonly BookPage[]): string[] {
  return pages.flatMap((page) => {
    if (page.kind === "photos") return page.photos.map(({ id }) => id);
    if (page.kind === "honours") return page.honours.flatMap(({ certificate }) => certificate?.id ?? []);
    return page.kind === "works" ? page.works.flatMap(({ files }) => files.map(({ id }) => id)) : [];
  });
}

function nameOf({ child, name }: BookYear, locale: Locale): string {
  // A slash in the name of a year or of a child is no folder.
  return BOOK_WORDS[locale].title(child.name, name).replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, "-");
}

function text(name: string, content: string): ArchiveFile {
  return { name, bytes: new TextEncoder().encode(content), isPacked: false };
}
