/**
 * The cookies of a session, of a sign-in by a provider under way, and of a tablet that teachers share: HttpOnly, SameSite=Lax, Secure behind TLS; and whether
 * the session is the one a call was made under.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Deps } from "../deps.ts";
import { Problem } from "../http/problem.ts";
import { newToken, SESSION_COOKIE, type SignedIn } from "./sessions.ts";
import { noteSeen } from "./sightings.ts";

const TABLET_COOKIE = "doudou_tablet";
/** As long as browsers keep one. */
const TABLET_SECONDS = 400 * 86_400;

/** Of a call: whose page makes it. Of an answer: who it was made to. */
const ACCOUNT_HEADER = "doudou-account";

/** Who the request's cookie belongs to, if it still does. */
export async function signedInBy(deps: Deps, request: FastifyRequest): Promise<SignedIn | undefined> {
  const token = request.cookies[SESSION_COOKIE];
  return token === undefined ? undefined : await deps.sessions.signedIn(token, deps.now());
}

/**
 * Who is asking, which the answer tells; where this use renewed the session, the cookie is renewed with it.
 * @throws Problem not-signed-in
 */
export async function requireSignedIn(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignedIn> {
  const token = request.cookies[SESSION_COOKIE];
  const signedIn = await signedInBy(deps, request);
  if (token === undefined || !signedIn) throw new Problem("not-signed-in");
  if (signedIn.isRenewed) setSessionCookie(deps, request, reply, token, signedIn.expiresAt);
  await noteSeen(deps, request, signedIn);
  reply.header(ACCOUNT_HEADER, signedIn.account.id);
  return signedIn;
}

/**
 * Refuses a call made for one account under the cookie of another: a browser's tabs share the cookie, and one may have
 * signed in as somebody else since. A call that names no account is made for whoever is signed in.
 * @throws Problem other-account
 */
export function refuseOtherAccount(request: FastifyRequest, { account }: SignedIn): void {
  const named = request.headers[ACCOUNT_HEADER];
  if (named !== undefined && named !== account.id) throw new Problem("other-account");
}

/**
 * Until when a cookie lasts, told as for how long: on a device whose clock runs ahead, a quarter of an hour would be over
 * at once. @returns seconds
 */
export function secondsUntil(expiresAt: Date, { now }: Deps): number {
  return Math.ceil((expiresAt.getTime() - now().getTime()) / 1000);
}

export function setSessionCookie(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  expiresAt: Date,
): void {
  const maxAge = secondsUntil(expiresAt, deps);
  reply.setCookie(SESSION_COOKIE, token, { ...attributesFor(request), maxAge });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, attributesFor(request));
}

/** The token that tells this tablet from others; undefined on one where nobody has a PIN. */
export function tabletTokenOf(request: FastifyRequest): string | undefined {
  return request.cookies[TABLET_COOKIE];
}

/** The tablet's token, given to it now where it has none; its cookie lives on from here. */
export function markTablet(request: FastifyRequest, reply: FastifyReply): string {
  const token = tabletTokenOf(request) ?? newToken();
  reply.setCookie(TABLET_COOKIE, token, { ...attributesFor(request), maxAge: TABLET_SECONDS });
  return token;
}

/** The token of a sign-in by a provider that this browser has begun. */
export function attemptTokenOf(request: FastifyRequest): string | undefined {
  return request.cookies[attemptCookieOf(request)];
}

export function setAttemptCookie(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  { token, expiresAt }: { readonly token: string; readonly expiresAt: Date },
): void {
  const maxAge = secondsUntil(expiresAt, deps);
  reply.setCookie(attemptCookieOf(request), token, { ...attributesFor(request), maxAge });
}

export function clearAttemptCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(attemptCookieOf(request), attributesFor(request));
}

/** With the prefix no other host, and nothing but TLS, can have set it: nobody is signed in as somebody else unawares. */
function attemptCookieOf({ protocol }: FastifyRequest): string {
  return protocol === "https" ? "__Host-doudou_sign_in" : "doudou_sign_in";
}

function attributesFor(request: FastifyRequest) {
  return { path: "/", httpOnly: true, sameSite: "lax", secure: request.protocol === "https" } as const;
}
