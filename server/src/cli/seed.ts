/** `doudou seed`: fills an empty database with demo schools, as many as wanted. For trying out and for measuring. */
import { parseArgs } from "node:util";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { hasAnyAccount } from "@doudou/db/repositories/accounts.ts";
import { createDemoSchools, demoLogins, progressLine } from "../demo.ts";
import { createDeps } from "../server.ts";
import { asUsageError, type Command, UsageError } from "./command.ts";

export const seed: Command = {
  summary: "fill an empty database with demo schools",
  help: `Usage: pnpm seed [--scale N]

  --scale N   how many big demo schools, each with about 500 children and 120,000 awards (1 unless told otherwise);
              the second's logins begin with "2.", as in 2.teacher1

Schools are made one after the other, so memory does not grow with N. Exit code 1 when the database is not empty.`,
  parse(args) {
    const { values } = asUsageError(() =>
      parseArgs({ args: [...args], options: { scale: { type: "string", default: "1" } } }),
    );
    const scale = Number(values.scale);
    if (!Number.isInteger(scale) || scale < 1 || scale > 1000)
      throw new UsageError("--scale must be a whole number from 1 to 1000");
    return async (database, config) => {
      if (await database.read(EVERY_SCHOOL, hasAnyAccount)) {
        console.error(
          "There are people in this database already; seed only fills an empty one (see DATA_DIR, DATABASE_URL).",
        );
        return 1;
      }
      const deps = await createDeps(config, database);
      try {
        await createDemoSchools(deps, progressLine(), { scale });
      } finally {
        await deps.documents.close();
        await deps.pictures.close();
      }
      console.log(demoLogins(config.demoSeed));
      return 0;
    };
  },
};
