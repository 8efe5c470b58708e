/**
 * The staff that OneRoster packages bring: read whole, changed by the steps of an import, and taken back. Decides nothing:
 * which steps, and which of them can be taken back, the domain says.
 */
import { and, asc, eq, gte, inArray, isNotNull, isNull, or } from "drizzle-orm";
import type { StaffKeptReason } from "@doudou/shared/domain/roster-import/fields.ts";
import type { StaffEntry } from "@doudou/shared/domain/roster-import/one-roster-staff.ts";
import type {
  KnownMember,
  KnownPost,
  KnownStaff,
  PlannedStaff,
  StaffChoice,
  StaffStep,
} from "@doudou/shared/domain/roster-import/staff-plan.ts";
import type { StaffNow } from "@doudou/shared/domain/roster-import/staff-undo.ts";
import { STAFF_ROLES } from "@doudou/shared/domain/staff.ts";
import type { Store } from "../engines/database.ts";
import { insertRows, portionsOf } from "./bulk.ts";
import { referredTo } from "./roster.ts";

/** Everybody who works or worked at the school, and who has which class of an academic year on a day or later. */
export async function knownStaff(
  store: Store,
  schoolId: string,
  academicYearId: string,
  day: string,
): Promise<KnownStaff> {
  const { subject, schoolClass: c, teachingAssignment: a } = store.tables;
  const subjects = await store.db
    .select({ id: subject.id, code: subject.code, zh: subject.nameZh, en: subject.nameEn })
    .from(subject)
    .where(eq(subject.schoolId, schoolId))
    .orderBy(asc(subject.code));
  const posts = await store.db
    .select(postColumns(store))
    .from(a)
    .innerJoin(c, and(eq(c.schoolId, a.schoolId), eq(c.id, a.classId)))
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(c.academicYearId, academicYearId),
        isNull(a.standsInForId),
        or(isNull(a.endsOn), gte(a.endsOn, day)),
      ),
    )
    .orderBy(asc(a.id));
  return {
    members: await membersIn(store, schoolId),
    subjects: subjects.map(({ id, code, zh, en }) => ({ id, code, name: { zh, en } })),
    posts,
  };
}

function postColumns({ tables: { teachingAssignment: a } }: Store) {
  const { id, membershipId, classId, subjectId, isHomeroom, startsOn, endsOn, standsInForId } = a;
  return { id, membershipId, classId, subjectId, isHomeroom, startsOn, endsOn, standsInForId };
}

async function membersIn(store: Store, schoolId: string): Promise<KnownMember[]> {
  const { membership: m, account, staffRecord: r } = store.tables;
  const rows = await store.db
    .select({
      id: m.id,
      name: m.displayName,
      role: m.role,
      endedAt: m.endedAt,
      login: account.login,
      staffNo: r.staffNo,
    })
    .from(m)
    .leftJoin(account, eq(account.id, m.accountId))
    .leftJoin(r, and(eq(r.schoolId, m.schoolId), eq(r.membershipId, m.id)))
    .where(and(eq(m.schoolId, schoolId), inArray(m.role, [...STAFF_ROLES])))
    .orderBy(asc(m.id));
  return rows.map(({ endedAt, role, ...member }) => ({
    ...member,
    role: role as KnownMember["role"],
    hasLeft: endedAt !== null,
  }));
}

/** Does what the steps say, all of it. @throws when a number is taken */
export async function carryOutStaff(
  store: Store,
  schoolId: string,
  steps: readonly StaffStep[],
): Promise<void> {
  const { membership: m, staffRecord: r, teachingAssignment: a } = store.tables;
  await insertRows(
    store,
    m,
    steps.flatMap((step) =>
      step.do === "add-staff"
        ? {
            schoolId,
            id: step.membershipId,
            accountId: null,
            role: "teacher" as const,
            displayName: step.name,
            studentId: null,
            endedAt: null,
          }
        : [],
    ),
  );
  await insertRows(
    store,
    r,
    steps.flatMap((step) =>
      step.do === "add-post" ? [] : { schoolId, membershipId: step.membershipId, staffNo: step.staffNo },
    ),
  );
  await insertRows(
    store,
    a,
    steps.flatMap((step) => {
      if (step.do !== "add-post") return [];
      const { do: _, ...post } = step;
      return { schoolId, ...post, endsOn: null, standsInForId: null };
    }),
  );
}

/** Takes back what the steps did: all that they added goes. */
export async function takeBackStaff(
  store: Store,
  schoolId: string,
  steps: readonly StaffStep[],
): Promise<void> {
  const { membership: m, staffRecord: r, teachingAssignment: a } = store.tables;
  const postIds = steps.flatMap((step) => (step.do === "add-post" ? [step.id] : []));
  const numbered = steps.flatMap((step) => (step.do === "add-post" ? [] : [step.membershipId]));
  const added = steps.flatMap((step) => (step.do === "add-staff" ? [step.membershipId] : []));
  for (const ids of portionsOf(postIds))
    await store.db.delete(a).where(and(eq(a.schoolId, schoolId), inArray(a.id, ids)));
  for (const ids of portionsOf(numbered))
    await store.db.delete(r).where(and(eq(r.schoolId, schoolId), inArray(r.membershipId, ids)));
  for (const ids of portionsOf(added))
    await store.db.delete(m).where(and(eq(m.schoolId, schoolId), inArray(m.id, ids)));
}

/** The staff as it is, to see whether it still is as an import left it. @param addedIds whom the import added */
export async function staffNow(
  store: Store,
  schoolId: string,
  { addedIds, at }: { readonly addedIds: readonly string[]; readonly at: Date },
): Promise<StaffNow> {
  const { teachingAssignment: a, staffLink: l, award } = store.tables;
  const members = await membersIn(store, schoolId);
  const posts: KnownPost[] = await store.db
    .select(postColumns(store))
    .from(a)
    .where(eq(a.schoolId, schoolId));
  const links = await store.db
    .selectDistinct({ membershipId: l.membershipId })
    .from(l)
    .where(and(eq(l.schoolId, schoolId), isNotNull(l.membershipId)));
  const invited = new Set(links.map(({ membershipId }) => membershipId));
  const awarded = await store.db
    .selectDistinct({ recorderId: award.recorderId, classId: award.classId })
    .from(award)
    .where(and(eq(award.schoolId, schoolId), gte(award.recordedAt, at)));
  return {
    members: new Map(
      members.map(({ id, name, staffNo, login, hasLeft }) => [
        id,
        { name, staffNo, hasLeft, isInvited: login !== null || invited.has(id) },
      ]),
    ),
    posts: new Map(posts.map((post) => [post.id, post])),
    stoodInFor: new Set(posts.flatMap(({ standsInForId }) => standsInForId ?? [])),
    withRecords: await referredTo(store, schoolId, "membership", addedIds, [
      "teachingAssignment",
      "staffRecord",
      "staffLink",
    ]),
    awardedIn: new Set(awarded.map(({ recorderId, classId }) => `${recorderId} ${classId}`)),
  };
}

export interface ImportedStaff {
  readonly position: number;
  readonly entry: StaffEntry;
  readonly choice: StaffChoice | null;
  readonly planned: PlannedStaff;
  readonly kept: StaffKeptReason | null;
}

/** The staff of an import in the file's order. */
export async function staffOfImport(
  store: Store,
  schoolId: string,
  importId: string,
): Promise<ImportedStaff[]> {
  const { rosterImportStaff: s } = store.tables;
  return await store.db
    .select({ position: s.position, entry: s.entry, choice: s.choice, planned: s.planned, kept: s.kept })
    .from(s)
    .where(and(eq(s.schoolId, schoolId), eq(s.importId, importId)))
    .orderBy(asc(s.position));
}

/** Puts the staff of a dry run in the place of what was there. */
export async function replaceStaffOfImport(
  store: Store,
  schoolId: string,
  importId: string,
  staff: readonly Omit<ImportedStaff, "position" | "kept">[],
): Promise<void> {
  const { rosterImportStaff: s } = store.tables;
  await store.db.delete(s).where(and(eq(s.schoolId, schoolId), eq(s.importId, importId)));
  const rows = staff.map((one, index) => ({ ...one, schoolId, importId, position: index + 1, kept: null }));
  await insertRows(store, s, rows);
}

/** Writes down whom undoing left as it was, and why. */
export async function markStaffKept(
  store: Store,
  schoolId: string,
  importId: string,
  kept: ReadonlyMap<number, StaffKeptReason>,
): Promise<void> {
  const { rosterImportStaff: s } = store.tables;
  for (const [position, reason] of kept)
    await store.db
      .update(s)
      .set({ kept: reason })
      .where(and(eq(s.schoolId, schoolId), eq(s.importId, importId), eq(s.position, position)));
}
