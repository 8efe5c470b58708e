/**
 * Ways between pages: who may enter a part of the app, and where to go after signing in.
 * A courtesy to people, not a lock: the server guards every record.
 */
import { redirect } from "@sveltejs/kit";
import { ownPath } from "@doudou/shared/domain/sign-in-providers.ts";
import type { Role } from "@doudou/shared/domain/words.ts";
import { OfflineError } from "./api/request.ts";
import { homePathOf, session } from "./session.svelte.ts";
import { lock } from "./tablet/lock.svelte.ts";

const SECOND_FACTOR = "/account/second-factor";

/** For the `load` of a part of the app: takes a fitting seat, or leads elsewhere. */
export async function enterAs(roles: readonly Role[], url: URL): Promise<void> {
  await session.ready();
  if (!session.isSignedIn) redirect(307, signInPath(url));
  if (session.needsSecondFactor && url.pathname !== SECOND_FACTOR) redirect(307, SECOND_FACTOR);
  if (session.membership !== undefined && roles.includes(session.membership.role)) return;
  const fitting = session.seats.find((seat) => roles.includes(seat.membership.role));
  if (fitting === undefined) redirect(307, homePathOf(session.membership));
  session.take(fitting);
}

/** For the `load` of a page before signing in: who is signed in already goes on, unless the device is locked. */
export async function passDoor(url: URL): Promise<void> {
  try {
    await session.ready();
  } catch (failure) {
    if (!(failure instanceof OfflineError)) throw failure;
  }
  if (session.membership !== undefined && !session.hasExpired && lock.locked === undefined)
    redirect(307, afterSignIn(url.searchParams.get("next")));
}

/** The sign-in page that leads back to where one was. */
export function signInPath(from: { pathname: string; search: string }): string {
  const next = from.pathname + from.search;
  return next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}

/** Where to go after signing in: back where one was, if that is a page of ours, else home. */
export function afterSignIn(next: string | null): string {
  return (next === null ? undefined : ownPath(next, location.origin)) ?? homePathOf(session.membership);
}
