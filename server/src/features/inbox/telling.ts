/**
 * Tells members of what has happened, in the transaction that makes it happen, and puts down what goes outside. Sends
 * nothing itself: that is features/deliveries.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { guardiansOf } from "@doudou/db/repositories/consents.ts";
import { reviewersOfClass } from "@doudou/db/repositories/grade-leaderships.ts";
import { addNotices, leadersOfClass, withdrawNotices } from "@doudou/db/repositories/inbox.ts";
import { enrollmentsOf } from "@doudou/db/repositories/people.ts";
import type { NoticeKind } from "@doudou/shared/domain/notices.ts";
import { v7 as uuidv7 } from "uuid";
import { covers } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { putDown } from "../deliveries/service.ts";

/** Something that happened, once. `event` names it by the ids of what it is about. */
interface Happening {
  readonly kind: NoticeKind;
  readonly event: string;
  readonly termId: string;
  readonly at: Date;
}

/** Tells a child's guardians, or one of them. @returns whom it told now: whoever knew it already is not among them */
export async function tellGuardians(
  deps: Deps,
  store: Store,
  schoolId: string,
  { at, ...happening }: Happening & { readonly studentId: string; readonly guardianId?: string | undefined },
): Promise<string[]> {
  const { guardianId, ...told } = happening;
  const guardians = await guardiansOf(store, schoolId, [told.studentId]);
  const recipients = guardians
    .map(({ membershipId }) => membershipId)
    .filter((id) => guardianId === undefined || id === guardianId);
  return await tell(deps, store, schoolId, recipients, { ...told, classId: null, happenedAt: at });
}

/**
 * Tells whoever leads a class, or the class a child is in, on a day.
 * @param happening `doneBy`: who did it and need not be told; `insteadOf`: what may have been told before and
 * is so no more, taken back where it is not opened yet
 * @returns whom it told now
 */
export async function tellLeaders(
  deps: Deps,
  store: Store,
  schoolId: string,
  {
    at,
    day,
    doneBy,
    insteadOf,
    ...happening
  }: Happening & {
    readonly day: string;
    readonly doneBy?: string;
    readonly insteadOf?: readonly NoticeKind[];
  } & (
      | { readonly classId: string; readonly studentId: null }
      | { readonly classId: null; readonly studentId: string }
    ),
): Promise<string[]> {
  const { studentId } = happening;
  const classId =
    happening.classId ??
    (await enrollmentsOf(store, schoolId, [studentId ?? ""])).find((stay) => covers(stay, day))?.class.id;
  if (classId === undefined) return [];
  if (insteadOf) {
    const { termId } = happening;
    await withdrawNotices(store, schoolId, { kinds: insteadOf, classId, termId });
  }
  const leaders = (await leadersOfClass(store, schoolId, classId, day)).filter((id) => id !== doneBy);
  return await tell(deps, store, schoolId, leaders, { ...happening, classId, happenedAt: at });
}

/** Tells whoever leads the grade of a class on a day and is to review its summaries. @returns whom it told now */
export async function tellReviewers(
  deps: Deps,
  store: Store,
  schoolId: string,
  { at, day, ...happening }: Happening & { readonly day: string; readonly classId: string },
): Promise<string[]> {
  const reviewers = await reviewersOfClass(store, schoolId, happening.classId, day);
  return await tell(deps, store, schoolId, reviewers, { ...happening, studentId: null, happenedAt: at });
}

async function tell(
  deps: Deps,
  store: Store,
  schoolId: string,
  recipientIds: readonly string[],
  notice: Omit<Parameters<typeof addNotices>[2][number], "id" | "recipientId">,
): Promise<string[]> {
  const notices = [...new Set(recipientIds)].map((recipientId) => ({ ...notice, id: uuidv7(), recipientId }));
  const told = await addNotices(store, schoolId, notices);
  if (told.length > 0) await putDown(deps, store, schoolId, told, notice);
  return told;
}
