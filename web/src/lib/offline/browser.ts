/** What the outbox asks of a browser and does without where there is no such thing: locks, and sending without a page. */
import { noteDeviceFact } from "./database.ts";

/** The tag under which the service worker is woken to send. */
export const OUTBOX_TAG = "doudou-outbox";

/** Runs `work` when no other tab does under this name. Without locks each tab sends; the server counts each award once. */
export async function alone(name: string, work: () => Promise<void>): Promise<void> {
  if (navigator.locks === undefined) await work();
  else await navigator.locks.request(name, work);
}

interface Syncing {
  readonly sync?: { register(tag: string): Promise<void> };
}

/**
 * Asks to be woken once there is a network, even if every page has been closed by then.
 * @param language in which the server is to say why it refuses something
 */
export async function sendInBackground(language: string): Promise<void> {
  await noteDeviceFact("language", language);
  const registration = (await navigator.serviceWorker?.getRegistration()) as Syncing | undefined;
  // Refused in private mode or where the person has switched it off; pages send by themselves.
  await registration?.sync?.register(OUTBOX_TAG).catch(() => {});
}
