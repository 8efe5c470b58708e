/**
 * The inbox: what somebody is told of in every school it belongs to, latest first. A notice says that something is there,
 * never what it says, and is shown only as long as the reader may see the child or class it leads to.
 */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { deleteDeliveriesBefore } from "@doudou/db/repositories/deliveries.ts";
import {
  deleteNoticesBefore,
  hasNotice,
  type Notice as NoticeRow,
  noticesOf,
  openNotices,
  unopenedNotices,
} from "@doudou/db/repositories/inbox.ts";
import { deleteNudgesBefore } from "@doudou/db/repositories/summary-nudges.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import type { Inbox, InboxCount, Notice } from "@doudou/shared/contract/inbox.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { DELIVERIES_KEPT_DAYS, NOTICES_KEPT_DAYS } from "@doudou/shared/domain/notices.ts";
import { type Caller, type Grant, grantsInSchools } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteRead } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";

export { tellGuardians, tellLeaders, tellReviewers } from "./telling.ts";

const ON_A_PAGE = 30;
const DAY_MS = 86_400_000;

/** What somebody is told of, from where a page ended. @param cursor of what is older, from an earlier answer */
export async function inbox(deps: Deps, caller: Caller, cursor: string | undefined): Promise<Inbox> {
  const now = deps.now();
  const below = positionOf(cursor);
  const rows: { row: NoticeRow; school: string }[] = [];
  for (const grant of readersOf(caller)) {
    const { schoolId, membershipId: recipientId } = grant;
    const { name: school, timeZone } = await deps.frames.of(schoolId);
    const reader = { recipientId, day: localDayOf(now.getTime(), timeZone) };
    const found = await deps.database.read(schoolId, (store) =>
      noticesOf(store, schoolId, reader, { below, limit: ON_A_PAGE + 1 }),
    );
    rows.push(...found.map((row) => ({ row, school })));
    if (isStaff(grant) && found.some(({ studentId }) => studentId !== null))
      await deps.database.write(schoolId, (store) =>
        noteRead(store, grant, { action: "inbox.read", at: now }),
      );
  }
  rows.sort(
    ({ row: one }, { row: other }) =>
      other.happenedAt.getTime() - one.happenedAt.getTime() || (one.id < other.id ? 1 : -1),
  );
  const shown = rows.slice(0, ON_A_PAGE);
  const last = rows.length > ON_A_PAGE ? shown.at(-1)?.row : undefined;
  const { unopened } = await inboxCount(deps, caller);
  return {
    notices: shown.map(({ row, school }) => noticeLine(row, school)),
    unopened,
    next: last ? `${last.happenedAt.getTime()}.${last.id}` : null,
  };
}

/** How much of it was not opened. */
export async function inboxCount(deps: Deps, caller: Caller): Promise<InboxCount> {
  let unopened = 0;
  for (const { schoolId, membershipId: recipientId } of readersOf(caller)) {
    const { timeZone } = await deps.frames.of(schoolId);
    const reader = { recipientId, day: localDayOf(deps.now().getTime(), timeZone) };
    unopened += await deps.database.read(schoolId, (store) => unopenedNotices(store, schoolId, reader));
  }
  return { unopened };
}

/** One's own notice has been opened; the first time stands. @throws Problem not-found for anybody else's */
export async function openNotice(deps: Deps, caller: Caller, id: string): Promise<void> {
  for (const { schoolId, membershipId: recipientId } of readersOf(caller)) {
    const isOwn = await deps.database.read(schoolId, (store) =>
      hasNotice(store, schoolId, { recipientId, id }),
    );
    if (!isOwn) continue;
    await deps.database.write(schoolId, (store) =>
      openNotices(store, schoolId, recipientId, { id }, deps.now()),
    );
    return;
  }
  throw new Problem("not-found");
}

/** All one is told of up to a moment has been seen. */
export async function openAllNotices(deps: Deps, caller: Caller, until: string): Promise<void> {
  for (const { schoolId, membershipId } of readersOf(caller))
    await deps.database.write(schoolId, (store) =>
      openNotices(store, schoolId, membershipId, { until: new Date(until) }, deps.now()),
    );
}

/** Deletes, in every school, what was told long ago, and what was sent a month ago. @returns how many */
export async function deleteOldNotices(deps: Deps): Promise<number> {
  const before = new Date(deps.now().getTime() - NOTICES_KEPT_DAYS * DAY_MS);
  const sentBefore = new Date(deps.now().getTime() - DELIVERIES_KEPT_DAYS * DAY_MS);
  let deleted = 0;
  for (const schoolId of await deps.database.read(EVERY_SCHOOL, schoolIds))
    deleted += await deps.database.write(schoolId, async (store) => {
      const told = await deleteNoticesBefore(store, schoolId, before);
      const nudged = await deleteNudgesBefore(store, schoolId, before);
      return told + nudged + (await deleteDeliveriesBefore(store, schoolId, sentBefore));
    });
  return deleted;
}

/** The memberships through which somebody has an inbox. */
function readersOf(caller: Caller): Grant[] {
  return grantsInSchools(caller).filter(({ standings }) => isGranted("inbox.read", standings));
}

function isStaff({ standings }: Grant): boolean {
  return standings.has("teacher:school") || standings.has("school-admin:school");
}

function positionOf(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const dot = cursor.indexOf(".");
  return { happenedAt: new Date(Number(cursor.slice(0, dot))), id: cursor.slice(dot + 1) };
}

function noticeLine(row: NoticeRow, school: string): Notice {
  const { id, kind, studentId, studentName, classId, className, termId, termName } = row;
  return {
    id,
    kind,
    school,
    child: studentId === null ? null : { id: studentId, name: studentName ?? "" },
    class: classId === null ? null : { id: classId, name: className ?? "" },
    term: { id: termId, name: termName },
    happenedAt: row.happenedAt.toISOString(),
    isOpened: row.openedAt !== null,
  };
}
