/** PDFs as answers: their schema, and the file's name as browsers of every age read it. */
import type { FastifyReply } from "fastify";
import Type from "typebox";

export const PdfAnswer = {
  description: "a PDF file",
  content: { "application/pdf": { schema: Type.Unsafe<Uint8Array>({ type: "string", format: "binary" }) } },
} as const;

/** A PDF with the name it is to be kept under. */
export interface PdfFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The name as RFC 6266 has it: plain for old clients, and with every character for the others.
 * @param plain the name in plain letters
 */
export async function sendPdf(
  reply: FastifyReply,
  { name, bytes }: PdfFile,
  plain: string,
): Promise<FastifyReply> {
  return await reply
    .type("application/pdf")
    .header(
      "content-disposition",
      `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
