/**
 * Sentences a guardian or a child reads about a dimension, in both languages: warm, plain, from the child's own records.
 * Never a comparison with others, never a reproach, never a number of beans. The same facts and seed give the same words.
 */
import { callName } from "./child-name.ts";
import { gradeBandOf, HOME_IDEAS } from "./home-ideas.ts";
import { STAGE_PHRASES } from "./stage-phrases.ts";
import { type Bilingual, type Change, type Dimension, DIMENSIONS, type Stage } from "./words.ts";

/** What a sentence may know of a child. */
interface Told {
  readonly dimension: Dimension;
  /** The school's own name of the dimension. */
  readonly dimensionName: Bilingual;
  /** Names of the observation points with most records, most first; two are told at most. */
  readonly topPoints: readonly Bilingual[];
  /** As on the roster; "this child" where left out. */
  readonly studentName?: string;
  /** Chooses among phrasings, so that a class does not read alike: the student's and the term's id. */
  readonly seed: string;
}

type TellPoints = { readonly zh: (points: string) => string; readonly en: (points: string) => string };

const TOLD_POINTS = 2;
const HOME_SUGGESTIONS = 3;

const SEEN_SO_FAR: readonly TellPoints[] = [
  { zh: (points) => `已经被看见的有${points}。`, en: (points) => `Already noticed: ${points}.` },
  { zh: (points) => `这学期记下了${points}。`, en: (points) => `Noted this term: ${points}.` },
  { zh: (points) => `留下的足迹里有${points}。`, en: (points) => `Among the footprints left: ${points}.` },
];

const SEEN_MOST: readonly TellPoints[] = [
  { zh: (points) => `最常被看见的是${points}。`, en: (points) => `Seen most often: ${points}.` },
  { zh: (points) => `这学期记录最多的是${points}。`, en: (points) => `Noted most this term: ${points}.` },
  { zh: (points) => `留下足迹最多的是${points}。`, en: (points) => `What came up most: ${points}.` },
];

const CHANGES: Record<Change, readonly Bilingual[]> = {
  more: [
    {
      zh: "和自己前面几周相比，最近这样的时刻更多了。",
      en: "Compared with the weeks before, such moments have become more frequent.",
    },
    {
      zh: "比起之前的自己，最近在「{dimension}」里的好时刻更常出现。",
      en: "Good moments in “{dimension}” come more often now than in {name}'s own earlier weeks.",
    },
    {
      zh: "最近几周，「{dimension}」这一枝比之前添叶添得更勤。",
      en: "In recent weeks the “{dimension}” branch has put out new leaves more often than before.",
    },
  ],
  same: [
    { zh: "一周接着一周，步子走得很稳。", en: "Week after week, the steps are steady." },
    { zh: "按着自己的节奏慢慢来，稳稳当当。", en: "{name} keeps to a steady pace." },
    {
      zh: "这些日子，「{dimension}」这一枝一直在安静地生长。",
      en: "All this while the “{dimension}” branch has kept quietly growing.",
    },
  ],
  // True and no reproach: what was noted is the school's doing as much as the child's.
  fewer: [
    {
      zh: "最近被记下的时刻比前面几周少了一些，接下来我们会更留意{name}。",
      en: "Lately fewer moments were noted than in the weeks before; we will look out for {name} more.",
    },
    {
      zh: "和自己前面几周相比，最近「{dimension}」里被看见得少了些，每一天都有新的机会。",
      en: "Compared with the weeks before, less was noticed in “{dimension}” lately; every day brings a new chance.",
    },
    {
      zh: "最近「{dimension}」这一枝添叶慢了些，接下来的日子还有许多时刻值得期待。",
      en: "Of late the “{dimension}” branch has put out new leaves more slowly; there is much to look forward to.",
    },
  ],
  "too-few": [],
};

const GREW_MOST: readonly Bilingual[] = [
  {
    zh: "和自己前面几周相比，{name}在「{dimension}」这一枝上长得最多。",
    en: "Compared with {name}'s own earlier weeks, the “{dimension}” branch has grown the most.",
  },
  {
    zh: "跟之前的自己比，{name}最近在「{dimension}」里被看见得更多了。",
    en: "Set beside earlier weeks of {name}'s own, “{dimension}” is where more and more was noticed.",
  },
  {
    zh: "这学期，{name}在「{dimension}」这一枝上迈出的步子，自己和自己比最明显。",
    en: "This term {name}'s clearest step, measured only against {name}'s own past, is in “{dimension}”.",
  },
];

/** How a dimension stands: an opening for its stage, what was seen, and the change against the child's own earlier weeks. */
export function dimensionSentence(
  told: Told & { readonly stage: Stage; readonly change: Change },
): Bilingual {
  const { dimension, stage, change, topPoints } = told;
  const opening = chosen(STAGE_PHRASES[dimension][stage], `${told.seed}/opening/${dimension}`);
  const isFarAlong = stage === "bloom" || stage === "fruit";
  return joined([
    filled(opening, told),
    seenSentence(topPoints, isFarAlong ? SEEN_MOST : SEEN_SO_FAR, told),
    changeSentence(change, told),
  ]);
}

/** Where the child grew most against its own earlier weeks. Only for a dimension whose trend says `more`. */
export function grewMostSentence(told: Told): Bilingual {
  return joined([
    filled(chosen(GREW_MOST, `${told.seed}/grew-most`), told),
    seenSentence(told.topPoints, SEEN_MOST, told),
  ]);
}

/**
 * Three things to do together at home, for the dimensions the school saw least of, where a family may see most.
 * @param records records by dimension in the term
 * @param seed the student's and the term's id
 */
export function atHomeSuggestions(
  { grade, records }: { readonly grade: number; readonly records: Readonly<Record<Dimension, number>> },
  seed: string,
): Bilingual[] {
  const band = gradeBandOf(grade);
  return [...DIMENSIONS]
    .sort((a, b) => records[a] - records[b] || numberFrom(`${seed}/${a}`) - numberFrom(`${seed}/${b}`))
    .slice(0, HOME_SUGGESTIONS)
    .flatMap((dimension) => chosen(HOME_IDEAS[dimension][band], `${seed}/home/${dimension}`) ?? []);
}

function seenSentence(
  points: readonly Bilingual[],
  tellings: readonly TellPoints[],
  { seed, dimension }: Told,
): Bilingual | undefined {
  const telling = chosen(tellings, `${seed}/seen/${dimension}`);
  if (points.length === 0 || !telling) return undefined;
  const told = points
    .slice(0, TOLD_POINTS)
    .map(({ zh, en }) => ({ zh: `「${withoutAside(zh)}」`, en: `“${withoutAside(en)}”` }));
  return {
    zh: telling.zh(told.map(({ zh }) => zh).join("和")),
    en: telling.en(told.map(({ en }) => en).join(" and ")),
  };
}

function changeSentence(change: Change, told: Told): Bilingual | undefined {
  return filled(chosen(CHANGES[change], `${told.seed}/change/${told.dimension}`), told);
}

function filled(phrase: Bilingual | undefined, { studentName, dimensionName }: Told): Bilingual | undefined {
  if (!phrase) return undefined;
  const name = studentName === undefined ? undefined : callName(studentName);
  const fill = (text: string, names: { name: string; dimension: string }) =>
    text.replace(/\{(name|dimension)\}/g, (_, key: "name" | "dimension") => names[key]);
  const en = fill(phrase.en, { name: name ?? "this child", dimension: dimensionName.en });
  return {
    zh: fill(phrase.zh, { name: name ?? "孩子", dimension: dimensionName.zh }),
    en: en.charAt(0).toUpperCase() + en.slice(1),
  };
}

function joined(sentences: readonly (Bilingual | undefined)[]): Bilingual {
  const said = sentences.filter((sentence) => sentence !== undefined);
  return { zh: said.map(({ zh }) => zh).join(""), en: said.map(({ en }) => en).join(" ") };
}

/** A point's name without its remarks in brackets: they are for teachers. */
export function withoutAside(name: string): string {
  return name.replace(/\s*[(（][^)）]*[)）]/g, "").trim();
}

function chosen<T>(phrasings: readonly T[], seed: string): T | undefined {
  return phrasings[numberFrom(seed) % phrasings.length];
}

/** A number spread evenly over 32 bits, the same for the same text (FNV-1a with a final mix). */
export function numberFrom(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
