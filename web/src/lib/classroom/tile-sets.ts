/** A teacher's own sets of tiles: which one a class page shows, and in what order. Pure. */
import type { AwardablePoint, AwardablePoints } from "@doudou/shared/contract/classes.ts";
import type { TileSet } from "@doudou/shared/contract/tile-sets.ts";

/** Chosen in the place of a set: what is used most. */
export const MOST_USED = "most-used";

/**
 * The set to show in a class: the one chosen there; where none was, the first for a subject the teacher teaches there.
 * @returns undefined for what is used most
 */
export function shownSet(
  sets: readonly TileSet[],
  subjects: AwardablePoints["subjects"],
  chosen: string | undefined,
): TileSet | undefined {
  if (chosen === MOST_USED) return undefined;
  const taught = new Set(subjects.filter(({ isTaughtHere }) => isTaughtHere).map(({ code }) => code));
  return (
    sets.find(({ id }) => id === chosen) ??
    sets.find(({ subjectCode }) => subjectCode !== null && taught.has(subjectCode))
  );
}

/** The tiles of a set in its order, without what does not apply in this class. */
export function tilesOfSet(points: readonly AwardablePoint[], { pointCodes }: Pick<TileSet, "pointCodes">) {
  const byCode = new Map(points.map((point) => [point.code, point]));
  return pointCodes.flatMap((code) => byCode.get(code) ?? []);
}

/**
 * The codes of a set after one of its shown tiles was moved to the place of another: what is not shown in this class
 * stays where it was.
 */
export function movedTo(codes: readonly string[], code: string, place: string): readonly string[] {
  const from = codes.indexOf(code);
  const to = codes.indexOf(place);
  if (from < 0 || to < 0 || from === to) return codes;
  const others = codes.filter((other) => other !== code);
  return others.toSpliced(to, 0, code);
}
