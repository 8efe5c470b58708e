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
import { DIMENSIONS, type Dimension } from "@doudou/shared/domain/words.ts";
import { changeFavourite, readAwardablePoints, readRoster } from "#lib/api/client.ts";
import { awarding, type TallyChange } from "./awarding.svelte.ts";
import { habits } from "./habits.svelte.ts";

const MOST_LANDINGS = 12;

/** A child's cell. */
export class Child {
  readonly id: string;
  readonly student: RosterStudent;
  isSelected = $state(false);
  isUnnoticed = $state(false);
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
    this.take(student);
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

  /** What the server says. */
  take(student: RosterStudent): void {
    for (const dimension of DIMENSIONS) this.#today[dimension] = student.today[dimension];
    this.isUnnoticed = student.isUnnoticed;
  }

  /** @param isSeenLanding false where so many land at once that showing each would hold the tap up */
  change(dimension: Dimension, beans: number, isSeenLanding: boolean): void {
    this.#today[dimension] = Math.max(0, this.#today[dimension] + beans);
    if (beans <= 0) return;
    this.isUnnoticed = false;
    if (!isSeenLanding) return;
    this.lastLanded = dimension;
    this.landings += 1;
  }
}

export class Classroom {
  readonly roster: Roster;
  readonly children: readonly Child[];
  readonly dimensions: AwardablePoints["dimensions"];
  points = $state.raw<readonly AwardablePoint[]>([]);
  readonly ordered: readonly Child[] = $derived.by(() =>
    habits.order === "name" ? byName(this.children) : this.children,
  );
  readonly selected: readonly Child[] = $derived.by(() => this.children.filter((child) => child.isSelected));
  readonly #byId: ReadonlyMap<string, Child>;

  constructor(roster: Roster, awardable: AwardablePoints) {
    this.roster = roster;
    this.children = roster.students.map((student) => new Child(student));
    this.#byId = new Map(this.children.map((child) => [child.id, child]));
    this.dimensions = awardable.dimensions;
    this.points = awardable.points;
    this.#addUnsent();
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
    if (awarding.unsent > 0) return;
    let hasChanged = false;
    const stop = awarding.onTally(() => (hasChanged = true));
    const roster = await readRoster(this.roster.class.id).finally(stop);
    if (hasChanged || awarding.unsent > 0) return;
    for (const student of roster.students) this.#byId.get(student.id)?.take(student);
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

  #addUnsent(): void {
    for (const { award, classId, dimension, beans } of awarding.unsentOf(this.roster.class.id)) {
      this.apply({ classId, studentId: award.studentId, dimension, beans, among: Infinity });
    }
  }
}

/** Reads a class and what may be awarded there. @throws ProblemError, OfflineError */
export async function openClassroom(classId: string): Promise<Classroom> {
  const [roster, awardable] = await Promise.all([readRoster(classId), readAwardablePoints(classId)]);
  return new Classroom(roster, awardable);
}

const collator = new Intl.Collator("zh-CN-u-co-pinyin");

function byName(children: readonly Child[]): Child[] {
  return [...children].sort(
    (one, other) =>
      collator.compare(one.student.pinyin, other.student.pinyin) || collator.compare(one.name, other.name),
  );
}
