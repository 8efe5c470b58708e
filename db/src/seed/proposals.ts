/**
 * What children and guardians of a demo school told in the last two school days: in every class a few things of
 * themselves, thanks, and things seen at home. Most wait for the homeroom teacher; some were read the same afternoon, and
 * what was said to them is told by whoever has the product say it. Only children whose guardian agreed to an account tell
 * anything.
 */
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import { awardObstacle } from "@doudou/shared/domain/indicators.ts";
import { type DeclinePhrase, PROPOSAL_VOICES, type ProposalVoice } from "@doudou/shared/domain/proposals.ts";
import type { NewProposal } from "../repositories/proposals.ts";
import type { FramePoint, SchoolFrame } from "../repositories/schools.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const MINUTE = 60_000;
const DAYS_BACK = 2;
/** Between the first and the last minute in which anything is told, and when the teacher reads it, in minutes of a day. */
const TOLD_BETWEEN = [490, 940] as const;
const READ_AT = 975;

/** What fits each point, by its code: said in the voice that may tell of it. */
const WORDS: Readonly<Record<ProposalVoice, Readonly<Record<string, readonly string[]>>>> = {
  self: {
    D23: ["水龙头没关紧，我跑回去关好了。", "我把走廊上的废纸捡起来，分好类才放进回收箱。"],
    Z13: ["我今天自己检查了作业，还改对了两题。", "做完练习我又验算了一遍，自己找到一个错。"],
    T12: ["眼保健操我每一节都认真做完了。", "写字的时候我一直记得一拳一尺一寸。"],
    M23: ["我在操场边看到一片红叶，画下来了。", "我看见蜘蛛网上有露珠，记在观察本里了。"],
    L12: ["我把书包和课桌都整理好了。", "抽屉里的书，我按大小排好了。"],
  },
  peer: {
    D21: ["谢谢你在我摔倒的时候扶我起来。", "谢谢你把橡皮借给我。"],
    D22: ["谢谢你陪我一起值日。", "谢谢你把黑板擦得那么干净。"],
    D35: ["谢谢你劝我们轮流玩，我们没有吵起来。", "谢谢你听我把话说完，我不生气了。"],
    Z32: ["谢谢你在小组里教我怎么量。", "谢谢你把大家的想法都记下来。"],
    T33: ["谢谢你跑步的时候一直给我加油。", "我没接住球，谢谢你说没关系。"],
    M21: ["谢谢你说我的画颜色好看。", "谢谢你说我折的小船最稳。"],
  },
  guardian: {
    Z14: ["睡前自己读了两本书，还讲了最喜欢的一页。", "这周每天读二十分钟，读完会讲给我们听。"],
    T11: ["放学后在小区跑步、跳绳，玩足了一个小时。", "晚饭后一起打了一个小时羽毛球，还说明天要接着打。"],
    T14: ["这几天都按时上床，早上闹钟一响就起。"],
    L12: ["周末把自己的房间整理好了。", "自己叠好衣服，分好类放进了柜子。"],
    L14: ["学会了用电饭煲，还提醒我们小心烫。", "自己用吸尘器打扫了客厅，用完把线也收好了。"],
  },
};

/** What a child says of itself that does not become an award yet, and why the teacher says so. Of points for every grade. */
const TO_DECLINE: readonly [Declined, ...Declined[]] = [
  { code: "M23", text: "我给花坛里的小苗浇了水。", phrase: "another-point" },
  { code: "T12", text: "眼保健操我做了，就是有两节没跟上。", phrase: "try-again" },
  { code: "D23", text: "放学的时候，我把教室的灯关了。", phrase: "already-noted" },
];
interface Declined {
  readonly code: string;
  readonly text: string;
  readonly phrase: DeclinePhrase;
}

interface Telling {
  readonly voice: ProposalVoice;
  /** The first child of the class, which a demonstration shows, or its guardian; else the next in turn. */
  readonly byFirst?: true;
  /** Thanks to the first child. */
  readonly toFirst?: true;
  readonly answer?: "accept" | "decline";
}

const TELLINGS: readonly Telling[] = [
  { voice: "self", byFirst: true },
  { voice: "self", byFirst: true, answer: "accept" },
  { voice: "self", byFirst: true, answer: "decline" },
  { voice: "peer", byFirst: true, answer: "accept" },
  { voice: "guardian", byFirst: true, answer: "accept" },
  { voice: "peer", toFirst: true },
  { voice: "peer", toFirst: true, answer: "accept" },
  { voice: "peer" },
  { voice: "self" },
  { voice: "self", answer: "decline" },
  { voice: "guardian" },
];

/** What the homeroom teacher says to something told, once it has read it. */
export interface ProposalToAnswer {
  readonly classId: string;
  /** The homeroom teacher's. */
  readonly membershipId: string;
  readonly id: string;
  readonly answer: "accept" | "decline";
  readonly phrase: DeclinePhrase | null;
  readonly answeredAt: Date;
}

interface ToldInClass {
  /** Oldest first. */
  readonly told: readonly NewProposal[];
  /** Of these; the others wait. */
  readonly toAnswer: readonly ProposalToAnswer[];
}

/**
 * What was told in a class in the running term.
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
): ToldInClass {
  const days = term.schoolDays.slice(-DAYS_BACK - 1, -1);
  const here = ofClass.children.filter((child) => (child.joinedOn ?? "") <= (days[0] ?? ""));
  const [first, ...others] = here.filter(({ id }) => mayTell.has(id)).map(({ id }) => id);
  const told: NewProposal[] = [];
  const toAnswer: ProposalToAnswer[] = [];
  if (days.length === 0 || first === undefined) return { told, toAnswer };
  const tellers = draw.shuffled(others);
  const schemeId = frame.terms.find(({ id }) => id === term.termId)?.schemeId;
  const points = [...frame.points.values()].filter((point) => point.schemeId === schemeId);
  const unsaid = draw.shuffled(
    points.flatMap((point) =>
      PROPOSAL_VOICES.filter((voice) => isFor(point, ofClass.grade, voice)).flatMap((voice) =>
        (WORDS[voice][point.code] ?? []).map((text) => ({ voice, point, text })),
      ),
    ),
  );
  for (const { voice, byFirst, toFirst, answer } of TELLINGS) {
    const fromId = byFirst ? first : tellers.shift();
    const guardianId = voice === "guardian" ? guardians.get(fromId ?? "") : null;
    const toDecline = answer === "decline" ? (byFirst ? TO_DECLINE[0] : draw.one(TO_DECLINE)) : undefined;
    const said = toDecline
      ? { point: points.find(({ code }) => code === toDecline.code), text: toDecline.text }
      : takeFrom(unsaid, voice);
    if (fromId === undefined || guardianId === undefined || said?.point === undefined) continue;
    const classmates = here.map(({ id }) => id).filter((id) => id !== fromId);
    const day = draw.one(days);
    const midnight = startOfDay(day, term.timeZone);
    const at = midnight + draw.whole(...TOLD_BETWEEN) * MINUTE;
    const id = draw.id(at);
    told.push({
      id,
      voice,
      fromId,
      guardianId,
      studentId: voice !== "peer" ? fromId : toFirst ? first : draw.one(classmates),
      classId: term.classId,
      termId: term.termId,
      observationPointId: said.point.id,
      text: said.text,
      day,
      toldAt: new Date(at),
      awardId: draw.id(at),
    });
    if (!answer) continue;
    const answeredAt = new Date(midnight + READ_AT * MINUTE);
    const by = { classId: term.classId, membershipId: term.homeroomId };
    toAnswer.push({ ...by, id, answer, phrase: toDecline?.phrase ?? null, answeredAt });
  }
  told.sort((a, b) => a.toldAt.getTime() - b.toldAt.getTime());
  return { told, toAnswer };
}

/** The next of a voice, so that nobody in a class says what another has said. */
function takeFrom<T extends { readonly voice: ProposalVoice }>(unsaid: T[], voice: ProposalVoice) {
  const place = unsaid.findIndex((each) => each.voice === voice);
  return place < 0 ? undefined : unsaid.splice(place, 1)[0];
}

function isFor(point: FramePoint, grade: number, voice: ProposalVoice): boolean {
  const giver = { isSelf: voice === "self", isPeer: voice === "peer", isGuardian: voice === "guardian" };
  return point.evidence !== "required" && awardObstacle({ point, grade, ...giver }) === undefined;
}
