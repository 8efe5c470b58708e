/**
 * Serves the built web app: hashed files forever, everything else fresh, and a shell for every page of the app: the
 * page's own, which names what it loads, or the common one for a path that is no page.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { send } from "./errors.ts";
import { Problem } from "./problem.ts";

const SHELL = "index.html";

export async function serveWebApp(app: FastifyInstance, webDir: string): Promise<void> {
  const hasWebApp = existsSync(join(webDir, SHELL));
  const shellOf = hasWebApp ? await shells(webDir) : () => SHELL;
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
    if (hasWebApp && isPage) return reply.header("cache-control", "no-cache").sendFile(shellOf(request.url));
    return send(request, reply, new Problem("not-found"));
  });
}

/** @returns the shell of an address, from the list that the build wrote (web/single-page-app.ts) */
async function shells(webDir: string): Promise<(url: string) => string> {
  const listed = JSON.parse(await readFile(join(webDir, "pages.json"), "utf8")) as {
    path: string;
    shell: string;
  }[];
  const pages = listed.map(({ path, shell }) => ({ path: new RegExp(path), shell }));
  return (url) => {
    const [path = ""] = url.split("?", 1);
    return pages.find((page) => page.path.test(path))?.shell ?? SHELL;
  };
}
