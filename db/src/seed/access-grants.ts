/**
 * What teachers of a demo school asked to read of classes they do not teach: one request waits, one leave is open, and one
 * record was opened in an emergency that nobody has looked at yet. Never of the first class, which a demonstration shows.
 */
import { schoolDaysBack, startOfDay } from "@doudou/shared/domain/calendar.ts";
import { emergencyEndsAt, endsAfterDays } from "@doudou/shared/domain/access-grants.ts";
import type { Store } from "../engines/database.ts";
import { addAccess, answerAccess } from "../repositories/access-grants.ts";
import type { SchoolFrame } from "../repositories/schools.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const HOUR = 3_600_000;

export async function enterAccessGrants(
  store: Store,
  schoolId: string,
  current: readonly PlannedClassTerm[],
  by: {
    readonly frame: SchoolFrame;
    readonly today: string;
    /** Who answers. */
    readonly adminId: string;
    readonly teacherIds: readonly string[];
    readonly draw: Draw;
  },
): Promise<void> {
  const { frame, today, adminId, teacherIds, draw } = by;
  const day = schoolDaysBack(today, 1, frame.exceptions);
  const at = (hour: number) => new Date(startOfDay(day, frame.timeZone) + hour * HOUR);
  /** The n-th class that a teacher does not teach, and one of its children. */
  const elsewhere = (teacher: number, n: number) => {
    const others = current
      .slice(1)
      .filter(({ ofClass }) => ofClass.posts.every((post) => post.teacher !== teacher));
    const ofClass = others[n]?.ofClass;
    const child = ofClass?.children.at(n + 3);
    return ofClass && child && { classId: ofClass.id, child };
  };
  const [waiting, open, alarm] = [elsewhere(0, 0), elsewhere(0, 1), elsewhere(2, 2)];
  const [first, , third] = teacherIds;
  if (!waiting || !open || !alarm || first === undefined || third === undefined) return;
  const asked = (hour: number, membershipId: string, { classId, child }: typeof waiting) => ({
    id: draw.id(at(hour).getTime()),
    membershipId,
    classId,
    childTyped: child.name,
    studentId: child.id,
    askedAt: at(hour),
  });
  const unanswered = { kind: "asked", state: "waiting", startsAt: null, endsAt: null } as const;
  await addAccess(store, schoolId, {
    ...asked(16, first, waiting),
    ...unanswered,
    purpose: "talk",
    reason: "孩子参加我带的合唱队，近来总说累，想了解平时的情况再谈心。",
    days: 3,
  });
  const handover = {
    ...asked(9, first, open),
    ...unanswered,
    purpose: "handover",
    reason: "下周起代课，先看看孩子的成长档案。",
    days: 7,
  } as const;
  await addAccess(store, schoolId, handover);
  await answerAccess(store, schoolId, handover.id, {
    state: "approved",
    answer: "同意，代课开始前看完即可。",
    answeredBy: adminId,
    answeredAt: at(10),
    startsAt: at(10),
    endsAt: endsAfterDays(at(10), handover.days),
  });
  await addAccess(store, schoolId, {
    ...asked(17, third, alarm),
    kind: "emergency",
    purpose: "safety",
    reason: "放学后在校门口没有人接，联系不上家长，需要知道谁认识这孩子。",
    days: 0,
    state: "approved",
    startsAt: at(17),
    endsAt: emergencyEndsAt(at(17)),
  });
}
