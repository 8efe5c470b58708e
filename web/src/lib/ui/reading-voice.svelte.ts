/**
 * The device's own voice reading sentences one after the other. Nothing leaves the device by our doing, and where there is
 * no voice there is nothing to press.
 */
import { spokenLanguage } from "@doudou/shared/domain/read-aloud.ts";

/** A little slower than people talk: it is read to be followed. */
const RATE = 0.9;

export function hasVoice(): boolean {
  return "speechSynthesis" in globalThis && "SpeechSynthesisUtterance" in globalThis;
}

export class ReadingVoice {
  /** Place of the sentence being read; undefined while it is silent. */
  at = $state<number>();
  /** Each start is another turn: what an earlier one says at its end counts for nothing. */
  #turn = 0;
  readonly #rate: number;

  /** @param rate of the device's own pace, which is 1 */
  constructor(rate = RATE) {
    this.#rate = rate;
  }

  start(sentences: readonly string[], from = 0): void {
    this.stop();
    this.#read(sentences, from, this.#turn);
  }

  stop(): void {
    this.#turn += 1;
    this.at = undefined;
    if (hasVoice()) speechSynthesis.cancel();
  }

  #read(sentences: readonly string[], at: number, turn: number): void {
    if (turn !== this.#turn) return;
    const sentence = sentences[at];
    if (sentence === undefined) return this.stop();
    this.at = at;
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.lang = spokenLanguage(sentence);
    utterance.rate = this.#rate;
    utterance.addEventListener("end", () => this.#read(sentences, at + 1, turn));
    utterance.addEventListener("error", () => {
      if (turn === this.#turn) this.stop();
    });
    speechSynthesis.speak(utterance);
  }
}
