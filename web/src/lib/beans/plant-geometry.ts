/**
 * The plant as geometry: where the stem runs, where each dimension's branch leaves it, and what it bears.
 * Pure: same growth and seed, same plant. A branch never droops or withers; with nothing yet it is a bean in the soil.
 */
import { DIMENSIONS, STAGES, type Dimension, type Stage } from "@doudou/shared/domain/words.ts";
import { varietyOf } from "./variety.ts";

/** Width and height of the plant's box; the soil lies at SOIL_Y. */
export const PLANT_WIDTH = 240;
export const PLANT_HEIGHT = 264;
export const SOIL_Y = 210;

/** How far one dimension has come. */
export interface BranchGrowth {
  readonly dimension: Dimension;
  readonly stage: Stage;
  /** Way to the next stage, 0–1. */
  readonly progress: number;
}

export interface Leaf {
  readonly x: number;
  readonly y: number;
  /** Direction it points to, degrees clockwise from the right. */
  readonly angle: number;
  readonly length: number;
}

/** One dimension's branch, ready to draw. */
export interface Branch {
  readonly dimension: Dimension;
  readonly stage: Stage;
  readonly progress: number;
  /** The twig, from the stem to the tip; empty while the bean still lies in the soil. */
  readonly twig: string;
  /** Where the bean lies, or where the branch ends. */
  readonly tip: { readonly x: number; readonly y: number; readonly angle: number };
  readonly leaves: readonly Leaf[];
  readonly petals: number;
  /** Beans it bears. */
  readonly fruits: number;
}

export interface PlantDrawing {
  /** From the soil to the top; empty while nothing has sprouted. */
  readonly stem: string;
  readonly branches: readonly Branch[];
  readonly pot: "round" | "straight" | "wide";
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where each branch leaves the stem (share of its height) and how far it leans (degrees from upright). */
const PLACES: Readonly<Record<Dimension, { height: number; lean: number }>> = {
  moral: { height: 0.42, lean: -66 },
  academic: { height: 0.5, lean: 64 },
  physical: { height: 0.74, lean: -38 },
  arts: { height: 0.8, lean: 37 },
  labour: { height: 1, lean: 0 },
};

/** Twig lengths at the start and the end of a stage. */
const LENGTHS: Readonly<Record<Stage, readonly [from: number, to: number]>> = {
  seed: [0, 0],
  sprout: [16, 28],
  leaf: [34, 50],
  bloom: [52, 58],
  fruit: [60, 64],
};

const MIDDLE = PLANT_WIDTH / 2;

/** Growth as one figure, 0 (nothing yet) to 5 (fruit, and all of it). */
export function growthFigure({ stage, progress }: Pick<BranchGrowth, "stage" | "progress">): number {
  return STAGES.indexOf(stage) + Math.max(0, Math.min(1, progress));
}

/** Lays the plant out. Dimensions left out of `growth` are beans in the soil. */
export function plantDrawing(growth: readonly BranchGrowth[], seed: string): PlantDrawing {
  const next = varietyOf(seed);
  const sway = (next() - 0.5) * 14;
  const pot = (["round", "straight", "wide"] as const)[Math.floor(next() * 3)] ?? "round";
  const five = DIMENSIONS.map(
    (dimension) =>
      growth.find((branch) => branch.dimension === dimension) ?? {
        dimension,
        stage: "seed" as const,
        progress: 0,
      },
  );
  const height = stemHeight(five);
  const branches = five.map((branch, place) => layOut(branch, place, height, sway, next));
  const top = Math.max(
    0,
    ...five.map(({ dimension, stage }) => (stage === "seed" ? 0 : PLACES[dimension].height)),
  );
  return { stem: top === 0 ? "" : stemPath(top, height, sway), branches, pot };
}

function stemHeight(five: readonly BranchGrowth[]): number {
  const grown = five.filter(({ stage }) => stage !== "seed").map(growthFigure);
  if (grown.length === 0) return 0;
  return 34 + (88 * grown.reduce((sum, figure) => sum + figure, 0)) / (5 * five.length);
}

/** The stem from the soil up to its topmost branch. */
function stemPath(top: number, height: number, sway: number): string {
  const steps = Array.from({ length: 9 }, (_, at) => onStem((top * at) / 8, height, sway));
  return `M${MIDDLE} ${SOIL_Y + 3}${steps.map(({ x, y }) => `L${n(x)} ${n(y)}`).join("")}`;
}

/** A point of the stem's gentle S. @param share of its height, 0 at the soil */
function onStem(share: number, height: number, sway: number): Point {
  return { x: MIDDLE + Math.sin(share * Math.PI * 1.6) * sway * 0.35, y: SOIL_Y - height * share };
}

function layOut(
  growth: BranchGrowth,
  place: number,
  height: number,
  sway: number,
  next: () => number,
): Branch {
  const jitter = (next() - 0.5) * 10;
  const bend = next();
  const petals = next() < 0.5 ? 5 : 6;
  const { dimension, stage } = growth;
  const progress = Math.max(0, Math.min(1, growth.progress));
  if (stage === "seed") {
    const x = MIDDLE + (place - 2) * 15.5;
    const tip = { x, y: SOIL_Y - 3 - progress * 5 - (place % 2), angle: jitter * 4 };
    return { dimension, stage, progress, twig: "", tip, leaves: [], petals, fruits: 0 };
  }
  const { height: share, lean } = PLACES[dimension];
  const from = onStem(share, height, sway);
  const [shortest, longest] = LENGTHS[stage];
  const length = shortest + (longest - shortest) * progress;
  const radians = ((lean + jitter * 0.6) * Math.PI) / 180;
  const tip = { x: from.x + Math.sin(radians) * length, y: from.y - Math.cos(radians) * length };
  // The twig leaves flatter than it ends, as real ones do when they turn to the light.
  const knee = {
    x: from.x + Math.sin(radians) * length * (0.62 + bend * 0.1),
    y: from.y - Math.cos(radians) * length * (lean === 0 ? 0.5 : 0.18 + bend * 0.12),
  };
  const angle = (Math.atan2(tip.y - knee.y, tip.x - knee.x) * 180) / Math.PI;
  return {
    dimension,
    stage,
    progress,
    twig: `M${n(from.x)} ${n(from.y)}Q${n(knee.x)} ${n(knee.y)} ${n(tip.x)} ${n(tip.y)}`,
    tip: { x: n(tip.x), y: n(tip.y), angle: n(angle) },
    leaves: leavesOf(stage, progress, from, knee, tip, angle),
    petals,
    fruits: stage === "fruit" ? 1 + Math.round(progress * 2) : 0,
  };
}

function leavesOf(
  stage: Stage,
  progress: number,
  from: Point,
  knee: Point,
  tip: Point,
  angle: number,
): Leaf[] {
  if (stage === "sprout") {
    const length = 11 + progress * 5;
    return [-42, 42].map((turn) => ({ x: n(tip.x), y: n(tip.y), angle: n(angle + turn), length: n(length) }));
  }
  const count = stage === "leaf" ? 2 + Math.round(progress * 2) : 4;
  const length = stage === "leaf" ? 17 + progress * 4 : 19;
  const along = Array.from({ length: count }, (_, at): Leaf => {
    // A lone last leaf would hide under flower or fruit: leaves keep to the middle of the twig then.
    const t = stage === "leaf" ? 0.45 + (0.55 * at) / (count - 1) : 0.28 + at * 0.17;
    const rest = 1 - t;
    const isLast = stage === "leaf" && at === count - 1;
    return {
      x: n(rest * rest * from.x + 2 * rest * t * knee.x + t * t * tip.x),
      y: n(rest * rest * from.y + 2 * rest * t * knee.y + t * t * tip.y),
      angle: n(angle + (isLast ? 0 : at % 2 === 0 ? -62 : 62)),
      length: n(isLast ? length * 1.1 : length),
    };
  });
  return along;
}

/** A leaf along the x axis from the origin; closed path. */
export function leafPath(length: number): string {
  const w = length * 0.42;
  return `M0 0C${n(length * 0.22)} ${n(-w)} ${n(length * 0.72)} ${n(-w)} ${n(length)} 0C${n(length * 0.72)} ${n(w)} ${n(
    length * 0.22,
  )} ${n(w)} 0 0Z`;
}

/** Two decimals are finer than any screen shows. */
function n(value: number): number {
  return Math.round(value * 100) / 100;
}
