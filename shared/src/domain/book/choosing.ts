/**
 * What of a child's year comes into its book, where not everything can: what the child chose first, then what is most
 * unlike the rest. Never by how much there is, never against another child. Pure; the same year gives the same choice.
 */
import { tellingActivities } from "../activities.ts";
import { DIMENSIONS, type Dimension } from "../words.ts";
import type { BookActivity, BookMoment, BookYear } from "./year.ts";

type Highlights = BookYear["highlights"];

/** Puts what the child chose before everything else, in its own order; the rest stays as it was. */
export function chosenFirst<T extends { readonly id: string }>(
  things: readonly T[],
  highlights: Highlights,
  idOf: (thing: T) => string = ({ id }) => id,
): T[] {
  const ids = highlights.map(({ id }) => id);
  const chosen = ids.flatMap((id) => things.filter((thing) => idOf(thing) === id));
  return [...chosen, ...things.filter((thing) => !ids.includes(idOf(thing)))];
}

/** Takes a thing of each dimension in turn, as long as there are any: no dimension crowds out another. */
export function inTurn<T extends { readonly dimension: Dimension }>(things: readonly T[]): T[] {
  const waiting = DIMENSIONS.map((dimension) => things.filter((thing) => thing.dimension === dimension));
  const longest = Math.max(0, ...waiting.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => waiting.flatMap((ones) => ones[turn] ?? [])).flat();
}

/**
 * Moments worth a place: those the child chose, then those with words that say something new. The same thing without a
 * word of its own is told once.
 */
export function tellingMoments(
  moments: readonly BookMoment[],
  highlights: Highlights,
  most: number,
): BookMoment[] {
  const chosen = chosenFirst(
    moments.filter(({ id }) => highlights.some((one) => one.id === id)),
    highlights,
  ).slice(0, most);
  const rest = moments.filter((moment) => !chosen.includes(moment));
  while (chosen.length < most) {
    const [next] = rest
      .filter((moment) => !chosen.includes(moment) && saysMore(moment, chosen))
      .map((moment) => ({ moment, weight: sameness(moment, chosen) }))
      .sort((a, b) => a.weight - b.weight || byDay(a.moment, b.moment));
    if (!next) break;
    chosen.push(next.moment);
  }
  return chosen.toSorted(byDay);
}

function saysMore({ point, note }: BookMoment, chosen: readonly BookMoment[]): boolean {
  return !chosen.some((other) => other.point.zh === point.zh && (note === null || other.note === note));
}

/** How little it would add to what is there. */
function sameness(moment: BookMoment, chosen: readonly BookMoment[]): number {
  const isAgain = (same: (other: BookMoment) => boolean) => (chosen.some(same) ? 1 : 0);
  return (
    (moment.note === null ? 3 : 0) +
    2 * isAgain(({ point }) => point.zh === moment.point.zh) +
    isAgain(({ day }) => day.slice(0, 7) === moment.day.slice(0, 7)) +
    isAgain(({ by }) => by === moment.by) +
    (moment.kind === "growth" ? 0 : 1)
  );
}

/** Activities worth a place: those the child chose, then those that tell most; told in the order they happened. */
export function bookActivities(
  activities: readonly BookActivity[],
  highlights: Highlights,
  most: number,
): BookActivity[] {
  const isChosen = ({ id }: BookActivity) => highlights.some((one) => one.id === id);
  const chosen = chosenFirst(activities.filter(isChosen), highlights).slice(0, most);
  const rest = activities.filter((activity) => !isChosen(activity));
  return tellingActivities([...chosen, ...tellingActivities(rest, most - chosen.length)], most);
}

/** Oldest first: a year reads forwards. */
export function byDay<T extends { readonly day: string; readonly id: string }>(a: T, b: T): number {
  return a.day < b.day ? -1 : a.day > b.day ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
