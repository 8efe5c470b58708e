/**
 * Every word the book of a school year prints that is not the child's own record, in both languages.
 * Never holds layout, and never a word that ranks, counts or blames.
 */
import type { HandPrompt } from "@doudou/shared/domain/book/pages.ts";
import type { HomeTopic } from "@doudou/shared/domain/voices.ts";
import type { HonourLevel } from "@doudou/shared/domain/works.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";

/** What stands on the paper as it is. */
export interface BookLabels {
  readonly book: string;
  readonly contents: string;
  readonly growth: string;
  readonly growthAbout: string;
  /** Without an earlier term there is nothing dashed. */
  readonly growthFirst: string;
  readonly now: string;
  readonly earlier: string;
  readonly self: string;
  readonly proud: string;
  readonly next: string;
  readonly moments: string;
  readonly more: string;
  readonly works: string;
  readonly ownWords: string;
  readonly teacherWord: string;
  readonly photos: string;
  readonly badges: string;
  readonly honours: string;
  readonly activities: string;
  readonly kindWords: string;
  readonly home: string;
  readonly remarks: string;
  readonly answer: string;
  readonly nextYear: string;
  readonly nextYearAbout: string;
  readonly goals: string;
  readonly reached: string;
  readonly promise: string;
  readonly signed: string;
  readonly withoutPicture: string;
}

export interface BookWords {
  readonly labels: BookLabels;
  readonly title: (name: string, year: string) => string;
  readonly cover: (name: string) => string;
  readonly className: (name: string) => string;
  readonly grew: (dimension: string, from: string, to: string) => string;
  readonly stayed: (dimension: string, stage: string) => string;
  readonly reachedStage: (dimension: string, stage: string) => string;
  readonly unseen: (dimension: string) => string;
  readonly radar: (axes: readonly string[]) => string;
  readonly letter: (term: string) => string;
  readonly badge: (name: string, level: number, levels: number) => string;
  readonly starter: (starter: string, words: string) => string;
  readonly prompts: Readonly<Record<HandPrompt, { readonly title: string; readonly about: string }>>;
  readonly honourLevels: Readonly<Record<HonourLevel, string>>;
  readonly homeTopics: Readonly<Record<HomeTopic, string>>;
  readonly files: Readonly<Record<"audio" | "video" | "pdf", string>>;
}

const zh: BookWords = {
  labels: {
    book: "成长册",
    contents: "这本书里",
    growth: "我是这样长大的",
    growthAbout: "只和从前的自己比：虚线是上一个学期的我，实线是现在的我。",
    growthFirst: "第一次画下我的样子，以后只和自己比。",
    now: "现在的我",
    earlier: "上一个学期的我",
    self: "我眼里的自己",
    proud: "我最骄傲的是",
    next: "下一步我想",
    moments: "闪光时刻",
    more: "我还想记下的",
    works: "我的作品",
    ownWords: "我想说",
    teacherWord: "老师的话",
    photos: "这一年的照片",
    badges: "我得到的奖章",
    honours: "荣誉和证书",
    activities: "我参加的活动",
    kindWords: "小伙伴对我说",
    home: "家里看见的我",
    remarks: "科任老师的话",
    answer: "我想对老师说",
    nextYear: "写给明年的我",
    nextYearAbout: "明年的今天，再翻开这一页看看。",
    goals: "这一年我给自己定的目标",
    reached: "做到了",
    promise: "明年我想",
    signed: "签上我的名字和日期",
    withoutPicture: "照片不在了",
  },
  title: (name, year) => `${name}的成长册 ${year}`,
  cover: (name) => `${name}的成长册`,
  className: (name) => name,
  grew: (dimension, from, to) => `${dimension}：从「${from}」长到了「${to}」`,
  stayed: (dimension, stage) => `${dimension}：稳稳地在「${stage}」`,
  reachedStage: (dimension, stage) => `${dimension}：长到了「${stage}」`,
  unseen: (dimension) => `${dimension}：还没有记录，等着被看见`,
  radar: (axes) => `五育成长图：${axes.join("，")}`,
  letter: (term) => `${term} · 班主任的话`,
  badge: (name, level, levels) => (levels > 1 ? `${name} ${"★".repeat(level)}` : name),
  starter: (starter, words) => `${starter}${words}`,
  prompts: {
    portrait: { title: "我的自画像", about: "照照镜子，画一画今年的自己。" },
    "happiest-day": { title: "这一年最开心的一天", about: "画下来，或者写下来：那天发生了什么？" },
    family: { title: "家里人写给我的话", about: "请家里人在这里写几句，再贴一张合影吧。" },
    friends: { title: "我的好朋友", about: "请好朋友在这里写下名字，画一个笑脸。" },
    hands: { title: "我的手掌有多大", about: "把手放在纸上，沿着边画一圈。明年再来比一比。" },
    place: { title: "学校里我最喜欢的地方", about: "画一画它的样子，写一写为什么喜欢。" },
  },
  honourLevels: {
    class: "班级",
    school: "学校",
    district: "区县",
    city: "市",
    province: "省",
    nation: "全国",
    other: "其他",
  },
  homeTopics: {
    "home-labour": "家务",
    "home-reading": "阅读",
    "home-sleep": "睡眠",
    "home-exercise": "运动",
  },
  files: { audio: "录音", video: "视频", pdf: "PDF 文件" },
};

const en: BookWords = {
  labels: {
    book: "My school year",
    contents: "In this book",
    growth: "How I grew",
    growthAbout:
      "Compared with my own earlier self and nobody else: dashed is me last term, solid is me now.",
    growthFirst: "Drawn for the first time; from here on I am compared with my own earlier self alone.",
    now: "Me now",
    earlier: "Me last term",
    self: "How I see myself",
    proud: "I am most proud that",
    next: "Next I would like to",
    moments: "Best moments",
    more: "What I want to add",
    works: "What I made",
    ownWords: "My words",
    teacherWord: "My teacher's words",
    photos: "Pictures of this year",
    badges: "Badges I earned",
    honours: "Honours and certificates",
    activities: "What I took part in",
    kindWords: "What my mates told me",
    home: "What my family saw at home",
    remarks: "From my subject teachers",
    answer: "What I want to say to my teacher",
    nextYear: "To next year's me",
    nextYearAbout: "Open this page again a year from today.",
    goals: "Goals I set myself this year",
    reached: "done",
    promise: "Next year I would like to",
    signed: "My name and the date",
    withoutPicture: "The picture is no longer there",
  },
  title: (name, year) => `${name}, my school year ${year}`,
  cover: (name) => name,
  className: (name) => `Class ${name}`,
  grew: (dimension, from, to) => `${dimension}: from ${from.toLowerCase()} to ${to.toLowerCase()}`,
  stayed: (dimension, stage) => `${dimension}: steady at ${stage.toLowerCase()}`,
  reachedStage: (dimension, stage) => `${dimension}: grown to ${stage.toLowerCase()}`,
  unseen: (dimension) => `${dimension}: no record yet, still to be discovered`,
  radar: (axes) => `Growth in five dimensions: ${axes.join(", ")}`,
  letter: (term) => `${term} · From my homeroom teacher`,
  badge: (name, level, levels) => (levels > 1 ? `${name} ${"★".repeat(level)}` : name),
  starter: (starter, words) => `${starter} ${words}`,
  prompts: {
    portrait: { title: "Me, drawn by myself", about: "Look in the mirror and draw yourself this year." },
    "happiest-day": { title: "My happiest day this year", about: "Draw it or write it: what happened?" },
    family: {
      title: "Words from my family",
      about: "Ask your family to write a few lines, and add a photo of you all.",
    },
    friends: { title: "My friends", about: "Ask your friends to write their names and draw a smile." },
    hands: { title: "How big is my hand?", about: "Put your hand on the paper and draw around it." },
    place: {
      title: "My favourite place in school",
      about: "Draw what it looks like, and write why you like it.",
    },
  },
  honourLevels: {
    class: "Class",
    school: "School",
    district: "District",
    city: "City",
    province: "Province",
    nation: "Nation",
    other: "Other",
  },
  homeTopics: {
    "home-labour": "Jobs at home",
    "home-reading": "Reading",
    "home-sleep": "Sleep",
    "home-exercise": "Exercise",
  },
  files: { audio: "Sound", video: "Film", pdf: "PDF file" },
};

export const BOOK_WORDS: Record<Locale, BookWords> = { "zh-CN": zh, en };
