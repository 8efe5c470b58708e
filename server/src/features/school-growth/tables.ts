/**
 * The school's growth as a table to take away: a line for the school, each grade and each class, in the order of classes.
 * What is said of a dimension is one cell of words, so that no column can be sorted into a ranking.
 */
import type { GrowingGroup, SchoolGrowth } from "@doudou/shared/contract/school-growth.ts";
import type { Bilingual, Change, Locale, Stage } from "@doudou/shared/domain/words.ts";
import { gradeName } from "@doudou/shared/domain/roster-import/class-names.ts";
import { wordsIn, type WrittenTable } from "../../spreadsheets/written.ts";

type Say = ReturnType<typeof wordsIn>;
type Pair = readonly [zh: string, en: string];

const STAGE: Readonly<Record<Stage, Pair>> = {
  seed: ["种子", "seed"],
  sprout: ["发芽", "sprout"],
  leaf: ["长叶", "leaf"],
  bloom: ["开花", "bloom"],
  fruit: ["结果", "fruit"],
};
const CHANGE: Readonly<Record<Change, Pair>> = {
  more: ["更常被看见", "more often"],
  same: ["差不多", "about the same"],
  fewer: ["少了些", "less often"],
  "too-few": ["说不准", "too few to say"],
};
const TOO_FEW: Pair = ["孩子太少，不说", "too few children to say"];

/** @param growth as the page shows it */
export function schoolTable({ dimensions, groups, before }: SchoolGrowth, locale: Locale): WrittenTable {
  const say = wordsIn(locale);
  const nameOf = (name: Bilingual) => say(name.zh, name.en);
  return {
    name: say("学校成长", "School growth"),
    headings: [
      say("哪里", "Where"),
      say("孩子", "Children"),
      ...dimensions.map(({ name }) => nameOf(name)),
      ...(before ? againstHeadings(before.name) : []),
    ],
    rows: groups.map((group) => [
      whereOf(group, say),
      String(group.children),
      ...dimensions.map(({ dimension }) => stageWords(group, dimension, say)),
      ...(before
        ? [
            group.against ? String(group.against.children) : say(...TOO_FEW),
            ...dimensions.map(({ dimension }) => changeWords(group, dimension, say)),
          ]
        : []),
    ]),
  };

  function againstHeadings(term: Bilingual): string[] {
    return [
      say(`${term.zh}也有记录的孩子`, `Children also noticed in ${term.en}`),
      ...dimensions.map(({ name }) =>
        say(`${name.zh}·和${term.zh}的自己比`, `${name.en}, each against itself in ${term.en}`),
      ),
    ];
  }
}

function whereOf({ grade, class: ofClass }: GrowingGroup, say: Say): string {
  if (ofClass) return ofClass.name;
  return grade === null ? say("全校", "Whole school") : say(gradeName(grade), `Grade ${grade}`);
}

function stageWords({ stages }: GrowingGroup, dimension: string, say: Say): string {
  const found = stages?.find((each) => each.dimension === dimension);
  if (!found) return say(...TOO_FEW);
  return found.shares
    .map(
      (share) =>
        `${share.stages.map((stage) => say(...STAGE[stage])).join(say("或", " or "))} ${share.percent}%`,
    )
    .join(say("，", ", "));
}

function changeWords({ against }: GrowingGroup, dimension: string, say: Say): string {
  const found = against?.dimensions.find((each) => each.dimension === dimension);
  if (!found) return say(...TOO_FEW);
  const shares = found.changes
    .map(
      (share) =>
        `${share.changes.map((change) => say(...CHANGE[change])).join(say("或", " or "))} ${share.percent}%`,
    )
    .join(say("，", ", "));
  if (!found.rates) return shares;
  const [now, before] = [found.rates.now.toFixed(1), found.rates.before.toFixed(1)];
  return `${shares}${say(
    `；平均每个孩子每周约 ${now} 次，那时约 ${before} 次`,
    `; about ${now} times a school week for each child, then about ${before}`,
  )}`;
}
