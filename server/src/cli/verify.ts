/** `doudou verify`: recounts the ledger and compares it with the tallies, and picture files with their names. Changes nothing. */
import { parseArgs } from "node:util";
import { type Database, EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { keptEvidence } from "@doudou/db/repositories/evidence.ts";
import { ledgerSize, tallyDifferences } from "@doudou/db/repositories/verification.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import { createPictureFiles, type PictureFiles } from "../pictures/picture-files.ts";
import { asUsageError, type Command } from "./command.ts";

export const verify: Command = {
  summary: "recount the ledger and compare it with every tally; check every picture file",
  help: `Usage: pnpm doudou verify [--json]

Recounts every award and void of every school and compares the result with the tallies that pages read; then reads the
file of every picture and compares it with its SHA-256.
Exit code 0 when all agree; 1 with the differences listed (ledger minus tally; missing or altered files) when any does not.`,
  parse(args) {
    const { values } = asUsageError(() =>
      parseArgs({ args: [...args], options: { json: { type: "boolean", default: false } } }),
    );
    return async (database, config) => {
      const files = createPictureFiles({ dataDir: config.dataDir });
      const schools = [];
      for (const schoolId of await database.read(EVERY_SCHOOL, schoolIds)) {
        const counted = await database.read(schoolId, async (store) => ({
          schoolId,
          ...(await ledgerSize(store, schoolId)),
          differences: await tallyDifferences(store, schoolId),
        }));
        schools.push({ ...counted, ...(await checkPictures(database, files, schoolId)) });
      }
      const wrongTallies = schools.reduce((sum, { differences }) => sum + differences.length, 0);
      const wrongFiles = schools.reduce((sum, { wrongPictures }) => sum + wrongPictures.length, 0);
      if (values.json) console.log(JSON.stringify({ schools, differences: wrongTallies + wrongFiles }));
      else {
        for (const { schoolId, awards, voids, differences, pictures, wrongPictures } of schools) {
          console.log(
            `school ${schoolId}: ${awards} awards, ${voids} voids, ${pictures} pictures, ` +
              `${differences.length + wrongPictures.length} differences`,
          );
          for (const { tally, key, count: records, beans } of differences) {
            console.log(
              `  ${tally} ${JSON.stringify(key)}: records ${signed(records)}, beans ${signed(beans)}`,
            );
          }
          for (const { evidenceId, sha256, found } of wrongPictures)
            console.log(`  evidence ${evidenceId}: file ${sha256} is ${found}`);
        }
        console.log(
          wrongTallies === 0
            ? "Every tally agrees with the ledger."
            : `${wrongTallies} tallies differ from the ledger.`,
        );
        console.log(
          wrongFiles === 0
            ? "Every picture is there, and whole."
            : `${wrongFiles} picture files are not right.`,
        );
      }
      return wrongTallies + wrongFiles === 0 ? 0 : 1;
    };
  },
};

interface WrongPicture {
  readonly evidenceId: string;
  readonly sha256: string;
  readonly found: "missing" | "altered";
}

const PAGE = 200;

/** Looks at both files of every picture that must be there. */
async function checkPictures(
  database: Database,
  files: PictureFiles,
  schoolId: string,
): Promise<{ pictures: number; wrongPictures: WrongPicture[] }> {
  const wrongPictures: WrongPicture[] = [];
  let pictures = 0;
  for (let after = ""; ;) {
    const page = await database.read(schoolId, (store) =>
      keptEvidence(store, schoolId, { after, limit: PAGE }),
    );
    for (const { id: evidenceId, largeSha256, smallSha256 } of page) {
      for (const sha256 of [largeSha256, smallSha256]) {
        const found = await files.check(schoolId, sha256);
        if (found !== "whole") wrongPictures.push({ evidenceId, sha256, found });
      }
    }
    pictures += page.length;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return { pictures, wrongPictures };
    after = last.id;
  }
}

function signed(figure: number): string {
  return figure > 0 ? `+${figure}` : String(figure);
}
