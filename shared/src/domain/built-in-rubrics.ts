/**
 * The product's own rubrics: for each indicator of the default scheme what is seen of a child, level by level. Words only:
 * what a child does, never what it is, and the first level is a beginning. A school changes them for itself.
 */
import type { Bilingual } from "./words.ts";

/** From the first to the last. */
export const LEVEL_WORDS: readonly Bilingual[] = [
  { zh: "刚刚起步", en: "Just starting" },
  { zh: "正在努力", en: "Working on it" },
  { zh: "基本做到", en: "Mostly there" },
  { zh: "做得很好", en: "Doing very well" },
];

/** For an indicator of a school's own. */
export const DESCRIPTIONS_OF_ANY: readonly Bilingual[] = [
  { zh: "有人陪着一起做时，愿意试一试。", en: "Tries it when somebody joins in." },
  { zh: "提醒一下能做到，有时自己想得起来。", en: "Does it when reminded, sometimes unasked." },
  { zh: "多数时候自己能做到。", en: "Does it unasked most of the time." },
  { zh: "一直自己做到，还会带上别人。", en: "Does it unasked all the time, and takes others along." },
];

/** By the code of the indicator. */
export const BUILT_IN_DESCRIPTIONS: Readonly<Record<string, readonly Bilingual[]>> = {
  ideals: [
    {
      zh: "升旗时跟着大家站好，愿意听家乡和先辈的故事。",
      en: "Stands with the others at the flag; listens to stories of home.",
    },
    {
      zh: "提醒后能专注，说得出故事里的一个人、一件事。",
      en: "Attentive when reminded; names a person or event of a story.",
    },
    {
      zh: "多数时候庄重专注，能讲一个家乡或先辈的故事。",
      en: "Mostly attentive; tells a story of home or forebears.",
    },
    {
      zh: "一直庄重专注，主动承担集体活动里的任务。",
      en: "Always attentive; takes on a task in shared activities.",
    },
  ],
  duty: [
    { zh: "有同伴一起时，愿意参加值日。", en: "Joins in class duty when somebody comes along." },
    {
      zh: "提醒后能做完自己的岗位，有时会帮同学一把。",
      en: "Does the own post when reminded; sometimes lends a hand.",
    },
    {
      zh: "多数时候按时做好岗位，看到同学需要会去帮。",
      en: "Mostly does the post on time; helps when a classmate needs it.",
    },
    {
      zh: "一直把岗位做好，主动想到公物、环境和别人。",
      en: "Always does the post well; thinks of others and the surroundings unasked.",
    },
  ],
  conduct: [
    { zh: "老师轻声提示时，会问好、会排队。", en: "Greets and queues at a quiet hint." },
    {
      zh: "有时自己想起问好、排队，借的东西提醒后归还。",
      en: "Sometimes greets and queues unasked; returns things when reminded.",
    },
    { zh: "多数时候礼貌、守时，做错了愿意说出来。", en: "Mostly polite and on time; willing to own up." },
    {
      zh: "一直礼貌守约，会用好好说话化解矛盾。",
      en: "Always polite and true to the word; settles conflicts with words.",
    },
  ],
  study: [
    {
      zh: "和同桌一起时能准备好学具，听一小会儿。",
      en: "Gets ready together with a neighbour; listens for a short while.",
    },
    {
      zh: "提醒后准备好，能听完一段话、做完一部分练习。",
      en: "Ready when reminded; hears a passage out, does part of the exercises.",
    },
    {
      zh: "多数时候课前准备好，专心听，自己做完练习。",
      en: "Mostly ready in time, listens, finishes exercises alone.",
    },
    {
      zh: "一直准备好，能说出同伴的想法，自己检查订正。",
      en: "Always ready; can say what others meant; checks and corrects alone.",
    },
  ],
  creativity: [
    { zh: "愿意看别人怎么试，跟着做一遍。", en: "Watches how others try, and does it after them." },
    { zh: "有时会问一个为什么，和同伴一起动手试。", en: "Sometimes asks why; tries things out with others." },
    {
      zh: "常提出自己的问题，动手试并记下看到的。",
      en: "Often asks own questions, tries out and writes down what was seen.",
    },
    {
      zh: "常用不同的办法解决问题，还能说清怎么想到的。",
      en: "Often finds different ways, and can say how they came about.",
    },
  ],
  attainment: [
    { zh: "老师请到时，愿意说一个词、一句话。", en: "Says a word or a sentence when asked." },
    {
      zh: "在小组里会说自己的想法，比上一次多一点。",
      en: "Says what they think in the group, a bit more than last time.",
    },
    {
      zh: "多数时候说得出理由，在小组里有自己的任务。",
      en: "Mostly gives reasons; has a task in the group.",
    },
    {
      zh: "大胆说清理由，看得见比自己以前的进步。",
      en: "Speaks up with reasons; has clearly come on from earlier.",
    },
  ],
  health: [
    { zh: "老师带着做时，会做眼保健操、会洗手。", en: "Does eye exercises and washes hands when led." },
    { zh: "提醒后坐姿端正，课间愿意出去活动。", en: "Sits up when reminded; goes out in the breaks." },
    {
      zh: "多数时候注意坐姿、用眼和卫生，天天活动。",
      en: "Mostly minds posture, eyes and hygiene; active every day.",
    },
    {
      zh: "一直会照顾自己的身体，还提醒同伴歇歇眼睛。",
      en: "Always takes care of their own health, and reminds others to rest their eyes.",
    },
  ],
  fitness: [
    { zh: "有人鼓励时，愿意再试一次。", en: "Tries once more when encouraged." },
    { zh: "跟着要求练习，累了歇一歇能接着做。", en: "Practises as asked; goes on after a rest." },
    {
      zh: "多数时候认真练，守规则，比自己上次有进步。",
      en: "Mostly practises in earnest, keeps rules, betters the own last try.",
    },
    {
      zh: "遇挫不放弃，会平静自己，也会鼓励队友。",
      en: "Does not give up; calms down alone and encourages team mates.",
    },
  ],
  practice: [
    { zh: "老师在旁边时，愿意跟着唱、跟着画。", en: "Sings or draws along when the teacher is near." },
    { zh: "能练一会儿，书写和作品有一部分整洁。", en: "Practises for a while; part of the work is neat." },
    {
      zh: "多数时候投入练习，书写和作品整洁。",
      en: "Mostly absorbed in practice; writing and works are neat.",
    },
    {
      zh: "一直投入，坚持一项艺术练习，越做越细。",
      en: "Always absorbed; keeps at one art and grows in it.",
    },
  ],
  expression: [
    { zh: "愿意给同桌看自己的作品。", en: "Lets a neighbour see their work." },
    { zh: "在小组里能展示，说得出喜欢哪里。", en: "Shows it in the group and says what they like." },
    {
      zh: "能当众表达，会说出别人作品的一处好。",
      en: "Performs for the class; names what is good in another’s work.",
    },
    {
      zh: "作品有自己的想法，会修改并说出为什么。",
      en: "Works with ideas of their own; revises and says why.",
    },
  ],
  habit: [
    { zh: "和同伴一起时，会收拾自己的桌面。", en: "Tidies their desk together with others." },
    {
      zh: "提醒后能整理书包、打扫自己的那一块。",
      en: "Tidies their bag and sweeps their own spot when reminded.",
    },
    { zh: "多数时候自己整理好，会安全使用工具。", en: "Mostly tidies up alone; uses tools safely." },
    { zh: "一直做得干净，还教别人怎么做。", en: "Always does it well, and shows others how." },
  ],
  society: [
    { zh: "老师带着时，愿意参加一次服务。", en: "Takes part in a service when led." },
    {
      zh: "能做完分到的一份，记得谢谢别人的劳动。",
      en: "Does a fair share, and thanks others for their work.",
    },
    { zh: "认真完成任务单，爱惜劳动成果。", en: "Completes the task sheet; treats others’ work with care." },
    {
      zh: "主动承担服务，会说出发现的问题和想法。",
      en: "Takes on service unasked; says what could be better and how.",
    },
  ],
};
