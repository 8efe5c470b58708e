/**
 * Making groups of a class: how large they get, and who comes into which by chance, with pairs that are better kept
 * apart. Pure: chance comes in. Knows nothing of what children did, and must never sort them by it.
 */

/** Signs by which groups are told apart without a colour or a rank. */
export const GROUP_SYMBOLS = [
  "sun",
  "moon",
  "star",
  "cloud",
  "leaf",
  "flower",
  "tree",
  "mountain",
  "wave",
  "bird",
  "fish",
  "snail",
] as const;
export type GroupSymbol = (typeof GROUP_SYMBOLS)[number];

/** Two children who work better in different groups. */
export type ApartPair = readonly [string, string];

/** So many groups, or groups of about so many children. */
export type GroupWish = { readonly count: number } | { readonly size: number };

export interface Shuffled {
  /** Every child in exactly one; in the order of the sizes asked for. */
  readonly groups: readonly (readonly string[])[];
  /** Pairs that sit in one group nevertheless. */
  readonly together: readonly ApartPair[];
}

/** Steps of the search for groups that keep every pair apart; a class needs a few hundred at most. */
const MOST_STEPS = 50_000;

/**
 * How many children each group has: sizes differ by one at most, the larger ones first.
 * Groups of `size`: as many as come nearest to it, rather one child more than one fewer. No group is empty.
 */
export function groupSizes(children: number, wish: GroupWish): number[] {
  if (children <= 0) return [];
  const wanted = "count" in wish ? wish.count : Math.ceil(children / Math.max(1, wish.size) - 0.5);
  const count = Math.min(children, Math.max(1, Math.floor(wanted)));
  const [least, larger] = [Math.floor(children / count), children % count];
  return Array.from({ length: count }, (_, index) => least + (index < larger ? 1 : 0));
}

/**
 * Puts children into groups of the given sizes by chance.
 *
 * What it keeps: every child is in exactly one group, every group has its size. Where the sizes allow all pairs to be
 * kept apart, they are: the search is complete up to 50,000 steps, far beyond what pairs in a class need. Where they do
 * not allow it, or the search was given up, as few pairs as it finds by exchanging children stay together, and it names them.
 * @param sizes add up to the number of children
 * @param apart pairs with a child that is not among them are passed over
 * @param random in [0, 1)
 * @throws RangeError where the sizes do not add up
 */
export function shuffleIntoGroups(
  childIds: readonly string[],
  sizes: readonly number[],
  apart: readonly ApartPair[],
  random: () => number,
): Shuffled {
  if (sizes.reduce((sum, size) => sum + size, 0) !== childIds.length)
    throw new RangeError("the groups do not have a place for each child");
  const shuffled = inAnyOrder(childIds, random);
  const avoided = avoidedBy(shuffled, apart);
  // The hardest to place first; children without a pair fit wherever there is room.
  const tied = shuffled
    .filter((id) => (avoided.get(id)?.size ?? 0) > 0)
    .sort((one, other) => (avoided.get(other)?.size ?? 0) - (avoided.get(one)?.size ?? 0));
  const free = shuffled.filter((id) => !tied.includes(id));
  const groups = apartFrom(tied, sizes, avoided, random) ?? sizes.map(() => []);
  const rest = [...tied.filter((id) => !groups.some((group) => group.includes(id))), ...free];
  for (const [index, group] of groups.entries()) {
    while (group.length < (sizes[index] ?? 0)) group.push(rest.shift() ?? "");
  }
  if (pairsTogether(groups, avoided).length > 0) exchange(groups, avoided);
  return {
    groups: groups.map((group) => inAnyOrder(group, random)),
    together: pairsTogether(groups, avoided),
  };
}

/** The pairs that are in one group. */
export function togetherIn(groups: readonly (readonly string[])[], apart: readonly ApartPair[]): ApartPair[] {
  return pairsTogether(groups, avoidedBy(groups.flat(), apart));
}

/** A list in another order, each order as likely as any other (Fisher and Yates). */
export function inAnyOrder<T>(list: readonly T[], random: () => number): T[] {
  const order = [...list];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const at = Math.floor(random() * (last + 1));
    [order[last], order[at]] = [order[at] as T, order[last] as T];
  }
  return order;
}

type Avoided = ReadonlyMap<string, ReadonlySet<string>>;

function avoidedBy(childIds: readonly string[], apart: readonly ApartPair[]): Avoided {
  const avoided = new Map(childIds.map((id) => [id, new Set<string>()]));
  for (const [one, other] of apart) {
    if (one === other || !avoided.has(one) || !avoided.has(other)) continue;
    avoided.get(one)?.add(other);
    avoided.get(other)?.add(one);
  }
  return avoided;
}

/** Groups of the tied children alone, with nobody beside somebody it is kept apart from; undefined where none was found. */
function apartFrom(
  tied: readonly string[],
  sizes: readonly number[],
  avoided: Avoided,
  random: () => number,
): string[][] | undefined {
  const groups: string[][] = sizes.map(() => []);
  let steps = 0;

  function place(at: number): boolean {
    const id = tied[at];
    if (id === undefined) return true;
    const triedEmpty = new Set<number>();
    for (const index of inAnyOrder([...groups.keys()], random)) {
      const group = groups[index] as string[];
      const size = sizes[index] ?? 0;
      if (group.length >= size || group.some((other) => avoided.get(id)?.has(other))) continue;
      // Empty groups of one size are the same to the search.
      if (group.length === 0 && triedEmpty.has(size)) continue;
      if (group.length === 0) triedEmpty.add(size);
      if ((steps += 1) > MOST_STEPS) return false;
      group.push(id);
      if (place(at + 1)) return true;
      group.pop();
    }
    return false;
  }

  return place(0) ? groups : undefined;
}

/** Exchanges two children of different groups as long as that takes pairs apart. */
function exchange(groups: string[][], avoided: Avoided): void {
  const meets = (id: string, group: readonly string[], but: string) =>
    group.filter((other) => other !== but && avoided.get(id)?.has(other)).length;
  const better = (): boolean => {
    for (const [at, group] of groups.entries()) {
      for (const [place, one] of group.entries()) {
        if (meets(one, group, one) === 0) continue;
        for (const [elsewhere, target] of groups.entries()) {
          if (elsewhere === at) continue;
          for (const [there, other] of target.entries()) {
            const before = meets(one, group, one) + meets(other, target, other);
            const after = meets(one, target, other) + meets(other, group, one);
            if (after >= before) continue;
            group[place] = other;
            target[there] = one;
            return true;
          }
        }
      }
    }
    return false;
  };
  while (better());
}

function pairsTogether(groups: readonly (readonly string[])[], avoided: Avoided): ApartPair[] {
  return groups.flatMap((group) =>
    group.flatMap((one, index) =>
      group
        .slice(index + 1)
        .flatMap((other): ApartPair[] => (avoided.get(one)?.has(other) ? [[one, other]] : [])),
    ),
  );
}
