/** The changes an editor of a scheme makes, each a new scheme. Pure but for the codes it draws; what is locked is for the page not to offer. */
import { v7 } from "uuid";
import { type PaletteColour, withColour } from "@doudou/shared/domain/palette.ts";
import {
  coloursOf,
  type DimensionWords,
  newCode,
  type SchemeIndicator,
  type SchemePoint,
  type SchoolScheme,
} from "@doudou/shared/domain/school-scheme.ts";
import { type Dimension, DIMENSIONS, perDimension } from "@doudou/shared/domain/words.ts";

export function withDimension(
  scheme: SchoolScheme,
  dimension: Dimension,
  change: Partial<DimensionWords>,
): SchoolScheme {
  const words = { ...scheme.dimensions[dimension], ...change };
  return { ...scheme, dimensions: { ...scheme.dimensions, [dimension]: words } };
}

export function withIndicator(
  scheme: SchoolScheme,
  code: string,
  change: Partial<SchemeIndicator>,
): SchoolScheme {
  const indicators = scheme.indicators.map((one) => (one.code === code ? { ...one, ...change } : one));
  return { ...scheme, indicators };
}

export function withPoint(scheme: SchoolScheme, code: string, change: Partial<SchemePoint>): SchoolScheme {
  return eachIndicator(scheme, (points) =>
    points.map((point) => (point.code === code ? { ...point, ...change } : point)),
  );
}

/** A dimension in another colour; whichever had it takes the one that is left. */
export function withDimensionColour(
  scheme: SchoolScheme,
  to: Dimension,
  colour: PaletteColour,
): SchoolScheme {
  const colours = withColour(coloursOf(scheme), to, colour);
  const words = (dimension: Dimension) => ({ ...scheme.dimensions[dimension], colour: colours[dimension] });
  return { ...scheme, dimensions: perDimension(words) };
}

/** @returns the scheme with a new indicator at the end of a dimension, and its code */
export function withNewIndicator(scheme: SchoolScheme, dimension: Dimension): [SchoolScheme, string] {
  const code = newCode(scheme, dimension, "indicator", drawn);
  const added: SchemeIndicator = { code, dimension, name: { zh: "", en: "" }, origin: "school", points: [] };
  return [{ ...scheme, indicators: [...scheme.indicators, added] }, code];
}

/** @returns the scheme with a new point at the end of an indicator, and its code */
export function withNewPoint(scheme: SchoolScheme, indicator: SchemeIndicator): [SchoolScheme, string] {
  const code = newCode(scheme, indicator.dimension, "point", drawn);
  const added: SchemePoint = {
    code,
    name: { zh: "", en: "" },
    kind: "behaviour",
    beans: 1,
    minBeans: 1,
    maxBeans: 3,
    weeklyCap: 3,
    who: ["staff"],
    gradeFrom: 1,
    gradeTo: 9,
    subjects: [],
    evidence: "no",
    origin: "school",
    icon: null,
  };
  return [withIndicator(scheme, indicator.code, { points: [...indicator.points, added] }), code];
}

export function withoutPoint(scheme: SchoolScheme, code: string): SchoolScheme {
  return eachIndicator(scheme, (points) => points.filter((point) => point.code !== code));
}

export function withoutIndicator(scheme: SchoolScheme, code: string): SchoolScheme {
  return { ...scheme, indicators: scheme.indicators.filter((indicator) => indicator.code !== code) };
}

/** A point that was taken out, where it stood before; nothing where its indicator is gone, too. */
export function withPointBack(scheme: SchoolScheme, before: SchoolScheme, code: string): SchoolScheme {
  const home = before.indicators.find(({ points }) => points.some((point) => point.code === code));
  const point = home?.points.find((one) => one.code === code);
  const now = scheme.indicators.find((indicator) => indicator.code === home?.code);
  if (!home || !point || !now) return scheme;
  const back = { ...point, code: freeCode(scheme, point.code, now.dimension, "point") };
  return withIndicator(scheme, now.code, { points: putBack(now.points, home.points, point, back) });
}

/** An indicator that was taken out, with its points, where it stood before. */
export function withIndicatorBack(scheme: SchoolScheme, before: SchoolScheme, code: string): SchoolScheme {
  const indicator = before.indicators.find((one) => one.code === code);
  if (!indicator) return scheme;
  const { dimension, points } = indicator;
  const back = { ...indicator, code: freeCode(scheme, code, dimension, "indicator"), points: [] };
  return points.reduce<SchoolScheme>(
    (next, point) => {
      const own = { ...point, code: freeCode(next, point.code, dimension, "point") };
      const home = next.indicators.find((one) => one.code === back.code);
      return withIndicator(next, back.code, { points: [...(home?.points ?? []), own] });
    },
    { ...scheme, indicators: putBack(scheme.indicators, before.indicators, indicator, back) },
  );
}

/** A point one place up or down within its indicator. */
export function withPointMoved(scheme: SchoolScheme, code: string, by: -1 | 1): SchoolScheme {
  return eachIndicator(scheme, (points) => moved(points, code, by));
}

/** A point put where another one is, within the same indicator; elsewhere nothing happens. */
export function withPointAt(scheme: SchoolScheme, code: string, other: string): SchoolScheme {
  return eachIndicator(scheme, (points) => {
    const from = points.findIndex((point) => point.code === code);
    const to = points.findIndex((point) => point.code === other);
    const point = points[from];
    return !point || to < 0 ? points : points.toSpliced(from, 1).toSpliced(to, 0, point);
  });
}

/** An indicator one place up or down among those of its dimension. */
export function withIndicatorMoved(scheme: SchoolScheme, code: string, by: -1 | 1): SchoolScheme {
  const indicators = DIMENSIONS.flatMap((dimension) => {
    const own = scheme.indicators.filter((indicator) => indicator.dimension === dimension);
    return moved(own, code, by);
  });
  return { ...scheme, indicators };
}

function drawn(): string {
  return v7().slice(-8);
}

function eachIndicator(
  scheme: SchoolScheme,
  change: (points: readonly SchemePoint[]) => readonly SchemePoint[],
): SchoolScheme {
  const indicators = scheme.indicators.map((indicator) => {
    return { ...indicator, points: change(indicator.points) };
  });
  return { ...scheme, indicators };
}

/** Behind those it stood behind. */
function putBack<T extends { readonly code: string }>(
  nodes: readonly T[],
  before: readonly T[],
  gone: T,
  back: T,
): readonly T[] {
  const earlier = new Set(before.slice(0, before.indexOf(gone)).map((node) => node.code));
  return nodes.toSpliced(nodes.findLastIndex(({ code }) => earlier.has(code)) + 1, 0, back);
}

/** Its own, unless what was added since has taken that. */
function freeCode(
  scheme: SchoolScheme,
  own: string,
  dimension: Dimension,
  of: "indicator" | "point",
): string {
  const isTaken = scheme.indicators.some(
    ({ code, points }) => code === own || points.some((point) => point.code === own),
  );
  return isTaken ? newCode(scheme, dimension, of, drawn) : own;
}

function moved<T extends { readonly code: string }>(
  nodes: readonly T[],
  code: string,
  by: -1 | 1,
): readonly T[] {
  const from = nodes.findIndex((node) => node.code === code);
  const node = nodes[from];
  const to = from + by;
  return !node || to < 0 || to >= nodes.length ? nodes : nodes.toSpliced(from, 1).toSpliced(to, 0, node);
}
