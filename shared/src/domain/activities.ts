/**
 * Activities a child took part in: what sorts there are, how long words may be, and which of a term are told first. An
 * activity earns no bean and costs none, and what was paid for it is never written down. Never another child's.
 */

/**
 * What sort of activity: of class or school 班队活动, a club 社团, a study trip 研学, labour and social practice
 * 劳动与社会实践, a museum or another place 场馆, with the family 家庭活动.
 */
export const ACTIVITY_SORTS = ["school", "club", "trip", "labour", "place", "family"] as const;
export type ActivitySort = (typeof ACTIVITY_SORTS)[number];

/** What a child or its guardian may tell of; the rest is the school's to record. */
export const TOLD_SORTS = ["family", "place", "labour"] as const satisfies readonly ActivitySort[];

/** One that was told waits as proposed until the homeroom teacher has seen it; what a teacher records is recorded at once. */
export const ACTIVITY_STATES = ["proposed", "recorded", "declined"] as const;
export type ActivityState = (typeof ACTIVITY_STATES)[number];

export const ACTIVITY_TITLE_LENGTH = 40;
export const PLACE_LENGTH = 40;
export const ABOUT_LENGTH = 200;
/** What a child did in it, such as 担任讲解员. */
export const PART_LENGTH = 20;
export const ACTIVITY_REFLECTION_LENGTH = 200;
export const MOST_STUDENTS = 200;
/** Of those that an activity is recorded for at once: more than a whole school has. */
export const MOST_CLASSES = 100;
/** A hundred hours. */
export const MOST_MINUTES = 6_000;
/** Of what is told of one child in one term. */
export const MOST_TOLD_OF_TERM = 30;
/** What a term summary names; of all others it says how many there were. */
export const MOST_IN_SUMMARY = 6;
/** A removed one can be brought back for so long, in days; then it is gone. */
export const REMOVED_KEPT_DAYS = 30;

/** Whether the days are in order and none is still to come. */
export function areDaysOf(
  { startsOn, endsOn }: { readonly startsOn: string; readonly endsOn: string },
  today: string,
): boolean {
  return startsOn <= endsOn && endsOn <= today;
}

/** What is known of an activity when some are chosen to be told. */
interface Telling {
  readonly id: string;
  readonly startsOn: string;
  readonly part: string;
  readonly reflection: string | null;
}

/**
 * The activities to tell where there is not room for all: those with the child's own words, then those with a part of its
 * own, then the latest; told in the order they happened.
 */
export function tellingActivities<T extends Telling>(activities: readonly T[], most: number): T[] {
  const worth = ({ part, reflection }: T) => (reflection === null ? 0 : 2) + (part === "" ? 0 : 1);
  return activities
    .toSorted((a, b) => worth(b) - worth(a) || inTime(b, a))
    .slice(0, most)
    .sort(inTime);
}

function inTime(a: Telling, b: Telling): number {
  const [one, other] = [`${a.startsOn} ${a.id}`, `${b.startsOn} ${b.id}`];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Minutes as hours with at most one place behind the point: 90 → 1.5. */
export function hoursOf(minutes: number): number {
  return Math.round(minutes / 6) / 10;
}
