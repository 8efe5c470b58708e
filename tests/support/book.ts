/** School years of a child for tests of its book: full, empty, and whatever is drawn. */
import fc from "fast-check";
import type {
  BookFile,
  BookGrowth,
  BookMoment,
  BookTerm,
  BookYear,
} from "@doudou/shared/domain/book/year.ts";
import { BADGE_SHAPES } from "@doudou/shared/domain/badge-words.ts";
import { HOME_TOPICS, PEER_STARTERS, SELF_QUESTIONS } from "@doudou/shared/domain/voices.ts";
import { ACTIVITY_SORTS } from "@doudou/shared/domain/activities.ts";
import { FILE_KINDS, HIGHLIGHT_KINDS, HONOUR_LEVELS, HONOUR_STATES } from "@doudou/shared/domain/works.ts";
import { DIMENSIONS, KINDS, STAGES } from "@doudou/shared/domain/words.ts";

const NAMES = { moral: "德育", academic: "智育", physical: "体育", arts: "美育", labour: "劳育" } as const;

function term(name: string, stage: number): BookTerm {
  const dimensions = DIMENSIONS.map((dimension, place): BookGrowth => ({
    dimension,
    name: { zh: NAMES[dimension], en: dimension },
    stage: STAGES[(stage + place) % STAGES.length] ?? "seed",
    progress: 0.4,
    hasRecords: true,
    sentence: {
      zh: `小满在${NAMES[dimension]}里常常被看见，一步一步走得很稳。`,
      en: "Often seen, step by step.",
    },
  }));
  return { name: { zh: name, en: "Autumn term" }, dimensions };
}

/** Nothing but the seeds. */
export const emptyYear: BookYear = {
  child: { name: "林小满", className: "三年级1班", grade: 3 },
  school: "森林小学",
  name: "2026–2027",
  terms: [
    {
      name: { zh: "第一学期", en: "Autumn term" },
      dimensions: term("", 0).dimensions.map((each) => ({
        ...each,
        stage: "seed",
        progress: 0,
        hasRecords: false,
        sentence: { zh: "种子还在土里，等着被看见。", en: "The seed is in the soil." },
      })),
    },
  ],
  before: null,
  moments: [],
  works: [],
  honours: [],
  activities: [],
  highlights: [],
  badges: [],
  kindWords: [],
  self: [],
  home: [],
  letters: [],
  photos: [],
  goals: [],
};

const file = (id: string, kind: BookFile["kind"] = "picture"): BookFile => ({ id, kind, isRemoved: false });
const dimensionAt = (place: number) => DIMENSIONS[place % DIMENSIONS.length] ?? "moral";
const dayAt = (place: number) =>
  `2026-${String(9 + (place % 4)).padStart(2, "0")}-${String(1 + (place % 28)).padStart(2, "0")}`;
const times = <T>(count: number, one: (place: number) => T) =>
  Array.from({ length: count }, (_, place) => one(place));

/** Of everything more than there is room for; every text as long as the product lets it be where `isWordy`. */
export function fullYear({ name = "林小满", isWordy = false } = {}): BookYear {
  const long = (text: string, most: number) =>
    isWordy ? text.repeat(Math.ceil(most / text.length)).slice(0, most) : text;
  return {
    ...emptyYear,
    child: { name, className: "三年级1班", grade: 3 },
    terms: [term("第一学期", 1), term("第二学期", 2)],
    moments: times(120, (place): BookMoment => ({
      id: `moment-${place}`,
      dimension: dimensionAt(place),
      kind: KINDS[place % KINDS.length] ?? "behaviour",
      point: { zh: `主动帮助同学${place % 13}`, en: `Helps a classmate ${place % 13}` },
      note: place % 3 === 0 ? null : long(`第${place}次：课间扶起摔倒的同学，还陪他去医务室。`, 200),
      by: "周敏",
      day: dayAt(place),
      isVoided: false,
    })),
    works: times(14, (place) => ({
      id: `work-${place}`,
      title: long(`作品${place} 秋天的大树`, 40),
      dimension: dimensionAt(place),
      reflection: long("我用三种绿色和两种黄色画的，叶子要一片一片点。", 300),
      day: dayAt(place),
      word:
        place % 2 === 0 ? { text: long("叶子的颜色你观察得真细，风好像真的在吹。", 200), by: "周敏" } : null,
      isHidden: false,
      files:
        place % 5 === 4
          ? [file(`work-${place}-sound`, "audio")]
          : [file(`work-${place}-a`), ...(place % 3 === 0 ? [file(`work-${place}-b`)] : [])],
    })),
    activities: times(11, (place) => ({
      id: `activity-${place}`,
      title: `第${place}次活动`,
      sort: ACTIVITY_SORTS[place % ACTIVITY_SORTS.length] ?? "school",
      startsOn: `2026-10-${String(10 + place)}`,
      endsOn: `2026-10-${String(10 + place)}`,
      dimensions: [dimensionAt(place)],
      place: place % 2 === 0 ? "博物馆" : "",
      part: place % 3 === 0 ? "讲解员" : "",
      reflection: place % 4 === 0 ? "我还想再去一次。" : null,
    })),
    honours: times(9, (place) => ({
      id: `honour-${place}`,
      title: long("校园艺术节绘画组作品展", 40),
      level: HONOUR_LEVELS[place % HONOUR_LEVELS.length] ?? "school",
      givenBy: long("学校少先队", 60),
      day: dayAt(place),
      dimension: dimensionAt(place),
      state: "confirmed" as const,
      certificate: place % 3 === 0 ? file(`honour-${place}-paper`) : null,
    })),
    highlights: [
      { kind: "work", id: "work-7" },
      { kind: "award", id: "moment-5" },
    ],
    badges: times(7, (place) => ({
      id: `badge-${place}`,
      name: { zh: "阅读小达人", en: "Great reader" },
      words: { zh: long("读完五本书，讲给同学听。", 120), en: "Read five books and told of them." },
      shape: BADGE_SHAPES[place % BADGE_SHAPES.length] ?? "sun",
      dimension: place === 0 ? null : dimensionAt(place),
      level: 1 + (place % 3),
      levels: 3,
      day: dayAt(place),
      by: "周敏",
      said: place % 2 === 0 ? long("每一本都讲得有声有色。", 100) : null,
    })),
    kindWords: times(8, (place) => ({
      id: `mate-${place}`,
      dimension: dimensionAt(place),
      strength: { zh: "乐于助人", en: "Helpful" },
      starter: PEER_STARTERS[place % PEER_STARTERS.length] ?? "thanks",
      words: long("在我忘带尺子的时候借给我。", 80),
      from: place % 2 === 0 ? "王小明" : null,
    })),
    self: SELF_QUESTIONS.map((about) => ({
      about,
      level: about === "proud" || about === "next" ? null : (2 as const),
      words: about === "proud" || about === "next" ? long("我学会了自己整理书包。", 80) : "",
    })),
    home: times(8, (place) => ({
      id: `home-${place}`,
      about: HOME_TOPICS[place % HOME_TOPICS.length] ?? "home-reading",
      level: 3 as const,
      words: long("饭后主动收碗擦桌子，还教妹妹一起做。", 120),
      day: dayAt(place),
    })),
    letters: times(2, (place) => ({
      term: { zh: place === 0 ? "第一学期" : "第二学期", en: place === 0 ? "Autumn term" : "Spring term" },
      comment: long(
        "小满，这学期你像一棵安静长高的小树。\n你把自己的位置让给看不见黑板的同学，老师都记得。",
        1000,
      ),
      by: "周敏",
      grewMost: { dimension: "moral" as const, sentence: { zh: "德育长得最多。", en: "Moral grew most." } },
      remarks: times(3, () => ({
        subject: { zh: "体育", en: "PE" },
        by: "李强",
        text: long("跳绳从六十二个到八十一个，坚持得真好。", 120),
      })),
    })),
    photos: times(13, (place) => ({
      id: `photo-${place}`,
      awardId: `moment-${place}`,
      dimension: dimensionAt(place),
      point: { zh: "劳动小能手", en: "Good at jobs" },
      day: dayAt(place),
    })),
    goals: times(4, (place) => ({ text: long("每天读二十分钟书", 40), isReached: place % 2 === 0 })),
  };
}

const text = (most: number) => fc.string({ minLength: 1, maxLength: most });
const bilingual = text(12).map((zh) => ({ zh, en: zh }));
const dimension = fc.constantFrom(...DIMENSIONS);
const day = fc
  .integer({ min: 0, max: 300 })
  .map((after) => new Date(Date.UTC(2026, 8, 1 + after)).toISOString().slice(0, 10));
const id = fc.uuid();
const anyFile = fc.record({ id, kind: fc.constantFrom(...FILE_KINDS), isRemoved: fc.boolean() });
const many = <T>(one: fc.Arbitrary<T>, maxLength: number) => fc.array(one, { maxLength });
const growth = fc.record({
  dimension,
  name: bilingual,
  stage: fc.constantFrom(...STAGES),
  progress: fc.double({ min: 0, max: 1, noNaN: true }),
  hasRecords: fc.boolean(),
  sentence: bilingual,
});
const anyTerm: fc.Arbitrary<BookTerm> = fc.record({
  name: bilingual,
  dimensions: fc
    .tuple(growth, growth, growth, growth, growth)
    .map((five) => five.map((each, place) => ({ ...each, dimension: dimensionAt(place) }))),
});

/** A year as it may be, with what is not to be shown among it; ids of what is highlighted are often really there. */
export const anyYear: fc.Arbitrary<BookYear> = fc
  .record({
    child: fc.record({ name: text(50), className: text(20), grade: fc.integer({ min: 1, max: 9 }) }),
    school: text(30),
    name: text(12),
    terms: fc.array(anyTerm, { minLength: 1, maxLength: 3 }),
    before: fc.option(anyTerm),
    moments: many(
      fc.record({
        id,
        dimension,
        kind: fc.constantFrom(...KINDS),
        point: bilingual,
        note: fc.option(text(200)),
        by: text(10),
        day,
        isVoided: fc.boolean(),
      }),
      60,
    ),
    works: many(
      fc.record({
        id,
        title: text(40),
        dimension,
        reflection: fc.string({ maxLength: 300 }),
        day,
        word: fc.option(fc.record({ text: text(200), by: text(10) })),
        isHidden: fc.boolean(),
        files: many(anyFile, 6),
      }),
      30,
    ),
    activities: many(
      fc.record({
        id,
        title: text(40),
        sort: fc.constantFrom(...ACTIVITY_SORTS),
        startsOn: day,
        endsOn: day,
        dimensions: many(dimension, 5),
        place: text(40),
        part: text(20),
        reflection: fc.option(text(200)),
      }),
      40,
    ),
    honours: many(
      fc.record({
        id,
        title: text(40),
        level: fc.constantFrom(...HONOUR_LEVELS),
        givenBy: text(60),
        day,
        dimension,
        state: fc.constantFrom(...HONOUR_STATES),
        certificate: fc.option(anyFile),
      }),
      25,
    ),
    badges: many(
      fc.record({
        id,
        name: bilingual,
        words: bilingual,
        shape: fc.constantFrom(...BADGE_SHAPES),
        dimension: fc.option(dimension),
        level: fc.integer({ min: 1, max: 3 }),
        levels: fc.constant(3),
        day,
        by: fc.option(text(10)),
        said: fc.option(text(100)),
      }),
      25,
    ),
    kindWords: many(
      fc.record({
        id,
        dimension,
        strength: bilingual,
        starter: fc.constantFrom(...PEER_STARTERS),
        words: text(80),
        from: fc.option(text(10)),
      }),
      25,
    ),
    self: fc
      .subarray([...SELF_QUESTIONS])
      .map((asked) => asked.map((about) => ({ about, level: null, words: "好" }))),
    home: many(
      fc.record({
        id,
        about: fc.constantFrom(...HOME_TOPICS),
        level: fc.constantFrom(1 as const, 2 as const, 3 as const, null),
        words: fc.string({ maxLength: 120 }),
        day,
      }),
      25,
    ),
    letters: many(
      fc.record({
        term: bilingual,
        comment: text(1000),
        by: fc.option(text(10)),
        grewMost: fc.constant(null),
        remarks: many(fc.record({ subject: bilingual, by: text(10), text: text(200) }), 10),
      }),
      4,
    ),
    photos: many(fc.record({ id, awardId: id, dimension, point: bilingual, day }), 30),
    goals: many(fc.record({ text: text(40), isReached: fc.boolean() }), 9),
  })
  .chain((year) => {
    const kept = [
      ...year.works.map((work) => ({ kind: "work" as const, id: work.id })),
      ...year.honours.map((honour) => ({ kind: "honour" as const, id: honour.id })),
      ...year.moments.map((moment) => ({ kind: "award" as const, id: moment.id })),
      ...year.activities.map((activity) => ({ kind: "activity" as const, id: activity.id })),
    ];
    const stranger = fc.record({ kind: fc.constantFrom(...HIGHLIGHT_KINDS), id });
    const strangers = fc.array(stranger, { maxLength: 2 });
    const chosen = fc.tuple(fc.subarray(kept, { maxLength: Math.min(10, kept.length) }), strangers);
    return chosen.map(([own, others]): BookYear => {
      const photos = year.photos.map((photo, place) => ({
        ...photo,
        awardId: year.moments[place]?.id ?? photo.awardId,
      }));
      return { ...year, photos, highlights: [...own, ...others] };
    });
  });
