/** What a command of the shell is made of. */
import type { Database } from "@doudou/db/engines/database.ts";
import type { Config } from "../config.ts";

export interface Command {
  readonly summary: string;
  readonly help: string;
  /**
   * Reads the options. @returns what to run on the open database, giving the exit code
   * @throws UsageError
   */
  parse(args: readonly string[]): (database: Database, config: Config) => Promise<number>;
}

/** A command that opens by itself what it needs: the configured database may not be there, or not be wanted open. */
export interface OwnOpener {
  readonly summary: string;
  readonly help: string;
  readonly opensItself: true;
  /** As `Command.parse`. */
  parse(args: readonly string[]): (config: Config) => Promise<number>;
}

/** The command was called wrongly; the message says how. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Runs `parseArgs` and turns what it throws at a wrong option into a UsageError. */
export function asUsageError<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
      throw new UsageError(error.message);
    }
    throw error;
  }
}
