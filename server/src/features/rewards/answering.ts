/**
 * The grown-ups' and the shopkeepers' side: the homeroom teacher answers in private what children of the class asked for,
 * and chooses who keeps the shop; two pupils hand over what was approved, seeing a name and a thing and no beans; a
 * guardian reads, and may say "not this, please".
 */
import { classById, studentsOfClass } from "@doudou/db/repositories/people.ts";
import type { Store } from "@doudou/db/engines/database.ts";
import {
  type KeptRequest,
  moveRequest,
  objectToRequest,
  requestById,
  waitingFor,
} from "@doudou/db/repositories/reward-ledger.ts";
import {
  chooseShopkeepers,
  rewardsOn,
  rewardsOpenTo,
  shopkeepersOf,
} from "@doudou/db/repositories/rewards.ts";
import type {
  ClassShop,
  FamilyObjection,
  RequestAnswer,
  RequestMoved,
  ShopCounter,
  Shopkeepers,
} from "@doudou/shared/contract/rewards.ts";
import { weekStartOf } from "@doudou/shared/domain/calendar.ts";
import { callName } from "@doudou/shared/domain/child-name.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { requireShop, shownReward } from "./offers.ts";
import { classOn, moved, shopToday } from "./asking.ts";

/** A class's own offers, what waits in it, and who keeps its shop this week. */
export async function classShop(deps: Deps, { schoolId }: Grant, classId: string): Promise<ClassShop> {
  const { today } = await shopToday(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    await requireShop(store, schoolId);
    const row = await classById(store, schoolId, classId);
    if (!row) throw new Problem("not-found");
    const children = await studentsOfClass(store, schoolId, classId, today);
    const names = new Map(children.map(({ id, name }) => [id, name]));
    const waiting = await waitingFor(store, schoolId, [...names.keys()]);
    const week = { classId, weekStartsOn: weekStartOf(today) };
    const open = await rewardsOpenTo(store, schoolId, row);
    return {
      class: { id: row.id, name: row.name, grade: row.grade },
      rewards: (await rewardsOn(store, schoolId, classId)).map(shownReward),
      schoolRewards: open.filter((offer) => offer.classId === null).map(shownReward),
      wishes: waiting.map(({ studentId, objectedBy, id, title, icon, kind, price, day, state }) => ({
        id,
        title,
        icon,
        kind,
        price,
        day,
        state,
        student: { id: studentId, name: names.get(studentId) ?? "" },
        familyAsksNot: objectedBy !== null,
      })),
      children: children.map(({ id, name }) => ({ id, name })),
      shopkeeperIds: await shopkeepersOf(store, schoolId, week),
    };
  });
}

interface OfRequest {
  readonly classId: string;
  readonly id: string;
}

/**
 * Approves what a child of the class asked for, or declines it, with a word for the child alone.
 * @throws Problem rewards-off, reward-request-not-found, reward-request-settled
 */
export async function answerRequest(
  deps: Deps,
  grant: Grant,
  { classId, id }: OfRequest,
  { answer, words }: RequestAnswer,
): Promise<RequestMoved> {
  const to = answer === "approve" ? "approved" : "declined";
  const said = words?.trim().toWellFormed() ?? "";
  return await stepInClass(deps, grant, { classId, id }, async (store, { studentId }, at) => {
    const step = { to, by: grant.membershipId, at, words: said === "" ? null : said } as const;
    const result = moved(id, to, await moveRequest(store, grant.schoolId, id, step));
    const about = { studentId, classId, subjectId: id, after: { answer } };
    if (result.status === "moved") await noteChange(store, grant, { action: "reward.answer", at, ...about });
    return result;
  });
}

/** The child has it now. @throws Problem rewards-off, reward-request-not-found, reward-request-settled */
export async function handOver(deps: Deps, grant: Grant, of: OfRequest): Promise<RequestMoved> {
  return await stepInClass(deps, grant, of, async (store, { studentId }, at) => {
    const result = await handOverIn(store, grant, of.id, at);
    const about = { studentId, classId: of.classId, subjectId: of.id };
    if (result.status === "moved")
      await noteChange(store, grant, { action: "reward.hand-over", at, ...about });
    return result;
  });
}

async function handOverIn(store: Store, grant: Grant, id: string, at: Date): Promise<RequestMoved> {
  const step = { to: "handed-over", by: grant.membershipId, at } as const;
  return moved(id, "handed-over", await moveRequest(store, grant.schoolId, id, step));
}

/** A step that a request of a child of this class takes; one of another class is not there. */
async function stepInClass(
  deps: Deps,
  { schoolId }: Grant,
  { classId, id }: OfRequest,
  step: (store: Store, request: KeptRequest, at: Date) => Promise<RequestMoved>,
): Promise<RequestMoved> {
  const { today } = await shopToday(deps, schoolId);
  const at = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    await requireShop(store, schoolId);
    const request = await requestById(store, schoolId, id);
    const own = request && (await classOn(store, schoolId, request.studentId, today));
    if (!request || own?.id !== classId) throw new Problem("reward-request-not-found");
    return await step(store, request, at);
  });
}

/** Chooses who keeps the shop this week. @throws Problem rewards-off, shopkeeper-not-in-class */
export async function setShopkeepers(
  deps: Deps,
  grant: Grant,
  classId: string,
  { studentIds }: Shopkeepers,
): Promise<Shopkeepers> {
  const { schoolId } = grant;
  const { today } = await shopToday(deps, schoolId);
  const at = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    await requireShop(store, schoolId);
    const here = new Set((await studentsOfClass(store, schoolId, classId, today)).map(({ id }) => id));
    if (studentIds.some((id) => !here.has(id))) throw new Problem("shopkeeper-not-in-class");
    const week = { classId, weekStartsOn: weekStartOf(today) };
    await chooseShopkeepers(store, schoolId, week, studentIds);
    const after = { chosen: studentIds.length };
    await noteChange(store, grant, { action: "reward.choose-shopkeepers", at, classId, after });
    return { studentIds };
  });
}

/** What a pupil shopkeeper hands over: never its own. @throws Problem rewards-off, not-shopkeeper */
export async function shopCounter(deps: Deps, { schoolId }: Grant, studentId: string): Promise<ShopCounter> {
  const { today } = await shopToday(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const classId = await classKeptBy(store, schoolId, studentId, today);
    const classmates = await studentsOfClass(store, schoolId, classId, today);
    const called = Map.groupBy(classmates, ({ name }) => callName(name));
    const names = new Map(
      classmates.map(({ id, name }) => [
        id,
        called.get(callName(name))?.length === 1 ? callName(name) : name,
      ]),
    );
    const waiting = await waitingFor(
      store,
      schoolId,
      classmates.map(({ id }) => id).filter((id) => id !== studentId),
    );
    const items = waiting
      .filter(({ state }) => state === "approved")
      .map(({ id, title, icon, ...of }) => ({ id, title, icon, name: names.get(of.studentId) ?? "" }));
    return { items };
  });
}

/** A shopkeeper hands a classmate what was approved. @throws Problem as `shopCounter`; reward-request-not-found, -settled */
export async function handOverAtCounter(
  deps: Deps,
  grant: Grant,
  studentId: string,
  id: string,
): Promise<RequestMoved> {
  const { schoolId } = grant;
  const { today } = await shopToday(deps, schoolId);
  const at = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    const classId = await classKeptBy(store, schoolId, studentId, today);
    const request = await requestById(store, schoolId, id);
    const own = request && (await classOn(store, schoolId, request.studentId, today));
    // What waits for the teacher's answer, a shopkeeper knows nothing of.
    const isSeen = request?.state === "approved" || request?.state === "handed-over";
    if (!request || !isSeen || own?.id !== classId || request.studentId === studentId)
      throw new Problem("reward-request-not-found");
    const result = await handOverIn(store, grant, id, at);
    const about = { studentId: request.studentId, classId, subjectId: id };
    if (result.status === "moved")
      await noteChange(store, grant, { action: "reward.keep-shop", at, ...about });
    return result;
  });
}

async function classKeptBy(
  store: Store,
  schoolId: string,
  studentId: string,
  today: string,
): Promise<string> {
  await requireShop(store, schoolId);
  const own = await classOn(store, schoolId, studentId, today);
  if (!own) throw new Problem("not-shopkeeper");
  const week = { classId: own.id, weekStartsOn: weekStartOf(today) };
  const keepers = await shopkeepersOf(store, schoolId, week);
  if (!keepers.includes(studentId)) throw new Problem("not-shopkeeper");
  return own.id;
}

/** A guardian tells the homeroom teacher "not this, please", or takes it back. @throws Problem rewards-off, reward-request-settled */
export async function object(
  deps: Deps,
  grant: Grant,
  { studentId, id }: { readonly studentId: string; readonly id: string },
  { asksNot }: FamilyObjection,
): Promise<FamilyObjection> {
  const { schoolId, membershipId } = grant;
  const at = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    await requireShop(store, schoolId);
    const by = asksNot ? membershipId : null;
    if (!(await objectToRequest(store, schoolId, { id, studentId, by })))
      throw new Problem("reward-request-settled");
    await noteChange(store, grant, {
      action: "reward.object",
      at,
      studentId,
      subjectId: id,
      after: { asksNot },
    });
    return { asksNot };
  });
}
