/**
 * One class as the class page holds it: its children with what they have today, who is selected, in which order.
 * State is kept per child, so that a tap redraws one cell. Never orders children by beans.
 */
import type {
  AwardablePoint,
  AwardablePoints,
  Roster,
  RosterStudent,
} from "@doudou/shared/contract/classes.ts";
import type { Seating } from "@doudou/shared/domain/seating.ts";
import { weekStartOf } from "@doudou/shared/domain/days.ts";
import { DIMENSIONS, type Dimension } from "@doudou/shared/domain/words.ts";
import { changeFavourite } from "#lib/api/client.ts";
import { absences } from "#lib/offline/absences.svelte.ts";
import { keptAnswer, pointsOf, rosterOf } from "#lib/offline/answers.ts";
import { rightNow } from "#lib/offline/device-clock.ts";
import { outbox } from "#lib/offline/outbox.svelte.ts";
import type { ClassNews } from "#lib/live/news.ts";
import { session } from "#lib/session.svelte.ts";
import { afterPaint } from "#lib/ui/after-paint.ts";
import { awarding, type TallyChange } from "./awarding.svelte.ts";
import { readClass } from "./class-answers.ts";
import { habits } from "./habits.svelte.ts";
import { type Difference, TallyBook } from "./tally-book.ts";
import { type Places, placesIn } from "./seat-places.ts";

const MOST_LANDINGS = 12;

interface Landing {
  readonly dimension: Dimension;
}

/** A child's cell. */
export class Child {
  readonly id: string;
  readonly student: RosterStudent;
  isSelected = $state(false);
  isUnnoticed = $state(false);
  isUnnoticedThisWeek = $state(false);
  isAbsent = $state(false);
  /** The bean on its way to it, a new one each time. */
  landing = $state.raw<Landing>();
  readonly #today = $state<Record<Dimension, number>>({
    moral: 0,
    academic: 0,
    physical: 0,
    arts: 0,
    labour: 0,
  });

  constructor(student: RosterStudent) {
    this.id = student.id;
    this.student = student;
  }

  get name(): string {
    return this.student.name;
  }
  /** Beans of a dimension today. Below nothing only for the moment in which a void is known and its award not yet. */
  beansOf(dimension: Dimension): number {
    return Math.max(0, this.#today[dimension]);
  }
  /** The dimensions it has beans of today. */
  get given(): readonly Dimension[] {
    return DIMENSIONS.filter((dimension) => this.beansOf(dimension) > 0);
  }
  get total(): number {
    return DIMENSIONS.reduce((sum, dimension) => sum + this.beansOf(dimension), 0);
  }

  /**
   * What the server says.
   * @param isOfToday false where that was on an earlier day
   * @param isOfThisWeek false where it was in an earlier week: nobody is known to be noticed in this one
   */
  take(student: RosterStudent, isOfToday: boolean, isOfThisWeek: boolean): void {
    for (const dimension of DIMENSIONS) this.#today[dimension] = isOfToday ? student.today[dimension] : 0;
    this.isUnnoticed = student.isUnnoticed;
    this.isUnnoticedThisWeek = student.isUnnoticedThisWeek || !isOfThisWeek;
    this.isAbsent = student.isAbsent && isOfToday;
  }

  /** Another day has begun. @param isOfSameWeek as the day before it: who was noticed in it still is */
  beginDay(isOfSameWeek: boolean): void {
    for (const dimension of DIMENSIONS) this.#today[dimension] = 0;
    this.isUnnoticedThisWeek ||= !isOfSameWeek;
    this.isAbsent = false;
  }

  /** @param isSeenLanding false where so many land at once that showing each would hold the tap up */
  change(dimension: Dimension, beans: number, isSeenLanding: boolean): void {
    this.#today[dimension] += beans;
    if (beans <= 0) return;
    this.isUnnoticed = false;
    this.isUnnoticedThisWeek = false;
    if (!isSeenLanding) return;
    afterPaint(() => (this.landing = { dimension }));
  }

  hasLanded(landing: Landing): void {
    if (this.landing === landing) this.landing = undefined;
  }
}

export class Classroom {
  roster = $state.raw() as Roster;
  children = $state.raw<readonly Child[]>([]);
  dimensions = $state.raw<AwardablePoints["dimensions"]>([]);
  points = $state.raw<readonly AwardablePoint[]>([]);
  /** Of individual plans: each for that child alone. */
  ownPoints = $state.raw<AwardablePoints["ownPoints"]>([]);
  /** While the roll is called a tap says who is missing. */
  isRollCall = $state(false);
  /** The plan by which the children are shown as they sit; undefined until it is known, or where there is none. */
  seating = $state.raw<Seating>();
  /** Where each cell stands while children are shown as they sit. */
  readonly places: Places | undefined = $derived.by(() => {
    const ids = this.children.map(({ id }) => id);
    if (habits.order !== "seats" || !this.seating) return undefined;
    return placesIn(this.seating, ids, habits.seatsFrom === "teacher");
  });
  readonly ordered: readonly Child[] = $derived.by(() => {
    if (this.places) return this.places.ids.flatMap((id) => this.#byId.get(id) ?? []);
    return habits.order === "name" ? byName(this.children) : this.children;
  });
  readonly absent: readonly Child[] = $derived.by(() => this.children.filter((child) => child.isAbsent));
  /** The teacher's own sets of tiles. */
  sets = $state.raw<AwardablePoints["sets"]>([]);
  subjects = $state.raw<AwardablePoints["subjects"]>([]);
  readonly selected: readonly Child[] = $derived.by(() => this.children.filter((child) => child.isSelected));
  /** What is shown is what the server knew at its position, and what has come since. */
  isFresh = $state(false);
  #byId: ReadonlyMap<string, Child> = new Map();
  readonly #book = new TallyBook();
  /** The day that the tallies on show are of. */
  #day = "";

  /** @param isKept as this device has kept it: what its position says of it is not exact any more */
  constructor(roster: Roster, awardable: AwardablePoints, isKept: boolean) {
    this.#take(roster, awardable);
    this.isFresh = !isKept;
    for (const change of awarding.unsentOf(roster.class.id, this.today)) this.apply(change);
  }

  /** The school's local day, also where the roster was kept from an earlier one. */
  get today(): string {
    const { today, todayStartsAt, todayEndsAt, timeZone } = this.roster;
    const now = rightNow();
    // A roster that was kept before these were told has none: no comparison holds.
    return Date.parse(todayStartsAt) <= now && now < Date.parse(todayEndsAt) ? today : dayIn(timeZone, now);
  }

  /** False for who only looks on. What was kept before this was told is a teacher's. */
  get canAward(): boolean {
    return this.roster.canAward ?? true;
  }
  /** False between terms, too. */
  get isOpen(): boolean {
    return this.canAward && this.roster.term !== null;
  }
  /** Who waits to be noticed is for teachers' eyes: where children hold the tablet, nobody is pointed out. */
  get tellsUnnoticed(): boolean {
    return this.roster.term !== null && !session.isConfined;
  }

  selectOnly(chosen: readonly Child[]): void {
    const wanted = new Set(chosen);
    for (const child of this.children) child.isSelected = wanted.has(child);
  }

  /** Everybody who is here today. */
  selectAll(): void {
    this.selectOnly(this.children.filter((child) => !child.isAbsent));
  }

  selectNone(): void {
    this.selectOnly([]);
  }

  /** Marks children absent today, or here after all: kept on the device at once, told to the server when it can be. */
  markAbsent(children: readonly Child[], isAbsent: boolean): void {
    this.turnToToday();
    for (const child of children) {
      child.isAbsent = isAbsent;
      if (isAbsent) child.isSelected = false;
    }
    void absences.mark(
      { classId: this.roster.class.id, day: this.#day, isAbsent },
      children.map(({ id }) => id),
    );
  }

  /**
   * Lets go of a day that is over: of a new one nobody has beans yet, and nobody is known to be missing, until the
   * server has said what it knows of it.
   */
  turnToToday(): void {
    const { today } = this;
    if (today === this.#day) return;
    const isOfSameWeek = weekStartOf(today) === weekStartOf(this.#day);
    this.#day = today;
    this.#book.startAgain();
    for (const child of this.children) child.beginDay(isOfSameWeek);
    this.isFresh = false;
  }

  /** A change that awarding tells; those of other classes and days are not ours. */
  apply(change: TallyChange): void {
    if (change.classId !== this.roster.class.id) return;
    this.turnToToday();
    if (change.day !== this.#day) return;
    const { awardId, isTakenBack, dimension, beans, among } = change;
    const difference = isTakenBack ? this.#book.takeBack(awardId, beans) : this.#book.give(awardId, beans);
    this.#byId.get(change.studentId)?.change(dimension, difference, among <= MOST_LANDINGS);
  }

  /**
   * What the class's line tells of others, and of ourselves once more.
   * @returns whether only the server can say who still waits to be noticed
   */
  hear(told: readonly ClassNews[]): boolean {
    this.turnToToday();
    let hasLost = false;
    for (const each of told) {
      if (each.news.day !== this.#day) continue;
      const difference = this.#book.hear(each);
      if (difference === undefined || difference.beans === 0) continue;
      this.#show(difference, told.length <= MOST_LANDINGS);
      hasLost ||= difference.beans < 0;
    }
    return hasLost;
  }

  #show({ studentId, dimension, beans }: Difference, isSeenLanding: boolean): void {
    this.#byId.get(studentId)?.change(dimension, beans, isSeenLanding);
  }

  /**
   * Takes over what the server knows now, such as what colleagues have given. Left alone while something of ours
   * is on its way: the answer could already hold it, or not.
   * @throws ProblemError, OfflineError
   */
  async refresh(): Promise<void> {
    this.turnToToday();
    if (outbox.waiting > 0) return outbox.noteStale();
    let hasChanged = false;
    const noteChange = () => (hasChanged = true);
    const stops = [awarding.onTally(noteChange), absences.onChange(noteChange)];
    const fresh = await readClass(this.roster.class.id).finally(() => stops.forEach((stop) => stop()));
    if (hasChanged || outbox.waiting > 0) return outbox.noteStale();
    this.#take(fresh.roster, fresh.awardable);
    this.isFresh = true;
    await fresh.keep();
  }

  #take(roster: Roster, awardable: AwardablePoints): void {
    const known = this.#byId;
    const isSame =
      known.size === roster.students.length &&
      roster.students.every(({ id, name }) => known.get(id)?.name === name);
    if (!isSame) {
      this.children = roster.students.map((student) => {
        const child = known.get(student.id);
        return child?.name === student.name ? child : new Child(student);
      });
      this.#byId = new Map(this.children.map((child) => [child.id, child]));
    }
    this.roster = roster;
    this.#day = this.today;
    const isOfToday = roster.today === this.#day;
    const isOfThisWeek = weekStartOf(roster.today) === weekStartOf(this.#day);
    for (const student of roster.students) this.#byId.get(student.id)?.take(student, isOfToday, isOfThisWeek);
    for (const difference of this.#book.take(roster.position)) this.#show(difference, false);
    for (const { studentId, isAbsent } of absences.waitingIn(roster.class.id, this.#day)) {
      const child = this.#byId.get(studentId);
      if (child) child.isAbsent = isAbsent;
    }
    this.dimensions = awardable.dimensions;
    // An answer that was kept before there were plans or sets has none.
    this.ownPoints = awardable.ownPoints ?? [];
    this.sets = awardable.sets ?? [];
    this.subjects = awardable.subjects ?? [];
    // No tile moves away from under a thumb because of how often it has been used meanwhile.
    if (!isSameButForUses(this.points, awardable.points)) this.points = awardable.points;
  }

  /** A point of whatever kind that may be given here. */
  pointOf(id: string | undefined): AwardablePoint | undefined {
    const own = this.ownPoints.flatMap(({ points }) => points);
    return [...this.points, ...own].find((point) => point.id === id);
  }

  /** Marks or unmarks a favourite at once; back again where the server does not take it. @throws ProblemError, OfflineError */
  async favour(point: AwardablePoint, isFavourite: boolean): Promise<void> {
    this.#setFavourite(point.id, isFavourite);
    try {
      await changeFavourite(point.id, isFavourite);
    } catch (failure) {
      this.#setFavourite(point.id, !isFavourite);
      throw failure;
    }
  }

  #setFavourite(pointId: string, isFavourite: boolean): void {
    this.points = this.points.map((point) => (point.id === pointId ? { ...point, isFavourite } : point));
  }
}

/**
 * Opens a class: as this device has kept it, at once, to be refreshed afterwards; else as the server knows it.
 * @throws ProblemError, OfflineError where nothing is kept
 */
export async function openClassroom(classId: string): Promise<Classroom> {
  const accountId = session.account?.id ?? "";
  const now = Date.now();
  const [roster, awardable] = await Promise.all([
    keptAnswer<Roster>(accountId, rosterOf(classId), now),
    keptAnswer<AwardablePoints>(accountId, pointsOf(classId), now),
    outbox.belongTo(accountId),
    absences.belongTo(accountId),
  ]);
  if (roster && awardable) return new Classroom(roster, awardable, true);
  const fresh = await readClass(classId);
  // The page does not wait for it; what a tap changes in it is written after it.
  void fresh.keep();
  if (outbox.waiting > 0) outbox.noteStale();
  return new Classroom(fresh.roster, fresh.awardable, false);
}

function isSameButForUses(one: readonly AwardablePoint[], other: readonly AwardablePoint[]): boolean {
  const withoutUses = (points: readonly AwardablePoint[]) =>
    JSON.stringify(points.map((point) => ({ ...point, recentUses: 0 })));
  return withoutUses(one) === withoutUses(other);
}

/** Made once, and not before it is needed: a browser takes longer to make one than to draw ten children. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();
let pinyinOrder: Intl.Collator | undefined;

function dayIn(timeZone: string, now: number): string {
  let format = dayFormats.get(timeZone);
  if (!format) dayFormats.set(timeZone, (format = new Intl.DateTimeFormat("sv-SE", { timeZone })));
  return format.format(now);
}

function byName(children: readonly Child[]): Child[] {
  const { compare } = (pinyinOrder ??= new Intl.Collator("zh-CN-u-co-pinyin"));
  return [...children].sort(
    (one, other) => compare(one.student.pinyin, other.student.pinyin) || compare(one.name, other.name),
  );
}
