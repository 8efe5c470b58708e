/**
 * The staff of a OneRoster package and what they teach where, as the package has it. Guesses nothing: a lesson's class is
 * the one its title names, or the one all of its pupils are in.
 * @source 1EdTech OneRoster 1.1 and 1.2, CSV binding: users, roles, classes, courses, enrollments (`primary`)
 */
import { plainText } from "./cells.ts";
import type { NamedClass } from "./class-book.ts";
import { classNamed } from "./class-names.ts";
import {
  type CsvLine,
  idOf,
  isHomeroom,
  listOf,
  namedClassOf,
  nameOf,
  type PackageLines,
} from "./one-roster-lines.ts";
import { personName } from "./rows.ts";

/** What somebody teaches, or is the homeroom teacher of. */
export interface PostEntry {
  /** As the file calls the class. */
  readonly title: string;
  /** The school's class; null where the file does not tell which one is meant. */
  readonly className: NamedClass | null;
  /** Everything that may name the subject, best first. */
  readonly subjects: readonly string[];
  readonly isHomeroom: boolean;
  /** The first day; null where it is open. */
  readonly from: string | null;
  readonly until: string | null;
}

/** A member of staff, with a number that tells it from its namesake. */
export interface StaffEntry {
  readonly staffNo: string;
  /** In small letters, as accounts have it. */
  readonly login: string | null;
  readonly name: string;
  /** It runs the school or its office there. Gives no right here. */
  readonly isAdministrator: boolean;
  readonly posts: readonly PostEntry[];
}

const ADMINISTRATORS = ["administrator", "principal", "siteadministrator"];
const LONGEST_NO = 100;

/** Who teaches or runs the school, in the order of the users; whoever is disabled there is left out. */
export function staffOfPackage(lines: PackageLines): StaffEntry[] {
  const postsOf = Map.groupBy(
    lines.enrollments.filter(({ role = "" }) => role.toLowerCase() === "teacher"),
    ({ usersourcedid = "" }) => usersourcedid,
  );
  const classesOfLessons = classesOf(lines);
  return lines.users.flatMap((user) => {
    const roles = lines.rolesOf.get(idOf(user));
    const isAdministrator = ADMINISTRATORS.some((role) => roles?.has(role));
    if (!isAdministrator && !roles?.has("teacher")) return [];
    if (user["enableduser"]?.toLowerCase() === "false") return [];
    const login = user["username"]?.normalize("NFKC").trim().toLowerCase();
    return {
      staffNo: (user["identifier"] || user["username"] || idOf(user)).slice(0, LONGEST_NO),
      login: login || null,
      name: personName(plainText(nameOf(user))),
      isAdministrator,
      posts: (postsOf.get(idOf(user)) ?? []).flatMap((enrollment) => {
        const ofClass = lines.classes.get(enrollment["classsourcedid"] ?? "");
        return ofClass ? [postOf(lines, enrollment, ofClass, classesOfLessons)] : [];
      }),
    };
  });
}

function postOf(
  { courses, endOf }: PackageLines,
  enrollment: CsvLine,
  ofClass: CsvLine,
  classesOfLessons: ReadonlyMap<string, ReadonlySet<CsvLine>>,
): PostEntry {
  const title = plainText(ofClass["title"] ?? "");
  const course = courses.get(ofClass["coursesourcedid"] ?? "");
  const taught = [...listOf(ofClass["subjects"]), ...listOf(course?.["subjects"]), course?.["title"] ?? ""];
  const until = endOf(enrollment, ofClass);
  const span = { from: enrollment["begindate"] || null, until: until === "9999" ? null : until };
  if (isHomeroom(ofClass)) {
    const isPrimary = enrollment["primary"]?.toLowerCase() === "true";
    const className = namedClassOf(ofClass);
    return { title, className, subjects: named(taught), isHomeroom: isPrimary, ...span };
  }
  const { inTitle, rest } = classInTitle(title);
  const [only, another] = classesOfLessons.get(idOf(ofClass)) ?? [];
  const className = inTitle ?? (only !== undefined && another === undefined ? namedClassOf(only) : null);
  return { title, className, subjects: named([...taught, rest]), isHomeroom: false, ...span };
}

/** The classes in which the pupils of each lesson are. */
function classesOf({ enrollments, classOf }: PackageLines): ReadonlyMap<string, ReadonlySet<CsvLine>> {
  const found = new Map<string, Set<CsvLine>>();
  for (const { role = "", usersourcedid = "", classsourcedid = "" } of enrollments) {
    const ofPupil = role.toLowerCase() === "student" ? classOf.get(usersourcedid) : undefined;
    if (ofPupil) found.set(classsourcedid, (found.get(classsourcedid) ?? new Set()).add(ofPupil));
  }
  return found;
}

/** 三年级1班数学: the longest beginning that names a class with its grade, and what is left. */
function classInTitle(title: string): { readonly inTitle: NamedClass | null; readonly rest: string } {
  const characters = Array.from(title);
  for (let length = characters.length - 1; length > 1; length -= 1) {
    const text = characters.slice(0, length).join("").trim();
    const className = classNamed(text);
    if (className?.grade !== undefined)
      return { inTitle: { ...className, text }, rest: characters.slice(length).join("").trim() };
  }
  return { inTitle: null, rest: title };
}

function named(subjects: readonly string[]): string[] {
  return [...new Set(subjects.map(plainText))].filter((text) => text !== "");
}
