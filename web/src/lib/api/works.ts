/** The calls about a child's shelf: works, honours, what is shown first. Typed by the contract, nothing kept, nothing decided. */
import type { PictureSize } from "@doudou/shared/contract/evidence.ts";
import type { HonourAnswer, HonourInput, HonourSaved } from "@doudou/shared/contract/honours.ts";
import type { ChosenHighlights, ClassShelf, Shelf } from "@doudou/shared/contract/shelf.ts";
import type { PortfolioFileRef, WorkInput, WorkSaved } from "@doudou/shared/contract/works.ts";
import { addressOf, request } from "./request.ts";
import { uploading } from "./upload.ts";

const of = (studentId: string) => `/students/${studentId}`;

export function readShelf(studentId: string, signal?: AbortSignal): Promise<Shelf> {
  return request(`${of(studentId)}/shelf`, { signal });
}

export function readClassShelf(classId: string, signal?: AbortSignal): Promise<ClassShelf> {
  return request(`/classes/${classId}/shelf`, { signal });
}

/** Sending it again under the same id changes nothing. @param onSent is told the share that has been sent, 0 to 1 */
export function uploadFile(
  studentId: string,
  id: string,
  file: Blob,
  { onSent, signal }: { onSent: (share: number) => void; signal?: AbortSignal },
): Promise<PortfolioFileRef> {
  return request(`${of(studentId)}/files/${id}`, {
    method: "PUT",
    body: file,
    signal,
    carrier: uploading(onSent),
  });
}

/** @param size matters for pictures alone */
export function fileAddress(studentId: string, fileId: string, size: PictureSize = "large"): string {
  return addressOf(`${of(studentId)}/files/${fileId}`, { size });
}

export function saveWork(studentId: string, id: string, work: WorkInput): Promise<WorkSaved> {
  return request(`${of(studentId)}/works/${id}`, { method: "PUT", body: work });
}

export function removeWork(studentId: string, id: string): Promise<void> {
  return request(`${of(studentId)}/works/${id}`, { method: "DELETE" });
}

/** @param word null takes it back */
export function sayWord(studentId: string, id: string, word: string | null): Promise<void> {
  return request(`${of(studentId)}/works/${id}/word`, { method: "PUT", body: { word } });
}

/** @param reason null shows the work again */
export function hideWork(studentId: string, id: string, reason: string | null): Promise<void> {
  return request(`${of(studentId)}/works/${id}/hiding`, { method: "PUT", body: { reason } });
}

export function saveHonour(studentId: string, id: string, honour: HonourInput): Promise<HonourSaved> {
  return request(`${of(studentId)}/honours/${id}`, { method: "PUT", body: honour });
}

export function answerHonour(studentId: string, id: string, answer: HonourAnswer["answer"]): Promise<void> {
  return request(`${of(studentId)}/honours/${id}/answer`, { method: "POST", body: { answer } });
}

export function removeHonour(studentId: string, id: string): Promise<void> {
  return request(`${of(studentId)}/honours/${id}`, { method: "DELETE" });
}

export function chooseHighlights(studentId: string, chosen: ChosenHighlights): Promise<void> {
  return request(`${of(studentId)}/highlights`, { method: "PUT", body: chosen });
}
