/**
 * Makes SvelteKit's output fit a Content-Security-Policy of `script-src 'self'; style-src 'self'`: a static
 * single-page app whose start script is a file of its own and whose announcer carries no style attribute.
 * Gives every page a shell that names what the page loads, so that a browser asks for all of it at once.
 * Must never leave any of it out: where SvelteKit changes, the build stops.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import staticAdapter from "@sveltejs/adapter-static";
import type { Adapter, Builder } from "@sveltejs/kit";
import { minify, type Plugin, transformWithOxc } from "vite";
import { FIRST_LOADED } from "./chunks.ts";
import { leadPastStopovers, type Stopovers } from "./stopovers.ts";

const FOLDER = "build";
const SHELL = "index.html";
const ASK_EARLY = join(import.meta.dirname, "src/ask-early.ts");
const ANNOUNCER = "/kit/src/runtime/components/root.svelte";
const TABLE_OF_PAGES = "/client-optimized/app.js";
const OTHER_PAGES = "virtual:doudou-other-pages";
const KIT_RUNTIME = "/@sveltejs/kit/src/runtime/";
const PARAGLIDE = /^\.\.\/(runtime|registry)\.js$/;
const STYLE_ATTRIBUTE = /style="position: absolute;[^"]*"/;
const SCRIPT_LINK = /<link href="\/([^"]+)" rel="modulepreload">\s*/g;
const STYLE_LINK = /<link href="\/([^"]+)" rel="stylesheet">\s*/g;
const INLINE_SCRIPT = /<script>([\s\S]*?)<\/script>/g;

/**
 * Adapter that writes `build/index.html`, the assets beside it, and .gz and .br of each; and `build/pages.json`: which
 * paths (a regular expression) have which shell in `build/pages`.
 */
export function singlePageApp(): Adapter {
  const inner = staticAdapter({ pages: FOLDER, fallback: SHELL });
  return {
    name: "doudou-single-page-app",
    async adapt(builder) {
      await inner.adapt(builder);
      const { appDir } = builder.config;
      await moveScriptsOut(appDir);
      const stopovers = leadPastStopovers(FOLDER, `${appDir}/immutable`);
      await writePages(builder, stopovers);
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

/**
 * SvelteKit's client brings a library that packs and unpacks the answers of server functions, and what a page keeps in
 * the browser's history. There are no server functions here, all calls go to /api, and JSON is enough for the history:
 * a stand-in takes the library's place, which throws where it is asked for more, so that a first server function does
 * not fail in silence.
 */
export function withoutServerFunctions(): Plugin {
  const standIn = "\0doudou-without-server-functions";
  return {
    name: "doudou-without-server-functions",
    enforce: "pre",
    applyToEnvironment: ({ name }) => name === "client",
    resolveId: (id, importer) =>
      id === "devalue" && importer?.includes(KIT_RUNTIME) === true ? standIn : undefined,
    load: (id) =>
      id === standIn
        ? `export const stringify = (value) => JSON.stringify(value);
          export const parse = (text) => JSON.parse(text);
          function none() { throw new Error("this app has no server functions"); }
          export { none as stringifyAsync, none as uneval, none as unflatten };`
        : undefined,
  };
}

/**
 * A message asks Paraglide's runtime for the language, and its registry for the plural. The rest of both finds languages
 * in addresses and cookies, and writes dates: our own few lines take their place.
 */
export function messagesInOurLocale(): Plugin {
  const ours = join(import.meta.dirname, "src/lib/message-locale.ts");
  return {
    name: "doudou-messages-in-our-locale",
    enforce: "pre",
    resolveId: (id, importer) =>
      PARAGLIDE.test(id) && importer?.includes("/paraglide/messages/") === true ? ours : undefined,
  };
}

/**
 * SvelteKit's table of pages names the files of each of them, with all their styles: as much as a twentieth of the first
 * load. Only the entries that the class page needs stay in it; the others follow in a file of their own.
 */
export function otherPagesFollow(): Plugin {
  const entries = /\(\) => import\('(\.\/nodes\/\d+)'\)/g;
  let others = "";
  return {
    name: "doudou-other-pages-follow",
    enforce: "pre",
    applyToEnvironment: ({ name }) => name === "client",
    transform(code, id) {
      if (!id.endsWith(TABLE_OF_PAGES)) return undefined;
      const later: string[] = [];
      const table = code.replaceAll(entries, (entry, file: string) => {
        const node = join(dirname(id), `${file}.js`);
        if (isFirstLoaded(readFileSync(node, "utf8"))) return entry;
        later.push(`() => import(${JSON.stringify(node)})`);
        return `() => import("${OTHER_PAGES}").then(({ nodes }) => nodes[${later.length - 1}]())`;
      });
      if (later.length === 0) throw new Error(`${TABLE_OF_PAGES} no longer names its pages as it did`);
      others = `export const nodes = [${later.join(", ")}];`;
      return { code: table, map: null };
    },
    resolveId: (id) => (id === OTHER_PAGES ? `\0${OTHER_PAGES}` : undefined),
    load: (id) => (id === `\0${OTHER_PAGES}` ? others : undefined),
  };
}

function isFirstLoaded(node: string): boolean {
  return FIRST_LOADED.some((file) => node.includes(`/src/routes/${file}"`));
}

/** The start script into a file, and before it, the first of all, what asks early. Neither holds up what is drawn. */
async function moveScriptsOut(appDir: string): Promise<void> {
  const shell = join(FOLDER, SHELL);
  const html = readFileSync(shell, "utf8");
  const scripts = [...html.matchAll(INLINE_SCRIPT)];
  const [start] = scripts;
  if (scripts.length !== 1 || start?.[1] === undefined) {
    throw new Error(`expected one inline script in ${shell}, found ${scripts.length}`);
  }
  const early = await transformWithOxc(readFileSync(ASK_EARLY, "utf8"), ASK_EARLY);
  const tagOf = async (name: string, script: string, when: "async" | "defer") => {
    const { code } = await minify(`${name}.js`, script, { module: false });
    const hash = createHash("sha256").update(code).digest("hex").slice(0, 10);
    const file = `${appDir}/immutable/${name}.${hash}.js`;
    writeFileSync(join(FOLDER, file), code);
    return `<script ${when} src="/${file}"></script>`;
  };
  const moved = html.replace(start[0], await tagOf("start", start[1], "defer"));
  writeFileSync(shell, moved.replace("<head>", `<head>${await tagOf("ask-early", early.code, "async")}`));
}

interface Files {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}
/** What SvelteKit tells adapters of a route: layouts, pages for errors and the leaf are numbers of nodes. */
interface Route {
  readonly pattern: RegExp;
  readonly page: {
    readonly layouts: readonly (number | undefined)[];
    readonly errors: readonly (number | undefined)[];
    readonly leaf: number;
  } | null;
}

async function writePages(builder: Builder, stopovers: Stopovers): Promise<void> {
  const built = JSON.parse(
    readFileSync(join(builder.getClientDirectory(), ".vite/manifest.json"), "utf8"),
  ) as Record<string, Files>;
  const shell = withoutLaterStyles(readFileSync(join(FOLDER, SHELL), "utf8"), built);
  writeFileSync(join(FOLDER, SHELL), withoutStopovers(shell, stopovers));
  mkdirSync(join(FOLDER, "pages"));
  const pages = (await routesOf(builder)).flatMap(({ pattern, page }) => {
    if (page === null) return [];
    const nodes = [...page.layouts, ...page.errors, page.leaf].filter((node) => node !== undefined);
    const keys = nodes.map((node) => nodeKey(built, node));
    if (!keys.every((key) => isFirstLoaded(readFileSync(key, "utf8")))) keys.push(OTHER_PAGES);
    const links = linksTo(keys.flatMap((key) => loadedBy(built, key))).filter(
      (link) => !shell.includes(link),
    );
    const file = `pages/${page.leaf}.html`;
    const whole = shell.replace("</head>", `${links.join("")}</head>`);
    writeFileSync(join(FOLDER, file), withoutStopovers(whole, stopovers));
    return [{ path: pattern.source, shell: file }];
  });
  writeFileSync(join(FOLDER, "pages.json"), JSON.stringify(pages));
}

function withoutStopovers(shell: string, stopovers: Stopovers): string {
  return shell.replaceAll(SCRIPT_LINK, (link, file: string) => (stopovers.has(file) ? "" : link));
}

/** SvelteKit names the styles of what a page may import later, too, such as the lock's: these come with it. */
function withoutLaterStyles(shell: string, built: Readonly<Record<string, Files>>): string {
  const named = Object.values(built).filter(({ file }) => shell.includes(`"/${file}"`));
  const styles = new Set(named.flatMap(({ css }) => css ?? []));
  return shell.replaceAll(STYLE_LINK, (link, file: string) => (styles.has(file) ? link : ""));
}

async function routesOf(builder: Builder): Promise<readonly Route[]> {
  const manifest = pathToFileURL(join(builder.getServerDirectory(), "manifest-full.js")).href;
  const { manifest: found } = (await import(manifest)) as { manifest: { routes: Route[] } };
  return found.routes;
}

function nodeKey(built: Readonly<Record<string, Files>>, node: number): string {
  const key = Object.keys(built).find((name) => name.endsWith(`/client-optimized/nodes/${node}.js`));
  if (key === undefined) throw new Error(`SvelteKit built no node ${node}`);
  return key;
}

/** A file of the build and all it imports, each with its styles. */
function loadedBy(built: Readonly<Record<string, Files>>, key: string): Files[] {
  const files = built[key];
  if (files === undefined) throw new Error(`${key} is not in the build`);
  return [files, ...(files.imports ?? []).flatMap((imported) => loadedBy(built, imported))];
}

/** As SvelteKit writes them. */
function linksTo(loaded: readonly Files[]): string[] {
  const scripts = loaded.map(({ file }) => `<link href="/${file}" rel="modulepreload">`);
  const styles = loaded
    .flatMap(({ css }) => css ?? [])
    .map((file) => `<link href="/${file}" rel="stylesheet">`);
  return [...new Set([...styles, ...scripts])];
}
