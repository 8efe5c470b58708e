/**
 * The language of the interface. Every message reads it, so that changing it redraws the page in place
 * and nothing typed is lost. Messages must therefore be called in markup or in `$derived`, never stored.
 */
import type { Locale } from "@doudou/shared/domain/words.ts";
import { askForLocale } from "#lib/message-locale.ts";

const STORED_AS = "doudou.locale";
const LOCALES: readonly Locale[] = ["zh-CN", "en"];

let current = $state<Locale>("zh-CN");

/** The language now. Reactive. */
export function locale(): Locale {
  return current;
}

/** Picks the first language: the one chosen on this device, else the browser's, else Chinese. */
export function settleLocale(): void {
  askForLocale(() => current);
  show(chosenHere() ?? spokenBy(navigator.languages) ?? "zh-CN");
}

/** Changes the language and remembers it on this device. */
export function chooseLocale(next: Locale): void {
  localStorage.setItem(STORED_AS, next);
  show(next);
}

/** Follows the account's language, unless another was chosen on this device. */
export function followAccountLocale(next: Locale): void {
  if (chosenHere() === undefined) show(next);
}

/** Of a text in both languages, the one to show. Reactive. */
export function inLocale(text: { readonly zh: string; readonly en: string }): string {
  return current === "en" ? text.en || text.zh : text.zh;
}

function show(next: Locale): void {
  current = next;
  document.documentElement.lang = next;
}

function chosenHere(): Locale | undefined {
  return LOCALES.find((known) => known === localStorage.getItem(STORED_AS));
}

function spokenBy(languages: readonly string[]): Locale | undefined {
  for (const language of languages) {
    if (language.toLowerCase().startsWith("zh")) return "zh-CN";
    if (language.toLowerCase().startsWith("en")) return "en";
  }
  return undefined;
}
