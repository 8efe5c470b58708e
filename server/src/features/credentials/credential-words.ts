/** What credentials say in words, in the language they are asked for in. Names no child and no teacher. */
import type { BadgeRule } from "@doudou/shared/contract/badge-rules.ts";
import type { Variety } from "@doudou/shared/domain/badge-words.ts";
import { DIMENSION_NAMES } from "@doudou/shared/domain/dimension-names.ts";
import { type Dimension, type Locale, perDimension, type Stage } from "@doudou/shared/domain/words.ts";
import type { HonourLevel } from "@doudou/shared/domain/works.ts";

/** What a rule names by a code, in the reader's language. */
export type NameOf = (of: "dimension" | "indicator" | "point", code: string) => string;

export interface CredentialWords {
  readonly dimensions: Readonly<Record<Dimension, string>>;
  readonly stages: Readonly<Record<Stage, string>>;
  readonly badge: (name: string, level: number, levels: number) => string;
  /** What a child had to do for a level of a badge. */
  readonly criteria: (rule: BadgeRule, level: number, nameOf: NameOf) => string;
  readonly honour: (level: HonourLevel, givenBy: string) => string;
  readonly honourCriteria: string;
  readonly summary: (term: string) => string;
  readonly summaryAbout: string;
  readonly summaryCriteria: string;
  readonly summaryCode: (code: string) => string;
  readonly record: (school: string) => string;
  readonly fileOfRecord: string;
}

const AMONG: Record<"zh" | "en", Record<Variety, string>> = {
  zh: { point: "观测点", indicator: "指标", dimension: "方面" },
  en: { point: "observation points", indicator: "indicators", dimension: "dimensions" },
};

const HONOURS: Record<"zh" | "en", Record<HonourLevel, string>> = {
  zh: {
    class: "班级",
    school: "校级",
    district: "区县级",
    city: "市级",
    province: "省级",
    nation: "国家级",
    other: "其他",
  },
  en: {
    class: "of the class",
    school: "of the school",
    district: "of the district",
    city: "of the city",
    province: "of the province",
    nation: "of the nation",
    other: "other",
  },
};

const zh: CredentialWords = {
  dimensions: { moral: "德", academic: "智", physical: "体", arts: "美", labour: "劳" },
  stages: { seed: "种子", sprout: "发芽", leaf: "长叶", bloom: "开花", fruit: "结果" },
  badge: (name, level, levels) => (levels > 1 ? `${name}（第${level}级）` : name),
  criteria(rule, level, nameOf) {
    const { of, codes } = rule.scope;
    const what = of === "any" ? "所有方面" : codes.map((code) => `“${nameOf(of, code)}”`).join("、");
    const { window } = rule;
    const when =
      window.span === "weeks"
        ? `连着的 ${window.weeks} 个教学周里`
        : { term: "一个学期里", year: "一个学年里", ever: "不限时间" }[window.span];
    if (rule.kind === "growth") return `${when}，和自己之前同样长的时间比，${what}更常被老师看见。`;
    const steps = stepsOf(rule, level);
    switch (rule.kind) {
      case "count":
        return `${when}，${what}得到老师 ${steps} 次记录。`;
      case "streak":
        return `${when}，连续 ${steps} 个教学周，每周至少有 ${rule.perWeek} 次${what}的记录。`;
      case "variety":
        return `${when}，${what}里有 ${steps} 种不同的${AMONG.zh[rule.among]}。`;
    }
  },
  honour: (level, givenBy) => `${HONOURS.zh[level]}荣誉，由${givenBy}颁发。`,
  honourCriteria: "由班主任登记，或由家长提出、班主任看过证明后确认。",
  summary: (term) => `${term} 学期成长报告`,
  summaryAbout:
    "学校发布的学期成长报告里，德智体美劳五个方面各自的成长阶段。阶段只和孩子自己比，不是分数，也不是名次。",
  summaryCriteria:
    "老师在一个学期里看见并记下孩子的表现，每个方面按记录所到的成长阶段说明：种子、发芽、长叶、开花、结果。",
  summaryCode: (code) => `报告核验码：${code}`,
  record: (school) => `${school} 综合素质成长记录`,
  fileOfRecord: "成长记录凭证",
};

const en: CredentialWords = {
  dimensions: perDimension((dimension) => DIMENSION_NAMES[dimension].en),
  stages: { seed: "Seed", sprout: "Sprout", leaf: "Leaf", bloom: "Bloom", fruit: "Fruit" },
  badge: (name, level, levels) => (levels > 1 ? `${name} (level ${level})` : name),
  criteria(rule, level, nameOf) {
    const { of, codes } = rule.scope;
    const what = of === "any" ? "anything" : codes.map((code) => `“${nameOf(of, code)}”`).join(", ");
    const { window } = rule;
    const when =
      window.span === "weeks"
        ? `within ${window.weeks} school weeks in a row`
        : { term: "within a term", year: "within a school year", ever: "in any time" }[window.span];
    if (rule.kind === "growth")
      return `Seen by teachers more often in ${what} ${when} than in one's own span before.`;
    const steps = stepsOf(rule, level);
    switch (rule.kind) {
      case "count":
        return `${steps} records of ${what} by teachers ${when}.`;
      case "streak":
        return `${steps} school weeks in a row ${when}, each with at least ${rule.perWeek} records of ${what}.`;
      case "variety":
        return `${steps} different ${AMONG.en[rule.among]} of ${what} ${when}.`;
    }
  },
  honour: (level, givenBy) => `An honour (${HONOURS.en[level]}), given by ${givenBy}.`,
  honourCriteria:
    "Entered by the homeroom teacher, or proposed by a guardian and confirmed by the homeroom teacher.",
  summary: (term) => `Term summary, ${term}`,
  summaryAbout:
    "The growth stage of each of the five dimensions in the term summary as the school published it. A stage compares a child with its own past: it is no score and no rank.",
  summaryCriteria:
    "Teachers note over a term what they see; each dimension is told by the stage its records have reached: seed, sprout, leaf, bloom, fruit.",
  summaryCode: (code) => `Verification code of the summary: ${code}`,
  record: (school) => `Record of growth, ${school}`,
  fileOfRecord: "record-of-growth",
};

export function credentialWords(locale: Locale): CredentialWords {
  return locale === "en" ? en : zh;
}

function stepsOf({ levels }: { readonly levels: readonly number[] }, level: number): number {
  return levels[level - 1] ?? 0;
}
