/**
 * Keeps other sites out: security headers with a strict content policy, and a check of where writes come from.
 */
import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { FastifyInstance, FastifyRequest } from "fastify";
import helmet from "helmet";
import type { Config } from "../config.ts";
import { Problem } from "./problem.ts";

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** The web app is built without inline scripts and styles, so none are let through. */
const CONTENT_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join(";");

export function secure(app: FastifyInstance, config: Config): void {
  const headers = securityHeaders(config);
  const headersOfApi = { ...headers, "cache-control": "no-store" };
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers(request.url.startsWith("/api/") ? headersOfApi : headers);
    const mayPass = SAFE_METHODS.has(request.method) || isFromHere(request, config);
    done(mayPass ? undefined : new Problem("origin-refused"));
  });
}

/** The same for every request: so Helmet is asked once, by an answer that goes nowhere. */
function securityHeaders(config: Config): OutgoingHttpHeaders {
  const answer = new ServerResponse(new IncomingMessage(new Socket()));
  helmet({
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: "same-origin" },
    strictTransportSecurity: config.publicOrigin?.startsWith("https:") ?? false,
  })(answer.req, answer, () => {});
  return {
    ...answer.getHeaders(),
    "content-security-policy": CONTENT_POLICY,
    "permissions-policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
  };
}

/**
 * Whether a write comes from our own pages. Browsers say so by Sec-Fetch-Site or Origin; programs send neither and
 * carry no ambient cookie.
 */
function isFromHere(request: FastifyRequest, config: Config): boolean {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const origin = request.headers.origin;
  if (origin === undefined) return true;
  return origin === originOf(request, config);
}

/** This server as the browser knows it, such as `https://doudou.example.edu.cn`. */
export function originOf(request: FastifyRequest, { publicOrigin }: Config): string {
  return URL.parse(publicOrigin ?? `${request.protocol}://${request.host}`)?.origin ?? "";
}
