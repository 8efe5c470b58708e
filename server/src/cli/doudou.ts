/**
 * `pnpm doudou …`: what an operator does from a shell. Each command is one file with its own help; exit code 0 means
 * done or in order, 1 means found wanting, 2 means called wrongly.
 */
import { DatabaseTooNew } from "@doudou/db/engines/database.ts";
import { ConfigError, readConfig } from "../config.ts";
import { openConfiguredDatabase } from "../server.ts";
import { type Command, UsageError } from "./command.ts";
import { createAdmin } from "./create-admin.ts";
import { seed } from "./seed.ts";
import { verify } from "./verify.ts";

const COMMANDS: Readonly<Record<string, Command>> = { verify, "create-admin": createAdmin, seed };

process.exitCode = await run(process.argv.slice(2));

async function run([name, ...rest]: string[]): Promise<number> {
  const command = name === undefined ? undefined : COMMANDS[name];
  if (!command) {
    const list = Object.entries(COMMANDS).map(([known, { summary }]) => `  ${known.padEnd(14)} ${summary}`);
    console.error(
      `Usage: pnpm doudou <command> [options]\n\n${list.join("\n")}\n\nEach command explains itself with --help.`,
    );
    return name === undefined || name === "--help" ? 0 : 2;
  }
  if (rest.includes("--help")) {
    console.log(command.help);
    return 0;
  }
  try {
    const execute = command.parse(rest);
    const config = readConfig();
    const database = await openConfiguredDatabase(config);
    try {
      return await execute(database, config);
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof UsageError) console.error(`${error.message}\n\n${command.help}`);
    else if (error instanceof ConfigError || error instanceof DatabaseTooNew) console.error(error.message);
    else throw error;
    return 2;
  }
}
