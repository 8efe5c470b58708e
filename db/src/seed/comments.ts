/**
 * A homeroom teacher's comments on a class, each from what was seen of that child: 100 to 200 characters, specific, with
 * one next step, no two alike.
 */
import { callName } from "@doudou/shared/domain/child-name.ts";
import { type Dimension, DIMENSIONS } from "@doudou/shared/domain/words.ts";
import type { DecidedAward } from "../repositories/awards.ts";
import type { FramePoint } from "../repositories/schools.ts";
import { CLOSINGS, FEW_RECORDS, GROWN, NEXT_STEPS, OPENINGS, SEEN_OFTEN } from "./comment-phrases.ts";
import type { Draw } from "./draw.ts";

const LONGEST = 200;
/** With fewer records a teacher does not know enough to say more. */
const FEW = 12;

/** Comments by student id. @param awards of the class in the term; those of other children are not looked at */
export function commentsOnClass(
  children: readonly { readonly id: string; readonly name: string }[],
  awards: readonly DecidedAward[],
  points: ReadonlyMap<string, FramePoint>,
  draw: Draw,
): Map<string, string> {
  const standing = awards.filter(({ voided }) => voided === null);
  const ofChild = Map.groupBy(standing, ({ studentId }) => studentId);
  const voice = new Voice(draw);
  return new Map(children.map(({ id, name }) => [id, voice.commentOn(name, ofChild.get(id) ?? [], points)]));
}

/** One teacher's way of speaking about one class: a phrase comes back only when all of its kind have been said. */
class Voice {
  readonly #draw: Draw;
  readonly #said = new Map<string, number>();

  constructor(draw: Draw) {
    this.#draw = draw;
  }

  commentOn(name: string, awards: readonly DecidedAward[], points: ReadonlyMap<string, FramePoint>): string {
    const seen = mostSeen(awards, points);
    const dimensions = byRecords(awards);
    const [most, least] = [dimensions.at(0) ?? "moral", dimensions.at(-1) ?? "labour"];
    const own = seen.filter(({ dimension }) => dimension === most);
    const others = seen.filter(({ dimension }) => dimension !== most);
    const grown = this.#draw.shuffled(seen.filter(({ code }) => code in GROWN)).at(0);
    const noted = awards.findLast(({ note }) => note !== null);
    const must = [
      this.#say(OPENINGS[most]).replace("{name}", callName(name)),
      ...own.slice(0, 1).map((point) => this.#seen(point)),
      ...(awards.length < FEW ? [this.#say(FEW_RECORDS)] : []),
    ];
    const may = [
      noted && remembered(noted),
      grown && grown !== own[0] ? this.#say(GROWN[grown.code] ?? []) : undefined,
      ...this.#draw
        .shuffled(others.slice(0, 3))
        .map((point) => (point === grown ? undefined : this.#seen(point))),
      ...own.slice(1, 2).map((point) => this.#seen(point)),
    ];
    const end = [this.#say(NEXT_STEPS[least]), this.#say(CLOSINGS)];
    let left = LONGEST - [...must, ...end].join("").length;
    const chosen = may.filter((sentence) => sentence !== undefined && (left -= sentence.length) >= 0);
    return [...must, ...chosen, ...end].join("");
  }

  #seen({ code }: FramePoint): string {
    return this.#say(SEEN_OFTEN[code] ?? GROWN[code] ?? [""]);
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

/** `还记得5月12日，你第一次独自上台朗诵，声音稳稳的。` */
function remembered({ day, note }: DecidedAward): string {
  const [, month, date] = day.split("-").map(Number);
  return `还记得${month}月${date}日，老师在你的名字旁写下：“${note}”`;
}

/** The points a child was seen for, most often first. */
function mostSeen(awards: readonly DecidedAward[], points: ReadonlyMap<string, FramePoint>): FramePoint[] {
  const counts = [...Map.groupBy(awards, ({ observationPointId }) => observationPointId)];
  return counts.sort(([, a], [, b]) => b.length - a.length).flatMap(([id]) => points.get(id) ?? []);
}

/** Dimensions by how often the child was seen in each, for its share of what there is to see. */
function byRecords(awards: readonly DecidedAward[]): Dimension[] {
  const records = (dimension: Dimension) => awards.filter((award) => award.dimension === dimension).length;
  return [...DIMENSIONS].sort((a, b) => records(b) / USUAL_SHARE[b] - records(a) / USUAL_SHARE[a]);
}

/** How often a dimension comes up in a school's day, so that not every child's strength is what is seen most of all. */
const USUAL_SHARE: Readonly<Record<Dimension, number>> = {
  moral: 29,
  academic: 25,
  physical: 17,
  arts: 15,
  labour: 15,
};
