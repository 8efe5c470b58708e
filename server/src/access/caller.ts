/**
 * Who is asking, and where they stand towards a class or a student. Reads relations; decides nothing: that is
 * permissions.ts.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { type OpenAccess, openAccessTo } from "@doudou/db/repositories/access-grants.ts";
import { type AccountMembership } from "@doudou/db/repositories/accounts.ts";
import { reviewsClass } from "@doudou/db/repositories/grade-leaderships.ts";
import {
  type Assignment,
  assignmentsOf,
  childrenOfGuardian,
  classById,
  enrollmentsOf,
} from "@doudou/db/repositories/people.ts";
import type { Account } from "@doudou/shared/contract/session.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { PE_SUBJECT } from "@doudou/shared/domain/fitness.ts";
import type { Standing } from "./permissions.ts";

/** Which call it is and where it came from, for the audit log; no address where the server itself is at work. */
export interface Origin {
  readonly requestId: string;
  readonly address: string | null;
}

export interface Caller {
  readonly account: Account;
  readonly origin: Origin;
  readonly sessionId: string;
  /** On a shared tablet, and PIN or password not given lately: see permissions.ts. */
  readonly isConfined: boolean;
  /** On a shared tablet, whatever was given lately. */
  readonly isOnSharedTablet: boolean;
  /** The device is locked. */
  readonly isLocked: boolean;
  /** Has to set up a second device before anything else. */
  readonly lacksSecondFactor: boolean;
  readonly memberships: readonly AccountMembership[];
}

/** A membership through which something was granted, with every standing the caller has through it. */
export interface Grant {
  readonly schoolId: string;
  readonly membershipId: string;
  readonly standings: ReadonlySet<Standing>;
  /** The caller's session is. */
  readonly isConfined: boolean;
  readonly origin: Origin;
  /** What lets the caller read a child or class whom the caller does not teach; every read says so. */
  readonly access?: OpenAccess | undefined;
}

/** Whether it was granted to somebody who works here, not to the child or its family. */
export function isOfStaff({ standings }: Grant): boolean {
  return [...standings].some((s) => s.startsWith("teacher:") || s.startsWith("school-admin:"));
}

/** The caller's memberships, school by school, with the standing each gives in the school as a whole. */
export function grantsInSchools(caller: Caller): Grant[] {
  return caller.memberships.map((membership) => ({
    schoolId: membership.schoolId,
    membershipId: membership.id,
    standings: new Set<Standing>([`${membership.role}:school` as Standing]),
    isConfined: caller.isConfined,
    origin: caller.origin,
  }));
}

export type Relations =
  | { readonly exists: false }
  | { readonly exists: true; readonly grants: readonly Grant[] };

/** How the caller stands to a class, through each membership in the class's school. `exists` is false in all other schools. */
export async function relationsToClass(
  store: Store,
  caller: Caller,
  classId: string,
  now: Date,
): Promise<Relations> {
  for (const [schoolId, memberships] of bySchool(caller)) {
    if (!(await classById(store, schoolId, classId))) continue;
    const grants: Grant[] = [];
    for (const membership of memberships) {
      const today = localDayOf(now.getTime(), membership.timeZone);
      const standings: Standing[] =
        membership.role === "teacher"
          ? teaching(await assignmentsOf(store, schoolId, membership.id), classId, today)
          : membership.role === "school-admin"
            ? ["school-admin:school"]
            : [];
      const access = await accessOf(store, membership, standings, { classId }, now);
      if (access) standings.push("teacher:granted");
      // After the leave: whoever reviews a class's summaries does not teach it, and may be let read the rest.
      const asReviewer = { membershipId: membership.id, classId, day: today };
      if (membership.role === "teacher" && (await reviewsClass(store, schoolId, asReviewer)))
        standings.push("teacher:grade");
      grants.push({
        schoolId,
        membershipId: membership.id,
        standings: new Set(standings),
        isConfined: caller.isConfined,
        origin: caller.origin,
        access,
      });
    }
    return { exists: true, grants };
  }
  return { exists: false };
}

/** How the caller stands to a student, through each membership in the student's school. */
export async function relationsToStudent(
  store: Store,
  caller: Caller,
  studentId: string,
  now: Date,
): Promise<Relations> {
  for (const [schoolId, memberships] of bySchool(caller)) {
    const enrolled = await enrollmentsOf(store, schoolId, [studentId]);
    if (enrolled.length === 0) continue;
    const grants: Grant[] = [];
    for (const membership of memberships) {
      const today = localDayOf(now.getTime(), membership.timeZone);
      const current = enrolled.find((e) => covers(e, today));
      const standings: Standing[] = [];
      switch (membership.role) {
        case "school-admin":
          standings.push("school-admin:school");
          break;
        case "teacher":
          if (current) {
            standings.push(
              ...teaching(await assignmentsOf(store, schoolId, membership.id), current.class.id, today),
            );
          }
          break;
        case "student":
          if (membership.studentId === studentId) standings.push("student:self");
          break;
        case "guardian": {
          const children = await childrenOfGuardian(store, schoolId, membership.id);
          if (children.some((child) => child.id === studentId)) standings.push("guardian:child");
          break;
        }
      }
      const access = await accessOf(
        store,
        membership,
        standings,
        { classId: current?.class.id, studentId },
        now,
      );
      if (access) standings.push("teacher:granted");
      grants.push({
        schoolId,
        membershipId: membership.id,
        standings: new Set(standings),
        isConfined: caller.isConfined,
        origin: caller.origin,
        access,
      });
    }
    return { exists: true, grants };
  }
  return { exists: false };
}

/**
 * What lets a teacher read whom the teacher does not teach. Asked anew each time and never remembered, so that it is
 * over at its minute.
 */
async function accessOf(
  store: Store,
  { role, schoolId, id }: AccountMembership,
  standings: readonly Standing[],
  to: Parameters<typeof openAccessTo>[3],
  now: Date,
): Promise<OpenAccess | undefined> {
  if (role !== "teacher" || standings.length > 0) return undefined;
  return await openAccessTo(store, schoolId, id, to, now);
}

/** A teacher's standing to a class on a day, from the teacher's assignments. */
export function teaching(assignments: readonly Assignment[], classId: string, day: string): Standing[] {
  const there = assignments.filter((a) => a.classId === classId && covers(a, day));
  if (there.length === 0) return [];
  const standings: Standing[] = ["teacher:class"];
  if (there.some((a) => a.subjectCode === PE_SUBJECT)) standings.push("teacher:pe");
  if (there.some((a) => a.isHomeroom)) standings.push("teacher:homeroom");
  if (there.some((a) => a.isHomeroom && a.publishesSummaries)) standings.push("teacher:publisher");
  return standings;
}

/** Whether a span of days, open at its end while `endsOn` is null, covers a day. */
export function covers(
  span: { readonly startsOn: string; readonly endsOn: string | null },
  day: string,
): boolean {
  return span.startsOn <= day && (span.endsOn === null || day <= span.endsOn);
}

function bySchool(caller: Caller): Map<string, AccountMembership[]> {
  return Map.groupBy(caller.memberships, (membership) => membership.schoolId);
}
