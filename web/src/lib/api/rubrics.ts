/** The calls about rubrics and rating; apart from client.ts, so that no class page carries them. */
import type {
  ClassAgreement,
  RatingDesk,
  RatingRound,
  RatingRoundInput,
  RatingRounds,
  RatingsInput,
  RatingsKept,
  RubricInput,
  Rubrics,
  RubricSaved,
} from "@doudou/shared/contract/rubrics.ts";
import { request } from "./request.ts";

export function readRubrics(signal?: AbortSignal): Promise<Rubrics> {
  return request("/rubrics", { signal });
}

export function saveRubric(code: string, body: RubricInput): Promise<RubricSaved> {
  return request(`/rubrics/${encodeURIComponent(code)}`, { method: "PUT", body });
}

export function readRatingRounds(signal?: AbortSignal): Promise<RatingRounds> {
  return request("/rating-rounds", { signal });
}

export function putRatingRound(id: string, body: RatingRoundInput): Promise<RatingRound> {
  return request(`/rating-rounds/${id}`, { method: "PUT", body });
}

export function readRatingDesk(classId: string, signal?: AbortSignal): Promise<RatingDesk> {
  return request(`/classes/${classId}/ratings`, { signal });
}

export function saveRatings(classId: string, roundId: string, body: RatingsInput): Promise<RatingsKept> {
  return request(`/classes/${classId}/ratings/${roundId}`, { method: "PUT", body });
}

export function readAgreement(classId: string, signal?: AbortSignal): Promise<ClassAgreement> {
  return request(`/classes/${classId}/agreement`, { signal });
}
