/**
 * What may be kept of a child beside its ledger: works, honours and what it chose to show first. Words and limits only;
 * never a place in an order, never another child.
 */
import type { Dimension } from "./words.ts";

export const FILE_KINDS = ["picture", "pdf", "audio", "video"] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const MB = 1024 * 1024;

/** The largest file of each kind, in bytes. */
export const LARGEST_FILES: Readonly<Record<FileKind, number>> = {
  picture: 10 * MB,
  pdf: 10 * MB,
  audio: 20 * MB,
  video: 50 * MB,
};

/** @param type what a device says a file is: only a hint, so that what it does not know may be as large as any */
export function largestOf(type: string): number {
  const kinds = { "image/": "picture", "application/pdf": "pdf", "audio/": "audio" } as const;
  const known = Object.entries(kinds).find(([start]) => type.startsWith(start));
  return LARGEST_FILES[known?.[1] ?? "video"];
}

export const MOST_FILES_OF_WORK = 6;
/** A child's works of one term. */
export const MOST_WORKS_OF_TERM = 60;
/** What a child's files of one term may take, in bytes. */
export const MOST_BYTES_OF_TERM = 600 * MB;
export const MOST_HONOURS_OF_TERM = 40;
export const MOST_HIGHLIGHTS = 12;

export const TITLE_LENGTH = 40;
export const REFLECTION_LENGTH = 300;
export const WORD_LENGTH = 200;
export const HIDING_REASON_LENGTH = 200;
export const GIVER_LENGTH = 60;

/** Whether a file of this kind shows or sounds like a child: kept only while its family agrees to photos. */
export function needsPhotoConsent(kind: FileKind): boolean {
  return kind !== "pdf";
}

/** Who gave an honour, from near to far: where it comes from, not how much it is worth. */
export const HONOUR_LEVELS = ["class", "school", "district", "city", "province", "nation", "other"] as const;
export type HonourLevel = (typeof HONOUR_LEVELS)[number];

export const HONOUR_STATES = ["proposed", "confirmed", "declined"] as const;
export type HonourState = (typeof HONOUR_STATES)[number];

export const HIGHLIGHT_KINDS = ["work", "honour", "award", "activity"] as const;
export type HighlightKind = (typeof HIGHLIGHT_KINDS)[number];

/** A work must be something: files, or words about it. Families who agree to no pictures keep works in words. */
export function isEmptyWork(work: {
  readonly fileIds: readonly string[];
  readonly reflection: string;
}): boolean {
  return work.fileIds.length === 0 && work.reflection.trim() === "";
}

/** An indicator a work may be filed under: of the scheme in force, and of the work's own dimension. */
export function isIndicatorOf(
  indicator: { readonly dimension: Dimension } | undefined,
  dimension: Dimension,
): boolean {
  return indicator?.dimension === dimension;
}
