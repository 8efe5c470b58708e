/**
 * Which column of a table holds what, told from its headings alone: Chinese or English, in any order, below a title or
 * not, in one row or in two. A guess that a person can correct; never looks at what stands below the headings.
 */
import { plainText, type TableRow, textOf } from "./cells.ts";
import type { RosterField } from "./fields.ts";

/** Which kind of OneRoster package a table was made from. */
export interface OneRosterSource {
  readonly version: string;
}

/** How a table is read: its headings, what each column holds, and which of its rows hold pupils. */
export interface TableShape {
  /** One a column; "" where there is none. */
  readonly headings: readonly string[];
  /** One a column; null for a column that is not read. */
  readonly fields: readonly (RosterField | null)[];
  /** The number of the first row below the headings. */
  readonly firstRow: number;
  /** Where the table was made from a OneRoster package. */
  readonly oneRoster?: OneRosterSource;
}

/** Titles, notes and the school's name above the headings are no longer than this. */
const ROWS_LOOKED_AT = 10;

const SYNONYMS: readonly { readonly field: RosterField; readonly words: string }[] = [
  {
    field: "nationalNo",
    words:
      "学籍号 全国学籍号 学籍编号 国家学籍号 学籍号码 nationalno nationalnumber nationalstudentnumber nationalid nationalstudentid",
  },
  {
    field: "studentNo",
    words:
      "学号 校内学号 学生学号 学生编号 校内编号 学生号 studentno studentnumber studentid schoolnumber schoolno no number id",
  },
  {
    field: "name",
    words: "姓名 学生姓名 名字 学生 学生名字 幼儿姓名 name studentname fullname pupil pupilname student",
  },
  { field: "sex", words: "性别 学生性别 sex gender" },
  {
    field: "bornOn",
    words: "出生日期 出生年月日 生日 出生年月 出生 birthdate dateofbirth born birthday dob",
  },
  { field: "grade", words: "年级 所在年级 就读年级 grade year yeargroup" },
  { field: "class", words: "班级 班别 所在班级 班 班级名称 行政班 就读班级 class classname homeroom form" },
  { field: "fatherName", words: "父亲姓名 父亲 爸爸姓名 爸爸 父亲名字 father fathername fathersname" },
  {
    field: "fatherPhone",
    words:
      "父亲电话 父亲手机 父亲手机号 父亲联系电话 父亲联系方式 爸爸电话 爸爸手机 爸爸手机号 父亲手机号码 fatherphone fathersphone fathermobile",
  },
  { field: "motherName", words: "母亲姓名 母亲 妈妈姓名 妈妈 母亲名字 mother mothername mothersname" },
  {
    field: "motherPhone",
    words:
      "母亲电话 母亲手机 母亲手机号 母亲联系电话 母亲联系方式 妈妈电话 妈妈手机 妈妈手机号 母亲手机号码 motherphone mothersphone mothermobile",
  },
];
/** Taken where no column has a better name. */
const SECOND_BEST: readonly { readonly field: RosterField; readonly words: string }[] = [
  {
    field: "nationalNo",
    words:
      "身份证号 身份证号码 身份证 身份证件号 公民身份号码 证件号码 学生身份证号 idnumber idcard idcardnumber",
  },
  {
    field: "guardian1Phone",
    words: "电话 手机 手机号 手机号码 联系电话 联系方式 phone mobile telephone contact",
  },
];

const GUARDIAN = "(?:监护人|家长|家庭成员|联系人|成员|guardian|parent|contact)";
const WHICH = "(?:第?([12一二])|([12一二])号?)?";
const GUARDIAN_PARTS = [
  { part: "Relation", word: "(?:与学生关系|与本人关系|与孩子关系|关系|称谓|身份|relation|relationship)" },
  {
    part: "Phone",
    word: "(?:的?(?:联系电话|联系方式|手机号码|手机号|手机|电话号码|电话)|phone|mobile|phonenumber|tel)",
  },
  { part: "Name", word: "(?:姓名|名字|name)?" },
] as const;
const GUARDIAN_PATTERNS = GUARDIAN_PARTS.flatMap(({ part, word }) => [
  { part, pattern: new RegExp(`^(?:第([一二12])(?:位|个)?)?${GUARDIAN}${WHICH}${word}$`) },
  { part, pattern: new RegExp(`^${GUARDIAN}${word}([12一二])$`) },
  // Beside 监护人1 there is often a plain 联系电话1 or 关系1. A name with a number may be anybody's.
  ...(part === "Name" ? [] : [{ part, pattern: new RegExp(`^${word}([12一二])$`) }]),
]);
const RELATION_ALONE = /^(?:关系|与学生关系|与本人关系|称谓|relation|relationship)$/;

const exact = new Map(SYNONYMS.flatMap(({ field, words }) => words.split(" ").map((word) => [word, field])));
const secondBest = new Map(
  SECOND_BEST.flatMap(({ field, words }) => words.split(" ").map((word) => [word, field])),
);

/** Finds the headings of a table and what its columns hold. Where nothing is recognised, the first row is taken for headings. */
export function recognisedShape(rows: readonly TableRow[]): TableShape {
  const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
  let best: (TableShape & { readonly recognised: number }) | undefined;
  for (const [index, { row }] of rows.slice(0, ROWS_LOOKED_AT).entries()) {
    for (const height of [1, 2]) {
      const heading = rows.slice(index, index + height);
      const last = heading[height - 1];
      if (!last || last.row !== row + height - 1) continue;
      const headings = Array.from({ length: width }, (_, column) => headingOf(heading, column));
      const fields = recognisedFields(headings);
      const recognised = fields.filter((field) => field !== null).length;
      if (recognised > (best?.recognised ?? 0))
        best = { headings, fields, firstRow: last.row + 1, recognised };
    }
  }
  if (best) return { headings: best.headings, fields: best.fields, firstRow: best.firstRow };
  const [first] = rows;
  const headings = Array.from({ length: width }, (_, column) => textOf(first?.cells[column]));
  return { headings, fields: headings.map(() => null), firstRow: (first?.row ?? 0) + 1 };
}

/** What each column holds, by its heading; no field twice, the first column wins. */
export function recognisedFields(headings: readonly string[]): (RosterField | null)[] {
  const taken = new Set<RosterField>();
  const take = (field: RosterField | undefined) => {
    if (field === undefined || taken.has(field)) return null;
    taken.add(field);
    return field;
  };
  const words = headings.map(wordOf);
  const fields = words.map((word) => take(exact.get(word) ?? guardianField(word, taken)));
  let isFirstPhonePlain = false;
  return fields.map((field, column) => {
    const word = words[column] ?? "";
    const next = field ?? take(secondBest.get(word));
    if (next !== null || secondBest.get(word) !== "guardian1Phone") {
      isFirstPhonePlain ||= field === null && next === "guardian1Phone";
      return next;
    }
    // Name, phone, name, phone: the second plain phone is the second guardian's.
    return isFirstPhonePlain && fields.includes("guardian2Name") ? take("guardian2Phone") : null;
  });
}

function guardianField(word: string, taken: ReadonlySet<RosterField>): RosterField | undefined {
  if (RELATION_ALONE.test(word)) return "guardian1Relation";
  for (const { part, pattern } of GUARDIAN_PATTERNS) {
    const found = pattern.exec(word);
    if (!found) continue;
    const which = found.slice(1).find((group) => group !== undefined);
    if (which !== undefined) return `guardian${/[2二]/.test(which) ? 2 : 1}${part}`;
    // Headings without a number: the first such column is the first guardian's, the next one the second's.
    return taken.has(`guardian1${part}`) ? `guardian2${part}` : `guardian1${part}`;
  }
  return undefined;
}

/** Headings in two rows, the upper one merged over several columns, are read as one: 监护人1 + 姓名. */
function headingOf(rows: readonly TableRow[], column: number): string {
  const parts = rows.map(({ cells }) => textOf(cells[column]));
  return parts.filter((part, index) => part !== "" && part !== parts[index - 1]).join(" ");
}

/** A heading without what is around its word: brackets and what is in them, marks, blanks. */
function wordOf(heading: string): string {
  return plainText(heading)
    .toLowerCase()
    .replaceAll(/[([【].*?[)\]】]/g, "")
    .replaceAll(/[\s*:：、,，.。'’"_/\\-]/g, "");
}
