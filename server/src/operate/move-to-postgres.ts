/**
 * Everything of a SQLite data folder into an empty PostgreSQL database, in one transaction that is committed only when
 * every table there has the same rows as here. Changes nothing in the data folder.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  copyTables,
  type Fingerprints,
  fingerprintsOf,
  tablesWithRows,
} from "@doudou/db/engines/copy-tables.ts";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { takeFile } from "@doudou/db/engines/file-use.ts";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { readingFile } from "@doudou/db/engines/sqlite-file.ts";
import { createPictureFiles } from "../pictures/picture-files.ts";
import { DATABASE } from "./backup-file.ts";
import type { OnStep } from "./progress.ts";
import { Refused } from "./refused.ts";
import { type Verification, verifyEverything } from "./verification.ts";

export interface Moved {
  /** What both databases hold, by table. */
  readonly tables: Fingerprints;
  /** Of the new database, with the pictures of the data folder. */
  readonly verification: Verification;
}

/**
 * Copies, compares and verifies.
 * @param url of a database with no row in it; made up to date here
 * @throws Refused when a server uses the data folder, the target is not empty, or the copy is not the same; then the
 * target is as empty as before
 * @throws DatabaseTooNew
 */
export async function moveToPostgres({
  dataDir,
  url,
  now,
  onStep,
}: {
  readonly dataDir: string;
  readonly url: string;
  readonly now: () => Date;
  readonly onStep: OnStep;
}): Promise<Moved> {
  const file = join(dataDir, DATABASE);
  if (!existsSync(file)) throw new Refused(`There is no database in ${dataDir}.`);
  // Both have been through the same migrations before anything is copied.
  await (await openDatabase({ file })).close();
  const use = takeFile(file);
  if (!use) throw new Refused(`A server or another command is using ${dataDir}: stop it first.`);
  try {
    const target = await openDatabase({ url });
    try {
      const taken = await target.read(EVERY_SCHOOL, tablesWithRows);
      if (taken.length > 0) {
        throw new Refused(
          `The database of DATABASE_URL is not empty: there are rows in ${taken.join(", ")}. Nothing was copied.`,
        );
      }
      const tables = await readingFile(file, (from) =>
        fingerprintsOf(from, ({ table }) => onStep({ step: `reading ${table}`, share: 0 })),
      );
      const total = Object.values(tables).reduce((sum, { rows }) => sum + rows, 0);
      const shareOf = (rows: number) => rows / Math.max(1, total);
      await target.write(EVERY_SCHOOL, async (to) => {
        await readingFile(file, (from) =>
          copyTables(from, to, ({ rows }) => onStep({ step: "copying rows", share: shareOf(rows) })),
        );
        const copied = await fingerprintsOf(to, ({ rows }) =>
          onStep({ step: "comparing rows", share: shareOf(rows) }),
        );
        refuseDifferent(tables, copied);
      });
      return {
        tables,
        verification: await verifyEverything(target, createPictureFiles({ dataDir }), now(), onStep),
      };
    } finally {
      await target.close();
    }
  } finally {
    use.end();
  }
}

function refuseDifferent(here: Fingerprints, there: Fingerprints): void {
  const names = new Set([...Object.keys(here), ...Object.keys(there)]);
  const different = [...names].filter((name) => {
    const [one, other] = [here[name], there[name]];
    return one?.rows !== other?.rows || one?.sha256 !== other?.sha256;
  });
  if (different.length > 0)
    throw new Refused(`The copy of ${different.join(", ")} is not the same. Nothing was kept of it.`);
}
