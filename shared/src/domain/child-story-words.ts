/**
 * The words of a child's own version of its term summary, for those of seven to fifteen who read it: short sentences for
 * grades 1–2, plain ones for 3–6, more grown-up ones for 7–9. `{name}` is what the child is called, `{doing}` what a branch
 * is about. Never a figure, never another child, nothing that is less than somebody else's.
 */
import type { GradeBand } from "./home-ideas.ts";
import type { Bilingual, Dimension, PerDimension, Stage } from "./words.ts";

type Lines = readonly Bilingual[];

interface BandWords {
  readonly coverTitle: Bilingual;
  readonly cover: Lines;
  readonly plant: Lines;
  /** The branch that has come furthest. */
  readonly furthest: Readonly<Record<Stage, Bilingual>>;
  readonly often: Bilingual;
  /** Of the second branch. */
  readonly oftenAlso: Bilingual;
  readonly oftenSeen: Bilingual;
  readonly oftenUnknown: Lines;
  readonly grew: Lines;
  readonly grewUnknown: Lines;
  readonly moments: Bilingual;
  readonly momentsNone: Lines;
  readonly badges: Bilingual;
  readonly letters: Bilingual;
  readonly ahead: Lines;
}

export const STORY_TITLES = {
  plant: { zh: "我的小树", en: "My plant" },
  often: { zh: "我常常做的事", en: "What I often did" },
  grew: { zh: "我和从前的自己", en: "Me and my earlier self" },
  moments: { zh: "我的闪光时刻", en: "My bright moments" },
  badges: { zh: "我得到的章", en: "My badges" },
  letters: { zh: "老师的话", en: "Words from my teachers" },
  ahead: { zh: "我的下一步", en: "What I try next" },
} as const satisfies Record<string, Bilingual>;

/** What a branch is about, as something one does: 你常常{doing}, you were often {doing}. */
const DOING: PerDimension<Bilingual> = {
  moral: { zh: "关心别人、说到做到", en: "being kind and keeping your word" },
  academic: { zh: "动脑筋、爱提问", en: "thinking hard and asking questions" },
  physical: { zh: "跑跑跳跳、爱护身体", en: "on the move and looking after your body" },
  arts: { zh: "唱歌画画、发现美", en: "singing, drawing and finding beautiful things" },
  labour: { zh: "自己动手、帮忙做事", en: "doing things yourself and helping out" },
};

export const STORY_WORDS: Readonly<Record<GradeBand, BandWords>> = {
  lower: {
    coverTitle: { zh: "{name}的小书", en: "{name}'s little book" },
    cover: [
      { zh: "这是你的一学期。", en: "This is your term." },
      { zh: "翻一页，看一看。", en: "Turn the page and look." },
    ],
    plant: [
      { zh: "这是你的小树。", en: "This is your plant." },
      { zh: "它有五根枝。", en: "It has five branches." },
    ],
    furthest: {
      seed: { zh: "种子在土里，等着太阳。", en: "The seeds wait for the sun." },
      sprout: { zh: "看，它发芽了！", en: "Look, it has a sprout!" },
      leaf: { zh: "看，它长叶子了！", en: "Look, it has leaves!" },
      bloom: { zh: "看，它开花了！", en: "Look, it is in bloom!" },
      fruit: { zh: "看，它结果子了！", en: "Look, it bears fruit!" },
    },
    often: { zh: "你常常{doing}。", en: "You were often {doing}." },
    oftenAlso: { zh: "也常常{doing}。", en: "And you were {doing}." },
    oftenSeen: { zh: "老师看见了。", en: "Your teachers saw it." },
    oftenUnknown: [
      { zh: "每天都有好事。", en: "Every day has something good." },
      { zh: "老师会用心看。", en: "Your teachers will look for it." },
    ],
    grew: [
      { zh: "和从前的你比一比。", en: "Look back at yourself." },
      { zh: "你更常{doing}了。", en: "You are {doing} more often now." },
    ],
    grewUnknown: [
      { zh: "长大要时间。", en: "Growing takes time." },
      { zh: "不着急，慢慢来。", en: "There is no hurry." },
    ],
    moments: { zh: "还记得吗？", en: "Do you remember?" },
    momentsNone: [
      { zh: "闪光时刻在路上。", en: "Bright moments are on their way." },
      { zh: "我们一起找。", en: "We will look for them together." },
    ],
    badges: { zh: "这些章是你的。", en: "These badges are yours." },
    letters: { zh: "请人读给你听吧。", en: "Let somebody read this to you." },
    ahead: [
      { zh: "小树想长新叶子。", en: "Your plant would like a new leaf." },
      { zh: "想试一试吗？", en: "Would you like to try this?" },
    ],
  },
  middle: {
    coverTitle: { zh: "{name}的学期故事", en: "{name}'s story of the term" },
    cover: [
      { zh: "这个故事里只有你自己。", en: "This story is about you and nobody else." },
      { zh: "一页一页，慢慢看。", en: "Take your time, page by page." },
    ],
    plant: [{ zh: "五根枝，是你这学期的五个方面。", en: "Its five branches are five sides of your term." }],
    furthest: {
      seed: {
        zh: "种子已经埋好，正等着阳光。",
        en: "The seeds are in the soil, waiting for the first ray of sun.",
      },
      sprout: { zh: "已经有嫩芽钻出土来了。", en: "A first shoot has come up." },
      leaf: { zh: "已经有一枝长出了叶子。", en: "There are leaves on it already." },
      bloom: { zh: "已经有一枝开出了花。", en: "There are flowers on it already." },
      fruit: { zh: "已经有一枝结出了果实。", en: "There is fruit on it already." },
    },
    often: { zh: "这学期，你常常{doing}。", en: "This term you were often {doing}." },
    oftenAlso: { zh: "也常常{doing}。", en: "And often you were {doing}." },
    oftenSeen: { zh: "老师一次又一次看见了。", en: "Your teachers saw it again and again." },
    oftenUnknown: [
      {
        zh: "有些事，你做了，还没有人写下来。",
        en: "Some things you did, and nobody has written them down yet.",
      },
      { zh: "老师会接着用心看。", en: "Your teachers keep looking." },
    ],
    grew: [
      { zh: "和从前的自己比一比：", en: "Look back at your own earlier weeks:" },
      { zh: "老师更常看见你{doing}了。", en: "your teachers now see you {doing} more often." },
    ],
    grewUnknown: [
      { zh: "有些成长，要过一阵子才看得见。", en: "Some growing shows only after a while." },
      { zh: "不着急，按你自己的步子走。", en: "There is no hurry: keep your own pace." },
    ],
    moments: { zh: "这些时刻，老师替你记下来了。", en: "Your teachers kept these moments for you." },
    momentsNone: [
      { zh: "闪光时刻正在路上。", en: "Bright moments are on their way." },
      { zh: "下学期，我们一起去发现。", en: "Next term we will find them together." },
    ],
    badges: { zh: "这些章是你自己争来的。", en: "You earned these badges yourself." },
    letters: { zh: "写给你，也写给你的家人。", en: "Written to you and to your family." },
    ahead: [
      { zh: "小树还想添一片新叶子。", en: "Your plant would like one more leaf." },
      { zh: "下学期，要不要试试这件小事？", en: "Would you like to try this small thing next term?" },
    ],
  },
  upper: {
    coverTitle: { zh: "{name}的这一学期", en: "{name}'s term" },
    cover: [
      { zh: "这是一份写给你自己的回顾。", en: "This is a look back, written for you." },
      { zh: "它只说你自己，不和任何人相比。", en: "It is about you, and compares you with nobody." },
    ],
    plant: [{ zh: "五根枝代表这学期的五个方面。", en: "The five branches are five sides of your term." }],
    furthest: {
      seed: {
        zh: "种子已经埋下，时间还很充裕。",
        en: "The seeds are in the soil, and there is plenty of time.",
      },
      sprout: { zh: "走在前面的一枝已经发芽。", en: "The branch that is furthest on has sprouted." },
      leaf: { zh: "走在前面的一枝已经长叶。", en: "The branch that is furthest on has its leaves." },
      bloom: { zh: "走在前面的一枝已经开花。", en: "The branch that is furthest on is in bloom." },
      fruit: { zh: "走在前面的一枝已经结果。", en: "The branch that is furthest on bears fruit." },
    },
    often: { zh: "这学期，你常常{doing}。", en: "This term you were often {doing}." },
    oftenAlso: { zh: "也常常{doing}。", en: "And often you were {doing}." },
    oftenSeen: {
      zh: "不同的日子里，老师们都留意到了。",
      en: "On many different days, your teachers noticed.",
    },
    oftenUnknown: [
      {
        zh: "写下来的只是一小部分，没写下来的也算数。",
        en: "What is written down is only a part; what is not counts too.",
      },
    ],
    grew: [
      { zh: "和自己前面几周相比：", en: "Set beside your own earlier weeks:" },
      { zh: "老师更常看见你{doing}了。", en: "your teachers now see you {doing} more often." },
    ],
    grewUnknown: [
      {
        zh: "这学期的记录还不足以说明变化。",
        en: "There are too few records this term to speak of a change.",
      },
      { zh: "很多成长，是后来回头才看见的。", en: "Much growing is seen only later, looking back." },
    ],
    moments: { zh: "这些时刻值得你记住。", en: "These moments are worth remembering." },
    momentsNone: [
      {
        zh: "这一页先空着，留给接下来的日子。",
        en: "This page is left open for the days to come.",
      },
    ],
    badges: { zh: "这些章是你一步步争来的。", en: "You earned these badges step by step." },
    letters: { zh: "写给你和家人。", en: "Written to you and your family." },
    ahead: [
      {
        zh: "下学期，你可以给自己定一个小目标，比如：",
        en: "Next term you might set yourself a small goal, for example:",
      },
    ],
  },
};

/** Something small to try: free, at one's own pace, never homework. */
export const AHEAD: PerDimension<Readonly<Record<GradeBand, Bilingual>>> = {
  moral: {
    lower: { zh: "每天笑着说“早上好”。", en: "Say good morning with a smile each day." },
    middle: { zh: "每周帮同学做成一件小事。", en: "Help a classmate with one small thing each week." },
    upper: { zh: "答应别人的一件事，按时做到。", en: "Promise somebody one thing, and do it in time." },
  },
  academic: {
    lower: { zh: "每天问一个“为什么”。", en: "Ask “why” each day." },
    middle: {
      zh: "把弄懂的一个问题讲给家里人听。",
      en: "Explain to your family something you have understood.",
    },
    upper: {
      zh: "每周把想不通的问题写下来，去问一次。",
      en: "Once a week, write down what puzzles you and ask about it.",
    },
  },
  physical: {
    lower: { zh: "每天出去跑一跑。", en: "Go out and run each day." },
    middle: {
      zh: "选一项喜欢的运动，每天练一会儿。",
      en: "Choose a sport you like and practise a little every day.",
    },
    upper: {
      zh: "给自己定一个睡觉的时间，守住一周。",
      en: "Set yourself a bedtime and keep it for a week.",
    },
  },
  arts: {
    lower: { zh: "画一样你喜欢的东西。", en: "Draw something you love." },
    middle: { zh: "学会一首歌，唱给一个人听。", en: "Learn a song and sing it to somebody." },
    upper: { zh: "每周记下一样让你觉得美的东西。", en: "Each week, note one thing you found beautiful." },
  },
  labour: {
    lower: { zh: "每天自己收书包。", en: "Pack your own school bag each day." },
    middle: {
      zh: "在家里认领一件属于自己的小活儿。",
      en: "Take on one small job at home that is yours.",
    },
    upper: {
      zh: "学会做一道菜，请家人尝一尝。",
      en: "Learn to cook one dish and let your family taste it.",
    },
  },
};

/** @returns the words of a branch in a sentence; the sentence as it is where it has no place for them */
export function withDoing(sentence: Bilingual, dimension: Dimension): Bilingual {
  const { zh, en } = DOING[dimension];
  return { zh: sentence.zh.replace("{doing}", zh), en: sentence.en.replace("{doing}", en) };
}
