/** The door to live updates that pages hold: what is behind it is fetched when the page has been painted. */
import { afterPaint } from "#lib/ui/after-paint.ts";
import type { Listener } from "./class-line.ts";
import type { ClassNews } from "./news.ts";

/**
 * Tells what is given and taken back in a class.
 * @param from the position of what is on show
 * @returns what stops it; fit to be returned from an effect
 */
export function followClass(classId: string, listener: Listener, from: string): () => void {
  return soon(async () => {
    const { joinLine } = await import("./class-line.ts");
    return () => joinLine(classId, listener, from);
  });
}

/**
 * Looks again soon after something in a class was given or taken back, and not all the time.
 * @param isAbout which news make what is on show old
 * @returns what stops it; fit to be returned from an effect
 */
export function lookAgainWith(
  classId: string,
  look: () => void,
  isAbout: (news: ClassNews) => boolean = () => true,
): () => void {
  return soon(async () => {
    const { lookAgainOnLine } = await import("./class-line.ts");
    return () => lookAgainOnLine(classId, look, isAbout);
  });
}

function soon(load: () => Promise<() => () => void>): () => void {
  let stop: (() => void) | undefined;
  let isOver = false;
  afterPaint(() => {
    if (isOver) return;
    load().then(
      (start) => {
        if (!isOver) stop = start();
      },
      () => {}, // not on the device and no network: the page looks again when it is shown, as it always does
    );
  });
  return () => {
    isOver = true;
    stop?.();
  };
}
