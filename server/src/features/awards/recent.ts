/**
 * "Undo the last 5 minutes": voids as one act what a teacher recorded in a class lately, when somebody else had the
 * tablet. Only the caller's own awards, never a colleague's, that were both given and recorded in that stretch: what a
 * tablet brought in late, given in an earlier lesson, stays.
 */
import { awardsByIds } from "@doudou/db/repositories/awards.ts";
import { evidenceOfAwards } from "@doudou/db/repositories/evidence.ts";
import { linesOf, recordedLately } from "@doudou/db/repositories/ledger.ts";
import type { OwnRecent, RecentSpan, VoidRecent, VoidResults } from "@doudou/shared/contract/awards.ts";
import type { Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { CONFINED_VOID_WINDOW_MS, ledgerEntry, takeOut } from "./service.ts";

const MINUTE_MS = 60_000;
const LONGEST_MS = 60 * MINUTE_MS;

/** What would be voided, for the teacher to look at first. */
export async function ownRecent(
  deps: Deps,
  grant: Grant,
  classId: string,
  asked: RecentSpan,
): Promise<OwnRecent> {
  const { schoolId, membershipId } = grant;
  const span = spanOf(asked, deps.now());
  return await deps.database.read(schoolId, async (store) => {
    const ids = await recordedLately(store, schoolId, { classId, recorderId: membershipId }, span);
    const lines = await linesOf(store, schoolId, ids);
    const pictures = await evidenceOfAwards(store, schoolId, ids);
    return {
      before: span.upTo.toISOString(),
      entries: lines
        .filter(({ voided }) => voided === null)
        .map((line) => ledgerEntry(line, pictures.get(line.id), grant, new Map(), deps.now())),
    };
  });
}

/**
 * @returns one result per award of the stretch; `duplicate` for what had been voided before
 * @throws Problem session-confined where a tablet that anybody may have picked up asks for more than it may void
 */
export async function voidRecent(
  deps: Deps,
  { schoolId, membershipId, isConfined }: Grant,
  classId: string,
  { reason, ...asked }: VoidRecent,
): Promise<VoidResults> {
  const at = deps.now();
  const span = spanOf(asked, at);
  if (isConfined && at.getTime() - span.after.getTime() > CONFINED_VOID_WINDOW_MS)
    throw new Problem("session-confined");
  const frame = await deps.frames.of(schoolId);
  return await deps.database.write(schoolId, async (store) => {
    const ids = await recordedLately(store, schoolId, { classId, recorderId: membershipId }, span);
    const awards = ids.length === 0 ? [] : await awardsByIds(store, schoolId, ids);
    const statuses = await takeOut(store, frame, awards, { membershipId, reason, at });
    return { results: awards.map(({ id }, i) => ({ id, status: statuses[i] ?? "duplicate" })) };
  });
}

/** @throws Problem invalid-input for a stretch that ends in the future or began before the last two hours */
function spanOf({ minutes, before }: RecentSpan, now: Date): { after: Date; upTo: Date } {
  const upTo = before === undefined ? now : new Date(before);
  const age = now.getTime() - upTo.getTime();
  if (age < 0 || age > LONGEST_MS) {
    throw new Problem("invalid-input", {
      errors: [{ path: "/before", message: "must be within the last hour" }],
    });
  }
  return { after: new Date(upTo.getTime() - minutes * MINUTE_MS), upTo };
}
