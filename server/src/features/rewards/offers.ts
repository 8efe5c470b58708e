/**
 * What a school and its classes offer in their shop, and whether there is one at all. An offer is open or closed for all
 * it is for; no field says who comes first (docs/adr/0031).
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { classById, classesOfYear } from "@doudou/db/repositories/people.ts";
import { countWaitingByClass } from "@doudou/db/repositories/reward-ledger.ts";
import {
  isShopOn,
  type KeptReward,
  lockShelf,
  rewardById,
  rewardsOn,
  saveReward,
  switchShop,
} from "@doudou/db/repositories/rewards.ts";
import type { Reward, RewardInput, SchoolShop, ShopSwitch } from "@doudou/shared/contract/rewards.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { canonicalJson } from "@doudou/shared/domain/canonical-json.ts";
import { shelfObstacle } from "@doudou/shared/domain/rewards.ts";
import type { Grant } from "../../access/caller.ts";
import type { Action } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { currentTerm } from "../schools/service.ts";

/** @throws Problem rewards-off where the school has no shop: then nothing of it is there for anybody */
export async function requireShop(store: Store, schoolId: string): Promise<void> {
  if (!(await isShopOn(store, schoolId))) throw new Problem("rewards-off");
}

/** The shop as the office sees it: offers, and in which classes something waits. No name of a child. */
export async function schoolShop(deps: Deps, { schoolId }: Grant): Promise<SchoolShop> {
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const term = currentTerm(frame, now);
  return await deps.database.read(schoolId, async (store) => {
    if (!(await isShopOn(store, schoolId))) return { isOn: false, rewards: [], waiting: [] };
    const counts = await countWaitingByClass(store, schoolId, localDayOf(now.getTime(), frame.timeZone));
    const classes = term ? await classesOfYear(store, schoolId, term.academicYearId) : [];
    const waiting = classes.flatMap(({ id, name, grade }) => {
      const of = (state: string) =>
        counts.find((each) => each.classId === id && each.state === state)?.count ?? 0;
      const [requested, approved] = [of("requested"), of("approved")];
      return requested + approved === 0 ? [] : [{ class: { id, name, grade }, requested, approved }];
    });
    return { isOn: true, rewards: (await rewardsOn(store, schoolId, null)).map(shownReward), waiting };
  });
}

/** Opens a shop for the school, or closes it whole: offers, requests and beans stay as they are, and nobody sees them. */
export async function switchSchoolShop(deps: Deps, grant: Grant, { isOn }: ShopSwitch): Promise<ShopSwitch> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const before = await isShopOn(store, schoolId);
    if (before === isOn) return;
    await switchShop(store, schoolId, isOn);
    const told = { before: { isOn: before }, after: { isOn } };
    await noteChange(store, grant, { action: "reward-shop.switch", at, ...told });
  });
  return { isOn };
}

/** Writes an offer of the school. @throws Problem as `writeOffer` */
export async function saveSchoolReward(
  deps: Deps,
  grant: Grant,
  id: string,
  input: RewardInput,
): Promise<void> {
  await deps.database.write(grant.schoolId, (store) =>
    writeOffer(store, grant, { ...offerOf(input), id, classId: null }, "reward.change", deps.now()),
  );
}

/** Writes an offer of one class, for its grade and nobody else. @throws Problem as `writeOffer` */
export async function saveClassReward(
  deps: Deps,
  grant: Grant,
  { classId, id }: { readonly classId: string; readonly id: string },
  input: RewardInput,
): Promise<void> {
  await deps.database.write(grant.schoolId, async (store) => {
    const of = await classById(store, grant.schoolId, classId);
    if (!of) throw new Problem("not-found");
    const offer = { ...offerOf(input), gradeFrom: of.grade, gradeTo: of.grade, id, classId };
    await writeOffer(store, grant, offer, "reward.change-class", deps.now());
  });
}

/**
 * Writes an offer, new or over what it was; the same again changes nothing.
 * @throws Problem rewards-off, reward-grades-unordered, reward-not-found for one of another shelf, reward-shelf-full,
 * reward-things-too-many: also where closing another would leave too many things beside what is open
 */
async function writeOffer(
  store: Store,
  grant: Grant,
  offer: KeptReward,
  action: Extract<Action, "reward.change" | "reward.change-class">,
  at: Date,
): Promise<void> {
  const { schoolId, membershipId } = grant;
  const { id, classId } = offer;
  await requireShop(store, schoolId);
  if (offer.gradeFrom > offer.gradeTo) throw new Problem("reward-grades-unordered");
  await lockShelf(store, schoolId, classId);
  const before = await rewardById(store, schoolId, id);
  if (before && before.classId !== classId) throw new Problem("reward-not-found");
  const after = shownReward(offer);
  if (before && canonicalJson(shownReward(before)) === canonicalJson(after)) return;
  const others = (await rewardsOn(store, schoolId, classId)).filter((each) => each.id !== id);
  const kinds = [...others, offer].filter(({ isOpen }) => isOpen).map(({ kind }) => kind);
  const obstacle = shelfObstacle(kinds);
  if (obstacle === "too-many") throw new Problem("reward-shelf-full");
  if (obstacle === "too-many-things") throw new Problem("reward-things-too-many");
  await saveReward(store, schoolId, offer, { addedBy: membershipId, addedAt: at });
  const told = { before: before ? shownReward(before) : null, after };
  await noteChange(store, grant, { action, at, classId: classId ?? undefined, subjectId: id, ...told });
}

function offerOf({ title, words, ...input }: RewardInput): Omit<KeptReward, "id" | "classId"> {
  return { ...input, title: title.trim().toWellFormed(), words: words.trim().toWellFormed() };
}

/** An offer as the contract shows it. */
export function shownReward(reward: KeptReward): Reward {
  const { id, title, words, icon, kind, price, stock, perChild, gradeFrom, gradeTo, isOpen } = reward;
  return { id, title, words, icon, kind, price, stock, perChild, gradeFrom, gradeTo, isOpen };
}
