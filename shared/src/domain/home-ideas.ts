/**
 * Things a family can do together at home, by dimension and grade band: with what is there, without screens, cost or pressure.
 * Never homework, never a test, nothing to buy.
 */
import type { Bilingual, PerDimension } from "./words.ts";

/** Grades 1–2, 3–6, 7–9. */
export type GradeBand = "lower" | "middle" | "upper";

export function gradeBandOf(grade: number): GradeBand {
  if (grade <= 2) return "lower";
  return grade <= 6 ? "middle" : "upper";
}

export const HOME_IDEAS: PerDimension<Record<GradeBand, readonly Bilingual[]>> = {
  moral: {
    lower: [
      {
        zh: "睡前互相说一说：今天谁帮助了我，我又帮助了谁。",
        en: "At bedtime, tell each other who helped you today and whom you helped.",
      },
      {
        zh: "出门遇见邻居时，您先笑着打个招呼，孩子会跟着学。",
        en: "When you meet a neighbour, greet them with a smile first; your child will follow.",
      },
      {
        zh: "一起商量一个属于孩子的家庭小岗位，比如开饭前摆筷子。",
        en: "Agree on a small family post that is your child's own, such as laying the chopsticks before meals.",
      },
      {
        zh: "闹了别扭，先抱一抱，再一起想想可以怎样好好说。",
        en: "After a quarrel, hug first, then think together how to say it kindly.",
      },
    ],
    middle: [
      {
        zh: "散步时讲一个家里长辈小时候的故事，听听孩子怎么想。",
        en: "On a walk, tell a story from a grandparent's childhood and hear what your child makes of it.",
      },
      {
        zh: "一起定一个小约定，大人也照着做，做到了互相说声谢谢。",
        en: "Make one small promise that the grown-ups keep too, and thank each other for keeping it.",
      },
      {
        zh: "一起给家里的垃圾分一次类，聊聊它们接下来会去哪里。",
        en: "Sort the household waste together and talk about where it goes next.",
      },
      {
        zh: "孩子说出自己的过失时，先谢谢这份诚实，再一起想办法补救。",
        en: "When your child owns up to something, say thank you for the honesty first, then mend it together.",
      },
    ],
    upper: [
      {
        zh: "安排周末时请孩子说说想法，认真采纳其中一条。",
        en: "When planning the weekend, ask for your child's ideas and really take up one of them.",
      },
      {
        zh: "约定一小段全家都放下手机的时间，只聊聊天。",
        en: "Agree on a little time when the whole family puts the phones away and just talks.",
      },
      {
        zh: "聊一件邻里间让人感动的小事，各自说说换作自己会怎么做。",
        en: "Talk about a small good deed in the neighbourhood and what each of you might have done.",
      },
      {
        zh: "一起问候一位长辈，说些什么、做些什么由孩子来安排。",
        en: "Greet an elder together, and let your child decide what to say and do.",
      },
    ],
  },
  academic: {
    lower: [
      {
        zh: "每天抽一小会儿，一起读一本家里已有的书，读到哪儿都好。",
        en: "Take a little while each day to read a book you already have; stop wherever you like.",
      },
      {
        zh: "散步时玩“为什么”游戏：各提一个问题，一起猜答案。",
        en: "Play “why” on a walk: each asks one question, and you guess the answers together.",
      },
      {
        zh: "摆碗筷、分水果时，请孩子来数一数、分一分。",
        en: "When laying the table or sharing fruit, let your child do the counting and sharing.",
      },
      {
        zh: "请孩子当一回小老师，把今天觉得有趣的一件事讲给您听。",
        en: "Let your child play teacher and tell you one thing that was interesting today.",
      },
    ],
    middle: [
      {
        zh: "晚饭时聊一聊“今天你想到了什么问题”，不急着找答案。",
        en: "At dinner, ask “what did you wonder about today?” and take your time with the answer.",
      },
      {
        zh: "让孩子挑一本想读的书，读完聊聊最喜欢的一段。",
        en: "Let your child choose a book to read, then talk about the part you each liked.",
      },
      {
        zh: "遇到难题先等一等，请孩子说说已经试过哪些办法。",
        en: "When something is hard, wait a moment and ask what your child has already tried.",
      },
      {
        zh: "一起观察云、蚂蚁或融化的冰块：先猜一猜，再看结果。",
        en: "Watch clouds, ants or a melting ice cube together: guess first, then see.",
      },
    ],
    upper: [
      {
        zh: "请孩子用自己的话讲一个刚弄懂的道理，您只提问，不打分。",
        en: "Ask your child to explain something newly understood; only ask questions, never mark.",
      },
      {
        zh: "睡前各自安静地读一会儿书，再互相分享一句喜欢的话。",
        en: "Read quietly side by side before bed, then share one sentence you liked.",
      },
      {
        zh: "一起看看家里的水电账单，聊聊这些数字说明了什么。",
        en: "Look at the water or power bill together and talk about what the figures tell.",
      },
      {
        zh: "弄懂一道难题后，聊聊想法是在哪里转过弯来的，不谈分数。",
        en: "After a hard problem, talk about where the thinking turned the corner, not about marks.",
      },
    ],
  },
  physical: {
    lower: [
      {
        zh: "晚饭后一起走一走，边走边找路上有趣的东西。",
        en: "Take a walk after dinner and look for curious things on the way.",
      },
      {
        zh: "一起玩跳格子或“木头人”，什么器材都不用。",
        en: "Play hopscotch or statues together; nothing is needed for it.",
      },
      {
        zh: "回家先一起哼着歌把手洗干净。",
        en: "When you come home, hum a song together while you wash your hands.",
      },
      {
        zh: "生气的时候，一起慢慢吸气、吐气，再说出心情的名字。",
        en: "When angry, breathe in and out slowly together, then give the feeling a name.",
      },
    ],
    middle: [
      {
        zh: "周末全家走一段平时没走过的路，边走边聊。",
        en: "At the weekend, walk a way you do not usually take, and talk as you go.",
      },
      { zh: "请孩子教您做一个体育课上学到的动作。", en: "Ask your child to teach you a movement from PE." },
      {
        zh: "一起玩单脚站，闭上眼睛再试一次，笑一笑就好。",
        en: "Stand on one leg together, try again with closed eyes, and have a laugh.",
      },
      {
        zh: "睡前有个固定的小顺序：洗漱、聊几句、关灯。",
        en: "Keep a small bedtime order: wash, chat a little, lights out.",
      },
    ],
    upper: [
      {
        zh: "一起快走或慢跑一小段，以还能聊天为度。",
        en: "Walk briskly or jog a little together, slowly enough to keep talking.",
      },
      {
        zh: "请孩子设计一次全家的户外散步，路线由孩子定。",
        en: "Let your child plan a family walk outdoors and choose the way.",
      },
      {
        zh: "心情低落时先听孩子说完，再问：想让我听着，还是一起想办法？",
        en: "On a low day, hear your child out first, then ask: shall I listen, or shall we think together?",
      },
      {
        zh: "把睡前的一小段时间留给安静的事，全家一起早点休息。",
        en: "Keep the last while before bed for quiet things, and rest early as a family.",
      },
    ],
  },
  arts: {
    lower: [
      {
        zh: "散步时捡几片落叶，回家拼成一幅画。",
        en: "Pick up a few fallen leaves on a walk and lay them into a picture at home.",
      },
      { zh: "一起唱一首您小时候唱过的歌。", en: "Sing a song together that you sang as a child." },
      {
        zh: "用旧纸盒做一样小东西，摆在家里看得见的地方。",
        en: "Make some small thing from an old box and put it where everyone can see it.",
      },
      {
        zh: "请孩子讲讲画里的故事，不急着说像不像。",
        en: "Ask for the story in your child's drawing; whether it is a likeness can wait.",
      },
    ],
    middle: [
      {
        zh: "请家里的长辈教一首老歌谣，一起念一念、唱一唱。",
        en: "Ask an elder in the family for an old rhyme, and say or sing it together.",
      },
      {
        zh: "在家里留一小块地方，请孩子布置自己的作品。",
        en: "Keep a small place at home for your child to arrange things of their own making.",
      },
      {
        zh: "傍晚一起看看天空的颜色，各用一句话说说它像什么。",
        en: "Look at the evening sky together, and each say in one sentence what it is like.",
      },
      {
        zh: "挑一段喜欢的文字，换着语气轮流朗读。",
        en: "Choose a passage you like and take turns reading it in different voices.",
      },
    ],
    upper: [
      {
        zh: "请孩子说说最近喜欢的一首歌或一幅画，您也分享一个。",
        en: "Ask about a song or picture your child likes these days, and share one of yours.",
      },
      {
        zh: "路过老房子或老桥时停一停，聊聊它的样子和来历。",
        en: "Stop at an old house or bridge and talk about its shape and its past.",
      },
      {
        zh: "用家里的旧物一起做件小摆设，留着修改的痕迹也很好。",
        en: "Make a small ornament from old things at home; traces of changes are welcome.",
      },
      {
        zh: "家人相聚时，请孩子选一首诗或一段歌，愿意的话说说为什么。",
        en: "When the family meets, let your child choose a poem or song and, if willing, say why.",
      },
    ],
  },
  labour: {
    lower: [
      {
        zh: "让孩子自己整理书包，您在旁边陪着，需要时再搭把手。",
        en: "Let your child pack the school bag; stay near and help only when asked.",
      },
      {
        zh: "一起择菜、洗菜，边做边认认它们的名字。",
        en: "Pick over and wash vegetables together, naming them as you go.",
      },
      {
        zh: "睡前一起把玩具和衣服送回它们的“家”。",
        en: "Before bed, bring toys and clothes back to their “homes” together.",
      },
      {
        zh: "饭后一起擦擦桌子，再谢谢做饭的人。",
        en: "Wipe the table together after a meal, and thank whoever cooked.",
      },
    ],
    middle: [
      {
        zh: "一起做一道家常菜，火和刀由大人照看。",
        en: "Cook a simple family dish together, with a grown-up minding the fire and the knife.",
      },
      {
        zh: "请孩子照管家里的一个角落，怎么收拾由孩子来定。",
        en: "Give your child one corner of the home to look after, and leave the how to your child.",
      },
      {
        zh: "把做菜剩下的葱根泡在水里养一养，一起看它长高。",
        en: "Put leftover spring-onion roots in water and watch them grow together.",
      },
      {
        zh: "聊聊家里大人一天的工作，说说其中最花心思的一件事。",
        en: "Talk about a grown-up's working day and the part that takes the most thought.",
      },
    ],
    upper: [
      {
        zh: "请孩子用家里现有的食材安排一顿晚饭，一起做出来。",
        en: "Let your child plan a dinner from what is in the kitchen, and make it together.",
      },
      {
        zh: "一起动手修好家里一样松动的小东西，先说好怎样注意安全。",
        en: "Mend some loose little thing at home together, after agreeing how to stay safe.",
      },
      {
        zh: "请孩子教家人一个收纳或节水的小办法，大家一起试试。",
        en: "Ask your child to teach the family one way to tidy or save water, and try it together.",
      },
      {
        zh: "遇见清洁工人或快递员时一起道声谢，聊聊这份工作的不容易。",
        en: "Thank a cleaner or courier together when you meet one, and talk about what the work takes.",
      },
    ],
  },
};
