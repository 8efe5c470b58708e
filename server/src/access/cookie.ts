/** The session cookie: HttpOnly, SameSite=Lax, Secure behind TLS. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { SESSION_COOKIE } from "./sessions.ts";

export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  expires: Date,
): void {
  reply.setCookie(SESSION_COOKIE, token, { ...attributesFor(request), expires });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, attributesFor(request));
}

function attributesFor(request: FastifyRequest) {
  return { path: "/", httpOnly: true, sameSite: "lax", secure: request.protocol === "https" } as const;
}
