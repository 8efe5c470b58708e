/**
 * `doudou import`: takes in a roster from a file, by the same dry run as the school office. Without --apply it only says
 * what it would do. Names no pupil but those whose rows have a problem.
 */
import { randomUUID } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { v7 as uuidv7 } from "uuid";
import { type Database, EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { accountByLogin, membershipsOfAccount } from "@doudou/db/repositories/accounts.ts";
import { schoolByCode } from "@doudou/db/repositories/schools.ts";
import type { RosterImport, RosterRow } from "@doudou/shared/contract/roster-imports.ts";
import type { Grant } from "../access/caller.ts";
import type { Deps } from "../deps.ts";
import { applyImport, checkFile, importRows } from "../features/roster-imports/service.ts";
import { Problem, problemBody } from "../http/problem.ts";
import { Refused } from "../operate/refused.ts";
import { createDeps } from "../server.ts";
import { LARGEST_FILE } from "../spreadsheets/table-limits.ts";
import { asUsageError, type Command, UsageError } from "./command.ts";

/** More than these nobody reads in a shell. */
const PROBLEMS_TOLD = 100;

export const importRoster: Command = {
  summary: "take in a roster from a file: say what it would do, or do it",
  help: `Usage: pnpm doudou import FILE --code CODE --login LOGIN [options]

  FILE           an Excel table (.xlsx), CSV, or a OneRoster package (.zip; 1.1 or 1.2, bulk)
  --code CODE    the school's short code
  --login LOGIN  the administrator of the school in whose name it is done, for the audit log
  --apply        do it; without it nothing of the roster changes
  --json         answer in JSON

Says how many pupils are new, changed and unchanged, which classes are added, and which rows cannot be taken in and why.
With --apply all other rows are taken in, in one transaction; it can be undone in the browser for 30 days.
Exit code 0 when every row can be, or was, taken in; 1 when rows have problems, or the file cannot be read or applied, with
the reason; 2 when called wrongly.`,
  parse(args) {
    const { values, positionals } = asUsageError(() =>
      parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          code: { type: "string" },
          login: { type: "string" },
          apply: { type: "boolean", default: false },
          json: { type: "boolean", default: false },
        },
      }),
    );
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) throw new UsageError("Say which file, one only.");
    const { code, login } = values;
    if (code === undefined || login === undefined)
      throw new UsageError("Say which school and who: --code CODE --login LOGIN.");
    return async (database, config) => {
      const bytes = await read(file);
      const grant = await administrator(database, code.toLowerCase(), login);
      const deps = await createDeps(config, database);
      try {
        const { roster, problems } = await taken(deps, grant, {
          fileName: basename(file),
          bytes,
          isApplied: values.apply,
        });
        console.log(values.json ? JSON.stringify({ ...roster, problems }) : inWords(roster, problems));
        return roster.isReadable && problemsIn(roster) === 0 ? 0 : 1;
      } finally {
        await deps.documents.close();
        await deps.pictures.close();
      }
    };
  },
};

interface Wanted {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly isApplied: boolean;
}

/** @throws Refused with the product's own sentence where it says no */
async function taken(
  deps: Deps,
  grant: Grant,
  { fileName, bytes, isApplied }: Wanted,
): Promise<{ readonly roster: RosterImport; readonly problems: readonly RosterRow[] }> {
  try {
    const checked = await checkFile(deps, grant, { id: uuidv7(), fileName, bytes });
    const { rows } = await importRows(deps, grant, checked.id, {
      outcome: "problem",
      cursor: 0,
      limit: PROBLEMS_TOLD,
    });
    const roster = isApplied ? await applyImport(deps, grant, checked.id) : checked;
    return { roster, problems: rows };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const places = error.errors.map(({ message }) => message).join(", ");
    const { title } = problemBody(error, "en");
    throw new Refused(places === "" ? title : `${title} (${places})`);
  }
}

async function read(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new Refused(`There is no file ${file}.`);
  if (found.size > LARGEST_FILE) throw new Refused(problemBody(new Problem("table-too-large"), "en").title);
  return new Uint8Array(await readFile(file));
}

async function administrator(database: Database, code: string, login: string): Promise<Grant> {
  return await database.read(EVERY_SCHOOL, async (store) => {
    const school = await schoolByCode(store, code);
    if (!school) throw new Refused(`There is no school with the code ${code}.`);
    const account = await accountByLogin(store, login);
    const memberships = account ? await membershipsOfAccount(store, account.id) : [];
    const found = memberships.find(({ schoolId, role }) => schoolId === school.id && role === "school-admin");
    if (!found) throw new Refused(`${login} is no administrator of ${school.name}.`);
    return {
      schoolId: school.id,
      membershipId: found.id,
      standings: new Set(["school-admin:school"] as const),
      isConfined: false,
      origin: { requestId: randomUUID(), address: null },
    };
  });
}

/** Of pupils, staff and posts. */
function problemsIn({ counts, staff }: RosterImport): number {
  return counts.problem + (staff ? staff.problem + staff.posts.problem : 0);
}

function inWords(roster: RosterImport, problems: readonly RosterRow[]): string {
  const { counts, newClasses, oneRoster, staff, state } = roster;
  const lines = [`${roster.fileName} for ${roster.schoolName}`];
  if (!roster.isReadable)
    lines.push("No column with names and numbers was recognised: correct the columns in the browser.");
  lines.push(
    `${counts.new} new, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.problem} with a problem; ` +
      `${counts.missing} pupils of the school are not in the file and stay as they are.`,
  );
  if (newClasses.length > 0) lines.push(`New classes: ${newClasses.join(", ")}.`);
  if (oneRoster) lines.push(`OneRoster ${oneRoster.version}.`);
  if (staff)
    lines.push(
      `Staff: ${staff.new} new, ${staff.changed} changed, ${staff.unchanged} unchanged, ${staff.problem} with a problem; ` +
        `${staff.posts.new} posts added, ${staff.posts.problem} with a problem; ` +
        `${staff.posts.missing} posts of the school are not in the file and stay as they are.`,
    );
  for (const row of problems)
    for (const { problem, address } of row.problems)
      lines.push(`  row ${row.row}${address === null ? "" : ` (${address})`}: ${problem}`);
  if (counts.problem > problems.length) lines.push(`  and ${counts.problem - problems.length} rows more`);
  lines.push(
    state === "applied"
      ? "Taken in. It can be undone in the browser for 30 days."
      : "Nothing was changed: --apply takes it in.",
  );
  return lines.join("\n");
}
