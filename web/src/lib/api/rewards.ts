/** The calls about the reward shop; apart from client.ts, so that no class page carries them. */
import type {
  ClassShop,
  FamilyObjection,
  FamilyWishes,
  RequestAnswer,
  RequestMoved,
  RewardAsked,
  RewardAsking,
  RewardDesk,
  RewardInput,
  Saving,
  SchoolShop,
  ShopCounter,
  Shopkeepers,
  ShopSwitch,
} from "@doudou/shared/contract/rewards.ts";
import { ProblemError } from "./problem.ts";
import { request } from "./request.ts";

export function readSchoolShop(signal?: AbortSignal): Promise<SchoolShop> {
  return request("/reward-shop", { signal });
}

export function switchShop(isOn: boolean): Promise<ShopSwitch> {
  return request("/reward-shop", { method: "PUT", body: { isOn } });
}

/** @param classId of the class whose offer it is; undefined for the school's @param id made once */
export function saveReward(classId: string | undefined, id: string, reward: RewardInput): Promise<void> {
  const shelf = classId === undefined ? "" : `/classes/${classId}`;
  return request(`${shelf}/rewards/${id}`, { method: "PUT", body: reward });
}

export function readClassShop(classId: string, signal?: AbortSignal): Promise<ClassShop> {
  return request(`/classes/${classId}/rewards`, { signal });
}

export function answerWish(classId: string, id: string, answer: RequestAnswer): Promise<RequestMoved> {
  return request(`/classes/${classId}/reward-requests/${id}/answer`, { method: "POST", body: answer });
}

export function handOver(classId: string, id: string): Promise<RequestMoved> {
  return request(`/classes/${classId}/reward-requests/${id}/hand-over`, { method: "POST" });
}

export function chooseShopkeepers(classId: string, studentIds: string[]): Promise<Shopkeepers> {
  return request(`/classes/${classId}/shopkeepers`, { method: "PUT", body: { studentIds } });
}

/** A child's shop; null where its school has none. */
export async function readRewardDesk(studentId: string, signal?: AbortSignal): Promise<RewardDesk | null> {
  return await orNoShop(request(`/students/${studentId}/reward-desk`, { signal }));
}

/** @param asking with an id made once: sending it again changes nothing */
export function askForReward(studentId: string, asking: RewardAsking): Promise<RewardAsked> {
  return request(`/students/${studentId}/reward-requests`, { method: "POST", body: asking });
}

export function withdrawWish(studentId: string, id: string): Promise<RequestMoved> {
  return request(`/students/${studentId}/reward-requests/${id}/withdraw`, { method: "POST" });
}

export function saveFor(studentId: string, rewardId: string | null): Promise<Saving> {
  return request(`/students/${studentId}/reward-saving`, { method: "PUT", body: { rewardId } });
}

export function readShopCounter(studentId: string, signal?: AbortSignal): Promise<ShopCounter> {
  return request(`/students/${studentId}/shop-counter`, { signal });
}

export function handOverAtCounter(studentId: string, id: string): Promise<RequestMoved> {
  return request(`/students/${studentId}/shop-counter/${id}/hand-over`, { method: "POST" });
}

/** What a child asked for; null where its school has no shop. */
export async function readFamilyWishes(
  studentId: string,
  signal?: AbortSignal,
): Promise<FamilyWishes | null> {
  return await orNoShop(request(`/students/${studentId}/reward-requests`, { signal }));
}

export function objectToWish(studentId: string, id: string, asksNot: boolean): Promise<FamilyObjection> {
  return request(`/students/${studentId}/reward-requests/${id}/objection`, {
    method: "PUT",
    body: { asksNot },
  });
}

async function orNoShop<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (failure) {
    if (failure instanceof ProblemError && failure.code === "rewards-off") return null;
    throw failure;
  }
}
