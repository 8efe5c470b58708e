/**
 * Serves the built web app: hashed files forever, everything else fresh, and a shell for every page of the app: the
 * page's own, which names what it loads, or the common one for a path that is no page.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { send } from "./errors.ts";
import { Problem } from "./problem.ts";

const SHELL = "index.html";
/** The folder of the scripts and styles that pages load. */
const PARTS = "_app";

export async function serveWebApp(app: FastifyInstance, webDir: string): Promise<void> {
  const hasWebApp = existsSync(join(webDir, SHELL));
  const shellOf = hasWebApp ? await shells(webDir) : () => SHELL;
  if (hasWebApp) {
    const asBuilt = { preCompressed: true, cacheControl: false, setHeaders: howLongToKeep };
    await app.register(fastifyStatic, {
      ...asBuilt,
      root: webDir,
      wildcard: false, // a route for each file, so that all else falls to the shells and to the API's refusals
      globIgnore: [`${PARTS}/**`],
    });
    // Of these there are a thousand.
    await app.register(fastifyStatic, {
      ...asBuilt,
      root: join(webDir, PARTS),
      prefix: `/${PARTS}/`,
      decorateReply: false,
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

function howLongToKeep(reply: FastifyReply, path: string): void {
  const isHashed = path.includes("/immutable/");
  reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
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
