/**
 * Keeps the app's own files on the device, so that it opens without a network. Knows nothing of people:
 * never touches /api. A new version waits until no page uses the old one, or until the page asks for it.
 */
import { assets, immutable } from "$app/manifest";
import { version } from "$app/env";
import { self } from "$app/service-worker";

const CACHE = `shell-${version}`;
const SHELL = "/";
const START_SCRIPT = /<script src="([^"]+)"><\/script>/;

self.addEventListener("install", (event) => {
  event.waitUntil(precache());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldVersions());
});

self.addEventListener("message", (event) => {
  if (event.data === "update-now") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith("/api/"))
    return;
  if (request.mode === "navigate") event.respondWith(fromCache(SHELL, request));
  else event.respondWith(fromCache(request, request));
});

/** The shell names its start script, which the build made after this file; both are kept together. */
async function precache(): Promise<void> {
  const cache = await caches.open(CACHE);
  const shell = await fetch(SHELL, { cache: "reload" });
  const script = START_SCRIPT.exec(await shell.clone().text())?.[1];
  if (!shell.ok || script === undefined) throw new Error("the shell of this version is not to be had");
  await cache.addAll([script, ...[...immutable, ...assets].map(({ path }) => absolute(path))]);
  await cache.put(SHELL, shell);
}

async function forgetOldVersions(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith("shell-") && name !== CACHE) await caches.delete(name);
  }
}

async function fromCache(key: RequestInfo, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(key)) ?? fetch(request);
}

function absolute(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}
