/** The present moment, renewed each minute, for what is told to the minute. */
const MINUTE = 60_000;

export class Minute {
  /** milliseconds */
  now = $state(Date.now());

  /** Begins to tick. @returns what stops it; fit to be returned from an effect */
  start(): () => void {
    const ticking = setInterval(() => (this.now = Date.now()), MINUTE);
    return () => clearInterval(ticking);
  }
}
