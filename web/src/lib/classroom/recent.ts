/**
 * The latest awards of a class: as the server knows them, or as this device has kept them, with what has not left yet
 * before them and what has been taken back marked so. In a child's hands: the teacher's own, without notes.
 */
import type { LedgerEntry } from "@doudou/shared/contract/awards.ts";
import { readClassAwards } from "#lib/api/client.ts";
import { OfflineError } from "#lib/api/request.ts";
import { askAndKeep, keptAnswer, latestOf } from "#lib/offline/answers.ts";
import type { AwardItem } from "#lib/offline/items.ts";
import { entryOf, LATEST } from "#lib/offline/kept-tallies.ts";
import { outbox } from "#lib/offline/outbox.svelte.ts";
import { session } from "#lib/session.svelte.ts";

export interface RecentAward {
  readonly entry: LedgerEntry;
  /** Kept here, not yet acknowledged by the server. */
  readonly isWaiting: boolean;
  /** Photos that have not been uploaded yet. */
  readonly attachmentIds: readonly string[];
}

/** @throws ProblemError, OfflineError where there is neither a network nor anything kept or waiting */
export async function recentAwards(classId: string): Promise<readonly RecentAward[]> {
  const known = await latestKnown(classId).catch((failure: unknown) => {
    if (failure instanceof OfflineError && unsentOf(classId).length > 0) return [];
    throw failure;
  });
  const items = outbox.items();
  const unsent = unsentOf(classId);
  const ids = new Set(unsent.map(({ id }) => id));
  const takenBack = new Map(
    items.flatMap((item) =>
      item.wanted === "void" && item.state === "waiting"
        ? Object.keys(item.about).map((id) => [id, item.reason] as const)
        : [],
    ),
  );
  const all = [
    ...unsent.reverse().map((item) => ({
      entry: entryOf(item, item.beans),
      isWaiting: true,
      attachmentIds: item.attachmentIds ?? [],
    })),
    ...known
      .filter(({ id }) => !ids.has(id))
      .map((entry) => {
        const reason = takenBack.get(entry.id);
        const voided = reason === undefined ? entry.voided : { at: entry.occurredAt, by: "", reason };
        return { entry: { ...entry, voided }, isWaiting: false, attachmentIds: [] };
      }),
  ];
  return session.isConfined ? all.filter(({ entry }) => entry.isMine).map(withoutNote) : all;
}

/** As the server gives it to such a tablet; what was kept before may hold more. */
function withoutNote(award: RecentAward): RecentAward {
  return { ...award, entry: { ...award.entry, note: null, evidence: [] }, attachmentIds: [] };
}

function unsentOf(classId: string): AwardItem[] {
  return outbox
    .items()
    .filter(
      (item): item is AwardItem =>
        item.wanted === "award" &&
        item.state === "waiting" &&
        item.classId === classId &&
        item.voidReason === undefined,
    );
}

/** Keeps them for times without a network. */
export function keepLatestAwards(classId: string): void {
  void latestKnown(classId).catch(() => {}); // asked again when the list is opened
}

async function latestKnown(classId: string): Promise<readonly LedgerEntry[]> {
  const accountId = session.account?.id ?? "";
  try {
    return await askAndKeep(
      accountId,
      latestOf(classId),
      async () => (await readClassAwards(classId, LATEST)).entries,
    );
  } catch (failure) {
    const kept =
      failure instanceof OfflineError
        ? await keptAnswer<LedgerEntry[]>(accountId, latestOf(classId), Date.now())
        : undefined;
    if (kept === undefined) throw failure;
    return kept;
  }
}
