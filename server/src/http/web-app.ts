/** Serves the built web app: hashed files forever, everything else fresh, and the shell for every page of the app. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { send } from "./errors.ts";
import { Problem } from "./problem.ts";

export async function serveWebApp(app: FastifyInstance, webDir: string): Promise<void> {
  const hasWebApp = existsSync(join(webDir, "index.html"));
  if (hasWebApp) {
    await app.register(fastifyStatic, {
      root: webDir,
      wildcard: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders(reply, path) {
        const isHashed = path.includes("/immutable/");
        reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === "GET" &&
      !request.url.startsWith("/api/") &&
      (request.headers.accept ?? "").includes("text/html");
    if (hasWebApp && isPage) return reply.header("cache-control", "no-cache").sendFile("index.html");
    return send(request, reply, new Problem("not-found"));
  });
}
