/**
 * How a branch of the child's plant is opened in words: three phrasings for each dimension and stage, in both languages.
 * `{name}` is what the child is called. Never a figure, never another child, nothing a child would be sad to read.
 */
import type { Bilingual, PerDimension, Stage } from "./words.ts";

export const STAGE_PHRASES: PerDimension<Record<Stage, readonly Bilingual[]>> = {
  moral: {
    seed: [
      {
        zh: "善意的种子已经种在{name}心里，正等着第一缕阳光。",
        en: "A seed of kindness is planted in {name}, waiting for its first ray of sun.",
      },
      {
        zh: "这一枝还是一颗安静的种子，一声问好、一次帮忙都会让它醒来。",
        en: "This branch is still a quiet seed; one greeting or one helping hand will wake it.",
      },
      {
        zh: "种子已经埋好，{name}每一天的小小善意都是它的雨水。",
        en: "The seed is in the soil, and every small kindness of {name}'s will be its rain.",
      },
    ],
    sprout: [
      {
        zh: "{name}待人做事的好样子开始被看见，嫩芽已经钻出土来。",
        en: "The good way {name} treats people and tasks is being noticed: a shoot is up.",
      },
      {
        zh: "从身边的小事开始，{name}的这一枝冒出了新芽。",
        en: "Starting with small things close at hand, {name}'s branch has sprouted.",
      },
      {
        zh: "一点一点的用心，让{name}心里的善意发了芽。",
        en: "With a little care at a time, the kindness in {name} has begun to sprout.",
      },
    ],
    leaf: [
      {
        zh: "{name}把好习惯慢慢放进了每天的生活，这一枝长出了叶子。",
        en: "{name} is making good habits part of every day, and this branch has its leaves.",
      },
      {
        zh: "待人用心，做事认真，{name}的枝条上叶子多了起来。",
        en: "With care for people and for tasks, {name}'s branch is filling with leaves.",
      },
      {
        zh: "身边的人一次次看见{name}的善意和担当，新叶一片片展开。",
        en: "Again and again people saw {name} being kind and dependable; leaf after leaf has opened.",
      },
    ],
    bloom: [
      {
        zh: "{name}的善意让身边的人感到温暖，这一枝开出了花。",
        en: "{name}'s kindness has warmed the people around, and this branch is in bloom.",
      },
      {
        zh: "为别人着想，对自己负责，{name}让这一枝开了花。",
        en: "Thinking of others and taking care of their own part, {name} has brought this branch into bloom.",
      },
      {
        zh: "许多平常日子里的用心，在{name}这里开成了花。",
        en: "The care of many ordinary days has opened into flowers for {name}.",
      },
    ],
    fruit: [
      {
        zh: "整整一路的真诚和担当，让{name}的这一枝结出了果实。",
        en: "Honest and dependable all along the way, {name} has brought this branch to fruit.",
      },
      {
        zh: "{name}的好品行已经成了习惯，果实就挂在枝头。",
        en: "For {name}, doing right has become a habit, and the fruit hangs on the branch.",
      },
      {
        zh: "一次又一次的善意汇在一起，{name}收获了沉甸甸的果实。",
        en: "One kindness after another has added up, and {name} has a branch heavy with fruit.",
      },
    ],
  },
  academic: {
    seed: [
      {
        zh: "好奇的种子已经种下，等{name}用一个问题把它唤醒。",
        en: "A seed of curiosity is planted, waiting for {name} to wake it with a question.",
      },
      {
        zh: "这一枝还是一颗种子，一次认真的倾听就是它的第一滴水。",
        en: "This branch is still a seed; listening closely once is its first drop of water.",
      },
      {
        zh: "{name}爱学习的种子正在土里悄悄准备着。",
        en: "{name}'s seed for learning is quietly getting ready in the soil.",
      },
    ],
    sprout: [
      {
        zh: "{name}的好奇心冒出了头，学习的嫩芽已经长出来。",
        en: "{name}'s curiosity is showing, and the first shoot of learning is up.",
      },
      {
        zh: "课堂上的用心开始被看见，{name}的这一枝发芽了。",
        en: "{name}'s attention in lessons is being noticed: this branch has sprouted.",
      },
      {
        zh: "想一想，试一试，{name}的学习之芽已经破土。",
        en: "Thinking a little, trying a little: {name}'s learning has broken through the soil.",
      },
    ],
    leaf: [
      {
        zh: "{name}在学习中找到了自己的步子，叶子一片片长出来。",
        en: "{name} has found a way of learning that fits, and leaf after leaf is coming.",
      },
      {
        zh: "肯动脑，也肯动手，{name}的这一枝绿意渐浓。",
        en: "Ready to think and ready to try, {name} has a branch that grows greener.",
      },
      {
        zh: "一节课一节课的投入，让{name}的枝条长满新叶。",
        en: "Lesson by lesson, {name}'s effort has covered this branch with new leaves.",
      },
    ],
    bloom: [
      {
        zh: "{name}的思考越来越有光彩，这一枝开出了花。",
        en: "{name}'s thinking shines more and more, and this branch is in bloom.",
      },
      {
        zh: "专注和好奇结伴而行，{name}的学习之枝开花了。",
        en: "With attention and curiosity side by side, {name}'s learning has come into flower.",
      },
      {
        zh: "{name}把学习当成了自己的事，花朵就这样开了。",
        en: "{name} has made learning their own, and so the flowers opened.",
      },
    ],
    fruit: [
      {
        zh: "从提问到思考，再到表达，{name}让学习结出了果实。",
        en: "From asking to thinking to saying it aloud, {name} has brought learning to fruit.",
      },
      {
        zh: "长久的专注有了回响，{name}的这一枝硕果满满。",
        en: "Long attention has found its answer: {name}'s branch is full of fruit.",
      },
      {
        zh: "{name}一步一步想明白、做扎实，果实自然就来了。",
        en: "{name} thought things through step by step, and the fruit came of itself.",
      },
    ],
  },
  physical: {
    seed: [
      {
        zh: "健康的种子已经种下，跑一跑、跳一跳，它就会醒来。",
        en: "The seed of health is planted; a run or a jump will wake it.",
      },
      {
        zh: "这一枝还是一颗种子，{name}的每一次活动都是它的阳光。",
        en: "This branch is still a seed, and every bit of moving about is sunshine for {name}.",
      },
      {
        zh: "{name}的活力种子正在土里攒着劲儿。",
        en: "{name}'s seed of energy is gathering strength in the soil.",
      },
    ],
    sprout: [
      {
        zh: "{name}动起来的样子开始被看见，嫩芽已经长出来。",
        en: "{name} on the move is being noticed, and the first shoot is up.",
      },
      {
        zh: "迈开了步子，{name}的这一枝发芽了。",
        en: "With the first steps taken, {name}'s branch has sprouted.",
      },
      {
        zh: "照顾身体、照顾心情，{name}的嫩芽从这里开始。",
        en: "Looking after body and mood: here {name}'s first shoot begins.",
      },
    ],
    leaf: [
      {
        zh: "{name}越来越懂得照顾自己的身体和心情，枝上添了新叶。",
        en: "{name} is learning to look after body and mood, and new leaves have come.",
      },
      {
        zh: "操场上、课间里，都有{name}长叶子的声音。",
        en: "On the playground and between lessons, you can almost hear {name}'s leaves growing.",
      },
      {
        zh: "坚持一天，再坚持一天，{name}的这一枝绿了起来。",
        en: "Keeping at it one day and then another, {name} has turned this branch green.",
      },
    ],
    bloom: [
      {
        zh: "{name}的活力和韧劲让这一枝开出了花。",
        en: "{name}'s energy and perseverance have brought this branch into bloom.",
      },
      {
        zh: "汗水和笑容一起，让{name}的枝头开了花。",
        en: "Sweat and smiles together have put flowers on {name}'s branch.",
      },
      {
        zh: "{name}享受运动，也善待自己，花开得正好。",
        en: "{name} takes joy in moving and is good to body and mind; the flowers are open.",
      },
    ],
    fruit: [
      {
        zh: "坚持成了习惯，{name}的这一枝结出了健康的果实。",
        en: "Keeping at it has become a habit, and {name}'s branch bears healthy fruit.",
      },
      {
        zh: "一路跑来，一路成长，{name}收获了活力满满的果实。",
        en: "Running and growing all the way, {name} has gathered fruit full of life.",
      },
      {
        zh: "{name}用一天天的坚持，把汗水变成了果实。",
        en: "Day after day, {name} has turned effort into fruit.",
      },
    ],
  },
  arts: {
    seed: [
      {
        zh: "美的种子已经种下，也许一首歌、一片叶子就会唤醒它。",
        en: "A seed of beauty is planted; a song or a leaf may be what wakes it.",
      },
      {
        zh: "这一枝还是一颗种子，{name}眼里的颜色会慢慢染亮它。",
        en: "This branch is still a seed; the colours {name} sees will slowly light it up.",
      },
      {
        zh: "{name}感受美的种子正在土里静静听着。",
        en: "{name}'s seed for beauty lies listening in the soil.",
      },
    ],
    sprout: [
      {
        zh: "{name}开始用自己的方式表达美，嫩芽已经探出头。",
        en: "{name} has begun to show beauty in their own way, and a shoot peeps out.",
      },
      {
        zh: "一次用心的尝试，让{name}的这一枝发了芽。",
        en: "One careful try, and {name}'s branch has sprouted.",
      },
      {
        zh: "{name}对美的留心被看见了，新芽就在枝上。",
        en: "{name}'s eye and ear for beauty were noticed, and there is a new shoot on the branch.",
      },
    ],
    leaf: [
      {
        zh: "{name}在感受和练习中慢慢舒展，枝上长出了叶子。",
        en: "Through noticing and practising, {name} is opening up, and leaves have come.",
      },
      {
        zh: "有感受，也敢表达，{name}的这一枝叶子渐渐多了。",
        en: "With feeling and the courage to show it, {name}'s branch is gaining leaves.",
      },
      {
        zh: "{name}为生活添上了自己的颜色，新叶正在展开。",
        en: "{name} is adding their own colours to life, and new leaves are unfolding.",
      },
    ],
    bloom: [
      {
        zh: "{name}把心里的感受变成了看得见、听得到的美，这一枝开了花。",
        en: "{name} has turned feeling into beauty one can see and hear: this branch is in bloom.",
      },
      {
        zh: "练习里有耐心，表达里有自己，{name}的花开了。",
        en: "With patience in practice and a voice all their own, {name} has come into flower.",
      },
      {
        zh: "{name}的想象力在这一枝上开成了花。",
        en: "On this branch {name}'s imagination has opened into flowers.",
      },
    ],
    fruit: [
      {
        zh: "从欣赏到创造，{name}的这一枝结出了果实。",
        en: "From enjoying to creating, {name} has brought this branch to fruit.",
      },
      {
        zh: "一遍遍打磨，一次次表达，{name}收获了美的果实。",
        en: "Polishing and expressing time and again, {name} has gathered the fruit of beauty.",
      },
      {
        zh: "{name}用自己的方式让生活更美，果实已经挂满枝头。",
        en: "{name} makes life more beautiful in their own way; the branch is hung with fruit.",
      },
    ],
  },
  labour: {
    seed: [
      {
        zh: "爱动手的种子已经种下，一件小小的家务就能唤醒它。",
        en: "A seed for working by hand is planted; one small chore can wake it.",
      },
      {
        zh: "这一枝还是一颗种子，等着{name}用双手来浇水。",
        en: "This branch is still a seed, waiting for {name}'s own hands to water it.",
      },
      {
        zh: "{name}的劳动种子正在土里做着准备。",
        en: "{name}'s seed for work is getting ready in the soil.",
      },
    ],
    sprout: [
      {
        zh: "{name}的双手开始忙起来，嫩芽已经破土。",
        en: "{name}'s hands have got busy, and a shoot has broken through.",
      },
      {
        zh: "自己的事试着自己做，{name}的这一枝发芽了。",
        en: "Trying things without help, {name} has made this branch sprout.",
      },
      {
        zh: "动手的乐趣被{name}找到了，新芽冒了出来。",
        en: "{name} has found the joy of making and doing, and a new shoot is up.",
      },
    ],
    leaf: [
      {
        zh: "{name}在动手中学本领，枝上的叶子越来越多。",
        en: "{name} is learning by doing, and the leaves on this branch are multiplying.",
      },
      {
        zh: "肯出力，也肯用心，{name}的这一枝长出了叶子。",
        en: "Willing to lend strength and care, {name} has a branch in leaf.",
      },
      {
        zh: "{name}一点点学会照料生活，新叶一片片长出来。",
        en: "Little by little {name} is learning to take care of daily life, leaf by leaf.",
      },
    ],
    bloom: [
      {
        zh: "{name}用双手让身边变得更好，这一枝开出了花。",
        en: "With both hands {name} has made things better all around, and this branch is in bloom.",
      },
      {
        zh: "勤快和巧思碰在一起，{name}的枝头开花了。",
        en: "Diligence has met good ideas, and {name}'s branch is in flower.",
      },
      {
        zh: "{name}懂得劳动里的快乐，花朵就开在这里。",
        en: "{name} knows the joy in work, and this is where the flowers opened.",
      },
    ],
    fruit: [
      {
        zh: "一件件踏实做好的事，在{name}的枝头结成了果实。",
        en: "Thing after thing done well has become fruit on {name}'s branch.",
      },
      {
        zh: "{name}用劳动照顾生活、帮助别人，收获了真正的果实。",
        en: "By working for daily life and for others, {name} has gathered real fruit.",
      },
      {
        zh: "有本领，也有热心，{name}的这一枝果实累累。",
        en: "With skill and a warm heart, {name} has a branch laden with fruit.",
      },
    ],
  },
};
