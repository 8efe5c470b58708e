/** `doudou restore`: a backup into the place of the data folder's database and pictures. */
import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Refused } from "../operate/refused.ts";
import { restoreBackup } from "../operate/restore.ts";
import { asUsageError, type OwnOpener, UsageError } from "./command.ts";
import { PASSPHRASE_HELP, PASSPHRASE_OPTIONS, passphraseFrom } from "./passphrase.ts";
import { progressOnStderr } from "./progress.ts";

export const restore: OwnOpener = {
  summary: "put a backup in the place of the data folder's database and pictures",
  opensItself: true,
  help: `Usage: pnpm doudou restore FILE [options]

${PASSPHRASE_HELP}
  --overwrite              where there is a database already: move it aside, into DATA_DIR/replaced-…
  --json                   answer in JSON

Stop the server first; while one is running on DATA_DIR this command refuses. The backup is unpacked and proven beside
what is there (checked, counted, recounted, every picture read) and only then put in its place. To look at a backup
without touching anything, restore it into another folder: DATA_DIR=/tmp/drill pnpm doudou restore FILE.
A backup always holds a SQLite file. To bring it to PostgreSQL, restore it, then see \`pnpm doudou migrate-to-postgres\`.
Exit code 0 when restored and verified; 1 when nothing was changed, with the reason; 2 when called wrongly.`,
  parse(args) {
    const { values, positionals } = asUsageError(() =>
      parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          ...PASSPHRASE_OPTIONS,
          overwrite: { type: "boolean", default: false },
          json: { type: "boolean", default: false },
        },
      }),
    );
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError("Name the one backup to restore.");
    return async (config) => {
      if (config.databaseUrl !== undefined) {
        throw new Refused(
          "A backup is restored into DATA_DIR, never straight into PostgreSQL: unset DATABASE_URL, restore, " +
            "then `pnpm doudou migrate-to-postgres` into an empty database.",
        );
      }
      const path = resolve(file);
      await access(path).catch(() => {
        throw new Refused(`There is no file ${path}.`);
      });
      const { dataDir } = config;
      const passphrase = await passphraseFrom(values, config);
      const { manifest, verification, movedTo } = await restoreBackup({
        file: path,
        dataDir,
        passphrase,
        overwrite: values.overwrite,
        now: () => new Date(),
        onStep: progressOnStderr(),
      });
      const { takenAt } = manifest;
      const schools = verification.schools.map(({ schoolId, awards, voids, pictures }) => ({
        schoolId,
        awards,
        voids,
        pictures,
      }));
      if (values.json) console.log(JSON.stringify({ dataDir, takenAt, movedTo, schools }));
      else {
        console.log(`${dataDir} is as it was on ${takenAt}; the ledger, the tallies and the pictures agree.`);
        for (const { schoolId, awards, voids, pictures } of schools)
          console.log(`school ${schoolId}: ${awards} awards, ${voids} voids, ${pictures} pictures`);
        if (movedTo !== null) console.log(`What was there is in ${movedTo}.`);
      }
      return 0;
    };
  },
};
