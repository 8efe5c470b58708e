/**
 * The permission table: role × relation × action. The only place that says who may do what; what is not here is denied.
 */
import type { Role } from "@doudou/shared/domain/words.ts";

/**
 * Where somebody stands towards what is asked for.
 * - `school`: holds the role in the school it belongs to
 * - `granted`: was let read what it does not teach, for a while and for a reason: see features/access-grants
 * - `homeroom`, `class`: is homeroom teacher of, or teaches, the class (or the student's class) now
 * - `pe`: teaches the class (or the student's class) physical education now
 * - `grade`: reviews the class: leads its grade now, at a school that approves summaries, and is not its homeroom teacher
 * - `publisher`: is the class's homeroom teacher in its own right, or stands in for it and is told to publish
 * - `awarder`: gave the award; `author`: wrote the reminder
 * - `self`: is the student; `child`: is a verified guardian of the student
 */
export type Standing =
  | `${Extract<Role, "school-admin">}:school`
  | `${Extract<Role, "teacher">}:${"school" | "homeroom" | "publisher" | "class" | "grade" | "pe" | "granted" | "awarder" | "author"}`
  | `${Extract<Role, "student">}:${"school" | "self"}`
  | `${Extract<Role, "guardian">}:${"school" | "child"}`;

const TEACHERS_OF_CLASS = ["teacher:homeroom", "teacher:class"] as const;
const STAFF_OF_CHILD = ["school-admin:school", ...TEACHERS_OF_CLASS] as const;
/** Who adds to a child's shelf: the child itself, its guardians, and who teaches it. */
const MAKERS_FOR_CHILD = ["student:self", "guardian:child", ...TEACHERS_OF_CLASS] as const;
/** Who has to do with a class's fitness test. */
const TESTERS_OF_CLASS = ["school-admin:school", "teacher:pe"] as const;
const STAFF = ["school-admin:school", "teacher:school"] as const;
/** Who reads without ever changing anything is among them. */
const READERS_OF_CHILD = [...STAFF_OF_CHILD, "teacher:granted"] as const;
const EVERYBODY_OF_CHILD = [...READERS_OF_CHILD, "student:self", "guardian:child"] as const;

export const PERMISSIONS = {
  "class.list": ["school-admin:school", "teacher:school"],
  "class.read": READERS_OF_CHILD,
  "class.read-points": READERS_OF_CHILD,
  "absence.mark": TEACHERS_OF_CLASS,
  "award.record": ["teacher:school"],
  "award.record-for-student": TEACHERS_OF_CLASS,
  "award.void": ["school-admin:school", "teacher:school"],
  "award.void-any": ["school-admin:school", "teacher:homeroom"],
  "award.void-own": ["teacher:awarder"],
  "award.void-recent": TEACHERS_OF_CLASS,
  "card.list": ["teacher:homeroom"],
  "card.issue": ["teacher:homeroom"],
  "card.reset-pin": ["teacher:homeroom"],
  "board.list": TEACHERS_OF_CLASS,
  "board.open": TEACHERS_OF_CLASS,
  "board.end": TEACHERS_OF_CLASS,
  "goal.read": STAFF_OF_CHILD,
  "goal.set": ["teacher:homeroom"],
  "evidence.add": ["teacher:school"],
  "evidence.add-for-student": TEACHERS_OF_CLASS,
  "evidence.read": EVERYBODY_OF_CHILD,
  "evidence.read-voided": STAFF_OF_CHILD,
  "favourite.change": ["teacher:school"],
  "seating.read": TEACHERS_OF_CLASS,
  "seating.change": TEACHERS_OF_CLASS,
  "groups.read": TEACHERS_OF_CLASS,
  "groups.change": TEACHERS_OF_CLASS,
  "groups.read-apart": TEACHERS_OF_CLASS,
  "groups.change-apart": TEACHERS_OF_CLASS,
  "tile-set.change": TEACHERS_OF_CLASS,
  // The caller's own attention: there is no way to ask for anybody else's.
  "attention.read": TEACHERS_OF_CLASS,
  // Names in bands and reasons to look, never a figure: for who leads the class, and who answers for the school.
  "class.read-growth": ["school-admin:school", "teacher:homeroom"],
  "watch-plan.make": ["teacher:homeroom"],
  "watch-plan.end": ["teacher:homeroom"],
  // The book of a year: for the family, and for who leads the class to hand out. It holds what the family sees, and no more.
  "book.list": EVERYBODY_OF_CHILD,
  "book.take": ["student:self", "guardian:child", "teacher:homeroom"],
  "reminder.read": [...TEACHERS_OF_CLASS, "guardian:child"],
  "reminder.read-all": TEACHERS_OF_CLASS,
  "reminder.write": TEACHERS_OF_CLASS,
  "reminder.withdraw": TEACHERS_OF_CLASS,
  "reminder.withdraw-any": ["teacher:homeroom"],
  "reminder.withdraw-own": ["teacher:author"],
  // The child itself tells, and its guardian what it saw at home; only the homeroom teacher reads what waits, and answers.
  "proposal.tell": ["student:self", "guardian:child"],
  "proposal.tell-as-child": ["student:self"],
  "proposal.tell-as-guardian": ["guardian:child"],
  "proposal.list": ["teacher:homeroom"],
  "proposal.answer": ["teacher:homeroom"],
  // What children say of themselves and of each other: the homeroom teacher asks, reads and passes on.
  "voice-round.list": ["teacher:homeroom"],
  "voice-round.open": ["teacher:homeroom"],
  "voice.settle": ["teacher:homeroom"],
  "voice.answer": ["student:self"],
  "voice.read": EVERYBODY_OF_CHILD,
  "voice.read-authors": READERS_OF_CHILD,
  // A guardian reads what it said of home itself, never what another guardian did.
  "voice.observe": ["guardian:child"],
  "voice.read-home-all": READERS_OF_CHILD,
  "voice.note": TEACHERS_OF_CLASS,
  "voice.read-notes": TEACHERS_OF_CLASS,
  "voice.read-shared-notes": ["guardian:child"],
  // Words that hurt: said by the child or its guardian, read by whom it was told to. Words of whoever leads the class are
  // the office's to answer.
  "word-report.make": ["student:self", "guardian:child"],
  "word-report.read-own": ["student:self", "guardian:child"],
  // What a guardian reported is hidden from the child as well; what the child told is not the guardian's to read.
  "word-report.read-guardians": ["student:self"],
  "word-report.list": ["teacher:homeroom"],
  "word-report.answer": ["teacher:homeroom"],
  "word-report.count-office": ["school-admin:school"],
  "word-report.list-office": ["school-admin:school"],
  "word-report.answer-office": ["school-admin:school"],
  // Levels in words: the office words them and opens rounds; who teaches a class chooses, and sees its own choices alone.
  // How far raters agree is for who leads the class and who answers for the school.
  "rubric.read": ["school-admin:school"],
  "rubric.change": ["school-admin:school"],
  "rating-round.list": ["school-admin:school"],
  "rating-round.open": ["school-admin:school"],
  "rating.read-own": TEACHERS_OF_CLASS,
  "rating.rate": TEACHERS_OF_CLASS,
  "rating.compare": ["school-admin:school", "teacher:homeroom"],
  "rating.read-alpha": ["school-admin:school"],
  // Results of the fitness test: who teaches the class physical education enters and reads them, the office too, and the
  // family reads its own child's. Whoever writes the summary learns there whether there is one, and its word.
  "fitness.oversee": ["school-admin:school"],
  "fitness.open": ["school-admin:school"],
  "fitness.read-class": TESTERS_OF_CLASS,
  "fitness.enter": TESTERS_OF_CLASS,
  "fitness.read": [...TESTERS_OF_CLASS, "student:self", "guardian:child"],
  // Height, weight and what is made of them: not for the child's own page.
  "fitness.read-body": [...TESTERS_OF_CLASS, "guardian:child"],
  // Whole rosters with phones and national numbers: the office alone.
  "roster.import": ["school-admin:school"],
  "roster.read-import": ["school-admin:school"],
  // Who is at the school and where: all of it is the office's, and nobody else places anybody.
  "people.read": ["school-admin:school"],
  "people.read-staff": ["school-admin:school"],
  "people.read-guardian": ["school-admin:school"],
  "people.export": ["school-admin:school"],
  "people.add": ["school-admin:school"],
  "people.move": ["school-admin:school"],
  "people.assign": ["school-admin:school"],
  "people.lead": ["school-admin:school"],
  // The turn of the school year places everybody at once.
  "roll-over.read": ["school-admin:school"],
  "roll-over.draft": ["school-admin:school"],
  "roll-over.apply": ["school-admin:school"],
  // Opening an account, and opening one again whose password is lost.
  "staff.list": ["school-admin:school"],
  "staff.invite": ["school-admin:school"],
  "staff.reset": ["school-admin:school"],
  "staff.join": STAFF,
  // By which providers the staff may sign in, and who is known there as whom.
  "provider.read": ["school-admin:school"],
  "provider.decide": ["school-admin:school"],
  "provider.link": ["school-admin:school"],
  // Noted of who comes by what the administrator has decided.
  "provider.join": [],
  // One's own account. Children have a card, not a password: their sessions end by themselves.
  "account.secure": [...STAFF, "guardian:school"],
  "account.second-factor": STAFF,
  // Who lets guardians in by a letter, and who alone may keep one out, which may follow from a court's word.
  "guardian.list": ["school-admin:school", "teacher:homeroom"],
  "guardian.invite": ["school-admin:school", "teacher:homeroom"],
  "guardian.end-letter": ["school-admin:school", "teacher:homeroom"],
  "guardian.remove": ["school-admin:school"],
  "guardian.readmit": ["school-admin:school"],
  // Noted of who joins; the code of a letter is what lets them.
  "guardian.join": [],
  "portfolio.read": EVERYBODY_OF_CHILD,
  "timeline.read": EVERYBODY_OF_CHILD,
  "timeline.read-voided": STAFF_OF_CHILD,
  // Works and honours: added by who stands by the child, answered by its homeroom teacher alone.
  "shelf.read": EVERYBODY_OF_CHILD,
  "shelf.list": ["teacher:homeroom"],
  "portfolio-file.read": EVERYBODY_OF_CHILD,
  "portfolio-file.add": MAKERS_FOR_CHILD,
  "work.add": MAKERS_FOR_CHILD,
  "work.delete": MAKERS_FOR_CHILD,
  "work.answer": ["teacher:homeroom"],
  "work.hide": ["teacher:homeroom"],
  "work.read-hidden": ["school-admin:school", "teacher:homeroom"],
  "honour.add": ["teacher:homeroom", "guardian:child"],
  "honour.enter": ["teacher:homeroom"],
  "honour.answer": ["teacher:homeroom"],
  "honour.read-unsettled": ["school-admin:school", "teacher:homeroom", "guardian:child"],
  "honour.delete": ["teacher:homeroom", "guardian:child"],
  "honour.delete-any": ["teacher:homeroom"],
  // Activities: recorded by who teaches the class, for the children who took part. What a family tells of, the homeroom
  // teacher sees first. The sentence about it is the child's own.
  "activity.read": EVERYBODY_OF_CHILD,
  "activity.read-unsettled": ["school-admin:school", "teacher:homeroom", "student:self", "guardian:child"],
  "activity.list": STAFF_OF_CHILD,
  "activity.record": STAFF_OF_CHILD,
  // Each class is looked at on its own: see "activity.record".
  "activity.record-for-classes": STAFF,
  "activity.remove": STAFF_OF_CHILD,
  "activity.change-any": ["teacher:homeroom"],
  "activity.export": ["teacher:homeroom"],
  "activity.tell": ["student:self", "guardian:child"],
  "activity.withdraw": ["student:self", "guardian:child"],
  "activity.answer": ["teacher:homeroom"],
  "activity.reflect": ["student:self"],
  // What is shown first is the child's to choose, alone or together with a guardian.
  "highlight.choose": ["student:self", "guardian:child"],
  "summary.read": EVERYBODY_OF_CHILD,
  "summary.read-draft": ["school-admin:school", "teacher:homeroom"],
  "summary.list": ["school-admin:school", "teacher:homeroom", "teacher:grade"],
  // Printed, and what became of them with the families: not for who only approves them.
  "summary.list-published": ["school-admin:school", "teacher:homeroom"],
  "summary.write": ["teacher:homeroom"],
  "summary.read-evidence": ["school-admin:school", "teacher:homeroom"],
  "summary.list-evidence": ["school-admin:school", "teacher:homeroom"],
  // A sentence is its author's: who teaches the class reads and changes its own, and nobody else's.
  "summary.list-remarks": ["teacher:class"],
  "summary.remark": ["teacher:class"],
  // A guardian reads its own answer, never another guardian's; who publishes reads all of them.
  "summary.read-answers": ["school-admin:school", "teacher:homeroom", "guardian:child"],
  "summary.read-answers-all": ["school-admin:school", "teacher:homeroom"],
  "summary.answer": ["guardian:child"],
  "summary.sign": ["guardian:child"],
  "summary.message": ["teacher:homeroom", "guardian:child"],
  // A family is reminded by who writes to it, never by itself.
  "summary.nudge": ["teacher:homeroom"],
  // What is published is frozen and bears a name: who stands in for some days writes on, and publishes only where the
  // office has said so with the substitution. Without a word, the summaries wait for the homeroom teacher.
  "summary.publish": ["teacher:publisher"],
  // Where the school approves first: the leader of the grade or the office, and nobody the own class's words.
  "summary.hand-in": ["teacher:homeroom"],
  "summary.review": ["school-admin:school", "teacher:grade"],
  "summary.list-led": ["teacher:school"],
  "summary.oversee": ["school-admin:school"],
  "summary.prepare": ["school-admin:school"],
  "summary.schedule": ["teacher:publisher"],
  // One hour for a whole grade or school is the office's to set; a class's own remains its teacher's.
  "summary.schedule-all": ["school-admin:school"],
  // What is awarded is the school's to decide, not a teacher's.
  "scheme.read": ["school-admin:school"],
  "scheme.write": ["school-admin:school"],
  "scheme.publish": ["school-admin:school"],
  // A class's own points: few, added by who answers for the class; the office may always retire them.
  "class-point.list": STAFF_OF_CHILD,
  "class-point.add": ["teacher:homeroom"],
  "class-point.retire": ["school-admin:school", "teacher:homeroom"],
  "class-point.list-all": ["school-admin:school"],
  // The school says what badges there are; who sets one, tries and gives it is child and teacher.
  "badge.list": ["school-admin:school"],
  "badge.draft": ["school-admin:school"],
  "badge.publish": ["school-admin:school"],
  "badge.retire": ["school-admin:school"],
  "badge.preview": ["school-admin:school"],
  "badge.preview-class": ["teacher:homeroom"],
  "badge.list-class": TEACHERS_OF_CLASS,
  "badge.award": TEACHERS_OF_CLASS,
  "badge.award-any": ["teacher:homeroom"],
  "badge.take-back": TEACHERS_OF_CLASS,
  "badge.read": EVERYBODY_OF_CHILD,
  "badge.strive": [...TEACHERS_OF_CLASS, "student:self"],
  "badge.celebrate": ["student:self"],
  // Signed credentials: the family takes them along and takes them back; so may the school what it signed in error. Only a
  // guardian puts the child's name on one. That a key was made is noted of whoever first needed one.
  "credential.read": ["school-admin:school", "student:self", "guardian:child"],
  "credential.make": ["student:self", "guardian:child"],
  "credential.name": ["guardian:child"],
  "credential.withdraw": ["school-admin:school", "guardian:child"],
  "school-key.read": ["school-admin:school"],
  "school-key.make": [],
  "school-key.renew": ["school-admin:school"],
  // A child's own small goals: child and teacher set them, the family reads along.
  "personal-goal.read": [...TEACHERS_OF_CLASS, "student:self", "guardian:child"],
  "personal-goal.set": [...TEACHERS_OF_CLASS, "student:self"],
  "personal-goal.tick": [...TEACHERS_OF_CLASS, "student:self"],
  "personal-goal.end": [...TEACHERS_OF_CLASS, "student:self"],
  "personal-goal.celebrate": ["student:self"],
  // What a child is helped with, in words for its teachers: not for the office, the child, or its family. Who was let read
  // the child reads it with the rest of it; the points on the class page are for who teaches there.
  "individual-plan.read": [...TEACHERS_OF_CLASS, "teacher:granted"],
  "individual-plan.read-points": TEACHERS_OF_CLASS,
  "individual-plan.save": ["teacher:homeroom"],
  "individual-plan.note": TEACHERS_OF_CLASS,
  "individual-plan.end": ["teacher:homeroom"],
  // The reward shop. A child asks and withdraws itself; only its homeroom teacher answers, and chooses who keeps the shop;
  // a shopkeeper is a pupil of the class, and sees what was approved. The office sees no child's wish.
  "reward-shop.switch": ["school-admin:school"],
  "reward.list": ["school-admin:school"],
  "reward.change": ["school-admin:school"],
  "reward.read-class": ["teacher:homeroom"],
  "reward.change-class": ["teacher:homeroom"],
  "reward.answer": ["teacher:homeroom"],
  "reward.hand-over": ["teacher:homeroom"],
  "reward.choose-shopkeepers": ["teacher:homeroom"],
  "reward.ask": ["student:self"],
  "reward.keep-shop": ["student:self"],
  "reward.read-wishes": ["guardian:child"],
  "reward.object": ["guardian:child"],
  // What one is told of, and where mail says so: one's own and nobody else's. Children are told by their teacher.
  "inbox.read": [...STAFF, "guardian:school"],
  "inbox.choose-mail": [...STAFF, "guardian:school"],
  // Noted of who opens the link in a mail, which is what lets them.
  "inbox.stop-mail": [],
  "settings.change": ["school-admin:school"],
  "calendar.change": ["school-admin:school"],
  "lesson-times.change": ["school-admin:school"],
  "logo.change": ["school-admin:school"],
  "audit.read": ["school-admin:school"],
  // Counts of the school as a whole; names only class by class, and written down.
  "dashboard.read": ["school-admin:school"],
  "dashboard.read-pattern": ["school-admin:school"],
  "class.read-unnoticed": STAFF_OF_CHILD,
  // Reading whom one does not teach: asked for, answered by somebody else, ended by either. In an emergency at once.
  "access.count": STAFF,
  "access.list-own": ["teacher:school"],
  "access.ask": ["teacher:school"],
  "access.break-glass": ["teacher:school"],
  "access.end-own": ["teacher:school"],
  "access.list": ["school-admin:school"],
  "access.answer": ["school-admin:school"],
  "access.end": ["school-admin:school"],
  "access.review": ["school-admin:school"],
  "readers.read": ["guardian:child"],
  "consent.read": ["school-admin:school", "teacher:homeroom", "guardian:child"],
  // Only a guardian speaks for a child; whoever holds the paper writes down what was said on it.
  "consent.answer": ["guardian:child"],
  "consent.record": ["school-admin:school", "teacher:homeroom"],
  "consent.list": ["school-admin:school", "teacher:homeroom"],
  "child.export": ["school-admin:school", "guardian:child"],
  "child.export-all": ["school-admin:school"],
  // What a child takes along and brings: given by a guardian or the office, brought by the office, let in by a guardian
  // alone. Once let in, it is for whoever may see the child; before, for nobody.
  "transfer.make": ["school-admin:school", "guardian:child"],
  "transfer.list": ["school-admin:school", "guardian:child"],
  "transfer.bring": ["school-admin:school"],
  "transfer.answer": ["guardian:child"],
  "transfer.remove": ["school-admin:school", "guardian:child"],
  "transfer.read": EVERYBODY_OF_CHILD,
  "privacy-request.read": ["guardian:child"],
  "privacy-request.ask": ["guardian:child"],
  "privacy-request.withdraw": ["guardian:child"],
  "privacy-request.list": ["school-admin:school"],
  "privacy-request.answer": ["school-admin:school"],
  "privacy-report.make": ["school-admin:school"],
  "privacy-officer.name": ["school-admin:school"],
  // What has gone wrong with children's data, and what was done: who answers for the school, and nobody else.
  "incident.read": ["school-admin:school"],
  "incident.start": ["school-admin:school"],
  "incident.enter": ["school-admin:school"],
  "erasure.carry-out": ["school-admin:school"],
  "sensitive.list": ["school-admin:school"],
  "sensitive.reveal": ["school-admin:school"],
  "sensitive.reveal-number": ["school-admin:school"],
  "sensitive.reveal-phone": ["school-admin:school"],
} as const satisfies Record<string, readonly Standing[]>;

export type Action = keyof typeof PERMISSIONS;

/**
 * Actions that show a child's record. When staff do one of them, the guard writes it into the audit log before anything
 * is shown.
 */
export const RECORD_READS: ReadonlySet<Action> = new Set<Action>([
  "class.read",
  "attention.read",
  "class.read-growth",
  "card.list",
  "groups.read-apart",
  "reminder.read",
  "proposal.list",
  "voice-round.list",
  "voice.read",
  "word-report.list",
  "word-report.list-office",
  "rating.read-own",
  "rating.compare",
  "fitness.read-class",
  "fitness.read",
  "reward.read-class",
  "portfolio.read",
  "timeline.read",
  "shelf.read",
  "shelf.list",
  "activity.read",
  "activity.list",
  "activity.export",
  "evidence.read",
  "book.list",
  "book.take",
  "summary.read",
  "summary.list",
  "summary.list-published",
  "summary.read-evidence",
  "summary.list-evidence",
  "summary.list-remarks",
  "summary.read-answers",
  "audit.read",
  "dashboard.read-pattern",
  "class.read-unnoticed",
  "roster.read-import",
  "people.read",
  "people.export",
  "roll-over.read",
  "guardian.list",
  "consent.read",
  "consent.list",
  "privacy-request.list",
  "incident.read",
  "access.list",
  "sensitive.list",
  "badge.preview-class",
  "badge.list-class",
  "badge.read",
  "credential.read",
  "personal-goal.read",
  "transfer.make",
  "transfer.list",
  "transfer.read",
  "individual-plan.read-points",
]);

/**
 * Reads of a child's record that their feature writes down itself: a film is asked for piece by piece, and only the
 * feature can tell an opening from what goes on; and where a child has no plan, none was read, and the log must not say so
 * to its family.
 */
const NOTED_BY_THEIR_FEATURE: ReadonlySet<Action> = new Set<Action>([
  "portfolio-file.read",
  "individual-plan.read",
]);

/** Whether a child that does this on its own record looks at it, which its school may limit: see viewings.ts. */
export function isViewing(action: Action): boolean {
  return RECORD_READS.has(action) || NOTED_BY_THEIR_FEATURE.has(action);
}

/**
 * What may be done in a confined session: one on a shared tablet, which a child may have in its hands, until the
 * teacher has given PIN or password again. Awarding and taking back one's own; nothing that shows more of a child than
 * the class page does, and nothing that changes how the teacher finds it.
 */
const WHILE_CONFINED: ReadonlySet<Action> = new Set<Action>([
  "class.list",
  "class.read",
  "class.read-points",
  "award.record",
  "award.record-for-student",
  "award.void",
  // Of the last minutes alone: features/awards looks at that.
  "award.void-own",
  "award.void-recent",
  "evidence.add",
  "evidence.add-for-student",
  "seating.read",
  "groups.read",
]);

/** What a locked device may still do: bring in what waits in its outbox. It reads nothing. */
const WHILE_LOCKED: ReadonlySet<Action> = new Set<Action>([
  "award.record",
  "award.record-for-student",
  "award.void",
  "award.void-any",
  "award.void-own",
  "evidence.add",
  "evidence.add-for-student",
]);

/** Whether an action is within reach of somebody who has to set up a second device first. */
export function isWithinReachBeforeSecondFactor(action: Action): boolean {
  return action === "account.secure" || action === "account.second-factor" || WHILE_LOCKED.has(action);
}

/** Whether an action is within reach of a session, confined or not. What it grants is another question. */
export function isWithinReach(action: Action, isConfined: boolean): boolean {
  return !isConfined || WHILE_CONFINED.has(action);
}

/** Whether an action is within reach of a session whose device is locked. */
export function isWithinReachLocked(action: Action): boolean {
  return WHILE_LOCKED.has(action);
}

/** Whether any of these standings grants an action. */
export function isGranted(action: Action, standings: Iterable<Standing>): boolean {
  const granting: readonly Standing[] = PERMISSIONS[action];
  for (const standing of standings) if (granting.includes(standing)) return true;
  return false;
}
