/** A device changes hands: the new session's cookie takes the place of the former one, whose session ends. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import type { Deps } from "../deps.ts";
import { setSessionCookie, signedInBy } from "./cookie.ts";
import { hashOfToken } from "./sessions.ts";
import { noteSeen } from "./sightings.ts";

/** A session that was opened: the token is for the cookie and nothing else. */
export interface Opened {
  readonly token: string;
  readonly expiresAt: Date;
  readonly view: SessionView;
}

export async function changeHands(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  { token, expiresAt, view }: Opened,
): Promise<SessionView> {
  const former = await signedInBy(deps, request);
  if (former) await deps.sessions.close(former.sessionId);
  await noteSeen(deps, request, { sessionId: hashOfToken(token), seenAt: null });
  setSessionCookie(deps, request, reply, token, expiresAt);
  return view;
}
