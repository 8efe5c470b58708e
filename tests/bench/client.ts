/** A signed-in client of a server process, and percentiles of what it waits. */
import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { DEMO_PASSWORD } from "@doudou/server/demo.ts";

export interface Client {
  /** The session's, as a header. */
  readonly cookie: string;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
}

/** Takes answers packed, as a browser does; the runtime's own `fetch` would take longer to unpack one than the server to give it. */
export async function signIn(address: string, login: string): Promise<Client> {
  const agent = new Agent({ keepAlive: true });
  const call = async (path: string, cookie = "", body?: unknown) => {
    const headers = { cookie, "accept-encoding": "gzip", "content-type": "application/json" };
    const method = body === undefined ? "GET" : "POST";
    const asking = request(`${address}/api/v1${path}`, { method, agent, headers });
    asking.end(body === undefined ? undefined : JSON.stringify(body));
    const [response] = (await once(asking, "response")) as [IncomingMessage];
    const bytes = await buffer(response);
    const text = response.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
    if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode} ${text.toString()}`);
    return { answer: JSON.parse(text.toString()) as unknown, cookies: response.headers["set-cookie"] ?? [] };
  };
  const { cookies } = await call("/session", "", { login, password: DEMO_PASSWORD });
  const cookie = cookies[0]!.split(";")[0]!;
  return {
    cookie,
    get: async <T>(path: string) => (await call(path, cookie)).answer as T,
    post: async <T>(path: string, body: unknown) => (await call(path, cookie, body)).answer as T,
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
