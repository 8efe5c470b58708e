/**
 * What teachers notice where: the observation points that come up in each subject's lessons and around them, and each
 * teacher's own favourites among them. Only points that the rules let this teacher give here.
 */
import { awardObstacle, type GiverRelation } from "@doudou/shared/domain/indicators.ts";
import type { FramePoint } from "../repositories/schools.ts";
import type { Draw } from "./draw.ts";
import type { SubjectCode } from "./staff.ts";

export interface UsedPoint {
  readonly point: FramePoint;
  readonly weight: number;
}

/** How often which point comes up, by its code; `homeroom` for the time around the lessons. */
const SEEN: Record<SubjectCode | "homeroom", string> = {
  homeroom:
    "D22:9 D31:8 L11:8 D34:7 L12:7 D32:6 D21:6 T12:5 T13:5 D23:4 L35:4 D11:3 T11:3 L31:2 D33:2 D35:2 D13:2 T32:1 T33:1 L33:1 T24:1",
  chinese: "M13:7 Z11:6 Z12:5 Z31:5 Z13:4 D31:4 Z14:3 T12:3 Z33:2 Z32:2 M31:2 L12:2 D32:2 Z21:2 D12:1",
  maths: "Z13:5 Z11:5 Z31:4 Z12:4 M13:4 Z22:3 T12:3 D32:3 Z21:2 T31:2 Z33:2 Z32:2 L12:2 D31:2",
  english: "Z31:6 Z12:4 Z11:4 D31:3 Z32:3 M13:3 Z13:3 M31:2 Z33:2 T12:2",
  science: "Z23:8 Z21:7 Z32:6 L21:3 M23:3 D23:2 Z12:2 L33:1 L23:1",
  pe: "T21:10 T33:7 T22:6 T31:5 T23:3 T24:2 D34:2 T11:4 D32:1 T32:1",
  music: "M11:10 M31:6 M21:4 M12:2 M22:2 Z12:2 T33:1",
  art: "M11:7 M21:6 M33:3 L12:4 M22:2 L22:2 M23:3 D23:2 L11:2",
  labour: "L11:6 L12:5 L35:4 L21:4 L22:4 L14:3 L23:2 L33:1 Z32:2 T33:1",
  ethics: "D31:4 D21:4 Z31:5 T32:4 D35:4 Z12:3 D33:2 L35:3 D12:2 D23:2",
  it: "Z32:5 T12:5 Z13:4 Z22:4 L23:3 Z31:3 D32:2 Z33:2",
};

/** How far a teacher's own liking goes from what most notice. */
const LIKING = 0.6;

/** The points a teacher gives in a subject to a class, the most used first; a few make up most (Zipf). */
export function pointsInUse(
  place: GiverRelation & { readonly grade: number; readonly subject: SubjectCode | undefined },
  points: ReadonlyMap<string, FramePoint>,
  teacher: Draw,
): UsedPoint[] {
  return SEEN[place.subject ?? "homeroom"]
    .split(" ")
    .map((part) => part.split(":"))
    .map(([code = "", often = ""]) => ({
      point: points.get(code),
      weight: Number(often) * teacher.branch(code).factor(LIKING),
    }))
    .flatMap(({ point, weight }) => (point && mayGive(point, place) ? [{ point, weight }] : []))
    .sort((a, b) => b.weight - a.weight)
    .map(({ point, weight }, index) => ({ point, weight: weight / Math.sqrt(index + 1) }));
}

/** A point that wants a picture or a recording is left to those who take one. */
function mayGive(point: FramePoint, place: GiverRelation & { readonly grade: number }): boolean {
  return point.evidence !== "required" && awardObstacle({ ...place, point }) === undefined;
}
