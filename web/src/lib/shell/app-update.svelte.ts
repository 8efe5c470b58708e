/**
 * Knows when a newer version of the app lies ready on this device. Never changes over by itself: a lesson is not
 * the moment; the person asks for it, or it happens when every page of the app has been closed.
 */

/** A page that stays open for days looks for a newer version this often. */
const LOOK_EVERY_MS = 3_600_000;

let waiting = $state.raw<ServiceWorker | null>(null);
/** Another tab has changed over: this page is still of the version before. */
let isBehind = $state(false);

export const appUpdate = {
  get isReady(): boolean {
    return waiting !== null || isBehind;
  },
  /** Changes over and opens the page anew. What waits to be sent lies on the device and outlives it. */
  apply(): void {
    const next = waiting;
    if (next?.state !== "installed") return location.reload();
    // Not once it is in control: of a page that was there before the first version was kept, none ever is.
    next.addEventListener("statechange", () => next.state === "activated" && location.reload());
    next.postMessage("update-now");
  },
};

/** Starts to watch, once. Does nothing where the browser has no service workers. */
export async function watchForUpdate(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    waiting = null;
    isBehind = true;
  });
  const registration = await navigator.serviceWorker.ready;
  waiting = registration.waiting;
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed") waiting = worker;
    });
  });
  // Without a network it is looked for the next time.
  setInterval(() => void registration.update().catch(() => {}), LOOK_EVERY_MS);
}
