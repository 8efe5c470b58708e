/**
 * A report of an office: headings, sentences, tables and lines to fill in by hand, as the Typst template and the word
 * processor's file both draw it. Finished sentences in one language. Pure.
 */
import type { Locale } from "@doudou/shared/domain/words.ts";
import { printable } from "./printable.ts";

export interface ReportTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Shares of the width; equal where there are none. */
  readonly widths?: readonly number[];
}

export interface ReportSection {
  readonly heading: string;
  readonly paragraphs?: readonly string[];
  readonly table?: ReportTable;
  /** What the school has to write itself, each with room for it. */
  readonly toFillIn?: readonly string[];
}

export interface OfficeReport {
  readonly locale: Locale;
  readonly title: string;
  readonly school: string;
  readonly about: readonly string[];
  readonly sections: readonly ReportSection[];
}

/** What `typst/office-report.typ` reads. */
export function reportFile({ locale, title, school, about, sections }: OfficeReport) {
  const all = (texts: readonly string[] = []) => texts.map(printable);
  return {
    lang: locale === "en" ? "en" : "zh",
    title: printable(title),
    school: printable(school),
    about: all(about),
    sections: sections.map(({ heading, paragraphs, table, toFillIn }) => ({
      heading: printable(heading),
      paragraphs: all(paragraphs),
      table: table
        ? {
            head: all(table.head),
            rows: table.rows.map(all),
            widths: table.widths ?? table.head.map(() => 1),
          }
        : null,
      toFillIn: all(toFillIn),
    })),
  };
}
