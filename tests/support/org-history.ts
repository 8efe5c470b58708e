/**
 * A school's history as its office would tell it, event by event, and who may see whom by it: kept as a calendar in which
 * every child and every assignment is written out day by day. Shares no query and no rule with the product, which it is
 * held against: what the product refuses does not happen here either, and whatever it takes is told here in plain words.
 */
import { addDays } from "@doudou/shared/domain/days.ts";

/** The days that are looked at: around two turns of the year. */
const TURNS = ["2027-09-01", "2028-09-01"] as const;
export const DAYS: readonly string[] = TURNS.flatMap((first) =>
  Array.from({ length: 13 }, (_, offset) => addDays(first, offset - 7)),
);
const FOREVER = "9999-12-31";

interface Post {
  readonly id: string;
  readonly teacher: string;
  readonly classId: string;
  readonly isHomeroom: boolean;
  readonly from: string;
  last: string;
  readonly standsInFor: string | null;
}

/** Somebody at the head of a grade of a school year, as its classes say it: `2027/4`. */
interface Lead {
  readonly id: string;
  readonly teacher: string;
  readonly gradeOfYear: string;
  readonly from: string;
  last: string;
}

/** A turn of the year as it was decided: where the children of each class go, and which posts do not go along. */
export interface ToldTurn {
  readonly firstDay: string;
  /** Classes of the year that begins. */
  readonly nextIds: ReadonlySet<string>;
  /** The class that takes over another's teachers, and its children unless they are chosen for; null for none. */
  readonly follows: ReadonlyMap<string, string | null>;
  readonly graduating: ReadonlySet<string>;
  readonly chosen: ReadonlyMap<string, string>;
  readonly notCarried: ReadonlySet<string>;
}

export class OrgHistory {
  readonly #ways = new Map<string, (string | null)[]>();
  readonly #posts: Post[] = [];
  readonly #leads: Lead[] = [];
  readonly #guardians = new Map<string, Set<string>>();
  #before: { turn: ToldTurn; ways: Map<string, (string | null)[]>; posts: Post[] } | undefined;
  #after: Map<string, (string | null)[]> | undefined;
  #carried: Post[] = [];

  get children(): readonly string[] {
    return [...this.#ways.keys()];
  }

  get posts(): readonly Readonly<Post>[] {
    return this.#posts;
  }

  enrol(child: string, classId: string, from: string): void {
    this.#ways.set(
      child,
      DAYS.map((day) => (day < from ? null : classId)),
    );
  }

  move(child: string, classId: string | null, from: string): void {
    const way = this.#ways.get(child) ?? [];
    for (const [index, day] of DAYS.entries()) if (day >= from) way[index] = classId;
  }

  assign(post: Omit<Post, "last"> & { readonly last: string | null }): void {
    this.#posts.push({ ...post, last: post.last ?? FOREVER });
  }

  /** Whoever stands in stops with the one it stands in for. */
  end(id: string, last: string): void {
    for (const post of this.#posts)
      if ((post.id === id || post.standsInFor === id) && last < post.last) post.last = last;
  }

  get leads(): readonly Readonly<Lead>[] {
    return this.#leads;
  }

  lead(lead: Lead): void {
    this.#leads.push(lead);
  }

  endLead(id: string, last: string): void {
    for (const lead of this.#leads) if (lead.id === id && last < lead.last) lead.last = last;
  }

  join(guardian: string, child: string): void {
    this.#guardians.set(guardian, (this.#guardians.get(guardian) ?? new Set()).add(child));
  }

  /** @returns whether it has no child any more, and so has left the school */
  keepOut(guardian: string, child: string): boolean {
    const children = this.#guardians.get(guardian);
    children?.delete(child);
    return children === undefined || children.size === 0;
  }

  /** @param newIds of the posts that go along, by the posts they come from */
  turn(turn: ToldTurn): void {
    this.#before = {
      turn,
      ways: new Map([...this.#ways].map(([child, way]) => [child, [...way]])),
      posts: this.#posts.map((post) => ({ ...post })),
    };
    for (const [child, way] of this.#ways) {
      const last = way.findLast((classId) => classId !== null) ?? "";
      const next = turn.nextIds.has(last)
        ? last
        : turn.graduating.has(last)
          ? null
          : (turn.chosen.get(child) ?? turn.follows.get(last) ?? null);
      for (const [index, day] of DAYS.entries()) {
        const classId = way[index] ?? null;
        if (day >= turn.firstDay && classId !== null && !turn.nextIds.has(classId)) way[index] = next;
      }
    }
    this.#carried = [];
    const eve = addDays(turn.firstDay, -1);
    for (const post of this.#posts) {
      if (turn.nextIds.has(post.classId) || post.last < turn.firstDay) continue;
      const classId = turn.graduating.has(post.classId) ? null : (turn.follows.get(post.classId) ?? null);
      if (classId !== null && post.standsInFor === null && !turn.notCarried.has(post.id)) {
        const from = post.from > turn.firstDay ? post.from : turn.firstDay;
        this.#carried.push({ ...post, id: `${post.id} carried`, classId, from });
      }
      post.last = eve;
    }
    this.#posts.push(...this.#carried);
    this.#after = new Map([...this.#ways].map(([child, way]) => [child, [...way]]));
  }

  /** The latest turn is taken back: into the class of the eve, for as long as it was told since. */
  turnBack(): void {
    if (!this.#before || !this.#after) return;
    const { turn, ways, posts } = this.#before;
    const eve = addDays(turn.firstDay, -1);
    for (const [child, way] of this.#ways) {
      const was = ways.get(child);
      const isUntouched = String(way) === String(this.#after.get(child));
      if (was && isUntouched) this.#ways.set(child, [...was]);
      for (const [index, classId] of way.entries())
        if (!isUntouched && classId !== null && turn.nextIds.has(classId))
          way[index] = was?.[DAYS.indexOf(eve)] ?? null;
    }
    const gone = new Set(this.#carried);
    this.#posts.splice(0, this.#posts.length, ...this.#posts.filter((post) => !gone.has(post)));
    for (const post of this.#posts) {
      const was = posts.find(({ id }) => id === post.id);
      if (was && post.last === eve) post.last = was.last;
    }
    this.#before = undefined;
  }

  classOf(child: string, day: string): string | null {
    return this.#ways.get(child)?.[DAYS.indexOf(day)] ?? null;
  }

  teaches(teacher: string, classId: string | null, day: string, { asHomeroom = false } = {}): boolean {
    return this.#posts.some(
      (post) =>
        post.teacher === teacher &&
        post.classId === classId &&
        post.from <= day &&
        day <= post.last &&
        (post.isHomeroom || !asHomeroom),
    );
  }

  /** Whoever leads a grade approves what its classes hand in, but for the class it writes for itself. */
  approves(teacher: string, classId: string, gradeOfYear: string, day: string): boolean {
    return (
      !this.teaches(teacher, classId, day, { asHomeroom: true }) &&
      this.#leads.some(
        (lead) =>
          lead.teacher === teacher &&
          lead.gradeOfYear === gradeOfYear &&
          lead.from <= day &&
          day <= lead.last,
      )
    );
  }

  isGuardian(guardian: string, child: string): boolean {
    return this.#guardians.get(guardian)?.has(child) ?? false;
  }
}
