/**
 * `doudou verify`: compares the ledger with the tallies, what children spent with their balances, picture files with
 * their names and the audit log with its hashes. Changes nothing.
 */
import { parseArgs } from "node:util";
import { verifyEverything } from "../operate/verification.ts";
import { createPictureFiles } from "../pictures/picture-files.ts";
import { asUsageError, type Command } from "./command.ts";
import { progressOnStderr } from "./progress.ts";

export const verify: Command = {
  summary: "recount the ledger against every tally; check every picture file and the audit log",
  help: `Usage: pnpm doudou verify [--json]

Recounts every award and void of every school and compares the result with the tallies that pages read, and does
the same with the beans that children spent; then reads the file of every picture and compares it with its SHA-256, and
recomputes the chain of hashes of every audit log.
Exit code 0 when all agree; 1 with the differences listed (ledger minus tally; missing or altered files; missing or
altered entries) when any does not.`,
  parse(args) {
    const { values } = asUsageError(() =>
      parseArgs({ args: [...args], options: { json: { type: "boolean", default: false } } }),
    );
    return async (database, config) => {
      const files = createPictureFiles({ dataDir: config.dataDir });
      const all = await verifyEverything(database, files, progressOnStderr(values.json));
      const { schools, wrongTallies, wrongBalances, wrongFiles, brokenLinks, differences: wrong } = all;
      if (values.json) console.log(JSON.stringify({ schools, differences: wrong }));
      else {
        for (const school of schools) {
          const { schoolId, awards, voids, differences, rewardDifferences, pictures, wrongPictures, audit } =
            school;
          console.log(
            `school ${schoolId}: ${awards} awards, ${voids} voids, ${pictures} pictures, ` +
              `${audit.entries} audit entries, ` +
              `${differences.length + rewardDifferences.length + wrongPictures.length + audit.faults.length} differences`,
          );
          for (const { tally, key, count: records, beans } of differences) {
            console.log(
              `  ${tally} ${JSON.stringify(key)}: records ${signed(records)}, beans ${signed(beans)}`,
            );
          }
          for (const { of, key, reserved, spent } of rewardDifferences)
            console.log(
              `  ${of} ${JSON.stringify(key)}: reserved ${signed(reserved)}, spent ${signed(spent)}`,
            );
          for (const { evidenceId, sha256, found } of wrongPictures)
            console.log(`  evidence ${evidenceId}: file ${sha256} is ${found}`);
          for (const { seq, fault } of audit.faults) console.log(`  audit entry ${seq} is ${fault}`);
        }
        console.log(
          wrongTallies === 0
            ? "Every tally agrees with the ledger."
            : `${wrongTallies} tallies differ from the ledger.`,
        );
        console.log(
          wrongBalances === 0
            ? "Every balance agrees with what was spent."
            : `${wrongBalances} balances differ from what was spent.`,
        );
        console.log(
          wrongFiles === 0
            ? "Every picture is there, and whole."
            : `${wrongFiles} picture files are not right.`,
        );
        console.log(
          brokenLinks === 0
            ? "The audit log's chain holds."
            : `The audit log's chain is broken in ${brokenLinks} places.`,
        );
      }
      return wrong === 0 ? 0 : 1;
    };
  },
};

function signed(figure: number): string {
  return figure > 0 ? `+${figure}` : String(figure);
}
