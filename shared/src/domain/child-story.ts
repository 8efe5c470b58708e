/**
 * A child's own version of its term summary: a short story, page by page, in words it can read itself. Made from the frozen
 * snapshot and from nothing else, so that it changes only when the summary is corrected. It says nothing the summary does
 * not: no figure, no rank, nobody else, and a change only where the summary claims one.
 *
 * What teachers wrote is shown as it stands. It is addressed to the family, but the child may read the summary and finds
 * the same words in the book of its year; to cut out the kind half of a letter would make its teacher say something else.
 */
import type { SummaryBadge, SummaryHighlight, SummarySnapshot } from "../contract/summaries.ts";
import { callName } from "./child-name.ts";
import { AHEAD, STORY_TITLES, STORY_WORDS, withDoing } from "./child-story-words.ts";
import { type GradeBand, gradeBandOf } from "./home-ideas.ts";
import { sentencesOf } from "./read-aloud.ts";
import { withoutAside } from "./sentences.ts";
import { type Bilingual, type Dimension, type Locale, STAGES } from "./words.ts";

/** What a teacher wrote: a subject teacher's sentence, or the homeroom teacher's letter. */
interface StoryLetter {
  readonly text: string;
  readonly by: string | null;
  /** null: of the homeroom teacher. */
  readonly subject: Bilingual | null;
}

/** A page shows its title, then its lines, then whatever of the rest it has. */
export interface StoryPage {
  readonly kind: "cover" | keyof typeof STORY_TITLES;
  readonly title: Bilingual;
  /** The product's own words. */
  readonly lines: readonly Bilingual[];
  /** The branch that the page is about. */
  readonly dimension: Dimension | null;
  readonly moments: readonly SummaryHighlight[];
  readonly badges: readonly SummaryBadge[];
  readonly letters: readonly StoryLetter[];
}

/** Few for those who read slowly. */
const MOST_MOMENTS: Readonly<Record<GradeBand, number>> = { lower: 3, middle: 4, upper: 6 };
const MOST_OFTEN = 2;

/**
 * The pages in their order; a page that would be empty is left out, but the first and the last are always there.
 * @throws never
 */
export function childStory(snapshot: SummarySnapshot): StoryPage[] {
  const band = gradeBandOf(snapshot.class.grade);
  return [
    coverPage(snapshot, band),
    plantPage(snapshot, band),
    oftenPage(snapshot, band),
    grewPage(snapshot, band),
    momentsPage(snapshot, band),
    ...badgesPage(snapshot, band),
    ...lettersPage(snapshot, band),
    aheadPage(snapshot, band),
  ];
}

/** A page as a voice reads it, sentence by sentence as it stands there. */
export function storySentences(
  { title, lines, moments, badges, letters }: StoryPage,
  locale: Locale,
): string[] {
  const said = ({ zh, en }: Bilingual) => (locale === "en" ? en : zh);
  return [
    said(title),
    ...lines.map(said),
    ...moments.flatMap(({ point, note }) => [said(point), note ?? ""]),
    ...badges.map(({ name }) => said(name)),
    ...letters.map(({ text }) => text),
  ].flatMap(sentencesOf);
}

function coverPage({ student }: SummarySnapshot, band: GradeBand): StoryPage {
  const name = callName(student.name);
  const { coverTitle: title, cover: lines } = STORY_WORDS[band];
  const named = { zh: title.zh.replace("{name}", () => name), en: title.en.replace("{name}", () => name) };
  return { ...BARE, kind: "cover", title: named, lines };
}

function plantPage({ dimensions }: SummarySnapshot, band: GradeBand): StoryPage {
  const furthest = STAGES.findLast((stage) => dimensions.some((one) => one.stage === stage)) ?? "seed";
  const { plant, furthest: words } = STORY_WORDS[band];
  return page("plant", [...plant, words[furthest]]);
}

/** Said of a branch only where an indicator of it was seen often enough to be called so. */
function oftenPage({ dimensions }: SummarySnapshot, band: GradeBand): StoryPage {
  const words = STORY_WORDS[band];
  const often = dimensions
    .filter(({ indicators }) => indicators.some(({ level }) => level === "often" || level === "always"))
    .toSorted((a, b) => b.records - a.records)
    .slice(0, MOST_OFTEN)
    .map(({ dimension }) => dimension);
  const [first] = often;
  if (!first) return page("often", words.oftenUnknown);
  const told = often.map((dimension) =>
    withDoing(dimension === first ? words.often : words.oftenAlso, dimension),
  );
  const lines = [...told, words.oftenSeen];
  return { ...page("often", lines), dimension: first };
}

function grewPage({ grewMost }: SummarySnapshot, band: GradeBand): StoryPage {
  const { grew, grewUnknown } = STORY_WORDS[band];
  if (!grewMost) return page("grew", grewUnknown);
  const { dimension } = grewMost;
  return {
    ...page(
      "grew",
      grew.map((line) => withDoing(line, dimension)),
    ),
    dimension,
  };
}

function momentsPage({ highlights }: SummarySnapshot, band: GradeBand): StoryPage {
  const words = STORY_WORDS[band];
  const moments = highlights.slice(0, MOST_MOMENTS[band]).map((moment) => {
    const { zh, en } = moment.point;
    return { ...moment, point: { zh: withoutAside(zh) || zh, en: withoutAside(en) || en } };
  });
  return { ...page("moments", moments.length === 0 ? words.momentsNone : [words.moments]), moments };
}

function badgesPage({ badges = [] }: SummarySnapshot, band: GradeBand): StoryPage[] {
  return badges.length === 0 ? [] : [{ ...page("badges", [STORY_WORDS[band].badges]), badges }];
}

function lettersPage(
  { remarks = [], comment, homeroomTeacher }: SummarySnapshot,
  band: GradeBand,
): StoryPage[] {
  const letters: StoryLetter[] = [
    ...remarks,
    ...(comment.trim() === "" ? [] : [{ text: comment, by: homeroomTeacher, subject: null }]),
  ];
  return letters.length === 0 ? [] : [{ ...page("letters", [STORY_WORDS[band].letters]), letters }];
}

/** Where the child's own plant has most leaves to come: an invitation, and no word of what is missing. */
function aheadPage({ dimensions }: SummarySnapshot, band: GradeBand): StoryPage {
  const steps = (one: SummarySnapshot["dimensions"][number]) => STAGES.indexOf(one.stage) + one.progress;
  const [youngest] = dimensions.toSorted((a, b) => steps(a) - steps(b));
  const dimension = youngest?.dimension ?? "moral";
  return { ...page("ahead", [...STORY_WORDS[band].ahead, AHEAD[dimension][band]]), dimension };
}

const BARE = { dimension: null, moments: [], badges: [], letters: [] };

function page(kind: keyof typeof STORY_TITLES, lines: readonly Bilingual[]): StoryPage {
  return { ...BARE, kind, title: STORY_TITLES[kind], lines };
}
