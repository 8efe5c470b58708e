/**
 * Finding a person by what somebody types: characters of the name, a number, or its pinyin in any abbreviation. One rule
 * for the pages and for what the server exports. Ranks nobody: a person fits or does not.
 */

export interface Findable {
  readonly name: string;
  /** Syllables separated by blanks, without tones, `v` for `ü`; empty where there is none. */
  readonly pinyin: string;
  /** Such as a student number; found by any part of it. */
  readonly number?: string;
}

/**
 * Whether a person is meant by what was typed. Of pinyin every syllable may be cut short, from any syllable on: 林小满 is
 * found by `linxiaoman`, `lxm`, `linxm` and `xiao`. Upper case, blanks and tone marks make no difference.
 */
export function isMeantBy(typed: string, { name, pinyin, number = "" }: Findable): boolean {
  const wanted = plain(typed);
  if (wanted === "") return true;
  if (plain(name).includes(wanted) || plain(number).includes(wanted)) return true;
  const syllables = pinyin.split(" ");
  return syllables.some((_, from) => beginsWith(wanted, syllables, from));
}

/** Whether `wanted` is made of beginnings of the syllables from one on, of each at least a letter. */
function beginsWith(wanted: string, syllables: readonly string[], from: number): boolean {
  const syllable = syllables[from];
  if (syllable === undefined) return false;
  for (
    let letters = 1;
    letters <= syllable.length && syllable[letters - 1] === wanted[letters - 1];
    letters++
  )
    if (letters === wanted.length || beginsWith(wanted.slice(letters), syllables, from + 1)) return true;
  return false;
}

function plain(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/[üǖǘǚǜ]/g, "v")
    .normalize("NFD")
    .replaceAll(/[\p{M}\s·'’-]/gu, "");
}
