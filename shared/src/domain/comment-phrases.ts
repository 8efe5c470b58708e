/**
 * Sentences offered to a homeroom teacher who writes about one child: from that child's own records, each naming what was
 * seen and when, and one thing to try next. Never a comparison with others, a rank, a number or a reproach.
 */
import { callName } from "./child-name.ts";
import { NEXT_FRAMES, NEXT_STEPS } from "./next-steps.ts";
import { numberFrom, withoutAside } from "./sentences.ts";
import { type Bilingual, type Dimension, DIMENSIONS, type PerDimension } from "./words.ts";

/** Something that was seen of the child and is worth telling. */
export interface SeenMoment {
  /** `2026-10-12` */
  readonly day: string;
  readonly dimension: Dimension;
  readonly point: Bilingual;
  readonly note: string | null;
}

interface ClassChild {
  readonly id: string;
  /** As on the roster. */
  readonly name: string;
}

export interface PhraseEvidence {
  readonly studentId: string;
  /** All children of the class, in any order: what is offered to one is not offered to another. */
  readonly classList: readonly ClassChild[];
  /** Most telling first. */
  readonly moments: readonly SeenMoment[];
  /** The dimension that grew most against the child's own earlier weeks; null where records are too few to say. */
  readonly grewMost: { readonly name: Bilingual } | null;
  /** Records by dimension in the term: the next step is for the one that was seen least. */
  readonly records: Readonly<PerDimension<number>>;
}

export interface CommentPhrase {
  readonly about: "moment" | "growth" | "next";
  readonly text: Bilingual;
}

type Shape = (told: { name: string; day: string; what: string; note: string }) => string;

const MOMENTS = 3;

const MOMENT_ZH: readonly Shape[] = [
  ({ name, day, what }) => `${name}，还记得${day}吗？那天你做到了「${what}」，老师看见了。`,
  ({ name, day, what }) => `${day}，老师在${name}的名字旁记下了「${what}」。`,
  ({ name, day, what }) => `说起${name}，我会想到${day}的「${what}」。`,
  ({ name, day, what }) => `${day}的「${what}」，是${name}这学期的一个闪光时刻。`,
  ({ name, day, what }) => `${name}，${day}你的「${what}」让老师很高兴。`,
  ({ name, day, what }) => `老师很喜欢${day}的${name}：「${what}」，做得认真又自然。`,
  ({ name, day, what }) => `这学期翻看${name}的记录，${day}的「${what}」让我停下来多看了一会儿。`,
];
const NOTED_ZH: readonly Shape[] = [
  ({ name, day, note }) => `${name}，${day}的那一刻老师还记得：“${note}”。`,
  ({ name, day, note }) => `${day}，老师为${name}写下：“${note}”。`,
  ({ name, day, what, note }) => `${name}的「${what}」不止是一句话，${day}是这样的：“${note}”。`,
  ({ name, day, note }) => `我常常讲起${name}在${day}的事：“${note}”。`,
  ({ name, day, what, note }) => `${day}，${name}让我们看到了「${what}」：“${note}”。`,
  ({ name, day, note }) => `${name}，翻到${day}的记录，老师又笑了：“${note}”。`,
  ({ name, day, what, note }) => `关于「${what}」，${name}在${day}留下了这样一笔：“${note}”。`,
];
const MOMENT_EN: readonly Shape[] = [
  ({ name, day, what }) => `${name}, do you remember ${day}? “${what}” – it was noticed.`,
  ({ name, day, what }) => `On ${day} I wrote “${what}” beside ${name}'s name.`,
  ({ name, day, what }) => `When I think of ${name}, I think of ${day}: “${what}”.`,
  ({ name, day, what }) => `“${what}” on ${day} was one of ${name}'s bright moments this term.`,
  ({ name, day, what }) => `${name}, your “${what}” on ${day} made me glad.`,
  ({ name, day, what }) => `I liked seeing ${name} on ${day}: “${what}”, done with care.`,
  ({ name, day, what }) => `Leafing through ${name}'s term, I stopped at ${day}: “${what}”.`,
];
const NOTED_EN: readonly Shape[] = [
  ({ name, day, note }) => `${name}, I still remember ${day}: “${note}”.`,
  ({ name, day, note }) => `On ${day} I wrote down for ${name}: “${note}”.`,
  ({ name, day, what, note }) => `${name}'s “${what}” is more than a word; this is ${day}: “${note}”.`,
  ({ name, day, note }) => `I like to tell what ${name} did on ${day}: “${note}”.`,
  ({ name, day, what, note }) => `On ${day} ${name} showed us “${what}”: “${note}”.`,
  ({ name, day, note }) => `${name}, coming upon ${day} again I smiled: “${note}”.`,
  ({ name, day, what, note }) => `Of “${what}”, ${name} left us this on ${day}: “${note}”.`,
];

const GROWTH: readonly Bilingual[] = [
  {
    zh: "和自己前面几周相比，{name}在「{what}」上走出了最明显的一步。",
    en: "Set beside earlier weeks of {name}'s own, “{what}” is the clearest step.",
  },
  {
    zh: "{name}，和开学时的自己比一比，「{what}」这一枝长高了。",
    en: "{name}, next to yourself at the start of term, your “{what}” branch has grown.",
  },
  {
    zh: "这学期{name}在「{what}」里，一次比一次更像自己想成为的样子。",
    en: "In “{what}” {name} came closer, time after time, to who {name} wants to be.",
  },
  {
    zh: "「{what}」里的{name}，越来越舒展了。",
    en: "In “{what}” {name} has been opening up more and more.",
  },
  {
    zh: "回头看{name}自己走过的路，「{what}」是这学期长得最快的一段。",
    en: "Looking back on {name}'s own path, “{what}” is the stretch that grew fastest this term.",
  },
];

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A child among its class. Depends on who is in the class, never on what was seen of anybody. */
interface Place {
  /** The given name; the whole one where somebody else in the class is called the same. */
  readonly called: string;
  /** No other child of the class has it. */
  readonly turn: number;
  /** Which of how many who bear the very same name. */
  readonly namesake: { readonly at: number; readonly of: number };
}

/** So many next steps in the words of one dimension before any comes again. */
const NEXT_WAYS = NEXT_FRAMES.length * NEXT_STEPS.moral.length;

/**
 * Up to three moments, where the child grew, and one next step. No child of a class is offered a sentence that another is
 * offered, whatever was seen of either: moments and growth are told with what the child is called, children of the very
 * same name share the shapes among them (and do without where there are more of them than shapes), and the next step is
 * another for everybody even without the name. As long as the class and the child's evidence stay, so does what is offered.
 * @throws RangeError where the child is not in the class list
 */
export function commentPhrases(evidence: PhraseEvidence): CommentPhrase[] {
  const { moments, grewMost, records } = evidence;
  const place = placeOf(evidence.studentId, evidence.classList);
  const { called: name, turn } = place;
  const told = moments
    .slice(0, Math.min(MOMENTS, ownOf(MOMENT_ZH, place).length))
    .map((moment, index): CommentPhrase => ({ about: "moment", text: momentText(moment, place, index) }));
  const growth = ownOf(GROWTH, place);
  const grown: CommentPhrase[] =
    grewMost && growth.length > 0
      ? [
          {
            about: "growth",
            text: bothOf((of) => filled(at(growth, turn)[of], { name, what: grewMost.name[of] })),
          },
        ]
      : [];
  return [...told, ...grown, { about: "next", text: nextStep(records, place) }];
}

/**
 * Turns are drawn from ids, and who finds a turn taken by an earlier id goes on to the next one that is free: whoever
 * joins a class changes nothing for those who were there, since later children have later ids.
 */
function placeOf(studentId: string, classList: readonly ClassChild[]): Place {
  const children = classList.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const child = children.find(({ id }) => id === studentId);
  if (!child) throw new RangeError(`not in the class list: ${studentId}`);
  const full = child.name.trim();
  const given = callName(full);
  const namesakes = children.filter(({ name }) => name.trim() === full);
  const isShared = children.some(({ name }) => name.trim() !== full && callName(name) === given);
  const taken = new Set<number>();
  let turn = 0;
  for (const { id } of children) {
    turn = freeTurn(numberFrom(id) % NEXT_WAYS, taken);
    taken.add(turn);
    if (id === studentId) break;
  }
  return {
    called: isShared ? full : given,
    turn,
    namesake: { at: namesakes.indexOf(child), of: namesakes.length },
  };
}

/** Once every next step is taken another round begins, for classes larger than any should be. */
function freeTurn(wanted: number, taken: ReadonlySet<number>): number {
  const nth = (count: number) => Math.floor(count / NEXT_WAYS) * NEXT_WAYS + ((wanted + count) % NEXT_WAYS);
  let count = 0;
  while (taken.has(nth(count))) count += 1;
  return nth(count);
}

function ownOf<T>(shapes: readonly T[], { namesake }: Place): readonly T[] {
  return shapes.filter((_, index) => index % namesake.of === namesake.at);
}

function momentText({ day, point, note }: SeenMoment, place: Place, index: number): Bilingual {
  const written = note?.trim().replace(/[。.!！]+$/u, "") ?? "";
  const [, month = 1, date = 1] = day.split("-").map(Number);
  const shapes = written === "" ? { zh: MOMENT_ZH, en: MOMENT_EN } : { zh: NOTED_ZH, en: NOTED_EN };
  const days = { zh: `${month}月${date}日`, en: `${date} ${MONTHS[month - 1]}` };
  return bothOf((of) => {
    const shape = at(ownOf(shapes[of], place), place.turn + index);
    return shape({ name: place.called, day: days[of], what: withoutAside(point[of]), note: written });
  });
}

function nextStep(records: PhraseEvidence["records"], { called: name, turn }: Place): Bilingual {
  const fewest = Math.min(...DIMENSIONS.map((dimension) => records[dimension]));
  // Who was seen in nothing yet is not sent the same way as everybody of whom that is true.
  const least = at(
    DIMENSIONS.filter((dimension) => records[dimension] === fewest),
    turn,
  );
  const steps = NEXT_STEPS[least];
  const frame = at(NEXT_FRAMES, turn);
  const first = Math.floor(turn / NEXT_FRAMES.length);
  const round = Math.floor(turn / NEXT_WAYS);
  const or = { zh: "，或者", en: " or " };
  return bothOf((of) => {
    const [step, another] = [at(steps, first)[of], at(steps, first + round)[of]];
    return filled(frame[of], { name, step: round === 0 ? step : `${step}${or[of]}${another}` });
  });
}

function filled(phrase: string, values: Readonly<Record<string, string>>): string {
  return phrase.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? "");
}

function bothOf(text: (of: "zh" | "en") => string): Bilingual {
  return { zh: text("zh"), en: text("en") };
}

function at<T>(things: readonly T[], turn: number): T {
  const found = things[turn % things.length];
  if (found === undefined) throw new RangeError("nothing to choose from");
  return found;
}
