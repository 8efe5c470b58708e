/**
 * Which modules go together into one file of the build. The class page is opened most, on the slowest devices: what it
 * shows at once comes in few files, because dozens of small ones cost a tenth more bytes and a request each.
 * What only a dialog or another page needs stays with it.
 */
import { globSync } from "node:fs";
import { dirname, join } from "node:path";

interface Graph {
  getModuleInfo(id: string): {
    readonly code: string | null;
    readonly importedIds: readonly string[];
    readonly dynamicallyImportedIds: readonly string[];
  } | null;
}

type Chunk = "start" | "core" | "class" | "panel";

const ROUTES = join(import.meta.dirname, "src/routes");
const EVERY_PAGE = ["+layout.svelte", "+layout.ts", "+error.svelte"];
const CLASS_PAGE = [
  "(teacher)/+layout.svelte",
  "(teacher)/+layout.ts",
  "(teacher)/classes/[classId]/+page.svelte",
];
/** What is loaded when the first page that is opened is the class page; paths within `src/routes`. */
export const FIRST_LOADED: readonly string[] = [...EVERY_PAGE, ...CLASS_PAGE];
/** Half of it follows once the children are on the screen. */
const PANEL = join(import.meta.dirname, "src/lib/classroom/AwardPanel.svelte");
/** Its two entries have to stay files of their own. */
const KIT = /@sveltejs\/kit\/src\/runtime\/(?!client\/(client-)?entry\.js)/;
/**
 * What SvelteKit's first entry needs. The rest of SvelteKit reads, while it loads, what that entry writes (the version
 * of the app), so the entry must not load any of the rest.
 */
const START = /@sveltejs\/kit\/src\/runtime\/client\/payload\.js|vite\/preload-helper/;
const MESSAGES = join(import.meta.dirname, "src/lib/paraglide/messages.js");
const A_MESSAGE = /\bm\.(\w+)\(/g;
const SVELTE = /\/svelte\/src\/internal\/client\/index\.js$/;
const OF_SVELTE = /\$\.(\w+)/g;

/**
 * For rolldown's `codeSplitting.groups`: `start` sets the app going, `core` is what every page loads, and what the
 * class page has in common with pages of families and children; `class` is the class page, with what its dialogs and
 * other pages of staff have of it: whoever opens one of those comes from the class page or goes there. `panel` is the
 * same for what follows the children.
 */
export function chunkGroups() {
  const find = onceOf(chunksOf);
  const chunkOf = (id: string, graph: Graph): Chunk | undefined =>
    START.test(id) ? "start" : KIT.test(id) ? "core" : find(graph).get(id);
  return (["start", "core", "class", "panel"] as const).map((chunk, index) => ({
    name: (id: string, graph: Graph) => (chunkOf(id, graph) === chunk ? chunk : null),
    debugName: chunk,
    priority: 4 - index,
  }));
}

function chunksOf(graph: Graph): ReadonlyMap<string, Chunk> {
  const pages = globSync("**/+*.{svelte,ts}", { cwd: ROUTES });
  const others = pages.filter((page) => !EVERY_PAGE.includes(page) && !CLASS_PAGE.includes(page));
  const isOfStaff = (page: string) => page.startsWith("(teacher)/") || page.startsWith("(school)/");
  const ofStaff = others.filter(isOfStaff);
  const ofOthers = others.filter((page) => !isOfStaff(page));

  const everyPage = reach(graph, inRoutes(EVERY_PAGE));
  const ofClass = reach(graph, inRoutes(CLASS_PAGE));
  const elsewhere = reach(graph, inRoutes(ofOthers));
  const ofPanel = reach(graph, [PANEL]);
  const later = [...everyPage, ...ofClass, ...ofPanel]
    .flatMap((id) => graph.getModuleInfo(id)?.dynamicallyImportedIds ?? [])
    .filter((id) => id !== PANEL);
  const teaching = reach(graph, [...inRoutes(ofStaff), ...later]);

  const chunks = new Map<string, Chunk>();
  for (const id of ofPanel) if (teaching.has(id) || elsewhere.has(id)) chunks.set(id, "panel");
  for (const id of ofClass) chunks.set(id, elsewhere.has(id) ? "core" : "class");
  for (const id of everyPage) chunks.set(id, "core");
  return chunks;
}

function inRoutes(pages: readonly string[]): string[] {
  return pages.map((page) => join(ROUTES, page));
}

/** Every module that is loaded before these can run. */
function reach(graph: Graph, ids: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    const { importedIds = [], code } = graph.getModuleInfo(id) ?? {};
    for (const imported of importedIds) open.push(...usedOf(graph, imported, code ?? ""));
  }
  return found;
}

/** A module imports the list of all messages, or all of Svelte's runtime, and uses a few of them. */
function usedOf(graph: Graph, imported: string, code: string): string[] {
  if (imported === MESSAGES)
    return [...code.matchAll(A_MESSAGE)].map(([, key]) => MESSAGES.replace(/\.js$/, `/${key}.js`));
  if (!SVELTE.test(imported) || !code.includes("import * as $ from")) return [imported];
  const places = svelteModules(imported, graph.getModuleInfo(imported)?.code ?? "");
  return [...code.matchAll(OF_SVELTE)].flatMap(([, name = ""]) => places.get(name) ?? []);
}

/** Where the list of Svelte's runtime has each of its names from. */
const svelteModules = onceOf((list: string, code: string): ReadonlyMap<string, string> => {
  const places = new Map<string, string>();
  for (const [, names = "", from = ""] of code.matchAll(/export \{([^}]*)\} from '([^']+)'/g))
    for (const name of names.split(","))
      places.set(name.trim().split(" as ").at(-1) ?? "", join(dirname(list), from));
  return places;
});

function onceOf<Of extends unknown[], Result>(reckon: (...of: Of) => Result): (...of: Of) => Result {
  let known: Result | undefined;
  return (...of) => (known ??= reckon(...of));
}
