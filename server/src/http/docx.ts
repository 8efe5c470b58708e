/** Files for a word processor as answers: their schema, and the file's name as browsers of every age read it. */
import type { FastifyReply } from "fastify";
import Type from "typebox";

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export const DocxAnswer = {
  description: "a file for a word processor",
  content: { [DOCX]: { schema: Type.Unsafe<Uint8Array>({ type: "string", format: "binary" }) } },
} as const;

/** A file with the name it is to be kept under. */
export interface DocxFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The name as RFC 6266 has it: plain for old clients, and with every character for the others.
 * @param plain the name in plain letters
 */
export async function sendDocx(
  reply: FastifyReply,
  { name, bytes }: DocxFile,
  plain: string,
): Promise<FastifyReply> {
  return await reply
    .type(DOCX)
    .header(
      "content-disposition",
      `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    .send(Buffer.from(bytes));
}
