/**
 * `doudou privacy-report`: a year's report on children's data, with a recount of everything, as PDF or as figures. Changes
 * nothing and names no child.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type Database, EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { schoolByCode, schoolIds } from "@doudou/db/repositories/schools.ts";
import { privacyFigures } from "../features/privacy-report/figures.ts";
import { reportPdf } from "../features/privacy-report/service.ts";
import { Refused } from "../operate/refused.ts";
import { verifyEverything } from "../operate/verification.ts";
import { createDeps } from "../server.ts";
import { asUsageError, type Command, UsageError } from "./command.ts";
import { progressOnStderr } from "./progress.ts";

export const privacyReport: Command = {
  summary: "write a year's report on children's data, with a recount, for the audit",
  help: `Usage: pnpm doudou privacy-report --year 2026 [options]

  --year YEAR     the calendar year the report is about
  --school CODE   the school's short code; not needed where there is one school
  --out FILE      where the PDF goes; privacy-report-YEAR.pdf if not given
  --locale LANG   zh-CN (default) or en
  --no-verify     leave out the recount of ledger, pictures and audit log, which takes a while
  --json          print the figures as JSON; a PDF is written only where --out says so

Exit code 0 when written and the recount agrees; 1 when the recount finds differences (the report says so) or there is no
such school; 2 when called wrongly.`,
  parse(args) {
    const { values } = asUsageError(() =>
      parseArgs({
        args: [...args],
        options: {
          year: { type: "string" },
          school: { type: "string" },
          out: { type: "string" },
          locale: { type: "string", default: "zh-CN" },
          "no-verify": { type: "boolean", default: false },
          json: { type: "boolean", default: false },
        },
      }),
    );
    const { year, locale } = values;
    if (year === undefined || !/^20\d\d$/.test(year)) throw new UsageError("Say which year: --year 2026.");
    if (locale !== "zh-CN" && locale !== "en") throw new UsageError("--locale takes zh-CN or en.");
    return async (database, config) => {
      const schoolId = await schoolMeant(database, values.school);
      const deps = await createDeps(config, database);
      try {
        const onStep = progressOnStderr(values.json);
        const verification = values["no-verify"]
          ? undefined
          : await verifyEverything(database, deps.pictures, deps.now(), onStep);
        const figures = await privacyFigures(deps, schoolId, { year: Number(year), verification }, onStep);
        const file = values.out ?? (values.json ? undefined : `privacy-report-${year}.pdf`);
        if (file !== undefined) await writeFile(file, await reportPdf(deps, schoolId, figures, locale));
        console.log(values.json ? JSON.stringify(figures) : `The report of ${year} is in ${file}.`);
        return (figures.verification?.differences ?? 0) === 0 ? 0 : 1;
      } finally {
        await deps.documents.close();
        await deps.pictures.close();
      }
    };
  },
};

/** @throws Refused where it is not clear which school is meant */
async function schoolMeant(database: Database, code: string | undefined): Promise<string> {
  return await database.read(EVERY_SCHOOL, async (store) => {
    if (code !== undefined) {
      const school = await schoolByCode(store, code.toLowerCase());
      if (!school) throw new Refused(`There is no school with the code ${code}.`);
      return school.id;
    }
    const [only, ...others] = await schoolIds(store);
    if (only === undefined || others.length > 0) throw new Refused("Say which school: --school CODE.");
    return only;
  });
}
