/** Asks the browser, once, not to clear away what is kept when the disk runs short. */

let asked: Promise<unknown> | undefined;

export function askToStay(): Promise<unknown> {
  asked ??= navigator.storage?.persist?.().catch(() => false) ?? Promise.resolve(false);
  return asked;
}
