/**
 * The office's lists as tables to take away, in the reader's language and as they are filtered. The headings of pupils
 * are those that the import knows, so that a list can be corrected and brought back. Holds no phone and no national number.
 */
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { GuardianList, PupilList, SchoolClassList, StaffList } from "@doudou/shared/contract/people.ts";
import { wordsIn, type WrittenTable } from "../../spreadsheets/written.ts";

const RELATIONS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  mother: ["母亲", "mother"],
  father: ["父亲", "father"],
  grandmother: ["祖母", "grandmother"],
  grandfather: ["祖父", "grandfather"],
  sister: ["姐姐", "sister"],
  brother: ["哥哥", "brother"],
  guardian: ["监护人", "guardian"],
};

export function pupilTable({ pupils, classes }: PupilList, locale: Locale): WrittenTable {
  const say = wordsIn(locale);
  const nameOf = namesOf(classes);
  return {
    name: say("学生", "Pupils"),
    headings: [
      say("姓名", "Name"),
      say("学号", "Student number"),
      say("班级", "Class"),
      say("入班日期", "Since"),
      say("离班日期", "Until"),
    ],
    rows: pupils.map(({ name, studentNo, classId, since, until }) => [
      name,
      studentNo,
      nameOf(classId),
      since,
      until ?? "",
    ]),
  };
}

export function staffTable({ staff, classes }: StaffList, locale: Locale): WrittenTable {
  const say = wordsIn(locale);
  const nameOf = namesOf(classes);
  return {
    name: say("教职工", "Staff"),
    headings: [
      say("姓名", "Name"),
      say("身份", "Role"),
      say("班主任", "Homeroom"),
      say("年级组长", "Leads grade"),
      say("任教", "Teaches"),
      say("有账号", "Has an account"),
    ],
    rows: staff.map(({ name, role, teaches, leads, hasAccount }) => [
      name,
      role === "teacher" ? say("老师", "Teacher") : say("管理员", "Administrator"),
      teaches
        .filter(({ isHomeroom }) => isHomeroom)
        .map(({ classId }) => nameOf(classId))
        .join("、"),
      leads.join("、"),
      teaches
        .flatMap(({ classId, subject }) =>
          subject ? `${nameOf(classId)} ${say(subject.zh, subject.en)}` : [],
        )
        .join("、"),
      hasAccount ? say("是", "yes") : say("否", "no"),
    ]),
  };
}

export function guardianTable({ guardians, classes }: GuardianList, locale: Locale): WrittenTable {
  const say = wordsIn(locale);
  const nameOf = namesOf(classes);
  return {
    name: say("家长", "Guardians"),
    headings: [
      say("学生", "Pupil"),
      say("班级", "Class"),
      say("家长", "Guardian"),
      say("关系", "Relation"),
      say("已核实", "Verified"),
    ],
    rows: guardians.map(({ name, relation, isVerified, pupil }) => [
      pupil.name,
      nameOf(pupil.classId),
      name,
      say(...(RELATIONS[relation] ?? [relation, relation])),
      isVerified ? say("是", "yes") : say("否", "no"),
    ]),
  };
}

export function classTable({ classes }: SchoolClassList, locale: Locale): WrittenTable {
  const say = wordsIn(locale);
  return {
    name: say("班级", "Classes"),
    headings: [
      say("班级", "Class"),
      say("年级", "Grade"),
      say("人数", "Pupils"),
      say("班主任", "Homeroom teacher"),
    ],
    rows: classes.map(({ name, grade, pupils, homeroomTeachers }) => [
      name,
      String(grade),
      String(pupils),
      homeroomTeachers.join("、"),
    ]),
  };
}

function namesOf(classes: readonly { readonly id: string; readonly name: string }[]) {
  const names = new Map(classes.map(({ id, name }) => [id, name]));
  return (classId: string): string => names.get(classId) ?? "";
}
