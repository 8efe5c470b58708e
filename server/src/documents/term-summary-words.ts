/**
 * Every word the term summary prints that is not the child's own record, in both languages.
 * Never holds layout, and never a word that ranks, scores or blames.
 */
import type { Level, Locale, PerDimension, Stage, SummaryPart } from "@doudou/shared/domain/words.ts";

/** The character each dimension is known by, the same in both languages: colour never carries meaning alone. */
export const DIMENSION_CHARACTERS: PerDimension<string> = {
  moral: "德",
  academic: "智",
  physical: "体",
  arts: "美",
  labour: "劳",
};

/** As the guardian's page names them. Joined by semicolons: one of them has a comma of its own. */
const PARTS_ZH: Readonly<Record<SummaryPart, string>> = {
  comment: "班主任的话",
  dimensions: "五个方面",
  highlights: "闪光时刻",
  "at-home": "在家里可以这样做",
  people: "姓名、班级等信息",
};
const PARTS_EN: typeof PARTS_ZH = {
  comment: "the teacher’s words",
  dimensions: "the five dimensions",
  highlights: "highlights",
  "at-home": "what to do at home",
  people: "name, class and the like",
};

/** What stands on the paper as it is. */
export interface TermSummaryLabels {
  readonly title: string;
  readonly dimensions: string;
  readonly ownPast: string;
  readonly grewMost: string;
  readonly grewMostUnknown: string;
  readonly indicators: string;
  readonly indicatorsNote: string;
  readonly highlights: string;
  readonly noHighlights: string;
  readonly comment: string;
  readonly rated: string;
  readonly ratedNote: string;
  readonly activities: string;
  readonly fitness: string;
  readonly fitnessWord: string;
  readonly remarks: string;
  readonly atHome: string;
  readonly signing: string;
  readonly studentWords: string;
  readonly guardianSigns: string;
  readonly homeroomSigns: string;
  readonly date: string;
  /** With `{page}` and `{pages}` where the numbers go: only the layout knows them. */
  readonly pageNumber: string;
}

export interface TermSummaryWords {
  readonly labels: TermSummaryLabels;
  readonly className: (name: string) => string;
  readonly studentNo: (number: string) => string;
  readonly homeroomTeacher: (name: string) => string;
  readonly period: (from: string, to: string) => string;
  readonly stages: Record<Stage, string>;
  readonly levels: Record<Level, string>;
  /** How much the description of a dimension rests on. */
  readonly evidence: (records: number, people: number) => string;
  readonly noEvidence: string;
  readonly tooFew: string;
  /** What a reader who cannot see the drawing of the plant is told. */
  readonly plant: (branches: readonly { readonly name: string; readonly stage: string }[]) => string;
  readonly by: (person: string) => string;
  readonly verification: (code: string) => string;
  readonly fingerprint: (start: string) => string;
  readonly published: (day: string) => string;
  readonly revision: (revision: number) => string;
  /** What a correction says differently. @param changed at least one */
  readonly corrected: (revision: number, changed: readonly SummaryPart[]) => string;
  readonly separator: string;
  readonly fileTitle: (who: string, term: string) => string;
  readonly longDay: (day: string) => string;
  readonly shortDay: (day: string) => string;
}

const zh: TermSummaryWords = {
  labels: {
    title: "学期成长报告",
    dimensions: "五育成长",
    ownPast: "只和自己比，每个孩子都有自己的季节",
    grewMost: "这学期长得最多的",
    grewMostUnknown: "记录还太少，暂时说不准哪一方面长得最多。",
    indicators: "一学期里的表现",
    indicatorsNote: "记的是被看见的多少，不是分数",
    highlights: "闪光时刻",
    noHighlights: "这学期还没有写下闪光时刻，期待接下来一起发现。",
    comment: "班主任的话",
    rated: "老师们看到的",
    ratedNote: "用话说，不打分",
    activities: "参加的活动",
    fitness: "体质测试",
    fitnessWord: "国家学生体质健康标准",
    remarks: "科任老师的话",
    atHome: "在家里可以这样做",
    signing: "读过之后",
    studentWords: "学生的话",
    guardianSigns: "家长签字",
    homeroomSigns: "班主任签字",
    date: "日期",
    pageNumber: "第 {page} 页，共 {pages} 页",
  },
  className: (name) => name,
  studentNo: (number) => `学号 ${number}`,
  homeroomTeacher: (name) => `班主任 ${name}`,
  period: (from, to) => `${from} 至 ${to}`,
  stages: { seed: "种子", sprout: "发芽", leaf: "长叶", bloom: "开花", fruit: "结果" },
  levels: { none: "还没有记录", seen: "初见", often: "常常", always: "一贯" },
  evidence: (records, people) => `依据 ${records} 条记录，来自 ${people} 人`,
  noEvidence: "这学期还没有记录，暂不下结论",
  tooFew: "记录太少，暂不下结论",
  plant: (branches) => `成长植物：${branches.map(({ name, stage }) => `${name}${stage}`).join("，")}`,
  by: (person) => person,
  verification: (code) => `核验码 ${code}`,
  fingerprint: (start) => `数据指纹 ${start}`,
  published: (day) => `发布于 ${day}`,
  revision: (revision) => `第 ${revision} 版`,
  corrected: (revision, changed) =>
    `这是更正后的第 ${revision} 版，改动的地方：${changed.map((part) => PARTS_ZH[part]).join("；")}。`,
  separator: " · ",
  fileTitle: (who, term) => `${who} ${term} 学期成长报告`,
  longDay: (day) => {
    const [year, month, date] = parts(day);
    return `${year}年${month}月${date}日`;
  },
  shortDay: (day) => {
    const [, month, date] = parts(day);
    return `${month}月${date}日`;
  },
};

const en: TermSummaryWords = {
  labels: {
    title: "Term summary",
    dimensions: "Five dimensions",
    ownPast: "Compared only with the child's own past",
    grewMost: "What grew most this term",
    grewMostUnknown: "There are too few records yet to say what grew most.",
    indicators: "Seen over the term",
    indicatorsNote: "How often it was noticed; not a score",
    highlights: "Highlights",
    noHighlights: "No highlights written down this term yet. We look forward to finding them together.",
    comment: "From the homeroom teacher",
    rated: "What teachers have seen",
    ratedNote: "In words, not scores",
    activities: "Activities",
    fitness: "Fitness test",
    fitnessWord: "National fitness standard",
    remarks: "From subject teachers",
    atHome: "How to help at home",
    signing: "After reading",
    studentWords: "Student's own words",
    guardianSigns: "Guardian's signature",
    homeroomSigns: "Homeroom teacher",
    date: "Date",
    pageNumber: "Page {page} of {pages}",
  },
  className: (name) => `Class ${name}`,
  studentNo: (number) => `Student no. ${number}`,
  homeroomTeacher: (name) => `Homeroom teacher ${name}`,
  period: (from, to) => `${from} to ${to}`,
  stages: { seed: "Seed", sprout: "Sprout", leaf: "Leaf", bloom: "Bloom", fruit: "Fruit" },
  levels: { none: "No record yet", seen: "Seen", often: "Often", always: "Always" },
  evidence: (records, people) =>
    `From ${counted(records, "record", "records")} by ${counted(people, "person", "people")}`,
  noEvidence: "No records this term yet, too few to say",
  tooFew: "Too few to say",
  plant: (branches) =>
    `Growth plant: ${branches.map(({ name, stage }) => `${name} ${stage.toLowerCase()}`).join(", ")}`,
  by: (person) => `by ${person}`,
  verification: (code) => `Verification code ${code}`,
  fingerprint: (start) => `Fingerprint ${start}`,
  published: (day) => `Published ${day}`,
  revision: (revision) => `Revision ${revision}`,
  corrected: (revision, changed) =>
    `This is revision ${revision}, corrected in: ${changed.map((part) => PARTS_EN[part]).join("; ")}.`,
  separator: " · ",
  fileTitle: (who, term) => `${who}, ${term}, Term summary`,
  longDay: (day) => {
    const [year, month, date] = parts(day);
    return `${date} ${MONTHS[month - 1]} ${year}`;
  },
  shortDay: (day) => {
    const [, month, date] = parts(day);
    return `${date} ${MONTHS[month - 1]}`;
  },
};

export const TERM_SUMMARY_WORDS: Record<Locale, TermSummaryWords> = { "zh-CN": zh, en };

// Written out rather than asked of Intl, whose abbreviations change between releases: the same summary must print the same.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** @param day `2025-09-01` */
function parts(day: string): [year: number, month: number, date: number] {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return [year, month, date];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
