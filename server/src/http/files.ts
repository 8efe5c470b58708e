/** Tables as request and answer: how they are described, named and taken in. Never reads on beyond the largest. */
import type { IncomingMessage } from "node:http";
import Type from "typebox";
import { inTime, type Patience } from "./incoming.ts";
import { Problem } from "./problem.ts";

/** The body of a call that brings a file. */
export const FileBody = Type.Unsafe<IncomingMessage>({
  contentMediaType: "application/octet-stream",
  description: "the file, as it is",
});

/** The answer that is a file of a type. */
export function fileOf(type: string) {
  return {
    description: "the file",
    content: { [type]: { schema: Type.Unsafe<Buffer>({ type: "string", format: "binary" }) } },
  };
}

/** The name a file is kept under. @param name in plain letters */
export function attachment(name: string): string {
  return `attachment; filename="${name}"`;
}

/**
 * A file, whole. Of one that is too large nothing more is read.
 * @param largest in bytes
 * @throws Problem table-too-large, upload-stalled
 */
export async function receivedFile(
  incoming: IncomingMessage,
  { largest, ...patience }: Patience & { readonly largest: number },
): Promise<Uint8Array> {
  if (Number(incoming.headers["content-length"] ?? 0) > largest) throw new Problem("table-too-large");
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of inTime(incoming, patience)) {
    size += chunk.length;
    if (size > largest) throw new Problem("table-too-large");
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
