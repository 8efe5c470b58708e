/**
 * Following a page of a reward shop: told that something is new, it reads anew. What is new, only its own reading says.
 * Apart from live.ts, so that no class page carries it.
 */
import { readSession } from "#lib/api/client.ts";
import { addressOf } from "#lib/api/request.ts";
import { openBrowserLine } from "./browser-line.ts";
import type { Line } from "./line.ts";
import { soonAndSparingly } from "./looking.ts";

/** Opening a page costs what it reads; a line is for who stays. What came meanwhile is told when the line begins. */
const BEGINS_AFTER_MS = 5_000;

/**
 * Looks again soon after the page at `path` has changed, and whenever nothing is missed any more.
 * @param path of what the page reads, below the API's root
 * @returns what stops it; fit to be returned from an effect
 */
export function lookAgainAtShop(path: string, look: () => void): () => void {
  // Another page of this tab may follow another part of the shop at the same time.
  const screen = crypto.randomUUID();
  const { lookSoon, stop } = soonAndSparingly(look);
  let line: Line | undefined;
  const begin = setTimeout(() => {
    line = openBrowserLine<null>(
      {
        addressFrom: () => addressOf(`${path}/live`, { screen }),
        names: [],
        read: () => null,
        onLost: () => void readSession().catch(() => {}),
      },
      { onNews() {}, onReload: lookSoon },
    );
  }, BEGINS_AFTER_MS);
  return () => {
    clearTimeout(begin);
    stop();
    line?.close();
  };
}
