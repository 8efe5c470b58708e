/**
 * Enters a planned roster into the school's books: classes, children, teachers, guardians, consents, accounts.
 * A child's account is opened only after a guardian's consent to it; a few have none, and so no account.
 */
import { addDays, startOfDay } from "@doudou/shared/domain/calendar.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { createAccounts, type NewAccount } from "../repositories/accounts.ts";
import { addLeadership } from "../repositories/grade-leaderships.ts";
import {
  addClasses,
  addConsents,
  addEnrollments,
  addGuardianships,
  addMemberships,
  addStudents,
  addSubjects,
  addTeachingAssignments,
  type NewConsent,
  type NewEnrollment,
  type NewGuardianship,
  type NewMembership,
  type NewStudent,
  type NewTeachingAssignment,
} from "../repositories/office.ts";
import { drawNature, type Nature } from "./classroom-life.ts";
import type { Draw } from "./draw.ts";
import { drawAdultName, drawSurname } from "./names.ts";
import type { PlannedChild, PlannedClass, Roster, SchoolSpec } from "./roster.ts";
import type { PlannedYear, SchoolYears } from "./school-years.ts";
import { type Post, type Staff, SUBJECTS } from "./staff.ts";

export interface EnteredClass extends PlannedClass {
  readonly id: string;
  readonly name: string;
  readonly posts: readonly Post[];
  readonly children: readonly EnteredChild[];
}

export interface EnteredChild extends PlannedChild {
  readonly id: string;
  readonly nature: Nature;
}

export interface EnteredSchool {
  readonly classes: readonly EnteredClass[];
  readonly adminId: string;
  /** Membership ids by place in the staff. */
  readonly teacherIds: readonly string[];
  readonly accounts: number;
}

export interface Entering {
  readonly schoolId: string;
  readonly spec: SchoolSpec;
  readonly years: SchoolYears;
  readonly yearIds: ReadonlyMap<PlannedYear, string>;
  readonly timeZone: string;
  /** The day the school began to use the product. */
  readonly openedOn: string;
  readonly passwordHash: string;
  readonly draw: Draw;
}

const WITHOUT_CONSENT = 0.03;
const PURPOSES = [
  { purpose: "photo", chance: 0.7 },
  { purpose: "board", chance: 0.88 },
] as const;
/** The place in a big school's staff of a teacher who is the mother of a child there. */
const TEACHER_AND_MOTHER = 3;
const CHARACTERS = "零一二三四五六七八九";

export async function enterPeople(
  store: Store,
  roster: Roster,
  staff: Staff,
  entering: Entering,
): Promise<EnteredSchool> {
  const book = new Book(entering);
  const { adminId, teacherIds } = book.enterStaff(staff);
  const children = roster.children.map((child) => book.enterChild(child));
  book.enterFamilies(roster, children);
  const classes = roster.classes.map((planned) => book.enterClass(planned, staff, children, teacherIds));
  book.enterMotherOnStaff(roster, children, {
    membershipId: teacherIds[TEACHER_AND_MOTHER],
    taughtGrade: staff.homeroomOf(TEACHER_AND_MOTHER)?.grade,
  });
  await book.write(store);
  await enterGradeLeader(store, entering, classes, teacherIds);
  return { classes, adminId, teacherIds, accounts: book.accounts.length };
}

/** Somebody who teaches the last class of the first grade, and is homeroom teacher of none, leads that grade this year. */
async function enterGradeLeader(
  store: Store,
  { schoolId, spec, years, yearIds, timeZone, draw }: Entering,
  classes: readonly EnteredClass[],
  teacherIds: readonly string[],
): Promise<void> {
  const year = years.years.at(-1);
  const [grade] = spec.grades;
  const ofGrade = classes.filter((of) => of.yearStart === year?.start && of.grade === grade);
  const homerooms = spec.grades.length * spec.classesPerGrade;
  const post = ofGrade.at(-1)?.posts.find(({ teacher }) => teacher >= homerooms);
  const membershipId = teacherIds[post?.teacher ?? -1];
  if (!year || membershipId === undefined || grade === undefined) return;
  const { startsOn, endsOn } = year;
  const id = draw.branch("grade-leader").id(startOfDay(startsOn, timeZone));
  const academicYearId = yearIds.get(year) ?? "";
  await addLeadership(store, schoolId, { id, membershipId, academicYearId, grade, startsOn, endsOn });
}

/** Rows on their way into the school's books. */
class Book {
  readonly accounts: NewAccount[] = [];
  readonly #entering: Entering;
  readonly #draw: Draw;
  readonly #subjects: { id: string; code: string; nameZh: string; nameEn: string }[];
  readonly #memberships: NewMembership[] = [];
  readonly #students: NewStudent[] = [];
  readonly #classes: Parameters<typeof addClasses>[2][number][] = [];
  readonly #enrollments: NewEnrollment[] = [];
  readonly #assignments: NewTeachingAssignment[] = [];
  readonly #guardianships: NewGuardianship[] = [];
  readonly #consents: NewConsent[] = [];
  readonly #counted = { teacher: 0, student: 0, guardian: 0 };

  constructor(entering: Entering) {
    this.#entering = entering;
    this.#draw = entering.draw.branch("people");
    this.#subjects = SUBJECTS.map((subject) => ({ ...subject, id: this.#id(entering.openedOn) }));
  }

  async write(store: Store): Promise<void> {
    const { schoolId } = this.#entering;
    await createAccounts(store, this.accounts);
    await addSubjects(store, schoolId, this.#subjects);
    await addClasses(store, schoolId, this.#classes);
    await addStudents(store, schoolId, this.#students);
    await addMemberships(store, schoolId, this.#memberships);
    await addEnrollments(store, schoolId, this.#enrollments);
    await addTeachingAssignments(store, schoolId, this.#assignments);
    await addGuardianships(store, schoolId, this.#guardianships);
    await addConsents(store, schoolId, this.#consents);
  }

  /** The administrator, then the teachers. @returns their membership ids */
  enterStaff(staff: Staff): { readonly adminId: string; readonly teacherIds: string[] } {
    const { spec, openedOn } = this.#entering;
    const head = this.#colleague("man");
    const adminId = this.#member("school-admin", head, openedOn, { login: spec.logins.admin });
    const teacherIds = Array.from({ length: staff.size }, (_, place) => {
      const isWoman = this.#draw.happens(0.72) || place === TEACHER_AND_MOTHER;
      const name = this.#colleague(isWoman ? "woman" : "man");
      this.#counted.teacher += 1;
      return this.#member("teacher", name, openedOn, {
        login: `${spec.logins.teacher}${this.#counted.teacher}`,
      });
    });
    return { adminId, teacherIds };
  }

  enterChild(child: PlannedChild): EnteredChild {
    const { name, pinyin, studentNo } = child;
    const enteredOn = this.#cameOn(child);
    const id = this.#id(enteredOn);
    this.#students.push({ id, name, pinyin, studentNo, createdAt: this.#at(enteredOn) });
    const nature = drawNature(this.#draw.branch(studentNo));
    const isFirst = this.#students.length === 1;
    return { ...child, id, nature: isFirst ? storied(nature) : nature };
  }

  enterFamilies({ families }: Roster, children: readonly EnteredChild[]): void {
    const ofFamily = Map.groupBy(children, (child) => child.familyIndex);
    families.forEach((guardians, index) => {
      const theirs = ofFamily.get(index) ?? [];
      const here = theirs.filter((child) => !this.#hasLeft(child));
      const since = theirs.map((child) => this.#cameOn(child)).sort()[0] ?? this.#entering.openedOn;
      const ids = guardians.map(({ name, relation }) => {
        const id = here.length > 0 ? this.#guardian(name, since) : this.#formerGuardian(name, since);
        for (const child of theirs) {
          this.#guardianships.push({
            id: this.#id(since),
            membershipId: id,
            studentId: child.id,
            relation,
            verifiedAt: this.#at(this.#cameOn(child)),
            endedAt: this.#hasLeft(child) ? this.#leavingAt() : null,
          });
        }
        return id;
      });
      for (const child of here) this.#consentAndAccount(child, ids[0] ?? "");
    });
  }

  enterClass(
    planned: PlannedClass,
    staff: Staff,
    children: readonly EnteredChild[],
    teacherIds: readonly string[],
  ): EnteredClass {
    const { years, yearIds } = this.#entering;
    const year = years.years.find(({ start }) => start === planned.yearStart);
    if (!year) throw new RangeError(`no year ${planned.yearStart}`);
    const id = this.#id(year.startsOn);
    const name = `${CHARACTERS.charAt(planned.grade)}年级${planned.number}班`;
    const { grade, number } = planned;
    this.#classes.push({ id, academicYearId: yearIds.get(year) ?? "", grade, name, position: number });
    const isThisYear = year === years.years.at(-1);
    const span = { startsOn: year.startsOn, endsOn: isThisYear ? null : year.endsOn };
    const inClass = children
      .filter((child) => child.gradeNow === planned.gradeNow && child.number === number)
      .filter((child) => isThisYear || child.joinedOn === undefined);
    for (const child of inClass) {
      const startsOn = child.joinedOn ?? span.startsOn;
      this.#enrollments.push({ id: this.#id(startsOn), studentId: child.id, classId: id, ...span, startsOn });
    }
    const posts = staff.postsOf(planned);
    for (const { teacher, subject, isHomeroom } of posts) {
      const subjectId = this.#subjects.find(({ code }) => code === subject)?.id ?? null;
      const membershipId = teacherIds[teacher] ?? "";
      this.#assignments.push({
        id: this.#id(year.startsOn),
        membershipId,
        classId: id,
        subjectId,
        isHomeroom,
        ...span,
      });
    }
    return { ...planned, id, name, posts, children: inClass };
  }

  /**
   * Makes a teacher a guardian too, by the same account: of the first child of a father alone that is in another grade
   * than the one she teaches. A small school has no such teacher.
   */
  enterMotherOnStaff(
    { families }: Roster,
    children: readonly EnteredChild[],
    her: { readonly membershipId: string | undefined; readonly taughtGrade: number | undefined },
  ): void {
    const asTeacher = this.#memberships.find(({ id }) => id === her.membershipId);
    const fathersAlone = children.filter(({ familyIndex }) => {
      const guardians = families[familyIndex] ?? [];
      return guardians.length === 1 && guardians[0]?.relation === "father";
    });
    const child = fathersAlone.find((one) => one.gradeNow !== her.taughtGrade && !this.#hasLeft(one));
    if (!asTeacher || !child) return;
    const { accountId, displayName } = asTeacher;
    const since = this.#cameOn(child);
    const membershipId = this.#id(since);
    this.#memberships.push({ id: membershipId, accountId, role: "guardian", displayName });
    this.#guardianships.push({
      id: this.#id(since),
      membershipId,
      studentId: child.id,
      relation: "mother",
      verifiedAt: this.#at(since),
      endedAt: null,
    });
  }

  #consentAndAccount(child: EnteredChild, guardianMembershipId: string): void {
    const isFirst = this.#counted.student === 0;
    if (!isFirst && this.#draw.happens(WITHOUT_CONSENT)) return;
    const grantedAt = this.#at(this.#cameOn(child), -1);
    const purposes = [
      "account" as const,
      ...PURPOSES.filter(({ chance }) => this.#draw.happens(chance)).map((p) => p.purpose),
    ];
    for (const purpose of purposes) {
      this.#consents.push({
        id: this.#draw.id(grantedAt.getTime()),
        studentId: child.id,
        guardianMembershipId,
        purpose,
        grantedAt,
        noticeVersion: "1",
        method: this.#draw.happens(0.8) ? "paper" : "online",
      });
    }
    this.#counted.student += 1;
    const login = `${this.#entering.spec.logins.student}${this.#counted.student}`;
    this.#member("student", child.name, this.#cameOn(child), { login, studentId: child.id });
  }

  #guardian(name: string, since: string): string {
    this.#counted.guardian += 1;
    return this.#member("guardian", name, since, {
      login: `${this.#entering.spec.logins.guardian}${this.#counted.guardian}`,
    });
  }

  #formerGuardian(name: string, since: string): string {
    const id = this.#id(since);
    this.#memberships.push({ id, role: "guardian", displayName: name, endedAt: this.#leavingAt() });
    return id;
  }

  #member(
    role: NewMembership["role"],
    displayName: string,
    since: string,
    { login, studentId = null }: { login: string; studentId?: string | null },
  ): string {
    const { passwordHash } = this.#entering;
    const accountId = this.#id(since);
    const createdAt = this.#at(since);
    this.accounts.push({ id: accountId, login, displayName, locale: "zh-CN", passwordHash, createdAt });
    const id = this.#id(since);
    this.#memberships.push({ id, accountId, role, displayName, studentId });
    return id;
  }

  /** Nobody on the staff bears another's name. */
  #colleague(who: "woman" | "man"): string {
    for (;;) {
      const name = drawAdultName(this.#draw, drawSurname(this.#draw), who);
      if (!this.#memberships.some(({ displayName }) => displayName === name)) return name;
    }
  }

  /** When the school first wrote a child down: with the school itself, with its first class, or when it came. */
  #cameOn({ joinedOn, gradeNow }: PlannedChild): string {
    const { years, openedOn } = this.#entering;
    if (joinedOn !== undefined) return addDays(joinedOn, -1);
    const isNew = years.years.length > 1 && gradeNow === 1;
    return isNew ? addDays(years.current.startsOn, -4) : openedOn;
  }

  #hasLeft({ gradeNow }: PlannedChild): boolean {
    return gradeNow > Math.max(...this.#entering.spec.grades);
  }

  #leavingAt(): Date {
    return this.#at(this.#entering.years.years[0]?.endsOn ?? this.#entering.openedOn);
  }

  /** A quarter past nine, `days` later. */
  #at(day: string, days = 0): Date {
    return new Date(startOfDay(addDays(day, days), this.#entering.timeZone) + 555 * 60_000);
  }

  #id(day: string): string {
    return this.#draw.id(this.#at(day).getTime() + this.#draw.whole(0, 3_600_000));
  }
}

/** The first child of all is the one a demonstration shows: noticed enough to have a story, and growing in something. */
function storied(nature: Nature): Nature {
  const growth = { ...nature.growth, physical: 0.95 };
  const leaning = { ...nature.leaning };
  for (const dimension of DIMENSIONS) leaning[dimension] = Math.max(0.85, leaning[dimension]);
  return { presence: Math.max(1.1, nature.presence), leaning, growth };
}
