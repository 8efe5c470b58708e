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
import { weekStartOf } from "@doudou/shared/domain/days.ts";
import { DIMENSIONS, type Dimension } from "@doudou/shared/domain/words.ts";
import { changeFavourite, readAwardablePoints, readRoster } from "#lib/api/client.ts";
import { keepAnswer, keptAnswer, pointsOf, rosterOf } from "#lib/offline/answers.ts";
import { rightNow } from "#lib/offline/device-clock.ts";
import { outbox } from "#lib/offline/outbox.svelte.ts";
import { session } from "#lib/session.svelte.ts";
import { awarding, type TallyChange } from "./awarding.svelte.ts";
import { habits } from "./habits.svelte.ts";

const MOST_LANDINGS = 12;

/** A child's cell. */
export class Child {
  readonly id: string;
  readonly student: RosterStudent;
  isSelected = $state(false);
  isUnnoticed = $state(false);
  isUnnoticedThisWeek = $state(false);
  /** Counts the beans that have just landed, so that each can be shown landing. */
  landings = $state(0);
  lastLanded = $state<Dimension>("moral");
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
  get today(): Readonly<Record<Dimension, number>> {
    return this.#today;
  }
  get total(): number {
    return DIMENSIONS.reduce((sum, dimension) => sum + this.#today[dimension], 0);
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
  }

  /** @param isSeenLanding false where so many land at once that showing each would hold the tap up */
  change(dimension: Dimension, beans: number, isSeenLanding: boolean): void {
    this.#today[dimension] = Math.max(0, this.#today[dimension] + beans);
    if (beans <= 0) return;
    this.isUnnoticed = false;
    this.isUnnoticedThisWeek = false;
    if (!isSeenLanding) return;
    this.lastLanded = dimension;
    this.landings += 1;
  }
}

export class Classroom {
  roster = $state.raw() as Roster;
  children = $state.raw<readonly Child[]>([]);
  dimensions = $state.raw<AwardablePoints["dimensions"]>([]);
  points = $state.raw<readonly AwardablePoint[]>([]);
  readonly ordered: readonly Child[] = $derived.by(() =>
    habits.order === "name" ? byName(this.children) : this.children,
  );
  readonly selected: readonly Child[] = $derived.by(() => this.children.filter((child) => child.isSelected));
  #byId: ReadonlyMap<string, Child> = new Map();

  constructor(roster: Roster, awardable: AwardablePoints) {
    this.#take(roster, awardable);
    for (const change of awarding.unsentOf(roster.class.id, this.today)) this.apply(change);
  }

  /** The school's local day, also where the roster was kept from an earlier one. */
  get today(): string {
    return dayIn(this.roster.timeZone, rightNow());
  }

  selectOnly(chosen: readonly Child[]): void {
    const wanted = new Set(chosen);
    for (const child of this.children) child.isSelected = wanted.has(child);
  }

  selectAll(): void {
    this.selectOnly(this.children);
  }

  selectNone(): void {
    this.selectOnly([]);
  }

  /** A change that awarding tells; those of other classes are not ours. */
  apply(change: TallyChange): void {
    if (change.classId !== this.roster.class.id) return;
    this.#byId.get(change.studentId)?.change(change.dimension, change.beans, change.among <= MOST_LANDINGS);
  }

  /**
   * Takes over what the server knows now, such as what colleagues have given. Left alone while something of ours
   * is on its way: the answer could already hold it, or not.
   * @throws ProblemError, OfflineError
   */
  async refresh(): Promise<void> {
    if (outbox.waiting > 0) return outbox.noteStale();
    let hasChanged = false;
    const stop = awarding.onTally(() => (hasChanged = true));
    const fresh = await readClass(this.roster.class.id).finally(stop);
    if (hasChanged || outbox.waiting > 0) return outbox.noteStale();
    this.#take(fresh.roster, fresh.awardable);
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
    const isOfToday = roster.today === this.today;
    const isOfThisWeek = weekStartOf(roster.today) === weekStartOf(this.today);
    for (const student of roster.students) this.#byId.get(student.id)?.take(student, isOfToday, isOfThisWeek);
    this.dimensions = awardable.dimensions;
    // No tile moves away from under a thumb because of how often it has been used meanwhile.
    if (!isSameButForUses(this.points, awardable.points)) this.points = awardable.points;
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
export async function openClassroom(classId: string): Promise<{ classroom: Classroom; isKept: boolean }> {
  const accountId = session.account?.id ?? "";
  const now = Date.now();
  const [roster, awardable] = await Promise.all([
    keptAnswer<Roster>(accountId, rosterOf(classId), now),
    keptAnswer<AwardablePoints>(accountId, pointsOf(classId), now),
  ]);
  await outbox.belongTo(accountId);
  if (roster && awardable) return { classroom: new Classroom(roster, awardable), isKept: true };
  const fresh = await readClass(classId);
  await fresh.keep();
  if (outbox.waiting > 0) outbox.noteStale();
  return { classroom: new Classroom(fresh.roster, fresh.awardable), isKept: false };
}

async function readClass(classId: string) {
  const accountId = session.account?.id ?? "";
  const askedAt = Date.now();
  const [roster, awardable] = await Promise.all([readRoster(classId), readAwardablePoints(classId)]);
  return {
    roster,
    awardable,
    async keep() {
      await keepAnswer(accountId, rosterOf(classId), roster, askedAt);
      await keepAnswer(accountId, pointsOf(classId), awardable, askedAt);
    },
  };
}

function isSameButForUses(one: readonly AwardablePoint[], other: readonly AwardablePoint[]): boolean {
  const withoutUses = (points: readonly AwardablePoint[]) =>
    JSON.stringify(points.map((point) => ({ ...point, recentUses: 0 })));
  return withoutUses(one) === withoutUses(other);
}

function dayIn(timeZone: string, now: number): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(now);
}

const collator = new Intl.Collator("zh-CN-u-co-pinyin");

function byName(children: readonly Child[]): Child[] {
  return [...children].sort(
    (one, other) =>
      collator.compare(one.student.pinyin, other.student.pinyin) || collator.compare(one.name, other.name),
  );
}
