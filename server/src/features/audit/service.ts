/** What the audit log tells: all of it to the school's administrators, and to guardians who looked at their child. */
import { type AuditFilter as Wanted, auditEntries, readersOf } from "@doudou/db/repositories/oversight.ts";
import type { AuditFilter, AuditPage, AuditQuery, RecordReaders } from "@doudou/shared/contract/audit.ts";
import { addDays, localDayOf, startOfDay } from "@doudou/shared/domain/calendar.ts";
import type { Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { csvLines } from "../../spreadsheets/written.ts";

/** So far back a guardian sees who looked: more than a term. */
const DAYS_TOLD = 200;
/** Reads of one child in that time; a teacher's own class page is not among them. */
const MOST_READS = 2_000;
const EXPORTED_AT_ONCE = 1_000;

export async function auditPage(
  deps: Deps,
  { schoolId }: Grant,
  { before, limit, ...filter }: AuditQuery,
): Promise<AuditPage> {
  const wanted = await wantedBy(deps, schoolId, filter);
  const rows = await deps.database.read(schoolId, (store) =>
    auditEntries(store, schoolId, wanted, { before, limit: limit + 1 }),
  );
  const page = rows.slice(0, limit);
  return {
    entries: page.map(shown),
    nextBefore: rows.length > limit ? (page.at(-1)?.seq ?? null) : null,
  };
}

/** All entries that fit, newest first, as CSV for a spreadsheet: in portions, so that a long log needs little memory. */
export async function* auditCsv(
  deps: Deps,
  { schoolId }: Grant,
  filter: AuditFilter,
): AsyncGenerator<string> {
  const wanted = await wantedBy(deps, schoolId, filter);
  yield `\uFEFF${csvLines([["seq", "at", "kind", "action", "by", "role", "student", "class", "subject", "address", "before", "after", "hash"]])}`;
  let before: number | undefined;
  do {
    const rows = await deps.database.read(schoolId, (store) =>
      auditEntries(store, schoolId, wanted, { before, limit: EXPORTED_AT_ONCE }),
    );
    if (rows.length === 0) return;
    yield csvLines(
      rows.map((row) => [
        row.seq,
        row.at.toISOString(),
        row.kind,
        row.action,
        row.by.name,
        row.by.role,
        row.studentName,
        row.className,
        row.subjectId,
        row.address,
        row.before === null ? null : JSON.stringify(row.before),
        row.after === null ? null : JSON.stringify(row.after),
        row.hash,
      ]),
    );
    before = rows.length === EXPORTED_AT_ONCE ? rows.at(-1)?.seq : undefined;
  } while (before !== undefined);
}

/** Who of the school has looked at a child's record, and how often on which day. */
export async function recordReaders(
  deps: Deps,
  { schoolId }: Grant,
  studentId: string,
): Promise<RecordReaders> {
  const { timeZone } = await deps.frames.of(schoolId);
  const since = addDays(localDayOf(deps.now().getTime(), timeZone), -DAYS_TOLD);
  const reads = await deps.database.read(schoolId, (store) =>
    readersOf(store, schoolId, studentId, {
      since: new Date(startOfDay(since, timeZone)),
      limit: MOST_READS,
    }),
  );
  const readers = new Map<string, RecordReaders["readers"][number]>();
  for (const { at, action, membershipId, name, role, purpose, accessKind } of reads) {
    const day = localDayOf(at.getTime(), timeZone);
    const isEmergency = accessKind === "emergency";
    const key = `${day} ${membershipId} ${action} ${purpose} ${isEmergency}`;
    const known = readers.get(key);
    if (known) known.times += 1;
    else readers.set(key, { day, name, role, action, purpose, isEmergency, times: 1 });
  }
  return { since, readers: [...readers.values()] };
}

async function wantedBy(deps: Deps, schoolId: string, { from, to, ...rest }: AuditFilter): Promise<Wanted> {
  const { timeZone } = await deps.frames.of(schoolId);
  return {
    ...rest,
    from: from === undefined ? undefined : new Date(startOfDay(from, timeZone)),
    until: to === undefined ? undefined : new Date(startOfDay(addDays(to, 1), timeZone)),
  };
}

function shown(row: Awaited<ReturnType<typeof auditEntries>>[number]): AuditPage["entries"][number] {
  const { studentId, classId, hasDetail, isDetailKept, hash: _, at, studentName, className, ...entry } = row;
  return {
    ...entry,
    at: at.toISOString(),
    student: studentId === null ? null : { id: studentId, name: studentName ?? "" },
    class: classId === null ? null : { id: classId, name: className ?? "" },
    isErased: hasDetail && !isDetailKept,
  };
}
