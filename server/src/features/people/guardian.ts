/**
 * One guardian as the office looks at it: the children, how far each family has come and what it agreed to, and who was kept out and why. Every
 * child of it has in its log that somebody looked, before anything is answered.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { guardianMember, guardiansOf, openLetters } from "@doudou/db/repositories/guardians.ts";
import { enrollmentsOf, namesOfMembers, studentById } from "@doudou/db/repositories/people.ts";
import type { GuardianPage } from "@doudou/shared/contract/people.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { joiningState } from "@doudou/shared/domain/guardians.ts";
import { masked } from "@doudou/shared/domain/sensitive.ts";
import { covers, type Grant } from "../../access/caller.ts";
import { noteRead } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { consentsInBrief } from "../consents/service.ts";
import { letterView, readmissible, verificationOf } from "../guardians/service.ts";

type Child = GuardianPage["children"][number];

/** One guardian, here or no longer. @throws Problem not-found */
export async function guardianPage(deps: Deps, grant: Grant, membershipId: string): Promise<GuardianPage> {
  const { schoolId } = grant;
  const at = deps.now();
  const { timeZone } = await deps.frames.of(schoolId);
  const today = localDayOf(at.getTime(), timeZone);
  return await deps.database.write(schoolId, async (store) => {
    const member = await guardianMember(store, schoolId, membershipId);
    if (!member) throw new Problem("not-found");
    const { phone, studentIds, ...who } = member;
    const children = await childrenOf(store, schoolId, member, { at, today });
    // Of somebody whose children are all gone it is still written down that it was looked at.
    for (const studentId of studentIds.length > 0 ? studentIds : [undefined])
      await noteRead(store, grant, { action: "people.read-guardian", at, studentId });
    const isSomebodys = children.some(({ endedAt }) => endedAt === null);
    return { ...who, phone: phone !== null && isSomebodys ? masked(phone) : null, children };
  });
}

async function childrenOf(
  store: Store,
  schoolId: string,
  { id, studentIds }: { readonly id: string; readonly studentIds: readonly string[] },
  { at, today }: { readonly at: Date; readonly today: string },
): Promise<Child[]> {
  const all = await guardiansOf(store, schoolId, studentIds);
  const enrolled = await enrollmentsOf(store, schoolId, studentIds);
  const letters = await openLetters(store, schoolId, studentIds, at);
  const consents = await consentsInBrief(store, schoolId, studentIds);
  const removers = all.flatMap(({ removal }) => removal?.by ?? []);
  const names = await namesOfMembers(store, schoolId, [...new Set(removers)]);
  const students = new Map<string, Child["pupil"]>();
  for (const studentId of studentIds) {
    const student = await studentById(store, schoolId, studentId);
    if (student) students.set(studentId, { id: studentId, name: student.name, studentNo: student.studentNo });
  }
  const children = all.flatMap((own): Child[] => {
    const { studentId, guardianshipId, relation, endedAt, removal } = own;
    const pupil = students.get(studentId);
    if (own.membershipId !== id || !pupil) return [];
    const family = all.filter((guardian) => guardian.studentId === studentId);
    const letter = letters.find((open) => open.studentId === studentId);
    const now = enrolled.find((stay) => stay.studentId === studentId && covers(stay, today))?.class;
    return [
      {
        guardianshipId,
        pupil,
        class: now ? { id: now.id, name: now.name, grade: now.grade } : null,
        relation,
        verified: verificationOf(own),
        endedAt: endedAt?.toISOString() ?? null,
        removal: removal && { by: names.get(removal.by) ?? "", reason: removal.reason, note: removal.note },
        mayReadmit: readmissible(family).has(guardianshipId),
        state: joiningState(family, letter !== undefined),
        letter: letterView(letter),
        consents: endedAt === null ? (consents.get(studentId) ?? []) : [],
      },
    ];
  });
  return children.toSorted((a, b) => Number(a.endedAt !== null) - Number(b.endedAt !== null));
}
