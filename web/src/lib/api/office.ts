/**
 * The calls of the school office's pages, typed by the contract; apart from client.ts, so that no class page carries
 * them. One function a call, nothing kept, nothing decided.
 */
import type {
  RosterColumns,
  RosterImport,
  RosterImports,
  RosterRows,
} from "@doudou/shared/contract/roster-imports.ts";
import type { RowOutcome } from "@doudou/shared/domain/roster-import/fields.ts";
import { addressOf, request } from "./request.ts";
import { uploading } from "./upload.ts";

export function readRosterImports(signal?: AbortSignal): Promise<RosterImports> {
  return request("/roster-imports", { signal });
}

/**
 * Brings a file and has every row of it checked. Sending it again under the same id changes nothing.
 * @param onSent is told the share that has been sent, 0 to 1
 */
export function bringRoster(
  id: string,
  file: File,
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<RosterImport> {
  return request(`/roster-imports/${id}`, {
    method: "PUT",
    query: { fileName: file.name },
    body: file,
    carrier: uploading(onSent),
    signal,
  });
}

export function readRosterImport(id: string, signal?: AbortSignal): Promise<RosterImport> {
  return request(`/roster-imports/${id}`, { signal });
}

/** @param cursor of the page before, 0 for the first */
export function readRosterRows(
  id: string,
  outcome: RowOutcome | undefined,
  cursor: number,
  signal?: AbortSignal,
): Promise<RosterRows> {
  return request(`/roster-imports/${id}/rows`, { query: { outcome, cursor: String(cursor) }, signal });
}

export function correctRosterColumns(id: string, columns: RosterColumns): Promise<RosterImport> {
  return request(`/roster-imports/${id}/columns`, { method: "PUT", body: columns });
}

export function applyRoster(id: string): Promise<RosterImport> {
  return request(`/roster-imports/${id}/apply`, { method: "POST" });
}

export function undoRoster(id: string): Promise<RosterImport> {
  return request(`/roster-imports/${id}/undo`, { method: "POST" });
}

export function templateAddress(kind: "xlsx" | "csv"): string {
  return addressOf(`/roster-imports/template.${kind}`);
}
