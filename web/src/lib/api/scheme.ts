/** The calls about the school's indicator scheme, typed by the contract; apart from client.ts, so that no class page carries them. */
import type {
  DraftSaved,
  PreviewStages,
  PublishedScheme,
  SchemeDraft,
  SchemeFileCheck,
  SchemeOverview,
  SchemePublished,
  SchoolScheme,
  StagePreview,
} from "@doudou/shared/contract/indicators.ts";
import { addressOf, request } from "./request.ts";

export function readSchemes(signal?: AbortSignal): Promise<SchemeOverview> {
  return request("/indicator-schemes", { signal });
}

export function readScheme(id: string, signal?: AbortSignal): Promise<PublishedScheme> {
  return request(`/indicator-schemes/${id}`, { signal });
}

/** @param from a published version, or the product's own scheme */
export function beginDraft(from: string): Promise<SchemeDraft> {
  return request("/scheme-draft", { method: "POST", body: { from } });
}

/** @param version the one it was made from @throws ProblemError scheme-draft-changed where that is not the latest */
export function saveDraft(version: number, scheme: SchoolScheme): Promise<DraftSaved> {
  return request("/scheme-draft", { method: "PUT", body: { version, scheme } });
}

export function dropDraft(version: number): Promise<void> {
  return request("/scheme-draft", { method: "DELETE", query: { version: String(version) } });
}

export function publishDraft(version: number, termId: string): Promise<SchemePublished> {
  return request("/scheme-draft/publish", { method: "POST", body: { version, termId } });
}

/** How the school's children would stand today: shares of all of them. */
export function previewStages(
  thresholds: PreviewStages["thresholds"],
  signal?: AbortSignal,
): Promise<StagePreview> {
  return request("/scheme-draft/stages", { method: "POST", body: { thresholds }, signal });
}

/** What a file would make of the draft; changes nothing. */
export function checkSchemeFile(file: File): Promise<SchemeFileCheck> {
  return request("/scheme-draft/file-check", { method: "PUT", body: file });
}

export function draftTableAddress(): string {
  return addressOf("/scheme-draft/table.xlsx");
}

/** Of a published version: its points as a spreadsheet, or all of it as JSON. */
export function schemeFileAddress(id: string, file: "table.xlsx" | "scheme.json"): string {
  return addressOf(`/indicator-schemes/${id}/${file}`);
}
