/**
 * `pnpm doudou …`: what an operator does from a shell. Each command is one file with its own help; exit code 0 means
 * done or in order, 1 means found wanting, 2 means called wrongly.
 */
import { DatabaseInUse, DatabaseTooNew } from "@doudou/db/engines/database.ts";
import { ConfigError, readConfig } from "../config.ts";
import { Refused } from "../operate/refused.ts";
import { openConfiguredDatabase } from "../server.ts";
import { type Command, type OwnOpener, UsageError } from "./command.ts";
import { COMMANDS } from "./commands.ts";

process.exitCode = await run(process.argv.slice(2));

async function run([name, ...rest]: string[]): Promise<number> {
  const command = name === undefined ? undefined : COMMANDS[name];
  if (!command) {
    const list = Object.entries(COMMANDS).map(([known, { summary }]) => `  ${known.padEnd(20)} ${summary}`);
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
    return await execute(command, rest);
  } catch (error) {
    if (error instanceof UsageError) console.error(`${error.message}\n\n${command.help}`);
    else if (error instanceof ConfigError || error instanceof DatabaseTooNew) console.error(error.message);
    else if (error instanceof Refused || error instanceof DatabaseInUse) return refuse(error, rest);
    else throw error;
    return 2;
  }
}

async function execute(command: Command | OwnOpener, args: readonly string[]): Promise<number> {
  if ("opensItself" in command) return await command.parse(args)(readConfig());
  const execution = command.parse(args);
  const config = readConfig();
  const database = await openConfiguredDatabase(config);
  try {
    return await execution(database, config);
  } finally {
    await database.close();
  }
}

function refuse({ message }: Error, args: readonly string[]): number {
  if (args.includes("--json")) console.log(JSON.stringify({ problem: message }));
  console.error(message);
  return 1;
}
