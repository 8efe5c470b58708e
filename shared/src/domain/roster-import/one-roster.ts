/**
 * From the files of a OneRoster package (CSV, 1.1 and 1.2, bulk) to one table of pupils, which is then looked at and
 * taken in like any other, and to the staff with what they teach, whom no table holds.
 * @source 1EdTech OneRoster 1.1 and 1.2, CSV binding
 */
import type { OneRosterSource, TableShape } from "./columns.ts";
import type { TableRow } from "./cells.ts";
import type { RosterField } from "./fields.ts";
import { nationalNumber } from "./identity-numbers.ts";
import {
  type CsvLine,
  gradeCell,
  idOf,
  isHomeroom,
  listOf,
  nameOf,
  type PackageLines,
} from "./one-roster-lines.ts";
import { type StaffEntry, staffOfPackage } from "./one-roster-staff.ts";

/** The files of a package by name: `users.csv`. Of a file without lines, the columns still tell what it could hold. */
export type PackageFiles = ReadonlyMap<
  string,
  { readonly columns: readonly string[]; readonly lines: readonly CsvLine[] }
>;

export const ONE_ROSTER_REFUSALS = [
  "oneroster-version",
  "oneroster-delta",
  "oneroster-incomplete",
  "oneroster-several-schools",
] as const;
export type OneRosterRefusal = (typeof ONE_ROSTER_REFUSALS)[number];

export type OneRosterTable =
  | {
      readonly rows: readonly TableRow[];
      readonly shape: TableShape;
      readonly oneRoster: OneRosterSource;
      readonly staff: readonly StaffEntry[];
    }
  | { readonly refusal: OneRosterRefusal; readonly places: readonly string[] };

/** Every file that is read; others are left packed. */
export const ONE_ROSTER_FILES = [
  "manifest.csv",
  "orgs.csv",
  "academicsessions.csv",
  "users.csv",
  "roles.csv",
  "classes.csv",
  "courses.csv",
  "enrollments.csv",
  "demographics.csv",
] as const;

const VERSIONS = ["1.1", "1.2"];
const GUARDIAN_ROLES = new Set(["guardian", "parent", "relative"]);
const FIRST_ROW = 2;
const GUARDIANS_A_ROW = 2;

const COLUMNS: readonly { readonly field: RosterField; readonly heading: string }[] = [
  { field: "studentNo", heading: "users.identifier" },
  { field: "nationalNo", heading: "users.userIds" },
  { field: "name", heading: "users.familyName + givenName" },
  { field: "sex", heading: "demographics.sex" },
  { field: "bornOn", heading: "demographics.birthDate" },
  { field: "grade", heading: "classes.grades" },
  { field: "class", heading: "classes.title" },
  { field: "guardian1Name", heading: "users.agentSourcedIds 1" },
  { field: "guardian1Relation", heading: "role 1" },
  { field: "guardian1Phone", heading: "users.sms / phone 1" },
  { field: "guardian2Name", heading: "users.agentSourcedIds 2" },
  { field: "guardian2Relation", heading: "role 2" },
  { field: "guardian2Phone", heading: "users.sms / phone 2" },
];

/** The people of a package, in the order of its users; a pupil with more than two guardians takes several rows. */
export function tableOfOneRoster(files: PackageFiles): OneRosterTable {
  const refused = refusalOf(files);
  if (refused) return refused;
  const linesOf = (file: string) =>
    (files.get(file)?.lines ?? []).filter(({ status = "" }) => status.toLowerCase() !== "tobedeleted");
  const version = versionOf(files);
  const users = linesOf("users.csv");
  const classes = new Map(linesOf("classes.csv").map((line) => [idOf(line), line]));
  const schools = new Set([...classes.values()].flatMap(({ schoolsourcedid }) => schoolsourcedid || []));
  if (schools.size > 1) {
    const names = new Map(linesOf("orgs.csv").map((line) => [idOf(line), line["name"] ?? ""]));
    const places = [...schools].map((id) => names.get(id) || id).sort();
    return { refusal: "oneroster-several-schools", places };
  }

  const rolesOf = rolesOfUsers(users, linesOf("roles.csv"));
  const hasRole = (user: CsvLine, role: string) => rolesOf.get(idOf(user))?.has(role) ?? false;
  const demographics = new Map(linesOf("demographics.csv").map((line) => [idOf(line), line]));
  const courses = new Map(linesOf("courses.csv").map((line) => [idOf(line), line]));
  const enrollments = linesOf("enrollments.csv");
  const endOf = endsIn(linesOf("academicsessions.csv"));
  const classOf = classesOfPupils(enrollments, classes, endOf);
  const guardiansOf = guardiansOfPupils(users, rolesOf);

  const rows: TableRow[] = [];
  for (const user of users.filter((one) => hasRole(one, "student"))) {
    const own = ownCells(user, demographics.get(idOf(user)), classOf.get(idOf(user)));
    const guardians = guardiansOf(user).map((guardian) => guardianCells(guardian, rolesOf));
    for (let from = 0; from === 0 || from < guardians.length; from += GUARDIANS_A_ROW) {
      const cells = [...own, ...guardians.slice(from, from + GUARDIANS_A_ROW).flat()];
      rows.push({ row: FIRST_ROW + rows.length, cells: cells.map((text) => (text === "" ? null : text)) });
    }
  }
  return {
    rows,
    shape: {
      headings: COLUMNS.map(({ heading }) => heading),
      fields: COLUMNS.map(({ field }) => field),
      firstRow: FIRST_ROW,
    },
    oneRoster: { version },
    staff: staffOfPackage({ users, rolesOf, classes, courses, enrollments, classOf, endOf }),
  };
}

function refusalOf(files: PackageFiles): Extract<OneRosterTable, { refusal: unknown }> | undefined {
  const version = versionOf(files);
  if (!VERSIONS.includes(version)) return { refusal: "oneroster-version", places: version ? [version] : [] };
  const delta = manifestOf(files)
    .filter(([name, value]) => name.startsWith("file.") && value.toLowerCase() === "delta")
    .map(([name]) => `${name.slice("file.".length)}.csv`);
  if (delta.length > 0) return { refusal: "oneroster-delta", places: delta };
  const needed: readonly { readonly file: string; readonly columns: readonly string[] }[] = [
    {
      file: "users.csv",
      columns: ["sourcedId", "givenName", "familyName", ...(version === "1.1" ? ["role"] : [])],
    },
    ...(version === "1.2" ? [{ file: "roles.csv", columns: ["userSourcedId", "role"] }] : []),
    { file: "classes.csv", columns: ["sourcedId", "title"] },
    { file: "enrollments.csv", columns: ["classSourcedId", "userSourcedId", "role"] },
  ];
  const missing = needed.flatMap(({ file, columns }) => {
    const known = files.get(file)?.columns;
    if (known === undefined) return [file];
    return columns
      .filter((column) => !known.includes(column.toLowerCase()))
      .map((column) => `${file}: ${column}`);
  });
  return missing.length > 0 ? { refusal: "oneroster-incomplete", places: missing } : undefined;
}

function manifestOf(files: PackageFiles): [name: string, value: string][] {
  return (files.get("manifest.csv")?.lines ?? []).map(({ propertyname = "", value = "" }) => [
    propertyname,
    value,
  ]);
}

/** 1.1 or 1.2, also of 1.2.1 */
function versionOf(files: PackageFiles): string {
  const [, value = ""] = manifestOf(files).find(([name]) => name.toLowerCase() === "oneroster.version") ?? [];
  return value.split(".", 2).join(".");
}

/** 1.1 has one role with the user, 1.2 any number in a file of their own. */
function rolesOfUsers(users: readonly CsvLine[], roles: readonly CsvLine[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (id: string, role = "") => {
    const known = found.get(id) ?? new Set();
    found.set(id, known.add(role.toLowerCase()));
  };
  for (const user of users) if (user["role"]) add(idOf(user), user["role"]);
  for (const { usersourcedid = "", role } of roles) add(usersourcedid, role);
  return found;
}

function endsIn(sessions: readonly CsvLine[]): PackageLines["endOf"] {
  const endOfSession = new Map(sessions.map((line) => [idOf(line), line["enddate"] ?? ""]));
  return (enrollment, ofClass) =>
    enrollment["enddate"] ||
    listOf(ofClass["termsourcedids"])
      .map((id) => endOfSession.get(id) ?? "")
      .sort()
      .at(-1) ||
    "9999";
}

/** A pupil's class: the homeroom where there is one, else the only one; of several years the latest. */
function classesOfPupils(
  enrollments: readonly CsvLine[],
  classes: ReadonlyMap<string, CsvLine>,
  endOf: PackageLines["endOf"],
): Map<string, CsvLine> {
  const asStudent = enrollments.filter(({ role = "" }) => role.toLowerCase() === "student");
  const found = new Map<string, CsvLine>();
  for (const [pupil, own] of Map.groupBy(asStudent, ({ usersourcedid = "" }) => usersourcedid)) {
    const candidates = own.flatMap((enrollment) => {
      const ofClass = classes.get(enrollment["classsourcedid"] ?? "");
      return ofClass ? [{ ofClass, end: endOf(enrollment, ofClass) }] : [];
    });
    const homerooms = candidates.filter(({ ofClass }) => isHomeroom(ofClass));
    const latest = (homerooms.length > 0 ? homerooms : candidates).toSorted((one, other) =>
      one.end < other.end ? 1 : one.end > other.end ? -1 : 0,
    );
    const [first, second] = latest;
    // Two that end together and are no homeroom are lessons: nobody can tell which is the pupil's class.
    const isPlain = homerooms.length > 0 || second === undefined || second.end !== first?.end;
    if (first && isPlain) found.set(pupil, first.ofClass);
  }
  return found;
}

/** Guardians of a pupil: those it names as its agents, and those who name it as theirs. */
function guardiansOfPupils(users: readonly CsvLine[], rolesOf: ReadonlyMap<string, ReadonlySet<string>>) {
  const guardians = new Map(
    users
      .filter((user) => [...(rolesOf.get(idOf(user)) ?? [])].some((role) => GUARDIAN_ROLES.has(role)))
      .map((user) => [idOf(user), user]),
  );
  const naming = new Map<string, string[]>();
  for (const [id, guardian] of guardians)
    for (const pupil of listOf(guardian["agentsourcedids"]))
      naming.set(pupil, [...(naming.get(pupil) ?? []), id]);
  return (pupil: CsvLine): CsvLine[] => {
    const ids = new Set([...listOf(pupil["agentsourcedids"]), ...(naming.get(idOf(pupil)) ?? [])]);
    return [...ids].map((id) => guardians.get(id)).filter((one) => one !== undefined);
  };
}

function ownCells(user: CsvLine, facts: CsvLine | undefined, ofClass: CsvLine | undefined): string[] {
  const { identifier = "", username = "" } = user;
  const isNational = (text: string) => typeof nationalNumber(text) === "string";
  const numbers = [...listOf(user["userids"]).map(valueOfUserId), identifier];
  const nationalNo = numbers.find(isNational) ?? "";
  const studentNo = [identifier, username, nationalNo === "" ? idOf(user) : ""].find(
    (text) => text !== "" && !isNational(text),
  );
  const sex = (facts?.["sex"] ?? "").toLowerCase();
  return [
    studentNo ?? "",
    nationalNo,
    nameOf(user),
    sex === "male" || sex === "female" ? sex : "",
    facts?.["birthdate"] ?? "",
    gradeCell(ofClass?.["grades"]) || gradeCell(user["grades"]),
    ofClass?.["title"] ?? "",
  ];
}

function guardianCells(guardian: CsvLine, rolesOf: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const role = [...(rolesOf.get(idOf(guardian)) ?? [])].find((one) => GUARDIAN_ROLES.has(one));
  return [nameOf(guardian), role ?? "guardian", guardian["sms"] || guardian["phone"] || ""];
}

/** `{学籍号:G110…}` */
function valueOfUserId(text: string): string {
  return /^\{?[^:{}]*:([^{}]*)\}?$/.exec(text)?.[1]?.trim() ?? text;
}
