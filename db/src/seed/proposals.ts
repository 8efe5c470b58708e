/**
 * What children of a demo school told and their homeroom teacher has not read yet: in every class a few of the last two
 * school days, two of themselves and two thanks. Only children whose guardian agreed to an account tell anything.
 */
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import { awardObstacle } from "@doudou/shared/domain/indicators.ts";
import type { NewProposal } from "../repositories/proposals.ts";
import type { FramePoint, SchoolFrame } from "../repositories/schools.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const MINUTE = 60_000;
const DAYS_BACK = 2;

const WORDS: Readonly<Record<"self" | "peer", readonly string[]>> = {
  self: [
    "我今天自己检查了作业，还改对了两题。",
    "我把书包和课桌都整理好了。",
    "我在操场边看到一片红叶，画下来了。",
  ],
  peer: ["谢谢你借我橡皮。", "谢谢你陪我一起值日。", "谢谢你在我摔倒的时候扶我起来。"],
};
const VOICES = ["self", "peer", "peer", "self"] as const;

/** What waits in a class in the running term, oldest first. @param mayTell the children with an account */
export function proposalsOfClass(
  { ofClass, term }: PlannedClassTerm,
  frame: SchoolFrame,
  mayTell: ReadonlySet<string>,
  draw: Draw,
): NewProposal[] {
  const days = term.schoolDays.slice(-DAYS_BACK - 1, -1);
  const here = ofClass.children.filter((child) => (child.joinedOn ?? "") <= (days[0] ?? ""));
  const [first, ...others] = here.filter(({ id }) => mayTell.has(id)).map(({ id }) => id);
  if (days.length === 0 || first === undefined) return [];
  const tellers = [first, ...draw.shuffled(others)];
  const schemeId = frame.terms.find(({ id }) => id === term.termId)?.schemeId;
  const points = [...frame.points.values()].filter((point) => point.schemeId === schemeId);
  return VOICES.flatMap((voice, index): NewProposal | [] => {
    const fromId = tellers[index];
    const fitting = points.filter((point) => isFor(point, ofClass.grade, voice));
    if (fromId === undefined || fitting.length === 0) return [];
    // The first child of the class, which a demonstration shows, is thanked as well.
    const classmates = here.map(({ id }) => id).filter((id) => id !== fromId);
    const day = draw.one(days);
    const at = startOfDay(day, term.timeZone) + draw.whole(490, 940) * MINUTE;
    return {
      id: draw.id(at),
      voice,
      fromId,
      guardianId: null,
      studentId: voice === "self" ? fromId : index === 1 ? first : draw.one(classmates),
      classId: term.classId,
      termId: term.termId,
      observationPointId: draw.one(fitting).id,
      text: draw.one(WORDS[voice]),
      day,
      toldAt: new Date(at),
      awardId: draw.id(at),
    };
  }).sort((a, b) => a.toldAt.getTime() - b.toldAt.getTime());
}

function isFor(point: FramePoint, grade: number, voice: (typeof VOICES)[number]): boolean {
  const giver = { isSelf: voice === "self", isPeer: voice === "peer" };
  return point.evidence !== "required" && awardObstacle({ point, grade, ...giver }) === undefined;
}
