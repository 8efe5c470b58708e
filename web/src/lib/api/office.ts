/**
 * The calls of the school office's pages and of oversight, typed by the contract; apart from client.ts, so that no class
 * page carries them. One function a call, nothing kept, nothing decided.
 */
import type { AuditFilter, AuditPage, RecordReaders } from "@doudou/shared/contract/audit.ts";
import type {
  Dashboard,
  PatternRecords,
  PatternSeen,
  UnnoticedChildren,
} from "@doudou/shared/contract/dashboard.ts";
import type {
  RosterColumns,
  RosterImport,
  RosterImports,
  RosterRows,
  StaffChosen,
  StaffRows,
} from "@doudou/shared/contract/roster-imports.ts";
import type { SchoolGrowth } from "@doudou/shared/contract/school-growth.ts";
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

export function readRosterStaff(id: string, signal?: AbortSignal): Promise<StaffRows> {
  return request(`/roster-imports/${id}/staff`, { signal });
}

/** Says who somebody of a package is, and has all of it checked anew. */
export function chooseRosterStaff(id: string, chosen: StaffChosen): Promise<RosterImport> {
  return request(`/roster-imports/${id}/staff`, { method: "PUT", body: chosen });
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

/** @param before the last number of the page before */
export function readAudit(filter: AuditFilter, before?: number, signal?: AbortSignal): Promise<AuditPage> {
  const query = { ...filter, before: before === undefined ? undefined : String(before) };
  return request("/audit", { query, signal });
}

export function auditExportAddress(kind: "xlsx" | "csv", filter: AuditFilter): string {
  return addressOf(`/audit/export.${kind}`, { ...filter });
}

/** Who of the school has looked at a child's record: for its guardians. */
export function readRecordReaders(studentId: string, signal?: AbortSignal): Promise<RecordReaders> {
  return request(`/students/${studentId}/readers`, { signal });
}

export function readDashboard(signal?: AbortSignal): Promise<Dashboard> {
  return request("/dashboard", { signal });
}

/** @param termId the term now, if left out */
export function readSchoolGrowth(termId: string | undefined, signal?: AbortSignal): Promise<SchoolGrowth> {
  return request("/dashboard/growth", { query: { termId }, signal });
}

/** Where the browser finds the school's growth as a table. */
export function schoolGrowthTable(termId: string): string {
  return addressOf("/dashboard/growth.xlsx", { termId });
}

/** The children of a class of whom nothing was recorded this week. */
export function readUnnoticed(classId: string, signal?: AbortSignal): Promise<UnnoticedChildren> {
  return request(`/classes/${classId}/unnoticed`, { signal });
}

/** The records that made a pattern. */
export function readPattern(pattern: PatternSeen, signal?: AbortSignal): Promise<PatternRecords> {
  const { kind, from, teacher } = pattern;
  return request(`/classes/${pattern.class.id}/pattern`, {
    query: { kind, from, recorderId: teacher.id },
    signal,
  });
}
