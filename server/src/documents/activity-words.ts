/** What sorts of activities are called on paper and in tables, in both languages. */
import type { ActivitySort } from "@doudou/shared/domain/activities.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";

export const SORT_WORDS: Readonly<Record<Locale, Readonly<Record<ActivitySort, string>>>> = {
  "zh-CN": {
    school: "班队活动",
    club: "社团",
    trip: "研学",
    labour: "劳动与社会实践",
    place: "场馆",
    family: "家庭活动",
  },
  en: {
    school: "School activity",
    club: "Club",
    trip: "Study trip",
    labour: "Labour and social practice",
    place: "Museum or place",
    family: "Family activity",
  },
};
