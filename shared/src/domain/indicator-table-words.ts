/** The words of the scheme's table: its headings, and what may stand in a cell, in both languages. Words only. */
import type { Bilingual, Locale } from "./words.ts";

export const COLUMNS = [
  "dimension",
  "indicator",
  "indicator_zh",
  "indicator_en",
  "code",
  "name_zh",
  "name_en",
  "kind",
  "beans",
  "weekly_cap",
  "who",
  "grades",
  "evidence",
] as const;
export const OPTIONAL_COLUMNS = [
  "min_beans",
  "max_beans",
  "subjects",
  "icon",
  "origin",
  "indicator_origin",
] as const;
export type Column = (typeof COLUMNS)[number] | (typeof OPTIONAL_COLUMNS)[number];

export const COLUMN_WORDS: Readonly<Record<Column, Bilingual>> = {
  dimension: { zh: "五育", en: "Dimension" },
  indicator: { zh: "指标代码", en: "Indicator code" },
  indicator_zh: { zh: "指标", en: "Indicator in Chinese" },
  indicator_en: { zh: "指标英文名", en: "Indicator in English" },
  code: { zh: "观测点代码", en: "Point code" },
  name_zh: { zh: "观测点", en: "Point in Chinese" },
  name_en: { zh: "观测点英文名", en: "Point in English" },
  kind: { zh: "类型", en: "Kind" },
  beans: { zh: "豆数", en: "Beans" },
  weekly_cap: { zh: "每周上限", en: "Weekly cap" },
  who: { zh: "谁可以评", en: "Who may award" },
  grades: { zh: "年级", en: "Grades" },
  evidence: { zh: "照片", en: "Picture" },
  min_beans: { zh: "最少豆数", en: "Fewest beans" },
  max_beans: { zh: "最多豆数", en: "Most beans" },
  subjects: { zh: "学科代码", en: "Subject codes" },
  icon: { zh: "图标", en: "Sign" },
  origin: { zh: "来源", en: "Origin" },
  indicator_origin: { zh: "指标来源", en: "Indicator's origin" },
};

const VALUES: Readonly<Record<string, Bilingual>> = {
  moral: { zh: "德", en: "moral" },
  academic: { zh: "智", en: "academic" },
  physical: { zh: "体", en: "physical" },
  arts: { zh: "美", en: "arts" },
  labour: { zh: "劳", en: "labour" },
  behaviour: { zh: "行为", en: "behaviour" },
  participation: { zh: "参与", en: "participation" },
  growth: { zh: "进步", en: "growth" },
  homeroom: { zh: "班主任", en: "homeroom" },
  staff: { zh: "任课教师", en: "staff" },
  self: { zh: "自己", en: "self" },
  peer: { zh: "同学", en: "peer" },
  guardian: { zh: "家长", en: "guardian" },
  import: { zh: "导入", en: "import" },
  no: { zh: "不需要", en: "no" },
  optional: { zh: "可附", en: "optional" },
  required: { zh: "必附", en: "required" },
  core: { zh: "共同", en: "core" },
  school: { zh: "本校", en: "school" },
};

/** A word of the product as a table in a language has it. */
export function wordIn(word: string, locale: Locale): string {
  const words = VALUES[word];
  return words === undefined ? word : locale === "en" ? words.en : words.zh;
}

/** Whether a cell means a word of the product: as the product writes it, or in either language. */
export function wordMeant(word: string, cell: string): boolean {
  const plain = cell.toLowerCase();
  const words = VALUES[word];
  return plain === word || plain === words?.zh || plain === words?.en;
}
