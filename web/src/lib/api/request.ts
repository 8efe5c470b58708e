/**
 * One HTTP call to our own server, in the reader's language and with the session cookie.
 * Knows nothing of any feature and keeps nothing.
 */
import { problemOf } from "./problem.ts";
import { locale } from "#lib/locale.svelte.ts";

/** The server could not be reached, or something in between answered for it. What was sent may have arrived. */
export class OfflineError extends Error {
  constructor(cause?: unknown) {
    super("The server cannot be reached", { cause });
    this.name = "OfflineError";
  }
}

export interface Call {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Left out where undefined. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

const API = "/api/v1";
/** What a proxy answers when the server behind it is away. */
const NOBODY_HOME = new Set([502, 504]);

let whenSignedOut: () => void = () => {};

/** Registers what happens when a call finds that the session is over. */
export function onSignedOut(listener: () => void): void {
  whenSignedOut = listener;
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
  const response = await send(path, call);
  if (NOBODY_HOME.has(response.status)) throw new OfflineError();
  if (!response.ok) {
    if (response.status === 401) whenSignedOut();
    throw await problemOf(response);
  }
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

async function send(path: string, { method = "GET", body, query, signal }: Call): Promise<Response> {
  const headers = new Headers({ accept: "application/json", "accept-language": locale() });
  if (body !== undefined) headers.set("content-type", "application/json");
  try {
    return await fetch(addressOf(path, query), {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === "AbortError") throw failure;
    throw new OfflineError(failure);
  }
}
