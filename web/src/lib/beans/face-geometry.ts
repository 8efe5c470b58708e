/**
 * A child's bean face: body, eyes, mouth and tuft picked by the child's id. Pure geometry in a 64 × 64 box.
 * Never picks one of the five dimension silhouettes or colours: a face says who, not what for.
 */
import { oneOf, varietyOf } from "./variety.ts";

/** Paths, closed or open, drawn one over the other in this order; empty where a face has none. */
export interface BeanFace {
  /** Leaves on the head. */
  readonly tuft: string;
  readonly body: string;
  /** Which of the neutral face colours, 1–4. */
  readonly shade: number;
  /** Eyes that are open. */
  readonly eyes: string;
  readonly cheeks: string;
  /** The mouth, and eyes that are shut smiling. */
  readonly lines: string;
  /** Degrees the head leans. */
  readonly lean: number;
}

const BODIES = [
  "M32 14C46 14 56 23 56 37 56 51 46 60 32 60 18 60 8 51 8 37 8 23 18 14 32 14Z",
  "M30 13C43 10 56 20 58 35 60 50 50 61 36 61 21 61 9 55 9 44 9 37 12.5 35 11.5 28 11 20 19 15 30 13Z",
  "M34 13C21 10 8 20 6 35 4 50 14 61 28 61 43 61 55 55 55 44 55 37 51.5 35 52.5 28 53 20 45 15 34 13Z",
  "M32 13C42 13 50 20 53 33 57 50 47 60 32 60 17 60 7 50 11 33 14 20 22 13 32 13Z",
];

const MOUTHS = [
  "M26 46C28.5 50 35.5 50 38 46",
  "M27 46C29 48.5 35 48.5 37 46",
  "M25 45.500C28 51.5 36 51.5 39 45.5",
  "M28 47C30 48.8 35 48.5 37.5 45.5",
];

const TUFTS = [
  ["M32 15C30 9 25 5 17 5 18 11 24 15 32 15Z", "M32 15C33 8 38 3 46 2 47 9 41 14 32 15Z"],
  ["M32 15C26 11 25 5 29 1 35 5 36 11 32 15Z"],
  ["M32 15C34 8 40 4 49 5 47 12 41 16 32 15Z"],
  [
    "M32 15C28 11 23 9 17 11 20 16 26 17 32 15Z",
    "M32 15C29 10 29 5 32 1 35 5 35 10 32 15Z",
    "M32 15C36 11 41 9 47 11 44 16 38 17 32 15Z",
  ],
] as const;

/** The face of a child. @param id the child's id: the same id keeps the same face */
export function beanFace(id: string): BeanFace {
  const next = varietyOf(id);
  const body = oneOf(BODIES, next);
  const shade = 1 + Math.floor(next() * 4);
  const look = oneOf(["dots", "dots", "ovals", "smiling"] as const, next);
  const gap = 8 + Math.round(next() * 3);
  const mouth = oneOf(MOUTHS, next);
  const hasCheeks = next() < 0.6;
  const tuft = oneOf(TUFTS, next).join("");
  const lean = Math.round((next() - 0.5) * 12);
  const both = (draw: (x: number) => string) => draw(32 - gap) + draw(32 + gap);
  return {
    tuft,
    body,
    shade,
    eyes: look === "smiling" ? "" : both((x) => ellipse(x, 36, 3, look === "ovals" ? 4.4 : 3)),
    cheeks: hasCheeks ? both((x) => ellipse(x < 32 ? x - 5 : x + 5, 44, 3.4, 3.4)) : "",
    lines: mouth + (look === "smiling" ? both(smilingEye) : ""),
    lean,
  };
}

function smilingEye(x: number): string {
  return `M${x - 4} 38C${x - 2} 34 ${x + 2} 34 ${x + 4} 38`;
}

function ellipse(x: number, y: number, rx: number, ry: number): string {
  const half = `a${rx} ${ry} 0 0 1`;
  return `M${x - rx} ${y}${half} ${2 * rx} 0${half} ${-2 * rx} 0Z`;
}
