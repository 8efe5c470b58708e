/**
 * Reminders in a demo school: a few in every class, of the last two weeks, some of them for the guardians too. The child
 * a demonstration shows has one its guardian may read.
 */
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import { REMINDER_PHRASE_NAMES } from "@doudou/shared/domain/reminders.ts";
import type { NewReminder } from "../repositories/reminders.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const MINUTE = 60_000;
const DAYS_BACK = 10;
const PER_CLASS = 4;
const FOR_GUARDIANS = 0.4;

/** What teachers add in their own words, beside a phrase. */
const TEXTS = ["下周一我们再一起看看。", "今天下午说好了的。", null, null] as const;
const FIRST_TEXT = "美术课要用彩笔，下次带来就好。";

/** The reminders of a class in the running term, oldest first; none before its second school day. */
export function remindersOfClass({ ofClass, term }: PlannedClassTerm, draw: Draw): NewReminder[] {
  const days = term.schoolDays.slice(-DAYS_BACK, -1);
  const [first, ...others] = ofClass.children.filter((child) => (child.joinedOn ?? "") <= (days[0] ?? ""));
  if (days.length === 0 || !first) return [];
  const about = [first, ...draw.shuffled(others).slice(0, PER_CLASS - 1)];
  return about
    .map(({ id: studentId }, index): NewReminder => {
      const at = startOfDay(draw.one(days), term.timeZone) + draw.whole(490, 940) * MINUTE;
      const isFirst = index === 0;
      return {
        id: draw.id(at),
        studentId,
        classId: term.classId,
        termId: term.termId,
        recorderId: isFirst ? term.homeroomId : draw.one(term.occasions).recorderId,
        phrase: isFirst ? "bring-things" : draw.one(REMINDER_PHRASE_NAMES),
        text: isFirst ? FIRST_TEXT : draw.one(TEXTS),
        guardianMaySee: isFirst || draw.happens(FOR_GUARDIANS),
        occurredAt: new Date(at),
        recordedAt: new Date(at + draw.whole(400, 3000)),
      };
    })
    .sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime());
}
