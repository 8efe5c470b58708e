/**
 * `doudou verify`: compares the ledger with the tallies, the progress of badges and what was given for it, what children
 * spent with their balances, published summaries, their PDFs, picture files and the audit log with their hashes. Changes
 * nothing.
 */
import { parseArgs } from "node:util";
import { differencesIn, type SchoolVerification, verifyEverything } from "../operate/verification.ts";
import { createPictureFiles } from "../pictures/picture-files.ts";
import { asUsageError, type Command } from "./command.ts";
import { progressOnStderr } from "./progress.ts";

const BADGE_FAULTS: Readonly<Record<SchoolVerification["wrongBadges"][number]["fault"], string>> = {
  "waits-unmet": "waits for a teacher, and its steps are not done",
  "given-unmet": "was given, and its steps are not done",
  "met-unnoticed": "does not wait for a teacher, and its steps are done",
  missing: "was given, and is not there",
  "of-no-ended-quest": "was given, and no quest has ended with it",
};

export const verify: Command = {
  summary:
    "recount the ledger against every tally and badge; check every published summary and its PDF, every picture file and the audit log",
  help: `Usage: pnpm doudou verify [--json]

Recounts every award and void of every school and compares the result with the tallies that pages read and with the
progress of the badges children strive for; looks whether what waits for a teacher, and what was given and not yet shown,
was earned, whether what was earned waits, and whether every badge has come of a quest that has ended; and does the same
with the beans that children spent. Then recomputes the SHA-256 of every published summary, reads the file of every PDF kept
of one and of every picture and compares it with its own, and recomputes the chain of hashes of every audit log.
Exit code 0 when all agree; 1 with the differences listed (ledger minus tally; altered summaries; missing or altered files;
missing or altered entries) when any does not.`,
  parse(args) {
    const { values } = asUsageError(() =>
      parseArgs({ args: [...args], options: { json: { type: "boolean", default: false } } }),
    );
    return async (database, config) => {
      const files = createPictureFiles({ dataDir: config.dataDir });
      const all = await verifyEverything(database, files, new Date(), progressOnStderr(values.json));
      const {
        schools,
        wrongTallies,
        wrongQuests,
        wrongBadges,
        wrongBalances,
        wrongSummaries,
        wrongPapers,
        wrongFiles,
        brokenLinks,
        differences: wrong,
      } = all;
      if (values.json) console.log(JSON.stringify({ schools, differences: wrong }));
      else {
        for (const school of schools) {
          const {
            schoolId,
            differences,
            wrongQuests: quests,
            wrongBadges: badges,
            rewardDifferences,
            wrongSummaries: summaries,
            wrongPapers: papers,
            wrongPictures,
            audit,
            ...of
          } = school;
          console.log(
            `school ${schoolId}: ${of.awards} awards, ${of.voids} voids, ${of.quests} badges striven for, ` +
              `${of.summaries} summaries, ${of.papers} PDFs of them, ${of.pictures} pictures, ${audit.entries} audit entries, ${differencesIn(school)} differences`,
          );
          for (const { tally, key, count: records, beans } of differences) {
            console.log(
              `  ${tally} ${JSON.stringify(key)}: records ${signed(records)}, beans ${signed(beans)}`,
            );
          }
          for (const { questId, kept, recounted } of quests)
            console.log(
              `  badge_quest ${questId}: ${JSON.stringify(recounted)}, not ${JSON.stringify(kept)}`,
            );
          for (const { questId, fault } of badges)
            console.log(`  badge of badge_quest ${questId}: ${BADGE_FAULTS[fault]}`);
          for (const { of: kind, key, reserved, spent } of rewardDifferences)
            console.log(
              `  ${kind} ${JSON.stringify(key)}: reserved ${signed(reserved)}, spent ${signed(spent)}`,
            );
          for (const { studentId, termId, revision, recomputed, sha256 } of summaries)
            console.log(
              `  term_summary ${JSON.stringify({ studentId, termId, revision })}: ${recomputed}, not ${sha256}`,
            );
          for (const { sha256, found: is, ...whose } of papers)
            console.log(`  PDF of term_summary ${JSON.stringify(whose)}: file ${sha256} is ${is}`);
          for (const { evidenceId, sha256, found: is } of wrongPictures)
            console.log(`  evidence ${evidenceId}: file ${sha256} is ${is}`);
          for (const { seq, fault } of audit.faults) console.log(`  audit entry ${seq} is ${fault}`);
        }
        console.log(
          wrongTallies === 0
            ? "Every tally agrees with the ledger."
            : `${wrongTallies} tallies differ from the ledger.`,
        );
        console.log(
          wrongQuests === 0
            ? "Every badge striven for is as far as the ledger tells."
            : `${wrongQuests} badges striven for are not as far as the ledger tells.`,
        );
        console.log(
          wrongBadges === 0
            ? "Every badge that waits or was given was earned."
            : `${wrongBadges} badges are not what was earned.`,
        );
        console.log(
          wrongBalances === 0
            ? "Every balance agrees with what was spent."
            : `${wrongBalances} balances differ from what was spent.`,
        );
        console.log(
          wrongSummaries === 0
            ? "Every published summary is what was frozen."
            : `${wrongSummaries} published summaries are not what was frozen.`,
        );
        console.log(
          wrongPapers === 0
            ? "Every PDF of a summary that is kept is there, and whole."
            : `${wrongPapers} PDFs of summaries are not what was kept: put their files back from a backup.`,
        );
        console.log(
          wrongFiles === 0
            ? "Every picture is there, and whole."
            : `${wrongFiles} picture files are not right.`,
        );
        console.log(
          brokenLinks === 0
            ? "The audit log's chain holds."
            : `The audit log's chain is broken in ${brokenLinks} places.`,
        );
      }
      return wrong === 0 ? 0 : 1;
    };
  },
};

function signed(figure: number): string {
  return figure > 0 ? `+${figure}` : String(figure);
}
