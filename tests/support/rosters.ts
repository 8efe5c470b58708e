/** Rosters as schools have them: made-up pupils, as tables, XLSX and CSV. Every national number checks. */
import { strToU8, zipSync } from "fflate";
import writeExcelFile from "write-excel-file/node";
import type { Cell, TableRow } from "@doudou/shared/domain/roster-import/cells.ts";
import type { PackageFiles } from "@doudou/shared/domain/roster-import/one-roster.ts";
import { checkCharacter } from "@doudou/shared/domain/roster-import/identity-numbers.ts";

/** The national number of a child born on a day, the `serial`-th there: an odd one is a boy's. */
export function nationalNo(bornOn: string, serial: number): string {
  const digits = `110101${bornOn.replaceAll("-", "")}${String(serial).padStart(3, "0")}`;
  return `G${digits}${checkCharacter(digits)}`;
}

/** Rows of a table, the first of them row 1. */
export function tableOf(rows: readonly (readonly Cell[])[]): TableRow[] {
  return rows
    .map((cells, index) => ({ row: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell !== null && cell !== ""));
}

export async function xlsxOf(rows: readonly unknown[][]): Promise<Buffer> {
  return await writeExcelFile(rows as never).toBuffer();
}

export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.join(",")).join("\r\n");
}

const FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗";
const GIVEN = "子梓雨欣思可若芷沐书佳一安清知星艺心嘉念";

/** A name of three characters, a different one for each number below 8,000. */
export function nameOf(number: number): string {
  const at = (text: string, place: number) => text.charAt(place % text.length);
  return at(FAMILY, number) + at(GIVEN, Math.floor(number / 20)) + at(GIVEN, Math.floor(number / 400));
}

export const HEADINGS = [
  "学号",
  "姓名",
  "学籍号",
  "班级",
  "性别",
  "出生日期",
  "监护人1姓名",
  "监护人1关系",
  "监护人1电话",
  "监护人2姓名",
  "监护人2关系",
  "监护人2电话",
] as const;

/** A whole school: so many pupils in classes of fifty, each with two guardians of its own. */
export function wholeSchool(pupils: number): string[][] {
  return Array.from({ length: pupils }, (_, index) => {
    const classIndex = Math.floor(index / 50);
    const grade = "一二三四五六".charAt(classIndex % 6);
    const bornOn = `2017-${String((index % 12) + 1).padStart(2, "0")}-${String((index % 28) + 1).padStart(2, "0")}`;
    return [
      `S${String(index + 1).padStart(5, "0")}`,
      nameOf(index),
      nationalNo(bornOn, index % 1000),
      `${grade}年级${Math.floor(classIndex / 6) + 1}班`,
      (index % 1000) % 2 === 1 ? "男" : "女",
      bornOn,
      `${nameOf(index)}妈`,
      "母亲",
      `139${String(index).padStart(8, "0")}`,
      `${nameOf(index)}爸`,
      "父亲",
      `137${String(index).padStart(8, "0")}`,
    ];
  });
}

type Lines = readonly (readonly string[])[];

/** The files of a small school's OneRoster package, headings first: two pupils, their guardians, a teacher, two classes. */
export function oneRosterFiles(version: "1.1" | "1.2"): Record<string, Lines> {
  const people = [
    ["u-1", "student", "李", "梓涵", "OR-1", `{学籍号:${nationalNo("2017-05-12", 2)}}`, "g-1,g-2", ""],
    ["u-2", "student", "Amina", "Khan", "OR-2", "", "", ""],
    ["t-1", "teacher", "王", "建国", "T-1", "", "", "13900000009"],
    ["g-1", "guardian", "李", "大山", "", "", "", "13900000001"],
    ["g-2", "parent", "周", "晓燕", "", "", "", "13900000002"],
    ["g-3", "relative", "Omar", "Khan", "", "", "u-2", "+8613900000003"],
  ] as const;
  const isFirst = version === "1.1";
  const users = people.map(([id, role, one, other, identifier, userIds, agents, phone]) => {
    const [family, given] = /^[A-Z]/.test(one) ? [other, one] : [one, other];
    const of = [id, "", "2026-09-01", "true"];
    const names = [id, userIds, given, family, "", identifier, "", phone, "", agents];
    return isFirst ? [...of, "school-1", role, ...names, "03", ""] : [...of, ...names, "03", "", "school-1"];
  });
  const tail = ["userIds", "givenName", "familyName", "middleName", "identifier", "email", "sms", "phone"];
  const files: Record<string, Lines> = {
    "manifest.csv": [
      ["propertyName", "value"],
      ["manifest.version", "1.0"],
      ["oneroster.version", version],
      ...["academicSessions", "orgs", "users", "classes", "courses", "enrollments", "demographics"].map(
        (file) => [`file.${file}`, "bulk"],
      ),
    ],
    "orgs.csv": [
      ["sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId"],
      ["school-1", "", "", "森林小学", "school", "forest", ""],
    ],
    "academicSessions.csv": [
      ["sourcedId", "status", "dateLastModified", "title", "type", "startDate", "endDate", "parentSourcedId"],
      ["term-0", "", "", "2025", "schoolYear", "2025-09-01", "2026-07-10", ""],
      ["term-1", "", "", "2026", "schoolYear", "2026-09-01", "2027-07-09", ""],
    ],
    "courses.csv": [
      ["sourcedId", "status", "title"],
      ["course-1", "", "音乐"],
    ],
    "users.csv": [
      isFirst
        ? [
            "sourcedId",
            "status",
            "dateLastModified",
            "enabledUser",
            "orgSourcedIds",
            "role",
            "username",
            ...tail,
          ]
        : ["sourcedId", "status", "dateLastModified", "enabledUser", "username", ...tail],
      ...users,
    ].map((line, at) =>
      at > 0
        ? line
        : [...line, "agentSourcedIds", "grades", "password", ...(isFirst ? [] : ["primaryOrgSourcedId"])],
    ),
    "classes.csv": [
      [
        "sourcedId",
        "status",
        "title",
        "grades",
        "courseSourcedId",
        "classType",
        "schoolSourcedId",
        "termSourcedIds",
      ],
      ["c-0", "", "二年级1班", "02", "course-1", "homeroom", "school-1", "term-0"],
      ["c-1", "", "1班", "03", "course-1", "homeroom", "school-1", "term-1"],
      ["c-2", "", "音乐", "03", "course-1", "scheduled", "school-1", "term-1"],
    ],
    "enrollments.csv": [
      ["sourcedId", "status", "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary"],
      ["e-0", "", "c-0", "school-1", "u-1", "student", "false"],
      ["e-1", "", "c-1", "school-1", "u-1", "student", "false"],
      ["e-2", "", "c-2", "school-1", "u-1", "student", "false"],
      ["e-3", "", "c-1", "school-1", "u-2", "student", "false"],
      ["e-4", "", "c-2", "school-1", "t-1", "teacher", "true"],
      ["e-5", "", "c-1", "school-1", "t-1", "teacher", "false"],
    ],
    "demographics.csv": [
      ["sourcedId", "status", "birthDate", "sex", "americanIndianOrAlaskaNative"],
      ["u-1", "", "2017-05-12", "female", "false"],
      ["u-2", "", "2017-06-01", "unspecified", "false"],
    ],
  };
  if (!isFirst)
    files["roles.csv"] = [
      ["sourcedId", "status", "dateLastModified", "userSourcedId", "roleType", "role", "orgSourcedId"],
      ...people.map(([id, role]) => [`r-${id}`, "", "", id, "primary", role, "school-1"]),
    ];
  return files;
}

/** Somebody of the staff in a package: its posts are classes by title, with what is taught there. */
export interface PackedStaff {
  readonly name: string;
  readonly no: string;
  readonly login?: string;
  readonly role?: "teacher" | "administrator";
  readonly posts?: readonly {
    readonly title: string;
    readonly subject?: string;
    readonly isPrimary?: boolean;
    readonly ends?: string;
  }[];
}

/** A package of nobody but staff. */
export function staffPackage(staff: readonly PackedStaff[]): Record<string, Lines> {
  const posts = staff.flatMap(({ no, posts: own = [] }) => own.map((post) => ({ no, ...post })));
  return {
    "manifest.csv": [
      ["propertyName", "value"],
      ["oneroster.version", "1.1"],
    ],
    "users.csv": [
      ["sourcedId", "role", "username", "identifier", "givenName", "familyName"],
      ...staff.map(({ name, no, login = "", role = "teacher" }) => [
        `u-${no}`,
        role,
        login,
        no,
        name.slice(1),
        name.slice(0, 1),
      ]),
    ],
    "courses.csv": [
      ["sourcedId", "title"],
      ...posts.map(({ subject = "" }, at) => [`course-${at}`, subject]),
    ],
    "classes.csv": [
      ["sourcedId", "title", "courseSourcedId"],
      ...posts.map(({ title }, at) => [`c-${at}`, title, `course-${at}`]),
    ],
    "enrollments.csv": [
      ["classSourcedId", "userSourcedId", "role", "primary", "endDate"],
      ...posts.map(({ no, isPrimary = false, ends = "" }, at) => [
        `c-${at}`,
        `u-${no}`,
        "teacher",
        String(isPrimary),
        ends,
      ]),
    ],
  };
}

/** A package as a program writes it: every value in quotation marks. */
export function packageOf(files: Readonly<Record<string, Lines>>, folder = ""): Buffer {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const packed = Object.entries(files).map(([name, lines]): [string, Uint8Array] => [
    `${folder}${name}`,
    strToU8(lines.map((cells) => cells.map(quoted).join(",")).join("\r\n")),
  ]);
  return Buffer.from(zipSync(Object.fromEntries(packed)));
}

/** A package as the domain reads it, without zip and CSV. */
export function parsedPackage(files: Readonly<Record<string, Lines>>): PackageFiles {
  return new Map(
    Object.entries(files).map(([name, [columns = [], ...lines]]) => {
      const known = columns.map((column) => column.toLowerCase());
      return [
        name.toLowerCase(),
        {
          columns: known,
          lines: lines.map((cells) =>
            Object.fromEntries(known.map((column, at) => [column, cells[at] ?? ""])),
          ),
        },
      ];
    }),
  );
}
