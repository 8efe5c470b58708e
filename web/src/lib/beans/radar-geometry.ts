/**
 * The five-axis chart as geometry: a child's stages now, and its own earlier term. Pure.
 * An axis without records is a gap, never a zero: no line runs to it.
 */
import { DIMENSIONS, type Dimension } from "@doudou/shared/domain/words.ts";
import { growthFigure, type BranchGrowth } from "./plant-geometry.ts";

export const RADAR_WIDTH = 410;
export const RADAR_HEIGHT = 380;
export const CENTRE = { x: 205, y: 192 } as const;
/** Distance from the centre at the end of `fruit`. */
export const RADIUS = 122;
/** Stages from the centre outwards. */
export const RINGS = 5;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A dimension's growth and how much it stands on. */
export interface RadarGrowth extends BranchGrowth {
  /** Records behind it; left out where they are known to be there. */
  readonly records?: number;
}

/** Direction of each axis, the first one upwards, clockwise. */
export function onAxis(dimension: Dimension, distance: number): Point {
  const turn = (DIMENSIONS.indexOf(dimension) * 2 * Math.PI) / DIMENSIONS.length - Math.PI / 2;
  return { x: round(CENTRE.x + Math.cos(turn) * distance), y: round(CENTRE.y + Math.sin(turn) * distance) };
}

/** Where an axis is named; lower names stand clear of the bean at their axis's end. */
export function labelOf(dimension: Dimension): Point {
  const { x, y } = onAxis(dimension, RADIUS + 36);
  return { x, y: y > CENTRE.y ? y + 8 : y };
}

/** The dimension's point, or undefined where there is no record to show. */
export function pointOf(growth: readonly RadarGrowth[], dimension: Dimension): Point | undefined {
  const found = growth.find((one) => one.dimension === dimension);
  if (found === undefined || found.records === 0) return undefined;
  return onAxis(dimension, Math.max(6, (growthFigure(found) / RINGS) * RADIUS));
}

/** Triangles between neighbouring axes that both have records; one closed path, empty where there is none. */
export function areaPath(growth: readonly RadarGrowth[]): string {
  return neighbours(growth)
    .map(([from, to]) => `M${CENTRE.x} ${CENTRE.y}L${from.x} ${from.y}L${to.x} ${to.y}Z`)
    .join("");
}

/** The outline between neighbouring axes that both have records. */
export function edgePath(growth: readonly RadarGrowth[]): string {
  return neighbours(growth)
    .map(([from, to]) => `M${from.x} ${from.y}L${to.x} ${to.y}`)
    .join("");
}

/** A ring of the web. @param ring 1 to RINGS */
export function ringPath(ring: number): string {
  const corners = DIMENSIONS.map((dimension) => onAxis(dimension, (RADIUS * ring) / RINGS));
  return `M${corners.map(({ x, y }) => `${x} ${y}`).join("L")}Z`;
}

function neighbours(growth: readonly RadarGrowth[]): (readonly [Point, Point])[] {
  const points = DIMENSIONS.map((dimension) => pointOf(growth, dimension));
  return points.flatMap((from, at) => {
    const to = points[(at + 1) % points.length];
    return from && to ? [[from, to] as const] : [];
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
