/** Term summaries as PDF: milliseconds each once warm, a whole class in one file, and memory after a whole school. */
import { fork } from "node:child_process";
import { once } from "node:events";

export interface PdfFigures {
  readonly msEach: number;
  readonly classOf45Ms: number;
  readonly made: number;
  readonly rssMb: number;
}

/** Measured in a process of its own, so that memory is the documents' alone. */
export async function pdfFigures(count: number): Promise<PdfFigures> {
  const child = fork(new URL("pdf-process.ts", import.meta.url), [String(count)]);
  const [figures] = (await once(child, "message")) as [PdfFigures];
  child.kill();
  return figures;
}
