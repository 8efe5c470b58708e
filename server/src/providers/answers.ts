/** Asking a provider that speaks no standard, in JSON: only answers that are objects get through. */
import { ProviderFailure } from "./provider.ts";

const ANSWERS_WITHIN_MS = 10_000;

export type Answered = Readonly<Record<string, unknown>>;

/** @throws ProviderFailure unavailable where nothing or no object of JSON comes back; interrupted where the answer is no */
export async function askProvider(address: URL, init: RequestInit = {}): Promise<Answered> {
  let response: Response;
  let body: unknown;
  try {
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    response = await fetch(address, { ...init, signal, redirect: "error" });
    body = await response.json();
  } catch {
    // What is known of the failure may hold the address, and with it a secret.
    throw new ProviderFailure("unavailable");
  }
  if (response.status >= 500 || typeof body !== "object" || body === null)
    throw new ProviderFailure("unavailable");
  if (!response.ok) throw new ProviderFailure("interrupted");
  return body as Answered;
}

/** @throws ProviderFailure interrupted where it is missing */
export function textOf(answer: Answered, key: string): string {
  const value = answer[key];
  if (typeof value !== "string" || value === "") throw new ProviderFailure("interrupted");
  return value;
}

/** The code that came back, to the very sign-in that was begun. @throws ProviderFailure */
export function codeOf(back: URL, parameter: string, state: string): string {
  const { searchParams } = back;
  if (searchParams.get("state") !== state) throw new ProviderFailure("interrupted");
  const code = searchParams.get(parameter);
  if (code === null || code === "") throw new ProviderFailure("cancelled");
  return code;
}
