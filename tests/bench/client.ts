/** A signed-in client of a server process, and percentiles of what it waits. */
import { DEMO_PASSWORD } from "@doudou/server/demo.ts";

export interface Client {
  /** The session's, as a header. */
  readonly cookie: string;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
}

export async function signIn(address: string, login: string): Promise<Client> {
  const send = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${address}/api/v1${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const json = { "content-type": "application/json" };
  const signedIn = await send("/session", {
    method: "POST",
    headers: json,
    body: JSON.stringify({ login, password: DEMO_PASSWORD }),
  });
  const cookie = signedIn.headers.getSetCookie()[0]!.split(";")[0]!;
  return {
    cookie,
    get: async <T>(path: string) => (await (await send(path, { headers: { cookie } })).json()) as T,
    post: async <T>(path: string, body: unknown) =>
      (await (
        await send(path, { method: "POST", headers: { ...json, cookie }, body: JSON.stringify(body) })
      ).json()) as T,
  };
}

export interface Waits {
  readonly median: number;
  readonly p99: number;
}

/** Calls one after the other, after some to warm up. @returns milliseconds */
export async function waitsOf(times: number, call: (i: number) => Promise<unknown>): Promise<Waits> {
  for (let i = 0; i < Math.min(times, 50); i++) await call(i);
  const waits: number[] = [];
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    await call(i);
    waits.push(performance.now() - began);
  }
  waits.sort((a, b) => a - b);
  return { median: waits[Math.floor(times / 2)]!, p99: waits[Math.floor(times * 0.99)]! };
}
