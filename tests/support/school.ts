/**
 * A small school of one's own for a test: two classes, everyone who may stand somewhere towards a child, and
 * observation points that differ in what the rules look at.
 */
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL, type Database, type Store } from "@doudou/db/engines/database.ts";
import { createAccounts } from "@doudou/db/repositories/accounts.ts";
import { hashPassword } from "@doudou/server/access/sessions.ts";
import { DEFAULT_THRESHOLDS } from "@doudou/shared/domain/stages.ts";
import {
  DIMENSIONS,
  type Dimension,
  type EvidenceNeed,
  type Giver,
  type Kind,
  type Role,
} from "@doudou/shared/domain/words.ts";

/** A Wednesday in the eleventh week of the current term, 10:00 in Shanghai. */
export const WORLD_NOW = new Date("2026-11-11T02:00:00Z");
export const PASSWORD = "correct horse 电池";

const NAMES = ["林小满", "周予安", "陈一诺", "欧阳思远", "阿依古丽·买买提"];

const CREATED = new Date("2026-08-20T00:00:00Z");

/** One hash for all, since hashing is slow on purpose; and before any write, which may await nothing but its store. */
const passwordHash = await hashPassword(PASSWORD);

export interface Person {
  readonly membershipId: string;
  readonly login: string;
  readonly name: string;
}

export interface Child {
  readonly id: string;
  readonly name: string;
}

/** Observation points that differ in what the rules look at. */
export interface Points {
  /** moral, staff, grades 1–9, 1–3 beans, cap 100 */
  readonly helps: string;
  /** academic, growth, staff, grades 1–9, 1–3 beans, cap 100 */
  readonly progress: string;
  /** physical, staff, grades 1–9, 1–2 beans, cap 2 a week */
  readonly capped: string;
  /** arts, homeroom only */
  readonly homeroomOnly: string;
  /** labour, grades 5–9 only */
  readonly upperGrades: string;
  /** moral, guardian only */
  readonly guardianOnly: string;
  /** labour, staff, only with a picture */
  readonly withPicture: string;
  /** labour, the child itself, cap 2 a week */
  readonly own: string;
  /** labour, the child itself, grades 5–9 only */
  readonly ownUpper: string;
  /** moral, classmates */
  readonly peers: string;
}

export interface School {
  readonly id: string;
  readonly termId: string;
  readonly earlierTermId: string;
  readonly yearId: string;
  readonly earlierYearId: string;
  readonly classId: string;
  readonly otherClassId: string;
  readonly points: Points;
  /** of `classId`; the first three have a guardian each, the first an account of its own */
  readonly children: readonly Child[];
  readonly otherChildren: readonly Child[];
  readonly homeroom: Person;
  readonly subject: Person;
  /** homeroom teacher of `otherClassId`, does not teach `classId` */
  readonly outsider: Person;
  readonly admin: Person;
  /** of the first child */
  readonly guardian: Person;
  /** of a child of `otherClassId` */
  readonly otherGuardian: Person;
  /** the first child itself */
  readonly student: Person;
  /** a child of `otherClassId` */
  readonly otherStudent: Person;
}

/** Adds a school with two classes of grade 3 and 5 to a database. */
export async function createSchool(
  database: Database,
  code: string,
  { children: size = NAMES.length } = {},
): Promise<School> {
  const schoolId = uuidv7();
  return await database.write(EVERY_SCHOOL, async (store) => {
    const { tables, db } = store;
    await db.insert(tables.school).values({
      schoolId,
      code: `${code}-${schoolId}`,
      name: `学校 ${code}`,
      timeZone: "Asia/Shanghai",
      locale: "zh-CN",
      createdAt: CREATED,
    });
    const lastYear = uuidv7();
    const yearId = uuidv7();
    await db.insert(tables.academicYear).values([
      { schoolId, id: lastYear, name: "2025–2026", startsOn: "2025-09-01", endsOn: "2026-07-10" },
      { schoolId, id: yearId, name: "2026–2027", startsOn: "2026-09-01", endsOn: "2027-07-09" },
    ]);
    const { schemeId, points } = await createScheme(store, schoolId, yearId);
    const earlierTermId = uuidv7();
    const termId = uuidv7();
    await db.insert(tables.term).values([
      {
        schoolId,
        id: earlierTermId,
        academicYearId: lastYear,
        schemeId,
        nameZh: "2026年春季学期",
        nameEn: "Spring 2026",
        startsOn: "2026-02-23",
        endsOn: "2026-07-10",
      },
      {
        schoolId,
        id: termId,
        academicYearId: yearId,
        schemeId,
        nameZh: "2026年秋季学期",
        nameEn: "Autumn 2026",
        startsOn: "2026-09-01",
        endsOn: "2027-01-22",
      },
    ]);
    await db.insert(tables.calendarException).values([
      { schoolId, day: "2026-10-01", kind: "holiday", name: "国庆" },
      { schoolId, day: "2026-10-10", kind: "workday", name: "国庆调休" },
    ]);
    const subjectId = uuidv7();
    await db
      .insert(tables.subject)
      .values({ schoolId, id: subjectId, code: "music", nameZh: "音乐", nameEn: "Music" });
    const classId = uuidv7();
    const otherClassId = uuidv7();
    await db.insert(tables.schoolClass).values([
      { schoolId, id: classId, academicYearId: yearId, grade: 3, name: "三年级1班", position: 1 },
      { schoolId, id: otherClassId, academicYearId: yearId, grade: 5, name: "五年级1班", position: 2 },
    ]);
    const children = await createChildren(
      store,
      schoolId,
      classId,
      code,
      Array.from({ length: size }, (_, i) => NAMES[i] ?? `同学${i + 1}`),
      100,
    );
    const otherChildren = await createChildren(store, schoolId, otherClassId, code, ["赵天佑", "孙若溪"], 1);

    const member = (role: Role, login: string, name: string, studentId?: string) =>
      addMember(store, schoolId, { role, login, name, studentId });
    const homeroom = await member("teacher", "homeroom", "王老师");
    const subject = await member("teacher", "subject", "李老师");
    const outsider = await member("teacher", "outsider", "钱老师");
    const admin = await member("school-admin", "admin", "校长");
    const assign = (person: Person, to: string, isHomeroom: boolean) =>
      db.insert(tables.teachingAssignment).values({
        schoolId,
        id: uuidv7(),
        membershipId: person.membershipId,
        classId: to,
        isHomeroom,
        subjectId: isHomeroom ? null : subjectId,
        startsOn: "2026-09-01",
        endsOn: null,
      });
    await assign(homeroom, classId, true);
    await assign(subject, classId, false);
    await assign(outsider, otherClassId, true);

    const guardian = await member("guardian", "guardian", "林妈妈");
    const otherGuardian = await member("guardian", "other-guardian", "赵爸爸");
    for (const [person, child] of [
      [guardian, children[0]!],
      [otherGuardian, otherChildren[0]!],
    ] as const) {
      await db.insert(tables.guardianship).values({
        schoolId,
        id: uuidv7(),
        membershipId: person.membershipId,
        studentId: child.id,
        relation: "parent",
        verifiedAt: CREATED,
      });
      await db.insert(tables.consent).values({
        schoolId,
        id: uuidv7(),
        studentId: child.id,
        guardianMembershipId: person.membershipId,
        purpose: "account",
        noticeVersion: "1",
        method: "paper",
        grantedAt: CREATED,
      });
    }
    const student = await member("student", "student", children[0]!.name, children[0]!.id);
    const otherStudent = await member(
      "student",
      "other-student",
      otherChildren[0]!.name,
      otherChildren[0]!.id,
    );
    return {
      id: schoolId,
      termId,
      earlierTermId,
      yearId,
      earlierYearId: lastYear,
      classId,
      otherClassId,
      points,
      children,
      otherChildren,
      homeroom,
      subject,
      outsider,
      admin,
      guardian,
      otherGuardian,
      student,
      otherStudent,
    };
  });
}

/** Somebody with an account and PASSWORD. */
export async function addMember(
  store: Store,
  schoolId: string,
  {
    role,
    login,
    name,
    studentId = null,
  }: { role: Role; login: string; name: string; studentId?: string | null | undefined },
): Promise<Person> {
  const accountId = uuidv7();
  const membershipId = uuidv7();
  const unique = `${login}@${schoolId}`;
  await createAccounts(store, [
    {
      id: accountId,
      login: unique,
      displayName: name,
      locale: "zh-CN",
      passwordHash,
      createdAt: CREATED,
    },
  ]);
  await store.db.insert(store.tables.membership).values({
    schoolId,
    id: membershipId,
    accountId,
    role,
    displayName: name,
    studentId,
    endedAt: null,
  });
  return { membershipId, login: unique, name };
}

async function createChildren(
  store: Store,
  schoolId: string,
  classId: string,
  code: string,
  names: readonly string[],
  firstNo: number,
): Promise<Child[]> {
  const children: Child[] = [];
  for (const [index, name] of names.entries()) {
    const id = uuidv7();
    await store.db.insert(store.tables.student).values({
      schoolId,
      id,
      studentNo: `${code}-${String(firstNo + index).padStart(4, "0")}`,
      name,
      pinyin: `ming zi ${index}`,
      createdAt: CREATED,
    });
    await store.db
      .insert(store.tables.enrollment)
      .values({ schoolId, id: uuidv7(), studentId: id, classId, startsOn: "2026-09-01", endsOn: null });
    children.push({ id, name });
  }
  return children;
}

async function createScheme(store: Store, schoolId: string, academicYearId: string) {
  const { db, tables } = store;
  const schemeId = uuidv7();
  await db.insert(tables.indicatorScheme).values({
    schoolId,
    id: schemeId,
    academicYearId,
    version: 1,
    status: "published",
    publishedAt: CREATED,
  });
  const indicatorIds = new Map<Dimension, string>();
  for (const dimension of DIMENSIONS) {
    await db.insert(tables.schemeDimension).values({
      schoolId,
      schemeId,
      dimension,
      nameZh: dimension,
      nameEn: dimension,
      thresholds: DEFAULT_THRESHOLDS[dimension],
    });
    const id = uuidv7();
    indicatorIds.set(dimension, id);
    await db.insert(tables.indicator).values({
      schoolId,
      id,
      schemeId,
      dimension,
      code: dimension,
      nameZh: `${dimension} 指标`,
      nameEn: `${dimension} indicator`,
      position: 1,
    });
  }
  let position = 0;
  const point = async (
    dimension: Dimension,
    kind: Kind,
    givers: Giver[],
    more: { gradeFrom?: number; maxBeans?: number; weeklyCap?: number; evidence?: EvidenceNeed } = {},
  ): Promise<string> => {
    const id = uuidv7();
    position += 1;
    await db.insert(tables.observationPoint).values({
      schoolId,
      id,
      schemeId,
      indicatorId: indicatorIds.get(dimension)!,
      dimension,
      code: `P${position}`,
      nameZh: `观测点 ${position}`,
      nameEn: `Point ${position}`,
      kind,
      beans: 1,
      minBeans: 1,
      maxBeans: more.maxBeans ?? 3,
      weeklyCap: more.weeklyCap ?? 100,
      givers,
      gradeFrom: more.gradeFrom ?? 1,
      gradeTo: 9,
      subjectCodes: [],
      evidence: more.evidence ?? "no",
      position,
    });
    return id;
  };
  const points: Points = {
    helps: await point("moral", "behaviour", ["staff"]),
    progress: await point("academic", "growth", ["staff"]),
    capped: await point("physical", "participation", ["staff"], { maxBeans: 2, weeklyCap: 2 }),
    homeroomOnly: await point("arts", "behaviour", ["homeroom"]),
    upperGrades: await point("labour", "behaviour", ["staff"], { gradeFrom: 5 }),
    guardianOnly: await point("moral", "behaviour", ["guardian"]),
    withPicture: await point("labour", "participation", ["staff"], { evidence: "required" }),
    own: await point("labour", "behaviour", ["self"], { weeklyCap: 2 }),
    ownUpper: await point("labour", "behaviour", ["self"], { gradeFrom: 5 }),
    peers: await point("moral", "behaviour", ["peer"]),
  };
  return { schemeId, points };
}
