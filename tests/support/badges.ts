/** A badge as an office words it: for three moral records of a term, and again for five. */
import type { BadgeDraft } from "@doudou/shared/contract/badges.ts";

export const HELPER = {
  code: "helper",
  name: { zh: "热心章", en: "Kind heart" },
  words: { zh: "看见别人需要帮助，就伸出手。", en: "Sees who needs a hand, and gives it." },
  shape: "flower",
  dimension: "moral",
  rule: {
    kind: "count",
    scope: { of: "dimension", codes: ["moral"] },
    window: { span: "term" },
    levels: [3, 5],
  },
  after: [],
  giver: "homeroom",
} satisfies BadgeDraft;
