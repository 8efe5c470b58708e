/** Reads a sentence aloud with the device's own voice, where it has one. Nothing leaves the device by us. */
import type { Locale } from "@doudou/shared/domain/words.ts";

export function canReadAloud(): boolean {
  return "speechSynthesis" in globalThis;
}

/** Reads it at a pace for children; what was being read stops. */
export function readAloud(text: string, locale: Locale): void {
  const said = new SpeechSynthesisUtterance(text);
  said.lang = locale;
  said.rate = 0.85;
  speechSynthesis.cancel();
  speechSynthesis.speak(said);
}

export function stopReading(): void {
  if (canReadAloud()) speechSynthesis.cancel();
}
