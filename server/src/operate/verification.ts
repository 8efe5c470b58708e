/**
 * Proof that all is as it should be: the ledger against every tally and every badge's progress, what children spent
 * against their balances, picture files against their names, the audit log against its chain of hashes. Changes nothing.
 */
import { type Database, EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { type AuditCheck, checkAuditChain } from "@doudou/db/repositories/oversight.ts";
import { badgeFactsOf, liveQuestsAfter } from "@doudou/db/repositories/badge-quests.ts";
import { keptEvidence } from "@doudou/db/repositories/evidence.ts";
import { keptPortfolioFiles } from "@doudou/db/repositories/portfolio-files.ts";
import { keptTransferFiles } from "@doudou/db/repositories/transfers.ts";
import { schoolLogo } from "@doudou/db/repositories/school-settings.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import {
  ledgerSize,
  type RewardDifference,
  rewardDifferences,
  tallyDifferences,
  type TallyDifference,
} from "@doudou/db/repositories/verification.ts";
import { type BadgeTally, recount } from "@doudou/shared/domain/badges.ts";
import { canonicalJson } from "@doudou/shared/domain/canonical-json.ts";
import type { PictureFiles } from "../pictures/picture-files.ts";
import type { OnStep } from "./progress.ts";

export interface Verification {
  readonly schools: readonly SchoolVerification[];
  readonly wrongTallies: number;
  readonly wrongQuests: number;
  /** Of what children spent. */
  readonly wrongBalances: number;
  readonly wrongFiles: number;
  readonly brokenLinks: number;
  /** All of these. */
  readonly differences: number;
}

interface SchoolVerification {
  readonly schoolId: string;
  readonly awards: number;
  readonly voids: number;
  readonly differences: readonly TallyDifference[];
  readonly quests: number;
  readonly wrongQuests: readonly WrongQuest[];
  readonly rewardDifferences: readonly RewardDifference[];
  readonly pictures: number;
  readonly wrongPictures: readonly WrongPicture[];
  readonly audit: AuditCheck;
}

/** What a child strives for, kept otherwise than the ledger tells. */
interface WrongQuest {
  readonly questId: string;
  readonly kept: BadgeTally;
  readonly recounted: BadgeTally;
}

interface WrongPicture {
  /** Of the evidence, or of a file of a work or honour; the school's logo is called `logo`. */
  readonly evidenceId: string;
  readonly sha256: string;
  readonly found: "missing" | "altered";
}

/** Recounts every school's ledger, reads every picture that must be there, and walks the audit log. */
export async function verifyEverything(
  database: Database,
  files: Pick<PictureFiles, "check">,
  onStep: OnStep,
): Promise<Verification> {
  const schools: SchoolVerification[] = [];
  const ids = await database.read(EVERY_SCHOOL, schoolIds);
  for (const [index, schoolId] of ids.entries()) {
    onStep({ step: "recounting the ledger", share: index / ids.length });
    const counted = await database.read(schoolId, async (store) => ({
      schoolId,
      ...(await ledgerSize(store, schoolId)),
      differences: await tallyDifferences(store, schoolId),
      rewardDifferences: await rewardDifferences(store, schoolId),
      audit: await checkAuditChain(store, schoolId),
    }));
    const quests = await checkQuests(database, schoolId);
    schools.push({ ...counted, ...quests, ...(await checkPictures(database, files, schoolId)) });
  }
  const wrongTallies = schools.reduce((sum, { differences }) => sum + differences.length, 0);
  const wrongQuests = schools.reduce((sum, { wrongQuests: wrong }) => sum + wrong.length, 0);
  const wrongBalances = schools.reduce((sum, { rewardDifferences: wrong }) => sum + wrong.length, 0);
  const wrongFiles = schools.reduce((sum, { wrongPictures }) => sum + wrongPictures.length, 0);
  const brokenLinks = schools.reduce((sum, { audit }) => sum + audit.faults.length, 0);
  const differences = wrongTallies + wrongQuests + wrongBalances + wrongFiles + brokenLinks;
  return { schools, wrongTallies, wrongQuests, wrongBalances, wrongFiles, brokenLinks, differences };
}

const PAGE = 200;

/** Recounts what every child strives for; a quest and its awards are read as of one moment. */
async function checkQuests(
  database: Database,
  schoolId: string,
): Promise<{ quests: number; wrongQuests: WrongQuest[] }> {
  const wrongQuests: WrongQuest[] = [];
  let checked = 0;
  for (let after = ""; ;) {
    const from = after;
    const page = await database.read(schoolId, async (store) => {
      const quests = await liveQuestsAfter(store, schoolId, { after: from, limit: PAGE });
      const read = [];
      for (const quest of quests) {
        const days = { from: quest.countsFrom, to: quest.endsOn };
        read.push({ quest, facts: await badgeFactsOf(store, schoolId, [quest.studentId], days) });
      }
      return read;
    });
    for (const { quest, facts } of page) {
      const recounted = recount(quest.badge.rule, quest, facts);
      if (canonicalJson(recounted) !== canonicalJson(quest.tally))
        wrongQuests.push({ questId: quest.id, kept: quest.tally, recounted });
    }
    checked += page.length;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return { quests: checked, wrongQuests };
    after = last.quest.id;
  }
}

/** Looks at both files of every picture that must be there. */
async function checkPictures(
  database: Database,
  files: Pick<PictureFiles, "check">,
  schoolId: string,
): Promise<{ pictures: number; wrongPictures: WrongPicture[] }> {
  const wrongPictures: WrongPicture[] = [];
  const logo = await database.read(schoolId, (store) => schoolLogo(store, schoolId));
  for (const sha256 of logo ? [logo.largeSha256, logo.smallSha256] : []) {
    const found = await files.check(schoolId, sha256);
    if (found !== "whole") wrongPictures.push({ evidenceId: "logo", sha256, found });
  }
  let pictures = logo ? 1 : 0;
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
    if (!last || page.length < PAGE) break;
    after = last.id;
  }
  for (const keptFiles of [keptPortfolioFiles, keptTransferFiles]) {
    for (let after = ""; ;) {
      const page = await database.read(schoolId, (store) =>
        keptFiles(store, schoolId, { after, limit: PAGE }),
      );
      for (const { id, names } of page) {
        for (const name of names) {
          const found = await files.check(schoolId, name);
          if (found !== "whole") wrongPictures.push({ evidenceId: id, sha256: name, found });
        }
      }
      pictures += page.length;
      const last = page.at(-1);
      if (!last || page.length < PAGE) break;
      after = last.id;
    }
  }
  return { pictures, wrongPictures };
}
