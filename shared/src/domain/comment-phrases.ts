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

const MOMENTS = 3;

/**
 * Said before a moment and after it. A child's moments are told with pairs of these that nobody else's in the class are
 * told with: so even what a whole class was seen doing on one day reads differently of each. The lengths of the two lists
 * have no common divisor, so that walking along both meets every pair.
 */
const MOMENT_BEFORE: readonly Bilingual[] = [
  {
    zh: "{name}，还记得{day}吗？有一件事老师一直记着：",
    en: "{name}, do you remember {day}? One thing stayed with me: ",
  },
  {
    zh: "翻开{name}的成长记录，{day}这一页让我停了很久：",
    en: "Turning the pages about {name}, I stopped for long over {day}: ",
  },
  {
    zh: "{day}，我悄悄地为{name}记下了开心的一笔：",
    en: "On {day} I quietly wrote down a happy line about {name}: ",
  },
  {
    zh: "说起{name}，我眼前总会浮现{day}的那个画面：",
    en: "Hearing somebody call {name}, I relive what was on {day}: ",
  },
  {
    zh: "{name}，{day}你给大家带来了一个小小的惊喜：",
    en: "{name}, on {day} you surprised us all in the nicest way: ",
  },
  {
    zh: "如果要为{name}的学期挑一个镜头，我会选{day}：",
    en: "If I chose one picture for {name}, it would be that of {day}: ",
  },
  {
    zh: "过去了这么些日子，我还常想起{day}的{name}：",
    en: "Time has gone by, and I still like to think of {name} on {day}: ",
  },
  {
    zh: "要是让我夸夸{name}，我想先从{day}的事夸起：",
    en: "If I may praise {name} in a few words, let me begin with {day}: ",
  },
  {
    zh: "{name}这学期的闪光处不少，{day}便是其中之一：",
    en: "{name} had many bright spots this term, {day} among them: ",
  },
  {
    zh: "{name}，老师特意把{day}的你写进这份评语里：",
    en: "{name}, these few lines are here to tell who you were on {day}: ",
  },
  {
    zh: "{day}有个平常的时刻，因为{name}变得不平常：",
    en: "An ordinary moment of {day} grew bright through {name}: ",
  },
  {
    zh: "我的小本子里，{day}那一行写着{name}的名字：",
    en: "In my small notebook the name {name} is written beside {day}: ",
  },
  {
    zh: "{name}，让我们一起把时间轻轻拨回到{day}：",
    en: "{name}, let the two of us turn the clock gently back to {day}: ",
  },
];
const MOMENT_AFTER: readonly Bilingual[] = [
  { zh: "这份用心，让老师打心底里觉得高兴。", en: "Such care makes a teacher feel truly happy at heart." },
  { zh: "愿这份认真的劲头，一直陪伴着成长。", en: "May such earnest ways remain for years to come." },
  { zh: "看起来是小事，藏着的却是一份坚持。", en: "It looks small, with real perseverance inside." },
  { zh: "也许自己没留意，我却记得清清楚楚。", en: "It passed quietly, and yet I remember it well." },
  { zh: "能够亲眼见证这一刻，我觉得很幸运。", en: "I count myself lucky to have been there to see it." },
  { zh: "因为有了它，教室里多了一束温暖的光。", en: "It brought a ray of warm light into our classroom." },
  { zh: "那一瞬间，我看到了孩子心里的力量。", en: "I saw then how strong and warm a young heart can be." },
  { zh: "这是靠自己挣来的骄傲，请好好收藏。", en: "Be proud of that; the pride is honestly earned." },
  { zh: "原来好习惯就是这样一点一滴长出来的。", en: "Good habits grow just like this, little by little." },
  { zh: "每当回想到这里，我都会忍不住微笑。", en: "Each time I come back to it I cannot help smiling." },
  { zh: "长大的脚步，原来可以走得这样踏实。", en: "So the steps of growing up can be as steady as that." },
  { zh: "它就像一颗小种子，已经悄悄发了芽。", en: "A seed lies in the earth there, already sprouting." },
  { zh: "如果可以的话，真想再为那天鼓鼓掌。", en: "If only I could, I would applaud that day once more." },
  { zh: "这就是我最想要讲给家人听的小故事。", en: "This is the story I most want the family to hear." },
];

/** The same about where a child grew, against its own earlier weeks. */
const GROWTH_BEFORE: readonly Bilingual[] = [
  {
    zh: "和自己前面几周比，{name}的「{what}」迈步最大，",
    en: "Beside earlier weeks, “{what}” is where {name} took the clearest step. ",
  },
  {
    zh: "{name}，和开学时的自己比，「{what}」这一枝长高了，",
    en: "{name}, since the start of term the branch “{what}” has grown a good deal. ",
  },
  {
    zh: "这个学期里，「{what}」中的{name}越来越舒展，",
    en: "In “{what}” {name} has been opening up more and more, as I see it. ",
  },
  {
    zh: "回头看{name}走过的路，「{what}」那段长得最快，",
    en: "On the path of {name}, “{what}” is the stretch that grew fastest. ",
  },
  {
    zh: "一周周看过来，{name}在「{what}」里慢慢亮了起来，",
    en: "Week after week {name} began to shine a little more in “{what}”. ",
  },
  {
    zh: "{name}的变化，最先让我察觉到的是「{what}」，",
    en: "The first change of this term that I noticed in {name} was in “{what}”. ",
  },
  {
    zh: "翻开记录，{name}会发现「{what}」那里格外热闹，",
    en: "Your own records, {name}, are by now at their liveliest in “{what}”. ",
  },
];
const GROWTH_AFTER: readonly Bilingual[] = [
  { zh: "每一小步，都是靠自己走出来的。", en: "Many small steps of your own add up to a long way." },
  { zh: "老师在旁边看着，打心眼里欢喜。", en: "Watching it from beside you has gladdened my heart." },
  { zh: "这样的一股劲头，值得好好珍惜。", en: "A drive like that is precious, so take good care of it." },
  { zh: "接下来的日子，照这样走就很好。", en: "For the time to come, just go on in the same manner." },
  { zh: "原来只要肯坚持，真的会开出花。", en: "So whoever keeps at it does see the flowers open." },
  { zh: "希望这份足足的底气一直都在。", en: "I hope that all this confidence is here to remain." },
  { zh: "为现在的模样，可以骄傲一次了。", en: "Who you are by now is something to be proud about." },
  { zh: "用不着心急，慢慢来也会走很远。", en: "There is no hurry, and slow walkers get far as well." },
  { zh: "后面会有怎样的故事，我很期待。", en: "How the story will continue I am curious to find out." },
];

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A child among its class. Depends on who is in the class, never on what was seen of anybody. */
interface Place {
  /** The given name; the whole one where somebody else in the class is called the same. */
  readonly called: string;
  /** No other child of the class has it. */
  readonly turn: number;
}

/**
 * So many next steps in the words of one dimension before any comes again; of moments and of growth there are pairs for
 * more children than that.
 */
const NEXT_WAYS = NEXT_FRAMES.length * NEXT_STEPS.moral.length;

/**
 * Up to three moments, where the child grew, and one next step. No two of a class read alike, whatever was seen of whom and
 * whatever they are called: each child has pairs of words of its own around what was seen, and a next step of its own. Only
 * long words that were written of several children at once stay recognisable, being their teacher's. As long as the class
 * and the child's evidence stay, so does what is offered.
 * @throws RangeError where the child is not in the class list
 */
export function commentPhrases(evidence: PhraseEvidence): CommentPhrase[] {
  const { moments, grewMost, records } = evidence;
  const place = placeOf(evidence.studentId, evidence.classList);
  const { called: name, turn } = place;
  const told = moments
    .slice(0, MOMENTS)
    .map((moment, index): CommentPhrase => ({ about: "moment", text: momentText(moment, place, index) }));
  const grown: CommentPhrase[] = grewMost
    ? [
        {
          about: "growth",
          text: bothOf((of) =>
            filled(at(GROWTH_BEFORE, turn)[of] + at(GROWTH_AFTER, turn)[of], {
              name,
              what: grewMost.name[of],
            }),
          ),
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
  const isShared = children.some(({ name }) => name.trim() !== full && callName(name) === given);
  const taken = new Set<number>();
  let turn = 0;
  for (const { id } of children) {
    turn = freeTurn(numberFrom(id) % NEXT_WAYS, taken);
    taken.add(turn);
    if (id === studentId) break;
  }
  return { called: isShared ? full : given, turn };
}

/** Once every next step is taken another round begins, for classes larger than any should be. */
function freeTurn(wanted: number, taken: ReadonlySet<number>): number {
  const nth = (count: number) => Math.floor(count / NEXT_WAYS) * NEXT_WAYS + ((wanted + count) % NEXT_WAYS);
  let count = 0;
  while (taken.has(nth(count))) count += 1;
  return nth(count);
}

function momentText(
  { day, point, note }: SeenMoment,
  { called: name, turn }: Place,
  index: number,
): Bilingual {
  const written = quotable(note ?? "");
  const [, month = 1, date = 1] = day.split("-").map(Number);
  const days = { zh: `${month}月${date}日`, en: `${date} ${MONTHS[month - 1]}` };
  const pair = turn * MOMENTS + index;
  return bothOf((of) => {
    const before = filled(at(MOMENT_BEFORE, pair)[of], { name, day: days[of] });
    const seen = SEEN[of](withoutAside(point[of]), written);
    return before + seen + at(MOMENT_AFTER, pair)[of];
  });
}

/** Without its full stop, and with what is quoted in it in the quotes for that. */
function quotable(note: string): string {
  return note
    .trim()
    .replace(/[。.!！]+$/u, "")
    .replaceAll("“", "‘")
    .replaceAll("”", "’");
}

const SEEN = {
  zh: (what: string, note: string) => (note === "" ? `「${what}」。` : `“${note}”。`),
  en: (what: string, note: string) => (note === "" ? `“${what}”. ` : `“${note}”. `),
};

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
