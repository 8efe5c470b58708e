/** The call about a child's years, typed by the contract; apart from client.ts, so that no class page carries it. */
import type { Years } from "@doudou/shared/contract/growth.ts";
import { request } from "./request.ts";

export function readYears(studentId: string, signal?: AbortSignal): Promise<Years> {
  return request(`/students/${studentId}/years`, { signal });
}
