/**
 * A homeroom teacher's comments on a class, each from what was seen of that child: 100 to 200 characters, specific, with
 * one next step, no two alike.
 */
import { callName } from "@doudou/shared/domain/child-name.ts";
import { type Dimension, DIMENSIONS, perDimension, type PerDimension } from "@doudou/shared/domain/words.ts";
import type { DecidedAward } from "../repositories/awards.ts";
import type { FramePoint } from "../repositories/schools.ts";
import { CLOSINGS, FEW_RECORDS, GROWN, NEXT_STEPS, OPENINGS, SEEN_OFTEN } from "./comment-phrases.ts";
import type { Draw } from "./draw.ts";

const LONGEST = 200;
const SHORTEST = 100;
/** With fewer records a teacher does not know enough to say more. */
const FEW = 12;
/** Sentences about what was seen, besides the first: more would read like a list. */
const MORE_SEEN = 3;

/** Comments by student id. @param awards of the class in the term */
export function commentsOnClass(
  children: readonly { readonly id: string; readonly name: string }[],
  awards: readonly DecidedAward[],
  points: ReadonlyMap<string, FramePoint>,
  draw: Draw,
): Map<string, string> {
  const standing = awards.filter(({ voided }) => voided === null);
  const ofChild = Map.groupBy(standing, ({ studentId }) => studentId);
  const voice = new Voice(draw, standing, points);
  return new Map(children.map(({ id, name }) => [id, voice.commentOn(name, ofChild.get(id) ?? [])]));
}

/** One teacher's way of speaking about one class: a phrase comes back only when all of its kind have been said. */
class Voice {
  readonly #draw: Draw;
  readonly #ofClass: readonly DecidedAward[];
  readonly #points: ReadonlyMap<string, FramePoint>;
  readonly #timesInClass: ReadonlyMap<string, number>;
  readonly #recordsOfClass: PerDimension<number>;
  readonly #said = new Map<string, number>();

  constructor(draw: Draw, ofClass: readonly DecidedAward[], points: ReadonlyMap<string, FramePoint>) {
    this.#draw = draw;
    this.#ofClass = ofClass;
    this.#points = points;
    this.#timesInClass = timesByPoint(ofClass);
    this.#recordsOfClass = recordsByDimension(ofClass);
  }

  commentOn(name: string, awards: readonly DecidedAward[]): string {
    const seen = this.#characteristic(awards);
    const dimensions = this.#byLeaning(awards);
    const [most, least] = [dimensions.at(0) ?? "moral", dimensions.at(-1) ?? "labour"];
    const first = seen.find(({ dimension }) => dimension === most);
    const others = seen.filter((point) => point !== first);
    const grown = this.#draw.shuffled(others.filter(({ code }) => code in GROWN).slice(0, 3)).at(0);
    const noted = awards.findLast(({ note }) => note !== null);
    const must = [
      this.#say(OPENINGS[most]).replace("{name}", callName(name)),
      ...(first ? [this.#seen(first)] : []),
    ];
    const more = [
      ...(grown ? [this.#say(GROWN[grown.code] ?? [""])] : []),
      ...others.filter((point) => point !== grown).map((point) => this.#seen(point)),
    ];
    const may = [...(noted ? [remembered(noted)] : []), ...more.slice(0, MORE_SEEN)];
    const end = [this.#say(NEXT_STEPS[least]), this.#say(CLOSINGS)];
    const whole = within(LONGEST, must, may, end);
    if (awards.length >= FEW && whole.length >= SHORTEST) return whole;
    return within(LONGEST, [...must, this.#say(FEW_RECORDS)], may, end);
  }

  /** The points that tell of this child: seen more than once, and more than the class's habit has it. */
  #characteristic(awards: readonly DecidedAward[]): FramePoint[] {
    const habit = (id: string) => awards.length * ((this.#timesInClass.get(id) ?? 0) / this.#ofClass.length);
    return [...timesByPoint(awards)]
      .map(([id, times]) => ({ point: this.#points.get(id), telling: (times - 1) / (habit(id) + 1) }))
      .sort((a, b) => b.telling - a.telling)
      .flatMap(({ point }) => point ?? []);
  }

  /** Dimensions from the one the child leans to most to the one it was least seen in, for the class's habit. */
  #byLeaning(awards: readonly DecidedAward[]): Dimension[] {
    const records = recordsByDimension(awards);
    const leaning = (dimension: Dimension) =>
      (records[dimension] + 1) / (this.#recordsOfClass[dimension] + 1);
    return [...DIMENSIONS].sort((a, b) => leaning(b) - leaning(a));
  }

  #seen({ code }: FramePoint): string {
    return this.#say(SEEN_OFTEN[code] ?? [""]);
  }

  /** One of those said least often. */
  #say(phrases: readonly string[]): string {
    const times = (phrase: string) => this.#said.get(phrase) ?? 0;
    const least = Math.min(...phrases.map(times));
    const phrase = this.#draw.one(phrases.filter((candidate) => times(candidate) === least));
    this.#said.set(phrase, least + 1);
    return phrase;
  }
}

/** What must be said, with as much in between as the length allows. */
function within(
  longest: number,
  must: readonly string[],
  may: readonly string[],
  end: readonly string[],
): string {
  let left = longest - [...must, ...end].join("").length;
  return [...must, ...may.filter((sentence) => (left -= sentence.length) >= 0), ...end].join("");
}

/** `还记得5月12日，老师在你的名字旁写下：“第一次独自上台朗诵，声音稳稳的。”` */
function remembered({ day, note }: DecidedAward): string {
  const [, month, date] = day.split("-").map(Number);
  const quoted = note?.replaceAll("“", "‘").replaceAll("”", "’");
  return `还记得${month}月${date}日，老师在你的名字旁写下：“${quoted}”`;
}

function timesByPoint(awards: readonly DecidedAward[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { observationPointId: id } of awards) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}

function recordsByDimension(awards: readonly DecidedAward[]): PerDimension<number> {
  const records = perDimension(() => 0);
  for (const { dimension } of awards) records[dimension] += 1;
  return records;
}
