/** What is measured, and how a result is called, in both languages. To a family nothing is a failure: see KIND_FITNESS_WORDS. */
import type { FitnessItem, FitnessWord, ScoredItem } from "./fitness.ts";
import type { Bilingual } from "./words.ts";

export const FITNESS_NAMES: Readonly<Record<FitnessItem | ScoredItem, Bilingual>> = {
  height: { zh: "身高", en: "Height" },
  weight: { zh: "体重", en: "Weight" },
  bmi: { zh: "体重指数", en: "Body mass index" },
  "vital-capacity": { zh: "肺活量", en: "Vital capacity" },
  "run-50": { zh: "50米跑", en: "50 m run" },
  "sit-and-reach": { zh: "坐位体前屈", en: "Sit and reach" },
  "rope-skipping": { zh: "一分钟跳绳", en: "Rope skipping" },
  "sit-ups": { zh: "一分钟仰卧起坐", en: "Sit-ups" },
  "shuttle-run": { zh: "50米×8往返跑", en: "50 m × 8 shuttle" },
  "standing-jump": { zh: "立定跳远", en: "Standing jump" },
  "pull-ups": { zh: "引体向上", en: "Pull-ups" },
  "run-1000": { zh: "1000米跑", en: "1000 m run" },
  "run-800": { zh: "800米跑", en: "800 m run" },
};

const CENTIMETRES: Bilingual = { zh: "厘米", en: "cm" };
const SECONDS: Bilingual = { zh: "秒", en: "s" };
const A_MINUTE: Bilingual = { zh: "个", en: "a minute" };

export const FITNESS_UNITS: Readonly<Record<FitnessItem, Bilingual>> = {
  height: CENTIMETRES,
  weight: { zh: "千克", en: "kg" },
  "vital-capacity": { zh: "毫升", en: "ml" },
  "run-50": SECONDS,
  "sit-and-reach": CENTIMETRES,
  "rope-skipping": A_MINUTE,
  "sit-ups": A_MINUTE,
  "shuttle-run": SECONDS,
  "standing-jump": CENTIMETRES,
  "pull-ups": { zh: "个", en: "times" },
  "run-1000": SECONDS,
  "run-800": SECONDS,
};

/** What a summary calls the year's test. */
export const FITNESS_TEST: Bilingual = { zh: "体质测试", en: "Fitness test" };

/** As the standard calls it: for who tests, and for guardians. */
export const STANDARD_FITNESS_WORDS: Readonly<Record<FitnessWord, Bilingual>> = {
  excellent: { zh: "优秀", en: "Excellent" },
  good: { zh: "良好", en: "Good" },
  pass: { zh: "及格", en: "Passed" },
  "not-yet": { zh: "不及格", en: "Not passed" },
};

/** As a child reads it, alone or in its summary. */
export const KIND_FITNESS_WORDS: Readonly<Record<FitnessWord, Bilingual>> = {
  ...STANDARD_FITNESS_WORDS,
  pass: { zh: "达标", en: "Reached" },
  "not-yet": { zh: "再练一练", en: "Keep practising" },
};

/** In what a child became better than its own earlier self; empty where there is nothing to say. */
export function improvedInWords(items: readonly FitnessItem[]): Bilingual {
  if (items.length === 0) return { zh: "", en: "" };
  return {
    zh: `比自己上一次有进步：${items.map((item) => FITNESS_NAMES[item].zh).join("、")}`,
    en: `Better than their own last result: ${items.map((item) => FITNESS_NAMES[item].en).join(", ")}`,
  };
}
