/**
 * A class's growth as tables for its homeroom teacher to take away: stages and changes in words, never beans, so that no
 * column can be sorted into a ranking of children.
 */
import type { ClassGrowth } from "@doudou/shared/contract/class-growth.ts";
import type { Need } from "@doudou/shared/domain/class-growth.ts";
import type { Change, Dimension, Locale, Stage } from "@doudou/shared/domain/words.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import { wordsIn, type WrittenTable } from "../../spreadsheets/written.ts";
import type { GrowingClass } from "./service.ts";

type Pair = readonly [zh: string, en: string];

const STAGE: Readonly<Record<Stage, Pair>> = {
  seed: ["种子", "Seed"],
  sprout: ["发芽", "Sprout"],
  leaf: ["长叶", "Leaf"],
  bloom: ["开花", "Bloom"],
  fruit: ["结果", "Fruit"],
};
const CHANGE: Readonly<Record<Change, Pair>> = {
  more: ["比自己以前更常被看见", "noticed more than before"],
  same: ["和自己以前差不多", "about as before"],
  fewer: ["比自己以前少被看见", "noticed less than before"],
  "too-few": ["记录还少，说不准", "too few to say"],
};
const NEED: Readonly<Record<Need["reason"], Pair>> = {
  few: ["记录很少", "hardly seen"],
  empty: ["还没有记录", "no record yet"],
  fewer: ["比自己以前少", "less than before"],
};

/** A row for each child, by name: its stage and its change in each dimension, and why to look at it. */
export function childrenTable({ children, dimensionNames }: GrowingClass, locale: Locale): WrittenTable {
  const say = wordsIn(locale);
  const nameOf = (dimension: Dimension) => sayName(dimensionNames?.[dimension], locale);
  return {
    name: say("成长", "Growth"),
    headings: [
      say("姓名", "Name"),
      ...DIMENSIONS.flatMap((dimension) => [
        nameOf(dimension),
        say(`${nameOf(dimension)}·和自己比`, `${nameOf(dimension)}, against the own past`),
      ]),
      say("可以多留意", "Worth a look"),
    ],
    rows: children.map(({ student, growth, needs }) => [
      student.name,
      ...growth.flatMap(({ stage, trend }) => [say(...STAGE[stage]), say(...CHANGE[trend.change])]),
      needs
        .map(({ reason, dimension }) =>
          [dimension === null ? "" : nameOf(dimension), say(...NEED[reason])]
            .filter(Boolean)
            .join(say("", ": ")),
        )
        .join(say("；", "; ")),
    ]),
  };
}

/** A row for each school week so far: how many different children were noticed. */
export function weeksTable({ children, weeks, dimensionNames }: GrowingClass, locale: Locale): WrittenTable {
  const say = wordsIn(locale);
  return {
    name: say("每周", "Weeks"),
    headings: [
      say("周一", "Monday"),
      say(`被看见的孩子（共${children.length}人）`, `Children noticed (of ${children.length})`),
      ...DIMENSIONS.map((dimension) => sayName(dimensionNames?.[dimension], locale)),
    ],
    rows: weeks.map((week: ClassGrowth["weeks"][number]) => [
      week.startsOn,
      String(week.children),
      ...week.dimensions.map(({ children: noticed }) => String(noticed)),
    ]),
  };
}

function sayName(name: { readonly zh: string; readonly en: string } | undefined, locale: Locale): string {
  return (locale === "en" ? name?.en : name?.zh) ?? "";
}
