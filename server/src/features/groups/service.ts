/**
 * Groups of a class, shared by its teachers, and the pairs they keep apart. A group has children, a name and a sign:
 * no points, no penalties, nothing to compare. Pairs are told to nobody but a teacher who is making groups.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import {
  deleteGroupSet,
  groupSetsOf,
  keepApart,
  keepApartNoLonger,
  keptApartIn,
  saveGroupSet,
} from "@doudou/db/repositories/groups.ts";
import { classById, studentsOfClass } from "@doudou/db/repositories/people.ts";
import type { GroupSet, GroupSetDraft, GroupSets, KeptApart } from "@doudou/shared/contract/groups.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";

/** More than a class is ever divided in. */
const MOST_SETS = 20;

/** Children who left are in no group that is read. */
export async function groupsOf(deps: Deps, { schoolId }: Grant, classId: string): Promise<GroupSets> {
  const day = await today(deps, schoolId);
  return await deps.database.read(schoolId, (store) => setsIn(store, schoolId, classId, day));
}

/**
 * Saves a set of groups over the version it was made from.
 * @throws Problem groups-malformed, groups-changed, groups-too-many
 */
export async function saveGroups(
  deps: Deps,
  grant: Grant,
  { classId, setId }: { readonly classId: string; readonly setId: string },
  draft: GroupSetDraft,
): Promise<GroupSet> {
  const { schoolId, membershipId } = grant;
  const name = draft.name.trim().toWellFormed();
  const all = draft.groups.flatMap(({ studentIds }) => studentIds);
  if (name === "" || new Set(all).size !== all.length) throw new Problem("groups-malformed");
  const day = await today(deps, schoolId);
  return await deps.database.write(schoolId, async (store) => {
    const { students, sets } = await setsIn(store, schoolId, classId, day);
    if (draft.version === 0 && sets.length >= MOST_SETS) throw new Problem("groups-too-many");
    const groups = withOnly(
      draft.groups.map((group) => ({ ...group, name: group.name.toWellFormed() })),
      students,
    );
    const at = deps.now();
    const set = { id: setId, classId, name, groups, changedAt: at, changedBy: membershipId };
    const version = await saveGroupSet(store, schoolId, set, draft.version);
    const saved =
      version && (await setsIn(store, schoolId, classId, day)).sets.find(({ id }) => id === setId);
    if (!saved) throw new Problem("groups-changed");
    const before = sets.find(({ id }) => id === setId);
    await noteChange(store, grant, {
      action: "groups.change",
      at,
      classId,
      subjectId: setId,
      before: before ? { name: before.name, groups: before.groups } : null,
      after: { name, groups },
    });
    return saved;
  });
}

/** Deletes a set as it was last seen. @throws Problem groups-changed */
export async function deleteGroups(
  deps: Deps,
  grant: Grant,
  set: { readonly id: string; readonly classId: string; readonly version: number },
): Promise<void> {
  const { schoolId } = grant;
  const { id: subjectId, classId } = set;
  await deps.database.write(schoolId, async (store) => {
    const before = (await groupSetsOf(store, schoolId, classId)).find(({ id }) => id === subjectId);
    if (!before || !(await deleteGroupSet(store, schoolId, set))) throw new Problem("groups-changed");
    const { name, groups } = before;
    const change = { action: "groups.change", at: deps.now(), classId, subjectId } as const;
    await noteChange(store, grant, { ...change, before: { name, groups } });
  });
}

/** The pairs of children who are in the class now. */
export async function pairsKeptApart(deps: Deps, { schoolId }: Grant, classId: string): Promise<KeptApart> {
  const day = await today(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const here = new Set((await studentsOfClass(store, schoolId, classId, day)).map(({ id }) => id));
    const pairs = await keptApartIn(store, schoolId, classId);
    return {
      pairs: pairs.filter(({ studentId, otherStudentId }) => here.has(studentId) && here.has(otherStudentId)),
    };
  });
}

/** Keeps two children of a class apart, or no longer. @throws Problem student-not-found, groups-malformed for one and the same */
export async function changeApart(
  deps: Deps,
  grant: Grant,
  pair: {
    readonly classId: string;
    readonly studentIds: readonly [string, string];
    readonly areApart: boolean;
  },
): Promise<void> {
  const { schoolId, membershipId } = grant;
  const { classId, studentIds, areApart } = pair;
  if (studentIds[0] === studentIds[1]) throw new Problem("groups-malformed");
  const day = await today(deps, schoolId);
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    if (areApart) {
      const here = new Set((await studentsOfClass(store, schoolId, classId, day)).map(({ id }) => id));
      if (!studentIds.every((id) => here.has(id))) throw new Problem("student-not-found");
      await keepApart(store, schoolId, { classId, studentIds, addedBy: membershipId, addedAt: at });
    } else await keepApartNoLonger(store, schoolId, { classId, studentIds });
    await noteChange(store, grant, {
      action: "groups.change-apart",
      at,
      classId,
      after: { studentIds, areApart },
    });
  });
}

async function setsIn(store: Store, schoolId: string, classId: string, day: string): Promise<GroupSets> {
  const row = await classById(store, schoolId, classId);
  if (!row) throw new Problem("not-found");
  const students = await studentsOfClass(store, schoolId, classId, day);
  const sets = await groupSetsOf(store, schoolId, classId);
  return {
    class: { id: row.id, name: row.name, grade: row.grade },
    students: students.map(({ id, name }) => ({ id, name })),
    sets: sets.map(({ id, name, groups, version, changedBy, changedAt }) => ({
      id,
      name,
      groups: withOnly(groups, students),
      version,
      changedBy,
      changedAt: changedAt.toISOString(),
    })),
  };
}

function withOnly<Group extends { readonly studentIds: readonly string[] }>(
  groups: readonly Group[],
  students: readonly { readonly id: string }[],
) {
  const here = new Set(students.map(({ id }) => id));
  return groups.map((group) => ({ ...group, studentIds: group.studentIds.filter((id) => here.has(id)) }));
}

async function today(deps: Deps, schoolId: string): Promise<string> {
  const { timeZone } = await deps.frames.of(schoolId);
  return localDayOf(deps.now().getTime(), timeZone);
}
