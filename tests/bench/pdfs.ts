/** Term summaries as PDF: milliseconds each once warm, a whole class in one file, and memory after a whole school. */
import { fork } from "node:child_process";
import { once } from "node:events";

export interface PdfFigures {
  readonly msEach: number;
  readonly classOf45Ms: number;
  readonly made: number;
  readonly rssMb: number;
}

export interface SchoolFigures {
  readonly seconds: number;
  readonly made: number;
  readonly rssMb: number;
}

export async function pdfFigures(count: number): Promise<PdfFigures> {
  return await measured<PdfFigures>(String(count));
}

/** A whole school's, in one file a class. */
export async function schoolPdfFigures(count: number): Promise<SchoolFigures> {
  return await measured<SchoolFigures>(String(count), "school");
}

/** In a process of its own, so that memory is the documents' alone. */
async function measured<Figures>(...args: readonly string[]): Promise<Figures> {
  const child = fork(new URL("pdf-process.ts", import.meta.url), args);
  const [figures] = (await once(child, "message")) as [Figures];
  child.kill();
  return figures;
}
