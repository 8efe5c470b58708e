/**
 * Names as a class list of these years has them, with the children's in pinyin. Made up from common parts: any likeness
 * to a living person is chance.
 */
import type { Draw } from "./draw.ts";

export interface ChildName {
  readonly name: string;
  /** Syllables separated by spaces, without tones. */
  readonly pinyin: string;
}

export type Sex = "girl" | "boy";

/** Families whose names are not built like most: the whole name is given, and those of two who care for the child. */
export interface RareFamily {
  readonly sex: Sex;
  readonly child: ChildName;
  readonly mother: string;
  readonly father: string;
}

export const RARE_FAMILIES: readonly RareFamily[] = [
  rare("girl", "阿依古丽·买买提 a yi gu li mai mai ti", "热依汗·玉素甫", "买买提·艾力"),
  rare("boy", "欧阳沐辰 ou yang mu chen", "钟晓燕", "欧阳建明"),
  rare("boy", "扎西次仁 zha xi ci ren", "卓玛", "次仁顿珠"),
  rare("girl", "迪丽努尔·艾合买提 di li nu er ai he mai ti", "帕提古丽·吐尔逊", "艾合买提·库尔班"),
  rare("boy", "巴特尔 ba te er", "乌兰", "苏和"),
];

/** Two children of one school who bear the same name: the student number tells them apart. */
export const NAMESAKES = { sex: "girl", surname: "李", name: named("李梓涵 li zi han") } as const;

function rare(sex: Sex, child: string, mother: string, father: string): RareFamily {
  return { sex, child: named(child), mother, father };
}

function named(text: string): ChildName {
  const [name = "", ...syllables] = text.split(" ");
  return { name, pinyin: syllables.join(" ") };
}

/** A surname, the common ones as often as they are (公安部《全国姓名报告》, rounded). */
export function drawSurname(draw: Draw): string {
  return draw.weighted(SURNAMES, ({ weight }) => weight).surname;
}

/** A child's name under a surname of `drawSurname`: two characters for one in seven, else three. */
export function drawChildName(draw: Draw, surname: string, sex: Sex): ChildName {
  const family = SURNAMES.find((known) => known.surname === surname);
  if (!family) throw new RangeError(`no such surname: ${surname}`);
  const { firsts, seconds, singles } = GIVEN[sex];
  const given = draw.happens(1 / 7) ? [draw.one(singles)] : twoDifferent(draw, firsts, seconds);
  return {
    name: surname + given.map(({ character }) => character).join(""),
    pinyin: [family.pinyin, ...given.map(({ pinyin }) => pinyin)].join(" "),
  };
}

/** A grown-up's name, from the names of the generation of today's teachers and parents, or of grandparents. */
export function drawAdultName(draw: Draw, surname: string, who: "woman" | "man" | "grandmother"): string {
  return surname + draw.one(ADULTS[who]);
}

function twoDifferent(draw: Draw, firsts: readonly Character[], seconds: readonly Character[]): Character[] {
  const first = draw.one(firsts);
  return [first, draw.one(seconds.filter(({ pinyin }) => pinyin !== first.pinyin))];
}

interface Character {
  readonly character: string;
  readonly pinyin: string;
}

/** `雨yu 梓zi` */
function characters(text: string): Character[] {
  return text.split(/\s+/).map((part) => ({ character: part.slice(0, 1), pinyin: part.slice(1) }));
}

/** `王wang72`: the character, its reading as a surname, how common */
const SURNAMES = `
  王wang72 李li70 张zhang67 刘liu51 陈chen45 杨yang31 黄huang22 赵zhao21 吴wu20 周zhou19 徐xu15 孙sun15 马ma13 朱zhu12
  胡hu12 郭guo11 何he11 林lin11 高gao10 罗luo10 郑zheng9 梁liang8 谢xie8 宋song7 唐tang7 许xu6 韩han6 邓deng6 冯feng6
  曹cao6 彭peng6 曾zeng6 肖xiao6 田tian6 董dong5 潘pan5 袁yuan5 蔡cai5 蒋jiang5 余yu5 于yu5 杜du5 叶ye5 程cheng5 魏wei5
  苏su4 丁ding4 任ren4 卢lu4 姚yao4 沈shen4 钟zhong4 姜jiang4 崔cui4 谭tan4 陆lu4 范fan4 汪wang4 廖liao4 石shi3 金jin3
  韦wei3 贾jia3 夏xia3 付fu3 方fang3 邹zou3 熊xiong3 白bai3 孟meng3 秦qin3 邱qiu3 侯hou3 江jiang3 尹yin3 薛xue3 闫yan3
  段duan2 雷lei2 龙long2 黎li2 史shi2 陶tao2 贺he2 毛mao2 郝hao2 顾gu2 龚gong2 邵shao2 万wan2 覃qin2 武wu2 钱qian2
  戴dai2 严yan2 莫mo1 孔kong1 向xiang1 常chang1 汤tang1 温wen1 康kang1 施shi1 牛niu1 葛ge1`
  .trim()
  .split(/\s+/)
  .map((part) => {
    const [, surname = "", pinyin = "", weight = ""] = /^(.)([a-z]+)(\d+)$/u.exec(part) ?? [];
    return { surname, pinyin, weight: Number(weight) };
  });

const GIVEN: Record<Sex, { firsts: Character[]; seconds: Character[]; singles: Character[] }> = {
  girl: {
    firsts: characters(
      "雨yu 梓zi 诗shi 语yu 欣xin 思si 可ke 若ruo 芷zhi 沐mu 书shu 佳jia 一yi 安an 清qing 婉wan 知zhi 星xing 艺yi 心xin 静jing 子zi 嘉jia 念nian 晓xiao 云yun 锦jin 依yi 梦meng 雅ya",
    ),
    seconds: characters(
      "涵han 萱xuan 桐tong 怡yi 妍yan 瑶yao 彤tong 馨xin 曦xi 诺nuo 汐xi 琪qi 宁ning 晴qing 悦yue 然ran 溪xi 薇wei 颖ying 玥yue 婷ting 雯wen 恩en 蕊rui 菲fei 岚lan 淇qi 禾he",
    ),
    singles: characters("悦yue 宁ning 玥yue 妍yan 桐tong 萌meng 岚lan 晴qing 彤tong 婧jing 琳lin 瑶yao"),
  },
  boy: {
    firsts: characters(
      "浩hao 子zi 宇yu 俊jun 奕yi 沐mu 铭ming 皓hao 睿rui 景jing 亦yi 嘉jia 承cheng 明ming 思si 一yi 天tian 博bo 昊hao 泽ze 晨chen 梓zi 文wen 志zhi 家jia 逸yi 君jun 鸿hong 启qi 立li 正zheng 佳jia",
    ),
    seconds: characters(
      "轩xuan 然ran 辰chen 宸chen 豪hao 熙xi 宇yu 泽ze 航hang 墨mo 阳yang 远yuan 鸣ming 佑you 睿rui 霖lin 川chuan 帆fan 哲zhe 峰feng 凯kai 林lin 恒heng 诚cheng 瑞rui 楠nan 文wen",
    ),
    singles: characters("睿rui 轩xuan 辰chen 晨chen 皓hao 昊hao 博bo 凯kai 航hang 宸chen 朗lang 毅yi"),
  },
};

const words = (text: string) => text.split(" ");

const ADULTS = {
  woman: words(
    "静 敏 丽 艳 娟 霞 燕 慧 婷 倩 雪 琳 颖 佳 丹 莉 晓燕 海燕 雪梅 丽华 春梅 晓红 玉洁 秀英 文静 丽娜 晓雯 佳慧 思敏 雅琴 红霞 小芳 淑贞 美玲 亚楠 晶晶 婷婷 秋月 海霞 晓琳",
  ),
  man: words(
    "伟 强 磊 军 勇 杰 涛 超 明 刚 平 辉 鹏 斌 波 志强 建华 国栋 建军 海涛 文博 志伟 永强 俊峰 晓东 宏伟 建国 立新 家明 振华 少华 大勇 文斌 志刚 国庆 海波 学文 向东 德胜 子健",
  ),
  grandmother: words("秀兰 桂英 玉兰 淑珍 桂兰 秀珍 凤英 玉梅 素芬 月娥"),
};
