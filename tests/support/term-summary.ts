/** A published term summary as a school would have it, for tests of what is made from one. Touches no database. */
import type { PublishedTermSummary } from "@doudou/server/documents/term-summary.ts";
import type { SummaryDimension, SummarySnapshot } from "@doudou/shared/contract/summaries.ts";

const DIMENSIONS: SummaryDimension[] = [
  {
    dimension: "moral",
    name: { zh: "品德发展", en: "Moral growth" },
    stage: "bloom",
    progress: 0.4,
    sentence: {
      zh: "常常主动帮助同学，升旗时庄重专注。记录最多的是「主动帮助有困难的同学」。",
      en: "Often helps classmates unasked, and is solemn and attentive at the flag.",
    },
    records: 41,
    recorders: 5,
    change: "more",
    indicators: [
      { name: { zh: "理想信念", en: "Ideals and belonging" }, level: "none" },
      { name: { zh: "社会责任", en: "Social responsibility" }, level: "often" },
      { name: { zh: "行为习惯", en: "Conduct" }, level: "always" },
    ],
  },
  {
    dimension: "academic",
    name: { zh: "学业发展", en: "Academic growth" },
    stage: "leaf",
    progress: 0.7,
    sentence: {
      zh: "课堂上愿意把自己的想法讲给大家听，作业订正比开学时更及时。",
      en: "Willing to share ideas in class; corrections come sooner than in September.",
    },
    records: 38,
    recorders: 4,
    change: "same",
    indicators: [
      { name: { zh: "学习习惯", en: "Study habits" }, level: "always" },
      { name: { zh: "创新精神", en: "Creativity" }, level: "seen" },
    ],
  },
  {
    dimension: "physical",
    name: { zh: "身心健康", en: "Health" },
    stage: "fruit",
    progress: 1,
    sentence: {
      zh: "跳绳从一分钟六十二个到八十一个，每天都在坚持。",
      en: "Rope skipping went from 62 to 81 in a minute.",
    },
    records: 26,
    recorders: 2,
    change: "more",
    indicators: [{ name: { zh: "健康生活", en: "Healthy living" }, level: "often" }],
  },
  {
    dimension: "arts",
    name: { zh: "审美素养", en: "Arts" },
    stage: "sprout",
    progress: 0.1,
    sentence: { zh: "在合唱和剪纸里找到了乐趣。", en: "Found joy in choir and paper cutting." },
    records: 9,
    recorders: 2,
    change: "fewer",
    indicators: [
      { name: { zh: "感受表达", en: "Appreciation and expression" }, level: "seen" },
      { name: { zh: "美育实践", en: "Arts practice" }, level: "none" },
    ],
  },
  {
    dimension: "labour",
    name: { zh: "劳动实践", en: "Labour" },
    stage: "seed",
    progress: 0.3,
    sentence: { zh: "会把自己的小岗位做完再走。", en: "Finishes the class duty before leaving." },
    records: 7,
    recorders: 3,
    change: "same",
    indicators: [{ name: { zh: "劳动习惯", en: "Work habits" }, level: "seen" }],
  },
];

const SNAPSHOT: SummarySnapshot = {
  version: 1,
  school: { name: "森林小学" },
  student: { id: "0198b7a0-0000-7000-8000-000000000001", name: "林小满", studentNo: "2023017" },
  class: { id: "0198b7a0-0000-7000-8000-000000000002", name: "三(2)班", grade: 3 },
  homeroomTeacher: "周敏",
  term: {
    id: "0198b7a0-0000-7000-8000-000000000003",
    name: { zh: "2025–2026学年第一学期", en: "Autumn term 2025–2026" },
    startsOn: "2025-09-01",
    endsOn: "2026-01-23",
  },
  dimensions: DIMENSIONS,
  grewMost: {
    dimension: "physical",
    sentence: {
      zh: "和自己前面几周相比，「身心健康」这一枝长得最多。",
      en: "Compared with earlier weeks, the “Health” branch grew most.",
    },
  },
  highlights: [
    {
      day: "2025-09-18",
      dimension: "moral",
      point: { zh: "主动帮助有困难的同学", en: "Helps a classmate unasked" },
      by: "周敏",
      note: "陪摔倒的同学去医务室，一路扶着他。",
    },
    {
      day: "2025-10-22",
      dimension: "physical",
      point: { zh: "一分钟跳绳超过自己", en: "Skips more than before" },
      by: "赵强",
      note: null,
    },
  ],
  atHome: [
    {
      zh: "每天让孩子讲一件今天自己做成的小事，先听完再说话。",
      en: "Let your child tell one thing they managed today.",
    },
    {
      zh: "周末一起做一顿简单的饭，从洗菜开始分工。",
      en: "Cook a simple meal together, and share the tasks.",
    },
  ],
  comment: "小满这学期像一棵悄悄拔节的小树。\n下学期试着每天给自己定一个小目标！",
};

/** The summary of 林小满, with what the test cares about put in its place. */
export function publishedSummary({
  snapshot,
  ...over
}: Partial<Omit<PublishedTermSummary, "snapshot">> & {
  snapshot?: Partial<SummarySnapshot>;
} = {}): PublishedTermSummary {
  return {
    revision: 1,
    publishedAt: "2026-01-20T17:30:00.000Z",
    sha256: "9f2c41d07ab3e86655aa0d1be2c3f4958677a8b9cadbecfd0e1f2a3b4c5d6e7f",
    verificationCode: "K7QF-3MXP",
    changes: [],
    ...over,
    snapshot: { ...SNAPSHOT, ...snapshot },
  };
}
