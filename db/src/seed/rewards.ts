/**
 * A demo school's reward shop: what the school and its first class offer, and what a few children of that class have
 * asked for, one in every state. All of it through the spending ledger, so that nobody has spent what it had not.
 */
import { addDays, startOfDay, weekRange } from "@doudou/shared/domain/calendar.ts";
import type { RequestState } from "@doudou/shared/domain/rewards.ts";
import type { Store } from "../engines/database.ts";
import { cardHolders } from "../repositories/cards.ts";
import { askForReward, moveRequest } from "../repositories/reward-ledger.ts";
import {
  chooseShopkeepers,
  type KeptReward,
  saveFor,
  saveReward,
  switchShop,
} from "../repositories/rewards.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";
import type { Office } from "./office-life.ts";

const HOUR = 3_600_000;

type Offer = Omit<KeptReward, "id" | "classId" | "gradeFrom" | "gradeTo" | "isOpen">;
const free = { stock: null, perChild: null } as const;

const OF_SCHOOL: readonly Offer[] = [
  { title: "当一天图书管理员", words: "帮大家借书还书", icon: "book", kind: "privilege", price: 20, ...free },
  {
    title: "选校园广播的一首歌",
    words: "周五中午播放",
    icon: "music",
    kind: "privilege",
    price: 25,
    stock: { count: 5, per: "week" },
    perChild: 1,
  },
  {
    title: "升旗时站在第一排",
    words: "和护旗手一起",
    icon: "star",
    kind: "privilege",
    price: 30,
    stock: { count: 4, per: "week" },
    perChild: 1,
  },
  {
    title: "和校长共进午餐",
    words: "聊聊你想让学校变成什么样",
    icon: "lunch",
    kind: "experience",
    price: 160,
    stock: { count: 4, per: "week" },
    perChild: 1,
  },
  {
    title: "和体育老师晨跑一圈",
    words: "早上七点半，操场见",
    icon: "sport",
    kind: "experience",
    price: 15,
    ...free,
  },
  {
    title: "一支自动铅笔",
    words: "自己挑颜色",
    icon: "pencil",
    kind: "thing",
    price: 35,
    stock: { count: 60, per: "term" },
    perChild: 1,
  },
  {
    title: "一小盆多肉",
    words: "带回家照顾它",
    icon: "plant",
    kind: "thing",
    price: 60,
    stock: { count: 30, per: "term" },
    perChild: 1,
  },
];
const OF_CLASS: readonly Offer[] = [
  { title: "给全班选一本书", words: "周五读书会一起读", icon: "book", kind: "privilege", price: 10, ...free },
  { title: "换一天座位", words: "和你选的同桌，一天", icon: "seat", kind: "privilege", price: 12, ...free },
  {
    title: "和老师共进午餐",
    words: "坐在一起吃，慢慢聊",
    icon: "friends",
    kind: "experience",
    price: 18,
    ...free,
  },
];

interface Wish {
  /** Of the class's children that have an account. */
  readonly child: number;
  readonly offer: number;
  readonly daysAgo: number;
  readonly steps: readonly Exclude<RequestState, "requested">[];
  readonly words?: string;
}
/** By the class's offers. The first child is the one a demonstration shows. */
const WISHES: readonly Wish[] = [
  { child: 0, offer: 0, daysAgo: 9, steps: ["approved", "handed-over"], words: "这本书选得真好！" },
  { child: 0, offer: 2, daysAgo: 1, steps: [] },
  { child: 1, offer: 0, daysAgo: 3, steps: ["approved"], words: "周五下午带来。" },
  { child: 2, offer: 1, daysAgo: 2, steps: [] },
  { child: 3, offer: 1, daysAgo: 6, steps: ["declined"], words: "这周要排练，下周再来选。" },
  { child: 4, offer: 2, daysAgo: 5, steps: ["withdrawn"] },
  { child: 5, offer: 2, daysAgo: 20, steps: ["expired"] },
];

/** @param classes of the current term, in the school's order */
export async function enterRewardShop(
  store: Store,
  schoolId: string,
  classes: readonly PlannedClassTerm[],
  office: Office,
): Promise<void> {
  await switchShop(store, schoolId, true);
  const [first] = classes;
  const opened = addDays(office.today, -40);
  const ofSchool = await offer(store, schoolId, OF_SCHOOL, { ...office, opened, of: undefined });
  if (!first || office.today < first.term.termStartsOn || office.today > first.term.termEndsOn) return;
  const { id, grade } = first.ofClass;
  const own = await offer(store, schoolId, OF_CLASS, { ...office, opened, of: { id, grade } });
  await enterWishes(store, schoolId, first, own, office);
  const saved = ofSchool.find(({ kind }) => kind === "experience");
  await enterSaving(store, schoolId, first, saved, office);
}

/** @returns what is on offer, in order */
async function offer(
  store: Store,
  schoolId: string,
  offers: readonly Offer[],
  at: Pick<Office, "frame" | "adminId"> & {
    readonly draw: Draw;
    readonly opened: string;
    readonly of: { readonly id: string; readonly grade: number } | undefined;
  },
): Promise<KeptReward[]> {
  const { frame, adminId: addedBy, draw, opened, of } = at;
  const start = startOfDay(opened, frame.timeZone) + 9 * HOUR;
  const kept: KeptReward[] = [];
  for (const [index, each] of offers.entries()) {
    const addedAt = new Date(start + index * 60_000);
    const id = draw.id(addedAt.getTime());
    const grades = { gradeFrom: of?.grade ?? 1, gradeTo: of?.grade ?? 6 };
    const reward = { ...each, ...grades, id, classId: of?.id ?? null, isOpen: true };
    await saveReward(store, schoolId, reward, { addedBy, addedAt });
    kept.push(reward);
  }
  return kept;
}

async function enterWishes(
  store: Store,
  schoolId: string,
  { ofClass, term }: PlannedClassTerm,
  offers: readonly KeptReward[],
  { frame, today, draw }: Office,
): Promise<void> {
  const holders = await holdersIn(store, schoolId, ofClass);
  const academicYearId = frame.terms.find(({ id }) => id === term.termId)?.academicYearId;
  if (academicYearId === undefined) return;
  const ofTerm = { from: term.termStartsOn, to: term.termEndsOn };
  for (const wish of WISHES) {
    const [of, holder] = [offers[wish.offer], holders[wish.child]];
    const about = addDays(today, -wish.daysAgo);
    const day = term.schoolDays.findLast((schoolDay) => schoolDay <= about);
    if (!of || !holder || day === undefined) continue;
    const at = startOfDay(day, frame.timeZone) + 12 * HOUR;
    const id = draw.id(at);
    const week = weekRange(day);
    const spans = { week: { from: week.startsOn, to: week.endsOn }, term: ofTerm };
    const asked = { id, rewardId: of.id, price: of.price, termId: term.termId, academicYearId, day };
    const by = { ...holder, askedAt: new Date(at), spans };
    // In a quiet school somebody has too few beans: then there is one wish fewer.
    if ((await askForReward(store, schoolId, { ...asked, ...by })) !== "recorded") continue;
    for (const [step, to] of wish.steps.entries()) {
      const isOwn = to === "withdrawn";
      const whose = isOwn ? holder.askedBy : to === "expired" ? null : term.homeroomId;
      const movedAt = new Date(at + (step + 1) * 4 * HOUR);
      const words = step === 0 && wish.words !== undefined ? { words: wish.words } : {};
      await moveRequest(store, schoolId, id, { to, by: whose, at: movedAt, ...words });
    }
  }
}

/** What the child that a demonstration shows saves for, and who keeps the shop this week. */
async function enterSaving(
  store: Store,
  schoolId: string,
  { ofClass }: PlannedClassTerm,
  saved: KeptReward | undefined,
  { today }: Office,
): Promise<void> {
  const [shown, keeper] = await holdersIn(store, schoolId, ofClass);
  if (!shown || !keeper) return;
  if (saved) await saveFor(store, schoolId, shown.studentId, saved.id);
  const keepers = { classId: ofClass.id, weekStartsOn: weekRange(today).startsOn };
  await chooseShopkeepers(store, schoolId, keepers, [shown.studentId, keeper.studentId]);
}

/** The children of a class that have an account, and so can ask. */
async function holdersIn(store: Store, schoolId: string, { children }: PlannedClassTerm["ofClass"]) {
  const ids = children.map(({ id }) => id);
  return (await cardHolders(store, schoolId, ids)).flatMap(
    ({ studentId, membershipId: askedBy, hasConsent }) =>
      hasConsent && askedBy !== null ? { studentId, askedBy } : [],
  );
}
