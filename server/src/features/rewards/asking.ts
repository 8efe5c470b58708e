/**
 * The shop as a child has it: its own beans to use, what is offered, what it asked for, what it saves for. Of other
 * children it is told nothing; how many of something are left nobody is told.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { enrollmentsOf } from "@doudou/db/repositories/people.ts";
import {
  askForReward,
  balanceOf,
  moveRequest,
  openWishesOf,
  requestById,
  requestsOfChild,
  requestsOverdue,
  type RequestLine,
  takenByChild,
  takenOf,
} from "@doudou/db/repositories/reward-ledger.ts";
import {
  type KeptReward,
  rewardById,
  rewardsOpenTo,
  saveFor,
  savingOf,
  shopkeepersOf,
} from "@doudou/db/repositories/rewards.ts";
import { schoolIds, type SchoolFrame, type SchoolTerm } from "@doudou/db/repositories/schools.ts";
import type { ClassRef } from "@doudou/shared/contract/common.ts";
import type {
  OwnWish,
  RequestMoved,
  RewardAsked,
  RewardAsking,
  RewardDesk,
  Saving,
  ShopOffer,
  FamilyWishes,
} from "@doudou/shared/contract/rewards.ts";
import { localDayOf, weekRange, weekStartOf } from "@doudou/shared/domain/calendar.ts";
import {
  askingObstacle,
  type Balance,
  beansToUse,
  REWARD_KINDS,
  REWARD_RULES,
} from "@doudou/shared/domain/rewards.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import { covers, type Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import type { ProblemCode } from "../../http/problem-codes.ts";
import { Problem } from "../../http/problem.ts";
import { currentTerm } from "../schools/service.ts";
import { requireShop } from "./offers.ts";

const DAY_MS = 86_400_000;
/** One write of what time moves; the next one lets others go first. */
const EXPIRED_AT_ONCE = 200;

const NO_BEANS: Balance = { earned: 0, reserved: 0, spent: 0 };

/** Everything a child's shop needs. */
export async function rewardDesk(deps: Deps, { schoolId }: Grant, studentId: string): Promise<RewardDesk> {
  const { frame, today, term } = await shopToday(deps, schoolId);
  const latest = currentTerm(frame, deps.now());
  return await deps.database.read(schoolId, async (store) => {
    await requireShop(store, schoolId);
    const own = await classOn(store, schoolId, studentId, today);
    const balance = latest
      ? await balanceOf(store, schoolId, { studentId, academicYearId: latest.academicYearId })
      : NO_BEANS;
    const wishes = await requestsOfChild(store, schoolId, studentId, latest?.startsOn ?? today);
    const keepers = own
      ? await shopkeepersOf(store, schoolId, { classId: own.id, weekStartsOn: weekStartOf(today) })
      : [];
    return {
      beans: { ...balance, toUse: beansToUse(balance) },
      canAsk: own !== undefined && term !== undefined,
      offers: own && term ? await offersFor(store, schoolId, { own, term, today, studentId, balance }) : [],
      wishes: wishes.map(ownWish),
      savingFor: (await savingOf(store, schoolId, studentId)) ?? null,
      isShopkeeper: keepers.includes(studentId),
    };
  });
}

async function offersFor(
  store: Store,
  schoolId: string,
  {
    own,
    term,
    today,
    studentId,
    balance,
  }: {
    readonly own: ClassRef;
    readonly term: SchoolTerm;
    readonly today: string;
    readonly studentId: string;
    readonly balance: Balance;
  },
): Promise<ShopOffer[]> {
  const byChild = await takenByChild(store, schoolId, { studentId, termId: term.id });
  const openWishes = await openWishesOf(store, schoolId, studentId);
  const spans = spansOf(today, term);
  const offers: ShopOffer[] = [];
  for (const offer of (await rewardsOpenTo(store, schoolId, own)).sort(byKind)) {
    const { id, title, words, icon, kind, price, stock } = offer;
    const taken = stock ? await takenOf(store, schoolId, id, spans[stock.per]) : 0;
    const now = { balance, taken, takenByChild: byChild.get(id) ?? 0, openWishes };
    const obstacle = askingObstacle(offer, now) ?? null;
    offers.push({ id, title, words, icon, kind, price, isOfClass: offer.classId !== null, obstacle });
  }
  return offers;
}

/** Privileges first, things last; within a kind the fewest beans first. */
function byKind(one: KeptReward, other: KeptReward): number {
  return REWARD_KINDS.indexOf(one.kind) - REWARD_KINDS.indexOf(other.kind) || one.price - other.price;
}

/** What a child has asked for, for its guardian. */
export async function familyWishes(
  deps: Deps,
  { schoolId }: Grant,
  studentId: string,
): Promise<FamilyWishes> {
  const { frame, today } = await shopToday(deps, schoolId);
  const since = currentTerm(frame, deps.now())?.startsOn ?? today;
  return await deps.database.read(schoolId, async (store) => {
    await requireShop(store, schoolId);
    return { wishes: (await requestsOfChild(store, schoolId, studentId, since)).map(ownWish) };
  });
}

/**
 * A child asks for something; its price is reserved from here on.
 * @throws Problem rewards-off, outside-term, reward-not-found, reward-changed, reward-id-conflict, reward-wishes-full,
 * reward-child-limit, reward-stock-gone, reward-beans-short
 */
export async function ask(
  deps: Deps,
  { schoolId, membershipId: askedBy }: Grant,
  studentId: string,
  { id, rewardId, price }: RewardAsking,
): Promise<RewardAsked> {
  const { today: day, term } = await shopToday(deps, schoolId);
  const askedAt = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    await requireShop(store, schoolId);
    const own = await classOn(store, schoolId, studentId, day);
    if (!own || !term) throw new Problem("outside-term");
    const offer = await rewardById(store, schoolId, rewardId);
    if (!offer || !isFor(offer, own)) throw new Problem("reward-not-found");
    const { id: termId, academicYearId } = term;
    const asked = { id, rewardId, studentId, termId, academicYearId, day, price, askedBy, askedAt };
    const outcome = await askForReward(store, schoolId, { ...asked, spans: spansOf(day, term) });
    if (outcome !== "recorded" && outcome !== "duplicate") throw new Problem(REFUSALS[outcome]);
    return { id, status: outcome };
  });
}

const REFUSALS = {
  closed: "reward-not-found",
  changed: "reward-changed",
  conflict: "reward-id-conflict",
  "wishes-full": "reward-wishes-full",
  "child-limit": "reward-child-limit",
  "stock-gone": "reward-stock-gone",
  "beans-short": "reward-beans-short",
} as const satisfies Record<string, ProblemCode>;

/** The child takes back what it has not got yet. @throws Problem rewards-off, reward-request-not-found, reward-request-settled */
export async function withdraw(
  deps: Deps,
  { schoolId, membershipId: by }: Grant,
  studentId: string,
  id: string,
): Promise<RequestMoved> {
  return await deps.database.write(schoolId, async (store) => {
    await requireShop(store, schoolId);
    const kept = await requestById(store, schoolId, id);
    if (kept?.studentId !== studentId) throw new Problem("reward-request-not-found");
    return moved(
      id,
      "withdrawn",
      await moveRequest(store, schoolId, id, { to: "withdrawn", by, at: deps.now() }),
    );
  });
}

/** What a child saves for from now on, or nothing. @throws Problem rewards-off, outside-term, reward-not-found */
export async function chooseSaving(
  deps: Deps,
  { schoolId }: Grant,
  studentId: string,
  { rewardId }: Saving,
): Promise<Saving> {
  const { today } = await shopToday(deps, schoolId);
  return await deps.database.write(schoolId, async (store) => {
    await requireShop(store, schoolId);
    if (rewardId !== null) {
      const own = await classOn(store, schoolId, studentId, today);
      if (!own) throw new Problem("outside-term");
      const offer = await rewardById(store, schoolId, rewardId);
      if (!offer?.isOpen || !isFor(offer, own)) throw new Problem("reward-not-found");
    }
    await saveFor(store, schoolId, studentId, rewardId);
    return { rewardId };
  });
}

/** Gives back, in every school, what nobody has answered or handed over for long. @returns how many */
export async function expireOldRequests(deps: Deps): Promise<number> {
  const at = deps.now();
  const { unansweredDays, approvedDays } = REWARD_RULES;
  const before = {
    requested: new Date(at.getTime() - unansweredDays * DAY_MS),
    approved: new Date(at.getTime() - approvedDays * DAY_MS),
  };
  let expired = 0;
  for (const schoolId of await deps.database.read(EVERY_SCHOOL, schoolIds)) {
    let some: number;
    do {
      some = await deps.database.write(schoolId, async (store) => {
        const ids = await requestsOverdue(store, schoolId, before, EXPIRED_AT_ONCE);
        for (const id of ids) await moveRequest(store, schoolId, id, { to: "expired", by: null, at });
        return ids.length;
      });
      expired += some;
    } while (some === EXPIRED_AT_ONCE);
  }
  return expired;
}

/** What came of a step. @throws Problem reward-request-not-found, reward-request-settled */
export function moved(
  id: string,
  state: RequestMoved["state"],
  outcome: Awaited<ReturnType<typeof moveRequest>>,
): RequestMoved {
  if (outcome === undefined) throw new Problem("reward-request-not-found");
  if (outcome === "settled") throw new Problem("reward-request-settled");
  return { id, state, status: outcome };
}

/** A request as the child and its guardians read it. */
function ownWish(line: RequestLine): OwnWish {
  const { id, title, icon, kind, price, day, state, words } = line;
  return { id, title, icon, kind, price, day, state, words, familyAsksNot: line.objectedBy !== null };
}

/** The class a child is in on a day. */
export async function classOn(
  store: Store,
  schoolId: string,
  studentId: string,
  day: string,
): Promise<ClassRef | undefined> {
  const enrolled = (await enrollmentsOf(store, schoolId, [studentId])).find((e) => covers(e, day));
  return enrolled && { id: enrolled.class.id, name: enrolled.class.name, grade: enrolled.class.grade };
}

/** The school's day and the term it is in. */
export async function shopToday(
  deps: Deps,
  schoolId: string,
): Promise<{ frame: SchoolFrame; today: string; term: SchoolTerm | undefined }> {
  const frame = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), frame.timeZone);
  return { frame, today, term: termOn(today, frame.terms) };
}

function isFor({ classId, gradeFrom, gradeTo }: KeptReward, own: ClassRef): boolean {
  return (classId === null || classId === own.id) && gradeFrom <= own.grade && own.grade <= gradeTo;
}

function spansOf(day: string, term: SchoolTerm) {
  const week = weekRange(day);
  return {
    week: { from: week.startsOn, to: week.endsOn },
    term: { from: term.startsOn, to: term.endsOn },
  };
}
