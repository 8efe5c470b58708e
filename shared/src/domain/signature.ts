/**
 * A signature drawn with a finger: strokes on a sheet of fixed proportions, so that it looks the same wherever it is shown.
 * It shows that a guardian has read and answers for it; it proves nobody's identity, which the sign-in does.
 */

/** The sheet that strokes are drawn on, in units of their own. */
export const SIGNATURE_WIDTH = 600;
export const SIGNATURE_HEIGHT = 240;
export const MOST_STROKES = 60;
/** Points of one stroke, two numbers each. */
export const MOST_POINTS = 400;
/** Of all strokes together; below it is a slip of the finger. In units of the sheet. */
const SHORTEST = 120;

/** Strokes as x, y, x, y … in whole units of the sheet. */
export type Strokes = readonly (readonly number[])[];

/** Whether anybody can have meant it: whole points on the sheet, and long enough in all to be no slip. */
export function isSignature(strokes: Strokes): boolean {
  const areOnSheet = strokes.every(
    (stroke) =>
      stroke.length % 2 === 0 &&
      stroke.every((value, at) => value <= (at % 2 === 0 ? SIGNATURE_WIDTH : SIGNATURE_HEIGHT)),
  );
  return areOnSheet && strokes.reduce((sum, stroke) => sum + lengthOf(stroke), 0) >= SHORTEST;
}

/** As the `d` of an SVG path in a box of SIGNATURE_WIDTH × SIGNATURE_HEIGHT. */
export function pathOf(strokes: Strokes): string {
  return strokes
    .map((stroke) => {
      const points = pointsOf(stroke);
      const [first] = points;
      if (!first) return "";
      // A dot is a line to where it is: round ends make it visible.
      const rest = points.length > 1 ? points.slice(1) : [first];
      return `M${first.join(" ")}${rest.map((point) => `L${point.join(" ")}`).join("")}`;
    })
    .join("");
}

function lengthOf(stroke: readonly number[]): number {
  const points = pointsOf(stroke);
  return points.reduce((sum, [x, y], at) => {
    const [lastX, lastY] = points[at - 1] ?? [x, y];
    return sum + Math.hypot(x - lastX, y - lastY);
  }, 0);
}

function pointsOf(stroke: readonly number[]): (readonly [number, number])[] {
  return stroke.flatMap((x, at) => {
    const y = stroke[at + 1];
    return at % 2 === 0 && y !== undefined ? [[x, y] as const] : [];
  });
}
