/**
 * One thing to try next, in both languages: frames around a step, and steps for the dimension a child was seen in least.
 * `{name}` is what the child is called. Small, free of charge and never a reproach.
 */
import type { Bilingual, PerDimension } from "./words.ts";

/** `{step}` is one of the steps. */
export const NEXT_FRAMES: readonly Bilingual[] = [
  {
    zh: "下一步，{name}可以试试{step}。",
    en: "As a next step that is not too large, {name} could try to {step}.",
  },
  {
    zh: "{name}，假期里我们约好一件小事：{step}。",
    en: "{name}, let us shake hands on one small thing: {step}.",
  },
  { zh: "下学期，老师期待看到{name}{step}。", en: "Next term I look forward to seeing {name} {step}." },
  { zh: "给{name}一个小目标：{step}。", en: "Here is a goal for {name}, near enough to reach: {step}." },
  {
    zh: "{name}，想不想从一件小事开始：{step}？",
    en: "{name}, how about making a beginning with just this: {step}?",
  },
  {
    zh: "老师有个小小的提议：{name}可以{step}。",
    en: "If I may suggest one more thing, {name} could {step}.",
  },
];

/** As many for each dimension. */
export const NEXT_STEPS: PerDimension<readonly Bilingual[]> = {
  moral: [
    { zh: "每周主动帮身边的人一次", en: "help somebody nearby once a week" },
    { zh: "把每天的一声“谢谢”说得响亮", en: "say one hearty “thank you” every day" },
    { zh: "为班级认领一个小岗位", en: "take on one small duty for the class" },
    { zh: "把自己做的一件好事讲给家人听", en: "tell the family about one kind thing done" },
    { zh: "先向新朋友说一声“你好”", en: "be the first to say hello to somebody new" },
    { zh: "把答应的事记在本子上，一件件做到", en: "write promises down and keep them one by one" },
    { zh: "听完对方的话再开口", en: "hear people out before speaking" },
    { zh: "每周陪家人好好聊一次天", en: "have one good talk with the family every week" },
    { zh: "看到地上的纸屑就弯腰捡起来", en: "pick up litter wherever it lies" },
    { zh: "每天对一个人说一句真心的夸奖", en: "give somebody honest praise every day" },
  ],
  academic: [
    { zh: "每天问出一个自己好奇的问题", en: "ask one question of one's own every day" },
    { zh: "把学到的一点讲给家人听", en: "explain one thing learned to the family" },
    { zh: "每周读一本自己挑的书", en: "read one self-chosen book a week" },
    { zh: "在课堂上把想法大声说出来一次", en: "say one idea aloud in class" },
    { zh: "给每天学到的东西画一张小图", en: "draw a small picture of what each day taught" },
    { zh: "遇到难题先自己想三分钟", en: "think a hard problem over for three minutes first" },
    { zh: "每周写几行观察日记", en: "write a few lines of observation every week" },
    { zh: "准备一个小本子，收集有意思的词", en: "collect interesting words in a small notebook" },
    { zh: "把做出来的题换一种方法再试一次", en: "try a solved problem again in another way" },
    { zh: "睡前回想一件今天弄懂的事", en: "recall at bedtime one thing understood that day" },
  ],
  physical: [
    { zh: "每天在户外动一动，满一小时", en: "be active outdoors for an hour a day" },
    { zh: "记下自己每周跳绳的进步", en: "note the weekly progress in rope skipping" },
    { zh: "和家人一起学会一项新的运动", en: "try an unknown sport together with the family" },
    { zh: "每天按时睡觉，早起伸个懒腰", en: "go to bed on time and stretch in the morning" },
    { zh: "读写一会儿就抬头看看远处", en: "look into the distance after every while of reading" },
    { zh: "饭后和家人散一会儿步", en: "take a short walk with the family after meals" },
    { zh: "学会一个新的跳绳花样", en: "learn one new trick with the skipping rope" },
    { zh: "坐着的时候把背挺直", en: "keep a straight back when sitting" },
    { zh: "心里不痛快时慢慢做三次深呼吸", en: "take three slow breaths when upset" },
    { zh: "每周和伙伴玩一次跑跑跳跳的游戏", en: "play one running game a week with friends" },
  ],
  arts: [
    { zh: "每周画一幅小画，记下一件开心的事", en: "draw one small picture a week of something happy" },
    { zh: "学会一首新歌，唱给家人听", en: "learn a new song and sing it to the family" },
    { zh: "用身边的旧东西做一件小作品", en: "make a small work out of old things" },
    { zh: "找一处喜欢的风景，说说它美在哪里", en: "find a view to like, and say what is beautiful in it" },
    { zh: "每周听一首没听过的曲子", en: "listen to one new piece of music a week" },
    { zh: "在家里布置一个小小的角落", en: "arrange one small corner at home" },
    { zh: "把一个故事演给家人看", en: "act out one story for the family" },
    { zh: "每周用心写好一页字", en: "write one page a week with a careful hand" },
    { zh: "画下校园里四季的变化", en: "draw how the seasons change at school" },
    { zh: "用自己的话介绍一幅喜欢的画", en: "describe a favourite painting in words of one's own" },
  ],
  labour: [
    { zh: "每天自己整理书包和书桌", en: "tidy the schoolbag and desk every day" },
    { zh: "每周为家里做一件家务", en: "do one household chore a week" },
    { zh: "种一盆小植物，每天照看它", en: "grow a small plant and look after it daily" },
    { zh: "学做一道简单的菜", en: "learn to cook one simple dish" },
    { zh: "每天叠好自己的衣服和被子", en: "fold clothes and quilt every day" },
    { zh: "饭后帮着收碗、擦桌子", en: "help clear and wipe the table after meals" },
    { zh: "试着修好一样小东西", en: "try to mend one small thing" },
    { zh: "每周整理一次书架", en: "put the bookshelf in order once a week" },
    { zh: "跟大人买一次菜，记一笔小账", en: "go along to the market and write down the sums" },
    { zh: "在家里给垃圾分好类", en: "sort the rubbish at home" },
  ],
};
