/** What the outbox asks of a browser and does without where there is no such thing: locks, staying, background sending. */

/** The tag under which the service worker is woken to send. */
const OUTBOX_TAG = "doudou-outbox";

/** Runs `work` when no other tab does under this name. Without locks each tab sends; the server counts each award once. */
export async function alone(name: string, work: () => Promise<void>): Promise<void> {
  if (navigator.locks === undefined) await work();
  else await navigator.locks.request(name, work);
}

let asked: Promise<unknown> | undefined;

/** Asks the browser, once, not to clear away what is kept when the disk runs short. */
export function askToStay(): Promise<unknown> {
  asked ??= navigator.storage?.persist?.().catch(() => false) ?? Promise.resolve(false);
  return asked;
}

interface Syncing {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** Asks to be woken once there is a network, even if every page has been closed by then. */
export async function sendInBackground(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as Syncing | undefined;
  // Refused in private mode or where the person has switched it off; pages send by themselves.
  await registration?.sync?.register(OUTBOX_TAG).catch(() => {});
}
