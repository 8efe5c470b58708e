/** The week of one child as a sentence for its guardian. Names the dimensions and no figure. Reactive to the language. */
import type { Portfolio } from "@doudou/shared/contract/growth.ts";
import { callName } from "@doudou/shared/domain/child-name.ts";
import { inLocale, locale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";
import { isUnsown } from "./stage-steps.ts";

export function weekStory(portfolio: Portfolio): string {
  if (isUnsown(portfolio)) return m.family_week_seed();
  const name = callName(portfolio.student.name);
  const noticed = portfolio.dimensions.filter(({ dimension }) => portfolio.week[dimension] > 0);
  if (noticed.length === 0) return m.family_week_quiet({ name });
  const dimensions = new Intl.ListFormat(locale(), { type: "conjunction" }).format(
    noticed.map((one) => inLocale(one.name)),
  );
  return m.family_week({ name, dimensions });
}
