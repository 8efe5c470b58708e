/**
 * Publishes at their time the summaries that are planned. Several servers may look, and any of them may stop half-way:
 * each child is published once, in a transaction that first looks whether somebody has; what is left undone the next look
 * goes on with. Never publishes what lacks a comment or an approval: that is left as it is, and whoever leads the class is
 * told that there is some.
 */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { withdrawNotices } from "@doudou/db/repositories/inbox.ts";
import { studentsOfClass } from "@doudou/db/repositories/people.ts";
import { publishedOn } from "@doudou/db/repositories/summaries.ts";
import {
  beginPublication,
  countPublished,
  duePublications,
  endPublication,
  type Publication,
} from "@doudou/db/repositories/summary-rounds.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { regularly } from "../../operate/regularly.ts";
import { tellLeaders } from "../inbox/service.ts";
import { termById } from "../schools/service.ts";
import { lastDaySoFar, publishInto } from "../summaries/service.ts";

const LOOK_EVERY_MS = 15_000;

/** Looks now and again for what is due. @returns what stops it, and waits for the child that is being published */
export function publishRegularly(deps: Deps, onError: (error: unknown) => void): () => Promise<void> {
  return regularly(LOOK_EVERY_MS, (signal) => publishDue(deps, signal), onError);
}

/** Publishes whatever is due, child by child. */
export async function publishDue(deps: Deps, signal?: AbortSignal): Promise<void> {
  const due = await deps.database.read(EVERY_SCHOOL, (store) => duePublications(store, deps.now()));
  for (const { schoolId, ...publication } of due) {
    if (signal?.aborted) return;
    await publishPlanned(deps, schoolId, publication, signal);
  }
}

async function publishPlanned(
  deps: Deps,
  schoolId: string,
  { id, classId, termId, scheduledBy }: Publication,
  signal: AbortSignal | undefined,
): Promise<void> {
  const frame = await deps.frames.of(schoolId);
  const term = termById(frame, termId);
  const hasBegun = await deps.database.write(schoolId, (store) => beginPublication(store, schoolId, id));
  if (!hasBegun) return; // cancelled at the last moment, or done by another server
  const day = lastDaySoFar(term, frame, deps.now());
  const children = await deps.database.read(schoolId, (store) =>
    studentsOfClass(store, schoolId, classId, day),
  );
  // Who planned it publishes it, with no call of its own.
  const origin = { requestId: id, address: null };
  const by: Grant = { schoolId, membershipId: scheduledBy, standings: new Set(), isConfined: false, origin };
  for (const { id: studentId } of children) {
    if (signal?.aborted) return;
    const publishedAt = deps.now();
    await deps.database
      .write(schoolId, async (store) => {
        await store.lock([`${schoolId}/summary/${studentId}`]);
        const published = await publishedOn(store, schoolId, termId, [studentId]);
        if (published.has(studentId)) return;
        await countPublished(store, schoolId, id);
        await publishInto(deps, store, frame, by, { term, studentId, publishedAt });
      })
      .catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error; // left out, which is told at the end
      });
  }
  const studentIds = children.map((child) => child.id);
  await deps.database.write(schoolId, async (store) => {
    const at = deps.now();
    if (!(await endPublication(store, schoolId, id, at))) return;
    await withdrawNotices(store, schoolId, { kinds: ["publication-planned"], classId, termId });
    const published = await publishedOn(store, schoolId, termId, studentIds);
    if (published.size === studentIds.length) return;
    const told = { kind: "publication-left-out", event: `publication/${id}`, at } as const;
    const today = localDayOf(at.getTime(), frame.timeZone);
    await tellLeaders(deps, store, schoolId, { ...told, termId, classId, studentId: null, day: today });
  });
}
