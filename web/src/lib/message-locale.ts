/**
 * What every message asks for its language and for its plural, in the place of Paraglide's runtime;
 * `locale.svelte.ts` says which language. Paraglide reads the rules of plurals anew for every message.
 */
import type { Locale } from "@doudou/shared/domain/words.ts";

export let getLocale: () => Locale = () => "zh-CN";

/** Messages read this name, too: no language is fixed by the build. */
export const experimentalStaticLocale = undefined;

const rules = new Map<string, Intl.PluralRules>();

export function askForLocale(ask: () => Locale): void {
  getLocale = ask;
}

/** "one", "other", … as the language has them. */
export function plural(locale: string, input: unknown): string {
  let known = rules.get(locale);
  if (known === undefined) rules.set(locale, (known = new Intl.PluralRules(locale)));
  return known.select(Number(input));
}
