/**
 * Sentences offered to a homeroom teacher who writes about one child: from that child's own records, each naming what was
 * seen and when, and one thing to try next. Never a comparison with others, a rank, a number or a reproach.
 */
import { callName } from "./child-name.ts";
import { type Bilingual, type Dimension, DIMENSIONS } from "./words.ts";

/** Something that was seen of the child and is worth telling. */
export interface SeenMoment {
  /** `2026-10-12` */
  readonly day: string;
  readonly dimension: Dimension;
  readonly point: Bilingual;
  readonly note: string | null;
}

export interface PhraseEvidence {
  /** As on the roster. */
  readonly studentName: string;
  /** Where the child stands in the class list, from 0: chooses among the shapes, so that a class does not read alike. */
  readonly place: number;
  /** Most telling first. */
  readonly moments: readonly SeenMoment[];
  /** The dimension that grew most against the child's own earlier weeks; null where records are too few to say. */
  readonly grewMost: { readonly name: Bilingual } | null;
  /** Records by dimension in the term: the next step is for the one that was seen least. */
  readonly records: Readonly<Record<Dimension, number>>;
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

const NEXT_FRAMES: readonly Bilingual[] = [
  { zh: "下一步，{name}可以试试{step}。", en: "As a next step, {name} could try to {step}." },
  { zh: "{name}，假期里我们约好一件小事：{step}。", en: "{name}, let us agree on one small thing: {step}." },
  { zh: "下学期，老师期待看到{name}{step}。", en: "Next term I look forward to seeing {name} {step}." },
  { zh: "给{name}一个小目标：{step}。", en: "A small goal for {name}: {step}." },
  { zh: "{name}，想不想从一件小事开始：{step}？", en: "{name}, how about beginning with this: {step}?" },
];
const NEXT_STEPS: Readonly<Record<Dimension, readonly Bilingual[]>> = {
  moral: [
    { zh: "每周主动帮身边的人一次", en: "help somebody nearby once a week" },
    { zh: "把每天的一声“谢谢”说得响亮", en: "say one hearty “thank you” every day" },
    { zh: "为班级认领一个小岗位", en: "take on one small duty for the class" },
    { zh: "把自己做的一件好事讲给家人听", en: "tell the family about one kind thing done" },
  ],
  academic: [
    { zh: "每天问出一个自己好奇的问题", en: "ask one question of one's own every day" },
    { zh: "把学到的一点讲给家人听", en: "explain one thing learned to the family" },
    { zh: "每周读一本自己挑的书", en: "read one self-chosen book a week" },
    { zh: "在课堂上把想法大声说出来一次", en: "say one idea aloud in class" },
  ],
  physical: [
    { zh: "每天在户外动一动，满一小时", en: "be active outdoors for an hour a day" },
    { zh: "记下自己每周跳绳的进步", en: "note the weekly progress in rope skipping" },
    { zh: "和家人一起学会一项新的运动", en: "learn one new sport with the family" },
    { zh: "每天按时睡觉，早起伸个懒腰", en: "go to bed on time and stretch in the morning" },
  ],
  arts: [
    { zh: "每周画一幅小画，记下一件开心的事", en: "draw one small picture a week of something happy" },
    { zh: "学会一首新歌，唱给家人听", en: "learn a new song and sing it to the family" },
    { zh: "用身边的旧东西做一件小作品", en: "make a small work out of old things" },
    { zh: "找一处喜欢的风景，说说它美在哪里", en: "find a view to like, and say what is beautiful in it" },
  ],
  labour: [
    { zh: "每天自己整理书包和书桌", en: "tidy the schoolbag and desk every day" },
    { zh: "每周为家里做一件家务", en: "do one household chore a week" },
    { zh: "种一盆小植物，每天照看它", en: "grow a small plant and look after it daily" },
    { zh: "学做一道简单的菜", en: "learn to cook one simple dish" },
  ],
};

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Up to three moments, where the child grew, and one next step. Two children of one class are never offered the same
 * words: shapes are told apart by place, and no two places below 140 choose the same ones together.
 */
export function commentPhrases(evidence: PhraseEvidence): CommentPhrase[] {
  const { place, moments, grewMost, records } = evidence;
  const name = callName(evidence.studentName);
  const told = moments.slice(0, MOMENTS).map((moment, index): CommentPhrase => ({
    about: "moment",
    text: momentText(moment, name, place + index),
  }));
  const grown: CommentPhrase[] = grewMost
    ? [
        {
          about: "growth",
          text: bothOf((of) => filled(at(GROWTH, place)[of], { name, what: grewMost.name[of] })),
        },
      ]
    : [];
  return [...told, ...grown, { about: "next", text: nextStep(records, name, place) }];
}

function momentText({ day, point, note }: SeenMoment, name: string, turn: number): Bilingual {
  const written = note?.trim().replace(/[。.!！]+$/u, "") ?? "";
  const [, month = 1, date = 1] = day.split("-").map(Number);
  const quoted = { zh: written, en: written };
  const shapes = written === "" ? { zh: MOMENT_ZH, en: MOMENT_EN } : { zh: NOTED_ZH, en: NOTED_EN };
  const days = { zh: `${month}月${date}日`, en: `${date} ${MONTHS[month - 1]}` };
  return bothOf((of) =>
    at(shapes[of], turn)({ name, day: days[of], what: withoutAside(point[of]), note: quoted[of] }),
  );
}

/** Twenty frames and steps for each dimension; with the seven shapes of moments that makes 140 before any pair returns. */
function nextStep(records: PhraseEvidence["records"], name: string, place: number): Bilingual {
  const least = [...DIMENSIONS].sort((a, b) => records[a] - records[b])[0] ?? "labour";
  const frame = at(NEXT_FRAMES, place);
  const step = at(NEXT_STEPS[least], Math.floor(place / NEXT_FRAMES.length));
  return bothOf((of) => filled(frame[of], { name, step: step[of] }));
}

/** A point's name without its remarks in brackets: they are for teachers. */
function withoutAside(name: string): string {
  return name.replace(/\s*[(（][^)）]*[)）]/g, "").trim();
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
