/**
 * Turns published term summaries into what the Typst template draws: finished sentences in one language, no decisions left.
 * Pure. Never builds Typst source: everything here reaches the template as JSON values.
 */
import type {
  PublishedSummary,
  SummaryDimension,
  SummaryHighlight,
  SummarySnapshot,
} from "@doudou/shared/contract/summaries.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { improvedInWords, KIND_FITNESS_WORDS } from "@doudou/shared/domain/fitness-words.ts";
import {
  type Bilingual,
  type Dimension,
  DIMENSIONS,
  LEVELS,
  type Locale,
  STAGES,
  type SummaryPart,
} from "@doudou/shared/domain/words.ts";
import { SORT_WORDS } from "./activity-words.ts";
import { printable } from "./printable.ts";
import type { SchoolPaper } from "./school-paper.ts";
import {
  DIMENSION_CHARACTERS,
  TERM_SUMMARY_WORDS,
  type TermSummaryLabels,
  type TermSummaryWords,
} from "./term-summary-words.ts";

/** A frozen snapshot with the facts of its publication. */
export interface PublishedTermSummary extends PublishedSummary {
  readonly snapshot: SummarySnapshot;
  /** What a correction says differently from the revision before; none in the first. */
  readonly changes: readonly SummaryPart[];
}

export interface PrintSettings extends SchoolPaper {
  readonly locale: Locale;
  /** IANA name of the school's time zone, for the day of publication. */
  readonly timeZone: string;
}

/** What `typst/term-summary.typ` reads. */
export interface TermSummaryFile {
  readonly lang: "zh" | "en";
  readonly title: string;
  readonly author: string;
  /** Local date and time of the latest publication in the file, in the order Typst's `datetime` takes them. */
  readonly date: { year: number; month: number; day: number; hour: number; minute: number; second: number };
  readonly words: TermSummaryLabels;
  /** Seed to fruit, as words. */
  readonly stages: readonly string[];
  /** `none` to `always`, as words. */
  readonly levels: readonly string[];
  readonly children: readonly ReturnType<typeof childPages>[];
}

/** @param summaries at least one, in the order they are to be printed */
export function termSummaryFile(
  summaries: readonly PublishedTermSummary[],
  { locale, timeZone }: PrintSettings,
): TermSummaryFile {
  const [first] = summaries;
  if (first === undefined) throw new RangeError("a term summary file needs at least one summary");
  const words = TERM_SUMMARY_WORDS[locale];
  const latest = summaries
    .map(({ publishedAt }) => publishedAt)
    .reduce((a, b) => (Date.parse(a) >= Date.parse(b) ? a : b));
  const text = textIn(locale);
  const { school, student, class: ofClass, term } = first.snapshot;
  const sameClass = summaries.every(({ snapshot }) => snapshot.class.id === ofClass.id);
  const who = summaries.length === 1 ? student.name : sameClass ? words.className(ofClass.name) : school.name;
  return {
    lang: locale === "en" ? "en" : "zh",
    title: printable(words.fileTitle(who, text(term.name))),
    author: printable(school.name),
    date: localTime(latest, timeZone),
    words: words.labels,
    stages: STAGES.map((stage) => words.stages[stage]),
    levels: LEVELS.map((level) => words.levels[level]),
    children: summaries.map((summary) => childPages(summary, words, locale, timeZone)),
  };
}

function childPages(
  summary: PublishedTermSummary,
  words: TermSummaryWords,
  locale: Locale,
  timeZone: string,
) {
  const { snapshot } = summary;
  const text = textIn(locale);
  const publishedOn = localDayOf(Date.parse(summary.publishedAt), timeZone);
  const className = printable(words.className(snapshot.class.name));
  const term = text(snapshot.term.name);
  const name = printable(snapshot.student.name);
  return {
    school: printable(snapshot.school.name),
    name,
    term,
    period: words.period(words.longDay(snapshot.term.startsOn), words.longDay(snapshot.term.endsOn)),
    facts: [
      className,
      ...(snapshot.student.studentNo === "" ? [] : [printable(words.studentNo(snapshot.student.studentNo))]),
      ...(snapshot.homeroomTeacher === null
        ? []
        : [printable(words.homeroomTeacher(snapshot.homeroomTeacher))]),
    ],
    runningHead: [name, className, term].join(words.separator),
    plantAlt: words.plant(
      snapshot.dimensions.map((one) => ({ name: text(one.name), stage: words.stages[one.stage] })),
    ),
    dimensions: snapshot.dimensions.map((dimension) => ({
      ...dimensionRow(dimension, words, text),
      past: pastOf(dimension, snapshot, text),
    })),
    grewMost: snapshot.grewMost && {
      ...mark(snapshot.grewMost.dimension),
      sentence: text(snapshot.grewMost.sentence),
    },
    highlights: snapshot.highlights.map((highlight) => highlightRow(highlight, words, text)),
    atHome: snapshot.atHome.map(text),
    comment: paragraphs(snapshot.comment),
    remarks: (snapshot.remarks ?? []).map(({ subject, by, text: said }) => ({
      text: printable(said),
      by: [text(subject), printable(by)].join(words.separator),
    })),
    activities: (snapshot.activities?.told ?? []).map(
      ({ title, sort, day: on, place, part, reflection }) => ({
        title: printable(title),
        facts: [SORT_WORDS[locale][sort], words.shortDay(on), printable(place), printable(part)]
          .filter((fact) => fact !== "")
          .join(words.separator),
        said: reflection === null ? [] : paragraphs(reflection),
      }),
    ),
    rated: (snapshot.rated ?? []).map(({ dimension, indicator, word, description }) => ({
      ...mark(dimension),
      name: text(indicator),
      word: text(word),
      description: text(description),
    })),
    fitness: fitnessRow(snapshot, words, text),
    corrected: summary.changes.length === 0 ? "" : words.corrected(summary.revision, summary.changes),
    footer: [
      words.verification(printable(summary.verificationCode)),
      words.fingerprint(summary.sha256.slice(0, 12)),
      words.published(words.longDay(publishedOn)),
      words.revision(summary.revision),
    ].join(words.separator),
  };
}

/** In kind words: the child reads its summary too. */
function fitnessRow({ fitness }: SummarySnapshot, words: TermSummaryWords, text: TextOf) {
  if (!fitness) return null;
  return {
    ...mark("physical"),
    name: words.labels.fitnessWord,
    word: text(KIND_FITNESS_WORDS[fitness.word]),
    description: text(improvedInWords(fitness.improved)),
  };
}

function dimensionRow(dimension: SummaryDimension, words: TermSummaryWords, text: TextOf) {
  const evidence = words.evidence(dimension.records, dimension.recorders);
  const firm = dimension.change === "too-few" ? [evidence, words.tooFew].join(words.separator) : evidence;
  return {
    ...mark(dimension.dimension),
    name: text(dimension.name),
    stage: STAGES.indexOf(dimension.stage),
    progress: Math.min(1, Math.max(0, dimension.progress)),
    sentence: text(dimension.sentence),
    evidence: dimension.records === 0 ? words.noEvidence : firm,
    indicators: dimension.indicators.map(({ name, level }) => ({
      name: text(name),
      level: LEVELS.indexOf(level),
    })),
  };
}

/** Against the child's own last term; nothing where there is none. */
function pastOf({ dimension }: SummaryDimension, { lastTerm = [] }: SummarySnapshot, text: TextOf) {
  const past = lastTerm.find((one) => one.dimension === dimension);
  return past ? text(past.sentence) : "";
}

function highlightRow(highlight: SummaryHighlight, words: TermSummaryWords, text: TextOf) {
  return {
    ...mark(highlight.dimension),
    day: words.shortDay(highlight.day),
    point: text(highlight.point),
    by: printable(words.by(highlight.by)),
    note: highlight.note === null ? [] : paragraphs(highlight.note),
  };
}

/** A dimension's bean: which of the five, and its character. */
function mark(dimension: Dimension) {
  return { dimension: DIMENSIONS.indexOf(dimension), character: DIMENSION_CHARACTERS[dimension] };
}

type TextOf = (text: Bilingual) => string;

function textIn(locale: Locale): TextOf {
  return (text) => printable(locale === "en" ? text.en : text.zh);
}

/** What people wrote, line by line as they wrote it; lines without a word are dropped. */
function paragraphs(written: string): string[] {
  return written
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => printable(line).trim())
    .filter((line) => line !== "");
}

/** Making one takes longer than all that it tells of a school's summaries. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat("en", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}

function localTime(instant: string, timeZone: string): TermSummaryFile["date"] {
  const parts = clockOf(timeZone).formatToParts(new Date(instant));
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
  return { year, month, day, hour, minute, second };
}
