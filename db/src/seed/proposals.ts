/**
 * What children and a guardian of a demo school told and the homeroom teacher has not read yet: in every class a few of the
 * last two school days, two of themselves, two thanks and one seen at home. Only children whose guardian agreed to an account
 * tell anything.
 */
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import { awardObstacle } from "@doudou/shared/domain/indicators.ts";
import type { ProposalVoice } from "@doudou/shared/domain/proposals.ts";
import type { NewProposal } from "../repositories/proposals.ts";
import type { FramePoint, SchoolFrame } from "../repositories/schools.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const MINUTE = 60_000;
const DAYS_BACK = 2;

const WORDS: Readonly<Record<ProposalVoice, readonly string[]>> = {
  self: [
    "我今天自己检查了作业，还改对了两题。",
    "我把书包和课桌都整理好了。",
    "我在操场边看到一片红叶，画下来了。",
  ],
  guardian: ["饭后自己洗了碗，还擦了灶台。", "周末把自己的房间整理好了。", "陪弟弟读了两本绘本。"],
  peer: ["谢谢你借我橡皮。", "谢谢你陪我一起值日。", "谢谢你在我摔倒的时候扶我起来。"],
};
const VOICES: readonly ProposalVoice[] = ["self", "peer", "peer", "self", "guardian"];

/**
 * What waits in a class in the running term, oldest first.
 * @param mayTell the children with an account
 * @param guardians who tells of a child from home, by the child
 */
export function proposalsOfClass(
  { ofClass, term }: PlannedClassTerm,
  frame: SchoolFrame,
  {
    mayTell,
    guardians,
    draw,
  }: {
    readonly mayTell: ReadonlySet<string>;
    readonly guardians: ReadonlyMap<string, string>;
    readonly draw: Draw;
  },
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
    const guardianId = voice === "guardian" ? guardians.get(fromId ?? "") : null;
    if (fromId === undefined || guardianId === undefined || fitting.length === 0) return [];
    // The first child of the class, which a demonstration shows, is thanked as well.
    const classmates = here.map(({ id }) => id).filter((id) => id !== fromId);
    const day = draw.one(days);
    const at = startOfDay(day, term.timeZone) + draw.whole(490, 940) * MINUTE;
    return {
      id: draw.id(at),
      voice,
      fromId,
      guardianId,
      studentId: voice !== "peer" ? fromId : index === 1 ? first : draw.one(classmates),
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

function isFor(point: FramePoint, grade: number, voice: ProposalVoice): boolean {
  const giver = { isSelf: voice === "self", isPeer: voice === "peer", isGuardian: voice === "guardian" };
  return point.evidence !== "required" && awardObstacle({ point, grade, ...giver }) === undefined;
}
