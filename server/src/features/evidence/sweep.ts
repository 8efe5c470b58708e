/**
 * Removes what must not be kept: pictures whose consent was withdrawn, uploads that nothing named, files without a row.
 * Leaves the ledger alone: it goes on saying that there was a picture. Does a bounded part each time.
 */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import {
  type EvidenceFiles,
  filesInUse,
  forgetUnbound,
  markRemoved,
  withdrawnEvidence,
} from "@doudou/db/repositories/evidence.ts";
import {
  forgetUnboundPortfolioFiles,
  removeWithdrawnPortfolioFiles,
} from "@doudou/db/repositories/portfolio-files.ts";
import { removeWithdrawnTransferFiles } from "@doudou/db/repositories/transfers.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import type { Deps } from "../../deps.ts";

/** Pictures of one school removed in one go, for each reason. */
const AT_A_TIME = 500;
const UNBOUND_FOR_MS = 86_400_000;
const FOLDERS = 256;
/** So many folders of each school are looked through each time: all of them within a working day. */
const FOLDERS_AT_A_TIME = 32;
/** After so many rounds every folder has had its turn. */
export const SWEEPS_TO_SEE_ALL = FOLDERS / FOLDERS_AT_A_TIME;

const EVERY_MS = 3_600_000;

/**
 * Sweeps now and every hour.
 * @param onFailure told what went wrong; the next hour is another chance
 * @returns what stops it, and gives when the sweep under way is over
 */
export function sweepEvidenceRegularly(deps: Deps, onFailure: (error: unknown) => void): () => Promise<void> {
  let round = 0;
  let underWay = Promise.resolve();
  const sweep = () => {
    underWay = underWay.then(() => sweepEvidence(deps, round++)).catch(onFailure);
  };
  sweep();
  const timer = setInterval(sweep, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}

/** @param round how often it was done before: tells which folders' turn it is */
export async function sweepEvidence(deps: Deps, round: number): Promise<void> {
  const { database, pictures, now } = deps;
  await pictures.clearIncoming();
  for (const schoolId of await database.read(EVERY_SCHOOL, schoolIds)) {
    const unboundSince = new Date(now().getTime() - UNBOUND_FOR_MS);
    const withdrawn = await database.read(schoolId, (store) => withdrawnEvidence(store, schoolId, AT_A_TIME));
    const ids = withdrawn.map(({ id }) => id);
    if (ids.length > 0) await database.write(schoolId, (store) => markRemoved(store, schoolId, ids, now()));
    const unbound = await database.write(schoolId, (store) =>
      forgetUnbound(store, schoolId, unboundSince, AT_A_TIME),
    );
    await removeFiles(deps, schoolId, hashesOf([...withdrawn, ...unbound]));
    await sweepPortfolio(deps, schoolId, unboundSince);
    for (let turn = 0; turn < FOLDERS_AT_A_TIME; turn += 1) {
      const number = (round * FOLDERS_AT_A_TIME + turn) % FOLDERS;
      const names = await pictures.namesIn(schoolId, number.toString(16).padStart(2, "0"));
      await removeFiles(deps, schoolId, names);
    }
  }
}

/** The same for files of works and honours, and those brought from another school. */
async function sweepPortfolio(deps: Deps, schoolId: string, unboundSince: Date): Promise<void> {
  const { database, now } = deps;
  const names = await database.write(schoolId, async (store) => [
    ...(await removeWithdrawnPortfolioFiles(store, schoolId, now(), AT_A_TIME)),
    ...(await forgetUnboundPortfolioFiles(store, schoolId, unboundSince, AT_A_TIME)),
    ...(await removeWithdrawnTransferFiles(store, schoolId, now(), AT_A_TIME)),
  ]);
  await removeFiles(deps, schoolId, names);
}

async function removeFiles(
  { database, pictures }: Deps,
  schoolId: string,
  hashes: readonly string[],
): Promise<void> {
  for (let from = 0; from < hashes.length; from += AT_A_TIME) {
    await pictures.removeUnneeded(schoolId, hashes.slice(from, from + AT_A_TIME), (asked) =>
      database.read(schoolId, (store) => filesInUse(store, schoolId, asked)),
    );
  }
}

function hashesOf(files: readonly EvidenceFiles[]): string[] {
  return [...new Set(files.flatMap(({ largeSha256, smallSha256 }) => [largeSha256, smallSha256]))];
}
