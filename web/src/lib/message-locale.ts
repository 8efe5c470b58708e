/** What every message asks for its language, in the place of Paraglide's runtime; `locale.svelte.ts` answers. */
import type { Locale } from "@doudou/shared/domain/words.ts";

export let getLocale: () => Locale = () => "zh-CN";

/** Messages read this name, too: no language is fixed by the build. */
export const experimentalStaticLocale = undefined;

export function askForLocale(ask: () => Locale): void {
  getLocale = ask;
}
