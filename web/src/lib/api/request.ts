/**
 * One HTTP call to our own server, in the reader's language and with the session cookie. Every call names the account
 * it is made for, since the cookie may be somebody else's by now: another tab has signed in.
 * Knows nothing of any feature and keeps nothing; runs in pages and in the service worker.
 */
import { problemOf } from "./problem.ts";

/** The server could not be reached, or something in between answered for it. What was sent may have arrived. */
export class OfflineError extends Error {
  constructor(cause?: unknown) {
    super("The server cannot be reached", { cause });
    this.name = "OfflineError";
  }
}

export interface Call {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON; a file as it is. */
  readonly body?: unknown;
  /** Left out where undefined. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** Whose call this is, if not the page's. */
  readonly accountId?: string;
  /** What carries it, if not the browser's own `fetch`: something that tells how far it is. */
  readonly carrier?: Carrier;
  /** It was held up, and the teacher has given the PIN since. */
  readonly isSecond?: true;
}

export type Carrier = (address: string, init: RequestInit) => Promise<Response>;

/** What calls are made in, and what they tell. */
interface Surroundings {
  language(): string;
  /** Whose page it is; undefined while nobody is signed in. */
  accountId(): string | undefined;
  /** A call found that the session is over, or somebody else's. @param askedAt by this device's clock, ms */
  onSignedOut(isOther: boolean, askedAt: number): void;
  /** A call is held up until the teacher gives PIN or password. @returns whether that was done */
  onHeld(code: HeldCode): Promise<boolean>;
  /** A child has looked at its own pages enough for today. */
  onViewedEnough(): void;
  /** The answer to this asking, where another call has brought it along; undefined where none has. */
  cameAlong(address: string): unknown;
  /** An answer told the server's time. @param askedAt and `answeredAt`: by this device's clock, all in ms */
  onServerTime(serverTime: number, askedAt: number, answeredAt: number): void;
}

/** What was asked before the app was there, by address: see ask-early.ts. Times by this device's clock, ms. */
interface Early {
  readonly askedAt: number;
  readonly answers: Map<string, Promise<{ readonly response: Response; readonly answeredAt: number }>>;
}

declare global {
  // As a script declares it: the start script is no module.
  var doudouEarly: Early | undefined;
}

const API = "/api/v1";
/** What a proxy answers when the server behind it is away. */
const NOBODY_HOME = new Set([502, 504]);

const OTHER_ACCOUNT = "other-account";
const VIEWED_ENOUGH = "viewing-enough-today";
/** The tablet may be in anybody's hands; the device is locked. */
const HELD = ["session-confined", "session-locked"] as const;
export type HeldCode = (typeof HELD)[number];

let surroundings: Surroundings = {
  language: () => navigator.language,
  accountId: () => undefined,
  onSignedOut: () => {},
  onHeld: () => Promise.resolve(false),
  onViewedEnough: () => {},
  cameAlong: () => undefined,
  onServerTime: () => {},
};

/** Tells calls where they are made. */
export function callsAreMadeIn(told: Partial<Surroundings>): void {
  surroundings = { ...surroundings, ...told };
}

/** The address of a call, for links and downloads. */
export function addressOf(path: string, query: Call["query"] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, value);
  }
  return search.size > 0 ? `${API}${path}?${search}` : `${API}${path}`;
}

/**
 * Makes the call.
 * @returns the answer's JSON; undefined for 204
 * @throws ProblemError where the server says no, OfflineError where it cannot be reached, AbortError where aborted
 */
export async function request<Answer>(path: string, call: Call = {}): Promise<Answer> {
  const isReading = (call.method ?? "GET") === "GET";
  const cameAlong = isReading ? surroundings.cameAlong(addressOf(path, call.query)) : undefined;
  if (cameAlong !== undefined) return cameAlong as Answer;
  const askedAt = Date.now();
  const response = await send(path, call);
  if (NOBODY_HOME.has(response.status)) throw new OfflineError();
  if (!response.ok) {
    const problem = await problemOf(response);
    const isOther = problem.code === OTHER_ACCOUNT;
    if (response.status === 401 || isOther) surroundings.onSignedOut(isOther, askedAt);
    if (problem.code === VIEWED_ENOUGH) surroundings.onViewedEnough();
    const held = HELD.find((code) => code === problem.code);
    if (held && !call.isSecond && (await surroundings.onHeld(held)))
      return await request(path, { ...call, isSecond: true });
    throw problem;
  }
  try {
    return (response.status === 204 ? undefined : await response.json()) as Answer;
  } catch (failure) {
    throw unlessAborted(failure); // cut off in the middle
  }
}

async function send(path: string, call: Call): Promise<Response> {
  const { method = "GET", body, query, signal, accountId = surroundings.accountId(), carrier = fetch } = call;
  const address = addressOf(path, query);
  const headers = new Headers({ accept: "application/json", "accept-language": surroundings.language() });
  const isFile = body instanceof Blob;
  if (body !== undefined && !isFile) headers.set("content-type", "application/json");
  if (accountId !== undefined) headers.set("doudou-account", accountId);
  // What is sent may change what was asked before.
  if (method !== "GET") globalThis.doudouEarly = undefined;
  try {
    const early = await askedEarly(address, accountId);
    const askedAt = early?.askedAt ?? Date.now();
    const response =
      early?.response ??
      (await carrier(address, {
        method,
        headers,
        credentials: "same-origin",
        cache: "no-store",
        body: isFile ? body : body === undefined ? null : JSON.stringify(body),
        signal: signal ?? null,
      }));
    const serverTime = Date.parse(response.headers.get("doudou-time") ?? "");
    const answeredAt = early?.answeredAt ?? Date.now();
    if (!Number.isNaN(serverTime)) surroundings.onServerTime(serverTime, askedAt, answeredAt);
    return response;
  } catch (failure) {
    throw unlessAborted(failure);
  }
}

/** The answer to what was asked before the app was there: once, and only a good one made to the account that now asks. */
async function askedEarly(address: string, accountId: string | undefined) {
  const early = globalThis.doudouEarly;
  const asked = early?.answers.get(address);
  if (early === undefined || asked === undefined) return undefined;
  early.answers.delete(address);
  const answer = await asked.catch(() => undefined);
  const isOurs = accountId === undefined || answer?.response.headers.get("doudou-account") === accountId;
  return answer?.response.ok === true && isOurs ? { ...answer, askedAt: early.askedAt } : undefined;
}

function unlessAborted(failure: unknown): unknown {
  return failure instanceof DOMException && failure.name === "AbortError"
    ? failure
    : new OfflineError(failure);
}
