/**
 * Patterns of recording that are worth a question: many records of one child by one teacher in an hour, records outside
 * school hours, all of a teacher's records in one dimension. Each has an innocent reason more often than not, so that a
 * pattern says what was seen and never what it means, and no two teachers are compared.
 */
import { instantOn, isSchoolDay, type DayExceptions } from "./calendar.ts";
import { type DayPlan, minutesOf, openHoursOn } from "./lesson-times.ts";
import { type Dimension, DIMENSIONS } from "./words.ts";

export const PATTERN_KINDS = ["burst", "outside-hours", "one-dimension"] as const;
export type PatternKind = (typeof PATTERN_KINDS)[number];

/** From where on something is worth a question. */
export const PATTERN_RULES = {
  /** Looked at: so many school days, today's among them. */
  schoolDays: 10,
  /** Records of one child by one teacher in one class, from the first to the last of so many in this time of one day. */
  burst: { atLeast: 8, withinMinutes: 60 },
  /** Records of one teacher in one class on one day, before the school opens, after it closes or on a day without school. */
  outsideHours: { atLeast: 5 },
  /** Of one teacher's records in one class, where it is not what the teacher teaches there. */
  oneDimension: { atLeast: 40, share: 0.9 },
} as const;

/** What a subject's teacher is expected to see: all in this dimension is no question. */
const DIMENSION_OF_SUBJECT: Readonly<Record<string, Dimension>> = {
  chinese: "academic",
  maths: "academic",
  english: "academic",
  science: "academic",
  it: "academic",
  pe: "physical",
  music: "arts",
  art: "arts",
  labour: "labour",
  ethics: "moral",
};

/** A standing award, as far as patterns look at it. */
export interface SeenAward {
  readonly id: string;
  readonly classId: string;
  readonly recorderId: string;
  readonly studentId: string;
  readonly dimension: Dimension;
  /** School-local. */
  readonly day: string;
  readonly occurredAt: Date;
}

export interface Pattern {
  readonly kind: PatternKind;
  readonly classId: string;
  readonly recorderId: string;
  readonly from: string;
  readonly to: string;
  /** The records that make it, in the order they happened. */
  readonly awardIds: readonly string[];
  /** Different children among them. */
  readonly children: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** Of a pattern of one dimension. */
  readonly dimension: Dimension | null;
}

export interface SchoolHours {
  readonly timeZone: string;
  readonly exceptions: DayExceptions;
  readonly lessonTimes: readonly DayPlan[];
}

/**
 * The patterns among these awards, latest first and never by how much. What order the awards come in changes nothing.
 * @param subjectsOf codes of the subjects a teacher teaches in a class now
 */
export function patternsIn(
  awards: readonly SeenAward[],
  hours: SchoolHours,
  subjectsOf: (recorderId: string, classId: string) => readonly string[],
): Pattern[] {
  const inOrder = awards.toSorted(
    (one, other) =>
      one.occurredAt.getTime() - other.occurredAt.getTime() ||
      (one.id < other.id ? -1 : one.id > other.id ? 1 : 0),
  );
  const isOutside = outsideOf(hours);
  const found: Pattern[] = [];
  for (const ofTeacher of Map.groupBy(inOrder, byTeacherAndClass).values()) {
    for (const ofDay of Map.groupBy(ofTeacher, ({ day }) => day).values())
      found.push(...burstIn(ofDay), ...outsideHoursIn(ofDay.filter(isOutside)));
    found.push(...oneDimensionIn(ofTeacher, subjectsOf));
  }
  return found.sort((one, other) => Number(one.to < other.to) - Number(one.to > other.to));
}

function byTeacherAndClass({ recorderId, classId }: SeenAward): string {
  return `${classId} ${recorderId}`;
}

/** One pattern for a teacher's day in a class, also where several children were recorded so often. */
function burstIn(ofDay: readonly SeenAward[]): Pattern[] {
  const { atLeast, withinMinutes } = PATTERN_RULES.burst;
  const inBurst = new Set<SeenAward>();
  for (const ofChild of Map.groupBy(ofDay, ({ studentId }) => studentId).values()) {
    ofChild.slice(atLeast - 1).forEach((last, first) => {
      const together = ofChild.slice(first, first + atLeast);
      const took = last.occurredAt.getTime() - (together[0] ?? last).occurredAt.getTime();
      if (took <= withinMinutes * 60_000) for (const award of together) inBurst.add(award);
    });
  }
  return patternOf(
    "burst",
    ofDay.filter((award) => inBurst.has(award)),
  );
}

function outsideHoursIn(outside: readonly SeenAward[]): Pattern[] {
  return outside.length >= PATTERN_RULES.outsideHours.atLeast ? patternOf("outside-hours", outside) : [];
}

function oneDimensionIn(
  ofTeacher: readonly SeenAward[],
  subjectsOf: (recorderId: string, classId: string) => readonly string[],
): Pattern[] {
  const [first] = ofTeacher;
  const { atLeast, share } = PATTERN_RULES.oneDimension;
  if (!first || ofTeacher.length < atLeast) return [];
  const expected = subjectsOf(first.recorderId, first.classId).map((code) => DIMENSION_OF_SUBJECT[code]);
  return DIMENSIONS.filter((dimension) => !expected.includes(dimension)).flatMap((dimension) => {
    const inIt = ofTeacher.filter((award) => award.dimension === dimension);
    return inIt.length >= ofTeacher.length * share ? patternOf("one-dimension", inIt, dimension) : [];
  });
}

function patternOf(
  kind: PatternKind,
  awards: readonly SeenAward[],
  dimension: Dimension | null = null,
): Pattern[] {
  const [first] = awards;
  const last = awards.at(-1);
  if (!first || !last) return [];
  const days = awards.map(({ day }) => day).sort();
  return [
    {
      kind,
      classId: first.classId,
      recorderId: first.recorderId,
      from: days[0] ?? first.day,
      to: days.at(-1) ?? last.day,
      awardIds: awards.map(({ id }) => id),
      children: new Set(awards.map(({ studentId }) => studentId)).size,
      firstAt: first.occurredAt,
      lastAt: last.occurredAt,
      dimension,
    },
  ];
}

function outsideOf({ timeZone, exceptions, lessonTimes }: SchoolHours): (award: SeenAward) => boolean {
  const open = new Map<string, { readonly from: number; readonly to: number } | undefined>();
  return ({ day, occurredAt }) => {
    if (!open.has(day)) {
      const hours = isSchoolDay(day, exceptions) ? openHoursOn(day, lessonTimes) : undefined;
      const at = (time: string) => instantOn(day, timeOfDay(time), timeZone);
      open.set(day, hours && { from: at(hours.from), to: at(hours.to) });
    }
    const span = open.get(day);
    const at = occurredAt.getTime();
    return span === undefined || at < span.from || at >= span.to;
  };
}

function timeOfDay(text: string): { hour: number; minute: number } {
  const minutes = minutesOf(text);
  return { hour: Math.floor(minutes / 60), minute: minutes % 60 };
}
