/**
 * What a child is called in a warm sentence, from the name on the roster. Text only: stores nothing, looks nothing up.
 */

// 复姓: after these two characters, not one, the given name begins.
const COMPOUND_SURNAMES = new Set(
  "欧阳 上官 司马 诸葛 司徒 夏侯 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 端木 东方 南宫 独孤 百里 呼延 申屠 轩辕 钟离 闻人 濮阳 赫连 澹台 太史 公冶 宗政 淳于 单于 仲孙 鲜于 闾丘 司空 亓官 拓跋 第五 西门 东郭 南门".split(
    " ",
  ),
);
const HAN_NAME = /^\p{Script=Han}{2,4}$/u;

/**
 * 王小雨 is called 小雨, 欧阳小雨 too; 李明 and 欧阳锋 keep the whole name, since one syllable alone is no way to call a child.
 * A name with a middle dot (阿依古丽·买买提) or in another script gives its first part.
 */
export function callName(fullName: string): string {
  const name = fullName.trim();
  if (!HAN_NAME.test(name)) return name.split(/[·•・\s]/u)[0] || name;
  const given = name.slice(surnameLength(name));
  return given.length === 2 ? given : name;
}

/**
 * 王小雨 is 王○○, 欧阳锋 欧阳○: enough for a family to know that it is their child, too little for a stranger to know who it
 * is. Of a name in another script the first letter is left.
 */
export function maskedName(fullName: string): string {
  const name = fullName.trim();
  const shown = HAN_NAME.test(name) ? surnameLength(name) : 1;
  const characters = Array.from(name);
  const hidden = Math.min(Math.max(characters.length - shown, 1), 2);
  return characters.slice(0, shown).join("") + "○".repeat(hidden);
}

function surnameLength(hanName: string): number {
  return COMPOUND_SURNAMES.has(hanName.slice(0, 2)) && hanName.length > 2 ? 2 : 1;
}

/** The order of a list by name: by pinyin, and where that is the same by the characters. For `sort`. */
export function byPinyin(
  one: { readonly pinyin: string; readonly name: string },
  other: { readonly pinyin: string; readonly name: string },
): number {
  return one.pinyin.localeCompare(other.pinyin, "en") || one.name.localeCompare(other.name, "zh-CN");
}
