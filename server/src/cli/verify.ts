/** `doudou verify`: recounts the ledger and compares it with the tallies. Changes nothing. */
import { parseArgs } from "node:util";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { ledgerSize, tallyDifferences } from "@doudou/db/repositories/verification.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import { asUsageError, type Command } from "./command.ts";

export const verify: Command = {
  summary: "recount the ledger and compare it with every tally",
  help: `Usage: pnpm doudou verify [--json]

Recounts every award and void of every school and compares the result with the tallies that pages read.
Exit code 0 when all agree; 1 with the differences listed (ledger minus tally) when any does not.`,
  parse(args) {
    const { values } = asUsageError(() =>
      parseArgs({ args: [...args], options: { json: { type: "boolean", default: false } } }),
    );
    return async (database) => {
      const schools = [];
      for (const schoolId of await database.read(EVERY_SCHOOL, schoolIds)) {
        schools.push(
          await database.read(schoolId, async (store) => ({
            schoolId,
            ...(await ledgerSize(store, schoolId)),
            differences: await tallyDifferences(store, schoolId),
          })),
        );
      }
      const count = schools.reduce((sum, { differences }) => sum + differences.length, 0);
      if (values.json) console.log(JSON.stringify({ schools, differences: count }));
      else {
        for (const { schoolId, awards, voids, differences } of schools) {
          console.log(
            `school ${schoolId}: ${awards} awards, ${voids} voids, ${differences.length} differences`,
          );
          for (const { tally, key, count: records, beans } of differences) {
            console.log(
              `  ${tally} ${JSON.stringify(key)}: records ${signed(records)}, beans ${signed(beans)}`,
            );
          }
        }
        console.log(
          count === 0 ? "Every tally agrees with the ledger." : `${count} tallies differ from the ledger.`,
        );
      }
      return count === 0 ? 0 : 1;
    };
  },
};

function signed(figure: number): string {
  return figure > 0 ? `+${figure}` : String(figure);
}
