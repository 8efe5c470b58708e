/**
 * The build's last step: adapter-static with one fallback page, its start script moved out of the HTML
 * into a file of its own, so that the server's Content-Security-Policy can stay `script-src 'self'`.
 * Must never leave an inline script behind: it throws instead.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Adapter } from "@sveltejs/kit";
import staticAdapter from "@sveltejs/adapter-static";

const FOLDER = "build";
const SHELL = "index.html";
const INLINE_SCRIPT = /<script>([\s\S]*?)<\/script>/g;

/** Adapter that writes `build/index.html`, the assets beside it, and .gz and .br of each. */
export function singlePageApp(): Adapter {
  const inner = staticAdapter({ pages: FOLDER, fallback: SHELL });
  return {
    name: "doudou-single-page-app",
    async adapt(builder) {
      await inner.adapt(builder);
      moveStartScriptOut(builder.config.appDir);
      await builder.compress(FOLDER);
    },
  };
}

function moveStartScriptOut(appDir: string): void {
  const shell = join(FOLDER, SHELL);
  const html = readFileSync(shell, "utf8");
  const scripts = [...html.matchAll(INLINE_SCRIPT)];
  const [start] = scripts;
  if (scripts.length !== 1 || start?.[1] === undefined) {
    throw new Error(`expected one inline script in ${shell}, found ${scripts.length}`);
  }
  const hash = createHash("sha256").update(start[1]).digest("hex").slice(0, 10);
  const file = `${appDir}/immutable/start.${hash}.js`;
  writeFileSync(join(FOLDER, file), start[1]);
  writeFileSync(shell, html.replace(start[0], `<script src="/${file}"></script>`));
}
