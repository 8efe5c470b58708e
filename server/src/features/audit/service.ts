/** What the audit log tells: all of it to the school's administrators, and to guardians who looked at their child. */
import { type AuditFilter as Wanted, auditEntries, readersOf } from "@doudou/db/repositories/oversight.ts";
import type { AuditFilter, AuditPage, AuditQuery, RecordReaders } from "@doudou/shared/contract/audit.ts";
import { addDays, localDayOf, startOfDay } from "@doudou/shared/domain/calendar.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { csvLines, wordsIn, xlsxOf } from "../../spreadsheets/written.ts";

/** So far back a guardian sees who looked: more than a term. */
const DAYS_TOLD = 200;
/** Reads of one child in that time; a teacher's own class page is not among them. */
const MOST_READS = 2_000;
const EXPORTED_AT_ONCE = 1_000;
/** Entries in one workbook: writing so many takes about a second. */
const MOST_IN_WORKBOOK = 10_000;
/** Characters in one cell; a longer one no spreadsheet opens. */
const MOST_IN_CELL = 32_767;
const COLUMNS = [
  "seq",
  "at",
  "kind",
  "action",
  "by",
  "role",
  "student",
  "class",
  "subject",
  "address",
  "before",
  "after",
  "hash",
];

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
export async function* auditCsv(deps: Deps, grant: Grant, filter: AuditFilter): AsyncGenerator<string> {
  yield `\uFEFF${csvLines([COLUMNS])}`;
  for await (const rows of portionsOf(deps, grant, filter)) yield csvLines(rows);
}

/**
 * The same as XLSX, every cell of it text, with a last row that says so where there are more than fit into one workbook:
 * it is held in memory while it is written, and the CSV has them all.
 */
export async function auditXlsx(
  deps: Deps,
  grant: Grant,
  filter: AuditFilter,
  locale: Locale,
): Promise<Buffer> {
  const written: string[][] = [];
  for await (const rows of portionsOf(deps, grant, filter)) {
    written.push(...rows.map((row) => row.map((cell) => String(cell ?? "").slice(0, MOST_IN_CELL))));
    if (written.length > MOST_IN_WORKBOOK) break;
  }
  const kept = written.slice(0, MOST_IN_WORKBOOK);
  const words = wordsIn(locale);
  if (kept.length < written.length)
    kept.push([
      words(
        `只含最新的 ${MOST_IN_WORKBOOK} 条，更早的请缩小日期范围或导出 CSV。`,
        `Only the newest ${MOST_IN_WORKBOOK} entries are here; for earlier ones choose fewer days, or export CSV.`,
      ),
    ]);
  return await xlsxOf({ name: words("操作记录", "Audit log"), headings: COLUMNS, rows: kept });
}

/** The rows of all entries that fit, newest first. */
async function* portionsOf(
  deps: Deps,
  { schoolId }: Grant,
  filter: AuditFilter,
): AsyncGenerator<(string | number | null)[][]> {
  const wanted = await wantedBy(deps, schoolId, filter);
  let before: number | undefined;
  do {
    const rows = await deps.database.read(schoolId, (store) =>
      auditEntries(store, schoolId, wanted, { before, limit: EXPORTED_AT_ONCE }),
    );
    if (rows.length === 0) return;
    yield rows.map((row) => [
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
    ]);
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
