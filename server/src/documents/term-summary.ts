/**
 * Makes what the school prints, off the event loop: the term summary (学期成长报告) from frozen snapshots, letters for
 * guardians, children's cards, reports of the office, certificates of badges, the book of a child's school year.
 * Never reads the database and never decides who may print: it prints what it is given.
 */
import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { Overloaded } from "@doudou/db/engines/database.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import { type BadgeCertificate, badgeCertificateFile } from "./badge-certificate-page.ts";
import type { BookFile, BookFilePage } from "./book-file.ts";
import { type GuardianLetter, guardianLetterFile, type LetterSettings } from "./guardian-letter-page.ts";
import { type OfficeReport, reportFile } from "./report-page.ts";
import { type CardSettings, type PrintedCard, studentCardFile } from "./student-card-page.ts";
import { type PrintSettings, type PublishedTermSummary, termSummaryFile } from "./term-summary-page.ts";
import { placesInPalette, type SchoolPaper } from "./school-paper.ts";
import type { TypesetTask } from "./typst-worker.ts";

export type { PrintSettings, PublishedTermSummary } from "./term-summary-page.ts";

export interface Documents {
  /**
   * One PDF (A4, tagged, fonts embedded) with the summaries in the order given, each starting on a new sheet.
   * The same input gives the same bytes.
   * @param summaries one or more; a whole class fits in one file
   * @throws RangeError without a summary
   */
  termSummaryPdf(summaries: readonly PublishedTermSummary[], settings: PrintSettings): Promise<Uint8Array>;
  /** One PDF with letters that let guardians in, two to a sheet of A4. @param letters one or more */
  guardianLettersPdf(letters: readonly GuardianLetter[], settings: LetterSettings): Promise<Uint8Array>;
  /** One PDF with children's cards, ten to a sheet of A4, with lines to cut along. @param cards one or more */
  studentCardsPdf(cards: readonly PrintedCard[], settings: CardSettings): Promise<Uint8Array>;
  /** One PDF with a report of an office. */
  officeReportPdf(report: OfficeReport): Promise<Uint8Array>;
  /** One PDF with the certificate of a badge, A4 across. */
  badgeCertificatePdf(certificate: BadgeCertificate, locale: Locale): Promise<Uint8Array>;
  /**
   * One PDF with the book of a child's school year, a sheet a page. Books have a thread of their own: nobody waits for
   * one but who wants one.
   * @param pictures JPEG or WebP, under the names the file gives them
   * @throws Overloaded when too many books are waiting
   */
  bookPdf(file: BookFile, paper: SchoolPaper & BookPictures): Promise<Uint8Array>;
  /** The plant and the chart of a book as SVG, for a page on a screen. @throws Overloaded as bookPdf does */
  bookDrawings(
    growth: Extract<BookFilePage, { kind: "growth" }>,
    paper: Pick<SchoolPaper, "colours">,
  ): Promise<{ plant: string; chart: string }>;
  /** Finishes what was begun and ends the threads. */
  close(): Promise<void>;
}

export interface BookPictures {
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/** Books that may wait for the one thread that makes them. */
const MOST_BOOKS_WAITING = 24;

/**
 * @param workers threads at most; each keeps about 90 MB of fonts and compiler warm. None is started before the first document,
 * and all but one end again when there is nothing to do.
 */
export function createDocuments({
  workers = Math.max(1, Math.min(4, availableParallelism() - 1)),
}: { workers?: number } = {}): Documents {
  let pool: Piscina<TypesetTask, Uint8Array> | undefined;
  let books: Piscina<TypesetTask, Uint8Array> | undefined;
  const newPool = (minThreads: number, maxThreads: number) =>
    new Piscina<TypesetTask, Uint8Array>({
      filename: new URL("typst-worker.ts", import.meta.url).href,
      minThreads,
      maxThreads,
      idleTimeout: 30_000,
      // A worker that sleeps on an atomic between tasks never reaches its event loop, where the bytes of finished PDFs are freed.
      atomics: "disabled",
    });
  const startedPool = () => (pool ??= newPool(1, workers));
  const makeBook = async (task: TypesetTask) => {
    books ??= newPool(0, 1);
    if (books.queueSize >= MOST_BOOKS_WAITING) throw new Overloaded("too many books are waiting");
    return await books.run(task);
  };
  const typeset = (template: TypesetTask["template"], file: object, paper: SchoolPaper) => {
    const { logo } = paper;
    const json = JSON.stringify({ ...file, hasLogo: logo !== undefined });
    return startedPool().run({ template, json, logo, colours: placesInPalette(paper) });
  };
  return {
    async termSummaryPdf(summaries, settings) {
      return typeset("term-summary", termSummaryFile(summaries, settings), settings);
    },
    async guardianLettersPdf(letters, settings) {
      return typeset("guardian-letters", guardianLetterFile(letters, settings), settings);
    },
    async studentCardsPdf(cards, settings) {
      return typeset("student-cards", studentCardFile(cards, settings), settings);
    },
    async officeReportPdf(report) {
      return typeset("office-report", reportFile(report), {});
    },
    async badgeCertificatePdf(certificate, locale) {
      return typeset("badge-certificate", badgeCertificateFile(certificate, locale), certificate);
    },
    async bookPdf(file, { pictures, ...paper }) {
      const { logo } = paper;
      const json = JSON.stringify({ ...file, hasLogo: logo !== undefined });
      return await makeBook({ template: "book", json, logo, pictures, colours: placesInPalette(paper) });
    },
    async bookDrawings({ now, earlier }, paper) {
      const colours = placesInPalette(paper);
      const draw = async (isChart: boolean) => {
        const json = JSON.stringify({ now: now.growth, earlier: earlier?.growth ?? null, isChart });
        const task = { template: "book-drawings", json, logo: undefined, colours, isDrawing: true } as const;
        const svg = await makeBook(task);
        return new TextDecoder().decode(svg);
      };
      return { plant: await draw(false), chart: await draw(true) };
    },
    async close() {
      await books?.close();
      await pool?.close();
    },
  };
}
