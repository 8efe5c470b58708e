/**
 * A school's whole indicator scheme as its office writes it: what is valid, what the locked core keeps, and what differs
 * between two versions. Pure; never repairs what is wrong, and never says that a child should have fewer beans.
 */
import type { GroupSymbol } from "./groups.ts";
import type { Indicator, ObservationPoint } from "./indicators.ts";
import { dealtColours, ownColour, type PaletteColour } from "./palette.ts";
import type { StageThresholds } from "./stages.ts";
import { type Bilingual, type Dimension, DIMENSIONS, type PerDimension } from "./words.ts";

/** `core` comes with the scheme that a school starts from and stays as it is; `school` is the school's own addition. */
export const ORIGINS = ["core", "school"] as const;
export type Origin = (typeof ORIGINS)[number];
/** Where a point that is offered in a class comes from: one of the scheme, the class's own, or one child's. */
export const POINT_ORIGINS = [...ORIGINS, "class", "child"] as const;

export interface SchemePoint extends ObservationPoint {
  readonly origin: Origin;
  /** One of the signs the product has; null for none. */
  readonly icon: GroupSymbol | null;
}

export interface SchemeIndicator extends Omit<Indicator, "points"> {
  readonly origin: Origin;
  readonly points: readonly SchemePoint[];
}

/** How a school calls a dimension, its colour, what share of its attention it wants it to have, and where its stages begin. */
export interface DimensionWords {
  readonly name: Bilingual;
  /** Left out: the dimension's own. */
  readonly colour?: PaletteColour | undefined;
  /** Percent; those of the five make 100. A school's intention: nothing of a child's is ever multiplied by it. */
  readonly weight: number;
  readonly thresholds: StageThresholds;
}

export interface SchoolScheme {
  readonly dimensions: PerDimension<DimensionWords>;
  /** In the school's order. */
  readonly indicators: readonly SchemeIndicator[];
}

export const EVEN_WEIGHT = 100 / DIMENSIONS.length;
const MOST_BEANS = 5;

export const SCHEME_FAULTS = [
  "name-missing",
  "code-missing",
  "code-taken",
  "beans-outside-range",
  "range-unfit",
  "cap-missing",
  "grades-unfit",
  "nobody-gives",
  "subject-unknown",
  "thresholds-not-rising",
  "weights-not-100",
  "colour-twice",
  "no-points",
  "core-missing",
  "core-changed",
  "not-core",
] as const;
export type SchemeFault = (typeof SCHEME_FAULTS)[number];

/** What is wrong, and where: a JSON pointer into the scheme, and the code of the node it is about, if it is one. */
export interface SchemeProblem {
  readonly path: string;
  readonly fault: SchemeFault;
  readonly code: string | null;
}

/**
 * Everything that keeps a scheme from being published, in the scheme's order; empty when all is well.
 * @param core what the school may not change: the core nodes of the scheme it started from
 * @param subjects codes of the subjects the school has
 */
export function problemsOf(
  scheme: SchoolScheme,
  { core, subjects }: { readonly core: SchoolScheme; readonly subjects: ReadonlySet<string> },
): SchemeProblem[] {
  const taken = { indicators: new Set<string>(), points: new Set<string>() };
  const points = scheme.indicators.flatMap((indicator) => indicator.points);
  return [
    ...problemsOfDimensions(scheme.dimensions),
    ...scheme.indicators.flatMap((indicator, at) => {
      const path = `/indicators/${at}`;
      return [
        ...problemsOfNode(indicator, path, taken.indicators),
        ...indicator.points.flatMap((point, place) =>
          problemsOfPoint(point, `${path}/points/${place}`, taken.points, subjects),
        ),
      ];
    }),
    ...(points.length === 0 ? [{ path: "/indicators", fault: "no-points", code: null } as const] : []),
    ...coreProblemsOf(scheme, core),
  ];
}

function problemsOfDimensions(dimensions: SchoolScheme["dimensions"]): SchemeProblem[] {
  const found: SchemeProblem[] = [];
  for (const dimension of DIMENSIONS) {
    const { name, thresholds } = dimensions[dimension];
    const path = `/dimensions/${dimension}`;
    if (isBlank(name.zh)) found.push({ path: `${path}/name/zh`, fault: "name-missing", code: null });
    if (isBlank(name.en)) found.push({ path: `${path}/name/en`, fault: "name-missing", code: null });
    if (!areRising(thresholds))
      found.push({ path: `${path}/thresholds`, fault: "thresholds-not-rising", code: null });
  }
  const colours = Object.values(coloursOf({ dimensions }));
  if (new Set(colours).size < colours.length)
    found.push({ path: "/dimensions", fault: "colour-twice", code: null });
  const weights = DIMENSIONS.reduce((sum, dimension) => sum + dimensions[dimension].weight, 0);
  if (weights !== 100) found.push({ path: "/dimensions", fault: "weights-not-100", code: null });
  return found;
}

/** Which colour each dimension has in a scheme. */
export function coloursOf({ dimensions }: Pick<SchoolScheme, "dimensions">): PerDimension<PaletteColour> {
  return dealtColours((dimension) => dimensions[dimension].colour);
}

/** Whether every stage asks for more than the one before, and the first for something. */
export function areRising({ sprout, leaf, bloom, fruit }: StageThresholds): boolean {
  return sprout >= 1 && leaf > sprout && bloom > leaf && fruit > bloom;
}

function problemsOfNode(
  { code, name }: Pick<SchemePoint, "code" | "name">,
  path: string,
  taken: Set<string>,
): SchemeProblem[] {
  const found: SchemeProblem[] = [];
  if (isBlank(code)) found.push({ path: `${path}/code`, fault: "code-missing", code });
  else if (taken.has(code)) found.push({ path: `${path}/code`, fault: "code-taken", code });
  taken.add(code);
  if (isBlank(name.zh)) found.push({ path: `${path}/name/zh`, fault: "name-missing", code });
  if (isBlank(name.en)) found.push({ path: `${path}/name/en`, fault: "name-missing", code });
  return found;
}

function problemsOfPoint(
  point: SchemePoint,
  path: string,
  taken: Set<string>,
  subjects: ReadonlySet<string>,
): SchemeProblem[] {
  const { code, beans, minBeans, maxBeans, weeklyCap, gradeFrom, gradeTo, who } = point;
  const found = problemsOfNode(point, path, taken);
  const say = (field: string, fault: SchemeFault) => found.push({ path: `${path}/${field}`, fault, code });
  if (minBeans < 0 || maxBeans < minBeans || maxBeans > MOST_BEANS) say("maxBeans", "range-unfit");
  else if (beans < minBeans || beans > maxBeans) say("beans", "beans-outside-range");
  if (weeklyCap < 1) say("weeklyCap", "cap-missing");
  if (gradeFrom < 1 || gradeTo > 9 || gradeTo < gradeFrom) say("gradeFrom", "grades-unfit");
  if (who.length === 0) say("who", "nobody-gives");
  if (point.subjects.some((subject) => !subjects.has(subject))) say("subjects", "subject-unknown");
  return found;
}

/** What of a core point the school may not touch. Its beans within the range, cap, subjects, sign and place are the school's. */
const LOCKED_FIELDS = [
  "name",
  "kind",
  "minBeans",
  "maxBeans",
  "who",
  "gradeFrom",
  "gradeTo",
] as const satisfies readonly (keyof SchemePoint)[];
export type LockedField = (typeof LOCKED_FIELDS)[number];

/** Whether a field of a point is locked where the point is. */
export function isLocked(origin: Origin, field: keyof SchemePoint): boolean {
  return origin === "core" && (field === "code" || (LOCKED_FIELDS as readonly string[]).includes(field));
}

/** Where a scheme is not true to its core: a node of it is missing, changed, or only claims to be one. */
export function coreProblemsOf(scheme: SchoolScheme, core: SchoolScheme): SchemeProblem[] {
  const [asked, known] = [coreNodesOf(scheme), coreNodesOf(core)];
  const found: SchemeProblem[] = [];
  for (const [key, node] of known) {
    const now = asked.get(key);
    if (!now) found.push({ path: "/indicators", fault: "core-missing", code: node.code });
    else if (now.facts !== node.facts) found.push({ path: now.path, fault: "core-changed", code: node.code });
  }
  for (const [key, { path, code }] of asked)
    if (!known.has(key)) found.push({ path, fault: "not-core", code });
  return found;
}

/** The core nodes by kind and code, each with what is locked of it as one text. */
function coreNodesOf(scheme: SchoolScheme) {
  const nodes = new Map<string, { readonly code: string; readonly path: string; readonly facts: string }>();
  scheme.indicators.forEach(({ origin, code, name, dimension, points }, at) => {
    const path = `/indicators/${at}`;
    if (origin === "core")
      nodes.set(`indicator ${code}`, { code, path, facts: canonical([name.zh, name.en, dimension]) });
    points.forEach((point, place) => {
      if (point.origin !== "core") return;
      const facts = canonical([code, ...LOCKED_FIELDS.map((field) => comparable(point[field]))]);
      nodes.set(`point ${point.code}`, { code: point.code, path: `${path}/points/${place}`, facts });
    });
  });
  return nodes;
}

export const CHANGES_OF_SCHEME = ["added", "changed", "removed"] as const;

/** One node that is not the same in two versions; `fields` says what of it, with both values, where it is in both. */
export interface SchemeDifference {
  readonly node: "dimension" | "indicator" | "point";
  readonly change: (typeof CHANGES_OF_SCHEME)[number];
  readonly dimension: Dimension;
  readonly code: string;
  readonly name: Bilingual;
  readonly fields: readonly { readonly field: string; readonly before: string; readonly after: string }[];
}

/**
 * What another version has added, changed and removed, by the codes, which outlive a version: dimensions, then indicators,
 * then points, each in the newer one's order with the removed last. The order of nodes is no difference.
 */
export function differencesOf(from: SchoolScheme, to: SchoolScheme): SchemeDifference[] {
  const dimensions = DIMENSIONS.flatMap((dimension) => {
    const [was, is] = [from.dimensions[dimension], to.dimensions[dimension]];
    const fields = fieldsThatDiffer(factsOfDimension(dimension, was), factsOfDimension(dimension, is));
    if (fields.length === 0) return [];
    return [
      { node: "dimension", change: "changed", dimension, code: dimension, name: is.name, fields } as const,
    ];
  });
  return [
    ...dimensions,
    ...differencesOfNodes("indicator", indicatorsByCode(from), indicatorsByCode(to)),
    ...differencesOfNodes("point", pointsByCode(from), pointsByCode(to)),
  ];
}

interface Node {
  readonly dimension: Dimension;
  readonly code: string;
  readonly name: Bilingual;
  readonly facts: Readonly<Record<string, string>>;
}

function differencesOfNodes(
  node: "indicator" | "point",
  from: ReadonlyMap<string, Node>,
  to: ReadonlyMap<string, Node>,
): SchemeDifference[] {
  const found: SchemeDifference[] = [];
  for (const [code, { dimension, name, facts }] of to) {
    const was = from.get(code);
    if (!was) found.push({ node, change: "added", dimension, code, name, fields: [] });
    else {
      const fields = fieldsThatDiffer(was.facts, facts);
      if (fields.length > 0) found.push({ node, change: "changed", dimension, code, name, fields });
    }
  }
  for (const [code, { dimension, name }] of from)
    if (!to.has(code)) found.push({ node, change: "removed", dimension, code, name, fields: [] });
  return found;
}

function factsOfDimension(
  dimension: Dimension,
  { name, colour = ownColour(dimension), weight, thresholds }: DimensionWords,
): Record<string, string> {
  const { sprout, leaf, bloom, fruit } = thresholds;
  return {
    nameZh: name.zh,
    nameEn: name.en,
    colour,
    weight: String(weight),
    thresholds: [sprout, leaf, bloom, fruit].join(" / "),
  };
}

function indicatorsByCode({ indicators }: SchoolScheme): Map<string, Node> {
  return new Map(
    indicators.map(({ code, dimension, name }) => [
      code,
      { dimension, code, name, facts: { nameZh: name.zh, nameEn: name.en, dimension } },
    ]),
  );
}

function pointsByCode({ indicators }: SchoolScheme): Map<string, Node> {
  return new Map(
    indicators.flatMap(({ dimension, code: indicator, points }) =>
      points.map((point) => [
        point.code,
        { dimension, code: point.code, name: point.name, facts: factsOfPoint(point, indicator) },
      ]),
    ),
  );
}

function factsOfPoint(point: SchemePoint, indicator: string): Record<string, string> {
  const { name, kind, beans, minBeans, maxBeans, weeklyCap, evidence, icon } = point;
  return {
    indicator,
    nameZh: name.zh,
    nameEn: name.en,
    kind,
    beans: String(beans),
    range: `${minBeans}–${maxBeans}`,
    weeklyCap: String(weeklyCap),
    who: point.who.toSorted().join(" "),
    grades: `${point.gradeFrom}–${point.gradeTo}`,
    subjects: point.subjects.toSorted().join(" "),
    evidence,
    icon: icon ?? "",
  };
}

function fieldsThatDiffer(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) {
  return Object.keys(after).flatMap((field) => {
    const [was, is] = [before[field] ?? "", after[field] ?? ""];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}

/**
 * A code that no node of the scheme has: the dimension's letter of the school's own, and what is drawn.
 * @param draw differs each time for years and between devices. A number counted up would come again after a removal, and
 * records, levels and badges of the node removed would then be taken for the new one's: by its code a node is the same.
 */
export function newCode(
  scheme: SchoolScheme,
  dimension: Dimension,
  of: "indicator" | "point",
  draw: () => string,
): string {
  const taken = new Set(
    scheme.indicators.flatMap(({ code, points }) => [code, ...points.map((point) => point.code)]),
  );
  const stem = of === "indicator" ? `${dimension}-own-` : `X${LETTERS[dimension]}`;
  let code: string;
  do code = `${stem}${draw()}`;
  while (taken.has(code));
  return code;
}

/** As in the codes of the product's own scheme. */
const LETTERS: PerDimension<string> = { moral: "D", academic: "Z", physical: "T", arts: "M", labour: "L" };

function comparable(value: SchemePoint[LockedField]): string {
  if (typeof value === "object" && "zh" in value) return canonical([value.zh, value.en]);
  return Array.isArray(value) ? canonical((value as readonly string[]).toSorted()) : String(value);
}

function canonical(parts: readonly string[]): string {
  return JSON.stringify(parts);
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}
