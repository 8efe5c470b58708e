/**
 * Knows when a newer version of the app lies ready on this device. Never changes over by itself: a lesson is not
 * the moment; the person asks for it, or it happens when every page of the app has been closed.
 */

let waiting = $state.raw<ServiceWorker | null>(null);

export const appUpdate = {
  get isReady(): boolean {
    return waiting !== null;
  },
  /** Changes over and opens the page anew. */
  apply(): void {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting?.postMessage("update-now");
  },
};

/** Starts to watch, once. Does nothing where the browser has no service workers. */
export async function watchForUpdate(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.ready;
  waiting = registration.waiting;
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed") waiting = worker;
    });
  });
}
