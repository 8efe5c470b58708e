/** Every command of the shell, by its name. */
import { backup } from "./backup.ts";
import type { Command, OwnOpener } from "./command.ts";
import { createAdmin } from "./create-admin.ts";
import { importRoster } from "./import.ts";
import { migrateToPostgres } from "./migrate-to-postgres.ts";
import { privacyReport } from "./privacy-report.ts";
import { pruneCommand } from "./prune.ts";
import { restore } from "./restore.ts";
import { rotateSecrets } from "./rotate-secrets.ts";
import { seed } from "./seed.ts";
import { verify } from "./verify.ts";

export const COMMANDS: Readonly<Record<string, Command | OwnOpener>> = {
  "create-admin": createAdmin,
  backup,
  restore,
  "migrate-to-postgres": migrateToPostgres,
  verify,
  "privacy-report": privacyReport,
  prune: pruneCommand,
  "rotate-secrets": rotateSecrets,
  import: importRoster,
  seed,
};
