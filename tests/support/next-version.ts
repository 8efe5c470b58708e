/**
 * The app as its next version is deployed: the built files, every hashed name another one, so that nothing of the version
 * before is to be had from the server any more. Quicker than building twice, and all that a browser can see of it.
 */
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join } from "node:path";

const TEXTS = new Set([".js", ".css", ".html", ".json"]);
const BUILT = join(import.meta.dirname, "../../web/build");
const BUILT_AS = /version:`(\d+)`/;

/** @returns the folder to serve; whoever asked removes it */
export async function nextVersionOfApp(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "doudou-next-"));
  await cp(BUILT, folder, { recursive: true });
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const worker = await readFile(join(folder, "service-worker.js"), "utf8");
  const version = BUILT_AS.exec(worker)?.[1];
  if (version === undefined) throw new Error("the service worker no longer says which version it is of");
  const hashed = files.filter((file) => file.includes("/immutable/") && TEXTS.has(extname(file)));
  const names = new RegExp(`(?<=/)(${hashed.map((file) => RegExp.escape(basename(file))).join("|")})`, "g");
  for (const file of files) {
    if (file.endsWith(".br") || file.endsWith(".gz")) await rm(file);
    else if (TEXTS.has(extname(file))) {
      const text = (await readFile(file, "utf8")).replaceAll(version, `${version}1`);
      await writeFile(file, text.replaceAll(names, nextName));
      if (hashed.includes(file)) await rename(file, join(dirname(file), nextName(basename(file))));
    }
  }
  return folder;
}

function nextName(name: string): string {
  const end = extname(name);
  return `${name.slice(0, -end.length)}-next${end}`;
}
