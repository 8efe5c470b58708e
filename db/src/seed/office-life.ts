/**
 * What an office has at hand on an ordinary day: lesson times, an invitation nobody has taken up yet, a letter that waits
 * for a family, a colleague who stands in, and a point that one class has of its own. Links and letters open nothing: of
 * what would open them there is only a hash.
 */
import { addDays, startOfDay } from "@doudou/shared/domain/calendar.ts";
import { CLASS_POINT_RULES, classPointCode } from "@doudou/shared/domain/class-points.ts";
import { LETTER_DAYS } from "@doudou/shared/domain/guardians.ts";
import { usualDay } from "@doudou/shared/domain/lesson-times.ts";
import type { SchoolScheme, SchemePoint } from "@doudou/shared/domain/school-scheme.ts";
import type { Store } from "../engines/database.ts";
import { addClassPoint } from "../repositories/class-points.ts";
import { assignmentsIn } from "../repositories/directory.ts";
import { addLetters } from "../repositories/guardians.ts";
import { addTeachingAssignments } from "../repositories/office.ts";
import { saveLessonTimes } from "../repositories/school-settings.ts";
import type { SchoolFrame } from "../repositories/schools.ts";
import { addStaffLink } from "../repositories/staff-accounts.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const INVITATION_DAYS = 7;
const LEAVE_DAYS = 4;

/** What the demo school has added to the scheme it started from. */
const OWN_POINT: SchemePoint = {
  code: "XL1",
  name: { zh: "照看班级种植角", en: "Looks after the class's plants" },
  kind: "participation",
  beans: 1,
  minBeans: 1,
  maxBeans: 2,
  weeklyCap: 3,
  who: ["staff"],
  gradeFrom: 1,
  gradeTo: 6,
  subjects: [],
  evidence: "optional",
  origin: "school",
  icon: null,
};

/** The scheme with one point of the school's own, last under the first indicator of labour. */
export function withOwnPoint(scheme: SchoolScheme): SchoolScheme {
  const at = scheme.indicators.findIndex(({ dimension }) => dimension === "labour");
  return {
    ...scheme,
    indicators: scheme.indicators.map((indicator, place) =>
      place === at ? { ...indicator, points: [...indicator.points, OWN_POINT] } : indicator,
    ),
  };
}

export interface Office {
  readonly frame: SchoolFrame;
  readonly today: string;
  readonly now: Date;
  readonly adminId: string;
  readonly teacherIds: readonly string[];
  readonly draw: Draw;
}

/** @param classes of the current term, in the school's order */
export async function enterOfficeLife(
  store: Store,
  schoolId: string,
  classes: readonly PlannedClassTerm[],
  office: Office,
): Promise<void> {
  const { today, now, adminId, draw } = office;
  await saveLessonTimes(store, schoolId, [usualDay()]);
  const invitedAt = new Date(now.getTime() - DAY);
  await addStaffLink(store, schoolId, {
    id: draw.id(invitedAt.getTime()),
    kind: "invitation",
    tokenHash: unknownHash(draw),
    displayName: "苏婉清",
    role: "teacher",
    login: null,
    membershipId: null,
    createdBy: adminId,
    createdAt: invitedAt,
    expiresAt: new Date(invitedAt.getTime() + INVITATION_DAYS * DAY),
  });
  const [first] = classes;
  const last = classes.at(-1);
  if (!first || !last || today < first.term.termStartsOn || today > first.term.termEndsOn) return;
  await addLetter(store, schoolId, first, office);
  await addStandIn(store, schoolId, last, office);
  await addOwnPoint(store, schoolId, first, office);
}

/** Of the second child: the first is the one a demonstration shows. */
async function addLetter(
  store: Store,
  schoolId: string,
  { ofClass, term }: PlannedClassTerm,
  { now, draw }: Office,
) {
  const child = ofClass.children[1];
  if (!child) return;
  const createdAt = new Date(now.getTime() - 2 * DAY);
  await addLetters(store, schoolId, [
    {
      id: draw.id(createdAt.getTime()),
      studentId: child.id,
      codeHash: unknownHash(draw),
      readmits: null,
      createdAt,
      createdBy: term.homeroomId,
      expiresAt: new Date(createdAt.getTime() + LETTER_DAYS * DAY),
    },
  ]);
}

/** A subject teacher is away for a few days around today. */
async function addStandIn(
  store: Store,
  schoolId: string,
  { ofClass }: PlannedClassTerm,
  { today, teacherIds, frame, draw }: Office,
) {
  const there = await assignmentsIn(store, schoolId, { classId: ofClass.id, day: today });
  const away = there.find(({ isHomeroom }) => !isHomeroom);
  const free = teacherIds.findLast((id) => !there.some(({ membershipId }) => membershipId === id));
  if (!away || free === undefined) return;
  const span = { startsOn: addDays(today, -1), endsOn: addDays(today, LEAVE_DAYS) };
  const id = draw.id(startOfDay(span.startsOn, frame.timeZone));
  const { classId, subjectId, isHomeroom } = away;
  const post = { id, membershipId: free, classId, subjectId, isHomeroom, standsInForId: away.id, ...span };
  await addTeachingAssignments(store, schoolId, [post]);
}

async function addOwnPoint(
  store: Store,
  schoolId: string,
  { ofClass, term }: PlannedClassTerm,
  { frame, draw }: Office,
) {
  const schemeId = frame.terms.find(({ id }) => id === term.termId)?.schemeId;
  const under = [...frame.points.values()].find(
    (point) => point.schemeId === schemeId && point.dimension === "moral",
  );
  if (!under) return;
  const addedAt = new Date(startOfDay(term.termStartsOn, frame.timeZone) + 16 * HOUR);
  const id = draw.id(addedAt.getTime());
  const { minBeans, maxBeans } = CLASS_POINT_RULES;
  await addClassPoint(store, schoolId, {
    id,
    classId: ofClass.id,
    schemeId: under.schemeId,
    indicatorId: under.indicatorId,
    dimension: under.dimension,
    kind: "behaviour",
    beans: 1,
    minBeans,
    maxBeans,
    weeklyCap: 3,
    code: classPointCode(id),
    name: { zh: "主动给同桌说声谢谢", en: "Thanks the desk neighbour unasked" },
    grade: ofClass.grade,
    addedBy: term.homeroomId,
    addedAt,
  });
}

/** Of a secret that nobody has ever had. */
function unknownHash(draw: Draw): string {
  return Array.from({ length: 64 }, () => draw.whole(0, 15).toString(16)).join("");
}
