/** What a running server looks after now and again, by itself. Never does the same twice at once. */

/**
 * Does it now and every so often; a turn that comes while the last is still under way is left out.
 * @param work ends early when its signal is given
 * @param onError told what went wrong; the next turn is another chance
 * @returns what stops it, and waits for what is under way
 */
export function regularly(
  everyMs: number,
  work: (signal: AbortSignal) => Promise<void>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  let underWay: Promise<void> | undefined;
  const look = () => {
    underWay ??= work(stopping.signal)
      .catch(onError)
      .finally(() => (underWay = undefined));
  };
  look();
  const timer = setInterval(look, everyMs);
  return async () => {
    stopping.abort();
    clearInterval(timer);
    await underWay;
  };
}
