/** A signed-in person in front of the real app, and the award a teacher's tablet would send. */
import type { Readable } from "node:stream";
import type { InjectOptions } from "fastify";
import { v7 as uuidv7 } from "uuid";
import type {
  AwardInput,
  AwardResult,
  AwardResults,
  VoidResult,
  VoidResults,
} from "@doudou/shared/contract/awards.ts";
import type { Person, School } from "./school.ts";
import type { World } from "./world.ts";

export interface Answer {
  readonly status: number;
  /** The code of a refusal. */
  readonly code: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly bytes: Uint8Array;
}

export interface Client {
  ask(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, payload?: object): Promise<Answer>;
  /** Uploads a picture of these children, under an id of its own unless told otherwise. */
  upload(
    picture: Buffer | Readable,
    of: readonly { readonly id: string }[],
    id?: string,
  ): Promise<Answer & { readonly id: string }>;
  /** Uploads a file of a child's shelf, under an id of its own unless told otherwise. */
  addFile(
    studentId: string,
    file: Buffer | Readable,
    type?: string,
    id?: string,
  ): Promise<Answer & { readonly id: string }>;
  /** What is there. @throws when it is refused */
  get<T>(path: string): Promise<T>;
  /** Records awards and gives each one's result. */
  award(...awards: readonly AwardInput[]): Promise<AwardResult[]>;
  void(ids: readonly string[], reason?: string): Promise<VoidResult[]>;
}

/** Signs a person in. Sessions end: sign in anew after moving the clock by weeks. */
export async function clientOf(world: World, person: Person, language = "zh-CN"): Promise<Client> {
  const headers = { cookie: await world.signIn(person), "accept-language": language };
  const answer = async (request: InjectOptions): Promise<Answer> => {
    const response = await world.app.server.inject(request);
    const isProblem = String(response.headers["content-type"]).includes("problem");
    return {
      status: response.statusCode,
      code: isProblem ? response.json<{ code: string }>().code : undefined,
      headers: response.headers,
      body: response.body,
      bytes: new Uint8Array(response.rawPayload),
    };
  };
  const ask: Client["ask"] = (method, path, payload) => {
    const request = { method, url: `/api/v1${path}`, headers };
    return answer(payload ? { ...request, payload } : request);
  };
  const must = async <T>(...request: Parameters<Client["ask"]>): Promise<T> => {
    const { status, body } = await ask(...request);
    if (status !== 200) throw new Error(`${request[0]} ${request[1]} answered ${status}: ${body}`);
    return JSON.parse(body) as T;
  };
  return {
    ask,
    async upload(payload, of, id = uuidv7()) {
      const url = `/api/v1/evidence/${id}?studentIds=${of.map((child) => child.id).join(",")}`;
      const sent = { ...headers, "content-type": "image/jpeg" };
      return { ...(await answer({ method: "PUT", url, headers: sent, payload })), id };
    },
    async addFile(studentId, payload, type = "application/octet-stream", id = uuidv7()) {
      const url = `/api/v1/students/${studentId}/files/${id}`;
      const sent = { ...headers, "content-type": type };
      return { ...(await answer({ method: "PUT", url, headers: sent, payload })), id };
    },
    get: (path) => must("GET", path),
    award: async (...awards) => (await must<AwardResults>("POST", "/awards", { awards })).results,
    void: async (ids, reason = "点错了") =>
      (await must<VoidResults>("POST", "/awards/void", { ids, reason })).results,
  };
}

/** An award for the second child of the first class, as a tablet sends it. */
export function awardIn(school: School, occurredAt: Date, over: Partial<AwardInput> = {}): AwardInput {
  const [, child] = school.children;
  if (!child) throw new Error("a school of one child");
  return {
    id: uuidv7(),
    studentId: child.id,
    observationPointId: school.points.helps,
    occurredAt: occurredAt.toISOString(),
    ...over,
  };
}
