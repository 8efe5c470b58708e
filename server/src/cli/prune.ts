/** `doudou prune`: removes at once what the running server removes little by little. */
import { parseArgs } from "node:util";
import { type Pruned, prune } from "../operate/prune.ts";
import { createDeps } from "../server.ts";
import { asUsageError, type Command } from "./command.ts";
import { progressOnStderr } from "./progress.ts";

/** What each count is of. */
const WORDS: Readonly<Record<Exclude<keyof Pruned, "backups">, string>> = {
  reminders: "reminders",
  proposals: "proposals",
  voices: "words of classmates that were kept back",
  boardLinks: "board links",
  staffLinks: "links for staff",
  letters: "letters for guardians",
  signInRequests: "requests of who came by a provider",
  wishes: "wishes that expired",
  imports: "imports",
  watchPlans: "plans of teachers",
  rollOverDrafts: "drafts of the turn of a year",
  notices: "notices, reminders of summaries and what was sent",
  transfers: "transfer files that no guardian answered",
  activities: "activities that were removed",
  notes: "notes of awards",
  absences: "absences",
};

export const pruneCommand: Command = {
  summary: "remove what is over: sessions, reminders, board links, unneeded pictures, old backups",
  help: `Usage: pnpm doudou prune [--json]

Removes what is over and what the running server otherwise removes by itself, an hour or a day later:
  - sessions that have ended, and failed sign-ins that no longer count
  - absences of past days, and how long children looked at their own pages; reminders and unanswered proposals of terms
    that are over
  - board links, links for staff and letters for guardians that have been over for 30 days; how a guardian was let in
    stays until a year after it ended
  - sign-ins by a provider that nobody came back from, and requests of who came by one that are 30 days old
  - what children asked for in the reward shop and nobody answered for 14 days, or handed over for 42: it expires, and
    the beans come back
  - plans of teachers to look out for a child, a month after their last day; drafts of the turn of a year left for 60 days
  - notices of the inbox and gentle reminders of 400 days ago; what was sent, or given up, 30 days ago
  - transfer files from another school that no guardian answered for 60 days; that they came is kept
  - activities that were removed 30 days ago
  - notes of awards older than the months a school keeps them, and why such awards were voided
  - roster files that nobody applied, and the rows of imports too old to be undone
  - pictures whose consent was withdrawn or that no award names, and picture files that belong to nothing
  - in DOUDOU_BACKUP_DIR, backups that DOUDOU_BACKUP_KEEP does not keep
But for those notes it never touches awards, voids, tallies, published summaries or the audit log, nor DATA_DIR/replaced-… of a restore:
delete that by hand once you are sure. The server may go on meanwhile.
Exit code 0 when done; 2 when called wrongly.`,
  parse(args) {
    const { values } = asUsageError(() =>
      parseArgs({ args: [...args], options: { json: { type: "boolean", default: false } } }),
    );
    return async (database, config) => {
      const deps = await createDeps(config, database);
      try {
        const { backups, ...counts } = await prune(deps, progressOnStderr());
        if (values.json) console.log(JSON.stringify({ ...counts, backups }));
        else {
          const named = Object.entries(WORDS) as [keyof typeof WORDS, string][];
          const removed = named.map(([what, words]) => `${counts[what]} ${words}`);
          console.log(
            `Removed ${removed.join(", ")}, ${backups.length} backups, and every session and picture file that was over.`,
          );
          for (const file of backups) console.log(`removed ${file}`);
        }
        return 0;
      } finally {
        await deps.documents.close();
        await deps.pictures.close();
      }
    };
  },
};
