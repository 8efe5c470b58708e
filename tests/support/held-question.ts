/** A network that is slow where a story needs it: one question of a page waits until the story lets it go. Loses nothing. */
import type { Page, Route } from "playwright-core";

export interface HeldQuestion {
  /** Done once the page has asked. */
  readonly asked: Promise<unknown>;
  /** Lets the question go to the server. @returns once the answer has arrived, at once where the page waits for none any more */
  letGo(): Promise<void>;
}

/** Holds the next question by this method to an address that fits. */
export async function holdNext(page: Page, method: string, address: RegExp): Promise<HeldQuestion> {
  const asked = Promise.withResolvers<Route>();
  let isHeld = false;
  await page.route(address, (route) => {
    if (isHeld || route.request().method() !== method) return route.fallback();
    isHeld = true;
    asked.resolve(route);
  });
  return {
    asked: asked.promise,
    async letGo() {
      const route = await asked.promise;
      if (route.request().failure() !== null) return;
      const arrived = page.waitForEvent("requestfinished", (request) => request === route.request());
      await route.continue();
      await arrived;
    },
  };
}
