/**
 * Writes the next migration of both engines into db/migrations. Never touches a database.
 *
 *   pnpm --filter @doudou/db generate add-badges    the next migration, if anything has changed
 *   pnpm --filter @doudou/db generate --anew        throws all away and writes one initial migration
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { planMigration, type Snapshot } from "./src/engines/plan-migration.ts";

const [argument = "change"] = process.argv.slice(2).filter((word) => word !== "--");
const isAnew = argument === "--anew";
if (!isAnew && !/^[a-z0-9][a-z0-9-]*$/.test(argument))
  throw new Error(`A migration's name is like "add-badges".`);

for (const engine of ["sqlite", "postgres"] as const) {
  const folder = new URL(`./migrations/${engine}/`, import.meta.url);
  const snapshotFile = new URL("snapshot.json", folder);
  if (isAnew) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const last = existsSync(snapshotFile)
    ? (JSON.parse(readFileSync(snapshotFile, "utf8")) as Snapshot)
    : undefined;
  const { statements, snapshot } = await planMigration(engine, last);
  if (statements.length === 0) {
    console.log(`${engine}: nothing has changed`);
    continue;
  }
  const count = readdirSync(folder).filter((file) => file.endsWith(".sql")).length;
  const file = `${String(count).padStart(4, "0")}_${isAnew ? "initial" : argument}.sql`;
  writeFileSync(new URL(file, folder), `${statements.join("\n")}\n`);
  writeFileSync(snapshotFile, `${JSON.stringify(snapshot, undefined, 1)}\n`);
  console.log(`${engine}: ${file}, ${statements.length} statements`);
}
