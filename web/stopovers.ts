/**
 * Files of the build that only pass on what another file has: rolldown writes one for every page whose code is in a
 * file shared with others. A slow tablet takes a twentieth of the class page's opening to fetch those few bytes each,
 * so whoever imports one is led to where it leads. The files stay: nothing that names them breaks.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";

/** Where a stopover leads, and under which names that file has what the stopover passes on. */
interface Stopover {
  readonly target: string;
  /** From the name that is asked for to the name it has there. */
  readonly names: readonly (readonly [asked: string, there: string])[];
}
/** By path within the folder of the build. */
export type Stopovers = ReadonlyMap<string, Stopover>;

const PASSES_ON = /^export\s*\{([^}]*)\}\s*from\s*["'`]([^"'`]+)["'`];?\s*$/;
const IMPORT = /\bimport\((["'`])([^"'`]+)\1\)/g;

/**
 * Leads every import within the build past its stopovers.
 * @param folder of the build
 * @param scripts the folder of its scripts, within it
 * @throws when there is none: rolldown writes them otherwise then, and this has to follow
 */
export function leadPastStopovers(folder: string, scripts: string): Stopovers {
  const files = globSync(`${scripts}/**/*.js`, { cwd: folder });
  const codes = new Map(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
  const stopovers = stopoversIn(codes);
  if (stopovers.size === 0) throw new Error("rolldown no longer writes files that only pass on");
  for (const [file, code] of codes) {
    const led = ledPast(stopovers, file, code);
    if (led !== code) writeFileSync(join(folder, file), led);
  }
  return stopovers;
}

/** @param codes by path within the folder of the build */
export function stopoversIn(codes: ReadonlyMap<string, string>): Stopovers {
  const stopovers = new Map<string, Stopover>();
  for (const [file, code] of codes) {
    const [, list, from] = PASSES_ON.exec(code) ?? [];
    if (list === undefined || from === undefined) continue;
    const names = list.split(",").map((name) => {
      const [there = "", asked = there] = name.trim().split(/\s+as\s+/);
      return [asked, there] as const;
    });
    stopovers.set(file, { target: posix.join(dirname(file), from), names });
  }
  return stopovers;
}

/** @returns the code of `file` with its imports of stopovers leading on */
export function ledPast(stopovers: Stopovers, file: string, code: string): string {
  return code.replaceAll(IMPORT, (whole, _quote, path: string) => {
    const stopover = stopovers.get(path.startsWith("/") ? path.slice(1) : posix.join(dirname(file), path));
    if (stopover === undefined) return whole;
    const asked = stopover.names.map(([name, there]) => `${name}:e.${there}`);
    return `import("${addressOf(stopover.target, file, path)}").then(e=>({${asked.join()}}))`;
  });
}

/** Told as the import told it: from the root, or from its own place. */
function addressOf(target: string, file: string, path: string): string {
  if (path.startsWith("/")) return `/${target}`;
  const address = relative(dirname(file), target);
  return address.startsWith(".") ? address : `./${address}`;
}
