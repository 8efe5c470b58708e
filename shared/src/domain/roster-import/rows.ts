/**
 * From the rows of a table to pupils with their guardians, each value in one spelling, and every cell that cannot be
 * read named. Knows nothing of the school: two tables with the same content give the same pupils.
 */
import { cellAddress, type Cell, dayOf, hasLostDigits, isFormula, type TableRow, textOf } from "./cells.ts";
import { classNamed, type ClassName, gradeNamed } from "./class-names.ts";
import type { TableShape } from "./columns.ts";
import { type Relation, type RosterField, type RowProblem, type Sex } from "./fields.ts";
import { factsIn, nationalNumber } from "./identity-numbers.ts";

/** A cell that keeps its row from being taken in; `address` is null where the whole row is at fault. */
export interface CellProblem {
  readonly problem: RowProblem;
  readonly address: string | null;
  /** Another row of the table that it is about. */
  readonly otherRow?: number;
}

export interface GuardianEntry {
  readonly name: string;
  readonly relation: Relation;
  readonly phone: string | null;
}

/** A pupil as the table has it; null for what it does not say. */
export interface PupilEntry {
  readonly row: number;
  /** Further rows that only add guardians to this one. */
  readonly furtherRows: readonly number[];
  readonly nationalNo: string | null;
  readonly studentNo: string | null;
  readonly name: string;
  readonly sex: Sex | null;
  readonly bornOn: string | null;
  readonly className: (ClassName & { readonly text: string }) | null;
  readonly guardians: readonly GuardianEntry[];
  readonly problems: readonly CellProblem[];
  /** Where it says so, for what only the school's own roster shows to be wrong. */
  readonly addresses: Readonly<Record<"class" | "studentNo" | "nationalNo", string | null>>;
}

/** What a person's name is made of, in its one spelling: see `personName`. */
export const PERSON = /^[\p{L}\p{M}][\p{L}\p{M}·.' -]{0,49}$/u;
const STUDENT_NO = /^[\p{L}\d][\p{L}\d/_.-]{0,31}$/u;

/** The pupils in a table. Blank rows are none. */
export function pupilsIn(rows: readonly TableRow[], shape: TableShape): PupilEntry[] {
  const entries: PupilEntry[] = [];
  for (const { row, cells } of rows) {
    if (row < shape.firstRow) continue;
    const reading = new RowReading(row, cells, shape.fields);
    if (reading.isBlank) continue;
    const entry = reading.entry();
    const before = entries.at(-1);
    if (before && isFurtherRow(before, entry)) entries[entries.length - 1] = joined(before, entry);
    else entries.push(entry);
  }
  return withDoubles(entries);
}

/** A merged cell, filled down, makes each guardian's row one of the same pupil. */
function isFurtherRow(before: PupilEntry, entry: PupilEntry): boolean {
  const isSame =
    entry.name === before.name &&
    entry.nationalNo === before.nationalNo &&
    entry.studentNo === before.studentNo &&
    entry.className?.text === before.className?.text &&
    (entry.nationalNo ?? entry.studentNo) !== null;
  const isOther = ({ name }: GuardianEntry) => !before.guardians.some((known) => known.name === name);
  return isSame && entry.guardians.length > 0 && entry.guardians.every(isOther);
}

function joined(before: PupilEntry, entry: PupilEntry): PupilEntry {
  const known = new Set(before.problems.map(({ problem }) => problem));
  return {
    ...before,
    furtherRows: [...before.furtherRows, entry.row],
    guardians: [...before.guardians, ...entry.guardians],
    problems: [...before.problems, ...entry.problems.filter(({ problem }) => !known.has(problem))],
  };
}

/** Two rows with one number are both at fault: nobody can say which is meant. */
function withDoubles(entries: readonly PupilEntry[]): PupilEntry[] {
  const rowsOf = new Map<string, number[]>();
  const keys = ({ nationalNo, studentNo }: PupilEntry) =>
    [nationalNo && `national ${nationalNo}`, studentNo && `school ${studentNo}`].filter(
      (key) => key !== null,
    );
  for (const entry of entries)
    for (const key of keys(entry)) rowsOf.set(key, [...(rowsOf.get(key) ?? []), entry.row]);
  return entries.map((entry) => {
    const others = keys(entry).flatMap((key) => (rowsOf.get(key) ?? []).filter((row) => row !== entry.row));
    const [otherRow] = others;
    if (otherRow === undefined) return entry;
    return { ...entry, problems: [...entry.problems, { problem: "row-twice", address: null, otherRow }] };
  });
}

/** One row, being read: each part takes its cells and notes what it cannot read. */
class RowReading {
  readonly #row: number;
  readonly #cells: readonly Cell[];
  readonly #columns: ReadonlyMap<RosterField, number>;
  readonly #problems: CellProblem[] = [];

  constructor(row: number, cells: readonly Cell[], fields: readonly (RosterField | null)[]) {
    this.#row = row;
    this.#cells = cells;
    const columns = new Map<RosterField, number>();
    for (const [column, field] of fields.entries()) if (field !== null) columns.set(field, column);
    this.#columns = columns;
  }

  get isBlank(): boolean {
    return [...this.#columns.values()].every(
      (column) => !isFormula(this.#cells[column]) && textOf(this.#cells[column]) === "",
    );
  }

  entry(): PupilEntry {
    for (const [field, column] of this.#columns) {
      if (isFormula(this.#cells[column])) this.#note("formula", field);
    }
    const name = this.#name();
    const nationalNo = this.#nationalNo();
    const studentNo = this.#studentNo();
    const hasNumberCell = this.#text("nationalNo") !== "" || this.#text("studentNo") !== "";
    if (!hasNumberCell && !this.#isFormula("nationalNo") && !this.#isFormula("studentNo"))
      this.#note("number-missing", this.#columns.has("studentNo") ? "studentNo" : "nationalNo");
    const facts = nationalNo === null ? undefined : factsIn(nationalNo);
    const sex = this.#sex();
    if (sex && facts && sex !== facts.sex) this.#note("sex-contradicts-number", "sex");
    const bornOn = this.#bornOn();
    if (bornOn && facts && bornOn !== facts.bornOn) this.#note("birth-date-contradicts-number", "bornOn");
    return {
      row: this.#row,
      furtherRows: [],
      nationalNo,
      studentNo,
      name,
      sex,
      bornOn,
      className: this.#className(),
      guardians: this.#guardians(),
      problems: this.#problems,
      addresses: {
        class: this.#address("class"),
        studentNo: this.#address("studentNo"),
        nationalNo: this.#address("nationalNo"),
      },
    };
  }

  #name(): string {
    const name = personName(this.#text("name"));
    if (name === "" && !this.#isFormula("name")) this.#note("name-missing", "name");
    if (name !== "" && !PERSON.test(name)) this.#note("name-unreadable", "name");
    return name;
  }

  #nationalNo(): string | null {
    const text = this.#text("nationalNo");
    if (text === "") return null;
    if (hasLostDigits(this.#cell("nationalNo"))) return this.#note("digits-lost", "nationalNo");
    const number = nationalNumber(text);
    return typeof number === "string" ? number : this.#note(`national-no-${number.fault}`, "nationalNo");
  }

  #studentNo(): string | null {
    const text = this.#text("studentNo").replaceAll(" ", "");
    if (text === "") return null;
    if (hasLostDigits(this.#cell("studentNo"))) return this.#note("digits-lost", "studentNo");
    return STUDENT_NO.test(text) ? text : this.#note("student-no-unreadable", "studentNo");
  }

  #sex(): Sex | null {
    const text = this.#text("sex").toLowerCase();
    if (text === "") return null;
    const isOf = (words: string) => words.split(" ").includes(text);
    if (isOf("女 女生 女孩 f female girl 2")) return "girl";
    if (isOf("男 男生 男孩 m male boy 1")) return "boy";
    return this.#note("sex-unreadable", "sex");
  }

  #bornOn(): string | null {
    if (this.#text("bornOn") === "") return null;
    return dayOf(this.#cell("bornOn")) ?? this.#note("birth-date-unreadable", "bornOn");
  }

  #className(): PupilEntry["className"] {
    const text = this.#text("class");
    const gradeText = this.#text("grade");
    if (this.#isFormula("class") || this.#isFormula("grade")) return null;
    if (text === "") return null;
    const named = classNamed(text);
    if (named === undefined) return { grade: undefined, number: 0, text };
    if (named.grade !== undefined || gradeText === "") return { ...named, text };
    const grade = gradeNamed(gradeText);
    if (grade === undefined) return this.#note("class-unreadable", "grade");
    return { grade, number: named.number, text: `${gradeText} ${text}` };
  }

  #guardians(): GuardianEntry[] {
    const found = [
      this.#guardian("guardian1Name", "guardian1Phone", "guardian1Relation"),
      this.#guardian("guardian2Name", "guardian2Phone", "guardian2Relation"),
      this.#guardian("fatherName", "fatherPhone", "father"),
      this.#guardian("motherName", "motherPhone", "mother"),
    ].filter((guardian) => guardian !== null);
    return found.filter(({ name }, place) => found.findIndex((other) => other.name === name) === place);
  }

  #guardian(
    nameField: RosterField,
    phoneField: RosterField,
    relating: RosterField | "father" | "mother",
  ): GuardianEntry | null {
    const name = personName(this.#text(nameField));
    const phone = this.#phone(phoneField);
    if (name === "") {
      if (phone !== null && !this.#isFormula(nameField))
        this.#note("guardian-name-missing", nameField, phoneField);
      return null;
    }
    if (!PERSON.test(name)) return this.#note("guardian-name-unreadable", nameField);
    const relation = relating === "father" || relating === "mother" ? relating : this.#relation(relating);
    return { name, phone, relation: relation ?? "guardian" };
  }

  #phone(field: RosterField): string | null {
    const text = this.#text(field);
    if (text === "") return null;
    const number = text.replaceAll(/[\s()-]/g, "").replace(/^(\+|00)86(?=1\d{10}$)/, "");
    const isPhone = /^1[3-9]\d{9}$/.test(number) || /^0\d{9,11}$/.test(number) || /^\+\d{7,15}$/.test(number);
    return isPhone ? number : this.#note("phone-unreadable", field);
  }

  #relation(field: RosterField): Relation | null {
    const text = this.#text(field).toLowerCase();
    if (text === "") return null;
    for (const [relation, words] of Object.entries(RELATION_WORDS))
      if (words.split(" ").includes(text)) return relation as Relation;
    return this.#note("relation-unreadable", field);
  }

  #cell(field: RosterField): Cell | undefined {
    const column = this.#columns.get(field);
    return column === undefined ? undefined : this.#cells[column];
  }

  #text(field: RosterField): string {
    return textOf(this.#cell(field));
  }

  #isFormula(field: RosterField): boolean {
    return isFormula(this.#cell(field));
  }

  /** Writes down what is wrong where; a formula already has its problem. @returns null, in place of the value */
  #note(problem: RowProblem, field: RosterField, insteadOf = field): null {
    this.#problems.push({ problem, address: this.#address(field) ?? this.#address(insteadOf) });
    return null;
  }

  #address(field: RosterField): string | null {
    const column = this.#columns.get(field);
    return column === undefined ? null : cellAddress(column, this.#row);
  }
}

/** @source usual words in 学籍 forms (与学生关系) */
const RELATION_WORDS: Record<Relation, string> = {
  mother: "母亲 妈妈 母 母女 母子 妈 mother mum mom",
  father: "父亲 爸爸 父 父女 父子 爸 father dad",
  grandmother: "奶奶 外婆 姥姥 祖母 外祖母 grandmother grandma",
  grandfather: "爷爷 外公 姥爷 祖父 外祖父 grandfather grandpa",
  sister: "姐姐 妹妹 姐 sister",
  brother: "哥哥 弟弟 哥 brother",
  guardian:
    "监护人 其他 其他监护人 家长 其他亲属 亲属 叔叔 伯伯 姑姑 阿姨 舅舅 姨妈 养父 养母 继父 继母 guardian parent other relative",
};

/**
 * A name in its one spelling: the dot, the hyphen and the apostrophe between the parts of a name have many, and blanks
 * between Chinese characters mean nothing.
 */
export function personName(text: string): string {
  return text
    .replaceAll(/\s?[•・‧∙⋅]\s?|(?<=\p{Script=Han})\s?\.\s?(?=\p{Script=Han})/gu, "·")
    .replaceAll(/(?<=\p{L})[‐‑–](?=\p{L})/gu, "-")
    .replaceAll(/[‘’ʼ]/gu, "'")
    .replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, "");
}
