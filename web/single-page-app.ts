/**
 * Makes SvelteKit's output fit a Content-Security-Policy of `script-src 'self'; style-src 'self'`: a static
 * single-page app whose start script is a file of its own and whose announcer carries no style attribute.
 * Must never leave either behind: where SvelteKit changes, the build stops.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import staticAdapter from "@sveltejs/adapter-static";
import type { Adapter } from "@sveltejs/kit";
import type { Plugin } from "vite";

const FOLDER = "build";
const SHELL = "index.html";
const ANNOUNCER = "/kit/src/runtime/components/root.svelte";
const STYLE_ATTRIBUTE = /style="position: absolute;[^"]*"/;
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

/** SvelteKit's announcer of page titles hides itself with a style attribute; gives it our class for that instead. */
export function announcerWithoutStyle(): Plugin {
  return {
    name: "doudou-announcer-without-style",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith(ANNOUNCER)) return undefined;
      if (!STYLE_ATTRIBUTE.test(code))
        throw new Error(`${ANNOUNCER} no longer has the style attribute to replace`);
      return { code: code.replace(STYLE_ATTRIBUTE, 'class="for-screen-readers"'), map: null };
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
