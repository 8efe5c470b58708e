/**
 * Removes what is over: the server does so by itself as long as it runs, `doudou prune` all at once. Of the ledger nothing
 * goes but old notes; a summary or the audit log no code can delete from.
 */
import { forgetOldFailures } from "../access/throttle.ts";
import { forgetViewings } from "../access/viewings.ts";
import type { Deps } from "../deps.ts";
import { deleteRemovedActivities } from "../features/activities/service.ts";
import { forgetAbsences } from "../features/absences/service.ts";
import { expireOldNotes } from "../features/awards/old-notes.ts";
import { deleteOldWatchPlans } from "../features/class-growth/service.ts";
import { deleteOldBoardLinks } from "../features/board/links.ts";
import { SWEEPS_TO_SEE_ALL, sweepEvidence } from "../features/evidence/sweep.ts";
import { forgetOldPasskeyChallenges } from "../features/passkeys/service.ts";
import { deleteOldNotices } from "../features/inbox/service.ts";
import { deleteOldGuardianLetters } from "../features/guardians/service.ts";
import { deleteOldProposals } from "../features/proposals/service.ts";
import { deleteUnreleasedVoices } from "../features/voices/service.ts";
import { expireOldRequests } from "../features/rewards/service.ts";
import { deleteOldDrafts } from "../features/roll-over/service.ts";
import { deleteExpiredReminders } from "../features/reminders/service.ts";
import { deleteOldSignInRequests, forgetOldSignInAttempts } from "../features/sign-in-providers/service.ts";
import { deleteOldStaffLinks } from "../features/staff-accounts/service.ts";
import { expireTransfers } from "../features/transfers/service.ts";
import { forgetImports } from "../features/roster-imports/service.ts";
import { removeOldBackups } from "./backup-folder.ts";
import type { OnStep } from "./progress.ts";

/** What is deleted when it is over, by what the counts are called; each returns how many. */
const DELETIONS = {
  reminders: deleteExpiredReminders,
  proposals: deleteOldProposals,
  /** What peers said and no teacher passed on. */
  voices: deleteUnreleasedVoices,
  boardLinks: deleteOldBoardLinks,
  /** Of rosters: dry runs that nobody applied, and the rows of what can no longer be undone. */
  imports: forgetImports,
  staffLinks: deleteOldStaffLinks,
  letters: deleteOldGuardianLetters,
  /** To be known as somebody of a provider. */
  signInRequests: deleteOldSignInRequests,
  /** What children asked for and nobody answered or handed over: the beans are back. */
  wishes: expireOldRequests,
  /** What teachers looked out for until a month ago. */
  watchPlans: deleteOldWatchPlans,
  /** Of the turn of a year, left for 60 days. */
  rollOverDrafts: deleteOldDrafts,
  /** What people were told of long ago. */
  notices: deleteOldNotices,
  /** Brought from another school, and answered by no guardian in 60 days. */
  transfers: expireTransfers,
  /** Activities that were removed a month ago. */
  activities: deleteRemovedActivities,
  /** Beside awards, of more months ago than the school keeps them. */
  notes: expireOldNotes,
} as const satisfies Readonly<Record<string, (deps: Deps) => Promise<number>>>;

export type Expired = Readonly<Record<keyof typeof DELETIONS, number>>;

export interface Pruned extends Expired {
  readonly absences: number;
  /** Files that retention does not keep. */
  readonly backups: readonly string[];
}

/** Deletes, in every school, what belonged to terms that are over or ended long ago. @returns how many of each */
export async function deleteExpired(deps: Deps): Promise<Expired> {
  const counts = Object.entries(DELETIONS).map(async ([what, remove]) => [what, await remove(deps)] as const);
  return Object.fromEntries(await Promise.all(counts)) as Expired;
}

/** Deletes sessions that have ended, sign-ins that failed or were left, and absences and viewings of past days. */
export async function forgetWhatHasPassed(deps: Deps): Promise<{ readonly absences: number }> {
  const [, , , , absences] = await Promise.all([
    deps.sessions.deleteExpired(),
    forgetOldPasskeyChallenges(deps),
    forgetOldFailures(deps.database, deps.now()),
    forgetOldSignInAttempts(deps),
    forgetAbsences(deps),
    forgetViewings(deps),
  ]);
  return { absences };
}

/** All of it, picture files that nothing needs and old backups included. */
export async function prune(deps: Deps, onStep: OnStep): Promise<Pruned> {
  const { backupDir, backupKeep, backupAt } = deps.config;
  onStep({ step: "what is over", share: 0 });
  const expired = await deleteExpired(deps);
  const passed = await forgetWhatHasPassed(deps);
  for (let round = 0; round < SWEEPS_TO_SEE_ALL; round += 1) {
    onStep({ step: "picture files that nothing needs", share: round / SWEEPS_TO_SEE_ALL });
    await sweepEvidence(deps, round);
  }
  onStep({ step: "old backups", share: 0 });
  const { timeZone } = backupAt;
  const backups =
    backupDir === undefined ? [] : await removeOldBackups(backupDir, { retention: backupKeep, timeZone });
  return { ...expired, ...passed, backups };
}
