/**
 * Words that shame or insult. What one child says of another is refused with them; an adult who writes is asked to think
 * again and decides: "someone called him 笨蛋 and he stayed calm" is praise. A short list of plain words: it catches the
 * slip, and a teacher reads what children say before it is passed on.
 * @source 未成年人保护法 第二十七、七十七条; 未成年人网络保护条例 第二十六条
 */

/** With what follows where the word is another one then: 废物利用 is a craft lesson. */
const CHINESE =
  /笨蛋|笨猪|蠢货|蠢猪|蠢蛋|大?傻瓜(?!相机)|傻子|傻逼|白痴|弱智|智障|脑残|神经病|废物(?!利用|再|改|回收|变)|人渣|败类|畜生|猪头|死?胖子|肥猪|丑八怪|滚蛋|滚远点|去死吧|讨厌鬼|胆小鬼|爱哭鬼|告状精|娘娘腔|男人婆|差生(?!物|成|产|活|命|长)|坏学生|问题学生|后进生|学渣|拖后腿|没出息|没救了|无可救药|不要脸|丢人现眼|混蛋|王八蛋|贱人|懒虫|懒鬼|饭桶|窝囊废|没教养|没家教/u;
const ENGLISH =
  /\b(?:stupid|idiots?|morons?|dumb|losers?|retard(?:ed)?|imbecile|ugly|fat pig|shut up|hate you|hopeless case|good[- ]for[- ]nothing|nmsl|cnm)\b/u;

/** The first unkind word of a text as it stands there, without the spaces that might hide it; undefined where there is none. */
export function unkindWordIn(text: string): string | undefined {
  const plain = text.normalize("NFKC").toLowerCase();
  const joined = plain.replaceAll(/[^\p{L}\p{N}]/gu, "");
  return CHINESE.exec(joined)?.[0] ?? ENGLISH.exec(plain)?.[0];
}
