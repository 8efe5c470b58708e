/**
 * Keeps other sites out: security headers with a strict content policy, and a check of where writes come from.
 */
import helmet from "@fastify/helmet";
import type { FastifyInstance, FastifyRequest } from "fastify";
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

export async function secure(app: FastifyInstance, config: Config): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false, // ours does not change between requests, so it is put together once
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: "same-origin" },
    strictTransportSecurity: config.publicOrigin?.startsWith("https:") ?? false,
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.header("content-security-policy", CONTENT_POLICY);
    reply.header("permissions-policy", "camera=(self), geolocation=(), microphone=(), payment=(), usb=()");
    if (request.url.startsWith("/api/")) reply.header("cache-control", "no-store");
    if (!SAFE_METHODS.has(request.method) && !isFromHere(request, config))
      throw new Problem("origin-refused");
  });
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
  return origin === (config.publicOrigin ?? `${request.protocol}://${request.host}`);
}
