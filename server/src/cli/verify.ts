/** `doudou verify`: recounts the ledger and compares it with the tallies, and picture files with their names. Changes nothing. */
import { parseArgs } from "node:util";
import { verifyEverything } from "../operate/verification.ts";
import { createPictureFiles } from "../pictures/picture-files.ts";
import { asUsageError, type Command } from "./command.ts";
import { progressOnStderr } from "./progress.ts";

export const verify: Command = {
  summary: "recount the ledger and compare it with every tally; check every picture file",
  help: `Usage: pnpm doudou verify [--json]

Recounts every award and void of every school and compares the result with the tallies that pages read; then reads the
file of every picture and compares it with its SHA-256.
Exit code 0 when all agree; 1 with the differences listed (ledger minus tally; missing or altered files) when any does not.`,
  parse(args) {
    const { values } = asUsageError(() =>
      parseArgs({ args: [...args], options: { json: { type: "boolean", default: false } } }),
    );
    return async (database, config) => {
      const files = createPictureFiles({ dataDir: config.dataDir });
      const { schools, wrongTallies, wrongFiles } = await verifyEverything(
        database,
        files,
        progressOnStderr(values.json),
      );
      if (values.json) console.log(JSON.stringify({ schools, differences: wrongTallies + wrongFiles }));
      else {
        for (const { schoolId, awards, voids, differences, pictures, wrongPictures } of schools) {
          console.log(
            `school ${schoolId}: ${awards} awards, ${voids} voids, ${pictures} pictures, ` +
              `${differences.length + wrongPictures.length} differences`,
          );
          for (const { tally, key, count: records, beans } of differences) {
            console.log(
              `  ${tally} ${JSON.stringify(key)}: records ${signed(records)}, beans ${signed(beans)}`,
            );
          }
          for (const { evidenceId, sha256, found } of wrongPictures)
            console.log(`  evidence ${evidenceId}: file ${sha256} is ${found}`);
        }
        console.log(
          wrongTallies === 0
            ? "Every tally agrees with the ledger."
            : `${wrongTallies} tallies differ from the ledger.`,
        );
        console.log(
          wrongFiles === 0
            ? "Every picture is there, and whole."
            : `${wrongFiles} picture files are not right.`,
        );
      }
      return wrongTallies + wrongFiles === 0 ? 0 : 1;
    };
  },
};

function signed(figure: number): string {
  return figure > 0 ? `+${figure}` : String(figure);
}
