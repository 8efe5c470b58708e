/** Where a command gets the passphrase of a backup from. Never from its arguments, which every user of a machine can read. */
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Config } from "../config.ts";
import { Refused } from "../operate/refused.ts";
import { UsageError } from "./command.ts";

export const PASSPHRASE_OPTIONS = {
  "passphrase-file": { type: "string" },
  "passphrase-stdin": { type: "boolean", default: false },
} as const;

export const PASSPHRASE_HELP = `  --passphrase-file FILE   take the passphrase from the first line of a file (else: DOUDOU_BACKUP_PASSPHRASE_FILE)
  --passphrase-stdin       take it from the first line of standard input`;

/**
 * @throws UsageError where none is named
 * @throws Refused where the file cannot be read or is empty
 */
export async function passphraseFrom(
  values: { readonly "passphrase-file"?: string | undefined; readonly "passphrase-stdin": boolean },
  config: Config,
): Promise<string> {
  const file = values["passphrase-file"] ?? config.backupPassphraseFile;
  const source = values["passphrase-stdin"] ? "standard input" : file;
  if (source === undefined)
    throw new UsageError("Give the passphrase by --passphrase-file or --passphrase-stdin.");
  const passphrase = values["passphrase-stdin"] ? await firstLineTyped() : await firstLineOf(source);
  if (passphrase === "") throw new Refused(`There is no passphrase in ${source}.`);
  return passphrase.normalize("NFC");
}

async function firstLineTyped(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write("Passphrase: ");
  for await (const line of createInterface({ input: process.stdin })) return line;
  return "";
}

async function firstLineOf(file: string): Promise<string> {
  try {
    const [line = ""] = (await readFile(file, "utf8")).split(/\r?\n/, 1);
    return line;
  } catch (error) {
    throw new Refused(`The passphrase cannot be read: ${(error as Error).message}`);
  }
}
