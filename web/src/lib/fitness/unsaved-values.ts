/**
 * Results that were typed and that the server has not saved yet, kept on this device for the account that typed them: no
 * lost network and no reload takes one away. Ids and text only, and nothing once all is saved. Go as other drafts
 * do: see kept-drafts.ts.
 */
import type { Attempt, FitnessItem } from "@doudou/shared/domain/fitness.ts";
import { type DraftStorage, keptDraftOf } from "#lib/offline/kept-drafts.ts";

export interface CellOf {
  readonly studentId: string;
  readonly item: FitnessItem;
  readonly attempt: Attempt;
}

/** What stands in cells, as it was typed, by cell. */
export type Typed = Readonly<Record<string, string>>;

export interface UnsavedValues {
  find(): Typed;
  keep(typed: Typed): void;
}

export function cellKey({ studentId, item, attempt }: CellOf): string {
  return `${studentId} ${item} ${attempt}`;
}

export function cellOf(key: string): CellOf {
  const [studentId = "", item = "", attempt = ""] = key.split(" ");
  return { studentId, item: item as FitnessItem, attempt: Number(attempt) as Attempt };
}

/** Rows and columns of what was copied out of a spreadsheet. */
export function pastedCells(text: string): string[][] {
  const lines = text.replaceAll("\r\n", "\n").replace(/\n$/, "").split("\n");
  return lines.map((line) => line.split("\t").map((cell) => cell.trim()));
}

export function unsavedValuesOf(
  accountId: string,
  { classId }: { readonly classId: string },
  storage: DraftStorage,
): UnsavedValues {
  const kept = keptDraftOf<Typed>({ kind: "fitness", accountId, about: classId }, storage);
  return {
    find: () => kept.find() ?? {},
    keep(typed) {
      if (Object.keys(typed).length === 0) kept.drop();
      else kept.keep(typed);
    },
  };
}
