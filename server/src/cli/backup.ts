/** `doudou backup`: everything into one encrypted file, proven by restoring it, while the server goes on. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { makeBackup } from "../operate/backup.ts";
import { removeOldBackups } from "../operate/backup-folder.ts";
import { asUsageError, type Command, UsageError } from "./command.ts";
import { PASSPHRASE_HELP, PASSPHRASE_OPTIONS, passphraseFrom } from "./passphrase.ts";
import { progressOnStderr } from "./progress.ts";

export const backup: Command = {
  summary: "everything into one encrypted file, proven by restoring it",
  help: `Usage: pnpm doudou backup [--to FOLDER] [options]

  --to FOLDER              where the file goes (else: DOUDOU_BACKUP_DIR); its name tells when it was taken, in UTC
${PASSPHRASE_HELP}
  --unless-since INSTANT   do nothing where the folder has a backup from then or later (2026-11-11T02:30:00Z)
  --remove-old             afterwards remove the backups that DOUDOU_BACKUP_KEEP does not keep
  --json                   answer in JSON

The server goes on meanwhile; what it acknowledged before the start is in the backup. Database (SQLite or PostgreSQL)
and pictures are packed as tar.gz and encrypted as age files are. The file is then read back and unpacked below DATA_DIR,
its database checked, its rows counted, its ledger recounted and its pictures read; only then it gets its name.
Without the passphrase nobody can open it, you included: keep a copy of it on paper, elsewhere.
Exit code 0 when there is a proven backup (or nothing to do); 1 when there is none, with the reason; 2 when called wrongly.`,
  parse(args) {
    const { values } = asUsageError(() =>
      parseArgs({
        args: [...args],
        options: {
          to: { type: "string" },
          ...PASSPHRASE_OPTIONS,
          "unless-since": { type: "string" },
          "remove-old": { type: "boolean", default: false },
          json: { type: "boolean", default: false },
        },
      }),
    );
    const unlessSince = values["unless-since"] === undefined ? undefined : instant(values["unless-since"]);
    return async (database, config) => {
      const to = values.to === undefined ? config.backupDir : resolve(values.to);
      if (to === undefined) throw new UsageError("Say where the backup goes by --to.");
      const made = await makeBackup(database, {
        dataDir: config.dataDir,
        to,
        passphrase: await passphraseFrom(values, config),
        now: () => new Date(),
        onStep: progressOnStderr(),
        unlessSince,
      });
      const removed = values["remove-old"]
        ? await removeOldBackups(to, { retention: config.backupKeep, timeZone: config.backupAt.timeZone })
        : [];
      if (values.json) console.log(JSON.stringify({ made: made ?? null, removed }));
      else {
        if (made) {
          const { file, bytes, schools, awards, pictures } = made;
          console.log(
            `${file} (${bytes} bytes): ${schools} schools, ${awards} awards, ${pictures} pictures; restored and verified.`,
          );
        } else console.log("There is a backup already.");
        for (const file of removed) console.log(`removed ${file}`);
      }
      return 0;
    };
  },
};

function instant(text: string): Date {
  const parsed = new Date(text);
  if (Number.isNaN(parsed.getTime())) throw new UsageError(`--unless-since takes an instant, not "${text}".`);
  return parsed;
}
