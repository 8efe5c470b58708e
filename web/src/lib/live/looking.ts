/** Looking again when something is new: soon, once for all that comes together, and not all the time. */
const AGAIN_AFTER_MS = 400;
const AT_MOST_EVERY_MS = 4000;

interface Looking {
  readonly lookSoon: () => void;
  readonly hasLooked: () => boolean;
  readonly stop: () => void;
}

export function soonAndSparingly(look: () => void): Looking {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lookedAt = -Infinity;
  return {
    lookSoon() {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          lookedAt = performance.now();
          look();
        },
        Math.max(AGAIN_AFTER_MS, lookedAt + AT_MOST_EVERY_MS - performance.now()),
      );
    },
    hasLooked: () => lookedAt !== -Infinity,
    stop: () => clearTimeout(timer),
  };
}
