/**
 * Voices in a demo school: the first class has spoken of itself and of group mates some weeks ago and is asked again since yesterday, as
 * the youngest are, two kind words still wait for the teacher, a guardian has told of home and the homeroom teacher has written notes.
 */
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import { addDays } from "@doudou/shared/domain/days.ts";
import {
  asksForLevel,
  choosesFaces,
  groupMatesOf,
  HOME_TOPICS,
  SELF_QUESTIONS,
  strengthsAmong,
  type VoiceLevel,
} from "@doudou/shared/domain/voices.ts";
import type { Store } from "../engines/database.ts";
import { guardiansOf } from "../repositories/consents.ts";
import { groupSetsOf } from "../repositories/groups.ts";
import type { SchoolFrame } from "../repositories/schools.ts";
import { addVoice, keepAnswer, type NewVoice, putVoiceRound, settleVoices } from "../repositories/voices.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const MINUTE = 60_000;
/** Before today: the round of self, then that among mates, five days each. */
const WEEKS_BACK = 28;
const ROUND_DAYS = 4;
const STILL_WAITING = 2;

const PROUD = ["学会了连续跳绳", "敢在班里讲故事了", "自己整理书包", "帮奶奶包了饺子", "把一本厚书读完了"];
const NEXT = ["把字写得更端正", "每天运动半小时", "多问一个为什么", "学会炒一个菜", "早一点睡觉"];
const THANKS = ["在我摔倒的时候扶我起来", "借我彩笔", "陪我一起值日", "教我做那道难题", "听我把话说完"];
const LEARN = ["上课认真听", "遇到难题不着急", "把桌面收拾得很整齐", "大声地读课文", "画画那么耐心"];
const HOME = [
  "饭后一起洗碗，还擦了灶台。",
  "睡前读了二十分钟。",
  "九点前自己关灯睡了。",
  "周末去公园骑了车。",
];
const NOTES = ["这周主动举手发言，声音也大了。", "和同桌有点小矛盾，自己去说开了，继续关注。"];

interface Speaking {
  readonly mayTell: ReadonlySet<string>;
  readonly draw: Draw;
}

export async function enterVoices(
  store: Store,
  schoolId: string,
  planned: PlannedClassTerm,
  { frame, mayTell, draw }: Speaking & { readonly frame: SchoolFrame },
): Promise<void> {
  const { ofClass, term } = planned;
  const today = term.schoolDays.at(-1);
  const opensOn = today && addDays(today, -WEEKS_BACK);
  if (!today || !opensOn || opensOn < term.termStartsOn) return;
  const { classId, termId, homeroomId } = term;
  const { grade } = ofClass;
  const { at, open, voiceOf, answerSelf } = speakingIn(store, schoolId, planned, draw);
  const children = ofClass.children.map(({ id }) => id).filter((id) => mayTell.has(id));

  await answerSelf(await open("self", opensOn, []), children, addDays(opensOn, 1));

  const [set] = await groupSetsOf(store, schoolId, classId);
  const groups = set?.groups.map(({ studentIds }) => studentIds) ?? [];
  const schemeId = frame.terms.find(({ id }) => id === termId)?.schemeId;
  const points = [...frame.points.values()].filter((point) => point.schemeId === schemeId && !point.ofClass);
  const strengths = strengthsAmong(points, grade);
  if (groups.length > 0 && strengths.length > 0) {
    const from = addDays(opensOn, 7);
    const roundId = await open("peer", from, groups);
    const said: NewVoice[] = [];
    for (const fromId of children)
      for (const studentId of groupMatesOf(groups, fromId)) {
        const starter = draw.one(["thanks", "learn"] as const);
        const words = draw.one(starter === "thanks" ? THANKS : LEARN);
        const observationPointId = draw.one(strengths).id;
        const of = { kind: "peer", studentId, fromId, roundId, about: "strength" } as const;
        said.push(voiceOf(addDays(from, 1), { ...of, starter, words, observationPointId, state: "waiting" }));
      }
    for (const voice of said) await keepAnswer(store, schoolId, voice);
    const ids = said.slice(0, -STILL_WAITING).map(({ id }) => id);
    const settled = { state: "released", keptBackFor: null, settledBy: homeroomId } as const;
    if (ids.length > 0)
      await settleVoices(
        store,
        schoolId,
        { classId, ids },
        { ...settled, settledAt: at(addDays(from, 3), 1000) },
      );
  }

  const [first] = ofClass.children;
  if (!first) return;
  const [guardian] = await guardiansOf(store, schoolId, [first.id]);
  for (const [index, about] of guardian ? HOME_TOPICS.entries() : []) {
    const of = { kind: "guardian", studentId: first.id, authorId: guardian?.membershipId ?? null } as const;
    const level = draw.one([2, 3] as const);
    const told = { ...of, about, level, words: HOME[index] ?? "" };
    await addVoice(store, schoolId, voiceOf(addDays(today, -9 + 2 * index), told));
  }
  for (const [index, words] of NOTES.entries()) {
    const of = { kind: "teacher", studentId: first.id, authorId: homeroomId, about: "note" } as const;
    const note = { ...of, words, guardianMaySee: index === 0 };
    await addVoice(store, schoolId, voiceOf(addDays(today, -12 + 5 * index), note));
  }
}

/** A round of self that is open today: half a class has spoken yesterday, and the first of it may still do so. */
export async function enterOpenRound(
  store: Store,
  schoolId: string,
  planned: PlannedClassTerm,
  { mayTell, draw }: Speaking,
): Promise<void> {
  const yesterday = planned.term.schoolDays.at(-2);
  if (!yesterday) return;
  const { open, answerSelf } = speakingIn(store, schoolId, planned, draw);
  const others = planned.ofClass.children.slice(1).filter(({ id, joinedOn }) => mayTell.has(id) && !joinedOn);
  const spoken = draw.shuffled(others.map(({ id }) => id)).slice(0, Math.ceil(others.length / 2));
  await answerSelf(await open("self", yesterday, []), spoken, yesterday);
}

/** How rounds are opened in a class's term, and what is said in them. */
function speakingIn(store: Store, schoolId: string, { ofClass, term }: PlannedClassTerm, draw: Draw) {
  const { classId, termId, homeroomId, timeZone } = term;
  const at = (day: string, minutes: number) => new Date(startOfDay(day, timeZone) + minutes * MINUTE);
  const open = async (kind: "self" | "peer", from: string, groups: readonly (readonly string[])[]) => {
    const id = draw.id(at(from, 480).getTime());
    const round = { id, classId, termId, kind, opensOn: from, closesOn: addDays(from, ROUND_DAYS), groups };
    await putVoiceRound(store, schoolId, round, { membershipId: homeroomId, at: at(from, 480) });
    return id;
  };
  const voiceOf = (
    day: string,
    of: Pick<NewVoice, "kind" | "studentId" | "about"> & Partial<NewVoice>,
  ): NewVoice => {
    const createdAt = at(day, draw.whole(490, 1200));
    return {
      id: draw.id(createdAt.getTime()),
      fromId: null,
      authorId: null,
      classId,
      termId,
      roundId: null,
      level: null,
      observationPointId: null,
      starter: null,
      words: "",
      day,
      guardianMaySee: true,
      state: "given",
      createdAt,
      changedAt: createdAt,
      ...of,
    };
  };
  /** The youngest choose faces and write nothing. */
  const answerSelf = async (roundId: string, children: readonly string[], day: string) => {
    for (const studentId of children)
      for (const about of SELF_QUESTIONS) {
        if (choosesFaces(ofClass.grade) && !asksForLevel(about)) continue;
        const level = draw.weighted([1, 2, 3] as const, (one) => one) satisfies VoiceLevel;
        const words = about === "proud" ? draw.one(PROUD) : draw.one(NEXT);
        const answer = asksForLevel(about) ? { level } : { words };
        const of = { kind: "self", studentId, fromId: studentId, roundId, about } as const;
        await keepAnswer(store, schoolId, voiceOf(day, { ...of, ...answer }));
      }
  };
  return { at, open, voiceOf, answerSelf };
}
