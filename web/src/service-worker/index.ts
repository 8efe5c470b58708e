/**
 * Keeps the app's own files on the device, so that it opens without a network, and sends the outbox when no page can.
 * Keeps nothing of people and answers no call to /api. A new version waits until no page uses the old one, or until the
 * page asks for it.
 */
import { assets, immutable } from "$app/manifest";
import { version } from "$app/env";
import { self } from "$app/service-worker";
import { sendFromBackground } from "../lib/offline/background.ts";
import { OUTBOX_TAG } from "../lib/offline/browser.ts";

/** Background Sync, which not every browser has. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

/** A kind of page, told by its path (a regular expression), and the shell that names what it loads. */
interface Page {
  readonly path: string;
  readonly shell: string;
}

const CACHE = `shell-${version}`;
const SHELL = "/";
const PAGES = "/pages.json";
const SCRIPT = /<script[^>]* src="([^"]+)"><\/script>/g;

self.addEventListener("install", (event) => {
  event.waitUntil(precache());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldVersions());
});

self.addEventListener("message", (event) => {
  if (event.data === "update-now") void self.skipWaiting();
});

self.addEventListener("sync", (event) => {
  const { tag } = event as SyncEvent;
  if (tag === OUTBOX_TAG) (event as SyncEvent).waitUntil(sendUnlessPageDoes());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith("/api/"))
    return;
  if (request.mode === "navigate") event.respondWith(shellFor(url, request));
  else event.respondWith(fromCache(request, request));
});

/** Shells name scripts which the build made after this file; all of them are kept together. */
async function precache(): Promise<void> {
  const cache = await caches.open(CACHE);
  const [shell, pages] = await Promise.all([fresh(SHELL), fresh(PAGES)]);
  const scripts = scriptsIn(await shell.clone().text());
  const shells = (await pages.clone().json()) as Page[];
  await Promise.all(
    shells.map(async (page) => {
      const ofPage = await fresh(`/${page.shell}`);
      if (scriptsIn(await ofPage.clone().text()).join() !== scripts.join())
        throw new Error("shells of two versions");
      await cache.put(`/${page.shell}`, ofPage);
    }),
  );
  await cache.addAll([...scripts, ...[...immutable, ...assets].map(({ path }) => absolute(path))]);
  await cache.put(PAGES, pages);
  await cache.put(SHELL, shell);
}

async function fresh(path: string): Promise<Response> {
  const response = await fetch(path, { cache: "reload" });
  if (!response.ok) throw new Error(`${path} of this version is not to be had`);
  return response;
}

function scriptsIn(shell: string): string[] {
  const scripts = [...shell.matchAll(SCRIPT)].flatMap(([, path = []]) => path);
  if (scripts.length === 0) throw new Error("a shell without scripts");
  return scripts;
}

async function shellFor(url: URL, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const pages = ((await (await cache.match(PAGES))?.json()) ?? []) as Page[];
  const page = pages.find(({ path }) => new RegExp(path).test(url.pathname));
  return await fromCache(page ? `/${page.shell}` : SHELL, request);
}

/** The version before this one stays: a page in another tab may still be made of it, and fetch more of its files. */
async function forgetOldVersions(): Promise<void> {
  const versions = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== CACHE);
  for (const name of versions.slice(0, -1)) await caches.delete(name);
}

/** A page on show sends by itself, and knows when there is no network; the browser wakes us another time. */
async function sendUnlessPageDoes(): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.some(({ visibilityState }) => visibilityState === "visible"))
    throw new Error("a page on show sends");
  await sendFromBackground();
}

/** Hashed names mean the same in every version; all else is this version's. */
async function fromCache(key: RequestInfo, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(key)) ?? (await caches.match(key)) ?? fetch(request);
}

function absolute(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}
