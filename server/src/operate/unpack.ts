/** A backup unpacked into a folder of its own and proven to be what it was made from. Touches nothing outside of it. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { contentsOf } from "@doudou/db/engines/sqlite-file.ts";
import { createPictureFiles } from "../pictures/picture-files.ts";
import { DATABASE, MANIFEST, type Manifest, readBackupFile } from "./backup-file.ts";
import type { OnStep } from "./progress.ts";
import { Refused } from "./refused.ts";
import { type Verification, verifyEverything } from "./verification.ts";

export interface Unpacked {
  readonly manifest: Manifest;
  readonly verification: Verification;
}

/**
 * Unpacks a backup; then what is in the folder is a database, brought up to date, and the pictures that go with it.
 * @param into an empty folder
 * @throws Refused when it does not open, is not whole, or does not agree with itself
 * @throws DatabaseTooNew when a newer version of the software made it
 */
export async function unpackAndProve({
  file,
  into,
  passphrase,
  now,
  onStep,
}: {
  readonly file: string;
  readonly into: string;
  readonly passphrase: string;
  readonly now: () => Date;
  readonly onStep: OnStep;
}): Promise<Unpacked> {
  const onShare = (share: number) => onStep({ step: "reading the backup", share });
  const manifest = await readBackupFile(file, { into, passphrase, onShare });
  onStep({ step: "checking the database", share: 0 });
  const path = join(into, DATABASE);
  refuseOtherThan(manifest, path);
  const database = await openDatabase({ file: path });
  try {
    const files = createPictureFiles({ dataDir: into });
    const verification = await verifyEverything(database, files, now(), onStep);
    const { wrongTallies, wrongQuests, wrongBadges, wrongBalances, wrongSummaries, wrongFiles, brokenLinks } =
      verification;
    if (verification.differences > 0) {
      throw new Refused(
        `What the backup holds does not agree with itself: ${wrongTallies} tallies and ${wrongQuests} badges striven for differ from the ledger, ` +
          `${wrongBalances} balances from what was spent, ${wrongBadges} badges are not what was earned, ` +
          `${wrongSummaries} published summaries are not what was frozen, ` +
          `${wrongFiles} picture files are not right, the audit log is broken in ${brokenLinks} places. ` +
          "`pnpm doudou verify` lists them where it was taken.",
      );
    }
    return { manifest, verification };
  } finally {
    await database.close();
    for (const rest of [join(into, MANIFEST), `${path}.lock`]) await rm(rest, { force: true });
  }
}

function refuseOtherThan(manifest: Manifest, path: string): void {
  const { damages, rows } = contentsOf(path);
  if (damages.length > 0) throw new Refused(`The database in the backup is damaged: ${damages.join("; ")}.`);
  const tables = new Set([...Object.keys(manifest.rows), ...Object.keys(rows)]);
  const wrong = [...tables].filter((name) => rows[name] !== manifest.rows[name]);
  if (wrong.length > 0)
    throw new Refused(`The database in the backup has not the rows it should have in ${wrong.join(", ")}.`);
}
