/** The calls about transfer files; apart from client.ts, so that no class page carries them. Nothing kept, nothing decided. */
import type { PictureSize } from "@doudou/shared/contract/evidence.ts";
import type { EarlierSchools, TransferReply, Transfers } from "@doudou/shared/contract/transfers.ts";
import { receiving } from "./download.ts";
import { type FileAnswer, requestFile } from "./file.ts";
import { addressOf, request } from "./request.ts";
import { uploading } from "./upload.ts";

const of = (studentId: string) => `/students/${studentId}`;

/** @param onReceived is told the share that has arrived, 0 to 1; nothing while it is being made */
export function takeTransfer(studentId: string, onReceived: (share: number) => void): Promise<FileAnswer> {
  return requestFile(`${of(studentId)}/transfer.zip`, { through: receiving(onReceived) });
}

export function readTransfers(studentId: string, signal?: AbortSignal): Promise<Transfers> {
  return request(`${of(studentId)}/transfers`, { signal });
}

/** Sending it again changes nothing. @param onSent is told the share that has been sent, 0 to 1 */
export function bringTransfer(
  studentId: string,
  id: string,
  file: File,
  onSent: (share: number) => void,
): Promise<Transfers> {
  return request(`${of(studentId)}/transfers/${id}`, {
    method: "PUT",
    body: file,
    carrier: uploading(onSent),
  });
}

export function answerTransfer(
  studentId: string,
  id: string,
  answer: TransferReply["answer"],
): Promise<Transfers> {
  return request(`${of(studentId)}/transfers/${id}/answer`, { method: "POST", body: { answer } });
}

export function removeTransfer(studentId: string, id: string): Promise<Transfers> {
  return request(`${of(studentId)}/transfers/${id}`, { method: "DELETE" });
}

export function readEarlierSchools(studentId: string, signal?: AbortSignal): Promise<EarlierSchools> {
  return request(`${of(studentId)}/earlier-schools`, { signal });
}

/** @param size matters for pictures alone */
export function transferFileAddress(studentId: string, fileId: string, size: PictureSize = "large"): string {
  return addressOf(`${of(studentId)}/transfer-files/${fileId}`, { size });
}
