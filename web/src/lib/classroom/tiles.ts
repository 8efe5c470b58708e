/** Which observation points a tab shows and in what order; which of them, and which children, a search finds. Pure. */
import type { AwardablePoint, AwardablePoints, RosterStudent } from "@doudou/shared/contract/classes.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";

/** A dimension's own tab, or the one with what this teacher uses most, of all dimensions. */
export type Tab = "usual" | Dimension;

/** Tiles of the usual tab: as many as a thumb reaches without scrolling. */
const USUAL_TILES = 12;

/**
 * The tiles of a tab: favourites first, then by use, then in the scheme's order.
 * The usual tab holds favourites and points used lately; empty for a teacher who has neither.
 */
export function tilesOf(points: readonly AwardablePoint[], tab: Tab): AwardablePoint[] {
  if (tab !== "usual") return byUse(points.filter(({ dimension }) => dimension === tab));
  const usual = byUse(points.filter(({ isFavourite, recentUses }) => isFavourite || recentUses > 0));
  const favourites = usual.filter(({ isFavourite }) => isFavourite).length;
  return usual.slice(0, Math.max(USUAL_TILES, favourites));
}

/**
 * The tiles of a child's own points: while that child alone is selected, and in a dimension's own tab those of the
 * dimension. What a device keeps of an older server has none.
 */
export function ownTilesOf(
  ownPoints: AwardablePoints["ownPoints"] | undefined,
  selected: readonly { readonly id: string }[],
  tab: Tab,
): readonly AwardablePoint[] {
  const [child] = selected;
  if (!child || selected.length > 1) return [];
  const points = ownPoints?.find(({ studentId }) => studentId === child.id)?.points ?? [];
  return tab === "usual" ? points : points.filter(({ dimension }) => dimension === tab);
}

function byUse(points: readonly AwardablePoint[]): AwardablePoint[] {
  return [...points].sort(
    (one, other) => Number(other.isFavourite) - Number(one.isFavourite) || other.recentUses - one.recentUses,
  );
}

/** Text to search in: as written, and its pinyin with spaces between the syllables. */
export interface Searchable {
  readonly texts: readonly string[];
  readonly pinyin: string;
}

export function searchableChild({ name, pinyin, studentNo }: RosterStudent): Searchable {
  return { texts: [name, studentNo], pinyin };
}

export function searchablePoint(point: AwardablePoint, pinyin: string): Searchable {
  const { name, indicator, code } = point;
  return { texts: [name.zh, name.en, indicator.zh, indicator.en, code], pinyin };
}

/**
 * Whether a query finds a text: as characters anywhere in it, or as pinyin in full, in part or by initials,
 * starting at any syllable ("zhuyu", "zy" and "zhu y" all find 主语).
 */
export function finds(query: string, { texts, pinyin }: Searchable): boolean {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return true;
  if (texts.some((text) => text.toLowerCase().includes(wanted))) return true;
  const letters = wanted.replaceAll(/[\s'’]/g, "");
  if (!/^[a-zü]+$/.test(letters)) return false;
  const syllables = plain(pinyin)
    .split(/[^a-zü]+/)
    .filter((syllable) => syllable !== "");
  return syllables.some((_, at) => spells(letters, syllables, at));
}

/** Whether letters can be read as the beginnings of syllables one after the other, from a syllable on. */
function spells(letters: string, syllables: readonly string[], at: number): boolean {
  if (letters === "") return true;
  const syllable = syllables[at];
  if (syllable === undefined) return false;
  for (let length = Math.min(letters.length, syllable.length); length > 0; length -= 1) {
    if (syllable.startsWith(letters.slice(0, length)) && spells(letters.slice(length), syllables, at + 1))
      return true;
  }
  return false;
}

/** Without tone marks; ü stays. */
function plain(pinyin: string): string {
  return pinyin
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/[\u0300\u0301\u0304\u030c]/g, "")
    .normalize("NFC");
}
