/** Seconds left until something may be tried again. Follows the clock, so that a sleeping tablet wakes up right. */
import { onDestroy } from "svelte";

export class Countdown {
  #left = $state(0);
  #whole = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;

  /** To be made while a component starts: it stops with the component. */
  constructor() {
    onDestroy(() => clearInterval(this.#timer));
  }

  /** Reactive; 0 once the wait is over. */
  get seconds(): number {
    return this.#left;
  }

  /** The whole wait as it was begun, for words that should not tick. */
  get whole(): number {
    return this.#whole;
  }

  start(seconds: number): void {
    this.#whole = seconds;
    clearInterval(this.#timer);
    const endsAt = Date.now() + seconds * 1000;
    const look = () => {
      this.#left = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));
      if (this.#left === 0) clearInterval(this.#timer);
    };
    this.#timer = setInterval(look, 500);
    look();
  }
}
