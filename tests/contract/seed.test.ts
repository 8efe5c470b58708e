/**
 * The demo schools: whatever they show could have happened in the product, rule by rule, and the same seed number shows
 * it again.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EVERY_SCHOOL, type Database, type Store } from "@doudou/db/engines/database.ts";
import { accountByLogin, membershipsOfAccount } from "@doudou/db/repositories/accounts.ts";
import { ledgerSize, tallyDifferences } from "@doudou/db/repositories/verification.ts";
import {
  type Assignment,
  assignmentsOf,
  childrenOfGuardian,
  classById,
  enrollmentsOf,
} from "@doudou/db/repositories/people.ts";
import { schoolFrame, type SchoolFrame } from "@doudou/db/repositories/schools.ts";
import { CREEK, FOREST, seedDemo } from "@doudou/db/seed/demo.ts";
import type { SchoolSpec } from "@doudou/db/seed/roster.ts";
import type { SeededSchool, SummaryToPublish } from "@doudou/db/seed/school.ts";
import { schoolYearsAround } from "@doudou/db/seed/school-years.ts";
import { readConfig } from "@doudou/server/config.ts";
import { firstDemoCard } from "@doudou/server/demo-cards.ts";
import { createDemoSchools, finishDemoSchools } from "@doudou/server/demo.ts";
import type { Deps } from "@doudou/server/deps.ts";
import { acceptAward } from "@doudou/server/features/awards/rules.ts";
import { lookAtCard } from "@doudou/server/features/cards/service.ts";
import { verifyEverything } from "@doudou/server/operate/verification.ts";
import { createPictureFiles } from "@doudou/server/pictures/picture-files.ts";
import { createDeps } from "@doudou/server/server.ts";
import type { SummarySnapshot } from "@doudou/shared/contract/summaries.ts";
import { addDays, isSchoolDay, schoolDaysBack } from "@doudou/shared/domain/calendar.ts";
import { isSeating } from "@doudou/shared/domain/seating.ts";
import { areAlike, gramsOf } from "@doudou/shared/domain/near-duplicates.ts";
import { changedParts } from "@doudou/shared/domain/summary-changes.ts";
import { decideBeans } from "@doudou/shared/domain/scoring.ts";
import { overlappingTerms } from "@doudou/shared/domain/terms.ts";
import { ENGINES, freshDatabase } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";

/** A Wednesday of the eleventh week, in the third lesson. */
const NOW = new Date("2026-11-11T02:50:00Z");
const TODAY = "2026-11-11";
/** All the people of the big school, but only every tenth award. */
const QUIET_FOREST: SchoolSpec = { ...FOREST, awardsPerChildAndWeek: [0.8, 0.8] };
/** Three classes of two grades with last year's leavers. */
const HAMLET: SchoolSpec = {
  ...FOREST,
  name: "村小",
  code: "hamlet",
  grades: [3, 6],
  classesPerGrade: 2,
  classSize: [5, 7],
  awardsPerChildAndWeek: [4, 4],
};

describe("the demo schools", () => {
  let database: Database;
  let drop: () => Promise<void>;
  let creek: SeededSchool;
  let forest: SeededSchool;
  let frame: SchoolFrame;
  const published: SummaryToPublish[] = [];

  beforeAll(async () => {
    ({ database, drop } = await freshDatabase("sqlite"));
    const publish = async (summary: SummaryToPublish) => void published.push(summary);
    const schools = [CREEK, QUIET_FOREST];
    const seeded = await seedDemo(database, { seed: 1, now: NOW, passwordHash: "hash", schools, publish });
    [creek, forest] = seeded as [SeededSchool, SeededSchool];
    frame = (await inForest((store) => schoolFrame(store, forest.schoolId))) as SchoolFrame;
  });
  afterAll(() => drop());

  const inForest = <T>(job: (store: Store) => Promise<T>) => database.read(forest.schoolId, job);
  const rowsOf = <T extends keyof Store["tables"]>(table: T) =>
    inForest(async (store) => {
      const rows: Record<string, unknown>[] = await store.db.select().from(store.tables[table]);
      return rows.filter(
        (row) => row["schoolId"] === forest.schoolId,
      ) as Store["tables"][T]["$inferSelect"][];
    });

  test("every award would have been accepted, just so, when it was recorded", async () => {
    const awards = await rowsOf("award");
    const recorders = new Map<string, Assignment[]>();
    for (const id of new Set(awards.map(({ recorderId }) => recorderId))) {
      recorders.set(id, await inForest((store) => assignmentsOf(store, forest.schoolId, id)));
    }
    const students = [...new Set(awards.map(({ studentId }) => studentId))];
    const enrolled = await inForest((store) => enrollmentsOf(store, forest.schoolId, students));
    const enrollments = Map.groupBy(enrolled, ({ studentId }) => studentId);

    const surprises = awards.flatMap((award): unknown[] => {
      const { id, studentId, classId, termId, observationPointId, dimension, points, note, day } = award;
      const accepted = acceptAward(
        {
          id,
          studentId,
          observationPointId,
          points,
          ...(note !== null && { note }),
          occurredAt: award.occurredAt.toISOString(),
        },
        {
          frame,
          recorderId: award.recorderId,
          assignments: recorders.get(award.recorderId) ?? [],
          enrollments: enrollments.get(studentId) ?? [],
          now: award.recordedAt,
        },
      );
      if (typeof accepted === "string") return [accepted];
      const isAsTold =
        accepted.classId === classId &&
        accepted.termId === termId &&
        accepted.dimension === dimension &&
        accepted.note === note &&
        accepted.day === day &&
        award.beans <= points;
      return isAsTold ? [] : [award];
    });
    expect(surprises).toEqual([]);
    expect(awards.length).toBeGreaterThan(8_000);
  });

  test("beans are what the weekly cap left of them, award by award, and voids gave the place back", async () => {
    const voids = new Map((await rowsOf("awardVoid")).map((row) => [row.awardId, row]));
    const awards = (await rowsOf("award")).sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime());
    const weeks = Map.groupBy(awards, ({ studentId, observationPointId, day }) => {
      const sinceAMonday = Math.floor((Date.parse(day) - Date.parse("2024-01-01")) / (7 * 86_400_000));
      return `${studentId}/${observationPointId}/${sinceAMonday}`;
    });
    let capped = 0;
    const wrong: string[] = [];
    for (const ofWeek of weeks.values()) {
      for (const [index, award] of ofWeek.entries()) {
        const standing = ofWeek.slice(0, index).filter(({ id }) => {
          const voided = voids.get(id);
          return !voided || voided.voidedAt > award.recordedAt;
        });
        const of = award.observationPointId;
        const weeklyCap = (frame.points.get(of) ?? frame.ownPoints.get(of))?.weeklyCap ?? 0;
        const decided = decideBeans({ asked: award.points, weeklyCap, countThisWeek: standing.length });
        if (award.beans !== decided.beans) wrong.push(award.id);
        capped += Number(decided.isCapped);
      }
    }
    expect(wrong).toEqual([]);
    expect(capped).toBeGreaterThan(0);
  });

  test("an award is voided by who gave it or by the homeroom teacher, after it was recorded and not in the future", async () => {
    const homerooms = (await rowsOf("teachingAssignment")).filter(({ isHomeroom }) => isHomeroom);
    const awards = new Map((await rowsOf("award")).map((award) => [award.id, award]));
    const voids = await rowsOf("awardVoid");
    const wrong = voids.filter(({ awardId, voidedBy, voidedAt }) => {
      const award = awards.get(awardId);
      if (!award || voidedAt <= award.recordedAt || voidedAt > NOW) return true;
      const isHomeroom = homerooms.some((h) => h.classId === award.classId && h.membershipId === voidedBy);
      return voidedBy !== award.recorderId && !isHomeroom;
    });
    expect(wrong).toEqual([]);
    expect(voids.length / awards.size).toBeGreaterThan(0.002);
    expect(voids.length / awards.size).toBeLessThan(0.01);
  });

  test("nothing happens on a day without school or after now, and something has happened today", async () => {
    const awards = await rowsOf("award");
    expect(awards.filter(({ day }) => !isSchoolDay(day, frame.exceptions))).toEqual([]);
    expect(awards.filter(({ recordedAt }) => recordedAt > NOW)).toEqual([]);
    expect(awards.some(({ day }) => day === TODAY)).toBe(true);
    const hourOf = ({ occurredAt }: { occurredAt: Date }) => (occurredAt.getUTCHours() + 8) % 24;
    const inSchool = awards.filter((award) => hourOf(award) <= 16);
    expect(Math.min(...inSchool.map(hourOf))).toBe(8);
    // One homeroom teacher caught up on one day in the evening.
    const late = awards.filter((award) => hourOf(award) > 16);
    expect(new Set(late.map(({ day, recorderId }) => `${day} ${recorderId}`)).size).toBe(1);
    expect(new Set(late.map(hourOf))).toEqual(new Set([21]));
  });

  test("awards and voids cannot be told from the tallies", async () => {
    for (const { schoolId } of [creek, forest]) {
      expect(await database.read(schoolId, (store) => tallyDifferences(store, schoolId))).toEqual([]);
    }
    const { awards } = await inForest((store) => ledgerSize(store, forest.schoolId));
    expect(awards).toBe(forest.awards);
  });

  test("six grades of two classes, thirty teachers, about five hundred children", async () => {
    const thisYear = frame.terms.at(-1)?.academicYearId;
    const classes = (await rowsOf("schoolClass")).filter(({ academicYearId }) => academicYearId === thisYear);
    const enrollments = (await rowsOf("enrollment")).filter(({ endsOn }) => endsOn === null);
    const sizes = classes.map(({ id }) => enrollments.filter(({ classId }) => classId === id).length);
    expect(classes).toHaveLength(12);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(38);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(45);
    expect((await rowsOf("membership")).filter(({ role }) => role === "teacher")).toHaveLength(30);
    const names = Map.groupBy(await rowsOf("student"), ({ name }) => name);
    const namesakes = [...names.values()].filter((students) => students.length > 1);
    expect(namesakes.map((students) => students.map(({ name }) => name))).toEqual([["李梓涵", "李梓涵"]]);
    expect([...names.keys()].some((name) => name.startsWith("欧阳"))).toBe(true);
  });

  test("every name has as many syllables as characters", async () => {
    const students = await rowsOf("student");
    const wrong = students.filter(
      ({ name, pinyin }) => pinyin.split(" ").length !== name.replace("·", "").length,
    );
    expect(wrong.map(({ name, pinyin }) => `${name} ${pinyin}`)).toEqual([]);
    expect(students.filter(({ pinyin }) => !/^[a-z]+( [a-z]+)+$/.test(pinyin))).toEqual([]);
  });

  test("in every class a few children have not been noticed of late", async () => {
    const since = schoolDaysBack(TODAY, 5, frame.exceptions);
    const noticed = new Set(
      (await rowsOf("dayTally")).filter(({ day }) => day >= since).map(({ studentId }) => studentId),
    );
    const enrollments = (await rowsOf("enrollment")).filter(({ endsOn }) => endsOn === null);
    const classes = Map.groupBy(enrollments, ({ classId }) => classId);
    for (const children of classes.values()) {
      expect(children.some(({ studentId }) => !noticed.has(studentId))).toBe(true);
    }
  });

  test("the demonstration's people are who the login list says they are", async () => {
    const of = async (login: string) => {
      const account = await database.read(EVERY_SCHOOL, (store) => accountByLogin(store, login));
      const memberships = await database.read(EVERY_SCHOOL, (store) =>
        membershipsOfAccount(store, account?.id ?? ""),
      );
      expect(memberships).toHaveLength(1);
      return memberships[0] as (typeof memberships)[number];
    };
    const [teacher, student, parent, admin] = await Promise.all(
      ["teacher1", "student1", "parent1", "admin"].map(of),
    );
    const [homeroom] = (
      await inForest((store) => assignmentsOf(store, forest.schoolId, teacher?.id ?? ""))
    ).filter((assignment) => assignment.isHomeroom && assignment.endsOn === null);
    const itsClass = await inForest((store) => classById(store, forest.schoolId, homeroom?.classId ?? ""));
    expect(itsClass?.name).toBe("三年级1班");
    expect(admin?.role).toBe("school-admin");

    const children = await inForest((store) => childrenOfGuardian(store, forest.schoolId, parent?.id ?? ""));
    expect(children).toHaveLength(2);
    const child = children.find(({ id }) => id === student?.studentId);
    const [enrolled] = (
      await inForest((store) => enrollmentsOf(store, forest.schoolId, [child?.id ?? ""]))
    ).slice(-1);
    expect(enrolled?.class.name).toBe("三年级1班");
    expect(published.some(({ studentId }) => studentId === child?.id)).toBe(true);
  });

  test("a child's account is opened after a guardian's consent to it, and a few have none", async () => {
    const consents = (await rowsOf("consent")).filter(({ purpose }) => purpose === "account");
    const accounts = await inForest((store) => store.db.select().from(store.tables.account));
    const members = (await rowsOf("membership")).filter(({ role }) => role === "student");
    const guardians = await rowsOf("guardianship");
    for (const { studentId, accountId } of members) {
      const consent = consents.find((given) => given.studentId === studentId);
      const account = accounts.find(({ id }) => id === accountId);
      expect(consent?.grantedAt.getTime()).toBeLessThan(account?.createdAt.getTime() ?? 0);
      const isByGuardian = guardians.some(
        (g) => g.studentId === studentId && g.membershipId === consent?.guardianMembershipId,
      );
      expect(isByGuardian).toBe(true);
    }
    const here = (await rowsOf("enrollment")).filter(({ endsOn }) => endsOn === null);
    const without = here.length - members.length;
    expect(without).toBeGreaterThan(0);
    expect(without).toBeLessThan(here.length * 0.08);
  });

  test("every child of the finished term has a comment of its own, of 100 to 200 characters", async () => {
    const term = frame.terms.findLast(({ endsOn }) => endsOn < TODAY);
    const drafts = (await rowsOf("summaryDraft")).filter(({ termId }) => termId === term?.id);
    const enrollments = await rowsOf("enrollment");
    const there = enrollments.filter((e) => e.startsOn <= (term?.endsOn ?? "") && e.endsOn !== null);
    expect(drafts.map(({ studentId }) => studentId).sort()).toEqual(
      there.map(({ studentId }) => studentId).sort(),
    );
    expect(new Set(drafts.map(({ comment }) => comment)).size).toBe(drafts.length);
    expect(drafts.filter(({ comment }) => comment.length < 100 || comment.length > 200)).toEqual([]);
    expect(
      drafts.filter(({ comment }) => comment.includes("{name}") || comment.includes("undefined")),
    ).toEqual([]);
  });

  test("in the class of teacher4 comments of this term are begun, two of them alike, beside a subject teacher's sentences", async () => {
    const term = frame.terms.find(({ startsOn, endsOn }) => startsOn <= TODAY && TODAY <= endsOn);
    const drafts = (await rowsOf("summaryDraft")).filter(({ termId }) => termId === term?.id);
    const account = await database.read(EVERY_SCHOOL, (store) => accountByLogin(store, "teacher4"));
    const writers = new Set(drafts.map(({ savedBy }) => savedBy));
    const members = (await rowsOf("membership")).filter(({ id }) => writers.has(id));
    expect(members.map(({ accountId }) => accountId)).toEqual([account?.id]);
    expect(drafts.length).toBeGreaterThan(10);
    expect(drafts.filter(({ savedAt }) => savedAt >= NOW)).toEqual([]);
    const names = (await rowsOf("student")).map(({ name }) => name);
    const grams = drafts.map(({ comment }) => gramsOf(comment, names));
    const pairs = grams.flatMap((a, i) => grams.slice(i + 1).filter((b) => areAlike(a, b)));
    expect(pairs).toHaveLength(1);
    const remarks = (await rowsOf("summaryRemark")).filter(({ termId }) => termId === term?.id);
    expect(remarks.length).toBeGreaterThan(3);
  });

  test("every class has a few reminders of this term, each by who teaches there, and parent1 may read one", async () => {
    const reminders = await rowsOf("reminder");
    const enrollments = await rowsOf("enrollment");
    const assignments = await rowsOf("teachingAssignment");
    const term = frame.terms.find(({ startsOn, endsOn }) => startsOn <= TODAY && TODAY <= endsOn);
    for (const { classId, studentId, recorderId, termId, recordedAt } of reminders) {
      expect(termId).toBe(term?.id);
      expect(recordedAt.getTime()).toBeLessThan(NOW.getTime());
      expect(enrollments.some((e) => e.studentId === studentId && e.classId === classId)).toBe(true);
      expect(assignments.some((a) => a.membershipId === recorderId && a.classId === classId)).toBe(true);
    }
    expect(new Set(reminders.map(({ classId }) => classId)).size).toBe(12);
    const parent = await database.read(EVERY_SCHOOL, (store) => accountByLogin(store, "parent1"));
    const [membership] = await database.read(EVERY_SCHOOL, (store) =>
      membershipsOfAccount(store, parent?.id ?? ""),
    );
    const children = await inForest((store) =>
      childrenOfGuardian(store, forest.schoolId, membership?.id ?? ""),
    );
    const theirs = reminders.filter(({ studentId }) => children.some(({ id }) => id === studentId));
    expect(theirs.some(({ guardianMaySee }) => guardianMaySee)).toBe(true);
  });

  test("whoever leads the demonstration's grade teaches in it this year, and is homeroom teacher of none", async () => {
    const leaders = await rowsOf("gradeLeadership");
    expect(leaders).toHaveLength(1);
    const [{ membershipId, academicYearId, grade }] = leaders as [(typeof leaders)[number]];
    const assignments = (await rowsOf("teachingAssignment")).filter((a) => a.membershipId === membershipId);
    const classes = (await rowsOf("schoolClass")).filter((c) => c.academicYearId === academicYearId);
    const taught = classes.filter(({ id }) => assignments.some(({ classId }) => classId === id));
    expect([grade, [...new Set(taught.map((c) => c.grade))]]).toEqual([3, [3]]);
    expect(assignments.filter(({ isHomeroom }) => isHomeroom)).toEqual([]);
  });

  test("one child of the demonstration's class has an individual plan, its own points seen for weeks", async () => {
    const plans = await rowsOf("individualPlan");
    const own = new Set((await rowsOf("individualPlanPoint")).map((row) => row.observationPointId));
    const seen = (await rowsOf("award")).filter((row) => own.has(row.observationPointId));
    expect([plans.length, own.size]).toEqual([1, 2]);
    expect(new Set(seen.map(({ studentId }) => studentId))).toEqual(new Set([plans[0]?.studentId]));
    expect(seen.length).toBeGreaterThanOrEqual(4);
  });

  test("the demonstration's class and one of the youngest are asked of themselves today; some have answered, the first has not", async () => {
    const open = (await rowsOf("voiceRound")).filter((of) => of.opensOn <= TODAY && TODAY <= of.closesOn);
    const classes = await rowsOf("schoolClass");
    const voices = await rowsOf("voice");
    const told = open.map(({ id, classId, kind }) => {
      const answers = voices.filter(({ roundId }) => roundId === id);
      const late = answers.filter(({ createdAt }) => createdAt > NOW).length;
      const words = answers.filter((voice) => voice.words !== "").length;
      const grade = classes.find((of) => of.id === classId)?.grade;
      return [grade, kind, answers.length > 50, late, words > 0];
    });
    expect(new Set(told)).toEqual(
      new Set([
        [1, "self", true, 0, false],
        [3, "self", true, 0, true],
      ]),
    );
    const student = await database.read(EVERY_SCHOOL, (store) => accountByLogin(store, "student1"));
    const self = (await rowsOf("membership")).find(({ accountId }) => accountId === student?.id);
    const rounds = new Set(open.map(({ id }) => id));
    expect(
      voices.filter(({ fromId, roundId }) => fromId === self?.studentId && rounds.has(roundId ?? "")),
    ).toEqual([]);
  });

  test("what children told fits its point, nobody in a class says what another said, and a part of it is to be answered", async () => {
    const told = await rowsOf("proposal");
    const codeOf = (id: string) => frame.points.get(id)?.code;
    const codes = Map.groupBy(told, ({ text }) => text);
    for (const [text, ofText] of codes)
      expect([text, new Set(ofText.map((each) => codeOf(each.observationPointId))).size]).toEqual([text, 1]);
    const ofClasses = Map.groupBy(told, ({ classId }) => classId);
    expect(ofClasses.size).toBe(12);
    for (const [classId, ofClass] of ofClasses) {
      const accepted = forest.toAnswer.filter((each) => each.classId === classId && each.answer === "accept");
      const said = ofClass.filter(({ id }) => !forest.toAnswer.some((each) => each.id === id && each.phrase));
      expect(new Set(said.map(({ text }) => text)).size).toBe(said.length);
      const voices = (ids: readonly { readonly id: string }[]) =>
        new Set(ofClass.filter(({ id }) => ids.some((each) => each.id === id)).map(({ voice }) => voice));
      const answered = forest.toAnswer.filter((each) => each.classId === classId);
      const open = ofClass.filter(({ id }) => !answered.some((each) => each.id === id));
      expect(voices(open)).toEqual(new Set(["self", "peer", "guardian"]));
      expect(voices(accepted)).toEqual(new Set(["self", "peer", "guardian"]));
      expect(answered.some(({ phrase }) => phrase !== null)).toBe(true);
      for (const { id, answeredAt } of answered) {
        const toldAt = ofClass.find((each) => each.id === id)?.toldAt.getTime() ?? Infinity;
        expect(toldAt < answeredAt.getTime() && answeredAt < NOW).toBe(true);
      }
    }
  });

  test("teacher4 has laid out tiles for each subject taught, teacher1 for times of the day", async () => {
    const members = await rowsOf("membership");
    const sets = await rowsOf("tileSet");
    const of = async (login: string) => {
      const account = await database.read(EVERY_SCHOOL, (store) => accountByLogin(store, login));
      const own = members.find(({ accountId }) => accountId === account?.id)?.id;
      return sets.filter(({ membershipId }) => membershipId === own);
    };
    const taught = await of("teacher4");
    expect(new Set(taught.map(({ subjectCode }) => subjectCode))).toEqual(new Set(["maths", "labour"]));
    expect((await of("teacher1")).map(({ subjectCode }) => subjectCode)).toEqual([null, null]);
    expect(sets.filter(({ pointCodes }) => pointCodes.length < 3)).toEqual([]);
  });

  test("in every class of the big school one child is absent today, and nobody else", async () => {
    const absences = await rowsOf("absence");
    const enrollments = await rowsOf("enrollment");
    expect(new Set(absences.map(({ classId }) => classId)).size).toBe(12);
    expect(absences).toHaveLength(12);
    for (const { classId, studentId, day, isAbsent } of absences) {
      expect([day, isAbsent]).toEqual([TODAY, true]);
      expect(enrollments.some((e) => e.studentId === studentId && e.classId === classId)).toBe(true);
    }
  });

  test("every class of the big school sits by a plan and has groups of four that keep its pair apart", async () => {
    const enrolled = new Set((await rowsOf("enrollment")).map((e) => `${e.classId} ${e.studentId}`));
    const plans = await rowsOf("seatingPlan");
    const sets = await rowsOf("groupSet");
    const usual = plans.filter(({ subjectId }) => subjectId === null);
    expect([usual.length, sets.length]).toEqual([12, 12]);
    const [laboratory] = plans.filter(({ subjectId }) => subjectId !== null);
    const assignments = await rowsOf("teachingAssignment");
    const makers = assignments.filter(({ membershipId }) => membershipId === laboratory?.changedBy);
    expect(
      makers.some((a) => a.classId === laboratory?.classId && a.subjectId === laboratory.subjectId),
    ).toBe(true);
    for (const { classId, arrangement } of plans) {
      expect(isSeating(arrangement)).toBe(true);
      for (const id of arrangement.seats)
        if (id !== null) expect(enrolled.has(`${classId} ${id}`)).toBe(true);
    }
    for (const pair of await rowsOf("keptApart")) {
      const groups = sets.find(({ classId }) => classId === pair.classId)?.groups ?? [];
      const groupOf = (id: string) => groups.findIndex(({ studentIds }) => studentIds.includes(id));
      expect(groupOf(pair.studentId)).not.toBe(groupOf(pair.otherStudentId));
    }
  });

  test("nothing of one school is known in the other", async () => {
    const students = await rowsOf("student");
    const ids = students.map(({ id }) => id);
    const seen = await database.read(creek.schoolId, async (store) => {
      const enrolled = await enrollmentsOf(store, creek.schoolId, ids);
      return [...enrolled, ...((await classById(store, creek.schoolId, ids[0] ?? "")) ? ["a class"] : [])];
    });
    expect(seen).toEqual([]);
    const memberships = await database.read(EVERY_SCHOOL, (store) =>
      store.db.select().from(store.tables.membership),
    );
    const schoolsOf = Map.groupBy(memberships, ({ accountId }) => accountId);
    for (const [accountId, theirs] of schoolsOf)
      if (accountId !== null) expect(new Set(theirs.map(({ schoolId }) => schoolId)).size).toBe(1);
  });

  test("teacher4 is the mother of a child of the school that she does not teach, and nobody else has two roles", async () => {
    const byAccount = Map.groupBy(await rowsOf("membership"), ({ accountId }) => accountId);
    byAccount.delete(null);
    const two = [...byAccount].filter(([, theirs]) => theirs.length > 1);
    const account = await database.read(EVERY_SCHOOL, (store) => accountByLogin(store, "teacher4"));
    expect(two.map(([id]) => id)).toEqual([account?.id]);
    const theirs = two[0]?.[1] ?? [];
    expect(theirs.map(({ role }) => role).sort()).toEqual(["guardian", "teacher"]);
    expect(new Set(theirs.map(({ displayName }) => displayName)).size).toBe(1);
    const idOf = (role: string) => theirs.find((of) => of.role === role)?.id ?? "";
    const children = await inForest((store) => childrenOfGuardian(store, forest.schoolId, idOf("guardian")));
    expect(children.length).toBeGreaterThan(0);
    const ids = children.map(({ id }) => id);
    const taught = new Set(
      (await inForest((store) => assignmentsOf(store, forest.schoolId, idOf("teacher")))).map(
        (a) => a.classId,
      ),
    );
    const enrolled = await inForest((store) => enrollmentsOf(store, forest.schoolId, ids));
    expect(enrolled.filter(({ class: of }) => taught.has(of.id))).toEqual([]);
  });
});

describe.each(ENGINES)("on %s", (engine) => {
  test("a school with its leavers is there altogether, and verify finds nothing wrong", async () => {
    const { database, drop } = await freshDatabase(engine);
    try {
      const told: number[] = [];
      const [creek, hamlet] = await seedDemo(database, {
        seed: 3,
        now: NOW,
        passwordHash: "hash",
        schools: [CREEK, HAMLET],
        onProgress: ({ done, total }) => told.push(done / total),
      });
      const found = await verifyEverything(
        database,
        createPictureFiles({ dataDir: tmpdir() }),
        NOW,
        () => {},
      );
      expect(found).toMatchObject({ differences: 0, wrongTallies: 0, wrongQuests: 0, wrongBadges: 0 });
      for (const school of [creek, hamlet]) {
        const verified = found.schools.find(({ schoolId }) => schoolId === school?.schoolId);
        expect(verified?.awards).toBe(school?.awards);
        expect(verified?.awards).toBeGreaterThan(500);
        expect(verified?.quests).toBeGreaterThan(5);
      }
      expect(told).toEqual(told.toSorted((a, b) => a - b));
      expect(told.at(-1)).toBe(1);
    } finally {
      await drop();
    }
  });
});

test("the same seed at the same moment gives the same rows, another seed others", async () => {
  const dumps = [];
  for (const seed of [7, 7, 8]) {
    const { database, drop } = await freshDatabase("sqlite");
    await seedDemo(database, { seed, now: NOW, passwordHash: "hash", schools: [CREEK] });
    dumps.push(await dumpOf(database));
    await drop();
  }
  expect(dumps[1]).toEqual(dumps[0]);
  expect(dumps[2]?.["award"]).not.toEqual(dumps[0]?.["award"]);
});

test("summaries are published alike from the same seed: with the same words, and the same codes to verify them by", async () => {
  const published = [];
  for (const seed of ["7", "7", "8"]) {
    const dataDir = await mkdtemp(join(tmpdir(), "doudou-seed-"));
    const { database, drop } = await freshDatabase("sqlite");
    const config = readConfig({ DATA_DIR: dataDir, DOUDOU_DEMO: "1", DOUDOU_DEMO_SEED: seed });
    const deps = await createDeps(config, database, () => NOW);
    await createDemoSchools(deps, () => {}, { schools: [CREEK] });
    const { termSummary = [] } = await dumpOf(database);
    published.push(termSummary);
    await deps.documents.close();
    await deps.pictures.close();
    await drop();
    await rm(dataDir, { recursive: true });
  }
  expect(published[0]?.length).toBeGreaterThan(10);
  expect(published[1]).toEqual(published[0]);
  const codesOf = (rows: readonly string[] = []) =>
    rows.map((row) => (JSON.parse(row) as { verificationCode: string }).verificationCode);
  const [codes = [], , others = []] = published.map(codesOf);
  expect(codes.filter((code) => !/^([2-9A-Z]{4}-){2}[2-9A-Z]{4}$/.test(code))).toEqual([]);
  expect(new Set([...codes, ...others]).size).toBe(codes.length + others.length);
});

test("summaries of the finished term tell of activities, fitness and levels in words", async () => {
  await inSmallDemo(async (deps) => {
    const { termSummary = [] } = await dumpOf(deps.database);
    const told = termSummary.map((row) => (JSON.parse(row) as { snapshot: SummarySnapshot }).snapshot);
    const having = (of: (snapshot: SummarySnapshot) => boolean) => told.filter(of).length;
    expect(
      having(({ activities }) => (activities?.told ?? []).some(({ reflection }) => reflection)),
    ).toBeGreaterThan(2);
    expect(having(({ fitness }) => fitness !== undefined)).toBeGreaterThan(2);
    expect(having(({ rated }) => (rated ?? []).length > 0)).toBeGreaterThan(2);
  });
});

test("a child that was measured a year ago has grown since", async () => {
  await inSmallDemo(async (deps) => {
    const read = await readerOf(deps.database);
    const heights = read<{ studentId: string; item: string; tenths: number; grade: number }>(
      "fitnessValue",
    ).filter(({ item }) => item === "height");
    const grown = heights.flatMap((then) =>
      heights
        .filter(({ studentId, grade }) => studentId === then.studentId && grade > then.grade)
        .map(({ tenths }) => tenths > then.tenths),
    );
    expect(grown.length).toBeGreaterThan(2);
    expect(grown).not.toContain(false);
  });
});

test("children whose families agree to photos are seen at what they made, in today's awards of their class", async () => {
  await inSmallDemo(async (deps) => {
    const read = await readerOf(deps.database);
    const shown = read<{ awardId: string }>("awardEvidence").map(({ awardId }) => awardId);
    const awards = read<{ id: string; studentId: string; day: string; note: string; beans: number }>("award");
    const seen = awards.filter(({ id }) => shown.includes(id));
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.map(({ day, note }) => day === TODAY && note.length > 5)).toEqual(seen.map(() => true));
    const agreed = read<{ studentId: string; purpose: string }>("consent").filter(
      (of) => of.purpose === "photo",
    );
    for (const { studentId } of seen) expect(agreed.map((of) => of.studentId)).toContain(studentId);
    const found = await verifyEverything(deps.database, deps.pictures, NOW, () => {});
    expect(found).toMatchObject({ differences: 0, wrongTallies: 0, wrongQuests: 0, wrongBadges: 0 });
  });
});

test("what a newcomer is told to look at is there: answers, a correction, a card for each, a portfolio of another school", async () => {
  await inSmallDemo(async (deps) => {
    const read = await readerOf(deps.database);
    const told = read<{ state: string; voice: string; awardId: string; text: string }>("proposal");
    const awards = read<{ id: string; note: string }>("award");
    for (const { state, awardId, text } of told)
      expect(awards.find(({ id }) => id === awardId)?.note).toBe(state === "accepted" ? text : undefined);
    const kinds = new Set(told.map(({ voice, state }) => `${voice} ${state}`));
    for (const kind of ["self accepted", "self declined", "self open", "peer accepted", "peer open"])
      expect(kinds).toContain(kind);

    const corrected = read<SummaryRow>("termSummary").filter(({ revision }) => revision === 2);
    expect(corrected).toHaveLength(1);
    const [after] = corrected as [SummaryRow];
    const before = read<SummaryRow>("termSummary").find(
      ({ studentId, revision }) => studentId === after.studentId && revision === 1,
    ) as SummaryRow;
    expect(changedParts(before.snapshot, after.snapshot)).toEqual(["comment"]);
    expect(after.snapshot.comment.length).toBeGreaterThan(before.snapshot.comment.length);
    const readings = read<{ studentId: string; revision: number; signedAt: string | null }>("summaryReading");
    const theirs = readings.filter(({ studentId }) => studentId === after.studentId);
    expect(theirs.map(({ revision, signedAt }) => [revision, signedAt !== null])).toEqual([[1, true]]);
    const words = read<{ studentId: string; isFromGuardian: boolean }>("summaryMessage");
    const talk = words.filter(({ studentId }) => studentId === after.studentId);
    expect(new Set(talk.map(({ isFromGuardian }) => isFromGuardian))).toEqual(new Set([true, false]));

    const cards = read<{ pinHash: string | null }>("studentCard");
    expect(cards.length).toBeGreaterThan(3);
    expect(cards.filter(({ pinHash }) => pinHash !== null)).toEqual([]);
    const { name, pinKind } = await lookAtCard(deps, { code: firstDemoCard(1), address: "::1" });
    const account = await deps.database.read(EVERY_SCHOOL, (store) => accountByLogin(store, "student1"));
    expect([name, pinKind]).toEqual([account?.displayName, "pictures"]);

    const brought = read<{ studentId: string; state: string; isKnownKey: boolean }>("transfer");
    expect(brought.map(({ state, isKnownKey }) => [state, isKnownKey])).toEqual([["taken", false]]);
    const stays = read<{ studentId: string; startsOn: string }>("enrollment");
    const own = stays.filter(({ studentId }) => studentId === brought[0]?.studentId);
    expect(own.map(({ startsOn }) => startsOn > "2026-09-01")).toEqual([true]);
  });
});

type SummaryRow = Readonly<{ studentId: string; revision: number; snapshot: SummarySnapshot }>;

/** A small school shown as the big one is. */
async function inSmallDemo(use: (deps: Deps) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "doudou-seed-"));
  const { database, drop } = await freshDatabase("sqlite");
  const deps = await createDeps(readConfig({ DATA_DIR: dataDir, DOUDOU_DEMO: "1" }), database, () => NOW);
  try {
    await createDemoSchools(deps, () => {}, { schools: [{ ...HAMLET, code: FOREST.code }] });
    await use(deps);
  } finally {
    await deps.documents.close();
    await deps.pictures.close();
    await drop();
    await rm(dataDir, { recursive: true });
  }
}

async function readerOf(database: Database) {
  const rows = await dumpOf(database);
  return <Row>(table: string) => (rows[table] ?? []).map((row) => JSON.parse(row) as Row);
}

test("a start that was cut once the schools were there is finished by the next, as if it had never been cut", async () => {
  const shown = [
    "termSummary",
    "schoolLogo",
    "work",
    "portfolioFile",
    "honour",
    "highlight",
    "activity",
    "award",
    "awardEvidence",
    "proposal",
    "summaryMessage",
    "summaryReading",
    "studentCard",
    "transfer",
  ];
  const made = async (
    cut: (deps: Deps, start: (deps: Deps, progress?: () => void) => Promise<void>) => Promise<void>,
  ) => {
    const dataDir = await mkdtemp(join(tmpdir(), "doudou-seed-"));
    const { database, drop } = await freshDatabase("sqlite");
    const deps = await createDeps(readConfig({ DATA_DIR: dataDir, DOUDOU_DEMO: "1" }), database, () => NOW);
    const schools = [{ ...HAMLET, code: FOREST.code }];
    try {
      await cut(deps, (of, progress = () => {}) => createDemoSchools(of, progress, { schools }));
      const later = { ...deps, now: () => new Date(NOW.getTime() + 3_600_000) };
      await finishDemoSchools(later, () => {});
      const dump = await dumpOf(database);
      await finishDemoSchools(later, () => expect.unreachable("there is nothing left to finish"));
      return Object.fromEntries(shown.map((table) => [table, dump[table]?.length && dump[table]]));
    } finally {
      await deps.documents.close();
      await deps.pictures.close();
      await drop();
      await rm(dataDir, { recursive: true });
    }
  };
  const whole = await made((deps, start) => start(deps));
  expect(Object.values(whole).every(Boolean)).toBe(true);
  const cutWhilePublishing = await made(async (deps, start) => {
    let told = 0;
    const progress = () => {
      told += 1;
      if (told === 14) throw new Error("cut");
    };
    await expect(start(deps, progress)).rejects.toThrow("cut");
    expect((await dumpOf(deps.database))["termSummary"]?.length).toBeGreaterThan(0);
  });
  expect(cutWhilePublishing).toEqual(whole);
  const cutAmongWorks = await made(async (deps, start) => {
    let files = 0;
    const receive: Deps["pictures"]["receive"] = (...file) =>
      ++files < 4 ? deps.pictures.receive(...file) : Promise.reject(new Error("cut"));
    await expect(start({ ...deps, pictures: { ...deps.pictures, receive } })).rejects.toThrow("cut");
    expect((await dumpOf(deps.database))["work"]?.length).toBeGreaterThan(0);
  });
  expect(cutAmongWorks).toEqual(whole);
});

test("a school that is there already is not made twice, and nothing of the attempt stays", async () => {
  const { database, drop } = await freshDatabase("sqlite");
  try {
    const options = { now: NOW, passwordHash: "hash", schools: [CREEK] };
    await seedDemo(database, { ...options, seed: 1 });
    const before = await dumpOf(database);
    await expect(seedDemo(database, { ...options, seed: 2 })).rejects.toThrow("UNIQUE");
    expect(await dumpOf(database)).toEqual(before);
  } finally {
    await drop();
  }
});

test("on any day, today lies in a term, another is over, and no two terms share a day", () => {
  const wrong: string[] = [];
  for (let day = "2024-09-01"; day < "2033-09-01"; day = addDays(day, 1)) {
    const { years, finished, current } = schoolYearsAround(day);
    const terms = years.flatMap((year) => year.terms.map((term) => ({ ...term, id: term.startsOn })));
    const isInOrder = finished.endsOn < current.startsOn && current.startsOn <= day && day <= current.endsOn;
    if (!isInOrder || overlappingTerms(terms).length > 0 || terms.length > 4) wrong.push(day);
  }
  expect(wrong).toEqual([]);
});

test("in the summer holidays, on a Sunday, there is a demo school too", async () => {
  const { database, drop } = await freshDatabase("sqlite");
  try {
    const now = new Date("2027-08-08T04:00:00Z");
    const [creek] = await seedDemo(database, { seed: 1, now, passwordHash: "hash", schools: [CREEK] });
    const schoolId = creek?.schoolId ?? "";
    const frame = await database.read(schoolId, (store) => schoolFrame(store, schoolId));
    expect(frame?.terms.some((term) => term.startsOn <= "2027-08-08" && "2027-08-08" <= term.endsOn)).toBe(
      true,
    );
    expect(await database.read(schoolId, (store) => tallyDifferences(store, schoolId))).toEqual([]);
  } finally {
    await drop();
  }
});
