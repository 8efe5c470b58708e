/** The calls about the books of a child's school years, typed by the contract; apart from client.ts, so that no class page carries them. */
import type { Books } from "@doudou/shared/contract/books.ts";
import { receiving } from "./download.ts";
import { type FileAnswer, requestFile } from "./file.ts";
import { request } from "./request.ts";

export type BookKind = "pdf" | "zip";

export function readBooks(studentId: string, signal?: AbortSignal): Promise<Books> {
  return request(`/students/${studentId}/books`, { signal });
}

/** @param onReceived is told the share that has arrived, 0 to 1; nothing while the book is being made */
export function takeBook(
  { studentId, yearId, kind }: { studentId: string; yearId: string; kind: BookKind },
  onReceived: (share: number) => void,
  signal?: AbortSignal,
): Promise<FileAnswer> {
  return requestFile(`/students/${studentId}/books/${yearId}/${kind}`, {
    signal,
    through: receiving(onReceived),
  });
}
