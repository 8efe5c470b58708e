/** What the files of a OneRoster package have in common, whoever reads them: lines by column, ids, lists, sessions. */
import { classNamed, gradeNamed } from "./class-names.ts";
import { plainText } from "./cells.ts";
import type { NamedClass } from "./class-book.ts";

/** A line of a file by its column names in small letters; unknown columns are nobody's concern. */
export type CsvLine = Readonly<Record<string, string>>;

/** The lines of a package that are not to be deleted, by what they are about. */
export interface PackageLines {
  readonly users: readonly CsvLine[];
  /** In small letters, by a user's id. */
  readonly rolesOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** By id. */
  readonly classes: ReadonlyMap<string, CsvLine>;
  readonly courses: ReadonlyMap<string, CsvLine>;
  readonly enrollments: readonly CsvLine[];
  /** The class of each pupil, where one can be told. */
  readonly classOf: ReadonlyMap<string, CsvLine>;
  /** The last day of an enrollment or, where it says none, of its class; "9999" where nobody says one. */
  readonly endOf: (enrollment: CsvLine, ofClass: CsvLine) => string;
}

export function idOf({ sourcedid = "" }: CsvLine): string {
  return sourcedid;
}

export function listOf(text = ""): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Family name first and nothing between where the name is Chinese, else as it is written in English. */
export function nameOf({ familyname = "", givenname = "" }: CsvLine): string {
  const isChinese = /^\p{Script=Han}/u.test(familyname) || /^\p{Script=Han}/u.test(givenname);
  return isChinese ? `${familyname}${givenname}` : `${givenname} ${familyname}`.trim();
}

/** Said to be one, or called like one: many exports say "scheduled" of every class. */
export function isHomeroom({ classtype = "", title = "" }: CsvLine): boolean {
  return classtype.toLowerCase() === "homeroom" || classNamed(plainText(title))?.grade !== undefined;
}

/** The class a line of `classes.csv` is about, as far as its title and its grade say. */
export function namedClassOf({ title = "", grades = "" }: CsvLine): NamedClass | null {
  const text = plainText(title);
  const named = classNamed(text);
  if (named === undefined) return null;
  if (named.grade !== undefined) return { ...named, text };
  const gradeText = gradeCell(grades);
  const grade = gradeNamed(gradeText);
  return { grade, number: named.number, text: grade === undefined ? text : `${gradeText} ${text}` };
}

/** The first of the grades, without the zero that OneRoster puts before it. */
export function gradeCell(grades = ""): string {
  return (listOf(grades)[0] ?? "").replace(/^0+(?=\d)/, "");
}
