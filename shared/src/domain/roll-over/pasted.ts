/** A list of who goes into which class, as it is copied out of a spreadsheet: a number and a class in each line. Pure. */
import { plainText } from "../roster-import/cells.ts";

export interface PastedLines {
  /** By pupil's id; the last line of a pupil counts. */
  readonly choices: ReadonlyMap<string, string>;
  /** Lines that name no pupil or no class, by their place from 1. */
  readonly unread: readonly { readonly line: number; readonly fault: "pupil" | "class" }[];
}

/**
 * Reads lines of two or more columns, divided by tabs, commas or blanks: the first that is a pupil's number or name counts,
 * and the last as the class. A heading is a line that names nobody, like any other. A name that two pupils have names nobody.
 */
export function placementsIn(
  text: string,
  pupils: readonly { readonly id: string; readonly studentNo: string; readonly name: string }[],
  classes: readonly { readonly id: string; readonly name: string }[],
): PastedLines {
  const byNumber = new Map(pupils.map(({ id, studentNo }) => [plainText(studentNo), id]));
  const byName = Map.groupBy(pupils, ({ name }) => plainText(name));
  const classOf = new Map(classes.map(({ id, name }) => [plainText(name), id]));
  const choices = new Map<string, string>();
  const unread: { line: number; fault: "pupil" | "class" }[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const cells = line
      .split(/[\t,，;；]|\s{1,}/)
      .map(plainText)
      .filter((cell) => cell !== "");
    const pupil =
      cells.map((cell) => byNumber.get(cell)).find((id) => id !== undefined) ??
      cells.map((cell) => soleOf(byName.get(cell))).find((id) => id !== undefined);
    const classId = classOf.get(cells.at(-1) ?? "");
    if (pupil === undefined) unread.push({ line: index + 1, fault: "pupil" });
    else if (classId === undefined) unread.push({ line: index + 1, fault: "class" });
    else choices.set(pupil, classId);
  }
  return { choices, unread };
}

function soleOf(found: readonly { readonly id: string }[] | undefined): string | undefined {
  return found?.length === 1 ? found[0]?.id : undefined;
}
