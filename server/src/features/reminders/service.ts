/**
 * Reminders: private words about a child. Shown to the staff who teach it and, where the teacher chose so, to its
 * guardians; never to the child. They count towards nothing, and are gone with their term.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { enrollmentsOf } from "@doudou/db/repositories/people.ts";
import {
  addReminder,
  countWritten,
  deleteReminders,
  type KeptReminder,
  type NewReminder,
  reminderById,
  remindersOf,
  withdrawReminder as withdrawInStore,
} from "@doudou/db/repositories/reminders.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import type {
  ReminderInput,
  ReminderList,
  ReminderResult,
  WithdrawResult,
} from "@doudou/shared/contract/reminders.ts";
import { localDayOf, startOfDay } from "@doudou/shared/domain/calendar.ts";
import { isTimeToTalk, LATELY_DAYS, REMINDERS_A_DAY } from "@doudou/shared/domain/reminders.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import { covers, type Grant } from "../../access/caller.ts";
import { isGranted, type Standing } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { deleteOfEndedTerms } from "../schools/service.ts";

/** A tablet's clock may run ahead by this much. */
const CLOCK_TOLERANCE_MS = 10 * 60_000;
const LATELY_MS = LATELY_DAYS * 86_400_000;
/** More than a term of one child ever has. */
const MOST_SHOWN = 200;

/** The running term's reminders about a child, as far as the caller may read them. */
export async function remindersAbout(deps: Deps, grant: Grant, studentId: string): Promise<ReminderList> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const term = termOn(localDayOf(now.getTime(), frame.timeZone), frame.terms);
  if (!term) return { reminders: [], isTimeToTalk: false };
  const readsAll = isGranted("reminder.read-all", grant.standings);
  const lines = await deps.database.read(schoolId, (store) =>
    remindersOf(store, schoolId, { studentId, termId: term.id, onlyForGuardian: !readsAll }, MOST_SHOWN),
  );
  const lately = lines.filter(({ recordedAt }) => recordedAt.getTime() > now.getTime() - LATELY_MS).length;
  return {
    reminders: lines.map((line) => ({
      id: line.id,
      phrase: line.phrase,
      text: line.text,
      by: line.by,
      guardianMaySee: line.guardianMaySee,
      canWithdraw: mayWithdraw(line, grant),
      occurredAt: line.occurredAt.toISOString(),
    })),
    isTimeToTalk: readsAll && isTimeToTalk(lately),
  };
}

/**
 * Writes a reminder about a child of the caller's class.
 * @throws Problem reminder-empty, occurred-in-future, outside-term, term-closed, reminder-enough, reminder-id-conflict
 */
export async function writeReminder(
  deps: Deps,
  grant: Grant,
  studentId: string,
  input: ReminderInput,
): Promise<ReminderResult> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const content = contentOf(input, frame, now);
  const today = localDayOf(now.getTime(), frame.timeZone);
  const since = new Date(startOfDay(today, frame.timeZone));
  const { id } = input;

  return await deps.database.write(schoolId, async (store) => {
    // Whoever writes about the same child at the same moment waits, so that the day's reminders are counted right.
    await store.lock([`${schoolId}/reminders/${studentId}`]);
    const kept = await reminderById(store, schoolId, id);
    const reminder: NewReminder = {
      ...content,
      id,
      studentId,
      classId: kept?.classId ?? (await classNow(store, schoolId, studentId, today)),
      recorderId: grant.membershipId,
      recordedAt: now,
    };
    if (kept) return repeated(kept, reminder);
    if ((await countWritten(store, schoolId, reminder, since)) >= REMINDERS_A_DAY)
      throw new Problem("reminder-enough");
    if (!(await addReminder(store, schoolId, reminder))) throw new Problem("reminder-id-conflict");
    // That there was one, not what it said: a reminder is forgotten with its term.
    await noteChange(store, grant, {
      action: "reminder.write",
      at: now,
      studentId,
      subjectId: id,
      after: { guardianMaySee: reminder.guardianMaySee },
    });
    return { id, status: "recorded" };
  });
}

/** What is to be kept of what was sent. Only in the running term: a reminder would not outlive any other. */
function contentOf(input: ReminderInput, frame: SchoolFrame, now: Date) {
  const phrase = input.phrase ?? null;
  const text = input.text?.trim().toWellFormed() || null;
  if (phrase === null && text === null) throw new Problem("reminder-empty");
  const occurredAt = new Date(input.occurredAt);
  if (occurredAt.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) throw new Problem("occurred-in-future");
  const term = termOn(localDayOf(occurredAt.getTime(), frame.timeZone), frame.terms);
  if (!term) throw new Problem("outside-term");
  if (term.id !== termOn(localDayOf(now.getTime(), frame.timeZone), frame.terms)?.id)
    throw new Problem("term-closed");
  return { phrase, text, termId: term.id, guardianMaySee: input.guardianMaySee, occurredAt };
}

async function classNow(store: Store, schoolId: string, studentId: string, today: string): Promise<string> {
  const current = (await enrollmentsOf(store, schoolId, [studentId])).find((e) => covers(e, today));
  if (!current) throw new Problem("student-not-taught");
  return current.class.id;
}

function repeated(kept: KeptReminder, sent: NewReminder): ReminderResult {
  const isSame =
    kept.studentId === sent.studentId &&
    kept.recorderId === sent.recorderId &&
    kept.phrase === sent.phrase &&
    kept.text === sent.text &&
    kept.guardianMaySee === sent.guardianMaySee &&
    kept.occurredAt.getTime() === sent.occurredAt.getTime();
  if (!isSame) throw new Problem("reminder-id-conflict");
  return { id: sent.id, status: "duplicate" };
}

/**
 * Withdraws a reminder: its author may, and the homeroom teacher.
 * @throws Problem reminder-not-found, reminder-not-yours
 */
export async function withdrawReminder(
  deps: Deps,
  grant: Grant,
  studentId: string,
  id: string,
): Promise<WithdrawResult> {
  const { schoolId, membershipId } = grant;
  return await deps.database.write(schoolId, async (store) => {
    const kept = await reminderById(store, schoolId, id);
    if (kept?.studentId !== studentId) throw new Problem("reminder-not-found");
    if (!mayWithdraw(kept, grant)) throw new Problem("reminder-not-yours");
    const at = deps.now();
    const isNew = await withdrawInStore(store, schoolId, id, { membershipId, at });
    if (isNew) await noteChange(store, grant, { action: "reminder.withdraw", at, studentId, subjectId: id });
    return { id, status: isNew ? "withdrawn" : "duplicate" };
  });
}

function mayWithdraw({ recorderId }: { readonly recorderId: string }, grant: Grant): boolean {
  const standings = new Set<Standing>(grant.standings);
  if (recorderId === grant.membershipId) standings.add("teacher:author");
  return isGranted("reminder.withdraw-any", standings) || isGranted("reminder.withdraw-own", standings);
}

/**
 * Deletes the reminders of every term that is over, in every school, a bounded number in each write.
 * @returns how many
 */
export async function deleteExpiredReminders(deps: Deps): Promise<number> {
  return await deleteOfEndedTerms(deps, 0, deleteReminders);
}
