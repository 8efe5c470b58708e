/** `doudou migrate-to-postgres`: from the embedded database to PostgreSQL, once a school outgrows one machine. */
import { parseArgs } from "node:util";
import { moveToPostgres } from "../operate/move-to-postgres.ts";
import { asUsageError, type OwnOpener, UsageError } from "./command.ts";
import { progressOnStderr } from "./progress.ts";

export const migrateToPostgres: OwnOpener = {
  summary: "copy everything from the SQLite file in DATA_DIR to the PostgreSQL of DATABASE_URL",
  opensItself: true,
  help: `Usage: DATABASE_URL=postgres://… pnpm doudou migrate-to-postgres [--json]

Stop the server first. Copies every table of DATA_DIR/doudou.sqlite into the empty database of DATABASE_URL in one
transaction, compares the number of rows and a SHA-256 over all rows of each table, commits only when all are the same,
and then recounts the ledger there as \`verify\` does. An interruption leaves the target empty: run it again.
The SQLite file is left as it is; pictures stay in DATA_DIR/evidence, which every server process has to share.
Exit code 0 when everything is there and verified; 1 when it is not, with the reason; 2 when called wrongly.`,
  parse(args) {
    const { values } = asUsageError(() =>
      parseArgs({ args: [...args], options: { json: { type: "boolean", default: false } } }),
    );
    return async ({ dataDir, databaseUrl: url }) => {
      if (url === undefined) throw new UsageError("DATABASE_URL says where to: set it.");
      const { tables, verification } = await moveToPostgres({
        dataDir,
        url,
        now: () => new Date(),
        onStep: progressOnStderr(),
      });
      const { differences } = verification;
      if (values.json) console.log(JSON.stringify({ tables, differences }));
      else {
        for (const [name, { rows, sha256 }] of Object.entries(tables))
          console.log(`${name.padEnd(24)} ${String(rows).padStart(9)}  ${sha256.slice(0, 16)}`);
        console.log("Every table has the same rows in both databases.");
        console.log(
          differences === 0
            ? "The ledger, the tallies, the pictures and the audit log agree. From now on start the server with DATABASE_URL set."
            : `${differences} differences, as in the SQLite file: see pnpm doudou verify.`,
        );
      }
      return differences === 0 ? 0 : 1;
    };
  },
};
