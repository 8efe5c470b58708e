/** A ZIP as an answer, made as it is sent: file after file, never a whole one of them all in memory. */
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

export interface ArchiveFile {
  readonly name: string;
  /** Whole, or in pieces. */
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>;
  /** Would not become smaller. */
  readonly isPacked: boolean;
}

export async function* zipped(files: AsyncIterable<ArchiveFile>): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = [];
  const zip = new Zip((failure, chunk) => {
    if (failure) throw failure;
    made.push(chunk);
  });
  for await (const { name, bytes, isPacked } of files) {
    const entry = isPacked ? new ZipPassThrough(name) : new ZipDeflate(name);
    zip.add(entry);
    if (bytes instanceof Uint8Array) {
      entry.push(bytes, true);
    } else {
      for await (const piece of bytes) {
        entry.push(piece);
        yield* made.splice(0);
      }
      entry.push(new Uint8Array(), true);
    }
    yield* made.splice(0);
  }
  zip.end();
  yield* made.splice(0);
}

/** The name as RFC 6266 has it: plain for old clients, and with every character for the others. */
export function namedAttachment(plain: string, name: string): string {
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}
